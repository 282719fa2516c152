//! Promise C2: a network that is left through a proxy only. The names here have no address outside the tests' proxy.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use domain::{
    connection_check::{Cause, Stage},
    settings::{ProxyChoice, ProxyUrl},
};

use crate::toolkit::{
    certificates::Authority,
    server::{Replies, Server, tls},
    test_run::Connection,
};

/// A name that nobody but the proxy knows (RFC 6761 §6.4).
const PORTAL: &str = "portal.tenant.invalid";

/// A proxy that takes CONNECT to any name and leads to one port of this computer.
struct ProxyServer {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ProxyServer {
    fn leading_to(port: u16) -> Self {
        Self::start(move |client, _| tunnel(client, port))
    }

    /// One that answers everybody with these bytes.
    fn answering(answer: &'static str) -> Self {
        Self::start(move |mut client, _| {
            let _ = client.write_all(answer.as_bytes());
            let _ = client.shutdown(Shutdown::Write);
            let _ = io::copy(&mut client, &mut io::sink());
        })
    }

    /// One that lets in only who shows these credentials.
    fn demanding(credentials: &'static str, port: u16) -> Self {
        Self::start(move |mut client, head| {
            if head.to_ascii_lowercase().contains(&format!("proxy-authorization: {}", credentials.to_ascii_lowercase()))
            {
                return tunnel(client, port);
            }
            let _ = client.write_all(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
            );
        })
    }

    fn start(serve: impl Fn(TcpStream, &str) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (log, serve) = (Arc::clone(&heads), Arc::new(serve));
        thread::spawn(move || {
            for mut client in listener.incoming().map_while(Result::ok) {
                let (log, serve) = (Arc::clone(&log), Arc::clone(&serve));
                thread::spawn(move || {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        let mut byte = [0];
                        if client.read_exact(&mut byte).is_err() {
                            return;
                        }
                        head.push(byte[0]);
                    }
                    let head = String::from_utf8_lossy(&head).into_owned();
                    log.lock().expect("the log").push(head.clone());
                    serve(client, &head);
                });
            }
        });
        Self { port, heads }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn shown(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("the log").clone()
    }
}

fn tunnel(mut client: TcpStream, port: u16) {
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)) else { return };
    let _ = client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
    let (mut from_client, mut to_server) = (client.try_clone().expect("a clone"), server.try_clone().expect("a clone"));
    let up = thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let _ = io::copy(&mut server, &mut client);
    let _ = client.shutdown(Shutdown::Write);
    let _ = up.join();
}

fn portal() -> (Server, Connection) {
    let authority = Authority::named("Trusted");
    let server = Server::secure(tls(&authority.server_between(&[PORTAL], -1, 30)), Replies::good());
    let connection = Connection::by_secret(&format!("https://{PORTAL}")).trusting(&authority.pem);
    (server, connection)
}

#[test]
fn every_stage_passes_with_the_proxy_as_the_only_way_out() {
    for variable in ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        let (server, connection) = portal();
        let proxy = ProxyServer::leading_to(server.port);
        let outcome = connection.with_variable(variable, proxy.url()).run();
        assert_eq!(outcome.apis().len(), 1);
        assert_eq!(outcome.detail(Stage::NameAndNetwork), format!("through the proxy {}", proxy.shown()));
        let heads = proxy.heads();
        assert_eq!(heads.len(), 4, "two stages look at the way, two requests go it");
        for head in heads {
            assert!(head.starts_with(&format!("CONNECT {PORTAL}:443 HTTP/1.1\r\n")), "it looks the name up: {head}");
            assert!(!head.to_lowercase().contains("authorization"), "the credentials are inside TLS: {head}");
        }
    }
}

#[test]
fn a_certificate_goes_through_the_proxy_as_well() {
    let authority = Authority::named("Trusted");
    let issued = authority.server_between(&[PORTAL], -1, 30);
    let server = Server::secure(
        crate::toolkit::server::mutual_tls(&issued, &authority.pem, &rustls::version::TLS13),
        Replies::good(),
    );
    let proxy = ProxyServer::leading_to(server.port);
    let base = format!("https://{PORTAL}");
    let connection = Connection::by_certificate(&base, &base, &authority.client("sb-apiaccess"))
        .trusting(&authority.pem)
        .with_variable("https_proxy", proxy.url());
    let outcome = connection.run();
    assert_eq!(outcome.detail(Stage::Tls), "TLS 1.3, with the certificate");
    assert_eq!(server.requests()[0].client_certificates, 1);
}

#[test]
fn without_the_proxy_there_is_no_way() {
    let (server, connection) = portal();
    let proxy = ProxyServer::leading_to(server.port);
    let expected = Cause::UnknownHost { host: PORTAL.into() };
    let remedy = "whether a VPN is needed, or a proxy (Settings).";
    connection.run().assert_fails(Stage::NameAndNetwork, &expected, &format!("the host {PORTAL} is unknown"), remedy);
    let excepted = connection.with_variable("https_proxy", proxy.url()).with_variable("no_proxy", ".tenant.invalid");
    excepted.run().assert_fails(Stage::NameAndNetwork, &expected, &format!("the host {PORTAL} is unknown"), remedy);
    let mut never = excepted.with_variable("no_proxy", "");
    never.proxy = ProxyChoice::Never;
    never.run().assert_fails(Stage::NameAndNetwork, &expected, &format!("the host {PORTAL} is unknown"), remedy);
    assert!(proxy.heads().is_empty());
}

#[test]
fn the_proxy_of_the_settings_is_taken() {
    let (server, mut connection) = portal();
    let proxy = ProxyServer::leading_to(server.port);
    connection.proxy = ProxyChoice::Url(ProxyUrl::parse(&proxy.shown()).expect("a proxy"));
    assert_eq!(connection.run().apis().len(), 1);
}

#[test]
fn a_proxy_that_cannot_be_reached_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    for (proxy, seen) in
        [(format!("127.0.0.1:{port}"), "connection refused"), ("proxy.invalid:3128".into(), "its name has no address")]
    {
        let (_server, connection) = portal();
        let outcome = connection.with_variable("HTTPS_PROXY", format!("http://{proxy}")).run();
        outcome.assert_fails(
            Stage::NameAndNetwork,
            &Cause::ProxyUnreachable { proxy: proxy.clone() },
            &format!("the proxy {proxy} of this network cannot be reached"),
            "which proxy is named: in Settings, or by the environment variables HTTPS_PROXY and ALL_PROXY",
        );
        assert_eq!(outcome.seen(), seen);
    }
}

#[test]
fn the_credentials_of_a_proxy_go_to_it_alone_and_are_never_told() {
    let (server, connection) = portal();
    // "user:planted pw:x"
    let proxy = ProxyServer::demanding("Basic dXNlcjpwbGFudGVkIHB3Ong=", server.port);
    let url = format!("http://user:planted%20pw%3Ax@127.0.0.1:{}", proxy.port);
    let connection = connection.with_variable("HTTPS_PROXY", url);
    let outcome = connection.run();
    assert_eq!(outcome.apis().len(), 1);
    let sent = format!("{:?}", server.requests());
    assert!(!sent.to_lowercase().contains("proxy-") && !sent.contains("dXNlcj"), "the server sees none of it: {sent}");
    assert!(!format!("{outcome:?}").contains("dXNlcj"));

    let echo = ProxyServer::answering("HTTP/1.1 403 no planted pw:x and dXNlcjpwbGFudGVkIHB3Ong=\r\n\r\n");
    let url = format!("http://user:planted%20pw%3Ax@127.0.0.1:{}", echo.port);
    let outcome = connection.with_variable("HTTPS_PROXY", url).run();
    assert_eq!(outcome.seen(), "HTTP 403 no [redacted] and [redacted]");
}

#[test]
fn a_proxy_that_asks_who_uses_it_is_named_with_the_way_out() {
    let (server, connection) = portal();
    let proxy = ProxyServer::demanding("Basic x", server.port);
    let outcome = connection.with_variable("HTTPS_PROXY", proxy.url()).run();
    outcome.assert_fails(
        Stage::NameAndNetwork,
        &Cause::ProxyAuthentication { proxy: proxy.shown() },
        &format!("the proxy {} requires a user name and a password", proxy.shown()),
        "Name the proxy with user and password in the environment variable HTTPS_PROXY",
    );
    assert_eq!(outcome.seen(), "HTTP 407, it asks for Negotiate, Basic");
}

#[test]
fn what_a_proxy_says_no_with_is_told_apart() {
    let cause: fn(String) -> Cause = |proxy| Cause::ProxyRefused { proxy, host: PORTAL.into() };
    let failed: fn(String) -> Cause = |proxy| Cause::ProxyFailed { proxy, host: PORTAL.into() };
    let none: fn(String) -> Cause = |proxy| Cause::NotAProxy { proxy };
    for (answer, cause, seen) in [
        ("HTTP/1.1 403 Filtered\r\n\r\n", cause, "HTTP 403 Filtered"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", failed, "HTTP 502 Bad Gateway"),
        ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", failed, "HTTP 503 Service Unavailable"),
        ("HTTP/1.1 405 Method Not Allowed\r\n\r\n", none, "HTTP 405 Method Not Allowed"),
        ("SSH-2.0-OpenSSH_9.6\r\n\r\n", none, ""),
        ("", none, "the connection ended without an answer"),
    ] {
        let (_server, connection) = portal();
        let proxy = ProxyServer::answering(answer);
        let outcome = connection.with_variable("HTTPS_PROXY", proxy.url()).run();
        let cause = cause(proxy.shown());
        outcome.assert_fails(
            Stage::NameAndNetwork,
            &cause,
            &cause.message().for_log(),
            &cause.message().remedy().for_log(),
        );
        assert!(cause.message().for_log().contains(&proxy.shown()), "the proxy is named");
        assert_eq!(outcome.seen(), seen, "{answer}");
    }
}

#[test]
fn a_proxy_that_nobody_can_use_is_not_passed_over_in_silence() {
    let (_server, connection) = portal();
    let outcome = connection.with_variable("ALL_PROXY", "socks5h://127.0.0.1:1080").run();
    outcome.assert_fails(
        Stage::NameAndNetwork,
        &Cause::ProxyUnusable,
        "the proxy of this network is named in a way that cannot be used",
        "SOCKS proxies are not supported",
    );
    assert_eq!(outcome.seen(), "ALL_PROXY");
}

#[test]
fn a_proxy_that_never_answers_ends_with_the_time_limit() {
    let proxy = ProxyServer::start(|_, _| crate::toolkit::server::hang());
    let (_server, connection) = portal();
    let outcome = connection.with_variable("HTTPS_PROXY", proxy.url()).run_briefly();
    let cause = Cause::ProxyFailed { proxy: proxy.shown(), host: PORTAL.into() };
    outcome.assert_fails(
        Stage::NameAndNetwork,
        &cause,
        &cause.message().for_log(),
        &cause.message().remedy().for_log(),
    );
    assert_eq!(outcome.seen(), "the proxy did not answer in time");
}
