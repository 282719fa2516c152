//! An API hub: the side that shows the APIs of its portals to developers.

use chrono::{DateTime, Utc};

use crate::{
    id::HubId,
    input::{Field, InputProblem, single_line},
    portal::Subaccount,
    vocabulary::Vocabulary,
};

/// An API business hub enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// Identifies the hub for good.
    pub id: HubId,
    /// Its name, unique in this installation whatever its case.
    pub name: String,
    /// The subaccount it lives in.
    pub subaccount: Subaccount,
    /// Whether a person may not approve a request that the same person submitted. The vendor does not forbid it.
    pub four_eyes: bool,
    /// Which of the vendor's screens its pages look like. The data is the same in each.
    pub vocabulary: Vocabulary,
    /// When it was created.
    pub created_at: DateTime<Utc>,
}

impl Hub {
    /// How many portals can be connected to one hub.
    pub const MAX_PORTALS: usize = 3;

    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }
}
