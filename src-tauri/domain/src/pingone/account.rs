//! An account of PingOne SSO for SaaS Apps: what Connection API Credentials belong to.

use chrono::{DateTime, Utc};

use crate::{
    id::PingOneAccountId,
    input::{Field, InputProblem, single_line},
};

/// An account whose Connection API Credentials this installation keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PingOneAccount {
    /// Identifies the account for good.
    pub id: PingOneAccountId,
    /// Its name, unique among the accounts whatever its case.
    pub name: String,
    /// When it was created here.
    pub created_at: DateTime<Utc>,
}

impl PingOneAccount {
    /// How many an account can have.
    pub const MAX_CREDENTIALS: usize = 3;

    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }
}
