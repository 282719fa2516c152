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

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    fn is_shown(text: &str) -> bool {
        is_ordinary(text, &Options { now: Utc::now(), password: None })
    }

    #[test]
    fn what_people_paste_into_fields_is_ordinary() {
        for text in [
            "EU Shop",
            "alice@example.com",
            "https://eu.example.com:28443/shop/oauth/token?grant_type=client_credentials",
            "sb-apiaccess_1726560000000!b123|api-portal-xsuaa!b45",
            "Please approve until Friday: the shop goes live.\nThanks, Alice",
            "10:30 = half past ten",
            "3f2c1b9e-6f2e-4e7f-9a44-0a9a6f3f7a10",
            "2026-11-30",
        ] {
            assert!(is_shown(text), "{text}");
        }
    }

    #[test]
    fn documents_are_not_ordinary_however_damaged() {
        for text in [
            r#"{"clientId": "sb", "clientSecret": "pl4nted"}"#,
            r#"{"clientId": "sb", "clientSecret": "pl4n"#,
            r#"  "clientsecret" : "pl4nted","#,
            "APIPORTAL_CLIENT_SECRET='pl4nted'",
            "url: https://a.example\nclientid: sb\nclientsecret: pl4nted",
            "the key: pl4nted",
            "db.password=pl4nted",
            "curl -u 'sb:pl4nted' https://a.example/oauth/token",
            "Here it is:\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
            "<credentials><clientSecret>pl4nted</clientSecret></credentials>",
        ] {
            assert!(!is_shown(text), "{text}");
        }
        assert!(!is_shown(&"MIIEvQIBADANBgkq".repeat(20)), "a key without its marks");
        assert!(!is_shown(&format!("clientId: sb\n{}", "x ".repeat(MAX_BYTES))), "too large to be looked at");
    }
}
