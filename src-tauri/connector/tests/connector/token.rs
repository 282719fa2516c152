//! The token endpoint: what its refusals mean.

use domain::{Cause, Stage};

use crate::toolkit::{
    server::{Replies, Reply, html, json, refuses, status},
    test_run::{Outcome, portal},
};

fn run(token: Reply) -> (Outcome, String) {
    let (server, connection) = portal(Replies::token(token));
    let outcome = connection.run();
    assert!(server.requests().iter().all(|request| request.method == "POST"), "the API is not called without a token");
    (outcome, format!("{}/oauth/token", server.https()))
}

fn assert_refusal(reply: Reply, cause: &Cause, message: &str, remedy: &str, seen: &str) {
    let (outcome, _) = run(reply);
    outcome.assert_fails(Stage::Token, cause, message, remedy);
    assert_eq!(outcome.seen(), seen);
}

const BAD: &str = "the token service does not accept these credentials";
const CHECK_COPIED: &str = "Check that they were copied completely and are the portal's current ones";
const REGENERATE: &str = "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
     request is undecided, Re-establish Connection once it is approved.";

#[test]
fn a_wrong_secret_is_bad_credentials() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", "Bad credentials"),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401 invalid_client: Bad credentials",
    );
}

#[test]
fn a_wrong_secret_in_the_older_words_is_bad_credentials() {
    assert_refusal(
        refuses("401 Unauthorized", "unauthorized", "Bad credentials"),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401 unauthorized: Bad credentials",
    );
}

#[test]
fn a_wrong_secret_answered_with_400_is_bad_credentials() {
    assert_refusal(
        json("400 Bad Request", r#"{"error":"invalid_client"}"#),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 400 invalid_client",
    );
}

#[test]
fn a_wrong_secret_answered_in_the_terms_of_http_alone_is_bad_credentials() {
    assert_refusal(
        status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"oauth\"\r\n", ""),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401, empty",
    );
}

#[test]
fn the_second_attempt_counts_where_the_server_has_understood_only_that() {
    for (error, cause) in [("unauthorized_client", Cause::GrantRefused), ("invalid_scope", Cause::TokenRequestRefused)]
    {
        let (first, second) =
            (refuses("401 Unauthorized", "invalid_client", "no"), refuses("400 Bad Request", error, "why"));
        let by_body_only: Reply = Box::new(move |request, stream| {
            if request.body.contains("client_secret=") { second(request, stream) } else { first(request, stream) }
        });
        let seen = format!("HTTP 400 {error}: why");
        assert_refusal(by_body_only, &cause, &cause.message().to_string(), cause.remedy(), &seen);
    }
}

#[test]
fn a_retired_secret_says_that_its_key_was_deleted() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", domain::CredentialEnd::KeyDeleted.description()),
        &Cause::KeyDeleted,
        "the service key of these credentials was deleted",
        REGENERATE,
        "HTTP 401 invalid_client: The service key of this client was deleted",
    );
}

#[test]
fn a_secret_of_a_deleted_key_of_an_instance_is_about_the_key() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", "Service key 'x' of instance 'y' has been deleted"),
        &Cause::KeyDeleted,
        "the service key of these credentials was deleted",
        REGENERATE,
        "HTTP 401 invalid_client: Service key 'x' of instance 'y' has been deleted",
    );
}

#[test]
fn a_secret_of_a_deleted_instance_says_so() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", domain::CredentialEnd::InstanceDeleted.description()),
        &Cause::InstanceDeleted,
        "the service instance of these credentials was deleted",
        REGENERATE,
        "HTTP 401 invalid_client: The service instance of this client was deleted",
    );
}

#[test]
fn a_client_without_the_grant_is_told_whom_to_ask() {
    let cases = [
        ("unauthorized_client", "no"),
        ("unsupported_grant_type", "no"),
        ("invalid_request", "requested grant type is not allowed for this client"),
    ];
    for (error, description) in cases {
        assert_refusal(
            refuses("400 Bad Request", error, description),
            &Cause::GrantRefused,
            "the token service does not allow client credentials to this client",
            "Ask whoever runs the token service to allow the grant client_credentials.",
            &format!("HTTP 400 {error}: {description}"),
        );
    }
}

#[test]
fn another_oauth_error_is_a_refused_request() {
    assert_refusal(
        refuses("400 Bad Request", "invalid_scope", "unknown scope"),
        &Cause::TokenRequestRefused,
        "the token service refused the request",
        "Check the client id and the token URL of the credentials.",
        "HTTP 400 invalid_scope: unknown scope",
    );
}

#[test]
fn a_certificate_demanded_in_words_is_understood() {
    let (outcome, _) = run(refuses("401 Unauthorized", "invalid_client", "Use the mutual TLS endpoint"));
    outcome.assert_fails(
        Stage::Token,
        &Cause::ClientCertificateRequired { host: "127.0.0.1".into() },
        "the server 127.0.0.1 demands a client certificate",
        "Use certificate credentials",
    );
}

#[test]
fn a_token_endpoint_that_is_not_there_is_named_with_its_url() {
    for line in ["404 Not Found", "410 Gone"] {
        let (outcome, url) = run(html(line, "<html><title>Not here</title></html>"));
        outcome.assert_fails(
            Stage::Token,
            &Cause::NotFound { url: url.clone() },
            &format!("there is nothing at {url}"),
            "Check the path of the URL in the credentials.",
        );
        assert_eq!(outcome.seen(), format!("HTTP {}, a page \"Not here\"", &line[..3]));
    }
}

#[test]
fn a_redirect_is_not_followed_and_its_place_is_told_without_its_query() {
    let headers = "Location: https://login.example/start?state=confidential\r\n";
    let (outcome, url) = run(status("302 Found", headers, ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::Redirected { url: url.clone() },
        &format!("the server at {url} sends elsewhere, where credentials are not sent along"),
        "a redirect often leads to a login page or a proxy",
    );
    assert_eq!(outcome.seen(), "HTTP 302 to https://login.example/start");
}

#[test]
fn a_refusal_of_everybody_is_not_taken_for_bad_credentials() {
    for line in ["403 Forbidden", "401 Unauthorized"] {
        let (outcome, url) = run(html(line, "<html><title>Corporate firewall</title></html>"));
        outcome.assert_fails(
            Stage::Token,
            &Cause::Forbidden { url: url.clone() },
            &format!("the server at {url} refuses everybody"),
            "Check whether a proxy or firewall stands in between",
        );
        assert_eq!(outcome.seen(), format!("HTTP {}, a page \"Corporate firewall\"", &line[..3]));
    }
}

#[test]
fn too_many_requests_ask_for_patience() {
    let (outcome, url) = run(status("429 Too Many Requests", "Retry-After: 30\r\n", ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::Throttled { url: url.clone() },
        &format!("the server at {url} has had too many requests"),
        "Wait a few minutes, then test again.",
    );
    assert_eq!(outcome.seen(), "HTTP 429, empty");
}

#[test]
fn a_server_that_fails_is_named_with_its_status() {
    for (line, code) in [("500 Internal Server Error", 500), ("503 Service Unavailable", 503)] {
        let (outcome, url) = run(html(line, "<html><body>oops</body></html>"));
        outcome.assert_fails(
            Stage::Token,
            &Cause::ServerFailed { url: url.clone(), status: code },
            &format!("the server failed at {url} (HTTP {code})"),
            "Test again later; if it stays, ask whoever runs the server.",
        );
    }
}

#[test]
fn any_other_status_is_no_success() {
    let (outcome, url) = run(status("405 Method Not Allowed", "", ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::UnexpectedStatus { url: url.clone(), status: 405 },
        &format!("the server at {url} answered with HTTP 405"),
        "Check that the URL is that of an API portal",
    );
}

#[test]
fn a_login_page_instead_of_a_token_is_recognised() {
    let (outcome, url) = run(html("200 OK", "<!DOCTYPE html><html><head><TITLE>\nSign in </TITLE></head></html>"));
    outcome.assert_fails(
        Stage::Token,
        &Cause::NotJson { url: url.clone() },
        &format!("the server at {url} did not answer with JSON"),
        "whether a login page or a proxy answers instead",
    );
    assert_eq!(outcome.seen(), "HTTP 200, a page \"Sign in\"");
}

#[test]
fn an_empty_success_is_no_token() {
    let (outcome, url) = run(status("204 No Content", "", ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::NotJson { url: url.clone() },
        &format!("the server at {url} did not answer with JSON"),
        "Check that the URL is that of an API portal",
    );
}

#[test]
fn an_answer_without_a_usable_token_is_no_success() {
    for (body, seen) in [
        (r#"{"token_type":"bearer"}"#, "HTTP 200, without the texts \"access_token\" and \"token_type\""),
        (r#"{"access_token":"x"}"#, "HTTP 200, without the texts \"access_token\" and \"token_type\""),
        (
            r#"{"access_token":7,"token_type":"bearer"}"#,
            "HTTP 200, without the texts \"access_token\" and \"token_type\"",
        ),
        (r#"[1]"#, "HTTP 200, without the texts \"access_token\" and \"token_type\""),
        (r#"{"access_token":"","token_type":"bearer"}"#, "HTTP 200, \"access_token\" is empty"),
        (r#"{"access_token":"0123456789","token_type":"mac"}"#, "HTTP 200, \"token_type\" is \"mac\""),
        (
            r#"{"access_token":"a\r\nX: b","token_type":"bearer"}"#,
            "HTTP 200, \"access_token\" has characters that no header can carry",
        ),
    ] {
        let (outcome, _) = run(json("200 OK", body));
        outcome.assert_fails(
            Stage::Token,
            &Cause::NoAccessToken,
            "the token service answered without an access token of type bearer",
            "Check that the token URL is a token endpoint of OAuth 2.0.",
        );
        assert_eq!(outcome.seen(), seen, "{body}");
    }
}
