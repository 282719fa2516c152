//! Table `credential`.

use domain::{
    credential::{Credential, CredentialEnd, CredentialOrigin, CredentialState, ImportedCredential, SecretVerifier},
    documents::{CertUrl, PortalUrl, TokenEndpoint},
    id::{CredentialId, PortalId, SecretId, ServiceInstanceId},
};
use rusqlite::{
    Connection, Row, params,
    types::{FromSql, FromSqlError, FromSqlResult, ValueRef},
};
use serde::{Deserialize, Serialize};

use crate::{
    access_facts::{KindRow, LifetimeRow},
    actor::ActorRow,
    column::{Json, Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "credential";

/// The data of the states `current` and `additional`.
#[derive(Serialize, Deserialize)]
struct NoDataRow {}

/// The data of the state `superseded`.
#[derive(Serialize, Deserialize)]
struct SupersededRow {
    at: Millis,
}

/// The data of the state `retired`.
#[derive(Serialize, Deserialize)]
struct RetiredRow {
    at: Millis,
    end: EndRow,
}

/// The JSON of a [`CredentialEnd`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndRow {
    KeyDeleted,
    InstanceDeleted,
}

impl From<CredentialEnd> for EndRow {
    fn from(end: CredentialEnd) -> Self {
        match end {
            CredentialEnd::KeyDeleted => Self::KeyDeleted,
            CredentialEnd::InstanceDeleted => Self::InstanceDeleted,
        }
    }
}

impl From<EndRow> for CredentialEnd {
    fn from(row: EndRow) -> Self {
        match row {
            EndRow::KeyDeleted => Self::KeyDeleted,
            EndRow::InstanceDeleted => Self::InstanceDeleted,
        }
    }
}

/// The JSON of a [`SecretVerifier`]. In this type it stays out of logs.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum VerifierRow {
    SaltedSha256 { salt: [u8; 16], digest: [u8; 32] },
    Argon2id { phc: String },
}

impl From<&SecretVerifier> for VerifierRow {
    fn from(verifier: &SecretVerifier) -> Self {
        match verifier {
            SecretVerifier::SaltedSha256 { salt, digest } => Self::SaltedSha256 { salt: *salt, digest: *digest },
            SecretVerifier::Argon2id(phc) => Self::Argon2id { phc: phc.clone() },
        }
    }
}

impl From<VerifierRow> for SecretVerifier {
    fn from(row: VerifierRow) -> Self {
        match row {
            VerifierRow::SaltedSha256 { salt, digest } => Self::SaltedSha256 { salt, digest },
            VerifierRow::Argon2id { phc } => Self::Argon2id(phc),
        }
    }
}

/// Text that is not a [`VerifierRow`]. The error does not repeat the text.
#[derive(Debug, thiserror::Error)]
#[error("it holds no verifier")]
struct NoVerifier;

impl FromSql for VerifierRow {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map_err(|_| FromSqlError::other(NoVerifier))
    }
}

/// The JSON of an [`ImportedCredential`] without the id of its further item.
#[derive(Serialize, Deserialize)]
struct ImportedRow {
    url: String,
    token_url: String,
    cert_url: Option<String>,
    lifetime: LifetimeRow,
}

/// The ids of secrets are in columns of their own, so that the schema can refuse one that the ledger does not know; the other
/// data of the state are JSON.
fn read(row: &Row<'_>) -> rusqlite::Result<Credential> {
    let (origin, lifetime) = read_origin(row)?;
    Ok(Credential {
        id: CredentialId(row.get("id")?),
        portal_id: PortalId(row.get("portal_id")?),
        origin,
        client_id: row.get("client_id")?,
        kind: row.get::<_, Json<KindRow>>("kind")?.0.with(lifetime),
        created_at: row.get::<_, Millis>("created_at")?.0,
        created_by: row.get::<_, Json<ActorRow>>("created_by")?.0.into(),
        state: read_state(row)?,
    })
}

/// The origin, and how long the credential lives if it is a client secret.
fn read_origin(row: &Row<'_>) -> rusqlite::Result<(CredentialOrigin, LifetimeRow)> {
    if let Some(Json(ImportedRow { url, token_url, cert_url, lifetime })) = row.get("imported")? {
        let extra = row.get::<_, Option<_>>("extra_secret_id")?.map(SecretId);
        let imported = ImportedCredential {
            url: PortalUrl::from_stored(url),
            token_url: TokenEndpoint::from_stored(token_url),
            cert_url: cert_url.map(CertUrl::from_stored),
            extra,
        };
        return Ok((CredentialOrigin::Imported(imported), lifetime));
    }
    let of_service_key = CredentialOrigin::ServiceKey {
        instance_id: ServiceInstanceId(row.get("instance_id")?),
        key_name: row.get("key_name")?,
        verifier: row.get::<_, Option<VerifierRow>>("verifier")?.map(SecretVerifier::from),
    };
    Ok((of_service_key, LifetimeRow::OfServiceKey))
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<CredentialState> {
    let secret = || row.get("secret_id").map(SecretId);
    match row.get_ref("state")?.as_str()? {
        "current" => Ok(CredentialState::Current { secret: secret()? }),
        "superseded" => {
            let Json(SupersededRow { at }) = row.get("state_data")?;
            Ok(CredentialState::Superseded { secret: secret()?, at: at.0 })
        }
        "additional" => Ok(CredentialState::Additional { secret: secret()? }),
        "retired" => {
            let Json(RetiredRow { at, end }) = row.get("state_data")?;
            Ok(CredentialState::Retired { at: at.0, end: end.into() })
        }
        other => Err(unknown_word(other).into()),
    }
}

pub(crate) fn put(connection: &Connection, credential: &Credential) -> Result<(), Error> {
    let Credential { id, portal_id, origin, client_id, kind, created_at, created_by, state } = credential;
    let (instance, key_name, verifier, imported, extra) = match origin {
        CredentialOrigin::ServiceKey { instance_id, key_name, verifier } => {
            let verifier = verifier.as_ref().map(|verifier| query::json(TABLE, &VerifierRow::from(verifier)));
            (Some(instance_id.0), Some(key_name), verifier.transpose()?, None, None)
        }
        CredentialOrigin::Imported(ImportedCredential { url, token_url, cert_url, extra }) => {
            let row = ImportedRow {
                url: url.to_string(),
                token_url: token_url.to_string(),
                cert_url: cert_url.clone().map(String::from),
                lifetime: LifetimeRow::of(kind),
            };
            (None, None, None, Some(query::json(TABLE, &row)?), extra.map(|extra| extra.0))
        }
    };
    let (state, secret, data) = match state {
        CredentialState::Current { secret } => ("current", Some(secret), query::json(TABLE, &NoDataRow {})?),
        CredentialState::Superseded { secret, at } => {
            ("superseded", Some(secret), query::json(TABLE, &SupersededRow { at: Millis(*at) })?)
        }
        CredentialState::Additional { secret } => ("additional", Some(secret), query::json(TABLE, &NoDataRow {})?),
        CredentialState::Retired { at, end } => {
            ("retired", None, query::json(TABLE, &RetiredRow { at: Millis(*at), end: (*end).into() })?)
        }
    };
    query::execute(
        connection,
        "INSERT INTO credential
            (id, portal_id, instance_id, key_name, client_id, kind, verifier, created_at, created_by, state, secret_id,
             state_data, imported, extra_secret_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
            portal_id = excluded.portal_id, instance_id = excluded.instance_id, key_name = excluded.key_name,
            client_id = excluded.client_id, kind = excluded.kind, verifier = excluded.verifier,
            created_at = excluded.created_at, created_by = excluded.created_by, state = excluded.state,
            secret_id = excluded.secret_id, state_data = excluded.state_data, imported = excluded.imported,
            extra_secret_id = excluded.extra_secret_id",
        params![
            id.0,
            portal_id.0,
            instance,
            key_name,
            client_id,
            query::json(TABLE, &KindRow::from(kind))?,
            verifier,
            Millis(*created_at),
            query::json(TABLE, &ActorRow::from(created_by))?,
            state,
            secret.map(|secret| secret.0),
            data,
            imported,
            extra
        ],
    )?;
    Ok(())
}

/// The row number shows which one came later, and stays when a row is replaced. Moments and ids come from a clock,
/// which can be wrong.
pub(crate) fn list_of_portal(connection: &Connection, portal: PortalId) -> Result<Vec<Credential>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM credential WHERE portal_id = ?1 ORDER BY rowid DESC",
        [portal.0],
        read,
    )
}

pub(crate) fn find(connection: &Connection, id: CredentialId) -> Result<Option<Credential>, Error> {
    query::find(connection, TABLE, "SELECT * FROM credential WHERE id = ?1", [id.0], read)
}

/// By the certificate if there is one, else by the client id of a client secret. The latest one counts: the number of a
/// deleted portal may have been given to a later one.
pub(crate) fn find_by_proof(
    connection: &Connection,
    client_id: &str,
    fingerprint: Option<&str>,
) -> Result<Option<Credential>, Error> {
    match fingerprint {
        Some(fingerprint) => query::find(connection, TABLE, OF_FINGERPRINT, [fingerprint], read),
        None => query::find(connection, TABLE, OF_SECRET_CLIENT, [client_id], read),
    }
}

const OF_FINGERPRINT: &str = "SELECT * FROM credential WHERE fingerprint = ?1 ORDER BY rowid DESC";
const OF_SECRET_CLIENT: &str =
    "SELECT * FROM credential WHERE client_id = ?1 AND fingerprint IS NULL ORDER BY rowid DESC";

/// The token service asks this for a client that it does not have in memory.
const OF_CLIENT: &str = "SELECT credential.* FROM portal JOIN credential ON credential.portal_id = portal.id
                         WHERE portal.slug = ?1 AND credential.client_id = ?2 AND credential.instance_id IS NOT NULL";

pub(crate) fn find_of_client(
    connection: &Connection,
    slug: &str,
    client_id: &str,
) -> Result<Option<Credential>, Error> {
    query::find(connection, TABLE, OF_CLIENT, [slug, client_id], read)
}

/// The token service asks this for a request that names no portal.
const OF_CLIENT_ANYWHERE: &str = "SELECT * FROM credential WHERE client_id = ?1 AND instance_id IS NOT NULL";

pub(crate) fn list_of_client(connection: &Connection, client_id: &str) -> Result<Vec<Credential>, Error> {
    query::list(connection, TABLE, OF_CLIENT_ANYWHERE, [client_id], read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::plan;

    #[test]
    fn what_is_asked_for_each_token_is_found_by_index() {
        assert_eq!(
            plan(OF_CLIENT),
            "SEARCH portal USING INDEX sqlite_autoindex_portal_4 (slug=?); \
             SEARCH credential USING INDEX credential_one_client (client_id=? AND portal_id=?)"
        );
        let anywhere = plan(OF_CLIENT_ANYWHERE);
        assert!(
            anywhere.starts_with("SEARCH credential USING INDEX credential_") && anywhere.contains("(client_id=?)")
        );
        assert!(plan(OF_FINGERPRINT).starts_with("SEARCH credential USING INDEX credential_by_fingerprint"));
        assert!(plan(OF_SECRET_CLIENT).starts_with("SEARCH credential USING INDEX credential_by_client (client_id=?)"));
    }
}
