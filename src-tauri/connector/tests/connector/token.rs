//! The token endpoint: what its refusals mean.

use std::time::Duration;

use domain::connection_check::{Cause, Stage};

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
const CHECK_COPIED: &str = "Check that they are complete and the portal's current ones";
const REGENERATE: &str = "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
     request is pending, Re-establish Connection once it is approved.";

#[test]
fn a_wrong_secret_is_bad_credentials() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", "Bad credentials"),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401 invalid_client: Bad credentials; the same unencoded, as curl -u sends it",
    );
}

#[test]
fn a_wrong_secret_in_the_older_words_is_bad_credentials() {
    assert_refusal(
        refuses("401 Unauthorized", "unauthorized", "Bad credentials"),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401 unauthorized: Bad credentials; the same unencoded, as curl -u sends it",
    );
}

#[test]
fn a_wrong_secret_answered_with_400_is_bad_credentials() {
    assert_refusal(
        json("400 Bad Request", r#"{"error":"invalid_client"}"#),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 400 invalid_client; the same unencoded, as curl -u sends it",
    );
}

#[test]
fn a_wrong_secret_answered_in_the_terms_of_http_alone_is_bad_credentials() {
    assert_refusal(
        status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"oauth\"\r\n", ""),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 401, empty; the same unencoded, as curl -u sends it",
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
        assert_refusal(by_body_only, &cause, &cause.message().for_log(), &cause.message().remedy().for_log(), &seen);
    }
}

#[test]
fn a_retired_secret_says_that_its_key_was_deleted() {
    assert_refusal(
        refuses("401 Unauthorized", "invalid_client", domain::credential::CredentialEnd::KeyDeleted.description()),
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
        refuses("401 Unauthorized", "invalid_client", domain::credential::CredentialEnd::InstanceDeleted.description()),
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
            "Ask the operator of the token service to allow the grant client_credentials.",
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
        "the server 127.0.0.1 requires a client certificate",
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
    // Promise C6: with its port.
    let headers = "Location: https://user:pw@login.example:8443/start?state=confidential\r\n";
    let (outcome, url) = run(status("302 Found", headers, ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::Redirected { url: url.clone() },
        &format!("the server at {url} redirects to another address; credentials are not forwarded"),
        "a redirect often leads to a login page or a proxy",
    );
    assert_eq!(outcome.seen(), "HTTP 302 to https://login.example:8443/start");
}

#[test]
fn a_refusal_of_everybody_is_not_taken_for_bad_credentials() {
    for line in ["403 Forbidden", "401 Unauthorized"] {
        let (outcome, url) = run(html(line, "<html><title>Corporate firewall</title></html>"));
        outcome.assert_fails(
            Stage::Token,
            &Cause::Forbidden { url: url.clone() },
            &format!("the server at {url} denies access"),
            "Check whether a proxy or firewall stands in between",
        );
        assert_eq!(outcome.seen(), format!("HTTP {}, a page \"Corporate firewall\"", &line[..3]));
    }
}

#[test]
fn too_many_requests_ask_for_patience() {
    let (outcome, url) = run(status("429 Too Many Requests", "", ""));
    outcome.assert_fails(
        Stage::Token,
        &Cause::Throttled { url: url.clone(), wait: None },
        &format!("the server at {url} has had too many requests"),
        "Wait a few minutes, then test again.",
    );
    assert_eq!(outcome.seen(), "HTTP 429, empty");
}

/// Promise C11: how long the server asks to wait is said, in seconds or as a moment.
#[test]
fn the_time_that_a_server_asks_to_wait_is_told() {
    let date = "Date: Mon, 30 Nov 2026 10:00:00 GMT\r\n";
    for (line, headers, seconds, told) in [
        ("429 Too Many Requests", "Retry-After: 30\r\n".to_owned(), 30, "30 seconds"),
        ("429 Too Many Requests", "Retry-After: 1\r\n".to_owned(), 1, "1 second"),
        ("503 Service Unavailable", "Retry-After: 240\r\n".to_owned(), 240, "4 minutes"),
        ("503 Service Unavailable", format!("{date}Retry-After: Mon, 30 Nov 2026 10:10:00 GMT\r\n"), 600, "10 minutes"),
        ("429 Too Many Requests", "Retry-After: 99999999\r\n".to_owned(), 86_400, "1440 minutes"),
    ] {
        let (outcome, url) = run(status(line, &headers, ""));
        outcome.assert_fails(
            Stage::Token,
            &Cause::Throttled { url: url.clone(), wait: Some(Duration::from_secs(seconds)) },
            &format!("the server at {url} asks to wait {told}"),
            "Wait that long, then test again.",
        );
    }
}

/// Promise C9: the router of Cloud Foundry answers for an application that is not there.
#[test]
fn an_application_that_cloud_foundry_does_not_have_is_named() {
    let gone = "404 Not Found: Requested route ('portal.cfapps.example.com') does not exist.\n";
    let stopped =
        "503 Service Unavailable: Requested route ('portal.cfapps.example.com') has no available endpoints.\n";
    for (line, headers, body) in [
        ("404 Not Found", "X-Cf-RouterError: unknown_route\r\n", ""),
        ("404 Not Found", "Content-Type: text/plain\r\n", gone),
        ("503 Service Unavailable", "X-Cf-Routererror: no_endpoints\r\n", stopped),
        ("503 Service Unavailable", "", stopped),
    ] {
        let (outcome, _) = run(status(line, headers, body));
        outcome.assert_fails(
            Stage::Token,
            &Cause::ApplicationNotThere { host: "127.0.0.1".into() },
            "Cloud Foundry has no running application at 127.0.0.1",
            "The application was deleted, stopped or renamed.",
        );
    }
    let (outcome, url) = run(status("404 Not Found", "", "404 Not Found: no such page"));
    outcome.assert_fails(
        Stage::Token,
        &Cause::NotFound { url: url.clone() },
        &format!("there is nothing at {url}"),
        "Check the path",
    );
}

/// Promise C10: a refusal in a wrapping of success is the server's own word all the same.
#[test]
fn a_refusal_with_status_200_is_read_as_what_it_is() {
    assert_refusal(
        refuses("200 OK", "invalid_client", "Client authentication failed"),
        &Cause::BadCredentials,
        BAD,
        CHECK_COPIED,
        "HTTP 200 invalid_client: Client authentication failed; the same unencoded, as curl -u sends it",
    );
    assert_refusal(
        refuses("200 OK", "invalid_scope", "unknown scope"),
        &Cause::TokenRequestRefused,
        "the token service refused the request",
        "Check the client id and the token URL",
        "HTTP 200 invalid_scope: unknown scope",
    );
    assert_refusal(
        json("200 OK", r#"{"error":"unauthorized_client"}"#),
        &Cause::GrantRefused,
        "the token service does not allow client credentials to this client",
        "Ask the operator of the token service",
        "HTTP 200 unauthorized_client",
    );
}

/// Promise C7: a token that has to be used in another way than by showing it.
#[test]
fn a_token_of_a_type_that_is_no_bearers_is_named() {
    for kind in ["DPoP", "mac", "N_A"] {
        let body = format!(r#"{{"access_token":"0123456789","token_type":"{kind}"}}"#);
        assert_refusal(
            json("200 OK", &body),
            &Cause::OtherTokenType { kind: kind.into() },
            &format!("the token service gave a token of the type {kind}, which this app cannot use"),
            "give this client bearer tokens",
            "HTTP 200",
        );
    }
}

#[test]
fn a_server_that_fails_is_named_with_its_status() {
    for (line, code) in [("500 Internal Server Error", 500), ("503 Service Unavailable", 503)] {
        let (outcome, url) = run(html(line, "<html><body>oops</body></html>"));
        outcome.assert_fails(
            Stage::Token,
            &Cause::ServerFailed { url: url.clone(), status: code },
            &format!("the server failed at {url} (HTTP {code})"),
            "Test again later; if it stays, ask the operator of the server.",
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
        (r#"{"token_type":"bearer"}"#, "HTTP 200, without the text \"access_token\""),
        (r#"{"access_token":7,"token_type":"bearer"}"#, "HTTP 200, without the text \"access_token\""),
        (r#"[1]"#, "HTTP 200, without the text \"access_token\""),
        (r#"{"access_token":"","token_type":"bearer"}"#, "HTTP 200, \"access_token\" is empty"),
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
