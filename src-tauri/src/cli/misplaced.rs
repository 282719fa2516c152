//! Finds what is in the wrong place of a command line and may be a secret.

use std::{
    borrow::Cow,
    ffi::{OsStr, OsString},
};

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Removes from an error a value that may be a password in the wrong place. The name of an option stays.
pub fn hide_unexpected(mut error: clap::Error) -> clap::Error {
    let hidden = || ContextValue::String("…".to_owned());
    let kind = error.kind();
    if kind == ErrorKind::UnknownArgument {
        if !matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(name)) if is_option(name)) {
            error.insert(ContextKind::InvalidArg, hidden());
            // "to pass … as a value"
            error.remove(ContextKind::Suggested);
        }
    } else if kind != ErrorKind::InvalidSubcommand {
        // The message names the option, and the possible values where there are some. A mistyped command is named if it
        // is short: a secret is longer.
        for context in [ContextKind::InvalidValue, ContextKind::SuggestedValue] {
            if error.get(context).is_some() {
                error.insert(context, hidden());
            }
        }
    }
    error
}

/// Whether a word has the form of an option's name.
pub fn is_option(word: &str) -> bool {
    /// As the longest of ours, and a little more.
    const LONGEST: usize = 24;
    match word.strip_prefix("--") {
        Some(name) => name.len() <= LONGEST && name.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
        None => word.starts_with('-') && word.chars().count() == 2,
    }
}

/// What was given: an option without its name.
pub fn value_of(argument: &OsStr) -> Cow<'_, OsStr> {
    let text = argument.to_string_lossy();
    match text.split_once('=') {
        Some((name, value)) if is_option(name) => OsString::from(value).into(),
        Some(_) | None => argument.into(),
    }
}

/// Whether something that should be a name may be a document, a part of one or a secret, which must not be repeated in
/// a message. If a name is mistaken for one, it is only not repeated.
pub fn looks_like_document(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    text.contains(['{', '}', '\n', '"'])
        || text.contains("-----BEGIN")
        || text.chars().count() > 200
        || has_known_key(&text)
        || looks_like_token(&text)
}

/// Whether a key of a document is before `=` or `:`.
fn has_known_key(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["secret", "clientid", "password", "passwd", "passphrase", "token", "key", "certificate", "credential"];
    text.match_indices(['=', ':']).any(|(end, _)| {
        let before = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let key = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default();
        let key = key.to_lowercase().replace(['_', '-'], "");
        WORDS.iter().any(|word| key.contains(word))
    })
}

/// Whether a text may be a secret by itself: long, in the characters of base64 or hexadecimal digits, and no word.
pub fn looks_like_token(text: &str) -> bool {
    const SHORTEST: usize = 20;
    const SHORTEST_HEXADECIMAL: usize = 32;
    let text = text.trim();
    let has = |test: fn(char) -> bool| text.chars().any(test);
    let is_mixed = || {
        has(|c| c.is_ascii_digit())
            && (has(|c| matches!(c, '+' | '=' | '$'))
                || has(|c| c.is_ascii_lowercase()) && has(|c| c.is_ascii_uppercase()))
    };
    let of = |test: fn(char) -> bool| text.chars().all(test);
    (text.len() >= SHORTEST && of(|c| c.is_ascii_alphanumeric() || "+/=_-$".contains(c)) && is_mixed())
        || (text.len() >= SHORTEST_HEXADECIMAL && of(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::has_known_key;

    #[test]
    fn a_key_is_known_behind_any_quotation_mark() {
        for text in ["client_secret=x", "„client_secret=x", "“clientSecret”: x", "'client-secret': x", "»token=x"]
        {
            assert!(has_known_key(text), "{text}");
        }
        for text in ["EU Shop", "„Vertrieb=x", "alias: x"] {
            assert!(!has_known_key(text), "{text}");
        }
    }
}
