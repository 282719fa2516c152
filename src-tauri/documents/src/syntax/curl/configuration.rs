//! The configuration that `curl --config -` reads from a here-document: one option a line.

use std::ops::Range;

use zeroize::Zeroizing;

/// An option of a configuration.
pub(super) struct ConfigurationOption {
    pub name: String,
    pub value: Zeroizing<String>,
    /// Where its value begins, behind the quote if it begins with one.
    pub at: usize,
}

/// Where the content of a here-document stands whose command ends at `end`, and where its closing line ends.
pub(super) fn find_here_document(text: &str, end: usize, delimiter: &str) -> (Range<usize>, usize) {
    let delimiter = delimiter.strip_prefix('-').unwrap_or(delimiter);
    let begin = text[end..].find('\n').map_or(text.len(), |length| end + length + 1);
    let mut at = begin;
    for line in text[begin..].split_inclusive('\n') {
        if line.trim() == delimiter && !delimiter.is_empty() {
            return (begin..at, at + line.len());
        }
        at += line.len();
    }
    (begin..at, at)
}

/// The options with a value.
pub(super) fn read(text: &str) -> Vec<ConfigurationOption> {
    let mut options = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(option) = read_line(line, at) {
            options.push(option);
        }
        at += line.len();
    }
    options
}

fn read_line(line: &str, at: usize) -> Option<ConfigurationOption> {
    let space = |c: char| c.is_whitespace();
    let trimmed = line.trim();
    if trimmed.starts_with('#') {
        return None;
    }
    let name_end = trimmed.find(|c| space(c) || matches!(c, '=' | ':'))?;
    let (name, rest) = trimmed.split_at(name_end);
    let rest = rest.trim_start();
    let value = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start();
    let begin = at + line.trim_end().len() - value.len();
    let name = name.trim_start_matches('-').to_owned();
    Some(match value.strip_prefix('"') {
        Some(quoted) => ConfigurationOption { name, value: unquote(quoted), at: begin + 1 },
        None => {
            let word = value.split(space).next().unwrap_or_default();
            ConfigurationOption { name, value: Zeroizing::new(word.to_owned()), at: begin }
        }
    })
}

/// What stands up to the closing quote. `curl` knows these escapes.
fn unquote(quoted: &str) -> Zeroizing<String> {
    let mut value = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut chars = quoted.chars();
    while let Some(c) = chars.next().filter(|c| *c != '"') {
        let plain = match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => break,
            },
            other => other,
        };
        value.push(plain);
    }
    value
}
