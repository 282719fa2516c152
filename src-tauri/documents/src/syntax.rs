//! From text to bindings: JSON, YAML, properties, environment files, PEM and `curl` commands, with everything that stands
//! around the credentials taken off.

mod binding;
mod console;
mod curl;
mod environment;
mod fence;
mod json;
mod pem;
mod properties;
mod wrappers;
mod yaml;

use std::ops::Range;

use crate::{Finding, FindingKind, Part, Syntax, Wrapper, place::Source, text::without_mark, tree::Member};

use self::binding::Defect;

pub(crate) use self::{binding::Binding, json::find_end as find_json_end};

/// A text whose syntax was understood.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub syntax: Syntax,
    /// What may be credentials, in the order of the text: one object each. Never empty.
    pub bindings: Vec<Binding>,
    /// About the text as a whole.
    pub findings: Vec<Finding>,
}

/// Understands a text, or says why not and where.
pub(crate) fn parse(text: &str) -> Result<Parsed, Finding> {
    let behind_mark = without_mark(text);
    let start = text.len() - behind_mark.len();
    let parsed = match behind_mark {
        blank if blank.trim().is_empty() => Err(Defect { at: 0, kind: FindingKind::Empty }),
        rest => read(rest, start),
    };
    let parsed = parsed.and_then(|(syntax, bindings)| match bindings.is_empty() {
        true => Err(Defect { at: start, kind: FindingKind::NoCredentials }),
        false => Ok(Parsed { syntax, bindings, findings: Vec::new() }),
    });
    parsed.map_err(|defect| Finding { place: Some(Source { text }.place(defect.at)), kind: defect.kind })
}

fn read(text: &str, start: usize) -> Result<(Syntax, Vec<Binding>), Defect> {
    let contents = fence::find_contents(text);
    if !contents.is_empty() {
        return read_fences(text, start, &contents);
    }
    let Some(syntax) = detect(text) else {
        let at = start + text.len() - text.trim_start().len();
        return Err(Defect { at, kind: FindingKind::NoCredentials });
    };
    let bindings = match syntax {
        Syntax::Json => console::parse(text, start),
        Syntax::Yaml => yaml::parse(text, start),
        Syntax::Properties => properties::parse(text, start),
        Syntax::Environment => environment::parse(text, start),
        Syntax::Pem => Ok(pem::parse(text, start)),
        Syntax::Curl => curl::parse(text, start),
        // These are no text.
        Syntax::Pkcs12 | Syntax::Zip => Ok(Vec::new()),
    };
    Ok((syntax, bindings?))
}

/// Reads what is in code fences. What cannot be read is told only if nothing else can.
fn read_fences(text: &str, start: usize, contents: &[Range<usize>]) -> Result<(Syntax, Vec<Binding>), Defect> {
    let (mut syntax, mut bindings, mut defect) = (None, Vec::new(), None);
    for content in contents {
        // What is fenced holds no fences, so this goes no deeper.
        match read(&text[content.clone()], start + content.start) {
            Ok((found, inside)) => {
                syntax = syntax.or(Some(found));
                bindings.extend(inside);
            }
            Err(found) => defect = defect.or(Some(found)),
        }
    }
    for binding in &mut bindings {
        binding.wrappers.insert(0, Wrapper::CodeFence);
    }
    match (syntax, defect) {
        (Some(syntax), _) if !bindings.is_empty() => Ok((syntax, wrappers::name_apart(bindings))),
        (_, Some(defect)) => Err(defect),
        (_, None) => Err(Defect { at: start, kind: FindingKind::NoCredentials }),
    }
}

/// The syntax that a text is meant to have, by its first significant characters; `None` for prose.
fn detect(text: &str) -> Option<Syntax> {
    let trimmed = text.trim();
    match trimmed.chars().next()? {
        '"' if is_quoted_yaml(trimmed) => return Some(Syntax::Yaml),
        '{' | '}' | ']' | ',' | '"' => return Some(Syntax::Json),
        // A prompt may begin with a bracket, too.
        '[' if !curl::is_script(text) => return Some(Syntax::Json),
        _ => {}
    }
    if pem::is_alone(text) {
        return Some(Syntax::Pem);
    }
    if curl::is_script(text) {
        return Some(Syntax::Curl);
    }
    let lines = || text.lines().filter(|line| !matches!(line.trim_start().chars().next(), None | Some('#' | '!')));
    let first = lines().next()?.trim();
    let is_json = console::holds_json(text) && !begins_key_values(first);
    if is_json {
        return Some(Syntax::Json);
    }
    if first == "---" || first.starts_with("--- ") || first.starts_with("%YAML") || first.starts_with("- ") {
        return Some(Syntax::Yaml);
    }
    if environment::find_name(first).is_some() {
        return Some(if is_environment(text) { Syntax::Environment } else { Syntax::Properties });
    }
    if text.lines().any(is_escaped_url) {
        return Some(Syntax::Properties);
    }
    if yaml_key(first).is_some() {
        return Some(Syntax::Yaml);
    }
    let is_part = |member: &Member| Part::of_key(&member.key).is_some();
    // What is no properties on the first lines is none at all.
    let head = text.match_indices('\n').nth(MAX_HEAD).map_or(text, |(end, _)| &text[..end]);
    let properties = properties::read_members(head, 0).is_ok_and(|read| read.iter().filter(|m| is_part(m)).count() > 1);
    properties.then_some(Syntax::Properties)
}

/// How many lines are read to tell properties without `=` or `:` from prose.
const MAX_HEAD: usize = 100;

/// Whether a line is `name=value` or `name: value`, so that JSON below it is a value, too.
fn begins_key_values(line: &str) -> bool {
    let vcap = line.starts_with("VCAP_SERVICES:") || line.starts_with("VCAP_APPLICATION:");
    let key = yaml_key(line).is_some_and(|value| !value.is_empty() || !line.starts_with(|c: char| c.is_uppercase()));
    !vcap && (environment::find_name(line).is_some() || key || line == "---" || line.starts_with("- "))
}

/// What stands behind the key with which a line of YAML begins.
fn yaml_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || "_-./\"'".contains(c));
    (plain && !key.is_empty() && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| value.trim())
}

/// Whether a line is `name: https\\://…`, as only properties are written. In quotes it is YAML.
fn is_escaped_url(line: &str) -> bool {
    yaml_key(line.trim()).is_some_and(|value| value.starts_with("https\\:") || value.starts_with("http\\:"))
}

/// Whether a text that begins with a quoted key is YAML, and not JSON without its first line.
fn is_quoted_yaml(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    yaml_key(first).is_some() && !text.ends_with('}') && !text.lines().any(|line| line.trim_end().ends_with(','))
}

/// Whether `name=value` lines are an environment file rather than properties: by what only one of them has.
fn is_environment(text: &str) -> bool {
    const DESTINATION: [&str; 4] = ["Authentication", "ProxyType", "tokenServiceURL", "tokenServiceURLType"];
    let names = || text.lines().filter_map(|line| Some((environment::find_name(line)?, line)));
    if names().any(|(name, _)| DESTINATION.contains(&name)) {
        return false;
    }
    let quoted = |line: &str| {
        let value = line.split_once('=').map_or("", |(_, value)| value.trim());
        value.starts_with(['\'', '"']) || environment::skip_export(line.trim_start()).len() < line.trim_start().len()
    };
    names().any(|(_, line)| quoted(line)) || names().all(|(name, _)| !name.contains(|c: char| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests;
