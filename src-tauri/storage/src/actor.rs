//! Who did something, as part of a row.

use domain::{id::PersonId, person::Actor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The JSON of an [`Actor`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ActorRow {
    Person { id: Uuid, name: String },
    System,
}

impl From<&Actor> for ActorRow {
    fn from(actor: &Actor) -> Self {
        match actor {
            Actor::Person { id, name } => Self::Person { id: id.0, name: name.clone() },
            Actor::System => Self::System,
        }
    }
}

impl From<ActorRow> for Actor {
    fn from(row: ActorRow) -> Self {
        match row {
            ActorRow::Person { id, name } => Self::Person { id: PersonId(id), name },
            ActorRow::System => Self::System,
        }
    }
}
