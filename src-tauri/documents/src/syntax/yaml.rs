//! YAML 1.2 as credentials come in it: block and flow collections, all scalars, several documents. What refers to other
//! places (anchors, aliases, merge keys) or means something special (tags) is refused: no program writes credentials so.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag, options};
use messages::{Message, message};
use zeroize::Zeroizing;

use super::{
    binding::{Binding, Defect, Origin},
    wrappers,
};
use crate::{
    FindingKind,
    tree::{MAX_DEPTH, Member, Node, Value},
};

/// Reads a text of one or several documents.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Binding>, Defect> {
    let documents = read_documents(text, Origin::Verbatim(start))?;
    let several = documents.len() > 1;
    let mut bindings = Vec::new();
    for (index, node) in documents.into_iter().enumerate() {
        let path = if several { format!("#{}", index + 1) } else { String::new() };
        wrappers::collect(node, &[], &path, &mut bindings)?;
    }
    Ok(wrappers::name_apart(bindings))
}

fn read_documents(text: &str, origin: Origin) -> Result<Vec<Node>, Defect> {
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader { text, origin, open: Vec::new(), documents: Vec::new() };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| not_yaml(text, origin, &error))?;
        reader.read(event, span)?;
    }
    Ok(reader.documents)
}

struct Reader<'a> {
    text: &'a str,
    origin: Origin,
    open: Vec<Open>,
    documents: Vec<Node>,
}

/// A collection that has not ended.
struct Open {
    /// Bytes from the start of `text`.
    begin: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Object { members: Vec<Member>, key: Option<(usize, Zeroizing<String>)>, flow: bool },
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, span: Span) -> Result<(), Defect> {
        let range = span.byte_range().unwrap_or_default();
        let begin = range.start;
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.check(begin, anchor, tag.as_deref())?;
                self.add_scalar(begin, value, style, tag.as_deref())
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check(begin, anchor, tag.as_deref())?;
                self.open(begin, Content::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check(begin, anchor, tag.as_deref())?;
                let flow = style == StructureStyle::Flow;
                self.open(begin, Content::Object { members: Vec::new(), key: None, flow })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => Err(self.refuse(begin, ALIAS)),
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd
            | Event::Comment(..) => Ok(()),
            _ => Err(self.refuse(begin, message!("problem-yaml-content"))),
        }
    }

    fn refuse(&self, at: usize, problem: Message) -> Defect {
        Defect { at: self.origin.at(at), kind: FindingKind::NotYaml { problem } }
    }

    fn check(&self, at: usize, anchor: usize, tag: Option<&Tag>) -> Result<(), Defect> {
        if anchor != 0 {
            return Err(self.refuse(at, ALIAS));
        }
        if tag.is_some_and(Tag::is_custom) {
            return Err(self.refuse(at, message!("problem-yaml-tags")));
        }
        Ok(())
    }

    fn add_scalar(
        &mut self,
        at: usize,
        text: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) -> Result<(), Defect> {
        let text = Zeroizing::new(text.into_owned());
        let plain = style == ScalarStyle::Plain && !tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
        if let Some(Open { content: Content::Object { key: key @ None, .. }, .. }) = self.open.last_mut() {
            if plain && *text == "<<" {
                return Err(self.refuse(at, message!("problem-yaml-merge")));
            }
            *key = Some((at, text));
            return Ok(());
        }
        let value = if plain && is_scalar(&text) { Value::Scalar(text) } else { Value::Text(text) };
        self.add(Node { at: self.origin.at(at), value });
        Ok(())
    }

    fn open(&mut self, begin: usize, content: Content) -> Result<(), Defect> {
        if let Some(Open { content: Content::Object { key: None, .. }, .. }) = self.open.last() {
            return Err(self.refuse(begin, message!("problem-yaml-key")));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Defect { at: self.origin.at(begin), kind: FindingKind::TooDeep });
        }
        self.open.push(Open { begin, content });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Defect> {
        let Some(Open { begin, content }) = self.open.pop() else { return Ok(()) };
        let value = match content {
            Content::List(elements) => Value::List(elements),
            Content::Object { members, flow, .. } => match self.text.get(begin..end).filter(|_| flow) {
                Some(source) if is_placeholder(&members) => Value::Text(Zeroizing::new(source.trim().to_owned())),
                Some(_) | None => Value::Object(members),
            },
        };
        self.add(Node { at: self.origin.at(begin), value });
        Ok(())
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.content) {
            Some(Content::List(elements)) => elements.push(node),
            Some(Content::Object { members, key, .. }) => {
                if let Some((key_at, key)) = key.take() {
                    members.push(Member { key, key_at: self.origin.at(key_at), value: node });
                }
            }
            None => self.documents.push(node),
        }
    }
}

const ALIAS: Message = message!("problem-yaml-alias");

/// `{URL}`, which a sample holds in place of a value, is a mapping to YAML.
fn is_placeholder(members: &[Member]) -> bool {
    match members {
        [Member { key, value: Node { value: Value::Scalar(value), .. }, .. }] => {
            matches!(value.as_str(), "" | "~") && key.chars().all(|c| c.is_ascii_alphanumeric() || " ._-".contains(c))
        }
        _ => false,
    }
}

/// Whether a plain scalar is null, a truth value or a number by the core schema (YAML 1.2.2 §10.3.2).
fn is_scalar(text: &str) -> bool {
    const WORDS: [&str; 4] = ["null", "true", "false", ".nan"];
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = unsigned.to_ascii_lowercase();
    let word = lower == ".inf" || (unsigned == text && WORDS.contains(&lower.as_str()));
    let digits = |prefix: &str, radix: u32| {
        text.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    let decimal = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c))
        && unsigned.parse::<f64>().is_ok();
    text.is_empty() || text == "~" || word || decimal || digits("0x", 16) || digits("0o", 8)
}

fn not_yaml(text: &str, origin: Origin, error: &ScanError) -> Defect {
    let marker = error.marker();
    let offset = marker
        .byte_offset()
        .unwrap_or_else(|| text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at));
    let at = origin.at(offset);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return Defect { at, kind: FindingKind::TooDeep };
    }
    let problem = if matches!(error.kind(), ErrorKind::UnknownAnchor) {
        ALIAS
    } else if matches!(error.kind(), ErrorKind::InvalidQuotedScalarIndent) {
        message!("problem-yaml-quote")
    } else if matches!(error.kind(), ErrorKind::UnexpectedCharacter { .. } | ErrorKind::Custom(_)) {
        // These sentences quote the text.
        message!("problem-yaml-character")
    } else {
        // The name of the kind, without what it carries.
        let kind = format!("{:?}", error.kind());
        let kind = kind.split([' ', '(', '{']).next().unwrap_or_default();
        message!("problem-yaml", kind = kind, problem = error.kind().to_string())
    };
    Defect { at, kind: FindingKind::NotYaml { problem } }
}
