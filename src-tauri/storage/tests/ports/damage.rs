//! Bytes that the disk changed, commits that were interrupted, files that were exchanged: nothing wrong is believed, and
//! nothing is lost in silence.

use std::{
    collections::BTreeSet,
    fmt::Debug,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use domain::{
    credential::{SecretItem, SecretItemState, SetAside},
    id::{CredentialId, PersonId, RequestId, SecretId},
    messages::Language,
    ports::{
        Accounts, Activity, ActivityQuery, Change, Connections, DatabaseNotice, Hubs, LocalChange, People, Portals,
        Repository, RepositoryError, RepositoryReader, RequestQuery, RequestSort, Requests, Secrets, SharedChange,
        ThisMachine,
    },
};
use fakes::{
    samples::{
        approved, authority, credential, event, fetched_api, health, hub, identity, imported, person, portal,
        portal_in_sap, portal_with_instance, request, secret_credential, secret_item, settings, time, uuid,
    },
    seed,
};
use rusqlite::Connection;
use storage::SqliteRepository;

use crate::database::Database;

/// Rows in every table.
fn fill(repository: &SqliteRepository) {
    let commit = |changes: Vec<Change>| repository.commit(&changes).unwrap();
    commit(vec![SharedChange::PutPerson(person(1)).into(), LocalChange::SetCurrentPerson(PersonId(uuid(1))).into()]);
    commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()).collect());
    commit(vec![SharedChange::PutHub(hub(1)).into(), LocalChange::PutSettings(settings()).into()]);
    for number in 1..=2 {
        commit(portal_with_instance(number).to_vec());
    }
    commit(vec![
        SharedChange::PutCredential(credential(1, portal(1).id)).into(),
        SharedChange::PutCredential(secret_credential(2, portal(2).id)).into(),
    ]);
    let far = imported(3, portal(3).id, domain::credential::Lifetime::Unknown, Some(4));
    commit(vec![SharedChange::PutPortal(portal_in_sap(3)).into(), SharedChange::PutCredential(far).into()]);
    let connection = approved(request(5, hub(1).id));
    commit(vec![
        SharedChange::PutRequest(connection.clone()).into(),
        SharedChange::PutRequest(request(6, hub(1).id)).into(),
    ]);
    commit(vec![
        SharedChange::PutHealth(health(&connection)).into(),
        SharedChange::PutFetchedApis(connection.id, vec![fetched_api("Orders"), fetched_api("Returns")]).into(),
        LocalChange::PutAuthority(authority(SecretId(uuid(7)))).into(),
        LocalChange::PutTokenServiceIdentity(identity(SecretId(uuid(8)), SecretId(uuid(9)))).into(),
    ]);
    commit((1..=30).map(|number| SharedChange::Record(event(number)).into()).collect());
}

/// A filled database that nobody has open.
fn filled() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    fill(&SqliteRepository::open(&path).unwrap());
    (folder, path)
}

/// Everything that the screens and the command line can read, part by part: `Err` for a part that is refused.
fn read_all(repository: &SqliteRepository) -> Vec<(&'static str, Result<String, RepositoryError>)> {
    fn shown<T: Debug>(read: Result<T, RepositoryError>) -> Result<String, RepositoryError> {
        read.map(|value| format!("{value:?}"))
    }
    let query = |search: &str, sort| RequestQuery {
        hub: hub(1).id,
        state: None,
        search: search.into(),
        sort,
        descending: false,
        offset: 0,
        limit: 100,
    };
    let activity =
        |search: &str| ActivityQuery { language: Language::English, search: search.into(), offset: 0, limit: 100 };
    let mut read = vec![
        ("people", shown(repository.list_people())),
        ("current person", shown(repository.find_current_person())),
        ("portals", shown(repository.list_portals())),
        ("hubs", shown(repository.list_hubs())),
        ("settings", shown(repository.get_settings())),
        ("server authority", shown(repository.find_server_authority())),
        ("client authority", shown(repository.find_client_authority())),
        ("certificates", shown(repository.list_client_authority_certificates())),
        ("identity", shown(repository.find_token_service_identity())),
        ("connections", shown(repository.list_approved_requests(None))),
        ("connections of the hub", shown(repository.list_approved_requests(Some(hub(1).id)))),
        ("counts", shown(repository.count_requests(hub(1).id))),
        ("health", shown(repository.find_health(RequestId(uuid(5))))),
        ("fetched", shown(repository.list_fetched_apis(RequestId(uuid(5))))),
        ("accounts", shown(repository.list_accounts())),
        ("unsettled", shown(repository.list_unsettled_secrets())),
        (
            "by client",
            shown(repository.find_credential_of_client("vertrieb-2", "sb-apiaccess_2!b1|api-portal-xsuaa!b1")),
        ),
        ("by fingerprint", shown(repository.find_credential_by_proof("x", Some("AB:CD")))),
        ("activity", shown(repository.search_activity(&activity("")))),
        ("activity searched", shown(repository.search_activity(&activity("subject")))),
        ("requests searched", shown(repository.search_requests(&query("alias", RequestSort::Alias)))),
    ];
    for sort in [RequestSort::Alias, RequestSort::SubmittedBy, RequestSort::SubmittedAt, RequestSort::ValidUntil] {
        read.push(("requests", shown(repository.search_requests(&query("", sort)))));
    }
    for number in 1..=3 {
        read.push(("credentials", shown(repository.list_credentials(portal(number).id))));
        read.push(("instances", shown(repository.list_service_instances(portal(number).id))));
        read.push(("credential", shown(repository.find_credential(CredentialId(uuid(number))))));
    }
    read
}

/// Numbers that are the same at every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        // Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// Promise F3: of 500 flipped bits, 42 gave wrong data with success.
#[test]
fn a_flipped_bit_is_never_believed() {
    let (_folder, path) = filled();
    let whole = fs::read(&path).unwrap();
    let good = read_all(&SqliteRepository::open(&path).unwrap());
    assert!(good.iter().all(|(_, read)| read.is_ok()), "{good:?}");
    // Where there is something: most of a page is empty.
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut numbers = Numbers(9);
    let (mut refused, mut named) = (0, 0);
    for _ in 0..800 {
        let (at, bit) = (used[numbers.next(used.len())], numbers.next(8));
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << bit;
        fs::write(&path, &damaged).unwrap();
        let when = format!("bit {bit} of byte {at}");
        let repository = match SqliteRepository::open(&path) {
            Ok(repository) => repository,
            Err(error) => {
                assert_honest(&error, &when);
                refused += 1;
                continue;
            }
        };
        for ((part, read), (_, good)) in read_all(&repository).into_iter().zip(&good) {
            match read {
                Ok(read) => assert_eq!(Some(&read), good.as_ref().ok(), "{when}: wrong {part}, with success"),
                Err(error) => {
                    assert_honest(&error, &when);
                    named += usize::from(error.to_string().ends_with("is not as it was stored"));
                }
            }
        }
    }
    assert!(refused > 100 && named > 100, "damage was met at all: {refused} refused, {named} named");
}

/// A name of a table or column that is no UTF-8 any more: SQLite takes it, and its library panics when it hands one out.
#[test]
fn a_schema_that_is_no_text_is_damage() {
    let (_folder, path) = filled();
    let whole = fs::read(&path).unwrap();
    for table in ["database_identity", "connection_request", "settings"] {
        let statement = format!("CREATE TABLE {table}");
        let begin = whole.windows(statement.len()).position(|bytes| bytes == statement.as_bytes()).unwrap();
        // The statement, and whatever of its columns follows.
        for at in (begin..begin + statement.len() + 120).filter(|at| whole[*at].is_ascii_alphabetic()) {
            let mut damaged = whole.clone();
            damaged[at] |= 0x80;
            fs::write(&path, &damaged).unwrap();
            let error =
                SqliteRepository::open(&path).err().unwrap_or_else(|| panic!("byte {at} of {table} is believed"));
            assert_honest(&error, &format!("byte {at} of {table}"));
        }
    }
}

/// The message is about damage, not about somebody else's change, and not a mistake of the program.
fn assert_honest(error: &RepositoryError, when: &str) {
    assert!(matches!(error, RepositoryError::Damaged { .. }), "{when}: {error:?}: {error}");
}

/// Promise F3: with many entries the structure is looked at when there is time.
#[test]
fn a_damaged_index_of_a_large_database_is_found_at_the_calm_moment_and_noticed() {
    let Database { repository, path, .. } = &Database::new();
    seed(repository, time(0), 3_000, 40).unwrap();
    assert!(fs::metadata(path).unwrap().len() > 4 << 20, "larger than what is checked at each opening");
    repository.check_whole().unwrap();
    assert_eq!(repository.list_notices().unwrap(), []);

    let vandal = Connection::open(path).unwrap();
    vandal.pragma_update(None, "writable_schema", true).unwrap();
    let page: i64 = vandal
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'connection_request_sort_alias'", [], |row| {
            row.get(0)
        })
        .unwrap();
    let size: i64 = vandal.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
    drop(vandal);
    let mut bytes = fs::read(path).unwrap();
    // A key within the index's first page.
    let end = usize::try_from(page * size).unwrap();
    let at = (end - 200..end).find(|at| bytes[*at].is_ascii_lowercase()).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();

    let repository = SqliteRepository::open(path).unwrap();
    let error = repository.check_whole().unwrap_err();
    assert_honest(&error, "a flipped bit in an index");
    let notices = repository.list_notices().unwrap();
    assert!(matches!(notices.as_slice(), [DatabaseNotice::Damaged { .. }]), "{notices:?}");
}

/// Promise F4 and F7: what was committed is in the one file.
#[test]
fn nothing_but_the_file_holds_what_was_committed() {
    let Database { repository, path, .. } = &Database::new();
    fill(repository);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("drawbridge.sqlite");
    // The program is running still, and may be killed at any time from now on.
    fs::copy(path, &copy).unwrap();
    let copied = read_all(&SqliteRepository::open(&copy).unwrap());
    assert_eq!(format!("{copied:?}"), format!("{:?}", read_all(repository)), "a copy of the file alone is whole");
    for beside in ["-wal", "-shm"] {
        assert!(!PathBuf::from(format!("{}{beside}", path.display())).exists(), "{beside}");
    }
    assert_eq!(fs::metadata(format!("{}-journal", path.display())).unwrap().len(), 0, "nothing is left to undo");
}

/// A process that commits until it is killed.
#[test]
#[ignore = "the program of the test below, no test by itself"]
fn the_program_that_commits() {
    let path = std::env::var("DRAWBRIDGE_TEST_DATABASE").expect("the test below sets it");
    let repository = SqliteRepository::open(Path::new(&path)).unwrap();
    for number in 1_u128.. {
        let state = if number % 2 == 0 { SecretItemState::Active } else { SecretItemState::Storing };
        let items = (0..60).map(|place| {
            let label = format!("{number} {}", "x".repeat(300));
            LocalChange::PutSecretItem(SecretItem { id: SecretId(uuid(1000 + place)), label, state }).into()
        });
        repository.commit(&items.collect::<Vec<_>>()).unwrap();
        writeln!(std::io::stdout(), "\ncommitted {number}").unwrap();
    }
}

/// Promise F4: killed within a commit, with the journal that undoes it damaged at many places.
#[cfg(unix)]
#[test]
fn a_damaged_journal_of_a_killed_program_is_noticed_and_a_whole_one_undone() {
    let mut hot = 0;
    let mut numbers = Numbers(4);
    for attempt in 0..60 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.sqlite");
        let journal = folder.path().join("drawbridge.sqlite-journal");
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "damage::the_program_that_commits", "--nocapture"])
            .env("DRAWBRIDGE_TEST_DATABASE", &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut hear = BufReader::new(program.stdout.take().unwrap());
        let mut committed = 0;
        let mut line = String::new();
        while committed < 3 && hear.read_line(&mut line).unwrap() > 0 {
            committed = line.trim().strip_prefix("committed ").map_or(committed, |number| number.parse().unwrap());
            line.clear();
        }
        std::thread::sleep(Duration::from_millis(attempt % 20));
        program.kill().unwrap();
        program.wait().unwrap();
        let [file, undo] = [&path, &journal].map(|path| fs::read(path).unwrap());
        if undo.first().is_none_or(|first| *first == 0) {
            continue;
        }
        hot += 1;
        // Each row says of which commit it is.
        let commits = |repository: &SqliteRepository| -> BTreeSet<String> {
            let label = |place: u128| repository.find_secret_item(SecretId(uuid(1000 + place))).unwrap().unwrap().label;
            (0..60).map(|place| label(place).split(' ').next().unwrap().to_owned()).collect()
        };
        let put = |journal_bytes: &[u8]| {
            fs::write(&path, &file).unwrap();
            fs::write(&journal, journal_bytes).unwrap();
        };
        put(&undo);
        let undone = SqliteRepository::open(&path).unwrap();
        assert_eq!(commits(&undone).len(), 1, "undone as a whole");
        assert_eq!(undone.list_notices().unwrap(), [], "a kill alone loses nothing that was committed");
        drop(undone);
        for _ in 0..12 {
            let mut damaged = undo.clone();
            if numbers.next(2) == 0 {
                damaged.truncate(numbers.next(undo.len()));
            } else {
                let at = numbers.next(undo.len());
                damaged[at] ^= 1 << numbers.next(8);
            }
            if damaged.first().is_none_or(|first| *first == 0) {
                continue;
            }
            put(&damaged);
            // Refused, or undone in a way that everything fits together: never a part of a commit.
            match SqliteRepository::open(&path) {
                Ok(repository) => assert_eq!(commits(&repository).len(), 1, "half a commit is believed"),
                Err(error) => assert!(
                    matches!(error, RepositoryError::Damaged { .. } | RepositoryError::ForeignLog { .. }),
                    "{error:?}: {error}"
                ),
            }
        }
        // An older copy put beside it, as somebody does who restores a backup.
        let (_folder, older) = filled();
        let another = SqliteRepository::open(&older).unwrap();
        for number in 0..40 {
            let item =
                SecretItem { id: SecretId(uuid(5000 + number)), label: "x".into(), state: SecretItemState::Active };
            another.commit(&[LocalChange::PutSecretItem(item).into()]).unwrap();
        }
        drop(another);
        fs::copy(older, &path).unwrap();
        fs::write(&journal, &undo).unwrap();
        let error = SqliteRepository::open(&path).unwrap_err();
        assert!(matches!(error, RepositoryError::ForeignLog { .. }), "{error:?}: {error}");
        assert_eq!(fs::read(&journal).unwrap(), undo, "it is left as it is");
        if hot == 4 {
            return;
        }
    }
    assert!(hot > 0, "no kill came within a commit: the test shows nothing");
}

/// Promise F4: the counter outside the file. An older copy in its place lacks what was done since.
#[test]
fn changes_that_are_missing_are_noticed_until_they_are_noted_and_afterwards_too() {
    let database = Database::new();
    fill(&database.repository);
    let path = database.path.clone();
    let older = fs::read(&path).unwrap();
    database.commit([SharedChange::PutHub(hub(8)).into()]);
    database.commit([SharedChange::PutHub(hub(9)).into()]);
    let database = database.reopened();
    assert_eq!(database.repository.list_notices().unwrap(), [], "everything is there");
    drop(database.repository);

    fs::write(&path, older).unwrap();
    for _ in 0..2 {
        let repository = SqliteRepository::open(&path).unwrap();
        let notice = DatabaseNotice::ChangesMissing { count: 2, noticed_at: None };
        assert_eq!(repository.list_notices().unwrap(), [notice], "reading alone does not forget it");
    }
    let repository = SqliteRepository::open(&path).unwrap();
    let second = SqliteRepository::open(&path).unwrap();
    for number in 10..15 {
        repository.commit(&[SharedChange::PutHub(hub(number)).into()]).unwrap();
    }
    second.commit(&[SharedChange::PutHub(hub(20)).into()]).unwrap();
    drop((repository, second));
    let repository = SqliteRepository::open(&path).unwrap();
    let notices = repository.list_notices().unwrap();
    assert!(
        matches!(notices.as_slice(), [DatabaseNotice::ChangesMissing { count: 2, noticed_at: Some(_) }]),
        "said once, and still said when the file has come as far as before: {notices:?}"
    );
}

/// Promise F4: a program that is killed between commit and counter loses nothing, and nothing is said.
#[test]
fn a_witness_that_is_behind_missing_or_damaged_says_nothing() {
    let (_folder, path) = filled();
    let witness = path.with_extension("witness");
    let repository = SqliteRepository::open(&path).unwrap();
    repository.commit(&[SharedChange::PutHub(hub(3)).into()]).unwrap();
    let behind = fs::read(&witness).unwrap();
    repository.commit(&[SharedChange::PutHub(hub(2)).into()]).unwrap();
    drop(repository);
    for text in [Some(behind), Some(b"".to_vec()), Some(b"garbage".to_vec()), None] {
        match text {
            Some(text) => fs::write(&witness, text).unwrap(),
            None => fs::remove_file(&witness).unwrap(),
        }
        let repository = SqliteRepository::open(&path).unwrap();
        assert_eq!(repository.list_notices().unwrap(), []);
    }
}

/// Promise F4 and F7: another database under the name of the one that was used here.
#[test]
fn another_database_in_its_place_is_noticed() {
    let (_folder, path) = filled();
    let other = Database::new();
    fill(&other.repository);
    fs::copy(&other.path, &path).unwrap();
    let repository = SqliteRepository::open(&path).unwrap();
    assert_eq!(repository.list_notices().unwrap(), [DatabaseNotice::OtherDatabase { noticed_at: None }]);
    drop(repository);
    fs::remove_file(&path).unwrap();
    let repository = SqliteRepository::open(&path).unwrap();
    assert_eq!(repository.list_notices().unwrap(), [DatabaseNotice::OtherDatabase { noticed_at: None }], "or none");
}

/// Promise F7: `serve` went on with a file that was not there any more.
#[cfg(unix)]
#[test]
fn a_file_that_is_not_the_one_that_was_opened_is_noticed() {
    let copy = tempfile::tempdir().unwrap();
    let copy = copy.path().join("copy");
    type Exchange = fn(&Path, &Path);
    let exchanges: [(&str, Exchange); 4] = [
        ("removed", |path, _| fs::remove_file(path).unwrap()),
        ("moved away", |path, _| fs::rename(path, path.with_extension("away")).unwrap()),
        ("another one moved there", |path, copy| fs::rename(copy, path).unwrap()),
        ("overwritten by an older one", |path, copy| fs::write(path, fs::read(copy).unwrap()).unwrap()),
    ];
    for (how, exchange) in exchanges {
        let Database { repository, path, .. } = &Database::new();
        repository.commit(&[SharedChange::PutHub(hub(1)).into()]).unwrap();
        fs::copy(path, &copy).unwrap();
        for number in 2..6 {
            repository.commit(&[SharedChange::PutHub(hub(number)).into()]).unwrap();
        }
        exchange(path, &copy);
        let replaced = |result: Result<String, RepositoryError>| {
            assert!(matches!(result, Err(RepositoryError::Replaced)), "{how}: {result:?}");
        };
        replaced(repository.change_number().map(|number| number.to_string()));
        replaced(repository.list_hubs().map(|hubs| format!("{hubs:?}")));
        let nothing = ActivityQuery { language: Language::English, search: String::new(), offset: 0, limit: 1 };
        replaced(repository.search_activity(&nothing).map(|page| format!("{page:?}")));
        replaced(repository.commit(&[SharedChange::PutHub(hub(7)).into()]).map(|()| "committed".to_owned()));
    }
}

/// Promise F7: a copied database beside the log of a killed program was spoilt.
#[test]
fn what_belongs_to_another_file_is_refused_and_left_as_it_is() {
    let (_folder, path) = filled();
    let log = path.with_file_name("drawbridge.sqlite-wal");
    let other = Database::new();
    fill(&other.repository);
    let of_other = Connection::open(&other.path).unwrap();
    let mode: String = of_other.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    of_other.execute_batch("UPDATE hub SET name = 'spoilt'").unwrap();
    fs::copy(other.path.with_file_name("drawbridge.sqlite-wal"), &log).unwrap();
    assert!(fs::metadata(&log).unwrap().len() > 0);
    let before = [fs::read(&path).unwrap(), fs::read(&log).unwrap()];

    let error = SqliteRepository::open(&path).unwrap_err();
    assert_eq!(
        error.to_string(),
        "drawbridge.sqlite-wal in the data folder belongs to another drawbridge.db than the one that lies there"
    );
    assert_eq!([fs::read(&path).unwrap(), fs::read(&log).unwrap()], before, "neither is touched");
    fs::remove_file(&log).unwrap();
    assert_eq!(SqliteRepository::open(&path).unwrap().list_hubs().unwrap(), [hub(1)]);
}

/// Promise F5: every start needed to write.
#[test]
fn reading_works_while_another_program_is_writing() {
    let Database { repository, path, .. } = &Database::new();
    fill(repository);
    let other = Connection::open(path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE hub SET name = 'not yet'").unwrap();
    let began = std::time::Instant::now();
    let repository = SqliteRepository::open(path).unwrap();
    assert!(read_all(&repository).iter().all(|(_, read)| read.is_ok()));
    assert_eq!(repository.list_hubs().unwrap(), [hub(1)]);
    assert!(began.elapsed() < Duration::from_secs(4), "it does not wait for the other's end: {:?}", began.elapsed());
}

/// Promise F5: a file that cannot be written. The superuser writes everywhere, so the test becomes somebody else.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_read_and_a_change_says_why_not() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let (_folder, path) = filled();
    let folder = path.parent().unwrap();
    fs::remove_file(path.with_file_name("drawbridge.sqlite-journal")).unwrap();
    for (path, mode) in [(path.as_path(), 0o444), (folder, 0o555)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    // A copy of this program where everybody can run it.
    let program = tempfile::Builder::new().prefix("drawbridge-test").tempdir().unwrap();
    fs::set_permissions(program.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let copy = program.path().join("ports");
    fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    let mut command = Command::new(&copy);
    command
        .args(["--ignored", "--exact", "damage::the_program_that_only_reads", "--nocapture"])
        .env("DRAWBRIDGE_TEST_DATABASE", &path)
        .current_dir("/");
    if fs::metadata("/proc/self").map_or(0, |me| std::os::unix::fs::MetadataExt::uid(&me)) == 0 {
        command.uid(65_534).gid(65_534);
    }
    let ran = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "the program of the test above, no test by itself"]
fn the_program_that_only_reads() {
    let path = PathBuf::from(std::env::var("DRAWBRIDGE_TEST_DATABASE").expect("the test above sets it"));
    assert!(fs::OpenOptions::new().write(true).open(&path).is_err(), "it must not be able to write");
    let repository = SqliteRepository::open(&path).unwrap();
    for (part, read) in read_all(&repository) {
        assert!(read.is_ok(), "{part}: {read:?}");
    }
    let error = repository.commit(&[SharedChange::PutHub(hub(7)).into()]).unwrap_err();
    assert!(matches!(error, RepositoryError::NotWritable { .. }), "{error:?}: {error}");
    assert!(repository.begin_change().is_err());
}

/// Promise F9: opening waited for ever.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    for name in ["sqlite", "lock", "witness", "sqlite-journal", "sqlite-wal"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.sqlite");
        let special = folder.path().join(format!("drawbridge.{name}"));
        let made = Command::new("mkfifo").arg(&special).status().unwrap();
        assert!(made.success());
        let error = SqliteRepository::open(&path).unwrap_err();
        assert!(error.to_string().ends_with("is not a file but a pipe, a socket or a device"), "{error}");
        assert!(error.to_string().contains(special.to_str().unwrap()), "{error}");
        fs::remove_file(&special).unwrap();
        fs::create_dir(&special).unwrap();
        let error = SqliteRepository::open(&path).unwrap_err();
        assert!(error.to_string().ends_with("is a folder"), "{error}");
    }
    assert!(SqliteRepository::open(Path::new("/dev/null")).is_err());
}

/// Promise F9: a program with SQLite before 3.42 takes `json_valid(NULL)` for a no.
#[test]
fn no_check_needs_a_new_sqlite_to_let_healthy_rows_pass() {
    let Database { path, .. } = &Database::new();
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    for table in tables {
        let (name, sql): (String, String) = table.unwrap();
        for line in sql.lines().filter(|line| line.contains("json_valid(")) {
            assert!(line.contains("NOT NULL") || line.contains("IS NULL OR"), "{name}: {line}");
        }
    }
}

/// Promise A11.
#[test]
fn what_was_deleted_is_not_in_the_file_any_more() {
    let Database { repository, path, .. } = &Database::new();
    repository
        .commit(&[LocalChange::PutSecretItem(SecretItem {
            label: "l4bel-of-the-deleted".repeat(30),
            ..secret_item(1)
        })
        .into()])
        .unwrap();
    let holds = || fs::read(path).unwrap().windows(20).any(|part| part == b"l4bel-of-the-deleted");
    assert!(holds());
    repository.commit(&[LocalChange::RemoveSecretItem(secret_item(1).id).into()]).unwrap();
    assert!(!holds(), "what is deleted is overwritten");
}

/// Promise F4: what is set aside is stored with its time.
#[test]
fn a_secret_that_is_set_aside_is_read_back() {
    let Database { repository, .. } = &Database::new();
    for over_since in [None, Some(time(800))] {
        let state = SecretItemState::SetAside(SetAside { until: time(720), over_since });
        let item = SecretItem { state, ..secret_item(1) };
        repository.commit(&[LocalChange::PutSecretItem(item.clone()).into()]).unwrap();
        assert_eq!(repository.list_unsettled_secrets().unwrap(), [item]);
    }
    repository.commit(&[LocalChange::PutSecretItem(secret_item(1)).into()]).unwrap();
    assert_eq!(repository.list_unsettled_secrets().unwrap(), []);
}
