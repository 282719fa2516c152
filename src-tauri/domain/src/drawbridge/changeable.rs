//! The database, for the unit of work alone.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    area::Area,
    ports::{Change, Repository, RepositoryError},
};

/// The database, which only a unit of work may change.
#[derive(Clone)]
pub(super) struct Changeable {
    pub(super) repository: Arc<dyn Repository>,
    /// The last commits of this process, in their order.
    commits: Arc<Mutex<VecDeque<Committed>>>,
}

/// A commit: between which two change numbers, and what it was about.
struct Committed {
    from: u64,
    to: u64,
    areas: BTreeSet<Area>,
}

/// So many commits are remembered. Who looks more rarely hears of everything.
const REMEMBERED: usize = 256;

impl Changeable {
    pub(super) fn new(repository: Arc<dyn Repository>) -> Self {
        Self { repository, commits: Arc::default() }
    }

    /// Commits, under the lock that keeps all others from committing.
    pub(super) fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        let from = self.repository.change_number();
        self.repository.commit(changes)?;
        // What cannot be told here counts as a change of everything.
        let (Ok(from), Ok(to)) = (from, self.repository.change_number()) else { return Ok(()) };
        let areas = changes.iter().flat_map(Change::areas).copied().collect();
        let mut commits = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        if commits.len() == REMEMBERED {
            commits.pop_front();
        }
        commits.push_back(Committed { from, to, areas });
        Ok(())
    }

    /// What the commits between two change numbers were about; `None` if not all of them were of this process.
    pub(super) fn areas_between(&self, from: u64, to: u64) -> Option<BTreeSet<Area>> {
        let mut areas = BTreeSet::new();
        let mut reached = from;
        for commit in &*self.commits.lock().unwrap_or_else(PoisonError::into_inner) {
            if reached == to {
                break;
            }
            if commit.from == reached {
                reached = commit.to;
                areas.extend(&commit.areas);
            }
        }
        (reached == to).then_some(areas)
    }
}
