//! The welcome, and *People & Roles*.

use std::collections::BTreeSet;

use domain::{
    Drawbridge,
    credential::{ExportChoice, GenerateKind},
    document::GivenLifetime,
    id::{PersonId, PortalId},
    messages::Language,
    person::{Action, Person, Role, role_request},
    portal::ServiceRole,
    refusal::{Confirmation, Failure, Refusal},
    vocabulary::Vocabulary,
};
use fakes::{Capture, Installation, Watcher, World, world};

use crate::{line, read, refused};

#[test]
fn at_the_first_start_nobody_uses_the_installation_and_every_operation_says_so() {
    let Installation { drawbridge, .. } = Installation::empty();

    let session = drawbridge.people().get_session().unwrap();
    assert_eq!(session.person, None, "the welcome is shown while nobody is there");
    assert!(session.people.is_empty());
    let document = "not a document";
    for refusal in [
        refused(drawbridge.portals().create("Sales", "sales", crate::OWN_PAIR)),
        refused(drawbridge.portals().track("Sales", "sales", document, GivenLifetime::Unknown, crate::OWN_PAIR)),
        refused(drawbridge.exports().list_exportable()),
        refused(drawbridge.checks().test_document(document, &Watcher::default())),
    ] {
        assert_eq!(
            read(&refusal),
            ["there is no person in this installation yet", "Create the person who uses this installation."],
            "without a person there is nobody to be responsible"
        );
    }
}

#[test]
fn the_welcome_creates_the_person_who_uses_the_installation() {
    let Installation { drawbridge, repository, .. } = Installation::empty();

    let ada = drawbridge.people().create_first("  Ada Admin ", " ada@example.com", Role::ALL.into()).unwrap();

    assert_eq!((ada.name.as_str(), ada.email.as_str()), ("Ada Admin", "ada@example.com"), "typed spaces do not matter");
    assert_eq!(ada.created_at.to_rfc3339(), "2026-03-01T09:30:00.123+00:00", "times are kept in milliseconds");
    let session = drawbridge.people().get_session().unwrap();
    assert_eq!(session.person, Some(ada.clone()), "the first person uses the installation at once");
    assert_eq!(session.people, [ada]);
    assert_eq!(
        repository.events().iter().map(line).collect::<Vec<_>>(),
        ["Ada Admin | Person added | Ada Admin | ada@example.com, APIPortal.Administrator, \
          AuthGroup.APIPortalRegistration, AuthGroup.API.Admin"],
    );
}

#[test]
fn a_second_first_person_is_refused() {
    let world = world();
    let refusal = refused(world.drawbridge.people().create_first("Eve", "eve@example.com", Role::ALL.into()));
    assert_eq!(
        read(&refusal),
        ["this installation already has its first person", "Add more people under People & Roles."],
        "the welcome must not let anybody in a second time"
    );
}

#[test]
fn what_is_typed_wrongly_about_a_person_is_named_with_its_field_and_what_to_do() {
    let world = world();
    let long = "x".repeat(121);
    let cases: [(&str, &str, &str, &str, &str); 8] = [
        ("", "eve@example.com", "Name", "enter a name", ""),
        (
            &long,
            "eve@example.com",
            "Name",
            "Name has 121 characters; at most 120 are possible",
            "Shorten it to 120 characters.",
        ),
        (
            "Eve\u{7}Adam",
            "eve@example.com",
            "Name",
            "Name contains a line break or another control character",
            "Enter it on one line.",
        ),
        ("Eve", " ", "E-mail", "enter an e-mail address", ""),
        ("Eve", "eve", "E-mail", "this is not an e-mail address", "Enter an address such as name@example.com."),
        ("Eve", "eve@", "E-mail", "this is not an e-mail address", "Enter an address such as name@example.com."),
        (
            "Eve",
            "e ve@example.com",
            "E-mail",
            "this is not an e-mail address",
            "Enter an address such as name@example.com.",
        ),
        (
            "Eve",
            "ADA@Example.Com",
            "E-mail",
            "Ada Admin already has this e-mail address",
            "Use another address, or change that person instead.",
        ),
    ];
    for (name, email, field, message, remedy) in cases {
        let refusal = refused(world.drawbridge.people().add(name, email, BTreeSet::new()));
        assert_eq!(read(&refusal), [message, remedy], "the message has to fit {name:?}, {email:?}");
        assert_eq!(
            refusal.field().map(|field| field.label(Language::English)),
            Some(field),
            "the form points at the field"
        );
    }
    assert_eq!(world.repository.tables().people.len(), 6, "nobody was added");
}

#[test]
fn a_person_can_be_changed_and_keeps_the_own_address() {
    let world = world();
    let renamed = world
        .drawbridge
        .people()
        .change_person(world.nora.id, "Nora Now", "NORA@example.com", [Role::PortalRegistration].into())
        .unwrap();
    assert_eq!(renamed.created_at, world.nora.created_at, "changing somebody does not make somebody new");
    assert_eq!(renamed.email, "NORA@example.com", "one's own address in another case is no conflict");
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Ada Admin | Person changed | Nora Now | NORA@example.com, AuthGroup.APIPortalRegistration"
    );
    let refusal =
        refused(world.drawbridge.people().change_person(world.nora.id, "Nora", "ada@example.com", BTreeSet::new()));
    assert_eq!(refusal.to_string(), "Ada Admin already has this e-mail address");
    let without =
        world.drawbridge.people().change_person(world.ada.id, "Ada", "ada@example.com", BTreeSet::new()).unwrap();
    assert!(without.roles.is_empty(), "Ada may take her own roles away: the page only records what she has elsewhere");
}

#[test]
fn switching_the_person_changes_what_may_be_done() {
    let world = world();
    world.act_as(&world.nora);
    assert_eq!(world.drawbridge.people().get_session().unwrap().person, Some(world.nora.clone()));
    assert!(world.drawbridge.portals().may_create().unwrap().is_err(), "Nora has no role");
    assert_eq!(line(world.repository.events().last().unwrap()), "Nora Norole | Switched person | Nora Norole | ");

    world.act_as(&world.paul);
    assert!(world.drawbridge.portals().may_create().unwrap().is_ok(), "Paul administers portals");
    assert!(world.drawbridge.hubs().may_create().unwrap().is_err(), "but not hubs");
}

#[test]
fn somebody_who_does_not_exist_cannot_be_switched_to() {
    let world = world();
    // A portal's id is nobody's.
    let nobody = PersonId(world.portal("Sales").id.0);
    for result in [
        world.drawbridge.people().switch(nobody),
        world.drawbridge.people().change_person(nobody, "Eve", "eve@example.com", BTreeSet::new()),
    ] {
        let failure = result.unwrap_err();
        assert!(matches!(failure, Failure::NotFound("person")), "{failure:?}");
        assert_eq!(failure.to_string(), "this person does not exist any more");
    }
}

const MANAGE_INSTANCES: &str = "manage service instances and keys";

fn instance_page(drawbridge: &Drawbridge, portal: PortalId) -> Result<(), Failure> {
    Ok(drawbridge.service_instances().list(portal)?.may_manage?)
}

/// Every operation that takes a role, as somebody without any: which roles are named, and for what.
#[test]
fn without_its_roles_an_operation_is_refused_and_names_them() {
    const PORTAL: &str = "APIPortal.Administrator";
    const REGISTRATION: &str = "AuthGroup.APIPortalRegistration";
    const BOTH: &str = "AuthGroup.API.Admin and AuthGroup.APIPortalRegistration";

    let world = world();
    let drawbridge = &world.drawbridge;
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let hub = world.hub("Hub");
    let document = world.document(credential.id);
    let pending = world.submit_foreign(&hub, "pending");
    let connected = world.connect(&hub, "Sales", &document);
    let api = drawbridge.apis().import(portal.id, "openapi: 3.0.0\ninfo: {title: T, version: '1'}").unwrap();
    let foreign = world.foreign_document("elsewhere", "a secret");
    let elsewhere =
        drawbridge.portals().track("Elsewhere", "elsewhere", &foreign, GivenLifetime::Unknown, crate::OWN_PAIR);
    let elsewhere = elsewhere.unwrap().portal.id;
    let clipboard = Capture::at("the clipboard");
    world.act_as(&world.nora);
    let before = world.repository.tables();

    let hand_over = |result: Result<(), domain::ports::HandOverFailure>| match result {
        Err(domain::ports::HandOverFailure::Failure(failure)) => refused::<()>(Err(failure)),
        Ok(()) | Err(domain::ports::HandOverFailure::Outlet(_)) => panic!("expected a refusal, got {result:?}"),
    };
    let instance = drawbridge.service_instances().list(portal.id).unwrap();
    assert!(instance.instances.is_empty(), "the credentials of the keys are not for everybody");
    let instance = world.repository.tables().credentials[&credential.id].instance_id().unwrap();
    let settings = domain::settings::TokenServiceChange {
        enabled: true,
        address: "127.0.0.1".into(),
        host: "localhost".into(),
        port: 28443,
        mutual_tls_port: 28444,
        confirmed: vec![Confirmation::Exposure, Confirmation::NewAddresses],
    };
    let new_key = || domain::portal::NewServiceKey::Generated(World::SECRET);
    let watcher = Watcher::default();
    let unknown = GivenLifetime::Unknown;
    let refusals: [(Refusal, &str, &str); 43] = [
        (refused(drawbridge.portals().create("Other", "other", crate::OWN_PAIR)), "manage API portals", PORTAL),
        (
            refused(drawbridge.portals().track("Other", "other", &foreign, unknown, crate::OWN_PAIR)),
            "manage API portals",
            PORTAL,
        ),
        (refused(drawbridge.portals().import_credentials(elsewhere, &foreign, unknown)), "import credentials", PORTAL),
        (drawbridge.portals().get_page(elsewhere).unwrap().may_import.unwrap_err(), "import credentials", PORTAL),
        (refused(drawbridge.portals().set_lifetime(credential.id, unknown)), "import credentials", PORTAL),
        (refused(drawbridge.exports().list_exportable()), "copy or export credentials", PORTAL),
        (refused(drawbridge.exports().list_formats(&[credential.id])), "copy or export credentials", PORTAL),
        (
            refused(drawbridge.exports().preview(credential.id, &ExportChoice::CONNECTION, Language::English)),
            "copy or export credentials",
            PORTAL,
        ),
        (refused(drawbridge.portals().delete(portal.id, "Sales")), "manage API portals", PORTAL),
        (refused(drawbridge.portals().connect_own_hub(portal.id)), "manage API portals", PORTAL),
        (refused(drawbridge.portals().generate_credentials(portal.id, World::SECRET)), "generate credentials", PORTAL),
        (
            refused(drawbridge.portals().regenerate_credentials(portal.id, World::SECRET)),
            "generate credentials",
            PORTAL,
        ),
        (refused(drawbridge.service_instances().retire_credential(credential.id, "")), "generate credentials", PORTAL),
        (
            refused(drawbridge.exports().suggest_name(&[credential.id], &ExportChoice::CONNECTION)),
            "copy or export credentials",
            PORTAL,
        ),
        (hand_over(drawbridge.exports().copy(credential.id, &clipboard)), "copy or export credentials", PORTAL),
        (hand_over(world.export(credential.id, &clipboard)), "copy or export credentials", PORTAL),
        (drawbridge.portals().get_page(portal.id).unwrap().may_open.unwrap_err(), "open the Connection tab", PORTAL),
        (
            refused(drawbridge.hubs().create("Other", "other", crate::OWN_PAIR)),
            "manage API hubs",
            "AuthGroup.API.Admin",
        ),
        (refused(drawbridge.hubs().set_four_eyes(hub.id, true)), "manage API hubs", "AuthGroup.API.Admin"),
        (refused(drawbridge.hubs().delete(hub.id, "Hub")), "manage API hubs", "AuthGroup.API.Admin"),
        (
            refused(drawbridge.requests().submit(hub.id, "Other", &document, "", true)),
            "submit connection requests",
            REGISTRATION,
        ),
        (
            refused(drawbridge.requests().edit_credentials(pending.id, &document)),
            "edit the credentials of a request",
            REGISTRATION,
        ),
        (refused(drawbridge.requests().approve(pending.id, "pending")), "approve connection requests", BOTH),
        (refused(drawbridge.requests().reject(pending.id, "no")), "reject connection requests", BOTH),
        (refused(drawbridge.requests().reestablish(connected.id, &document)), "re-establish connections", REGISTRATION),
        (refused(instance_page(drawbridge, portal.id)), MANAGE_INSTANCES, PORTAL),
        (
            refused(drawbridge.service_instances().create(portal.id, "x", ServiceRole::Administrator)),
            MANAGE_INSTANCES,
            PORTAL,
        ),
        (refused(drawbridge.service_instances().create_key(instance, "x", new_key())), MANAGE_INSTANCES, PORTAL),
        (refused(drawbridge.service_instances().delete(instance, "Sales")), MANAGE_INSTANCES, PORTAL),
        (drawbridge.apis().list(portal.id).unwrap().may_manage.unwrap_err(), "manage the APIs of a portal", PORTAL),
        (refused(drawbridge.apis().may_import(portal.id)), "manage the APIs of a portal", PORTAL),
        (refused(drawbridge.apis().import(portal.id, "no document at all")), "manage the APIs of a portal", PORTAL),
        (refused(drawbridge.apis().remove(api.id)), "manage the APIs of a portal", PORTAL),
        (
            refused(drawbridge.checks().test_credential(credential.id, &watcher)),
            "test the connection of a portal",
            PORTAL,
        ),
        (
            refused(drawbridge.checks().test_document(&document, &watcher)),
            "test credentials before they are submitted",
            REGISTRATION,
        ),
        (refused(drawbridge.checks().test_request(pending.id, &watcher)), "test connections", BOTH),
        (refused(drawbridge.checks().test_request(connected.id, &watcher)), "test connections", BOTH),
        (
            refused(drawbridge.connections().delete_destination(connected.id, "Sales")),
            "delete destinations",
            "AuthGroup.API.Admin",
        ),
        (
            drawbridge.settings().get_page().unwrap().may_manage_checks.unwrap_err(),
            "set how connections are tested",
            "AuthGroup.API.Admin",
        ),
        (
            refused(drawbridge.settings().change_check_interval(6)),
            "set how connections are tested",
            "AuthGroup.API.Admin",
        ),
        (
            drawbridge.settings().get_page().unwrap().may_manage_token_service.unwrap_err(),
            "manage the token service",
            PORTAL,
        ),
        (refused(drawbridge.settings().change_token_service(settings)), "manage the token service", PORTAL),
        (hand_over(drawbridge.settings().export_authority(&clipboard)), "manage the token service", PORTAL),
    ];
    assert!(watcher.reports().is_empty(), "nothing is tested for whoever may not");
    for (refusal, phrase, missing) in &refusals {
        let (are, them) = if *missing == BOTH { ("are", "them") } else { ("is", "it") };
        assert_eq!(
            read(refusal),
            [
                format!("Nora Norole may not {phrase}: {missing} {are} missing"),
                format!("Ask an administrator for {missing}, or switch to a person who has {them}."),
            ],
            "a missing role has to be named, with a way to get it"
        );
    }
    assert!(clipboard.delivered().is_empty(), "nothing is handed over to whoever may not have it");
    assert_eq!(world.repository.tables(), before, "a refusal changes nothing");
}

/// Each action takes exactly its roles: with all others but one of them it is refused.
#[test]
fn no_other_role_stands_in_for_a_missing_one() {
    let nora = world().nora;
    for (action, needed) in [
        (Action::ManagePortal, [Role::PortalAdministrator].as_slice()),
        (Action::OpenConnectionTab, &[Role::PortalAdministrator]),
        (Action::GenerateCredentials, &[Role::PortalAdministrator]),
        (Action::HandOverCredentials, &[Role::PortalAdministrator]),
        (Action::TestCredentials, &[Role::PortalAdministrator]),
        (Action::ManageServiceInstances, &[Role::PortalAdministrator]),
        (Action::ManageApis, &[Role::PortalAdministrator]),
        (Action::ManageTokenService, &[Role::PortalAdministrator]),
        (Action::ManageHub, &[Role::HubAdministrator]),
        (Action::DeleteDestination, &[Role::HubAdministrator]),
        (Action::ManageChecks, &[Role::HubAdministrator]),
        (Action::TestDocument, &[Role::PortalRegistration]),
        (Action::TestRequest, &[Role::HubAdministrator, Role::PortalRegistration]),
        (Action::SubmitRequest, &[Role::PortalRegistration]),
        (Action::EditCredentials, &[Role::PortalRegistration]),
        (Action::ReestablishConnection, &[Role::PortalRegistration]),
        (Action::ViewRequest, &[Role::HubAdministrator, Role::PortalRegistration]),
        (Action::ApproveRequest, &[Role::HubAdministrator, Role::PortalRegistration]),
        (Action::RejectRequest, &[Role::HubAdministrator, Role::PortalRegistration]),
    ] {
        let with = |roles: BTreeSet<Role>| Person { roles, ..nora.clone() }.may(action);
        let in_new_hubs =
            [Vocabulary::NewDesign, Vocabulary::DeveloperHub].map(|vocabulary| action.roles_at(vocabulary));
        assert_eq!(in_new_hubs, [needed; 2], "{action:?} takes the same in every hub but those of the Classic Design");
        assert_eq!(with(needed.iter().copied().collect()), Ok(()), "{action:?} takes no more than its roles");
        for missing in needed {
            let others = Role::ALL.into_iter().filter(|role| role != missing).collect();
            let Err(Refusal::RoleMissing { missing: named, .. }) = with(others) else {
                panic!("{action:?} is possible without {}", missing.name());
            };
            assert_eq!(named, [*missing], "exactly the missing role is named");
        }
    }
}

#[test]
fn whoever_lacks_a_role_gets_the_text_that_asks_for_it() {
    let world = world();
    world.act_as(&world.hal);
    let request = {
        world.act_as(&world.ada);
        let hub = world.hub("Hub");
        world.submit_foreign(&hub, "sales")
    };
    world.act_as(&world.hal);
    let Refusal::RoleMissing { action, missing, person } =
        refused(world.drawbridge.requests().approve(request.id, "sales"))
    else {
        panic!("Hal has one of two roles");
    };
    assert_eq!(
        role_request(&person, &missing, action),
        "Subject: Request for role collection\n\nHello,\n\n\
         in order to approve connection requests I need the following role collection:\n\n  \
         - AuthGroup.APIPortalRegistration\n\n\
         Please assign it to my user hal@example.com (Security > Users > Role Collections).\n\nThank you\nHal Half",
        "Hal sends it as it is"
    );
    let Refusal::RoleMissing { action, missing, person } = world.nora.may(Action::RejectRequest).unwrap_err() else {
        panic!("Nora has no role");
    };
    let text = role_request(&person, &missing, action).for_log();
    assert!(text.contains("the following role collections:\n\n  - AuthGroup.API.Admin\n  - AuthGroup.API"), "{text}");
    assert!(text.contains("Please assign them to my user nora@example.com"), "{text}");
}

#[test]
fn a_person_without_the_role_sees_no_credentials_of_a_portal() {
    let world = world();
    let (portal, _) = world.portal_with("Sales", GenerateKind::ClientSecret);
    world.act_as(&world.rita);
    let page = world.drawbridge.portals().get_page(portal.id).unwrap();
    assert!(page.credentials.is_empty(), "the Connection tab is closed to her");
    assert!(page.may_generate.is_err() && page.may_hand_over.is_err() && page.may_delete.is_err());
}
