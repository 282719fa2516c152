//! Table `pingone_account`.

use domain::{id::PingOneAccountId, pingone::PingOneAccount};
use rusqlite::{Connection, Row, params};

use crate::{column::Millis, error::Error, query};

const TABLE: &str = "pingone_account";

fn read(row: &Row<'_>) -> rusqlite::Result<PingOneAccount> {
    Ok(PingOneAccount {
        id: PingOneAccountId(row.get("id")?),
        name: row.get("name")?,
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

pub(crate) fn put(connection: &Connection, account: &PingOneAccount) -> Result<(), Error> {
    let PingOneAccount { id, name, created_at } = account;
    query::execute(
        connection,
        "INSERT INTO pingone_account (id, name, name_key, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, name_key = excluded.name_key, created_at = excluded.created_at",
        params![id.0, name, name.to_lowercase(), Millis(*created_at)],
    )?;
    Ok(())
}

/// Removes an account; the schema removes its credentials with it.
pub(crate) fn remove(connection: &Connection, id: PingOneAccountId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM pingone_account WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<PingOneAccount>, Error> {
    query::list(connection, TABLE, "SELECT * FROM pingone_account ORDER BY name_key", [], read)
}

pub(crate) fn find(connection: &Connection, id: PingOneAccountId) -> Result<Option<PingOneAccount>, Error> {
    query::find(connection, TABLE, "SELECT * FROM pingone_account WHERE id = ?1", [id.0], read)
}
