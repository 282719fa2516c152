//! Requests as clients really send them: parameters in the query, and paths that were put together carelessly.

use crate::{
    client::Request,
    world::{HUB, ROBOT, SECRET, World, encode},
};

const GRANT: &str = "grant_type=client_credentials";
const API: &str = "apiportal/api/1.0/Management.svc/APIProxies";

/// A token request with this query and body.
fn with_query(query: &str, body: &str) -> Request {
    Request { path: format!("/sales-eu/oauth/token?{query}"), ..Request::token(body) }
}

fn with_type(content_type: Option<&str>, mut request: Request) -> Request {
    request.headers.retain(|(name, _)| *name != "Content-Type");
    match content_type {
        Some(content_type) => request.header("Content-Type", content_type),
        None => request,
    }
}

#[tokio::test]
async fn the_grant_type_may_be_in_the_query_with_basic_and_an_empty_body_of_any_type() {
    // promise D2
    let world = World::start().await;
    for content_type in [None, Some("application/x-www-form-urlencoded"), Some("application/json"), Some("text/plain")]
    {
        for path in ["/sales-eu/oauth/token", "/oauth/token"] {
            let request = with_type(content_type, with_query(GRANT, "").basic(HUB, SECRET));
            let request = Request { path: format!("{path}?{GRANT}"), ..request };
            assert_eq!(world.send(request).await.status, 200, "{path} {content_type:?}");
        }
    }
    let id = format!("client_id={}", encode(ROBOT));
    for request in [with_query(GRANT, &id), with_query(&format!("{GRANT}&{id}"), "")] {
        let answer = world.send_with(&world.robot, request).await.unwrap();
        assert_eq!(answer.status, 200, "with a certificate, the id in the form or in the query");
    }
    let scope = format!("{GRANT}&scope=APIPortal.Service.CatalogIntegration");
    assert_eq!(world.send(with_query(&scope, "").basic(HUB, SECRET)).await.status, 200);
    let in_body = format!("client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    assert_eq!(world.send(with_query(GRANT, &in_body)).await.status, 200);
}

#[tokio::test]
async fn a_parameter_in_query_and_body_has_one_value_or_is_refused() {
    // promise D2
    let world = World::start().await;
    let send = |query: &str, body: &str| world.send(with_query(query, body).basic(HUB, SECRET));
    assert_eq!(send(GRANT, GRANT).await.status, 200, "the same twice is no contradiction");
    assert_eq!(send("grant_type=&tenant=x", GRANT).await.status, 200, "one without a value counts as absent");
    assert_eq!(send("gr%61nt_type=client%5Fcredentials", GRANT).await.status, 200, "in any spelling");
    let description = "A parameter has one value in the query and another in the body";
    for (query, body) in [
        ("grant_type=password", GRANT.to_owned()),
        (GRANT, "grant_type=password".to_owned()),
        ("client_id=other", format!("{GRANT}&client_id={}", encode(HUB))),
        ("tenant=a", format!("{GRANT}&tenant=b")),
    ] {
        send(query, &body).await.assert_refused(400, "invalid_request", description);
    }
    let description = "The client_id of the request is not the one in the Authorization header";
    send(&format!("{GRANT}&client_id=other"), "").await.assert_refused(400, "invalid_request", description);
    let twice = send(&format!("{GRANT}&{GRANT}"), "").await;
    twice.assert_refused(400, "invalid_request", "A parameter appears more than once");
    let damaged = send(&format!("{GRANT}&x=%zz"), "").await;
    damaged.assert_refused(400, "invalid_request", "The query is not a well-formed form in UTF-8");
    let other = send("grant_type=password", "").await;
    other.assert_refused(400, "unsupported_grant_type", "The only grant_type here is client_credentials");
    let none = send("scope=", "").await;
    none.assert_refused(400, "invalid_request", "The parameter grant_type is missing");
}

#[tokio::test]
async fn a_secret_in_the_query_is_refused_whatever_it_is_called_and_wherever_it_stands() {
    // promise D2
    let world = World::start().await;
    let description = "A secret must not stand in the query, where programs on the way log it: replace it";
    for name in [
        "client_secret",
        "client_assertion",
        "password",
        "assertion",
        "refresh_token",
        "access_token",
        "code",
        "passcode",
    ] {
        for (query, body) in [
            (format!("{GRANT}&client_id=a&{name}={SECRET}"), String::new()),
            (format!("{name}=x"), format!("{GRANT}&client_id={}&client_secret={}", encode(HUB), encode(SECRET))),
            (format!("{}={SECRET}", name.to_uppercase()), GRANT.to_owned()),
        ] {
            let answer = world.send(with_query(&query, &body)).await;
            answer.assert_refused(400, "invalid_request", description);
        }
    }
    let escaped = world.send(with_query(&format!("{GRANT}&client%5fsecret={SECRET}"), "").basic(HUB, SECRET)).await;
    escaped.assert_refused(400, "invalid_request", description);
}

#[tokio::test]
async fn slashes_too_many_make_no_other_path() {
    // promise D3
    let world = World::start().await;
    for path in [
        "//oauth/token",
        "/oauth/token/",
        "/oauth//token",
        "/sales-eu//oauth/token",
        "/sales-eu/oauth/token/",
        "//sales-eu///oauth/token//",
        "/sales-eu/oauth/token?",
        "/sales-eu/oauth/token/?scope=",
    ] {
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 200, "{path}");
    }
    for path in ["//token_keys", "/sales-eu//token_keys/", "/sales-eu//.well-known/openid-configuration"] {
        assert_eq!(world.send(Request::get(path)).await.status, 200, "{path}");
    }
    let token = world.token().await;
    for path in [format!("/sales-eu//{API}"), format!("/sales-eu/{API}/")] {
        assert_eq!(world.send(Request::get(&path).bearer(&token)).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_path_that_is_nearly_right_is_told_the_right_one() {
    // promise D3
    let world = World::start().await;
    for (path, right) in [
        ("/Sales-EU/oauth/token", "/sales-eu/oauth/token"),
        ("/sales-eu/OAuth/Token", "/sales-eu/oauth/token"),
        ("/sales-eu%2Foauth%2Ftoken", "/sales-eu/oauth/token"),
        ("/sales-eu/oauth/token/oauth/token", "/sales-eu/oauth/token"),
        ("/oauth/token/oauth/token", "/oauth/token"),
        ("/OAUTH/TOKEN", "/oauth/token"),
        ("/sales-eu/oauth/token%20", "/sales-eu/oauth/token"),
        ("/sales-eu/oauth2/token", "/sales-eu/oauth/token"),
        ("/sales-eu/token", "/sales-eu/oauth/token"),
        ("/sales-eu/Token_Keys", "/sales-eu/token_keys"),
        ("/sales-eu/apiportal/api/1.0/management.svc/apiproxies", &format!("/sales-eu/{API}")),
    ] {
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["message"], format!("There is nothing at this path; there is at {right}"), "{path}");
    }
    for path in ["/nowhere/OAuth/Token", "/nowhere/oauth/token", "/%ff/oauth/token"] {
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["message"], "There is no portal of this name", "{path}");
    }
    for path in ["/", "/sales-eu", "/sales-eu/oauth/authorize", "/robots.txt", &format!("/{SECRET}/x")] {
        let answer = world.send(Request::get(path)).await;
        assert_eq!((answer.status, answer.json()["message"].as_str()), (404, Some("There is nothing at this path")));
    }
}
