//! The ledger of secrets: what lies, or may lie, in the keychain.
//!
//! Keychain and database share no transaction. Every secret therefore has a row here, written before its item is
//! created and removed after its item is deleted, so that no item is ever forgotten.

use crate::id::SecretId;

/// A secret's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretItem {
    /// The item's id in the keychain.
    pub id: SecretId,
    /// What a person reads in the OS's own keychain app.
    pub label: String,
    /// Where the item stands.
    pub state: SecretItemState,
}

/// Where a secret's item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretItemState {
    /// About to be stored; nothing refers to it yet. Left over from an interruption, it is undone.
    Storing,
    /// Stored, and something refers to it.
    Active,
    /// About to be deleted; nothing refers to it any more. Left over from an interruption, it is finished.
    Deleting,
}
