//! The command line: the same program without its window, for pipelines and servers.
//!
//! Each command converts, calls the domain and prints. It works on the data of the window, as the person who uses the
//! installation, and never starts anything of the window. Only `--out -` writes a secret to standard output.

mod add;
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
mod list;
mod output;
mod problem;
mod rows;
mod serve;
mod source;
mod status;
mod test_connection;

use std::{
    ffi::{OsStr, OsString},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};
use clap_complete::Shell;
use domain::Drawbridge;
use tracing::warn;

use self::{
    output::Output,
    problem::{Exit, Problem},
};
use crate::{core, log_files, system, wire::UserError};

const EXIT_CODES: &str = "\
Exit codes:
  0    all is well
  1    something is wrong: a test failed, not all is well, or the command did not succeed; inspect found warnings
  2    the command line is not understood, or a name in it is ambiguous; inspect found errors
  3    a rule says no, such as a missing role
  4    the keychain cannot be used
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
    Status(status::Arguments),
    Serve(serve::Arguments),
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
    if ["-h", "--help", "-V", "--version", "--json", "help"].contains(&first) {
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
    console::attach();
    system::refuse_core_dumps();
    let (output, result) = match CommandLine::try_parse_from(arguments) {
        Ok(CommandLine { json, command }) => {
            let output = Output::new(json);
            let performed = catch_unwind(AssertUnwindSafe(|| perform(command, &output)));
            // The panic's own text is not looked at: it may quote what was being worked on.
            let stumbled = |_| Err(UserError::unexpected("a command did not come to its end").into());
            (output, performed.unwrap_or_else(stumbled))
        }
        Err(error) => {
            let output = Output::new(arguments.iter().any(|argument| argument == "--json"));
            let result = explain(&error, arguments, &output);
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
        Command::Status(arguments) => status::run(&arguments, output),
        Command::Serve(arguments) => serve::run(&arguments, output),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut CommandLine::command(), "drawbridge", &mut script);
            output.text(&String::from_utf8_lossy(&script))?;
            Ok(Exit::Well)
        }
    }
}

/// Opens the domain over the window's own data, once the arguments are known to make sense. Log lines go where the window's go.
fn open() -> Result<Arc<Drawbridge>, Problem> {
    let data = folders::data()?;
    // Before the log files, which may lie inside: whoever creates it first decides who may look into it. If it cannot be
    // created, `core::open` says so.
    if system::create_private_folder(&data).is_ok() {
        log_files::start(&folders::logs()?);
    }
    Ok(core::open(&data)?)
}

/// Before a change: repairs what an interruption left over. Changes of other processes are waited for, not taken for one.
fn reconcile(drawbridge: &Drawbridge) {
    if let Err(error) = drawbridge.reconcile() {
        warn!(%error, "what an interruption left over stays for now");
    }
}

/// Help and version, or what is wrong with the command line.
fn explain(error: &clap::Error, arguments: &[OsString], output: &Output) -> Result<Exit, Problem> {
    let kind = error.kind();
    if kind == ErrorKind::DisplayHelp || kind == ErrorKind::DisplayVersion {
        // It knows itself whether the terminal has colours. A reader that has gone away misses nothing.
        let _ = error.print();
        return Ok(Exit::Well);
    }
    let problem = if arguments.iter().any(|argument| looks_like_document(argument)) {
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

/// Whether something that should be a name may be a whole document, which must not be repeated in a message.
fn looks_like_document(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    text.contains(['{', '}', '\n', '"']) || text.contains("-----BEGIN") || text.chars().count() > 200
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
}
