//! A keychain that would ask for its password in a dialog, on a screen that the person does not see: over SSH, say.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::Value;

use super::{
    SECRET, World,
    private_session::{self, Bus, Password},
    run,
    stand_in::{Answer, Keychain},
};

// Promise E4: with --no-prompt nobody is asked, whatever the command; without it the wait is said.
#[test]
fn no_prompt_asks_nobody_and_without_it_the_wait_is_said() {
    const NAME: &str = "unlock_prompt::no_prompt_asks_nobody_and_without_it_the_wait_is_said";
    private_session::test(NAME, Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let world = World::new(session);
        world.connect("Sales", SECRET, "sales-eu");
        drop(keyring);
        let (keychain, connection) = Keychain::start(Answer::DoesNotSeeIt);
        let state = || (world.credentials("Sales"), world.activity());
        let before = state();

        for arguments in [
            &["--no-prompt", "generate", "Sales"][..],
            &["export", "Sales", "--out", "-", "--no-prompt"],
            &["test", "sales-eu", "--no-prompt"],
            &["test", "Sales", "--no-prompt"],
        ] {
            let failed = run(arguments).fails(4);
            assert!(failed.err.contains("locked"), "{arguments:?}: {}", failed.err);
            assert!(!failed.err.contains("waiting"), "{arguments:?} waits for nobody: {}", failed.err);
            assert_eq!(failed.out, "", "{arguments:?}");
        }
        assert_eq!(keychain.prompts(), 0, "no dialog was opened");

        let mut waiting = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["export", "Sales", "--out", "-", "--json"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(waiting.stderr.take().expect("piped")).read_line(&mut line).expect("a line");
        let warning: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(warning["code"], "warning", "said while it waits, not when it has given up: {line}");
        assert!(warning["message"].as_str().is_some_and(|text| text.starts_with("waiting for the keychain")), "{line}");
        assert!(warning["hint"].as_str().is_some_and(|hint| hint.contains("--no-prompt")), "the way out: {line}");
        private_session::wait_until("the dialog is open", || keychain.prompts() == 1);
        assert!(waiting.try_wait().expect("a child of this process").is_none(), "the person may still answer");
        waiting.kill().expect("it runs");
        waiting.wait().expect("its end");
        assert_eq!(state(), before, "nothing changed");
        drop(connection);
    });
}
