//! PEM blocks that stand alone (RFC 7468). They are only told apart here: what is damaged in them stays, so that it is
//! found where they are read.

use zeroize::Zeroizing;

use super::binding::{Binding, Origin};
use crate::{
    Part, base64_text,
    tree::{Member, Node, Value},
};

const BEGIN: &str = "-----BEGIN";
const DASHES: &str = "-----";
/// What `-----BEGIN` is in base64.
const BEGIN_IN_BASE64: &str = "LS0tLS1CRUdJTi";

/// Whether a text is PEM blocks, and not another syntax with some in its values.
pub(super) fn is_alone(text: &str) -> bool {
    if is_base64(text) {
        return true;
    }
    let Some(at) = text.find(DASHES).filter(|_| text.contains(BEGIN) || text.contains("-----END")) else {
        return false;
    };
    let above = &text[..at];
    let (lines, before) = above.rsplit_once('\n').unwrap_or(("", above));
    let last = lines.trim_end();
    // Behind any of these the block is a value that begins on a new line.
    let opens = [":", "|", ">", "|-", ">-", "|+", ">+", "=", "=\"", "='", "\\"];
    before.trim().is_empty() && !opens.iter().any(|end| last.ends_with(end))
}

fn is_base64(text: &str) -> bool {
    let trimmed = text.trim();
    trimmed.starts_with(BEGIN_IN_BASE64)
        && trimmed.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c) || c.is_ascii_whitespace())
}

/// An object with all certificates under `certificate`, and each private key under `key`.
pub(super) fn parse(text: &str, start: usize) -> Vec<Binding> {
    if is_base64(text)
        && let Some(decoded) = base64_text::decode_text(text)
    {
        let at = start + text.len() - text.trim_start().len();
        return split(&decoded, Origin::Inside(at));
    }
    split(text, Origin::Verbatim(start))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Certificates, and whatever is complained about in their place.
    Certificate,
    Key,
    /// Belong to the key that follows.
    Parameters,
    /// Of no use here.
    Other,
}

/// A block with everything up to the next one: what is left of a damaged block must not be lost without a word.
struct Piece<'a> {
    text: &'a str,
    at: usize,
    kind: Kind,
}

fn split(text: &str, origin: Origin) -> Vec<Binding> {
    let begins: Vec<usize> = text.match_indices(BEGIN).map(|(at, _)| at).collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    for (index, begin) in begins.iter().enumerate() {
        let end = begins.get(index + 1).copied().unwrap_or(text.len());
        let kind = kind(&text[*begin..end]);
        let at = if from == 0 { *begin } else { from };
        // Parameters stay in front of the next piece, and so does what stands above the first.
        if kind == Kind::Parameters && index + 1 < begins.len() {
            continue;
        }
        pieces.push(Piece { text: &text[from..end], at, kind });
        from = end;
    }
    if pieces.is_empty() {
        pieces.push(Piece { text, at: text.len() - text.trim_start().len(), kind: Kind::Certificate });
    }
    if pieces.iter().all(|piece| matches!(piece.kind, Kind::Other | Kind::Parameters)) {
        pieces[0].kind = Kind::Certificate;
    }
    let member = |part: Part, at: usize, value: Zeroizing<String>| Member {
        key: Zeroizing::new(part.key().to_owned()),
        key_at: origin.at(at),
        value: Node { at: origin.at(at), value: Value::Text(value) },
    };
    let certificates = || pieces.iter().filter(|piece| piece.kind == Kind::Certificate);
    let mut members = Vec::new();
    if let Some(first) = certificates().next() {
        let mut chain = Zeroizing::new(String::with_capacity(certificates().map(|piece| piece.text.len()).sum()));
        certificates().for_each(|piece| chain.push_str(piece.text));
        members.push(member(Part::Certificate, first.at, chain));
    }
    for key in pieces.iter().filter(|piece| piece.kind == Kind::Key) {
        members.push(member(Part::PrivateKey, key.at, Zeroizing::new(key.text.to_owned())));
    }
    let node = Node { at: origin.at(pieces[0].at), value: Value::Object(members) };
    vec![Binding { name: String::new(), wrappers: Vec::new(), node }]
}

fn kind(block: &str) -> Kind {
    let label = block[BEGIN.len()..].split(DASHES).next().unwrap_or_default();
    let label: String = label.split_whitespace().collect();
    if label.ends_with("PRIVATEKEY") {
        Kind::Key
    } else if label == "ECPARAMETERS" {
        Kind::Parameters
    } else if matches!(label.as_str(), "PUBLICKEY" | "RSAPUBLICKEY" | "X509CRL" | "DHPARAMETERS") {
        Kind::Other
    } else {
        Kind::Certificate
    }
}
