//! Files in the data folder that are not its owner's: what a start as root, by `sudo -E`, leaves behind.

use std::path::Path;

use domain::{RepositoryError, messages::message};

/// The same error; one that the database at `path` cannot be written names the file beside it that belongs to somebody else.
pub(crate) fn name_in(path: &Path, error: RepositoryError) -> RepositoryError {
    match (error, path.parent().and_then(find)) {
        (RepositoryError::NotWritable { reason }, Some((file, owner))) => {
            let reason = message!("database-file-of-another-user", reason = reason, path = file, owner = owner);
            RepositoryError::NotWritable { reason: reason.to_string() }
        }
        (error, _) => error,
    }
}

/// The first one by name, with the number of its owner.
#[cfg(unix)]
fn find(folder: &Path) -> Option<(String, u32)> {
    use std::os::unix::fs::MetadataExt;

    let owner = folder.metadata().ok()?.uid();
    let foreign = folder.read_dir().ok()?.flatten().filter_map(|entry| {
        let uid = entry.metadata().ok()?.uid();
        (uid != owner).then(|| (entry.path().display().to_string(), uid))
    });
    foreign.min()
}

#[cfg(not(unix))]
fn find(_: &Path) -> Option<(String, u32)> {
    None
}
