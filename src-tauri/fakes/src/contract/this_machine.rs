//! What belongs to this machine: keys, settings, the ledger of secrets.

use domain::{
    credential::{SecretItem, SecretItemState},
    id::SecretId,
    pki::AuthorityPurpose,
    ports::LocalChange,
    settings::Settings,
    time::{ClockJump, SeenTime},
    token_service::TokenServiceIdentity,
};

use super::adapter::{Database, Make};
use crate::samples::{authority, identity, secret_item, settings, time, uuid};

/// A4: one for the token service and one for clients.
pub(super) fn one_authority_signs_for_each_purpose_and_the_certificates_of_former_ones_remain(make: Make<'_>) {
    let database = Database::new(make);
    let found = |database: &Database| {
        let repository = database.repository();
        (repository.find_server_authority().unwrap(), repository.find_client_authority().unwrap())
    };
    assert_eq!(found(&database), (None, None));
    assert_eq!(database.repository().list_client_authority_certificates().unwrap(), [""; 0]);
    database.commit((1..=5).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let server = authority(SecretId(uuid(5)));
    database.commit([LocalChange::PutAuthority(server.clone()).into()]);
    let authorities: Vec<_> = ["first", "second", "third"]
        .into_iter()
        .zip(1..)
        .map(|(certificate, number)| domain::pki::Authority {
            purpose: AuthorityPurpose::Clients,
            certificate_pem: certificate.into(),
            created_at: time(10 - number as i64),
            not_after: time(100 + number as i64),
            ..authority(SecretId(uuid(number)))
        })
        .collect();
    for (former, next) in (1..).zip(&authorities) {
        database.commit([LocalChange::PutAuthority(next.clone()).into()]);
        if next != &authorities[0] {
            // The schema allows its key to be dropped: a former authority has none any more.
            database.commit([LocalChange::RemoveSecretItem(SecretId(uuid(former - 1))).into()]);
        }
    }

    let database = database.reopened();

    let repository = database.repository();
    assert_eq!(found(&database), (Some(server.clone()), authorities.last().cloned()), "each for its own purpose");
    let listed = || repository.list_client_authority_certificates().unwrap();
    assert_eq!(listed(), ["third", "second", "first"], "that of the token service signs no clients");

    let moved = domain::pki::Authority { secret: SecretId(uuid(4)), ..authorities[2].clone() };
    database.commit([LocalChange::PutAuthority(moved.clone()).into()]);
    assert_eq!(found(&database), (Some(server.clone()), Some(moved)));
    assert_eq!(listed(), ["third", "second", "first"], "the same authority, not another one");
    database.commit([
        LocalChange::PutSecretItem(secret_item(1)).into(),
        LocalChange::PutAuthority(authorities[0].clone()).into(),
    ]);
    assert_eq!(listed(), ["first", "third", "second"]);

    let other_host = domain::pki::Authority {
        purpose: AuthorityPurpose::Server { names: vec!["portal.example.com".into()] },
        certificate_pem: "other".into(),
        ..server
    };
    database.commit([LocalChange::PutAuthority(other_host.clone()).into()]);
    assert_eq!(found(&database), (Some(other_host), Some(authorities[0].clone())));
}

pub(super) fn the_token_service_has_one_set_of_keys(make: Make<'_>) {
    let database = Database::new(make);
    assert_eq!(database.repository().find_token_service_identity().unwrap(), None);
    database.commit((1..=4).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let [one, two, three, four] = [1, 2, 3, 4].map(|number| SecretId(uuid(number)));
    database.commit([LocalChange::PutTokenServiceIdentity(identity(one, two)).into()]);

    let database = database.reopened();

    let repository = database.repository();
    assert_eq!(repository.find_token_service_identity().unwrap(), Some(identity(one, two)));
    let next = TokenServiceIdentity {
        certificate_pem: "another".into(),
        not_before: time(1),
        not_after: time(2),
        names: Vec::new(),
        tls_key: three,
        signing_key: four,
    };
    database.commit([
        LocalChange::PutTokenServiceIdentity(next.clone()).into(),
        LocalChange::RemoveSecretItem(one).into(),
        LocalChange::RemoveSecretItem(two).into(),
    ]);
    assert_eq!(repository.find_token_service_identity().unwrap(), Some(next));
}

pub(super) fn the_settings_are_the_defaults_until_they_are_changed(make: Make<'_>) {
    let database = Database::new(make);
    assert_eq!(database.repository().get_settings().unwrap(), Settings::default());
    database.commit([LocalChange::PutSettings(settings()).into()]);

    let database = database.reopened();

    assert_eq!(database.repository().get_settings().unwrap(), settings());
    database.commit([LocalChange::PutSettings(Settings::default()).into()]);
    assert_eq!(database.repository().get_settings().unwrap(), Settings::default());
}

pub(super) fn the_ledger_shows_what_is_not_settled(make: Make<'_>) {
    let database = Database::new(make);
    let storing = SecretItem { state: SecretItemState::Storing, ..secret_item(2) };
    let deleting = SecretItem { state: SecretItemState::Deleting, ..secret_item(1) };
    database.commit([&storing, &deleting, &secret_item(3)].map(|item| LocalChange::PutSecretItem(item.clone()).into()));

    let database = database.reopened();

    assert_eq!(database.repository().list_unsettled_secrets().unwrap(), [deleting.clone(), storing.clone()]);
    assert_eq!(database.repository().find_secret_item(storing.id).unwrap(), Some(storing));
    database
        .commit([LocalChange::PutSecretItem(secret_item(2)).into(), LocalChange::RemoveSecretItem(deleting.id).into()]);
    assert_eq!(database.repository().list_unsettled_secrets().unwrap(), []);
    assert_eq!(database.repository().find_secret_item(deleting.id).unwrap(), None);
    assert_eq!(database.repository().find_secret_item(secret_item(2).id).unwrap(), Some(secret_item(2)));
}

/// Promise B3: the item by which the keychain is known, and what was given up with a former one, survive a restart.
pub(super) fn the_witness_and_what_was_given_up_come_back(make: Make<'_>) {
    let database = Database::new(make);
    assert_eq!(database.repository().find_keychain_witness().unwrap(), None);
    let rows = [secret_item(1), secret_item(2), secret_item(3)];
    database.commit(rows.iter().cloned().map(|item| LocalChange::PutSecretItem(item).into()));
    let ids = rows.map(|item| item.id);
    database.commit([
        LocalChange::PutKeychainWitness(ids[0]).into(),
        LocalChange::GiveUpSecrets(vec![ids[1], ids[2]]).into(),
    ]);

    let database = database.reopened();

    assert_eq!(database.repository().find_keychain_witness().unwrap(), Some(ids[0]));
    assert_eq!(database.repository().list_given_up_secrets().unwrap(), [ids[1], ids[2]]);
    let active = database.repository().list_active_secrets().unwrap();
    assert_eq!(active.iter().map(|item| item.id).collect::<Vec<_>>(), ids, "given up is not gone");
    database.commit([LocalChange::RemoveSecretItem(ids[1]).into()]);
    assert_eq!(database.repository().list_given_up_secrets().unwrap(), [ids[2]], "it goes with its row");
    database.commit([LocalChange::PutKeychainWitness(ids[2]).into(), LocalChange::GiveUpSecrets(vec![ids[0]]).into()]);
    assert_eq!(database.repository().find_keychain_witness().unwrap(), Some(ids[2]), "there is one witness");
    assert_eq!(database.repository().list_given_up_secrets().unwrap(), [ids[0]], "these and no others");
    let refused = database.try_commit(&[LocalChange::RemoveSecretItem(ids[2]).into()]);
    assert!(refused.is_err(), "the witness is in use");
}

pub(super) fn what_the_clock_has_shown_comes_back(make: Make<'_>) {
    let database = Database::new(make);
    assert_eq!(database.repository().find_seen_time().unwrap(), None, "nobody has looked yet");
    let jump = |number| Some(ClockJump { from: time(number), to: time(number + 1) });
    let mut database = database;
    for seen in [
        SeenTime { at: time(1), jump: None, back: None },
        SeenTime { at: time(2), jump: jump(3), back: None },
        SeenTime { at: time(5), jump: None, back: jump(6) },
        SeenTime { at: time(8), jump: jump(9), back: jump(11) },
    ] {
        database.commit([LocalChange::PutSeenTime(seen).into()]);
        database = database.reopened();
        assert_eq!(database.repository().find_seen_time().unwrap(), Some(seen));
    }
}
