//! Keychain and database share no transaction: whatever fails, and whenever the power goes off, the old or the new state
//! is there, whole.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    connection::RequestState,
    credential::{Credential, CredentialKind, CredentialState, Reconciled, SecretItem, SecretItemState, SetAside},
    document::GivenLifetime,
    documents::{CertificateChain, PrivateKey, SecretBytes},
    id::{ConnectionApiCredentialId, CredentialId, SecretId},
    person::Actor,
    pingone::{AccountKind, FormerSecret, SecretReplacement},
    portal::{Endpoints, NewServiceKey, Portal, PortalCreated, ServiceRole},
    ports::{RepositoryError, SecretStoreError, Secrets},
    refusal::Failure,
};

use fakes::{Effect, Fault, KeychainCall, Tables, World, certificate_document, with_members, world};
use serde_json::json;

use crate::line;

/// An operation that touches secrets: what has to be there before, and the operation itself.
struct Operation {
    name: &'static str,
    prepare: fn(&World) -> Act,
    /// Whether the next start does it by itself, so that nobody has to do it again.
    done_at_start: bool,
}

type Act = Box<dyn Fn(&World) -> Result<(), Failure>>;

/// The token service goes on with a certificate by an authority that is not the present one.
fn with_former_authority(world: &World) {
    world.drawbridge.token_service().prepare().unwrap();
    let under_another_name = domain::token_service::TokenServiceSettings {
        address: "192.168.1.7".parse().unwrap(),
        ..world.drawbridge.settings().get().unwrap().token_service
    };
    world.drawbridge.token_service().prepare_for(&under_another_name).unwrap();
}

fn operations() -> Vec<Operation> {
    fn operation(name: &'static str, prepare: fn(&World) -> Act) -> Operation {
        Operation { name, prepare, done_at_start: false }
    }
    fn connection(name: &'static str, prepare: fn(&World) -> Act) -> Operation {
        Operation { name, prepare, done_at_start: true }
    }
    vec![
        operation("generate a client secret", |world| {
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.portals().generate_credentials(portal, World::SECRET).map(drop))
        }),
        operation("generate the first certificate and its authority", |world| {
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.portals().generate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("generate a further certificate", |world| {
            world.portal_with("Stock", World::CERTIFICATE);
            let portal = world.portal("Sales").id;
            Box::new(move |world| world.drawbridge.portals().generate_credentials(portal, World::CERTIFICATE).map(drop))
        }),
        operation("generate with an authority that ends too early", |world| {
            let portal = world.portal_with("Sales", World::CERTIFICATE).0.id;
            world.pass(TimeDelta::days(10 * 365));
            Box::new(move |world| {
                world.drawbridge.portals().regenerate_credentials(portal, World::CERTIFICATE).map(drop)
            })
        }),
        operation("regenerate a certificate", |world| {
            let portal = world.portal_with("Sales", World::CERTIFICATE).0.id;
            Box::new(move |world| {
                world.drawbridge.portals().regenerate_credentials(portal, World::CERTIFICATE).map(drop)
            })
        }),
        operation("regenerate a client secret", |world| {
            let portal = world.portal_with("Sales", World::SECRET).0.id;
            Box::new(move |world| world.drawbridge.portals().regenerate_credentials(portal, World::SECRET).map(drop))
        }),
        operation("retire", |world| {
            let credential = world.portal_with("Sales", World::SECRET).1.id;
            Box::new(move |world| world.drawbridge.service_instances().retire_credential(credential, ""))
        }),
        operation("create a service key with a chosen secret", |world| {
            let portal = world.portal("Sales").id;
            let instance = world.drawbridge.service_instances().create(portal, "by hand", ServiceRole::Administrator);
            let instance = instance.unwrap().id;
            Box::new(move |world| {
                let chosen = NewServiceKey::ChosenSecret(SecretBytes::new(b"a-chosen-client-secret".to_vec()));
                world.drawbridge.service_instances().create_key(instance, "a key", chosen).map(drop)
            })
        }),
        operation("create a service key with a certificate", |world| {
            let portal = world.portal_with("Sales", World::CERTIFICATE).0.id;
            let instance = world.instances(portal)[0].id;
            Box::new(move |world| {
                let generated = NewServiceKey::Generated(World::CERTIFICATE);
                world.drawbridge.service_instances().create_key(instance, "a key", generated).map(drop)
            })
        }),
        operation("delete a service instance with two keys", |world| {
            let portal = world.portal_with("Sales", World::SECRET).0.id;
            world.drawbridge.portals().regenerate_credentials(portal, World::CERTIFICATE).unwrap();
            let instance = world.instances(portal)[0].id;
            Box::new(move |world| world.drawbridge.service_instances().delete(instance, ""))
        }),
        operation("prepare the token service for the first time", |_| {
            Box::new(|world| world.drawbridge.token_service().prepare().map(drop))
        }),
        operation("prepare the token service beside the authority for clients", |world| {
            world.portal_with("Sales", World::CERTIFICATE);
            Box::new(|world| world.drawbridge.token_service().prepare().map(drop))
        }),
        operation("renew the certificate of the token service", |world| {
            world.drawbridge.token_service().prepare().unwrap();
            world.pass(TimeDelta::days(336));
            Box::new(|world| world.drawbridge.token_service().prepare().map(drop))
        }),
        operation("take over the present authority", |world| {
            with_former_authority(world);
            Box::new(|world| world.drawbridge.token_service().take_over_authority())
        }),
        operation("renew the certificate of the token service with a new authority", |world| {
            world.drawbridge.token_service().prepare().unwrap();
            world.pass(TimeDelta::days(10 * 365));
            Box::new(|world| world.drawbridge.token_service().prepare().map(drop))
        }),
        operation("delete a portal with two credentials", |world| {
            let portal = world.portal_with("Sales", World::SECRET).0.id;
            world.drawbridge.portals().regenerate_credentials(portal, World::CERTIFICATE).unwrap();
            Box::new(move |world| world.drawbridge.portals().delete(portal, "Sales"))
        }),
        operation("submit", |world| {
            let hub = world.hub("Hub").id;
            let document = world.document(world.portal_with("Sales", World::CERTIFICATE).1.id);
            Box::new(move |world| world.drawbridge.requests().submit(hub, "Sales", &document, "", true).map(drop))
        }),
        operation("edit credentials", |world| {
            let request = world.submit_foreign(&world.hub("Hub"), "sales").id;
            let document = world.foreign_document("sales", "another secret");
            Box::new(move |world| world.drawbridge.requests().edit_credentials(request, &document).map(drop))
        }),
        operation("re-establish", |world| {
            let (portal, first) = world.portal_with("Sales", World::SECRET);
            let request = world.connect(&world.hub("Hub"), "Sales", &world.document(first.id)).id;
            let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
            let document = world.document(second.id);
            Box::new(move |world| world.drawbridge.requests().reestablish(request, &document).map(drop))
        }),
        operation("reject", |world| {
            let request = world.submit_foreign(&world.hub("Hub"), "sales").id;
            Box::new(move |world| world.drawbridge.requests().reject(request, "no").map(drop))
        }),
        operation("add a portal in SAP with what else its document holds", |world| {
            let document = with_members(&world.foreign_document("sales", "a secret"), &json!({ "orgId": "o" }));
            Box::new(move |world| track_portal(world, &document).map(drop))
        }),
        operation("add a portal in SAP whose request waits", |world| {
            let document = certificate_document("sales", &world.leaf("sb-sales!b1"));
            world.submit(&world.hub("Hub"), "Sales", &document);
            Box::new(move |world| track_portal(world, &document).map(drop))
        }),
        operation("import further credentials of a portal in SAP", |world| {
            let portal = track_portal(world, &world.foreign_document("sales", "a secret")).unwrap().portal.id;
            let document = certificate_document("sales", &world.leaf("sb-sales!b1"));
            let document = with_members(&document, &json!({ "orgId": "o" }));
            let lifetime = GivenLifetime::FromDocument;
            Box::new(move |world| world.drawbridge.portals().import_credentials(portal, &document, lifetime).map(drop))
        }),
        operation("retire imported credentials with what else their document held", |world| {
            let credential = imported_credential(world);
            Box::new(move |world| world.drawbridge.service_instances().retire_credential(credential, ""))
        }),
        operation("delete a portal in SAP with two credentials", |world| {
            let credential = imported_credential(world);
            let portal = world.repository.tables().credentials[&credential].portal_id;
            let document = world.foreign_document("sales", "another secret");
            world.drawbridge.portals().import_credentials(portal, &document, GivenLifetime::Unknown).unwrap();
            Box::new(move |world| world.drawbridge.portals().forget(portal))
        }),
        operation("add Connection API Credentials", |world| {
            let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap().id;
            Box::new(move |world| {
                let chosen = SecretBytes::new(b"a secret".to_vec());
                world.drawbridge.pingone().add_credential(account, "", Some(chosen)).map(drop)
            })
        }),
        operation("record Connection API Credentials of PingOne", |world| {
            let account = world.drawbridge.pingone().create_account("Acme", AccountKind::InPingOne).unwrap().id;
            Box::new(move |world| {
                let secret = SecretBytes::new(b"a secret".to_vec());
                world.drawbridge.pingone().record_credential(account, "client-1", "", &secret).map(drop)
            })
        }),
        operation("forget Connection API Credentials with a former secret", |world| {
            let credential = connection_credential(world);
            replace_secret(world, credential, 24).unwrap();
            Box::new(move |world| world.drawbridge.pingone().forget_credential(credential))
        }),
        operation("replace a secret and keep the former one", |world| {
            let credential = connection_credential(world);
            Box::new(move |world| replace_secret(world, credential, 24))
        }),
        operation("replace a secret and keep neither the former one nor the one before", |world| {
            let credential = connection_credential(world);
            replace_secret(world, credential, 24).unwrap();
            Box::new(move |world| replace_secret(world, credential, 0))
        }),
        operation("delete a former secret", |world| {
            let credential = connection_credential(world);
            replace_secret(world, credential, 24).unwrap();
            Box::new(move |world| world.drawbridge.pingone().drop_former_secret(credential, None).map(drop))
        }),
        operation("remove a PingOne account with a former secret", |world| {
            let credential = connection_credential(world);
            replace_secret(world, credential, 24).unwrap();
            let account = world.repository.tables().connection_credentials[&credential].account_id;
            Box::new(move |world| world.drawbridge.pingone().remove_account(account, "Acme"))
        }),
        connection("connect a portal in SAP automatically", |world| {
            let portal = track_portal(world, &world.foreign_document("sales", "a secret")).unwrap().portal.id;
            world.keychain.fail_always(SecretStoreError::Locked);
            world.drawbridge.hubs().create("Hub", "elsewhere", crate::OWN_PAIR).unwrap();
            world.keychain.recover();
            Box::new(move |world| world.drawbridge.portals().connect_own_hub(portal))
        }),
        connection("connect automatically with new credentials", |world| {
            let portal = waiting_pair(world).id;
            Box::new(move |world| world.drawbridge.portals().connect_own_hub(portal))
        }),
        connection("connect automatically with the credentials that are there", |world| {
            let portal = world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap().portal.id;
            world.drawbridge.portals().generate_credentials(portal, World::CERTIFICATE).unwrap();
            world.keychain.fail_always(SecretStoreError::Locked);
            world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
            world.keychain.recover();
            Box::new(move |world| world.drawbridge.portals().connect_own_hub(portal))
        }),
        connection("connect automatically with new credentials in place of expired ones", |world| {
            let portal = world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap().portal.id;
            world.drawbridge.portals().generate_credentials(portal, World::CERTIFICATE).unwrap();
            world.clock.advance(TimeDelta::days(365));
            world.keychain.fail_always(SecretStoreError::Locked);
            world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
            world.keychain.recover();
            Box::new(move |world| world.drawbridge.portals().connect_own_hub(portal))
        }),
    ]
}

fn track_portal(world: &World, document: &str) -> Result<PortalCreated, Failure> {
    world.drawbridge.portals().track("Sales", "elsewhere", document, GivenLifetime::Unknown, crate::OWN_PAIR)
}

/// Credentials of a PingOne account, with a generated secret.
fn connection_credential(world: &World) -> ConnectionApiCredentialId {
    let account = world.drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap().id;
    world.drawbridge.pingone().add_credential(account, "", None).unwrap().id
}

fn replace_secret(world: &World, id: ConnectionApiCredentialId, grace_hours: u32) -> Result<(), Failure> {
    let replacement = SecretReplacement { secret: None, grace_hours };
    world.drawbridge.pingone().edit_credential(id, Some(""), Some(replacement)).map(drop)
}

/// The credentials of a portal in SAP, with what else their document held.
fn imported_credential(world: &World) -> CredentialId {
    let document = with_members(&world.foreign_document("sales", "a secret"), &json!({ "orgId": "o" }));
    let portal = track_portal(world, &document).unwrap().portal.id;
    world.drawbridge.portals().get_page(portal).unwrap().credentials[0].credential.id
}

/// A hub, and the portal of its subaccount, which could not be connected when it was created.
fn waiting_pair(world: &World) -> Portal {
    world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
    world.keychain.fail_always(SecretStoreError::Locked);
    let created = world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap();
    assert!(created.not_connected.is_some(), "the pair waits");
    world.keychain.recover();
    created.portal
}

/// A world in which `operation` is the next thing to happen.
fn prepared(operation: &Operation) -> (World, Act) {
    let world = world();
    let act = (operation.prepare)(&world);
    if !operation.done_at_start {
        assert_eq!(
            world.drawbridge.secrets().reconcile().unwrap(),
            Reconciled::default(),
            "the preparation leaves nothing over"
        );
    }
    assert_whole(&world, operation.name);
    world.faults.take_journal();
    world.keychain.take_calls();
    (world, act)
}

/// The tables as they are the same at every run: keys, and with them certificates, are random. An authority is an
/// installation's own affair, made at need: whether one is there already makes no state old or new.
fn comparable(mut tables: Tables) -> Tables {
    tables.secrets.retain(|_, item| !matches!(item.state, SecretItemState::SetAside(_)));
    let blank = |kind: &mut CredentialKind| match kind {
        CredentialKind::ClientSecret(_) => {}
        CredentialKind::Certificate(chain) => {
            chain.pem.clear();
            chain.fingerprint.clear();
        }
    };
    for authority in [tables.server_authority.take(), tables.client_authority.take()].into_iter().flatten() {
        tables.secrets.remove(&authority.secret);
    }
    tables.former_client_authorities.clear();
    tables.seen_time = None;
    if let Some(identity) = &mut tables.token_service_identity {
        identity.certificate_pem.clear();
    }
    for credential in tables.credentials.values_mut() {
        blank(&mut credential.kind);
    }
    for request in tables.requests.values_mut() {
        use domain::connection::RequestState::{Approved, Pending, Rejected};
        match &mut request.state {
            Pending { held } | Approved { held, .. } => blank(&mut held.facts.kind),
            Rejected { facts, .. } => blank(&mut facts.kind),
        }
    }
    tables
}

/// The tables without what is on its way in or out.
fn settled(mut tables: Tables) -> Tables {
    tables.secrets.retain(|_, item| item.state == SecretItemState::Active);
    tables
}

/// The portal of a pair is connected to its hub, once, with a copy of its current credential.
fn assert_connected(world: &World, credentials: usize, when: &str) {
    let tables = world.repository.tables();
    assert_eq!(tables.credentials.len(), credentials, "{when}: no credential is generated twice");
    let (Some(request), 1) = (tables.requests.values().next(), tables.requests.len()) else {
        panic!("{when}: expected one connection, got {:?}", tables.requests)
    };
    let RequestState::Approved { held, .. } = &request.state else { panic!("{when}: expected it to be approved") };
    let current = |credential: &&Credential| matches!(credential.state, CredentialState::Current { .. });
    let credential = tables.credentials.values().find(current).expect("a current credential");
    let portal = &tables.portals[&credential.portal_id];
    assert_eq!(request.portal_id, Some(portal.id), "{when}");
    assert_eq!(held.facts, portal.access_facts(credential, &Endpoints::loopback()), "{when}: its current credential");
    assert_eq!(
        world.keychain.find(held.secret),
        world.keychain.find(credential.secret().expect("a secret")),
        "{when}: the copy is true"
    );
}

/// Every secret in use has its row and its item, every row and every item is in use or set aside, and every key fits.
fn assert_whole(world: &World, when: &str) {
    let tables = world.repository.all_tables();
    let in_use = tables.secrets_in_use();
    let distinct: BTreeSet<SecretId> = in_use.iter().copied().collect();
    assert_eq!(distinct.len(), in_use.len(), "{when}: each user of a secret has an item of its own");
    let is_aside = |item: &&SecretItem| matches!(item.state, SecretItemState::SetAside(_));
    let aside: BTreeSet<SecretId> = tables.secrets.values().filter(is_aside).map(|item| item.id).collect();
    let rows: BTreeSet<SecretId> = tables.secrets.keys().filter(|id| !aside.contains(id)).copied().collect();
    assert_eq!(rows, distinct, "{when}: a row for every secret in use, and no other");
    let unsettled =
        tables.secrets.values().find(|item| item.state != SecretItemState::Active && !aside.contains(&item.id));
    assert_eq!(unsettled, None, "{when}: every row is settled");
    let items: BTreeSet<SecretId> =
        world.keychain.all_items().keys().filter(|id| !aside.contains(id)).copied().collect();
    assert_eq!(items, rows, "{when}: an item for every row, and no other");

    let assert_fits = |kind: &CredentialKind, secret: SecretId| {
        let secret = world.keychain.find(secret).unwrap();
        match kind {
            CredentialKind::ClientSecret(_) => assert!(!secret.is_empty(), "{when}"),
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
    for authority in tables.server_authority.iter().chain(&tables.client_authority) {
        let chain = CertificateChain::parse(&authority.certificate_pem).unwrap();
        assert_fits(&CredentialKind::Certificate(chain), authority.secret);
    }
    if let Some(identity) = &tables.token_service_identity {
        let chain = CertificateChain::parse(&identity.certificate_pem).unwrap();
        assert_fits(&CredentialKind::Certificate(chain), identity.tls_key);
        let signing = world.keychain.find(identity.signing_key).unwrap();
        PrivateKey::from_der(&signing).expect("a key that signs");
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
    check: impl Fn(&World, &Operation, &Act, Result<(), Failure>, [&Tables; 2], &str),
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
                check(&world, &operation, &act, result, [&old, &new], &when);
                assert_nothing_damaged(&world, &items, &when);
            }
        }
    }
}

#[test]
fn a_failure_at_any_step_leaves_the_old_or_the_new_state_whole_and_says_which() {
    let faults =
        |step| vec![Fault::FailOnce { step, effect: Effect::None }, Fault::FailOnce { step, effect: Effect::Done }];
    at_every_step(faults, |world, operation, act, result, [old, new], when| {
        let at_once = settled(comparable(world.repository.tables()));
        world.drawbridge.secrets().reconcile().unwrap();
        assert_whole(world, when);
        let after = comparable(world.repository.tables());
        match result {
            Ok(()) => assert_eq!(&after, new, "{when}: it reported success"),
            Err(failure) if operation.done_at_start => {
                assert_eq!(&at_once, old, "{when}: it reported {failure}");
                assert_connected(world, new.credentials.len(), when);
            }
            Err(failure) => {
                assert_eq!(&at_once, old, "{when}: it reported {failure}");
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
    at_every_step(faults, |world, operation, act, _, [old, new], when| {
        let at_once = settled(comparable(world.repository.tables()));
        let items = world.keychain.items();
        world.drawbridge.secrets().reconcile().unwrap();
        assert_whole(world, when);
        let kept = world.keychain.items();
        for (id, item) in &items {
            assert_eq!(kept.get(id), Some(item), "{when}: a repair deletes nothing");
        }
        let after = comparable(world.repository.tables());
        if operation.done_at_start {
            assert!(&at_once == old || &at_once == new, "{when}: neither the old nor the new state");
            assert_connected(world, new.credentials.len(), when);
        } else if &after == old {
            act(world).expect("what was interrupted can be done again");
            assert_whole(world, when);
        } else {
            assert_eq!(&after, new, "{when}: neither the old nor the new state");
        }
        assert_eq!(
            world.drawbridge.secrets().reconcile().unwrap(),
            Reconciled::default(),
            "{when}: one repair is enough"
        );
    });
}

#[test]
fn a_repair_that_is_killed_itself_is_repaired_at_the_next_start() {
    let faults =
        |step| vec![Fault::Killed { step, effect: Effect::None }, Fault::Killed { step, effect: Effect::Done }];
    for repair_step in 0..4 {
        for effect in [Effect::None, Effect::Done] {
            at_every_step(faults, |world, operation, _, _, [old, new], when| {
                world.faults.plan(Fault::Killed { step: repair_step, effect });
                let _killed = world.drawbridge.secrets().reconcile();
                world.faults.take_journal();
                world.drawbridge.secrets().reconcile().unwrap();
                assert_whole(world, when);
                if operation.done_at_start {
                    assert_connected(world, new.credentials.len(), when);
                } else {
                    let after = comparable(world.repository.tables());
                    assert!(&after == old || &after == new, "{when}: neither the old nor the new state");
                }
            });
        }
    }
}

#[test]
fn a_pair_that_waits_is_connected_at_the_next_start_wherever_this_one_is_killed() {
    for effect in [Effect::None, Effect::Done] {
        for step in 0.. {
            let when = format!("killed at step {step}, {effect:?}");
            let world = world();
            waiting_pair(&world);
            world.faults.plan(Fault::Killed { step, effect });
            let _killed = world.drawbridge.secrets().reconcile();
            let steps = world.faults.take_journal();
            world.drawbridge.secrets().reconcile().unwrap();
            assert_whole(&world, &when);
            assert_connected(&world, 1, &when);
            assert_eq!(
                world.drawbridge.secrets().reconcile().unwrap(),
                Reconciled::default(),
                "{when}: one repair is enough"
            );
            if steps.len() <= step {
                assert!(step >= 6, "the authority, the credential and the hub's copy take steps: {steps:?}");
                break;
            }
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
        [
            "list",
            "commit row storing, row storing",
            "put",
            "put",
            "commit row active, row active, service instance, credential, witness, record"
        ],
        "the first secret brings the witness with it"
    );
    assert_eq!(
        journal("import further credentials of a portal in SAP"),
        [
            "get",
            "commit row storing, row storing",
            "put",
            "put",
            "commit row active, row active, credential, credential, record"
        ],
        "secret and further members become active together with the credential that refers to both"
    );
    assert_eq!(
        journal("edit credentials"),
        [
            "get",
            "commit row storing",
            "put",
            "commit row deleting, row active, request, record",
            "delete",
            "commit no row"
        ],
        "the former item goes last, when nothing refers to it any more"
    );
    assert_eq!(
        journal("retire"),
        ["get", "commit row deleting, credential, record", "delete", "commit no row"],
        "an item is deleted only after nothing refers to it, and only a keychain that can be used is promised anything"
    );
    assert_eq!(
        journal("connect automatically with new credentials")[1..],
        [
            "commit row storing, row storing, row storing, row storing",
            "put",
            "put",
            "put",
            "put",
            "commit row active, row active, row active, row active, service instance, authority, credential, request, \
             health, witness, record, record, record"
        ],
        "the authority's key, the portal's secret and the hub's copy become active together"
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
    world.portal_with("Stock", World::SECRET);
    let portal = world.portal("Sales");
    world.faults.plan(Fault::Killed { step: 2, effect: Effect::Done });
    let _killed = world.drawbridge.portals().generate_credentials(portal.id, World::SECRET);
    world.faults.take_journal();
    assert_eq!(world.keychain.items().len(), 2, "the secret was stored, and then the power went off");

    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { undone: 1, ..Reconciled::default() });
    assert_eq!(world.keychain.items().len(), 2, "it stays for now");
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Drawbridge | Interrupted change repaired | Secrets | 1 undone, 0 finished; the keychain keeps what is left of them \
         for 30 days, in case the database has lost changes"
    );
    let events = world.repository.events().len();
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default());
    assert_eq!(world.repository.events().len(), events, "where nothing was to repair nothing is recorded");
}

/// Promise F4: if the database has lost its last changes, what looks left over may be the only copy of a secret in use.
#[test]
fn a_repair_finds_a_row_that_only_a_lost_commit_had_settled_and_a_restored_database_still_has_its_secret() {
    let world = world();
    // Without another one that is in its place, the keychain would be that of an unknown installation.
    world.portal_with("Stock", World::SECRET);
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let whole = world.repository.all_tables();
    let secret = credential.secret().unwrap();
    // The database as it was before the commit that made the secret active.
    let mut lost = whole.clone();
    lost.credentials.remove(&credential.id);
    lost.secrets.get_mut(&secret).unwrap().state = SecretItemState::Storing;
    world.repository.restore(lost);

    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { undone: 1, ..Reconciled::default() });
    world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
    world.drawbridge.secrets().reconcile().unwrap();
    assert!(world.keychain.find(secret).is_some(), "neither the repair nor the next change deletes it");

    world.repository.restore(whole);
    assert!(!world.document(credential.id).is_empty(), "a restored database finds what it refers to");
}

/// Promise F4: a program that runs for a year does not keep for a year what it set aside at its start.
#[test]
fn what_was_set_aside_goes_while_the_program_runs() {
    let world = world();
    let (_, credential) = world.portal_with("Sales", World::SECRET);
    world.faults.plan(Fault::Killed { step: 1, effect: Effect::Done });
    let _killed = world.drawbridge.service_instances().retire_credential(credential.id, "");
    world.faults.take_journal();
    assert_eq!(world.drawbridge.secrets().end_set_aside().unwrap(), 0, "an interruption is the repair's to find");
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(SetAside::PERIOD);
    assert_eq!(world.drawbridge.secrets().end_set_aside().unwrap(), 0, "it is seen to be over");
    world.clock.advance(TimeDelta::minutes(11));
    world.keychain.fail_next_delete(SecretStoreError::Locked);
    assert!(world.drawbridge.secrets().end_set_aside().unwrap_err().is_of_keychain());
    assert_eq!(world.drawbridge.secrets().end_set_aside().unwrap(), 1);
    assert_eq!(world.keychain.find(credential.secret().unwrap()), None);
}

/// Promise F4, and F1: a clock that is wrong for a moment shortens nothing.
#[test]
fn what_was_set_aside_goes_after_thirty_days_and_only_when_that_is_certain() {
    let world = world();
    let (_, credential) = world.portal_with("Sales", World::SECRET);
    world.faults.plan(Fault::Killed { step: 1, effect: Effect::Done });
    let _killed = world.drawbridge.service_instances().retire_credential(credential.id, "");
    world.faults.take_journal();
    let secret = credential.secret().unwrap();
    // A clock that is a year behind when it is set aside.
    world.clock.advance(TimeDelta::days(-365));
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { finished: 1, ..Reconciled::default() });
    world.clock.advance(TimeDelta::days(365) + TimeDelta::minutes(1));
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(TimeDelta::hours(1));
    world.drawbridge.secrets().reconcile().unwrap();
    assert!(world.keychain.find(secret).is_some(), "its thirty days have just begun");

    // A clock that is a year ahead for a moment.
    world.clock.advance(TimeDelta::days(365));
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default());
    world.clock.advance(TimeDelta::days(-365));
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(TimeDelta::minutes(11));
    world.drawbridge.secrets().reconcile().unwrap();
    assert!(world.keychain.find(secret).is_some());

    world.clock.advance(SetAside::PERIOD);
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default(), "it is seen to be over");
    world.clock.advance(TimeDelta::minutes(9));
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default());
    world.clock.advance(TimeDelta::minutes(2));
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { deleted: 1, ..Reconciled::default() });
    assert_eq!((world.keychain.find(secret), world.repository.tables().secrets.len()), (None, 0));
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Drawbridge | Interrupted change repaired | Secrets | 1 secret that was left over deleted from the keychain"
    );
}

/// Two secrets that were about to be deleted, and whose time is over.
fn interrupted_deletion() -> World {
    let world = world();
    let (portal, _) = world.portal_with("Sales", World::SECRET);
    world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    world.faults.plan(Fault::Killed { step: 1, effect: Effect::Done });
    let _killed = world.drawbridge.portals().delete(portal.id, "Sales");
    world.faults.take_journal();
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(SetAside::PERIOD);
    world.drawbridge.secrets().reconcile().unwrap();
    world.clock.advance(FormerSecret::CERTAIN_AFTER);
    world.keychain.take_calls();
    assert_eq!((world.repository.tables().secrets.len(), world.keychain.items().len()), (2, 2));
    world
}

#[test]
fn a_repair_needs_no_keychain() {
    let world = world();
    let (_, credential) = world.portal_with("Sales", World::SECRET);
    world.faults.plan(Fault::Killed { step: 1, effect: Effect::Done });
    let _killed = world.drawbridge.service_instances().retire_credential(credential.id, "");
    world.faults.take_journal();
    world.keychain.take_calls();
    world.keychain.fail_always(SecretStoreError::Locked);
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { finished: 1, ..Reconciled::default() });
    let calls = world.keychain.take_calls();
    assert!(calls.iter().all(|call| matches!(call, KeychainCall::Probe)), "nobody is asked for a password: {calls:?}");
    world.keychain.recover();
    assert_whole(&world, "after the repair");
}

const REPAIRED: &str =
    "Drawbridge | Interrupted change repaired | Secrets | 1 secret that was left over deleted from the keychain";

#[test]
fn an_item_that_cannot_be_deleted_does_not_keep_the_repair_from_the_rest() {
    let world = interrupted_deletion();
    waiting_pair(&world);
    world.keychain.fail_next_delete(SecretStoreError::Broken { reason: "a damaged item".into() });
    let failure = world.drawbridge.secrets().reconcile().unwrap_err();
    assert_eq!(failure.to_string(), "the keychain failed: a damaged item", "what failed is not kept silent");
    let unsettled = world.repository.list_unsettled_secrets().unwrap();
    assert_eq!(unsettled.len(), 1, "the other one is done");
    assert!(world.keychain.find(unsettled[0].id).is_some(), "what could not be deleted stays in the ledger");
    assert!(world.repository.events().iter().any(|event| line(event) == REPAIRED), "what was done is recorded");
    assert_connected(&world, 1, "the pair that waits is connected all the same");

    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { deleted: 1, ..Reconciled::default() });
    assert_whole(&world, "after the second repair");
}

#[test]
fn a_repair_stops_where_the_keychain_cannot_be_used_and_records_what_it_did_until_then() {
    let world = interrupted_deletion();
    waiting_pair(&world);
    world.keychain.take_calls();
    world.keychain.fail_always_after(2, SecretStoreError::Locked);
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap_err().to_string(), "the keychain is locked");
    let calls = world.keychain.take_calls();
    assert!(
        matches!(
            calls.as_slice(),
            [KeychainCall::Get(_), KeychainCall::Delete(_), KeychainCall::Delete(_), KeychainCall::Probe, ..]
        ) && calls[3..].iter().all(|call| matches!(call, KeychainCall::Probe)),
        "a locked keychain would ask the user again for every call: {calls:?}"
    );
    assert_eq!(line(world.repository.events().last().unwrap()), REPAIRED);
    assert_eq!(world.repository.tables().requests.len(), 0, "nor is the pair tried that waits");

    world.keychain.recover();
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled { deleted: 1, ..Reconciled::default() });
    assert_connected(&world, 1, "the next start");
    assert_whole(&world, "the next start");

    let world = interrupted_deletion();
    world.keychain.fail_always(SecretStoreError::NoKeychain);
    let events = world.repository.events().len();
    assert_eq!(world.drawbridge.secrets().reconcile().unwrap_err().to_string(), "no keychain is available");
    let calls = world.keychain.take_calls();
    assert!(
        matches!(calls.as_slice(), [KeychainCall::Get(_), KeychainCall::Probe, ..])
            && calls[1..].iter().all(|call| matches!(call, KeychainCall::Probe)),
        "it stops before the first item: {calls:?}"
    );
    assert_eq!(world.repository.events().len(), events, "where nothing was done nothing is recorded");
}

#[test]
fn a_pair_that_cannot_be_connected_keeps_the_start_from_nothing() {
    let world = world();
    let full = world.drawbridge.hubs().create("A full hub", "full", crate::OWN_PAIR).unwrap().hub;
    for portal in ["one", "two", "three"] {
        world.connect(&full, portal, &world.foreign_document(portal, "a secret"));
    }
    let barred = world.drawbridge.portals().create("Barred", "full", crate::OWN_PAIR).unwrap();
    assert!(barred.not_connected.is_some(), "the hub is full");
    let (promised, credential) = world.portal_with("Promised", World::SECRET);
    let elsewhere = world.submit(&world.hub("Elsewhere"), "Promised", &world.document(credential.id));
    assert!(
        world
            .drawbridge
            .hubs()
            .create("Late", promised.subaccount.as_str(), crate::OWN_PAIR)
            .unwrap()
            .not_connected
            .is_some()
    );
    let waiting = waiting_pair(&world);

    assert_eq!(world.drawbridge.secrets().reconcile().unwrap(), Reconciled::default());

    let open = world.repository.find_open(&waiting).expect("a connection");
    assert_eq!(open.submitted_by, Actor::System, "nobody asked for it");
    assert_eq!(
        line(world.repository.events().last().unwrap()),
        "Drawbridge | Connected automatically | Sales | Hub Hub (local), same subaccount shared"
    );
    assert_eq!(world.repository.find_open(&barred.portal), None);
    assert_eq!(world.repository.find_open(&promised), Some(elsewhere), "it is not taken away from another hub");
    assert_whole(&world, "after the start");
    let before = (world.repository.tables(), world.repository.events());
    world.drawbridge.secrets().reconcile().unwrap();
    assert_eq!((world.repository.tables(), world.repository.events()), before, "the next start has nothing to do");
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
            assert_eq!(
                world.drawbridge.secrets().probe_keychain(),
                Err(error.clone()),
                "the screens can ask for the cause"
            );
            assert_eq!(result.unwrap_err().to_string(), message, "{when}: the user reads the cause");
            assert_eq!(settled(comparable(world.repository.tables())), before.0, "{when}: nothing is created");
            world.keychain.recover();
            world.drawbridge.secrets().reconcile().unwrap();
            assert_whole(&world, &when);
            if operation.done_at_start {
                assert_eq!(world.repository.tables().requests.len(), 1, "{when}: the next start connects the pair");
            } else {
                assert_eq!(comparable(world.repository.tables()), before.0, "{when}");
                act(&world).expect("once the keychain works again, so does the operation");
                assert_whole(&world, &when);
            }
        }
    }
}

/// What deletes a secret and stores no new one.
fn deletions() -> Vec<Operation> {
    let names = [
        "retire",
        "reject",
        "delete a portal with two credentials",
        "delete a service instance with two keys",
        "retire imported credentials with what else their document held",
        "delete a portal in SAP with two credentials",
    ];
    let deletions: Vec<Operation> =
        operations().into_iter().filter(|operation| names.contains(&operation.name)).collect();
    assert_eq!(deletions.len(), names.len());
    deletions
}

#[test]
fn a_secret_is_said_to_be_deleted_only_where_the_keychain_can_be_used() {
    // An item that cannot be read is there all the same, and all of them can be listed.
    let refusals =
        keychain_failures().into_iter().filter(|(error, _)| !matches!(error, SecretStoreError::Broken { .. }));
    for (error, message) in refusals {
        for operation in deletions() {
            let when = format!("{}, {error}", operation.name);
            let (world, act) = prepared(&operation);
            let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
            world.keychain.fail_next(error.clone());
            assert_eq!(act(&world).unwrap_err().to_string(), message, "{when}");
            let calls = world.keychain.take_calls();
            assert!(matches!(calls.as_slice(), [KeychainCall::Get(_)]), "{when}: it is asked once: {calls:?}");
            let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
            assert_eq!(after, before, "{when}: nothing has changed, and nothing says so");
        }
    }
}

#[test]
fn a_secret_that_is_gone_already_keeps_nobody_from_deleting_it() {
    for operation in deletions() {
        let (world, act) = prepared(&operation);
        let (old, items) = (world.repository.tables(), world.keychain.items());
        for id in
            items.keys().filter(|id| old.client_authority.as_ref().is_none_or(|authority| authority.secret != **id))
        {
            world.keychain.lose(*id);
        }
        act(&world).expect("missing is as good as deleted");
        assert_whole(&world, operation.name);
        assert_ne!(world.repository.tables(), old, "{} is done", operation.name);
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
        // The authority's key comes first, the witness with it, then the portal's secret, then the hub's copy.
        world.keychain.fail_nth_put(3, error);
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
    assert_eq!(failure.to_string(), "someone else changed this in the meantime");
    assert_whole(&world, "after a conflict");
}

#[test]
fn an_authority_whose_key_is_missing_is_replaced() {
    let world = world();
    let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
    let old = world.repository.tables().client_authority.unwrap();
    world.keychain.lose(old.secret);
    let credential = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    let new = world.repository.tables().client_authority.unwrap();
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
        let failure = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap_err();
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
        let clipboard = fakes::Capture::at("the clipboard");
        let failure = world.drawbridge.exports().copy(credential.id, &clipboard).unwrap_err();
        assert_eq!(failure.to_string(), message);
        assert!(clipboard.delivered().is_empty());
        assert_eq!(world.repository.events().len(), events);
    }
}
