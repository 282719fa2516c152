//! The Secret Service, <https://specifications.freedesktop.org/secret-service-spec/latest/>.
//!
//! The items are those that `keyring` would create (same attributes), so that each program which uses it finds them. But they
//! do not go through it, because `keyring` keeps a first connection that failed for as long as the process lives, and the
//! store under it, `zbus-secret-service-keyring-store`,
//! - waits for an unlock prompt without a limit, which can be for ever;
//! - answers "no entry" for an item that a locked keychain hides (KeePassXC does), and locked is not empty;
//! - makes four calls to store a secret where one does, and keeps the old label when it replaces one.
//!
//! `daemon` is the connection, with prompts and locks; `items` are the secrets; `errors` says what went wrong.

mod daemon;
mod errors;
mod items;

use std::{
    cell::OnceCell,
    time::{Duration, Instant},
};

use domain::{messages::message, ports::SecretStoreError};
use secret_service::{EncryptionType, blocking::SecretService};

pub(crate) use self::items::Unlocked;
use self::{daemon::Daemon, errors::classify};
use crate::items::{WhenLocked, broken};

/// The Secret Service, for the items of one application.
pub(crate) struct Keychain {
    application: String,
    daemon: Daemon,
    /// For the secrets; opened when first needed, since that takes a key exchange.
    service: OnceCell<SecretService<'static>>,
}

/// Connects to the session bus; the Secret Service is not looked for yet.
pub(crate) fn open(application: &str, time_limit: Duration) -> Result<Keychain, SecretStoreError> {
    let daemon = Daemon::connect(time_limit)?;
    Ok(Keychain { application: application.to_owned(), daemon, service: OnceCell::new() })
}

impl Keychain {
    /// Whether the default collection can be used now. Asks nobody, but unlocks a collection without a password.
    pub(crate) fn probe(&self) -> Result<(), SecretStoreError> {
        self.daemon.unlock_default(Instant::now(), WhenLocked::GiveUp)
    }

    /// Makes the items usable; when the default collection is locked, the user is asked for the password, or not.
    ///
    /// Looking at the collection first, and not at the items, is what tells "locked" from "missing".
    pub(crate) fn unlock(&self, deadline: Instant, when_locked: WhenLocked) -> Result<Unlocked<'_>, SecretStoreError> {
        self.daemon.unlock_default(deadline, when_locked)?;
        if self.service.get().is_none() {
            let service = SecretService::connect_with_existing(EncryptionType::Dh, self.daemon.bus.clone());
            // Nobody else fills the cell meanwhile: it cannot be shared between threads.
            let _ = self.service.set(service.map_err(|error| classify(&error))?);
        }
        let service = self.service.get().ok_or_else(|| broken(message!("keychain-not-unlocked")))?;
        Ok(Unlocked { application: &self.application, daemon: &self.daemon, service, deadline, when_locked })
    }

    /// Whether the connection was closed, so that a later call needs a new one.
    pub(crate) fn is_closed(&self) -> bool {
        self.daemon.closed.get()
    }
}
