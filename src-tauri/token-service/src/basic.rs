//! HTTP Basic authentication of a client (RFC 7617), with the form-encoding of RFC 6749 §2.3.1, or without it.

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use crate::form_encoding::decode;

/// Who the client says it is. The same header can mean two texts: RFC 6749 wants both halves form-encoded, and many
/// clients (`curl -u`, the vendors' own tools) do not do it. A secret in base64 has `+`, `/` and `=`, so it matters.
/// Either reading counts; the decoded one comes first.
pub(crate) struct Claim {
    pub(crate) client_ids: Vec<String>,
    pub(crate) secrets: Vec<Zeroizing<Vec<u8>>>,
}

/// Reads the part of the header after "Basic "; `None` if it is damaged.
pub(crate) fn parse(encoded: &[u8]) -> Option<Claim> {
    // Some clients leave out the padding.
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const BASE64: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);

    let mut pair = Zeroizing::new(vec![0; base64::decoded_len_estimate(encoded.len())]);
    let length = BASE64.decode_slice(encoded, &mut pair).ok()?;
    let pair = &pair[..length];
    let colon = pair.iter().position(|byte| *byte == b':')?;
    let (id, secret) = (&pair[..colon], &pair[colon + 1..]);

    let readings = |raw: &[u8]| {
        let decoded = decode(raw);
        let raw = Zeroizing::new(raw.to_vec());
        match decoded {
            Some(decoded) if decoded == raw => vec![raw],
            Some(decoded) => vec![decoded, raw],
            None => vec![raw],
        }
    };
    let client_ids = readings(id).into_iter().filter_map(|id| std::str::from_utf8(&id).ok().map(str::to_owned));
    Some(Claim { client_ids: client_ids.collect(), secrets: readings(secret) })
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

    use super::*;

    fn read(pair: &str) -> (Vec<String>, Vec<String>) {
        let claim = parse(STANDARD.encode(pair).as_bytes()).unwrap();
        let secrets = claim.secrets.iter().map(|secret| String::from_utf8_lossy(secret).into_owned());
        (claim.client_ids, secrets.collect())
    }

    #[test]
    fn a_header_without_escapes_has_one_reading() {
        assert_eq!(read("sb-a!b1|c!b2:plain="), (vec!["sb-a!b1|c!b2".into()], vec!["plain=".into()]));
    }

    #[test]
    fn a_secret_may_be_form_encoded_or_not() {
        assert_eq!(read("a:x%2By").1, ["x+y", "x%2By"]);
        assert_eq!(read("a:x+y").1, ["x y", "x+y"], "curl -u sends a plus sign as it is");
        assert_eq!(read("a:100%").1, ["100%"], "a damaged escape leaves the raw text only");
        assert_eq!(read("a:b:c").1, ["b:c"], "RFC 7617: only the first colon separates");
    }

    #[test]
    fn a_header_without_padding_is_read_and_a_damaged_one_is_not() {
        assert_eq!(parse(STANDARD_NO_PAD.encode("a:b").as_bytes()).unwrap().client_ids, ["a"]);
        for damaged in ["", "*", "YQ==", "Y", "YTpi=YTpi"] {
            assert!(parse(damaged.as_bytes()).is_none(), "{damaged:?}");
        }
    }
}
