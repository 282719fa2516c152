//! The calls by which an export changes a folder.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use domain::documents::SecretBytes;

/// What an export asks of the file system. The tests have one that fails, lies, or ends the program at each step.
pub trait Disk: Send + Sync {
    /// A file in `folder` that has no name, and that the system removes unless it gets one; `Unsupported` where there are
    /// no such files.
    fn create_nameless(&self, folder: &Path) -> io::Result<File>;
    /// Gives a nameless file a name that does not exist yet; `Unsupported` where that cannot be done.
    fn link(&self, file: &File, path: &Path) -> io::Result<()>;
    /// A new, empty file with mode 0600.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// The mode of a new file, if it lets others on this computer read it.
    fn others_may_read(&self, file: &File) -> io::Result<Option<u32>>;
    /// Writes the document, and waits until it is on the disk.
    fn write(&self, file: &mut File, document: &SecretBytes) -> io::Result<()>;
    /// Puts a file in the place of another one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Leaves nothing in a file.
    fn empty(&self, path: &Path) -> io::Result<()>;
    /// The length of what has that name, in bytes; `None` if nothing has it.
    fn length(&self, path: &Path) -> Option<u64>;
}

/// The disk itself.
pub struct RealDisk;

impl Disk for RealDisk {
    #[cfg(target_os = "linux")]
    fn create_nameless(&self, folder: &Path) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        // If this fails, the way that works everywhere gives the reason.
        open(folder, flags, Mode::RUSR | Mode::WUSR).map(File::from).map_err(|_| io::ErrorKind::Unsupported.into())
    }

    #[cfg(not(target_os = "linux"))]
    fn create_nameless(&self, _folder: &Path) -> io::Result<File> {
        Err(io::ErrorKind::Unsupported.into())
    }

    #[cfg(target_os = "linux")]
    fn link(&self, file: &File, path: &Path) -> io::Result<()> {
        use std::os::fd::AsRawFd;

        use rustix::{
            fs::{AtFlags, CWD, linkat},
            io::Errno,
        };
        let own = format!("/proc/self/fd/{}", file.as_raw_fd());
        match linkat(CWD, own, CWD, path, AtFlags::SYMLINK_FOLLOW) {
            // Without /proc, or on a file system without hard links; the error differs between file systems.
            Err(error) if ![Errno::EXIST, Errno::NOSPC, Errno::DQUOT].contains(&error) => {
                Err(io::ErrorKind::Unsupported.into())
            }
            linked => Ok(linked?),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn link(&self, _file: &File, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.write(true).create_new(true).open(path)
    }

    #[cfg(unix)]
    fn others_may_read(&self, file: &File) -> io::Result<Option<u32>> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let metadata = file.metadata()?;
        let mode = metadata.permissions().mode() & 0o777;
        let private = mode & 0o077 == 0 || is_of_private_mount(metadata.dev());
        Ok(if private { None } else { Some(mode) })
    }

    #[cfg(not(unix))]
    fn others_may_read(&self, _file: &File) -> io::Result<Option<u32>> {
        Ok(None)
    }

    fn write(&self, file: &mut File, document: &SecretBytes) -> io::Result<()> {
        // EXPOSE: the user chose Export… and this file.
        file.write_all(document.expose())?;
        match file.sync_all() {
            // A file system without this operation has nothing to wait for.
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
            synced => synced,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn empty(&self, path: &Path) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(0)?;
        file.sync_all()
    }

    fn length(&self, path: &Path) -> Option<u64> {
        fs::symlink_metadata(path).ok().map(|there| there.len())
    }
}

/// Whether a file is on a FUSE mount that only the user who mounted it may enter, whatever modes it shows: `rclone` and
/// `sshfs` show 0644 for everything.
#[cfg(target_os = "linux")]
fn is_of_private_mount(device: u64) -> bool {
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    let of = format!("{major}:{minor}");
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    mounts.lines().any(|line| is_private_mount(line, &of))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_of_private_mount(_device: u64) -> bool {
    false
}

/// A line of proc(5) mountinfo: the device is the third field, the type and the options of the file system follow " -
/// ".
#[cfg(target_os = "linux")]
fn is_private_mount(line: &str, device: &str) -> bool {
    let Some((mount, system)) = line.split_once(" - ") else { return false };
    let mut system = system.split(' ');
    let (kind, options) = (system.next().unwrap_or_default(), system.nth(1).unwrap_or_default());
    mount.split(' ').nth(2) == Some(device)
        && (kind == "fuse" || kind.starts_with("fuse."))
        && !options.split(',').any(|option| option == "allow_other")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_mount_is_private_if_it_is_of_fuse_and_lets_no_others_in() {
        let line = |kind: &str, options: &str| {
            format!("98 31 0:53 / /home/ada/cloud rw,nosuid shared:5 - {kind} gcs: {options}")
        };
        assert!(is_private_mount(&line("fuse.rclone", "rw,user_id=1000,group_id=1000"), "0:53"));
        assert!(!is_private_mount(&line("fuse.rclone", "rw,user_id=1000,group_id=1000,allow_other"), "0:53"));
        assert!(!is_private_mount(&line("vfat", "rw,fmask=0022"), "0:53"));
        assert!(!is_private_mount(&line("fuse.rclone", "rw,user_id=1000"), "0:5"), "another one");
    }
}
