//! What this crate asks of a keychain: items that are found by their name.

use domain::{id::SecretId, messages::Message, ports::SecretStoreError};
use zeroize::Zeroizing;

/// The most bytes that one item holds on every operating system: `CRED_MAX_CREDENTIAL_BLOB_SIZE` of Windows,
/// <https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw>. The others allow more, but the same
/// limit everywhere means that the same code is tested everywhere.
pub(crate) const ITEM_LIMIT: usize = 2560;

/// The items of one application in an unlocked keychain.
pub(crate) trait Items {
    /// The bytes of the item `name`, or `None` when there is no such item.
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError>;

    /// Creates an item, or replaces the one of the same name. Returns once the item was read back and is as it was
    /// given; otherwise the error is `Broken`.
    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError>;

    /// Removes the item `name`; one that does not exist counts as removed.
    fn delete(&self, name: &str) -> Result<(), SecretStoreError>;

    /// The names of all parts of `secret` that exist, whether its head does or not, last part first.
    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError>;

    /// The names of all items of this application, in any order.
    fn list_names(&self) -> Result<Vec<String>, SecretStoreError>;
}

/// A keychain without unlocking returns itself where another one returns a value.
#[cfg(any(test, windows, target_os = "macos"))]
impl<T: Items> Items for &T {
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        (**self).find(name)
    }

    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError> {
        (**self).put(item)
    }

    fn delete(&self, name: &str) -> Result<(), SecretStoreError> {
        (**self).delete(name)
    }

    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError> {
        (**self).find_parts(secret)
    }

    fn list_names(&self) -> Result<Vec<String>, SecretStoreError> {
        (**self).list_names()
    }
}

/// An item to be stored.
pub(crate) struct NewItem<'a> {
    /// The user field, by which the item is found.
    pub(crate) name: &'a str,
    /// The secret that it is a part of; `None` when it is the secret itself, or its head.
    #[cfg_attr(any(windows, target_os = "macos"), expect(dead_code, reason = "these keychains cannot search by it"))]
    pub(crate) part_of: Option<SecretId>,
    /// What a person reads. Not empty.
    pub(crate) label: &'a str,
    /// At most [`ITEM_LIMIT`] bytes.
    pub(crate) bytes: &'a [u8],
}

/// What a call does when the keychain, or an item, is locked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WhenLocked {
    /// The user is asked to unlock it.
    Ask,
    /// It fails with [`SecretStoreError::Locked`] or [`SecretStoreError::KeyringLocked`].
    GiveUp,
}

/// [`SecretStoreError::Broken`] for `reason`, which must not carry anything of a secret.
pub(crate) fn broken(reason: impl Into<Message>) -> SecretStoreError {
    SecretStoreError::Broken { reason: reason.into() }
}
