//! Whether a certificate is valid at a moment.

use chrono::{DateTime, TimeDelta, Utc};
use messages::{Message, Moment, message};

/// How far this computer's clock may be behind the one of the issuer.
pub(super) const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// Why a certificate is not valid at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum OutsideValidity {
    /// It has expired.
    Expired {
        /// When it expired.
        not_after: DateTime<Utc>,
    },
    /// It is not valid yet.
    NotYetValid {
        /// When it begins.
        not_before: DateTime<Utc>,
    },
}

impl OutsideValidity {
    /// What is wrong, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Expired { not_after } => message!("finding-expired", end = Moment(*not_after)),
            Self::NotYetValid { not_before } => message!("finding-not-yet-valid", start = Moment(*not_before)),
        }
    }
}
