//! What a credential proves itself with: a client secret or a certificate.

use documents::{CertificateChain, Proof};
use messages::{Message, message};

use crate::credential::Lifetime;

/// What the client proves itself with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialKind {
    /// A client secret (RFC 6749 §2.3.1). It does not say how long it lives.
    ClientSecret(Lifetime),
    /// An X.509 certificate (RFC 8705).
    Certificate(CertificateChain),
}

impl CredentialKind {
    /// What a document proves itself with, without the secret. The lifetime of a client secret is unknown at first.
    pub fn of(proof: &Proof) -> Self {
        match proof {
            Proof::ClientSecret(_) => Self::ClientSecret(Lifetime::Unknown),
            Proof::Certificate { chain, private_key: _ } => Self::Certificate((**chain).clone()),
        }
    }

    /// How long a client secret lives; `None` for a certificate, which states its own end.
    pub const fn lifetime(&self) -> Option<Lifetime> {
        match self {
            Self::ClientSecret(lifetime) => Some(*lifetime),
            Self::Certificate(_) => None,
        }
    }

    /// Sets how long a client secret lives. A certificate stays what it is.
    pub(crate) const fn set_lifetime(&mut self, known: Lifetime) {
        match self {
            Self::ClientSecret(lifetime) => *lifetime = known,
            Self::Certificate(_) => {}
        }
    }

    /// Whether it is a certificate.
    pub const fn is_certificate(&self) -> bool {
        match self {
            Self::ClientSecret(_) => false,
            Self::Certificate(_) => true,
        }
    }

    /// SHA-256 fingerprint of the leaf certificate; `None` for a client secret.
    pub fn fingerprint(&self) -> Option<&str> {
        match self {
            Self::ClientSecret(_) => None,
            Self::Certificate(chain) => Some(&chain.fingerprint),
        }
    }

    pub(crate) fn describe(&self, client_id: &str) -> Message {
        match self {
            Self::ClientSecret(_) => message!("described-client-secret", client = client_id),
            Self::Certificate(chain) => message!(
                "described-certificate",
                client = client_id,
                key = chain.public_key.to_string(),
                fingerprint = chain.fingerprint.to_string(),
            ),
        }
    }

    /// The secret part in the words by which the keychain lists it.
    pub(crate) const fn secret_phrase(&self) -> Message {
        match self {
            Self::ClientSecret(_) => message!("secret-client-secret"),
            Self::Certificate(_) => message!("secret-private-key"),
        }
    }
}
