//! The parts of credentials, and the keys under which documents have them.

use crate::tree::normalise_key;

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

    /// The spellings in use, as [`normalise_key`] makes them.
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
        Self::of_normalised_key(&normalise_key(key))
    }

    /// The part of a key that [`normalise_key`] made.
    pub(crate) fn of_normalised_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.spellings().contains(&key))
    }
}
