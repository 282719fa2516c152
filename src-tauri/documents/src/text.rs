//! Text as editors and browsers leave it: its encoding, its byte order mark, its white space.

use std::ops::Deref;

use zeroize::Zeroizing;

/// What some editors put in front of a text (U+FEFF); no syntax here knows it.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text behind its byte order mark.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// White space, and what text editors and browsers put in its place.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, BYTE_ORDER_MARK | '\u{200b}')
}

/// The text of a document. One that was decoded is a copy of everything in it, and wiped.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Decoded(Zeroizing<String>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Decoded(text) => text,
        }
    }
}

/// The text of a document: UTF-8, or UTF-16 with the byte order mark that editors on Windows write. The mark is taken off.
pub(crate) fn decode(bytes: &[u8]) -> Option<Text<'_>> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, []) = rest.as_chunks::<2>() else { return None };
        let units = pairs.iter().map(|pair| unit(*pair));
        // Three bytes hold what one unit can become, so the buffer never moves and leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(pairs.len() * 3));
        for decoded in char::decode_utf16(units) {
            text.push(decoded.ok()?);
        }
        Some(Text::Decoded(text))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => str::from_utf8(bytes).ok().map(|text| Text::Borrowed(without_mark(text))),
    }
}
