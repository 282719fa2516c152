//! From text to bindings: JSON, YAML, properties, environment files, PEM and `curl` commands, with everything that stands
//! around the credentials taken off.

mod console;
mod json;
mod kubernetes;
mod unwrap;

use crate::{
    Finding, FindingKind, Syntax, Wrapper,
    place::{BYTE_ORDER_MARK, Source},
    tree::Node,
};

/// A text whose syntax was understood.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub syntax: Syntax,
    /// What may be credentials, in the order of the text: one object each. Never empty.
    pub bindings: Vec<Binding>,
    /// About the text as a whole.
    pub findings: Vec<Finding>,
}

/// An object that may be credentials.
#[derive(Debug)]
pub(crate) struct Binding {
    /// As in [`crate::Candidate::name`].
    pub name: String,
    /// What was taken off, outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The object.
    pub node: Node,
}

/// What is wrong, and where: bytes from the start of the text as it was given.
#[derive(Debug)]
struct Defect {
    at: usize,
    kind: FindingKind,
}

/// How places in a piece of text become places in the text as it was given.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// The piece stands there as it is, from that byte on.
    Verbatim(usize),
    /// The piece was unescaped or decoded from the value at that byte.
    Inside(usize),
}

impl Origin {
    fn at(self, offset: usize) -> usize {
        match self {
            Self::Verbatim(start) => start + offset,
            Self::Inside(at) => at,
        }
    }
}

/// Understands a text, or says why not and where.
pub(crate) fn parse(text: &str) -> Result<Parsed, Finding> {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let parsed = match &text[start..] {
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
    console::parse(text, start).map(|bindings| (Syntax::Json, bindings))
}
