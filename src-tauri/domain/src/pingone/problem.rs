//! What PingOne accounts and their Connection API Credentials do not allow.

use messages::{Message, message};
use uuid::Uuid;

use crate::{input::Field, pingone::PingOneAccount};

/// A rule about Connection API Credentials says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum PingOneProblem {
    /// The account has all the credentials it can have.
    AccountFull {
        /// Name of the account.
        account: String,
    },
    /// A chosen secret consists of white space only.
    SecretBlank,
    /// A chosen secret is too long.
    SecretTooLong {
        /// How many characters were typed.
        length: usize,
        /// How many are possible.
        limit: usize,
    },
    /// A chosen secret cannot be sent as such.
    SecretCharacters,
    /// A replaced secret cannot be kept that long.
    Grace {
        /// The longest time, in hours.
        most: u32,
    },
    /// There is no former secret, or its time is over.
    NoFormerSecret {
        /// The client id.
        client_id: Uuid,
    },
}

impl PingOneProblem {
    /// What is wrong, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::AccountFull { account } => {
                message!("pingone-full", account = account, most = PingOneAccount::MAX_CREDENTIALS)
            }
            Self::SecretBlank => message!("pingone-secret-blank"),
            Self::SecretTooLong { length, limit } => {
                message!("pingone-secret-too-long", length = *length, limit = *limit)
            }
            Self::SecretCharacters => message!("pingone-secret-characters"),
            Self::Grace { most } => message!("pingone-grace", most = *most),
            Self::NoFormerSecret { client_id } => {
                message!("pingone-no-former-secret", client_id = client_id.to_string())
            }
        }
    }

    /// The field of the form that it is about, if it is about one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::SecretBlank | Self::SecretTooLong { .. } | Self::SecretCharacters => Some(Field::ClientSecret),
            Self::Grace { .. } => Some(Field::GraceTime),
            Self::AccountFull { .. } | Self::NoFormerSecret { .. } => None,
        }
    }
}
