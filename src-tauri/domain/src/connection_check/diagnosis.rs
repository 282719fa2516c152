//! What a stage found.

use std::time::Duration;

use messages::Message;

use crate::connection_check::{Cause, Stage};

/// How a stage went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageReport {
    /// The stage.
    pub stage: Stage,
    /// How long it took.
    pub duration: Duration,
    /// What was found, in a few words ("127.0.0.1, port 28443"; "TLS 1.3"), or what is wrong. Never a secret or token.
    pub result: Result<Message, Diagnosis>,
}

/// What is wrong: the cause, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The cause.
    pub cause: Cause,
    /// What was seen, such as "HTTP 401 invalid_client: Bad credentials"; may be empty. Never a secret or token.
    pub seen: Message,
}
