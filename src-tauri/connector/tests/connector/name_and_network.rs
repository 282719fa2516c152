//! The first stage: from the name to a connection.

use std::{
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use domain::{
    connection_check::{Cause, Stage},
    documents::PortalUrl,
};

use crate::toolkit::{
    certificates::Authority,
    server::{Replies, Server, tls},
    test_run::{Connection, SHORT, portal},
};

#[test]
fn the_address_and_port_are_told() {
    let (server, connection) = portal(Replies::good());
    let outcome = connection.run();
    assert_eq!(outcome.detail(Stage::NameAndNetwork), format!("127.0.0.1, port {}", server.port));
}

#[test]
fn a_name_that_answers_at_one_of_its_addresses_is_reached() {
    // "localhost" may have the addresses ::1 and 127.0.0.1; the server listens at the second only.
    let authority = Authority::named("Trusted");
    let server = Server::secure(tls(&authority.server()), Replies::good());
    let base = format!("https://localhost:{}", server.port);
    let outcome = Connection::by_secret(&base).trusting(&authority.pem).run();
    assert_eq!(outcome.apis().len(), 1);
}

#[test]
fn an_unknown_host_is_named() {
    Connection::by_secret("https://no-such-host.invalid").run().assert_fails(
        Stage::NameAndNetwork,
        &Cause::UnknownHost { host: "no-such-host.invalid".into() },
        "the host no-such-host.invalid is unknown",
        "Check the spelling of the URL, the network, and whether a VPN is needed, or a proxy (Settings).",
    );
}

#[test]
fn a_port_where_nothing_listens_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    Connection::by_secret(&format!("https://127.0.0.1:{port}")).run().assert_fails(
        Stage::NameAndNetwork,
        &Cause::Refused { host: "127.0.0.1".into(), port },
        &format!("the server 127.0.0.1 refuses connections on port {port}"),
        "Check the port in the URL, and whether the service runs",
    );
}

#[test]
#[cfg(not(windows))] // Windows refuses where the others drop.
fn a_host_that_does_not_answer_is_named_when_the_time_is_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let waiting = fill_backlog(address);
    let outcome = Connection::by_secret(&format!("https://{address}")).run_briefly();
    outcome.assert_fails(
        Stage::NameAndNetwork,
        &Cause::ConnectTimeout { host: "127.0.0.1".into(), port: address.port() },
        &format!("the server 127.0.0.1 did not answer on port {} within 10 seconds", address.port()),
        "Check the network, whether a VPN or a proxy (Settings) is needed, and whether a firewall lets this connection pass.",
    );
    assert!(outcome.took < SHORT + Duration::from_secs(2), "the limit is kept: {:?}", outcome.took);
    drop((waiting, listener));
}

/// Connects until the system lets nobody else wait to be accepted: from then on it drops whoever knocks.
#[cfg(not(windows))]
fn fill_backlog(address: SocketAddr) -> Vec<TcpStream> {
    let mut waiting = Vec::new();
    loop {
        match TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            Ok(stream) => waiting.push(stream),
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::TimedOut, "after {} connections", waiting.len());
                return waiting;
            }
        }
    }
}

#[test]
fn http_is_refused_for_a_host_that_is_not_this_computer() {
    Connection::by_secret("http://portal.example").run().assert_fails(
        Stage::NameAndNetwork,
        &Cause::NotHttps { host: "portal.example".into() },
        "the URL at portal.example is not https",
        "Use the https URL of the portal: credentials are not sent unprotected.",
    );
}

/// Promise A7: a document chooses where this app connects to, so that it must not make it speak to any program of this
/// computer that listens in clear.
#[test]
fn http_is_refused_on_this_computer_too_and_nothing_is_sent() {
    let server = Server::plain(Replies::good());
    for url in [server.http(), format!("http://localhost:{}", server.port)] {
        let host = if url.contains("localhost") { "localhost" } else { "127.0.0.1" };
        Connection::by_secret(&url).run().assert_fails(
            Stage::NameAndNetwork,
            &Cause::NotHttps { host: host.into() },
            &format!("the URL at {host} is not https"),
            "credentials are not sent unprotected",
        );
    }
    let (_secure, mut connection) = portal(Replies::good());
    connection.facts.url = PortalUrl::from_stored(server.http());
    connection.run().assert_fails(
        Stage::PortalApi,
        &Cause::NotHttps { host: "127.0.0.1".into() },
        "the URL at 127.0.0.1 is not https",
        "credentials are not sent unprotected",
    );
    assert!(server.requests().is_empty(), "neither secret nor token");
}

/// Promise A7: the secret goes to one owner and the token to another.
#[test]
fn token_host_and_portal_host_of_two_owners_are_both_named() {
    let (server, mut connection) = portal(Replies::good());
    let address = format!("127.0.0.1, port {}", server.port);
    for (url, named) in [
        ("https://portal.attacker.invalid", Some("portal.attacker.invalid")),
        ("https://localhost:1/", Some("localhost")),
        ("https://127.0.0.1:1/", None),
    ] {
        connection.facts.url = PortalUrl::from_stored(url);
        let expected = match named {
            Some(host) => format!("{address}; the token comes from 127.0.0.1, the APIs from {host}"),
            None => address.clone(),
        };
        assert_eq!(connection.run().detail(Stage::NameAndNetwork), expected, "{url}");
    }
}

#[test]
fn the_hosts_of_token_endpoint_and_api_are_told_apart() {
    let (_server, mut connection) = portal(Replies::good());
    connection.facts.url = PortalUrl::from_stored("https://no-such-portal.invalid");
    connection.run().assert_fails(
        Stage::PortalApi,
        &Cause::UnknownHost { host: "no-such-portal.invalid".into() },
        "the host no-such-portal.invalid is unknown",
        "Check the spelling of the URL",
    );
}

#[test]
fn a_refused_port_of_the_api_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    let (_server, mut connection) = portal(Replies::good());
    connection.facts.url = PortalUrl::from_stored(format!("https://127.0.0.1:{port}"));
    connection.run().assert_fails(
        Stage::PortalApi,
        &Cause::Refused { host: "127.0.0.1".into(), port },
        &format!("the server 127.0.0.1 refuses connections on port {port}"),
        "Check the port in the URL",
    );
}

#[test]
fn http_at_a_foreign_api_host_gets_no_token() {
    let (_server, mut connection) = portal(Replies::good());
    connection.facts.url = PortalUrl::from_stored("http://portal.example");
    connection.run().assert_fails(
        Stage::PortalApi,
        &Cause::NotHttps { host: "portal.example".into() },
        "the URL at portal.example is not https",
        "credentials are not sent unprotected",
    );
}
