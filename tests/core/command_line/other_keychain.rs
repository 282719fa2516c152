//! Another keychain than before, none of this installation's, or one that is locked: what the program says, and what it
//! leaves alone. A real gnome-keyring, whose files are swapped for others.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use domain::ports::{Secrets, ThisMachine};
use rustix::process::Signal;
use serde_json::Value;

use super::{
    P256, PATIENCE, SECRET, Serving, World, in_session,
    private_session::{self, Bus, Password, Session},
    run, send, wait,
};

/// Ends `keyring` and starts one over the files that are kept under `name`, empty at first; those that were used until now
/// are kept under `former`.
fn swap(session: &Session, keyring: private_session::Keyring, former: &str, name: &str) -> private_session::Keyring {
    drop(keyring);
    let files = session.keyring_file().parent().expect("a folder").to_path_buf();
    let kept = |name: &str| -> PathBuf { files.with_file_name(name) };
    fs::rename(&files, kept(former)).expect("the files of the former one");
    if kept(name).exists() {
        fs::rename(kept(name), &files).expect("the files of the other one");
    }
    session.start_keyring(Password::Given)
}

/// What the database holds that a keychain could have changed.
fn state(world: &World) -> impl PartialEq + std::fmt::Debug {
    let repository = &world.repository;
    (
        repository.list_active_secrets().expect("rows"),
        repository.list_unsettled_secrets().expect("rows"),
        repository.list_client_authority_certificates().expect("authorities"),
        repository.find_token_service_identity().expect("keys"),
        world.activity(),
    )
}

/// Promise B3: with another keychain nothing is made, removed, marked or ended; it is said, with the ways out; back with the
/// former one all is as before.
#[test]
fn another_keyring_changes_nothing_and_the_former_one_brings_everything_back() {
    const NAME: &str = "other_keychain::another_keyring_changes_nothing_and_the_former_one_brings_everything_back";
    private_session::test(NAME, Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let world = World::new(session);
        world.connect("Sales", P256, "sales-eu");
        let account =
            world.drawbridge.pingone().create_account("Acme", domain::pingone::AccountKind::Local).expect("an account");
        world.drawbridge.pingone().add_credential(account.id, "", None).expect("credentials");
        Serving::start(&[]).stop();
        run(&["test", "sales-eu"]).fails(1);
        let (before, items) = (state(&world), session.items());
        // All but the witness, by which nobody loses anything.
        let number = items.len() - 1;
        assert!(run(&["keychain"]).succeeds().out.contains("holds the secrets of this installation"));

        let keyring = swap(session, keyring, "first", "second");
        for arguments in
            [&["generate", "Sales"][..], &["export", "Sales", "--out", "-"], &["test", "sales-eu"], &["keychain"]]
        {
            let failed = run(arguments).fails(4);
            assert!(failed.err.contains("another keychain than before"), "{arguments:?}: {}", failed.err);
            for way in ["Start the former keychain", "restore it", "use this one from now on"] {
                assert!(failed.err.contains(way), "{arguments:?} has to name the way out {way:?}: {}", failed.err);
            }
        }
        let status = run(&["status"]).fails(1);
        assert!(status.out.contains("This is another keychain than before"), "{}", status.out);
        assert!(status.out.contains("The token service cannot run"), "{}", status.out);
        assert_eq!(run(&["status", "--json"]).fails(1).json()["keychain"], "another");
        assert!(run(&["list"]).succeeds().err.contains("another keychain than before"), "a year left, and no secret");
        let waiting = Waiting::start();
        assert!(waiting.warning["message"].as_str().expect("a text").contains("another keychain than before"));

        assert_eq!(state(&world), before, "neither rows nor authorities nor entries");
        assert_eq!(session.items(), Vec::<String>::new(), "nothing was made in it");

        let keyring = swap(session, keyring, "second", "first");
        let serving = waiting.ready();
        assert_eq!(serving.stop().0.code(), Some(0), "it serves as soon as the former one answers");
        assert_eq!((state(&world), session.items()), (before, items), "all is as before");
        run(&["keychain"]).succeeds();

        // Gone for good, a person decides, knowing whom it concerns.
        let keyring = swap(session, keyring, "first", "second");
        let told = run(&["keychain", "--json"]).fails(4).json();
        let broken = &told["takeOver"];
        assert_eq!((&told["keychain"], &broken["number"]), (&"another".into(), &number.into()));
        assert_eq!(
            (&broken["portals"], &broken["connections"], &broken["accounts"], &broken["tokenService"]),
            (&["Sales"][..].into(), &["Hub – sales-eu"][..].into(), &["Acme"][..].into(), &true.into())
        );
        run(&["keychain", "--take-over", "1"]).fails(3);
        assert_eq!(session.items(), Vec::<String>::new());
        let taken = run(&["keychain", "--take-over", &number.to_string()]).fails(1);
        assert!(taken.out.contains("These secrets are not in it any more"), "lost is not well: {}", taken.out);
        assert!(run(&["status"]).fails(1).out.contains("not in the keychain any more"));
        Serving::start(&[]).stop();
        run(&["generate", "Sales"]).succeeds();
        // The one with the item of another program, which is looked at in the end.
        drop(swap(session, keyring, "second", "first"));
    });
}

/// Promise F6: a database that was emptied or moved is not taken for a new installation, and two data folders may share a
/// keychain.
#[test]
fn a_missing_database_beside_the_secrets_of_a_former_one_is_said() {
    in_session("other_keychain::a_missing_database_beside_the_secrets_of_a_former_one_is_said", |session| {
        let world = World::new(session);
        world.connect("Sales", P256, "sales-eu");
        let items = session.items();
        let folder = world.folder.clone();
        drop(world);
        let kept = folder.with_file_name("kept");
        fs::rename(&folder, &kept).expect("the data folder");

        let status = run(&["status"]).fails(4);
        let holds = format!("The keychain holds {} secrets of another installation of Drawbridge", items.len());
        assert!(status.err.contains(&holds), "{}", status.err);
        assert!(status.err.contains("put drawbridge.db back"), "{}", status.err);
        let listed = run(&["list"]).fails(3);
        assert!(listed.err.contains(&holds), "not only that nobody uses it: {}", listed.err);
        let keychain = run(&["keychain"]).fails(4);
        assert!(keychain.out.contains(&format!("drawbridge keychain --take-over {}", items.len())), "{}", keychain.out);
        assert_eq!(session.items(), items, "nothing was made");

        // Put back, all is as before.
        fs::remove_dir_all(&folder).expect("the empty one");
        fs::rename(&kept, &folder).expect("the data folder");
        run(&["keychain"]).succeeds();
        run(&["export", "Sales", "--out", "-"]).succeeds();

        // A second installation on purpose.
        fs::rename(&folder, &kept).expect("the data folder");
        run(&["keychain", "--take-over", &items.len().to_string()]).succeeds();
        run(&["keychain"]).succeeds();
        assert_eq!(session.items().len(), items.len() + 1, "the former ones, and the witness of this one");
    });
}

/// Promise B7: `status` says it when the keyring is locked, gone or denied, and that the token service cannot run.
#[test]
fn status_is_not_well_while_the_keyring_is_locked_or_gone() {
    private_session::test(
        "other_keychain::status_is_not_well_while_the_keyring_is_locked_or_gone",
        Bus::Open,
        |session| {
            let keyring = session.start_keyring(Password::Given);
            let world = World::new(session);
            world.generate("Sales", SECRET);
            assert!(run(&["status"]).succeeds().out.ends_with("All is well.\n"));
            drop(keyring);
            let gone = run(&["status"]).fails(1);
            assert!(gone.out.contains("No keychain is available"), "{}", gone.out);
            let keyring = session.start_keyring(Password::Withheld);
            let locked = run(&["status"]).fails(1);
            assert!(locked.out.contains("The keychain is locked"), "{}", locked.out);
            assert!(locked.out.contains("The token service cannot run: the keychain is locked."), "{}", locked.out);
            assert!(!locked.out.contains("All is well"), "{}", locked.out);
            assert_eq!(run(&["status", "--json"]).fails(1).json()["keychain"], "unavailable");
            drop(keyring);
            let _keyring = session.start_keyring(Password::Given);
            run(&["status"]).succeeds();
        },
    );
}

/// Promise B6: `serve` waits for the keyring, says so once, asks nobody, and serves as soon as it can; SIGHUP and SIGTERM end
/// it while it waits.
#[test]
fn serve_waits_for_a_locked_keyring_and_sighup_ends_it() {
    private_session::test(
        "other_keychain::serve_waits_for_a_locked_keyring_and_sighup_ends_it",
        Bus::Open,
        |session| {
            let keyring = session.start_keyring(Password::Given);
            let world = World::new(session);
            world.portal("Sales");
            Serving::start(&[]).stop();
            drop(keyring);
            let keyring = session.start_keyring(Password::Withheld);
            for signal in [Signal::HUP, Signal::TERM] {
                let mut waiting = Waiting::start();
                send(&waiting.child, signal);
                assert_eq!(wait(&mut waiting.child).code(), Some(0), "{signal:?} while it waits is no failure");
            }
            let waiting = Waiting::start();
            let message = waiting.warning["message"].as_str().expect("a text").to_owned();
            assert_eq!(message, "the token service waits for the keychain: The keychain is locked");
            // Longer than it looks again: the message comes once.
            thread::sleep(Duration::from_millis(2500));
            drop(keyring);
            let _keyring = session.start_keyring(Password::Given);
            let mut serving = waiting.ready();
            send(&serving.child, Signal::HUP);
            assert_eq!(wait(&mut serving.child).code(), Some(0), "SIGHUP ends it as SIGTERM does");
            let said = serving.err.join().expect("its words");
            let repeated = said.lines().filter(|line| line.contains("is locked")).count();
            assert_eq!(repeated, 0, "said once, before: {said}");
        },
    );
}

/// Promise B6: nohup(1) keeps SIGHUP from ending what it starts.
#[test]
fn under_nohup_sighup_does_not_end_serve() {
    in_session("other_keychain::under_nohup_sighup_does_not_end_serve", |session| {
        let world = World::new(session);
        world.portal("Sales");
        let child = Command::new("nohup")
            .args([env!("CARGO_BIN_EXE_drawbridge"), "serve", "--json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("nohup");
        let mut serving = Serving::wait_for(child);
        send(&serving.child, Signal::HUP);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(1) {
            assert!(serving.child.try_wait().expect("a child").is_none(), "it must go on");
            thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(serving.stop().0.code(), Some(0));
    });
}

/// `drawbridge serve --json` that has said what it waits for.
struct Waiting {
    child: Child,
    warning: Value,
    /// What it says after that.
    err: Option<BufReader<std::process::ChildStderr>>,
}

impl Waiting {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["serve", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut err = BufReader::new(child.stderr.take().expect("piped"));
        let (told, hears) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            err.read_line(&mut line).expect("a line");
            told.send((line, err)).expect("somebody waits");
        });
        let (line, err) = hears.recv_timeout(PATIENCE).expect("it says what it waits for");
        let warning: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(warning["code"], "warning", "{line}");
        assert!(child.try_wait().expect("a child").is_none(), "it waits");
        Self { child, warning, err: Some(err) }
    }

    /// Waits until it serves.
    fn ready(mut self) -> Serving {
        let mut child = self.child;
        let err = self.err.take().expect("not taken yet");
        child.stderr = None;
        Serving::wait_for_with(child, err)
    }
}
