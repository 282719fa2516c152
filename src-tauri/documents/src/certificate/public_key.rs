//! The public key of a certificate in words, and how long an RSA key has to be.

use x509_parser::{certificate::X509Certificate, public_key::PublicKey};

/// The kind and the length of a public key, such as "RSA 2048" or "EC P-256".
pub(super) fn describe_key(x509: &X509Certificate<'_>) -> String {
    match x509.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", bits(key.modulus)),
        // A coordinate on P-521 takes 66 bytes.
        Ok(PublicKey::EC(point)) => format!("EC P-{}", if point.key_size() == 528 { 521 } else { point.key_size() }),
        Ok(_) | Err(_) => "unknown".into(),
    }
}

/// The shortest RSA key that is safe, in bits (NIST SP 800-131A).
pub(super) const MIN_RSA_BITS: usize = 2048;

/// Whether it is an RSA key that nobody should accept.
pub(super) fn is_short(x509: &X509Certificate<'_>) -> bool {
    matches!(x509.public_key().parsed(), Ok(PublicKey::RSA(key)) if bits(key.modulus) < MIN_RSA_BITS)
}

/// How many bits a number has.
pub(super) fn bits(big_endian: &[u8]) -> usize {
    let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
    big_endian.get(zeros).map_or(0, |first| (big_endian.len() - zeros) * 8 - first.leading_zeros() as usize)
}
