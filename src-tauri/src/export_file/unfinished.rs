//! Where replacements of files are noted until they are done.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use tracing::{info, warn};
use uuid::Uuid;

use crate::system::create_private_folder;

/// The ending that a new version of a file has until it takes the file's place.
pub(super) const UNFINISHED: &str = ".drawbridge-unfinished";

/// The folder of the notes, in the data folder.
const FOLDER: &str = "unfinished-exports";

/// The notes of all replacements that have begun: one file each, which names the file that is to be removed if the
/// replacement is not completed. A process that works on one holds its lock.
#[derive(Debug, Clone)]
pub struct Unfinished {
    folder: PathBuf,
}

/// The note of a replacement that has begun.
#[derive(Debug)]
pub struct Note {
    path: PathBuf,
    /// Locked as long as it is open.
    _file: File,
}

impl Unfinished {
    /// The notes in this data folder.
    pub fn of_data(data: &Path) -> Self {
        Self { folder: data.join(FOLDER) }
    }

    /// Notes that `path` will exist for a moment. If it cannot be noted, the ending of its name still says what it is.
    pub(super) fn note(&self, path: &Path) -> io::Result<Note> {
        self.try_note(path).inspect_err(|error| warn!(%error, "an export that begins cannot be noted"))
    }

    fn try_note(&self, path: &Path) -> io::Result<Note> {
        create_private_folder(&self.folder)?;
        loop {
            let note = self.folder.join(Uuid::new_v4().to_string());
            let mut file = OpenOptions::new().write(true).create_new(true).open(&note)?;
            if let Err(error) = file.lock() {
                let _ = fs::remove_file(&note);
                return Err(error);
            }
            // Another process took this note for a forgotten one before it was locked, and removed it.
            if fs::symlink_metadata(&note).is_ok() {
                file.write_all(path.as_os_str().as_encoded_bytes())?;
                file.sync_all()?;
                return Ok(Note { path: note, _file: file });
            }
        }
    }

    /// Removes what killed programs left behind.
    pub fn clear(&self) {
        let Ok(notes) = fs::read_dir(&self.folder) else { return };
        for note in notes.flatten().map(|entry| entry.path()) {
            if let Err(error) = clear_one(&note) {
                warn!(%error, "what an export left behind cannot be removed yet");
            }
        }
    }
}

/// Removes the file that a note names, then the note, unless a process works on it.
fn clear_one(note: &Path) -> io::Result<()> {
    let mut file = File::open(note)?;
    if file.try_lock().is_err() {
        return Ok(());
    }
    let mut named = Vec::new();
    file.read_to_end(&mut named)?;
    let named = path_of(named);
    // Nothing else is ever removed, whatever a note says. An empty note was begun and not completed.
    if named.as_os_str().as_encoded_bytes().ends_with(UNFINISHED.as_bytes()) {
        match fs::remove_file(&named) {
            Ok(()) => info!(file = %named.display(), "removed what an interrupted export left behind"),
            // It may be on a disk that is not there now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if !named.parent().is_some_and(Path::is_dir) {
                    return Ok(());
                }
            }
            Err(error) => return Err(error),
        }
    }
    fs::remove_file(note)
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

impl Note {
    /// It is done.
    pub(super) fn forget(self) {
        if let Err(error) = fs::remove_file(&self.path) {
            warn!(%error, "a note of an export that is done cannot be removed");
        }
    }
}
