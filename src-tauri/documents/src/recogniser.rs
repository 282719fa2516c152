//! Takes the bytes of a file or a pasted text and says what they hold.

use std::cell::RefCell;

use crate::{
    Finding, FindingKind, Place, Severity, Shape, Syntax, Wrapper, archive, pkcs12,
    recognition::{Candidate, MAX_BYTES, Options, Recognition},
    syntax::{self, Binding},
    text,
    tree::{Node, Value},
    work::Work,
};

mod addresses;
mod arrange;
mod arrangement;
mod binding;
mod context;
mod extras;
mod files;
mod hosts;
mod keyed;
mod keystore;
mod kind;
mod pair;
mod pem_files;
mod places;
mod reading;
mod shown;
mod values;

use self::{
    context::Context,
    files::{ArchivedFile, Files},
    places::Places,
};

pub(crate) use self::extras::KNOWN_KEYS;

/// The most credentials that one document may hold: more than the bindings of any application, and more than a person can
/// choose from.
const MAX_CREDENTIALS: usize = 1_000;

/// Recognises the bytes of a file or a pasted text. Never fails: what is wrong is among the findings.
pub fn recognise(bytes: &[u8], options: &Options<'_>) -> Recognition {
    if bytes.len() > MAX_BYTES {
        return refuse(None, None, FindingKind::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    if archive::is_zip(bytes) {
        return recognise_archive(bytes, options);
    }
    let work = &Work::new(options.stop);
    if pkcs12::is_pkcs12(bytes) {
        return match recognise_container(bytes, Context { options, places: None, files: Files::NONE, work }) {
            Ok(candidates) => Recognition { syntax: Some(Syntax::Pkcs12), findings: Vec::new(), candidates }.finish(),
            Err(kind) => refuse(Some(Syntax::Pkcs12), None, kind),
        };
    }
    match text::decode(bytes) {
        Some(text) => recognise_text(&text, options, Files::NONE, work).finish(),
        None => refuse(None, None, FindingKind::NotText),
    }
}

fn refuse(syntax: Option<Syntax>, place: Option<Place>, kind: FindingKind) -> Recognition {
    Recognition { syntax, findings: vec![Finding { place, kind }], candidates: Vec::new() }
}

fn recognise_text(text: &str, options: &Options<'_>, files: Files<'_>, work: &Work<'_>) -> Recognition {
    let start = Place { line: 1, column: 1 };
    if text.trim().is_empty() {
        return refuse(None, Some(start), FindingKind::Empty);
    }
    let parsed = match syntax::parse(text) {
        Ok(parsed) => parsed,
        Err(finding) => {
            let syntax = if let FindingKind::Malformed { syntax, .. } = finding.kind {
                Some(syntax)
            } else if matches!(finding.kind, FindingKind::NotJson { .. }) {
                Some(Syntax::Json)
            } else if matches!(finding.kind, FindingKind::NotYaml { .. }) {
                Some(Syntax::Yaml)
            } else {
                None
            };
            return Recognition { syntax, findings: vec![finding], candidates: Vec::new() };
        }
    };
    let places = Places::of(text);
    let context = Context { options, places: Some(&places), files, work };
    let several = parsed.bindings.len() > 1;
    let mut candidates = Vec::new();
    for binding in &parsed.bindings {
        let end = find_end(text, &places, binding, parsed.syntax, several);
        for arrangement in arrange::arrange(&binding.node, parsed.syntax) {
            if work.go_on().is_err() {
                return refuse(Some(parsed.syntax), None, FindingKind::Stopped);
            }
            let mut candidate = binding::read(&arrangement, end, context);
            candidate.name = match arrangement.entry {
                None => binding.name.clone(),
                Some(index) if binding.name.is_empty() => format!("messaging[{index}]"),
                Some(index) => format!("{}.messaging[{index}]", binding.name),
            };
            candidate.wrappers.clone_from(&binding.wrappers);
            if arrangement.nested && candidate.wrappers.last() != Some(&Wrapper::Nested) {
                candidate.wrappers.push(Wrapper::Nested);
            }
            candidates.push(candidate);
        }
        if candidates.len() > MAX_CREDENTIALS {
            let kind = FindingKind::TooMany { limit: MAX_CREDENTIALS };
            return refuse(Some(parsed.syntax), Some(places.place(binding.node.at)), kind);
        }
    }
    let mut findings = parsed.findings;
    if candidates.is_empty() && !findings.iter().any(|finding| finding.severity() == Severity::Error) {
        let parameters = parsed.bindings.iter().find_map(|binding| arrange::find_creation_parameters(&binding.node));
        let (at, kind) = match parameters {
            Some(at) => (at, FindingKind::CreationParameters),
            None => {
                let first = text.len() - text.trim_start().len();
                let at = parsed.bindings.first().map_or(first, |binding| binding.node.at);
                (at, FindingKind::NoCredentials)
            }
        };
        findings.push(Finding { place: Some(places.place(at)), kind });
    }
    Recognition { syntax: Some(parsed.syntax), findings, candidates }
}

/// Where an object ends: at its closing brace, or where its last line does.
fn find_end(text: &str, places: &Places, binding: &Binding, syntax: Syntax, several: bool) -> usize {
    let at = binding.node.at;
    if text.as_bytes().get(at) == Some(&b'{')
        && let Some(length) = syntax::find_json_end(&text[at..])
    {
        return at + length - 1;
    }
    let lines = match syntax {
        Syntax::Json => true,
        Syntax::Yaml => several,
        Syntax::Properties | Syntax::Environment | Syntax::Pem | Syntax::Curl | Syntax::Pkcs12 | Syntax::Zip => several,
    };
    if lines { places.find_line_end(find_last(&binding.node)) } else { text.trim_end().len() }
}

/// Where the last value of a tree begins.
fn find_last(node: &Node) -> usize {
    let below = match &node.value {
        Value::Object(members) => members.iter().map(|member| find_last(&member.value)).max(),
        Value::List(nodes) => nodes.iter().map(find_last).max(),
        Value::Text(_) | Value::Scalar(_) => None,
    };
    below.map_or(node.at, |below| below.max(node.at))
}

fn recognise_container(bytes: &[u8], context: Context<'_>) -> Result<Vec<Candidate>, FindingKind> {
    let opened = pkcs12::open(bytes, context.options.password, context.work).map_err(keystore::describe_open_error)?;
    let several = opened.len() > 1;
    let read = |opened: pkcs12::Opened| {
        let name = if several { opened.alias.clone() } else { String::new() };
        Candidate { name, ..keystore::read_opened(opened, context) }
    };
    Ok(opened.into_iter().map(read).collect())
}

/// Recognises each file of an archive, and puts together what belongs together: a destination and its keystore, a command
/// and its files, a chain and its key.
fn recognise_archive(bytes: &[u8], options: &Options<'_>) -> Recognition {
    let syntax = Some(Syntax::Zip);
    let files: Vec<ArchivedFile> = match archive::open(bytes) {
        Ok(files) => files.into_iter().map(ArchivedFile::new).collect(),
        Err(finding) => return Recognition { syntax, findings: vec![finding], candidates: Vec::new() },
    };
    let work = &Work::new(options.stop);
    let taken = RefCell::new(vec![false; files.len()]);
    let mut recognised: Vec<Vec<Candidate>> = files.iter().map(|_| Vec::new()).collect();
    let mut refused = Vec::new();
    let mut pem = Vec::new();
    for (index, file) in files.iter().enumerate() {
        if work.go_on().is_err() {
            return refuse(syntax, None, FindingKind::Stopped);
        }
        let beside = Files::beside(&files, &file.name, &taken);
        let found = if pkcs12::is_pkcs12(&file.bytes) {
            continue;
        } else if let Some(text) = text::decode(&file.bytes) {
            if files::is_pem_alone(&text) {
                pem.push(index);
                continue;
            }
            recognise_text(&text, options, beside, work)
        } else {
            refuse(None, None, FindingKind::NotText)
        };
        let stopped = found.findings.iter().any(|finding| finding.severity() == Severity::Error);
        if stopped {
            refused.extend(found.findings);
        } else {
            recognised[index] = found.candidates;
        }
    }
    let is_taken = |index: usize| taken.borrow().get(index).copied().unwrap_or_default();
    pem.retain(|index| !is_taken(*index));
    let context = Context { options, places: None, files: Files::NONE, work };
    for (index, candidate) in pem_files::pair_pem_files(&files, &pem, context) {
        recognised[index].push(candidate);
    }
    for (index, file) in files.iter().enumerate() {
        if pkcs12::is_pkcs12(&file.bytes) && !is_taken(index) {
            recognised[index] = recognise_container(&file.bytes, context).unwrap_or_else(|kind| {
                let findings = vec![Finding { place: None, kind }];
                let (name, wrappers, fields) = (String::new(), Vec::new(), Vec::new());
                vec![Candidate { name, shape: Shape::Pkcs12, wrappers, fields, findings, document: None }]
            });
        }
    }
    let mut candidates = Vec::new();
    for (file, found) in files.iter().zip(recognised) {
        for mut candidate in found {
            let inside = if candidate.name.is_empty() { String::new() } else { format!(": {}", candidate.name) };
            candidate.name = format!("{}{inside}", file.name);
            candidates.push(candidate);
        }
    }
    if candidates.len() > MAX_CREDENTIALS {
        return refuse(syntax, None, FindingKind::TooMany { limit: MAX_CREDENTIALS });
    }
    let mut findings = Vec::new();
    if candidates.is_empty() {
        // With one file there is no doubt which one is meant.
        let none = Finding { place: None, kind: FindingKind::NoCredentials };
        findings = if files.len() == 1 && !refused.is_empty() { refused } else { vec![none] };
    }
    Recognition { syntax, findings, candidates }.finish()
}
