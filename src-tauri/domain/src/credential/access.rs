//! Access credentials: what portal and hub hand over to each other, and until when it is valid.

use chrono::{DateTime, TimeDelta, Utc};
use documents::{CertUrl, CredentialDocument, Extra, Part, PortalUrl, Proof, SecretBytes, TokenEndpoint};
use messages::Message;
use url::{Host, Url};

use crate::{
    credential::{CredentialKind, Validity, find_end},
    portal::derive_url_key,
};

/// What a consumer has to know besides the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessFacts {
    /// The portal's URL.
    pub url: PortalUrl,
    /// The token endpoint for client secrets. A certificate document may leave it out; then it is the one for the
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
    /// Whether these are the credential of that kind and client id. A certificate is itself by its fingerprint, whatever
    /// client id a document gives it.
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

    /// Whether both lead to the same places, however these are spelled.
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

    /// The host of the portal, where it is not one of those whose domain has the host of the token endpoint in it (by the
    /// Public Suffix List): the secret goes to one owner and the token to another.
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

/// How long a client secret lives. A certificate has none: it names its own end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// As long as the service key that it belongs to.
    OfServiceKey,
    /// A portal generated it at that time in its *Connection* tab; the end counts from there.
    Generated {
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody knows when it was generated.
    Unknown,
}

impl Lifetime {
    /// From when on portals generate credentials that are valid for 365 days: 2024-02-01, 00:00 UTC.
    const LONGER_SINCE: DateTime<Utc> = DateTime::from_timestamp(1_706_745_600, 0).expect("a date of the calendar");

    /// For how many days credentials are valid that a portal generated at that time.
    pub fn derive_days(generated_at: DateTime<Utc>) -> i64 {
        if generated_at < Self::LONGER_SINCE { 65 } else { 365 }
    }

    /// When a portal generated the credentials with this client id, as far as it tells: `sb-apiaccess_<epoch ms>!b…`. A
    /// time that lies after `now`, or before there were such portals, is none.
    pub fn find_creation_hint(client_id: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        /// 2015-01-01, in milliseconds.
        const EARLIEST: i64 = 1_420_070_400_000;
        let (millis, _) = client_id.strip_prefix("sb-apiaccess_")?.split_once('!')?;
        if millis.is_empty() || !millis.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let millis: i64 = millis.parse().ok().filter(|millis| *millis >= EARLIEST)?;
        // A clock that is a day behind must not hide when the credentials end.
        DateTime::from_timestamp_millis(millis).filter(|at| *at <= now + TimeDelta::days(1))
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

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn at(year: i32, month: u32, day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap()
    }

    #[test]
    fn credentials_of_february_2024_and_later_are_valid_for_365_days_and_older_ones_for_65() {
        let end = |generated| find_end(&CredentialKind::ClientSecret(Lifetime::Generated { at: generated })).0.unwrap();
        assert_eq!(end(at(2024, 2, 1)), at(2024, 2, 1) + TimeDelta::days(365));
        let last_moment = at(2024, 2, 1) - TimeDelta::milliseconds(1);
        assert_eq!(end(last_moment), last_moment + TimeDelta::days(65));
    }

    #[test]
    fn a_client_secret_of_a_service_key_or_of_an_unknown_date_has_no_end_that_could_be_named() {
        assert_eq!(find_end(&CredentialKind::ClientSecret(Lifetime::OfServiceKey)).0, None);
        assert_eq!(find_end(&CredentialKind::ClientSecret(Lifetime::Unknown)).0, None);
    }

    #[test]
    fn a_client_id_of_the_connection_tab_tells_when_it_was_generated() {
        let now = at(2026, 3, 1);
        let hint = |client_id| Lifetime::find_creation_hint(client_id, now);
        let of_sample = hint("sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864").unwrap();
        assert_eq!(of_sample.format("%Y-%m-%d %H:%M").to_string(), "2024-01-15 06:04");
        assert_eq!(hint("sb-apiaccess_170529865920x!b1|x"), None);
        assert_eq!(hint("sb-apiaccess_9999999999999!b1|x"), None, "a time to come is no time of generation");
        assert_eq!(hint("sb-apiaccess_12!b1|x"), None);
        assert_eq!(hint("sb-7f6a1d!b1|x"), None);
        assert_eq!(hint("sb-apiaccess_99999999999999999999999!b1|x"), None);
    }
}
