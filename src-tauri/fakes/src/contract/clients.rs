//! What the token service asks for each request, and how the hub's copy of a credential finds its original.

use domain::{
    credential::{Credential, CredentialEnd, CredentialKind, CredentialState},
    documents::CertificateChain,
    id::SecretId,
    portal::{Portal, ServiceInstance},
    ports::{LocalChange, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{chain, credential, instance, portal, portal_with_instance, secret_credential, secret_item, time};

/// Two portals with a service instance each, and secrets for whatever a test puts.
fn database(make: Make<'_>) -> Database {
    let database = Database::new(make);
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    database
}

fn with_fingerprint(fingerprint: &str, credential: Credential) -> Credential {
    let chain = CertificateChain { fingerprint: fingerprint.into(), ..chain() };
    Credential { kind: CredentialKind::Certificate(chain), ..credential }
}

fn additional(credential: Credential) -> Credential {
    Credential { state: CredentialState::Additional { secret: SecretId(credential.id.0) }, ..credential }
}

pub(super) fn a_portal_is_found_by_its_part_of_the_path_and_only_by_all_of_it(make: Make<'_>) {
    let database = database(make);
    let found = |slug: &str| database.repository().find_portal_by_slug(slug).unwrap();
    assert_eq!(found("vertrieb-1"), Some(portal(1)));
    for other in ["", "vertrieb", "VERTRIEB-1", "vertrieb-1/", "vertrieb-%", "Vertrieb Süd 1"] {
        assert_eq!(found(other), None, "{other:?}");
    }
    let moved = Portal { slug: "elsewhere".into(), ..portal(1) };
    database.commit([SharedChange::PutPortal(moved.clone()).into()]);
    assert_eq!(found("elsewhere"), Some(moved));
    assert_eq!(found("vertrieb-1"), None);
}

pub(super) fn a_client_is_found_at_its_own_portal_only_whatever_its_state(make: Make<'_>) {
    let database = database(make);
    let current = secret_credential(1, portal(1).id);
    let superseded = credential(2, portal(1).id).supersede(time(3));
    let retired = Credential {
        state: CredentialState::Retired { at: time(4), end: CredentialEnd::KeyDeleted },
        ..secret_credential(3, portal(1).id)
    };
    let additional = additional(secret_credential(4, portal(1).id));
    let elsewhere = Credential { client_id: current.client_id.clone(), ..secret_credential(5, portal(2).id) };
    let all = [&current, &superseded, &retired, &additional, &elsewhere];
    database.commit(all.map(|credential| SharedChange::PutCredential(credential.clone()).into()));

    let found = |slug: &str, client: &str| database.repository().find_credential_of_client(slug, client).unwrap();
    for credential in [&current, &superseded, &retired, &additional] {
        assert_eq!(found("vertrieb-1", &credential.client_id).as_ref(), Some(credential));
    }
    assert_eq!(found("vertrieb-2", &elsewhere.client_id), Some(elsewhere), "each portal has clients of its own");
    assert_eq!(found("vertrieb-2", &additional.client_id), None);
    assert_eq!(found("vertrieb-3", &current.client_id), None);
    assert_eq!(found("vertrieb-1", &current.client_id.to_uppercase()), None, "client ids are compared exactly");
    assert_eq!(found("vertrieb-1", "%"), None);

    let deleted = ServiceInstance { deleted_at: Some(time(5)), ..instance(1, portal(1).id) };
    database.commit([SharedChange::PutServiceInstance(deleted).into()]);
    assert!(found("vertrieb-1", &current.client_id).is_some(), "what that means is for the domain to say");
    database.commit([SharedChange::RemovePortal(portal(1).id).into()]);
    assert_eq!(found("vertrieb-1", &current.client_id), None);
}

/// promise D1: a request that names no portal finds its client by the id alone.
pub(super) fn the_clients_of_an_id_are_listed_over_all_portals_and_without_what_was_imported(make: Make<'_>) {
    let database = database(make);
    let here = secret_credential(1, portal(1).id);
    let there = Credential { client_id: here.client_id.clone(), ..secret_credential(2, portal(2).id) };
    let other = additional(secret_credential(3, portal(2).id));
    database.commit([&here, &there, &other].map(|credential| SharedChange::PutCredential(credential.clone()).into()));
    let found = |client: &str| {
        let mut found = database.repository().list_credentials_of_client(client).unwrap();
        found.sort_by_key(|credential| credential.id);
        found
    };
    assert_eq!(found(&here.client_id), [here.clone(), there]);
    assert_eq!(found(&other.client_id), [other]);
    assert_eq!(found(&here.client_id.to_uppercase()), []);
    assert_eq!(found("%"), []);
}

pub(super) fn a_copy_finds_its_original_by_fingerprint_or_by_client_id(make: Make<'_>) {
    let database = database(make);
    let by_secret = secret_credential(1, portal(1).id);
    let by_certificate = with_fingerprint("01:02", additional(credential(2, portal(1).id)));
    let retired = Credential {
        state: CredentialState::Retired { at: time(4), end: CredentialEnd::InstanceDeleted },
        ..with_fingerprint("03:04", credential(3, portal(2).id))
    };
    let all = [&by_secret, &by_certificate, &retired];
    database.commit(all.map(|credential| SharedChange::PutCredential(credential.clone()).into()));

    let repository = database.repository();
    let found = |client: &str, fingerprint| repository.find_credential_by_proof(client, fingerprint).unwrap();
    assert_eq!(found(&by_secret.client_id, None), Some(by_secret.clone()));
    assert_eq!(found("another client id", Some("01:02")), Some(by_certificate.clone()), "the certificate is the proof");
    assert_eq!(found(&retired.client_id, Some("03:04")), Some(retired));
    assert_eq!(found(&by_certificate.client_id, None), None, "this client has no secret");
    assert_eq!(found(&by_secret.client_id, Some("05:06")), None);
    assert_eq!(found("another client id", None), None);

    let renewed = with_fingerprint("07:08", by_certificate);
    database.commit([SharedChange::PutCredential(renewed.clone()).into()]);
    assert_eq!(found("", Some("01:02")), None);
    assert_eq!(found("", Some("07:08")), Some(renewed));
}
