//! `drawbridge inspect`

use std::path::PathBuf;

use clap::Args;
use domain::{
    credential::{CredentialKind, Lifetime, Validity},
    documents::{Candidate, CredentialDocument, Demand, Field, Place, Proof, Recognition, Shown, Syntax},
    ports::Clock,
};
use serde::Serialize;
use views::{DocumentFindingView, SeverityName};

use super::{
    findings,
    output::Output,
    problem::{Exit, Problem},
    rows,
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
  cf service-key portal key | drawbridge inspect - --json | jq '.candidates[].daysLeft'")]
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
    /// How it is written; `null` if that cannot be told.
    syntax: Option<&'static str>,
    /// About the document as a whole.
    findings: Vec<DocumentFindingView>,
    candidates: Vec<CandidateRow>,
}

/// One set of credentials of the document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CandidateRow {
    /// For `--choose`, as the name.
    number: usize,
    /// Where they stand; empty if they are the document.
    name: String,
    /// Stable name of the shape.
    shape: &'static str,
    /// The shape in words.
    shape_name: &'static str,
    wrappers: Vec<&'static str>,
    fields: Vec<FieldRow>,
    /// What they prove themselves with; `null` if that cannot be read.
    proof: Option<rows::Proof>,
    days_left: Option<i64>,
    findings: Vec<DocumentFindingView>,
}

#[derive(Serialize)]
struct FieldRow {
    /// As published.
    key: &'static str,
    /// `null` for what is not shown.
    text: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { file, password_file } = arguments;
    let source = Source::read(file, password_file.as_deref())?;
    let Recognition { syntax, findings, candidates } = source.recognise();
    let findings: Vec<_> = findings.iter().map(findings::view).collect();
    let candidates: Vec<_> =
        candidates.iter().enumerate().map(|(index, one)| CandidateRow::new(index + 1, one)).collect();
    let (mut errors, mut warnings) = (0, 0);
    for finding in findings.iter().chain(candidates.iter().flat_map(|candidate| &candidate.findings)) {
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
    let report =
        Report { file: file.display().to_string(), result, syntax: syntax.map(Syntax::name), findings, candidates };
    if output.is_json() {
        output.json_line(&report)?;
    } else {
        print(&source.name, &report, output)?;
        output.line("")?;
        output.line(&end.map_or_else(|| "No errors, no warnings.".to_owned(), |end| format!("{end}.")))?;
    }
    Ok(exit)
}

fn print(name: &str, report: &Report, output: &Output) -> Result<(), Problem> {
    output.line(&format!("{name}: {}", report.syntax.unwrap_or("of no known syntax")))?;
    print_findings(&report.findings, output)?;
    for candidate in &report.candidates {
        output.line("")?;
        let number = if report.candidates.len() > 1 { format!("{}. ", candidate.number) } else { String::new() };
        let name = if candidate.name.is_empty() { String::new() } else { format!("{}: ", candidate.name) };
        output.line(&format!("{number}{name}{}", candidate.shape_name))?;
        if !candidate.wrappers.is_empty() {
            output.line(&format!("  taken out of: {}", candidate.wrappers.join(", ")))?;
        }
        for FieldRow { key, text, .. } in &candidate.fields {
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

impl CandidateRow {
    fn new(number: usize, candidate: &Candidate) -> Self {
        let view = |finding| findings::view_for(candidate, finding, Demand::Sound);
        let Candidate { name, shape, wrappers, fields, findings, document } = candidate;
        let proof = document.as_ref().map(kind_of).map(|kind| {
            let validity = Validity::of(&kind, SystemClock.now(), Validity::ENDS_SOON);
            rows::Proof::new(&kind, &validity)
        });
        Self {
            number,
            name: name.clone(),
            shape: shape.code(),
            shape_name: shape.name(),
            wrappers: wrappers.iter().map(|wrapper| wrapper.name()).collect(),
            fields: fields.iter().map(FieldRow::from).collect(),
            days_left: proof.as_ref().and_then(|proof| proof.days_left),
            proof,
            findings: sorted(findings.iter().map(view).collect()),
        }
    }
}

/// Errors first, also where something else has become less than one.
fn sorted(mut findings: Vec<DocumentFindingView>) -> Vec<DocumentFindingView> {
    findings.sort_by_key(|finding| match finding.severity {
        SeverityName::Error => 0,
        SeverityName::Warning => 1,
        SeverityName::Note => 2,
    });
    findings
}

fn kind_of(document: &CredentialDocument) -> CredentialKind {
    match &document.proof {
        // Nobody is asked when it was generated.
        Proof::ClientSecret(_) => CredentialKind::ClientSecret(Lifetime::Unknown),
        Proof::Certificate { chain, private_key: _ } => CredentialKind::Certificate((**chain).clone()),
    }
}

impl From<&Field> for FieldRow {
    fn from(field: &Field) -> Self {
        let Field { part, place, shown } = field;
        let text = match shown {
            Shown::Text(text) => Some(text.clone()),
            Shown::Hidden => None,
        };
        let (line, column) = place.map(|Place { line, column }| (line, column)).unzip();
        Self { key: part.key(), text, line, column }
    }
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
