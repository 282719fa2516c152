//! Table `connection_api_credential`.

use chrono::{DateTime, Utc};
use domain::{
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    pingone::{ConnectionApiCredential, FormerSecret},
};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::{
    actor::ActorRow,
    column::{Json, Millis},
    error::Error,
    query,
};

const TABLE: &str = "connection_api_credential";

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionApiCredential> {
    let former = match row.get::<_, Option<Uuid>>("former_secret_id")? {
        None => None,
        Some(secret) => Some(FormerSecret {
            secret: SecretId(secret),
            chosen: row.get("former_chosen")?,
            replaced_at: row.get::<_, Millis>("former_replaced_at")?.0,
            until: row.get::<_, Millis>("former_until")?.0,
            over_since: row.get::<_, Option<Millis>>("former_over_since")?.map(|Millis(at)| at),
        }),
    };
    Ok(ConnectionApiCredential {
        id: ConnectionApiCredentialId(row.get("id")?),
        account_id: PingOneAccountId(row.get("account_id")?),
        client_id: row.get("client_id")?,
        description: row.get("description")?,
        secret: SecretId(row.get("secret_id")?),
        secret_chosen: row.get("secret_chosen")?,
        secret_changed_at: row.get::<_, Millis>("secret_changed_at")?.0,
        former,
        created_at: row.get::<_, Millis>("created_at")?.0,
        created_by: row.get::<_, Json<ActorRow>>("created_by")?.0.into(),
    })
}

pub(crate) fn put(connection: &Connection, credential: &ConnectionApiCredential) -> Result<(), Error> {
    let ConnectionApiCredential {
        id,
        account_id,
        client_id,
        description,
        secret,
        secret_chosen,
        secret_changed_at,
        former,
        created_at,
        created_by,
    } = credential;
    let (former_secret, former_chosen, replaced_at, until, over_since) = match former {
        None => (None, None, None, None, None),
        Some(FormerSecret { secret, chosen, replaced_at, until, over_since }) => {
            (Some(secret.0), Some(*chosen), Some(Millis(*replaced_at)), Some(Millis(*until)), over_since.map(Millis))
        }
    };
    query::execute(
        connection,
        "INSERT INTO connection_api_credential
            (id, account_id, client_id, description, secret_id, secret_chosen, secret_changed_at, former_secret_id,
             former_chosen, former_replaced_at, former_until, former_over_since, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
            account_id = excluded.account_id, client_id = excluded.client_id, description = excluded.description,
            secret_id = excluded.secret_id, secret_chosen = excluded.secret_chosen,
            secret_changed_at = excluded.secret_changed_at, former_secret_id = excluded.former_secret_id,
            former_chosen = excluded.former_chosen, former_replaced_at = excluded.former_replaced_at,
            former_until = excluded.former_until, former_over_since = excluded.former_over_since,
            created_at = excluded.created_at, created_by = excluded.created_by",
        params![
            id.0,
            account_id.0,
            client_id,
            description,
            secret.0,
            secret_chosen,
            Millis(*secret_changed_at),
            former_secret,
            former_chosen,
            replaced_at,
            until,
            over_since,
            Millis(*created_at),
            query::json(TABLE, &ActorRow::from(created_by))?
        ],
    )?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, id: ConnectionApiCredentialId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM connection_api_credential WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list_of_account(
    connection: &Connection,
    account: PingOneAccountId,
) -> Result<Vec<ConnectionApiCredential>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM connection_api_credential WHERE account_id = ?1 ORDER BY rowid",
        [account.0],
        read,
    )
}

pub(crate) fn find(
    connection: &Connection,
    id: ConnectionApiCredentialId,
) -> Result<Option<ConnectionApiCredential>, Error> {
    query::find(connection, TABLE, "SELECT * FROM connection_api_credential WHERE id = ?1", [id.0], read)
}

pub(crate) fn list_with_former_until(
    connection: &Connection,
    moment: DateTime<Utc>,
) -> Result<Vec<ConnectionApiCredential>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM connection_api_credential WHERE former_until <= ?1 ORDER BY former_until, id",
        [Millis(moment)],
        read,
    )
}

pub(crate) fn list_with_former_over(
    connection: &Connection,
    moment: DateTime<Utc>,
) -> Result<Vec<ConnectionApiCredential>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM connection_api_credential
         WHERE former_until <= ?1 OR former_over_since IS NOT NULL
         ORDER BY former_until, id",
        [Millis(moment)],
        read,
    )
}
