//! Tells ordinary text from documents: a person pastes both, and only one of them may be shown as it is.

use crate::{MAX_BYTES, Options, Part, recognise, tree::normalise_key};

/// No word of a language, alias or client id is as long as this; an encoded key is. In characters.
const LONGEST_WORD: usize = 120;

/// What the name of a value tells of it, as [`normalise_key`] makes it.
const TELLING: [&str; 6] = ["secret", "password", "passwd", "passphrase", "credential", "privatekey"];

/// Whether nothing in a text looks like credentials, not even damaged ones, so that it may be shown as it is. A secret that
/// stands alone looks like any other word: only somebody who knows where it comes from can tell.
pub fn is_ordinary(text: &str, options: &Options<'_>) -> bool {
    let text = text.trim();
    text.len() <= MAX_BYTES
        && !text.starts_with(['{', '[', '<'])
        && !text.contains("-----BEGIN ")
        && !text.starts_with("curl ")
        && !text.split_whitespace().any(is_encoded)
        && !names_a_secret(text)
        && recognise(text.as_bytes(), options).candidates.is_empty()
}

fn is_encoded(word: &str) -> bool {
    word.chars().count() > LONGEST_WORD && !word.starts_with("https://") && !word.starts_with("http://")
}

/// Whether some value is named after a secret: `client_secret=…`, `"password": …`.
fn names_a_secret(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find([':', '=']) {
        let name = rest[..at].trim_end_matches([' ', '\t', '"', '\'']);
        let name = name.rsplit(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).next().unwrap_or_default();
        let name = normalise_key(name);
        let is_part = matches!(Part::of_normalised_key(&name), Some(Part::ClientSecret | Part::PrivateKey));
        if is_part || TELLING.iter().any(|telling| name.contains(telling)) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
