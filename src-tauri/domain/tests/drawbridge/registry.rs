//! What the token service is told about clients and APIs.

use std::sync::Arc;

use domain::{
    credential::{Credential, CredentialEnd, CredentialState, SecretVerifier},
    documents::SecretBytes,
    id::CredentialId,
    portal::{NewServiceKey, ServiceRole},
    ports::{Repository, SharedChange},
    token_service::{ClientProof, ClientRegistry, RegisteredClient, Standing},
};
use fakes::{World, world};
use uuid::Uuid;

fn find(world: &World, slug: &str, client_id: &str) -> Option<Arc<RegisteredClient>> {
    world.drawbridge.find_client(slug, client_id).unwrap()
}

fn standing(world: &World, slug: &str, client_id: &str) -> Option<Standing> {
    find(world, slug, client_id).map(|client| client.standing)
}

#[test]
fn a_client_is_known_by_its_secret_or_its_certificate_at_its_own_portal() {
    let world = world();
    let (sales, secret) = world.portal_with("Sales", World::SECRET);
    let (stock, certificate) = world.portal_with("Stock", World::CERTIFICATE);

    let client = find(&world, &sales.slug, &secret.client_id).expect("a client");
    assert_eq!((&client.client_id, client.role), (&secret.client_id, ServiceRole::CatalogIntegration));
    let ClientProof::Secret(verifier) = &client.proof else { panic!("expected a client secret") };
    let stored = world.keychain.find(secret.secret().unwrap()).unwrap();
    assert!(verifier.verify(&stored) && !verifier.verify(b"another"));

    let client = find(&world, &stock.slug, &certificate.client_id).expect("a client");
    let fingerprint = certificate.kind.fingerprint().unwrap().to_owned();
    assert_eq!(client.proof, ClientProof::Certificate { fingerprint });
    assert_eq!(client.standing, Standing::Active);

    assert_eq!(find(&world, &stock.slug, &secret.client_id), None, "a client of one portal is a stranger at another");
    assert_eq!(find(&world, "nowhere", &secret.client_id), None);
    assert_eq!(find(&world, &sales.slug, "sb-stranger"), None);
}

/// promise D1: a request that names no portal.
#[test]
fn a_client_id_alone_finds_its_portal_unless_two_portals_have_it() {
    let world = world();
    let (sales, secret) = world.portal_with("Sales", World::SECRET);
    let (stock, certificate) = world.portal_with("Stock", World::CERTIFICATE);
    let alone = |client_id: &str| world.drawbridge.find_client_of_any_portal(client_id).unwrap();
    for (portal, credential) in [(&sales, &secret), (&stock, &certificate)] {
        let client = alone(&credential.client_id).expect("a client");
        assert_eq!((client.portal.id, client.portal.slug.as_str()), (portal.id, portal.slug.as_str()));
        assert_eq!(Some(client), find(&world, &portal.slug, &credential.client_id), "the same as at its portal");
    }
    assert_eq!(alone("sb-stranger"), None);

    let state = CredentialState::Retired { at: secret.created_at, end: CredentialEnd::KeyDeleted };
    let twin = Credential { id: CredentialId(Uuid::from_u128(7)), portal_id: stock.id, state, ..secret.clone() };
    let turn = world.repository.begin_change().unwrap();
    world.repository.commit(&[SharedChange::PutCredential(twin.clone()).into()]).unwrap();
    drop(turn);
    assert_eq!(alone(&secret.client_id), None, "nobody knows which is meant");
    assert!(find(&world, &sales.slug, &secret.client_id).is_some());
}

#[test]
fn the_role_is_that_of_the_service_instance() {
    let world = world();
    let portal = world.portal("Sales");
    for role in ServiceRole::ALL {
        let instance = world.drawbridge.service_instances().create(portal.id, role.name(), role).unwrap();
        let chosen = NewServiceKey::ChosenSecret(SecretBytes::new(b"a-secret-of-my-own".to_vec()));
        let key = world.drawbridge.service_instances().create_key(instance.id, "key", chosen).unwrap();
        let client = find(&world, &portal.slug, &key.client_id).unwrap();
        assert_eq!(client.role, role, "its tokens say so");
        let ClientProof::Secret(verifier @ SecretVerifier::Argon2id(_)) = &client.proof else {
            panic!("a chosen secret is kept as argon2id")
        };
        assert!(verifier.verify(b"a-secret-of-my-own"));
    }
}

#[test]
fn a_superseded_credential_stays_good_until_it_is_retired() {
    let world = world();
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    for credential in [&first, &second] {
        assert_eq!(standing(&world, &portal.slug, &credential.client_id), Some(Standing::Active));
    }
    world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
    assert_eq!(standing(&world, &portal.slug, &first.client_id), Some(Standing::Ended(CredentialEnd::KeyDeleted)));
    assert_eq!(standing(&world, &portal.slug, &second.client_id), Some(Standing::Active));
}

#[test]
fn deleting_a_key_or_an_instance_changes_the_answer_at_once_and_says_what_ended_it() {
    let world = world();
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    let instance = world.instances(portal.id)[0].id;
    for _ in 0..2 {
        assert_eq!(
            standing(&world, &portal.slug, &first.client_id),
            Some(Standing::Active),
            "asked twice: from memory"
        );
    }
    world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
    let ended = find(&world, &portal.slug, &first.client_id).expect("it is still known, to be told apart");
    assert_eq!(ended.standing, Standing::Ended(CredentialEnd::KeyDeleted));
    assert!(matches!(&ended.proof, ClientProof::Secret(_)), "only whoever proves to be it is told that it has ended");
    assert_eq!(CredentialEnd::KeyDeleted.description(), "The service key of this client was deleted");

    assert_eq!(standing(&world, &portal.slug, &second.client_id), Some(Standing::Active));
    world.drawbridge.service_instances().delete(instance, "").unwrap();
    assert_eq!(
        standing(&world, &portal.slug, &second.client_id),
        Some(Standing::Ended(CredentialEnd::InstanceDeleted))
    );
    assert_eq!(
        standing(&world, &portal.slug, &first.client_id),
        Some(Standing::Ended(CredentialEnd::KeyDeleted)),
        "the first end stays the end"
    );
    assert_eq!(CredentialEnd::InstanceDeleted.description(), "The service instance of this client was deleted");
}

#[test]
fn a_deleted_portal_has_no_clients_and_no_apis_any_more() {
    let world = world();
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    assert!(find(&world, &portal.slug, &credential.client_id).is_some());
    assert_eq!(world.drawbridge.find_api_proxies(&portal.slug).unwrap().unwrap().len(), 0);
    world.drawbridge.portals().delete(portal.id, "Sales").unwrap();
    assert_eq!(find(&world, &portal.slug, &credential.client_id), None);
    assert_eq!(world.drawbridge.find_api_proxies(&portal.slug).unwrap(), None);
    let successor = world.portal("Sales");
    assert_eq!(successor.slug, portal.slug);
    assert_eq!(find(&world, &portal.slug, &credential.client_id), None, "another portal at the same place");
}

#[test]
fn the_apis_of_a_portal_are_those_of_this_moment_by_name() {
    let world = world();
    let portal = world.portal("Sales");
    let names = || -> Option<Vec<String>> {
        let proxies = world.drawbridge.find_api_proxies(&portal.slug).unwrap()?;
        Some(proxies.iter().map(|proxy| proxy.name.clone()).collect())
    };
    assert_eq!(names(), Some(vec![]), "a portal without APIs is a portal");
    let import = |title: &str| {
        let document = format!("openapi: 3.0.0\ninfo: {{title: {title}, version: '1'}}");
        world.drawbridge.apis().import(portal.id, &document).unwrap()
    };
    let zeta = import("zeta");
    import("Alpha");
    assert_eq!(names(), Some(vec!["Alpha".to_owned(), "zeta".to_owned()]));
    world.drawbridge.apis().remove(zeta.id).unwrap();
    assert_eq!(names(), Some(vec!["Alpha".to_owned()]));
    assert_eq!(world.drawbridge.find_api_proxies("nowhere").unwrap(), None);
}

#[test]
fn an_answer_comes_from_memory_while_nothing_has_changed() {
    let world = world();
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let first = find(&world, &portal.slug, &credential.client_id).unwrap();
    let second = find(&world, &portal.slug, &credential.client_id).unwrap();
    assert!(Arc::ptr_eq(&first, &second), "a request for a token takes no database");
    let apis = || world.drawbridge.find_api_proxies(&portal.slug).unwrap().unwrap();
    assert!(Arc::ptr_eq(&apis(), &apis()));
    let before = apis();
    world.portal("Another");
    let third = find(&world, &portal.slug, &credential.client_id).unwrap();
    assert!(!Arc::ptr_eq(&first, &third), "whatever has changed, it is asked again");
    assert_eq!(first, third);
    assert!(!Arc::ptr_eq(&before, &apis()));
}

/// The memory of this process that is in use, in bytes (proc(5), statm).
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux tells");
    let pages: usize = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("a number of pages");
    pages * 4_096
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_remembered_about_strangers() {
    let world = world();
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let known = find(&world, &portal.slug, &credential.client_id).unwrap();
    let before = resident();
    for number in 0..10_000 {
        let stranger = format!("{number}-{}", "x".repeat(20_000));
        assert_eq!(find(&world, &portal.slug, &stranger), None);
        assert_eq!(find(&world, &stranger, &credential.client_id), None);
        assert_eq!(world.drawbridge.find_api_proxies(&stranger).unwrap(), None);
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 150_000_000, "strangers, 600 MB of them, must not fill the memory: {grown} bytes");
    let again = find(&world, &portal.slug, &credential.client_id).unwrap();
    assert!(Arc::ptr_eq(&known, &again), "nor push out who is known");
}
