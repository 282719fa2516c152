//! The portal API: what its refusals and its lists mean.

use domain::connection_check::{Cause, FetchedApi, Stage};

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
        &format!("the server at {url} redirects to another address; credentials are not forwarded"),
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
        &Cause::Throttled { url: url.clone(), wait: None },
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
            "Check that the URL is that of an API portal; ask the operator of the server.",
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

/// Promise C12: what the portal API itself says, wherever a JSON of a known kind says it.
#[test]
fn the_apis_own_words_are_shown() {
    for (body, words) in [
        (r#"{"error":{"code":"005056","message":{"lang":"en","value":"No authorization"}}}"#, "No authorization"),
        (r#"{"error":{"code":"1","message":"Tenant is locked"}}"#, "Tenant is locked"),
        (r#"{"message":"Subscription ended"}"#, "Subscription ended"),
        (r#"{"fault":{"faultstring":"Policy violated","detail":{"errorcode":"x"}}}"#, "Policy violated"),
        (r#"{"error":"server_error","error_description":"Database down"}"#, "Database down"),
        (r#"{"type":"about:blank","title":"Out of order","detail":"Back at noon"}"#, "Back at noon"),
        (r#"{"type":"about:blank","title":"Out of order"}"#, "Out of order"),
    ] {
        for line in ["400 Bad Request", "403 Forbidden", "404 Not Found", "500 Internal Server Error"] {
            let (outcome, _) = run(json(line, body));
            assert_eq!(outcome.seen(), format!("HTTP {}: {words}", &line[..3]), "{body}");
        }
    }
    let long = format!(r#"{{"message":"{} {TOKEN}"}}"#, "x".repeat(500));
    let (outcome, _) = run(json("500 Internal Server Error", &long));
    assert!(outcome.seen().chars().count() <= 200, "it is bounded: {}", outcome.seen());
    let (outcome, _) = run(json("500 Internal Server Error", &format!(r#"{{"message":"no {TOKEN}"}}"#)));
    assert_eq!(outcome.seen(), "HTTP 500: no [redacted]");
    let (outcome, _) = run(json("200 OK", r#"{"error":{"message":{"value":"Not today"}}}"#));
    assert_eq!(outcome.seen(), "HTTP 200: Not today", "a refusal in a wrapping of success");
}

fn entries(from: usize, until: usize) -> String {
    (from..until).map(|number| format!(r#"{{"name":"a{number}"}}"#)).collect::<Vec<_>>().join(",")
}

/// A portal that answers as `page` says for the number after `skip=`, or for 0.
fn paged(page: impl Fn(usize) -> String + Send + Sync + 'static) -> Reply {
    Box::new(move |request, stream| {
        let number = request.target.split("skip=").nth(1).and_then(|rest| rest.parse().ok()).unwrap_or(0);
        json("200 OK", &page(number))(request, stream)
    })
}

/// Promise C1: a list in pages is followed to its end, however the next page is named.
#[test]
fn a_list_in_pages_is_fetched_whole() {
    type Form = fn(usize, String, Option<String>) -> String;
    let forms: [Form; 4] = [
        |_, list, next| match next {
            Some(next) => format!(r#"{{"d":{{"results":[{list}],"__count":"300","__next":"{next}"}}}}"#),
            None => format!(r#"{{"d":{{"results":[{list}]}}}}"#),
        },
        |_, list, next| match next {
            Some(next) => format!(r#"{{"@odata.count":300,"value":[{list}],"@odata.nextLink":"{next}"}}"#),
            None => format!(r#"{{"value":[{list}]}}"#),
        },
        |_, list, next| {
            format!(
                r#"{{"value":[{list}],"odata.nextLink":{}}}"#,
                next.map_or("null".into(), |next| format!("\"{next}\""))
            )
        },
        |_, list, next| {
            format!(
                r#"{{"value":[{list}],"@odata.nextLink":{}}}"#,
                next.map_or("null".into(), |next| format!("\"/apiportal/api/1.0/Management.svc/{next}\""))
            )
        },
    ];
    for form in forms {
        let reply = paged(move |from| {
            let next = (from < 200).then(|| format!("APIProxies?skip={}", from + 100));
            form(from, entries(from, from + 100), next)
        });
        let (server, connection) = portal(Replies::api(reply));
        let outcome = connection.run();
        assert_eq!(outcome.apis().len(), 300);
        assert_eq!(outcome.apis()[299].name, "a299");
        assert_eq!(outcome.detail(Stage::PortalApi), "300 APIs");
        assert_eq!(server.requests().len(), 4, "the token and three pages");
    }
}

#[test]
fn a_next_page_by_its_whole_address_is_fetched() {
    let reply: Reply = Box::new(|request, stream| {
        let host = request.header("host").expect("the host");
        let body = if request.target.contains("skip=") {
            r#"{"value":[{"name":"b"}]}"#.to_owned()
        } else {
            format!(r#"{{"value":[{{"name":"a"}}],"@odata.nextLink":"https://{host}/apiportal/x?skip=1"}}"#)
        };
        json("200 OK", &body)(request, stream)
    });
    assert_eq!(run(reply).0.apis().len(), 2);
}

/// Promise C1: the token never goes to another host, and what is missing is said.
#[test]
fn a_next_page_elsewhere_is_not_fetched_and_said_so() {
    let (stranger, _) = portal(Replies::good());
    for next in [
        format!("{}/apiportal/x?skip=100", stranger.https()),
        stranger.https().replace("https", "http"),
        format!("https://localhost:{}/apiportal/x", stranger.port),
        "//portal.invalid/x".to_owned(),
        "ftp://127.0.0.1/x".to_owned(),
    ] {
        let body = format!(r#"{{"d":{{"results":[{}],"__count":"300","__next":"{next}"}}}}"#, entries(0, 100));
        let (outcome, _) = run(json("200 OK", &body));
        assert_eq!(outcome.apis().len(), 100);
        assert_eq!(
            outcome.detail(Stage::PortalApi),
            "100 of 300 APIs; the portal sends more, but from another address, to which the token is not sent"
        );
    }
    assert!(stranger.requests().is_empty());
}

/// Promise C1: never endlessly.
#[test]
fn pages_without_end_have_one() {
    let circle = paged(|from| {
        format!(r#"{{"value":[{{"name":"a{from}"}}],"@odata.nextLink":"APIProxies?skip={}"}}"#, (from + 1) % 3)
    });
    let (server, connection) = portal(Replies::api(circle));
    let outcome = connection.run();
    assert_eq!(outcome.detail(Stage::PortalApi), "4 APIs; the portal sends more, but its pages go in a circle");
    assert_eq!(server.requests().len(), 5);

    let endless = paged(|from| {
        format!(r#"{{"value":[{}],"@odata.nextLink":"APIProxies?skip={}"}}"#, entries(0, 2_000), from + 1)
    });
    let (server, connection) = portal(Replies::api(endless));
    let outcome = connection.run();
    assert_eq!(outcome.apis().len(), 10_000);
    assert_eq!(
        outcome.detail(Stage::PortalApi),
        "10000 APIs; the portal sends more, which is beyond the limit of this app"
    );
    assert_eq!(server.requests().len(), 6);

    let slow = paged(|from| {
        std::thread::sleep(std::time::Duration::from_millis(250));
        format!(r#"{{"value":[{{"name":"a{from}"}}],"@odata.nextLink":"APIProxies?skip={}"}}"#, from + 1)
    });
    let (_server, connection) = portal(Replies::api(slow));
    let outcome = connection.run_briefly();
    assert!(
        outcome
            .detail(Stage::PortalApi)
            .ends_with("; the portal sends more, for which the time of this stage is too short"),
        "{}",
        outcome.detail(Stage::PortalApi)
    );
}

#[test]
fn fewer_apis_than_announced_are_said() {
    let (outcome, _) = run(json("200 OK", r#"{"d":{"results":[{"name":"a"}],"__count":"3"}}"#));
    assert_eq!(outcome.detail(Stage::PortalApi), "1 of 3 APIs; the portal sends no more");
}

#[test]
fn a_page_that_is_refused_is_a_failure() {
    let reply: Reply = Box::new(|request, stream| {
        let first = json("200 OK", r#"{"value":[{"name":"a"}],"@odata.nextLink":"APIProxies?skip=1"}"#);
        let second = json("500 Internal Server Error", r#"{"message":"Page lost"}"#);
        if request.target.contains("skip=") { second(request, stream) } else { first(request, stream) }
    });
    let (outcome, _) = run(reply);
    assert_eq!(outcome.seen(), "HTTP 500: Page lost", "a list that lacks a part must not replace a whole one");
}

#[test]
fn a_list_without_end_is_cut_and_said_so() {
    let entries: Vec<_> = (0..10_005).map(|number| format!(r#"{{"name":"a{number}"}}"#)).collect();
    let (outcome, _) = run(json("200 OK", &format!(r#"{{"value":[{}]}}"#, entries.join(","))));
    assert_eq!(outcome.apis().len(), 10_000);
    assert_eq!(
        outcome.detail(Stage::PortalApi),
        "10000 of 10005 APIs; the portal sends more, which is beyond the limit of this app"
    );
}
