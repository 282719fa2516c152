//! `export` in formats, and of several credentials at once.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;

use super::{
    Bus, P256, PATIENCE, Password, SECRET, World, in_session, mode, private_session, run, run_plain, send, wait,
};

#[test]
fn export_writes_every_format_and_several_credentials_into_one_archive() {
    in_session("exports::export_writes_every_format_and_several_credentials_into_one_archive", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        world.generate("Support", P256);
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        fs::write(path("password"), "of the container").expect("a password");
        let out = path("out");
        let export = |portals: &[&str], format: &str, options: &[&str]| {
            run(&[&["export"], portals, &["--format", format, "--out", &out, "--force", "--json"], options].concat())
        };
        let inspect =
            |code| run_plain(&["inspect", &out, "--password-file", &path("password"), "--json"], "").fails(code);

        for format in [
            "connection",
            "service-key",
            "service-key-credentials",
            "destination-json",
            "destination-yaml",
            "destination-properties",
            "env",
            "kubernetes-secret",
        ] {
            let exported = export(&["Sales"], format, &[]).succeeds().json();
            assert_eq!(exported["format"], format);
            assert_eq!(exported["credentials"][0]["portal"], "Sales");
            assert_eq!(mode(Path::new(&out)), 0o600, "others on this machine must not read an exported secret");
            inspect(0);
        }
        assert!(export(&["Sales"], "pem", &[]).fails(3).err.contains("certificates only"));
        assert!(export(&["Support"], "pkcs12", &[]).fails(2).err.contains("--out-password-file"));
        let password = path("password");
        export(&["Support"], "pkcs12", &["--out-password-file", &password]).succeeds();
        let opened = Command::new("openssl")
            .args(["pkcs12", "-in", &out, "-passin", &format!("file:{password}"), "-noout"])
            .output()
            .expect("openssl is installed");
        assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
        export(&["Support"], "destination-json", &["--keystore", "pem"]).succeeds();
        inspect(0);

        // Named twice is meant once.
        let exported = export(&["Sales", "support", "SALES"], "connection", &[]).succeeds();
        assert_eq!(exported.json()["credentials"].as_array().map(Vec::len), Some(2));
        assert_eq!(exported.err, "", "no progress where a script reads");
        assert_eq!(mode(Path::new(&out)), 0o600);
        let report = inspect(0).json();
        assert_eq!(report["syntax"], "zip archive");
        assert_eq!(report["candidates"].as_array().map(Vec::len), Some(2), "{report}");

        let all = export(&["--all"], "pem", &[]).succeeds();
        assert!(all.err.contains("1 client secret is left out"), "{}", all.err);
        assert_eq!(all.json()["credentials"][0]["portal"], "Support");
        assert_eq!(
            export(&["--all"], "connection", &[]).succeeds().json()["credentials"].as_array().map(Vec::len),
            Some(2)
        );
        let client_id = world.credentials("Sales")[0].client_id.clone();
        export(&["Sales", "Support"], "env", &["--credential", &client_id]).fails(2);
        assert!(world.activity().contains("as Kubernetes Secret (YAML) to"), "{}", world.activity());
    });
}

#[test]
fn ctrl_c_cancels_an_export_of_several_and_leaves_nothing() {
    private_session::test("exports::ctrl_c_cancels_an_export_of_several_and_leaves_nothing", Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let world = World::new(session);
        world.generate("Sales", SECRET);
        world.generate("Support", SECRET);
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("all.zip");
        keyring.freeze();
        let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["export", "Sales", "Support", "--out"])
            .arg(&out)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        // As soon as it would hear it.
        let give_up = Instant::now() + PATIENCE;
        while !catches_interrupt(child.id()) {
            assert!(Instant::now() < give_up, "it must listen");
            thread::sleep(Duration::from_millis(10));
        }
        send(&child, Signal::INT);
        thread::sleep(Duration::from_millis(200));
        keyring.thaw();
        assert_eq!(wait(&mut child).code(), Some(130));
        let output = child.wait_with_output().expect("its words");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(err.contains("The export was cancelled; nothing was written."), "{err}");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "not even a part of it");
        assert!(!world.activity().contains("Exported"), "nothing was handed over, so nothing is recorded");
    });
}

/// Whether a process has a handler for the signal of Ctrl-C.
fn catches_interrupt(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).expect("a mask");
    u64::from_str_radix(caught.trim(), 16).expect("hexadecimal") & 0b10 != 0
}
