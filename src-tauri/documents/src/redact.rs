//! A document as it may be shown: the same lines and columns, without its values.

use std::{collections::HashSet, sync::LazyLock};

use crate::{Part, recogniser::KNOWN_KEYS, text::BYTE_ORDER_MARK, tree::normalise_key};

/// What stands in the place of a hidden character.
const HIDDEN: char = '•';

/// Words that stand around credentials, as [`normalise_key`] makes them.
const HARMLESS: [&str; 27] = [
    "apiversion",
    "authentication",
    "begin",
    "certificate",
    "credentials",
    "data",
    "destinationconfiguration",
    "ec",
    "encrypted",
    "end",
    "export",
    "false",
    "https",
    "kind",
    "messaging",
    "metadata",
    "name",
    "null",
    "oa2",
    "oauth",
    "private",
    "rsa",
    "stringdata",
    "true",
    "type",
    "uaa",
    "vcapservices",
];

/// Every word that may be shown, as [`normalise_key`] makes it.
static SHOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let parts = Part::ALL.into_iter().flat_map(Part::spellings).copied();
    KNOWN_KEYS.into_iter().chain(HARMLESS).chain(parts).map(normalise_key).collect()
});

/// The text with every character of a value replaced by `•`. Punctuation, white space, line breaks, the names of known
/// keys and the marks of PEM blocks stay, so that every place keeps its line and column. It holds for damaged documents,
/// too: what is not known to be harmless is hidden, whatever it stands for.
pub fn redact(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for run in text.split_inclusive(is_punctuation) {
        let word = run.trim_end_matches(is_punctuation);
        let rest = &run[word.len()..];
        if is_harmless(word) {
            shown.push_str(word);
        } else {
            shown.extend(word.chars().map(|_| HIDDEN));
        }
        shown.push_str(rest);
    }
    shown
}

fn is_punctuation(c: char) -> bool {
    c.is_whitespace() || c == BYTE_ORDER_MARK || "{}[]:,=\"'".contains(c)
}

fn is_harmless(word: &str) -> bool {
    /// Longer than any known key.
    const LONGEST: usize = 40;
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    if word.chars().all(|c| c == '-') {
        return true;
    }
    let name = word.trim_matches('-');
    // A key is spelled in letters with `_`, `-` or `.` between; anything else may be half of a value.
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) {
        return false;
    }
    let unprefixed = name.strip_prefix("APIPORTAL_").unwrap_or(name);
    SHOWN.contains(&normalise_key(unprefixed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_keys_and_punctuation_stay_and_values_go() {
        assert_eq!(
            redact("{\n  \"clientId\": \"sb-a!b1\",\n  \"clientSecret\": \"pl4n+ed/$=\"\n}"),
            "{\n  \"clientId\": \"•••••••\",\n  \"clientSecret\": \"•••••••••=\"\n}"
        );
        assert_eq!(
            redact("client_id: a\nAPIPORTAL_CLIENT_SECRET='x y'"),
            "client_id: •\nAPIPORTAL_CLIENT_SECRET='• •'"
        );
    }

    #[test]
    fn the_marks_of_pem_blocks_stay_and_their_content_goes() {
        assert_eq!(
            redact("-----BEGIN RSA PRIVATE KEY-----\nMIIE==\n-----END RSA PRIVATE KEY-----"),
            "-----BEGIN RSA PRIVATE KEY-----\n••••==\n-----END RSA PRIVATE KEY-----"
        );
    }

    proptest! {
        #[test]
        fn no_secret_survives_whatever_is_damaged_around_it(
            secret in "[A-Za-z0-9+/$!_.~-]{8,60}",
            before in ".{0,40}",
            after in "(?s).{0,40}",
        ) {
            // A value that happens to be a known word tells nothing.
            prop_assume!(!is_harmless(&secret));
            let text = format!("{before}\"{secret}\"{after}");
            let shown = redact(&text);
            prop_assert!(!shown.contains(&secret));
            prop_assert_eq!(shown.chars().count(), text.chars().count(), "every place keeps its column");
            prop_assert_eq!(shown.lines().count(), text.lines().count());
        }
    }
}
