//! The private certificate authorities of this installation, and the port that issues certificates.

use chrono::{DateTime, TimeDelta, Utc};
use documents::SecretBytes;
use messages::{Message, message};

use crate::{credential::KeyAlgorithm, id::SecretId};

/// What an authority can certify. Its own certificate says so, and every verifier enforces it (RFC 5280 §4.2.1.10 and
/// §4.2.1.12): a stolen key is good for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorityPurpose {
    /// The token service of this installation: servers of these names and addresses. A loopback address among them
    /// stands for all loopback addresses of its kind.
    Server {
        /// Host names and IP addresses, as in [`crate::token_service::TokenServiceSettings::names`].
        names: Vec<String>,
    },
    /// The clients that this installation issues credentials to, and no server at all.
    Clients,
}

impl AuthorityPurpose {
    /// The authority's name: the common name in its certificate.
    pub const fn common_name(&self) -> &'static str {
        match self {
            Self::Server { .. } => "Drawbridge Server CA",
            Self::Clients => "Drawbridge Client CA",
        }
    }

    /// The host names and addresses of the servers that it can certify.
    pub fn into_names(self) -> Vec<String> {
        match self {
            Self::Server { names } => names,
            Self::Clients => Vec::new(),
        }
    }

    /// Whether an authority of this purpose can do everything that one of `wanted` can.
    pub fn covers(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Server { names }, Self::Server { names: wanted }) => wanted.iter().all(|name| names.contains(name)),
            (Self::Clients, Self::Clients) => true,
            (Self::Server { .. }, Self::Clients) | (Self::Clients, Self::Server { .. }) => false,
        }
    }
}

/// A certificate authority, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// What it can certify.
    pub purpose: AuthorityPurpose,
    /// Its self-signed certificate, PEM (RFC 7468).
    pub certificate_pem: String,
    /// When its certificate ends.
    pub not_after: DateTime<Utc>,
    /// Its private key's item in the keychain.
    pub secret: SecretId,
    /// When it was generated.
    pub created_at: DateTime<Utc>,
}

impl Authority {
    /// How long an authority's certificate is valid.
    pub const VALIDITY: TimeDelta = TimeDelta::days(10 * 365);

    /// Whether the authority outlives a certificate that ends at `not_after`. A chain is no longer than its shortest part.
    pub fn outlives(&self, not_after: DateTime<Utc>) -> bool {
        self.not_after >= not_after
    }
}

/// What goes into a certificate.
#[derive(Debug, Clone)]
pub struct CertificateSpec {
    /// Subject common name: the client id, or the authority's name.
    pub common_name: String,
    /// Subject organizational unit.
    pub organizational_unit: String,
    /// Random serial number (RFC 5280 §4.1.2.2).
    pub serial: [u8; 16],
    /// Start of validity; whole seconds.
    pub not_before: DateTime<Utc>,
    /// End of validity; whole seconds.
    pub not_after: DateTime<Utc>,
}

/// A fresh certificate with its key.
#[derive(Debug)]
pub struct IssuedCertificate {
    /// The certificate first, then its issuer if it has another one; PEM (RFC 7468).
    pub chain_pem: String,
    /// The private key, PKCS#8 DER (RFC 5958).
    pub private_key: SecretBytes,
}

/// Generates keys and signs certificates (X.509 version 3, RFC 5280).
pub trait CertificateIssuer: Send + Sync {
    /// A self-signed authority that may sign leaf certificates only, and only those that `purpose` allows.
    fn generate_authority(
        &self,
        purpose: &AuthorityPurpose,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError>;

    /// A leaf for client authentication with a new key, signed by `authority` with its key; the chain includes `authority`.
    fn generate_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        key: KeyAlgorithm,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError>;

    /// A leaf on P-256 for server authentication under `names` (host names and IP addresses), signed by `authority`; the
    /// chain includes `authority`.
    fn generate_server_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        names: &[String],
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError>;

    /// A key on P-256 that signs tokens (ES256, RFC 7518 §3.4), PKCS#8 DER.
    fn generate_signing_key(&self) -> Result<SecretBytes, IssueError>;
}

/// A certificate could not be issued. The reason carries no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub struct IssueError {
    /// What failed.
    pub reason: String,
}

impl IssueError {
    /// What happened, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        message!("failure-issue", reason = &self.reason)
    }
}
