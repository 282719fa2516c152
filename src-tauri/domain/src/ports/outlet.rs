//! Where a document with a secret goes.

use documents::SecretBytes;
use messages::{Message, message};

use crate::refusal::{Failure, Refusal};

/// Where the user deliberately sends a document with a secret: the clipboard or a file.
pub trait Outlet {
    /// Hands `document` over.
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError>;

    /// Where it went, for the activity list.
    fn destination(&self) -> Message;
}

/// A document could not be handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum OutletError {
    /// The clipboard could not be used.
    Clipboard {
        /// What the system says.
        reason: String,
    },
    /// The file could not be written.
    File {
        /// The file.
        path: String,
        /// Why it failed, and what remains where if it could not be removed; a part of a sentence.
        reason: Message,
    },
}

impl OutletError {
    /// What happened, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Clipboard { reason } => message!("failure-clipboard", reason = reason),
            Self::File { path, reason } => message!("failure-file", path = path, reason = reason),
        }
    }
}

/// Why *Copy* or *Export…* did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum HandOverFailure {
    /// The credential cannot be had.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The clipboard or file did not take it.
    #[error(transparent)]
    Outlet(#[from] OutletError),
}

impl From<Refusal> for HandOverFailure {
    fn from(refusal: Refusal) -> Self {
        Self::Failure(refusal.into())
    }
}
