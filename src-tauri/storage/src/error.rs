//! What goes wrong in here, and what it means to the domain.

use std::{io, path::Path};

use domain::{
    messages::{Message, message},
    ports::RepositoryError,
};
use rusqlite::ffi;

use crate::entry_kind::kind_of;

/// What went wrong, before it is translated for the port.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// SQLite refused or failed.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A row holds what this program never writes there.
    #[error("a row of {table} cannot be read: {source}")]
    Unreadable {
        table: &'static str,
        #[source]
        source: rusqlite::Error,
    },
    /// A value that could not be made JSON.
    #[error("a row of {table} cannot be written: {source}")]
    Unwritable {
        table: &'static str,
        #[source]
        source: serde_json::Error,
    },
    /// Known here to be one of the domain's kinds.
    #[error(transparent)]
    Known(#[from] RepositoryError),
}

impl Error {
    /// A failure of the operating system at `path`.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            Self::Known(RepositoryError::DiskFull)
        } else {
            Self::Known(RepositoryError::NotWritable { reason: format!("{}: {error}", path.display()).into() })
        }
    }

    /// A row that is not as it was written; `name` is how a person knows it.
    pub(crate) fn damaged_entry(table: &str, name: String) -> Self {
        Self::damaged(message!("database-entry-damaged", kind = kind_of(table), name = name))
    }

    pub(crate) fn damaged(reason: impl Into<Message>) -> Self {
        Self::Known(RepositoryError::Damaged { reason: reason.into() })
    }
}

impl From<Error> for RepositoryError {
    fn from(error: Error) -> Self {
        match error {
            Error::Sqlite(error) => translate(&error),
            Error::Unreadable { .. } => Self::Damaged { reason: error.to_string().into() },
            Error::Unwritable { .. } => Self::Other { reason: error.to_string().into() },
            Error::Known(error) => error,
        }
    }
}

/// The kinds by SQLite's result codes, <https://sqlite.org/rescode.html>.
fn translate(error: &rusqlite::Error) -> RepositoryError {
    let reason = error.to_string();
    let Some(code) = error.sqlite_error().map(|error| error.extended_code) else {
        return RepositoryError::Other { reason: reason.into() };
    };
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            RepositoryError::Conflict
        }
        ffi::SQLITE_READONLY_DBMOVED => RepositoryError::Replaced,
        // Part of the file is gone.
        ffi::SQLITE_IOERR_SHORT_READ => RepositoryError::Damaged { reason: reason.into() },
        // Room for the index of a write-ahead log, which an older version has begun.
        ffi::SQLITE_IOERR_SHMSIZE => RepositoryError::DiskFull,
        _ => match code & 0xff {
            ffi::SQLITE_FULL => RepositoryError::DiskFull,
            ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM => {
                RepositoryError::NotWritable { reason: reason.into() }
            }
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => RepositoryError::Busy,
            // SQLite reads JSON only for the columns that it computes from what is stored.
            ffi::SQLITE_ERROR if reason.contains("malformed JSON") => {
                RepositoryError::Damaged { reason: reason.into() }
            }
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => RepositoryError::Damaged { reason: reason.into() },
            _ => RepositoryError::Other { reason: reason.into() },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(code: i32) -> RepositoryError {
        Error::Sqlite(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)).into()
    }

    #[test]
    fn every_result_code_that_the_user_can_act_on_has_its_kind() {
        assert!(matches!(kind_of(ffi::SQLITE_FULL), RepositoryError::DiskFull));
        assert!(matches!(kind_of(ffi::SQLITE_READONLY_DBMOVED), RepositoryError::Replaced));
        assert!(matches!(kind_of(ffi::SQLITE_CANTOPEN), RepositoryError::NotWritable { .. }));
        assert!(matches!(kind_of(ffi::SQLITE_PERM), RepositoryError::NotWritable { .. }));
        assert!(matches!(kind_of(ffi::SQLITE_BUSY_SNAPSHOT), RepositoryError::Busy));
        assert!(matches!(kind_of(ffi::SQLITE_CORRUPT_INDEX), RepositoryError::Damaged { .. }));
        assert!(matches!(kind_of(ffi::SQLITE_NOTADB), RepositoryError::Damaged { .. }));
        assert!(matches!(kind_of(ffi::SQLITE_CONSTRAINT_UNIQUE), RepositoryError::Conflict));
        assert!(
            matches!(kind_of(ffi::SQLITE_CONSTRAINT_FOREIGNKEY), RepositoryError::Other { .. }),
            "a reference to nothing is a defect of the program, not somebody else's change"
        );
        assert!(matches!(kind_of(ffi::SQLITE_IOERR_READ), RepositoryError::Other { .. }));
    }
}
