//! What is to be said about documents: the same words as on the screens, with the remedies of a command line.

use domain::{
    documents::{Candidate, Demand, Finding},
    messages::message,
};
use views::{DocumentFindingView, SeverityName, View};

use super::language::LANGUAGE;

/// A finding for people and scripts.
pub fn view(finding: &Finding) -> DocumentFindingView {
    let hint = finding.kind.message().command_line_remedy().render(LANGUAGE);
    DocumentFindingView { hint, ..DocumentFindingView::of(finding.clone(), LANGUAGE) }
}

/// A finding about credentials, with the severity that it has for the purpose.
pub fn view_for(candidate: &Candidate, finding: &Finding, demand: Demand) -> DocumentFindingView {
    let severity = candidate.severity_for(finding, demand).into();
    let message = match demand {
        Demand::Sound if finding.is_url_missing_in(candidate.shape) => message!("remedy-no-urls"),
        Demand::Sound | Demand::Connect | Demand::Record | Demand::Format(_) => finding.kind.message(),
    };
    let hint = message.command_line_remedy().render(LANGUAGE);
    DocumentFindingView { severity, hint, ..DocumentFindingView::of(finding.clone(), LANGUAGE) }
}

/// What a person reads: the sentence, then what to do.
pub fn describe(finding: &DocumentFindingView) -> [String; 2] {
    let DocumentFindingView { severity, code: _, message, hint, line, column } = finding;
    let severity = match severity {
        SeverityName::Error => "Error",
        SeverityName::Warning => "Warning",
        SeverityName::Note => "Note",
    };
    let place = match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (_, None) | (None, _) => String::new(),
    };
    [format!("{severity}{place}: {message}"), format!("  {hint}")]
}

/// "2 errors, 1 warning"; `None` if there is neither.
pub fn describe_count(errors: usize, warnings: usize) -> Option<String> {
    let words = [(errors, "error"), (warnings, "warning")].map(|(count, word)| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {word}s")),
    });
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() { None } else { Some(words.join(", ")) }
}
