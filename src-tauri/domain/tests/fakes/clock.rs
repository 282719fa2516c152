//! A clock that stands still until it is told to go on.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ports::Clock;

pub struct SettableClock(Mutex<DateTime<Utc>>);

impl SettableClock {
    /// Starts in the year of the tests, with a fraction of a second finer than anything that is kept.
    pub fn start() -> Self {
        Self(Mutex::new("2026-03-01T09:30:00.123456789Z".parse().expect("a time")))
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("the clock") += by;
    }
}

impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the clock")
    }
}
