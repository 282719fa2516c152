//! Reads certificates and private keys (PEM, RFC 7468) and checks that they belong together.

use aws_lc_rs::{
    digest,
    encoding::{AsDer, Pkcs8V1Der},
    rsa,
    signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair},
};
use chrono::{DateTime, TimeDelta, Utc};
use pem::{EncodeConfig, LineEnding, Pem};
use x509_parser::{certificate::X509Certificate, prelude::FromDer, public_key::PublicKey};
use zeroize::Zeroizing;

use crate::SecretBytes;

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
}

impl CertificateChain {
    /// Reads one or more PEM certificates, leaf first.
    pub fn parse(text: &str) -> Result<Self, CertificateProblem> {
        let blocks = parse_blocks(text).ok_or(CertificateProblem::NotPem)?;
        if let Some(other) = blocks.iter().find(|block| block.tag() != "CERTIFICATE") {
            let known = OTHER_BLOCKS.into_iter().find(|name| *name == other.tag());
            return Err(known.map_or(CertificateProblem::NotPem, |found| CertificateProblem::WrongBlock { found }));
        }
        let leaf = blocks.first().ok_or(CertificateProblem::NotPem)?;
        for (index, block) in blocks.iter().enumerate() {
            if X509Certificate::from_der(block.contents()).is_err() {
                return Err(CertificateProblem::NotX509 { position: index + 1 });
            }
        }
        let (_, x509) = X509Certificate::from_der(leaf.contents()).expect("checked just above");
        let line_feeds = EncodeConfig::new().set_line_ending(LineEnding::LF);
        let common_name = x509.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        Ok(Self {
            pem: blocks.iter().map(|block| pem::encode_config(block, line_feeds)).collect(),
            length: blocks.len(),
            fingerprint: derive_fingerprint(leaf.contents()),
            subject: x509.subject().to_string(),
            common_name: common_name.map(str::to_owned),
            issuer: x509.issuer().to_string(),
            not_before: time(x509.validity().not_before.timestamp()),
            not_after: time(x509.validity().not_after.timestamp()),
            public_key: describe_key(&x509),
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
    fn leaf_public_key(&self) -> Option<Vec<u8>> {
        let leaf = pem::parse(&self.pem).ok()?;
        let (_, x509) = X509Certificate::from_der(leaf.contents()).ok()?;
        Some(x509.public_key().subject_public_key.data.to_vec())
    }
}

/// How far this computer's clock may be behind the one of the issuer.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// Why a certificate is not valid at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutsideValidity {
    /// It has expired.
    #[error("the certificate expired on {}", .not_after.format("%Y-%m-%d %H:%M UTC"))]
    Expired {
        /// When it expired.
        not_after: DateTime<Utc>,
    },
    /// It is not valid yet.
    #[error("the certificate is not valid before {}", .not_before.format("%Y-%m-%d %H:%M UTC"))]
    NotYetValid {
        /// When it begins.
        not_before: DateTime<Utc>,
    },
}

/// A private key that was read, with its public half.
#[derive(Debug)]
pub struct PrivateKey {
    /// PKCS#8 DER (RFC 5958).
    pub pkcs8: SecretBytes,
    public: Vec<u8>,
}

impl PrivateKey {
    /// Reads a PEM private key: PKCS#8, PKCS#1 (RSA) or SEC1 (elliptic curve, RFC 5915).
    pub fn parse(text: &str) -> Result<Self, CertificateProblem> {
        let blocks = parse_blocks(text).ok_or(CertificateProblem::KeyNotPem)?;
        let mut keys = blocks.into_iter().filter(|block| block.tag().ends_with("PRIVATE KEY"));
        let block = keys.next().ok_or(CertificateProblem::KeyNotPem)?;
        let encrypted = block.tag() == "ENCRYPTED PRIVATE KEY" || block.headers().get("DEK-Info").is_some();
        let der = Zeroizing::new(block.into_contents());
        if encrypted { Err(CertificateProblem::KeyEncrypted) } else { Self::from_der(&der) }
    }

    /// Reads a DER private key of the same forms.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateProblem> {
        if let Ok(pair) = rsa::KeyPair::from_pkcs8(der).or_else(|_| rsa::KeyPair::from_der(der)) {
            let pkcs8: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| CertificateProblem::KeyUnusable)?;
            let pkcs8 = SecretBytes::new(pkcs8.as_ref().to_vec());
            return Ok(Self { pkcs8, public: pair.public_key().as_ref().to_vec() });
        }
        const CURVES: [&EcdsaSigningAlgorithm; 3] = [
            &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
            &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
            &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
        ];
        for curve in CURVES {
            let pair = EcdsaKeyPair::from_pkcs8(curve, der).or_else(|_| EcdsaKeyPair::from_private_key_der(curve, der));
            if let Ok(pair) = pair {
                let pkcs8 = pair.to_pkcs8v1().map_err(|_| CertificateProblem::KeyUnusable)?;
                let pkcs8 = SecretBytes::new(pkcs8.as_ref().to_vec());
                return Ok(Self { pkcs8, public: pair.public_key().as_ref().to_vec() });
            }
        }
        Err(CertificateProblem::KeyUnusable)
    }

    /// Whether this key belongs to the leaf of `chain`.
    pub fn belongs_to(&self, chain: &CertificateChain) -> bool {
        chain.leaf_public_key().is_some_and(|public| public == self.public)
    }
}

/// Why a certificate or private key cannot be used. No variant carries what was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// No PEM certificate.
    #[error("this is not a PEM certificate (a block from BEGIN CERTIFICATE to END CERTIFICATE)")]
    NotPem,
    /// A PEM block of another kind.
    #[error("this holds a PEM block named {found} where only certificates belong")]
    WrongBlock {
        /// Name of the block.
        found: &'static str,
    },
    /// PEM, but not a certificate inside.
    #[error("certificate {position} of the chain is damaged")]
    NotX509 {
        /// Which one, counted from 1.
        position: usize,
    },
    /// No PEM private key.
    #[error("this is not a PEM private key (a block from BEGIN … PRIVATE KEY to END … PRIVATE KEY)")]
    KeyNotPem,
    /// The key is protected by a password.
    #[error("the private key is encrypted with a password")]
    KeyEncrypted,
    /// PEM, but no RSA (2048 bits or more) or elliptic curve (P-256, P-384, P-521) key inside.
    #[error("the private key is damaged or of a kind that is not supported")]
    KeyUnusable,
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

/// The PEM blocks of a text. Its line breaks may also be written as `\n`, as they are in a value that was escaped twice.
/// `None` if a block is damaged: a chain must never come out shorter than it went in.
fn parse_blocks(text: &str) -> Option<Vec<Pem>> {
    let text = Zeroizing::new(text.replace("\\r", ""));
    let text = Zeroizing::new(text.replace("\\n", "\n"));
    let blocks = pem::parse_many(text.as_bytes()).ok()?;
    let all = |mark: &str| text.matches(mark).count() == blocks.len();
    (all("-----BEGIN ") && all("-----END ")).then_some(blocks)
}

/// SHA-256 over a certificate's DER as in [`CertificateChain::fingerprint`].
pub fn derive_fingerprint(der: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, der);
    digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

fn time(epoch_seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(epoch_seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn describe_key(x509: &X509Certificate<'_>) -> String {
    match x509.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        // A coordinate on P-521 takes 66 bytes.
        Ok(PublicKey::EC(point)) => format!("EC P-{}", if point.key_size() == 528 { 521 } else { point.key_size() }),
        Ok(_) | Err(_) => "unknown".into(),
    }
}
