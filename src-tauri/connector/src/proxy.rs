//! The proxy to other networks: which one, and a tunnel through it (RFC 9110 §9.3.6).
//!
//! A proxy sees host and port and nothing else: TLS goes through the tunnel from end to end.

use std::{fmt, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    connection_check::{Cause, Diagnosis},
    messages::{Argument, Joined, Message, message},
    settings::ProxyChoice,
};
use http_body_util::Empty;
use hyper::{
    Request, Response, StatusCode, Uri,
    body::{Bytes, Incoming},
    client::conn::http1,
    ext::ReasonPhrase,
    header::{HOST, HeaderValue, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, USER_AGENT},
};
use hyper_util::{client::proxy::matcher::Matcher, rt::TokioIo};
use tokio::time::{Instant, timeout_at};
use url::Host;

use crate::{
    endpoint::Endpoint,
    product::PRODUCT,
    redaction::{MAX_SEEN, Redaction},
    stream::Stream,
};

/// A proxy that takes requests to CONNECT.
#[derive(Clone)]
pub struct Proxy {
    /// Where it is.
    pub host: Host<String>,
    pub port: u16,
    /// Whether it is spoken to over TLS.
    pub encrypted: bool,
    /// For [`PROXY_AUTHORIZATION`]; goes to the proxy and nowhere else.
    authorization: Option<HeaderValue>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Proxy").field("at", &self.shown()).finish_non_exhaustive()
    }
}

/// The variables of the environment that name proxies: `std::env::var`, or invented ones for tests.
pub type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// The variables that name the proxy for https; the first that is set counts (as in curl).
const PROXY_VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Those that name the hosts that are reached without it.
const EXCEPTION_VARIABLES: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The proxy for an endpoint; `None` where it is reached directly. This computer is never reached through one.
pub fn find_proxy(
    choice: &ProxyChoice,
    environment: &Environment,
    endpoint: &Endpoint,
    redaction: &mut Redaction,
) -> Result<Option<Proxy>, Diagnosis> {
    if endpoint.is_this_computer() {
        return Ok(None);
    }
    let first = |names: &[&'static str]| names.iter().find_map(|name| Some((*name, environment(name)?)));
    let (named_by, url) = match choice {
        ProxyChoice::Never => return Ok(None),
        ProxyChoice::Url(url) => (message!("proxy-of-settings"), Some(url.as_str().to_owned())),
        ProxyChoice::System => match first(&PROXY_VARIABLES) {
            Some((name, url)) => (Message::verbatim(name), Some(url)),
            None => (Message::empty(), None),
        },
    };
    let exceptions = match choice {
        ProxyChoice::System => first(&EXCEPTION_VARIABLES).map(|(_, hosts)| hosts).unwrap_or_default(),
        ProxyChoice::Url(_) | ProxyChoice::Never => String::new(),
    };
    let entries = list_exceptions(&exceptions);
    // Also for an IP address, to which the library does not apply it.
    if entries.iter().any(|entry| entry == "*") {
        return Ok(None);
    }
    // As curl takes it: without a scheme it is one of http.
    let url = url.map(|url| match url.trim() {
        "" => String::new(),
        url if url.contains("://") => url.to_owned(),
        url => format!("http://{url}"),
    });
    let matcher = match &url {
        Some(url) if url.is_empty() => return Ok(None),
        Some(url) => Matcher::builder().https(url.as_str()).no(entries.join(",")).build(),
        // No variable: macOS and Windows have settings of their own.
        None if cfg!(any(target_os = "macos", windows)) => Matcher::from_system(),
        None => return Ok(None),
    };
    let unusable = || Diagnosis { cause: Cause::ProxyUnusable, seen: named_by.clone() };
    let Ok(uri) = endpoint.url.as_str().parse::<Uri>() else { return Ok(None) };
    let Some(found) = matcher.intercept(&uri) else {
        let everywhere = Matcher::builder().https(url.clone().unwrap_or_default()).build();
        // Not an exception: the library did not understand it.
        return if url.is_some() && everywhere.intercept(&uri).is_none() { Err(unusable()) } else { Ok(None) };
    };
    let encrypted = match found.uri().scheme_str() {
        Some("http") => false,
        Some("https") => true,
        Some(_) | None => return Err(unusable()),
    };
    let host = found.uri().host().and_then(|host| Host::parse(host).ok()).ok_or_else(unusable)?;
    let port = found.uri().port_u16().unwrap_or(if encrypted { 443 } else { 80 });
    let authorization = found.basic_auth().cloned();
    if let Some(credentials) = authorization.as_ref().and_then(|value| value.as_bytes().strip_prefix(b"Basic ")) {
        // A proxy may send back what it was sent.
        redaction.add(credentials);
        if let Ok(pair) = BASE64_STANDARD.decode(credentials)
            && let Some(colon) = pair.iter().position(|byte| *byte == b':')
        {
            redaction.add(&pair[colon + 1..]);
        }
    }
    Ok(Some(Proxy { host, port, encrypted, authorization }))
}

/// The entries of `NO_PROXY` as the library reads them. curl also takes spaces between them, brackets around an IPv6
/// address and a dot at the end of a name.
fn list_exceptions(text: &str) -> Vec<String> {
    let entries = text.split(|char: char| char == ',' || char.is_whitespace());
    let entries = entries.map(|entry| entry.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.'));
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

impl Proxy {
    /// Where it is, as a person reads it; without its credentials.
    pub fn shown(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// That there is no connection to it.
    pub fn unreachable(&self, seen: Message) -> Diagnosis {
        Diagnosis { cause: Cause::ProxyUnreachable { proxy: self.shown() }, seen }
    }

    /// Asks the proxy to open a tunnel to `endpoint`. The proxy looks the name up itself.
    pub async fn open_tunnel(
        &self,
        stream: Stream,
        endpoint: &Endpoint,
        redaction: &Redaction,
        deadline: Instant,
    ) -> Result<Stream, Diagnosis> {
        let (proxy, host) = (self.shown(), endpoint.host_name());
        let garbled = |seen| Diagnosis { cause: Cause::NotAProxy { proxy: proxy.clone() }, seen };
        let response = match timeout_at(deadline, self.ask(stream, endpoint)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if error.is_parse() => return Err(garbled(Message::empty())),
            Ok(Err(_)) => return Err(garbled(message!("seen-no-answer"))),
            Err(_) => {
                let cause = Cause::ProxyFailed { proxy, host };
                return Err(Diagnosis { cause, seen: message!("seen-proxy-silent") });
            }
        };
        let cause = match response.status() {
            status if status.is_success() => {
                let upgraded = hyper::upgrade::on(response).await.map_err(|_| garbled(message!("seen-no-answer")))?;
                return Ok(Box::new(TokioIo::new(upgraded)));
            }
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => Cause::ProxyAuthentication { proxy },
            status if status.is_server_error() => Cause::ProxyFailed { proxy, host },
            // The answer of a web server that is not a proxy.
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => {
                Cause::NotAProxy { proxy }
            }
            _ => Cause::ProxyRefused { proxy, host },
        };
        let seen = redaction.clean_message(describe(&response), MAX_SEEN);
        Err(Diagnosis { cause, seen })
    }

    async fn ask(&self, stream: Stream, endpoint: &Endpoint) -> hyper::Result<Response<Incoming>> {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection.with_upgrades());
        let authority = format!("{}:{}", endpoint.host_name(), endpoint.port);
        let mut request = Request::connect(&authority).header(HOST, &authority).header(USER_AGENT, PRODUCT);
        if let Some(value) = &self.authorization {
            request = request.header(PROXY_AUTHORIZATION, value);
        }
        // Host and port of a URL that was taken apart are always a target.
        let request = request.body(Empty::<Bytes>::new()).expect("host and port");
        sender.send_request(request).await
    }
}

/// The status in the proxy's own words, and which authentication it wants.
fn describe(response: &Response<Incoming>) -> Message {
    let status = response.status().as_u16();
    let challenges = response.headers().get_all(PROXY_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    let mut schemes: Vec<_> = challenges.filter_map(|challenge| challenge.split_whitespace().next()).collect();
    schemes.dedup();
    if status == 407 && !schemes.is_empty() {
        return message!("seen-proxy-asks", schemes = Argument::list(schemes, Joined::ByComma));
    }
    let reason = response.extensions().get::<ReasonPhrase>().map(|reason| String::from_utf8_lossy(reason.as_bytes()));
    let reason = reason.as_deref().or_else(|| response.status().canonical_reason()).unwrap_or_default();
    Message::verbatim(format!("HTTP {status} {reason}").trim_end())
}

#[cfg(test)]
mod tests {
    use domain::settings::ProxyUrl;

    use super::*;

    fn find(choice: &ProxyChoice, variables: &[(&str, &str)], url: &str) -> Result<Option<String>, Cause> {
        let variables: Vec<_> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let environment: Environment =
            Arc::new(move |name| variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()));
        let endpoint = Endpoint::parse(url).expect("an endpoint");
        let found = find_proxy(choice, &environment, &endpoint, &mut Redaction::default());
        found.map(|proxy| proxy.map(|proxy| proxy.shown())).map_err(|diagnosis| diagnosis.cause)
    }

    /// Promise C2: the variables are honoured as curl honours them.
    #[test]
    fn the_environment_names_the_proxy_as_for_curl() {
        let at = |variables: &[(&str, &str)]| find(&ProxyChoice::System, variables, "https://portal.example/");
        let proxy = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(at(&[]), Ok(None));
        assert_eq!(at(&[("HTTPS_PROXY", "http://proxy.example:3128")]), proxy("proxy.example:3128"));
        assert_eq!(at(&[("https_proxy", "proxy.example:3128/")]), proxy("proxy.example:3128"), "without a scheme");
        assert_eq!(at(&[("ALL_PROXY", "http://all.example")]), proxy("all.example:80"));
        assert_eq!(at(&[("HTTPS_PROXY", "https://tls.example")]), proxy("tls.example:443"));
        assert_eq!(
            at(&[("HTTPS_PROXY", "http://upper.example"), ("https_proxy", "http://lower.example")]),
            proxy("lower.example:80"),
            "curl looks at the lower case first"
        );
        assert_eq!(
            at(&[("ALL_PROXY", "http://all.example"), ("HTTPS_PROXY", "http://one.example")]),
            proxy("one.example:80")
        );
        assert_eq!(at(&[("https_proxy", ""), ("ALL_PROXY", "http://all.example")]), Ok(None), "empty switches it off");
        assert_eq!(at(&[("HTTP_PROXY", "http://plain.example")]), Ok(None), "that one is for http");
        for unusable in ["socks5h://proxy.example:1080", "ftp://proxy.example", "http://", "::: no URL"] {
            assert_eq!(at(&[("HTTPS_PROXY", unusable)]), Err(Cause::ProxyUnusable), "{unusable}: not left in silence");
        }
    }

    /// Promise C2: `NO_PROXY`.
    #[test]
    fn exceptions_are_hosts_suffixes_networks_and_everything() {
        let goes_directly = |exceptions: &str, url: &str| {
            let variables = [("HTTPS_PROXY", "http://proxy.example:3128"), ("NO_PROXY", exceptions)];
            find(&ProxyChoice::System, &variables, url) == Ok(None)
        };
        for (exceptions, url) in [
            ("portal.example", "https://portal.example/"),
            ("portal.example", "https://PORTAL.example:8443/"),
            ("example", "https://portal.example/"),
            (".example", "https://portal.example/"),
            ("other.test, portal.example", "https://a.portal.example/"),
            ("other.test portal.example.", "https://portal.example/"),
            ("*", "https://portal.example/"),
            ("*", "https://192.0.2.7/"),
            ("192.0.2.7", "https://192.0.2.7/"),
            ("192.0.2.0/24", "https://192.0.2.7/"),
            ("2001:db8::/32", "https://[2001:db8::1]/"),
            ("[2001:db8::1]", "https://[2001:db8::1]/"),
        ] {
            assert!(goes_directly(exceptions, url), "{exceptions} holds {url}");
        }
        for (exceptions, url) in [
            ("", "https://portal.example/"),
            ("portal.example", "https://notportal.example/"),
            ("al.example", "https://portal.example/"),
            ("192.0.2.0/24", "https://198.51.100.7/"),
            ("192.0.2", "https://192.0.2.7/"),
        ] {
            assert!(!goes_directly(exceptions, url), "{exceptions} does not hold {url}");
        }
    }

    #[test]
    fn this_computer_is_never_reached_through_a_proxy() {
        let set = ProxyChoice::Url(ProxyUrl::parse("http://proxy.example:3128").expect("a proxy"));
        for own in [
            "https://localhost/",
            "https://127.0.0.1:28443/",
            "https://127.8.9.10/",
            "https://[::1]/",
            "https://a.localhost/",
        ] {
            assert_eq!(find(&ProxyChoice::System, &[("https_proxy", "http://proxy.example")], own), Ok(None), "{own}");
            assert_eq!(find(&set, &[], own), Ok(None), "{own}");
        }
    }

    #[test]
    fn the_settings_outrank_the_environment() {
        let variables = [("HTTPS_PROXY", "http://proxy.example:3128"), ("NO_PROXY", "*")];
        assert_eq!(find(&ProxyChoice::Never, &variables[..1], "https://portal.example/"), Ok(None));
        let set = ProxyChoice::Url(ProxyUrl::parse("http://set.example:8080").expect("a proxy"));
        assert_eq!(find(&set, &variables, "https://portal.example/"), Ok(Some("set.example:8080".into())));
    }

    #[test]
    fn what_is_printed_of_a_proxy_is_where_it_is() {
        let environment: Environment =
            Arc::new(|name| (name == "https_proxy").then(|| "http://user:planted-pw@proxy.example:3128".into()));
        let endpoint = Endpoint::parse("https://portal.example/").expect("an endpoint");
        let mut redaction = Redaction::default();
        let found = find_proxy(&ProxyChoice::System, &environment, &endpoint, &mut redaction).expect("one");
        let found = found.expect("a proxy");
        assert_eq!(format!("{found:?}"), "Proxy { at: \"proxy.example:3128\", .. }");
        assert!(found.authorization.as_ref().is_some_and(HeaderValue::is_sensitive));
        assert_eq!(redaction.clean("echo planted-pw", 100), "echo [redacted]");
    }
}
