//! The three vocabularies over the same data, and the two fields of the Classic Design.

use domain::{
    connection::ConnectionRequest,
    credential::{Credential, GenerateKind},
    document::GivenDocument,
    documents::SecretBytes,
    hub::Hub,
    messages::Language,
    person::{Action, Role},
    portal::Portal,
    ports::{RequestQuery, RequestSort},
    refusal::Refusal,
    vocabulary::Vocabulary,
};
use fakes::{Watcher, World, certificate_document, world};

use crate::{line, read, refused};

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

/// A hub with a request in every state, and the portal whose request is approved.
fn hub_in_every_state() -> (World, Hub, Portal, Credential) {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", GenerateKind::ClientSecret);
    world.connect(&hub, "approved", &world.document(credential.id));
    world.submit_foreign(&hub, "pending");
    let rejected = world.submit_foreign(&hub, "rejected");
    world.drawbridge.requests().reject(rejected.id, "no").unwrap();
    (world, hub, portal, credential)
}

fn by_alias(world: &World, alias: &str) -> ConnectionRequest {
    let requests = world.repository.tables().requests;
    requests.into_values().find(|request| request.alias == alias).expect("a request of that alias")
}

#[test]
fn a_new_hub_and_a_new_portal_speak_the_new_design() {
    let world = world();
    assert_eq!(world.hub("Hub").vocabulary, Vocabulary::NewDesign);
    assert_eq!(world.portal("Sales").vocabulary, Vocabulary::NewDesign);
}

#[test]
fn switching_the_vocabulary_changes_nothing_but_the_vocabulary_and_the_activity_list() {
    let (world, hub, portal, _) = hub_in_every_state();
    let before = world.repository.tables();
    let mut former = "New Design";
    for vocabulary in [Vocabulary::ClassicDesign, Vocabulary::DeveloperHub, Vocabulary::NewDesign] {
        let detail = format!("SAP labels {}, formerly {former}", vocabulary.name());
        former = vocabulary.name();
        assert_eq!(
            world.drawbridge.hubs().set_vocabulary(hub.id, vocabulary).unwrap(),
            Hub { vocabulary, ..hub.clone() }
        );
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!("Ada Admin | Hub changed | Hub (local) | {detail}")
        );
        let changed = world.drawbridge.portals().set_vocabulary(portal.id, vocabulary).unwrap();
        assert_eq!(changed, Portal { vocabulary, ..portal.clone() });
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!("Ada Admin | Portal changed | Sales (local) | {detail}")
        );
        let page = world.drawbridge.hubs().get_page(hub.id).unwrap();
        assert_eq!((page.counts.pending, page.counts.approved, page.counts.rejected), (1, 1, 1), "in {vocabulary:?}");
        let tables = world.repository.tables();
        assert_eq!(tables.requests, before.requests, "no request is lost, duplicated or changed in {vocabulary:?}");
        assert_eq!(tables.credentials, before.credentials);
        assert_eq!(tables.secrets, before.secrets);
    }
    let after = world.repository.tables();
    assert_eq!((after.hubs, after.portals), (before.hubs, before.portals), "back in the first one all is as it was");
}

#[test]
fn the_list_of_all_states_holds_every_request_once() {
    let (world, hub, _, _) = hub_in_every_state();
    world.drawbridge.hubs().set_vocabulary(hub.id, Vocabulary::ClassicDesign).unwrap();
    let list = |search: &str| {
        let (hub, search) = (hub.id, search.to_owned());
        let query = RequestQuery {
            hub,
            state: None,
            search,
            sort: RequestSort::Alias,
            descending: false,
            offset: 0,
            limit: 10,
        };
        let page = world.drawbridge.requests().search(&query).unwrap();
        assert!(page.rows.iter().all(|row| row.vocabulary == Vocabulary::ClassicDesign));
        page.rows.into_iter().map(|row| row.request.alias).collect::<Vec<_>>()
    };
    assert_eq!(list(""), ["approved", "pending", "rejected"]);
    assert_eq!(list("example.com"), ["pending", "rejected"], "the search looks through all of them");
}

#[test]
fn only_an_admin_of_hubs_or_portals_switches_theirs() {
    let (world, hub, portal, _) = hub_in_every_state();
    world.act_as(&world.rita);
    let before = world.repository.tables();
    let of_hub = refused(world.drawbridge.hubs().set_vocabulary(hub.id, Vocabulary::ClassicDesign));
    assert_eq!(of_hub.to_string(), "Rita Requester may not manage API hubs: AuthGroup.API.Admin is missing");
    let of_portal = refused(world.drawbridge.portals().set_vocabulary(portal.id, Vocabulary::ClassicDesign));
    assert_eq!(of_portal.to_string(), "Rita Requester may not manage API portals: APIPortal.Administrator is missing");
    assert_eq!(world.repository.tables(), before);
    assert!(world.drawbridge.portals().get_page(portal.id).unwrap().may_change.is_err());
}

#[test]
fn in_the_classic_design_the_hub_admin_needs_no_second_role() {
    let (world, hub, _, _) = hub_in_every_state();
    let (pending, approved) = (by_alias(&world, "pending").id, by_alias(&world, "approved").id);
    for (vocabulary, allowed) in
        [(Vocabulary::NewDesign, false), (Vocabulary::ClassicDesign, true), (Vocabulary::DeveloperHub, false)]
    {
        world.act_as(&world.ada);
        world.drawbridge.hubs().set_vocabulary(hub.id, vocabulary).unwrap();
        world.act_as(&world.hal);
        let permits = world.drawbridge.requests().get(pending).unwrap().permits;
        let all = [permits.view, permits.approve, permits.reject, permits.test];
        assert!(all.iter().all(|permit| permit.is_ok() == allowed), "{vocabulary:?}: {all:?}");
        assert_eq!(world.drawbridge.checks().test_request(approved, &Watcher::default()).is_ok(), allowed);
        assert!(
            permits.edit_credentials.is_err() && permits.reestablish.is_err(),
            "those need the other role in any case"
        );
    }
    let Refusal::RoleMissing { missing, .. } = refused(world.drawbridge.requests().approve(pending, "pending")) else {
        panic!("the Developer Hub wants both roles");
    };
    assert_eq!(missing, [Role::PortalRegistration], "the text that asks for roles names what is missing in this hub");
    world.act_as(&world.ada);
    world.drawbridge.hubs().set_vocabulary(hub.id, Vocabulary::ClassicDesign).unwrap();
    world.act_as(&world.rita);
    let Refusal::RoleMissing { missing, .. } = refused(world.drawbridge.requests().approve(pending, "pending")) else {
        panic!("Rita is no hub admin");
    };
    assert_eq!(missing, [Role::HubAdministrator]);
    world.act_as(&world.hal);
    world.drawbridge.requests().approve(pending, "pending").unwrap();
}

#[test]
fn the_classic_design_changes_the_roles_of_the_approver_and_of_nobody_else() {
    let approver = [Action::ViewRequest, Action::ApproveRequest, Action::RejectRequest, Action::TestRequest];
    for action in approver {
        assert_eq!(action.roles_at(Vocabulary::ClassicDesign), [Role::HubAdministrator], "{action:?}");
    }
    for action in [
        Action::SubmitRequest,
        Action::EditCredentials,
        Action::ReestablishConnection,
        Action::ManageHub,
        Action::DeleteDestination,
    ] {
        for vocabulary in Vocabulary::ALL {
            assert_eq!(action.roles_at(vocabulary), action.roles(), "{action:?}");
        }
    }
}

mod two_fields {
    use super::*;

    /// What *Client ID* and *Client Secret* of a credential are.
    fn fields(world: &World, credential: &Credential) -> (String, String) {
        let document: serde_json::Value = serde_json::from_str(&world.document(credential.id)).unwrap();
        (document["clientId"].as_str().unwrap().into(), document["clientSecret"].as_str().unwrap().into())
    }

    fn typed(request: &ConnectionRequest, client_id: &str, client_secret: &str) -> GivenDocument {
        GivenDocument::from_fields(request.id, client_id.to_owned(), secret(client_secret))
    }

    #[test]
    fn client_id_and_secret_re_establish_a_connection_at_the_urls_that_the_hub_holds() {
        let (world, _, portal, first) = hub_in_every_state();
        let request = by_alias(&world, "approved");
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        let (client_id, client_secret) = fields(&world, &second);
        let given = || typed(&request, &client_id, &client_secret);

        let seen = world.drawbridge.documents().inspect(given(), Some(request.id)).unwrap();
        assert_eq!(seen.candidates[0].usable.as_ref().unwrap().portal_name.as_deref(), Some("Sales"));
        world.answer(&portal, &["Orders"]);
        world.drawbridge.checks().test_document(given(), &Watcher::default()).unwrap();
        let now = world.drawbridge.requests().reestablish(request.id, given()).unwrap();

        assert_eq!(now.facts().client_id, second.client_id);
        assert_ne!(now.facts().client_id, first.client_id);
        assert_eq!((&now.facts().url, &now.facts().token_url), (&request.facts().url, &request.facts().token_url));
        assert_eq!(world.keychain.find(now.held().unwrap().secret), Some(client_secret.into_bytes()));
    }

    #[test]
    fn they_replace_a_certificate_too_as_far_as_its_document_named_a_token_url() {
        let world = world();
        let hub = world.hub("Hub");
        let (portal, certificate) = world.portal_with("Sales", World::CERTIFICATE);
        let request = world.connect(&hub, "sales", &world.document(certificate.id));
        let next = world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        let (client_id, client_secret) = fields(&world, &next);
        let given = typed(&request, &client_id, &client_secret);
        let now = world.drawbridge.requests().reestablish(request.id, given).unwrap();
        assert_eq!((now.facts().cert_url.as_ref(), now.facts().kind.is_certificate()), (None, false));

        let mut elsewhere: serde_json::Value =
            serde_json::from_str(&certificate_document("orders", &world.leaf("sb-orders!b1"))).unwrap();
        elsewhere.as_object_mut().unwrap().remove("tokenurl");
        let request = world.connect(&hub, "orders", &elsewhere.to_string());
        let given = typed(&request, "sb-orders!b2", &client_secret);
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, given));
        assert!(refusal.to_string().contains("tokenUrl"), "nobody knows where a secret would be honoured: {refusal}");
    }

    #[test]
    fn fields_typed_for_one_request_are_taken_for_no_other_and_for_no_new_one() {
        let world = world();
        let hub = world.hub("Hub");
        let (portal, first) = world.portal_with("Sales", GenerateKind::ClientSecret);
        let connected = world.connect(&hub, "sales", &world.document(first.id));
        let (_, other) = world.portal_with("Orders", GenerateKind::ClientSecret);
        let pending = world.submit(&hub, "orders", &world.document(other.id));
        let next = world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        let (client_id, client_secret) = fields(&world, &next);
        let before = world.repository.tables();
        let given = || typed(&pending, &client_id, &client_secret);
        let refusals = [
            world.drawbridge.requests().reestablish(connected.id, given()).map(drop),
            world.drawbridge.requests().submit(hub.id, "new", given(), "", true).map(drop),
            world
                .drawbridge
                .portals()
                .track("New", "new", given(), domain::document::GivenLifetime::Unknown, crate::OWN_PAIR)
                .map(drop),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(domain::refusal::Failure::NotFound("connection request"))), "{refusal:?}");
        }
        assert_eq!(world.repository.tables(), before);
    }

    #[test]
    fn the_credentials_of_a_pending_request_are_edited_in_the_same_way() {
        let world = world();
        let hub = world.hub("Hub");
        let (portal, first) = world.portal_with("Sales", GenerateKind::ClientSecret);
        let request = world.submit(&hub, "sales", &world.document(first.id));
        let next = world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        let (client_id, client_secret) = fields(&world, &next);
        let given = typed(&request, &client_id, &client_secret);
        let edited = world.drawbridge.requests().edit_credentials(request.id, given).unwrap();
        assert_eq!(edited.facts().client_id, next.client_id);
    }

    #[test]
    fn an_empty_field_is_named() {
        let (world, _, _, _) = hub_in_every_state();
        let request = by_alias(&world, "approved");
        let before = world.repository.tables();
        for (client_id, client_secret, message) in [
            ("", "", ["fill in Client ID", ""]),
            (" \t", "s3cret", ["fill in Client ID", ""]),
            ("sb-x!b1", "", ["fill in Client Secret", ""]),
            ("sb-x!b1", " \n ", ["fill in Client Secret", ""]),
        ] {
            let given = typed(&request, client_id, client_secret);
            let refusal = refused(world.drawbridge.requests().reestablish(request.id, given));
            assert_eq!(read(&refusal), message);
            assert!(
                refusal.field().is_some_and(|field| message[0].ends_with(field.label(Language::English))),
                "it stands beside its field"
            );
        }
        assert_eq!(world.repository.tables(), before);
    }

    #[test]
    fn white_space_at_the_ends_is_taken_off_and_said_and_a_control_character_inside_is_refused() {
        let (world, _, portal, _) = hub_in_every_state();
        let request = by_alias(&world, "approved");
        let next = world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        let (client_id, client_secret) = fields(&world, &next);
        let padded = format!(" {client_secret}\n");
        let padded_id = format!("{client_id} ");
        let given = || typed(&request, &padded_id, &padded);
        let seen = world.drawbridge.documents().inspect(given(), Some(request.id)).unwrap();
        let said: Vec<String> =
            seen.candidates[0].findings.iter().map(|finding| finding.kind.message().for_log()).collect();
        assert_eq!(
            said,
            [
                "white space at the ends of \"clientId\" was removed",
                "white space at the ends of \"clientSecret\" was removed"
            ],
            "nothing is trimmed in silence"
        );
        assert!(
            seen.candidates[0].findings.iter().all(|finding| finding.place.is_none()),
            "there is no line to point at"
        );
        let broken = format!("{client_secret}\nx");
        let refusal =
            refused(world.drawbridge.requests().reestablish(request.id, typed(&request, &client_id, &broken)));
        assert!(refusal.to_string().contains("clientSecret"), "{refusal}");
        world.drawbridge.requests().reestablish(request.id, given()).unwrap();
    }

    #[test]
    fn quotes_backslashes_and_dollars_reach_the_keychain_as_they_were_typed() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.connect(&hub, "orders", &world.foreign_document("orders", "the former one"));
        let odd = "a\"b\\c$d{e}'f%g+h/ü€\u{1F511}=";
        let given = typed(&request, "sb-orders!b2", odd);
        let now = world.drawbridge.requests().reestablish(request.id, given).unwrap();
        assert_eq!(world.keychain.find(now.held().unwrap().secret), Some(odd.as_bytes().to_vec()));
    }

    #[test]
    fn the_client_id_of_another_portal_is_refused() {
        let (world, hub, _, _) = hub_in_every_state();
        let own = by_alias(&world, "approved");
        let (_, other) = world.portal_with("Billing", GenerateKind::ClientSecret);
        let (client_id, client_secret) = fields(&world, &other);
        let foreign = world.connect(&hub, "orders", &world.foreign_document("orders", "a secret of its own"));
        for request in [own, foreign] {
            let given = typed(&request, &client_id, &client_secret);
            assert_eq!(
                read(&refused(world.drawbridge.requests().reestablish(request.id, given))),
                [
                    format!("these credentials belong to Billing, not to the portal of the request {}", request.alias),
                    "Use credentials that this portal generated.".into()
                ]
            );
        }
    }

    #[test]
    fn a_client_that_the_portal_never_generated_or_has_retired_is_refused_as_in_a_document() {
        let (world, _, portal, first) = hub_in_every_state();
        let request = by_alias(&world, "approved");
        let unknown = typed(&request, "sb-nobody!b1", "s3cret-of-nobody");
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, unknown));
        assert!(matches!(refusal, Refusal::UnknownCredential { .. }), "{refusal:?}");
        let (client_id, client_secret) = fields(&world, &first);
        let same = || typed(&request, &client_id, &client_secret);
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, same()));
        assert!(matches!(refusal, Refusal::SameCredential { .. }), "{refusal:?}");
        world.drawbridge.portals().regenerate_credentials(portal.id, GenerateKind::ClientSecret).unwrap();
        world.drawbridge.service_instances().retire_credential(first.id, "approved").unwrap();
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, same()));
        assert!(matches!(refusal, Refusal::Retired { .. }), "{refusal:?}");
    }

    #[test]
    fn whoever_may_not_re_establish_learns_that_before_anything_is_said_about_the_fields() {
        let (world, _, _, _) = hub_in_every_state();
        let request = by_alias(&world, "approved");
        world.act_as(&world.paul);
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, typed(&request, "", "")));
        assert!(matches!(refusal, Refusal::RoleMissing { .. }), "{refusal:?}");
    }
}
