//! What the schema answers quickly, and what it refuses whoever writes.

use domain::{
    credential::Lifetime,
    pingone::ConnectionApiCredential,
    ports::{LocalChange, Repository, RequestQuery, RequestSort, Requests, SharedChange},
};
use fakes::samples::{
    account, connection_credential, former_secret, hub, imported, portal, portal_in_sap, rejected, request,
    secret_item, uuid,
};
use rusqlite::{Connection, StatementStatus};
use storage::SqliteRepository;

use crate::database::Database;

/// Deletes a secret's row that nothing refers to; returns how many rows were read one after the other.
fn rows_read_to_delete_secret(database: &Database, number: u128) -> i32 {
    let connection = Connection::open(&database.path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = on").unwrap();
    let mut statement = connection.prepare("DELETE FROM secret_item WHERE id = ?1").unwrap();
    statement.execute([uuid(number)]).unwrap();
    statement.get_status(StatementStatus::FullscanStep)
}

#[test]
fn whether_a_secret_is_in_use_is_looked_up_and_not_searched_for() {
    let database = Database::new();
    database.commit((1..=40).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    for number in 1..=6 {
        let credential = imported(number, portal(number).id, Lifetime::Unknown, Some(number + 10));
        database.commit([
            SharedChange::PutPortal(portal_in_sap(number)).into(),
            SharedChange::PutCredential(credential).into(),
        ]);
        let of_account = ConnectionApiCredential {
            former: former_secret(number + 30),
            ..connection_credential(number + 20, account(number).id)
        };
        database.commit([
            SharedChange::PutAccount(account(number)).into(),
            SharedChange::PutConnectionCredential(of_account).into(),
        ]);
    }
    assert_eq!(rows_read_to_delete_secret(&database, 40), 0, "a table without an index for it is read through");
}

#[test]
fn half_a_former_secret_is_refused() {
    let database = Database::new();
    database.commit([1, 2].map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let credential = ConnectionApiCredential { former: former_secret(2), ..connection_credential(1, account(1).id) };
    database.commit([
        SharedChange::PutAccount(account(1)).into(),
        SharedChange::PutConnectionCredential(credential).into(),
    ]);
    let connection = Connection::open(&database.path).unwrap();
    for column in ["former_secret_id", "former_chosen", "former_replaced_at", "former_until"] {
        let sql = format!("UPDATE connection_api_credential SET {column} = NULL");
        assert!(connection.execute(&sql, []).is_err(), "{column}");
    }
}

#[test]
fn what_another_program_commits_is_seen_at_once() {
    let aliases = |repository: &SqliteRepository, state| -> Vec<String> {
        let (sort, search) = (RequestSort::Alias, "alias".into());
        let query = RequestQuery { hub: hub(1).id, state, search, sort, descending: false, offset: 0, limit: 9 };
        let rows = repository.search_requests(&query).unwrap().rows;
        rows.into_iter().map(|row| row.request.alias).collect()
    };
    let pending = Some(domain::connection::RequestStateKind::Pending);
    let database = Database::new();
    database.commit([SharedChange::PutHub(hub(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    database.commit([SharedChange::PutRequest(request(1, hub(1).id)).into()]);
    let other = SqliteRepository::open(&database.path).unwrap();
    assert_eq!(aliases(&other, pending), ["Alias 1"]);
    assert_eq!(aliases(&database.repository, pending), ["Alias 1"]);

    other
        .commit(&[
            LocalChange::PutSecretItem(secret_item(2)).into(),
            SharedChange::PutRequest(request(2, hub(1).id)).into(),
        ])
        .unwrap();

    assert_eq!(aliases(&database.repository, pending), ["Alias 1", "Alias 2"]);
    assert_eq!(aliases(&other, None), ["Alias 1", "Alias 2"]);
    database.commit([SharedChange::PutRequest(rejected(request(1, hub(1).id))).into()]);
    assert_eq!(aliases(&other, pending), ["Alias 2"]);
}
