//! Why the domain does not do what was asked, and what to do instead.

mod confirmation;
mod failure;
mod refusal;

pub use confirmation::Confirmation;
pub use failure::Failure;
pub use refusal::Refusal;
