//! Runs the sessions that are written down in the folder `golden`, and compares each word.
//!
//! A file is prose with a session at a terminal in it. The session is what begins with two spaces:
//!
//! ```text
//!   $ drawbridge list hubs    for `sh`, in a folder that is empty at first
//!   > --json                  the next line of the same input
//!   @ portal Sales            what somebody else does, see `acts`
//!   | NAME   SUBACCOUNT       what came to standard output
//!   ! Error: ...              what came to standard error
//!   = 3                       how it ended, if not with 0
//! ```
//!
//! What differs from run to run is a word in brackets, see `Stage::new`; `[..]` stands for anything within a line. With
//! `SNAPSHOTS=overwrite` the files are written again: what is to be run stays, what came of it is that of today. A secret that
//! is in the keychain at any time must not come of it.

#[path = "acts.rs"]
mod acts;

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use regex::Regex;
use snapbox::{Assert, Data, Redactions, assert::DEFAULT_ACTION_ENV, data::DataFormat};
use tempfile::TempDir;

use super::{
    Ran, Serving, World, contains_any,
    private_session::{self, Bus, Keyring, Password, Session},
    run_command,
};

/// Tests of the same names as the files, by whether they are run in a session with a keychain or with nothing at all.
macro_rules! sessions {
    (with_a_keychain: $($with:ident),+; with_nothing: $($without:ident),+ $(;)?) => {
        $(
            #[test]
            fn $with() {
                private_session::test(concat!("golden::", stringify!($with)), Bus::Open, |session| {
                    check(stringify!($with), Some(session));
                });
            }
        )+
        $(
            #[test]
            fn $without() {
                check(stringify!($without), None);
            }
        )+

        #[test]
        fn each_file_is_run() {
            let files = fs::read_dir(folder()).expect("the folder").map(|file| file.expect("a file").file_name());
            let run = [$(stringify!($with)),+, $(stringify!($without)),+].map(|name| format!("{name}.txt").into());
            assert_eq!(files.collect::<BTreeSet<_>>(), BTreeSet::from(run));
        }
    };
}

sessions! {
    with_a_keychain:
        a_database_that_cannot_be_used_has_an_exit_code_of_its_own,
        a_key_that_another_process_deletes_stops_working_while_serve_runs,
        a_locked_keychain_has_an_exit_code_of_its_own,
        a_name_that_is_several_things_is_not_guessed,
        a_network_that_is_away_is_one_problem_of_status,
        before_there_is_a_person_every_command_says_so,
        every_list_is_a_table_and_an_array,
        generate_and_export_write_a_document_that_only_its_owner_can_read,
        status_is_well_only_when_everything_is_known_to_work,
        what_is_not_a_file_is_never_replaced,
        what_is_served_passes_the_test,
        without_the_role_a_command_is_refused_in_the_words_of_the_screens;
    with_nothing:
        the_command_line_explains_itself_and_needs_nothing_for_that,
        with_json_every_line_on_standard_error_is_json,
        wrong_usage_is_explained;
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/command_line/golden")
}

/// Runs the session in the file `name` and compares what comes of it with what is written there.
fn check(name: &str, session: Option<&Session>) {
    let file = folder().join(name).with_extension("txt");
    let written = fs::read_to_string(&file).expect("the file");
    let mut stage = Stage::new(session);
    let mut seen = String::new();
    let mut lines = written.lines().peekable();
    while let Some(line) = lines.next() {
        let (mark, rest) = line.split_at_checked(3).unwrap_or(("", line));
        if ["  |", "  !", "  ="].contains(&mark) {
            continue;
        }
        seen += &format!("{line}\n");
        let mut input = rest.trim_start().to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("  >")) {
            seen += &format!("{more}\n");
            input += &format!("\n{}", &more["  > ".len().min(more.len())..]);
        }
        let came = match mark {
            "  $" => stage.run(&input),
            "  @" => stage.act(&input),
            _ => {
                assert!(!line.starts_with("  "), "{name}: neither prose nor a part of the session: {line}");
                continue;
            }
        };
        stage.learn_secrets();
        let secrets: Vec<String> = stage.secrets.iter().cloned().collect();
        assert!(!contains_any(came.as_bytes(), &secrets), "{name}: a secret was printed by {input}");
        seen += &came;
    }
    let compare = Assert::new().action_env(DEFAULT_ACTION_ENV).normalize_paths(false);
    compare.eq(seen, Data::read_from(&file, Some(DataFormat::Text)));
}

/// What a session takes place on.
struct Stage<'a> {
    session: Option<&'a Session>,
    keyring: Option<Keyring>,
    is_locked: bool,
    world: Option<World>,
    serving: Option<Serving>,
    folder: TempDir,
    /// The pieces by which the secrets that have been in the keychain are recognised.
    secrets: BTreeSet<String>,
    redactions: Redactions,
    /// The space between two columns.
    wide: Regex,
}

impl<'a> Stage<'a> {
    fn new(session: Option<&'a Session>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut redactions = Redactions::new();
        let mut replace = |word, pattern: &str| {
            redactions.insert(word, Regex::new(pattern).expect("a pattern")).expect("a word in brackets");
        };
        replace("[FOLDER]", &regex::escape(folder.path().to_str().expect("UTF-8")));
        replace("[CLIENT]", r"sb-apiaccess_\d+!b\d+\|api-portal-xsuaa!b1");
        replace("[ID]", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        replace("[DATE]", r"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?Z)?)?");
        replace("[TOOK]", r"(?<redacted>\b\d+(\.\d+)? m?s)  ");
        replace("[MS]", r#""milliseconds":(?<redacted>\d+)"#);
        replace("[FINGERPRINT]", "([0-9A-F]{2}:){31}[0-9A-F]{2}");
        replace("[RANDOM]", "apiportal-sales-eu-(?<redacted>[0-9a-f]{6})");
        let keyring = session.map(|session| session.start_keyring(Password::Given));
        Self {
            session,
            keyring,
            is_locked: false,
            world: None,
            serving: None,
            folder,
            secrets: BTreeSet::new(),
            redactions,
            wide: Regex::new(r"(\S) {3,}").expect("a pattern"),
        }
    }

    /// What a shell is told; what comes of it.
    fn run(&self, input: &str) -> String {
        let mut shell = Command::new("sh");
        shell.args(["-c", input]).current_dir(&self.folder);
        if self.session.is_none() {
            shell.env_clear().env("HOME", "/dev/null");
        }
        let program = Path::new(env!("CARGO_BIN_EXE_drawbridge")).parent().expect("its folder");
        let path = env::var("PATH").expect("a path");
        shell.env("TZ", "UTC").env("LC_ALL", "C.UTF-8");
        let ran = run_command(shell.env("PATH", format!("{}:{path}", program.display())), "");
        self.told(&ran)
    }

    fn told(&self, Ran { code, out, err }: &Ran) -> String {
        let mut told = String::new();
        for (mark, text) in [('|', out), ('!', err)] {
            for line in self.redactions.redact(text).lines() {
                // How wide a column is depends on ids and times in it.
                let line = if self.session.is_some() { self.wide.replace_all(line, "$1  ") } else { line.into() };
                told += format!("  {mark} {line}").trim_end();
                told.push('\n');
            }
        }
        match code {
            Some(0) => told,
            Some(code) => told + &format!("  = {code}\n"),
            None => told + "  = ended by a signal\n",
        }
    }

    fn learn_secrets(&mut self) {
        if let (Some(world), false) = (&self.world, self.is_locked) {
            self.secrets.extend(world.secrets());
        }
    }

    fn world(&self) -> &World {
        self.world.as_ref().expect("a person first")
    }
}
