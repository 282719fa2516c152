//! What several commands need.

use domain::{messages::message, refusal::Confirmation};
use uuid::Uuid;
use views::{ConfirmationName, UserError};

/// The name of the keychain on this operating system, as people know it.
pub fn keychain_name() -> &'static str {
    if cfg!(target_os = "macos") {
        message!("keychain-name-macos").text()
    } else if cfg!(target_os = "windows") {
        message!("keychain-name-windows").text()
    } else {
        message!("keychain-name-linux").text()
    }
}

/// Reads an id that a screen sends back.
pub fn parse_id<T>(text: &str, id: impl FnOnce(Uuid) -> T) -> Result<T, UserError> {
    Uuid::parse_str(text).map(id).map_err(|_| UserError::unknown_id())
}

/// What a person has confirmed.
pub fn confirmations(confirmed: Vec<ConfirmationName>) -> Vec<Confirmation> {
    confirmed.into_iter().map(Confirmation::from).collect()
}
