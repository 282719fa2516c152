//! Promises B3 and F6: where another keychain answers than the one that holds this installation's secrets, or where the
//! database is not the one that knows them, nothing is made, replaced, marked or ended, and it is said; a person decides.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    Drawbridge,
    connection_check::HealthOutcome,
    credential::{Reconciled, SecretItem, SecretItemState},
    id::SecretId,
    keychain::{KeychainStanding, OtherKeychain, TakeOver},
    messages::Message,
    overview::{Matter, TokenServiceSeen, Urgency},
    person::Role,
    pingone::{AccountKind, FormerSecret, SecretReplacement},
    portal::Applied,
    ports::SecretStoreError,
    refusal::{Failure, Refusal},
};
use fakes::{Capture, Effect, Fault, Installation, KeychainCall, Tables, Watcher, World, world};

use crate::{line, refused};

/// Why an operation did not succeed, where the keychain is another.
fn other<T: std::fmt::Debug>(result: Result<T, Failure>) -> OtherKeychain {
    match result {
        Err(Failure::OtherKeychain(other)) => other,
        Ok(_) | Err(_) => panic!("expected it to be another keychain, got {result:?}"),
    }
}

fn look(drawbridge: &Drawbridge) -> KeychainStanding {
    drawbridge.keychain().look().expect("the database")
}

const KNOWN: KeychainStanding = KeychainStanding::Known { missing: Vec::new() };

/// An installation with something of each kind: a token service, a portal that is connected, a PingOne account whose
/// former secret is over for certain.
fn furnished() -> World {
    let world = world();
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    world.answer(&portal, &["Orders"]);
    let request = world.connect(&world.hub("Hub"), "sales", &world.document(credential.id));
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).expect("it works");
    world.drawbridge.token_service().prepare().expect("keys");
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    let pingone = world.drawbridge.pingone().add_credential(account.id, "Sync", None).unwrap();
    let replacement = SecretReplacement { secret: None, grace_hours: 1 };
    world.drawbridge.pingone().edit_credential(pingone.id, Some("Sync"), Some(replacement)).unwrap();
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 0, "seen to be over, and not for certain yet");
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
    world
}

/// Everything that makes, replaces, ends or marks something by itself, or at a person's wish.
fn try_everything(world: &World) -> Vec<(&'static str, Result<(), Failure>)> {
    let drawbridge = &world.drawbridge;
    let tables = world.repository.all_tables();
    let portal = *tables.portals.keys().next().unwrap();
    let credential = *tables.credentials.keys().next().unwrap();
    let request = *tables.requests.keys().next().unwrap();
    let hub = *tables.hubs.keys().next().unwrap();
    let account = *tables.accounts.keys().next().unwrap();
    let pingone = *tables.connection_credentials.keys().next().unwrap();
    let document = world.foreign_document("stock", "a secret");
    let instance = world.instances(portal)[0].id;
    vec![
        ("token service", drawbridge.token_service().prepare().map(drop)),
        ("end former secrets", drawbridge.pingone().end_former_secrets().map(drop)),
        ("regenerate a secret", drawbridge.portals().regenerate_credentials(portal, World::SECRET).map(drop)),
        ("regenerate a certificate", drawbridge.portals().regenerate_credentials(portal, World::CERTIFICATE).map(drop)),
        ("delete an instance", drawbridge.service_instances().delete(instance, "sales")),
        ("submit", drawbridge.requests().submit(hub, "stock", &document, "", true).map(drop)),
        (
            "import",
            drawbridge
                .portals()
                .track("Stock", "stock", &document, domain::document::GivenLifetime::Unknown, crate::OWN_PAIR)
                .map(drop),
        ),
        ("add to an account", drawbridge.pingone().add_credential(account, "", None).map(drop)),
        ("undo", drawbridge.pingone().undo_replacement(pingone, None).map(drop)),
        ("reveal", drawbridge.pingone().reveal_client_secret(pingone).map(drop)),
        ("remove an account", drawbridge.pingone().remove_account(account, "Acme")),
        ("test a credential", drawbridge.checks().test_credential(credential, &Watcher::default()).map(drop)),
        ("test a connection", drawbridge.checks().test_request(request, &Watcher::default()).map(drop)),
        (
            "copy",
            match drawbridge.exports().copy(credential, &Capture::at("the clipboard")) {
                Ok(()) => Ok(()),
                Err(domain::ports::HandOverFailure::Failure(failure)) => Err(failure),
                Err(error) => panic!("{error:?}"),
            },
        ),
    ]
}

/// Promise B3.
#[test]
fn another_keychain_changes_nothing_and_back_with_the_former_one_all_is_as_before() {
    let world = furnished();
    let before = (world.repository.tables_but_clock(), world.repository.events());
    let keys = world.drawbridge.token_service().prepare().unwrap();
    let rows = before.0.secrets.len();
    let former = world.keychain.swap(BTreeMap::new());
    let another = OtherKeychain::Another { missing: rows - 1, of: rows - 1 };

    assert_eq!(look(&world.drawbridge), KeychainStanding::Other(another));
    for (what, result) in try_everything(&world) {
        // Undoing is refused already because the former secret is over.
        if what != "undo" {
            assert_eq!(other(result), another, "{what}");
        }
    }
    world.drawbridge.secrets().reconcile().ok();
    // Nobody asked for these: they end without a result about any connection.
    world.clock.advance(TimeDelta::days(1));
    let checked = world.drawbridge.checks().check_due(domain::ports::Clock::now(&*world.clock), &Watcher::default());
    assert_eq!(other(checked), another);
    assert_eq!((world.repository.tables_but_clock(), world.repository.events()), before, "neither a row nor an entry");
    assert_eq!(world.keychain.all_items(), BTreeMap::new(), "nothing is made in it");

    world.keychain.swap(former);
    assert_eq!(look(&world.drawbridge), KNOWN);
    let again = world.drawbridge.token_service().prepare().unwrap();
    assert_eq!(again.certificate_pem, keys.certificate_pem, "no third authority");
    assert_eq!(world.repository.all_tables().server_authority, before.0.server_authority);
    assert_eq!(world.drawbridge.pingone().end_former_secrets().unwrap(), 1, "now it is really deleted");
}

/// Promise B3: items that are gone one by one are what they always were.
#[test]
fn one_missing_item_is_that_one_item() {
    let world = furnished();
    let tables = world.repository.all_tables();
    world.keychain.lose(tables.credentials.values().next().unwrap().secret().unwrap());
    assert!(matches!(look(&world.drawbridge), KeychainStanding::Known { missing } if missing.len() == 1));
    let copied = world.drawbridge.exports().copy(*tables.credentials.keys().next().unwrap(), &Capture::at("x"));
    assert!(
        matches!(copied, Err(domain::ports::HandOverFailure::Failure(Failure::Keychain(SecretStoreError::Missing)))),
        "{copied:?}"
    );
    world.keychain.lose(tables.token_service_identity.unwrap().tls_key);
    world.drawbridge.token_service().prepare().expect("the service makes its own key again");
    world.drawbridge.keychain().look().unwrap();
    let launchpad = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
    let gone = launchpad.attention.iter().find(|one| matches!(one.matter, Matter::SecretsGone { .. })).unwrap();
    assert!(matches!(&gone.matter, Matter::SecretsGone { labels } if labels.len() == 1), "{gone:?}");
}

/// Promise B3: an installation of a version without a witness gets one when its items are seen, and not before.
#[test]
fn an_older_installation_gets_its_witness_only_in_its_own_keychain() {
    let world = furnished();
    let witness = world.repository.all_tables().keychain_witness.unwrap();
    world.repository.forget_witness();
    let mut former = world.keychain.swap(BTreeMap::new());
    former.remove(&witness);

    assert!(matches!(look(&world.drawbridge), KeychainStanding::Other(OtherKeychain::Another { .. })));
    world.drawbridge.secrets().reconcile().ok();
    assert_eq!(world.repository.all_tables().keychain_witness, None);
    other(
        world
            .drawbridge
            .portals()
            .regenerate_credentials(*world.repository.all_tables().portals.keys().next().unwrap(), World::SECRET),
    );
    assert_eq!(world.keychain.all_items(), BTreeMap::new());

    world.keychain.swap(former);
    world.drawbridge.secrets().reconcile().unwrap();
    let witness = world.repository.all_tables().keychain_witness.expect("it has one now");
    assert!(world.keychain.find(witness).is_some());
    assert_eq!(look(&world.drawbridge), KNOWN);
}

/// Promise B3: the decision, whom it concerns, and that it is taken about this keychain and no other.
#[test]
fn taken_over_it_is_the_one_and_what_is_lost_is_said_until_it_is_replaced() {
    let world = furnished();
    let rows = world.repository.all_tables().secrets.len();
    assert!(matches!(refused(world.drawbridge.keychain().take_over("0")), Refusal::KeychainIsKnown));
    assert_eq!(world.drawbridge.keychain().preview_take_over().unwrap(), None);
    let former = world.keychain.swap(BTreeMap::new());

    let TakeOver { other, portals, connections, accounts, token_service } =
        world.drawbridge.keychain().preview_take_over().unwrap().unwrap();
    assert_eq!(other, OtherKeychain::Another { missing: rows - 1, of: rows - 1 });
    assert_eq!(portals, ["Sales"]);
    assert_eq!(connections.iter().map(|one| (&*one.hub, &*one.alias)).collect::<Vec<_>>(), [("Hub", "sales")]);
    assert_eq!((accounts.len(), &*accounts[0].0, accounts[0].1.len()), (1, "Acme", 1));
    assert!(token_service);

    for wrong in ["", "1", "yes"] {
        refused(world.drawbridge.keychain().take_over(wrong));
    }
    assert_eq!(world.keychain.all_items(), BTreeMap::new(), "nothing before it is confirmed");
    world.drawbridge.keychain().take_over(&(rows - 1).to_string()).unwrap();
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        format!("Ada Admin | Keychain changed | Keychain | {} secrets of the former keychain given up", rows - 1)
    );
    assert_eq!(world.keychain.all_items().len(), 1, "the witness; keys are made when they are needed");
    let KeychainStanding::Known { missing } = look(&world.drawbridge) else { panic!("it is the one") };
    assert_eq!(missing.len(), rows - 1, "all but the former witness, by their names");
    let gone = |world: &World| {
        let seen = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap().attention;
        seen.into_iter().find_map(|one| {
            if let Matter::SecretsGone { labels } = one.matter { Some((one.urgency, labels.len())) } else { None }
        })
    };
    assert_eq!(gone(&world), Some((Urgency::Broken, rows - 1)));
    world.drawbridge.token_service().prepare().expect("new keys");
    let portal = *world.repository.all_tables().portals.keys().next().unwrap();
    world.drawbridge.portals().regenerate_credentials(portal, World::SECRET).expect("new credentials");
    assert!(!look(&world.drawbridge).is_whole(), "what is lost is lost until somebody replaces it");
    assert_eq!(gone(&world), Some((Urgency::Broken, rows - 1 - 3)), "the keys of service and authority are not missed");

    // Back with the former one: it is another one now, and what it holds can be taken back the same way.
    let second = world.keychain.swap(former);
    assert!(matches!(look(&world.drawbridge), KeychainStanding::Other(OtherKeychain::Another { .. })));
    other_keeps_still(&world);
    world.keychain.swap(second);
    assert!(matches!(look(&world.drawbridge), KeychainStanding::Known { .. }));
}

fn other_keeps_still(world: &World) {
    let before = (world.repository.all_tables(), world.keychain.all_items());
    other(world.drawbridge.token_service().prepare());
    assert_eq!((world.repository.all_tables(), world.keychain.all_items()), before);
}

/// Promise F6: a database that is new, beside a keychain that is not.
#[test]
fn secrets_of_an_installation_without_its_database_are_said_before_anything_is_made() {
    let former = furnished();
    let items = former.keychain.all_items();
    let found = items.len();
    let new = Installation::empty();
    new.keychain.swap(items.clone());
    let foreign = OtherKeychain::Foreign { found };

    let create = || new.drawbridge.people().create_first("Ada", "ada@example.com", Role::ALL.into());
    assert_eq!(look(&new.drawbridge), KeychainStanding::Other(foreign));
    assert_eq!(other(create()), foreign, "nobody should type in everything anew because a file was moved");
    assert_eq!(other(new.drawbridge.token_service().prepare()), foreign);
    assert_eq!((new.repository.tables_but_clock(), new.keychain.all_items()), (Tables::default(), items.clone()));
    let matters = new
        .drawbridge
        .overview()
        .list_matters_of_installation(Some(&look(&new.drawbridge)), &TokenServiceSeen::Nothing);
    assert_eq!(matters.unwrap(), [Matter::OtherKeychain(foreign)]);

    // Two data folders may share a keychain.
    let text = foreign.message().remedy().for_log();
    assert!(text.contains("start new beside them") && text.contains("drawbridge.db"), "{text}");
    new.drawbridge.keychain().take_over(&found.to_string()).unwrap();
    create().expect("a first person");
    new.drawbridge.token_service().prepare().expect("keys of its own");
    assert_eq!(look(&new.drawbridge), KNOWN);
    for (id, item) in items {
        assert_eq!(new.keychain.all_items().get(&id), Some(&item), "those of the other one stay as they are");
    }
    // And the other one does not mind.
    former.keychain.swap(new.keychain.all_items());
    assert_eq!(look(&former.drawbridge), KNOWN);
}

/// Promise F6: the same with an empty keychain is a first start like any other.
#[test]
fn a_first_start_is_asked_nothing_and_the_first_secret_brings_the_witness() {
    let world = world();
    assert_eq!(look(&world.drawbridge), KeychainStanding::New);
    world.portal_with("Sales", World::SECRET);
    let tables = world.repository.all_tables();
    assert_eq!(world.keychain.all_items().len(), 2);
    let (label, _) = &world.keychain.all_items()[&tables.keychain_witness.unwrap()];
    assert_eq!(label, "Drawbridge: recognises this keychain (do not delete)");
    assert_eq!(look(&world.drawbridge), KNOWN);
    world.keychain.take_calls();
    world.portal_with("Stock", World::SECRET);
    let calls = world.keychain.take_calls();
    assert!(calls.len() == 2 && matches!(calls[0], KeychainCall::Get(_)), "one short question a change: {calls:?}");
}

/// Promise B3: a keychain that was not available is no other keychain, and asking prompts for nothing.
#[test]
fn locked_denied_and_absent_are_unavailable_and_asking_stops_at_the_probe() {
    let world = furnished();
    for error in [SecretStoreError::Locked, SecretStoreError::Denied, SecretStoreError::NoKeychain] {
        world.keychain.fail_always(error.clone());
        world.keychain.take_calls();
        assert_eq!(look(&world.drawbridge), KeychainStanding::Unavailable(error.clone()));
        assert_eq!(world.keychain.take_calls(), [KeychainCall::Probe], "{error:?}: nothing that could ask");
        let tables = world.repository.tables_but_clock();
        let failed = world.drawbridge.token_service().prepare();
        assert!(matches!(failed, Err(Failure::Keychain(seen)) if seen == error));
        assert_eq!(world.repository.tables_but_clock(), tables);
    }
    world.keychain.recover();
    assert_eq!(look(&world.drawbridge), KNOWN);
}

/// Promise B7: what keeps the token service from running is said once in the domain, for the start page and `status`.
#[test]
fn a_token_service_that_cannot_run_needs_attention_and_so_does_the_keychain() {
    let world = furnished();
    let matters = |world: &World, seen: &TokenServiceSeen| {
        let standing = look(&world.drawbridge);
        let listed = world.drawbridge.overview().list_matters_of_installation(Some(&standing), seen).unwrap();
        let page = world.drawbridge.overview().get_launchpad(seen).unwrap().attention;
        let first: Vec<Matter> = page.into_iter().take(listed.len()).map(|one| one.matter).collect();
        assert_eq!(first, listed, "both say the same, and it comes first");
        listed
    };
    assert_eq!(matters(&world, &TokenServiceSeen::Nothing), []);
    world.keychain.fail_always(SecretStoreError::Locked);
    let locked = Matter::KeychainUnusable(SecretStoreError::Locked);
    let fails = |message: Message| Matter::TokenServiceFails { message, remedy: Message::empty() };
    assert_eq!(
        matters(&world, &TokenServiceSeen::Nothing),
        [locked.clone(), fails(SecretStoreError::Locked.message())]
    );
    assert_eq!(
        matters(&world, &TokenServiceSeen::Well),
        std::slice::from_ref(&locked),
        "it runs, with the keys it has in memory"
    );
    let port = TokenServiceSeen::Fails { message: "The port is in use.".into(), remedy: "Choose another.".into() };
    let in_use = Matter::TokenServiceFails { message: "The port is in use.".into(), remedy: "Choose another.".into() };
    assert_eq!(matters(&world, &port), [locked, in_use.clone()]);
    world.keychain.recover();
    assert_eq!(matters(&world, &port), [in_use]);
    let rows = world.repository.all_tables().secrets.len();
    world.keychain.swap(BTreeMap::new());
    let seen = matters(&world, &TokenServiceSeen::Nothing);
    assert_eq!(seen[0], Matter::OtherKeychain(OtherKeychain::Another { missing: rows - 1, of: rows - 1 }));
    assert!(matches!(seen[1], Matter::TokenServiceFails { .. }) && seen.len() == 2, "{seen:?}");
}

/// Promise B3: killed at any step of taking over, the next start finds it done or not begun.
#[test]
fn taking_over_is_whole_wherever_it_is_killed() {
    for effect in [Effect::None, Effect::Done] {
        for step in 0.. {
            let world = furnished();
            let rows = world.repository.all_tables().secrets.len();
            world.keychain.swap(BTreeMap::new());
            world.faults.plan(Fault::Killed { step, effect });
            let _killed = world.drawbridge.keychain().take_over(&(rows - 1).to_string());
            let steps = world.faults.take_journal();
            world.drawbridge.secrets().reconcile().ok();
            let tables = world.repository.all_tables();
            let when = format!("killed at step {step}, {effect:?} ({steps:?})");
            match look(&world.drawbridge) {
                KeychainStanding::Known { .. } => {
                    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default(), "{when}");
                    let settled = |item: &SecretItem| {
                        matches!(item.state, SecretItemState::Active | SecretItemState::SetAside(_))
                    };
                    assert!(tables.secrets.values().all(settled), "{when}");
                    assert!(world.keychain.find(tables.keychain_witness.unwrap()).is_some(), "{when}");
                }
                KeychainStanding::Other(other) => {
                    world.drawbridge.keychain().take_over(&other.number().to_string()).expect(&when);
                    world.drawbridge.secrets().reconcile().expect(&when);
                    let tables = world.repository.all_tables();
                    let aside = |id: &SecretId| {
                        tables.secrets.get(id).is_some_and(|item| matches!(item.state, SecretItemState::SetAside(_)))
                    };
                    let only: Vec<_> = world.keychain.all_items().into_keys().filter(|id| !aside(id)).collect();
                    assert_eq!(only, [tables.keychain_witness.unwrap()], "{when}: no orphan stays");
                }
                standing @ (KeychainStanding::New | KeychainStanding::Unavailable(_)) => panic!("{when}: {standing:?}"),
            }
            if steps.len() <= step {
                break;
            }
        }
    }
}

/// Promise B3: what was tested stays stored, for the keychain may come back; but what needs a secret that is not there is
/// well on no page.
#[test]
fn without_its_secret_a_connection_is_well_nowhere_whatever_its_last_test_found() {
    let world = furnished();
    let drawbridge = &world.drawbridge;
    let tables = world.repository.all_tables();
    assert!(tables.health.values().all(|one| one.outcome == HealthOutcome::Success));
    let request = *tables.requests.keys().next().unwrap();
    let account = *tables.accounts.keys().next().unwrap();
    // Where *Portals* and a portal's page show a connection, where the lists of hubs do, and on its own page.
    let outcomes = || {
        let row = drawbridge.portals().list().unwrap().remove(0);
        let page = drawbridge.portals().get_page(row.portal.id).unwrap();
        let applied = [row.applied, page.applied, page.credentials[0].applied.clone()].map(|applied| match applied {
            Applied::To { health, .. } => health.unwrap().outcome,
            Applied::Nowhere => panic!("it is connected"),
        });
        let of_request = drawbridge.requests().get(request).unwrap().health.unwrap().outcome;
        let of_connection = drawbridge.connections().find(request).unwrap().unwrap().health.outcome;
        applied.into_iter().chain([of_request, of_connection]).collect::<Vec<_>>()
    };
    let gone = || {
        let row = drawbridge.portals().list().unwrap().remove(0);
        let page = drawbridge.portals().get_page(row.portal.id).unwrap();
        let pingone = drawbridge.pingone().get_account(account).unwrap().credentials.remove(0);
        [row.current.unwrap().secret_gone, page.credentials[0].secret_gone, pingone.secret_gone]
    };
    let is_gone = |outcome: &HealthOutcome| matches!(outcome, HealthOutcome::Failing(finding) if finding.code == "secret_missing");
    assert!(!outcomes().iter().any(is_gone));
    assert_eq!(gone(), [false; 3]);

    let former = world.keychain.swap(BTreeMap::new());
    other(drawbridge.checks().test_request(request, &Watcher::default()));
    look(drawbridge);
    assert!(outcomes().iter().all(is_gone), "while it is another keychain: {:?}", outcomes());
    assert_eq!(gone(), [true; 3]);
    assert_eq!(world.repository.all_tables().health, tables.health, "nothing of that is stored");

    world.keychain.swap(former);
    look(drawbridge);
    assert!(!outcomes().iter().any(is_gone), "the former one is back");
    assert_eq!(gone(), [false; 3]);

    world.keychain.swap(BTreeMap::new());
    let preview = drawbridge.keychain().preview_take_over().unwrap().expect("another keychain");
    drawbridge.keychain().take_over(&preview.other.number().to_string()).unwrap();
    let KeychainStanding::Known { missing } = look(drawbridge) else { panic!("it was taken over") };
    assert_eq!(missing.len(), preview.other.number(), "as many are told to be gone as were said to be given up");
    assert!(outcomes().iter().all(is_gone), "after it was taken over, too: {:?}", outcomes());
    assert_eq!(gone(), [true; 3]);
}

/// "Until then the replacement can be undone" is not true of a secret that is not there.
#[test]
fn a_former_secret_that_is_not_in_the_keychain_is_not_offered_to_be_undone() {
    let world = world();
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap();
    let credential = world.drawbridge.pingone().add_credential(account.id, "Sync", None).unwrap();
    let replacement = SecretReplacement { secret: None, grace_hours: 12 };
    world.drawbridge.pingone().edit_credential(credential.id, Some("Sync"), Some(replacement)).unwrap();
    let offered = || {
        let launchpad = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap();
        let on_home = launchpad.attention.iter().any(|one| matches!(one.matter, Matter::FormerSecretEnds { .. }));
        let page = world.drawbridge.pingone().get_account(account.id).unwrap();
        let listed = world.drawbridge.pingone().list_accounts().unwrap()[0].former_secrets == 1;
        [on_home, page.credentials[0].credential.former.is_some(), listed]
    };
    assert_eq!(offered(), [true; 3]);
    world.keychain.swap(BTreeMap::new());
    look(&world.drawbridge);
    assert_eq!(offered(), [false; 3]);
}
