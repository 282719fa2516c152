//! Where `--out` sends a document.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf, absolute},
};

use domain::{HandOverFailure, Outlet, OutletError, SecretBytes};

use super::{output::printable, problem::Problem};
use crate::export_file::{ExportFile, NewExportFile};

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
    /// What `--out` and `--force` mean. Refuses what could not be written, before anything is changed.
    pub fn parse(out: &Path, force: bool) -> Result<Self, Problem> {
        if out.as_os_str() == "-" {
            return Ok(Self::StandardOutput);
        }
        // The activity list must name it without knowing where the command was started.
        let path = absolute(out).map_err(|error| Problem::wrong(&error.to_string(), "Give the name of a file."))?;
        let name = printable(&out.display().to_string());
        if !path.parent().is_some_and(Path::is_dir) {
            return Err(Problem::not_found(
                &format!("the folder of {name} does not exist"),
                "Create it, or choose another one.",
            ));
        }
        let file = ExportFile { path };
        match fs::symlink_metadata(&file.path) {
            // Replacing a device or a link (`/dev/stdout`) would replace the thing itself.
            Ok(there) if !there.is_file() => Err(Problem::refused(
                &format!("{name} exists and is not a regular file"),
                "Choose another name, or use --out - for standard output.",
            )),
            Ok(_) if force => Ok(Self::AnyFile(file)),
            Ok(_) => Err(Problem::refused(
                &format!("{name} exists already"),
                "Choose another name, or replace it with --force.",
            )),
            Err(_) => Ok(Self::NewFile(NewExportFile(file))),
        }
    }

    /// Why the document did not get there.
    pub fn explain(&self, failure: HandOverFailure) -> Problem {
        match (self, failure) {
            (Self::StandardOutput, HandOverFailure::Outlet(OutletError::File { path: _, reason })) => Problem::wrong(
                &format!("standard output did not take the document: {reason}"),
                "Check the command or file that it goes to.",
            ),
            (_, failure) => failure.into(),
        }
    }

    /// The file; `None` for standard output.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::StandardOutput => None,
            Self::NewFile(NewExportFile(ExportFile { path })) | Self::AnyFile(ExportFile { path }) => Some(path),
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
                    .map_err(|error| OutletError::File { path: self.destination(), reason: error.to_string() })
            }
            Self::NewFile(file) => file.deliver(document),
            Self::AnyFile(file) => file.deliver(document),
        }
    }

    fn destination(&self) -> String {
        self.path().map_or_else(|| "standard output".to_owned(), |path| path.display().to_string())
    }
}
