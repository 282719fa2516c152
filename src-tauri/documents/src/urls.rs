//! The three URLs of access credentials, the path of a token endpoint, and which URLs credentials may be sent to.

use std::ops::Deref;

use url::Url;

use crate::{FindingKind, Part, placeholders::is_placeholder};

/// Declares a URL that is kept and shown as it was given. It dereferences to its text, which is no secret.
macro_rules! url_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// A URL that was checked when it was stored, or that this installation answers at.
            pub fn from_stored(url: impl Into<String>) -> Self {
                Self(url.into())
            }

            /// As it was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(url: $name) -> Self {
                url.0
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    };
}

url_type! {
    /// The URL of an API portal; the portal API lies below it.
    PortalUrl
}

url_type! {
    /// A token endpoint (RFC 6749 §3.2), complete with its path.
    TokenEndpoint
}

url_type! {
    /// The base URL for certificates, to which clients append [`TokenEndpoint::PATH`] (RFC 8705 §5).
    CertUrl
}

impl PortalUrl {
    /// Checks a URL that a person entered or a document gives.
    pub fn parse(text: &str) -> Result<Self, FindingKind> {
        check(Part::Url, text).map(|()| Self(text.to_owned()))
    }
}

/// What a URL said about the token path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenPath {
    /// It stood there once, or another path did.
    Complete,
    /// It was added.
    Missing,
    /// It stood there more than once.
    Doubled,
}

impl TokenEndpoint {
    /// The path of the token endpoint of XSUAA, and of this app's own token service.
    pub const PATH: &str = "/oauth/token";

    /// The subdomain of the subaccount (SAP: "identity zone"), where XSUAA issues the tokens: the first label of
    /// `<subdomain>.authentication.<region>.hana.ondemand.com`.
    pub fn subdomain(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        let (subdomain, rest) = url.host_str()?.split_once('.')?;
        rest.starts_with("authentication.").then(|| subdomain.to_owned())
    }

    /// The token endpoint below a base URL. A path that is there already is not appended again.
    pub fn below(base: &str) -> Self {
        let (base, _) = split_token_path(base);
        Self(format!("{base}{}", Self::PATH))
    }

    /// Reads the URL of a document: the endpoint that it is, or the one below the host that it is.
    pub(crate) fn read(text: &str, is_host: bool) -> Result<(Self, TokenPath), FindingKind> {
        check(Part::TokenUrl, text)?;
        let (_, count) = split_token_path(text);
        let has_path = Url::parse(text).is_ok_and(|url| !url.path().trim_matches('/').is_empty());
        Ok(match count {
            0 if is_host || !has_path => (Self::below(text), TokenPath::Missing),
            0 => (Self(text.to_owned()), TokenPath::Complete),
            1 => (Self::below(text), TokenPath::Complete),
            _ => (Self::below(text), TokenPath::Doubled),
        })
    }

    /// The same URL as the base for certificates, where a document gives one URL for both.
    pub(crate) fn as_cert_url(&self) -> CertUrl {
        CertUrl(split_token_path(&self.0).0.to_owned())
    }
}

impl CertUrl {
    /// Reads the URL of a document. The second value is whether the token path stood there; it is taken off.
    pub(crate) fn read(text: &str) -> Result<(Self, bool), FindingKind> {
        check(Part::CertUrl, text)?;
        let (base, count) = split_token_path(text);
        Ok((Self(if count == 0 { text } else { base }.to_owned()), count > 0))
    }

    /// The token endpoint for certificates.
    pub fn token_endpoint(&self) -> TokenEndpoint {
        TokenEndpoint::below(&self.0)
    }
}

/// Whether credentials and tokens may be sent to a URL: over TLS only, on this computer as well. A document could otherwise
/// choose to which program here they go. This app's own service speaks TLS.
pub fn is_protected(url: &Url) -> bool {
    url.scheme() == "https"
}

/// Checks a URL that a person entered or a document gives: complete, protected, without user and query.
fn check(part: Part, text: &str) -> Result<(), FindingKind> {
    if text.trim().is_empty() {
        return Err(FindingKind::EmptyPart { part });
    }
    if is_placeholder(part, text) {
        return Err(FindingKind::Placeholder { part });
    }
    if text.chars().any(char::is_control) {
        return Err(FindingKind::ControlCharacter { part });
    }
    let url = Url::parse(text).ok().filter(Url::has_host).ok_or(FindingKind::NotAUrl { part })?;
    // A password in a URL would be shown on screens and stored outside the keychain.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FindingKind::UserInUrl { part });
    }
    // So would a secret in a query.
    if url.query().is_some() || url.fragment().is_some() {
        return Err(FindingKind::QueryInUrl { part });
    }
    if is_protected(&url) { Ok(()) } else { Err(FindingKind::NotHttps { part }) }
}

/// A URL without the token path and slashes at its end, and how often the path stood there.
pub(crate) fn split_token_path(url: &str) -> (&str, usize) {
    let mut base = url.trim_end_matches('/');
    let mut count = 0;
    while let Some(rest) = base.strip_suffix(TokenEndpoint::PATH) {
        base = rest.trim_end_matches('/');
        count += 1;
    }
    (base, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subdomain_stands_before_the_host_that_issues_tokens() {
        let subdomain = |base: &str| TokenEndpoint::below(base).subdomain();
        assert_eq!(
            subdomain("https://sales-prod.authentication.eu10.hana.ondemand.com").as_deref(),
            Some("sales-prod")
        );
        assert_eq!(subdomain("https://sales.authentication.cert.us20.hana.ondemand.com").as_deref(), Some("sales"));
        assert_eq!(subdomain("https://login.example.com"), None, "another host says nothing of a subaccount");
    }

    #[test]
    fn the_token_path_is_added_once_and_never_twice() {
        let host = "https://auth.example.com";
        let endpoint = TokenEndpoint("https://auth.example.com/oauth/token".to_owned());
        for (url, is_host, expected) in [
            (host, true, TokenPath::Missing),
            (host, false, TokenPath::Missing),
            ("https://auth.example.com/", false, TokenPath::Missing),
            ("https://auth.example.com/oauth/token", true, TokenPath::Complete),
            ("https://auth.example.com/oauth/token", false, TokenPath::Complete),
            ("https://auth.example.com/oauth/token/oauth/token", false, TokenPath::Doubled),
            ("https://auth.example.com/oauth/token//oauth/token/", true, TokenPath::Doubled),
        ] {
            assert_eq!(TokenEndpoint::read(url, is_host), Ok((endpoint.clone(), expected)), "{url}");
        }
    }

    #[test]
    fn a_token_endpoint_with_another_path_stays_and_a_host_may_have_a_path_of_its_own() {
        let other = "https://auth.example.com/as/token.oauth2";
        assert_eq!(TokenEndpoint::read(other, false), Ok((TokenEndpoint(other.to_owned()), TokenPath::Complete)));
        let local = "https://localhost:8080/uaa";
        let (endpoint, _) = TokenEndpoint::read(local, true).unwrap();
        assert_eq!(endpoint, "https://localhost:8080/uaa/oauth/token");
    }

    #[test]
    fn the_endpoint_for_certificates_is_below_their_url_whatever_stands_at_its_end() {
        for base in ["https://cert.example", "https://cert.example/", "https://cert.example/oauth/token"] {
            assert_eq!(CertUrl::from_stored(base).token_endpoint(), "https://cert.example/oauth/token", "{base}");
        }
    }

    #[test]
    fn nothing_is_sent_to_a_url_that_is_not_protected() {
        for plain in ["http://portal.example", "http://localhost:8080", "http://127.0.0.1", "ftp://portal.example"] {
            assert_eq!(PortalUrl::parse(plain), Err(FindingKind::NotHttps { part: Part::Url }), "{plain}");
        }
        assert_eq!(PortalUrl::parse("https://portal.example/").unwrap(), "https://portal.example/", "as it was given");
    }
}
