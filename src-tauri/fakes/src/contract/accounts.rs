//! PingOne accounts and their Connection API Credentials.

use domain::{
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    person::Actor,
    pingone::{AccountKind, ConnectionApiCredential, FormerSecret, PingOneAccount},
    ports::{Change, LocalChange, RepositoryError, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{
    account, actor, connection_credential as credential, former_secret as former, secret_item, time, uuid,
};

/// Two accounts, and secrets for whatever a test puts.
fn database(make: Make<'_>) -> Database {
    let database = Database::new(make);
    database.commit([1, 2].map(|number| SharedChange::PutAccount(account(number)).into()));
    database.commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    database
}

fn put(credentials: &[&ConnectionApiCredential]) -> Vec<Change> {
    credentials.iter().map(|credential| SharedChange::PutConnectionCredential((*credential).clone()).into()).collect()
}

pub(super) fn accounts_come_back_by_name_and_are_replaced(make: Make<'_>) {
    let database = Database::new(make);
    let first = PingOneAccount { name: "alpha".into(), ..account(2) };
    database.commit([SharedChange::PutAccount(account(1)).into(), SharedChange::PutAccount(first.clone()).into()]);

    let database = database.reopened();

    assert_eq!(database.repository().list_accounts().unwrap(), [first.clone(), account(1)]);
    assert_eq!(database.repository().find_account(PingOneAccountId(uuid(9))).unwrap(), None);
    let changed = PingOneAccount { name: "Zulu".into(), kind: AccountKind::Local, created_at: time(9), ..first };
    database.commit([SharedChange::PutAccount(changed.clone()).into()]);
    assert_eq!(database.repository().find_account(changed.id).unwrap(), Some(changed));
}

pub(super) fn credentials_come_back_as_they_came_with_their_former_secret(make: Make<'_>) {
    let database = database(make);
    let plain = ConnectionApiCredential {
        description: String::new(),
        secret_chosen: false,
        created_by: Actor::System,
        ..credential(1, account(1).id)
    };
    let replaced = ConnectionApiCredential { former: former(4), ..credential(2, account(1).id) };
    let other = credential(3, account(2).id);
    database.commit(put(&[&plain, &replaced, &other]));

    let database = database.reopened();

    let repository = database.repository();
    let of_first = repository.list_connection_credentials(account(1).id).unwrap();
    assert_eq!(of_first, [plain.clone(), replaced.clone()], "promise F9: as they came, whatever the clock showed");
    assert_eq!(repository.list_connection_credentials(account(2).id).unwrap(), [other]);
    assert_eq!(repository.find_connection_credential(replaced.id).unwrap(), Some(replaced.clone()));
    assert_eq!(repository.find_connection_credential(ConnectionApiCredentialId(uuid(9))).unwrap(), None);

    let changed = ConnectionApiCredential {
        id: replaced.id,
        account_id: account(2).id,
        client_id: Some("Client/7".into()),
        description: "other".into(),
        secret: SecretId(uuid(5)),
        secret_chosen: false,
        secret_changed_at: time(6),
        former: None,
        created_at: time(7),
        created_by: actor(9),
    };
    database.commit(put(&[&changed]));
    assert_eq!(repository.find_connection_credential(changed.id).unwrap(), Some(changed));
}

pub(super) fn former_secrets_whose_time_is_over_are_found_and_no_others(make: Make<'_>) {
    let database = database(make);
    let ends = |number, secret, until| {
        let former =
            former(secret).map(|former| FormerSecret { until: time(until), over_since: Some(time(until)), ..former });
        ConnectionApiCredential { former, ..credential(number, account(1).id) }
    };
    let [late, early, next] = [ends(1, 4, 30), ends(2, 5, 10), ends(3, 6, 31)];
    database.commit(put(&[&late, &early, &next]));
    let until = |moment| database.repository().list_former_secrets_until(moment).unwrap();
    assert_eq!(until(time(30)), [early.clone(), late], "at the very moment it is over");
    assert_eq!(until(time(30) - chrono::TimeDelta::milliseconds(1)), [early]);
    assert_eq!(until(time(9)), []);
}

pub(super) fn former_secrets_that_are_over_or_were_seen_to_be_are_found_and_no_others(make: Make<'_>) {
    let database = database(make);
    let ends = |number, secret, until, seen: Option<i64>| {
        let over_since = seen.map(time);
        let former = former(secret).map(|former| FormerSecret { until: time(until), over_since, ..former });
        ConnectionApiCredential { former, ..credential(number, account(1).id) }
    };
    let [over, ahead, kept] = [ends(1, 4, 30, None), ends(2, 5, 40, Some(50)), ends(3, 6, 31, None)];
    database.commit(put(&[&over, &ahead, &kept]));
    let found = |moment| database.repository().list_former_secrets_over(moment).unwrap();
    assert_eq!(found(time(30)), [over, ahead.clone()], "at the very moment it is over");
    assert_eq!(found(time(9)), [ahead], "a clock that was ahead is to be forgotten");
}

pub(super) fn a_name_belongs_to_one_account_whatever_its_case_and_a_client_id_to_one_credential(make: Make<'_>) {
    let database = database(make);
    let conflict = |change| {
        let error = database.try_commit(&[change]).unwrap_err();
        assert!(matches!(error, RepositoryError::Conflict), "{error:?}");
    };
    conflict(SharedChange::PutAccount(PingOneAccount { name: "GRÖßE 1".into(), ..account(3) }).into());
    database.commit(put(&[&credential(1, account(1).id)]));
    let twice = ConnectionApiCredential { client_id: Some("client-1".into()), ..credential(2, account(2).id) };
    conflict(SharedChange::PutConnectionCredential(twice).into());
}

pub(super) fn any_number_of_credentials_wait_for_their_client_id(make: Make<'_>) {
    let database = database(make);
    let waiting = |number| ConnectionApiCredential { client_id: None, ..credential(number, account(1).id) };
    database.commit(put(&[&waiting(1), &waiting(2)]));

    let database = database.reopened();

    let repository = database.repository();
    assert_eq!(repository.list_connection_credentials(account(1).id).unwrap(), [waiting(1), waiting(2)]);
    database.commit(put(&[&credential(1, account(1).id)]));
    let both = [credential(1, account(1).id), waiting(2)];
    assert_eq!(database.repository().list_connection_credentials(account(1).id).unwrap(), both);
}

pub(super) fn credentials_go_alone_and_free_their_client_id(make: Make<'_>) {
    let database = database(make);
    let gone = ConnectionApiCredential { former: former(4), ..credential(1, account(1).id) };
    let kept = credential(2, account(1).id);
    database.commit(put(&[&gone, &kept]));

    let secrets = [1, 4].map(|number| LocalChange::RemoveSecretItem(SecretId(uuid(number))).into());
    database.commit(secrets.into_iter().chain([SharedChange::RemoveConnectionCredential(gone.id).into()]));

    let repository = database.repository();
    assert_eq!(repository.find_connection_credential(gone.id).unwrap(), None);
    assert_eq!(repository.list_connection_credentials(account(1).id).unwrap(), [kept]);
    assert_eq!(repository.list_accounts().unwrap().len(), 2);
    let again = ConnectionApiCredential { client_id: gone.client_id, ..credential(3, account(2).id) };
    database.commit(put(&[&again]));
    database.commit([SharedChange::RemoveConnectionCredential(gone.id).into()]);
}

pub(super) fn an_account_goes_with_its_credentials_and_no_others(make: Make<'_>) {
    let database = database(make);
    let replaced = ConnectionApiCredential { former: former(4), ..credential(1, account(1).id) };
    let other = credential(2, account(2).id);
    database.commit(put(&[&replaced, &other]));
    for number in [1, 4] {
        let error = database.try_commit(&[LocalChange::RemoveSecretItem(SecretId(uuid(number))).into()]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "secret {number}: {error}");
    }

    let removed = [1, 4].map(|number| LocalChange::RemoveSecretItem(SecretId(uuid(number))).into());
    database.commit(removed.into_iter().chain([SharedChange::RemoveAccount(account(1).id).into()]));

    let repository = database.repository();
    assert_eq!(repository.list_accounts().unwrap(), [account(2)]);
    assert_eq!(repository.find_connection_credential(replaced.id).unwrap(), None);
    assert_eq!(repository.list_connection_credentials(account(2).id).unwrap(), [other]);
    assert_eq!(repository.find_secret_item(SecretId(uuid(4))).unwrap(), None);
    database.commit([SharedChange::RemoveAccount(account(1).id).into()]);
}

pub(super) fn a_row_that_contradicts_itself_is_refused(make: Make<'_>) {
    let database = database(make);
    let good = ConnectionApiCredential { former: former(4), ..credential(1, account(1).id) };
    let former_with = |change: fn(&mut FormerSecret)| {
        let mut credential = good.clone();
        change(credential.former.as_mut().unwrap());
        credential
    };
    for wrong in [
        former_with(|former| former.secret = SecretId(uuid(1))),
        former_with(|former| former.until = former.replaced_at),
        former_with(|former| former.secret = SecretId(uuid(99))),
        ConnectionApiCredential { secret: SecretId(uuid(99)), ..good.clone() },
        ConnectionApiCredential { account_id: PingOneAccountId(uuid(99)), ..good.clone() },
    ] {
        let error = database.try_commit(&put(&[&wrong])).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{wrong:?}: {error:?}");
    }
    database.commit(put(&[&good]));
}
