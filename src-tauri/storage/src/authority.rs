//! Table `authority`: one current, and the certificates of former ones.

use domain::{Authority, id::SecretId};
use rusqlite::{Connection, Row, params};

use crate::{column::Millis, error::Error, query};

const TABLE: &str = "authority";

fn read(row: &Row<'_>) -> rusqlite::Result<Authority> {
    Ok(Authority {
        certificate_pem: row.get("certificate_pem")?,
        not_after: row.get::<_, Millis>("not_after")?.0,
        secret: SecretId(row.get("secret_id")?),
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

/// Makes `authority` the current one. It is known by its certificate; another one that was current is a former one now.
pub(crate) fn put(connection: &Connection, authority: &Authority) -> Result<(), Error> {
    let Authority { certificate_pem, not_after, secret, created_at } = authority;
    query::execute(
        connection,
        "UPDATE authority SET state = 'former', secret_id = NULL WHERE state = 'current' AND certificate_pem <> ?1",
        [certificate_pem],
    )?;
    query::execute(
        connection,
        "INSERT INTO authority (certificate_pem, not_after, created_at, state, secret_id)
         VALUES (?1, ?2, ?3, 'current', ?4)
         ON CONFLICT (certificate_pem) DO UPDATE SET
            not_after = excluded.not_after, created_at = excluded.created_at, state = excluded.state,
            secret_id = excluded.secret_id",
        params![certificate_pem, Millis(*not_after), Millis(*created_at), secret.0],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<Authority>, Error> {
    query::find(connection, TABLE, "SELECT * FROM authority WHERE state = 'current'", [], read)
}

pub(crate) fn list_certificates(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = "SELECT * FROM authority ORDER BY state = 'current' DESC, number DESC";
    query::list(connection, TABLE, sql, [], |row| row.get("certificate_pem"))
}
