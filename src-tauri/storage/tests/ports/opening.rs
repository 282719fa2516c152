//! Opening a file: new, old, too new, somebody else's, damaged, not writable.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use domain::{
    connection::RequestStateKind,
    id::HubId,
    messages::Language,
    ports::{
        Activity, ActivityQuery, Connections, Hubs, LocalChange, People, Portals, Repository, RepositoryError,
        RequestQuery, RequestSort, Requests, SharedChange, ThisMachine,
    },
};
use fakes::{
    samples::{credential, hub, person, portal, portal_with_instance, secret_item, time},
    seed,
};
use rusqlite::Connection;
use storage::SqliteRepository;

use crate::database::Database;

fn open_error(path: &Path) -> RepositoryError {
    SqliteRepository::open(path).unwrap_err()
}

fn everything(hub: HubId) -> RequestQuery {
    RequestQuery {
        hub,
        state: Some(RequestStateKind::Pending),
        search: "e".into(),
        sort: RequestSort::Alias,
        descending: false,
        offset: 0,
        limit: usize::MAX,
    }
}

/// What a folder holds, contents included.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_database_can_be_used_by_several_threads() {
    fn assert_shareable<T: Send + Sync + Repository>() {}
    assert_shareable::<SqliteRepository>();
}

#[test]
fn a_new_database_is_made_with_its_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/drawbridge.sqlite");
    let repository = SqliteRepository::open(&path).unwrap();
    assert_eq!(repository.list_people().unwrap(), []);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_files_or_enter_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = data.join("drawbridge.sqlite");
    let repository = SqliteRepository::open(&path).unwrap();
    repository.commit(&[SharedChange::PutPerson(person(1)).into()]).unwrap();

    assert_eq!(mode(&data), 0o700);
    let mut files: Vec<_> = contents(&data).into_iter().map(|(path, _)| path).collect();
    files.sort();
    assert_eq!(files, ["sqlite", "sqlite-journal", "witness"].map(|end| data.join(format!("drawbridge.{end}"))));
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }

    drop(repository);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _repository = SqliteRepository::open(&path).unwrap();
    assert_eq!(mode(&path), 0o600, "a restored copy often comes with wider permissions");
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_says_so() {
    let Database { repository, path, .. } = &Database::new();
    repository.commit(&[SharedChange::PutPerson(person(1)).into()]).unwrap();
    let known: u32 = {
        let connection = Connection::open(path).unwrap();
        let known = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        connection.pragma_update(None, "user_version", known + 1).unwrap();
        connection.execute("UPDATE database_identity SET schema_version = ?1", [known + 1]).unwrap();
        known
    };

    let error = open_error(path);

    assert_eq!(
        error.to_string(),
        format!(
            "the database was written by a newer version of Drawbridge (schema {}; this version knows {known})",
            known + 1
        )
    );
    assert!(matches!(error, RepositoryError::TooNew { .. }));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    for garbage in [&b"{\"url\": \"https://example.com\"}"[..], b"x", b"SQLite format 3\0", &[0; 8192]] {
        fs::write(&path, garbage).unwrap();
        let before = contents(folder.path());
        let error = open_error(&path);
        assert!(matches!(error, RepositoryError::Damaged { .. }), "{error:?}");
        assert_eq!(contents(folder.path()), before);
    }
    fs::write(&path, b"garbage").unwrap();
    assert_eq!(open_error(&path).to_string(), "the database is damaged: the file is not a database");
}

#[test]
fn a_database_of_another_program_is_refused_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    // In write-ahead mode SQLite would put files beside it, and change it when it is closed.
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA journal_mode = wal; CREATE TABLE person (name)").unwrap();
    drop(other);
    let before = contents(folder.path());

    assert_eq!(open_error(&path).to_string(), "the database is damaged: the file is a database of another program");

    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_truncated_database_is_an_error_and_never_a_panic() {
    let Database { repository, path, .. } = &Database::new();
    let hub = seed(repository, time(0), 200, 40).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.sqlite");
    Connection::open(path).unwrap().execute("VACUUM INTO ?1", [whole.to_str().unwrap()]).unwrap();
    let bytes = fs::read(whole).unwrap();

    for length in [100, 4096, 5000, 40_960, bytes.len() / 2] {
        let copy = folder.path().join(format!("cut-at-{length}.sqlite"));
        fs::write(&copy, &bytes[..length]).unwrap();
        let error = SqliteRepository::open(&copy).and_then(|cut| cut.search_requests(&everything(hub))).unwrap_err();
        assert!(matches!(error, RepositoryError::Damaged { .. }), "cut at {length}: {error:?}");
    }
}

#[test]
fn a_row_that_is_not_as_it_was_written_is_named() {
    let Database { repository, path, .. } = &Database::new();
    let hub = seed(repository, time(0), 20, 40).unwrap();
    repository.commit(&portal_with_instance(9)).unwrap();
    let credential = credential(9, portal(9).id);
    repository
        .commit(&[
            LocalChange::PutSecretItem(secret_item(9)).into(),
            SharedChange::PutCredential(credential.clone()).into(),
        ])
        .unwrap();
    let connection = repository.list_approved_requests(None).unwrap()[0].id;
    let vandal = Connection::open(path).unwrap();
    for (damage, table, entry) in [
        ("UPDATE connection_request SET state_data = '{}'", "connection_request", "the connection request"),
        ("UPDATE person SET created_at = 9223372036854775807", "person", "the person"),
        ("UPDATE audit_event SET actor = '[]'", "audit_event", "the activity"),
        ("UPDATE hub SET name = CAST(x'ff' AS TEXT)", "hub", "the hub"),
        (
            "UPDATE connection_health SET outcome = 'failing', finding = '{\"stage\": \"x\"}'",
            "connection_health",
            "the test result of the connection",
        ),
        (
            "INSERT INTO settings (only_row, token_service_enabled, token_service_address, token_service_host,
                                   token_service_port, mutual_tls_port, check_interval_hours)
             VALUES (1, 1, 'nowhere', '', 0, 0, 0)",
            "settings",
            "the settings",
        ),
        ("UPDATE credential SET verifier = '{\"kind\": \"planted\"}'", "credential", "the credentials Schlüssel 9"),
    ] {
        vandal.execute_batch(damage).unwrap();
        let error = match table {
            "connection_request" => repository.search_requests(&everything(hub)).map(|_| ()),
            "person" => repository.list_people().map(|_| ()),
            "audit_event" => {
                let query = ActivityQuery { language: Language::English, search: "e".into(), offset: 0, limit: 10 };
                repository.search_activity(&query).map(|_| ())
            }
            "hub" => repository.list_hubs().map(|_| ()),
            "connection_health" => repository.find_health(connection).map(|_| ()),
            "settings" => repository.get_settings().map(|_| ()),
            _ => repository.find_credential(credential.id).map(|_| ()),
        }
        .unwrap_err();
        assert!(matches!(error, RepositoryError::Damaged { .. }), "{error:?}");
        let start = format!("the database is damaged: {entry}");
        assert!(error.to_string().starts_with(&start), "{error}");
        assert!(error.to_string().ends_with(" is not as it was stored"), "{error}");
        assert!(!error.to_string().contains("planted"), "what stands in a verifier's place is not repeated: {error}");
    }
}

/// A folder in which this user cannot create anything.
#[cfg(unix)]
fn unwritable_folder(inside: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let folder = inside.join("read-only");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write there all the same, but not into a folder of the kernel's own.
    if fs::write(folder.join("probe"), b"").is_ok() { PathBuf::from("/sys/kernel") } else { folder }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_reported_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let read_only = unwritable_folder(folder.path());
    for path in [read_only.join("drawbridge.sqlite"), read_only.join("new/drawbridge.sqlite")] {
        let error = open_error(&path);
        assert!(matches!(error, RepositoryError::NotWritable { .. }), "{error:?}");
        assert!(error.to_string().contains(read_only.to_str().unwrap()), "{error}");
    }
}

#[test]
fn a_path_that_can_be_no_file_is_not_writable() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), b"").unwrap();
    for path in [folder.path().join("file/drawbridge.sqlite"), folder.path().to_owned()] {
        let error = open_error(&path);
        assert!(matches!(error, RepositoryError::NotWritable { .. }), "{error:?}");
    }
}

/// Promise E3. Only root can make a file of somebody else.
#[cfg(unix)]
#[test]
fn a_file_of_somebody_else_that_is_in_the_way_is_named() {
    use std::os::unix::fs::chown;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    let repository = SqliteRepository::open(&path).unwrap();
    let lock = folder.path().join("drawbridge.lock");
    // Root can open any file of anybody, but no folder as a file.
    fs::create_dir(&lock).unwrap();
    if chown(&lock, Some(65534), None).is_err() {
        return;
    }
    let error = repository.begin_change().map(drop).unwrap_err();
    assert!(matches!(error, RepositoryError::NotWritable { .. }), "{error:?}");
    let named = format!("{} belongs to the user number 65534", lock.display());
    assert!(error.to_string().ends_with(&named), "{error}");
}

#[test]
fn programs_that_start_at_once_make_one_database() {
    const PROGRAMS: usize = 6;
    // Who comes when is chance, so more than once.
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/drawbridge.sqlite");
        let programs: Vec<_> = (1..=PROGRAMS)
            .map(|number| {
                Command::new(std::env::current_exe().unwrap())
                    .args(["--ignored", "--exact", "opening::one_of_the_programs"])
                    .env("DRAWBRIDGE_TEST_DATABASE", &path)
                    .env("DRAWBRIDGE_TEST_NUMBER", number.to_string())
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let outcomes: Vec<_> = programs.into_iter().map(|mut program| program.wait().unwrap().success()).collect();
        assert_eq!(outcomes, [true; PROGRAMS], "a program that comes second waits");
        assert_eq!(SqliteRepository::open(&path).unwrap().list_people().unwrap().len(), PROGRAMS);
    }
}

#[test]
#[ignore = "a program of the test above, no test by itself"]
fn one_of_the_programs() {
    let variable = |name| std::env::var(name).expect("the test above sets it");
    let number: u128 = variable("DRAWBRIDGE_TEST_NUMBER").parse().unwrap();
    let repository = SqliteRepository::open(Path::new(&variable("DRAWBRIDGE_TEST_DATABASE"))).unwrap();
    repository
        .commit(&[SharedChange::PutPerson(person(number)).into(), SharedChange::PutHub(hub(number)).into()])
        .unwrap();
}
