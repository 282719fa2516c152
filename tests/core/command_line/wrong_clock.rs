//! A clock of this computer that is wrong for a moment. libfaketime stands between the program and the clock, and reads from a
//! file what the clock shows, so that it jumps under a program that runs.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use domain::ports::ThisMachine;
use fakes::Capture;
use tempfile::TempDir;

use super::{P256, PATIENCE, Ran, SECRET, Serving, World, in_session, run, run_command, secret_parts};

/// Promise F1: a jump a year ahead or behind, under a service that runs and under one that starts.
#[test]
fn f1_a_clock_that_is_wrong_for_a_moment_costs_neither_certificate_nor_authority() {
    in_session(
        "wrong_clock::f1_a_clock_that_is_wrong_for_a_moment_costs_neither_certificate_nor_authority",
        |session| {
            let world = World::new(session);
            world.generate("Sales", SECRET);
            world.generate("Support", P256);
            let clock = SetClock::new();
            let err = clock.folder.path().join("err");
            let serving = clock.serve(&err);
            let client = Client::new(&world);
            client.gets_a_token("before");
            let keys = || {
                let repository = &world.repository;
                (
                    repository.find_token_service_identity().expect("keys"),
                    repository.list_client_authority_certificates().expect("authorities"),
                    repository.find_server_authority().expect("an authority"),
                )
            };
            let before = keys();

            for (jump, said) in [("+365d", "is not renewed before that is certain"), ("-365d", "shows a time before")] {
                clock.shows(jump);
                // It looks at the clock when something has changed.
                clock.run(&["export", "Sales", "--out", "-"]).succeeds();
                let warned = || fs::read_to_string(&err).expect("what it says").contains(said);
                until(&format!("it says “{said}”"), warned);
                let status = clock.run(&["status"]).fails(1);
                assert!(status.out.contains(said), "{jump}: {}", status.out);
                assert_eq!(keys(), before, "{jump}: nothing is renewed or replaced");
                client.gets_a_token(jump);

                clock.shows("+0");
                clock.run(&["export", "Sales", "--out", "-"]).succeeds();
                let noticed = || world.repository.find_seen_time().expect("a row").expect("it was seen").jump.is_none();
                until("it notices that the clock is right again", noticed);
                let status = clock.run(&["status"]).succeeds();
                assert!(status.out.ends_with("All is well.\n"), "after {jump}: {}", status.out);
                assert_eq!(keys(), before, "after {jump}");
                client.gets_a_token(&format!("after {jump}"));
            }
            assert_eq!(serving.stop().0.code(), Some(0));

            // Started while it is wrong, then again when it is right.
            for jump in ["+365d", "-365d"] {
                clock.shows(jump);
                let serving = clock.serve(&err);
                client.gets_a_token(jump);
                clock.shows("+0");
                assert_eq!(serving.stop().0.code(), Some(0));
                let serving = Serving::start(&[]);
                assert_eq!(keys(), before, "after a start at {jump}");
                client.gets_a_token(&format!("after a start at {jump}"));
                let status = run(&["status"]).succeeds();
                assert!(status.out.ends_with("All is well.\n"), "{}", status.out);
                assert_eq!(serving.stop().0.code(), Some(0));
            }
        },
    );
}

/// What the clock shows to programs that are started with it.
struct SetClock {
    folder: TempDir,
    library: String,
}

impl SetClock {
    fn new() -> Self {
        let shown = Command::new("faketime").args(["-m", "-f", "+0", "printenv", "LD_PRELOAD"]).output();
        let shown = shown.expect("faketime is installed");
        let library = String::from_utf8(shown.stdout).expect("UTF-8").trim().to_owned();
        assert!(!library.is_empty(), "faketime says where its library is");
        let clock = Self { folder: tempfile::tempdir().expect("a folder"), library };
        clock.shows("+0");
        clock
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    /// From now on it is wrong by `offset`, as faketime(1) writes it. Put in place whole, for those who read it meanwhile.
    fn shows(&self, offset: &str) {
        let next = self.folder.path().join("next");
        fs::write(&next, format!("{offset}\n")).expect("a file");
        fs::rename(next, self.file()).expect("the file of the clock");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", self.file())
            .env("FAKETIME_NO_CACHE", "1")
            // How long something takes stays as it is.
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_command(self.command().args(arguments), "")
    }

    /// `drawbridge serve --json`, ready, with its standard error in the file `err`.
    fn serve(&self, err: &Path) -> Serving {
        let err = File::create(err).expect("a file");
        let child = self.command().args(["serve", "--json"]).stdout(Stdio::piped()).stderr(err).spawn();
        Serving::wait_for_with(child.expect("the program"), io::empty())
    }
}

/// A program that is not ours, and trusts the CA certificate that it was given.
struct Client {
    config: String,
    _folder: TempDir,
}

impl Client {
    fn new(world: &World) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = folder.path().join("ca.pem");
        let caught = Capture::at("test");
        world.drawbridge.settings().export_authority(&caught).expect("the CA certificate");
        fs::write(&authority, caught.delivered().remove(0)).expect("a file");
        let document = run(&["export", "Sales", "--out", "-"]).succeeds().out;
        let member = |name: &str| {
            let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
            document[name].as_str().expect("a text").to_owned()
        };
        let secret = secret_parts(&document).remove(0);
        let config = format!(
            "silent\nshow-error\nfail\ncacert = \"{}\"\nurl = \"{}\"\nuser = \"{}:{secret}\"\ndata = \"grant_type=client_credentials\"\n",
            authority.display(),
            member("tokenUrl"),
            member("clientId"),
        );
        Self { config, _folder: folder }
    }

    fn gets_a_token(&self, when: &str) {
        let ran = run_command(Command::new("curl").args(["--config", "-"]), &self.config);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{when}: a client that trusts the CA is served");
        assert!(ran.out.contains("\"access_token\""), "{when}");
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let give_up = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < give_up, "not within {PATIENCE:?}: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
