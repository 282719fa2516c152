//! A database in memory: commits are atomic and keep the rules of uniqueness and reference that a real one enforces.

mod reading;
mod rules;
mod tables;

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::Duration,
};

use domain::{
    activity::AuditEvent,
    connection::ConnectionRequest,
    credential::SecretItemState,
    portal::Portal,
    ports::{Change, ChangeGuard, DatabaseNotice, Repository, RepositoryError, RepositoryReader},
};

use super::{
    faults::{Effect, Faults, Verdict},
    keychain::is_of_witness,
};
use rules::RULES;
pub use tables::Tables;
use tables::name;

pub struct InMemoryRepository {
    faults: Arc<Faults>,
    state: Mutex<State>,
    turn: Arc<Turn>,
    forgotten: Option<&'static str>,
}

/// One change at a time, by whichever process.
#[derive(Default)]
struct Turn {
    taken: Mutex<bool>,
    given_back: Condvar,
}

struct HeldTurn(Arc<Turn>);

impl ChangeGuard for HeldTurn {}

impl Drop for HeldTurn {
    fn drop(&mut self) {
        *self.0.taken.lock().expect("the turn") = false;
        self.0.given_back.notify_one();
    }
}

#[derive(Default)]
struct State {
    tables: Tables,
    events: Vec<AuditEvent>,
    commits: Vec<Vec<Change>>,
    /// How many commits took effect.
    change_number: u64,
    fails_next: Option<RepositoryError>,
    fails_to_begin: Option<RepositoryError>,
    notices: Vec<DatabaseNotice>,
}

impl InMemoryRepository {
    pub fn empty(faults: Arc<Faults>) -> Self {
        Self { faults, state: Mutex::default(), turn: Arc::default(), forgotten: None }
    }

    /// The names of the rules that it keeps.
    pub fn rules() -> impl Iterator<Item = &'static str> {
        RULES.iter().map(|rule| rule.name)
    }

    /// A wrong one: it keeps all rules but this one.
    pub fn that_forgets(rule: &'static str) -> Self {
        assert!(Self::rules().any(|one| one == rule), "{rule} is no rule");
        Self { forgotten: Some(rule), ..Self::empty(Arc::default()) }
    }

    /// The next commit answers with `error` and changes nothing.
    pub fn fail_next_commit(&self, error: RepositoryError) {
        self.state().fails_next = Some(error);
    }

    /// As the migration leaves the single authority of older versions: it does not sign any more, and its key is about
    /// to be deleted.
    pub fn forget_server_authority(&self) {
        let tables = &mut self.state().tables;
        let former = tables.server_authority.take().expect("an authority");
        tables.secrets.get_mut(&former.secret).expect("its row").state = SecretItemState::Deleting;
    }

    /// As before anybody looked at the clock.
    pub fn forget_seen_time(&self) {
        self.state().tables.seen_time = None;
    }

    /// The next change answers with `error` before it begins.
    pub fn fail_next_change(&self, error: RepositoryError) {
        self.state().fails_to_begin = Some(error);
    }

    /// What the database has noticed about itself from now on.
    pub fn notice(&self, notice: DatabaseNotice) {
        self.state().notices.push(notice);
    }

    /// Puts the tables back to another moment, as after a loss or a restore.
    pub fn restore(&self, tables: Tables) {
        self.state().tables = tables;
    }

    /// As an older version would have left it, without a witness.
    pub fn forget_witness(&self) {
        let tables = &mut self.state().tables;
        if let Some(witness) = tables.keychain_witness.take() {
            tables.secrets.remove(&witness);
        }
    }

    /// All tables except what the clock has shown, which is stored even where nothing else may change.
    pub fn tables_but_clock(&self) -> Tables {
        Tables { seen_time: None, ..self.all_tables() }
    }

    pub fn all_tables(&self) -> Tables {
        self.state().tables.clone()
    }

    /// The same without the witness, which comes with the first secret, whichever that is.
    pub fn tables(&self) -> Tables {
        let mut tables = self.all_tables();
        tables.keychain_witness = None;
        tables.secrets.retain(|_, item| !is_of_witness(&item.label));
        tables
    }

    /// The activity list, oldest first.
    pub fn events(&self) -> Vec<AuditEvent> {
        self.state().events.clone()
    }

    /// Everything that was ever given to a commit, successful or not.
    pub fn commits(&self) -> Vec<Vec<Change>> {
        self.state().commits.clone()
    }

    /// The open request of a portal, in whatever hub.
    pub fn find_open(&self, portal: &Portal) -> Option<ConnectionRequest> {
        self.state().tables.open_requests().find(|request| request.portal_id == Some(portal.id)).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the database")
    }
}

impl Repository for InMemoryRepository {
    /// Waits a second at most: nothing takes that long here, except a change that begins within a change.
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        if let Some(error) = self.state().fails_to_begin.take() {
            return Err(error);
        }
        let taken = self.turn.taken.lock().expect("the turn");
        let limit = Duration::from_secs(1);
        let (mut taken, waited) =
            self.turn.given_back.wait_timeout_while(taken, limit, |taken| *taken).expect("the turn");
        if waited.timed_out() {
            return Err(RepositoryError::Busy);
        }
        *taken = true;
        Ok(Box::new(HeldTurn(Arc::clone(&self.turn))))
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        assert!(*self.turn.taken.lock().expect("the turn"), "a commit without the lock: {changes:?}");
        let mut state = self.state();
        state.commits.push(changes.to_vec());
        if let Some(error) = state.fails_next.take() {
            return Err(error);
        }
        let what = changes.iter().map(name).collect::<Vec<_>>().join(", ");
        let (effect, result) = match self.faults.step(format!("commit {what}")) {
            Verdict::Work => (Effect::Done, Ok(())),
            // The port's promise: after an error nothing was changed.
            Verdict::Fail(_) => (Effect::None, Err(RepositoryError::DiskFull)),
            Verdict::Die(effect) => (effect, Err(RepositoryError::DiskFull)),
        };
        if effect == Effect::Done {
            let mut tables = state.tables.clone();
            let mut events = Vec::new();
            for change in changes {
                tables.apply(change.clone(), &mut events);
            }
            let events: Vec<AuditEvent> = state.events.iter().cloned().chain(events).collect();
            let mut kept = RULES.iter().filter(|rule| Some(rule.name) != self.forgotten);
            kept.try_for_each(|rule| rule.check(&tables, &events))?;
            (state.tables, state.events) = (tables, events);
            state.change_number += 1;
        }
        result
    }
}

impl RepositoryReader for InMemoryRepository {
    fn change_number(&self) -> Result<u64, RepositoryError> {
        Ok(self.state().change_number)
    }

    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError> {
        Ok(self.state().notices.clone())
    }

    fn check_whole(&self) -> Result<(), RepositoryError> {
        Ok(())
    }
}
