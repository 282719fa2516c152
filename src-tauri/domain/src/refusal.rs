//! Why the domain does not do what was asked, and what to do instead.

mod answer;
mod confirmation;
mod failure;
mod refusal;
mod words;

pub use confirmation::Confirmation;
pub use failure::Failure;
pub use refusal::Refusal;
