//! Table `authority`, which has one row at most.

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

pub(crate) fn put(connection: &Connection, authority: &Authority) -> Result<(), Error> {
    let Authority { certificate_pem, not_after, secret, created_at } = authority;
    query::execute(
        connection,
        "INSERT INTO authority (only_row, certificate_pem, not_after, secret_id, created_at)
         VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (only_row) DO UPDATE SET
            certificate_pem = excluded.certificate_pem, not_after = excluded.not_after,
            secret_id = excluded.secret_id, created_at = excluded.created_at",
        params![certificate_pem, Millis(*not_after), secret.0, Millis(*created_at)],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<Authority>, Error> {
    query::find(connection, TABLE, "SELECT certificate_pem, not_after, secret_id, created_at FROM authority", [], read)
}
