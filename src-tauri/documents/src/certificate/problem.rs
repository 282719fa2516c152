//! What can be wrong with a certificate or private key.

use messages::{Message, message};

use crate::work::{Ceiling, NotDone};

/// Why a certificate or private key cannot be used. No variant carries what was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
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
    /// What is wrong, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
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
}

impl From<NotDone> for CertificateProblem {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Spent => Self::NotRead,
            NotDone::Stopped => Self::Stopped,
        }
    }
}
