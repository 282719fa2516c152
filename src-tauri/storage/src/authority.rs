//! Table `authority`: one current for each purpose, and the certificates of former ones.

use domain::{
    id::SecretId,
    pki::{Authority, AuthorityPurpose},
};
use rusqlite::{Connection, Row, params};

use crate::{
    column::{Json, Millis},
    error::Error,
    query,
};

const TABLE: &str = "authority";

const SERVER: &str = "server";
const CLIENTS: &str = "clients";

fn read(row: &Row<'_>) -> rusqlite::Result<Authority> {
    // A current authority is of one of two purposes, and only one for servers is written with names.
    let names = row.get::<_, Option<Json<Vec<String>>>>("names")?;
    let purpose = names.map_or(AuthorityPurpose::Clients, |names| AuthorityPurpose::Server { names: names.0 });
    Ok(Authority {
        purpose,
        certificate_pem: row.get("certificate_pem")?,
        not_after: row.get::<_, Millis>("not_after")?.0,
        secret: SecretId(row.get("secret_id")?),
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

/// Makes `authority` the current one of its purpose. It is identified by its certificate; another one that was current
/// becomes a former one.
pub(crate) fn put(connection: &Connection, authority: &Authority) -> Result<(), Error> {
    let Authority { purpose, certificate_pem, not_after, secret, created_at } = authority;
    let (purpose, names) = match purpose {
        AuthorityPurpose::Server { names } => (SERVER, Some(query::json(TABLE, names)?)),
        AuthorityPurpose::Clients => (CLIENTS, None),
    };
    query::execute(
        connection,
        "UPDATE authority SET state = 'former', secret_id = NULL
         WHERE state = 'current' AND purpose = ?1 AND certificate_pem <> ?2",
        [purpose, certificate_pem],
    )?;
    query::execute(
        connection,
        "INSERT INTO authority (certificate_pem, not_after, created_at, state, secret_id, purpose, names)
         VALUES (?1, ?2, ?3, 'current', ?4, ?5, ?6)
         ON CONFLICT (certificate_pem) DO UPDATE SET
            not_after = excluded.not_after, created_at = excluded.created_at, state = excluded.state,
            secret_id = excluded.secret_id, purpose = excluded.purpose, names = excluded.names",
        params![certificate_pem, Millis(*not_after), Millis(*created_at), secret.0, purpose, names],
    )?;
    Ok(())
}

pub(crate) fn find_for_server(connection: &Connection) -> Result<Option<Authority>, Error> {
    find(connection, SERVER)
}

pub(crate) fn find_for_clients(connection: &Connection) -> Result<Option<Authority>, Error> {
    find(connection, CLIENTS)
}

fn find(connection: &Connection, purpose: &str) -> Result<Option<Authority>, Error> {
    let sql = "SELECT * FROM authority WHERE state = 'current' AND purpose = ?1";
    query::find(connection, TABLE, sql, [purpose], read)
}

/// Those of purpose `any`, from before there were two, have signed for clients as well.
pub(crate) fn list_certificates_for_clients(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = "SELECT * FROM authority WHERE purpose <> 'server' ORDER BY state = 'current' DESC, number DESC";
    query::list(connection, TABLE, sql, [], |row| row.get("certificate_pem"))
}
