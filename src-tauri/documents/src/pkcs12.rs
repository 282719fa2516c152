//! PKCS#12 containers (RFC 7292): opens those of others and writes our own.
//!
//! The crate `p12-keystore` does not wipe the memory in which it decrypts or encrypts: copies of a private key, and of keys
//! derived from the password, stay there until it is used again. The values of this module are dropped as early as
//! possible; more cannot be done from outside.

use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12Archive, PrivateKeyChain,
    error::Error,
};
use pkcs8::der::Decode;
use pkcs12::pfx::Pfx;

use crate::{
    CertificateChain, CertificateProblem, PrivateKey, SecretBytes,
    certificate::{DerivationBudget, ReadChain, order_chain, parse_certificate},
};

mod cost;

use self::cost::Refused;

/// Why a container cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// It has a password, and none was given.
    PasswordNeeded,
    /// The password is another one.
    WrongPassword,
    /// Damaged, or protected in a way that is not opened here.
    Unreadable,
    /// What came before it took all the work that a document may ask for.
    NotTried,
    /// It holds certificates only, or nothing.
    NoKey,
    /// It holds keys, but the certificate of none of them.
    NoCertificate,
    /// None of its keys can be used; this is what is wrong with the first.
    BadKey(CertificateProblem),
}

/// A private key of a container, with its certificates.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The name of the key in the container, else the common name in its certificate; may be empty.
    pub alias: String,
    pub key: PrivateKey,
    pub chain: ReadChain,
}

/// Whether the bytes begin like a container: a SEQUENCE, in definite or indefinite length, with version 3.
pub(crate) fn is_pkcs12(bytes: &[u8]) -> bool {
    let length_bytes = match bytes {
        [0x30, 0..=0x80, ..] => 0,
        [0x30, long @ 0x81..=0x84, ..] => usize::from(long & 0x7f),
        _ => return false,
    };
    bytes.get(2 + length_bytes..).is_some_and(|content| content.starts_with(&[0x02, 0x01, 0x03, 0x30]))
}

/// The private keys of a container. If no password is given, the empty one is tried.
pub(crate) fn open(
    bytes: &[u8],
    password: Option<&SecretBytes>,
    budget: &DerivationBudget,
) -> Result<Vec<Opened>, OpenError> {
    let (wrong, not_tried) = match password {
        Some(_) => (OpenError::WrongPassword, OpenError::NotTried),
        // Hardly any container has the empty one.
        None => (OpenError::PasswordNeeded, OpenError::PasswordNeeded),
    };
    // EXPOSE: the password opens the container.
    let Ok(password) = str::from_utf8(password.map_or(&[][..], SecretBytes::expose)) else { return Err(wrong) };
    let container = Pfx::from_der(bytes).map_err(|_| OpenError::Unreadable)?;
    // Behind an integrity code that was verified, nonsense is not the fault of the password.
    let verifiable = container.mac_data.is_some() && is_bmp(password);
    cost::check(&container, password, budget).map_err(|refused| match refused {
        Refused::Unreadable => OpenError::Unreadable,
        Refused::BudgetSpent => not_tried,
    })?;
    let archive = Pkcs12Archive::from_pkcs12(bytes, password).map_err(|error| {
        let nonsense = matches!(
            error,
            Error::Pkcs5Error(_)
                | Error::DerError(_)
                | Error::X509Error(_)
                | Error::UnpadError
                | Error::InvalidPrivateKey
                | Error::InvalidVersion
                | Error::UnsupportedCertificateType
        );
        if matches!(error, Error::MacError(_)) || nonsense && !verifiable { wrong } else { OpenError::Unreadable }
    })?;

    let certificates: Option<Vec<_>> = archive.certs.iter().map(|bag| parse_certificate(bag.cert.as_der())).collect();
    let certificates = certificates.ok_or(OpenError::Unreadable)?;
    let mut opened = Vec::new();
    let mut refused = None;
    for bag in &archive.keys {
        let key = match PrivateKey::from_der(bag.key.as_der()) {
            Ok(key) => key,
            Err(problem) => {
                refused.get_or_insert(OpenError::BadKey(problem));
                continue;
            }
        };
        let chain = order_chain(&certificates, Some(&key)).filter(|read| key.belongs_to(&read.chain));
        let Some(mut chain) = chain else {
            refused.get_or_insert(OpenError::NoCertificate);
            continue;
        };
        // A container has no order, and the certificates of its other keys are no strangers.
        chain.reordered = false;
        chain.root_left_out = false;
        chain.stranger_left_out &= archive.keys.len() == 1;
        let alias = bag.friendly_name.clone().or_else(|| chain.chain.common_name.clone()).unwrap_or_default();
        opened.push(Opened { alias, key, chain });
    }
    if opened.is_empty() { Err(refused.unwrap_or(OpenError::NoKey)) } else { Ok(opened) }
}

/// How a container is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    /// PBES2 with AES-256 and PBKDF2, integrity with SHA-256.
    Modern,
    /// PBE with SHA-1 and 3DES, integrity with SHA-1: for readers that know nothing else.
    Legacy,
}

impl Strength {
    /// Rounds for each key that is derived. For PBKDF2 OWASP advises 600,000; Java reads up to five millions. The readers
    /// that need the old form are slow, and its cipher is not worth more.
    const fn rounds(self) -> u32 {
        match self {
            Self::Modern => 600_000,
            Self::Legacy => 100_000,
        }
    }

    const fn encryption(self) -> EncryptionAlgorithm {
        match self {
            Self::Modern => EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
            Self::Legacy => EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
        }
    }

    const fn integrity(self) -> MacAlgorithm {
        match self {
            Self::Modern => MacAlgorithm::HmacSha256,
            Self::Legacy => MacAlgorithm::HmacSha1,
        }
    }
}

/// Why a container cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SealError {
    /// The password is empty, or has other characters than the printable ones of ASCII.
    Password,
    /// Chain, private key or name cannot be put into a container.
    Content,
}

/// A container with a private key and its chain, under the name `alias`.
pub(crate) fn seal(
    chain: &CertificateChain,
    private_key: &SecretBytes,
    alias: &str,
    password: &SecretBytes,
    strength: Strength,
) -> Result<SecretBytes, SealError> {
    // EXPOSE: the keys of the container are derived from the password.
    let password = str::from_utf8(password.expose()).map_err(|_| SealError::Password)?;
    if password.is_empty() || !password.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return Err(SealError::Password);
    }
    let blocks = pem::parse_many(&chain.pem).map_err(|_| SealError::Content)?;
    let certificates: Result<Vec<_>, _> = blocks.iter().map(|block| Certificate::from_der(block.contents())).collect();
    // EXPOSE: the container holds the key, encrypted.
    let key = p12_keystore::PrivateKey::from_der(private_key.expose()).map_err(|_| SealError::Content)?;
    // It only has to be the same for the key and its certificate.
    let id = chain.fingerprint.as_str();
    let entry = PrivateKeyChain::new(id, key, certificates.map_err(|_| SealError::Content)?);
    let mut store = KeyStore::new();
    store.add_entry(alias, KeyStoreEntry::PrivateKeyChain(entry));
    let writer = store.writer(password).encryption_algorithm(strength.encryption()).mac_algorithm(strength.integrity());
    let writer = writer.encryption_iterations(strength.rounds()).mac_iterations(strength.rounds());
    writer.write().map(SecretBytes::new).map_err(|_| SealError::Content)
}

/// Whether a text consists of the characters that BMPString has.
fn is_bmp(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) <= 0xffff)
}

#[cfg(test)]
mod tests;
