//! Why a command did not succeed, and the exit code that says so.

use std::process::ExitCode;

use domain::{
    ports::{HandOverFailure, RepositoryError, SecretStoreError},
    refusal::{Failure, Refusal},
};
use serde::Serialize;
use views::{ErrorCode, IntoView, Trouble, UserError};

use super::language::LANGUAGE;

/// How the program ends; documented in its help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Well = 0,
    /// Something is wrong.
    Wrong = 1,
    /// The command line is not understood.
    Usage = 2,
    /// A rule says no.
    Refused = 3,
    /// The keychain cannot be used.
    Keychain = 4,
    /// The database cannot be used.
    Database = 5,
    /// What was named does not exist.
    NotFound = 6,
    /// The token service cannot run.
    CannotServe = 7,
    /// Somebody cancelled it.
    Cancelled = 130,
}

impl Exit {
    /// What `inspect` ends with when there are warnings, but no errors.
    pub const WARNINGS_FOUND: Self = Self::Wrong;
    /// What `inspect` ends with when there are errors.
    pub const ERRORS_FOUND: Self = Self::Usage;
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The error that a person reads, with the exit code that a script reads.
#[derive(Debug)]
pub struct Problem {
    pub exit: Exit,
    pub error: UserError,
}

/// An error as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProblemLine<'a> {
    code: serde_json::Value,
    message: &'a str,
    hint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_request: Option<&'a str>,
}

impl Problem {
    /// The command line makes no sense.
    pub fn usage(message: &str, hint: impl Into<String>) -> Self {
        Self::new(Exit::Usage, ErrorCode::InvalidInput, message, hint)
    }

    /// Nothing has that name.
    pub fn not_found(message: &str, hint: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, ErrorCode::NotFound, message, hint)
    }

    /// The command line itself says no.
    pub fn refused(message: &str, hint: impl Into<String>) -> Self {
        Self::new(Exit::Refused, ErrorCode::Refused, message, hint)
    }

    /// Anything else that went wrong.
    pub fn wrong(message: &str, hint: impl Into<String>) -> Self {
        Self::new(Exit::Wrong, ErrorCode::Failed, message, hint)
    }

    fn new(exit: Exit, code: ErrorCode, message: &str, hint: impl Into<String>) -> Self {
        Self { exit, error: Trouble::plain(code, message, hint.into()).into_view(LANGUAGE) }
    }

    /// The error as a script reads it. The screens have one code for some errors that the exit code distinguishes.
    pub fn line(&self) -> ProblemLine<'_> {
        let UserError { code, message, hint, confirmation: _, place: _, role_request } = &self.error;
        let code = match self.exit {
            Exit::Usage => "usage".into(),
            Exit::Database => "database".into(),
            Exit::CannotServe => "cannotServe".into(),
            Exit::Cancelled => "cancelled".into(),
            Exit::Well | Exit::Wrong | Exit::Refused | Exit::Keychain | Exit::NotFound => {
                serde_json::to_value(code).unwrap_or_default()
            }
        };
        ProblemLine { code, message, hint, role_request: role_request.as_deref() }
    }
}

impl From<UserError> for Problem {
    fn from(error: UserError) -> Self {
        Self { exit: Exit::Wrong, error }
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self { exit: Exit::Wrong, error: trouble.into_view(LANGUAGE) }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let exit = match &failure {
            Failure::Refused(Refusal::Cancelled | Refusal::ExportCancelled) => Exit::Cancelled,
            Failure::Refused(_) => Exit::Refused,
            Failure::Keychain(_) | Failure::OtherKeychain(_) => Exit::Keychain,
            Failure::Repository(_) => Exit::Database,
            Failure::NotFound(_) => Exit::NotFound,
            Failure::Issue(_) => Exit::Wrong,
        };
        // The command line has its own words where those of the screens speak of screens.
        let hint = failure.message().find_command_line_remedy();
        let mut trouble = Trouble::from(failure);
        if let Some(hint) = hint {
            trouble.hint = hint;
        }
        Self { exit, error: trouble.into_view(LANGUAGE) }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Failure::from(refusal).into()
    }
}

impl From<SecretStoreError> for Problem {
    fn from(error: SecretStoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        Failure::from(error).into()
    }
}

impl From<HandOverFailure> for Problem {
    fn from(failure: HandOverFailure) -> Self {
        match failure {
            HandOverFailure::Failure(failure) => failure.into(),
            HandOverFailure::Outlet(_) => Self { exit: Exit::Wrong, error: failure.into_view(LANGUAGE) },
        }
    }
}
