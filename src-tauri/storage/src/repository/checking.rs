//! Whether the file is as it was written.

use domain::messages::message;
use domain::ports::RepositoryError;
use rusqlite::Connection;

use crate::{checksum, error::Error};

/// Whether tables and indexes fit together. Where they do not, a damaged entry is looked for first: naming it says
/// more.
pub(super) fn check_structure(connection: &Connection) -> Result<(), Error> {
    let found = match connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0)) {
        Ok(found) if found == "ok" => return Ok(()),
        Ok(found) => found.into(),
        Err(error) => {
            let error = RepositoryError::from(Error::from(error));
            // An error while SQLite computes a column is damage, too.
            let (RepositoryError::Damaged { reason } | RepositoryError::Other { reason }) = error else {
                return Err(error.into());
            };
            reason
        }
    };
    checksum::compare_all(connection)?;
    Err(Error::damaged(message!("database-structure-damaged", found = found)))
}

pub(super) fn check_whole(connection: &Connection) -> Result<(), Error> {
    check_structure(connection)?;
    checksum::compare_all(connection)?;
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let broken = statement.query_map([], |row| row.get::<_, String>(0))?.next().transpose()?;
    match broken {
        Some(table) => Err(Error::damaged(message!("database-structure-damaged", found = table))),
        None => Ok(()),
    }
}
