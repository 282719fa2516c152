//! Keychain and database share no transaction: whatever fails, and whenever the power goes off, the old or the new state
//! is there, whole.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    CertificateChain, CredentialKind, Failure, PrivateKey, Reconciled, RepositoryError, SecretItemState,
    SecretStoreError, id::SecretId,
};

use crate::{
    fakes::{Effect, Fault, KeychainCall, Tables, World, world},
    line,
};

/// An operation that touches secrets: what has to be there before, and the operation itself.
struct Operation {
    name: &'static str,
    prepare: fn(&World) -> Act,
}

type Act = Box<dyn Fn(&World) -> Result<(), Failure>>;

fn operations() -> Vec<Operation> {
    fn operation(name: &'static str, prepare: fn(&World) -> Act) -> Operation {
        Operation { name, prepare }
    }
    vec![
        operation("generate a client secret", |world| {
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.generate_credentials(portal, World::SECRET).map(drop))
        }),
        operation("generate the first certificate and its authority", |world| {
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.generate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("generate a further certificate", |world| {
            world.portal_with("Stock", World::CERTIFICATE);
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.generate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("generate with an authority that ends too early", |world| {
            let portal = world.portal_with("Sales", World::CERTIFICATE).0.id;
            world.clock.advance(TimeDelta::days(10 * 365));
            Box::new(move |world| world.drawbridge.regenerate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("regenerate a certificate", |world| {
            let portal = world.portal_with("Sales", World::CERTIFICATE).0.id;
            Box::new(move |world| world.drawbridge.regenerate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("regenerate a client secret", |world| {
            let portal = world.portal_with("Sales", World::SECRET).0.id;
            Box::new(move |world| world.drawbridge.regenerate_credentials(portal, World::SECRET).map(drop))
        }),
        operation("retire", |world| {
            let credential = world.portal_with("Sales", World::SECRET).1.id;
            Box::new(move |world| world.drawbridge.retire_credential(credential, ""))
        }),
        operation("delete a portal with two credentials", |world| {
            let portal = world.portal_with("Sales", World::SECRET).0.id;
            world.drawbridge.regenerate_credentials(portal, World::CERTIFICATE).unwrap();
            Box::new(move |world| world.drawbridge.delete_portal(portal, "Sales"))
        }),
        operation("submit", |world| {
            let hub = world.hub("Hub").id;
            let document = world.document(world.portal_with("Sales", World::CERTIFICATE).1.id);
            Box::new(move |world| world.drawbridge.submit_request(hub, "Sales", &document, "", true).map(drop))
        }),
        operation("edit credentials", |world| {
            let request = world.submit_foreign(&world.hub("Hub"), "sales").id;
            let document = world.foreign_document("sales", "another secret");
            Box::new(move |world| world.drawbridge.edit_credentials(request, &document).map(drop))
        }),
        operation("re-establish", |world| {
            let (portal, first) = world.portal_with("Sales", World::SECRET);
            let request = world.connect(&world.hub("Hub"), "Sales", &world.document(first.id)).id;
            let second = world.drawbridge.regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
            let document = world.document(second.id);
            Box::new(move |world| world.drawbridge.reestablish_connection(request, &document).map(drop))
        }),
        operation("reject", |world| {
            let request = world.submit_foreign(&world.hub("Hub"), "sales").id;
            Box::new(move |world| world.drawbridge.reject_request(request, "no").map(drop))
        }),
        operation("connect automatically with new credentials", |world| {
            world.drawbridge.create_hub("Hub", "shared").unwrap();
            world.keychain.fail_always(SecretStoreError::Locked);
            let portal = world.drawbridge.create_portal("Sales", "shared").unwrap().portal.id;
            world.keychain.recover();
            Box::new(move |world| world.drawbridge.connect_own_hub(portal))
        }),
        operation("connect automatically with the credentials that are there", |world| {
            let portal = world.drawbridge.create_portal("Sales", "shared").unwrap().portal.id;
            world.drawbridge.generate_credentials(portal, World::CERTIFICATE).unwrap();
            world.keychain.fail_always(SecretStoreError::Locked);
            world.drawbridge.create_hub("Hub", "shared").unwrap();
            world.keychain.recover();
            Box::new(move |world| world.drawbridge.connect_own_hub(portal))
        }),
    ]
}

/// A world in which `operation` is the next thing to happen.
fn prepared(operation: &Operation) -> (World, Act) {
    let world = world();
    let act = (operation.prepare)(&world);
    assert_eq!(world.drawbridge.reconcile().unwrap(), Reconciled::default(), "the preparation leaves nothing over");
    assert_whole(&world, operation.name);
    world.faults.take_journal();
    world.keychain.take_calls();
    (world, act)
}

/// The tables as they are the same at every run: keys, and with them certificates, are random. An authority is an
/// installation's own affair, made at need: whether one is there already makes no state old or new.
fn comparable(mut tables: Tables) -> Tables {
    let blank = |kind: &mut CredentialKind| match kind {
        CredentialKind::ClientSecret => {}
        CredentialKind::Certificate(chain) => {
            chain.pem.clear();
            chain.fingerprint.clear();
        }
    };
    if let Some(authority) = tables.authority.take() {
        tables.secrets.remove(&authority.secret);
    }
    for credential in tables.credentials.values_mut() {
        blank(&mut credential.kind);
    }
    for request in tables.requests.values_mut() {
        use domain::RequestState::{Approved, Pending, Rejected};
        match &mut request.state {
            Pending { held } | Approved { held, .. } => blank(&mut held.facts.kind),
            Rejected { facts, .. } => blank(&mut facts.kind),
        }
    }
    tables
}

/// Every secret in use has its row and its item, every row and every item is in use, and every key fits.
fn assert_whole(world: &World, when: &str) {
    let tables = world.repository.tables();
    let in_use = tables.secrets_in_use();
    let distinct: BTreeSet<SecretId> = in_use.iter().copied().collect();
    assert_eq!(distinct.len(), in_use.len(), "{when}: each user of a secret has an item of its own");
    let rows: BTreeSet<SecretId> = tables.secrets.keys().copied().collect();
    assert_eq!(rows, distinct, "{when}: a row for every secret in use, and no other");
    let unsettled = tables.secrets.values().find(|item| item.state != SecretItemState::Active);
    assert_eq!(unsettled, None, "{when}: every row is settled");
    let items: BTreeSet<SecretId> = world.keychain.items().keys().copied().collect();
    assert_eq!(items, rows, "{when}: an item for every row, and no other");

    let assert_fits = |kind: &CredentialKind, secret: SecretId| {
        let secret = world.keychain.find(secret).unwrap();
        match kind {
            CredentialKind::ClientSecret => assert!(!secret.is_empty(), "{when}"),
            CredentialKind::Certificate(chain) => {
                let key = PrivateKey::from_der(&secret).expect("a key");
                assert!(key.belongs_to(chain), "{when}: the key belongs to its certificate");
            }
        }
    };
    for credential in tables.credentials.values() {
        if let Some(secret) = credential.secret() {
            assert_fits(&credential.kind, secret);
        }
    }
    for held in tables.requests.values().filter_map(|request| request.held()) {
        assert_fits(&held.facts.kind, held.secret);
    }
    if let Some(authority) = &tables.authority {
        let chain = CertificateChain::parse(&authority.certificate_pem).unwrap();
        assert_fits(&CredentialKind::Certificate(chain), authority.secret);
    }
}

/// What was there before is there still, byte for byte, as far as it is in use at all.
fn assert_nothing_damaged(world: &World, before: &std::collections::BTreeMap<SecretId, (String, Vec<u8>)>, when: &str) {
    for (id, item) in world.keychain.items() {
        if let Some(former) = before.get(&id) {
            assert_eq!(&item, former, "{when}: no item is ever overwritten");
        }
    }
}

/// Runs every operation with a fault at every step of it; `check` sees the outcome.
fn at_every_step(
    fault: fn(usize) -> Vec<Fault>,
    check: impl Fn(&World, &Act, Result<(), Failure>, [&Tables; 2], &str),
) {
    for operation in operations() {
        let (twin, act) = prepared(&operation);
        let old = comparable(twin.repository.tables());
        act(&twin).expect("without a fault it works");
        let steps = twin.faults.take_journal();
        assert_whole(&twin, operation.name);
        let new = comparable(twin.repository.tables());
        assert_ne!(old, new, "{} changes something", operation.name);
        assert!(steps.len() >= 3, "{} has steps to fail at: {steps:?}", operation.name);

        for (index, step) in steps.iter().enumerate() {
            for fault in fault(index) {
                let when = format!("{}, {fault:?} ({step})", operation.name);
                let (world, act) = prepared(&operation);
                assert_eq!(comparable(world.repository.tables()), old, "{when}: every run is the same");
                let items = world.keychain.items();
                world.faults.plan(fault);
                let result = act(&world);
                world.faults.take_journal();
                check(&world, &act, result, [&old, &new], &when);
                assert_nothing_damaged(&world, &items, &when);
            }
        }
    }
}

#[test]
fn a_failure_at_any_step_leaves_the_old_or_the_new_state_whole_and_says_which() {
    let faults =
        |step| vec![Fault::FailOnce { step, effect: Effect::None }, Fault::FailOnce { step, effect: Effect::Done }];
    at_every_step(faults, |world, act, result, [old, new], when| {
        world.drawbridge.reconcile().unwrap();
        assert_whole(world, when);
        let after = comparable(world.repository.tables());
        match result {
            Ok(()) => assert_eq!(&after, new, "{when}: it reported success"),
            Err(failure) => {
                assert_eq!(&after, old, "{when}: it reported {failure}");
                act(world).expect("what failed once can be done again");
                assert_whole(world, when);
            }
        }
    });
}

#[test]
fn killed_at_any_step_the_next_start_has_the_old_or_the_new_state_whole() {
    let faults =
        |step| vec![Fault::Killed { step, effect: Effect::None }, Fault::Killed { step, effect: Effect::Done }];
    at_every_step(faults, |world, act, _, [old, new], when| {
        world.drawbridge.reconcile().unwrap();
        assert_whole(world, when);
        let after = comparable(world.repository.tables());
        if &after == old {
            act(world).expect("what was interrupted can be done again");
            assert_whole(world, when);
        } else {
            assert_eq!(&after, new, "{when}: neither the old nor the new state");
        }
        assert_eq!(world.drawbridge.reconcile().unwrap(), Reconciled::default(), "{when}: one repair is enough");
    });
}

#[test]
fn a_repair_that_is_killed_itself_is_repaired_at_the_next_start() {
    let faults =
        |step| vec![Fault::Killed { step, effect: Effect::None }, Fault::Killed { step, effect: Effect::Done }];
    for repair_step in 0..4 {
        for effect in [Effect::None, Effect::Done] {
            at_every_step(faults, |world, _, _, [old, new], when| {
                world.faults.plan(Fault::Killed { step: repair_step, effect });
                let _killed = world.drawbridge.reconcile();
                world.faults.take_journal();
                world.drawbridge.reconcile().unwrap();
                assert_whole(world, when);
                let after = comparable(world.repository.tables());
                assert!(&after == old || &after == new, "{when}: neither the old nor the new state");
            });
        }
    }
}

#[test]
fn the_writes_come_in_the_order_that_survives_an_interruption() {
    let journal = |name: &str| {
        let operation = operations().into_iter().find(|operation| operation.name == name).unwrap();
        let (world, act) = prepared(&operation);
        act(&world).unwrap();
        world.faults.take_journal()
    };
    assert_eq!(
        journal("generate a client secret"),
        ["commit row storing", "put", "commit row active, credential, record"]
    );
    assert_eq!(
        journal("edit credentials"),
        ["commit row storing", "put", "commit row deleting, row active, request, record", "delete", "commit no row"],
        "the former item goes last, when nothing refers to it any more"
    );
    assert_eq!(
        journal("retire"),
        ["commit row deleting, credential, record", "delete", "commit no row"],
        "an item is deleted only after nothing refers to it"
    );
    assert_eq!(
        journal("connect automatically with new credentials")[3..],
        [
            "commit row storing, row storing",
            "put",
            "put",
            "commit row active, row active, record, credential, request, record"
        ],
        "the portal's secret and the hub's copy become active together (the authority's key came before)"
    );
}

#[test]
fn a_new_secret_never_takes_the_place_of_another_in_the_keychain() {
    for operation in operations() {
        let (world, act) = prepared(&operation);
        let before = world.keychain.items();
        act(&world).unwrap();
        for call in world.keychain.take_calls() {
            if let KeychainCall::Put(id) = call {
                assert!(!before.contains_key(&id), "{}: an id that is in use is never written to", operation.name);
            }
        }
    }
}

#[test]
fn a_repair_is_recorded_with_what_it_did() {
    let world = world();
    let portal = world.portal("Sales");
    world.faults.plan(Fault::Killed { step: 1, effect: Effect::Done });
    let _killed = world.drawbridge.generate_credentials(portal.id, World::SECRET);
    world.faults.take_journal();
    assert_eq!(world.keychain.items().len(), 1, "the secret was stored, and then the power went off");

    assert_eq!(world.drawbridge.reconcile().unwrap(), Reconciled { undone: 1, finished: 0 });
    assert!(world.keychain.items().is_empty());
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Drawbridge | Interrupted change repaired | Secrets | 1 undone, 0 finished"
    );
    let events = world.repository.events().len();
    assert_eq!(world.drawbridge.reconcile().unwrap(), Reconciled::default());
    assert_eq!(world.repository.events().len(), events, "where nothing was to repair nothing is recorded");
}

#[test]
fn a_repair_waits_for_a_locked_keychain() {
    let world = world();
    let (_, credential) = world.portal_with("Sales", World::SECRET);
    world.faults.plan(Fault::Killed { step: 0, effect: Effect::Done });
    let _killed = world.drawbridge.retire_credential(credential.id, "");
    world.faults.take_journal();
    let before = (world.repository.tables(), world.keychain.items());

    world.keychain.fail_always(SecretStoreError::Locked);
    let failure = world.drawbridge.reconcile().unwrap_err();
    assert_eq!(failure.to_string(), "the keychain is locked");
    assert_eq!((world.repository.tables(), world.keychain.items()), before, "the row still knows of the item");

    world.keychain.recover();
    assert_eq!(world.drawbridge.reconcile().unwrap(), Reconciled { undone: 0, finished: 1 });
    assert_whole(&world, "after the repair");
}

/// What the keychain can answer besides "missing", and what the user reads then.
fn keychain_failures() -> [(SecretStoreError, &'static str); 5] {
    [
        (SecretStoreError::Locked, "the keychain is locked"),
        (SecretStoreError::Denied, "access to the keychain was denied"),
        (SecretStoreError::NoKeychain, "no keychain is available"),
        (
            SecretStoreError::TooLarge { bytes: 4_000, limit: 2_560 },
            "the secret of 4000 bytes is too large for the keychain (at most 2560 bytes)",
        ),
        (SecretStoreError::Broken { reason: "no answer".into() }, "the keychain failed: no answer"),
    ]
}

#[test]
fn where_the_keychain_fails_nothing_is_lost_and_nothing_created() {
    for (error, message) in keychain_failures() {
        for operation in operations() {
            let when = format!("{}, {error}", operation.name);
            let (world, act) = prepared(&operation);
            let before = (comparable(world.repository.tables()), world.keychain.items());
            world.keychain.fail_always(error.clone());
            let result = act(&world);
            assert_eq!(world.keychain.items(), before.1, "{when}: no item is lost or created");
            assert_eq!(world.drawbridge.probe_keychain(), Err(error.clone()), "the screens can ask for the cause");
            let stores = !matches!(operation.name, "retire" | "reject" | "delete a portal with two credentials");
            if stores {
                assert_eq!(result.unwrap_err().to_string(), message, "{when}: the user reads the cause");
                let settled = |mut tables: Tables| {
                    tables.secrets.retain(|_, item| item.state == SecretItemState::Active);
                    tables
                };
                assert_eq!(settled(comparable(world.repository.tables())), before.0, "{when}: nothing is created");
            } else {
                // The promise to delete is kept later; meanwhile the row knows of the item.
                result.expect("what only deletes is done");
            }
            world.keychain.recover();
            world.drawbridge.reconcile().unwrap();
            assert_whole(&world, &when);
            if stores {
                assert_eq!(comparable(world.repository.tables()), before.0, "{when}");
                act(&world).expect("once the keychain works again, so does the operation");
                assert_whole(&world, &when);
            }
        }
    }
}

#[test]
fn where_the_keychain_refuses_the_second_of_two_secrets_the_first_is_taken_back() {
    for (error, message) in keychain_failures() {
        let operations = operations();
        let operation =
            operations.iter().find(|operation| operation.name == "connect automatically with new credentials").unwrap();
        let (world, act) = prepared(operation);
        let before = comparable(world.repository.tables());
        // The authority's key comes first, then the portal's secret, then the hub's copy.
        world.keychain.fail_nth_put(2, error);
        assert_eq!(act(&world).unwrap_err().to_string(), message);
        assert_whole(&world, message);
        assert_eq!(comparable(world.repository.tables()), before, "{message}: not even half a connection is left");
        act(&world).unwrap();
        assert_whole(&world, message);
    }
}

#[test]
fn a_conflict_in_the_database_takes_the_new_secret_back() {
    let (world, act) = prepared(&operations().remove(0));
    world.faults.plan(Fault::FailOnce { step: 2, effect: Effect::None });
    act(&world).unwrap_err();
    assert!(world.keychain.items().is_empty(), "the item is removed at once, not only at the next start");
    assert!(world.repository.tables().secrets.is_empty());

    world.repository.fail_next_commit(RepositoryError::Conflict);
    let failure = act(&world).unwrap_err();
    assert_eq!(failure.to_string(), "this was changed by somebody else in the meantime");
    assert_whole(&world, "after a conflict");
}

#[test]
fn an_authority_whose_key_is_missing_is_replaced() {
    let world = world();
    let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
    let old = world.repository.tables().authority.unwrap();
    world.keychain.lose(old.secret);
    let credential = world.drawbridge.regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    let new = world.repository.tables().authority.unwrap();
    assert_ne!(new.certificate_pem, old.certificate_pem, "only what is surely gone is made anew");
    let CredentialKind::Certificate(chain) = credential.kind else { panic!("expected a certificate") };
    assert!(chain.pem.ends_with(&new.certificate_pem), "the new credential carries the new authority");
    assert_whole(&world, "after the authority was replaced");
}

#[test]
fn an_authority_whose_key_cannot_be_read_now_is_never_replaced() {
    for (error, message) in keychain_failures() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
        let before = (world.repository.tables(), world.keychain.items());
        world.keychain.fail_next(error);
        let failure = world.drawbridge.regenerate_credentials(portal.id, World::CERTIFICATE).unwrap_err();
        assert_eq!(failure.to_string(), message);
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "locked is not empty");
    }
}

#[test]
fn a_keychain_that_fails_while_a_document_is_read_hands_nothing_over() {
    for (error, message) in keychain_failures() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        let events = world.repository.events().len();
        world.keychain.fail_next(error);
        let clipboard = crate::fakes::Capture::at("the clipboard");
        let failure = world.drawbridge.copy_credentials(credential.id, &clipboard).unwrap_err();
        assert_eq!(failure.to_string(), message);
        assert!(clipboard.delivered().is_empty());
        assert_eq!(world.repository.events().len(), events);
    }
}
