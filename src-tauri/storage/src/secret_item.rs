//! Table `secret_item`.

use domain::{
    credential::{SecretItem, SecretItemState, SetAside},
    id::SecretId,
};
use rusqlite::{Connection, Row, params};

use crate::{
    column::{Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "secret_item";

fn read(row: &Row<'_>) -> rusqlite::Result<SecretItem> {
    let state = match row.get_ref("state")?.as_str()? {
        "storing" => SecretItemState::Storing,
        "active" => SecretItemState::Active,
        "deleting" => match row.get::<_, Option<Millis>>("set_aside_until")? {
            Some(Millis(until)) => {
                let over_since = row.get::<_, Option<Millis>>("set_aside_over_since")?.map(|Millis(since)| since);
                SecretItemState::SetAside(SetAside { until, over_since })
            }
            None => SecretItemState::Deleting,
        },
        other => return Err(unknown_word(other).into()),
    };
    Ok(SecretItem { id: SecretId(row.get("id")?), label: row.get("label")?, state })
}

const fn state_word(state: SecretItemState) -> &'static str {
    match state {
        SecretItemState::Storing => "storing",
        SecretItemState::Active => "active",
        SecretItemState::Deleting | SecretItemState::SetAside(_) => "deleting",
    }
}

pub(crate) fn put(connection: &Connection, item: &SecretItem) -> Result<(), Error> {
    let SecretItem { id, label, state } = item;
    let (until, over_since) = match state {
        SecretItemState::SetAside(SetAside { until, over_since }) => (Some(Millis(*until)), over_since.map(Millis)),
        SecretItemState::Storing | SecretItemState::Active | SecretItemState::Deleting => (None, None),
    };
    query::execute(
        connection,
        "INSERT INTO secret_item (id, label, state, set_aside_until, set_aside_over_since) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
            label = excluded.label, state = excluded.state, set_aside_until = excluded.set_aside_until,
            set_aside_over_since = excluded.set_aside_over_since",
        params![id.0, label, state_word(*state), until, over_since],
    )?;
    Ok(())
}

/// Removes a row. The schema refuses it while something still refers to the secret.
pub(crate) fn remove(connection: &Connection, id: SecretId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM secret_item WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list_unsettled(connection: &Connection) -> Result<Vec<SecretItem>, Error> {
    query::list(connection, TABLE, "SELECT * FROM secret_item WHERE state <> 'active' ORDER BY id", [], read)
}

pub(crate) fn find(connection: &Connection, id: SecretId) -> Result<Option<SecretItem>, Error> {
    query::find(connection, TABLE, "SELECT * FROM secret_item WHERE id = ?1", [id.0], read)
}

/// Those that something refers to.
pub(crate) fn list_active(connection: &Connection) -> Result<Vec<SecretItem>, Error> {
    query::list(connection, TABLE, "SELECT * FROM secret_item WHERE state = 'active' ORDER BY id", [], read)
}
