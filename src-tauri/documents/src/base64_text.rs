//! Base64 (RFC 4648 §4) as people paste it: white space in it does not count.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use crate::text::is_space;

const STANDARD: GeneralPurpose = with_padding(DecodePaddingMode::RequireCanonical);
const ANY_PADDING: GeneralPurpose = with_padding(DecodePaddingMode::Indifferent);

const fn with_padding(mode: DecodePaddingMode) -> GeneralPurpose {
    GeneralPurpose::new(&alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(mode))
}

/// The bytes. `None` if it is no base64, or says nothing.
pub(crate) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    decode_by(&STANDARD, text)
}

/// The bytes of base64 that may have lost its padding.
pub(crate) fn decode_unpadded(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    decode_by(&ANY_PADDING, text)
}

/// The text.
pub(crate) fn decode_text(text: &str) -> Option<Zeroizing<String>> {
    let bytes = decode(text)?;
    Some(Zeroizing::new(str::from_utf8(&bytes).ok()?.to_owned()))
}

fn decode_by(engine: &GeneralPurpose, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // Of their final lengths, so that the buffers never move and leave no copy behind.
    let mut squeezed = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars().filter(|c| !is_space(*c)) {
        squeezed.push(u8::try_from(c).ok().filter(u8::is_ascii)?);
    }
    let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(squeezed.len())]);
    let length = engine.decode_slice(&*squeezed, &mut bytes).ok()?;
    bytes.truncate(length);
    (length > 0).then_some(bytes)
}
