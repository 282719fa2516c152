//! What JSON, YAML, properties and environment files have in common: names and values, with the places where they stand.

use zeroize::Zeroizing;

/// A value and where it begins.
#[derive(Debug)]
pub(crate) struct Node {
    /// Bytes from the start of the text as it was given. What was unwrapped from inside a value has that value's place.
    pub at: usize,
    pub value: Value,
}

/// A value. Texts are wiped when dropped.
pub(crate) enum Value {
    Text(Zeroizing<String>),
    Object(Vec<Member>),
    List(Vec<Node>),
    /// A number, `true`, `false` or `null`, as written.
    Scalar(Zeroizing<String>),
}

/// A member of an object, in the order of the text. A key may come twice.
#[derive(Debug)]
pub(crate) struct Member {
    pub key: Zeroizing<String>,
    /// Bytes from the start of the text as it was given.
    pub key_at: usize,
    pub value: Node,
}

/// How deep values may be nested: far more than any credential document is.
pub(crate) const MAX_DEPTH: usize = 32;

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(redacted)",
            Self::Object(_) => "Object(redacted)",
            Self::List(_) => "List(redacted)",
            Self::Scalar(_) => "Scalar(redacted)",
        })
    }
}

impl Node {
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.as_str()),
            Value::Object(_) | Value::List(_) | Value::Scalar(_) => None,
        }
    }

    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            Value::Text(_) | Value::List(_) | Value::Scalar(_) => &[],
        }
    }

    /// The first member of that key, in any spelling: upper and lower case, dashes and underscores do not matter.
    pub fn find(&self, key: &str) -> Option<&Self> {
        let wanted = normalise_key(key);
        self.members().iter().find(|member| normalise_key(&member.key) == wanted).map(|member| &member.value)
    }
}

/// A key without what its spellings differ in: case, `_`, `-` and `.`.
pub(crate) fn normalise_key(key: &str) -> String {
    // Lower case takes more bytes than this for a few characters only.
    let mut normal = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            '_' | '-' | '.' => {}
            _ if c.is_ascii() => normal.push(c.to_ascii_lowercase()),
            _ => normal.extend(c.to_lowercase()),
        }
    }
    normal
}
