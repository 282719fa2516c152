//! Where the next operation is to fail or to be killed, and a journal of the steps that it takes.
//!
//! Every commit, and every call of the keychain that stores, reads or deletes, is a step. Steps are counted, and
//! written down, from the moment a fault is planned or the journal is taken.

use std::sync::Mutex;

/// Whether the failing step takes effect nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    None,
    Done,
}

/// What goes wrong, and at which step (counted from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// This one step reports a failure; what comes after works.
    FailOnce { step: usize, effect: Effect },
    /// The power goes off during this step: nothing after it takes effect.
    Killed { step: usize, effect: Effect },
}

/// What a step is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Work,
    /// Report a failure, after taking effect or without.
    Fail(Effect),
    /// The same, but the caller does not get the report.
    Die(Effect),
}

#[derive(Default)]
pub struct Faults(Mutex<State>);

#[derive(Default)]
struct State {
    planned: Option<Fault>,
    journal: Vec<String>,
}

impl Faults {
    /// Plans a fault; the journal starts again from empty.
    pub fn plan(&self, fault: Fault) {
        *self.0.lock().expect("the faults") = State { planned: Some(fault), journal: Vec::new() };
    }

    /// Removes the fault. Returns the steps in the journal, and empties it.
    pub fn take_journal(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("the faults")).journal
    }

    /// Writes one more step down and says what it is to do.
    pub fn step(&self, what: String) -> Verdict {
        let mut state = self.0.lock().expect("the faults");
        let current = state.journal.len();
        state.journal.push(what);
        match state.planned {
            Some(Fault::FailOnce { step, effect }) if step == current => Verdict::Fail(effect),
            Some(Fault::Killed { step, effect }) if step == current => Verdict::Die(effect),
            Some(Fault::Killed { step, .. }) if step < current => Verdict::Die(Effect::None),
            Some(Fault::FailOnce { .. } | Fault::Killed { .. }) | None => Verdict::Work,
        }
    }
}
