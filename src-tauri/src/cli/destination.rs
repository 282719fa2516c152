//! Where `--out` sends a document.

use std::{
    io::{self, Write},
    path::{Path, PathBuf, absolute},
};

use domain::{
    documents::SecretBytes,
    messages::{Message, message},
    ports::{HandOverFailure, Outlet, OutletError},
};

use super::{find::quote, folders, interrupt::Interrupt, language::LANGUAGE, problem::Problem};
use crate::export_file::{ExportFile, NewExportFile, Standing, Unfinished};

/// A file, or standard output.
pub enum Destination {
    /// `--out -`: the one way by which a secret reaches standard output.
    StandardOutput,
    /// A file that must not exist yet.
    NewFile(NewExportFile),
    /// A file that may be replaced.
    AnyFile(ExportFile),
}

impl Destination {
    /// What `--out` and `--force` mean. Refuses a file that could not be written, before anything is changed.
    pub fn parse(out: &Path, force: bool) -> Result<Self, Problem> {
        if out.as_os_str() == "-" {
            return Ok(Self::StandardOutput);
        }
        // Absolute, because *Activity* must name the file independently of where the command was started.
        let path = absolute(out).map_err(|error| Problem::wrong(&error.to_string(), "Give the name of a file."))?;
        let name = quote(&out.display().to_string());
        if !path.parent().is_some_and(Path::is_dir) {
            return Err(Problem::not_found(
                &format!("there is no folder for the file {name}"),
                "Create it, or choose another one.",
            ));
        }
        let file = ExportFile::new(path, Unfinished::of_data(&folders::data()?));
        match (file.look(), force) {
            (Standing::Other, _) => Err(Problem::refused(
                &format!("{name} exists and is not a regular file"),
                "Choose another name, or use --out - for standard output.",
            )),
            (Standing::File, true) => Ok(Self::AnyFile(file)),
            (Standing::File, false) => Err(Problem::refused(
                &format!("{name} exists already"),
                "Choose another name, or replace it with --force.",
            )),
            (Standing::Nothing, _) => Ok(Self::NewFile(NewExportFile(file))),
        }
    }

    /// Why the document did not get there.
    pub fn explain(&self, failure: HandOverFailure) -> Problem {
        match (self, failure) {
            (Self::StandardOutput, HandOverFailure::Outlet(OutletError::File { path: _, reason })) => Problem::wrong(
                &format!("standard output did not take the document: {}", reason.render(LANGUAGE)),
                "Check the command or file that it goes to.",
            ),
            (_, failure) => failure.into(),
        }
    }

    /// The file; `None` for standard output.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::StandardOutput => None,
            Self::NewFile(NewExportFile(file)) | Self::AnyFile(file) => Some(file.path()),
        }
    }
}

impl Outlet for Destination {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        match self {
            Self::StandardOutput => {
                let mut standard = io::stdout().lock();
                // EXPOSE: the user chose --out -.
                standard
                    .write_all(document.expose())
                    .and_then(|()| standard.flush())
                    .map_err(|error| OutletError::File { path: "-".to_owned(), reason: error.to_string().into() })
            }
            Self::NewFile(file) => without_interruption(|| file.deliver(document)),
            Self::AnyFile(file) => without_interruption(|| file.deliver(document)),
        }
    }

    fn destination(&self) -> Message {
        match self.path() {
            Some(path) => Message::verbatim(path.display().to_string()),
            None => message!("activity-standard-output"),
        }
    }
}

/// Writes the whole file even if a signal comes: otherwise the document could remain under another name.
fn without_interruption<T>(write: impl FnOnce() -> T) -> T {
    // Where signals cannot be received, they end the program as usual.
    let _held_back = Interrupt::listen();
    write()
}
