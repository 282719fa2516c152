//! Whether the keychain is the one of this installation.

mod keychain;
mod standing;

pub use keychain::TakeOver;
pub use standing::{KeychainStanding, OtherKeychain};
