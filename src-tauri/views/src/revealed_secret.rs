//! The one secret that a reply can carry.

use domain::documents::SecretBytes;
use serde::Serialize;
use zeroize::Zeroizing;

/// A client secret that a person deliberately reveals, on its way to the screen: never printed, wiped when dropped.
#[derive(Serialize)]
#[serde(transparent)]
pub struct RevealedSecret(Zeroizing<String>);

impl From<SecretBytes> for RevealedSecret {
    fn from(secret: SecretBytes) -> Self {
        // EXPOSE: the person chose Reveal; the domain has checked that it is a text.
        Self(Zeroizing::new(String::from_utf8_lossy(secret.expose()).into_owned()))
    }
}

impl std::fmt::Debug for RevealedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RevealedSecret({} bytes, redacted)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_length_and_nothing_of_the_secret() {
        let revealed = RevealedSecret::from(SecretBytes::new(b"planted-secret".to_vec()));
        assert_eq!(
            format!("{revealed:?}"),
            "RevealedSecret(14 bytes, redacted)",
            "a log line must not carry the secret"
        );
    }
}
