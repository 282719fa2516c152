//! A full disk, with the log and standard error on it: nothing hangs, and what can be done is done.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
};

use chrono::{TimeDelta, Utc};
use rustix::process::Signal;

use super::{SECRET, World, in_session, send, wait};

/// A log file of today and tomorrow that takes nothing.
fn fill_log(data: &Path) {
    let logs = data.join("logs");
    fs::create_dir_all(&logs).expect("a folder for log files");
    for day in [Utc::now(), Utc::now() + TimeDelta::days(1)] {
        let log = logs.join(format!("drawbridge.{}.log", day.date_naive()));
        let _ = fs::remove_file(&log);
        symlink("/dev/full", log).expect("a link");
    }
}

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").expect("/dev/full")
}

// Promise F2: a log that cannot be written is given up in silence, whatever standard error is.
#[test]
fn f2_with_log_and_standard_error_on_a_full_disk_every_command_comes_to_its_end() {
    in_session("full_disk::f2_with_log_and_standard_error_on_a_full_disk_every_command_comes_to_its_end", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        fill_log(&world.folder);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sales.json");
        let path = file.to_str().expect("UTF-8");
        let other = folder.path().join("sales.env");
        let other = other.to_str().expect("UTF-8");
        let ends = |arguments: &[&str], out: Stdio, err: Stdio| {
            let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(out)
                .stderr(err)
                .spawn()
                .expect("the program");
            wait(&mut child).code().unwrap_or_else(|| panic!("{arguments:?} was ended by a signal"))
        };
        let mut wrong = Vec::new();
        for (arguments, code) in [
            (&["list"][..], 0),
            (&["list", "--json"], 0),
            (&["status"], 0),
            (&["export", "Sales", "--out", path, "--force"], 0),
            (&["generate", "Sales", "--kind", "secret", "--out", path, "--force"], 0),
            (&["inspect", path], 0),
            (&["convert", path, "--to", "env", "--out", other, "--force"], 0),
            (&["test", "Sales"], 1),
            (&["export", "Nobody", "--out", path], 6),
            (&["import", "Sales", path], 3),
            (&["pingone", "add", "Acme"], 6),
            (&["completions", "bash"], 0),
            (&["--help"], 0),
            (&["lst"], 2),
        ] {
            let null = || Stdio::null();
            let ended = ends(arguments, null(), full().into());
            if ended != code {
                wrong.push(format!("{arguments:?} 2>/dev/full: {ended} in place of {code}"));
            }
            let complains = ends(arguments, full().into(), full().into());
            assert!(complains <= 7, "{arguments:?} >/dev/full 2>/dev/full");
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(fs::read_to_string(&file).expect("the export").contains("lientSecret"), "what can be done is done");

        let mut serving = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(full())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let mut out = std::io::BufReader::new(serving.stdout.take().expect("piped"));
        std::io::BufRead::read_line(&mut out, &mut line).expect("a line");
        assert!(!line.is_empty(), "it is ready");
        send(&serving, Signal::TERM);
        assert_eq!(wait(&mut serving).code(), Some(0), "serve can be ended");
    });
}

// Promise F9: with --json, every line on standard error is JSON.
#[test]
fn f9_a_full_log_adds_no_line_to_standard_error() {
    in_session("full_disk::f9_a_full_log_adds_no_line_to_standard_error", |session| {
        let world = World::new(session);
        world.generate("Sales", SECRET);
        fill_log(&world.folder);
        assert_eq!(super::run(&["list", "--json"]).succeeds().err, "");
        let failed = super::run(&["--json", "export", "Nobody", "--out", "-"]).fails(6);
        for line in failed.err.lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        }
        assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
    });
}
