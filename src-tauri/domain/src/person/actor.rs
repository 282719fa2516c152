//! Who did something.

use crate::{id::PersonId, person::Person};

/// Who did something: a person, by the name at that time, or the app itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who uses this installation.
    Person {
        /// Who.
        id: PersonId,
        /// The person's name when it was done.
        name: String,
    },
    /// The app, without anybody asking.
    System,
}

impl Actor {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } => name,
            Self::System => "Drawbridge",
        }
    }

    /// Whether this is `person`.
    pub fn is(&self, person: &Person) -> bool {
        match self {
            Self::Person { id, .. } => *id == person.id,
            Self::System => false,
        }
    }
}

impl From<&Person> for Actor {
    fn from(person: &Person) -> Self {
        Self::Person { id: person.id, name: person.name.clone() }
    }
}
