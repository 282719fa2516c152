//! Hubs: create, four eyes, delete.

use domain::{id::HubId, ports::RequestCounts};
use fakes::{World, world};

use crate::{line, read, refused};

#[test]
fn a_new_hub_is_empty() {
    let world = world();
    let created = world.drawbridge.hubs().create(" Hub ", " central ", crate::OWN_PAIR).unwrap();
    assert!(created.not_connected.is_none());
    let page = world.drawbridge.hubs().get_page(created.hub.id).unwrap();
    assert_eq!((page.hub.name.as_str(), page.hub.subaccount().unwrap().as_str()), ("Hub", "central"));
    assert_eq!(page.counts, RequestCounts::default());
    assert!(!page.hub.demands_four_eyes(), "no vendor forbids approving one's own request, so neither does a new hub");
    assert!(page.may_submit.is_ok() && page.may_change.is_ok() && page.may_delete.is_ok());
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Ada Admin | Hub created | Hub (local) | Subaccount central"
    );
}

#[test]
fn a_name_or_a_subaccount_is_used_once_whatever_its_case() {
    let world = world();
    world.drawbridge.hubs().create("Hub", "central", crate::OWN_PAIR).unwrap();
    let same_name = refused(world.drawbridge.hubs().create("HUB", "other", crate::OWN_PAIR));
    assert_eq!(read(&same_name), ["the name HUB is in use already", "Choose another name."]);
    let same_subaccount = refused(world.drawbridge.hubs().create("Other", "Central", crate::OWN_PAIR));
    assert_eq!(
        read(&same_subaccount),
        ["the subaccount Central has the API hub Hub already", "Use Hub, or another subaccount."]
    );
    let empty = refused(world.drawbridge.hubs().create("", "other", crate::OWN_PAIR));
    assert_eq!(read(&empty), ["enter a name", ""]);
}

#[test]
fn hubs_are_listed_by_name_with_their_counts() {
    let world = world();
    world.hub("zeta");
    let alpha = world.hub("Alpha");
    world.connect(&alpha, "one", &world.foreign_document("one", "a secret"));
    world.submit_foreign(&alpha, "two");
    let rejected = world.submit_foreign(&alpha, "three");
    world.drawbridge.requests().reject(rejected.id, "no").unwrap();
    let listed = world.drawbridge.hubs().list().unwrap();
    assert_eq!(listed.iter().map(|row| row.hub.name.as_str()).collect::<Vec<_>>(), ["Alpha", "zeta"]);
    assert_eq!(listed[0].counts, RequestCounts { pending: 1, approved: 1, rejected: 1 });
    assert_eq!(listed[1].counts, RequestCounts::default());
}

#[test]
fn the_four_eyes_setting_is_switched_and_recorded() {
    let world = world();
    let hub = world.hub("Hub");
    assert!(world.drawbridge.hubs().set_four_eyes(hub.id, true).unwrap().demands_four_eyes());
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Ada Admin | Hub changed | Hub (local) | Four-eyes principle on"
    );
    assert!(!world.drawbridge.hubs().set_four_eyes(hub.id, false).unwrap().demands_four_eyes());
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Ada Admin | Hub changed | Hub (local) | Four-eyes principle off"
    );
}

#[test]
fn a_full_hub_says_so_before_anybody_fills_in_a_request() {
    let world = world();
    let hub = world.hub("Hub");
    for portal in ["one", "two", "three"] {
        assert!(world.drawbridge.hubs().get_page(hub.id).unwrap().may_submit.is_ok());
        world.connect(&hub, portal, &world.foreign_document(portal, "a secret"));
    }
    let refusal = world.drawbridge.hubs().get_page(hub.id).unwrap().may_submit.unwrap_err();
    assert_eq!(
        read(&refusal),
        [
            "the hub Hub has 3 connected portals already, which is the most a hub can have",
            "Use another hub. A connection cannot be removed to make room."
        ]
    );
}

#[test]
fn what_somebody_may_not_do_with_a_hub_is_shown_with_the_missing_role() {
    let world = world();
    let hub = world.hub("Hub");
    world.act_as(&world.rita);
    let page = world.drawbridge.hubs().get_page(hub.id).unwrap();
    assert!(page.may_submit.is_ok());
    let expected = "Rita Requester may not manage API hubs: AuthGroup.API.Admin is missing";
    assert_eq!(page.may_change.unwrap_err().to_string(), expected);
    assert_eq!(page.may_delete.unwrap_err().to_string(), expected);
    world.act_as(&world.hal);
    let page = world.drawbridge.hubs().get_page(hub.id).unwrap();
    assert_eq!(
        page.may_submit.unwrap_err().to_string(),
        "Hal Half may not submit connection requests: AuthGroup.APIPortalRegistration is missing"
    );
    assert!(page.may_change.is_ok() && page.may_delete.is_ok());
}

#[test]
fn a_local_hub_is_deleted_with_its_requests_and_the_secrets_that_it_holds() {
    let world = world();
    let hub = world.hub("Hub");
    let kept = world.submit_foreign(&world.hub("Other"), "kept");
    let pending = world.submit_foreign(&hub, "pending");
    let approved = world.submit_foreign(&hub, "approved");
    world.drawbridge.requests().approve(approved.id, "approved").unwrap();
    let held = [&pending, &approved].map(|request| request.held().unwrap().secret);

    world.drawbridge.hubs().delete(hub.id, "Hub").unwrap();

    let tables = world.repository.tables();
    assert_eq!(tables.requests.keys().collect::<Vec<_>>(), [&kept.id]);
    assert!(tables.health.is_empty(), "nothing is known about what is gone");
    for secret in held {
        assert!(world.keychain.find(secret).is_none(), "the hub's copies go with it");
        assert!(!tables.secrets.contains_key(&secret), "and so do their rows");
    }
    assert!(world.keychain.find(kept.held().unwrap().secret).is_some(), "those of other hubs stay");
}

#[test]
fn a_hub_with_rejected_requests_only_is_deleted_after_its_name_is_typed() {
    let world = world();
    let hub = world.hub("Hub");
    let request = world.submit_foreign(&hub, "sales");
    world.drawbridge.requests().reject(request.id, "no").unwrap();
    let refusal = refused(world.drawbridge.hubs().delete(hub.id, "hub"));
    assert_eq!(read(&refusal), ["the typed text is not Hub", "Enter Hub exactly as shown."]);
    world.drawbridge.hubs().delete(hub.id, " Hub ").unwrap();
    assert!(world.repository.tables().hubs.is_empty() && world.repository.tables().requests.is_empty());
    assert!(world.keychain.items().is_empty());
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Ada Admin | Hub deleted | Hub (local) | Subaccount Hub hub subaccount"
    );
}

#[test]
fn a_hub_that_does_not_exist_is_reported_as_gone() {
    let world: World = world();
    let nowhere = HubId(world.ada.id.0);
    for failure in [
        world.drawbridge.hubs().get_page(nowhere).map(drop).unwrap_err(),
        world.drawbridge.hubs().set_four_eyes(nowhere, true).map(drop).unwrap_err(),
        world.drawbridge.hubs().delete(nowhere, "").unwrap_err(),
        world.drawbridge.requests().submit(nowhere, "a", "{}", "", true).map(drop).unwrap_err(),
    ] {
        assert_eq!(failure.to_string(), "this hub does not exist any more");
    }
}
