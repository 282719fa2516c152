//! Private keys: PKCS#8, PKCS#1 or SEC1, in PEM or DER, with a password or without.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa,
    signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair},
};
use pkcs8::{
    ObjectIdentifier, PrivateKeyInfoRef,
    der::{AnyRef, Decode, Encode, Reader, SliceReader, asn1::UintRef},
    pkcs5::{self, pbes2},
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use zeroize::Zeroizing;

use super::{
    chain::CertificateChain,
    problem::CertificateProblem,
    public_key::{MIN_RSA_BITS, bits},
};
use crate::{
    SecretBytes,
    pem_text::{self, Block, Content, PemRepair},
    work::{Ceiling, NotDone, Stop, Work, derivation_of_pbes2, loading_key, reading},
};

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
        read_key(text, None, &Work::new(&Stop::NEVER)).map(|read| read.key)
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
    work.spend(reading(text.len()))?;
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
    work.spend(loading_key(der.len()))?;
    PrivateKey::from_der(der)
}

/// The parameters of PBES2, if it is that.
pub(crate) fn pbes2_of(algorithm: &AlgorithmIdentifierOwned) -> Option<pbes2::Parameters> {
    let parameters = algorithm.parameters.as_ref().filter(|_| algorithm.oid == pbes2::PBES2_OID)?;
    pbes2::Parameters::from_der(&parameters.to_der().ok()?).ok()
}

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
