//! The Credential Manager of Windows. It is open as long as its user is logged in, and it never asks.

use std::{collections::HashMap, time::Duration};

use domain::{messages::message, ports::SecretStoreError};
use keyring_core::{Entry, error::PlatformError};

use crate::{
    items::broken,
    keyring_items::{KeyringItems, native_store},
};

pub(crate) type Keychain = KeyringItems;
pub(crate) type Unlocked<'a> = &'a KeyringItems;

/// `CRED_MAX_STRING_LENGTH`, which the store counts in bytes.
const COMMENT_LIMIT: usize = 256;

/// Does not touch the Credential Manager yet.
pub(crate) fn open(application: &str, _time_limit: Duration) -> Result<Keychain, SecretStoreError> {
    Ok(KeyringItems {
        store: native_store()?,
        application: application.to_owned(),
        // All items: the store takes a pattern for the target, which it makes of user and service in its own way.
        search: |_| HashMap::new(),
        // The default would let the secret roam to other machines of the domain, where the database is not.
        modifiers: HashMap::from([("persistence", "Local")]),
        set_label,
        classify,
    })
}

/// Windows has no label; its comment is the nearest thing. `label` is cut to what fits.
fn set_label(entry: &Entry, label: &str) -> keyring_core::Result<()> {
    let end = (0..=label.len().min(COMMENT_LIMIT)).rev().find(|end| label.is_char_boundary(*end)).unwrap_or(0);
    entry.update_attributes(&HashMap::from([("comment", &label[..end])]))
}

/// What a Windows error means. The store's type for it is private, so its text has to do.
fn classify(error: &PlatformError) -> SecretStoreError {
    let text = error.to_string();
    match text.as_str() {
        "Windows ERROR_NO_SUCH_LOGON_SESSION" => SecretStoreError::NoKeychain,
        // ERROR_ACCESS_DENIED
        "Windows error code 5" => SecretStoreError::Denied,
        _ => match text.strip_prefix("Windows error code ").and_then(|code| code.parse::<u32>().ok()) {
            Some(code) => broken(message!("keychain-windows-error", code = code.to_string())),
            None => broken(message!("keychain-unknown-error")),
        },
    }
}
