//! Reads certificates and private keys (PEM, RFC 7468) and checks that they belong together.

mod chain;
mod chain_order;
mod private_key;
mod problem;
mod public_key;
mod validity;

pub(crate) use self::{
    chain::parse_certificate,
    chain_order::{ReadChain, order_chain},
    private_key::{ReadKey, pbes2_of, read_key},
};
pub use self::{
    chain::{CertificateChain, IssuerEnd, derive_fingerprint},
    private_key::PrivateKey,
    problem::CertificateProblem,
    validity::OutsideValidity,
};

use self::chain::{is_certificate, read_certificates, wrong_block};
use crate::{
    pem_text,
    work::{Work, reading},
};

/// A chain as it is sent, and what was done to make it one. The certificate of `key` is the leaf, if it is there.
pub(crate) fn read_chain(
    text: &str,
    key: Option<&PrivateKey>,
    work: &Work<'_>,
) -> Result<ReadChain, CertificateProblem> {
    work.spend(reading(text.len()))?;
    let text = pem_text::read(text).ok_or(CertificateProblem::NotPem)?;
    // Key and certificates in one text are a file that many programs write; the key is read on its own.
    if !text.blocks.iter().any(is_certificate) {
        return Err(text.blocks.first().map_or(CertificateProblem::NotPem, wrong_block));
    }
    let chain = order_chain(&read_certificates(&text.blocks)?, key, work).ok_or(CertificateProblem::NotPem)?;
    Ok(ReadChain { repairs: text.repairs, ..chain })
}

/// The public keys of all certificates in a PEM text; none if one of them is damaged.
pub(crate) fn read_public_keys(text: &str, work: &Work<'_>) -> Vec<Vec<u8>> {
    if work.spend(reading(text.len())).is_err() {
        return Vec::new();
    }
    let Some(text) = pem_text::read(text) else { return Vec::new() };
    let certificates = read_certificates(&text.blocks).unwrap_or_default();
    certificates.iter().map(|(_, x509)| x509.public_key().subject_public_key.data.to_vec()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
