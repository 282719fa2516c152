//! The domain as the commands reach it.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use certificates::RcgenIssuer;
use domain::{Drawbridge, Endpoints, RepositoryError};
use keychain::KeychainSecretStore;
use storage::SqliteRepository;
use tracing::{error, info, warn};

use crate::{
    system::{SystemClock, SystemEntropy, create_private_folder},
    wire::UserError,
};

/// What the app is called in the keychain.
const APPLICATION: &str = "Drawbridge";

/// The database in the data folder.
const DATABASE: &str = "drawbridge.db";

/// The file whose lock says that the data folder is in use.
const LOCK: &str = "drawbridge.lock";

/// The running domain over the data in one folder. A start that failed is tried again at the next command.
pub struct Core {
    folder: PathBuf,
    running: Mutex<Option<Running>>,
}

struct Running {
    drawbridge: Arc<Drawbridge>,
    /// Held as long as the program runs; the operating system releases it even when the program is killed.
    _lock: File,
}

impl Core {
    /// Starts the domain over the data in `folder`, or leaves that to the first command.
    pub fn start(folder: PathBuf) -> Self {
        let core = Self { folder, running: Mutex::new(None) };
        // Why it failed is in the log, and is the answer to every command until it succeeds.
        let _ = core.get();
        core
    }

    fn get(&self) -> Result<Arc<Drawbridge>, UserError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            return Ok(Arc::clone(&running.drawbridge));
        }
        let started = Running::start(&self.folder).inspect_err(|cause| error!(%cause, "the data cannot be used"))?;
        Ok(Arc::clone(&running.insert(started).drawbridge))
    }

    /// Runs `operation` where it may block, and translates its error for the screens.
    pub async fn run<T, E, F>(&self, operation: F) -> Result<T, UserError>
    where
        T: Send + 'static,
        E: Into<UserError> + Send + 'static,
        F: FnOnce(&Drawbridge) -> Result<T, E> + Send + 'static,
    {
        let drawbridge = self.get()?;
        tauri::async_runtime::spawn_blocking(move || operation(&drawbridge))
            .await
            // The cause is not looked at: it holds the text of a panic, which may quote what was being worked on.
            .map_err(|_| UserError::unexpected("a command did not come to its end"))?
            .map_err(Into::into)
    }
}

impl Running {
    /// Puts domain and adapters together, and repairs what an interruption left over.
    fn start(folder: &Path) -> Result<Self, RepositoryError> {
        let lock = lock(folder)?;
        let repository = SqliteRepository::open(&folder.join(DATABASE))?;
        let drawbridge = Arc::new(Drawbridge::new(
            Arc::new(repository),
            Arc::new(KeychainSecretStore::open(APPLICATION, KeychainSecretStore::TIME_LIMIT)),
            Arc::new(RcgenIssuer),
            Arc::new(SystemClock),
            Arc::new(SystemEntropy),
            Endpoints::loopback(),
        ));
        // On a thread of its own: the window does not wait for the keychain. Changes wait, by the domain's own lock.
        let repair = Arc::clone(&drawbridge);
        std::thread::spawn(move || match repair.reconcile() {
            Ok(reconciled) => info!(?reconciled, "reconciled"),
            Err(error) => warn!(%error, "what an interruption left over waits for the keychain"),
        });
        Ok(Self { drawbridge, _lock: lock })
    }
}

/// Makes sure that no other process works on the data: it would take a secret that is just being stored for one that an
/// interruption left over. The app itself starts once only, but a second session of the same user could.
fn lock(folder: &Path) -> Result<File, RepositoryError> {
    let not_writable =
        |error: std::io::Error| RepositoryError::NotWritable { reason: format!("{}: {error}", folder.display()) };
    create_private_folder(folder).map_err(not_writable)?;
    let file = File::create(folder.join(LOCK)).map_err(not_writable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(RepositoryError::Busy),
        // A file system without locks is no reason not to work on it.
        Err(TryLockError::Error(error)) => {
            warn!(%error, "the data folder cannot be locked");
            Ok(file)
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use domain::Failure;

    use super::*;

    fn run<T: Send + 'static>(
        core: &Core,
        operation: impl FnOnce(&Drawbridge) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, UserError> {
        tauri::async_runtime::block_on(core.run(operation))
    }

    #[test]
    fn a_second_process_on_the_same_data_is_told_so_and_works_once_the_first_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let first = Core::start(folder.path().to_owned());
        let second = Core::start(folder.path().to_owned());
        let refused = run(&second, Drawbridge::get_session).unwrap_err();
        assert_eq!(refused.message, "The database is in use by another program.");
        drop(first);
        run(&second, Drawbridge::get_session).expect("\"try again\" has to be true");
    }

    #[test]
    fn the_data_folder_is_nobody_elses_business() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let core = Core::start(data.clone());
        run(&core, Drawbridge::get_session).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn what_a_panic_says_stays_out_of_the_reply() {
        let folder = tempfile::tempdir().unwrap();
        let core = Core::start(folder.path().to_owned());
        let error = run(&core, |_| -> Result<(), Failure> { panic!("planted-secret") }).unwrap_err();
        assert!(!format!("{error:?}").contains("planted-secret"), "{error:?}");
        run(&core, Drawbridge::get_session).expect("one stumble does not end the app");
    }
}
