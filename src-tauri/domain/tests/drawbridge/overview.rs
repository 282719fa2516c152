//! The start page: what there is, and what needs attention of whoever looks.

use chrono::{SubsecRound, TimeDelta};
use domain::{
    connection::{RecordDetails, RequestStateKind},
    connection_check::{Cause, ConnectionHealth, Doubt, HealthOutcome, Stage},
    credential::SetAside,
    document::GivenLifetime,
    hub::{Hub, HubDetails},
    overview::{Launchpad, Matter, PendingDecision, Renewal, TokenServiceSeen, Urgency},
    person::Person,
    pingone::{AccountKind, SecretReplacement},
    portal::{Endpoints, Portal},
    ports::{Clock, DatabaseNotice},
    refusal::{Confirmation, Refusal},
    vocabulary::Vocabulary,
};
use fakes::{Installation, Watcher, World, secret_document, world};

use crate::refused;

/// What the start page says of each matter, in its order.
fn attention(world: &World) -> Vec<String> {
    let launchpad = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
    launchpad
        .attention
        .iter()
        .map(|attention| format!("{:?}: {}", attention.urgency, tell(&attention.matter)))
        .collect()
}

fn tell(matter: &Matter) -> String {
    match matter {
        Matter::DatabaseNoticed(notice) => notice.message().for_log(),
        // Told in keychain.rs.
        Matter::KeychainUnusable(_)
        | Matter::OtherKeychain(_)
        | Matter::SecretsGone { .. }
        | Matter::TokenServiceFails { .. }
        | Matter::KeysNotRenewed { .. } => format!("{matter:?}"),
        Matter::ConnectionFails { connection, finding } => {
            format!("{} in {} fails: {}", connection.alias, connection.hub, finding.message.for_log())
        }
        Matter::NotKnown { connection, doubt } => {
            let doubt = match doubt {
                Doubt::NeverTested => "never tested".to_owned(),
                Doubt::Changed => "changed".to_owned(),
                Doubt::TooOld { tested_at } => format!("tested {}", tested_at.unwrap().format("%Y-%m-%d %H:%M")),
                Doubt::Postponed(finding) => format!("postponed: {}", finding.message.for_log()),
            };
            format!("{} in {} is not known to work: {doubt}", connection.alias, connection.hub)
        }
        Matter::NoneReached { count, hub_id: _, finding, postponed: _ } => {
            format!("none of {count} reached: {}", finding.message.for_log())
        }
        Matter::ConnectionEnds { connection, validity, renewal } => {
            let next = match renewal {
                Renewal::There => ", newer ones are there",
                Renewal::Missing => "",
                Renewal::NotVisible => ", newer ones are not visible",
            };
            format!("{} in {}: {}{next}", connection.alias, connection.hub, validity.message().for_log())
        }
        Matter::CredentialsEnd { portal: _, name, validity } => {
            format!("credentials of {name}: {}", validity.message().for_log())
        }
        Matter::FormerCredentialsEnd { portal: _, name, client_id: _, validity } => {
            format!("former credentials of {name}: {}", validity.message().for_log())
        }
        Matter::CredentialsNotVisible { portals, refusal: _ } => format!("credentials of {portals} not visible"),
        Matter::RequestRejected { connection, reason, kind: _ } => {
            format!("{} in {} was rejected: {reason}", connection.alias, connection.hub)
        }
        Matter::NotApplied { portal: _, name, connection, state } => {
            format!("{name} is not applied to {} in {}, {}", connection.alias, connection.hub, state.word())
        }
        Matter::RequestsWait { hub: _, name, count, decision } => match decision {
            PendingDecision::Any => format!("{count} wait in {name}"),
            PendingDecision::RejectOnly => format!("{count} wait in {name}, which is full"),
            PendingDecision::InSap => format!("{count} wait in {name} in SAP"),
        },
        Matter::ClientIdsMissing { account: _, name, count } => format!("{count} client ids of {name} are missing"),
        Matter::FormerSecretEnds { account: _, name, credential, until } => {
            format!("former secret of {} in {name} ends {}", credential.for_log(), until.format("%Y-%m-%d %H:%M"))
        }
    }
}

/// The same without the connections that are not known to work.
fn attention_but_doubts(world: &World) -> Vec<String> {
    let mut seen = attention(world);
    seen.retain(|line| !line.contains("is not known to work"));
    seen
}

/// Promise F4: that changes are lost is said, and for how long nothing is deleted.
#[test]
fn what_the_database_has_noticed_about_itself_comes_first_and_goes_after_thirty_days() {
    let world = world();
    world.repository.notice(DatabaseNotice::ChangesMissing { count: 2, noticed_at: Some(world.clock.now()) });
    world.repository.notice(DatabaseNotice::OtherDatabase { noticed_at: None });
    world.repository.notice(DatabaseNotice::Damaged { reason: "the hub EU is not as it was stored".into() });
    let missing = "Broken: The database lacks the last 2 changes that Drawbridge has made in it: an older copy was put in \
                   its place, or they were lost.";
    let other = "Broken: This is another database than the one that Drawbridge used here last: that one was removed, or \
                 this one was put in its place.";
    let damaged = "Broken: The database is damaged: the hub EU is not as it was stored.";
    assert_eq!(attention(&world), [missing, other, damaged]);
    world.clock.advance(SetAside::PERIOD + TimeDelta::seconds(1));
    assert_eq!(attention(&world), [other, damaged], "by then no restored copy finds its secrets again");
}

fn attention_of(world: &World, person: &Person) -> Vec<String> {
    world.act_as(person);
    let seen = attention(world);
    world.act_as(&world.ada);
    seen
}

/// From now on the connection to the portal fails when it is tested.
fn refuse(world: &World, portal: &Portal) {
    let cause = Cause::Refused { host: "localhost".into(), port: 28443 };
    world.connector.fail(&Endpoints::loopback().portal_url(portal), Stage::NameAndNetwork, cause);
}

/// Tests the connections as the background does.
fn test_connections(world: &World) {
    world.drawbridge.checks().check_due(world.clock.now(), &Watcher::default()).unwrap();
}

/// A replaced secret that is kept for so many hours; its account and credentials are called like this.
fn replaced(world: &World, account: &str, description: &str, grace_hours: u32) {
    let account = world.drawbridge.pingone().create_account(account, AccountKind::Local).unwrap();
    let credential = world.drawbridge.pingone().add_credential(account.id, description, None).unwrap();
    let replacement = SecretReplacement { secret: None, grace_hours };
    world.drawbridge.pingone().edit_credential(credential.id, Some(description), Some(replacement)).unwrap();
}

#[test]
fn a_new_installation_has_nothing_and_nothing_to_do() {
    let world = world();
    let get = || world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
    let Launchpad { portals, hubs, accounts, pending, connections, may_create, attention } = get();
    assert_eq!((portals, hubs, accounts, pending, connections), (0, 0, 0, 0, 0));
    assert_eq!(may_create, Ok(()), "this is how it begins");
    assert_eq!(attention, []);
    world.act_as(&world.nora);
    assert!(get().may_create.is_err(), "she is told to ask somebody");
}

#[test]
fn before_there_is_a_person_there_is_no_start_page() {
    let refusal = refused(Installation::empty().drawbridge.overview().get_launchpad(&TokenServiceSeen::Well));
    assert!(matches!(refusal, Refusal::NoPerson), "{refusal:?}");
}

#[test]
fn everything_is_counted_and_what_is_well_needs_no_attention() {
    let world = world();
    let (hub, other) = (world.hub("Hub"), world.hub("Other"));
    let (sales, credential) = world.portal_with("Sales", World::CERTIFICATE);
    world.answer(&sales, &["Orders"]);
    world.connect(&hub, "sales", &world.document(credential.id));
    test_connections(&world);
    world.portal("Empty");
    world.portal_with("Billing", World::SECRET);
    world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    assert_eq!(attention(&world), [""; 0], "neither a working connection nor fresh credentials nor their absence");

    world.submit_foreign(&hub, "first");
    world.submit_foreign(&other, "second");
    let rejected = world.submit_foreign(&other, "third");
    world.drawbridge.requests().reject(rejected.id, "no").unwrap();
    for person in [&world.ada, &world.nora] {
        world.act_as(person);
        let seen = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
        let counts = (seen.portals, seen.hubs, seen.accounts, seen.pending, seen.connections);
        assert_eq!(counts, (3, 2, 1, 2, 1), "{}", person.name);
    }
}

#[test]
fn an_outage_comes_first_then_what_ends_the_sooner_the_higher_then_what_waits() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Ending", World::CERTIFICATE);
    world.answer(&portal, &[]);
    world.connect(&hub, "ending", &world.document(credential.id));
    world.portal_with("Unused", World::CERTIFICATE);
    world.clock.advance(TimeDelta::days(10));
    world.portal_with("Later", World::CERTIFICATE);
    world.clock.advance(TimeDelta::days(330));
    let (failing, credential) = world.portal_with("Failing", World::SECRET);
    refuse(&world, &failing);
    world.connect(&hub, "failing", &world.document(credential.id));
    let (renewed, former) = world.portal_with("Renewed", World::SECRET);
    world.submit(&hub, "renewed", &world.document(former.id));
    world.drawbridge.portals().regenerate_credentials(renewed.id, World::SECRET).unwrap();
    replaced(&world, "Acme", "Sync", 24);
    test_connections(&world);

    assert_eq!(
        attention(&world),
        [
            "Broken: failing in Hub fails: the server localhost refuses connections on port 28443",
            "EndsSoon: ending in Hub: 24 days left",
            "EndsSoon: credentials of Unused: 24 days left",
            "Waits: 1 wait in Hub",
            "Waits: Renewed is not applied to renewed in Hub, pending",
            "Waits: former secret of Sync in Acme ends 2027-02-05 09:30",
        ],
        "the credentials of Later have 35 days"
    );
    world.clock.advance(TimeDelta::days(25));
    test_connections(&world);
    let seen = attention(&world);
    let failing: Vec<bool> =
        seen.iter().map(|line| line.starts_with("Broken: ") && line.contains(" fails: ")).collect();
    assert_eq!(failing[..3], [true, true, false], "{seen:?}");
    assert_eq!(
        seen[2..5],
        [
            "Broken: ending in Hub: expired less than an hour ago",
            "Broken: credentials of Unused: expired less than an hour ago",
            "EndsSoon: credentials of Later: 9 days left",
        ],
        "what has ended does not work"
    );
}

#[test]
fn credentials_need_attention_from_30_days_before_their_end_on_and_are_broken_at_it() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Connected", World::CERTIFICATE);
    world.answer(&portal, &[]);
    world.connect(&hub, "connected", &world.document(credential.id));
    world.portal_with("Unused", World::CERTIFICATE);
    let both = |urgency: &str, left: &str| {
        let connected = format!("{urgency}: connected in Hub: {left}");
        vec![connected, format!("{urgency}: credentials of Unused: {left}")]
    };
    // Certificates end at a whole second, which is a fraction less than 365 days from now.
    world.clock.advance(TimeDelta::days(335) - TimeDelta::seconds(1));
    assert_eq!(attention_but_doubts(&world), [""; 0], "30 days and a part of a second");
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(attention_but_doubts(&world), both("EndsSoon", "29 days left"), "a part of a second less than 30");
    world.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    assert_eq!(
        attention_but_doubts(&world),
        both("EndsSoon", "less than an hour left, until 2027-03-01 09:30 UTC"),
        "less than a second"
    );
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(attention_but_doubts(&world), both("Broken", "expired less than an hour ago"));
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(attention_but_doubts(&world), both("Broken", "expired 2 days ago"));
}

#[test]
fn client_secrets_of_service_keys_never_end_and_those_of_a_portal_elsewhere_when_their_time_is_over() {
    let world = world();
    world.portal_with("Here", World::SECRET);
    let generated = GivenLifetime::Generated(world.clock.now());
    let document = world.foreign_document("elsewhere", "a secret of its own");
    world.drawbridge.portals().track("Elsewhere", "abroad", &document, generated, crate::OWN_PAIR).unwrap();
    world.clock.advance(TimeDelta::days(340));
    assert_eq!(attention(&world), ["EndsSoon: credentials of Elsewhere: 25 days left"]);
}

#[test]
fn a_connection_that_fails_is_named_until_the_next_test_and_so_is_its_end() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    world.connect(&hub, "sales", &world.document(credential.id));
    assert_eq!(
        attention(&world),
        ["Uncertain: sales in Hub is not known to work: never tested"],
        "what was never tested is neither well nor said to fail"
    );
    world.clock.advance(TimeDelta::days(340));
    refuse(&world, &portal);
    test_connections(&world);
    assert_eq!(
        attention(&world),
        [
            "Broken: sales in Hub fails: the server localhost refuses connections on port 28443",
            "EndsSoon: sales in Hub: 24 days left",
        ],
        "what ends is not hidden by what fails"
    );
    world.answer(&portal, &[]);
    let request = world.repository.tables().requests.into_keys().next().unwrap();
    world.drawbridge.checks().test_request(request, &Watcher::default()).unwrap();
    assert_eq!(attention(&world), ["EndsSoon: sales in Hub: 24 days left"]);
}

#[test]
fn credentials_that_were_regenerated_but_not_applied_wait_until_they_are() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    let request = world.submit(&hub, "sales", &world.document(first.id));
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    assert_eq!(
        attention_but_doubts(&world),
        ["Waits: 1 wait in Hub", "Waits: Sales is not applied to sales in Hub, pending"],
        "the hub would be connected with the former ones"
    );
    world.drawbridge.requests().edit_credentials(request.id, &world.document(second.id)).unwrap();
    assert_eq!(attention_but_doubts(&world), ["Waits: 1 wait in Hub"]);
    world.drawbridge.requests().approve(request.id, "sales").unwrap();
    assert_eq!(attention_but_doubts(&world), [""; 0]);

    let third = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    let mut launchpad = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
    launchpad.attention.retain(|attention| attention.urgency != Urgency::Uncertain);
    let [only] = launchpad.attention.try_into().unwrap();
    let Matter::NotApplied { portal: of, name, connection, state } = only.matter else { panic!("{only:?}") };
    assert_eq!((of, name.as_str(), state), (portal.id, "Sales", RequestStateKind::Approved));
    assert_eq!((connection.hub_id, connection.request), (hub.id, request.id), "there it is re-established");
    assert_eq!(only.urgency, Urgency::Waits, "the former ones are valid until they are retired");
    world.drawbridge.requests().reestablish(request.id, &world.document(third.id)).unwrap();
    assert_eq!(attention_but_doubts(&world), [""; 0]);
}

#[test]
fn credentials_that_live_for_days_only_are_applied_before_they_are_renewed() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::CERTIFICATE);
    world.connect(&hub, "sales", &world.document(first.id));
    world.answer(&portal, &[]);
    test_connections(&world);
    world.clock.advance(TimeDelta::days(1));
    world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    world.clock.advance(TimeDelta::days(360));
    test_connections(&world);
    assert_eq!(
        attention(&world),
        [
            "EndsSoon: sales in Hub: 3 days left, newer ones are there",
            "Waits: Sales is not applied to sales in Hub, approved",
        ],
        "with so little left they are what keeps the connection alive"
    );
}

#[test]
fn what_a_hub_holds_for_a_pending_request_ends_too_and_regenerating_comes_before_applying() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    world.submit(&hub, "sales", &world.document(credential.id));
    world.clock.advance(TimeDelta::days(340));
    let seen = ["EndsSoon: credentials of Sales: 24 days left", "Waits: 1 wait in Hub"];
    assert_eq!(attention(&world), seen, "nobody is connected yet, and would be for 25 days only");
    world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    assert_eq!(attention(&world), ["Waits: 1 wait in Hub", "Waits: Sales is not applied to sales in Hub, pending"]);
    world.clock.advance(TimeDelta::days(340));
    assert_eq!(attention(&world), seen, "applying those would have to be done again soon");
}

#[test]
fn requests_wait_for_those_who_may_decide_about_them_in_that_hub() {
    let world = world();
    let hub = world.hub("Hub");
    world.act_as(&world.rita);
    world.submit_foreign(&hub, "first");
    world.submit_foreign(&hub, "second");
    world.act_as(&world.ada);
    let with_one_role = |vocabulary: Vocabulary| match vocabulary {
        Vocabulary::ClassicDesign => vec!["Waits: 2 wait in Hub"],
        Vocabulary::NewDesign | Vocabulary::DeveloperHub => vec![],
    };
    for vocabulary in Vocabulary::ALL {
        let Hub { id, .. } = world.drawbridge.hubs().set_vocabulary(hub.id, vocabulary).unwrap();
        assert_eq!(id, hub.id);
        for person in [&world.ada, &world.hugo] {
            assert_eq!(attention_of(&world, person), ["Waits: 2 wait in Hub"], "{vocabulary:?}: {}", person.name);
        }
        assert_eq!(attention_of(&world, &world.hal), with_one_role(vocabulary), "{vocabulary:?}");
        for person in [&world.rita, &world.paul, &world.nora] {
            assert_eq!(attention_of(&world, person), [""; 0], "{vocabulary:?}: {}", person.name);
        }
    }
}

#[test]
fn a_hub_where_nothing_is_pending_any_more_is_not_named() {
    let world = world();
    let (hub, other) = (world.hub("Hub"), world.hub("Other"));
    let approved = world.submit_foreign(&hub, "approved");
    let rejected = world.submit_foreign(&other, "rejected");
    assert_eq!(attention_but_doubts(&world), ["Waits: 1 wait in Hub", "Waits: 1 wait in Other"]);
    world.drawbridge.requests().approve(approved.id, "approved").unwrap();
    world.drawbridge.requests().reject(rejected.id, "no").unwrap();
    assert_eq!(attention_but_doubts(&world), [""; 0]);
    assert_eq!(world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap().pending, 0);
}

#[test]
fn the_credentials_of_a_portal_are_told_to_those_only_who_may_see_them() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    world.connect(&hub, "sales", &world.document(credential.id));
    world.answer(&portal, &[]);
    test_connections(&world);
    world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    world.portal_with("Unused", World::CERTIFICATE);
    world.clock.advance(TimeDelta::days(340));
    test_connections(&world);
    let all =
        ["EndsSoon: credentials of Unused: 24 days left", "Waits: Sales is not applied to sales in Hub, approved"];
    for person in [&world.ada, &world.paul] {
        assert_eq!(attention_of(&world, person), all, "{}", person.name);
    }
    for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
        let seen = attention_of(&world, person);
        assert_eq!(seen, ["Uncertain: credentials of 2 not visible"], "{}: that is not an all-clear", person.name);
    }
    world.clock.advance(TimeDelta::hours(7));
    refuse(&world, &portal);
    test_connections(&world);
    for person in [&world.ada, &world.rita, &world.hugo, &world.hal, &world.paul, &world.nora] {
        let seen = attention_of(&world, person);
        assert!(seen[0].starts_with("Broken: sales in Hub fails"), "everybody sees the hub's connections: {seen:?}");
    }
}

#[test]
fn a_former_secret_is_named_during_its_last_24_hours() {
    let world = world();
    replaced(&world, "Acme", "Sync", 48);
    assert_eq!(attention(&world), [""; 0], "there is time");
    world.clock.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!(attention(&world), [""; 0]);
    world.clock.advance(TimeDelta::milliseconds(1));
    let named = ["Waits: former secret of Sync in Acme ends 2026-03-03 09:30"];
    assert_eq!(attention(&world), named);
    assert_eq!(attention_of(&world, &world.nora), named, "PingOne accounts need no role");
    world.clock.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!(attention(&world), named);
    world.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(attention(&world), [""; 0], "it is gone, whether or not its item was deleted yet");
}

#[test]
fn credentials_without_a_description_are_named_by_their_client_id() {
    let world = world();
    replaced(&world, "Acme", "", 1);
    let credentials = world.repository.tables().connection_credentials;
    let credential = credentials.values().next().unwrap();
    let until = (world.clock.now().trunc_subsecs(3) + TimeDelta::hours(1)).format("%Y-%m-%d %H:%M");
    assert_eq!(
        attention(&world),
        [format!("Waits: former secret of {} in Acme ends {until}", credential.client().for_log())]
    );
    world.drawbridge.pingone().drop_former_secret(credential.id, None).unwrap();
    assert_eq!(attention(&world), [""; 0], "somebody deleted it before its time");
}

#[test]
fn a_connection_is_known_to_work_for_one_interval_after_a_test_and_not_after_a_change() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    world.answer(&portal, &["Orders"]);
    let request = world.connect(&hub, "sales", &world.document(credential.id));
    let doubt = |why: &str| format!("Uncertain: sales in Hub is not known to work: {why}");
    assert_eq!(attention(&world), [doubt("never tested")]);
    test_connections(&world);
    assert_eq!(attention(&world), [""; 0]);

    let hours = world.drawbridge.settings().get().unwrap().check_interval_hours;
    let interval = TimeDelta::hours(hours.into()) + ConnectionHealth::GRACE;
    let tested = world.clock.now().format("%Y-%m-%d %H:%M");
    world.clock.advance(interval);
    assert_eq!(attention(&world), [""; 0], "the test of this interval may still wait for its turn");
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(attention(&world), [doubt(&format!("tested {tested}"))]);
    let overview = world.drawbridge.requests().get(request.id).unwrap();
    assert_eq!(overview.health.unwrap().outcome, HealthOutcome::Stale, "the list of requests says the same");
    test_connections(&world);
    assert_eq!(attention(&world), [""; 0]);

    world.clock.advance(-TimeDelta::days(1));
    assert_eq!(attention(&world).len(), 1, "a test of tomorrow proves nothing today");
    world.clock.advance(TimeDelta::days(1));

    let other = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    world.drawbridge.requests().reestablish(request.id, &world.document(other.id)).unwrap();
    assert_eq!(attention(&world), [doubt("changed")]);
}

#[test]
fn a_connection_that_no_test_reaches_for_now_is_not_known_to_work() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    world.answer(&portal, &["Orders"]);
    world.connect(&hub, "sales", &world.document(credential.id));
    test_connections(&world);
    let cause = Cause::UnknownHost { host: "localhost".into() };
    world.connector.fail(&Endpoints::loopback().portal_url(&portal), Stage::NameAndNetwork, cause);
    world.clock.advance(TimeDelta::hours(7));
    test_connections(&world);
    let seen = attention(&world);
    assert!(seen[0].starts_with("Uncertain: sales in Hub is not known to work: postponed: "), "{seen:?}");
    assert_eq!(seen.len(), 1);
}

#[test]
fn current_credentials_that_end_soon_are_told_although_the_hub_holds_a_secret_without_an_end() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, secret) = world.portal_with("Sales", World::SECRET);
    world.answer(&portal, &["Orders"]);
    world.connect(&hub, "sales", &world.document(secret.id));
    world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    world.clock.advance(TimeDelta::days(355));
    test_connections(&world);
    assert_eq!(
        attention(&world),
        ["EndsSoon: credentials of Sales: 9 days left", "Waits: Sales is not applied to sales in Hub, approved"]
    );
}

/// What ends in two hours is hidden from these people; they must not read that all is well.
#[test]
fn a_person_who_may_not_see_credentials_is_told_so_instead_of_an_all_clear() {
    let world = world();
    world.act_as(&world.nora);
    assert_eq!(attention(&world), [""; 0], "there is nothing that could be hidden");
    world.act_as(&world.ada);
    world.portal_with("Unused", World::CERTIFICATE);
    world.clock.advance(TimeDelta::days(365) - TimeDelta::hours(2));
    for person in [&world.ada, &world.paul] {
        let seen = attention_of(&world, person);
        assert!(seen[0].starts_with("EndsSoon: credentials of Unused: 1 hour left, until 2027-03-01"), "{seen:?}");
    }
    for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
        assert_eq!(attention_of(&world, person), ["Uncertain: credentials of 1 not visible"], "{}", person.name);
    }
}

/// A portal in SAP whose credentials of `days_ago` are held by an approved record of a hub in SAP.
fn in_sap(world: &World, days_ago: i64) -> (Portal, domain::connection::ConnectionRequest) {
    let generated = GivenLifetime::Generated(world.clock.now() - TimeDelta::days(days_ago));
    let document = world.foreign_document("sales", "the former secret");
    let portal = world.drawbridge.portals().track("Sales", "sales", &document, generated, &[]).unwrap().portal;
    let hub = world
        .drawbridge
        .hubs()
        .track(&HubDetails {
            name: "Hub".into(),
            region: "eu10".into(),
            address: "https://acme.devportal.cfapps.eu10.hana.ondemand.com/".into(),
            vocabulary: Vocabulary::DeveloperHub,
        })
        .unwrap();
    let today = world.clock.now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
    let details = RecordDetails {
        alias: "sales".into(),
        comment: String::new(),
        submitted_by: String::new(),
        submitted_on: today,
        decided_by: String::new(),
        decided_on: Some(today),
        note: String::new(),
        ticket: String::new(),
    };
    let record = world.drawbridge.requests().record(hub.id, &details, &document, &[]).unwrap();
    (portal, record)
}

#[test]
fn importing_renewed_credentials_keeps_the_old_ones_on_alarm_until_the_hub_in_sap_has_the_new_ones() {
    let world = world();
    let (portal, record) = in_sap(&world, 355);
    assert_eq!(attention_but_doubts(&world), ["EndsSoon: sales in Hub: 10 days left"]);
    // The same client id with another secret, as after a rotation in the portal.
    let new = world.foreign_document("sales", "the new secret");
    let today = GivenLifetime::Generated(world.clock.now());
    world.drawbridge.portals().import_credentials(portal.id, &new, today).unwrap();
    assert_eq!(
        attention_but_doubts(&world),
        [
            "EndsSoon: sales in Hub: 10 days left, newer ones are there",
            "Waits: Sales is not applied to sales in Hub, approved",
        ],
        "the hub still has the former secret, and the next step is to re-establish the connection"
    );
    world.clock.advance(TimeDelta::days(11));
    assert_eq!(
        attention_but_doubts(&world),
        [
            "Broken: sales in Hub: expired 24 hours ago, newer ones are there",
            "Waits: Sales is not applied to sales in Hub, approved",
        ],
        "nor does the alarm end because the time is over"
    );
    world.drawbridge.requests().reestablish(record.id, &new).unwrap();
    assert_eq!(attention_but_doubts(&world), [""; 0], "done in the hub");
}

#[test]
fn former_credentials_of_a_portal_in_sap_stay_on_alarm_as_long_as_nobody_has_said_who_uses_them() {
    let world = world();
    let generated = GivenLifetime::Generated(world.clock.now() - TimeDelta::days(355));
    let document = world.foreign_document("first", "the former secret");
    let portal = world.drawbridge.portals().track("Sales", "sales", &document, generated, &[]).unwrap().portal;
    let new = secret_document("first", "sb-second!b1", "the new secret");
    let today = GivenLifetime::Generated(world.clock.now());
    let first = world.repository.tables().credentials.into_keys().next().unwrap();
    world.drawbridge.portals().import_credentials(portal.id, &new, today).unwrap();
    assert_eq!(attention(&world), ["EndsSoon: former credentials of Sales: 10 days left"]);
    world.clock.advance(TimeDelta::days(12));
    assert_eq!(attention(&world), ["Broken: former credentials of Sales: expired 2 days ago"]);
    world.drawbridge.service_instances().retire_credential(first, "").unwrap();
    assert_eq!(attention(&world), [""; 0], "removed here");
}

#[test]
fn all_connections_of_a_portal_count_not_the_first_only() {
    let world = world();
    let (_, record) = in_sap(&world, 10);
    world.clock.advance(TimeDelta::days(1));
    let third = world.foreign_document("sales", "the former secret");
    // SAP shows two connections of one portal; a person has recorded both.
    let details = HubDetails {
        name: "Second".into(),
        region: "eu10".into(),
        address: "https://other.devportal.cfapps.eu10.hana.ondemand.com/".into(),
        vocabulary: Vocabulary::DeveloperHub,
    };
    let second = world.drawbridge.hubs().track(&details).unwrap();
    let today = world.clock.now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
    let details = RecordDetails {
        alias: "sales too".into(),
        comment: String::new(),
        submitted_by: String::new(),
        submitted_on: today,
        decided_by: String::new(),
        decided_on: Some(today),
        note: String::new(),
        ticket: String::new(),
    };
    let confirmed = [Confirmation::VendorRules];
    let other = world.drawbridge.requests().record(second.id, &details, &third, &confirmed).unwrap();
    let new = secret_document("sales", "sb-renewed!b1", "the new secret");
    let portal = record.portal_id.unwrap();
    let generated = GivenLifetime::Generated(world.clock.now());
    world.drawbridge.portals().import_credentials(portal, &new, generated).unwrap();
    let not_applied = |alias: &str, hub: &str| format!("Waits: Sales is not applied to {alias} in {hub}, approved");
    let both = [not_applied("sales", "Hub"), not_applied("sales too", "Second")];
    let mut seen = attention_but_doubts(&world);
    seen.sort();
    assert_eq!(seen, both);
    world.drawbridge.requests().reestablish(record.id, &new).unwrap();
    assert_eq!(attention_but_doubts(&world), [not_applied("sales too", "Second")], "one of two is not both");
    world.drawbridge.requests().reestablish(other.id, &new).unwrap();
    assert_eq!(attention_but_doubts(&world), [""; 0]);
}

#[test]
fn a_rejected_request_is_shown_to_its_submitter_until_another_takes_its_place() {
    let world = world();
    let hub = world.hub("Hub");
    world.act_as(&world.rita);
    let request = world.submit_foreign(&hub, "sales");
    world.act_as(&world.ada);
    world.drawbridge.requests().reject(request.id, "wrong alias").unwrap();
    assert_eq!(attention(&world), [""; 0], "she rejected it herself");
    let named = ["Waits: sales in Hub was rejected: wrong alias"];
    assert_eq!(attention_of(&world, &world.rita), named);
    world.clock.advance(Launchpad::REJECTED_FOR - TimeDelta::seconds(1));
    assert_eq!(attention_of(&world, &world.rita), named);
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(attention_of(&world, &world.rita), [""; 0], "the hub's list still has it");
    world.clock.advance(-TimeDelta::days(1));
    world.act_as(&world.rita);
    world.submit_foreign(&hub, "sales");
    assert_eq!(attention(&world), [""; 0], "it was submitted again");
}

/// *Portals* shows the end beside the failure; *Home* and `drawbridge status` must not hide it.
#[test]
fn the_end_of_credentials_is_told_although_the_last_test_of_their_connection_failed() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    world.connect(&hub, "sales", &world.document(credential.id));
    refuse(&world, &portal);
    world.clock.advance(TimeDelta::days(365) - TimeDelta::hours(2));
    test_connections(&world);
    let seen = attention(&world);
    assert!(seen[0].starts_with("Broken: sales in Hub fails"), "{seen:?}");
    assert!(seen[1].starts_with("EndsSoon: sales in Hub: 1 hour left, until 2027-03-01"), "{seen:?}");
    assert_eq!(seen.len(), 2, "{seen:?}");
    let row = world.drawbridge.portals().list().unwrap().remove(0);
    assert!(row.current.unwrap().validity.needs_attention(), "as the list of portals says");
}

/// "Regenerate them" would be wrong advice where newer ones wait to be applied, which this person cannot know.
#[test]
fn who_may_not_see_the_portals_credentials_is_not_told_that_there_are_no_newer_ones() {
    let world = world();
    let (portal, _) = in_sap(&world, 355);
    let new = world.foreign_document("sales", "the new secret");
    let today = GivenLifetime::Generated(world.clock.now());
    world.drawbridge.portals().import_credentials(portal.id, &new, today).unwrap();
    let seen = attention_of(&world, &world.hugo);
    assert!(seen.contains(&"EndsSoon: sales in Hub: 10 days left, newer ones are not visible".to_owned()), "{seen:?}");
    let seen = attention_of(&world, &world.paul);
    assert!(seen.contains(&"EndsSoon: sales in Hub: 10 days left, newer ones are there".to_owned()), "{seen:?}");
}

#[test]
fn a_secret_that_waits_for_its_client_id_is_told_until_the_client_id_is_entered() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::InPingOne).unwrap();
    let credential = world.drawbridge.pingone().add_credential(account.id, "Sync", None).unwrap();
    assert_eq!(attention(&world), ["Waits: 1 client ids of Acme are missing"]);
    world.drawbridge.pingone().enter_client_id(credential.id, "abc").unwrap();
    assert_eq!(attention(&world), [""; 0]);
}

#[test]
fn what_is_not_worth_applying_is_offered_neither_by_home_nor_by_the_page_of_the_connection() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    let request = world.connect(&hub, "sales", &world.document(first.id));
    world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    let told = |days: i64| {
        world.clock.advance(TimeDelta::days(days));
        let on_home = attention(&world).contains(&"Waits: Sales is not applied to sales in Hub, approved".to_owned());
        (on_home, world.drawbridge.requests().get(request.id).unwrap().holds_former)
    };
    assert_eq!(told(0), (true, true));
    assert_eq!(told(355), (true, true), "they still work for ten days");
    assert_eq!(told(11), (false, false), "the current ones have ended: with them the connection would break");
}

#[test]
fn requests_of_a_full_hub_wait_for_a_rejection_only() {
    let world = world();
    let hub = world.hub("Hub");
    let waiting = world.submit_foreign(&hub, "waiting");
    for alias in ["one", "two", "three"] {
        let request = world.submit_foreign(&hub, alias);
        world.drawbridge.requests().approve(request.id, alias).unwrap();
    }
    assert_eq!(attention_but_doubts(&world), ["Waits: 1 wait in Hub, which is full"]);
    assert!(
        world.drawbridge.requests().get(waiting.id).unwrap().permits.approve.is_err(),
        "nor does its page offer it"
    );
}

#[test]
fn the_page_of_a_connection_tells_the_same_as_the_start_page_about_former_credentials() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    let request = world.connect(&hub, "sales", &world.document(first.id));
    let holds_former = || world.drawbridge.requests().get(request.id).unwrap().holds_former;
    assert!(!holds_former());
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    assert_eq!(attention_but_doubts(&world), ["Waits: Sales is not applied to sales in Hub, approved"]);
    assert!(holds_former());
    world.act_as(&world.nora);
    assert!(!holds_former(), "she may not see the portal's credentials");
    world.act_as(&world.ada);
    world.drawbridge.requests().reestablish(request.id, &world.document(second.id)).unwrap();
    assert!(!holds_former());
}

/// *Home*, the list of portals, a portal's page and a connection's page, as three persons with different roles read them.
#[test]
fn what_three_persons_read_on_different_pages_is_one_story() {
    let world = world();
    let hub = world.hub("Hub");
    let (sales, former) = world.portal_with("Sales", World::SECRET);
    let connected = world.connect(&hub, "sales", &world.document(former.id));
    world.drawbridge.portals().regenerate_credentials(sales.id, World::SECRET).unwrap();
    world.portal_with("Ending", World::CERTIFICATE);
    world.clock.advance(TimeDelta::days(360));
    world.act_as(&world.rita);
    let waiting = world.submit_foreign(&hub, "waiting");
    for person in [&world.ada, &world.hugo, &world.rita] {
        world.act_as(person);
        let name = &person.name;
        let drawbridge = &world.drawbridge;
        let launchpad = drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
        let says = |wanted: &dyn Fn(&Matter) -> bool| launchpad.attention.iter().any(|one| wanted(&one.matter));
        let hidden = says(&|matter| matches!(matter, Matter::CredentialsNotVisible { portals: 2, .. }));
        for row in drawbridge.portals().list().unwrap() {
            let page = drawbridge.portals().get_page(row.portal.id).unwrap();
            assert_eq!(row.may_open.is_err(), hidden, "{name}: the list hides what Home says is hidden");
            assert_eq!(row.may_open.is_err(), page.may_open.is_err());
            assert_eq!(row.applied, page.applied);
            assert_eq!(row.current.is_none(), hidden, "{name}: none is said of what cannot be seen only");
            let ends =
                says(&|matter| matches!(matter, Matter::CredentialsEnd { portal, .. } if *portal == row.portal.id));
            let shown = row.current.is_some_and(|current| current.validity.needs_attention());
            assert_eq!(ends, shown, "{name}: {}", row.portal.name);
        }
        let of_connection = drawbridge.requests().get(connected.id).unwrap();
        let not_applied = says(
            &|matter| matches!(matter, Matter::NotApplied { connection, .. } if connection.request == connected.id),
        );
        assert_eq!(of_connection.holds_former, not_applied, "{name}");
        assert_eq!(not_applied, !hidden, "{name}");
        let doubt = of_connection.health.unwrap().find_doubt();
        assert!(says(&|matter| matches!(matter, Matter::NotKnown { doubt: told, .. } if Some(told) == doubt.as_ref())));
        let may_decide = drawbridge.requests().get(waiting.id).unwrap().permits.approve.is_ok();
        let waits = says(&|matter| matches!(matter, Matter::RequestsWait { decision: PendingDecision::Any, .. }));
        assert_eq!(waits, may_decide, "{name}: Home sends nobody to a page that offers nothing");
    }
}
