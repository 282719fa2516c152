//! Bytes that are wiped from memory by their last owner.

use bytes::Bytes;
use hyper::header::HeaderValue;
use zeroize::Zeroizing;

/// Appends without leaving a copy behind when the buffer has to grow.
pub fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    if body.capacity() - body.len() < chunk.len() {
        let mut larger = Zeroizing::new(Vec::with_capacity((body.len() + chunk.len()) * 2));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(chunk);
}

/// A header whose value is wiped from memory by its last owner and left out of every `Debug`.
pub fn secret_header(value: Zeroizing<Vec<u8>>) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(value)).ok()?;
    header.set_sensitive(true);
    Some(header)
}
