//! `drawbridge test`

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use clap::{ArgGroup, Args};
use domain::{
    Drawbridge,
    connection::{RequestOverview, RequestStateKind},
    connection_check::{Stage, StageObserver, StageReport},
    document::GivenDocument,
    id::{CredentialId, RequestId},
};
use views::{FindingView, TestEventView, TestOutcomeView};

use super::{
    find,
    interrupt::Interrupt,
    language::LANGUAGE,
    opening::open,
    output::Output,
    problem::{Exit, Problem},
    source::{Reading, read_given},
};

/// Test credentials or a connection, stage by stage
#[derive(Debug, Args)]
#[command(after_help = "\
A name is, in this order: a file of that name; else a connection of that alias or a portal of that \
name. If it is several of them, say which one you mean with --connection or --portal. A document \
may be anything that drawbridge inspect recognises; the last three options are for documents.

With --json there is one object a line: each stage as it ends (event passed or failed), then the \
outcome (passed, failed or cancelled).

Examples:
  drawbridge test credentials.json
  drawbridge test - < credentials.json
  drawbridge test service-key.json --portal-url https://sales.example.com
  drawbridge test --connection sales-eu
  drawbridge test sales-eu --pending")]
#[command(group(ArgGroup::new("target").required(true).args(["name", "file", "connection", "portal"])))]
pub struct Arguments {
    /// A document's file (- for standard input), the alias of a connection, or the name of a portal
    name: Option<String>,
    /// A document's file
    #[arg(long, value_name = "FILE", conflicts_with = "pending")]
    file: Option<PathBuf>,
    /// Alias of a connection, or its id
    #[arg(long, value_name = "ALIAS")]
    connection: Option<String>,
    /// Name of a portal, whose current credentials are tested
    #[arg(long, value_name = "PORTAL", conflicts_with = "pending")]
    portal: Option<String>,
    /// The alias is that of a pending request: test it before it is approved
    #[arg(long)]
    pending: bool,
    #[command(flatten)]
    reading: Reading,
}

enum Target {
    Document(Box<GivenDocument>),
    Credential(CredentialId),
    Request(RequestId),
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let drawbridge = &*open(output)?;
    let target = choose(arguments, drawbridge)?;
    let observer = Printer { output: *output, interrupt: Interrupt::listen()?, planned: Mutex::default() };
    let result = match target {
        Target::Document(document) => drawbridge.checks().test_document(*document, &observer),
        Target::Credential(id) => drawbridge.checks().test_credential(id, &observer),
        Target::Request(id) => drawbridge.checks().test_request(id, &observer),
    };
    let outcome = TestOutcomeView::new(result, LANGUAGE)?;
    if output.is_json() {
        output.json_line(&outcome)?;
    } else {
        for stage in observer.planned.into_inner().unwrap_or_else(PoisonError::into_inner) {
            output.line(&format!("– {:NAME_WIDTH$}  not attempted", stage.name(LANGUAGE)))?;
        }
    }
    match outcome {
        TestOutcomeView::Passed { apis } => {
            if !output.is_json() {
                let count = if apis.len() == 1 { "1 API".to_owned() } else { format!("{} APIs", apis.len()) };
                output.line(&format!("Everything works: {count}."))?;
            }
            Ok(Exit::Well)
        }
        TestOutcomeView::Failed { .. } => Ok(Exit::Wrong),
        TestOutcomeView::Cancelled => {
            if !output.is_json() {
                output.line("Cancelled.")?;
            }
            Ok(Exit::Cancelled)
        }
    }
}

fn choose(arguments: Arguments, drawbridge: &Drawbridge) -> Result<Target, Problem> {
    let Arguments { name, file, connection, portal, pending, reading } = arguments;
    let state = if pending { RequestStateKind::Pending } else { RequestStateKind::Approved };
    if let Some(file) = file {
        return read_given(&file, reading).map(|document| Target::Document(Box::new(document)));
    }
    // Pipes that a shell makes of a command are as good as files.
    if let Some(name) = &name
        && !pending
        && (name == "-" || fs::metadata(name).is_ok_and(|there| !there.is_dir()))
    {
        return read_given(Path::new(name), reading).map(|document| Target::Document(Box::new(document)));
    }
    if reading.is_given() {
        return Err(Problem::usage(
            "--password-file, --choose and --portal-url are for documents",
            "Leave them out, or name the file of a document.",
        ));
    }
    if let Some(portal) = &portal {
        let portal = find::get_portal(drawbridge, portal)?;
        return Ok(Target::Credential(find::get_credential(drawbridge, &portal, None)?.credential.id));
    }
    if let Some(alias) = &connection {
        return the_only(&find::find_requests(drawbridge, state, alias)?, alias)?
            .ok_or_else(|| nothing_found(drawbridge, alias, pending));
    }
    let name = name.as_deref().unwrap_or_default();
    let request = the_only(&find::find_requests(drawbridge, state, name)?, name)?;
    let portal = if pending { None } else { find::find_portal(drawbridge, name)? };
    match (request, portal) {
        (Some(_), Some(_)) => Err(Problem::usage(
            &format!("{} is both a connection and a portal", find::quote(name)),
            "Say which one you mean: --connection for the hub's copy of the credentials, --portal for the current ones \
             of the portal.",
        )),
        (Some(request), None) => Ok(request),
        (None, Some(portal)) => Ok(Target::Credential(find::get_credential(drawbridge, &portal, None)?.credential.id)),
        (None, None) => Err(nothing_found(drawbridge, name, pending)),
    }
}

fn the_only(requests: &[RequestOverview], name: &str) -> Result<Option<Target>, Problem> {
    match requests {
        [] => Ok(None),
        [only] => Ok(Some(Target::Request(only.request.id))),
        several => {
            let ids: Vec<String> = several.iter().map(|row| format!("{} in {}", row.request.id, row.hub)).collect();
            Err(Problem::usage(
                &format!("{} is a connection of several hubs", find::quote(name)),
                format!("Give its id instead, with --connection: {}.", ids.join(", ")),
            ))
        }
    }
}

fn nothing_found(drawbridge: &Drawbridge, name: &str, pending: bool) -> Problem {
    let other = if pending { RequestStateKind::Approved } else { RequestStateKind::Pending };
    let known = find::find_requests(drawbridge, other, name).is_ok_and(|found| !found.is_empty());
    let name = find::quote(name);
    match (pending, known) {
        (false, true) => Problem::not_found(
            &format!("there is no approved connection {name}, but a pending request"),
            "Add --pending to test it before it is approved.",
        ),
        (true, true) => {
            Problem::not_found(&format!("the request {name} is not pending but approved"), "Leave out --pending.")
        }
        (false, false) => Problem::not_found(
            &format!("there is no file, connection or portal {name}"),
            "See drawbridge list for the names of connections and portals.",
        ),
        (true, false) => Problem::not_found(
            &format!("there is no pending request {name}"),
            "See drawbridge list requests for their aliases.",
        ),
    }
}

/// The longest name of a stage.
const NAME_WIDTH: usize = 16;

/// Prints each stage as it ends.
struct Printer {
    output: Output,
    interrupt: Interrupt,
    /// The stages that have not begun yet.
    planned: Mutex<Vec<Stage>>,
}

impl StageObserver for Printer {
    fn planned(&self, stages: &[Stage]) {
        *self.planned.lock().unwrap_or_else(PoisonError::into_inner) = stages.to_vec();
    }

    fn started(&self, stage: Stage) {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner).retain(|planned| *planned != stage);
    }

    fn finished(&self, report: &StageReport) {
        let event = TestEventView::finished(report, LANGUAGE);
        let printed = if self.output.is_json() {
            self.output.json_line(&event)
        } else {
            describe(report.stage, &event).iter().try_for_each(|line| self.output.line(line))
        };
        // Why standard output cannot be written is said at the end, when the outcome is printed.
        drop(printed);
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_set()
    }
}

fn describe(stage: Stage, event: &TestEventView) -> Vec<String> {
    let line = |sign: char, milliseconds: u32, text: &str| {
        format!("{sign} {:NAME_WIDTH$}  {milliseconds:>5} ms  {text}", stage.name(LANGUAGE))
    };
    match event {
        TestEventView::Planned { .. } | TestEventView::Started { .. } => Vec::new(),
        TestEventView::Passed { found, milliseconds, .. } => vec![line('✓', *milliseconds, found)],
        TestEventView::Failed { finding: FindingView { message, remedy, seen, .. }, milliseconds, .. } => {
            let mut lines = vec![line('✗', *milliseconds, message)];
            lines.extend([remedy, seen].into_iter().filter(|text| !text.is_empty()).map(|text| format!("    {text}")));
            lines
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::connection_check::{Cause, Diagnosis};

    use super::*;

    #[test]
    fn every_name_of_a_stage_fits_its_column() {
        assert_eq!(Stage::ALL.map(|stage| stage.name(LANGUAGE).len()).into_iter().max(), Some(NAME_WIDTH));
    }

    #[test]
    fn a_failure_reads_what_is_wrong_then_what_to_do_then_what_was_seen() {
        let seen = "HTTP 401 invalid_client".into();
        let result = Err(Diagnosis { cause: Cause::KeyDeleted, seen });
        let report = StageReport { stage: Stage::Token, duration: Duration::from_millis(34), result };
        assert_eq!(
            describe(Stage::Token, &TestEventView::finished(&report, LANGUAGE)),
            [
                "✗ Token                34 ms  The service key of these credentials was deleted.",
                "    Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
                 request is pending, Re-establish Connection once it is approved.",
                "    HTTP 401 invalid_client",
            ]
        );
    }
}
