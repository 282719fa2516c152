//! A URL that is called, taken apart.

use domain::{
    connection_check::{Cause, Diagnosis},
    documents::is_protected,
    messages::{Message, message},
};
use rustls::pki_types::ServerName;
use url::{Host, Position, Url};

/// A URL that credentials may be sent to.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The URL as it is called.
    pub url: Url,
    /// Where it is.
    pub host: Host<String>,
    /// The port, the scheme's own where the URL has none.
    pub port: u16,
}

impl Endpoint {
    /// Splits a URL into its parts. Refuses one that is not protected, as [`is_protected`] says.
    pub fn parse(text: &str) -> Result<Self, Diagnosis> {
        let unusable = || Diagnosis {
            cause: Cause::UnknownHost { host: text.chars().filter(|char| !char.is_control()).take(200).collect() },
            seen: message!("seen-no-url"),
        };
        let mut url = Url::parse(text).map_err(|_| unusable())?;
        let host = url.host().ok_or_else(unusable)?.to_owned();
        let port = url.port_or_known_default().ok_or_else(unusable)?;
        // A user in the URL would go out as an authorization of its own. Neither can fail: the URL has a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let endpoint = Self { url, host, port };
        if is_protected(&endpoint.url) {
            return Ok(endpoint);
        }
        Err(Diagnosis { cause: Cause::NotHttps { host: endpoint.host_name() }, seen: Message::empty() })
    }

    /// Splits a base URL with a path below it. A path that the URL has already is not appended again.
    pub fn parse_below(base: &str, path: &str) -> Result<Self, Diagnosis> {
        let base = base.trim_end_matches('/');
        if base.ends_with(path) { Self::parse(base) } else { Self::parse(&format!("{base}{path}")) }
    }

    /// Whether it is on this computer (RFC 6761 §6.3).
    pub fn is_this_computer(&self) -> bool {
        match &self.host {
            Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// Whether another URL leads to the same server (RFC 6454 §5), without a user of its own.
    pub fn is_same_origin(&self, other: &Url) -> bool {
        self.url.origin() == other.origin() && other.username().is_empty() && other.password().is_none()
    }

    /// That it is no URL which a request can be made for.
    pub fn unusable(&self) -> Diagnosis {
        Diagnosis { cause: Cause::UnknownHost { host: self.host_name() }, seen: message!("seen-no-url") }
    }

    /// Host and port as in a URL; the port only where it is not that of https.
    pub fn authority(&self) -> &str {
        &self.url[Position::BeforeHost..Position::AfterPort]
    }

    /// Path and query as they stand in a URL.
    pub fn path_and_query(&self) -> &str {
        &self.url[Position::BeforePath..Position::AfterQuery]
    }

    /// The host as a person reads it, and as it stands in a URL.
    pub fn host_name(&self) -> String {
        self.host.to_string()
    }

    /// The host in the form that TLS needs (RFC 6066 §3); `None` for a name that no certificate can be for.
    pub fn server_name(&self) -> Option<ServerName<'static>> {
        match &self.host {
            Host::Domain(name) => ServerName::try_from(name.clone()).ok(),
            Host::Ipv4(address) => Some(ServerName::from(std::net::IpAddr::V4(*address))),
            Host::Ipv6(address) => Some(ServerName::from(std::net::IpAddr::V6(*address))),
        }
    }

    /// The URL as a person reads it: without the parts that are not an address and may be confidential.
    pub fn shown(&self) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.into()
    }
}

#[cfg(test)]
mod tests {
    use domain::documents::CertUrl;

    use super::*;

    #[test]
    fn the_token_path_is_appended_once() {
        for base in ["https://portal.example", "https://portal.example/", "https://portal.example/oauth/token"] {
            let endpoint = Endpoint::parse(&CertUrl::from_stored(base).token_endpoint()).expect("an endpoint");
            assert_eq!(endpoint.url.as_str(), "https://portal.example/oauth/token", "{base}");
        }
    }

    #[test]
    fn nothing_is_sent_without_tls() {
        for plain in [
            "http://127.0.0.1:8080/x",
            "http://[::1]/x",
            "http://localhost/x",
            "http://portal.example/x",
            "http://10.0.0.1/x",
            "ftp://h/x",
        ] {
            let refused = Endpoint::parse(plain).expect_err("credentials are not sent unprotected");
            assert_eq!(refused.cause.code(), "not_https", "{plain}");
        }
    }

    #[test]
    fn what_is_shown_is_the_address_and_nothing_confidential() {
        let endpoint =
            Endpoint::parse("https://user:planted@portal.example:8443/a/b?token=planted#planted").expect("one");
        assert_eq!(endpoint.shown(), "https://portal.example:8443/a/b");
        assert_eq!(endpoint.url.username(), "", "it is not sent either");
    }
}
