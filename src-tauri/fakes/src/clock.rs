//! A clock that shows what a test wants.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ports::Clock;

/// Stands still until a test moves it on, or runs as the system's clock does, shifted by what the test says.
pub struct SettableClock(Mutex<State>);

enum State {
    Standing(DateTime<Utc>),
    Running { shift: TimeDelta, shown: DateTime<Utc> },
}

impl SettableClock {
    /// Stands still in the year of the tests. Its fraction of a second is finer than anything that is stored.
    pub fn start() -> Self {
        Self::standing("2026-03-01T09:30:00.123456789Z".parse().expect("a time"))
    }

    pub fn standing(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(State::Standing(now)))
    }

    /// Runs; no two looks show the same millisecond.
    pub fn running() -> Self {
        Self(Mutex::new(State::Running { shift: TimeDelta::zero(), shown: DateTime::UNIX_EPOCH }))
    }

    /// From now on it stands still at this moment.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().expect("the clock") = State::Standing(now);
    }

    pub fn advance(&self, by: TimeDelta) {
        match &mut *self.0.lock().expect("the clock") {
            State::Standing(now) => *now += by,
            State::Running { shift, shown } => {
                *shift += by;
                *shown += by;
            }
        }
    }
}

impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        match &mut *self.0.lock().expect("the clock") {
            State::Standing(now) => *now,
            State::Running { shift, shown } => {
                *shown = (Utc::now() + *shift).max(*shown + TimeDelta::milliseconds(1));
                *shown
            }
        }
    }
}
