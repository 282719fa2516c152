//! Credentials come back as they were put.

use domain::{
    credential::{
        Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, Lifetime, SecretVerifier,
    },
    documents::{CertUrl, SecretBytes},
    id::{CredentialId, SecretId},
    person::Actor,
    ports::{LocalChange, SharedChange},
};

use super::adapter::{Database, Make};
use crate::{
    RepeatableEntropy,
    samples::{
        actor, chain, credential, imported, of_key, portal, portal_in_sap, portal_with_instance, secret_credential,
        secret_item, time, uuid,
    },
};

pub(super) fn credentials_come_back_newest_first_in_each_state(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit((1..=6).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let retired = |number, end| Credential {
        created_by: Actor::System,
        state: CredentialState::Retired { at: time(8), end },
        ..secret_credential(number, portal(1).id)
    };
    let key_deleted = retired(1, CredentialEnd::KeyDeleted);
    let instance_deleted = retired(2, CredentialEnd::InstanceDeleted);
    let superseded = credential(3, portal(1).id).supersede(time(8));
    let current = credential(4, portal(1).id);
    let additional = Credential {
        state: CredentialState::Additional { secret: SecretId(uuid(5)) },
        ..secret_credential(5, portal(1).id)
    };
    let of_another_portal = credential(6, portal(2).id);
    let all = [&current, &key_deleted, &additional, &instance_deleted, &superseded, &of_another_portal];
    database.commit(all.map(|credential| SharedChange::PutCredential(credential.clone()).into()));

    let database = database.reopened();

    assert_eq!(
        database.repository().list_credentials(portal(1).id).unwrap(),
        [superseded, instance_deleted, additional, key_deleted, current.clone()],
        "promise F9: the last first, whatever the clock showed"
    );
    assert_eq!(database.repository().find_credential(current.id).unwrap(), Some(current));
    assert_eq!(database.repository().find_credential(CredentialId(uuid(9))).unwrap(), None);
}

pub(super) fn imported_credentials_come_back_with_every_lifetime_in_each_state(make: Make<'_>) {
    let database = Database::new(make);
    database
        .commit([SharedChange::PutPortal(portal_in_sap(1)).into(), SharedChange::PutPortal(portal_in_sap(2)).into()]);
    database.commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let of = |number, lifetime, extra| imported(number, portal(1).id, lifetime, extra);
    let retired = |credential: Credential| credential.retire(time(8), CredentialEnd::KeyDeleted).unwrap().0;
    let unknown = retired(of(1, Lifetime::Unknown, Some(7)));
    let CredentialOrigin::Imported(kept) = &unknown.origin else { panic!("the origin has changed") };
    assert_eq!(kept.extra, None, "what else the document held goes with the secret");
    let of_service_key = of(2, Lifetime::OfServiceKey, Some(8)).supersede(time(8));
    let generated = of(3, Lifetime::Generated { at: time(-9_999) }, Some(9));
    let mut with_certificate = imported(4, portal(2).id, Lifetime::OfServiceKey, None);
    with_certificate.kind = CredentialKind::Certificate(chain());
    if let CredentialOrigin::Imported(imported) = &mut with_certificate.origin {
        imported.cert_url = Some(CertUrl::from_stored("https://portal.cert.example.com"));
    }
    let all = [&unknown, &of_service_key, &generated, &with_certificate];
    database.commit(all.map(|credential| SharedChange::PutCredential(credential.clone()).into()));

    let database = database.reopened();

    let repository = database.repository();
    assert_eq!(repository.list_credentials(portal(1).id).unwrap(), [generated.clone(), of_service_key, unknown]);
    assert_eq!(repository.list_credentials(portal(2).id).unwrap(), [with_certificate]);
    let mut changed = generated;
    changed.kind = CredentialKind::ClientSecret(Lifetime::Unknown);
    if let CredentialOrigin::Imported(imported) = &mut changed.origin {
        imported.extra = None;
    }
    database.commit([
        SharedChange::PutCredential(changed.clone()).into(),
        LocalChange::RemoveSecretItem(SecretId(uuid(9))).into(),
    ]);
    assert_eq!(repository.find_credential(changed.id).unwrap(), Some(changed));
}

pub(super) fn a_verifier_still_recognises_its_secret_after_the_database_was_closed(make: Make<'_>) {
    let database = Database::new(make);
    database.commit(portal_with_instance(1));
    database.commit([1, 2].map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let secret = SecretBytes::new(b"planted-secret".to_vec());
    let entropy = RepeatableEntropy::start();
    let verifiers = [SecretVerifier::for_generated(&secret, &entropy), SecretVerifier::for_chosen(&secret, &entropy)];
    for (number, verifier) in (1..).zip(&verifiers) {
        database.commit([SharedChange::PutCredential(Credential {
            origin: of_key(number, portal(1).id, Some(verifier.clone())),
            state: CredentialState::Additional { secret: SecretId(uuid(number)) },
            ..secret_credential(number, portal(1).id)
        })
        .into()]);
    }

    let database = database.reopened();

    for (number, verifier) in (1..).zip(verifiers) {
        let found = database.repository().find_credential(CredentialId(uuid(number))).unwrap().unwrap();
        let CredentialOrigin::ServiceKey { verifier: found, .. } = found.origin else {
            panic!("the origin of {number} was lost")
        };
        assert!(found.as_ref().is_some_and(|found| found.verify(b"planted-secret")), "{verifier:?}");
        assert!(found == Some(verifier), "the parameters of the hash included");
    }
}

pub(super) fn a_credential_that_is_put_again_is_replaced(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit([1, 2].map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    database.commit([SharedChange::PutCredential(credential(1, portal(1).id)).into()]);
    let changed = Credential {
        id: CredentialId(uuid(1)),
        created_at: time(9),
        created_by: actor(9),
        ..secret_credential(2, portal(2).id)
    };
    database.commit([SharedChange::PutCredential(changed.clone()).into()]);
    assert_eq!(database.repository().find_credential(changed.id).unwrap(), Some(changed));
}

pub(super) fn regenerating_supersedes_the_old_one_and_puts_the_new_one_in_one_commit(make: Make<'_>) {
    let database = Database::new(make);
    database.commit(portal_with_instance(1));
    database.commit([
        LocalChange::PutSecretItem(secret_item(1)).into(),
        SharedChange::PutCredential(credential(1, portal(1).id)).into(),
    ]);
    let old = credential(1, portal(1).id).supersede(time(2));
    let new = credential(2, portal(1).id);
    database.commit([
        LocalChange::PutSecretItem(secret_item(2)).into(),
        SharedChange::PutCredential(old.clone()).into(),
        SharedChange::PutCredential(new.clone()).into(),
    ]);
    assert_eq!(database.repository().list_credentials(portal(1).id).unwrap(), [new.clone(), old.clone()]);

    let (retired, secrets) = old.retire(time(3), CredentialEnd::KeyDeleted).unwrap();
    let removed = secrets.into_iter().map(|id| LocalChange::RemoveSecretItem(id).into());
    database.commit(removed.chain([SharedChange::PutCredential(retired.clone()).into()]));
    assert_eq!(
        database.repository().list_credentials(portal(1).id).unwrap(),
        [new, retired],
        "the reference is checked at the end of the commit, so either order works"
    );
}
