//! PKCS#12 containers (RFC 7292): opens those of others and writes our own.
//!
//! The crate `p12-keystore` does not wipe the memory in which it decrypts or encrypts: copies of a private key, and of keys
//! derived from the password, stay there until it is used again. The values of this module are dropped as early as
//! possible; more cannot be done from outside.

use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12Archive, PrivateKeyChain,
    error::Error,
};
use pkcs8::{
    ObjectIdentifier,
    der::{
        Any, Decode, Encode,
        asn1::{OctetString, OctetStringRef},
    },
};
use pkcs12::{DigestInfo, MacData, cms::content_info::ContentInfo, pfx::Pfx};
use zeroize::Zeroizing;

use crate::{
    CertificateChain, CertificateProblem, PrivateKey, SecretBytes,
    certificate::{ReadChain, order_chain, parse_certificate},
    pem_text::{self, Block, Content},
    work::{Ceiling, NotDone, Work, derivation_of_pkcs12, loading_key, reading},
};

mod safe;

use self::safe::{Budget, DATA, ENCRYPTED_DATA, Refused};

/// Why a container cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// It has a password, and none was given.
    PasswordNeeded,
    /// The password is another one.
    WrongPassword,
    /// Damaged, or protected in a way that is not opened here.
    Unreadable,
    /// It asks for more work or memory than any container may.
    TooCostly(Ceiling),
    /// What came before it took all the work that a document may ask for.
    NotTried,
    /// Nobody waits for it any more.
    Stopped,
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
///
/// Each derivation is paid for before it is made, and made once: the integrity code first, then the parts, then the keys.
pub(crate) fn open(bytes: &[u8], password: Option<&SecretBytes>, work: &Work<'_>) -> Result<Vec<Opened>, OpenError> {
    // Hardly any container has the empty one.
    let wrong = if password.is_some() { OpenError::WrongPassword } else { OpenError::PasswordNeeded };
    // EXPOSE: the password opens the container.
    let Ok(password) = str::from_utf8(password.map_or(&[][..], SecretBytes::expose)) else { return Err(wrong) };
    let mut budget = Budget::new(work);
    // Behind an integrity code that was verified, nonsense is not the fault of the password.
    let explain = |refused: Refused, verified: bool| match refused {
        Refused::Unreadable => OpenError::Unreadable,
        Refused::Nonsense if verified => OpenError::Unreadable,
        Refused::Nonsense => wrong.clone(),
        Refused::TooCostly(ceiling) => OpenError::TooCostly(ceiling),
        Refused::NotDone(NotDone::Spent) if wrong == OpenError::PasswordNeeded => OpenError::PasswordNeeded,
        Refused::NotDone(NotDone::Spent) => OpenError::NotTried,
        Refused::NotDone(NotDone::Stopped) => OpenError::Stopped,
    };
    budget.spend(reading(bytes.len())).map_err(|refused| explain(refused, false))?;
    let container = Pfx::from_der(bytes).map_err(|_| OpenError::Unreadable)?;
    if container.auth_safe.content_type != DATA {
        return Err(OpenError::Unreadable);
    }
    let verified = match &container.mac_data {
        Some(mac) => {
            let is_right = verify(&container, mac, password, &mut budget).map_err(|refused| explain(refused, false))?;
            if !is_right {
                return Err(wrong);
            }
            true
        }
        None => false,
    };
    let open = open_safes(&container, password, &mut budget).map_err(|refused| explain(refused, verified))?;
    let archive =
        Pkcs12Archive::from_pkcs12(&open, password).map_err(|error| explain(library_refusal(&error), verified))?;

    let certificates: Option<Vec<_>> = archive.certs.iter().map(|bag| parse_certificate(bag.cert.as_der())).collect();
    let certificates = certificates.ok_or(OpenError::Unreadable)?;
    let mut opened = Vec::new();
    let mut refused = None;
    for bag in &archive.keys {
        budget.spend(loading_key(bag.key.as_der().len())).map_err(|refused| explain(refused, true))?;
        let key = match PrivateKey::from_der(bag.key.as_der()) {
            Ok(key) => key,
            Err(problem) => {
                refused.get_or_insert(OpenError::BadKey(problem));
                continue;
            }
        };
        let chain = order_chain(&certificates, Some(&key), work).filter(|read| key.belongs_to(&read.chain));
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

/// Whether the integrity code is the one that the password makes. The library verifies it before it looks at what it is
/// about, so it is given a container whose content is of a kind that it then refuses: it derives nothing else.
fn verify(container: &Pfx, mac: &MacData, password: &str, budget: &mut Budget<'_>) -> Result<bool, Refused> {
    budget.spend(derivation_of_pkcs12(mac.iterations, has_long_hash(&mac.mac), 1)?)?;
    let closed = ContentInfo { content_type: ENCRYPTED_DATA, ..container.auth_safe.clone() };
    let closed = Pfx { version: container.version, auth_safe: closed, mac_data: Some(mac.clone()) }.to_der()?;
    match Pkcs12Archive::from_pkcs12(&closed, password) {
        Err(Error::UnsupportedContentType) => Ok(true),
        Err(Error::MacError(_)) => Ok(false),
        Err(error) => Err(library_refusal(&error)),
        Ok(_) => Err(Refused::Unreadable),
    }
}

fn has_long_hash(digest: &DigestInfo) -> bool {
    /// RFC 8017 §B.1: SHA-1 and the two short ones of SHA-2.
    const SHORT: [ObjectIdentifier; 3] = [
        ObjectIdentifier::new_unwrap("1.3.14.3.2.26"),
        ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4"),
        ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"),
    ];
    !SHORT.contains(&digest.algorithm.oid)
}

/// The same container with its parts open, and without the integrity code, which was about the closed ones.
fn open_safes(container: &Pfx, password: &str, budget: &mut Budget<'_>) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let safes = container.auth_safe.content.decode_as::<OctetString>()?;
    let mut open = Vec::new();
    for safe in Vec::<ContentInfo>::from_der(safes.as_bytes())? {
        let bags = budget.open_safe(&safe, password)?;
        open.push(ContentInfo { content_type: DATA, content: Any::encode_from(&OctetStringRef::new(&bags)?)? });
    }
    let open = Zeroizing::new(open.to_der()?);
    let content = Any::encode_from(&OctetStringRef::new(&open)?)?;
    let auth_safe = ContentInfo { content_type: DATA, content };
    Ok(Zeroizing::new(Pfx { version: container.version, auth_safe, mac_data: None }.to_der()?))
}

/// What the library says: nonsense, or something that it does not read.
fn library_refusal(error: &Error) -> Refused {
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
    if nonsense { Refused::Nonsense } else { Refused::Unreadable }
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
    let text = pem_text::read(&chain.pem).ok_or(SealError::Content)?;
    let certificate = |block: &Block| match &block.content {
        Content::Der(der) => Certificate::from_der(der).map_err(|_| SealError::Content),
        Content::Rfc1421 | Content::Damaged => Err(SealError::Content),
    };
    let certificates: Vec<_> = text.blocks.iter().map(certificate).collect::<Result<_, _>>()?;
    // EXPOSE: the container holds the key, encrypted.
    let key = p12_keystore::PrivateKey::from_der(private_key.expose()).map_err(|_| SealError::Content)?;
    // It only has to be the same for the key and its certificate.
    let id = chain.fingerprint.as_str();
    let entry = PrivateKeyChain::new(id, key, certificates);
    let mut store = KeyStore::new();
    store.add_entry(alias, KeyStoreEntry::PrivateKeyChain(entry));
    let writer = store.writer(password).encryption_algorithm(strength.encryption()).mac_algorithm(strength.integrity());
    let writer = writer.encryption_iterations(strength.rounds()).mac_iterations(strength.rounds());
    writer.write().map(SecretBytes::new).map_err(|_| SealError::Content)
}

#[cfg(test)]
mod tests;
