//! A file that the user chose for an export.
//!
//! Nothing with a secret is ever under a name that nobody knows, and what fails on the way leaves nothing behind:
//!
//! - A new file is written without a name (`O_TMPFILE`) and then gets its own. Where that does not exist, it is written under
//!   its own name, which nothing has yet, and is removed again if that fails.
//! - To replace a file at once takes a rename, and that takes a second name: [`UNFINISHED`] behind the name of the file. It is
//!   noted in the data folder ([`unfinished`]) before anything is in it, so that the next start removes what a killed
//!   program left there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use domain::{
    documents::SecretBytes,
    messages::{Message, message},
    ports::{Outlet, OutletError},
};

mod disk;
mod unfinished;

use self::disk::{Disk, RealDisk};
use self::unfinished::UNFINISHED;
pub use self::unfinished::Unfinished;

/// Writes the document to a file, readable by its owner only (mode 0600), whole or not at all. On Windows it inherits from
/// its folder who may read it.
pub struct ExportFile {
    path: PathBuf,
    unfinished: Unfinished,
    disk: Box<dyn Disk>,
}

/// The same for a file that must not exist: one that appears in the meantime stays as it is.
pub struct NewExportFile(pub ExportFile);

/// What stands where a file is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A regular file, which can be replaced.
    File,
    /// A link, a folder or a device. It is never replaced: that would replace the thing itself (`/dev/stdout`).
    Other,
}

/// Why a file was not written.
struct NotWritten {
    /// As it is told.
    reason: Message,
    /// Whether something of ours could not be removed.
    stays: bool,
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self { reason: error.to_string().into(), stays: false }
    }
}

impl From<Message> for NotWritten {
    fn from(message: Message) -> Self {
        Self { reason: message, stays: false }
    }
}

impl ExportFile {
    /// A file of that name; the replacement of one is noted in `unfinished`.
    pub fn new(path: PathBuf, unfinished: Unfinished) -> Self {
        Self { path, unfinished, disk: Box::new(RealDisk) }
    }

    /// Where to.
    pub const fn path(&self) -> &PathBuf {
        &self.path
    }

    /// What stands there now.
    pub fn look(&self) -> Standing {
        match fs::symlink_metadata(&self.path) {
            Ok(there) if there.is_file() => Standing::File,
            Ok(_) => Standing::Other,
            // A folder that cannot be read gives an error when it is written to.
            Err(_) => Standing::Nothing,
        }
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn replace(&self, document: &SecretBytes) -> Result<(), NotWritten> {
        match self.look() {
            Standing::Nothing => return self.write_new(document),
            Standing::File => {}
            Standing::Other => return Err(message!("shell-export-not-a-file").into()),
        }
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(UNFINISHED);
        let successor = self.path.with_file_name(name);
        // The file of an earlier export that was killed is not in the way.
        self.unfinished.clear();
        let noted = self.unfinished.note(&successor);
        let written = self.write_successor(document, &successor);
        // If something remains, the next start tries again to remove it.
        if let Ok(noted) = noted
            && !written.as_ref().is_err_and(|why| why.stays)
        {
            noted.forget();
        }
        written
    }

    /// Writes the document beside the file, and puts it in the file's place.
    fn write_successor(&self, document: &SecretBytes, successor: &Path) -> Result<(), NotWritten> {
        let linked = match self.disk.create_nameless(self.folder()) {
            Ok(mut file) => {
                self.disk.write(&mut file, document)?;
                self.disk.link(&file, successor)
            }
            Err(error) => Err(error),
        };
        match linked {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.write_named(document, successor)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(in_the_way(successor)),
            Err(error) => return Err(error.into()),
        }
        if let Err(error) = self.disk.rename(successor, &self.path) {
            let why = message!("shell-export-not-replaced-at-once", reason = error.to_string());
            return Err(self.discard(successor, why.into()));
        }
        // Some file systems report that they renamed a file and did not, or left both names.
        if self.disk.length(successor).is_some() {
            let why = message!("shell-export-not-replaced-at-once", reason = message!("shell-export-rename-left-both"));
            return Err(self.discard(successor, why.into()));
        }
        self.check_length(document, &self.path)
    }

    fn write_new(&self, document: &SecretBytes) -> Result<(), NotWritten> {
        let linked = match self.disk.create_nameless(self.folder()) {
            Ok(mut file) => {
                self.disk.write(&mut file, document)?;
                self.disk.link(&file, &self.path)
            }
            Err(error) => Err(error),
        };
        match linked {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.write_named(document, &self.path),
            linked => Ok(linked?),
        }
    }

    /// Writes a file under a name that does not exist yet. Only its owner can read it before there is anything in it.
    fn write_named(&self, document: &SecretBytes, path: &Path) -> Result<(), NotWritten> {
        let mut file = self.disk.create(path).map_err(|error| {
            let in_way = error.kind() == io::ErrorKind::AlreadyExists && path != self.path;
            if in_way { in_the_way(path) } else { error.into() }
        })?;
        let written = match self.disk.others_may_read(&file) {
            Ok(None) => self.disk.write(&mut file, document).map_err(NotWritten::from),
            Ok(Some(mode)) => Err(message!("shell-export-others-may-read", mode = format!("{mode:04o}")).into()),
            Err(error) => Err(error.into()),
        };
        // Closed before it is checked or removed: some file systems write an open file later, or rename it.
        drop(file);
        match written.and_then(|()| self.check_length(document, path)) {
            Ok(()) => Ok(()),
            Err(why) => Err(self.discard(path, why)),
        }
    }

    fn check_length(&self, document: &SecretBytes, path: &Path) -> Result<(), NotWritten> {
        let whole = self.disk.length(path) == Some(document.len() as u64);
        if whole { Ok(()) } else { Err(message!("shell-export-not-kept").into()) }
    }

    /// Removes what was written and checks that it is gone; the error names what remains.
    fn discard(&self, path: &Path, why: NotWritten) -> NotWritten {
        let removed = self.disk.remove(path);
        if self.disk.length(path).is_none() {
            return why;
        }
        let reason =
            removed.err().map_or_else(|| message!("shell-export-removal-undone"), |error| error.to_string().into());
        let shown = path.display().to_string();
        // Its name remains, but it can be emptied.
        let empty = self.disk.empty(path).is_ok() && self.disk.length(path) == Some(0);
        let stayed = if empty {
            message!("shell-export-stayed-empty", trouble = why.reason, path = shown, reason = reason)
        } else {
            message!("shell-export-stayed", trouble = why.reason, path = shown, reason = reason)
        };
        NotWritten { reason: stayed, stays: true }
    }

    fn explain(&self, why: NotWritten) -> OutletError {
        OutletError::File { path: self.path.display().to_string(), reason: why.reason }
    }
}

fn in_the_way(path: &Path) -> NotWritten {
    message!("shell-export-unfinished-in-the-way", path = path.display().to_string()).into()
}

impl Outlet for ExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.replace(document).map_err(|why| self.explain(why))
    }

    fn destination(&self) -> Message {
        Message::verbatim(self.path.display().to_string())
    }
}

impl Outlet for NewExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        let Self(file) = self;
        let written = match file.look() {
            Standing::Other => Err(message!("shell-export-not-a-file").into()),
            Standing::Nothing | Standing::File => file.write_new(document),
        };
        written.map_err(|why| file.explain(why))
    }

    fn destination(&self) -> Message {
        self.0.destination()
    }
}

#[cfg(all(test, unix))]
mod tests;
