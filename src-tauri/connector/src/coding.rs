//! Answers that come compressed although the request did not ask for it (RFC 9110 §8.4).

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use zeroize::Zeroizing;

use crate::wiped::append;

/// The most codings one upon the other.
const MAX_CODINGS: usize = 3;

/// Why a body stays unread.
#[derive(Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// In a coding of that name.
    Unknown(String),
    /// Decoded, it is larger than it may be.
    TooLarge,
    /// It is not in the coding that it says, or ends too early.
    Damaged,
}

/// Decodes a body of these codings, in the order in which they were applied, to at most `limit` bytes.
pub fn decode<'a>(
    mut body: Zeroizing<Vec<u8>>,
    codings: impl Iterator<Item = &'a str>,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, Undecodable> {
    let codings = codings.flat_map(|value| value.split(',')).map(str::trim);
    let codings: Vec<_> =
        codings.filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")).collect();
    if codings.len() > MAX_CODINGS {
        return Err(Undecodable::Unknown(codings.join(", ")));
    }
    for coding in codings.into_iter().rev() {
        if body.is_empty() {
            // An empty body may come uncompressed.
            break;
        }
        body = match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => read(MultiGzDecoder::new(body.as_slice()), limit)?,
            // "deflate" means the zlib format; some servers send it without the zlib wrapper (RFC 9110 §8.4.1.2).
            "deflate" => match read(ZlibDecoder::new(body.as_slice()), limit) {
                Err(Undecodable::Damaged) => read(DeflateDecoder::new(body.as_slice()), limit)?,
                decoded => decoded?,
            },
            "br" => read(Decompressor::new(body.as_slice(), 4096), limit)?,
            _ => return Err(Undecodable::Unknown(coding.to_owned())),
        };
    }
    Ok(body)
}

fn read(mut decoder: impl Read, limit: usize) -> Result<Zeroizing<Vec<u8>>, Undecodable> {
    let mut decoded = Zeroizing::new(Vec::new());
    let mut chunk = Zeroizing::new([0; 16 * 1024]);
    loop {
        match decoder.read(&mut *chunk) {
            Ok(0) => return Ok(decoded),
            Ok(count) if decoded.len() + count > limit => return Err(Undecodable::TooLarge),
            Ok(count) => append(&mut decoded, &chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(Undecodable::Damaged),
        }
    }
}
