//! The witness: a small file beside the database that says which database was used here last, and how far it had come.
//!
//! It is written after each commit. A database that has come less far lacks changes that were made: an older copy
//! replaced it, or its last changes were lost. Without the witness that would look like a database in order.
//!
//! It is not part of a commit. A program that is killed in between leaves a witness that is behind the database, which
//! means nothing; only one that is ahead is a sign of loss. So it is never forced onto the disk: the commit that it
//! records is there.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Once,
};

use uuid::Uuid;

/// The file.
#[derive(Debug)]
pub(crate) struct Witness {
    path: PathBuf,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Testimony {
    /// The database.
    pub(crate) database: Uuid,
    /// Its change counter.
    pub(crate) counter: u32,
}

impl Witness {
    /// That of the database at `path`.
    pub(crate) fn beside(path: &Path) -> Self {
        Self { path: path_beside(path) }
    }

    /// What it says; `None` where there is none, or none that can be read.
    pub(crate) fn read(&self) -> Option<Testimony> {
        // A pipe would be read for ever.
        fs::metadata(&self.path).ok().filter(fs::Metadata::is_file)?;
        let text = fs::read_to_string(&self.path).ok()?;
        let mut words = text.split_whitespace();
        let database = Uuid::parse_str(words.next()?).ok()?;
        let counter = words.next()?.parse().ok()?;
        // The last word shows that the line is complete.
        (words.next()? == "changes").then_some(Testimony { database, counter })
    }

    /// Records this from now on. If it cannot be written, that is logged once and stops nothing.
    pub(crate) fn write(&self, testimony: Testimony) {
        if let Err(error) = self.try_write(testimony) {
            static WARNED: Once = Once::new();
            WARNED.call_once(
                || tracing::warn!(%error, "lost changes could not be noticed: the witness cannot be written"),
            );
        }
    }

    fn try_write(&self, Testimony { database, counter }: Testimony) -> io::Result<()> {
        let mut options = OpenOptions::new();
        // Always of one length, and written in one piece: no other process reads half of it.
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)?.write_all(format!("{} {counter:010} changes\n", database.simple()).as_bytes())
    }
}

/// Where it lies.
pub(crate) fn path_beside(database: &Path) -> PathBuf {
    database.with_extension("witness")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_was_written_last_and_nothing_where_it_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.db");
        let witness = Witness::beside(&path);
        assert_eq!(witness.read(), None);
        for counter in [u32::MAX, 7] {
            let testimony = Testimony { database: Uuid::from_u128(5), counter };
            witness.write(testimony);
            assert_eq!(witness.read(), Some(testimony));
        }
        let text = fs::read_to_string(path_beside(&path)).unwrap();
        for damaged in [&text[..text.len() - 4], "", "x", "\0\0\0"] {
            fs::write(path_beside(&path), damaged).unwrap();
            assert_eq!(witness.read(), None, "{damaged:?}");
        }
    }
}
