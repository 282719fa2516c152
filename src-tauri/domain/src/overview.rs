//! What is not well, in one answer for *Home* and `drawbridge status`.

mod database_notices;
mod matter;
mod overview;

pub use matter::{Attention, ConnectionName, Matter, PendingDecision, Renewal, TokenServiceSeen, Urgency};
pub use overview::Launchpad;
