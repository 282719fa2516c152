//! The database as a file: who owns it, whether it is still the one that was opened, and what is beside it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use domain::{messages::message, ports::RepositoryError};

use crate::{
    change_lock,
    error::Error,
    hot_journal::{self, Journal},
    schema, witness,
};

/// Where the header says how often the file was changed, and whether it has a write-ahead log
/// (<https://sqlite.org/fileformat2.html#the_database_header>).
const COUNTER: u64 = 24;
const WRITE_VERSION: usize = 18;
const APPLICATION_ID: usize = 68;

/// An open database file. It has to be closed after SQLite's own connections to it: closing a file takes the locks of the
/// whole process away (<https://sqlite.org/howtocorrupt.html>, 2.2).
#[derive(Debug)]
pub(crate) struct DatabaseFile {
    path: PathBuf,
    file: File,
    identity: Identity,
    /// The highest change counter that was seen.
    newest: AtomicU32,
}

/// What distinguishes a file from another one of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    number: u64,
}

/// What was found at the opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// A commit was interrupted; SQLite undoes it with the first reading.
    pub(crate) interrupted: bool,
    /// The file has a write-ahead log, as the versions before used it.
    pub(crate) write_ahead: bool,
}

impl DatabaseFile {
    /// For how long the traces of a commit may be those of one that is still running; after that they count as left
    /// over.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// Makes sure that the file at `path` is Drawbridge's, or empty, that only its owner can read it, and that SQLite
    /// will find nothing beside it that belongs to another file. SQLite gives the files that it puts beside it the same
    /// permissions.
    pub(crate) fn open(path: &Path) -> Result<(Self, Found), Error> {
        let failed = |error: io::Error| Error::io(path, &error);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            create_folder(folder).map_err(|error| Error::io(folder, &error))?;
        }
        let journal = beside(path, "-journal");
        for file in
            [path, &journal, &beside(path, "-wal"), &change_lock::path_beside(path), &witness::path_beside(path)]
        {
            refuse_special(file)?;
        }
        let mut file = open_or_create(path).map_err(failed)?;
        let head = read_head(&mut file).map_err(failed)?;
        check_owner(path, &head)?;
        let write_ahead = head.get(WRITE_VERSION) == Some(&2);
        refuse_foreign_log(path, write_ahead)?;
        let metadata = file.metadata().map_err(failed)?;
        let this = Self { path: path.to_owned(), identity: Identity::of(&metadata), newest: AtomicU32::new(0), file };
        let interrupted = this.check_journal(&journal)?;
        restrict(path, &metadata);
        Ok((this, Found { interrupted, write_ahead }))
    }

    /// Where it was opened.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// How often the file was changed; each commit adds one. [`RepositoryError::Replaced`] where it has become less, or
    /// the file at the path is another one.
    pub(crate) fn counter(&self) -> Result<u32, Error> {
        self.read_stamp().map(|(counter, _)| counter)
    }

    /// A number that differs after each commit, by whichever process.
    pub(crate) fn change_number(&self) -> Result<u64, Error> {
        let (counter, written) = self.read_stamp()?;
        Ok(u64::from(counter) << 32 | u64::from(written))
    }

    /// The change counter, and the last 32 bits of the time of the last write: a commit that is undone takes the counter
    /// back, but not the time.
    fn read_stamp(&self) -> Result<(u32, u32), Error> {
        let metadata = match fs::metadata(&self.path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(RepositoryError::Replaced.into()),
            Err(error) => return Err(Error::io(&self.path, &error)),
        };
        if Identity::of(&metadata) != self.identity {
            return Err(RepositoryError::Replaced.into());
        }
        let mut bytes = [0; 4];
        let counter = match read_exact_at(&self.file, &mut bytes, COUNTER) {
            Ok(()) => u32::from_be_bytes(bytes),
            // A new file is empty until its first commit.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(Error::io(&self.path, &error)),
        };
        let newest = self.newest.fetch_max(counter, Ordering::Relaxed);
        // A commit that was under way may have been undone since.
        if counter.saturating_add(1) < newest {
            return Err(RepositoryError::Replaced.into());
        }
        let written = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let written = written.unwrap_or_default().as_nanos() & u128::from(u32::MAX);
        Ok((counter, u32::try_from(written).unwrap_or_default()))
    }

    /// Whether a commit was interrupted. Refuses a journal that is damaged, or is not this file's.
    fn check_journal(&self, path: &Path) -> Result<bool, Error> {
        let mut waited = Duration::ZERO;
        loop {
            let counter = self.counter()?;
            let problem = match hot_journal::read(path).map_err(|error| Error::io(path, &error))? {
                Journal::Cold => return Ok(false),
                Journal::Hot { counter: None } => return Ok(true),
                Journal::Hot { counter: Some(before) } if counter == before || counter == before.wrapping_add(1) => {
                    return Ok(true);
                }
                Journal::Hot { .. } => Error::from(RepositoryError::ForeignLog { file: name_of(path) }),
                Journal::Damaged => Error::damaged(message!("database-journal-damaged", file = name_of(path))),
            };
            // A commit of another process may be running, and have come further between the two looks.
            if waited >= Self::PATIENCE {
                return Err(problem);
            }
            let pause = Duration::from_millis(20);
            thread::sleep(pause);
            waited += pause;
        }
    }
}

impl Identity {
    #[cfg(unix)]
    fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), number: metadata.ino() }
    }

    /// On other systems a file that is open can be neither removed nor renamed.
    #[cfg(not(unix))]
    fn of(_: &fs::Metadata) -> Self {
        Self {}
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
        read if read == bytes.len() => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Opening a pipe would wait, for ever, until another program opens its other end.
fn refuse_special(path: &Path) -> Result<(), Error> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let kind = if metadata.is_dir() {
                message!("database-file-is-folder", file = path.display().to_string())
            } else {
                message!("database-file-is-special", file = path.display().to_string())
            };
            Err(RepositoryError::NotWritable { reason: kind }.into())
        }
        // Any other problem shows when it is opened.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// To write, or only to read where nothing can be written.
fn open_or_create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
                && path.exists() =>
        {
            File::open(path).map_err(|_| error)
        }
        opened => opened,
    }
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn read_head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(100).read_to_end(&mut head)?;
    Ok(head)
}

/// Reads the file's header without SQLite, which could change a foreign file, or put files beside it, just by opening
/// it.
fn check_owner(path: &Path, head: &[u8]) -> Result<(), Error> {
    let is_database = head.starts_with(b"SQLite format 3\0");
    if head.is_empty()
        || is_database && head.get(APPLICATION_ID..APPLICATION_ID + 4) == Some(&schema::APPLICATION_ID.to_be_bytes())
    {
        return Ok(());
    }
    let reason = if witness::path_beside(path).exists() {
        message!("database-head-damaged")
    } else if is_database {
        message!("database-not-ours")
    } else {
        message!("database-not-one")
    };
    Err(Error::damaged(reason))
}

/// A write-ahead log beside a file that has none: SQLite would take the log's content for the last changes of this
/// file.
fn refuse_foreign_log(path: &Path, write_ahead: bool) -> Result<(), Error> {
    let log = beside(path, "-wal");
    match fs::metadata(&log) {
        Ok(metadata) if !write_ahead && metadata.len() > 0 => {
            Err(RepositoryError::ForeignLog { file: name_of(&log) }.into())
        }
        Ok(metadata) if !write_ahead && metadata.len() == 0 => {
            // It is empty, but SQLite would begin to use it. If it cannot be removed, SQLite cannot use it either.
            let _ = fs::remove_file(&log);
            Ok(())
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Takes the access rights of all other users away, where that is possible; on a read-only file system they stay.
#[cfg(unix)]
fn restrict(path: &Path, metadata: &fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;
    if metadata.permissions().mode() & 0o077 != 0
        && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600))
    {
        tracing::warn!(%error, path = %path.display(), "others may look into this");
    }
}

/// On other systems a file takes its permissions from the user's own folder.
#[cfg(not(unix))]
fn restrict(_: &Path, _: &fs::Metadata) {}
