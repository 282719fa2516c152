//! What the contract is checked with.

use domain::ports::{Change, Repository, RepositoryError};

/// An adapter of the port, with a database of its own.
pub trait Adapter {
    fn repository(&self) -> &dyn Repository;
    /// The same database after the end of the program and its next start.
    fn restarted(self: Box<Self>) -> Box<dyn Adapter>;
}

/// A repository that ends with its program: a restart would find nothing, so it goes on.
struct InMemory<R>(R);

impl<R: Repository + 'static> Adapter for InMemory<R> {
    fn repository(&self) -> &dyn Repository {
        &self.0
    }

    fn restarted(self: Box<Self>) -> Box<dyn Adapter> {
        self
    }
}

/// An adapter that keeps nothing beyond the end of its program.
pub fn in_memory(repository: impl Repository + 'static) -> Box<dyn Adapter> {
    Box::new(InMemory(repository))
}

/// Makes an adapter with an empty database.
pub type Make<'a> = &'a dyn Fn() -> Box<dyn Adapter>;

/// An empty database, and what a program does with it.
pub(super) struct Database(Box<dyn Adapter>);

impl Database {
    pub(super) fn new(make: Make<'_>) -> Self {
        Self(make())
    }

    pub(super) fn repository(&self) -> &dyn Repository {
        self.0.repository()
    }

    pub(super) fn reopened(self) -> Self {
        Self(self.0.restarted())
    }

    /// Commits as the unit of work does: under the lock.
    pub(super) fn try_commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        let _turn = self.repository().begin_change().expect("the lock");
        self.repository().commit(changes)
    }

    #[track_caller]
    pub(super) fn commit(&self, changes: impl IntoIterator<Item = Change>) {
        self.try_commit(&changes.into_iter().collect::<Vec<_>>()).unwrap();
    }
}
