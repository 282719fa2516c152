//! Why an operation did not succeed.

use documents::{ExportError, Finding, NotOpenApi};
use messages::{Message, message};

use crate::{
    input::InputProblem,
    keychain::OtherKeychain,
    pingone::PingOneProblem,
    pki::IssueError,
    ports::{RepositoryError, SecretStoreError},
    refusal::Refusal,
};

/// Why an operation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was asked for does not exist (any more).
    #[error("{}", not_found(.0).for_log())]
    NotFound(&'static str),
    /// The keychain did not do it.
    #[error(transparent)]
    Keychain(#[from] SecretStoreError),
    /// The keychain that answers is not the one of this installation.
    #[error(transparent)]
    OtherKeychain(#[from] OtherKeychain),
    /// The database did not do it.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// No certificate could be issued.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl Failure {
    /// What happened, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]) where
    /// anything is known to help.
    pub fn message(&self) -> Message {
        match self {
            Self::Refused(refusal) => refusal.message(),
            Self::NotFound(thing) => not_found(thing),
            Self::Keychain(error) => error.message(),
            Self::OtherKeychain(other) => other.message(),
            Self::Repository(error) => error.message(),
            Self::Issue(error) => error.message(),
        }
    }

    /// Whether it concerns the keychain as a whole: everything else that needs it will fail, too, and may ask the user
    /// again.
    pub const fn is_of_keychain(&self) -> bool {
        match self {
            Self::Keychain(error) => error.concerns_everything(),
            Self::OtherKeychain(_) => true,
            Self::Refused(_) | Self::NotFound(_) | Self::Repository(_) | Self::Issue(_) => false,
        }
    }
}

impl From<InputProblem> for Failure {
    fn from(problem: InputProblem) -> Self {
        Self::Refused(Refusal::Input(problem))
    }
}

impl From<PingOneProblem> for Failure {
    fn from(problem: PingOneProblem) -> Self {
        Self::Refused(Refusal::PingOne(problem))
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Self::Refused(Refusal::Document(finding))
    }
}

impl From<NotOpenApi> for Failure {
    fn from(problem: NotOpenApi) -> Self {
        Self::Refused(Refusal::NotOpenApi(problem))
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Refused(Refusal::NotExportable(error))
    }
}

/// There are only a few kinds of things that can be gone: a language may need another word for "this" with each.
fn not_found(thing: &str) -> Message {
    message!("failure-not-found", thing = thing.replace(' ', "-"), name = thing)
}
