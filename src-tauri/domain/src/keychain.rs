//! Whether the keychain is the one of this installation.

mod keychain;
mod standing;

pub use keychain::TakeOver;
pub(crate) use standing::SeenKeychain;
pub use standing::{KeychainStanding, OtherKeychain};
