//! JSON as command lines print it: with a banner above, a prompt below, several objects one after another.

use messages::message;

use super::{
    binding::{Binding, Defect, Origin},
    json, wrappers,
};
use crate::{FindingKind, Wrapper};

/// A JSON value among other lines.
struct Island<'a> {
    text: &'a str,
    at: usize,
    /// Whether `VCAP_SERVICES:` stands before it, as version 8 of the cf command line prints it.
    vcap_services: bool,
}

/// Reads the JSON values of a text, each beginning on a line of its own.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    let Some((islands, banner)) = find_islands(text, start) else {
        return read_whole(text, start);
    };
    let outer: &[Wrapper] = if banner { &[Wrapper::ConsoleBanner] } else { &[] };
    let mut bindings = Vec::new();
    for island in islands {
        let node = json::parse(island.text, Origin::Verbatim(island.at))?;
        if island.vcap_services {
            wrappers::collect_vcap_services(node, outer, &mut bindings)?;
        } else {
            wrappers::collect(node, outer, "", &mut bindings)?;
        }
    }
    Ok(wrappers::name_apart(bindings))
}

/// Whether a text holds JSON that begins on a line of its own.
pub(super) fn holds_json(text: &str) -> bool {
    lines(text, 0).any(|(line, _)| find_json(line).is_some())
}

/// A text that is JSON and nothing else, whatever is wrong with it.
fn read_whole(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    let at = start + text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let mut bindings = Vec::new();
    // What stands in a JSON string, without its quotes.
    if trimmed.starts_with('{') && trimmed[1..].trim_start().starts_with("\\\"") {
        let quoted = zeroize::Zeroizing::new(format!("\"{trimmed}\""));
        wrappers::collect(json::parse(&quoted, Origin::Inside(at))?, &[], "", &mut bindings)?;
        return Ok(wrappers::name_apart(bindings));
    }
    if trimmed.starts_with('"') && is_member(trimmed) {
        let problem = message!("problem-json-missing-brace");
        return Err(Defect { at, kind: FindingKind::NotJson { problem } });
    }
    wrappers::collect(json::parse(text, Origin::Verbatim(start))?, &[], "", &mut bindings)?;
    Ok(wrappers::name_apart(bindings))
}

/// Whether a text begins with the name of a member: a document that lacks its first line.
fn is_member(text: &str) -> bool {
    text[1..].split_once('"').is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// The values, and whether anything else stands around them. `None` if the lines around them are pieces of JSON.
fn find_islands(text: &str, start: usize) -> Option<(Vec<Island<'_>>, bool)> {
    let (mut islands, mut banner) = (Vec::new(), false);
    let mut at = 0;
    while let Some((line, line_at)) = lines(text, at).next() {
        at = line_at + line.len();
        let trimmed = line.trim();
        if let Some(found) = find_json(line) {
            let from = line_at + found.at;
            let end = json::find_end(&text[from..]).map_or(text.len(), |length| from + length);
            let rest = text[end..].lines().next().unwrap_or_default();
            if !rest.trim().is_empty() {
                return None;
            }
            banner |= found.vcap_services;
            if !found.vcap_application {
                let vcap_services = found.vcap_services;
                islands.push(Island { text: &text[from..end], at: start + from, vcap_services });
            }
            at = end;
        } else if trimmed.starts_with(['}', ']', ',', '"', ':', '{']) {
            return None;
        } else {
            banner |= !trimmed.is_empty();
        }
    }
    (!islands.is_empty()).then_some((islands, banner))
}

struct Found {
    at: usize,
    vcap_services: bool,
    vcap_application: bool,
}

/// Where in a line a JSON value begins, if it is one to begin with.
fn find_json(line: &str) -> Option<Found> {
    let trimmed = line.trim_start();
    let (vcap_services, vcap_application) =
        (trimmed.starts_with("VCAP_SERVICES:"), trimmed.starts_with("VCAP_APPLICATION:"));
    let value = match trimmed.split_once(':') {
        Some((_, value)) if vcap_services || vcap_application => value.trim_start(),
        Some(_) | None => trimmed,
    };
    let mut chars = value.chars().filter(|c| !c.is_whitespace());
    let begins = match chars.next() {
        Some('{') => !matches!(chars.next(), Some('\\')),
        // A prompt may begin with a bracket, too.
        Some('[') => matches!(chars.next(), None | Some('{' | '[' | ']' | '"')),
        Some(_) | None => false,
    };
    begins.then_some(Found { at: line.len() - value.len(), vcap_services, vcap_application })
}

/// The lines from a byte on, with their line ends, and where they begin.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (&str, usize)> {
    text[from..].split_inclusive('\n').scan(from, |at, line| {
        let begin = *at;
        *at += line.len();
        Some((line, begin))
    })
}
