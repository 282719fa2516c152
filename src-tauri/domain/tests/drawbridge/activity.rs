//! The *Activity* page.

use domain::{activity::AuditAction, messages::Language, ports::ActivityQuery};
use fakes::{World, world};

fn search(world: &World, search: &str) -> Vec<String> {
    let query = ActivityQuery { language: Language::English, search: search.into(), offset: 0, limit: 50 };
    let page = world.drawbridge.activity().search(&query).unwrap();
    page.rows
        .iter()
        .map(|event| format!("{}: {}", event.action.phrase(Language::English), event.subject.for_log()))
        .collect()
}

#[test]
fn what_was_done_is_listed_newest_first_and_searched_in_any_case() {
    let world = world();
    world.portal_with("Sales", World::SECRET);
    world.hub("Hub");
    assert_eq!(
        search(&world, "")[..3],
        ["Hub created: Hub (local)", "Credentials generated: Sales (local)", "Portal created: Sales (local)"],
        "who looks for what happened looks for what happened last"
    );
    assert_eq!(search(&world, "ADA sales CREATED"), ["Portal created: Sales (local)"], "every word has to occur");
    assert!(search(&world, "nothing of the kind").is_empty());
}

#[test]
fn everybody_may_read_the_activity_list() {
    let world = world();
    world.act_as(&world.nora);
    assert!(!search(&world, "").is_empty());
}

#[test]
fn every_action_is_stored_under_a_code_of_its_own() {
    for action in AuditAction::ALL {
        assert_eq!(AuditAction::find_code(action.code()), Some(*action), "an entry must come back as what it was");
    }
    assert_eq!(AuditAction::find_code("no such action"), None);
}
