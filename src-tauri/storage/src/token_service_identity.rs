//! Table `token_service_identity`, which has one row at most.

use domain::{id::SecretId, token_service::TokenServiceIdentity};
use rusqlite::{Connection, Row, params};

use crate::{
    column::{Json, Millis},
    error::Error,
    query,
};

const TABLE: &str = "token_service_identity";

fn read(row: &Row<'_>) -> rusqlite::Result<TokenServiceIdentity> {
    Ok(TokenServiceIdentity {
        certificate_pem: row.get("certificate_pem")?,
        not_before: row.get::<_, Millis>("not_before")?.0,
        not_after: row.get::<_, Millis>("not_after")?.0,
        names: row.get::<_, Json<Vec<String>>>("names")?.0,
        tls_key: SecretId(row.get("tls_key_id")?),
        signing_key: SecretId(row.get("signing_key_id")?),
    })
}

pub(crate) fn put(connection: &Connection, identity: &TokenServiceIdentity) -> Result<(), Error> {
    let TokenServiceIdentity { certificate_pem, not_before, not_after, names, tls_key, signing_key } = identity;
    query::execute(
        connection,
        "INSERT OR REPLACE INTO token_service_identity
            (only_row, certificate_pem, not_before, not_after, names, tls_key_id, signing_key_id)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            certificate_pem,
            Millis(*not_before),
            Millis(*not_after),
            query::json(TABLE, names)?,
            tls_key.0,
            signing_key.0
        ],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<TokenServiceIdentity>, Error> {
    query::find(connection, TABLE, "SELECT * FROM token_service_identity", [], read)
}
