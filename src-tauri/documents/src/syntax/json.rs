//! JSON (RFC 8259), with places, and with its defects where a person looks for them.

use jsonc_parser::{
    CollectOptions, ParseOptions, ParseStringErrorKind,
    ast::{ObjectProp, Value as Ast},
    common::Ranged,
    errors::{ParseError, ParseErrorKind},
    parse_to_ast,
};
use messages::{Message, message};
use zeroize::Zeroizing;

use super::binding::{Defect, Origin};
use crate::{
    FindingKind,
    tree::{MAX_DEPTH, Member, Node, Value},
};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a text that is one JSON value. Line breaks inside of texts are kept: certificates are pasted like that.
pub(super) fn parse(text: &str, origin: Origin) -> Result<Node, Defect> {
    if let Some(at) = find_too_deep(text) {
        return Err(Defect { at: origin.at(at), kind: FindingKind::TooDeep });
    }
    let parsed =
        parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| not_json(text, origin, &error))?;
    match parsed.value {
        Some(value) => Ok(node(value, origin)),
        None => Err(Defect { at: origin.at(0), kind: FindingKind::Empty }),
    }
}

/// Whether a text is to be read as JSON inside of another value.
pub(super) fn looks_like_json(text: &str) -> bool {
    let mut chars = text.trim_start().chars().filter(|c| !c.is_whitespace());
    match chars.next() {
        Some('{') => matches!(chars.next(), Some('"' | '}')),
        Some('[') => matches!(chars.next(), Some('{' | '[' | '"')),
        Some('"') => matches!(chars.next(), Some('{' | '[' | '\\')),
        Some(_) | None => false,
    }
}

fn node(ast: Ast<'_>, origin: Origin) -> Node {
    let at = origin.at(ast.range().start);
    let scalar = |text: &str| Value::Scalar(Zeroizing::new(text.to_owned()));
    let value = match ast {
        Ast::StringLit(literal) => Value::Text(Zeroizing::new(literal.value.into_owned())),
        Ast::NumberLit(literal) => scalar(literal.value),
        Ast::BooleanLit(literal) => scalar(if literal.value { "true" } else { "false" }),
        Ast::NullKeyword(_) => scalar("null"),
        Ast::Object(object) => {
            Value::Object(object.properties.into_iter().map(|property| member(property, origin)).collect())
        }
        Ast::Array(array) => Value::List(array.elements.into_iter().map(|element| node(element, origin)).collect()),
    };
    Node { at, value }
}

fn member(property: ObjectProp<'_>, origin: Origin) -> Member {
    Member {
        key_at: origin.at(property.range.start),
        key: Zeroizing::new(property.name.into_string()),
        value: node(property.value, origin),
    }
}

fn not_json(text: &str, origin: Origin, error: &ParseError) -> Defect {
    let range = error.range();
    let defect = |at, problem: Message| Defect { at: origin.at(at), kind: FindingKind::NotJson { problem } };
    if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
        return Defect { at: origin.at(range.start), kind: FindingKind::TooDeep };
    }
    if let Some(at) = find_missing_quote(text, range.start) {
        return defect(at, message!("problem-json-missing-quote"));
    }
    // What is not closed is reported from its opening on; it is missed where the text ends.
    let unclosed = matches!(error.kind(), ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray);
    let at = if unclosed { range.end } else { range.start };
    // The sentence of one kind quotes the text.
    let quoting = |kind: &ParseStringErrorKind| matches!(kind, ParseStringErrorKind::InvalidUnicodeEscapeSequence(_));
    if matches!(error.kind(), ParseErrorKind::String(kind) if quoting(kind)) {
        return defect(at, message!("problem-json-unicode"));
    }
    let kind = if let ParseErrorKind::String(kind) = error.kind() {
        format!("{kind:?}")
    } else {
        format!("{:?}", error.kind())
    };
    defect(at, message!("problem-json", kind = kind, problem = error.kind().to_string()))
}

/// Where a closing quote is missing, if that is why the parser stumbled at `error_at`: the text ran on over the end of its
/// line up to the quote that opens the next one. Certificates with real line breaks run on, too, but end with their quote.
fn find_missing_quote(text: &str, error_at: usize) -> Option<usize> {
    let mut last = None;
    for (at, mark) in (Marks { text, at: 0 }) {
        match mark {
            Mark::Text { end, closed } => {
                last = Some((at, end, closed)).filter(|_| at <= error_at).or(last);
                if end > error_at {
                    break;
                }
            }
            Mark::Open | Mark::Close => {}
        }
    }
    let (start, end, closed) = last?;
    let literal = &text[start + 1..end];
    let runs_on = !closed || text[end..].starts_with(|c: char| c.is_alphanumeric() || "_-.\\/".contains(c));
    let block_end = literal.rfind("-----END");
    if !runs_on || (literal.contains("-----BEGIN") && block_end.is_none()) {
        return None;
    }
    let from = block_end.unwrap_or(0);
    let line = &literal[from..from + literal[from..].find('\n')?];
    let line = line.trim_end();
    Some(start + 1 + from + line.strip_suffix(',').unwrap_or(line).trim_end().len())
}

/// Where the nesting exceeds [`MAX_DEPTH`]: told beforehand, for the parser calls itself.
fn find_too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    (Marks { text, at: 0 }).find_map(|(at, mark)| {
        match mark {
            Mark::Open => depth += 1,
            Mark::Close => depth = depth.saturating_sub(1),
            Mark::Text { .. } => {}
        }
        (depth > MAX_DEPTH).then_some(at)
    })
}

/// Where the object or list ends with which a text begins; `None` if it does not end.
pub(crate) fn find_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    (Marks { text, at: 0 }).find_map(|(at, mark)| {
        match mark {
            Mark::Open => depth += 1,
            Mark::Close => depth = depth.saturating_sub(1),
            Mark::Text { .. } => return None,
        }
        (depth == 0).then_some(at + 1)
    })
}

/// Brackets and texts of JSON that may be damaged, by their beginnings.
struct Marks<'a> {
    text: &'a str,
    at: usize,
}

enum Mark {
    Open,
    Close,
    /// From the opening quote to `end`, which is behind the closing quote or where the whole text ends.
    Text {
        end: usize,
        closed: bool,
    },
}

impl Iterator for Marks<'_> {
    type Item = (usize, Mark);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let at = self.at + bytes.get(self.at..)?.iter().position(|byte| b"{}[]\"".contains(byte))?;
        self.at = at + 1;
        let mark = match bytes[at] {
            b'{' | b'[' => Mark::Open,
            b'}' | b']' => Mark::Close,
            _ => {
                let mut end = at + 1;
                while let Some(length) = bytes.get(end..)?.iter().position(|byte| b"\"\\".contains(byte)) {
                    end += length + 1;
                    if bytes[end - 1] == b'"' {
                        self.at = end;
                        return Some((at, Mark::Text { end, closed: true }));
                    }
                    end = (end + 1).min(bytes.len());
                }
                self.at = bytes.len();
                Mark::Text { end: bytes.len(), closed: false }
            }
        };
        Some((at, mark))
    }
}
