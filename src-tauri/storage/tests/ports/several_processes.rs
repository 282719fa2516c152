//! The window and the command line on one database: one change at a time, and everybody sees what others commit.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use domain::{
    connection::RequestStateKind,
    ports::{
        Hubs, LocalChange, People, Repository, RepositoryReader, RequestQuery, RequestSort, Requests, SharedChange,
    },
};
use fakes::samples::{approved, hub, person, request, secret_item};
use storage::SqliteRepository;

use crate::database::Database;

/// A process with the database open, which does what it is told.
struct Program {
    process: Child,
    tell: ChildStdin,
    hear: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn start(path: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "several_processes::the_other_program", "--nocapture"])
            .env("DRAWBRIDGE_TEST_DATABASE", path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let tell = process.stdin.take().unwrap();
        let hear = BufReader::new(process.stdout.take().unwrap());
        Self { process, tell, hear }
    }

    /// Returns when the program has done it.
    fn tell(&mut self, order: &str) {
        self.send(order);
        self.hear_done();
    }

    fn send(&mut self, order: &str) {
        writeln!(self.tell, "{order}").unwrap();
    }

    fn hear_done(&mut self) {
        let mut line = String::new();
        while line.trim() != DONE {
            line.clear();
            // The test harness prints lines of its own before.
            assert_ne!(self.hear.read_line(&mut line).unwrap(), 0, "the other program has ended");
        }
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const DONE: &str = "the other program is done";

#[test]
#[ignore = "the program of the tests below, no test by itself"]
fn the_other_program() {
    let path = std::env::var("DRAWBRIDGE_TEST_DATABASE").expect("the tests below set it");
    let repository = SqliteRepository::open(Path::new(&path)).unwrap();
    let mut guard = None;
    for order in std::io::stdin().lines() {
        match order.unwrap().as_str() {
            "begin a change" => guard = Some(repository.begin_change().unwrap()),
            "end the change" => drop(guard.take()),
            "add a person" => repository.commit(&[SharedChange::PutPerson(person(2)).into()]).unwrap(),
            "add a request" => {
                repository.commit(&[
                    LocalChange::PutSecretItem(secret_item(2)).into(),
                    SharedChange::PutRequest(request(2, hub(1).id)).into(),
                ])
            }
            .unwrap(),
            "approve the request" => {
                repository.commit(&[SharedChange::PutRequest(approved(request(1, hub(1).id))).into()]).unwrap()
            }
            "read" => drop(repository.list_hubs().unwrap()),
            other => panic!("{other:?} is no order"),
        }
        writeln!(std::io::stdout(), "\n{DONE}").unwrap();
    }
}

/// How long a change of this process has to wait for its turn.
fn time_to_begin(repository: &SqliteRepository) -> Duration {
    let asked = Instant::now();
    drop(repository.begin_change().unwrap());
    asked.elapsed()
}

#[test]
fn a_change_waits_until_that_of_another_process_has_ended() {
    let database = Database::new();
    let repository = &database.repository;
    let mut other = Program::start(&database.path);
    other.tell("begin a change");

    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| time_to_begin(repository));
        std::thread::sleep(Duration::from_millis(200));
        assert!(!waiting.is_finished(), "two changes at once could take each other's secrets for left over");
        assert_eq!(repository.list_people().unwrap(), [], "reading does not wait");
        other.tell("add a person");
        assert_eq!(repository.list_people().unwrap(), [person(2)]);
        other.tell("end the change");
        waiting.join().unwrap();
    });

    let guard = repository.begin_change().unwrap();
    other.send("begin a change");
    std::thread::sleep(Duration::from_millis(50));
    drop(guard);
    other.hear_done();
}

#[test]
fn a_process_that_is_killed_during_its_change_leaves_the_way_free() {
    let database = Database::new();
    let mut other = Program::start(&database.path);
    other.tell("begin a change");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| time_to_begin(&database.repository));
        std::thread::sleep(Duration::from_millis(100));
        other.kill();
        let waited = waiting.join().unwrap();
        assert!(waited < Duration::from_secs(10), "{waited:?}");
    });
}

#[test]
fn a_change_takes_turns_with_those_of_threads_and_of_other_openings_of_the_file() {
    let database = Database::new();
    let second = SqliteRepository::open(&database.path).unwrap();
    let inside = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for repository in [&database.repository, &database.repository, &second, &second] {
            scope.spawn(|| {
                for _ in 0..10 {
                    let _guard = repository.begin_change().unwrap();
                    let others = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    assert_eq!(others, 0, "one at a time");
                    std::thread::sleep(Duration::from_millis(1));
                    inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                }
            });
        }
    });
}

#[test]
fn the_change_number_is_another_one_after_each_commit_and_only_then() {
    let database = Database::new();
    let repository = &database.repository;
    let mut other = Program::start(&database.path);
    other.tell("read");
    let mut seen = vec![repository.change_number().unwrap()];
    let mut assert_changed = |by: &str, changed: bool| {
        let number = repository.change_number().unwrap();
        assert_eq!(!seen.contains(&number), changed, "{by}: {number}, after {seen:?}");
        assert_eq!(repository.change_number().unwrap(), number, "asking changes nothing");
        seen.push(number);
    };
    assert_changed("nothing", false);
    database.commit([SharedChange::PutPerson(person(1)).into()]);
    assert_changed("a commit of this process", true);
    other.tell("add a person");
    assert_changed("a commit of another process", true);
    other.tell("read");
    repository.list_people().unwrap();
    assert_changed("reading", false);
    repository
        .commit(&[
            SharedChange::PutHub(hub(1)).into(),
            SharedChange::PutPerson(domain::person::Person { email: person(1).email, ..person(3) }).into(),
        ])
        .unwrap_err();
    assert_changed("a commit that failed", false);
    drop(repository.begin_change().unwrap());
    assert_changed("a change without a commit", false);
    for number in 4..50 {
        database.commit([SharedChange::PutPerson(person(number)).into()]);
        assert_changed("one more commit", true);
    }
}

#[test]
fn the_change_number_does_not_wait_for_a_commit_that_is_under_way() {
    let database = Database::new();
    let busy = rusqlite::Connection::open(&database.path).unwrap();
    let before = database.repository.change_number().unwrap();
    busy.execute_batch("BEGIN IMMEDIATE; UPDATE person SET name = 'x'; CREATE TABLE other (x)").unwrap();
    let asked = Instant::now();
    assert_eq!(database.repository.change_number().unwrap(), before, "it is not committed yet");
    assert!(asked.elapsed() < Duration::from_secs(1));
    busy.execute_batch("COMMIT").unwrap();
    assert_ne!(database.repository.change_number().unwrap(), before);
}

#[test]
fn what_another_process_commits_is_in_the_list_at_once() {
    let database = Database::new();
    database.commit([
        SharedChange::PutHub(hub(1)).into(),
        LocalChange::PutSecretItem(secret_item(1)).into(),
        SharedChange::PutRequest(request(1, hub(1).id)).into(),
    ]);
    let aliases = |state, search: &str| -> Vec<String> {
        let query = RequestQuery {
            hub: hub(1).id,
            state: Some(state),
            search: search.into(),
            sort: RequestSort::Alias,
            descending: false,
            offset: 0,
            limit: 10,
        };
        let page = database.repository.search_requests(&query).unwrap();
        page.rows.into_iter().map(|row| row.request.alias).collect()
    };
    let mut other = Program::start(&database.path);
    assert_eq!(aliases(RequestStateKind::Pending, "alias"), ["Alias 1"]);

    other.tell("add a request");
    assert_eq!(aliases(RequestStateKind::Pending, "alias"), ["Alias 1", "Alias 2"]);
    assert_eq!(aliases(RequestStateKind::Pending, ""), ["Alias 1", "Alias 2"]);
    other.tell("approve the request");
    assert_eq!(aliases(RequestStateKind::Pending, "alias"), ["Alias 2"]);
    assert_eq!(aliases(RequestStateKind::Approved, "alias"), ["Alias 1"]);
}
