//! The portal API: what its refusals and its lists mean.

use domain::{Cause, FetchedApi, Stage};

use crate::toolkit::{
    server::{Replies, Reply, TOKEN, html, json, refuses, status},
    test_run::{Outcome, portal},
};

fn run(api: Reply) -> (Outcome, String) {
    let (server, connection) = portal(Replies::api(api));
    let outcome = connection.run();
    (outcome, format!("{}/apiportal/api/1.0/Management.svc/APIProxies", server.https()))
}

fn fetch(body: &str) -> Vec<FetchedApi> {
    run(json("200 OK", body)).0.apis().to_vec()
}

#[test]
fn the_api_is_asked_with_the_token_and_for_json() {
    let (server, connection) = portal(Replies::good());
    let outcome = connection.run();
    assert_eq!(outcome.detail(Stage::PortalApi), "1 API");
    let requests = server.requests();
    let [_, request] = requests.as_slice() else { panic!("two requests: {requests:?}") };
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/apiportal/api/1.0/Management.svc/APIProxies?$format=json");
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some(concat!("Drawbridge/", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_token_that_the_api_does_not_take_is_told_from_bad_credentials() {
    let headers =
        "WWW-Authenticate: Bearer realm=\"portal\", error=\"invalid_token\", error_description=\"Expired\"\r\n";
    let (outcome, _) = run(status("401 Unauthorized", headers, ""));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::TokenRefused,
        "the portal API does not accept the access token",
        "Check that url and token URL belong to the same portal.",
    );
    assert_eq!(outcome.seen(), "HTTP 401 invalid_token: Expired");
}

#[test]
fn a_missing_role_is_named_as_the_api_names_it() {
    let headers = "WWW-Authenticate: Bearer error_description=\"no\", error=\"insufficient_scope\", scope=\"APIPortal.Special\"\r\n";
    let (outcome, _) = run(status("403 Forbidden", headers, ""));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::RoleMissing { role: "APIPortal.Special".into() },
        "the portal API refuses these credentials: the role APIPortal.Special is missing",
        "Generate credentials from a service instance that has this role, and use those.",
    );
    assert_eq!(outcome.seen(), "HTTP 403 insufficient_scope: no");
}

#[test]
fn a_missing_role_is_the_usual_one_where_the_api_does_not_say() {
    let (outcome, _) = run(refuses("403 Forbidden", "forbidden", ""));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::RoleMissing { role: "APIPortal.Service.CatalogIntegration".into() },
        "the portal API refuses these credentials: the role APIPortal.Service.CatalogIntegration is missing",
        "a service instance that has this role",
    );
}

#[test]
fn an_api_that_is_not_there_is_named_with_its_url() {
    let (outcome, url) = run(html("404 Not Found", "<html></html>"));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::NotFound { url: url.clone() },
        &format!("there is nothing at {url}"),
        "Check the path of the URL in the credentials.",
    );
}

#[test]
fn a_redirect_of_the_api_is_not_followed() {
    let (outcome, url) = run(status("307 Temporary Redirect", "Location: /login\r\n", ""));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::Redirected { url: url.clone() },
        &format!("the server at {url} sends elsewhere, where credentials are not sent along"),
        "Use the address of the portal itself",
    );
}

#[test]
fn an_api_that_fails_or_is_busy_is_named() {
    let (outcome, url) = run(json("502 Bad Gateway", "{}"));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::ServerFailed { url: url.clone(), status: 502 },
        &format!("the server failed at {url} (HTTP 502)"),
        "Test again later",
    );
    let (outcome, url) = run(json("429 Too Many Requests", "{}"));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::Throttled { url: url.clone() },
        &format!("the server at {url} has had too many requests"),
        "Wait a few minutes, then test again.",
    );
}

#[test]
fn a_page_instead_of_a_list_is_recognised() {
    let (outcome, url) = run(html("200 OK", "<html><title>Welcome</title></html>"));
    outcome.assert_fails(
        Stage::PortalApi,
        &Cause::NotJson { url: url.clone() },
        &format!("the server at {url} did not answer with JSON"),
        "whether a login page or a proxy answers instead",
    );
    assert_eq!(outcome.seen(), "HTTP 200, a page \"Welcome\"");
}

#[test]
fn json_of_another_form_is_no_list() {
    for (body, seen) in [
        (r#"{"apis":[]}"#, "there is no list in it"),
        ("[]", "there is no list in it"),
        (r#"{"d":{"results":{}}}"#, "there is no list in it"),
        (r#"{"value":"x"}"#, "there is no list in it"),
        (r#"{"d":{"results":[{"name":"a"},{"title":"b"}]}}"#, "entry 2 has no name"),
        (r#"{"value":["a"]}"#, "entry 1 has no name"),
    ] {
        let (outcome, url) = run(json("200 OK", body));
        outcome.assert_fails(
            Stage::PortalApi,
            &Cause::UnexpectedAnswer { url: url.clone() },
            &format!("the answer of {url} has another form than expected"),
            "Check that the URL is that of an API portal; ask whoever runs the server.",
        );
        assert_eq!(outcome.seen(), seen, "{body}");
    }
}

#[test]
fn the_forms_of_odata_are_read_alike() {
    let orders = FetchedApi {
        name: "Orders".into(),
        title: "Orders API".into(),
        version: "1.2".into(),
        description: "All orders".into(),
        base_path: "/v1/orders".into(),
    };
    let entry =
        r#"{"name":"Orders","title":"Orders API","version":"1.2","description":"All orders","base_path":"/v1/orders"}"#;
    for body in [
        format!(r#"{{"d":{{"results":[{entry}]}}}}"#),
        format!(r#"{{"d":[{entry}]}}"#),
        format!(r#"{{"@odata.context":"x","value":[{entry}]}}"#),
    ] {
        assert_eq!(fetch(&body), std::slice::from_ref(&orders), "{body}");
    }
    let spelled = r#"{"value":[{"Name":"Orders","TITLE":"Orders API","version":1.2,"Description":"All orders","basePath":"/v1/orders","proxyEndPoints":{"__deferred":{}}}]}"#;
    assert_eq!(fetch(spelled), [orders], "keys are spelled in many ways");
}

#[test]
fn an_api_without_a_title_has_its_name() {
    let apis = fetch(r#"{"d":{"results":[{"name":"Orders","title":null}]}}"#);
    assert_eq!((apis[0].title.as_str(), apis[0].version.as_str()), ("Orders", ""));
}

#[test]
fn a_portal_without_apis_is_a_success() {
    let (outcome, _) = run(json("200 OK", r#"{"d":{"results":[]}}"#));
    assert_eq!(outcome.apis(), []);
    assert_eq!(outcome.detail(Stage::PortalApi), "no APIs");
}

#[test]
fn texts_of_a_lying_portal_are_cleaned_and_cut() {
    let (long, longer) = ("n".repeat(5_000), "d".repeat(50_000));
    let body = format!(
        r#"{{"value":[{{"name":"{long}","description":"{longer}"}},{{"name":"one\u0000\u001b[31m\ntwo \u202eevil"}}]}}"#
    );
    let apis = fetch(&body);
    assert_eq!(apis[0].name.chars().count(), 200);
    assert_eq!(apis[0].description.chars().count(), 4_000);
    assert_eq!(apis[1].name, "one[31m two evil", "nothing in a name may forge what stands around it");
}

#[test]
fn a_list_without_end_is_cut_and_said_so() {
    let entries: Vec<_> = (0..10_005).map(|number| format!(r#"{{"name":"a{number}"}}"#)).collect();
    let (outcome, _) = run(json("200 OK", &format!(r#"{{"value":[{}]}}"#, entries.join(","))));
    assert_eq!(outcome.apis().len(), 10_000);
    assert_eq!(outcome.detail(Stage::PortalApi), "the first 10000 of 10005 APIs");
}
