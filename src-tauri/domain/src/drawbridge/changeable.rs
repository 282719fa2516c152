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

/// A commit: the change numbers before and after it, and what it was about.
struct Committed {
    from: u64,
    to: u64,
    areas: BTreeSet<Area>,
}

/// How many commits are remembered. A caller that asks less often gets everything as changed.
const REMEMBERED: usize = 256;

impl Changeable {
    pub(super) fn new(repository: Arc<dyn Repository>) -> Self {
        Self { repository, commits: Arc::default() }
    }

    /// Commits, under the lock that keeps all others from committing.
    pub(super) fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        let from = self.repository.change_number();
        self.repository.commit(changes)?;
        // Without an entry, everything counts as changed.
        let (Ok(from), Ok(to)) = (from, self.repository.change_number()) else { return Ok(()) };
        let areas = changes.iter().flat_map(Change::areas).copied().collect();
        let mut commits = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        if commits.len() == REMEMBERED {
            commits.pop_front();
        }
        commits.push_back(Committed { from, to, areas });
        Ok(())
    }

    /// What the commits between two change numbers were about; `None` if some of them were made by another process.
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
