use std::{
    collections::BTreeSet,
    env,
    fs::File,
    io::Write,
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::ExitStatusExt,
    },
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;

const DOCUMENT: &[u8] = b"planted";

/// A folder for exports, and one for the data.
struct World {
    folder: tempfile::TempDir,
    data: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), data: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("credentials.json")
    }

    fn file_on(&self, disk: impl Disk + 'static) -> ExportFile {
        let unfinished = Unfinished::of_data(self.data.path());
        ExportFile { disk: Box::new(disk), ..ExportFile::new(self.path(), unfinished) }
    }

    fn replace_on(&self, disk: impl Disk + 'static) -> Result<(), OutletError> {
        fs::write(self.path(), "old").unwrap();
        self.file_on(disk).deliver(&document())
    }

    fn write_new_on(&self, disk: impl Disk + 'static) -> Result<(), OutletError> {
        NewExportFile(self.file_on(disk)).deliver(&document())
    }

    /// Everything in the folder, with its content.
    fn found(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap());
        let mut found: Vec<_> = entries
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
            .collect();
        found.sort();
        found
    }

    fn assert_holds(&self, content: &[u8], why: &str) {
        assert_eq!(self.found(), [("credentials.json".to_owned(), content.to_vec())], "{why}");
    }

    fn notes(&self) -> usize {
        fs::read_dir(self.data.path().join("unfinished-exports")).map_or(0, Iterator::count)
    }
}

fn document() -> SecretBytes {
    SecretBytes::new(DOCUMENT.to_vec())
}

/// How a file system differs from an ordinary one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Odd {
    /// The disk is full after some bytes.
    Full,
    /// Renaming fails.
    NoRename,
    /// Renaming does nothing and says that it did.
    RenameLies,
    /// Renaming leaves both names.
    RenameCopies,
    /// Nothing can be removed, renamed or emptied.
    Stubborn,
    /// What was removed is there again; a rename fails.
    RemoveLies,
    /// Everybody may read everything.
    Open,
    /// What was written is lost when the file is closed.
    Forgetful,
    /// Nothing of the kind.
    NoLinks,
}

/// A file system without hard links and nameless files, with a further oddity.
struct OddDisk(Odd);

fn refused() -> io::Error {
    io::Error::other("odd")
}

impl Disk for OddDisk {
    fn create_nameless(&self, _folder: &Path) -> io::Result<File> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn link(&self, _file: &File, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let file = RealDisk.create(path)?;
        assert_eq!(file.metadata()?.permissions().mode() & 0o777, 0o600, "before there is anything in it");
        Ok(file)
    }

    fn others_may_read(&self, file: &File) -> io::Result<Option<u32>> {
        assert_eq!(file.metadata()?.len(), 0, "asked before there is anything in it");
        if self.0 == Odd::Open { Ok(Some(0o644)) } else { RealDisk.others_may_read(file) }
    }

    fn write(&self, file: &mut File, document: &SecretBytes) -> io::Result<()> {
        if self.0 == Odd::Full {
            file.write_all(b"plan")?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        if self.0 == Odd::Forgetful { Ok(()) } else { RealDisk.write(file, document) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.0 {
            Odd::NoRename | Odd::Stubborn | Odd::RemoveLies => Err(refused()),
            Odd::RenameLies => Ok(()),
            Odd::RenameCopies => fs::copy(from, to).map(drop),
            Odd::Full | Odd::Open | Odd::Forgetful | Odd::NoLinks => RealDisk.rename(from, to),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.0 == Odd::Stubborn {
            return Err(refused());
        }
        if self.0 == Odd::RemoveLies { Ok(()) } else { RealDisk.remove(path) }
    }

    fn empty(&self, path: &Path) -> io::Result<()> {
        if self.0 == Odd::Stubborn { Err(refused()) } else { RealDisk.empty(path) }
    }

    fn length(&self, path: &Path) -> Option<u64> {
        RealDisk.length(path)
    }
}

// Promise E1: nothing is left behind whatever the file system does.
#[test]
fn e1_where_no_file_is_without_a_name_an_export_is_the_same() {
    let world = World::new();
    world.write_new_on(OddDisk(Odd::NoLinks)).unwrap();
    world.assert_holds(DOCUMENT, "a new file");
    assert_eq!(fs::metadata(world.path()).unwrap().permissions().mode() & 0o777, 0o600);
    world.replace_on(OddDisk(Odd::NoLinks)).unwrap();
    world.assert_holds(DOCUMENT, "a file in the place of another one");
    assert_eq!(fs::metadata(world.path()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(world.notes(), 0);
}

#[test]
fn e1_what_fails_on_the_way_leaves_nothing_behind_and_names_why() {
    for (odd, replacing, why) in [
        (Odd::Full, false, "no storage space"),
        (Odd::Full, true, "no storage space"),
        (Odd::Open, false, "the file system of this folder lets others read the file (mode 0644)"),
        (Odd::Open, true, "the file system of this folder lets others read the file (mode 0644)"),
        (Odd::Forgetful, false, "the file system of this folder did not keep what was written"),
        (Odd::Forgetful, true, "the file system of this folder did not keep what was written"),
        (Odd::NoRename, true, "a file in this folder cannot be replaced in one step (odd); delete the file first"),
        (Odd::RenameLies, true, "cannot be replaced in one step (renaming it left both names)"),
    ] {
        let world = World::new();
        let done = if replacing { world.replace_on(OddDisk(odd)) } else { world.write_new_on(OddDisk(odd)) };
        let text = done.unwrap_err().to_string();
        assert!(text.contains(why), "{text}");
        assert!(text.contains("credentials.json") && !text.contains("planted"), "{text}");
        if replacing {
            world.assert_holds(b"old", &text);
        } else {
            assert_eq!(world.found(), [], "{text}");
        }
        assert_eq!(world.notes(), 0, "{text}");
    }
    let world = World::new();
    world.replace_on(OddDisk(Odd::RenameCopies)).unwrap_err();
    world.assert_holds(DOCUMENT, "the one name that the user gave");
}

#[test]
fn e1_what_cannot_be_removed_is_named() {
    let world = World::new();
    let text = world.replace_on(OddDisk(Odd::Stubborn)).unwrap_err().to_string();
    let successor = world.folder.path().join("credentials.json.drawbridge-unfinished");
    let stays = format!("What was written stays at {} and has to be deleted by hand (odd)", successor.display());
    assert!(text.contains(&stays), "{text}");
    assert_eq!(world.notes(), 1, "the next start tries again");
    Unfinished::of_data(world.data.path()).clear();
    world.assert_holds(b"old", "as soon as it can be removed");
    assert_eq!(world.notes(), 0);

    let world = World::new();
    let text = world.replace_on(OddDisk(Odd::RemoveLies)).unwrap_err().to_string();
    assert!(text.contains("An empty file stays at") && text.contains("(it is there again)"), "{text}");
    assert!(world.found().iter().all(|(_, content)| content != DOCUMENT), "its name stays, the secret does not");
}

/// Ends the program before one of the steps.
struct DeadlyDisk {
    steps: AtomicUsize,
    kill_before: usize,
    nameless: bool,
}

impl DeadlyDisk {
    fn step(&self) {
        if self.steps.fetch_add(1, Ordering::SeqCst) + 1 == self.kill_before {
            let me = std::process::id().to_string();
            Command::new("kill").args(["-KILL", &me]).status().unwrap();
            loop {
                std::thread::park();
            }
        }
    }
}

impl Disk for DeadlyDisk {
    fn create_nameless(&self, folder: &Path) -> io::Result<File> {
        self.step();
        if self.nameless { RealDisk.create_nameless(folder) } else { Err(io::ErrorKind::Unsupported.into()) }
    }

    fn link(&self, file: &File, path: &Path) -> io::Result<()> {
        self.step();
        RealDisk.link(file, path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.step();
        RealDisk.create(path)
    }

    fn others_may_read(&self, file: &File) -> io::Result<Option<u32>> {
        self.step();
        RealDisk.others_may_read(file)
    }

    fn write(&self, file: &mut File, document: &SecretBytes) -> io::Result<()> {
        self.step();
        RealDisk.write(file, document)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step();
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step();
        RealDisk.remove(path)
    }

    fn empty(&self, path: &Path) -> io::Result<()> {
        self.step();
        RealDisk.empty(path)
    }

    fn length(&self, path: &Path) -> Option<u64> {
        self.step();
        RealDisk.length(path)
    }
}

/// For the process that is killed: the step, whether there are nameless files, whether it replaces, the two folders.
const VICTIM: &str = "DRAWBRIDGE_EXPORT_VICTIM";

// Promise F8: nothing with a secret is ever under a name that nobody knows.
#[test]
fn f8_killed_before_any_step_an_export_leaves_nothing_that_the_next_start_does_not_remove() {
    if let Ok(plan) = env::var(VICTIM) {
        return be_killed(&plan);
    }
    for (nameless, replacing) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut left_under_the_known_name = 0;
        for step in 1.. {
            let when = format!("nameless: {nameless}, replacing: {replacing}, killed before step {step}");
            let world = World::new();
            if replacing {
                fs::write(world.path(), "old").unwrap();
            }
            let (folder, data) = (world.folder.path().display(), world.data.path().display());
            let status = Command::new(env::current_exe().unwrap())
                .args(["f8_killed_before_any_step_an_export_leaves_nothing_that_the_next_start_does_not_remove"])
                .env(VICTIM, format!("{step} {nameless} {replacing} {folder} {data}"))
                .stdout(Stdio::null())
                .status()
                .unwrap();
            let killed = status.signal() == Some(9);
            assert!(killed || status.success(), "{when}: {status}");

            let known = BTreeSet::from(["credentials.json", "credentials.json.drawbridge-unfinished"]);
            for (name, _) in world.found() {
                assert!(known.contains(name.as_str()), "{when}: {name} is a name that nobody knows");
                left_under_the_known_name += usize::from(name != "credentials.json");
            }
            // The next start, whatever it is for.
            crate::core::open(world.data.path(), crate::core::keychain(), domain::messages::ChosenLanguage::default())
                .unwrap();
            assert_eq!(world.notes(), 0, "{when}");
            match world.found().as_slice() {
                [] => assert!(!replacing && killed, "{when}: the file is gone"),
                [(name, content)] => {
                    assert_eq!(name, "credentials.json", "{when}");
                    let whole = content == DOCUMENT || replacing && content == b"old";
                    // A new file under its own name may have been begun, where there is no other way.
                    assert!(whole || !replacing && !nameless && killed, "{when}: {content:?}");
                    assert!(killed || content == DOCUMENT, "{when}");
                }
                several => panic!("{when}: {several:?}"),
            }
            if !killed {
                assert!(step > 3, "{when}: were the steps counted?");
                break;
            }
        }
        assert_eq!(left_under_the_known_name > 0, replacing, "a replacement has a name of its own for a moment");
    }
}

fn be_killed(plan: &str) {
    let mut parts = plan.split(' ');
    let mut next = || parts.next().unwrap();
    let (kill_before, nameless, replacing) = (next().parse().unwrap(), next() == "true", next() == "true");
    let (folder, data) = (PathBuf::from(next()), PathBuf::from(next()));
    let file = ExportFile {
        disk: Box::new(DeadlyDisk { steps: AtomicUsize::new(0), kill_before, nameless }),
        ..ExportFile::new(folder.join("credentials.json"), Unfinished::of_data(&data))
    };
    if replacing { file.deliver(&document()) } else { NewExportFile(file).deliver(&document()) }.unwrap();
}

#[test]
fn f8_a_replacement_that_another_process_works_on_is_left_alone() {
    let world = World::new();
    let unfinished = Unfinished::of_data(world.data.path());
    let successor = world.folder.path().join("credentials.json.drawbridge-unfinished");
    let note = unfinished.note(&successor).unwrap();
    fs::write(&successor, DOCUMENT).unwrap();
    unfinished.clear();
    assert!(successor.exists(), "it is being written");
    let text = world.replace_on(RealDisk).unwrap_err().to_string();
    assert!(text.contains("an export that was interrupted, or that runs at the moment, stands at"), "{text}");
    drop(note);
    unfinished.clear();
    assert!(!successor.exists(), "nobody works on it any more");

    let somebodys = world.folder.path().join("somebody's");
    fs::write(&somebodys, "").unwrap();
    drop(unfinished.note(&somebodys).unwrap());
    unfinished.clear();
    assert!(somebodys.exists(), "whatever a note says, no other file is removed");
}

#[test]
fn an_export_is_readable_by_its_owner_only_even_where_a_readable_file_was() {
    let world = World::new();
    fs::write(world.path(), "old").unwrap();
    fs::set_permissions(world.path(), fs::Permissions::from_mode(0o644)).unwrap();

    world.file_on(RealDisk).deliver(&document()).unwrap();

    world.assert_holds(DOCUMENT, "no temporary file stays behind");
    let mode = fs::metadata(world.path()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "others on this machine must not read an exported secret");
}

#[test]
fn an_export_that_cannot_take_its_name_leaves_nothing_behind() {
    let world = World::new();
    fs::create_dir(world.path()).unwrap();

    world.file_on(RealDisk).deliver(&document()).unwrap_err();

    world.assert_holds(b"", "a hidden file would hold the secret for good");
}

#[test]
fn a_link_is_neither_followed_nor_replaced() {
    let world = World::new();
    let target = world.data.path().join("target");
    fs::write(&target, "somebody else's").unwrap();
    symlink(&target, world.path()).unwrap();

    let error = world.file_on(RealDisk).deliver(&document()).unwrap_err();

    assert!(error.to_string().contains("it is a link"), "{error}");
    assert!(fs::symlink_metadata(world.path()).unwrap().is_symlink(), "/dev/stdout is such a link");
    world.assert_holds(b"somebody else's", "a hidden file would hold the secret for good");
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_killed_while_it_writes_leaves_nothing_behind() {
    let world = World::new();
    let mut file =
        RealDisk.create_nameless(world.folder.path()).expect("ext4, XFS, Btrfs and tmpfs know files without a name");
    RealDisk.write(&mut file, &document()).unwrap();
    assert_eq!(world.found(), [], "the whole document is on the disk, and no name leads to it");
    RealDisk.link(&file, &world.path()).unwrap();
    world.assert_holds(DOCUMENT, "it has its name");
}

#[test]
fn a_file_that_appears_in_the_meantime_is_not_replaced() {
    for disk in [Box::new(RealDisk) as Box<dyn Disk>, Box::new(OddDisk(Odd::NoLinks))] {
        let world = World::new();
        fs::write(world.path(), "somebody else's").unwrap();
        let file = ExportFile { disk, ..world.file_on(RealDisk) };

        let error = NewExportFile(file).deliver(&document()).unwrap_err();

        assert!(error.to_string().contains("File exists"), "{error}");
        world.assert_holds(b"somebody else's", "a hidden file would hold the secret for good");
    }
}

#[test]
fn a_folder_that_does_not_exist_is_named_and_nothing_of_the_secret_is() {
    let path = PathBuf::from("/nonexistent-folder/credentials.json");
    let file = ExportFile::new(path, Unfinished::of_data(Path::new("/nonexistent-folder")));
    let error = file.deliver(&document()).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("/nonexistent-folder/credentials.json"), "the user has to see which file: {text}");
    assert!(!text.contains("planted"), "{text}");
}
