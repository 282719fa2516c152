//! What the errors of the Secret Service, the bus and the libraries mean. Only their kind is used: their text comes
//! from other programs.

use std::io;

use domain::{messages::message, ports::SecretStoreError};
use zbus::{DBusError, fdo};

use crate::items::broken;

/// What an error of the Secret Service means.
pub(super) fn classify(error: &secret_service::Error) -> SecretStoreError {
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
pub(super) fn not_created(error: &secret_service::Error) -> SecretStoreError {
    // Nothing was asked: the collection is unlocked, and so is an item to be replaced.
    if matches!(error, secret_service::Error::Prompt) {
        broken(message!("keychain-refused-item"))
    } else {
        not_written(classify(error))
    }
}

/// The reason why the service did not make a change. gnome-keyring says "Failed" when it cannot write its file.
pub(super) fn not_written(failure: SecretStoreError) -> SecretStoreError {
    let without_reason = of_name(FAILED);
    if failure == without_reason { broken(message!("keychain-not-written")) } else { failure }
}

/// The error reply that gives no reason.
const FAILED: &str = "org.freedesktop.DBus.Error.Failed";

/// What it means when there is no connection to the session bus.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all other kinds mean the same")]
pub(super) fn no_bus(error: &zbus::Error) -> SecretStoreError {
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
pub(super) fn of_zbus(error: &zbus::Error) -> SecretStoreError {
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
pub(super) fn is_about_the_object(name: &str) -> bool {
    name.starts_with("org.freedesktop.DBus.Error.Unknown")
        || name == "org.freedesktop.Secret.Error.NoSuchObject"
        || name == "org.freedesktop.DBus.Error.InvalidArgs"
        || name == FAILED
}
