//! What needs more than a command and its answer: other processes beside it, signals, pipes that break, another owner.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use domain::ports::ThisMachine;
use fakes::Capture;
use rustix::process::Signal;
use serde_json::Value;

use super::{
    KeptOpen, Ran, SECRET, Serving, World, in_session, run, run_command, run_with, send, wait, world::free_port,
};

#[test]
fn a_reader_that_goes_away_misses_nothing_but_a_document() {
    in_session("processes::a_reader_that_goes_away_misses_nothing_but_a_document", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        let run_unread = |arguments: &[&str]| {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            let output = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
                .args(arguments)
                .stdout(writer)
                .output()
                .expect("the program");
            Ran {
                code: output.status.code(),
                out: String::new(),
                err: String::from_utf8(output.stderr).expect("UTF-8"),
            }
        };
        assert_eq!(run_unread(&["list"]).succeeds().err, "", "`drawbridge list | head -0` is no error");
        run_unread(&["test", "Sales"]).fails(1);
        let failed = run_unread(&["export", "Sales", "--out", "-"]).fails(1);
        assert!(failed.err.contains("Standard output did not take the document"), "{}", failed.err);
        assert!(world.activity().contains("HandOverFailed"), "{}", world.activity());
        let failed = run_unread(&["generate", "Sales", "--kind", "secret", "--out", "-"]).fails(1);
        assert!(
            failed.err.starts_with("Regenerated credentials of Sales"),
            "what was generated is said: {}",
            failed.err
        );
        assert!(failed.err.contains("drawbridge export hands them over"), "{}", failed.err);
    });
}

/// What it serves is in `golden/what_is_served_passes_the_test.txt`.
#[test]
fn an_idle_connection_does_not_keep_a_service_that_is_to_end() {
    in_session("processes::an_idle_connection_does_not_keep_a_service_that_is_to_end", |session| {
        let world = World::new(session);
        world.portal("Sales");
        let serving = Serving::start(&[]);
        let client = KeptOpen::request(world.port, "/sales/.well-known/openid-configuration");
        let begun = Instant::now();
        let (status, err) = serving.stop();
        assert_eq!(status.code(), Some(0), "a stop that was asked for is no failure: {err}");
        assert!(begun.elapsed() < Duration::from_secs(4), "nothing was left to wait for: {:?}", begun.elapsed());
        drop(client);
    });
}

#[test]
fn a_port_that_is_in_use_has_an_exit_code_of_its_own() {
    in_session("processes::a_port_that_is_in_use_has_an_exit_code_of_its_own", |session| {
        let world = World::new(session);
        world.portal("Sales");
        let taken = TcpListener::bind(("127.0.0.1", world.port)).expect("the port is free");
        let failed = run(&["serve"]).fails(7);
        assert!(
            failed.err.starts_with(&format!("Error: Port {} at 127.0.0.1 is in use by another program.", world.port)),
            "{}",
            failed.err
        );
        assert_eq!(failed.out, "", "it never was ready");
        let failed = run(&["serve", "--json"]).fails(7);
        let error: Value = serde_json::from_str(&failed.err).expect("JSON");
        assert_eq!(error["code"], "cannotServe");

        // Another port for this process only; the settings stay, and it says what that means.
        let other = free_port().to_string();
        let serving = Serving::start(&["--port", &other]);
        assert!(serving.ready.contains(&other), "{}", serving.ready);
        let (status, err) = serving.stop();
        assert_eq!(status.code(), Some(0), "{err}");
        assert!(err.contains("exported documents still carry the addresses of the settings"), "{err}");
        assert_eq!(world.drawbridge.settings().get().expect("settings").token_service.endpoints.port, world.port);
        drop(taken);
    });
}

#[test]
fn another_host_name_gets_a_certificate_that_nobody_keeps() {
    in_session("processes::another_host_name_gets_a_certificate_that_nobody_keeps", |session| {
        let world = World::new(session);
        world.portal("Sales");
        Serving::start(&[]).stop();
        let identity = || world.repository.find_token_service_identity().expect("the keys");
        let before = identity();
        let items = session.items();
        let serving = Serving::start(&["--host", "portal.example.com"]);
        let caught = Capture::at("test");
        world.drawbridge.settings().export_authority(&caught).expect("the CA certificate");
        let authority = world.folder.join("ca.pem");
        fs::write(&authority, caught.delivered().remove(0)).expect("a file");
        let shown = Command::new("openssl")
            .args(["s_client", "-connect", &format!("127.0.0.1:{}", world.port), "-verify_return_error", "-CAfile"])
            .arg(authority)
            .args(["-verify_hostname", "portal.example.com"])
            .stdin(Stdio::null())
            .output()
            .expect("openssl is installed");
        assert!(shown.status.success(), "{shown:?}");
        assert_eq!(serving.stop().0.code(), Some(0));
        assert_eq!(identity(), before, "the window's service must not be given another certificate");
        assert_eq!(session.items().len(), items.len(), "a key that nobody keeps must not stay in the keychain");
    });
}

/// Promises F7 and F4: `serve` went on with a removed file, and an older copy was taken for the database in order.
#[test]
fn serve_ends_when_its_database_is_removed_and_an_older_one_in_its_place_is_noticed() {
    in_session(
        "processes::serve_ends_when_its_database_is_removed_and_an_older_one_in_its_place_is_noticed",
        |session| {
            let world = World::new(session);
            world.generate("Sales", SECRET);
            let database = world.folder.join("drawbridge.db");
            let older = fs::read(&database).expect("the database");
            world.generate("Support", SECRET);
            run(&["status"]).succeeds();
            let serving = Serving::start(&[]);

            fs::remove_file(&database).expect("removed");

            let (status, err) = serving.end();
            assert_eq!(status.code(), Some(5), "{err}");
            let error: Value = serde_json::from_str(err.lines().last().expect("an error")).expect("JSON");
            assert_eq!(
                error["message"], "The database file was removed or replaced while Drawbridge was using it.",
                "{error}"
            );
            assert!(!database.exists(), "nobody has made another one");

            fs::write(&database, older).expect("an older copy");
            let status = run(&["status"]).fails(1);
            assert!(status.out.contains("The database lacks the last "), "{}", status.out);
            run(&["list"]).succeeds();
        },
    );
}

#[test]
fn ten_processes_generate_at_the_same_time_and_nothing_is_lost() {
    in_session("processes::ten_processes_generate_at_the_same_time_and_nothing_is_lost", |session| {
        let world = World::new(session);
        let portals: Vec<String> = (0..10).map(|number| format!("Portal {number}")).collect();
        for portal in &portals {
            world.portal(portal);
        }
        let running: Vec<_> = portals
            .iter()
            .enumerate()
            .map(|(number, portal)| {
                let portal = portal.clone();
                let kind = if number % 2 == 0 { ["--kind", "secret"] } else { ["--key", "p-256"] };
                thread::spawn(move || run(&["generate", &portal, kind[0], kind[1], "--json"]))
            })
            .collect();
        for process in running {
            assert_eq!(process.join().expect("a process").succeeds().json()["result"], "generated");
        }
        let reconciled = world.drawbridge.secrets().reconcile().expect("reconciled");
        assert_eq!(
            reconciled,
            domain::credential::Reconciled::default(),
            "no process took another one's change for an interrupted one"
        );
        for portal in &portals {
            let document = run(&["export", portal, "--out", "-"]).succeeds().out;
            let read = run_with(&["test", "-"], &document).out;
            assert!(read.starts_with("✓ Document"), "the secret is there and belongs to the credential: {read}");
        }
        // Ten secrets, the key of one authority, and the item by which the keychain is known.
        assert_eq!(session.items().len(), 12, "one authority, whoever came first");
    });
}

#[test]
fn ctrl_c_cancels_a_test() {
    in_session("processes::ctrl_c_cancels_a_test", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        // Takes connections and never answers.
        let silent = TcpListener::bind(("127.0.0.1", world.port)).expect("the port is free");
        let document = run(&["export", "Sales", "--out", "-"]).succeeds().out;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sales.json");
        fs::write(&file, document.replace("localhost", "127.0.0.1")).expect("the document");
        for json in [false, true] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
            command.args(["test", "--file"]).arg(&file);
            if json {
                command.arg("--json");
            }
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
            let mut out = BufReader::new(child.stdout.take().expect("piped"));
            let mut line = String::new();
            while !line.contains("network") {
                line.clear();
                assert_ne!(out.read_line(&mut line).expect("a line"), 0, "the test must get as far as the network");
            }
            let begun = Instant::now();
            send(&child, Signal::INT);
            let status = wait(&mut child);
            assert_eq!(status.code(), Some(130));
            assert!(begun.elapsed() < Duration::from_secs(5), "within the stage, not after it: {:?}", begun.elapsed());
            let mut rest = String::new();
            out.read_to_string(&mut rest).expect("the end");
            let end = rest.lines().last().expect("an end");
            assert_eq!(end, if json { r#"{"outcome":"cancelled"}"# } else { "Cancelled." });
        }
        drop(silent);
    });
}

// Promise E3: `sudo -E drawbridge list` over the data of the person. Only root can make a folder of somebody else.
#[test]
fn a_command_of_root_leaves_nothing_in_the_home_of_somebody_else() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::chown(home.path(), Some(65534), Some(65534)).expect("another owner");
    for command in ["list", "status", "serve"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        let failed = run_command(program.arg(command).env_clear().env("HOME", home.path()), "").fails(5);
        assert!(failed.err.contains("sudo"), "{command}: the way out is named: {}", failed.err);
    }
    assert_eq!(fs::read_dir(home.path()).expect("the folder").count(), 0, "neither data nor log files");
}
