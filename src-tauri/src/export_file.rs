//! A file that the user chose for an export.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use domain::{Outlet, OutletError, SecretBytes};
use tempfile::{NamedTempFile, PersistError};

/// Writes the document to `path`, readable by its owner only (mode 0600), whole or not at all.
pub struct ExportFile {
    /// Where to.
    pub path: PathBuf,
}

/// The same for a file that must not exist: one that appears in the meantime stays as it is.
pub struct NewExportFile(pub ExportFile);

/// How the written document takes its name.
type TakeName = fn(NamedTempFile, &Path) -> Result<File, PersistError>;

impl ExportFile {
    /// The document is written beside its destination and then takes its name; what fails on the way is removed.
    fn write(&self, document: &SecretBytes, take_name: TakeName) -> io::Result<()> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Created with mode 0600: a file that was there before keeps neither its mode nor its owner.
        let mut file = NamedTempFile::with_prefix_in(".drawbridge-", folder)?;
        // EXPOSE: the user chose Export… and this file.
        file.write_all(document.expose())?;
        file.as_file().sync_all()?;
        take_name(file, &self.path)?;
        Ok(())
    }

    fn deliver_by(&self, document: &SecretBytes, take_name: TakeName) -> Result<(), OutletError> {
        self.write(document, take_name)
            .map_err(|error| OutletError::File { path: self.destination(), reason: error.to_string() })
    }
}

impl Outlet for ExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.deliver_by(document, |file, path| file.persist(path))
    }

    fn destination(&self) -> String {
        self.path.display().to_string()
    }
}

impl Outlet for NewExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.0.deliver_by(document, |file, path| file.persist_noclobber(path))
    }

    fn destination(&self) -> String {
        self.0.destination()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn export(path: &Path) -> Result<(), OutletError> {
        ExportFile { path: path.to_owned() }.deliver(&SecretBytes::new(b"planted".to_vec()))
    }

    #[test]
    fn an_export_is_readable_by_its_owner_only_even_where_a_readable_file_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();

        export(&path).unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"planted");
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "others on this machine must not read an exported secret");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays behind");
    }

    #[test]
    fn an_export_that_cannot_take_its_name_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        // A folder of that name: the document can be written beside it, but not take its place.
        fs::create_dir(&path).unwrap();

        export(&path).unwrap_err();

        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["credentials.json"], "a hidden file would hold the secret for good");
    }

    #[test]
    fn a_file_that_appears_in_the_meantime_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        fs::write(&path, "somebody else's").unwrap();

        let error = NewExportFile(ExportFile { path: path.clone() }).deliver(&SecretBytes::new(b"planted".to_vec()));

        error.unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"somebody else's");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a hidden file would hold the secret for good");
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named_and_nothing_of_the_secret_is() {
        let error = export(Path::new("/nonexistent-folder/credentials.json")).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("/nonexistent-folder/credentials.json"), "the user has to see which file: {text}");
        assert!(!text.contains("planted"), "{text}");
    }
}
