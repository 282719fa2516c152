//! The Secret Service, <https://specifications.freedesktop.org/secret-service-spec/latest/>.
//!
//! The items are those that `zbus-secret-service-keyring-store` would create (same attributes), but they do not go
//! through it, because that store
//! - waits for an unlock prompt without a limit, which can be for ever;
//! - answers "no entry" for an item that a locked keychain hides (KeePassXC does), and locked is not empty;
//! - makes four calls to store a secret where one does, and keeps the old label when it replaces one.

use std::{
    cell::OnceCell,
    collections::HashMap,
    io,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use domain::{SecretStoreError, id::SecretId, messages::message};
use secret_service::{
    EncryptionType,
    blocking::{Item, SecretService},
};
use zbus::{
    DBusError, MatchRule,
    blocking::{Connection, MessageIterator, connection},
    fdo,
    message::Type,
    zvariant::{DynamicDeserialize, DynamicType, ObjectPath, OwnedObjectPath, OwnedValue},
};
use zeroize::Zeroizing;

use crate::items::{Items, NewItem, WhenLocked, broken};

const SERVICE: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_INTERFACE: &str = "org.freedesktop.Secret.Collection";
const PROMPT_INTERFACE: &str = "org.freedesktop.Secret.Prompt";

/// The collection that the user wants new items in, whatever it is at the time.
const DEFAULT_COLLECTION: &str = "/org/freedesktop/secrets/aliases/default";

/// The items of one application in the Secret Service.
pub(crate) struct Keychain {
    application: String,
    time_limit: Duration,
    /// The session bus. Each call over it has a time limit.
    bus: Connection,
    /// For the secrets; opened when first needed, since that takes a key exchange.
    service: OnceCell<SecretService<'static>>,
}

/// Connects to the session bus; the Secret Service is not looked for yet.
pub(crate) fn open(application: &str, time_limit: Duration) -> Result<Keychain, SecretStoreError> {
    let bus = connection::Builder::session()
        .and_then(|builder| builder.method_timeout(time_limit).build())
        .map_err(|error| no_bus(&error))?;
    Ok(Keychain { application: application.to_owned(), time_limit, bus, service: OnceCell::new() })
}

impl Keychain {
    /// Whether the default collection could be used now.
    pub(crate) fn probe(&self) -> Result<(), SecretStoreError> {
        if self.is_locked()? { Err(SecretStoreError::Locked) } else { Ok(()) }
    }

    /// Makes the items usable; when the default collection is locked, the user is asked for the password, or not.
    ///
    /// Looking at the collection first, and not at the items, is what tells "locked" from "missing".
    pub(crate) fn unlock(&self, deadline: Instant, when_locked: WhenLocked) -> Result<(), SecretStoreError> {
        if self.is_locked()? {
            match when_locked {
                WhenLocked::Ask => self.ask_to_unlock(deadline)?,
                WhenLocked::GiveUp => return Err(SecretStoreError::Locked),
            }
        }
        if self.service.get().is_none() {
            let service = SecretService::connect_with_existing(EncryptionType::Dh, self.bus.clone());
            // Nobody else fills the cell meanwhile: it cannot be shared between threads.
            let _ = self.service.set(service.map_err(|error| classify(&error))?);
        }
        Ok(())
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
        let property = (COLLECTION_INTERFACE, "Locked");
        let value: OwnedValue = self.call(collection, "org.freedesktop.DBus.Properties", "Get", &property)?;
        Ok(bool::try_from(value)?)
    }

    fn default_collection(&self) -> Result<OwnedObjectPath, SecretStoreError> {
        let path: OwnedObjectPath =
            self.call(SERVICE_PATH, SERVICE_INTERFACE, "ReadAlias", &"default").map_err(|error| of_zbus(&error))?;
        // "/" stands for no object: the service runs, but there is nothing to keep secrets in.
        if path.as_str() == "/" { Err(SecretStoreError::NoKeychain) } else { Ok(path) }
    }

    /// Shows the service's prompt and waits for the answer until shortly before `deadline`. No answer is
    /// [`SecretStoreError::Locked`], like a refusal: that is what the user has to do something about.
    fn ask_to_unlock(&self, deadline: Instant) -> Result<(), SecretStoreError> {
        let collection = self.default_collection()?;
        let before_the_caller_gives_up = self.time_limit.min(Duration::from_secs(10)) / 10;
        let patience = deadline.saturating_duration_since(Instant::now()).saturating_sub(before_the_caller_gives_up);
        if !self.prompt_to_unlock(&collection, patience).map_err(|error| of_zbus(&error))? {
            // Closing the connection takes the prompt from the screen and ends the thread that waits for it. The method
            // `Dismiss`, which is there for that, makes gnome-keyring 42.1 abort: perform_next_unlock, "assertion
            // failed: (!self->current)".
            let _ = self.bus.clone().close();
            return Err(SecretStoreError::Locked);
        }
        // Asked rather than taken from the prompt's answer: whatever happened, this is what counts.
        self.probe()
    }

    /// Whether the unlocking came to an end, good or bad, within `patience`.
    fn prompt_to_unlock(&self, collection: &OwnedObjectPath, patience: Duration) -> Result<bool, zbus::Error> {
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
            self.call(SERVICE_PATH, SERVICE_INTERFACE, "Unlock", &vec![collection])?;
        if prompt.as_str() == "/" {
            return Ok(true);
        }
        let completed = MatchRule::builder()
            .msg_type(Type::Signal)
            .path(&prompt)?
            .interface(PROMPT_INTERFACE)?
            .member("Completed")?;
        let mut completed = MessageIterator::for_match_rule(completed.build(), &self.bus, Some(1))?;
        // The iterator cannot wait for a limited time, hence a thread.
        let (ended, end) = mpsc::channel();
        thread::spawn(move || {
            if let Some(Ok(_)) = completed.next() {
                // The one who waits may have given up.
                let _ = ended.send(());
            }
        });
        let no_window = "";
        self.call::<()>(prompt.as_str(), PROMPT_INTERFACE, "Prompt", &no_window)?;
        Ok(end.recv_timeout(patience).is_ok())
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

    fn service(&self) -> Result<&SecretService<'static>, SecretStoreError> {
        self.service.get().ok_or_else(|| broken(message!("keychain-not-unlocked")))
    }

    fn search<'a>(&'a self, attribute: &str, value: &str) -> Result<Vec<Item<'a>>, SecretStoreError> {
        let attributes = HashMap::from([("service", self.application.as_str()), (attribute, value)]);
        let found = self.service()?.search_items(attributes).map_err(|error| classify(&error))?;
        // Somebody moved it to another collection, and that one is locked.
        if found.locked.is_empty() { Ok(found.unlocked) } else { Err(SecretStoreError::Locked) }
    }

    fn find_item(&self, name: &str) -> Result<Option<Item<'_>>, SecretStoreError> {
        let mut items = self.search(USERNAME, name)?;
        match items.len() {
            0 | 1 => Ok(items.pop()),
            several => Err(broken(message!("keychain-several-items", count = several))),
        }
    }
}

/// The attribute with an item's name, called as `keyring-core` calls it.
const USERNAME: &str = "username";

/// The attribute by which the parts of a secret are found.
const PART_OF: &str = "part-of";

impl Items for Keychain {
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let Some(item) = self.find_item(name)? else { return Ok(None) };
        item.get_secret().map(Zeroizing::new).map(Some).map_err(|error| classify(&error))
    }

    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError> {
        let mut attributes = HashMap::from([("service", self.application.as_str()), (USERNAME, item.name)]);
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
        self.service()?
            .get_collection_by_path(ObjectPath::from_static_str_unchecked(DEFAULT_COLLECTION).into())
            .and_then(|default| {
                default.create_item(item.label, attributes, item.bytes, replace, content_type).map(|_| ())
            })
            .map_err(|error| classify(&error))
    }

    fn delete(&self, name: &str) -> Result<(), SecretStoreError> {
        match self.find_item(name)? {
            Some(item) => item.delete().map_err(|error| classify(&error)),
            None => Ok(()),
        }
    }

    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search(PART_OF, &secret.to_string())? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        // Last part first. The order is for the eye only: they are found by search, gaps or not.
        names.sort_by(|one, other| other.cmp(one));
        Ok(names)
    }

    fn list_names(&self) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search("service", &self.application)? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        Ok(names)
    }
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
        || name == "org.freedesktop.DBus.Error.Failed"
}
