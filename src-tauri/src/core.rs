//! The domain as the commands reach it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use certificates::RcgenIssuer;
use connector::HttpConnector;
use domain::{
    Drawbridge, Ports,
    area::Area,
    messages::{ChosenLanguage, Language},
    overview::TokenServiceSeen,
    ports::RepositoryError,
};
use keychain::KeychainSecretStore;
use storage::SqliteRepository;
use tracing::{error, warn};
use uuid::Uuid;
use views::{IntoView, TokenServiceStatusView, Trouble, UserError, View};

use crate::{
    background::Background,
    export_file::Unfinished,
    system::{SystemClock, SystemEntropy, create_private_folder},
    token_service::{Retry, TokenServiceRunner},
};

/// What the app is called in the keychain.
const APPLICATION: &str = "Drawbridge";

/// The database in the data folder.
const DATABASE: &str = "drawbridge.db";

/// Is called after every change, with the areas that changed if they are known.
type OnChange = dyn Fn(Option<&BTreeSet<Area>>) + Send + Sync;

/// Is called when the keychain lets a call of a person wait, with true, and when that call has ended, with false.
type OnWait = dyn Fn(bool) + Send + Sync;

/// The running domain over the data in one folder. If it could not start, the next command tries again.
pub struct Core {
    folder: PathBuf,
    running: Mutex<Option<Running>>,
    token_service: Arc<TokenServiceRunner>,
    language: ChosenLanguage,
    on_change: Arc<OnChange>,
    on_wait: Arc<OnWait>,
    /// Whether a look at the keychain for the start page is under way.
    looking: Arc<AtomicBool>,
}

/// The domain over one set of data, for two occasions.
#[derive(Clone)]
pub struct Opened {
    /// For what a person asks for: a locked keychain asks for its password.
    pub drawbridge: Arc<Drawbridge>,
    /// For what happens without a person's request: a locked keychain is left alone.
    pub unattended: Arc<Drawbridge>,
}

struct Running {
    opened: Opened,
    _background: Background,
}

impl Core {
    /// Starts the domain over the data in `folder`; if that fails, the first command tries again. `on_change` is called
    /// after every change of the data, by this process or another one, with the areas that changed if they are known; `on_wait`
    /// when the keychain lets a call wait (true), perhaps for its password, and when that call has ended (false).
    pub fn start(
        folder: PathBuf,
        language: ChosenLanguage,
        on_change: impl Fn(Option<&BTreeSet<Area>>) + Send + Sync + 'static,
        on_wait: impl Fn(bool) + Send + Sync + 'static,
    ) -> Self {
        let (running, token_service, looking) = Default::default();
        let (on_change, on_wait) = (Arc::new(on_change), Arc::new(on_wait));
        let core = Self { folder, running, token_service, language, on_change, on_wait, looking };
        // The reason of a failure is in the log, and is the answer to every command until a start succeeds.
        let _ = core.get();
        core
    }

    fn get(&self) -> Result<Opened, RepositoryError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            return Ok(running.opened.clone());
        }
        let on_wait = Arc::clone(&self.on_wait);
        let keychain = keychain().telling(move |waits| on_wait(waits));
        let opened = open(&self.folder, keychain, self.language.clone())
            .inspect_err(|cause| error!(%cause, "the data cannot be used"))?;
        let on_change = Arc::clone(&self.on_change);
        let (unattended, token_service) = (Arc::clone(&opened.unattended), Arc::clone(&self.token_service));
        let background = Background::start(unattended, token_service, move |areas| on_change(areas));
        Ok(running.insert(Running { opened, _background: background }).opened.clone())
    }

    /// Runs `operation` on a thread that may block, and translates its error for the screens.
    pub async fn run<T, E, F>(&self, operation: F) -> Result<T, UserError>
    where
        T: Send + 'static,
        E: Into<Trouble> + Send + 'static,
        F: FnOnce(&Drawbridge) -> Result<T, E> + Send + 'static,
    {
        self.run_opened(move |opened| operation(&opened.drawbridge)).await
    }

    /// The same for what the app does by itself.
    pub async fn run_unattended<T, E, F>(&self, operation: F) -> Result<T, UserError>
    where
        T: Send + 'static,
        E: Into<Trouble> + Send + 'static,
        F: FnOnce(&Drawbridge) -> Result<T, E> + Send + 'static,
    {
        self.run_opened(move |opened| operation(&opened.unattended)).await
    }

    async fn run_opened<T, E, F>(&self, operation: F) -> Result<T, UserError>
    where
        T: Send + 'static,
        E: Into<Trouble> + Send + 'static,
        F: FnOnce(&Opened) -> Result<T, E> + Send + 'static,
    {
        let opened = self.get().map_err(self.tell())?;
        tauri::async_runtime::spawn_blocking(move || operation(&opened))
            .await
            // The cause is not used: it holds the text of a panic, which may quote what was being worked on.
            .map_err(|_| self.tell()(Trouble::unexpected("a command did not come to its end")))?
            .map_err(self.tell())
    }

    /// The language chosen in the window.
    pub fn language(&self) -> Language {
        self.language.get()
    }

    /// A function that makes a view in the language chosen in the window.
    pub fn view<T, V: View<T>>(&self) -> impl FnOnce(T) -> V {
        let language = self.language();
        move |what| V::of(what, language)
    }

    /// The same for an error.
    pub fn tell<E: Into<Trouble>>(&self) -> impl FnOnce(E) -> UserError {
        self.view()
    }

    /// Reads an id that a screen sends back.
    pub fn parse_id<T>(&self, text: &str, id: impl FnOnce(Uuid) -> T) -> Result<T, UserError> {
        Uuid::parse_str(text).map(id).map_err(|_| Trouble::unknown_id().into_view(self.language()))
    }

    /// Looks at the keychain, without asking for a password, for the start page. No caller waits: it may take as long
    /// as a call of the keychain may, and only one look is under way at a time.
    pub fn look_at_keychain_soon(&self) {
        let Ok(opened) = self.get() else { return };
        let Some(look) = Look::begin(&self.looking) else { return };
        tauri::async_runtime::spawn_blocking(move || {
            let _look = look;
            if let Err(error) = opened.unattended.keychain().look() {
                warn!(%error, "whether the keychain is the one of this installation cannot be seen");
            }
        });
    }

    /// What the token service does at the moment.
    pub fn token_service_status(&self) -> TokenServiceStatusView {
        self.token_service.status(self.language())
    }

    /// What the start page says about the token service.
    pub fn token_service_seen(&self) -> TokenServiceSeen {
        self.token_service.seen()
    }

    /// Makes the token service be what the settings want, now.
    pub async fn sync_token_service(&self) -> Result<(), UserError> {
        let token_service = Arc::clone(&self.token_service);
        self.run_opened(move |opened| token_service.sync(&opened.drawbridge, Retry::Now)).await
    }

    /// From now on the window uses `language`.
    pub fn speak(&self, language: Language) {
        self.language.set(language);
    }

    /// Ends what runs in the background.
    pub fn stop(&self) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.token_service.stop();
    }
}

/// The one look at the keychain that is under way. Dropping it, after success or failure, lets the next one begin.
struct Look(Arc<AtomicBool>);

impl Look {
    /// `None` while another one is under way.
    fn begin(looking: &Arc<AtomicBool>) -> Option<Self> {
        (!looking.swap(true, Ordering::AcqRel)).then(|| Self(Arc::clone(looking)))
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// The keychain of this user. What is stored there bears the app's name.
pub fn keychain() -> KeychainSecretStore {
    KeychainSecretStore::open(APPLICATION, KeychainSecretStore::TIME_LIMIT)
}

/// Puts domain and adapters together over the data in `folder`.
pub fn open(folder: &Path, keychain: KeychainSecretStore, language: ChosenLanguage) -> Result<Opened, RepositoryError> {
    refuse_data_of_others(folder)?;
    create_private_folder(folder)
        .map_err(|error| RepositoryError::NotWritable { reason: format!("{}: {error}", folder.display()).into() })?;
    Unfinished::of_data(folder).clear();
    let repository = SqliteRepository::open(&folder.join(DATABASE))?;
    let unattended = Arc::new(keychain.unattended());
    let ports = Ports {
        repository: Arc::new(repository),
        secrets: Arc::new(keychain),
        issuer: Arc::new(RcgenIssuer),
        connector: Arc::new(HttpConnector::new()),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        language,
    };
    let drawbridge = Drawbridge::new(ports);
    Ok(Opened { unattended: Arc::new(drawbridge.through(unattended)), drawbridge: Arc::new(drawbridge) })
}

/// If root uses the data of another user, as with `sudo -E`, files stay behind that their owner cannot change.
#[cfg(unix)]
pub fn refuse_data_of_others(folder: &Path) -> Result<(), RepositoryError> {
    use std::os::unix::fs::MetadataExt;

    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    // If the folder does not exist, it would be created in its first parent that does.
    let found = folder.ancestors().find_map(|path| Some((path, path.metadata().ok()?.uid())));
    match found {
        Some((path, owner)) if owner != 0 => {
            Err(RepositoryError::OfAnotherUser { path: path.display().to_string(), owner })
        }
        Some(_) | None => Ok(()),
    }
}

#[cfg(not(unix))]
pub fn refuse_data_of_others(_folder: &Path) -> Result<(), RepositoryError> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use domain::refusal::Failure;

    use super::*;

    fn run<T: Send + 'static>(
        core: &Core,
        operation: impl FnOnce(&Drawbridge) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, UserError> {
        tauri::async_runtime::block_on(core.run(operation))
    }

    #[test]
    fn two_processes_work_on_the_same_data_and_each_sees_what_the_other_did() {
        let folder = tempfile::tempdir().unwrap();
        let (told, hears) = std::sync::mpsc::channel();
        let first = Core::start(
            folder.path().to_owned(),
            ChosenLanguage::default(),
            move |areas| {
                let _ = told.send(areas.cloned());
            },
            |_| {},
        );
        let second = Core::start(folder.path().to_owned(), ChosenLanguage::default(), |_| {}, |_| {});
        run(&first, |drawbridge| drawbridge.people().get_session()).unwrap();
        std::thread::sleep(std::time::Duration::from_secs(2));
        run(&second, |drawbridge| {
            drawbridge.people().create_first(
                "Alice Example",
                "alice@example.com",
                [domain::person::Role::HubAdministrator].into(),
            )
        })
        .unwrap();
        let session = run(&first, |drawbridge| drawbridge.people().get_session()).unwrap();
        assert!(session.person.is_some(), "the first one reads what the second one wrote");
        let patience = std::time::Duration::from_secs(5);
        // The second process made the change, so the first does not know its areas: it may be anything.
        while hears.recv_timeout(patience).expect("the window is told, so that it shows it").is_some() {}
    }

    #[test]
    fn the_data_folder_is_nobody_elses_business() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let core = Core::start(data.clone(), ChosenLanguage::default(), |_| {}, |_| {});
        run(&core, |drawbridge| drawbridge.people().get_session()).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    }

    /// Promise F9: a folder of mode 0777 was left as it is.
    #[test]
    fn a_data_folder_that_is_open_to_everybody_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        for mode in [0o777, 0o755, 0o1777] {
            let _ = fs::create_dir(&data);
            fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
            drop(open(&data, keychain(), ChosenLanguage::default()).unwrap());
            assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o7777, 0o700, "{mode:o}");
        }
    }

    /// Promise E3. Only root can create a folder of another user.
    #[test]
    fn root_leaves_nothing_in_the_data_of_somebody_else() {
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let home = tempfile::tempdir().unwrap();
        std::os::unix::fs::chown(home.path(), Some(65534), Some(65534)).unwrap();
        for folder in [home.path().to_owned(), home.path().join("share/io.drawbridge.desktop")] {
            let error = open(&folder, keychain(), ChosenLanguage::default()).err().expect("it is refused");
            let RepositoryError::OfAnotherUser { path, owner: 65534 } = &error else { panic!("{error:?}") };
            assert_eq!(*path, home.path().display().to_string());
            assert!(UserError::of(error, Language::English).hint.contains("sudo"), "the way out is named");
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing was left");
    }

    #[test]
    fn a_look_at_the_keychain_that_panics_keeps_no_other_from_it() {
        let looking = Arc::new(AtomicBool::new(false));
        let look = Look::begin(&looking).expect("nobody looks");
        assert!(Look::begin(&looking).is_none(), "one at a time");
        let panicked = std::thread::spawn(move || {
            let _look = look;
            panic!("the keychain's library stumbles");
        });
        panicked.join().unwrap_err();
        assert!(Look::begin(&looking).is_some(), "the start page would tell for ever what was seen before");
    }

    #[test]
    fn what_is_told_next_is_told_in_the_language_chosen_last() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let core = Core::start(folder.path().to_owned(), ChosenLanguage::default(), |_| {}, |_| {});
        let beside = Core::start(other.path().to_owned(), ChosenLanguage::default(), |_| {}, |_| {});
        let told = |core: &Core| core.parse_id("no id", domain::id::PortalId).unwrap_err().message;
        let english = told(&core);
        core.speak(Language::German);
        assert_ne!(told(&core), english, "the same refusal in German");
        assert_eq!(told(&beside), english, "nobody else's language has changed");
        core.speak(Language::English);
        assert_eq!(told(&core), english);
    }

    #[test]
    fn what_a_panic_says_stays_out_of_the_reply() {
        let folder = tempfile::tempdir().unwrap();
        let core = Core::start(folder.path().to_owned(), ChosenLanguage::default(), |_| {}, |_| {});
        let error = run(&core, |_| -> Result<(), Failure> { panic!("planted-secret") }).unwrap_err();
        assert!(!format!("{error:?}").contains("planted-secret"), "{error:?}");
        run(&core, |drawbridge| drawbridge.people().get_session()).expect("one stumble does not end the app");
    }
}
