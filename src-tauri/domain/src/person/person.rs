//! The people who use this installation.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use messages::{Message, message};

use crate::{
    id::PersonId,
    input::{Field, InputProblem, single_line},
    person::{Action, Role},
};

/// A person who uses this installation, with that person's role collections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identifies the person for good.
    pub id: PersonId,
    /// The name shown in requests and in the activity list.
    pub name: String,
    /// The e-mail address. It is unique, ignoring case.
    pub email: String,
    /// The role collections.
    pub roles: BTreeSet<Role>,
    /// When the person was added.
    pub created_at: DateTime<Utc>,
}

impl Person {
    /// The longest name and e-mail address, in characters.
    pub const MAX_LENGTH: usize = 120;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_LENGTH)
    }

    /// Checks an e-mail address as typed: something before and a domain after one `@`, no spaces (RFC 5322 addr-spec,
    /// without its quoted forms). Returns it without surrounding white space.
    pub fn parse_email(email: &str) -> Result<String, InputProblem> {
        let email = single_line(Field::Email, email, Self::MAX_LENGTH)?;
        let plausible = email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.is_empty()
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !email.chars().any(char::is_whitespace)
        });
        if plausible { Ok(email) } else { Err(InputProblem::NotAnEmail) }
    }
}

/// The text in which `person` asks an administrator for `roles`, ready to be sent.
pub fn role_request(person: &Person, roles: &[Role], action: Action) -> Message {
    let list: Vec<String> = roles.iter().map(|role| format!("  - {}", role.name())).collect();
    message!(
        "role-request",
        count = roles.len(),
        roles = list.join("\n"),
        action = action.phrase_message(),
        email = &person.email,
        name = &person.name
    )
}
