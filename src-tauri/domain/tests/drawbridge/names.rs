//! Names: one spelling for each, and no two that look alike.

use domain::{credential::GenerateKind, pingone::AccountKind, portal::ServiceRole};
use fakes::world;

use crate::{read, refused};

/// "Sales EU" with a Cyrillic "a".
const LOOKALIKE: &str = "S\u{430}les EU";

#[test]
fn a_name_that_was_copied_from_a_page_is_stored_as_it_can_be_typed() {
    let world = world();
    assert_eq!(world.portal("Gro\u{308}ße\u{a0} EU").name, "Größe EU");
    let hub = world.hub("\u{3000}Gro\u{308}ße\tEU\n");
    assert_eq!(hub.name, "Größe EU");
    world.drawbridge.hubs().delete(hub.id, "Gro\u{308}ße\u{a0}EU").expect("it is the same name");
}

#[test]
fn two_names_that_look_alike_are_the_same_name() {
    let world = world();
    let drawbridge = &world.drawbridge;
    let (portal, _) = world.portal_with("Sales EU", GenerateKind::ClientSecret);
    let hub = world.hub("Sales EU");
    world.submit(&hub, "Sales EU", &world.foreign_document("sales", "a secret"));
    drawbridge.service_instances().create(portal.id, "Sales EU", ServiceRole::CatalogIntegration).unwrap();
    drawbridge.pingone().create_account("Sales EU", AccountKind::Local).unwrap();

    let other = world.foreign_document("other", "a secret");
    let refusals = [
        refused(drawbridge.portals().create(LOOKALIKE, "elsewhere", crate::OWN_PAIR)),
        refused(drawbridge.hubs().create(LOOKALIKE, "elsewhere", crate::OWN_PAIR)),
        refused(drawbridge.service_instances().create(portal.id, LOOKALIKE, ServiceRole::CatalogIntegration)),
        refused(drawbridge.pingone().create_account(LOOKALIKE, AccountKind::Local)),
    ];
    for refusal in refusals {
        assert_eq!(read(&refusal), ["the name S\u{430}les EU is in use already", "Choose another name."]);
    }
    let alias = refused(drawbridge.requests().submit(hub.id, LOOKALIKE, other.as_str(), "", true));
    assert!(alias.to_string().contains(LOOKALIKE), "one of the two could be confirmed for the other: {alias}");
}

#[test]
fn a_comment_and_a_reason_keep_what_nobody_sees() {
    let world = world();
    let hub = world.hub("Hub");
    let comment = "please ap\u{202e}prove\u{200b}\u{7}";
    let document = world.foreign_document("sales", "a secret");
    let request = world.drawbridge.requests().submit(hub.id, "Sales", document.as_str(), comment, true).unwrap();
    assert_eq!(request.comment, comment);
    world.drawbridge.requests().reject(request.id, "no\u{202e}t now").expect("the reason is free text too");
}
