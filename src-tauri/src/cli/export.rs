//! `drawbridge export`

use std::path::PathBuf;

use clap::Args;
use domain::{
    Drawbridge,
    credential::{ExportProgress, Exportable},
    documents::Format,
    id::CredentialId,
};
use serde::Serialize;
use views::ExportableView;

use super::{
    destination::Destination,
    find,
    format::{self, Writing},
    interrupt::Interrupt,
    language::LANGUAGE,
    opening::open,
    output::Output,
    problem::{Exit, Problem},
};

/// Export credentials of portals in the formats that other systems expect
#[derive(Debug, Args)]
#[command(after_help = "\
The file is readable by you only, and is written whole or not at all. Several credentials, and \
formats of several files, become one zip archive.

Examples:
  drawbridge export Sales --out sales.json
  drawbridge export Sales --format pkcs12 --out-password-file password.txt --out sales.p12
  drawbridge export Sales Support --format kubernetes-secret --out secrets.zip
  drawbridge export Sales --credential 'sb-apiaccess_1767225600000!b7|xsuaa!b1' --out former.json
  drawbridge export Sales --out - | ssh hub 'umask 077; cat > sales.json'")]
pub struct Arguments {
    /// Names of the portals, in any case, or their ids: their current credentials
    #[arg(value_name = "PORTAL", required_unless_present = "all", conflicts_with = "all")]
    portals: Vec<String>,
    /// Everything that can be exported in the format, former credentials too
    #[arg(long)]
    all: bool,
    /// Client id, or id, of a credential that is not the current one
    #[arg(long, value_name = "CLIENT_ID", conflicts_with = "all")]
    credential: Option<String>,
    /// The format to write
    #[arg(long, default_value = Format::Connection.code(), value_parser = format::parser())]
    format: Format,
    /// The new file, or - for standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Serialize)]
struct Exported {
    format: &'static str,
    credentials: Vec<ExportableView>,
    file: String,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { portals, all, credential, format, out, force, writing } = arguments;
    if credential.is_some() && portals.len() > 1 {
        return Err(Problem::usage("--credential is for one portal", "Export one portal at a time, or leave it out."));
    }
    let drawbridge = &*open(output)?;
    let meant = if all {
        find_all(drawbridge, format, output)?
    } else {
        find_meant(drawbridge, &portals, credential.as_deref())?
    };
    let has_certificate = meant.iter().any(|meant| meant.credential.kind.is_certificate());
    let settled = writing.settle(format, has_certificate)?;
    let destination = Destination::parse(&out, force)?;
    let ids: Vec<CredentialId> = meant.iter().map(|meant| meant.credential.id).collect();
    // A single credential is written at once: a signal then ends the program as usual.
    let interrupt = if ids.len() > 1 { Some(Interrupt::listen()?) } else { None };
    let progress = Progress { output: *output, interrupt };
    let exported = drawbridge.exports().export(&ids, &settled.choice(), &destination, &progress);
    drop(progress);
    exported.map_err(|failure| destination.explain(failure))?;

    if let Some(path) = destination.path() {
        let credentials: Vec<ExportableView> = meant.into_iter().map(ExportableView::from).collect();
        let file = path.display().to_string();
        if output.is_json() {
            output.json_line(&Exported { format: format.code(), credentials, file })?;
        } else {
            let what = match credentials.as_slice() {
                [ExportableView { portal, client_id, .. }] => format!("{client_id} of {portal}"),
                several => format!("{} credentials", several.len()),
            };
            output.line(&format!("Exported {what} to {file}, as {}.", format.name(LANGUAGE)))?;
        }
    }
    Ok(Exit::Well)
}

fn find_meant(
    drawbridge: &Drawbridge,
    portals: &[String],
    credential: Option<&str>,
) -> Result<Vec<Exportable>, Problem> {
    let mut all: Vec<Exportable> = Vec::with_capacity(portals.len());
    for name in portals {
        let portal = find::get_portal(drawbridge, name)?;
        let credential = find::get_credential(drawbridge, &portal, credential)?.credential;
        // A portal that is named twice is meant once.
        if !all.iter().any(|other| other.credential.id == credential.id) {
            all.push(Exportable { portal, credential });
        }
    }
    Ok(all)
}

fn find_all(drawbridge: &Drawbridge, format: Format, output: &Output) -> Result<Vec<Exportable>, Problem> {
    let all = drawbridge.exports().list_exportable()?;
    let total = all.len();
    let fitting = |one: &Exportable| format.fits(one.credential.kind.is_certificate());
    let meant: Vec<Exportable> = all.into_iter().filter(fitting).collect();
    let left_out = total - meant.len();
    if meant.is_empty() {
        return Err(Problem::not_found(
            &format!("there are no credentials that can be exported as {}", format.name(LANGUAGE)),
            "See drawbridge list credentials.",
        ));
    }
    if left_out > 0 {
        let are = if left_out == 1 { "1 client secret is" } else { &format!("{left_out} client secrets are") };
        output.warning(
            &format!("{are} left out: {} is for certificates", format.name(LANGUAGE)),
            "Export them in another format.",
        );
    }
    Ok(meant)
}

/// Shows how far an export of several credentials is, and cancels it on a signal.
struct Progress {
    output: Output,
    /// `None` for a single one.
    interrupt: Option<Interrupt>,
}

impl ExportProgress for Progress {
    fn advanced(&self, done: usize, total: usize) {
        if self.interrupt.is_some() {
            self.output.passing(&format!("Exporting: {done} of {total} written"));
        }
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.as_ref().is_some_and(Interrupt::is_set)
    }
}

impl Drop for Progress {
    /// What comes next has the line for itself.
    fn drop(&mut self) {
        if self.interrupt.is_some() {
            self.output.passing("");
        }
    }
}
