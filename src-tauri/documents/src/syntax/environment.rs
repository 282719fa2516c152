//! Environment files: `NAME=value` lines as shells and the programs named dotenv read them. Nothing is substituted: a `$`
//! in a secret is a `$`.

use std::collections::HashMap;

use messages::{Message, message};
use zeroize::Zeroizing;

use super::{
    binding::{Binding, Defect, Origin},
    json, wrappers,
};
use crate::{
    FindingKind, Part, Syntax,
    tree::{Member, Node, Value},
};

struct Variable<'a> {
    name: &'a str,
    name_at: usize,
    /// Bytes from the start of the file; of the opening quote, if there is one.
    value_at: usize,
    value: Zeroizing<String>,
    /// How places inside the value become places in the file.
    origin: Origin,
}

/// Reads a file. The variables of one prefix are one binding.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    let variables = read_variables(text, start)?;
    let mut bindings = Vec::new();
    for services in variables.iter().filter(|variable| variable.name == "VCAP_SERVICES") {
        wrappers::collect_vcap_services(json::parse(&services.value, services.origin)?, &[], &mut bindings)?;
    }
    let groups = find_groups(&variables);
    if groups.is_empty() {
        for variable in variables.iter().filter(|variable| holds_json(variable)) {
            wrappers::collect(json::parse(&variable.value, variable.origin)?, &[], variable.name, &mut bindings)?;
        }
    }
    if !groups.is_empty() || bindings.is_empty() {
        bindings.extend(group(variables, &groups));
    }
    Ok(wrappers::name_apart(bindings))
}

/// Whether a line is the beginning of a variable.
pub(super) fn find_name(line: &str) -> Option<&str> {
    let assignment = skip_export(line.trim_start());
    let length = assignment.find(|c: char| !c.is_ascii_alphanumeric() && !"_.-".contains(c))?;
    let name = &assignment[..length];
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (named && assignment[length..].trim_start_matches([' ', '\t']).starts_with('=')).then_some(name)
}

pub(super) fn skip_export(line: &str) -> &str {
    match line.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        Some(_) | None => line,
    }
}

fn holds_json(variable: &Variable<'_>) -> bool {
    !variable.name.starts_with("VCAP_") && json::looks_like_json(&variable.value)
}

fn malformed(at: usize, problem: Message) -> Defect {
    Defect { at, kind: FindingKind::Malformed { syntax: Syntax::Environment, problem } }
}

fn read_variables(text: &str, start: usize) -> Result<Vec<Variable<'_>>, Defect> {
    let mut variables = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let line = line_at(text, at);
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            at += line.len();
            continue;
        }
        let Some(name) = find_name(line) else {
            let indent = line.len() - line.trim_start().len();
            return Err(malformed(start + at + indent, message!("problem-name-value")));
        };
        let name_at = at + line.len() - skip_export(line.trim_start()).len();
        let behind = name_at + name.len();
        let equals = behind + text[behind..].find('=').unwrap_or(0) + 1;
        let value_at = equals + text[equals..].len() - text[equals..].trim_start_matches([' ', '\t']).len();
        let read = read_value(text, value_at, name).map_err(|(at, problem)| malformed(start + at, problem))?;
        let origin = match read.verbatim {
            Some(from) => Origin::Verbatim(start + from),
            None => Origin::Inside(start + value_at),
        };
        let (name_at, value_at) = (start + name_at, start + value_at);
        variables.push(Variable { name, name_at, value_at, value: read.value, origin });
        at = read.end;
    }
    Ok(variables)
}

/// The line at a byte with its line end.
fn line_at(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}

struct Read {
    value: Zeroizing<String>,
    /// Where the value stands as it is, if it does.
    verbatim: Option<usize>,
    /// Where the next line begins.
    end: usize,
}

fn read_value(text: &str, at: usize, name: &str) -> Result<Read, (usize, Message)> {
    let rest = &text[at..];
    if rest.starts_with(['\'', '"']) {
        return read_quoted(text, at);
    }
    let line = line_at(text, at);
    let mut length = line.len();
    let mut value = cut_comment(line).trim();
    if rest.starts_with(['{', '[']) {
        match json::find_end(rest) {
            Some(end) if line_at(rest, end).trim().is_empty() => {
                (value, length) = (&rest[..end], end + line_at(rest, end).len());
            }
            None if name == "VCAP_SERVICES" => (value, length) = (rest.trim_end(), rest.len()),
            Some(_) | None => {}
        }
    } else if let Some(end) = find_block_end(rest) {
        // PEM with its line breaks and without quotes: no program reads it, but people paste it.
        (value, length) = (&rest[..end], end + line_at(rest, end).len());
    }
    Ok(Read { value: Zeroizing::new(value.to_owned()), verbatim: Some(at), end: at + length })
}

/// Where the last of the PEM blocks ends that begin in the first line of a text; `None` if no block does or all end there.
fn find_block_end(text: &str) -> Option<usize> {
    let line = line_at(text, 0);
    if !line.contains("-----BEGIN") || line.contains("-----END") {
        return None;
    }
    let mut end = 0;
    while text[end..].trim_start().starts_with("-----BEGIN") {
        let mark = end + text[end..].find("-----END")? + "-----END".len();
        end = mark + text[mark..].find("-----")? + "-----".len();
    }
    Some(end)
}

/// A comment begins behind white space only: a `#` may be part of a secret.
fn cut_comment(line: &str) -> &str {
    let comment = line.match_indices('#').find(|(at, _)| *at == 0 || line[..*at].ends_with([' ', '\t']));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// Reads what begins with a quote. As in a shell, pieces in other quotes may follow.
fn read_quoted(text: &str, at: usize) -> Result<Read, (usize, Message)> {
    // No escape is shorter than what it stands for, so the buffer never moves and leaves no copy behind.
    let mut value = Zeroizing::new(String::with_capacity(find_length(text, at)));
    let mut verbatim = Some(at + 1);
    let mut next = at;
    while let Some(quote) = text[next..].chars().next().filter(|c| !c.is_whitespace() && *c != '#') {
        if next != at {
            verbatim = None;
        }
        next += quote.len_utf8();
        match quote {
            '\'' => {
                let length = text[next..].find('\'').ok_or((next - 1, UNCLOSED))?;
                value.push_str(&text[next..next + length]);
                next += length + 1;
            }
            '"' => {
                let opened = next - 1;
                loop {
                    let length = text[next..].find(['"', '\\']).ok_or((opened, UNCLOSED))?;
                    value.push_str(&text[next..next + length]);
                    next += length + 1;
                    if text[..next].ends_with('"') {
                        break;
                    }
                    verbatim = None;
                    let escaped = text[next..].chars().next().ok_or((opened, UNCLOSED))?;
                    next += escaped.len_utf8();
                    match escaped {
                        'n' => value.push('\n'),
                        'r' => value.push('\r'),
                        't' => value.push('\t'),
                        '"' | '\\' | '$' | '`' => value.push(escaped),
                        other => {
                            value.push('\\');
                            value.push(other);
                        }
                    }
                }
            }
            '\\' => {
                let escaped = text[next..].chars().next().ok_or((next - 1, UNCLOSED))?;
                value.push(escaped);
                next += escaped.len_utf8();
            }
            other => value.push(other),
        }
    }
    let rest = line_at(text, next);
    if !cut_comment(rest).trim().is_empty() {
        return Err((next, message!("problem-line-end")));
    }
    Ok(Read { value, verbatim, end: next + rest.len() })
}

const UNCLOSED: Message = message!("problem-quote");

/// An upper limit for the length of a quoted value: to the next line that begins a variable.
fn find_length(text: &str, at: usize) -> usize {
    let mut end = at + line_at(text, at).len();
    while end < text.len() && find_name(line_at(text, end)).is_none() {
        end += line_at(text, end).len();
    }
    end - at
}

/// Variables with the same prefix in front of the parts of credentials.
#[derive(Debug, Clone, Copy)]
struct Group<'a> {
    prefix: &'a str,
    /// Whether its parts can be credentials. A URL or a key alone also belongs to databases and other things.
    strong: bool,
}

fn find_groups<'a>(variables: &[Variable<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut indices = HashMap::new();
    for variable in variables {
        let Some((prefix, part)) = split_prefix(variable.name) else { continue };
        let strong = matches!(part, Part::ClientId | Part::ClientSecret | Part::Certificate);
        let index = *indices.entry(prefix).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.strong |= strong,
            None => groups.push(Group { prefix, strong }),
        }
    }
    if groups.iter().any(|group| group.strong) {
        groups.retain(|group| group.strong);
    }
    groups
}

/// What stands in front of a part of credentials, such as `SALES_` in `SALES_CLIENT_ID`.
fn split_prefix(name: &str) -> Option<(&str, Part)> {
    starts(name).find_map(|at| Part::of_key(&name[at..]).map(|part| (&name[..at], part)))
}

/// Where the words of a name begin. Nobody gives a variable more than a few.
fn starts(name: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(name.match_indices(['_', '.', '-']).map(|(at, _)| at + 1)).take(MAX_WORDS)
}

const MAX_WORDS: usize = 16;

/// One binding for each group; one for everything if there is no group. Variables that belong to none are other programs'.
fn group(variables: Vec<Variable<'_>>, groups: &[Group<'_>]) -> Vec<Binding> {
    let everything = [Group { prefix: "", strong: false }];
    let groups = if groups.is_empty() { &everything[..] } else { groups };
    let mut members: Vec<Vec<Member>> = groups.iter().map(|_| Vec::new()).collect();
    let indices: HashMap<&str, usize> = groups.iter().enumerate().map(|(index, group)| (group.prefix, index)).collect();
    for variable in variables {
        // The longest prefix that is a group's, if a key is left behind it.
        let prefixes = starts(variable.name).filter(|at| *at < variable.name.len()).map(|at| &variable.name[..at]);
        let longest = prefixes.filter_map(|prefix| Some((prefix, *indices.get(prefix)?))).last();
        if let Some((prefix, index)) = longest {
            members[index].push(Member {
                key: Zeroizing::new(variable.name[prefix.len()..].to_owned()),
                key_at: variable.name_at,
                value: Node { at: variable.value_at, value: Value::Text(variable.value) },
            });
        }
    }
    groups
        .iter()
        .zip(members)
        .filter_map(|(group, members)| {
            let at = members.first()?.key_at;
            let name = group.prefix.trim_end_matches(['_', '.', '-']);
            let name = if wrappers::is_plain_name(name) { name } else { "" };
            let node = Node { at, value: Value::Object(members) };
            Some(Binding { name: name.to_owned(), wrappers: Vec::new(), node })
        })
        .collect()
}
