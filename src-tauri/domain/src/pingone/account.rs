//! An account of PingOne SSO for SaaS Apps: what Connection API Credentials belong to.

use chrono::{DateTime, Utc};
use messages::{Message, message};

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
    /// Where its credentials are real.
    pub kind: AccountKind,
    /// When it was created here.
    pub created_at: DateTime<Utc>,
}

/// Where the credentials of an account are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountKind {
    /// Only here, for practice: the client ids are made here, and PingOne does not know them.
    Local,
    /// At PingOne, which assigns the client ids. What is here are records: what is changed here changes nothing there.
    InPingOne,
}

impl AccountKind {
    /// The tag on screens and in lists: *Local*, *In PingOne*.
    pub const fn tag_message(self) -> Message {
        match self {
            Self::Local => message!("kind-local"),
            Self::InPingOne => message!("kind-in-pingone"),
        }
    }
}

impl PingOneAccount {
    /// How many credentials an account can have.
    pub const MAX_CREDENTIALS: usize = 3;

    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }

    /// The name with the tag, for *Activity*.
    pub fn describe(&self) -> Message {
        match self.kind {
            AccountKind::Local => message!("activity-local", name = &self.name),
            AccountKind::InPingOne => message!("activity-in-pingone", name = &self.name),
        }
    }
}
