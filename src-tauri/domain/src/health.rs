//! Whether an approved connection works. That is separate from the state of its request.

use chrono::{DateTime, Utc};
use messages::Message;

use crate::{Diagnosis, Stage, id::RequestId};

/// What is known about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionHealth {
    /// The approved request.
    pub request_id: RequestId,
    /// What the last test found.
    pub outcome: HealthOutcome,
    /// When it was last tested; `None` before the first time.
    pub checked_at: Option<DateTime<Utc>>,
    /// When the hub last fetched the portal's APIs.
    pub last_success: Option<DateTime<Utc>>,
    /// Whether something has changed since, so that it is to be tested soon.
    pub due: bool,
}

impl ConnectionHealth {
    /// Of a connection that was never tested.
    pub const fn unknown(request_id: RequestId) -> Self {
        Self { request_id, outcome: HealthOutcome::Unknown, checked_at: None, last_success: None, due: true }
    }
}

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HealthOutcome {
    /// It was not tested yet.
    Unknown,
    /// The hub reaches the portal's APIs.
    Success,
    /// It does not.
    Failing(Finding),
}

/// What was wrong. It is kept, and told in whatever language it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stage that failed.
    pub stage: Stage,
    /// As in [`crate::Cause::code`].
    pub code: String,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub remedy: Message,
    /// What was seen; may be empty.
    pub seen: Message,
}

impl Finding {
    /// What a diagnosis says.
    pub fn new(stage: Stage, diagnosis: &Diagnosis) -> Self {
        Self {
            stage,
            code: diagnosis.cause.code().to_owned(),
            message: diagnosis.cause.message(),
            remedy: diagnosis.cause.remedy_message(),
            seen: diagnosis.seen.clone(),
        }
    }
}
