//! The encoding of HTML forms (application/x-www-form-urlencoded, URL standard §5.1), read strictly. A damaged escape
//! is an error, because guessing would turn a damaged secret into another one.

use zeroize::Zeroizing;

/// The bytes that `encoded` stands for; `None` if an escape is damaged.
pub(crate) fn decode(encoded: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // The result is never longer, so the buffer does not grow and leave copies behind.
    let mut decoded = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut bytes = encoded.iter();
    while let Some(&byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex(*bytes.next()?)? << 4 | hex(*bytes.next()?)?,
            other => other,
        });
    }
    Some(decoded)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_value_is_decoded_or_refused_as_a_whole() {
        let text = |encoded: &str| decode(encoded.as_bytes()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert_eq!(text("a%2Bb%2fc%3D"), Some("a+b/c=".into()));
        assert_eq!(text("a+b"), Some("a b".into()));
        for damaged in ["%", "%4", "%zz", "a%2", "%+1"] {
            assert_eq!(text(damaged), None, "{damaged:?} must not become another secret");
        }
    }
}
