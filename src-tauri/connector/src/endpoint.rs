//! A URL that is called, taken apart.

use domain::{
    Cause, Diagnosis,
    messages::{Message, message},
};
use rustls::pki_types::ServerName;
use url::{Host, Url};

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
    /// Takes a URL apart. Refuses http for any host but this computer.
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
        match endpoint.url.scheme() {
            "https" => Ok(endpoint),
            "http" if endpoint.is_this_computer() => Ok(endpoint),
            _ => Err(endpoint.not_https()),
        }
    }

    /// Takes a base URL and a path below it apart. A path that is there already is not appended again.
    pub fn parse_below(base: &str, path: &str) -> Result<Self, Diagnosis> {
        let base = base.trim_end_matches('/');
        if base.ends_with(path) { Self::parse(base) } else { Self::parse(&format!("{base}{path}")) }
    }

    /// Whether the connection is protected by TLS.
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    fn is_this_computer(&self) -> bool {
        match &self.host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// The refusal to send credentials there unprotected.
    pub fn not_https(&self) -> Diagnosis {
        Diagnosis { cause: Cause::NotHttps { host: self.host_name() }, seen: Message::empty() }
    }

    /// The host as a person reads it, and as it stands in a URL.
    pub fn host_name(&self) -> String {
        self.host.to_string()
    }

    /// The host as TLS wants it (RFC 6066 §3); `None` for a name that no certificate can be for.
    pub fn server_name(&self) -> Option<ServerName<'static>> {
        match &self.host {
            Host::Domain(name) => ServerName::try_from(name.clone()).ok(),
            Host::Ipv4(address) => Some(ServerName::from(std::net::IpAddr::V4(*address))),
            Host::Ipv6(address) => Some(ServerName::from(std::net::IpAddr::V6(*address))),
        }
    }

    /// The URL as a person reads it: without the parts that are no address and may be confidential.
    pub fn shown(&self) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_path_is_appended_once() {
        for base in ["https://portal.example", "https://portal.example/", "https://portal.example/oauth/token"] {
            let endpoint = Endpoint::parse_below(base, "/oauth/token").expect("an endpoint");
            assert_eq!(endpoint.url.as_str(), "https://portal.example/oauth/token", "{base}");
        }
    }

    #[test]
    fn http_is_for_this_computer_only() {
        for own in ["http://127.0.0.1:8080/x", "http://[::1]/x", "http://localhost/x"] {
            assert!(Endpoint::parse(own).is_ok(), "{own} never leaves this computer");
        }
        for foreign in ["http://portal.example/x", "http://localhost.example/x", "http://10.0.0.1/x", "ftp://h/x"] {
            let refused = Endpoint::parse(foreign).expect_err("credentials are not sent unprotected");
            assert_eq!(refused.cause.code(), "not_https", "{foreign}");
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
