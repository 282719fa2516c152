//! Files in the data folder that belong to another user than the folder: a start as root, by `sudo -E`, leaves such
//! files behind.

use std::path::Path;

use domain::{messages::message, ports::RepositoryError};

/// The same error. If the database at `path` cannot be written because a file beside it belongs to another user, the
/// error names that file.
pub(crate) fn name_in(path: &Path, error: RepositoryError) -> RepositoryError {
    let RepositoryError::NotWritable { reason } = error else { return error };
    let reason = match find(path) {
        Some((file, owner)) => {
            message!("database-file-of-another-user", reason = reason, path = file, owner = owner)
        }
        None => reason,
    };
    RepositoryError::NotWritable { reason }
}

/// The first one by name, with the number of its owner: the database, or a file that goes with it and begins with its name.
#[cfg(unix)]
fn find(database: &Path) -> Option<(String, u32)> {
    use std::os::unix::fs::MetadataExt;

    let folder = database.parent()?;
    let stem = database.file_stem()?.to_string_lossy().into_owned();
    let owner = folder.metadata().ok()?.uid();
    let foreign = folder.read_dir().ok()?.flatten().filter_map(|entry| {
        let uid = entry.metadata().ok()?.uid();
        let belongs = entry.file_name().to_string_lossy().starts_with(&stem);
        (belongs && uid != owner).then(|| (entry.path().display().to_string(), uid))
    });
    foreign.min()
}

#[cfg(not(unix))]
fn find(_: &Path) -> Option<(String, u32)> {
    None
}
