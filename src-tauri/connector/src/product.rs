//! What the app says of itself to servers.

/// How the app calls itself.
pub const PRODUCT: &str = concat!("Drawbridge/", env!("CARGO_PKG_VERSION"));
