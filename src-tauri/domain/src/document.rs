//! Documents that a person gives, read and judged for what they are to be used for.

mod documents;
mod given;

pub use documents::{InspectedCandidate, InspectedDocument, Inspection, complete_candidate};
pub use given::{GivenContent, GivenDocument, GivenLifetime};

pub(crate) use documents::{ReadDocument, settle_lifetime};
