//! The command line: the same program without its window, for pipelines and servers.
//!
//! Each command converts, calls the domain and prints. It works on the data of the window, as the person who uses the
//! installation, and never starts anything of the window. Only `--out -` writes a secret to standard output.

mod add;
mod attention;
mod console;
mod convert;
mod destination;
mod export;
mod find;
mod findings;
mod folders;
mod format;
mod generate;
mod import;
mod inspect;
mod interrupt;
mod keychain;
mod language;
mod list;
mod misplaced;
pub mod opening;
mod output;
mod pingone;
mod problem;
mod rows;
mod serve;
mod source;
mod status;
mod test_connection;

use std::{
    ffi::OsString,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};
use clap_complete::Shell;
use views::Trouble;

use self::{
    misplaced::{hide_unexpected, looks_like_document, value_of},
    output::Output,
    problem::{Exit, Problem},
};
use crate::{log_files, system};

const EXIT_CODES: &str = "\
Exit codes:
  0    all is well
  1    something is wrong: a test failed, not all is well, or the command did not succeed; inspect found warnings
  2    the command line is not understood, or a name in it is ambiguous; inspect found errors
  3    a rule says no, such as a missing role
  4    the keychain cannot be used, or is not the one of this installation
  5    the database cannot be used
  6    what was named does not exist
  7    the token service cannot run, such as when its port is in use
  130  cancelled

Secrets go into a file that only you can read, or to standard output with --out -, and nowhere else.";

/// Generates, hands over and tests access credentials of API portals, without a window.
///
/// Works on the same data as the window of Drawbridge, as the person who uses the installation, with the roles of that
/// person. Without a command the window opens.
#[derive(Debug, Parser)]
#[command(name = "drawbridge", version, after_help = EXIT_CODES, max_term_width = 100)]
struct CommandLine {
    /// Print JSON instead of text; errors and warnings too, on standard error
    #[arg(long, global = true)]
    json: bool,
    /// Ask nobody for the keychain's password: with a locked keychain end with exit code 4
    #[arg(long, global = true)]
    no_prompt: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Arguments),
    Generate(generate::Arguments),
    Export(export::Arguments),
    Inspect(inspect::Arguments),
    Convert(convert::Arguments),
    Add(add::Arguments),
    Import(import::Arguments),
    Test(test_connection::Arguments),
    Pingone(pingone::Arguments),
    Status(status::Arguments),
    Serve(serve::Arguments),
    Keychain(keychain::Arguments),
    /// Print a completion script for a shell
    #[command(after_help = "\
Examples:
  drawbridge completions bash > ~/.local/share/bash-completion/completions/drawbridge
  drawbridge completions zsh > ~/.zfunc/_drawbridge")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Whether these arguments, the program's own name first, ask for a command. What a desktop environment passes (a file, an
/// address, options of its own) opens the window; a word is a command, even a mistyped one.
pub fn is_meant(arguments: &[OsString]) -> bool {
    let Some(first) = arguments.get(1).and_then(|first| first.to_str()) else { return false };
    if ["-h", "--help", "-V", "--version", "--json", "--no-prompt", "help"].contains(&first) {
        return true;
    }
    if CommandLine::command().find_subcommand(first).is_some() {
        return true;
    }
    first.starts_with(|c: char| c.is_ascii_alphabetic())
        && first.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !Path::new(first).exists()
}

/// Carries out the command that `arguments` ask for.
pub fn run(arguments: &[OsString]) -> ExitCode {
    // Also for the commands that write no log.
    log_files::leave_out_panic_texts();
    console::attach();
    system::keep_memory_private(system::HasWindow::No);
    system::tell_local_time();
    let (output, result) = match CommandLine::try_parse_from(arguments) {
        Ok(CommandLine { json, no_prompt, command }) => {
            let output = Output::new(json, !no_prompt);
            let performed = catch_unwind(AssertUnwindSafe(|| perform(command, &output)));
            // The panic's own text is not used: it may quote what was being worked on.
            let stumbled = |_| Err(Trouble::unexpected("a command did not come to its end").into());
            (output, performed.unwrap_or_else(stumbled))
        }
        Err(error) => {
            let output = Output::new(arguments.iter().any(|argument| argument == "--json"), false);
            let result = explain(error, arguments, &output);
            (output, result)
        }
    };
    match result {
        Ok(exit) => exit.into(),
        Err(problem) => {
            output.problem(&problem);
            problem.exit.into()
        }
    }
}

fn perform(command: Command, output: &Output) -> Result<Exit, Problem> {
    match command {
        Command::List(arguments) => list::run(&arguments, output),
        Command::Generate(arguments) => generate::run(arguments, output),
        Command::Export(arguments) => export::run(arguments, output),
        Command::Inspect(arguments) => inspect::run(&arguments, output),
        Command::Convert(arguments) => convert::run(arguments, output),
        Command::Add(arguments) => add::run(arguments, output),
        Command::Import(arguments) => import::run(arguments, output),
        Command::Test(arguments) => test_connection::run(arguments, output),
        Command::Pingone(arguments) => pingone::run(arguments, output),
        Command::Status(arguments) => status::run(&arguments, output),
        Command::Serve(arguments) => serve::run(&arguments, output),
        Command::Keychain(arguments) => keychain::run(&arguments, output),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut CommandLine::command(), "drawbridge", &mut script);
            output.text(&String::from_utf8_lossy(&script))?;
            Ok(Exit::Well)
        }
    }
}

/// Help and version, or what is wrong with the command line.
fn explain(error: clap::Error, arguments: &[OsString], output: &Output) -> Result<Exit, Problem> {
    let kind = error.kind();
    if kind == ErrorKind::DisplayHelp || kind == ErrorKind::DisplayVersion {
        // The library finds out whether the terminal has colours. If the reader has gone away, nothing is lost.
        let _ = error.print();
        return Ok(Exit::Well);
    }
    let error = hide_unexpected(error);
    let problem = if arguments.iter().map(|argument| value_of(argument)).any(|value| looks_like_document(&value)) {
        Problem::usage(
            "an argument looks like a credentials document, and is not repeated here",
            "Give the name of a file that holds it, or - for standard input.",
        )
    } else if output.is_json() {
        let text = error.render().to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Problem::usage(&message, "See drawbridge --help.")
    } else {
        let _ = error.print();
        return Ok(Exit::Usage);
    };
    Err(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(arguments: &[&str]) -> bool {
        let arguments: Vec<OsString> =
            ["drawbridge"].iter().chain(arguments).map(|argument| OsString::from(*argument)).collect();
        is_meant(&arguments)
    }

    #[test]
    fn the_definition_of_the_arguments_holds_together() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn what_a_desktop_environment_passes_opens_the_window() {
        for arguments in [
            &[][..],
            &[""],
            &["-psn_0_12345"],
            &["--sm-client-id", "10a"],
            &["--display=:1"],
            &["/home/ada/credentials.json"],
            &["credentials.json"],
            &["file:///home/ada/credentials.json"],
            &["drawbridge://open"],
        ] {
            assert!(!meant(arguments), "{arguments:?} must open the window");
        }
    }

    #[test]
    fn a_word_is_a_command_even_a_mistyped_one() {
        for arguments in [&["list"][..], &["--json", "list"], &["lst"], &["--help"], &["-V"], &["help"]] {
            assert!(meant(arguments), "{arguments:?}: a server has no window to open instead");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_repeated_and_a_name_is() {
        for secret in [
            "client_secret=pl4nted",
            "clientsecret: pl4nted",
            "export CLIENT_SECRET='pl4nted'",
            "'password' : pl4nted",
            "curl -u x --data client_secret=pl4nted",
            "pl4nted+s3cret/of=$this-t3st==",
            "Ab3dEf6hIj9lMn2pQr5tUv8x",
            "9f86d081884c7d659a2feaa0c55ad015",
            "{\"clientSecret\":1}",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            assert!(looks_like_document(secret.as_ref()), "{secret}");
        }
        for name in [
            "Sales EU",
            "credentials.json",
            "/home/ada/Documents/client-secret.json",
            r"C:\Users\ada\certificate.json",
            "sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864",
            "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
            "a-very-long-name-of-a-portal-2026",
            "https://sales.example.com",
        ] {
            assert!(!looks_like_document(name.as_ref()), "whoever mistyped {name} has to see it");
        }
    }

    #[test]
    fn an_error_about_the_arguments_repeats_nothing_that_was_not_asked_for() {
        let error = |arguments: &[&str]| {
            let all = ["drawbridge"].iter().chain(arguments);
            hide_unexpected(CommandLine::try_parse_from(all).unwrap_err()).render().to_string()
        };
        for arguments in [
            &["inspect", "key.json", "pl4nted"][..],
            &["generate", "Sales", "--out", "sales.json", "pl4nted"],
            &["inspect", "key.json", "--pl4nted"],
            &["list", "--json=pl4nted"],
            &["list", "--pass=pl4nted"],
            &["export", "Sales", "--legacy=pl4nted", "--out", "x"],
        ] {
            let text = error(arguments);
            assert!(!text.contains("pl4nted"), "{arguments:?}: {text}");
            assert!(text.contains("unexpected"), "{arguments:?}: {text}");
        }
        assert!(error(&["inspect", "key.json", "--portal"]).contains("'--portal'"), "a mistyped option is named");
        assert!(error(&["lst"]).contains("'lst'"), "and a mistyped command");
    }

    /// Promise A11: a password may stand where a number or a word was expected.
    #[test]
    fn no_option_repeats_a_value_that_it_does_not_take() {
        fn visit(command: &clap::Command, path: &[&str], refused: &mut Vec<String>) {
            for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
                let option = argument.get_long().map(|long| format!("--{long}"));
                let mut all = path.to_vec();
                all.extend(option.as_deref());
                all.push("pl4nted-pw");
                let Err(error) = CommandLine::try_parse_from(&all) else { continue };
                let kind = error.kind();
                let text = hide_unexpected(error).render().to_string();
                assert!(!text.contains("pl4nted"), "{all:?}: {text}");
                if matches!(kind, ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
                    let named = option.as_deref().is_none_or(|option| text.contains(option));
                    assert!(named, "{all:?}: the option is named: {text}");
                    refused.push(all[1..all.len() - 1].join(" "));
                }
            }
            for command in command.get_subcommands() {
                visit(command, &[path, &[command.get_name()]].concat(), refused);
            }
        }
        let mut refused = Vec::new();
        visit(&CommandLine::command(), &["drawbridge"], &mut refused);
        for known in ["status --days", "generate --kind", "list", "completions"] {
            assert!(refused.iter().any(|path| path == known), "{known} takes not every text: {refused:?}");
        }
    }

    #[test]
    fn a_panic_is_silent_in_every_command() {
        const CHILD: &str = "DRAWBRIDGE_TEST_PANICS";
        if std::env::var_os(CHILD).is_some() {
            // A command that opens neither data nor log files.
            run(&["drawbridge".into(), "completions".into(), "bash".into()]);
            let panic = catch_unwind(|| std::hint::black_box("pl4nted ä").split_at(9));
            assert!(panic.is_err(), "the last letter is cut in two");
            return;
        }
        let this = ["--exact", "cli::tests::a_panic_is_silent_in_every_command", "--nocapture"];
        let program = std::env::current_exe().unwrap();
        let ran = std::process::Command::new(program).args(this).env(CHILD, "1").output().unwrap();
        let [out, err] = [&ran.stdout, &ran.stderr].map(|text| String::from_utf8_lossy(text));
        assert!(ran.status.success() && out.contains("1 passed"), "{err}");
        assert!(!out.contains("pl4nted") && !err.contains("pl4nted"), "its text quotes what was worked on: {err}");
    }
}
