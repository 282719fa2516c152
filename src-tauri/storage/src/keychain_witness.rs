//! Tables `keychain_witness`, which has one row at most, and `given_up_secret`.

use domain::id::SecretId;
use rusqlite::{Connection, Row};

use crate::{error::Error, query};

fn read(row: &Row<'_>) -> rusqlite::Result<SecretId> {
    Ok(SecretId(row.get("secret_id")?))
}

pub(crate) fn put(connection: &Connection, id: SecretId) -> Result<(), Error> {
    query::execute(connection, "INSERT OR REPLACE INTO keychain_witness (only_row, secret_id) VALUES (1, ?1)", [id.0])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<SecretId>, Error> {
    query::find(connection, "keychain_witness", "SELECT * FROM keychain_witness", [], read)
}

/// These are given up, and no others.
pub(crate) fn give_up(connection: &Connection, ids: &[SecretId]) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM given_up_secret", [])?;
    for id in ids {
        query::execute(connection, "INSERT INTO given_up_secret (secret_id) VALUES (?1)", [id.0])?;
    }
    Ok(())
}

pub(crate) fn list_given_up(connection: &Connection) -> Result<Vec<SecretId>, Error> {
    let sql = "SELECT * FROM given_up_secret ORDER BY secret_id";
    query::list(connection, "given_up_secret", sql, [], read)
}
