//! What may be shown of a value.

use crate::recognition::Shown;

/// A URL or client id as far as it may be shown.
pub(super) fn show(text: &str) -> Shown {
    if may_be_shown(text) { Shown::Text(text.into()) } else { Shown::Hidden }
}

/// Whether a text is or contains a secret; what is short turns up anywhere by chance.
pub(super) fn holds(text: &str, secret: &str) -> bool {
    const TELLING: usize = 8;
    text == secret || (secret.len() >= TELLING && text.contains(secret))
}

/// Whether a URL or client id that was read may be shown. A line break that was lost on the way joins it with the next
/// value; what does not look like a name is therefore hidden, and so is what has the key of a secret run into it.
fn may_be_shown(text: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || "-._~!|:/[]@".contains(c);
    text.len() <= 300 && text.chars().all(harmless) && !has_key_of_secret(text)
}

/// Whether the key of a secret begins in the middle of a word, or a colon ends it.
fn has_key_of_secret(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["clientsecret", "client_secret", "client-secret", "password"].into_iter().any(|key| {
        lower.match_indices(key).any(|(at, _)| {
            let in_word = lower[..at].ends_with(char::is_alphanumeric);
            in_word || lower[at + key.len()..].trim_start_matches('_').starts_with(':')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_ran_into_the_next_one_is_not_shown() {
        assert!(may_be_shown("https://sales.example.com:8443/path"));
        assert!(may_be_shown("sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864"));
        for joined in [
            "sb-sales!b1clientSecret=pl4nted",
            "sb-sales!b1clientSecret:pl4nted",
            "sb-sales!b1ClientSecretpl4nted",
            "sb-sales!b1APIPORTAL_CLIENT_SECRET:pl4nted",
            "https://sales.example.comtokenService.KeyStorePassword:pl4nted",
            "https://sales.example.com?pl4nted",
        ] {
            assert!(!may_be_shown(joined), "{joined}");
        }
    }

    #[test]
    fn a_client_id_may_be_called_as_a_secret_is() {
        for text in [
            "sb-secret-rotation!b12",
            "sb-topsecret!b12|api-portal-xsuaa!b1",
            "sb-password-reset!b12",
            "client-secret-demo",
            "sb-clientsecret!b1",
            "https://secrets.example.com/password",
        ] {
            assert!(may_be_shown(text), "{text}");
        }
    }
}
