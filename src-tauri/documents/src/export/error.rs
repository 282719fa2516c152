//! Why an export cannot be rendered.

use messages::{Message, message};

use crate::Part;

/// Why an export cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum ExportError {
    /// The format is for certificates only.
    WrongKind,
    /// The format needs a part that these credentials do not have.
    MissingPart(Part),
    /// The format needs a password.
    PasswordNeeded,
    /// The password cannot be written into a container.
    PasswordUnusable,
    /// A value cannot be written in this format without being changed.
    Unwritable(Part),
    /// The readers of this format append the path of the token endpoint themselves.
    TokenPath(Part),
}

impl ExportError {
    /// What is wrong, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::WrongKind => message!("export-certificates-only"),
            Self::MissingPart(part) => message!("export-missing-part", part = part.key()),
            Self::PasswordNeeded => message!("export-password-needed"),
            Self::PasswordUnusable => message!("export-password-unusable"),
            Self::Unwritable(part) => message!("export-unwritable", part = part.key()),
            Self::TokenPath(part) => message!("export-token-path", part = part.key()),
        }
    }
}
