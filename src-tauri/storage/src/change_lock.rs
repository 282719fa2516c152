//! One change at a time: among the threads of this process and among all processes on the same database.
//!
//! SQLite keeps two commits apart, but a change of the domain is more than one commit, and the keychain is used in
//! between. So a change holds the lock of a file beside the database. The operating system frees it when the file is
//! closed, also when the process is killed. The file is empty and stays: if it were deleted, two processes could lock
//! two files of the same name.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, Once, PoisonError},
    time::{Duration, Instant},
};

use domain::ports::{ChangeGuard, RepositoryError};

use crate::error::Error;

/// The lock of one database.
#[derive(Debug)]
pub(crate) struct ChangeLock {
    path: PathBuf,
    patience: Duration,
    turn: Arc<Turn>,
}

/// Held as long as a change takes. The file's lock is released first, so that the next thread finds it free.
#[derive(Debug)]
struct HeldLock {
    _file: File,
    _turn: HeldTurn,
}

impl ChangeGuard for HeldLock {}

impl ChangeLock {
    /// How long a change waits for those of others.
    pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

    /// How often it tries to lock the file meanwhile. (Waiting in the operating system would have no time limit.)
    const INTERVAL: Duration = Duration::from_millis(10);

    /// The lock of the database at `path`; nothing is created yet.
    pub(crate) fn beside(path: &Path, patience: Duration) -> Self {
        Self { path: path_beside(path), patience, turn: Arc::default() }
    }

    /// Waits for the lock and takes it.
    pub(crate) fn take(&self) -> Result<Box<dyn ChangeGuard>, Error> {
        let deadline = Instant::now() + self.patience;
        let turn = Turn::take(&self.turn, deadline)?;
        // Opened again each time: the lock belongs to the open file, not to the process.
        let file = open(&self.path).map_err(|error| Error::io(&self.path, &error))?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(Self::INTERVAL),
                Err(TryLockError::WouldBlock) => return Err(RepositoryError::Busy.into()),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(TryLockError::Error(error)) => {
                    // A file system without locks is no reason not to work on it.
                    static WARNED: Once = Once::new();
                    WARNED.call_once(|| {
                        tracing::warn!(%error, "files cannot be locked here; two programs on these data could disturb each other");
                    });
                    break;
                }
            }
        }
        Ok(Box::new(HeldLock { _file: file, _turn: turn }))
    }
}

/// Where the lock of the database at `path` lies.
pub(crate) fn path_beside(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Lets one thread through at a time, whether or not files can be locked.
#[derive(Debug, Default)]
struct Turn {
    taken: Mutex<bool>,
    given_back: Condvar,
}

impl Turn {
    fn take(this: &Arc<Self>, deadline: Instant) -> Result<HeldTurn, RepositoryError> {
        let mut taken = this.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken {
            let left = deadline.checked_duration_since(Instant::now()).ok_or(RepositoryError::Busy)?;
            (taken, _) = this.given_back.wait_timeout(taken, left).unwrap_or_else(PoisonError::into_inner);
        }
        *taken = true;
        Ok(HeldTurn(Arc::clone(this)))
    }
}

#[derive(Debug)]
struct HeldTurn(Arc<Turn>);

impl Drop for HeldTurn {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.0.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_busy(result: Result<Box<dyn ChangeGuard>, Error>) -> bool {
        matches!(result, Err(Error::Known(RepositoryError::Busy)))
    }

    #[test]
    fn who_waits_too_long_is_told_that_the_database_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.db");
        let lock = ChangeLock::beside(&path, Duration::from_millis(30));
        let of_another_process = ChangeLock::beside(&path, Duration::from_millis(30));

        let held = lock.take().unwrap();
        assert!(is_busy(lock.take()), "another thread of the same process");
        let began = Instant::now();
        assert!(is_busy(of_another_process.take()));
        assert!(began.elapsed() >= Duration::from_millis(30), "it waits before it gives up");

        drop(held);
        drop(of_another_process.take().unwrap());
        drop(lock.take().unwrap());
    }

    #[test]
    fn threads_exclude_each_other_also_where_files_cannot_be_locked() {
        let turn = Arc::<Turn>::default();
        let soon = || Instant::now() + Duration::from_millis(20);
        let held = Turn::take(&turn, soon()).unwrap();
        assert!(matches!(Turn::take(&turn, soon()), Err(RepositoryError::Busy)));
        drop(held);
        assert!(Turn::take(&turn, soon()).is_ok());
    }

    #[test]
    fn a_waiting_thread_comes_in_as_soon_as_the_other_one_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let lock = ChangeLock::beside(&folder.path().join("drawbridge.db"), Duration::from_secs(10));
        let held = lock.take().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| lock.take().map(drop).is_ok());
            std::thread::sleep(Duration::from_millis(20));
            assert!(!waiting.is_finished(), "the change is not over");
            drop(held);
            assert!(waiting.join().unwrap());
        });
    }

    #[test]
    fn the_lock_lies_beside_the_database_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let lock = ChangeLock::beside(&folder.path().join("drawbridge.db"), ChangeLock::PATIENCE);
        drop(lock.take().unwrap());
        assert!(folder.path().join("drawbridge.lock").exists(), "it stays, so that all processes lock the same file");
    }

    #[test]
    fn a_folder_that_is_gone_is_reported_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let lock = ChangeLock::beside(&folder.path().join("gone/drawbridge.db"), ChangeLock::PATIENCE);
        let Err(error) = lock.take() else { panic!("there is nothing to lock") };
        assert!(error.to_string().contains("drawbridge.lock"), "{error}");
        assert!(matches!(error, Error::Known(RepositoryError::NotWritable { .. })));
    }
}
