//! Whether the keychain that answers is the one that holds this installation's secrets.
//!
//! A computer can have several: one for each desktop, a new one, or one beside a data folder that was copied. In
//! another keychain every secret is missing, and a missing secret leads to a new one being generated. So this is
//! checked before anything is generated, replaced or ended.

use std::collections::BTreeSet;

use messages::{Message, message};

use crate::{credential::SecretItem, id::SecretId, ports::SecretStoreError};

/// What the keychain that answers is to this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeychainStanding {
    /// It holds the secrets of this installation, except these, which were deleted one by one.
    Known {
        /// The rows whose items are not there.
        missing: Vec<SecretItem>,
    },
    /// Neither the database nor the keychain knows of any secret.
    New,
    /// It is not the one of this installation.
    Other(OtherKeychain),
    /// It does not say.
    Unavailable(SecretStoreError),
}

/// What a look at the whole keychain showed.
#[derive(Debug)]
pub(crate) struct SeenKeychain {
    /// What the keychain is.
    pub(crate) standing: KeychainStanding,
    /// The secrets that are not there, whichever keychain it is.
    pub(crate) missing: BTreeSet<SecretId>,
}

impl KeychainStanding {
    /// Whether every secret is where it should be.
    pub const fn is_whole(&self) -> bool {
        match self {
            Self::Known { missing } => missing.is_empty(),
            Self::New => true,
            Self::Other(_) | Self::Unavailable(_) => false,
        }
    }

    /// Judges by numbers: `expected` items are known to the database and not given up, and `missing` of them are not
    /// there; `found` items are there that the database does not know.
    pub(crate) const fn judge(expected: usize, missing: usize, found: usize) -> Option<OtherKeychain> {
        if expected == 0 {
            return if found == 0 { None } else { Some(OtherKeychain::Foreign { found }) };
        }
        // A person deletes one or two items in the keychain's own app, hardly ever most of them.
        if missing * 2 > expected { Some(OtherKeychain::Another { missing, of: expected }) } else { None }
    }
}

/// A keychain that is not the one of this installation. Nothing is generated, replaced or ended until a person has
/// decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum OtherKeychain {
    /// All, or most, of this installation's secrets are missing: it is another keychain than before.
    Another {
        /// How many are missing.
        missing: usize,
        /// How many there should be.
        of: usize,
    },
    /// It holds secrets of an installation whose database is not this one: the database is gone, or there are two.
    Foreign {
        /// How many.
        found: usize,
    },
}

impl OtherKeychain {
    /// What a person types to confirm that this keychain is to be used instead.
    pub const fn number(&self) -> usize {
        match self {
            Self::Another { missing, .. } => *missing,
            Self::Foreign { found } => *found,
        }
    }

    /// What happened, as a sentence without its beginning and end, with the ways out ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::Another { missing, of } => message!("keychain-another", missing = *missing, of = *of),
            Self::Foreign { found } => message!("keychain-foreign", found = *found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_missing_is_another_keychain_and_one_missing_is_one_missing() {
        let another = |missing, of| Some(OtherKeychain::Another { missing, of });
        assert_eq!(KeychainStanding::judge(0, 0, 0), None);
        assert_eq!(KeychainStanding::judge(0, 0, 23), Some(OtherKeychain::Foreign { found: 23 }));
        assert_eq!(KeychainStanding::judge(1, 1, 0), another(1, 1));
        assert_eq!(KeychainStanding::judge(2, 1, 0), None, "the witness, and one that somebody deleted");
        assert_eq!(KeychainStanding::judge(4, 2, 0), None);
        assert_eq!(KeychainStanding::judge(4, 3, 7), another(3, 4));
        assert_eq!(KeychainStanding::judge(23, 23, 0), another(23, 23));
        assert_eq!(KeychainStanding::judge(23, 0, 7), None, "items of another installation beside its own");
    }
}
