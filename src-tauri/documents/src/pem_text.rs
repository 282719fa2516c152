//! PEM text (RFC 7468) in every state in which it arrives: escaped, on one line, indented, inside other text.
//!
//! Reading goes over the text a fixed number of times, and every copy of it is wiped.

use std::collections::BTreeSet;

use messages::{Message, message};
use zeroize::Zeroizing;

use crate::{base64_text::decode_unpadded, text::is_space};

/// A way in which PEM text was damaged and put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PemRepair {
    /// Line breaks written as `\n`.
    EscapedLineBreaks,
    /// Line breaks written as `\\n`.
    DoublyEscapedLineBreaks,
    /// Line breaks of Windows.
    CarriageReturns,
    /// No line breaks at all, or spaces in their place.
    MissingLineBreaks,
    /// White space at the beginning of lines or around the blocks.
    Indentation,
    /// Text between or around the blocks.
    SurroundingText,
    /// The whole PEM text in base64.
    Base64,
}

impl PemRepair {
    /// What was put right.
    pub const fn message(self) -> Message {
        match self {
            Self::EscapedLineBreaks => message!("repair-escaped"),
            Self::DoublyEscapedLineBreaks => message!("repair-doubly-escaped"),
            Self::CarriageReturns => message!("repair-carriage-returns"),
            Self::MissingLineBreaks => message!("repair-missing-line-breaks"),
            Self::Indentation => message!("repair-indentation"),
            Self::SurroundingText => message!("repair-surrounding-text"),
            Self::Base64 => message!("repair-base64"),
        }
    }
}

/// The blocks of a text.
#[derive(Debug)]
pub(crate) struct PemText {
    /// In their order; never empty.
    pub blocks: Vec<Block>,
    /// What had to be put right, each way once.
    pub repairs: Vec<PemRepair>,
}

/// What stands between a BEGIN and its END.
#[derive(Debug)]
pub(crate) struct Block {
    /// One of [`LABELS`]. Any other name is not repeated: it may be half a key.
    pub label: Option<&'static str>,
    pub content: Content,
}

/// The content of a block.
pub(crate) enum Content {
    /// What the base64 says.
    Der(Zeroizing<Vec<u8>>),
    /// Encrypted in the way of RFC 1421 (`Proc-Type: 4,ENCRYPTED`), which OpenSSL calls traditional.
    Rfc1421,
    /// No valid base64.
    Damaged,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Der(_) => "Der(redacted)",
            Self::Rfc1421 => "Rfc1421",
            Self::Damaged => "Damaged",
        })
    }
}

/// The names of blocks that are known. RFC 7468 §5.1 has parsers accept the two old names of a certificate, too.
const LABELS: [&str; 17] = [
    "CERTIFICATE",
    "X509 CERTIFICATE",
    "X.509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "EC PARAMETERS",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "PKCS7",
    "X509 CRL",
];

const BEGIN: &str = "-----BEGIN";
const END: &str = "-----END";
const DASHES: &str = "-----";
/// The longest label is far shorter.
const MAX_LABEL: usize = 64;
/// RFC 7468 has 64 characters on a line, RFC 2045 allows 76.
const MAX_LINE: usize = 76;

/// Reads the blocks of a text. `None` if there is none, or if a BEGIN or an END lacks the other: what was cut off or
/// damaged must never make a chain shorter without a word.
pub(crate) fn read(text: &str) -> Option<PemText> {
    let mut repairs = BTreeSet::new();
    let plain = unescape(text, &mut repairs);
    let blocks = if plain.contains("BEGIN") {
        read_blocks(&plain, &mut repairs)?
    } else {
        let decoded = decode_text(&plain)?;
        // What was around the base64 is nothing to be told.
        repairs = BTreeSet::from([PemRepair::Base64]);
        let plain = unescape(&decoded, &mut repairs);
        read_blocks(&plain, &mut repairs)?
    };
    Some(PemText { blocks, repairs: repairs.into_iter().collect() })
}

/// The text with real line feeds as its only line breaks.
fn unescape(text: &str, repairs: &mut BTreeSet<PemRepair>) -> Zeroizing<String> {
    // No escape is shorter than what it stands for, so the buffer never moves and leaves no copy behind.
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\r']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\r') {
            repairs.insert(PemRepair::CarriageReturns);
            plain.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let behind = rest.trim_start_matches('\\');
        let backslashes = rest.len() - behind.len();
        let Some((c, after)) = escaped(behind) else {
            plain.push_str(&rest[..backslashes]);
            rest = behind;
            continue;
        };
        repairs.insert(match backslashes {
            1 => PemRepair::EscapedLineBreaks,
            _ => PemRepair::DoublyEscapedLineBreaks,
        });
        if c == '\r' {
            repairs.insert(PemRepair::CarriageReturns);
            plain.push('\n');
            let line_feed = after.trim_start_matches('\\').strip_prefix('n').filter(|_| after.starts_with('\\'));
            rest = line_feed.or_else(|| after.strip_prefix('\n')).unwrap_or(after);
        } else {
            plain.push(c);
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

/// What an escape of JSON stands for, given what follows its backslashes, and what follows the escape.
fn escaped(behind: &str) -> Option<(char, &str)> {
    let mut chars = behind.chars();
    let c = match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        // Some writers of JSON escape these: `\/`, `\u003d`.
        c @ ('/' | '"') => c,
        'u' => {
            let code = u32::from_str_radix(behind.get(1..5)?, 16).ok()?;
            let c = char::from_u32(code).filter(char::is_ascii)?;
            return Some((c, &behind[5..]));
        }
        _ => return None,
    };
    Some((c, chars.as_str()))
}

/// PEM text that is in base64 as a whole.
fn decode_text(text: &str) -> Option<Zeroizing<String>> {
    let bytes = decode_unpadded(text)?;
    let decoded = Zeroizing::new(str::from_utf8(&bytes).ok()?.to_owned());
    decoded.contains(BEGIN).then_some(decoded)
}

fn read_blocks(text: &str, repairs: &mut BTreeSet<PemRepair>) -> Option<Vec<Block>> {
    let one_line = !text.contains('\n');
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        check_outside(
            &rest[..at],
            if blocks.is_empty() { Outside::Before } else { Outside::Between },
            one_line,
            repairs,
        )?;
        let (name, after) = read_mark(&rest[at + BEGIN.len()..], repairs)?;
        let body = &after[..after.find(END)?];
        if body.contains(BEGIN) {
            return None;
        }
        let (end_name, after) = read_mark(&after[body.len() + END.len()..], repairs)?;
        if name != end_name {
            return None;
        }
        check_lines(body, one_line, repairs);
        let label = LABELS.into_iter().find(|label| label.split(' ').collect::<String>() == *name);
        let content = if is_rfc1421(body) {
            Content::Rfc1421
        } else {
            decode_unpadded(body).map_or(Content::Damaged, Content::Der)
        };
        blocks.push(Block { label, content });
        rest = after;
    }
    check_outside(rest, Outside::After, one_line, repairs)?;
    (!blocks.is_empty()).then_some(blocks)
}

/// The label of a mark without its spaces, which some tools lose, and what follows the mark.
fn read_mark<'a>(text: &'a str, repairs: &mut BTreeSet<PemRepair>) -> Option<(Zeroizing<String>, &'a str)> {
    let label = &text[..text.find(DASHES).filter(|length| *length <= MAX_LABEL)?];
    let name: Zeroizing<String> = Zeroizing::new(label.split_whitespace().collect());
    if !name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.') {
        return None;
    }
    if LABELS.into_iter().all(|known| label.strip_prefix(' ') != Some(known)) {
        repairs.insert(PemRepair::Indentation);
    }
    Some((name, &text[label.len() + DASHES.len()..]))
}

/// Where text outside of blocks stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outside {
    Before,
    Between,
    After,
}

/// `None` if the text outside of blocks is what is left of a block.
fn check_outside(text: &str, place: Outside, one_line: bool, repairs: &mut BTreeSet<PemRepair>) -> Option<()> {
    let trimmed = text.trim_matches(is_space);
    if !trimmed.is_empty() {
        repairs.insert(PemRepair::SurroundingText);
        return (!holds_rest_of_block(trimmed)).then_some(());
    }
    let missing = place == Outside::Between && !text.contains('\n');
    if missing {
        repairs.insert(PemRepair::MissingLineBreaks);
    }
    // On a single line, a space stands for a line break everywhere but at its beginning.
    let spaces = text.contains(|c| is_space(c) && c != '\n');
    if spaces && !missing && (!one_line || place == Outside::Before) {
        repairs.insert(PemRepair::Indentation);
    }
    Some(())
}

/// Whether marks of a block are left, though damaged, or base64 without its marks.
fn holds_rest_of_block(text: &str) -> bool {
    let mut words =
        text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/.".contains(c)).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        // DER of a certificate or key begins with a long SEQUENCE.
        if word.starts_with("MI") && word.len() >= 40 {
            return true;
        }
        let Some(label) = word.strip_prefix("BEGIN").or_else(|| word.strip_prefix("END")) else { continue };
        let label = if label.is_empty() { words.clone().next().unwrap_or_default() } else { label };
        if LABELS.into_iter().filter_map(|known| known.split(' ').next()).any(|known| label.starts_with(known)) {
            return true;
        }
    }
    false
}

fn check_lines(body: &str, one_line: bool, repairs: &mut BTreeSet<PemRepair>) {
    let content = body.trim_matches(is_space);
    let head = &body[..body.len() - body.trim_start_matches(is_space).len()];
    let tail = &body[body.trim_end_matches(is_space).len()..];
    if !head.contains('\n') || !tail.contains('\n') {
        repairs.insert(PemRepair::MissingLineBreaks);
    }
    for line in content.split('\n') {
        let trimmed = line.trim_matches(is_space);
        if trimmed.len() > MAX_LINE || trimmed.contains(is_space) && !trimmed.contains(": ") {
            repairs.insert(PemRepair::MissingLineBreaks);
        }
    }
    if !one_line && (content.contains("\n\n") || body.split('\n').any(is_indented)) {
        repairs.insert(PemRepair::Indentation);
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with(is_space) || line.ends_with(is_space)
}

/// RFC 1421 §4.6: headers before the base64.
fn is_rfc1421(body: &str) -> bool {
    body.trim_start_matches(is_space).starts_with("Proc-Type:")
}

#[cfg(test)]
mod tests;
