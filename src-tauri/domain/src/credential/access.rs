//! Access credentials: what portal and hub hand over to each other, and until when they are valid.

use chrono::{DateTime, Utc};
use documents::{CertUrl, CredentialDocument, Extra, Part, PortalUrl, Proof, SecretBytes, TokenEndpoint};
use messages::Message;
use url::{Host, Url};

use crate::{
    credential::{CredentialKind, Lifetime, Validity, find_end},
    portal::derive_url_key,
};

/// What a consumer has to know besides the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessFacts {
    /// The portal's URL.
    pub url: PortalUrl,
    /// The token endpoint for client secrets. A certificate document may omit it; then this is the endpoint for the
    /// certificate.
    pub token_url: TokenEndpoint,
    /// The base URL for certificates; `None` for a client secret.
    pub cert_url: Option<CertUrl>,
    /// The OAuth 2.0 client id.
    pub client_id: String,
    /// What the client proves itself with.
    pub kind: CredentialKind,
}

impl AccessFacts {
    /// Whether these are the credential of that kind and client id. A certificate is identified by its fingerprint,
    /// whatever client id a document gives it.
    pub fn is_credential(&self, kind: &CredentialKind, client_id: &str) -> bool {
        match (&self.kind, kind) {
            (CredentialKind::Certificate(ours), CredentialKind::Certificate(theirs)) => {
                ours.fingerprint == theirs.fingerprint
            }
            (CredentialKind::ClientSecret(_), CredentialKind::ClientSecret(_)) => self.client_id == client_id,
            (CredentialKind::ClientSecret(_), CredentialKind::Certificate(_))
            | (CredentialKind::Certificate(_), CredentialKind::ClientSecret(_)) => false,
        }
    }

    /// Whether both have the same addresses, regardless of spelling.
    pub(crate) fn has_addresses_of(&self, other: &Self) -> bool {
        let places = |facts: &Self| {
            let key = derive_url_key;
            (key(&facts.url), key(&facts.token_url), facts.cert_url.as_deref().map(key))
        };
        places(self) == places(other)
    }

    /// Where the token is asked for. A certificate is shown at its own URL and nowhere else (RFC 8705 §5); `None` if it has
    /// none.
    pub fn token_endpoint(&self) -> Option<TokenEndpoint> {
        match self.kind {
            CredentialKind::ClientSecret(_) => Some(self.token_url.clone()),
            CredentialKind::Certificate(_) => self.cert_url.as_ref().map(CertUrl::token_endpoint),
        }
    }

    /// The host of the portal, if its domain has another owner than that of the token endpoint (by the Public Suffix
    /// List): then the secret goes to one owner and the token to another.
    pub fn find_foreign_portal_host(&self, token_endpoint: &Url) -> Option<String> {
        let portal = Url::parse(&self.url).ok()?;
        let (portal, token) = (portal.host()?, token_endpoint.host()?);
        let owner = |host: &Host<&str>| match host {
            Host::Domain(name) => psl::domain_str(name).unwrap_or(name).to_owned(),
            Host::Ipv4(_) | Host::Ipv6(_) => host.to_string(),
        };
        (owner(&portal) != owner(&token)).then(|| portal.to_string())
    }

    /// Whether every URL in it names that host.
    pub(crate) fn leads_to(&self, host: &str) -> bool {
        let mut urls = [&*self.url, &*self.token_url].into_iter().chain(self.cert_url.as_deref());
        urls.all(|url| {
            Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(|found| found.eq_ignore_ascii_case(host)))
        })
    }

    /// When they end: see [`Validity::until`].
    pub fn valid_until(&self) -> Option<DateTime<Utc>> {
        find_end(&self.kind).0
    }

    /// Until when they can be used, as it is at `now`.
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        Validity::of(&self.kind, now, Validity::ENDS_SOON)
    }

    /// Client id, kind and fingerprint in one line, for the activity list.
    pub fn describe(&self) -> Message {
        self.kind.describe(&self.client_id)
    }
}

/// Credentials with their secret.
#[derive(Debug)]
pub struct AccessDocument {
    /// Everything but the secret.
    pub facts: AccessFacts,
    /// The client secret, or the private key as PKCS#8 DER.
    pub secret: SecretBytes,
    /// What else the document held.
    pub extra: Option<Extra>,
}

impl AccessDocument {
    /// Takes what was recognised in a document, completed by [`crate::document::complete_candidate`]; `lifetime` is that of a client
    /// secret. The error is the part that is missing.
    pub(crate) fn from_document(document: CredentialDocument, lifetime: Lifetime) -> Result<Self, Part> {
        let CredentialDocument { url, token_url, cert_url, client_id, proof, extra } = document;
        let (kind, secret) = match proof {
            Proof::ClientSecret(secret) => (CredentialKind::ClientSecret(lifetime), secret),
            Proof::Certificate { chain, private_key } => (CredentialKind::Certificate(*chain), private_key),
        };
        let cert_url = match kind {
            CredentialKind::ClientSecret(_) => None,
            CredentialKind::Certificate(_) => Some(cert_url.ok_or(Part::CertUrl)?),
        };
        let facts = AccessFacts {
            url: url.ok_or(Part::Url)?,
            token_url: token_url.ok_or(Part::TokenUrl)?,
            cert_url,
            client_id: client_id.ok_or(Part::ClientId)?,
            kind,
        };
        Ok(Self { facts, secret, extra })
    }

    /// The same as a document to be written.
    pub(crate) fn into_document(self) -> CredentialDocument {
        let Self { facts, secret, extra } = self;
        let AccessFacts { url, token_url, cert_url, client_id, kind } = facts;
        let proof = match kind {
            CredentialKind::ClientSecret(_) => Proof::ClientSecret(secret),
            CredentialKind::Certificate(chain) => Proof::Certificate { chain: Box::new(chain), private_key: secret },
        };
        CredentialDocument {
            url: Some(url),
            token_url: Some(token_url),
            cert_url,
            client_id: Some(client_id),
            proof,
            extra,
        }
    }
}
