//! The connections to one file, and the domain's ports on them.

mod applying;
mod checking;
mod connecting;
mod opening;
mod reading;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::ports::{Change, ChangeGuard, DatabaseNotice, Repository, RepositoryError, RepositoryReader};
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use self::{applying::apply, checking::check_whole, connecting::connect_to_read};
use crate::{
    audit_event,
    change_lock::ChangeLock,
    checksum::Sealer,
    connection_request::RequestList,
    database_identity,
    error::Error,
    file::DatabaseFile,
    foreign_files,
    lost_changes::{self, Loss},
    ordered_list::OrderedList,
    witness::{Testimony, Witness},
};

/// The database in one SQLite file: one connection writes, another one reads. Several processes may have the file open.
///
/// A commit goes into the file itself, protected by a rollback journal, and not into a write-ahead log. All that was
/// committed is in the one file: it cannot be lost with a log or joined with the log of another database, a copy of the
/// file is whole, and reading needs nothing else. The price: a commit takes four times as long as with a log (17 ms
/// where the disk takes 4 ms to write), and reading waits while a commit is written.
#[derive(Debug)]
pub struct SqliteRepository {
    writer: Mutex<Writer>,
    reader: Mutex<Reader>,
    change_lock: ChangeLock,
    witness: Witness,
    id: Uuid,
    /// What was missing when the file was opened, until that is noted in the database.
    loss: Mutex<Option<Loss>>,
    /// What the last [`Repository::check_whole`] has found.
    damage: Mutex<Option<domain::messages::Message>>,
    /// Last, so that it is closed last.
    file: DatabaseFile,
}

/// The connection that writes.
#[derive(Debug)]
struct Writer {
    connection: Connection,
    sealer: Sealer,
}

/// The connection that reads, with what it keeps of the long lists.
#[derive(Debug)]
struct Reader {
    connection: Connection,
    requests: OrderedList<RequestList>,
    activity: audit_event::ActivityList,
}

impl SqliteRepository {
    /// How long a call waits for another program that is writing.
    const PATIENCE: Duration = Duration::from_secs(5);

    /// Reads one thing.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, RepositoryError> {
        self.file.counter()?;
        Ok(read(&lock(&self.reader).connection)?)
    }

    /// Reads on a connection that is opened for it.
    fn read_apart<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, RepositoryError> {
        self.file.counter()?;
        Ok(read(&connect_to_read(self.file.path(), Self::PATIENCE)?)?)
    }

    fn write(&self, changes: &[Change]) -> Result<(), Error> {
        self.file.counter()?;
        let Writer { connection, sealer } = &mut *lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let counter = self.file.counter()?;
        if database_identity::get(&transaction)?.id != self.id {
            return Err(RepositoryError::Replaced.into());
        }
        sealer.start();
        for change in changes {
            apply(&transaction, change)?;
            // After each change, not only at the end: a change may read what one before it has written.
            sealer.seal(&transaction)?;
        }
        let mut loss = lock(&self.loss);
        // Another process may have noted it in the meantime.
        if let Some(found) = loss.filter(|_| Loss::compare(self.witness.read(), self.id, counter).is_some()) {
            lost_changes::insert(&transaction, found)?;
            sealer.seal(&transaction)?;
        }
        transaction.commit()?;
        *loss = None;
        // The counter of this commit: the one in the file may belong to the next commit, which is still running.
        let counter = self.file.counter()?.min(counter.saturating_add(1));
        self.witness.write(Testimony { database: self.id, counter });
        Ok(())
    }
}

/// A thread that panicked while it held the lock has left no half-done transaction behind: dropping one rolls it back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Repository for SqliteRepository {
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        self.change_lock.take().map_err(|error| foreign_files::name_in(self.file.path(), error.into()))
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        self.write(changes).map_err(|error| foreign_files::name_in(self.file.path(), error.into()))
    }
}

impl RepositoryReader for SqliteRepository {
    fn change_number(&self) -> Result<u64, RepositoryError> {
        Ok(self.file.change_number()?)
    }

    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError> {
        let mut notices = self.read(lost_changes::list)?;
        notices.extend(lock(&self.loss).map(|loss| loss.notice(None)));
        notices.extend(lock(&self.damage).clone().map(|reason| DatabaseNotice::Damaged { reason }));
        Ok(notices)
    }

    fn check_whole(&self) -> Result<(), RepositoryError> {
        // On a connection of its own, so that reading does not wait for it.
        let checked = self.read_apart(check_whole);
        *lock(&self.damage) = match &checked {
            Err(RepositoryError::Damaged { reason }) => Some(reason.clone()),
            Ok(()) => None,
            // This error says nothing about the file.
            Err(_) => return checked,
        };
        checked
    }
}

#[cfg(test)]
mod tests;
