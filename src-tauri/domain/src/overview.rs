//! What is not well, in one answer for *Home* and `drawbridge status`.

mod database_notices;
mod overview;

pub use overview::{Attention, ConnectionName, Launchpad, Matter, TokenServiceSeen, Urgency};
