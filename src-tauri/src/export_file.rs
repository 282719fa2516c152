//! A file that the user chose for an export.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use domain::{Outlet, OutletError, SecretBytes, messages::Message};
use tempfile::{NamedTempFile, PersistError};

/// What a document is called until it takes its name, where it cannot be without one.
const PREFIX: &str = ".drawbridge-";

/// Writes the document to a file, readable by its owner only (mode 0600), whole or not at all. On Windows it inherits from
/// its folder who may read it.
pub struct ExportFile {
    path: PathBuf,
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
    /// A link, a folder or a device, which is never replaced: that would replace the thing itself (`/dev/stdout`).
    Other,
}

/// How the written document takes its name.
#[derive(Clone, Copy)]
enum TakeName {
    /// In the place of a file.
    Replacing,
    /// If nothing has that name.
    New,
}

impl ExportFile {
    /// A file of that name.
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
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
            // A folder that cannot be looked into says so when it is written to.
            Err(_) => Standing::Nothing,
        }
    }

    /// The document is written in the folder of its destination and then takes its name; what fails on the way is removed.
    ///
    /// On Linux it has no name until then, so that the system removes it even if the program is killed: nothing is left
    /// behind, but for the two steps between a name of its own and that of a file that it replaces. Elsewhere, and on file
    /// systems that cannot do that (such as FAT and NFS), a program that is killed while it writes leaves the document
    /// under a name with [`PREFIX`].
    fn write(&self, document: &SecretBytes, take_name: TakeName) -> io::Result<()> {
        match self.look() {
            Standing::Nothing | Standing::File => {}
            Standing::Other => return Err(io::Error::other("it is a link, a folder or a device")),
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        #[cfg(target_os = "linux")]
        if let Some(nameless) = nameless::Document::write(folder, document)? {
            match nameless.take(folder, &self.path, take_name) {
                Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
                taken => return taken,
            }
        }
        // Created with mode 0600: a file that was there before keeps neither its mode nor its owner.
        let mut file = NamedTempFile::with_prefix_in(PREFIX, folder)?;
        // EXPOSE: the user chose Export… and this file.
        file.write_all(document.expose())?;
        file.as_file().sync_all()?;
        persist(file, &self.path, take_name)
    }

    fn deliver_by(&self, document: &SecretBytes, take_name: TakeName) -> Result<(), OutletError> {
        self.write(document, take_name)
            .map_err(|error| OutletError::File { path: self.destination().to_string(), reason: error.to_string() })
    }
}

fn persist<F>(file: NamedTempFile<F>, path: &Path, take_name: TakeName) -> io::Result<()> {
    let taken = match take_name {
        TakeName::Replacing => file.persist(path),
        TakeName::New => file.persist_noclobber(path),
    };
    taken.map(drop).map_err(|PersistError { error, file: _ }| error)
}

/// Documents without a name (`O_TMPFILE`).
#[cfg(target_os = "linux")]
mod nameless {
    use std::{fs::File, io, io::Write, os::fd::AsRawFd, path::Path};

    use domain::SecretBytes;
    use rustix::{
        fs::{AtFlags, CWD, Mode, OFlags, linkat, open},
        io::Errno,
    };

    use super::{PREFIX, TakeName, persist};

    /// A document that was written in a folder, and is in none of its entries.
    pub struct Document(File);

    impl Document {
        /// Writes it; `None` where the file system knows no such files.
        pub fn write(folder: &Path, document: &SecretBytes) -> io::Result<Option<Self>> {
            let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
            let Ok(file) = open(folder, flags, Mode::RUSR | Mode::WUSR) else { return Ok(None) };
            let mut file = File::from(file);
            // EXPOSE: the user chose Export… and this file.
            file.write_all(document.expose())?;
            file.sync_all()?;
            Ok(Some(Self(file)))
        }

        /// Gives it its name.
        pub fn take(&self, folder: &Path, path: &Path, take_name: TakeName) -> io::Result<()> {
            match (self.link(path), take_name) {
                (Err(error), TakeName::Replacing) if error.kind() == io::ErrorKind::AlreadyExists => {
                    // Only a rename replaces a file at once, and it needs a name.
                    let named = tempfile::Builder::new().prefix(PREFIX).make_in(folder, |name| self.link(name))?;
                    persist(named, path, take_name)
                }
                (linked, TakeName::Replacing | TakeName::New) => linked,
            }
        }

        fn link(&self, path: &Path) -> io::Result<()> {
            let own = format!("/proc/self/fd/{}", self.0.as_raw_fd());
            match linkat(CWD, own, CWD, path, AtFlags::SYMLINK_FOLLOW) {
                // Without /proc, or on a file system without hard links.
                Err(Errno::NOENT | Errno::PERM | Errno::XDEV | Errno::OPNOTSUPP | Errno::NOSYS) => {
                    Err(io::ErrorKind::Unsupported.into())
                }
                linked => Ok(linked?),
            }
        }
    }
}

impl Outlet for ExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.deliver_by(document, TakeName::Replacing)
    }

    fn destination(&self) -> Message {
        Message::verbatim(self.path.display().to_string())
    }
}

impl Outlet for NewExportFile {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        self.0.deliver_by(document, TakeName::New)
    }

    fn destination(&self) -> Message {
        self.0.destination()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn export(path: &Path) -> Result<(), OutletError> {
        ExportFile::new(path.to_owned()).deliver(&SecretBytes::new(b"planted".to_vec()))
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
        fs::create_dir(&path).unwrap();

        export(&path).unwrap_err();

        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["credentials.json"], "a hidden file would hold the secret for good");
    }

    #[test]
    fn a_link_is_neither_followed_nor_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "somebody else's").unwrap();
        symlink(&target, &link).unwrap();

        let error = export(&link).unwrap_err();

        assert!(error.to_string().contains("it is a link"), "{error}");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "/dev/stdout is such a link");
        assert_eq!(fs::read(&target).unwrap(), b"somebody else's");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a hidden file would hold the secret for good");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_is_killed_while_it_writes_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let entries = || fs::read_dir(folder.path()).unwrap().count();
        let document = SecretBytes::new(b"planted".to_vec());

        let written = nameless::Document::write(folder.path(), &document).unwrap();

        let written = written.expect("ext4, XFS, Btrfs and tmpfs know files without a name");
        assert_eq!(entries(), 0, "the whole document is on the disk, and no name leads to it");
        written.take(folder.path(), &folder.path().join("credentials.json"), TakeName::New).unwrap();
        assert_eq!(entries(), 1);
    }

    #[test]
    fn where_every_file_has_a_name_an_export_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        for take_name in [TakeName::New, TakeName::Replacing] {
            let mut file = NamedTempFile::with_prefix_in(PREFIX, folder.path()).unwrap();
            file.write_all(b"planted").unwrap();
            persist(file, &path, take_name).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"planted");
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let file = NamedTempFile::with_prefix_in(PREFIX, folder.path()).unwrap();
        persist(file, &path, TakeName::New).unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_appears_in_the_meantime_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.json");
        fs::write(&path, "somebody else's").unwrap();

        let error = NewExportFile(ExportFile::new(path.clone())).deliver(&SecretBytes::new(b"planted".to_vec()));

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
