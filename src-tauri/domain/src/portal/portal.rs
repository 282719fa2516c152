//! An API portal: the side that owns APIs and generates access credentials.

use chrono::{DateTime, Utc};
use documents::{CertUrl, PortalUrl, TokenEndpoint};
use messages::Message;

use crate::{
    credential::{AccessFacts, Credential, CredentialKind, CredentialOrigin, ImportedCredential},
    id::PortalId,
    input::{Field, InputProblem, single_line},
    kind::Kind,
    portal::derive_url_key,
    vocabulary::Vocabulary,
};

/// An API portal that this installation manages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    /// Identifies the portal for good.
    pub id: PortalId,
    /// Its name, unique in this installation whatever its case.
    pub name: String,
    /// The subaccount it lives in.
    pub subaccount: Subaccount,
    /// What names the portal in URLs and files: lower-case letters, digits and dashes; unique; never changes.
    pub slug: String,
    /// Where it lives.
    pub home: PortalHome,
    /// Which of the vendor's screens its page looks like.
    pub vocabulary: Vocabulary,
    /// When it was created.
    pub created_at: DateTime<Utc>,
}

/// Where a portal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortalHome {
    /// In this installation: its token service honours the credentials that are generated here.
    Local {
        /// The number behind `!b` in the client ids of this portal.
        instance_number: u32,
    },
    /// In SAP: its credentials are generated there and imported here.
    InSap {
        /// Its URL.
        url: PortalUrl,
    },
}

impl Portal {
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }

    /// The slug for a portal called `name`; it differs from all for which `taken` is true.
    pub(crate) fn derive_slug(name: &str, taken: impl Fn(&str) -> bool) -> String {
        let mut slug = String::new();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() >= 40 {
                break;
            }
        }
        let slug = match slug.trim_end_matches('-') {
            "" => "portal",
            slug => slug,
        };
        if !taken(slug) {
            return slug.to_owned();
        }
        (2_u32..).map(|n| format!("{slug}-{n}")).find(|slug| !taken(slug)).expect("numbers do not run out")
    }

    /// What identifies the portal in connection requests, even when the token service's addresses change: its id here,
    /// its URL elsewhere.
    pub fn key(&self) -> String {
        match &self.home {
            PortalHome::Local { .. } => format!("portal:{}", self.id),
            PortalHome::InSap { url } => derive_url_key(url),
        }
    }

    /// Whether it is local or in SAP.
    pub const fn kind(&self) -> Kind {
        match self.home {
            PortalHome::Local { .. } => Kind::Local,
            PortalHome::InSap { .. } => Kind::InSap,
        }
    }

    /// The name with its tag, for the activity list.
    pub(crate) fn tagged_name(&self) -> Message {
        self.kind().tagged(&self.name)
    }

    /// Whether it lives in this installation.
    pub fn is_local(&self) -> bool {
        self.kind() == Kind::Local
    }

    /// The client id of a credential generated at `at`. It carries the time in epoch milliseconds, as the vendor's do.
    pub(crate) fn derive_client_id(instance_number: u32, at: DateTime<Utc>) -> String {
        format!("sb-apiaccess_{}!b{instance_number}|api-portal-xsuaa!b1", at.timestamp_millis())
    }

    /// What a consumer of `credential` has to know besides the secret.
    pub fn access_facts(&self, credential: &Credential, endpoints: &Endpoints) -> AccessFacts {
        let (client_id, kind) = (credential.client_id.clone(), credential.kind.clone());
        match &credential.origin {
            CredentialOrigin::ServiceKey { .. } => AccessFacts {
                url: endpoints.portal_url(self),
                token_url: endpoints.token_url(self),
                cert_url: match credential.kind {
                    CredentialKind::ClientSecret(_) => None,
                    CredentialKind::Certificate(_) => Some(endpoints.cert_url(self)),
                },
                client_id,
                kind,
            },
            CredentialOrigin::Imported(ImportedCredential { url, token_url, cert_url, .. }) => AccessFacts {
                url: url.clone(),
                token_url: token_url.clone(),
                cert_url: cert_url.clone(),
                client_id,
                kind,
            },
        }
    }
}

/// A subaccount, by its id or subdomain. Case does not matter: two spellings can be the same subaccount.
#[derive(Debug, Clone)]
pub struct Subaccount(String);

impl Subaccount {
    /// The longest subaccount, in characters.
    pub const MAX_LENGTH: usize = 80;

    /// Checks a subaccount as typed. Keeps its spelling without surrounding white space.
    pub fn parse(subaccount: &str) -> Result<Self, InputProblem> {
        single_line(Field::Subaccount, subaccount, Self::MAX_LENGTH).map(Self)
    }

    /// A subaccount that was checked when it was stored.
    pub fn from_stored(subaccount: String) -> Self {
        Self(subaccount)
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Subaccount {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl Eq for Subaccount {}

impl std::fmt::Display for Subaccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the token service of this installation answers; the URLs in generated credentials follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Host name in the URLs.
    pub host: String,
    /// Port of the listener for client secrets, discovery and the portal API.
    pub port: u16,
    /// Port of the listener that demands a client certificate (RFC 8705).
    pub mutual_tls_port: u16,
}

impl Endpoints {
    /// The loopback with the default ports.
    pub fn loopback() -> Self {
        Self { host: "localhost".into(), port: 28443, mutual_tls_port: 28444 }
    }

    /// The host of the listener for client secrets, without a path: clients that know no path ask there.
    pub fn host_url(&self) -> String {
        format!("https://{}:{}", self.host, self.port)
    }

    /// The token endpoint for client secrets that names no portal.
    pub fn host_token_url(&self) -> TokenEndpoint {
        TokenEndpoint::below(&self.host_url())
    }

    /// The host of the listener for certificates, without a path.
    pub fn host_cert_url(&self) -> CertUrl {
        CertUrl::from_stored(format!("https://{}:{}", self.host, self.mutual_tls_port))
    }

    /// The portal's own URL; the portal API lies below it.
    pub fn portal_url(&self, portal: &Portal) -> PortalUrl {
        match &portal.home {
            PortalHome::Local { .. } => PortalUrl::from_stored(format!("{}/{}", self.host_url(), portal.slug)),
            PortalHome::InSap { url } => url.clone(),
        }
    }

    /// The token endpoint for client secrets (RFC 6749 §3.2) of a portal that lives here.
    pub fn token_url(&self, portal: &Portal) -> TokenEndpoint {
        TokenEndpoint::below(&self.portal_url(portal))
    }

    /// The base URL for certificates of a portal that lives here.
    pub fn cert_url(&self, portal: &Portal) -> CertUrl {
        CertUrl::from_stored(format!("{}/{}", self.host_cert_url(), portal.slug))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable_and_unique() {
        assert_eq!(Portal::derive_slug("Sales EU (prod)", |_| false), "sales-eu-prod");
        assert_eq!(Portal::derive_slug("Sales", |slug| slug == "sales" || slug == "sales-2"), "sales-3");
        assert_eq!(Portal::derive_slug("日本", |_| false), "portal", "a URL needs at least one ASCII letter");
    }

    #[test]
    fn two_spellings_of_one_portal_url_have_one_key() {
        assert_eq!(derive_url_key("HTTPS://Portal.Example.com:443/"), derive_url_key("https://portal.example.com"));
        assert_ne!(derive_url_key("https://localhost:28443/a"), derive_url_key("https://localhost:28443/b"));
    }

    #[test]
    fn a_subaccount_is_the_same_in_upper_and_lower_case() {
        assert_eq!(Subaccount::parse(" Sales-EU ").unwrap(), Subaccount::parse("sales-eu").unwrap());
    }
}
