//! `drawbridge inspect`

use std::path::PathBuf;

use clap::Args;
use domain::{
    document::Inspection,
    documents::{Candidate, Demand, Recognition},
    ports::Clock,
};
use serde::Serialize;
use views::{DocumentFieldView, DocumentFindingView, InspectionView, SeverityName, View};

use super::{
    findings,
    language::LANGUAGE,
    output::Output,
    problem::{Exit, Problem},
    source::Source,
};
use crate::system::SystemClock;

/// Say what a credentials document holds, and what is wrong with it
#[derive(Debug, Args)]
#[command(after_help = "\
Recognises connection documents, service keys, VCAP_SERVICES, Kubernetes Secrets, destinations, \
environment files, PEM, PKCS#12, curl commands and zip archives of them. Shows no secret, changes \
nothing, and needs neither the data of the window nor a keychain nor a network.

Exit codes of this command:
  0    neither errors nor warnings; notes do not count
  1    warnings, such as that a PEM or PKCS#12 file carries no URLs; or the document could not be \
had, then nothing is on standard output
  2    errors: the credentials cannot be used like this; or the command line is not understood, \
then nothing is on standard output

Examples:
  drawbridge inspect credentials.json
  drawbridge inspect keystore.p12 --password-file password.txt
  cf service-key portal key | drawbridge inspect - --json | jq '.candidates[].validity.daysLeft'")]
pub struct Arguments {
    /// The document's file, or - for standard input
    file: PathBuf,
    /// File with the password of a PKCS#12 container or an encrypted key, on one line; - for standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    /// As it was given.
    file: String,
    /// `clean`, `warnings` or `errors`.
    result: &'static str,
    #[serde(flatten)]
    inspection: InspectionView,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { file, password_file } = arguments;
    let source = Source::read(file, password_file.as_deref())?;
    let inspection = inspect(source.recognise());
    let of_candidates = inspection.candidates.iter().flat_map(|candidate| &candidate.findings);
    let (mut errors, mut warnings) = (0, 0);
    for finding in inspection.findings.iter().chain(of_candidates) {
        match finding.severity {
            SeverityName::Error => errors += 1,
            SeverityName::Warning => warnings += 1,
            SeverityName::Note => {}
        }
    }
    let (exit, result) = match (errors, warnings) {
        (1.., _) => (Exit::ERRORS_FOUND, "errors"),
        (0, 1..) => (Exit::WARNINGS_FOUND, "warnings"),
        (0, 0) => (Exit::Well, "clean"),
    };
    let end = findings::describe_count(errors, warnings);
    if output.is_json() {
        output.json_line(&Report { file: file.display().to_string(), result, inspection })?;
    } else {
        print(&source.name, &inspection, output)?;
        output.line("")?;
        output.line(&end.map_or_else(|| "No errors, no warnings.".to_owned(), |end| format!("{end}.")))?;
    }
    Ok(exit)
}

fn print(name: &str, inspection: &InspectionView, output: &Output) -> Result<(), Problem> {
    output.line(&format!("{name}: {}", inspection.syntax.as_deref().unwrap_or("of no known syntax")))?;
    print_findings(&inspection.findings, output)?;
    for (index, candidate) in inspection.candidates.iter().enumerate() {
        output.line("")?;
        let number = if inspection.candidates.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
        let name = if candidate.name.is_empty() { String::new() } else { format!("{}: ", candidate.name) };
        output.line(&format!("{number}{name}{}", candidate.shape_name))?;
        if !candidate.wrappers.is_empty() {
            output.line(&format!("  taken out of: {}", candidate.wrappers.join(", ")))?;
        }
        for DocumentFieldView { key, text, .. } in &candidate.fields {
            output.line(&format!("  {key:KEY_WIDTH$}  {}", text.as_deref().unwrap_or("(not shown)")))?;
        }
        print_findings(&candidate.findings, output)?;
    }
    Ok(())
}

fn print_findings(findings: &[DocumentFindingView], output: &Output) -> Result<(), Problem> {
    findings.iter().flat_map(findings::describe).try_for_each(|line| output.line(&format!("  {line}")))
}

/// The longest key.
const KEY_WIDTH: usize = 12;

/// What was found, with the remedies of a command line. The document only has to be sound.
fn inspect(recognition: Recognition) -> InspectionView {
    let findings = recognition.findings.iter().map(findings::view).collect();
    let of_candidate = |candidate: &Candidate| {
        let view = |finding| findings::view_for(candidate, finding, Demand::Sound);
        sorted(candidate.findings.iter().map(view).collect())
    };
    let of_candidates: Vec<_> = recognition.candidates.iter().map(of_candidate).collect();
    let mut inspection =
        InspectionView { findings, ..InspectionView::of(Inspection::of(recognition, SystemClock.now()), LANGUAGE) };
    for (candidate, findings) in inspection.candidates.iter_mut().zip(of_candidates) {
        candidate.findings = findings;
    }
    inspection
}

/// Errors first, also where a finding has become less severe for this purpose.
fn sorted(mut findings: Vec<DocumentFindingView>) -> Vec<DocumentFindingView> {
    findings.sort_by_key(|finding| match finding.severity {
        SeverityName::Error => 0,
        SeverityName::Warning => 1,
        SeverityName::Note => 2,
    });
    findings
}

#[cfg(test)]
mod tests {
    use domain::documents::Part;

    use super::*;

    #[test]
    fn every_key_fits_its_column() {
        assert_eq!(Part::ALL.map(|part| part.key().len()).into_iter().max(), Some(KEY_WIDTH));
    }
}
