//! `drawbridge convert`

use std::path::{Path, PathBuf};

use clap::Args;
use domain::{
    document::complete_candidate,
    documents::{Candidate, Demand, Finding, Format, Proof, Recognition, Severity},
    ports::{HandOverFailure, Outlet},
    refusal::Failure,
};
use serde::Serialize;
use views::{DocumentFindingView, SeverityName};

use super::{
    destination::Destination,
    findings, format,
    format::Writing,
    language::LANGUAGE,
    output::Output,
    problem::{Exit, Problem},
    source::{Reading, Source, find_choice, is_standard_input, must_be_one_standard_input},
};

/// Write a credentials document in another format
#[derive(Debug, Args)]
#[command(after_help = "\
Reads whatever drawbridge inspect recognises. Warnings are printed and do not stop it; errors do, \
except for what is missing and the format does not need. Members that no connection needs are \
kept where the format has room for them. What consists of several files becomes a zip archive. \
Needs neither the data of the window nor a keychain nor a network, and leaves no entry in the \
activity list.

Examples:
  drawbridge convert key.json --to connection --portal-url https://sales.example.com --out sales.json
  drawbridge convert sales.json --to pkcs12 --out-password-file password.txt --out sales.p12
  drawbridge convert keystore.p12 --password-file password.txt --to pem --out sales.pem
  drawbridge convert vcap.json --choose 2 --to kubernetes-secret --out - | kubectl apply -f -")]
pub struct Arguments {
    /// The document's file, or - for standard input
    file: PathBuf,
    /// The format to write
    #[arg(long, value_name = "FORMAT", value_parser = format::parser())]
    to: Format,
    /// The new file, or - for standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
    /// What a destination, a Kubernetes Secret, the key in a container and files in an archive are called [default: the
    /// name of the file without its ending]
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Converted {
    /// Stable name of the shape that was read.
    shape: &'static str,
    format: &'static str,
    /// Ending of what was written: `zip` if it is an archive.
    extension: &'static str,
    file: String,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { file, to, out, force, name, reading, writing } = arguments;
    must_be_one_standard_input(&[Some(&file), reading.password_file.as_deref(), writing.password_file()])?;
    let source = Source::read(&file, reading.password_file.as_deref())?;
    let Recognition { syntax: _, findings, mut candidates } = source.recognise();
    let stop = || {
        Problem::refused(
            // Not at the beginning, where the name of a file would get a capital letter.
            &format!("cannot convert {}", source.name),
            "The errors above say what is wrong; drawbridge inspect shows everything that was found.",
        )
    };
    say(findings.iter().map(findings::view), output);
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        return Err(stop());
    }
    let chosen = find_choice(&candidates, reading.choose.as_deref(), &source.name)?;
    let mut candidate = candidates.swap_remove(chosen);
    complete_candidate(&mut candidate, reading.portal_url.as_deref()).map_err(|Finding { place: _, kind }| {
        let message = kind.message();
        Problem::usage(
            &format!("--portal-url: {}", message.render(LANGUAGE)),
            message.command_line_remedy().render(LANGUAGE),
        )
    })?;
    let demand = Demand::Format(to);
    say(candidate.findings.iter().map(|finding| findings::view_for(&candidate, finding, demand)), output);
    if candidate.judge(demand).stop().is_some() {
        return Err(stop());
    }
    let Candidate { shape, document: Some(document), .. } = candidate else { return Err(stop()) };
    let has_certificate = matches!(document.proof, Proof::Certificate { .. });
    let settled = writing.settle(to, has_certificate)?;
    let destination = Destination::parse(&out, force)?;
    let name = name.unwrap_or_else(|| derive_name(&file));
    let written = settled.export(&name).render(&document).map_err(Failure::from)?;
    destination.deliver(&written.bytes).map_err(|error| destination.explain(HandOverFailure::Outlet(error)))?;
    if let Some(path) = destination.path() {
        let (format, file, extension) = (to.code(), path.display().to_string(), written.extension);
        if output.is_json() {
            output.json_line(&Converted { shape: shape.code(), format, extension, file })?;
        } else {
            let archive = if extension == "zip" { ", in a zip archive" } else { "" };
            output.line(&format!(
                "Wrote {}{archive}, to {file}: it was {}.",
                to.name(LANGUAGE),
                shape.name(LANGUAGE)
            ))?;
        }
    }
    Ok(Exit::Well)
}

/// Prints errors and warnings to standard error.
fn say(findings: impl Iterator<Item = DocumentFindingView>, output: &Output) {
    for finding in findings {
        match finding.severity {
            SeverityName::Error | SeverityName::Warning => {
                output.aside_lines(&findings::describe(&finding), &finding);
            }
            SeverityName::Note => {}
        }
    }
}

fn derive_name(file: &Path) -> String {
    match file.file_stem() {
        Some(stem) if !is_standard_input(file) => stem.to_string_lossy().into_owned(),
        Some(_) | None => "credentials".to_owned(),
    }
}
