//! Table `pingone_account`.

use domain::{
    id::PingOneAccountId,
    pingone::{AccountKind, PingOneAccount},
};
use rusqlite::{
    Connection, Row, params,
    types::{FromSql, FromSqlResult, ValueRef},
};

use crate::{
    column::{Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "pingone_account";

/// A kind by its code.
struct KindColumn(AccountKind);

const fn code(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Local => "local",
        AccountKind::InPingOne => "in_pingone",
    }
}

impl FromSql for KindColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let known = [AccountKind::Local, AccountKind::InPingOne].into_iter().find(|kind| code(*kind) == word);
        known.map(Self).ok_or_else(|| unknown_word(word))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<PingOneAccount> {
    Ok(PingOneAccount {
        id: PingOneAccountId(row.get("id")?),
        name: row.get("name")?,
        kind: row.get::<_, KindColumn>("kind")?.0,
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

pub(crate) fn put(connection: &Connection, account: &PingOneAccount) -> Result<(), Error> {
    let PingOneAccount { id, name, kind, created_at } = account;
    query::execute(
        connection,
        "INSERT INTO pingone_account (id, name, name_key, kind, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, name_key = excluded.name_key, kind = excluded.kind, created_at = excluded.created_at",
        params![id.0, name, name.to_lowercase(), code(*kind), Millis(*created_at)],
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
