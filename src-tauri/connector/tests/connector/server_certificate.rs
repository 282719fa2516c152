//! The TLS stage, as far as it is about the server.

use std::{
    env, fs,
    io::{Read, Write},
    process::Command,
};

use domain::{
    connection_check::{Cause, Stage},
    documents::PortalUrl,
};
use tempfile::TempDir;

use crate::toolkit::{
    certificates::{Authority, Issued, self_signed_server},
    openssl::OpensslAuthority,
    server::{Replies, Server, hang, tls},
    test_run::{Connection, Outcome, portal},
};

fn host() -> String {
    "127.0.0.1".into()
}

fn run_against(server: &Issued, trusted: &str) -> Outcome {
    let server = Server::secure(tls(server), Replies::good());
    let outcome = Connection::by_secret(&server.https()).trusting(trusted).run();
    assert!(server.requests().is_empty(), "nothing is sent to a server that is not trusted");
    outcome
}

#[test]
fn the_version_of_tls_is_told() {
    let (_server, connection) = portal(Replies::good());
    assert_eq!(connection.run().detail(Stage::Tls), "TLS 1.3");
}

/// A4: this installation's own authorities count for its own service only.
#[test]
fn whoever_has_the_key_of_our_authority_does_not_pass_for_anybody_else() {
    let authority = Authority::named("Our Own");
    let server = Server::secure(tls(&authority.server()), Replies::good());
    let connection = || Connection::by_secret(&server.https()).trusting(&authority.pem);
    connection().run().apis();
    let seen = server.requests().len();
    connection().leading_to_a_stranger().run().assert_fails(
        Stage::Tls,
        &Cause::UntrustedServer { host: host() },
        "the certificate of 127.0.0.1 is not trusted on this computer",
        "Have the authority that issued it added to the trusted certificates of this computer",
    );
    assert_eq!(server.requests().len(), seen, "no client secret is sent");
}

/// A4: an authority is held to the names that its certificate permits.
#[test]
fn a_server_that_its_authority_may_not_vouch_for_is_not_trusted() {
    let authority = Authority::constrained_to("portal.example.com");
    let server = Server::secure(tls(&authority.server_between(&["localhost"], -1, 30)), Replies::good());
    let outcome =
        Connection::by_secret(&server.https().replace("127.0.0.1", "localhost")).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Tls,
        &Cause::UntrustedServer { host: "localhost".into() },
        "the certificate of localhost is not trusted on this computer",
        "Have the authority that issued it added to the trusted certificates of this computer",
    );
    assert!(server.requests().is_empty(), "no client secret is sent");
    let right = Authority::constrained_to("localhost");
    let server = Server::secure(tls(&right.server_between(&["localhost"], -1, 30)), Replies::good());
    Connection::by_secret(&server.https().replace("127.0.0.1", "localhost")).trusting(&right.pem).run().apis();
}

#[test]
fn a_self_signed_server_is_not_trusted() {
    let outcome = run_against(&self_signed_server(), &Authority::named("Trusted").pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::UntrustedServer { host: host() },
        "the certificate of 127.0.0.1 is not trusted on this computer",
        "Have the authority that issued it added to the trusted certificates of this computer",
    );
    assert_eq!(outcome.seen(), "it is self-signed: CN=A test's server", "the user can ask who that is");
}

#[test]
fn a_server_of_another_authority_is_not_trusted_and_the_authority_is_named() {
    let outcome = run_against(&Authority::named("Some Proxy").server(), &Authority::named("Trusted").pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::UntrustedServer { host: host() },
        "the certificate of 127.0.0.1 is not trusted on this computer",
        "otherwise somebody may be listening in",
    );
    assert_eq!(outcome.seen(), "it is issued by CN=Some Proxy", "a company's own proxy is recognised by its name");
}

#[test]
fn a_certificate_for_another_name_is_a_mismatch_and_the_name_is_told() {
    let authority = Authority::named("Trusted");
    let outcome = run_against(&authority.server_between(&["portal.example"], -1, 30), &authority.pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ServerNameMismatch { host: host() },
        "the certificate that the server showed is not for 127.0.0.1",
        "Check the host in the URL; the server may be known by another name.",
    );
    assert_eq!(outcome.seen(), "it is for portal.example");
}

#[test]
fn an_expired_certificate_of_the_server_is_told_from_one_that_is_not_trusted() {
    let authority = OpensslAuthority::new();
    let outcome = run_against(&authority.issue("server", "old", "20200101000000Z", "20210203000000Z"), &authority.pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ServerCertificateExpired { host: host() },
        "the certificate of 127.0.0.1 has expired",
        "Ask the operator of the server to renew its certificate.",
    );
    assert_eq!(outcome.seen(), "it ended on 2021-02-03");
}

#[test]
fn a_certificate_of_the_server_that_begins_later_points_to_the_clock() {
    let authority = OpensslAuthority::new();
    let outcome = run_against(&authority.issue("server", "new", "20900102000000Z", "20990101000000Z"), &authority.pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ServerCertificateNotYetValid { host: host() },
        "the certificate of 127.0.0.1 is not valid yet",
        "Check the date and time of this computer",
    );
    assert_eq!(outcome.seen(), "it begins on 2090-01-02");
}

#[test]
fn an_untrusted_api_host_gets_no_token() {
    let (_server, mut connection) = portal(Replies::good());
    let other = Server::secure(tls(&Authority::named("Stranger").server()), Replies::good());
    connection.facts.url = PortalUrl::from_stored(other.https());
    connection.run().assert_fails(
        Stage::PortalApi,
        &Cause::UntrustedServer { host: host() },
        "the certificate of 127.0.0.1 is not trusted on this computer",
        "trusted certificates of this computer",
    );
    assert!(other.requests().is_empty(), "the token is not for strangers");
}

#[test]
fn a_certificate_for_clients_is_not_accepted_as_a_servers() {
    let authority = OpensslAuthority::new();
    let outcome = run_against(&authority.issue("client", "c", "20200101000000Z", "20990101000000Z"), &authority.pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::UntrustedServer { host: host() },
        "the certificate of 127.0.0.1 is not trusted on this computer",
        "trusted certificates of this computer",
    );
    assert_eq!(outcome.seen(), "it is issued by CN=OpenSSL-Authority; it is not for servers");
}

#[test]
fn a_plain_http_server_at_the_port_is_no_tls() {
    let server = Server::raw(|mut stream| {
        let mut hello = [0; 16];
        let _ = stream.read(&mut hello);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let port = server.port;
    Connection::by_secret(&server.https()).run().assert_fails(
        Stage::Tls,
        &Cause::NotTls { host: host(), port },
        &format!("the server 127.0.0.1 does not speak TLS on port {port}"),
        "Check the port in the URL.",
    );
}

#[test]
fn an_ssh_server_at_the_port_is_no_tls() {
    let server = Server::raw(|mut stream| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let port = server.port;
    Connection::by_secret(&server.https()).run().assert_fails(
        Stage::Tls,
        &Cause::NotTls { host: host(), port },
        &format!("the server 127.0.0.1 does not speak TLS on port {port}"),
        "Check the port in the URL.",
    );
}

#[test]
fn a_handshake_that_hangs_ends_with_the_time_limit() {
    let server = Server::raw(|_stream| hang());
    Connection::by_secret(&server.https()).run_briefly().assert_fails(
        Stage::Tls,
        &Cause::TlsTimeout { host: host() },
        "the server 127.0.0.1 did not finish the TLS handshake within 10 seconds",
        "Check whether a proxy or firewall stands in between",
    );
}

#[test]
fn a_connection_that_is_cut_in_the_handshake_is_no_secure_one() {
    let server = Server::raw(|mut stream| {
        let _ = stream.read(&mut [0; 16]);
    });
    let outcome = Connection::by_secret(&server.https()).run();
    outcome.assert_fails(
        Stage::Tls,
        &Cause::TlsFailed { host: host() },
        "no secure connection to 127.0.0.1 could be made",
        "Check whether a proxy or firewall stands in between; ask the operator of the server.",
    );
    assert_eq!(outcome.seen(), "the server closed the connection during the handshake");
}

#[test]
fn a_damaged_anchor_does_not_take_the_others_with_it() {
    let authority = Authority::named("Trusted");
    let server = Server::secure(tls(&authority.server()), Replies::good());
    let damaged = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
    let connection = Connection::by_secret(&server.https()).trusting("not PEM").trusting(damaged);
    assert_eq!(connection.trusting(&authority.pem).run().apis().len(), 1);
}

/// Started by the test below, with the variable in place.
#[test]
#[ignore = "needs the environment that the next test gives it"]
fn inside_an_environment_with_its_own_trusted_certificates() {
    let base = env::var("BASE_URL").expect("given by the other test");
    let outcome = Connection::by_secret(&base).trusting(&Authority::named("Unrelated").pem).run();
    assert_eq!(outcome.apis().len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn the_trusted_certificates_of_the_system_count_beside_the_anchors() {
    let authority = Authority::named("Of the system");
    let server = Server::secure(tls(&authority.server()), Replies::good());
    let folder = TempDir::new().expect("a folder");
    let store = folder.path().join("trusted.pem");
    fs::write(&store, &authority.pem).expect("a file");
    let name = "server_certificate::inside_an_environment_with_its_own_trusted_certificates";
    let output = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", name, "--ignored"])
        .env("SSL_CERT_FILE", &store)
        .env("BASE_URL", server.https())
        .output()
        .expect("this program once more");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "a company's own authority is trusted: {said}");
}

/// Promise C4: the one that has ended is named, not the server's own.
#[test]
fn an_expired_issuer_of_a_valid_certificate_is_named() {
    let root = Authority::named("Trusted");
    let between = root.intermediate_between("Between, ended", -60, -1);
    let leaf = between.server();
    let chain = Issued { chain_pem: format!("{}{}", leaf.chain_pem, between.pem), key: leaf.key };
    let outcome = run_against(&chain, &root.pem);
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ServerIssuerExpired { host: host(), issuer: "Between, ended".into() },
        "the certificate of 127.0.0.1 is valid, but the one above it, Between, ended, has expired",
        "renewing the server's own certificate does not help",
    );
    assert!(outcome.seen().starts_with("it ended on 20"), "{}", outcome.seen());
}

/// Promise C6: names as a person writes them.
#[test]
fn addresses_in_a_certificate_are_told_as_addresses() {
    let authority = Authority::named("Trusted");
    let outcome =
        run_against(&authority.server_between(&["192.0.2.7", "2001:db8::1", "*.example"], -1, 30), &authority.pem);
    assert_eq!(outcome.seen(), "it is for 192.0.2.7, 2001:db8::1, *.example");
}

/// Promise C6: what the libraries say in the spelling of their code is said in words.
#[test]
fn problems_of_a_certificate_are_told_in_words() {
    let authority = OpensslAuthority::new();
    let client = authority.issue("client", "a-client", "20250101000000Z", "20490101000000Z");
    assert_eq!(
        run_against(&client, &authority.pem).seen(),
        "it is issued by CN=OpenSSL-Authority; it is not for servers"
    );
    let outcome = run_against(&Authority::as_server(), &Authority::named("Trusted").pem);
    assert!(!outcome.seen().contains("CaUsedAsEndEntity"), "{}", outcome.seen());
}

/// Promise C11.
#[test]
fn a_server_of_http_2_only_is_named() {
    let authority = Authority::named("Trusted");
    let mut config = tls(&authority.server());
    config.alpn_protocols = vec![b"h2".to_vec()];
    let server = Server::secure(config, Replies::good());
    let outcome = Connection::by_secret(&server.https()).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Tls,
        &Cause::OtherHttp { host: host() },
        "the server 127.0.0.1 does not speak HTTP/1.1",
        "allow HTTP/1.1 beside HTTP/2",
    );
}
