//! A server that sends back what it was sent. Every test's outcome is searched for secret and token; here they come in
//! every place where a server may put them.

use domain::{
    connection_check::{Cause, Stage},
    documents::PortalUrl,
};

use crate::toolkit::{
    certificates::{Authority, Issued},
    server::{Ending, Replies, Reply, Request, Server, TOKEN, tls},
    test_run::{Outcome, SECRET, portal},
};

fn echo(line: &'static str, headers: fn(&Request) -> String, body: fn(&Request) -> String) -> Reply {
    Box::new(move |request, stream| {
        let (headers, body) = (headers(request), body(request));
        let length = body.len();
        let _ = write!(stream, "HTTP/1.1 {line}\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
        Ending::Close
    })
}

fn authorization(request: &Request) -> String {
    request.header("authorization").unwrap_or("none").to_owned()
}

fn assert_redacted(outcome: &Outcome, stage: Stage, cause: &Cause) {
    outcome.assert_fails(stage, cause, &cause.message().for_log(), &cause.message().remedy().for_log());
    assert!(outcome.seen().contains("[redacted]"), "the echo was seen and taken out: {}", outcome.seen());
}

#[test]
fn an_echoed_authorization_is_redacted() {
    let (_server, connection) = portal(Replies::token(echo(
        "401 Unauthorized",
        |_| String::new(),
        |request| format!(r#"{{"error":"invalid_client","error_description":"who is {}?"}}"#, authorization(request)),
    )));
    let outcome = connection.run();
    assert_redacted(&outcome, Stage::Token, &Cause::BadCredentials);
    assert_eq!(
        outcome.seen(),
        "HTTP 401 invalid_client: who is Basic [redacted]?; the same unencoded, as curl -u sends it"
    );
}

#[test]
fn an_echoed_secret_is_redacted_in_every_form() {
    for echoed in [
        |_: &Request| SECRET.to_owned(),
        |_: &Request| SECRET.chars().map(|char| format!("{char}\\u0007")).collect(),
        |_: &Request| SECRET[4..].to_owned(),
        |_: &Request| SECRET.replace(' ', "+"),
        |_: &Request| "planted+%24ecret%2b%2f%3d%25%26%3a%c3%a9-0123456789".to_owned(),
    ] {
        let reply: Reply = Box::new(move |request, stream| {
            let body = format!(r#"{{"error":"invalid_client","error_description":"not {}"}}"#, echoed(request));
            let length = body.len();
            let _ = write!(stream, "HTTP/1.1 401 Unauthorized\r\nContent-Length: {length}\r\n\r\n{body}");
            Ending::Close
        });
        let (_server, connection) = portal(Replies::token(reply));
        assert_redacted(&connection.run(), Stage::Token, &Cause::BadCredentials);
    }
}

#[test]
fn an_echoed_authorization_is_redacted_in_the_title_of_a_page() {
    let (server, connection) = portal(Replies::token(echo(
        "200 OK",
        |_| String::new(),
        |request| format!("<html><title>{} {SECRET}</title></html>", authorization(request)),
    )));
    let outcome = connection.run();
    assert_redacted(&outcome, Stage::Token, &Cause::NotJson { url: format!("{}/oauth/token", server.https()) });
    assert_eq!(outcome.seen(), "HTTP 200, a page \"Basic [redacted] [redacted]\"");
}

#[test]
fn an_echoed_body_is_redacted() {
    let (_server, connection) = portal(Replies::token(echo(
        "400 Bad Request",
        |_| String::new(),
        |request| {
            // Only the second attempt has the secret in its body, and its refusal is the one that counts.
            let error = if request.body.contains("client_secret=") { "invalid_scope" } else { "invalid_request" };
            format!(r#"{{"error":"{error}","error_description":"{}"}}"#, request.body)
        },
    )));
    let outcome = connection.run();
    assert_redacted(&outcome, Stage::Token, &Cause::TokenRequestRefused);
    assert!(outcome.seen().ends_with("&client_secret=[redacted]"), "{}", outcome.seen());
}

#[test]
fn an_echoed_secret_is_redacted_in_a_redirect_and_in_a_scope() {
    let (server, connection) = portal(Replies::token(echo(
        "302 Found",
        |request| format!("Location: /login/{}\r\n", authorization(request).replace("Basic ", "")),
        |_| String::new(),
    )));
    let url = format!("{}/oauth/token", server.https());
    assert_redacted(&connection.run(), Stage::Token, &Cause::Redirected { url });

    let (_server, connection) = portal(Replies::token(echo(
        "200 OK",
        |_| String::new(),
        |request| {
            let echoed = authorization(request);
            format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer","scope":"{echoed} {TOKEN}"}}"#)
        },
    )));
    assert_eq!(connection.run().detail(Stage::Token), "scope Basic [redacted] [redacted]");
}

#[test]
fn an_echoed_token_is_redacted_at_the_portal_api() {
    let (_server, connection) = portal(Replies::api(echo(
        "403 Forbidden",
        |request| {
            let echoed = authorization(request);
            format!("WWW-Authenticate: Bearer error=\"x\", error_description=\"{echoed}\", scope=\"{echoed}\"\r\n")
        },
        |_| String::new(),
    )));
    assert_redacted(&connection.run(), Stage::PortalApi, &Cause::RoleMissing { role: "Bearer [redacted]".into() });

    let (_server, connection) = portal(Replies::api(echo(
        "200 OK",
        |_| String::new(),
        |request| format!(r#"{{"value":[{{"name":"a","description":"{} {SECRET}"}}]}}"#, authorization(request)),
    )));
    assert_eq!(connection.run().apis()[0].description, "Bearer [redacted] [redacted]");
}

#[test]
fn a_secret_in_the_names_of_a_certificate_is_redacted() {
    let (_server, mut connection) = portal(Replies::good());
    // Whoever got the secret at the token endpoint can have a certificate made of it for the portal API.
    let api = Server::secure(tls(&Authority::named(SECRET).server()), Replies::good());
    connection.facts.url = PortalUrl::from_stored(api.https());
    let outcome = connection.run();
    assert_redacted(&outcome, Stage::PortalApi, &Cause::UntrustedServer { host: "127.0.0.1".into() });
}

#[test]
fn an_echoed_secret_is_redacted_in_the_name_of_a_coding() {
    let (server, connection) = portal(Replies::token(echo(
        "200 OK",
        |request| format!("Content-Encoding: {}\r\n", authorization(request).replace("Basic ", "")),
        |_| "x".to_owned(),
    )));
    let cause = Cause::UnknownCoding { url: format!("{}/oauth/token", server.https()), coding: "[redacted]".into() };
    let outcome = connection.run();
    outcome.assert_fails(Stage::Token, &cause, &cause.message().for_log(), &cause.message().remedy().for_log());
}

#[test]
fn an_echoed_token_is_redacted_in_the_address_of_the_next_page() {
    let reply: Reply = Box::new(|request, stream| {
        let token = authorization(request).replace("Bearer ", "");
        let (status, body) = if request.target.contains(&token) {
            ("404 Not Found", String::new())
        } else {
            ("200 OK", format!(r#"{{"value":[{{"name":"a"}}],"@odata.nextLink":"/apiportal/{token}"}}"#))
        };
        let length = body.len();
        let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}");
        Ending::Close
    });
    let (server, connection) = portal(Replies::api(reply));
    let cause = Cause::NotFound { url: format!("{}/apiportal/[redacted]", server.https()) };
    let outcome = connection.run();
    outcome.assert_fails(Stage::PortalApi, &cause, &cause.message().for_log(), &cause.message().remedy().for_log());
}

#[test]
fn a_secret_in_the_name_of_an_expired_issuer_is_redacted() {
    let (_server, connection) = portal(Replies::good());
    let root = Authority::named("Trusted");
    let between = root.intermediate_between(SECRET, -60, -1);
    let leaf = between.server();
    let chain = Issued { chain_pem: format!("{}{}", leaf.chain_pem, between.pem), key: leaf.key };
    let api = Server::secure(tls(&chain), Replies::good());
    let mut connection = connection.trusting(&root.pem);
    connection.facts.url = PortalUrl::from_stored(api.https());
    let cause = Cause::ServerIssuerExpired { host: "127.0.0.1".into(), issuer: "[redacted]".into() };
    let outcome = connection.run();
    outcome.assert_fails(Stage::PortalApi, &cause, &cause.message().for_log(), &cause.message().remedy().for_log());
}
