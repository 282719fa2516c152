//! Reads certificates and private keys (PEM, RFC 7468) and checks that they belong together.

use aws_lc_rs::{
    digest,
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa,
    signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair},
};
use chrono::{DateTime, TimeDelta, Utc};
use messages::{Message, Moment, message};
use pem::{EncodeConfig, LineEnding, Pem};
use pkcs8::{
    ObjectIdentifier, PrivateKeyInfoRef,
    der::{AnyRef, Decode, Encode, Reader, SliceReader, asn1::UintRef},
    pkcs5::{self, pbes2},
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use x509_parser::{certificate::X509Certificate, prelude::FromDer, public_key::PublicKey};
use zeroize::Zeroizing;

use crate::{
    PemRepair, SecretBytes,
    pem_text::{self, Block, Content},
    work::{Ceiling, NotDone, Stop, Work, derivation_of_pbes2, loading_key, reading},
};

mod chain_order;

pub(crate) use chain_order::{ReadChain, order_chain};

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

    /// The chain of these certificates (DER), of which `leaf` is the first; `None` if there are none.
    fn of(leaf: &X509Certificate<'_>, ders: &[&[u8]]) -> Option<Self> {
        let line_feeds = EncodeConfig::new().set_line_ending(LineEnding::LF);
        let common_name = leaf.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        Some(Self {
            pem: ders.iter().map(|der| pem::encode_config(&Pem::new("CERTIFICATE", *der), line_feeds)).collect(),
            length: ders.len(),
            fingerprint: derive_fingerprint(ders.first()?),
            subject: leaf.subject().to_string(),
            common_name: common_name.map(str::to_owned),
            issuer: leaf.issuer().to_string(),
            not_before: time(leaf.validity().not_before.timestamp()),
            not_after: time(leaf.validity().not_after.timestamp()),
            public_key: describe_key(leaf),
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
#[error("{}", self.message())]
pub enum OutsideValidity {
    /// It has expired.
    Expired {
        /// When it expired.
        not_after: DateTime<Utc>,
    },
    /// It is not valid yet.
    NotYetValid {
        /// When it begins.
        not_before: DateTime<Utc>,
    },
}

impl OutsideValidity {
    /// What is wrong, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Expired { not_after } => message!("finding-expired", end = Moment(*not_after)),
            Self::NotYetValid { not_before } => message!("finding-not-yet-valid", start = Moment(*not_before)),
        }
    }
}

/// A private key that was read, with its public half.
#[derive(Debug)]
pub struct PrivateKey {
    /// PKCS#8 DER (RFC 5958).
    pub pkcs8: SecretBytes,
    public: Vec<u8>,
}

impl PrivateKey {
    /// Reads a PEM private key: PKCS#8, PKCS#1 (RSA) or SEC1 (elliptic curve, RFC 5915). Damaged line breaks are put right.
    pub fn parse(text: &str) -> Result<Self, CertificateProblem> {
        read_key(text, None, &Work::new(Stop::NEVER)).map(|read| read.key)
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
        Err(match rsa_key_bits(der) {
            Some(bits) if bits < MIN_RSA_BITS => CertificateProblem::KeyTooShort { key: format!("RSA {bits}") },
            Some(_) | None => match find_other_kind(der) {
                Some(key) => CertificateProblem::KeyOfOtherKind { key },
                None => CertificateProblem::KeyUnusable,
            },
        })
    }

    /// The public half of a P-256 key as PEM (SubjectPublicKeyInfo, RFC 7468 §13); `None` for other keys.
    pub fn p256_public_key_pem(&self) -> Option<String> {
        // EXPOSE: the library makes its key object from the DER; only the public half is written.
        let pair = EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_ASN1_SIGNING, self.pkcs8.expose()).ok()?;
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().ok()?;
        pem_rfc7468::encode_string("PUBLIC KEY", pem_rfc7468::LineEnding::LF, der.as_ref()).ok()
    }

    /// Whether it is the other half of a public key, which is written as in a certificate.
    pub(crate) fn is_of(&self, public: &[u8]) -> bool {
        self.public == public
    }

    /// Whether this key belongs to the leaf of `chain`.
    pub fn belongs_to(&self, chain: &CertificateChain) -> bool {
        chain.leaf_public_key().is_some_and(|public| public == self.public)
    }
}

/// Why a certificate or private key cannot be used. No variant carries what was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum CertificateProblem {
    /// No PEM certificate.
    NotPem,
    /// A PEM block of another kind.
    WrongBlock {
        /// Name of the block.
        found: &'static str,
    },
    /// PEM, but not a certificate inside.
    NotX509 {
        /// Which one, counted from 1.
        position: usize,
    },
    /// No PEM private key.
    KeyNotPem,
    /// The key is protected by a password, which was not given.
    KeyEncrypted,
    /// The password does not open the key.
    WrongKeyPassword,
    /// The key is protected in a way that is not opened here: RFC 1421 or PBES1.
    KeyProtectionUnknown,
    /// Its protection asks for more work or memory than any key may.
    KeyTooCostly(Ceiling),
    /// The keys before it took all the work that a document may ask for.
    KeyNotTried,
    /// What came before it took all the work that a document may ask for; it has no password.
    NotRead,
    /// Nobody waits for it any more.
    Stopped,
    /// An RSA key that nobody should accept, nor does the TLS library.
    KeyTooShort {
        /// Such as "RSA 1024".
        key: String,
    },
    /// A key that is whole, of a kind that token services of this sort do not take.
    KeyOfOtherKind {
        /// Such as "Ed25519".
        key: &'static str,
    },
    /// PEM, but no RSA (2048 bits or more) or elliptic curve (P-256, P-384, P-521) key inside.
    KeyUnusable,
}

impl CertificateProblem {
    /// What is wrong, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::NotPem => message!("certificate-not-pem"),
            Self::WrongBlock { found } => message!("certificate-wrong-block", found = *found),
            Self::NotX509 { position } => message!("certificate-not-x509", position = *position),
            Self::KeyNotPem => message!("certificate-key-not-pem"),
            Self::KeyEncrypted => message!("certificate-key-encrypted"),
            Self::WrongKeyPassword => message!("certificate-wrong-key-password"),
            Self::KeyProtectionUnknown => message!("certificate-key-protection"),
            Self::KeyTooCostly(ceiling) => message!("certificate-key-too-costly", ceiling = ceiling.message()),
            Self::KeyNotTried => message!("certificate-key-not-tried"),
            Self::NotRead => message!("finding-too-much-work"),
            Self::Stopped => message!("finding-stopped"),
            Self::KeyTooShort { key } => message!("certificate-key-too-short", key = key),
            Self::KeyOfOtherKind { key } => message!("certificate-key-of-other-kind", key = *key),
            Self::KeyUnusable => message!("certificate-key-unusable"),
        }
    }

    /// What to do about it, as complete sentences.
    pub fn remedy(&self) -> &'static str {
        self.remedy_message().text()
    }

    /// [`Self::remedy`] in any language.
    pub const fn remedy_message(&self) -> Message {
        match self {
            Self::NotPem | Self::WrongBlock { .. } | Self::NotX509 { .. } | Self::KeyNotPem => {
                message!("certificate-copy-remedy")
            }
            Self::KeyEncrypted => message!("certificate-key-encrypted-remedy"),
            Self::WrongKeyPassword => message!("finding-wrong-password-remedy"),
            Self::KeyProtectionUnknown => message!("certificate-key-protection-remedy"),
            Self::KeyTooCostly(_) => message!("finding-too-costly-remedy"),
            Self::KeyNotTried | Self::NotRead => message!("finding-too-much-protected-remedy"),
            Self::Stopped => message!("finding-stopped-remedy"),
            Self::KeyTooShort { .. } => message!("finding-weak-key-remedy"),
            Self::KeyOfOtherKind { .. } | Self::KeyUnusable => message!("certificate-key-unusable-remedy"),
        }
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

/// A chain as it is sent, and what was done to make it one. The certificate of `key` is the leaf, if it is there.
pub(crate) fn read_chain(
    text: &str,
    key: Option<&PrivateKey>,
    work: &Work<'_>,
) -> Result<ReadChain, CertificateProblem> {
    work.spend(reading(text.len())).map_err(not_read)?;
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

/// A private key, and what had to be put right in its text.
#[derive(Debug)]
pub(crate) struct ReadKey {
    pub key: PrivateKey,
    pub repairs: Vec<PemRepair>,
}

/// The first private key of a PEM text: PKCS#8, PKCS#1 or SEC1, or PKCS#8 encrypted with PBES2 (RFC 8018).
pub(crate) fn read_key(
    text: &str,
    password: Option<&SecretBytes>,
    work: &Work<'_>,
) -> Result<ReadKey, CertificateProblem> {
    work.spend(reading(text.len())).map_err(not_read)?;
    let text = pem_text::read(text).ok_or(CertificateProblem::KeyNotPem)?;
    let is_key = |block: &&Block| block.label.is_some_and(|label| label.ends_with("PRIVATE KEY"));
    let block = text.blocks.iter().find(is_key).ok_or(CertificateProblem::KeyNotPem)?;
    let key = match &block.content {
        Content::Der(der) if block.label == Some("ENCRYPTED PRIVATE KEY") => decrypt_key(der, password, work)?,
        Content::Der(der) => load_key(der, work)?,
        Content::Rfc1421 => return Err(CertificateProblem::KeyProtectionUnknown),
        Content::Damaged => return Err(CertificateProblem::KeyNotPem),
    };
    Ok(ReadKey { key, repairs: text.repairs })
}

fn decrypt_key(der: &[u8], password: Option<&SecretBytes>, work: &Work<'_>) -> Result<PrivateKey, CertificateProblem> {
    let encrypted = EncryptedPrivateKeyInfo::from_der(der).map_err(|_| CertificateProblem::KeyUnusable)?;
    let parameters = pbes2_of(&encrypted.encryption_algorithm).ok_or(CertificateProblem::KeyProtectionUnknown)?;
    let cost = derivation_of_pbes2(&parameters.kdf, parameters.encryption.key_size());
    let cost = cost.and_then(|cost| if cost > Work::of_one() { Err(Ceiling::Work) } else { Ok(cost) });
    let cost = cost.map_err(CertificateProblem::KeyTooCostly)?;
    let password = password.ok_or(CertificateProblem::KeyEncrypted)?;
    work.spend(cost).map_err(|not_done| match not_done {
        NotDone::Spent => CertificateProblem::KeyNotTried,
        NotDone::Stopped => CertificateProblem::Stopped,
    })?;
    let mut buffer = Zeroizing::new(encrypted.encrypted_data.as_bytes().to_vec());
    // EXPOSE: the password opens the key.
    let opened = parameters.decrypt_in_place(password.expose(), &mut buffer).map_err(|error| {
        let wrong = matches!(error, pkcs5::Error::DecryptFailed);
        if wrong { CertificateProblem::WrongKeyPassword } else { CertificateProblem::KeyProtectionUnknown }
    })?;
    // One wrong password in 256 leaves a valid padding, and nonsense before it.
    if PrivateKeyInfoRef::from_der(opened).is_err() {
        return Err(CertificateProblem::WrongKeyPassword);
    }
    load_key(opened, work)
}

fn load_key(der: &[u8], work: &Work<'_>) -> Result<PrivateKey, CertificateProblem> {
    work.spend(loading_key(der.len())).map_err(not_read)?;
    PrivateKey::from_der(der)
}

const fn not_read(not_done: NotDone) -> CertificateProblem {
    match not_done {
        NotDone::Spent => CertificateProblem::NotRead,
        NotDone::Stopped => CertificateProblem::Stopped,
    }
}

/// The parameters of PBES2, if it is that.
pub(crate) fn pbes2_of(algorithm: &AlgorithmIdentifierOwned) -> Option<pbes2::Parameters> {
    let parameters = algorithm.parameters.as_ref().filter(|_| algorithm.oid == pbes2::PBES2_OID)?;
    pbes2::Parameters::from_der(&parameters.to_der().ok()?).ok()
}

fn is_certificate(block: &Block) -> bool {
    matches!(block.label, Some("CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE"))
}

fn wrong_block(block: &Block) -> CertificateProblem {
    let known = OTHER_BLOCKS.into_iter().find(|name| Some(*name) == block.label);
    known.map_or(CertificateProblem::NotPem, |found| CertificateProblem::WrongBlock { found })
}

/// The certificates among the blocks, as DER and parsed.
fn read_certificates(blocks: &[Block]) -> Result<Vec<(&[u8], X509Certificate<'_>)>, CertificateProblem> {
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

fn time(epoch_seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(epoch_seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn describe_key(x509: &X509Certificate<'_>) -> String {
    match x509.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", bits(key.modulus)),
        // A coordinate on P-521 takes 66 bytes.
        Ok(PublicKey::EC(point)) => format!("EC P-{}", if point.key_size() == 528 { 521 } else { point.key_size() }),
        Ok(_) | Err(_) => "unknown".into(),
    }
}

/// The shortest RSA key that is safe, in bits (NIST SP 800-131A).
const MIN_RSA_BITS: usize = 2048;

/// The length of an RSA private key, PKCS#8 or PKCS#1 (RFC 8017 §A.1.2), in bits.
fn rsa_key_bits(der: &[u8]) -> Option<usize> {
    const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    let pkcs1 = match PrivateKeyInfoRef::from_der(der) {
        Ok(info) if info.algorithm.oid == RSA_ENCRYPTION => info.private_key.as_bytes(),
        Ok(_) => return None,
        Err(_) => der,
    };
    let mut members = SliceReader::new(AnyRef::from_der(pkcs1).ok()?.value()).ok()?;
    let _version = u8::decode(&mut members).ok()?;
    let modulus = UintRef::decode(&mut members).ok()?;
    // PKCS#1 goes on with the public exponent; SEC1 has no second INTEGER.
    (!members.is_finished()).then(|| bits(modulus.as_bytes()))
}

/// What a private key (PKCS#8 DER) is called whose kind is known and not supported.
fn find_other_kind(der: &[u8]) -> Option<&'static str> {
    const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
    // RFC 8410 §3, RFC 3279 §2.3.2
    const KINDS: [(ObjectIdentifier, &str); 5] = [
        (ObjectIdentifier::new_unwrap("1.3.101.112"), "Ed25519"),
        (ObjectIdentifier::new_unwrap("1.3.101.113"), "Ed448"),
        (ObjectIdentifier::new_unwrap("1.3.101.110"), "X25519"),
        (ObjectIdentifier::new_unwrap("1.3.101.111"), "X448"),
        (ObjectIdentifier::new_unwrap("1.2.840.10040.4.1"), "DSA"),
    ];
    // SEC 2 §A.2, RFC 5639 §3
    const CURVES: [(ObjectIdentifier, &str); 4] = [
        (ObjectIdentifier::new_unwrap("1.3.132.0.10"), "secp256k1"),
        (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.7"), "brainpoolP256r1"),
        (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.11"), "brainpoolP384r1"),
        (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.13"), "brainpoolP512r1"),
    ];
    let algorithm = PrivateKeyInfoRef::from_der(der).ok()?.algorithm;
    let find = |known: &[(ObjectIdentifier, &'static str)], wanted| {
        known.iter().find(|(oid, _)| *oid == wanted).map(|(_, name)| *name)
    };
    if algorithm.oid == ELLIPTIC_CURVE {
        return find(&CURVES, algorithm.parameters_oid().ok()?);
    }
    find(&KINDS, algorithm.oid)
}

fn bits(big_endian: &[u8]) -> usize {
    let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
    big_endian.get(zeros).map_or(0, |first| (big_endian.len() - zeros) * 8 - first.leading_zeros() as usize)
}

#[cfg(test)]
pub(crate) mod tests;
