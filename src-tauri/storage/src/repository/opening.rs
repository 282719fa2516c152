//! Opens a file, and says what it lacks.

use std::{path::Path, sync::Mutex, time::Duration};

use domain::ports::RepositoryError;

use super::{
    Reader, SqliteRepository, Writer,
    checking::{check_structure, check_whole},
    connecting::{connect, connect_to_read, leave_write_ahead_log},
};
use crate::{
    audit_event,
    change_lock::ChangeLock,
    checksum::Sealer,
    database_identity,
    error::Error,
    file::DatabaseFile,
    foreign_files,
    lost_changes::Loss,
    ordered_list::OrderedList,
    schema,
    witness::{Testimony, Witness},
};

impl SqliteRepository {
    /// Up to this size the structure of a file is checked at each opening: that takes some milliseconds. Of a larger one
    /// [`Repository::check_whole`] does it at a calm moment.
    const CHECKED_AT_OPENING: i64 = 2 << 20;

    /// Opens the database at `path`, or creates it there, its folder included, for the current user alone. An older
    /// database is brought to the newest schema. One that is at the newest schema is not written to: it can be read also
    /// where nothing can be written.
    ///
    /// [`RepositoryError::TooNew`] for a database of a newer version; [`RepositoryError::Damaged`] for any other file, and
    /// [`RepositoryError::ForeignLog`] where SQLite would join the file with what belongs to another one: both are left as
    /// they are. A process opens the same file once: closing a file a second time would take the locks away from the first
    /// (<https://sqlite.org/howtocorrupt.html>, 2.2).
    pub fn open(path: &Path) -> Result<Self, RepositoryError> {
        Self::open_with_patience(path, Self::PATIENCE).map_err(|error| foreign_files::name_in(path, error.into()))
    }

    pub(super) fn open_with_patience(path: &Path, patience: Duration) -> Result<Self, Error> {
        let witness = Witness::beside(path);
        // Before the database is read, which may come further meanwhile.
        let testimony = witness.read();
        let (file, found) = DatabaseFile::open(path)?;
        let mut writer = connect(path, patience)?;
        // A commit is on the disk when it returns: what the keychain does next relies on it.
        writer.pragma_update(None, "synchronous", "full")?;
        // On macOS only this makes the drive itself write; elsewhere it does nothing.
        writer.pragma_update(None, "fullfsync", true)?;
        writer.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is overwritten.
        writer.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        let newest = schema::is_newest(&writer)?;
        if !newest {
            // First of all: from now on the file itself says that it is Drawbridge's.
            writer.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        }
        if found.write_ahead || !newest {
            match leave_write_ahead_log(&writer, patience) {
                Err(error) if newest => {
                    tracing::warn!(%error, "the write-ahead log that another program has begun stays for now");
                }
                result => result?,
            }
            schema::migrate(&mut writer)?;
        }
        writer.pragma_update_and_check(None, "journal_mode", "truncate", |_| Ok(()))?;
        let sealer = Sealer::follow(&mut writer)?;

        let mut connection = connect_to_read(path, patience)?;
        let size = connection.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0))?
            * connection.pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0))?;
        if found.interrupted {
            check_whole(&connection)?;
        } else if size <= Self::CHECKED_AT_OPENING {
            check_structure(&connection)?;
        }
        let (id, counter) = {
            // Nobody else commits meanwhile, so the counter belongs to what is read.
            let snapshot = connection.transaction()?;
            (database_identity::get(&snapshot)?.id, file.counter()?)
        };
        let loss = Loss::compare(testimony, id, counter);
        if loss.is_none() && testimony.is_none_or(|testimony| testimony.counter < counter) {
            witness.write(Testimony { database: id, counter });
        }
        if let Some(loss) = loss {
            tracing::warn!(?loss, "the database is not as it was left");
        }
        let reader = Reader { connection, requests: OrderedList::new(), activity: audit_event::ActivityList::new() };
        Ok(Self {
            writer: Mutex::new(Writer { connection: writer, sealer }),
            reader: Mutex::new(reader),
            change_lock: ChangeLock::beside(path, ChangeLock::PATIENCE),
            witness,
            id,
            loss: Mutex::new(loss),
            damage: Mutex::default(),
            file,
        })
    }
}
