//! Connections to the file.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::ports::RepositoryError;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;

pub(super) fn connect(path: &Path, patience: Duration) -> Result<Connection, Error> {
    // Without the flag that creates: the file exists by now, and if it has vanished, no other one may be created. A
    // file that cannot be opened for writing is opened for reading by SQLite.
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

pub(super) fn connect_to_read(path: &Path, patience: Duration) -> Result<Connection, Error> {
    let connection = connect(path, patience)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Folds the write-ahead log, as the versions before used it, into the file.
pub(super) fn leave_write_ahead_log(connection: &Connection, patience: Duration) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "truncate", |row| row.get::<_, String>(0)) {
            Ok(journal) if journal != "wal" => return Ok(()),
            // If two programs switch at once, SQLite refuses one of them without waiting.
            Err(error) if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) => return Err(error.into()),
            Ok(_) | Err(_) if start.elapsed() < patience => std::thread::sleep(Duration::from_millis(5)),
            Ok(_) | Err(_) => return Err(RepositoryError::Busy.into()),
        }
    }
}
