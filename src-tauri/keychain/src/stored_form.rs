//! What an item holds for a secret: bytes that every keychain gives back as they were, restarts of its daemon included.
//!
//! Not every keychain keeps every text. gnome-keyring writes a keyring without a password as a key file, text raw and
//! unescaped, and reads it with escapes: a backslash changes the secret, a leading space and an empty secret are lost,
//! and a line break can make the file unreadable, with the items of all other programs
//! (`gkm_secret_textual_write`, <https://gitlab.gnome.org/GNOME/gnome-keyring>). KeePassXC takes `{…}` in a secret for a
//! reference to another entry, and its file format has no control characters.
//!
//! So a secret is stored as it is only when it is *plain* text, or when it is no UTF-8, which they all keep as bytes (keys
//! in DER are). Every other text is stored as [`MARK`] and its base64. An item without the mark is what it is: that is
//! also how each item from before the mark existed is read.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{documents::SecretBytes, messages::message, ports::SecretStoreError};
use zeroize::Zeroizing;

use crate::items::broken;

/// What an encoded item begins with. The number was drawn at random when this form was introduced, so no item from before
/// begins with it; a secret that does since then is itself encoded.
const MARK: &[u8] = b"drawbridge-base64-fd700746bd90b3c6b9fc805bd0e63db2:";

/// The most bytes that the form for parts of a secret of `secret` bytes can have.
pub(crate) const fn longest(secret: usize) -> usize {
    MARK.len() + secret.div_ceil(3) * 4
}

/// The form of `secret` in an item of its own. `taken` says whether bytes have another meaning for the reader of the
/// item.
pub(crate) fn for_one_item(secret: &[u8], taken: impl Fn(&[u8]) -> bool) -> Zeroizing<Vec<u8>> {
    let no_text = std::str::from_utf8(secret).is_err() && !secret.starts_with(MARK) && !taken(secret);
    if no_text { Zeroizing::new(secret.to_vec()) } else { for_parts(secret) }
}

/// The form of `secret` that can be cut anywhere: each part alone is plain.
pub(crate) fn for_parts(secret: &[u8]) -> Zeroizing<Vec<u8>> {
    if is_plain(secret) {
        return Zeroizing::new(secret.to_vec());
    }
    // Allocated once: a buffer that grows leaves unwiped copies behind.
    let mut stored = Zeroizing::new(vec![0; longest(secret.len())]);
    let (mark, text) = stored.split_at_mut(MARK.len());
    mark.copy_from_slice(MARK);
    let written = STANDARD.encode_slice(secret, text).unwrap_or_default();
    debug_assert_eq!(written, text.len(), "the length of base64 with padding is known");
    stored
}

/// The secret that is stored as `stored`. Bytes behind the mark that are no base64 are an error, and never a secret.
pub(crate) fn read(stored: &[u8]) -> Result<SecretBytes, SecretStoreError> {
    let Some(text) = stored.strip_prefix(MARK) else {
        return Ok(SecretBytes::new(stored.to_vec()));
    };
    let mut secret = Zeroizing::new(vec![0; base64::decoded_len_estimate(text.len())]);
    let length = STANDARD.decode_slice(text, &mut secret).map_err(|_| broken(message!("keychain-item-damaged")))?;
    // `to_vec` allocates exactly the length, so that `SecretBytes` need not move the bytes to shrink the buffer.
    Ok(SecretBytes::new(secret[..length].to_vec()))
}

/// Whether every keychain keeps `secret` as it is: visible ASCII without backslash and braces.
fn is_plain(secret: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'{' | b'}');
    !secret.is_empty() && secret.iter().all(plain) && !secret.starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(secret: &[u8]) -> Vec<u8> {
        for_one_item(secret, |bytes| bytes.starts_with(b"head")).to_vec()
    }

    fn read_back(stored: &[u8]) -> Vec<u8> {
        // EXPOSE: the test compares the bytes.
        read(stored).expect("it is whole").expose().to_vec()
    }

    #[test]
    fn every_text_is_stored_as_printable_ascii_without_a_backslash() {
        let texts =
            ["", " ", " a", "a ", "a\\nb", "a\nb", "\t", "ä", "{REF:P@I:0}", "a\0b", "\r\n[9]\nsecret=x", "\u{feff}"];
        for text in texts {
            let stored = stored(text.as_bytes());
            assert!(
                stored.iter().all(|byte| byte.is_ascii_graphic() && !b"\\{}".contains(byte)) && !stored.is_empty(),
                "a keychain may change the rest: {text:?}"
            );
            assert_eq!(read_back(&stored), text.as_bytes());
            assert!(stored.len() <= longest(text.len()));
        }
    }

    #[test]
    fn plain_secrets_and_keys_are_stored_as_they_are() {
        for secret in [&b"8hK+/=~!#$%&'()*,-.:;<>?@[]^_`|\""[..], &[0x30, 0x82, 0x04, 0xa4, 0x02, 0x01, 0x00]] {
            assert_eq!(stored(secret), secret, "a person who looks for it in the keychain app finds it");
        }
    }

    #[test]
    fn an_item_from_before_is_read_as_it_is() {
        for raw in [&b"first\nsecond\\n"[..], b"", b"drawbridge-base64-", "Zürich {1}".as_bytes()] {
            assert_eq!(read_back(raw), raw);
        }
    }

    #[test]
    fn a_secret_that_looks_like_the_form_or_like_a_head_comes_back_as_it_was() {
        let encoded = stored(b"a b");
        let binary = [MARK, &[0xff]].concat();
        for secret in [&encoded[..], MARK, &binary, b"head\xff"] {
            let stored = stored(secret);
            assert_ne!(stored, secret, "it would be read as something else");
            assert_eq!(read_back(&stored), secret);
        }
    }

    #[test]
    fn a_damaged_form_is_an_error_and_never_a_secret() {
        let whole = stored(b"two words");
        let cut = &whole[..whole.len() - 1];
        let changed = [&whole[..whole.len() - 2], b"\\n"].concat();
        for damaged in [cut, &changed] {
            assert_eq!(read(damaged).err(), Some(broken(message!("keychain-item-damaged"))));
        }
    }
}
