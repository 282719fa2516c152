//! PingOne accounts and their Connection API Credentials.

use domain::{
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    person::Actor,
    pingone::{ConnectionApiCredential, FormerSecret, PingOneAccount},
    ports::{Accounts, Change, Repository, RepositoryError, Secrets},
};
use rusqlite::{Connection, StatementStatus};

use crate::samples::{Database, actor, secret_item, time, uuid};

fn account(number: u128) -> PingOneAccount {
    PingOneAccount { id: PingOneAccountId(uuid(number)), name: format!("Größe {number}"), created_at: time(1) }
}

/// Holds the secret of the same number.
fn credential(number: u128, account: PingOneAccountId) -> ConnectionApiCredential {
    ConnectionApiCredential {
        id: ConnectionApiCredentialId(uuid(number)),
        account_id: account,
        client_id: uuid(number + 1_000),
        description: "für die Übergabe".into(),
        secret: SecretId(uuid(number)),
        secret_chosen: true,
        secret_changed_at: time(5),
        former: None,
        created_at: time(10 - number as i64),
        created_by: actor(3),
    }
}

fn former(secret: u128) -> Option<FormerSecret> {
    Some(FormerSecret {
        secret: SecretId(uuid(secret)),
        chosen: true,
        replaced_at: time(5),
        until: time(29),
        over_since: None,
    })
}

/// Two accounts, and secrets for whatever a test puts.
fn database() -> Database {
    let database = Database::new();
    database.commit([1, 2].map(|number| Change::PutAccount(account(number))));
    database.commit((1..=9).map(|number| Change::PutSecretItem(secret_item(number))));
    database
}

fn put(credentials: &[&ConnectionApiCredential]) -> Vec<Change> {
    credentials.iter().map(|credential| Change::PutConnectionCredential((*credential).clone())).collect()
}

#[test]
fn accounts_come_back_by_name_and_are_replaced() {
    let database = Database::new();
    let first = PingOneAccount { name: "alpha".into(), ..account(2) };
    database.commit([Change::PutAccount(account(1)), Change::PutAccount(first.clone())]);

    let database = database.reopened();

    assert_eq!(database.repository.list_accounts().unwrap(), [first.clone(), account(1)]);
    assert_eq!(database.repository.find_account(PingOneAccountId(uuid(9))).unwrap(), None);
    let changed = PingOneAccount { name: "Zulu".into(), created_at: time(9), ..first };
    database.commit([Change::PutAccount(changed.clone())]);
    assert_eq!(database.repository.find_account(changed.id).unwrap(), Some(changed));
}

#[test]
fn credentials_come_back_as_they_came_with_their_former_secret() {
    let database = database();
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

    let repository = &database.repository;
    let of_first = repository.list_connection_credentials(account(1).id).unwrap();
    assert_eq!(of_first, [plain.clone(), replaced.clone()], "promise F9: as they came, whatever the clock showed");
    assert_eq!(repository.list_connection_credentials(account(2).id).unwrap(), [other]);
    assert_eq!(repository.find_connection_credential(replaced.id).unwrap(), Some(replaced.clone()));
    assert_eq!(repository.find_connection_credential(ConnectionApiCredentialId(uuid(9))).unwrap(), None);

    let changed = ConnectionApiCredential {
        id: replaced.id,
        account_id: account(2).id,
        client_id: uuid(7_000),
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

#[test]
fn former_secrets_whose_time_is_over_are_found_and_no_others() {
    let database = database();
    let ends = |number, secret, until| {
        let former =
            former(secret).map(|former| FormerSecret { until: time(until), over_since: Some(time(until)), ..former });
        ConnectionApiCredential { former, ..credential(number, account(1).id) }
    };
    let [late, early, next] = [ends(1, 4, 30), ends(2, 5, 10), ends(3, 6, 31)];
    database.commit(put(&[&late, &early, &next]));
    let until = |moment| database.repository.list_former_secrets_until(moment).unwrap();
    assert_eq!(until(time(30)), [early.clone(), late], "at the very moment it is over");
    assert_eq!(until(time(30) - chrono::TimeDelta::milliseconds(1)), [early]);
    assert_eq!(until(time(9)), []);
}

#[test]
fn former_secrets_that_are_over_or_were_seen_to_be_are_found_and_no_others() {
    let database = database();
    let ends = |number, secret, until, seen: Option<i64>| {
        let over_since = seen.map(time);
        let former = former(secret).map(|former| FormerSecret { until: time(until), over_since, ..former });
        ConnectionApiCredential { former, ..credential(number, account(1).id) }
    };
    let [over, ahead, kept] = [ends(1, 4, 30, None), ends(2, 5, 40, Some(50)), ends(3, 6, 31, None)];
    database.commit(put(&[&over, &ahead, &kept]));
    let found = |moment| database.repository.list_former_secrets_over(moment).unwrap();
    assert_eq!(found(time(30)), [over, ahead.clone()], "at the very moment it is over");
    assert_eq!(found(time(9)), [ahead], "a clock that was ahead is to be forgotten");
}

#[test]
fn a_name_belongs_to_one_account_whatever_its_case_and_a_client_id_to_one_credential() {
    let database = database();
    let conflict = |change| {
        let error = database.repository.commit(&[change]).unwrap_err();
        assert!(matches!(error, RepositoryError::Conflict), "{error:?}");
    };
    conflict(Change::PutAccount(PingOneAccount { name: "GRÖßE 1".into(), ..account(3) }));
    database.commit(put(&[&credential(1, account(1).id)]));
    let twice = ConnectionApiCredential { client_id: uuid(1_001), ..credential(2, account(2).id) };
    conflict(Change::PutConnectionCredential(twice));
}

#[test]
fn an_account_goes_with_its_credentials_and_no_others() {
    let database = database();
    let replaced = ConnectionApiCredential { former: former(4), ..credential(1, account(1).id) };
    let other = credential(2, account(2).id);
    database.commit(put(&[&replaced, &other]));
    for number in [1, 4] {
        let error = database.repository.commit(&[Change::RemoveSecretItem(SecretId(uuid(number)))]).unwrap_err();
        assert!(error.to_string().contains("FOREIGN KEY"), "secret {number}: {error}");
    }

    let removed = [1, 4].map(|number| Change::RemoveSecretItem(SecretId(uuid(number))));
    database.commit(removed.into_iter().chain([Change::RemoveAccount(account(1).id)]));

    let repository = &database.repository;
    assert_eq!(repository.list_accounts().unwrap(), [account(2)]);
    assert_eq!(repository.find_connection_credential(replaced.id).unwrap(), None);
    assert_eq!(repository.list_connection_credentials(account(2).id).unwrap(), [other]);
    assert_eq!(repository.find_secret_item(SecretId(uuid(4))).unwrap(), None);
    database.commit([Change::RemoveAccount(account(1).id)]);
}

#[test]
fn a_row_that_contradicts_itself_is_refused() {
    let database = database();
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
        let error = database.repository.commit(&put(&[&wrong])).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{wrong:?}: {error:?}");
    }
    database.commit(put(&[&good]));
    let connection = Connection::open(&database.path).unwrap();
    for column in ["former_secret_id", "former_chosen", "former_replaced_at", "former_until"] {
        let sql = format!("UPDATE connection_api_credential SET {column} = NULL");
        assert!(connection.execute(&sql, []).is_err(), "half a former secret: {column}");
    }
}

#[test]
fn whether_a_secret_is_in_use_is_looked_up_here_too() {
    let database = Database::new();
    database.commit((1..=40).map(|number| Change::PutSecretItem(secret_item(number))));
    for number in 1..=8 {
        let credential = ConnectionApiCredential {
            former: former(number + 10),
            created_at: time(1),
            ..credential(number, account(number).id)
        };
        database.commit([Change::PutAccount(account(number)), Change::PutConnectionCredential(credential)]);
    }
    let connection = Connection::open(&database.path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = on").unwrap();
    let mut statement = connection.prepare("DELETE FROM secret_item WHERE id = ?1").unwrap();
    statement.execute([uuid(40)]).unwrap();
    assert_eq!(statement.get_status(StatementStatus::FullscanStep), 0, "a table without an index is read through");
}
