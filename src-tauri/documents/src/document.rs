//! Access credentials as documents carry them: complete, or as far as the document goes.

use crate::{CertificateChain, SecretBytes};

/// Access credentials read from a document, or to be written into one. A format that has no room for a part leaves it out.
pub struct CredentialDocument {
    /// The API portal's own URL; the portal API lies below it.
    pub url: Option<String>,
    /// The token endpoint for client secrets, complete with its path.
    pub token_url: Option<String>,
    /// The base URL for certificates, to which `/oauth/token` is appended (RFC 8705 §5).
    pub cert_url: Option<String>,
    /// The OAuth 2.0 client id (RFC 6749 §2.2).
    pub client_id: Option<String>,
    /// What the client proves itself with.
    pub proof: Proof,
    /// What else the document holds, so that nothing is lost; none if there is nothing.
    pub extra: Option<Extra>,
}

impl std::fmt::Debug for CredentialDocument {
    /// Which parts there are. A damaged document may hold a piece of a secret where a URL or the client id belongs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, token_url, cert_url, client_id, proof, extra } = self;
        f.debug_struct("CredentialDocument")
            .field("url", &url.is_some())
            .field("token_url", &token_url.is_some())
            .field("cert_url", &cert_url.is_some())
            .field("client_id", &client_id.is_some())
            .field("proof", proof)
            .field("extra", extra)
            .finish()
    }
}

/// What a client proves itself with.
#[derive(Debug)]
pub enum Proof {
    /// A client secret (RFC 6749 §2.3.1): its UTF-8 text.
    ClientSecret(SecretBytes),
    /// A certificate and its private key (RFC 8705).
    Certificate {
        /// The leaf and its issuers in order, without a root.
        chain: Box<CertificateChain>,
        /// PKCS#8 DER (RFC 5958).
        private_key: SecretBytes,
    },
}

/// Members of a document that no connection needs, such as `xsappname` or `orgId`. Treated as a secret: nobody knows what
/// an unknown key holds.
#[derive(Debug)]
pub struct Extra {
    /// A JSON object in UTF-8, members in the order of the document.
    pub json: SecretBytes,
}

/// A part of a document, whatever its key is called there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The API portal's URL.
    Url,
    /// The token endpoint.
    TokenUrl,
    /// The base URL for certificates.
    CertUrl,
    /// The client id.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The certificate chain.
    Certificate,
    /// The private key.
    PrivateKey,
}

impl Part {
    /// All of them, in the order in which documents are written.
    pub const ALL: [Self; 7] = [
        Self::Url,
        Self::TokenUrl,
        Self::CertUrl,
        Self::ClientId,
        Self::ClientSecret,
        Self::Certificate,
        Self::PrivateKey,
    ];

    /// The key as published for connections.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::TokenUrl => "tokenUrl",
            Self::CertUrl => "certurl",
            Self::ClientId => "clientId",
            Self::ClientSecret => "clientSecret",
            Self::Certificate => "certificate",
            Self::PrivateKey => "key",
        }
    }

    /// The spellings in use, as [`crate::tree::normalise_key`] makes them.
    pub(crate) const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Url => &["url"],
            Self::TokenUrl => &["tokenurl", "tokenendpoint", "tokenserviceurl"],
            Self::CertUrl => &["certurl"],
            Self::ClientId => &["clientid"],
            Self::ClientSecret => &["clientsecret"],
            Self::Certificate => &["certificate"],
            Self::PrivateKey => &["key", "privatekey"],
        }
    }

    /// The part of a key in any of its spellings.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::of_normalised_key(&crate::tree::normalise_key(key))
    }

    /// The part of a key that [`crate::tree::normalise_key`] made.
    pub(crate) fn of_normalised_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.spellings().contains(&key))
    }
}
