//! What a credential consists of besides its secret, as part of a row.

use domain::{
    credential::{AccessFacts, CredentialKind, Lifetime},
    documents::{CertUrl, CertificateChain, IssuerEnd, PortalUrl, TokenEndpoint},
};
use serde::{Deserialize, Serialize};

use crate::column::Millis;

/// The JSON of [`AccessFacts`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FactsRow {
    url: String,
    token_url: String,
    cert_url: Option<String>,
    client_id: String,
    kind: KindRow,
    /// Older rows have none: at that time all client secrets were those of service keys.
    #[serde(default = "LifetimeRow::of_service_key")]
    lifetime: LifetimeRow,
}

impl From<&AccessFacts> for FactsRow {
    fn from(facts: &AccessFacts) -> Self {
        let AccessFacts { url, token_url, cert_url, client_id, kind } = facts;
        Self {
            url: url.to_string(),
            token_url: token_url.to_string(),
            cert_url: cert_url.clone().map(String::from),
            client_id: client_id.clone(),
            kind: kind.into(),
            lifetime: LifetimeRow::of(kind),
        }
    }
}

impl From<FactsRow> for AccessFacts {
    fn from(row: FactsRow) -> Self {
        let FactsRow { url, token_url, cert_url, client_id, kind, lifetime } = row;
        Self {
            url: PortalUrl::from_stored(url),
            token_url: TokenEndpoint::from_stored(token_url),
            cert_url: cert_url.map(CertUrl::from_stored),
            client_id,
            kind: kind.with(lifetime),
        }
    }
}

/// The JSON of a [`Lifetime`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "lifetime", rename_all = "snake_case")]
pub(crate) enum LifetimeRow {
    OfServiceKey,
    Generated { at: Millis },
    Guessed { at: Millis },
    Unknown,
}

impl LifetimeRow {
    const fn of_service_key() -> Self {
        Self::OfServiceKey
    }

    /// The rows have one for certificates, too; it means nothing there.
    pub fn of(kind: &CredentialKind) -> Self {
        kind.lifetime().map_or(Self::OfServiceKey, Self::from)
    }
}

impl From<Lifetime> for LifetimeRow {
    fn from(lifetime: Lifetime) -> Self {
        match lifetime {
            Lifetime::OfServiceKey => Self::OfServiceKey,
            Lifetime::Generated { at } => Self::Generated { at: Millis(at) },
            Lifetime::Guessed { at } => Self::Guessed { at: Millis(at) },
            Lifetime::Unknown => Self::Unknown,
        }
    }
}

impl From<LifetimeRow> for Lifetime {
    fn from(row: LifetimeRow) -> Self {
        match row {
            LifetimeRow::OfServiceKey => Self::OfServiceKey,
            LifetimeRow::Generated { at } => Self::Generated { at: at.0 },
            LifetimeRow::Guessed { at } => Self::Guessed { at: at.0 },
            LifetimeRow::Unknown => Self::Unknown,
        }
    }
}

/// The JSON of a [`CredentialKind`]; the [`LifetimeRow`] stands beside it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum KindRow {
    ClientSecret,
    Certificate { chain: Box<ChainRow> },
}

impl From<&CredentialKind> for KindRow {
    fn from(kind: &CredentialKind) -> Self {
        match kind {
            CredentialKind::ClientSecret(_) => Self::ClientSecret,
            CredentialKind::Certificate(chain) => Self::Certificate { chain: Box::new(chain.into()) },
        }
    }
}

impl KindRow {
    /// The kind; a client secret lives as long as `lifetime` says.
    pub fn with(self, lifetime: LifetimeRow) -> CredentialKind {
        match self {
            Self::ClientSecret => CredentialKind::ClientSecret(lifetime.into()),
            Self::Certificate { chain } => CredentialKind::Certificate((*chain).into()),
        }
    }
}

/// The JSON of a [`CertificateChain`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ChainRow {
    pem: String,
    length: usize,
    fingerprint: String,
    subject: String,
    common_name: Option<String>,
    issuer: String,
    not_before: Millis,
    not_after: Millis,
    public_key: String,
    /// Older rows have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer_end: Option<IssuerEndRow>,
}

/// The JSON of an [`IssuerEnd`].
#[derive(Debug, Serialize, Deserialize)]
struct IssuerEndRow {
    subject: String,
    not_after: Millis,
}

impl From<&CertificateChain> for ChainRow {
    fn from(chain: &CertificateChain) -> Self {
        let CertificateChain {
            pem,
            length,
            fingerprint,
            subject,
            common_name,
            issuer,
            not_before,
            not_after,
            public_key,
            issuer_end,
        } = chain;
        Self {
            pem: pem.clone(),
            length: *length,
            fingerprint: fingerprint.clone(),
            subject: subject.clone(),
            common_name: common_name.clone(),
            issuer: issuer.clone(),
            not_before: Millis(*not_before),
            not_after: Millis(*not_after),
            public_key: public_key.clone(),
            issuer_end: issuer_end.as_ref().map(|IssuerEnd { subject, not_after }| IssuerEndRow {
                subject: subject.clone(),
                not_after: Millis(*not_after),
            }),
        }
    }
}

impl From<ChainRow> for CertificateChain {
    fn from(row: ChainRow) -> Self {
        let ChainRow {
            pem,
            length,
            fingerprint,
            subject,
            common_name,
            issuer,
            not_before,
            not_after,
            public_key,
            issuer_end,
        } = row;
        Self {
            pem,
            length,
            fingerprint,
            subject,
            common_name,
            issuer,
            not_before: not_before.0,
            not_after: not_after.0,
            public_key,
            issuer_end: issuer_end
                .map(|IssuerEndRow { subject, not_after }| IssuerEnd { subject, not_after: not_after.0 }),
        }
    }
}
