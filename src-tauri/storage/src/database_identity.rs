//! Table `database_identity`, which has one row.

use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{error::Error, query};

const TABLE: &str = "database_identity";

/// Which database it is, and how its schema was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DatabaseIdentity {
    pub(crate) id: Uuid,
    pub(crate) schema_version: u32,
    pub(crate) schema_checksum: u32,
}

pub(crate) fn get(connection: &Connection) -> Result<DatabaseIdentity, Error> {
    query::get(connection, TABLE, "SELECT * FROM database_identity", [], |row| {
        Ok(DatabaseIdentity {
            id: row.get("id")?,
            schema_version: row.get("schema_version")?,
            schema_checksum: row.get("schema_checksum")?,
        })
    })
}

/// Notes how the schema is now. The row's checksum is still to be written.
pub(crate) fn set_schema(connection: &Connection, version: u32, checksum: u32) -> Result<(), Error> {
    let sql = "UPDATE database_identity SET schema_version = ?1, schema_checksum = ?2";
    query::execute(connection, sql, params![version, checksum])?;
    Ok(())
}
