//! The port to the OS keychain.

use std::collections::BTreeSet;

use documents::SecretBytes;
use messages::{Message, message};

use crate::id::SecretId;

/// The OS keychain, as the domain needs it: one item per secret, found by its id.
///
/// Calls block until the keychain has answered or the adapter's time limit has passed.
pub trait SecretStore: Send + Sync {
    /// Stores `secret` under `id`. `label` is what a person reads in the OS's own keychain app.
    /// An item that already exists under `id` is replaced. What was stored has been read back and compared.
    /// All errors but `Missing` and `Broken` promise that nothing was written.
    fn put(&self, id: SecretId, label: &str, secret: &SecretBytes) -> Result<(), SecretStoreError>;

    /// The secret stored under `id`; [`SecretStoreError::Missing`] when there is none.
    fn get(&self, id: SecretId) -> Result<SecretBytes, SecretStoreError>;

    /// Removes the item. An item that does not exist counts as removed.
    fn delete(&self, id: SecretId) -> Result<(), SecretStoreError>;

    /// The ids of all secrets that this application has in the keychain, of all its installations.
    fn list(&self) -> Result<BTreeSet<SecretId>, SecretStoreError>;

    /// Checks whether the keychain can be used now. Creates nothing and does not ask the user.
    fn probe(&self) -> Result<(), SecretStoreError>;
}

/// Why the keychain did not do what was asked. Only `Missing` may lead to a new secret being generated.
///
/// No variant carries secret bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum SecretStoreError {
    /// The keychain works and holds no item of that id.
    Missing,
    /// The keychain is there but locked, and was not unlocked.
    Locked,
    /// The keychain is open, but the item is in a keyring that is locked, and was not unlocked.
    KeyringLocked {
        /// What a person calls the keyring.
        keyring: String,
    },
    /// The keychain is open and asks before each use of an item; this use was not allowed.
    NotAllowed {
        /// The program that asks, by its name.
        by: String,
    },
    /// The operating system refused this program the access.
    Denied,
    /// There is no keychain on this machine or in this session.
    NoKeychain,
    /// The secret is larger than this keychain takes.
    TooLarge {
        /// Size of the secret in bytes.
        bytes: usize,
        /// The largest size in bytes that can be stored.
        limit: usize,
    },
    /// The keychain failed, gave an impossible answer, or did not answer in time.
    Broken {
        /// What failed, in words that carry no secret.
        reason: Message,
    },
}

impl SecretStoreError {
    /// Whether it concerns the keychain as a whole: everything else that needs it fails, too, and may ask the user again.
    /// The others are about one item.
    pub const fn concerns_everything(&self) -> bool {
        match self {
            Self::Locked | Self::KeyringLocked { .. } | Self::NotAllowed { .. } | Self::Denied | Self::NoKeychain => {
                true
            }
            Self::Missing | Self::TooLarge { .. } | Self::Broken { .. } => false,
        }
    }

    /// Whether a [`SecretStore::put`] that fails with it has surely written nothing.
    pub const fn says_nothing_was_written(&self) -> bool {
        match self {
            Self::Locked
            | Self::KeyringLocked { .. }
            | Self::NotAllowed { .. }
            | Self::Denied
            | Self::NoKeychain
            | Self::TooLarge { .. } => true,
            Self::Missing | Self::Broken { .. } => false,
        }
    }

    /// What happened, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing => message!("keychain-missing"),
            Self::Locked => message!("keychain-locked"),
            Self::KeyringLocked { keyring } => message!("keychain-keyring-locked", keyring = keyring),
            Self::NotAllowed { by } => message!("keychain-not-allowed", by = by),
            Self::Denied => message!("keychain-denied"),
            Self::NoKeychain => message!("keychain-none"),
            Self::TooLarge { bytes, limit } => message!("keychain-too-large", bytes = *bytes, limit = *limit),
            Self::Broken { reason } => message!("keychain-broken", reason = reason),
        }
    }
}
