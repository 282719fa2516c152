//! Documents that a person gives, read and judged for what they are to be used for.

mod documents;
mod given;
mod inspection;
mod settling;

pub use given::{GivenContent, GivenDocument, GivenLifetime};
pub use inspection::{InspectedCandidate, InspectedDocument, Inspection};
pub use settling::complete_candidate;

pub(crate) use settling::{derive_lifetime, settle_lifetime};
