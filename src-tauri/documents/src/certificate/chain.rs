//! A chain of certificates, and the certificates in a PEM text.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use pem_rfc7468::LineEnding;
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

use super::{
    problem::CertificateProblem,
    public_key::describe_key,
    validity::{CLOCK_TOLERANCE, OutsideValidity},
};
use crate::pem_text::{self, Block, Content};

/// A certificate with its issuers: the public half of a certificate credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateChain {
    /// The leaf first, then its issuers; PEM.
    pub pem: String,
    /// How many certificates the chain has.
    pub length: usize,
    /// SHA-256 over the leaf's DER, upper-case hexadecimal with colons, as OpenSSL prints it.
    pub fingerprint: String,
    /// Subject of the leaf as a distinguished name.
    pub subject: String,
    /// Common name in the leaf's subject.
    pub common_name: Option<String>,
    /// Issuer of the leaf as a distinguished name.
    pub issuer: String,
    /// Start of the leaf's validity.
    pub not_before: DateTime<Utc>,
    /// End of the leaf's validity.
    pub not_after: DateTime<Utc>,
    /// The leaf's public key in words, such as "RSA 2048".
    pub public_key: String,
    /// The first of the issuers to end, if it ends before the leaf. `None`, too, for what was stored before this was kept.
    pub issuer_end: Option<IssuerEnd>,
}

/// The end of an issuer in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerEnd {
    /// Its subject as a distinguished name.
    pub subject: String,
    /// End of its validity.
    pub not_after: DateTime<Utc>,
}

impl CertificateChain {
    /// Reads one or more PEM certificates, leaf first, and keeps them in their order. Damaged line breaks are put right.
    pub fn parse(text: &str) -> Result<Self, CertificateProblem> {
        let text = pem_text::read(text).ok_or(CertificateProblem::NotPem)?;
        if let Some(other) = text.blocks.iter().find(|block| !is_certificate(block)) {
            return Err(wrong_block(other));
        }
        let certificates = read_certificates(&text.blocks)?;
        let ders: Vec<_> = certificates.iter().map(|(der, _)| *der).collect();
        certificates.first().and_then(|(_, leaf)| Self::of(leaf, &ders)).ok_or(CertificateProblem::NotPem)
    }

    /// A chain of this one certificate, given as DER (RFC 5280).
    pub fn of_one(der: &[u8]) -> Option<Self> {
        let (der, leaf) = parse_certificate(der)?;
        Self::of(&leaf, &[der])
    }

    /// The chain of these certificates (DER), of which `leaf` is the first; `None` if there are none.
    pub(super) fn of(leaf: &X509Certificate<'_>, ders: &[&[u8]]) -> Option<Self> {
        let common_name = leaf.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        let not_after = time(leaf.validity().not_after.timestamp());
        let issuers = ders.iter().skip(1).filter_map(|der| parse_certificate(der)).map(|(_, issuer)| IssuerEnd {
            subject: issuer.subject().to_string(),
            not_after: time(issuer.validity().not_after.timestamp()),
        });
        Some(Self {
            pem: ders
                .iter()
                .map(|der| pem_rfc7468::encode_string("CERTIFICATE", LineEnding::LF, der).ok())
                .collect::<Option<_>>()?,
            length: ders.len(),
            fingerprint: derive_fingerprint(ders.first()?),
            subject: leaf.subject().to_string(),
            common_name: common_name.map(str::to_owned),
            issuer: leaf.issuer().to_string(),
            not_before: time(leaf.validity().not_before.timestamp()),
            not_after,
            public_key: describe_key(leaf),
            issuer_end: issuers.min_by_key(|issuer| issuer.not_after).filter(|issuer| issuer.not_after < not_after),
        })
    }

    /// Whether the leaf is valid at `now`.
    pub fn check_validity(&self, now: DateTime<Utc>) -> Result<(), OutsideValidity> {
        if self.not_after <= now {
            Err(OutsideValidity::Expired { not_after: self.not_after })
        } else if self.not_before > now + CLOCK_TOLERANCE {
            Err(OutsideValidity::NotYetValid { not_before: self.not_before })
        } else {
            Ok(())
        }
    }

    /// The public key of the leaf: RSAPublicKey DER (RFC 8017) or an elliptic curve point (RFC 5480).
    pub(super) fn leaf_public_key(&self) -> Option<Vec<u8>> {
        let text = pem_text::read(self.pem.split_inclusive("-----END CERTIFICATE-----").next()?)?;
        let Content::Der(leaf) = &text.blocks.first()?.content else { return None };
        let (_, x509) = parse_certificate(leaf)?;
        Some(x509.public_key().subject_public_key.data.to_vec())
    }
}

/// The names of PEM blocks that people mistake for certificates. Any other name is not repeated in a message: it may be
/// half a key.
const OTHER_BLOCKS: [&str; 7] = [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PUBLIC KEY",
    "CERTIFICATE REQUEST",
    "PKCS7",
];

pub(super) fn is_certificate(block: &Block) -> bool {
    matches!(block.label, Some("CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE"))
}

pub(super) fn wrong_block(block: &Block) -> CertificateProblem {
    let known = OTHER_BLOCKS.into_iter().find(|name| Some(*name) == block.label);
    known.map_or(CertificateProblem::NotPem, |found| CertificateProblem::WrongBlock { found })
}

/// The certificates among the blocks, as DER and parsed.
pub(super) fn read_certificates(blocks: &[Block]) -> Result<Vec<(&[u8], X509Certificate<'_>)>, CertificateProblem> {
    let certificates = blocks.iter().filter(|block| is_certificate(block)).enumerate().map(|(index, block)| {
        let damaged = CertificateProblem::NotX509 { position: index + 1 };
        match &block.content {
            Content::Der(der) => parse_certificate(der).ok_or(damaged),
            Content::Rfc1421 | Content::Damaged => Err(damaged),
        }
    });
    certificates.collect()
}

/// A certificate with its DER, which must be nothing but the certificate.
pub(crate) fn parse_certificate(der: &[u8]) -> Option<(&[u8], X509Certificate<'_>)> {
    let (rest, x509) = X509Certificate::from_der(der).ok()?;
    rest.is_empty().then_some((der, x509))
}

/// SHA-256 over a certificate's DER as in [`CertificateChain::fingerprint`].
pub fn derive_fingerprint(der: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, der);
    digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

pub(super) fn time(epoch_seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(epoch_seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
