//! What several commands need.

use domain::{
    messages::{Language, message},
    refusal::Confirmation,
};
use views::ConfirmationName;

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

/// What a person has confirmed.
pub fn confirmations(confirmed: Vec<ConfirmationName>) -> Vec<Confirmation> {
    confirmed.into_iter().map(Confirmation::from).collect()
}
