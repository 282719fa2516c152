//! Table `credential`.

use domain::{
    Credential, CredentialState,
    id::{CredentialId, PortalId, SecretId},
};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    access_facts::KindRow,
    actor::ActorRow,
    column::{Json, Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "credential";

/// The data of the states `superseded` and `retired`.
#[derive(Serialize, Deserialize)]
struct SinceRow {
    at: Millis,
}

/// The data of the state `current`.
#[derive(Serialize, Deserialize)]
struct CurrentRow {}

/// The secret's id is in a column of its own, so that the schema can refuse one that the ledger does not know; the other
/// data of the state are JSON.
fn read(row: &Row<'_>) -> rusqlite::Result<Credential> {
    Ok(Credential {
        id: CredentialId(row.get("id")?),
        portal_id: PortalId(row.get("portal_id")?),
        client_id: row.get("client_id")?,
        kind: row.get::<_, Json<KindRow>>("kind")?.0.into(),
        created_at: row.get::<_, Millis>("created_at")?.0,
        created_by: row.get::<_, Json<ActorRow>>("created_by")?.0.into(),
        state: read_state(row)?,
    })
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<CredentialState> {
    let secret = || row.get("secret_id").map(SecretId);
    let since = || row.get::<_, Json<SinceRow>>("state_data").map(|Json(SinceRow { at })| at.0);
    match row.get_ref("state")?.as_str()? {
        "current" => Ok(CredentialState::Current { secret: secret()? }),
        "superseded" => Ok(CredentialState::Superseded { secret: secret()?, at: since()? }),
        "retired" => Ok(CredentialState::Retired { at: since()? }),
        other => Err(unknown_word(other).into()),
    }
}

pub(crate) fn put(connection: &Connection, credential: &Credential) -> Result<(), Error> {
    let Credential { id, portal_id, client_id, kind, created_at, created_by, state } = credential;
    let (state, secret, data) = match state {
        CredentialState::Current { secret } => ("current", Some(secret), query::json(TABLE, &CurrentRow {})?),
        CredentialState::Superseded { secret, at } => {
            ("superseded", Some(secret), query::json(TABLE, &SinceRow { at: Millis(*at) })?)
        }
        CredentialState::Retired { at } => ("retired", None, query::json(TABLE, &SinceRow { at: Millis(*at) })?),
    };
    query::execute(
        connection,
        "INSERT INTO credential
            (id, portal_id, client_id, kind, created_at, created_by, state, secret_id, state_data)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET
            portal_id = excluded.portal_id, client_id = excluded.client_id, kind = excluded.kind,
            created_at = excluded.created_at, created_by = excluded.created_by, state = excluded.state,
            secret_id = excluded.secret_id, state_data = excluded.state_data",
        params![
            id.0,
            portal_id.0,
            client_id,
            query::json(TABLE, &KindRow::from(kind))?,
            Millis(*created_at),
            query::json(TABLE, &ActorRow::from(created_by))?,
            state,
            secret.map(|secret| secret.0),
            data
        ],
    )?;
    Ok(())
}

pub(crate) fn list_of_portal(connection: &Connection, portal: PortalId) -> Result<Vec<Credential>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM credential WHERE portal_id = ?1 ORDER BY created_at DESC, id DESC",
        [portal.0],
        read,
    )
}

pub(crate) fn find(connection: &Connection, id: CredentialId) -> Result<Option<Credential>, Error> {
    query::find(connection, TABLE, "SELECT * FROM credential WHERE id = ?1", [id.0], read)
}
