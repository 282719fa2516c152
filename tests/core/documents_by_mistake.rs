//! What a person gives a command by mistake, or takes away from it in the middle: nothing of a secret is repeated or stays.

#![cfg(unix)]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

const SECRET: &str = "pl4nted";

const DOCUMENT: &str = r#"{
  "url": "https://sales.prod.apimanagement.eu10.hana.ondemand.com",
  "tokenUrl": "https://sales.authentication.eu10.hana.ondemand.com/oauth/token",
  "clientId": "sb-apiaccess_1767225600000!b10042|api-portal-xsuaa!b1",
  "clientSecret": "pl4nted"
}"#;

fn drawbridge(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
    command.current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder.join("data")).stdin(Stdio::null());
    command
}

fn said(Output { status, stdout, stderr }: Output) -> (Option<i32>, String) {
    (status.code(), [stdout, stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat())
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("key.json"), DOCUMENT).expect("a document");
    for (arguments, code, hint) in [
        (&["inspect", "client_secret=pl4nted"][..], 6, "name of the file that holds it"),
        (&["convert", "clientsecret: pl4nted", "--to", "env", "--out", "-"], 6, "name of the file that holds it"),
        (&["inspect", "pl4nted+s3cret/of=$this-t3st=="], 6, "name of the file that holds it"),
        (&["inspect", "key.json", "--password-file", SECRET], 6, "The password file does not exist."),
        (&["inspect", "key.json", "--password-file", "key.json/pl4nted"], 1, "The password file cannot be read"),
        (
            &["convert", "key.json", "--to", "pkcs12", "--out", "x", "--out-password-file", SECRET],
            2,
            "--out-password-file",
        ),
        (&["convert", "key.json", "--to", "env", "--out", "client_secret=pl4nted/x"], 6, "no folder"),
        (&["inspect", "key.json", SECRET], 2, "unexpected argument"),
        (&["generate", "Sales", "--force=pl4nted"], 2, "unexpected value"),
    ] {
        for json in [&[][..], &["--json"]] {
            let (ended, text) =
                said(drawbridge(folder.path()).args(arguments).args(json).output().expect("the program"));
            assert!(!text.contains(SECRET), "{arguments:?} {json:?}: {text}");
            // JSON has no "error:" before it, so that it begins with a capital.
            assert!(
                text.to_lowercase().contains(&hint.to_lowercase()),
                "{arguments:?} {json:?} does not say what is wrong: {text}"
            );
            assert_eq!(ended, Some(code), "{arguments:?}: {text}");
        }
    }
    let (_, text) = said(drawbridge(folder.path()).args(["inspect", "keys.json"]).output().expect("the program"));
    assert!(text.contains("There is no file \"keys.json\"."), "whoever mistyped a name has to see it: {text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_conversion_that_is_killed_at_any_moment_leaves_no_hidden_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("key.json"), DOCUMENT).expect("a document");
    let convert = |out: &str| {
        let mut command = drawbridge(folder.path());
        command.args(["convert", "key.json", "--to", "env", "--out", out]).stdout(Stdio::null());
        command
    };
    let before = Instant::now();
    assert!(convert("first.env").status().expect("the program").success());
    let whole = before.elapsed();
    let mut killed = 0;
    for step in 0..40 {
        let mut child = convert(&format!("{step}.env")).spawn().expect("the program");
        thread::sleep(whole.min(Duration::from_secs(2)) * step / 40);
        child.kill().expect("a signal");
        killed += usize::from(!child.wait().expect("an end").success());
    }
    assert!(killed > 0, "none was interrupted");
    let written = fs::read(folder.path().join("first.env")).expect("a file");
    for entry in fs::read_dir(folder.path()).expect("the folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        assert!(!name.starts_with('.'), "{name} would hold the secret for good");
        if name.ends_with(".env") {
            let same = fs::read(entry.path()).expect("a file").len() >= written.len() - "first".len();
            assert!(same, "{name} is there whole or not at all");
        }
    }
}
