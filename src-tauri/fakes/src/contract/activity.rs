//! The activity list: what is found, and in which order.

use domain::{
    activity::{AuditAction, AuditEvent},
    messages::Language,
    person::Actor,
    ports::{ActivityQuery, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{actor, event, time};

pub(super) fn every_action_is_recorded_newest_first(make: Make<'_>) {
    let database = Database::new(make);
    let events: Vec<AuditEvent> = (1..)
        .zip(AuditAction::ALL)
        .map(|(number, action)| AuditEvent {
            action: *action,
            actor: if number % 2 == 0 { Actor::System } else { actor(number) },
            // F9: the clock goes back all the time.
            at: time(1000 - number as i64),
            ..event(number)
        })
        .collect();
    database.commit(events.iter().cloned().map(|event| SharedChange::Record(event).into()));

    let database = database.reopened();

    let page = database
        .repository()
        .search_activity(&ActivityQuery {
            search: String::new(),
            language: Language::English,
            offset: 0,
            limit: usize::MAX,
        })
        .unwrap();
    assert_eq!(page.matching, events.len());
    assert_eq!(page.rows, events.into_iter().rev().collect::<Vec<_>>());
}

pub(super) fn the_activity_is_searched_by_person_action_subject_and_detail(make: Make<'_>) {
    let database = Database::new(make);
    let approval = AuditEvent {
        actor: actor(5),
        action: AuditAction::RequestApproved,
        subject: "Größe 50%".into(),
        detail: "AB:CD".into(),
        ..event(2)
    };
    database.commit([
        SharedChange::Record(event(1)).into(),
        SharedChange::Record(approval.clone()).into(),
        SharedChange::Record(event(3)).into(),
    ]);
    let found = |search: &str| -> Vec<AuditEvent> {
        let query = ActivityQuery { search: search.into(), language: Language::English, offset: 0, limit: 10 };
        database.repository().search_activity(&query).unwrap().rows
    };
    for search in ["zoë 5", "request approved", "GRÖSSE", "50%", "ab:cd", "approved ZOË größe cd"] {
        assert_eq!(found(search), std::slice::from_ref(&approval), "{search:?}");
    }
    assert_eq!(found("request_approved"), [], "the stored code is no word of the screens");
    assert_eq!(found("connection request"), [event(3), approval.clone(), event(1)]);

    database.commit([SharedChange::Record(event(4)).into()]);
    assert_eq!(found("submitted"), [event(4), event(3), event(1)]);
}

pub(super) fn pages_of_the_activity_join_in_the_order_in_which_things_happened(make: Make<'_>) {
    let database = Database::new(make);
    let events: Vec<AuditEvent> =
        (1..=20).map(|number| AuditEvent { at: time(number / 4), ..event(number as u128) }).collect();
    // F9: the clock stands still, and goes back.
    database.commit(events.iter().rev().cloned().map(|event| SharedChange::Record(event).into()));
    let mut joined = Vec::new();
    for offset in (0..21).step_by(3) {
        let query = ActivityQuery { search: "subject".into(), language: Language::English, offset, limit: 3 };
        let page = database.repository().search_activity(&query).unwrap();
        assert_eq!(page.matching, 20);
        joined.extend(page.rows);
    }
    assert_eq!(joined, events, "the last to happen comes first");
}
