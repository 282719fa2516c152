//! The program that keeps the secrets: whether it is locked, what it asks the user, and which one it is.
//!
//! # Prompts
//!
//! A service that wants to ask the user something answers with the path of a prompt, and asks when the prompt is called.
//! An answer without a prompt asked nobody. So a call for which nobody may be asked does not call the prompt.
//!
//! KeePassXC is special (src/fdosecrets in its sources). It allows each process each item by itself, until
//! the connection ends, so that an open collection has locked items. And it answers each `CreateItem` and `Delete` with a
//! prompt, whether it will ask or not. Besides, a change that comes while it saves the one before is not saved, or makes
//! 2.7.4 crash (it writes the file in another thread, from the same objects), so changes leave it the time to save.

use std::{
    cell::{Cell, OnceCell},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use domain::ports::SecretStoreError;
use zbus::{
    MatchRule,
    blocking::{Connection, MessageIterator, connection, fdo::DBusProxy},
    message::Type,
    names::{BusName, OwnedUniqueName},
    zvariant::{DynamicDeserialize, DynamicType, OwnedObjectPath, OwnedValue},
};

use super::errors::{is_about_the_object, no_bus, of_zbus};
use crate::items::WhenLocked;

const SERVICE: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_INTERFACE: &str = "org.freedesktop.Secret.Collection";
const PROMPT_INTERFACE: &str = "org.freedesktop.Secret.Prompt";

/// What KeePassXC is called.
pub(super) const KEEPASSXC: &str = "KeePassXC";

/// A name that KeePassXC alone has on the bus, from the same connection as the Secret Service.
const KEEPASSXC_NAME: &str = "org.keepassxc.KeePassXC.MainWindow";

/// How long KeePassXC may need from a change until it is saved: it waits 150 ms for more of them, and deriving the key of a
/// database takes it a second by default.
const KEEPASSXC_SAVES: Duration = Duration::from_secs(3);

/// The collection that the user wants new items in, whatever it is at the time.
pub(super) const DEFAULT_COLLECTION: &str = "/org/freedesktop/secrets/aliases/default";

/// The most characters of a keyring's name that an error repeats: another program chose it.
const NAME_LIMIT: usize = 60;

/// The daemon at the other end of the session bus.
pub(super) struct Daemon {
    time_limit: Duration,
    /// The session bus. Each call over it has a time limit.
    pub(super) bus: Connection,
    /// Whether the service is KeePassXC. Another service would have another session, so this does not change.
    keepassxc: OnceCell<bool>,
    /// When KeePassXC was last told to change something.
    changed: Cell<Option<Instant>>,
    /// Whether the connection was closed, so that a later call needs a new one.
    pub(super) closed: Cell<bool>,
}

impl Daemon {
    /// Connects to the session bus; the Secret Service is not looked for yet.
    pub(super) fn connect(time_limit: Duration) -> Result<Self, SecretStoreError> {
        let bus = connection::Builder::session()
            .and_then(|builder| builder.method_timeout(time_limit).build())
            .map_err(|error| no_bus(&error))?;
        Ok(Self { time_limit, bus, keepassxc: OnceCell::new(), changed: Cell::new(None), closed: Cell::new(false) })
    }

    pub(super) fn unlock_default(&self, deadline: Instant, when_locked: WhenLocked) -> Result<(), SecretStoreError> {
        if !self.is_locked()? {
            return Ok(());
        }
        self.unlock_objects(&[self.default_collection()?], deadline, when_locked)?;
        // Asked rather than taken from the prompt's answer: whatever happened, this is what counts.
        if self.is_locked()? { Err(SecretStoreError::Locked) } else { Ok(()) }
    }

    fn is_locked(&self) -> Result<bool, SecretStoreError> {
        match self.is_locked_at(DEFAULT_COLLECTION) {
            // Services differ in their reply when nothing has the alias `default`, so it is looked up first.
            Err(zbus::Error::MethodError(name, _, _)) if is_about_the_object(name.as_str()) => {
                self.is_locked_at(self.default_collection()?.as_str()).map_err(|error| of_zbus(&error))
            }
            result => result.map_err(|error| of_zbus(&error)),
        }
    }

    fn is_locked_at(&self, collection: &str) -> Result<bool, zbus::Error> {
        Ok(bool::try_from(self.property(collection, "Locked")?)?)
    }

    fn property(&self, collection: &str, name: &str) -> Result<OwnedValue, zbus::Error> {
        let property = (COLLECTION_INTERFACE, name);
        self.call(collection, "org.freedesktop.DBus.Properties", "Get", &property)
    }

    fn default_collection(&self) -> Result<OwnedObjectPath, SecretStoreError> {
        let path: OwnedObjectPath =
            self.call(SERVICE_PATH, SERVICE_INTERFACE, "ReadAlias", &"default").map_err(|error| of_zbus(&error))?;
        // "/" stands for no object: the service runs, but there is nothing to keep secrets in.
        if is_none(&path) { Err(SecretStoreError::NoKeychain) } else { Ok(path) }
    }

    /// Has the service unlock collections or items, in one prompt if it has to ask. Whether they are unlocked then has to
    /// be looked at. No answer is [`SecretStoreError::Locked`]: that is what the user has to do something about.
    pub(super) fn unlock_objects(
        &self,
        objects: &[OwnedObjectPath],
        deadline: Instant,
        when_locked: WhenLocked,
    ) -> Result<(), SecretStoreError> {
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
            self.call(SERVICE_PATH, SERVICE_INTERFACE, "Unlock", &objects).map_err(|error| of_zbus(&error))?;
        if is_none(&prompt) {
            return Ok(());
        }
        self.answer(&prompt, deadline, when_locked).map(|_| ())
    }

    /// The user's answer to a prompt, or [`SecretStoreError::Locked`] when there is none before `deadline` or nobody may be
    /// asked.
    pub(super) fn answer(
        &self,
        prompt: &OwnedObjectPath,
        deadline: Instant,
        when_locked: WhenLocked,
    ) -> Result<Answer, SecretStoreError> {
        match when_locked {
            WhenLocked::GiveUp => self.dismiss_prompt(prompt),
            WhenLocked::Ask => match self.show(prompt, deadline).map_err(|error| of_zbus(&error))? {
                Some(answer) => return Ok(answer),
                // KeePassXC's dialog would stay, and an answer to it would be lost with the connection.
                None if self.is_keepassxc() => {}
                None => self.close(),
            },
        }
        Err(SecretStoreError::Locked)
    }

    /// Shows a prompt and waits for its end until shortly before `deadline`.
    fn show(&self, prompt: &OwnedObjectPath, deadline: Instant) -> Result<Option<Answer>, zbus::Error> {
        let before_the_caller_gives_up = self.time_limit.min(Duration::from_secs(10)) / 10;
        let patience = deadline.saturating_duration_since(Instant::now()).saturating_sub(before_the_caller_gives_up);
        let completed = MatchRule::builder()
            .msg_type(Type::Signal)
            .path(prompt)?
            .interface(PROMPT_INTERFACE)?
            .member("Completed")?;
        let mut completed = MessageIterator::for_match_rule(completed.build(), &self.bus, Some(1))?;
        // The iterator cannot wait with a limit, hence a thread.
        let (ended, end) = mpsc::channel();
        thread::spawn(move || {
            if let Some(Ok(signal)) = completed.next() {
                let dismissed = signal.body().deserialize::<(bool, OwnedValue)>().is_ok_and(|(dismissed, _)| dismissed);
                // The receiver may have stopped waiting.
                let _ = ended.send(if dismissed { Answer::Dismissed } else { Answer::Given });
            }
        });
        let no_window = "";
        self.call::<()>(prompt.as_str(), PROMPT_INTERFACE, "Prompt", &no_window)?;
        Ok(end.recv_timeout(patience).ok())
    }

    /// Has the service forget a prompt that was not shown.
    fn dismiss_prompt(&self, prompt: &OwnedObjectPath) {
        // Checked now: another service may have taken its place, and `Dismiss` could make it abort.
        if self.find_keepassxc() {
            // If this fails, the prompt goes away with KeePassXC.
            let _ = self.call::<()>(prompt.as_str(), PROMPT_INTERFACE, "Dismiss", &());
        } else {
            self.close();
        }
    }

    /// Ends the connection, which takes its prompts from the screen and ends the threads that wait for them. The method
    /// `Dismiss`, which is there for that, makes gnome-keyring 42.1 abort: perform_next_unlock, "assertion failed:
    /// (!self->current)".
    fn close(&self) {
        self.closed.set(true);
        let _ = self.bus.clone().close();
    }

    /// Whether the service is KeePassXC, asked once for each connection.
    pub(super) fn is_keepassxc(&self) -> bool {
        *self.keepassxc.get_or_init(|| self.find_keepassxc())
    }

    /// Whether the service is KeePassXC; `false` where that cannot be found out.
    fn find_keepassxc(&self) -> bool {
        let owner = |name: &'static str| -> Result<OwnedUniqueName, zbus::Error> {
            Ok(DBusProxy::new(&self.bus)?.get_name_owner(BusName::try_from(name)?)?)
        };
        matches!((owner(KEEPASSXC_NAME), owner(SERVICE)), (Ok(one), Ok(other)) if one == other)
    }

    /// Makes `change` once KeePassXC has had the time to save the one before; other services save before they answer.
    pub(super) fn change<T>(&self, change: impl FnOnce() -> T) -> T {
        if !self.is_keepassxc() {
            return change();
        }
        if let Some(changed) = self.changed.get() {
            thread::sleep(KEEPASSXC_SAVES.saturating_sub(changed.elapsed()));
        }
        let result = change();
        self.changed.set(Some(Instant::now()));
        result
    }

    /// What it means that the item at `path` is locked while the default collection is not.
    pub(super) fn item_is_locked(&self, path: &OwnedObjectPath, when_locked: WhenLocked) -> SecretStoreError {
        if self.is_keepassxc() {
            return match when_locked {
                WhenLocked::Ask => SecretStoreError::NotAllowed { by: KEEPASSXC.to_owned() },
                WhenLocked::GiveUp => SecretStoreError::Locked,
            };
        }
        let label = path.rsplit_once('/').and_then(|(collection, _)| {
            let label = String::try_from(self.property(collection, "Label").ok()?).ok()?;
            Some(label.chars().filter(|character| !character.is_control()).take(NAME_LIMIT).collect::<String>())
        });
        match label {
            Some(keyring) if !keyring.is_empty() => SecretStoreError::KeyringLocked { keyring },
            Some(_) | None => SecretStoreError::Locked,
        }
    }

    pub(super) fn call<R>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        arguments: &(impl serde::Serialize + DynamicType),
    ) -> Result<R, zbus::Error>
    where
        R: for<'de> DynamicDeserialize<'de>,
    {
        let reply = self.bus.call_method(Some(SERVICE), path, Some(interface), method, arguments)?;
        reply.body().deserialize()
    }
}

/// How a prompt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// As the service wanted it.
    Given,
    /// The user, or the service itself, refused.
    Dismissed,
}

/// Whether `path` stands for no object.
pub(super) fn is_none(path: &OwnedObjectPath) -> bool {
    path.as_str() == "/"
}
