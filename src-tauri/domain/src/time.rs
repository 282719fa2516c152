//! How far this computer's clock can be believed.

mod seen_time;
mod watch;

pub use seen_time::{ClockJump, SeenTime};
