//! The text that a person pastes, which may hold a secret.

use domain::documents::SecretBytes;
use serde::Deserialize;
use zeroize::Zeroizing;

/// A pasted credentials document on its way to the domain: never written, never printed, wiped when dropped.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct PastedDocument(Zeroizing<String>);

impl PastedDocument {
    /// The text as a secret; `None` if it is empty.
    pub fn into_secret(self) -> Option<SecretBytes> {
        // EXPOSE: a password moves into a secret.
        Some(self.0).filter(|text| !text.is_empty()).map(|text| SecretBytes::new(text.as_bytes().to_vec()))
    }

    /// The text as a secret that a person chose, even if it is empty.
    pub fn into_chosen_secret(self) -> SecretBytes {
        // EXPOSE: it moves into a secret.
        SecretBytes::new(self.0.as_bytes().to_vec())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        // EXPOSE: the one door; the callers give their reasons.
        &self.0
    }
}

impl std::fmt::Debug for PastedDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PastedDocument({} bytes, redacted)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_length_and_nothing_of_the_text() {
        let pasted = PastedDocument(Zeroizing::new("planted-secret".to_owned()));
        assert_eq!(format!("{pasted:?}"), "PastedDocument(14 bytes, redacted)", "a log line must not carry the secret");
    }
}
