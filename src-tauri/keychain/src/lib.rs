//! Keeps the domain's secrets in the keychain of the operating system: Secret Service (Linux and the BSDs), macOS
//! Keychain, Windows Credential Manager. It implements [`domain::ports::SecretStore`] and exports nothing else.
//!
//! What it must not do: keep a secret anywhere else when the keychain refuses, answer "missing" when the keychain is
//! locked or absent, hand out an object or an error of a keychain library, log a secret, or wait without a limit.
//!
//! - `store`: the worker thread, the time limit, and reconnecting.
//! - `parts`: one secret is one item, or a head and numbered parts when it is larger than an item may be.
//! - `stored_form`: what an item holds, so that every keychain gives it back as it was.
//! - `items`: what `parts` asks of a keychain.
//! - `os`: the keychain of this operating system, one file for each: `secret_service`, `apple_keychain`,
//!   `credential_manager`. The latter two share `keyring_items`, which works through the store of `keyring`.

mod items;
#[cfg(any(test, windows, target_os = "macos"))]
mod keyring_items;
mod parts;
mod store;
mod stored_form;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "secret_service/mod.rs"]
mod os;

#[cfg(target_os = "macos")]
#[path = "apple_keychain.rs"]
mod os;

#[cfg(windows)]
#[path = "credential_manager.rs"]
mod os;

pub use parts::SECRET_LIMIT;
pub use store::KeychainSecretStore;
