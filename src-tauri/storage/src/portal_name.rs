//! The name of a portal, by which its requests are found, too.

use domain::id::PortalId;
use rusqlite::Connection;

use crate::{error::Error, query};

/// For use within a commit, where a row may not have its checksum yet.
pub(crate) fn find(connection: &Connection, id: PortalId) -> Result<Option<String>, Error> {
    query::find(connection, "portal", "SELECT name FROM portal WHERE id = ?1", [id.0], |row| row.get(0))
}
