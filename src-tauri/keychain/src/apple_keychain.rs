//! The user's (login) keychain of macOS.

use std::{collections::HashMap, time::Duration};

use domain::{messages::message, ports::SecretStoreError};
use keyring_core::error::PlatformError;

use crate::{
    items::broken,
    keyring_items::{KeyringItems, native_store},
};

pub(crate) type Keychain = KeyringItems;
pub(crate) type Unlocked<'a> = &'a KeyringItems;

/// Does not touch the keychain yet.
pub(crate) fn open(application: &str, _time_limit: Duration) -> Result<Keychain, SecretStoreError> {
    Ok(KeyringItems {
        store: native_store()?,
        application: application.to_owned(),
        search: |application| HashMap::from([("service", application.to_owned())]),
        modifiers: HashMap::new(),
        // The store cannot label an item: Keychain Access shows the service as its name and the id as its account.
        set_label: |_, _| Ok(()),
        classify,
    })
}

/// What an `OSStatus` means,
/// <https://developer.apple.com/documentation/security/security-framework-result-codes>.
fn classify(error: &PlatformError) -> SecretStoreError {
    let Some(code) = error.downcast_ref::<security_framework::base::Error>().map(|error| error.code()) else {
        return broken(message!("keychain-unknown-error"));
    };
    match code {
        // errSecInteractionNotAllowed: the password would have to be asked for, and there is nobody to ask.
        -25308 => SecretStoreError::Locked,
        // userCanceledErr, errSecAuthFailed, wrPermErr, errSecInvalidOwnerEdit, errSecReadOnly, errSecMissingEntitlement
        -128 | -25293 | -61 | -25244 | -25292 | -34018 => SecretStoreError::Denied,
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25295 | -25307 => SecretStoreError::NoKeychain,
        code => broken(message!("keychain-macos-status", code = code.to_string())),
    }
}
