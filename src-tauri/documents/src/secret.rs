//! Secrets in memory: bytes that never print themselves and are wiped when dropped.

use secrecy::{ExposeSecret, SecretSlice};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// A client secret (its UTF-8 text) or a private key (PKCS#8 DER, RFC 5958).
///
/// It can be read from a text, as a screen sends it. It has no `Display`, no `Serialize`, no `Clone`; its `Debug` shows the
/// length only.
pub struct SecretBytes(SecretSlice<u8>);

impl SecretBytes {
    /// Takes ownership of `bytes`; the buffer is wiped when this value is dropped.
    pub fn new(bytes: Vec<u8>) -> Self {
        // A buffer with room to spare would be moved to shrink it, and leave an unwiped copy behind.
        let exact = if bytes.len() == bytes.capacity() { bytes } else { Zeroizing::new(bytes).to_vec() };
        Self(SecretSlice::from(exact))
    }

    /// The bytes themselves. Every caller says why it needs them in a comment `// EXPOSE: why`.
    pub fn expose(&self) -> &[u8] {
        // EXPOSE: the one door; the callers give their reasons.
        self.0.expose_secret()
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        // EXPOSE: the length only.
        self.0.expose_secret().len()
    }

    /// Whether there are no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same; `None` if there are no bytes at all.
    pub fn if_any(self) -> Option<Self> {
        Some(self).filter(|secret| !secret.is_empty())
    }
}

impl<'de> Deserialize<'de> for SecretBytes {
    /// Reads a text: the secret is its UTF-8.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(text.into_bytes()))
    }
}

impl std::fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretBytes({} bytes, redacted)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_length_and_nothing_of_the_secret() {
        let secret = SecretBytes::new(b"planted-secret".to_vec());
        assert_eq!(format!("{secret:?}"), "SecretBytes(14 bytes, redacted)", "a log line must not carry the secret");
    }

    #[test]
    fn a_buffer_with_room_to_spare_keeps_its_bytes() {
        for spare in [0, 1, 1_000] {
            let mut bytes = Vec::with_capacity(14 + spare);
            bytes.extend_from_slice(b"planted-secret");
            let secret = SecretBytes::new(bytes);
            // EXPOSE: the test compares the bytes.
            assert_eq!(secret.expose(), b"planted-secret", "{spare} bytes to spare");
            assert_eq!(secret.len(), 14, "what was spare is no part of the secret");
        }
        assert!(SecretBytes::new(Vec::with_capacity(8)).is_empty());
    }

    #[test]
    fn a_text_is_read_as_its_utf_8_and_an_empty_one_may_stand_for_none() {
        let secret: SecretBytes = serde_json::from_str("\"pl\\u00e4nted\"").unwrap();
        // EXPOSE: the test compares the bytes.
        assert_eq!(secret.expose(), "plänted".as_bytes());
        assert!(secret.if_any().is_some());
        assert!(serde_json::from_str::<SecretBytes>("\"\"").unwrap().if_any().is_none());
    }
}
