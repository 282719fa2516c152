//! What is to be said about documents: the same words as on the screens, with what a command line offers.

use domain::documents::{Finding, FindingKind, Part, Shape};

use crate::wire::{DocumentFindingView, SeverityName};

/// A finding for people and scripts.
pub fn view(finding: &Finding) -> DocumentFindingView {
    DocumentFindingView { hint: hint(&finding.kind).to_owned(), ..finding.clone().into() }
}

/// The same, where nothing is demanded but that the document is sound: that a file of this shape has no room for URLs is
/// no fault of it.
pub fn view_sound(finding: &Finding, shape: Shape) -> DocumentFindingView {
    if !finding.is_url_missing_in(shape) {
        return view(finding);
    }
    let hint = "A file of this kind carries no URLs. To add or import its credentials, put them into a document with url \
                and certurl.";
    DocumentFindingView { severity: SeverityName::Warning, hint: hint.to_owned(), ..view(finding) }
}

/// What to do about it on a command line.
pub fn hint(kind: &FindingKind) -> &'static str {
    if matches!(kind, FindingKind::PasswordNeeded) {
        "Give the file that holds its password with --password-file."
    } else if matches!(kind, FindingKind::WrongPassword) {
        "Check the file of --password-file; mind upper and lower case."
    } else if matches!(kind, FindingKind::SeveralCredentials { .. }) {
        "Commands that need one of them take its number or name with --choose."
    } else if matches!(kind, FindingKind::MissingPart { part: Part::Url }) {
        "Commands that need the URL of the API portal take it with --portal-url; or copy the complete document again."
    } else if matches!(kind, FindingKind::OtherUrlGiven) {
        "Leave out --portal-url, or check that this is the right document."
    } else {
        kind.remedy()
    }
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
