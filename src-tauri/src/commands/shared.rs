//! What several commands need.

use domain::messages::{Language, message};

/// The name of the keychain on this operating system, as people know it.
pub fn keychain_name(language: Language) -> &'static str {
    if cfg!(target_os = "macos") {
        message!("keychain-name-macos").text(language)
    } else if cfg!(target_os = "windows") {
        message!("keychain-name-windows").text(language)
    } else {
        message!("keychain-name-linux").text(language)
    }
}
