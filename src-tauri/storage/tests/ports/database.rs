//! A database in a file of its own.

use std::path::PathBuf;

use domain::ports::{Change, Repository};
use fakes::contract::Adapter;
use storage::SqliteRepository;
use tempfile::TempDir;

/// A database in a folder that vanishes with it.
pub struct Database {
    pub repository: SqliteRepository,
    pub path: PathBuf,
    _folder: TempDir,
}

impl Database {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.sqlite");
        Self { repository: SqliteRepository::open(&path).unwrap(), path, _folder: folder }
    }

    /// Closes the database and opens it again.
    pub fn reopened(self) -> Self {
        let Self { repository, path, _folder } = self;
        drop(repository);
        Self { repository: SqliteRepository::open(&path).unwrap(), path, _folder }
    }

    /// Commits without the lock, which a test of files does not need.
    pub fn commit(&self, changes: impl IntoIterator<Item = Change>) {
        self.repository.commit(&changes.into_iter().collect::<Vec<_>>()).unwrap();
    }
}

impl Adapter for Database {
    fn repository(&self) -> &dyn Repository {
        &self.repository
    }

    fn restarted(self: Box<Self>) -> Box<dyn Adapter> {
        Box::new(self.reopened())
    }
}
