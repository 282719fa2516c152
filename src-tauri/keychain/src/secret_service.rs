//! The Secret Service, <https://specifications.freedesktop.org/secret-service-spec/latest/>.
//!
//! The items are those that `zbus-secret-service-keyring-store` would create (same attributes), but they do not go
//! through it, because that store
//! - waits for an unlock prompt without a limit, which can be for ever;
//! - answers "no entry" for an item that a locked keychain hides (KeePassXC does), and locked is not empty;
//! - makes four calls to store a secret where one does, and keeps the old label when it replaces one.
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
    collections::HashMap,
    io,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use domain::{id::SecretId, messages::message, ports::SecretStoreError};
use secret_service::{
    EncryptionType,
    blocking::{Item, SecretService},
};
use zbus::{
    DBusError, MatchRule,
    blocking::{Connection, MessageIterator, connection, fdo::DBusProxy},
    fdo,
    message::Type,
    names::{BusName, OwnedUniqueName},
    zvariant::{DynamicDeserialize, DynamicType, ObjectPath, OwnedObjectPath, OwnedValue},
};
use zeroize::Zeroizing;

use crate::items::{Items, NewItem, WhenLocked, broken};

const SERVICE: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_INTERFACE: &str = "org.freedesktop.Secret.Collection";
const ITEM_INTERFACE: &str = "org.freedesktop.Secret.Item";
const PROMPT_INTERFACE: &str = "org.freedesktop.Secret.Prompt";

/// What KeePassXC is called.
const KEEPASSXC: &str = "KeePassXC";

/// A name that KeePassXC alone has on the bus, from the same connection as the Secret Service.
const KEEPASSXC_NAME: &str = "org.keepassxc.KeePassXC.MainWindow";

/// How long KeePassXC may need from a change until it is saved: it waits 150 ms for more of them, and deriving the key of a
/// database takes it a second by default.
const KEEPASSXC_SAVES: Duration = Duration::from_secs(3);

/// The collection that the user wants new items in, whatever it is at the time.
const DEFAULT_COLLECTION: &str = "/org/freedesktop/secrets/aliases/default";

/// The most characters of a keyring's name that an error repeats: another program chose it.
const NAME_LIMIT: usize = 60;

/// The Secret Service, for the items of one application.
pub(crate) struct Keychain {
    application: String,
    time_limit: Duration,
    /// The session bus. Each call over it has a time limit.
    bus: Connection,
    /// For the secrets; opened when first needed, since that takes a key exchange.
    service: OnceCell<SecretService<'static>>,
    /// Whether the service is KeePassXC. Another service would have another session, so this does not change.
    keepassxc: OnceCell<bool>,
    /// When KeePassXC was last told to change something.
    changed: Cell<Option<Instant>>,
    /// Whether the connection was closed.
    closed: Cell<bool>,
}

/// Connects to the session bus; the Secret Service is not looked for yet.
pub(crate) fn open(application: &str, time_limit: Duration) -> Result<Keychain, SecretStoreError> {
    let bus = connection::Builder::session()
        .and_then(|builder| builder.method_timeout(time_limit).build())
        .map_err(|error| no_bus(&error))?;
    Ok(Keychain {
        application: application.to_owned(),
        time_limit,
        bus,
        service: OnceCell::new(),
        keepassxc: OnceCell::new(),
        changed: Cell::new(None),
        closed: Cell::new(false),
    })
}

impl Keychain {
    /// Whether the default collection could be used now. It asks nobody, but unlocks what has no password.
    pub(crate) fn probe(&self) -> Result<(), SecretStoreError> {
        self.unlock_default(Instant::now(), WhenLocked::GiveUp)
    }

    /// Makes the items usable; when the default collection is locked, the user is asked for the password, or not.
    ///
    /// Looking at the collection first, and not at the items, is what tells "locked" from "missing".
    pub(crate) fn unlock(&self, deadline: Instant, when_locked: WhenLocked) -> Result<Unlocked<'_>, SecretStoreError> {
        self.unlock_default(deadline, when_locked)?;
        if self.service.get().is_none() {
            let service = SecretService::connect_with_existing(EncryptionType::Dh, self.bus.clone());
            // Nobody else fills the cell meanwhile: it cannot be shared between threads.
            let _ = self.service.set(service.map_err(|error| classify(&error))?);
        }
        let service = self.service.get().ok_or_else(|| broken(message!("keychain-not-unlocked")))?;
        Ok(Unlocked { keychain: self, service, deadline, when_locked })
    }

    /// Whether the connection was closed, so that a later call needs a new one.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.get()
    }

    fn unlock_default(&self, deadline: Instant, when_locked: WhenLocked) -> Result<(), SecretStoreError> {
        if !self.is_locked()? {
            return Ok(());
        }
        self.unlock_objects(&[self.default_collection()?], deadline, when_locked)?;
        // Asked rather than taken from the prompt's answer: whatever happened, this is what counts.
        if self.is_locked()? { Err(SecretStoreError::Locked) } else { Ok(()) }
    }

    fn is_locked(&self) -> Result<bool, SecretStoreError> {
        match self.is_locked_at(DEFAULT_COLLECTION) {
            // Services differ in what they reply when nothing has the alias `default`, so they are asked.
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
    fn unlock_objects(
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
    fn answer(
        &self,
        prompt: &OwnedObjectPath,
        deadline: Instant,
        when_locked: WhenLocked,
    ) -> Result<Answer, SecretStoreError> {
        match when_locked {
            WhenLocked::GiveUp => self.leave_prompt(prompt),
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
        // The iterator cannot wait for a limited time, hence a thread.
        let (ended, end) = mpsc::channel();
        thread::spawn(move || {
            if let Some(Ok(signal)) = completed.next() {
                let dismissed = signal.body().deserialize::<(bool, OwnedValue)>().is_ok_and(|(dismissed, _)| dismissed);
                // The one who waits may have given up.
                let _ = ended.send(if dismissed { Answer::Dismissed } else { Answer::Given });
            }
        });
        let no_window = "";
        self.call::<()>(prompt.as_str(), PROMPT_INTERFACE, "Prompt", &no_window)?;
        Ok(end.recv_timeout(patience).ok())
    }

    /// Has the service forget a prompt that was not shown.
    fn leave_prompt(&self, prompt: &OwnedObjectPath) {
        // Looked at now: to another service, which may have taken its place, it must not be said.
        if self.find_keepassxc() {
            // It is gone all the same when KeePassXC is.
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
    fn is_keepassxc(&self) -> bool {
        *self.keepassxc.get_or_init(|| self.find_keepassxc())
    }

    /// Whether the service is KeePassXC; one that cannot be told is none.
    fn find_keepassxc(&self) -> bool {
        let owner = |name: &'static str| -> Result<OwnedUniqueName, zbus::Error> {
            Ok(DBusProxy::new(&self.bus)?.get_name_owner(BusName::try_from(name)?)?)
        };
        matches!((owner(KEEPASSXC_NAME), owner(SERVICE)), (Ok(one), Ok(other)) if one == other)
    }

    /// Makes `change` when KeePassXC has had the time to save the one before; other services save before they answer.
    fn change<T>(&self, change: impl FnOnce() -> T) -> T {
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
    fn item_is_locked(&self, path: &OwnedObjectPath, when_locked: WhenLocked) -> SecretStoreError {
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

    fn call<R>(
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
enum Answer {
    /// As the service wanted it.
    Given,
    /// The user, or the service itself, refused.
    Dismissed,
}

/// Whether `path` stands for no object.
fn is_none(path: &OwnedObjectPath) -> bool {
    path.as_str() == "/"
}

/// The items of the application, with the default collection unlocked.
pub(crate) struct Unlocked<'a> {
    keychain: &'a Keychain,
    service: &'a SecretService<'static>,
    /// Until when a prompt may be shown.
    deadline: Instant,
    /// What happens to items that are locked all the same.
    when_locked: WhenLocked,
}

impl<'a> Unlocked<'a> {
    /// The items with that attribute, unlocked.
    fn search(&self, attribute: &str, value: &str) -> Result<Vec<Item<'a>>, SecretStoreError> {
        let (unlocked, locked) = self.search_both(attribute, value)?;
        if locked.is_empty() {
            return Ok(unlocked);
        }
        // The parts of a secret go with its head, so that the user is asked once for all of them.
        let secret = value.split('.').next().unwrap_or(value);
        let mut paths: Vec<OwnedObjectPath> = locked.into_iter().map(|item| item.item_path).collect();
        for attribute in [USERNAME, PART_OF] {
            paths.extend(self.search_both(attribute, secret)?.1.into_iter().map(|item| item.item_path));
        }
        paths.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        paths.dedup();
        // Looked up before the connection may have to be closed.
        let refusal = self.keychain.item_is_locked(&paths[0], self.when_locked);
        match self.keychain.unlock_objects(&paths, self.deadline, self.when_locked) {
            Err(SecretStoreError::Locked) => return Err(refusal),
            result => result?,
        }
        let (unlocked, locked) = self.search_both(attribute, value)?;
        if locked.is_empty() { Ok(unlocked) } else { Err(refusal) }
    }

    /// The items with that attribute of which everything but the secret can be used.
    fn search_for_all_but_secrets(&self, attribute: &str, value: &str) -> Result<Vec<Item<'a>>, SecretStoreError> {
        if !self.keychain.is_keepassxc() {
            return self.search(attribute, value);
        }
        // It locks the secrets of an open collection, and no more.
        let (mut items, locked) = self.search_both(attribute, value)?;
        items.extend(locked);
        Ok(items)
    }

    /// The unlocked and the locked items with that attribute.
    fn search_both(&self, attribute: &str, value: &str) -> Result<(Vec<Item<'a>>, Vec<Item<'a>>), SecretStoreError> {
        let attributes = HashMap::from([("service", self.keychain.application.as_str()), (attribute, value)]);
        let found = self.service.search_items(attributes).map_err(|error| classify(&error))?;
        Ok((found.unlocked, found.locked))
    }
}

/// The one item among `items`, if there is any.
fn only(mut items: Vec<Item<'_>>) -> Result<Option<Item<'_>>, SecretStoreError> {
    match items.len() {
        0 | 1 => Ok(items.pop()),
        several => Err(broken(message!("keychain-several-items", count = several))),
    }
}

/// The attribute with an item's name, called as `keyring-core` calls it.
const USERNAME: &str = "username";

/// The attribute by which the parts of a secret are found.
const PART_OF: &str = "part-of";

impl Items for Unlocked<'_> {
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let Some(item) = only(self.search(USERNAME, name)?)? else { return Ok(None) };
        item.get_secret().map(Zeroizing::new).map(Some).map_err(|error| classify(&error))
    }

    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError> {
        if self.keychain.is_keepassxc() {
            // The prompt that it creates an item by asks about an item that is there already, and about nothing else.
            only(self.search(USERNAME, item.name)?)?;
        }
        let mut attributes = HashMap::from([("service", self.keychain.application.as_str()), (USERNAME, item.name)]);
        let secret = item.part_of.map(|secret| secret.to_string());
        if let Some(secret) = &secret {
            attributes.insert(PART_OF, secret);
        }
        // Programs that show secrets show those that are said to be text.
        let content_type = match std::str::from_utf8(item.bytes) {
            Ok(_) => "text/plain; charset=utf8",
            Err(_) => "application/octet-stream",
        };
        let replace = true;
        let default = self
            .service
            .get_collection_by_path(ObjectPath::from_static_str_unchecked(DEFAULT_COLLECTION).into())
            .map_err(|error| classify(&error))?;
        let label = label(item.label);
        let create = || default.create_item(&label, attributes, item.bytes, replace, content_type);
        let created = self.keychain.change(create).map_err(|error| not_created(&error))?;
        let kept = created.get_secret().map(Zeroizing::new).map_err(|error| {
            // It is stored, so the failure must not read as one that has written nothing.
            broken(message!("keychain-not-read-back", reason = classify(&error).message()))
        })?;
        if *kept == item.bytes { Ok(()) } else { Err(broken(message!("keychain-not-kept"))) }
    }

    fn delete(&self, name: &str) -> Result<(), SecretStoreError> {
        let Some(item) = only(self.search_for_all_but_secrets(USERNAME, name)?)? else { return Ok(()) };
        let prompt: OwnedObjectPath = self
            .keychain
            .call(&item.item_path, ITEM_INTERFACE, "Delete", &())
            .map_err(|error| not_written(of_zbus(&error)))?;
        if is_none(&prompt) {
            return Ok(());
        }
        let answer = || self.keychain.answer(&prompt, self.deadline, self.when_locked);
        let answer = match self.when_locked {
            WhenLocked::Ask => self.keychain.change(answer),
            WhenLocked::GiveUp => answer(),
        };
        match answer? {
            Answer::Given => Ok(()),
            Answer::Dismissed if self.keychain.is_keepassxc() => {
                Err(SecretStoreError::NotAllowed { by: KEEPASSXC.to_owned() })
            }
            Answer::Dismissed => Err(SecretStoreError::Denied),
        }
    }

    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search_for_all_but_secrets(PART_OF, &secret.to_string())? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        // Last part first. The order is for the eye only: they are found by search, gaps or not.
        names.sort_by(|one, other| other.cmp(one));
        Ok(names)
    }

    fn list_names(&self) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search_for_all_but_secrets("service", &self.keychain.application)? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        Ok(names)
    }
}

/// `label` as every service takes it: KeePassXC refuses a title with a reference to another entry, which is in braces.
fn label(label: &str) -> String {
    label
        .chars()
        .map(|character| match character {
            '{' => '(',
            '}' => ')',
            control if control.is_control() => ' ',
            other => other,
        })
        .collect()
}

/// What an error of the Secret Service means. Only its kind is looked at, since its text is not ours to vouch for.
fn classify(error: &secret_service::Error) -> SecretStoreError {
    use secret_service::Error;
    match error {
        Error::Zbus(error) => of_zbus(error),
        Error::ZbusFdo(error) => of_fdo(error),
        Error::Locked | Error::Prompt => SecretStoreError::Locked,
        Error::NoResult | Error::Unavailable => SecretStoreError::NoKeychain,
        Error::PromptDisconnected => broken(message!("keychain-prompt-closed")),
        Error::Crypto(_) => broken(message!("keychain-not-decrypted")),
        Error::Zvariant(_) => broken(message!("keychain-other-type")),
        _ => broken(message!("keychain-unknown-error")),
    }
}

/// What it means that an item was not created.
fn not_created(error: &secret_service::Error) -> SecretStoreError {
    // Nothing was asked: the collection is unlocked, and so is an item to be replaced.
    if matches!(error, secret_service::Error::Prompt) {
        broken(message!("keychain-refused-item"))
    } else {
        not_written(classify(error))
    }
}

/// The reason of a change that the service did not make. gnome-keyring says "Failed" when it cannot write its file.
fn not_written(failure: SecretStoreError) -> SecretStoreError {
    let without_reason = of_name(FAILED);
    if failure == without_reason { broken(message!("keychain-not-written")) } else { failure }
}

/// The error reply that gives no reason.
const FAILED: &str = "org.freedesktop.DBus.Error.Failed";

/// What it means when there is no connection to the session bus.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all other kinds mean the same")]
fn no_bus(error: &zbus::Error) -> SecretStoreError {
    match error {
        zbus::Error::InputOutput(cause) | zbus::Error::Connection(cause, _)
            if cause.kind() == io::ErrorKind::PermissionDenied =>
        {
            SecretStoreError::Denied
        }
        _ => SecretStoreError::NoKeychain,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all other kinds mean the same")]
fn of_zbus(error: &zbus::Error) -> SecretStoreError {
    match error {
        zbus::Error::MethodError(name, _, _) => of_name(name.as_str()),
        zbus::Error::FDO(error) => of_fdo(error),
        zbus::Error::Variant(_) => broken(message!("keychain-other-type")),
        zbus::Error::InputOutput(cause) if cause.kind() == io::ErrorKind::TimedOut => {
            broken(message!("keychain-no-answer-in-time"))
        }
        zbus::Error::InputOutput(cause) => {
            broken(message!("keychain-connection-failed-because", reason = cause.kind().to_string()))
        }
        _ => broken(message!("keychain-connection-failed")),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all others have a name")]
fn of_fdo(error: &fdo::Error) -> SecretStoreError {
    match error {
        fdo::Error::ZBus(error) => of_zbus(error),
        _ => of_name(error.name().as_str()),
    }
}

/// What the name of a D-Bus error reply means.
fn of_name(name: &str) -> SecretStoreError {
    match name {
        "org.freedesktop.Secret.Error.IsLocked" => SecretStoreError::Locked,
        "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.DBus.Error.AuthFailed" => SecretStoreError::Denied,
        "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
            SecretStoreError::NoKeychain
        }
        // The bus knows a service of that name and could not start it.
        _ if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => SecretStoreError::NoKeychain,
        _ => broken(message!("keychain-replied-error", name = name)),
    }
}

/// Whether an error reply says that the object asked for is not there or not of that kind.
fn is_about_the_object(name: &str) -> bool {
    name.starts_with("org.freedesktop.DBus.Error.Unknown")
        || name == "org.freedesktop.Secret.Error.NoSuchObject"
        || name == "org.freedesktop.DBus.Error.InvalidArgs"
        || name == FAILED
}
