//! What becomes of the client certificate, or of its absence: in the handshake, and at servers that answer instead.

use std::{io, net::TcpStream, sync::Arc, thread, time::Duration};

use domain::connection_check::{Cause, Stage};
use rustls::{
    ServerConnection,
    version::{TLS12, TLS13},
};

use crate::toolkit::{
    certificates::Authority,
    openssl::{OpensslAuthority, demanding},
    server::{Replies, Server, html, mutual_tls, refuses, tls},
    test_run::{CLIENT_ID, Connection, Outcome},
};

fn host() -> String {
    "127.0.0.1".into()
}

fn assert_required(outcome: &Outcome) {
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ClientCertificateRequired { host: host() },
        "the server 127.0.0.1 requires a client certificate",
        "Use certificate credentials, or the token URL for client secrets if these are a client secret.",
    );
}

fn assert_refused(outcome: &Outcome) {
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ClientCertificateRefused { host: host() },
        "the server 127.0.0.1 does not accept the client certificate",
        "Check that certurl belongs to the same portal as the certificate, and that the chain is complete.",
    );
}

fn assert_expired(outcome: &Outcome) {
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ClientCertificateExpired { host: host() },
        "the server 127.0.0.1 says that the client certificate has expired",
        "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
         request is pending, Re-establish Connection once it is approved.",
    );
    assert_eq!(outcome.seen(), "TLS alert certificate_expired");
}

#[test]
fn a_client_secret_at_a_server_that_demands_a_certificate_is_told_so_in_tls_1_3() {
    let authority = Authority::named("Trusted");
    let server = demanding(&authority, &authority.pem, "-tls1_3");
    let outcome = Connection::by_secret(&server.https()).trusting(&authority.pem).run();
    assert_required(&outcome);
    assert_eq!(outcome.seen(), "TLS alert certificate_required");
}

#[test]
fn a_client_secret_at_a_server_that_demands_a_certificate_is_told_so_in_tls_1_2() {
    let authority = Authority::named("Trusted");
    let server = demanding(&authority, &authority.pem, "-tls1_2");
    let outcome = Connection::by_secret(&server.https()).trusting(&authority.pem).run();
    assert_required(&outcome);
    assert_eq!(outcome.seen(), "TLS alert handshake_failure", "TLS 1.2 has no alert of its own for it");
}

#[test]
fn a_client_secret_is_told_so_by_rustls_in_both_versions() {
    for version in [&TLS12, &TLS13] {
        let authority = Authority::named("Trusted");
        let server = Server::secure(mutual_tls(&authority.server(), &authority.pem, version), Replies::good());
        assert_required(&Connection::by_secret(&server.https()).trusting(&authority.pem).run());
        assert!(server.requests().is_empty(), "the secret is not sent to where a certificate belongs");
    }
}

#[test]
fn a_certificate_of_another_authority_is_refused_in_both_versions() {
    for version in ["-tls1_2", "-tls1_3"] {
        let authority = Authority::named("Trusted");
        let server = demanding(&authority, &Authority::named("Other portal").pem, version);
        let client = authority.client(CLIENT_ID);
        let outcome =
            Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
        assert_refused(&outcome);
        assert_eq!(outcome.seen(), "TLS alert unknown_ca", "{version}");
    }
}

#[test]
fn an_expired_certificate_is_named_by_the_servers_alert_in_both_versions() {
    for version in ["-tls1_2", "-tls1_3"] {
        let (authority, clients) = (Authority::named("Trusted"), OpensslAuthority::new());
        let server = demanding(&authority, &clients.pem, version);
        let client = clients.issue("client", "sb-apiaccess", "20200101000000Z", "20210101000000Z");
        let connection = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem);
        assert_expired(&connection.run());
    }
}

#[test]
fn an_expired_certificate_is_named_by_rustls_too() {
    let (authority, clients) = (Authority::named("Trusted"), OpensslAuthority::new());
    let client = clients.issue("client", "sb-apiaccess", "20200101000000Z", "20210101000000Z");
    let server = Server::secure(mutual_tls(&authority.server(), &clients.pem, &TLS13), Replies::good());
    let connection = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem);
    assert_expired(&connection.run());
}

#[test]
fn a_chain_without_its_intermediate_is_refused() {
    let authority = Authority::named("Trusted");
    let client = authority.intermediate("Between").client(CLIENT_ID);
    let server = demanding(&authority, &authority.pem, "-tls1_3");
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    assert_refused(&outcome);
}

#[test]
fn a_server_that_hangs_up_instead_of_naming_the_certificate_is_understood() {
    // The handshake of TLS 1.3 is over for the client when this server reads the certificate, dislikes it and goes.
    let authority = Authority::named("Trusted");
    let config = Arc::new(mutual_tls(&authority.server(), &Authority::named("Other portal").pem, &TLS13));
    let server = Server::raw(move |mut stream| {
        let mut connection = ServerConnection::new(Arc::clone(&config)).expect("TLS");
        let _ = read_until_refusal(&mut connection, &mut stream, Duration::ZERO);
    });
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    assert_refused(&outcome);
    assert_eq!(outcome.seen(), "the server asked for a certificate, then closed the connection");
}

#[test]
fn a_server_that_takes_its_time_to_refuse_the_certificate_is_understood_later() {
    let authority = Authority::named("Trusted");
    let config = Arc::new(mutual_tls(&authority.server(), &Authority::named("Other portal").pem, &TLS13));
    let server = Server::raw(move |mut stream| {
        let mut connection = ServerConnection::new(Arc::clone(&config)).expect("TLS");
        // Longer than the TLS stage waits on so quick a connection.
        if read_until_refusal(&mut connection, &mut stream, Duration::from_millis(600)).is_err() {
            let _ = connection.write_tls(&mut stream);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
    });
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Token,
        &Cause::ClientCertificateRefused { host: host() },
        "the server 127.0.0.1 does not accept the client certificate",
        "the chain is complete",
    );
    assert_eq!(outcome.seen(), "TLS alert unknown_ca");
}

/// Carries out the server's side of a handshake up to the client certificate, waits, looks at it and refuses it. What
/// there is to say about it is not sent.
fn read_until_refusal(connection: &mut ServerConnection, stream: &mut TcpStream, wait: Duration) -> io::Result<()> {
    loop {
        while connection.wants_write() {
            connection.write_tls(stream)?;
            thread::sleep(wait);
        }
        if connection.read_tls(stream)? == 0 {
            return Ok(());
        }
        connection.process_new_packets().map_err(io::Error::other)?;
    }
}

#[test]
fn a_page_of_nginx_about_a_missing_certificate_is_understood() {
    let authority = Authority::named("Trusted");
    let page = "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n\
                <center><h1>400 Bad Request</h1></center>\r\n\
                <center>No required SSL certificate was sent</center>\r\n<hr><center>nginx</center>\r\n</body></html>";
    let server = Server::secure(tls(&authority.server()), Replies::token(html("400 Bad Request", page)));
    let outcome = Connection::by_secret(&server.https()).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Token,
        &Cause::ClientCertificateRequired { host: host() },
        "the server 127.0.0.1 requires a client certificate",
        "Use certificate credentials",
    );
    assert_eq!(outcome.seen(), "HTTP 400, a page \"400 No required SSL certificate was sent\"");
}

#[test]
fn a_page_of_nginx_about_a_certificate_that_it_does_not_accept_is_understood() {
    let authority = Authority::named("Trusted");
    let page = "<html><head><title>400 The SSL certificate error</title></head><body>\
                <center>The SSL certificate error</center></body></html>";
    let server = Server::secure(
        mutual_tls(&authority.server(), &authority.pem, &TLS13),
        Replies::token(html("400 Bad Request", page)),
    );
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Token,
        &Cause::ClientCertificateRefused { host: host() },
        "the server 127.0.0.1 does not accept the client certificate",
        "the chain is complete",
    );
}

fn assert_at_wrong_host(outcome: &Outcome) {
    outcome.assert_fails(
        Stage::Token,
        &Cause::CertificateAtWrongHost,
        "a certificate credential was used at the host for client secrets",
        "Check certurl: for a certificate it has to name the host with \"cert\" or the port for mutual TLS.",
    );
}

#[test]
fn a_certificate_at_the_host_for_secrets_is_told_so_by_the_description() {
    let authority = Authority::named("Trusted");
    let reply = refuses("401 Unauthorized", "unauthorized", "Unsupported instance credential type x509");
    let server = Server::secure(tls(&authority.server()), Replies::token(reply));
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    assert_at_wrong_host(&outcome);
    assert_eq!(outcome.detail(Stage::Tls), "TLS 1.3; the server did not ask for the certificate");
    assert_eq!(
        outcome.seen(),
        "HTTP 401 unauthorized: Unsupported instance credential type x509; the server did not ask for the certificate"
    );
}

#[test]
fn a_certificate_that_nobody_asked_for_cannot_be_bad_credentials() {
    let authority = Authority::named("Trusted");
    let reply = refuses("401 Unauthorized", "invalid_client", "Bad credentials");
    let server = Server::secure(tls(&authority.server()), Replies::token(reply));
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    assert_at_wrong_host(&outcome);
}

#[test]
fn a_certificate_that_was_asked_for_can_be_bad_credentials() {
    let authority = Authority::named("Trusted");
    let reply = refuses("401 Unauthorized", "invalid_client", "Bad credentials");
    let config = mutual_tls(&authority.server(), &authority.pem, &TLS13);
    let server = Server::secure(config, Replies::token(reply));
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Token,
        &Cause::BadCredentials,
        "the token service does not accept these credentials",
        "their service key was deleted",
    );
}

#[test]
fn an_api_that_demands_a_certificate_does_not_get_the_one_for_the_token() {
    let authority = Authority::named("Trusted");
    let token = Server::secure(mutual_tls(&authority.server(), &authority.pem, &TLS13), Replies::good());
    let api = demanding(&authority, &authority.pem, "-tls1_3");
    let client = authority.client(CLIENT_ID);
    let outcome = Connection::by_certificate(&api.https(), &token.https(), &client).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::ClientCertificateRequired { host: host() },
        "the server 127.0.0.1 requires a client certificate",
        "Use certificate credentials",
    );
}

/// Promise C5: OpenSSL takes only those curves of a client in TLS 1.2 that the client offers for its own handshake.
#[test]
fn a_key_that_a_server_does_not_take_is_named() {
    let authority = Authority::named("Trusted");
    let key = || rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).expect("a key");
    let server = demanding(&authority, &authority.pem, "-tls1_2");
    let client = authority.client_with_key(CLIENT_ID, key());
    let outcome = Connection::by_certificate(&server.https(), &server.https(), &client).trusting(&authority.pem).run();
    outcome.assert_fails(
        Stage::Tls,
        &Cause::ClientKeyNotTaken { host: host(), key: "EC P-521".into() },
        "the server 127.0.0.1 does not accept a client key of the kind EC P-521",
        "with an RSA key (2048 bits or more), or with a P-256 or P-384 key",
    );
}
