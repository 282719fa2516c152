//! A file that the user chose for an export.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use atomic_write_file::AtomicWriteFile;
#[cfg(unix)]
use atomic_write_file::unix::OpenOptionsExt;
use domain::{Outlet, OutletError, SecretBytes};

/// Writes the document to `path`, readable by its owner only (mode 0600), whole or not at all.
pub struct ExportFile {
    /// Where to.
    pub path: PathBuf,
}

impl ExportFile {
    /// Until `commit` the file has no name where the file system allows that (`O_TMPFILE`): killed in between, no piece
    /// of the secret stays behind.
    fn write(&self, document: &SecretBytes) -> io::Result<()> {
        let mut options = AtomicWriteFile::options();
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // A file that others may read keeps neither its mode nor its owner.
            options.preserve_mode(false).preserve_owner(false).mode(0o600);
        }
        let mut file = options.open(&self.path)?;
        // EXPOSE: the user chose Export… and this file.
        file.write_all(document.expose())?;
        file.commit()
    }
}

impl Outlet for ExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.write(document).map_err(|error| OutletError::File { path: self.destination(), reason: error.to_string() })
    }

    fn destination(&self) -> String {
        self.path.display().to_string()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn an_export_is_readable_by_its_owner_only_even_where_a_readable_file_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();

        ExportFile { path: path.clone() }.deliver(&SecretBytes::new(b"planted".to_vec())).unwrap();

        assert_eq!(std::fs::read(&path).unwrap(), b"planted");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "others on this machine must not read an exported secret");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays behind");
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named_and_nothing_of_the_secret_is() {
        let path = PathBuf::from("/nonexistent-folder/credentials.json");
        let error = ExportFile { path }.deliver(&SecretBytes::new(b"planted".to_vec())).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("/nonexistent-folder/credentials.json"), "the user has to see which file: {text}");
        assert!(!text.contains("planted"), "{text}");
    }
}
