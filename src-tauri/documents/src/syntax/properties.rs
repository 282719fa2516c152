//! Java properties, by the rules of `java.util.Properties.load`. Read here, since no crate tells the places of values, or
//! wipes what it copies.

use messages::message;
use zeroize::Zeroizing;

use super::binding::{Binding, Defect};
use crate::{
    FindingKind, Syntax,
    tree::{Member, Node, Value},
};

/// Reads a file, which is one object.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    let members = read_members(text, start)?;
    let Some(first) = members.first() else { return Ok(Vec::new()) };
    let node = Node { at: first.key_at, value: Value::Object(members) };
    Ok(vec![Binding { name: String::new(), wrappers: Vec::new(), node }])
}

pub(super) fn read_members(text: &str, start: usize) -> Result<Vec<Member>, Defect> {
    let mut members = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let line = text[at..].trim_start_matches([' ', '\t', '\u{c}', '\r', '\n']);
        at = text.len() - line.len();
        if line.is_empty() {
            break;
        }
        if line.starts_with(['#', '!']) {
            at += line.find(['\r', '\n']).unwrap_or(line.len());
            continue;
        }
        let mut chars = Chars { text, at };
        let key_at = chars.skip_continuations();
        // Nothing but backslashes at the ends of lines is no property.
        if matches!(text[key_at..].chars().next(), None | Some('\r' | '\n')) || &text[key_at..] == "\\" {
            at = chars.end_line();
            continue;
        }
        let key = chars.collect(|c| !c.escaped && matches!(c.value, ' ' | '\t' | '\u{c}' | '=' | ':'));
        chars.skip_separator();
        let value_at = chars.skip_continuations();
        let value = chars.collect(|_| false);
        at = chars.end_line();
        let (key, value) = match (key, value) {
            (Ok(key), Ok(value)) => (key, value),
            (Err(at), _) | (_, Err(at)) => {
                let problem = message!("problem-hex-digits");
                return Err(Defect {
                    at: start + at,
                    kind: FindingKind::Malformed { syntax: Syntax::Properties, problem },
                });
            }
        };
        let value = Node { at: start + value_at, value: Value::Text(value) };
        members.push(Member { key, key_at: start + key_at, value });
    }
    Ok(members)
}

/// The characters of a logical line: escapes are resolved, lines that end in a backslash go on in the next one.
struct Chars<'a> {
    text: &'a str,
    at: usize,
}

#[derive(Clone, Copy)]
struct Char {
    value: char,
    escaped: bool,
    /// Behind it.
    end: usize,
}

impl Chars<'_> {
    /// The next character, which is not passed yet. An error is the place of an escape that is none.
    fn peek(&self) -> Result<Option<Char>, usize> {
        let mut at = self.at;
        loop {
            let mut chars = self.text[at..].chars();
            let Some(value) = chars.next() else { return Ok(None) };
            if matches!(value, '\r' | '\n') {
                return Ok(None);
            }
            if value != '\\' {
                return Ok(Some(Char { value, escaped: false, end: at + value.len_utf8() }));
            }
            let escaped = |value, length| Ok(Some(Char { value, escaped: true, end: at + length }));
            return match chars.next() {
                // A backslash at the very end stands for nothing.
                None => Ok(None),
                Some('\r' | '\n') => {
                    let rest = chars.as_str();
                    let crlf = self.text[at + 1..].starts_with("\r\n");
                    let rest = if crlf { &rest[1..] } else { rest };
                    at = self.text.len() - rest.trim_start_matches([' ', '\t', '\u{c}']).len();
                    continue;
                }
                Some('t') => escaped('\t', 2),
                Some('n') => escaped('\n', 2),
                Some('r') => escaped('\r', 2),
                Some('f') => escaped('\u{c}', 2),
                Some('u') => {
                    let (value, length) = self.read_unicode(at).ok_or(at)?;
                    escaped(value, length)
                }
                Some(other) => escaped(other, 1 + other.len_utf8()),
            };
        }
    }

    /// `\uXXXX`, or two of them for a character beyond 16 bits.
    fn read_unicode(&self, at: usize) -> Option<(char, usize)> {
        let unit = |at: usize| {
            let digits = self.text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
            let valid = digits.chars().all(|c| c.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16).ok().filter(|_| valid)
        };
        let first = unit(at)?;
        if let Some(c) = char::from_u32(first.into()) {
            return Some((c, 6));
        }
        let second = unit(at + 6)?;
        let c = char::decode_utf16([first, second]).next()?.ok()?;
        Some((c, 12))
    }

    fn collect(&mut self, ends: impl Fn(Char) -> bool) -> Result<Zeroizing<String>, usize> {
        // No escape is shorter than what it stands for, so one count is enough for a buffer that never moves.
        let mut counting = Chars { text: self.text, at: self.at };
        while let Some(c) = counting.peek()?.filter(|c| !ends(*c)) {
            counting.at = c.end;
        }
        let mut collected = Zeroizing::new(String::with_capacity(counting.at - self.at));
        while let Some(c) = self.peek()?.filter(|c| !ends(*c)) {
            collected.push(c.value);
            self.at = c.end;
        }
        Ok(collected)
    }

    /// White space with at most one `=` or `:` in it.
    fn skip_separator(&mut self) {
        let mut separated = false;
        while let Ok(Some(c)) = self.peek() {
            match c.value {
                _ if c.escaped => break,
                ' ' | '\t' | '\u{c}' => {}
                '=' | ':' if !separated => separated = true,
                _ => break,
            }
            self.at = c.end;
        }
    }

    /// Where the logical line ends, of which no character is left.
    fn end_line(&mut self) -> usize {
        // A backslash at the very end of the text continues nothing.
        let at = self.skip_continuations();
        at + usize::from(self.text[at..].starts_with('\\'))
    }

    /// Where the next character really stands.
    fn skip_continuations(&mut self) -> usize {
        while let Some(rest) = self.text[self.at..].strip_prefix('\\').filter(|rest| rest.starts_with(['\r', '\n'])) {
            let rest = rest.strip_prefix("\r\n").unwrap_or_else(|| &rest[1..]);
            self.at = self.text.len() - rest.trim_start_matches([' ', '\t', '\u{c}']).len();
        }
        self.at
    }
}
