//! Makes a server's text safe to show: cleaned, cut, and without our secret or token if the server sends them back.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use domain::messages::{Language, Message};
use zeroize::Zeroizing;

/// How many bytes of a secret in a row give it away. Any such run of bytes is removed, so that parts of the secret, or
/// an altered copy, are removed as well.
const TELLING: usize = 8;

const REDACTED: &str = "[redacted]";

/// The longest text of a server in a diagnosis, in characters.
pub const MAX_SEEN: usize = 200;

/// The longest text of a cause, in characters: a URL may need more room than a server's words.
pub const MAX_TEXT: usize = 500;

/// Knows what must never be shown.
#[derive(Default)]
pub struct Redaction {
    /// Keyed hashes of every [`TELLING`] bytes in a row of the secrets: enough to recognise them, not enough to
    /// disclose them.
    pieces: HashSet<u64>,
    hasher: RandomState,
    /// Secrets too short for that, whole.
    short: Vec<Zeroizing<Vec<u8>>>,
}

impl Redaction {
    /// From now on `secret` is taken out of every text.
    pub fn add(&mut self, secret: &[u8]) {
        if secret.is_empty() {
            return;
        }
        if secret.len() < TELLING {
            self.short.push(Zeroizing::new(secret.to_vec()));
        }
        let hasher = &self.hasher;
        self.pieces.extend(secret.windows(TELLING).map(|piece| hasher.hash_one(piece)));
    }

    /// A server's text on one line, at most `max` characters long, without any secret.
    pub fn clean(&self, text: &str, max: usize) -> String {
        // The order matters. Control characters go first, because a secret may be hidden between them; the text is cut
        // last, because half a secret is not always recognised.
        let mut line = String::new();
        for char in text.chars().filter_map(printable) {
            if char != ' ' || !(line.is_empty() || line.ends_with(' ')) {
                line.push(char);
            }
            if line.len() > 4 * (max + TELLING) {
                break;
            }
        }
        truncate(self.redact(line.trim_end()), max)
    }

    /// A message that contains a server's text, cleaned in the same way. If nothing has to be removed it stays a
    /// message; otherwise it becomes the cleaned text in English.
    pub fn clean_message(&self, message: Message, max: usize) -> Message {
        let text = message.render(Language::English);
        let cleaned = self.clean(&text, max);
        if cleaned == text { message } else { Message::verbatim(cleaned) }
    }

    fn redact(&self, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut telling = vec![false; bytes.len()];
        for (at, piece) in bytes.windows(TELLING).enumerate() {
            if self.pieces.contains(&self.hasher.hash_one(piece)) {
                telling[at..at + TELLING].fill(true);
            }
        }
        for secret in &self.short {
            for (at, _) in bytes.windows(secret.len()).enumerate().filter(|(_, piece)| *piece == secret.as_slice()) {
                telling[at..at + secret.len()].fill(true);
            }
        }
        let mut redacted = String::with_capacity(text.len());
        for (at, char) in text.char_indices() {
            if !telling[at..at + char.len_utf8()].contains(&true) {
                redacted.push(char);
            } else if !redacted.ends_with(REDACTED) {
                redacted.push_str(REDACTED);
            }
        }
        redacted
    }
}

fn truncate(text: String, max: usize) -> String {
    match text.char_indices().nth(max.saturating_sub(1)) {
        Some((at, char)) if at + char.len_utf8() < text.len() => format!("{}…", &text[..at]),
        Some(_) | None => text,
    }
}

/// What a character becomes on one line. Control characters and those that reverse the direction of writing could forge
/// a message.
fn printable(char: char) -> Option<char> {
    match char {
        char if char.is_whitespace() => Some(' '),
        char if char.is_control() => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        char => Some(char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction() -> Redaction {
        let mut redaction = Redaction::default();
        redaction.add(b"planted-secret-0123456789+/=");
        redaction.add(b"pin");
        redaction
    }

    #[test]
    fn a_secret_is_taken_out_whole_in_part_and_when_it_is_taken_apart() {
        for (text, shown) in [
            ("Bad credentials", "Bad credentials"),
            ("no planted-secret-0123456789+/= here", "no [redacted] here"),
            ("cut: planted-secr", "cut: [redacted]"),
            ("controls: planted-\u{7}secret-0123\u{0}456789+/=", "controls: [redacted]"),
            ("short: pin.", "short: [redacted]."),
            ("äöü planted-secret-0123456789+/= äöü", "äöü [redacted] äöü"),
        ] {
            assert_eq!(redaction().clean(text, MAX_SEEN), shown, "{text:?}");
        }
    }

    #[test]
    fn a_secret_at_the_place_of_the_cut_does_not_remain_in_part() {
        for before in 180..=205 {
            let text = format!("{}planted-secret-0123456789+/=", "x".repeat(before));
            let shown = redaction().clean(&text, MAX_SEEN);
            assert!(!shown.contains("plant"), "{before} characters before it: {shown}");
            assert!(shown.chars().count() <= MAX_SEEN, "{before} characters before it: {shown}");
        }
    }

    #[test]
    fn a_text_becomes_one_line_of_limited_length() {
        let redaction = Redaction::default();
        assert_eq!(redaction.clean("  one\r\n\ttwo\u{1b}[31m \u{202e}three ", 100), "one two[31m three");
        assert_eq!(redaction.clean("abcdef", 6), "abcdef", "what fits stays whole");
        assert_eq!(redaction.clean("abcdefg", 6), "abcde…", "what does not fit says so");
        assert_eq!(redaction.clean(&"ä".repeat(100_000), 200).chars().count(), 200);
    }
}
