//! The command line as a pipeline uses it: the real program, a real database, a real gnome-keyring, no display.

#![cfg(all(unix, not(target_os = "macos")))]

#[path = "../../src-tauri/keychain/tests/secret_service/private_session.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod private_session;
#[cfg(target_os = "linux")]
#[path = "../../src-tauri/keychain/tests/secret_service/stand_in.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod stand_in;

#[path = "command_line/documents.rs"]
mod documents;
#[path = "command_line/exports.rs"]
mod exports;
#[path = "command_line/full_disk.rs"]
mod full_disk;
#[path = "command_line/other_keychain.rs"]
mod other_keychain;
#[path = "command_line/pingone.rs"]
mod pingone;
#[path = "command_line/portals_elsewhere.rs"]
mod portals_elsewhere;
#[cfg(target_os = "linux")]
#[path = "command_line/unlock_prompt.rs"]
mod unlock_prompt;
#[path = "command_line/wrong_clock.rs"]
mod wrong_clock;

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use certificates::RcgenIssuer;
use chrono::Utc;
use connector::HttpConnector;
use domain::{
    Drawbridge, Ports,
    connection_check::{Cause, ConnectionHealth, Diagnosis, Finding, HealthOutcome, Stage},
    credential::{Credential, CredentialState, GenerateKind, KeyAlgorithm},
    messages::Message,
    person::Role,
    portal::Portal,
    ports::{Connections, Portals, Repository, SharedChange, ThisMachine},
    settings::TokenServiceChange,
};
use fakes::{Capture, SettableClock, SystemEntropy};
use keychain::KeychainSecretStore;
use private_session::{Bus, Password, Session};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use storage::SqliteRepository;

/// The service field of all items.
const APPLICATION: &str = "Drawbridge";

/// As `tauri.conf.json` has it.
const IDENTIFIER: &str = "io.drawbridge.desktop";

const SECRET: GenerateKind = GenerateKind::ClientSecret;
const P256: GenerateKind = GenerateKind::Certificate(KeyAlgorithm::P256);

/// Longer than anything here takes, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(40);

#[test]
fn generate_and_export_write_a_document_that_only_its_owner_can_read() {
    in_session("generate_and_export_write_a_document_that_only_its_owner_can_read", |session| {
        let world = World::new(session);
        world.portal("Sales");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sales.json");
        let path = file.to_str().expect("a path in UTF-8");

        let generated = run(&["generate", "sALES", "--kind", "secret", "--out", path]).succeeds();
        assert!(generated.out.starts_with("Generated credentials of Sales: sb-apiaccess_"), "{}", generated.out);
        assert!(generated.out.contains(path), "who reads a log has to see where the secret went: {}", generated.out);
        assert_eq!(mode(&file), 0o600, "others on this machine must not read an exported secret");
        assert_eq!(keys(&file), ["clientId", "clientSecret", "tokenUrl", "url"], "exactly the published keys");
        let first = fs::read(&file).expect("the document");

        let refused = run(&["generate", "Sales", "--out", path]).fails(3);
        assert!(refused.err.contains("exists already"), "{}", refused.err);
        assert!(refused.err.contains("--force"), "the way out has to be named: {}", refused.err);
        assert_eq!(world.credentials("Sales").len(), 1, "nothing is generated that could not be written");
        run(&["export", "Sales", "--out", path]).fails(3);
        assert_eq!(fs::read(&file).expect("the document"), first, "a refused export leaves the file alone");

        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
        let again = run(&["--json", "generate", "Sales", "--key", "p-256", "--out", path, "--force"]).succeeds().json();
        assert_eq!(again["result"], "regenerated", "a script has to know that former credentials are still valid");
        assert_eq!(again["credential"]["kind"]["publicKey"], "EC P-256");
        assert_eq!(again["credential"]["validity"]["daysLeft"], 364, "not rounded up");
        assert_eq!(again["file"], path);
        assert_eq!(mode(&file), 0o600, "even where a readable file was");
        assert_eq!(keys(&file), ["certificate", "certurl", "key", "tokenurl", "url"], "exactly the published keys");

        // A former one, by its client id; standard output gets the same document as a file.
        let former = world.credentials("Sales").last().expect("two credentials").client_id.clone();
        let standard = run(&["export", "Sales", "--credential", &former, "--out", "-"]).succeeds();
        assert_eq!(standard.out.as_bytes(), first, "the document, and nothing else");
        let second = folder.path().join("second.json");
        run(&["export", "Sales", "--credential", &former, "--out", second.to_str().expect("UTF-8")]).succeeds();
        assert_eq!(fs::read(&second).expect("the document"), first);
        let left: BTreeSet<_> =
            fs::read_dir(folder.path()).expect("the folder").map(|file| file.expect("a file").file_name()).collect();
        assert_eq!(left, BTreeSet::from(["sales.json".into(), "second.json".into()]), "no temporary file stays");
    });
}

#[test]
fn what_is_not_a_file_is_never_replaced() {
    in_session("what_is_not_a_file_is_never_replaced", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("link");
        symlink("/dev/null", &link).expect("a link");
        for path in [link.as_path(), folder.path()] {
            let path = path.to_str().expect("UTF-8");
            let refused = run(&["export", "Sales", "--out", path, "--force"]).fails(3);
            assert!(refused.err.contains("not a regular file"), "{}", refused.err);
        }
        assert!(fs::symlink_metadata(&link).expect("the link").is_symlink(), "/dev/stdout is such a link");
        let missing = folder.path().join("missing/sales.json");
        let refused = run(&["export", "Sales", "--out", missing.to_str().expect("UTF-8")]).fails(6);
        assert!(refused.err.contains("folder"), "{}", refused.err);
        assert!(!world.activity().contains("Exported"), "nothing was handed over, so nothing is recorded");
    });
}

#[test]
fn a_reader_that_goes_away_misses_nothing_but_a_document() {
    in_session("a_reader_that_goes_away_misses_nothing_but_a_document", |session| {
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

#[test]
fn only_out_dash_prints_a_secret() {
    in_session("only_out_dash_prints_a_secret", |session| {
        let world = World::new(session);
        world.connect("Sales", SECRET, "sales-eu");
        world.generate("Support", P256);
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let serving = Serving::start(&[]);

        let mut all = Vec::new();
        let mut go = |arguments: &[&str]| {
            for json in [false, true] {
                let mut arguments = arguments.to_vec();
                if json {
                    arguments.push("--json");
                }
                let ran = run(&arguments);
                all.push(ran.out);
                all.push(ran.err);
            }
        };
        let mut secrets = Vec::new();
        for portal in ["Sales", "Support"] {
            let document = run(&["export", portal, "--out", "-"]).succeeds().out;
            secrets.extend(secret_parts(&document));
            fs::write(file(portal), &document).expect("a document");
            // Cut off behind the secret, so that its reader stumbles right there.
            let secret_at = document.find(&secrets[secrets.len() - 1]).expect("the secret");
            fs::write(file("broken"), &document[..secret_at + 20]).expect("a document");
            go(&["test", &file(portal)]);
            go(&["test", "--file", &file("broken")]);
            go(&["test", &document]);
            go(&["test", "--connection", &document]);
            go(&["export", &document, "--out", "-"]);
            go(&["export", portal, "--credential", &document, "--out", "-"]);
            go(&["export", portal, "--out", &file(&format!("{portal}-2")), "--force"]);
            go(&["export", portal, &document]);
            go(&["generate", portal, "--kind", &document]);
            go(&["inspect", &file(portal)]);
            go(&["inspect", &document]);
            go(&["convert", &file(portal), "--to", "env", "--out", &file("env"), "--force"]);
            go(&["convert", &file(portal), "--to", "env", "--portal-url", &document, "--out", &file("env"), "--force"]);
            go(&["convert", &file(portal), "--to", "pkcs12", "--out-password-file", &document, "--out", &file("p12")]);
            go(&["add", "Elsewhere", "--subaccount", "elsewhere", &file(portal)]);
            go(&["add", &document, "--subaccount", &document, &file(portal)]);
            go(&["import", portal, &file(portal)]);
            go(&["import", &document, &document, "--generated", &document]);
            go(&[&document]);
            go(&["test", "--portal", portal]);
        }
        go(&["test", "sales-eu"]);
        for what in ["portals", "hubs", "requests", "credentials"] {
            go(&["list", what]);
        }
        go(&["list"]);
        go(&["status"]);
        go(&["generate", "Sales", "--kind", "secret", "--out", &file("new")]);
        secrets.extend(secret_parts(&fs::read_to_string(file("new")).expect("the new document")));
        let aside = run(&["generate", "Support", "--kind", "secret", "--out", "-"]).succeeds();
        secrets.extend(secret_parts(&aside.out));
        assert!(aside.err.starts_with("Regenerated credentials of Support"), "{}", aside.err);
        all.push(aside.err);
        all.push(serving.stop().1);

        assert!(secrets.len() >= 5, "client secrets and the lines of a key: {}", secrets.len());
        assert!(
            contains_any(aside.out.as_bytes(), &secrets),
            "a search that finds nothing anywhere would prove nothing"
        );
        for text in &all {
            assert!(!contains_any(text.as_bytes(), &secrets), "a secret was printed: {text}");
        }
        let mut files = 0;
        visit(&world.folder, &mut |path, content| {
            files += 1;
            assert!(!contains_any(content, &secrets), "a secret is in {}", path.display());
        });
        assert!(files >= 2, "the database and a log file: {files}");
    });
}

#[test]
fn without_the_role_a_command_is_refused_in_the_words_of_the_screens() {
    in_session("without_the_role_a_command_is_refused_in_the_words_of_the_screens", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        world.give_roles([Role::HubAdministrator]);

        let refused = run(&["generate", "Sales"]).fails(3);
        assert!(
            refused.err.starts_with("Error: Ada may not generate credentials: APIPortal.Administrator is missing.\n"),
            "{}",
            refused.err
        );
        assert!(refused.err.contains("Subject: Request for role collection"), "ready to be sent: {}", refused.err);
        assert_eq!(refused.out, "");
        let refused = run(&["export", "Sales", "--out", "-", "--json"]).fails(3);
        let error: Value = serde_json::from_str(&refused.err).expect("JSON");
        assert_eq!(error["code"], "roleMissing");
        assert!(error["roleRequest"].as_str().expect("a text").contains("APIPortal.Administrator"));
        assert_eq!(refused.out, "", "no secret for somebody without the role");
        run(&["list", "credentials"]).fails(3);
        run(&["test", "--portal", "Sales"]).fails(3);
        run(&["serve", "--port", "29443"]).fails(3);
        let listed = run(&["list", "--json"]).succeeds().json();
        assert_eq!(listed["portals"][0]["mayOpen"]["allowed"], false, "“none” and “not for your eyes” differ");
    });
}

#[test]
fn before_there_is_a_person_every_command_says_so() {
    in_session("before_there_is_a_person_every_command_says_so", |_session| {
        for arguments in [
            &["list"][..],
            &["generate", "Sales"],
            &["export", "Sales", "--out", "-"],
            &["status"],
            &["serve"],
            &["test", "x"],
            &["import", "Sales", "x"],
        ] {
            let refused = run(arguments).fails(3);
            assert!(refused.err.starts_with("Error: Nobody uses this installation yet.\n"), "{}", refused.err);
            assert!(refused.err.contains("Open the window"), "the command line creates nobody: {}", refused.err);
        }
    });
}

#[test]
fn what_serve_serves_passes_the_test_and_sigterm_ends_it() {
    in_session("what_serve_serves_passes_the_test_and_sigterm_ends_it", |session| {
        let world = World::new(session);
        world.connect("Sales", SECRET, "sales-eu");
        world.generate("Support", P256);
        let folder = tempfile::tempdir().expect("a folder");
        let serving = Serving::start(&[]);
        let ready: Value = serde_json::from_str(&serving.ready).expect("one object when it is ready");
        assert_eq!(ready["event"], "ready");
        assert_eq!(ready["url"], format!("https://localhost:{}", world.port));

        for portal in ["Sales", "Support"] {
            let file = folder.path().join(portal);
            let file = file.to_str().expect("UTF-8");
            run(&["export", portal, "--out", file]).succeeds();
            let tested = run(&["test", file]).succeeds();
            let lines: Vec<&str> = tested.out.lines().collect();
            assert_eq!(lines.len(), 7, "six stages and the end: {}", tested.out);
            assert!(lines[..6].iter().all(|line| line.starts_with("✓ ")), "{}", tested.out);
            assert_eq!(lines[6], "Everything works: 0 APIs.");
            let document = fs::read_to_string(file).expect("the document");
            run_with(&["test", "-"], &document).succeeds();
            run(&["test", portal]).succeeds();
        }
        let lines = run(&["test", "sales-eu", "--json"]).succeeds().json_lines();
        let stages: Vec<&Value> = lines.iter().map(|line| &line["stage"]).collect();
        assert_eq!(
            stages[..7],
            ["document", "validity", "name_and_network", "tls", "token", "portal_api", "destination"]
        );
        assert!(lines[..7].iter().all(|line| line["event"] == "passed"), "{lines:?}");
        assert_eq!(lines[7]["outcome"], "passed");
        assert_eq!(lines.len(), 8);

        // Idle, but open: a client that keeps its connection must not keep the service.
        let client = KeptOpen::request(world.port, "/sales/.well-known/openid-configuration");
        let begun = Instant::now();
        let (status, err) = serving.stop();
        assert_eq!(status.code(), Some(0), "a stop that was asked for is no failure: {err}");
        assert!(begun.elapsed() < Duration::from_secs(4), "nothing was left to wait for: {:?}", begun.elapsed());
        drop(client);
        let failed = run(&["test", "Support"]).fails(1);
        assert!(failed.out.contains("✗ Name and network"), "nobody serves any more: {}", failed.out);
        assert!(failed.out.contains("– Token             not attempted"), "{}", failed.out);
    });
}

#[test]
fn a_port_that_is_in_use_has_an_exit_code_of_its_own() {
    in_session("a_port_that_is_in_use_has_an_exit_code_of_its_own", |session| {
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
    in_session("another_host_name_gets_a_certificate_that_nobody_keeps", |session| {
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

#[test]
fn a_key_that_another_process_deletes_stops_working_while_serve_runs() {
    in_session("a_key_that_another_process_deletes_stops_working_while_serve_runs", |session| {
        let world = World::new(session);
        let credential = world.generate("Sales", SECRET);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sales.json");
        let file = file.to_str().expect("UTF-8");
        run(&["export", "Sales", "--out", file]).succeeds();
        let serving = Serving::start(&[]);
        run(&["test", file]).succeeds();

        // This process is the window.
        world.drawbridge.service_instances().retire_credential(credential.id, "").expect("retired");

        let failed = run(&["test", file]).fails(1);
        assert!(failed.out.contains("✗ Token"), "{}", failed.out);
        assert!(failed.out.contains("The service key of these credentials was deleted."), "{}", failed.out);
        let lines = run(&["test", file, "--json"]).fails(1).json_lines();
        let finding = &lines.last().expect("an outcome")["finding"];
        assert_eq!(finding["code"], "key_deleted", "{lines:?}");
        assert_eq!(serving.stop().0.code(), Some(0));
    });
}

/// Promises F7 and F4: `serve` went on with a removed file, and an older copy was taken for the database in order.
#[test]
fn serve_ends_when_its_database_is_removed_and_an_older_one_in_its_place_is_noticed() {
    in_session("serve_ends_when_its_database_is_removed_and_an_older_one_in_its_place_is_noticed", |session| {
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
    });
}

#[test]
fn a_locked_keychain_has_an_exit_code_of_its_own() {
    private_session::test("a_locked_keychain_has_an_exit_code_of_its_own", Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let world = World::new(session);
        world.connect("Sales", SECRET, "sales-eu");
        drop(keyring);
        let _keyring = session.start_keyring(Password::Withheld);

        for arguments in
            [&["generate", "Sales"][..], &["export", "Sales", "--out", "-"], &["test", "sales-eu"], &["test", "Sales"]]
        {
            let failed = run(arguments).fails(4);
            assert!(failed.err.contains("locked"), "{arguments:?}: {}", failed.err);
            assert!(failed.err.contains("Unlock the keychain"), "{arguments:?}: {}", failed.err);
            assert_eq!(failed.out, "", "{arguments:?}");
        }
        assert_eq!(world.credentials("Sales").len(), 1, "nothing was generated");
        run(&["list"]).succeeds();
    });
}

#[test]
fn ten_processes_generate_at_the_same_time_and_nothing_is_lost() {
    in_session("ten_processes_generate_at_the_same_time_and_nothing_is_lost", |session| {
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
    in_session("ctrl_c_cancels_a_test", |session| {
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

#[test]
fn a_name_that_is_several_things_is_not_guessed() {
    in_session("a_name_that_is_several_things_is_not_guessed", |session| {
        let world = World::new(session);
        // In one subaccount: connected automatically, under the name of the portal.
        world.generate("Sales", SECRET);
        world.drawbridge.hubs().create("Own", "Sales").expect("a hub");
        let ambiguous = run(&["test", "sales"]).fails(2);
        assert!(ambiguous.err.contains("both a connection and a portal"), "{}", ambiguous.err);
        assert!(ambiguous.err.contains("--connection") && ambiguous.err.contains("--portal"), "{}", ambiguous.err);
        run(&["test", "--portal", "sales"]).fails(1);
        run(&["test", "--connection", "SALES"]).fails(1);

        // A file of that name wins.
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("Sales"), "{}").expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        let output = command.args(["test", "Sales"]).current_dir(folder.path()).output().expect("the program");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(out.starts_with("✗ Document"), "{out}");

        // The same alias in two hubs: the ids tell them apart.
        world.connect("Eastern", SECRET, "both");
        world.connect_to("Second hub", "Western", SECRET, "both");
        let ambiguous = run(&["test", "both"]).fails(2);
        let id = ambiguous.err.split("in Second hub").next().and_then(|text| text.trim().rsplit(' ').next());
        run(&["test", "--connection", id.expect("an id")]).fails(1);

        // A pending request is not tested by mistake.
        let pending = world.submit("Third", "Third hub", SECRET, "waiting");
        assert!(run(&["test", "waiting"]).fails(6).err.contains("--pending"));
        assert!(run(&["test", "waiting", "--pending"]).fails(1).out.starts_with("✓ Document"));
        run(&["test", "--pending", "--connection", &pending]).fails(1);
        assert!(run(&["test", "nobody"]).fails(6).err.contains("There is no file, connection or portal \"nobody\"."));
        run(&["generate", "nobody"]).fails(6);
    });
}

#[test]
fn status_is_well_only_when_everything_is_known_to_work() {
    in_session("status_is_well_only_when_everything_is_known_to_work", |session| {
        let world = World::new(session);
        assert_eq!(run(&["status"]).succeeds().out.lines().last(), Some("All is well."));
        world.connect("Sales", P256, "sales-eu");
        let unknown = run(&["status"]).fails(1);
        assert!(
            unknown.out.contains("Connection sales-eu of the hub Hub: not known to work: not tested yet"),
            "{}",
            unknown.out
        );

        let serving = Serving::start(&[]);
        run(&["test", "sales-eu"]).succeeds();
        let well = run(&["status", "--json"]).succeeds().json();
        assert_eq!(well["well"], true);
        assert_eq!(well["connections"][0]["health"]["outcome"]["outcome"], "success");
        assert_eq!(well["tokenService"]["port"], world.port);
        run(&["status", "--days", "364"]).succeeds();
        let soon = run(&["status", "--days", "365"]).fails(1);
        assert!(
            soon.out.contains("Credentials of the connection sales-eu of the hub Hub: 364 days left"),
            "{}",
            soon.out
        );
        assert!(!soon.out.contains("Current credentials of"), "the hub holds a copy of them: {}", soon.out);
        serving.stop();

        run(&["test", "sales-eu"]).fails(1);
        let failing = run(&["status", "--json"]).fails(1).json();
        assert_eq!(failing["connections"][0]["health"]["outcome"]["finding"]["code"], "refused");
        assert_eq!(failing["attention"][0]["matter"]["finding"]["code"], "refused", "the same as Home has it");
        assert!(failing["problems"][0].as_str().expect("a text").contains("sales-eu"));
    });
}

// Promise E7: without a network all connections fail alike, and that is one sentence.
#[test]
fn a_network_that_is_away_is_one_problem_of_status() {
    in_session("a_network_that_is_away_is_one_problem_of_status", |session| {
        let world = World::new(session);
        world.connect_to("Hub", "Sales", SECRET, "sales-eu");
        world.connect_to("Other hub", "Support", SECRET, "support-eu");
        let found = |cause: Cause| {
            let finding = Finding::new(Stage::NameAndNetwork, &Diagnosis { cause, seen: Message::empty() });
            for request in world.repository.list_approved_requests(None).expect("requests") {
                let health = ConnectionHealth {
                    outcome: HealthOutcome::Failing(finding.clone()),
                    checked_at: Some(Utc::now()),
                    due: false,
                    ..ConnectionHealth::unknown(request.id)
                };
                world.repository.commit(&[SharedChange::PutHealth(health).into()]).expect("health");
            }
            run(&["status"]).fails(1).out
        };
        let away = found(Cause::UnknownHost { host: "sales.example.com".into() });
        assert!(away.contains("None of the 2 connections is reached. The first "), "{away}");
        assert!(!away.contains(" of the hub "), "and not one more sentence for each: {away}");
        let refused = found(Cause::BadCredentials);
        assert!(!refused.contains("None of the"), "{refused}");
        for each in ["Connection sales-eu of the hub Hub: ", "Connection support-eu of the hub Other hub: "] {
            assert!(refused.contains(each), "it is no matter of the network: {refused}");
        }
    });
}

#[test]
fn every_list_is_a_table_and_an_array() {
    in_session("every_list_is_a_table_and_an_array", |session| {
        let world = World::new(session);
        for what in ["portals", "hubs", "requests", "credentials", "accounts"] {
            assert_eq!(run(&["list", what]).succeeds().out, format!("There are no {what}.\n"));
            assert_eq!(run(&["list", what, "--json"]).succeeds().json(), Value::Array(Vec::new()));
        }
        world.connect("Sales", P256, "sales-eu");
        world.drawbridge.portals().regenerate_credentials(world.portal_id("Sales"), SECRET).expect("regenerated");
        for (what, expected) in [("portals", 1), ("hubs", 1), ("requests", 1), ("credentials", 2)] {
            let table = run(&["list", what]).succeeds().out;
            assert_eq!(table.lines().count(), expected + 1, "a line each, and the header: {table}");
            let rows = run(&["list", what, "--json"]).succeeds().json();
            assert_eq!(rows.as_array().expect("an array").len(), expected);
        }
        let overview = run(&["list", "--json"]).succeeds().json();
        assert_eq!(overview["portals"][0]["current"]["state"]["state"], "current");
        assert_eq!(overview["portals"][0]["current"]["kind"]["kind"], "clientSecret");
        assert_eq!(
            overview["portals"][0]["current"]["validity"]["daysLeft"],
            Value::Null,
            "a client secret has no end of its own"
        );
        assert_eq!(overview["connections"][0]["alias"], "sales-eu");
        assert_eq!(
            overview["connections"][0]["credentials"]["validity"]["daysLeft"], 364,
            "the hub still has the former ones"
        );
        assert_eq!(overview["connections"][0]["health"]["doubt"]["doubt"], "neverTested");
        let credentials = run(&["list", "credentials", "--json"]).succeeds().json();
        assert_eq!(credentials[1]["credential"]["state"]["state"], "superseded");
        assert_eq!(credentials[1]["credential"]["applied"]["hub"], "Hub");
        let text = run(&["list"]).succeeds().out;
        assert!(text.contains("sales-eu") && text.contains("not tested yet"), "{text}");
    });
}

#[test]
fn the_command_line_explains_itself_and_needs_nothing_for_that() {
    let plain = |arguments: &[&str]| run_plain(arguments, "");
    let help = plain(&["--help"]).succeeds().out;
    for code in [0, 1, 2, 3, 4, 5, 6, 7, 130] {
        assert!(help.contains(&format!("\n  {code} ")), "a script has to know what {code} means: {help}");
    }
    for command in [
        "list",
        "generate",
        "export",
        "inspect",
        "convert",
        "add",
        "import",
        "test",
        "pingone",
        "status",
        "serve",
        "completions",
    ] {
        let help = plain(&[command, "--help"]).succeeds().out;
        assert!(help.contains(&format!("Examples:\n  drawbridge {command}")), "{help}");
    }
    assert_eq!(plain(&["--version"]).succeeds().out, concat!("drawbridge ", env!("CARGO_PKG_VERSION"), "\n"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = plain(&["completions", shell]).succeeds().out;
        assert!(script.contains("completions"), "{shell}");
        // What clap generates for the others names no values.
        let names_values = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(script.contains("kubernetes-secret"), names_values, "{shell}");
    }
    for wrong in [
        &["lst"][..],
        &["generate", "Sales", "--kind", "secret", "--key", "p-256"],
        &["serve", "--port", "80"],
        &["serve", "--address", "here"],
        &["--json"],
        &["list", "cats"],
        &["export", "Sales"],
        &["test"],
        &["test", "a", "--file", "b"],
        &["export", "Sales", "--all", "--out", "-"],
        &["export", "Sales", "--format", "docx", "--out", "-"],
        &["inspect"],
        &["convert", "a.json", "--out", "-"],
        &["convert", "a.json", "--to", "pem"],
        &["convert", "-", "--to", "pem", "--out", "-", "--password-file", "-"],
        &["add", "Sales", "a.json"],
        &["import", "Sales", "a.json", "--generated", "yesterday"],
    ] {
        let failed = plain(wrong).fails(2);
        assert_eq!(failed.out, "", "{wrong:?}: a pipeline must not take an error for an answer");
        assert!(!failed.err.is_empty(), "{wrong:?}");
    }
    let failed = plain(&["lst", "--json"]).fails(2);
    let error: Value = serde_json::from_str(&failed.err).expect("errors are JSON too");
    assert_eq!(error["code"], "usage");
    assert!(plain(&["list"]).fails(5).err.contains("The database cannot be written: /dev/null/.local/share/"));
}

// Promise F9: a script reads standard error line by line.
#[test]
fn with_json_every_line_on_standard_error_is_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join(".local/share").join(IDENTIFIER);
    fs::create_dir_all(&data).expect("the data folder");
    fs::write(data.join("logs"), "").expect("a file where the folder of the log files should be");
    let document = folder.path().join("key.json");
    fs::write(&document, "{\"clientId\": \"sb\",").expect("a damaged document");
    let document = document.to_str().expect("UTF-8");
    for (arguments, code) in [
        (&["lst"][..], 2),
        (&["list", "--bogus"], 2),
        (&["export", "Sales"], 2),
        (&["completions", "none"], 2),
        (&["inspect", "nothing.json"], 6),
        (&["convert", document, "--to", "pem", "--out", "-"], 3),
        (&["import", "Sales", document], 3),
        (&["test", document], 3),
        (&["status"], 3),
        (&["serve"], 3),
        (&["keychain"], 4),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        command.arg("--json").args(arguments).env_clear().env("HOME", folder.path());
        let failed = run_command(&mut command, "").fails(code);
        assert_ne!(failed.err, "", "{arguments:?}: it says what went wrong");
        for line in failed.err.lines() {
            let value: Value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {line}"));
            assert!(value["message"].as_str().is_some_and(|message| !message.is_empty()), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn a_database_that_cannot_be_used_has_an_exit_code_of_its_own() {
    in_session("a_database_that_cannot_be_used_has_an_exit_code_of_its_own", |_session| {
        let data = PathBuf::from(env::var_os("XDG_DATA_HOME").expect("of the session")).join(IDENTIFIER);
        fs::create_dir_all(&data).expect("the data folder");
        fs::write(data.join("drawbridge.db"), "this is no database, and long enough to be looked at".repeat(100))
            .expect("a file");
        let failed = run(&["list", "--json"]).fails(5);
        let error: Value = serde_json::from_str(&failed.err).expect("JSON");
        assert_eq!(error["code"], "database", "{error}");
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

/// Runs `body` in a session with a keychain that is unlocked.
fn in_session(test: &'static str, body: impl FnOnce(&Session)) {
    private_session::test(test, Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        body(session);
    });
}

/// The data that the program works on, as the window would have made them.
struct World {
    folder: PathBuf,
    drawbridge: Arc<Drawbridge>,
    repository: Arc<SqliteRepository>,
    port: u16,
}

impl World {
    /// Ada with all roles, and a token service that may run here.
    fn new(_session: &Session) -> Self {
        let folder = PathBuf::from(env::var_os("XDG_DATA_HOME").expect("of the session")).join(IDENTIFIER);
        fs::create_dir(&folder).expect("the data folder");
        let repository = Arc::new(SqliteRepository::open(&folder.join("drawbridge.db")).expect("the database"));
        let drawbridge = Arc::new(Drawbridge::new(Ports {
            repository: Arc::clone(&repository) as Arc<dyn Repository>,
            secrets: Arc::new(KeychainSecretStore::open(APPLICATION, Duration::from_secs(10))),
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::new(SettableClock::running()),
            entropy: Arc::new(SystemEntropy),
        }));
        drawbridge.people().create_first("Ada", "ada@example.com", BTreeSet::from(Role::ALL)).expect("a first person");
        let port = free_port();
        let change = TokenServiceChange {
            enabled: true,
            address: "127.0.0.1".into(),
            host: "localhost".into(),
            port: port.into(),
            mutual_tls_port: free_port().into(),
            confirmed: vec![],
        };
        drawbridge.settings().change_token_service(change).expect("settings");
        Self { folder, drawbridge, repository, port }
    }

    fn give_roles<const N: usize>(&self, roles: [Role; N]) {
        let person = self.drawbridge.people().get_session().expect("a session").person.expect("Ada");
        self.drawbridge
            .people()
            .change_person(person.id, &person.name, &person.email, roles.into())
            .expect("other roles");
    }

    /// A portal in a subaccount of its own.
    fn portal(&self, name: &str) -> Portal {
        self.drawbridge.portals().create(name, name).expect("a portal").portal
    }

    fn portal_id(&self, name: &str) -> domain::id::PortalId {
        let portals = self.repository.list_portals().expect("portals");
        portals.into_iter().find(|portal| portal.name == name).expect("the portal").id
    }

    /// A portal with credentials.
    fn generate(&self, portal: &str, kind: GenerateKind) -> Credential {
        let portal = self.portal(portal);
        self.drawbridge.portals().generate_credentials(portal.id, kind).expect("credentials")
    }

    /// A portal whose request in the hub "Hub" is approved.
    fn connect(&self, portal: &str, kind: GenerateKind, alias: &str) {
        self.connect_to("Hub", portal, kind, alias);
    }

    fn connect_to(&self, hub: &str, portal: &str, kind: GenerateKind, alias: &str) {
        let id = self.submit(portal, hub, kind, alias);
        let id = domain::id::RequestId(id.parse().expect("an id"));
        self.drawbridge.requests().approve(id, alias).expect("approved");
    }

    /// A portal whose request waits in a new hub; the id of the request.
    fn submit(&self, portal: &str, hub: &str, kind: GenerateKind, alias: &str) -> String {
        let credential = self.generate(portal, kind);
        let hub = self.drawbridge.hubs().create(hub, &format!("Subaccount of {hub}")).expect("a hub").hub;
        let caught = Capture::at("test");
        self.drawbridge.exports().copy(credential.id, &caught).expect("the document");
        let document = caught.delivered().remove(0);
        self.drawbridge.requests().submit(hub.id, alias, &document, "", true).expect("a request").id.to_string()
    }

    /// The credentials of a portal, newest first.
    fn credentials(&self, portal: &str) -> Vec<Credential> {
        let credentials = self.repository.list_credentials(self.portal_id(portal)).expect("credentials");
        assert!(credentials.iter().filter(|one| matches!(one.state, CredentialState::Current { .. })).count() <= 1);
        credentials
    }

    fn activity(&self) -> String {
        let query = domain::ports::ActivityQuery { search: String::new(), offset: 0, limit: 100 };
        let rows = self.drawbridge.activity().search(&query).expect("activity").rows;
        let lines = rows.iter().map(|row| format!("{:?} {} {}", row.action, row.subject, row.detail));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// What a run of the program left.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self
    }

    fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    fn json_lines(&self) -> Vec<Value> {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out.lines().map(line).collect()
    }
}

fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, "")
}

fn run_with(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    run_command(Command::new(env!("CARGO_BIN_EXE_drawbridge")).args(arguments), input)
}

/// Without session and data, and without a way to make any.
fn run_plain(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
    run_command(command.args(arguments).env_clear().env("HOME", "/dev/null"), input)
}

fn run_command(command: &mut Command, input: impl AsRef<[u8]>) -> Ran {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().expect("piped").write_all(input.as_ref());
    let output = child.wait_with_output().expect("its end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// `drawbridge serve --json`, ready.
struct Serving {
    child: Child,
    ready: String,
    err: thread::JoinHandle<String>,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["serve", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        Self::wait_for(child)
    }

    /// Waits until a program that was started so is ready.
    fn wait_for(mut child: Child) -> Self {
        let err = child.stderr.take().expect("piped");
        Self::wait_for_with(child, err)
    }

    /// The same where somebody has read the beginning of what it says.
    fn wait_for_with(mut child: Child, mut err: impl Read + Send + 'static) -> Self {
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let err = thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).expect("UTF-8");
            text
        });
        let (told, hears) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            out.read_line(&mut line).expect("a line");
            told.send(line).expect("somebody waits");
            // What comes after it must not fill the pipe.
            let _ = std::io::copy(&mut out, &mut std::io::sink());
        });
        let ready = hears.recv_timeout(PATIENCE).expect("it gets ready");
        assert!(!ready.is_empty(), "it ended instead: {}", err.join().expect("its words"));
        Self { child, ready, err }
    }

    /// Waits until it ends by itself, and returns how it did and what it said.
    fn end(mut self) -> (ExitStatus, String) {
        let status = wait(&mut self.child);
        (status, self.err.join().expect("its words"))
    }

    /// Asks it to end, and returns how it did and what it said.
    fn stop(mut self) -> (ExitStatus, String) {
        send(&self.child, Signal::TERM);
        let status = wait(&mut self.child);
        (status, self.err.join().expect("its words"))
    }
}

/// A TLS connection over which one request was answered, and which its client keeps.
struct KeptOpen {
    child: Child,
    _stdin: ChildStdin,
}

impl KeptOpen {
    fn request(port: u16, path: &str) -> Self {
        let mut child = Command::new("openssl")
            .args(["s_client", "-quiet", "-connect", &format!("localhost:{port}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl is installed");
        let mut stdin = child.stdin.take().expect("piped");
        write!(stdin, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").expect("a request");
        stdin.flush().expect("a request");
        let mut status = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut status).expect("an answer");
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
        Self { child, _stdin: stdin }
    }
}

impl Drop for KeptOpen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("it runs");
}

fn wait(child: &mut Child) -> ExitStatus {
    let give_up = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("a child of this process") {
            return status;
        }
        if Instant::now() > give_up {
            let _ = child.kill();
            panic!("it did not end");
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// A port that nobody has, on either loopback address.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("its number").port()
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).expect("the file").permissions().mode() & 0o777
}

/// The keys of a document, sorted.
fn keys(file: &Path) -> Vec<String> {
    let document: Value = serde_json::from_slice(&fs::read(file).expect("the document")).expect("JSON");
    document.as_object().expect("an object").keys().cloned().collect()
}

/// The pieces by which the secret of a document would be recognised: the client secret, or the later lines of the key
/// (the head of a key is the same in all keys of its kind).
fn secret_parts(document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).expect("JSON");
    if let Some(secret) = document["clientSecret"].as_str() {
        return vec![secret.to_owned()];
    }
    let key = document["key"].as_str().expect("a key");
    let lines: Vec<&str> = key.lines().filter(|line| !line.starts_with("-----")).collect();
    lines[lines.len() / 2..].iter().filter(|line| line.len() > 16).map(|line| (*line).to_owned()).collect()
}

/// Whether one of the secrets is there: as it is, in base64, as hexadecimal digits, or as in a form.
fn contains_any(content: &[u8], secrets: &[String]) -> bool {
    secrets.iter().any(|secret| {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        let form = secret.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        [secret.clone(), BASE64_STANDARD.encode(secret).trim_end_matches('=').to_owned(), hex, form]
            .iter()
            .any(|spelling| content.windows(spelling.len()).any(|window| window == spelling.as_bytes()))
    })
}

/// Shows every file below `folder`.
fn visit(folder: &Path, look: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else {
            look(&path, &fs::read(&path).expect("a file"));
        }
    }
}
