//! Servers that behave, each in its own way.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::connection_check::Stage;
use rustls::version::{TLS12, TLS13};

use crate::toolkit::{
    certificates::{Authority, Issued},
    server::{Replies, Reply, Request, Server, grants, json, mutual_tls, refuses, tls},
    test_run::{CLIENT_ID, Connection, SECRET, portal},
};

/// Id and secret as RFC 6749 §2.3.1 wants them before they are joined for HTTP Basic.
const ENCODED_ID: &str = "sb-apiaccess_1705298659201%21b1%7Capi-portal-xsuaa%21b2";
const ENCODED_SECRET: &str = "planted+%24ecret%2B%2F%3D%25%26%3A%C3%A9-0123456789";

fn is_right_by_basic(request: &Request) -> bool {
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{ENCODED_ID}:{ENCODED_SECRET}")));
    request.header("authorization") == Some(&expected) && request.body == "grant_type=client_credentials"
}

fn is_right_by_body(request: &Request) -> bool {
    let expected = format!("grant_type=client_credentials&client_id={ENCODED_ID}&client_secret={ENCODED_SECRET}");
    request.header("authorization").is_none() && request.body == expected
}

fn grants_if(right: fn(&Request) -> bool, refusal: Reply) -> Replies {
    let grant = grants();
    Replies::token(Box::new(
        move |request, stream| {
            if right(request) { grant(request, stream) } else { refusal(request, stream) }
        },
    ))
}

#[test]
fn a_server_that_takes_basic_only_is_asked_once() {
    let refusal = refuses("401 Unauthorized", "invalid_client", "Bad credentials");
    let (server, connection) = portal(grants_if(is_right_by_basic, refusal));
    let outcome = connection.run();
    assert_eq!(outcome.apis().len(), 1);
    assert_eq!(
        outcome.detail(Stage::Token),
        "expires in 3600 s, scope APIPortal.Service.CatalogIntegration",
        "what is told of the token is not the token"
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "the token and the list");
    assert_eq!(requests[0].target, "/oauth/token");
    assert_eq!(requests[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        requests[0].header("x-cf-encoded-credentials"),
        Some("true"),
        "the vendor's service decodes what the RFC has encoded only when told so"
    );
}

#[test]
fn a_server_that_takes_the_secret_in_the_body_only_is_served_as_well() {
    for (refusal, attempts) in [
        (refuses("401 Unauthorized", "invalid_client", "Bad credentials"), 3),
        (refuses("400 Bad Request", "invalid_client", "no client authentication"), 3),
        (refuses("400 Bad Request", "invalid_request", "client_id is missing"), 2),
    ] {
        let (server, connection) = portal(grants_if(is_right_by_body, refusal));
        let outcome = connection.run();
        assert_eq!(outcome.apis().len(), 1);
        assert!(
            outcome.detail(Stage::Token).ends_with("the token service accepts the secret in the body only"),
            "the form that works is named: {}",
            outcome.detail(Stage::Token)
        );
        assert_eq!(server.requests().len(), attempts + 1, "each form once, the list");
    }
}

fn is_right_unencoded(request: &Request) -> bool {
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT_ID}:{SECRET}")));
    request.header("authorization") == Some(&expected) && request.body == "grant_type=client_credentials"
}

/// Promise C8: a server that compares HTTP Basic without decoding it, as `curl -u` sends it.
#[test]
fn a_server_that_does_not_decode_is_served_and_the_form_is_named() {
    let refusal = refuses("401 Unauthorized", "invalid_client", "Bad credentials");
    let (server, connection) = portal(grants_if(is_right_unencoded, refusal));
    let outcome = connection.run();
    assert_eq!(outcome.apis().len(), 1);
    assert!(
        outcome
            .detail(Stage::Token)
            .ends_with("the token service accepts id and secret unencoded only, as curl -u sends them"),
        "{}",
        outcome.detail(Stage::Token)
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 3, "encoded, unencoded, the list");
    assert_eq!(requests[1].header("x-cf-encoded-credentials"), None, "these are not encoded");
}

/// Promise C8: no more attempts than there are forms, since servers lock clients out.
#[test]
fn a_wrong_secret_is_tried_once_in_each_form() {
    let (server, connection) = portal(Replies::token(refuses("401 Unauthorized", "invalid_client", "no")));
    let outcome = connection.run();
    assert_eq!(outcome.seen(), "HTTP 401 invalid_client: no; the same unencoded, as curl -u sends it");
    assert_eq!(server.requests().len(), 3);

    let (server, mut connection) = portal(Replies::token(refuses("401 Unauthorized", "invalid_client", "no")));
    connection.facts.client_id = "plain-id".into();
    let outcome = connection.with_secret("planted0123456789").run();
    assert_eq!(outcome.seen(), "HTTP 401 invalid_client: no", "there is one form of HTTP Basic");
    assert_eq!(server.requests().len(), 2, "HTTP Basic and the body");
}

#[test]
fn a_refusal_that_is_not_about_the_secret_is_not_tried_again() {
    for reply in [
        refuses("401 Unauthorized", "invalid_client", "The service key of this client was deleted"),
        refuses("400 Bad Request", "invalid_scope", "no"),
        json("429 Too Many Requests", "{}"),
        json("500 Internal Server Error", "{}"),
    ] {
        let (server, connection) = portal(Replies::token(reply));
        let _ = connection.run();
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn the_token_type_may_be_written_in_any_case_and_the_lifetime_as_a_text() {
    for (body, detail) in [
        (r#"{"access_token":"0123456789","token_type":"BEARER","expires_in":"60"}"#, "expires in 60 s"),
        (r#"{"access_token":"0123456789","token_type":"Bearer","scope":["a"]}"#, "of type bearer"),
        (r#"{"access_token":"0123456789","token_type":"bearer","scope":"a b"}"#, "scope a b"),
        // Promise C7: servers in use differ from RFC 6749 §5.1.
        (r#"{"access_token":"0123456789"}"#, "the answer does not say its type"),
        (r#"{"access_token":"0123456789","token_type":null}"#, "the answer does not say its type"),
        (r#"{"access_token":"0123456789","token_type":"BearerToken"}"#, "the type is spelled \"BearerToken\""),
        (
            r#"{"access_token":"0123456789","token_type":"bearer ","expires_in":60}"#,
            "expires in 60 s, the type is spelled \"bearer\"",
        ),
        // Promise C11: a byte order mark before the JSON.
        ("\u{feff}{\"access_token\":\"0123456789\",\"token_type\":\"bearer\",\"expires_in\":60}", "expires in 60 s"),
    ] {
        let (_server, connection) = portal(Replies::token(json("200 OK", body)));
        assert_eq!(connection.run().detail(Stage::Token), detail);
    }
}

#[test]
fn a_certificate_is_shown_with_its_full_chain_and_without_a_secret() {
    for (version, detail) in [(&TLS12, "TLS 1.2, with the certificate"), (&TLS13, "TLS 1.3, with the certificate")] {
        let authority = Authority::named("Trusted");
        let between = authority.intermediate("Between");
        let leaf = between.client(CLIENT_ID);
        let client = Issued { chain_pem: format!("{}{}{}", leaf.chain_pem, between.pem, authority.pem), key: leaf.key };
        let secure = Server::secure(mutual_tls(&authority.server(), &authority.pem, version), Replies::good());
        let api = Server::secure(tls(&authority.server()), Replies::good());

        let outcome = Connection::by_certificate(&api.https(), &secure.https(), &client).trusting(&authority.pem).run();
        assert_eq!(outcome.apis().len(), 1);
        assert_eq!(outcome.detail(Stage::Tls), detail);

        let [token] = &secure.requests()[..] else { panic!("one request") };
        assert_eq!((token.method.as_str(), token.target.as_str()), ("POST", "/oauth/token"));
        assert_eq!(token.body, format!("grant_type=client_credentials&client_id={ENCODED_ID}"));
        assert_eq!(token.header("authorization"), None, "a certificate needs no secret");
        assert_eq!(token.client_certificates, 3, "the server may lack the intermediate");
        assert_eq!(api.requests()[0].client_certificates, 0, "the API has the token");
    }
}

#[test]
fn the_token_path_is_not_appended_twice() {
    let authority = Authority::named("Trusted");
    let client = authority.client(CLIENT_ID);
    let server = Server::secure(tls(&authority.server()), Replies::good());
    for cert_url in [server.https(), format!("{}/", server.https()), format!("{}/oauth/token", server.https())] {
        let connection = Connection::by_certificate(&server.https(), &cert_url, &client).trusting(&authority.pem);
        assert_eq!(connection.run().apis().len(), 1);
    }
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets.iter().filter(|target| *target == "/oauth/token").count(), 3, "{targets:?}");
}

#[test]
fn a_connector_works_on_a_thread_of_spawn_blocking() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let (_server, connection) = portal(Replies::good());
    let apis = runtime.block_on(async move {
        tokio::task::spawn_blocking(move || connection.run().apis().len()).await.expect("the thread")
    });
    assert_eq!(apis, 1);
}
