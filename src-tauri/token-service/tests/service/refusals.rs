//! Every way to be refused at the token endpoint.

use crate::{
    client::Request,
    world::{HUB, SECRET, World, encode},
};

const GRANT: &str = "grant_type=client_credentials";

#[tokio::test]
async fn unknown_client_and_wrong_secret_are_answered_alike() {
    let world = World::start().await;
    for request in [
        Request::token(GRANT).basic(HUB, "wrong"),
        Request::token(GRANT).basic("nobody", SECRET),
        Request::token(GRANT).basic("", ""),
        Request::token(GRANT).basic(HUB, ""),
        Request::token(&format!("{GRANT}&client_id=nobody&client_secret=x")),
        Request::token(&format!("{GRANT}&client_id={}", encode(HUB))),
        Request::token(&format!("{GRANT}&client_id=nobody")),
    ] {
        world.send(request).await.assert_refused(401, "invalid_client", "Bad credentials");
    }
    assert_eq!(world.service.status().refused, 7);
}

#[tokio::test]
async fn a_damaged_authorization_header_is_a_failed_authentication_and_no_crash() {
    let world = World::start().await;
    for value in ["Basic", "Basic ", "Basic *", "Basic YQ==", "Basic YTpi YTpi", "basic %%%", "Basic \u{fc}"] {
        let answer = world.send(Request::token(GRANT).header("Authorization", value)).await;
        answer.assert_refused(401, "invalid_client", "Bad credentials");
    }
    let damaged_escapes = world.send(Request::token(GRANT).basic("%zz", "%4")).await;
    damaged_escapes.assert_refused(401, "invalid_client", "Bad credentials");
    for value in ["Bearer abc", "Digest x", ""] {
        let answer = world.send(Request::token(GRANT).header("Authorization", value)).await;
        answer.assert_refused(401, "invalid_client", "This way to authenticate a client is not offered here");
    }
}

#[tokio::test]
async fn no_credentials_and_unsupported_ones() {
    let world = World::start().await;
    let none = world.send(Request::token(GRANT)).await;
    none.assert_refused(401, "invalid_client", "There are no client credentials in the request");
    let assertion = world.send(Request::token(&format!("{GRANT}&client_assertion=x.y.z&client_id=a"))).await;
    assertion.assert_refused(401, "invalid_client", "This way to authenticate a client is not offered here");
    let in_query =
        Request { path: "/sales-eu/oauth/token?client_id=a&client_secret=b".into(), ..Request::token(GRANT) };
    let answer = world.send(in_query).await;
    let description = "A secret must not stand in the query, where programs on the way log it: replace it";
    answer.assert_refused(400, "invalid_request", description);
}

#[tokio::test]
async fn credentials_in_two_places() {
    let world = World::start().await;
    let both = format!("{GRANT}&client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    let answer = world.send(Request::token(&both).basic(HUB, SECRET)).await;
    let description = "There are credentials both in the Authorization header and in the body";
    answer.assert_refused(400, "invalid_request", description);

    let other_id = world.send(Request::token(&format!("{GRANT}&client_id=other")).basic(HUB, SECRET)).await;
    let description = "The client_id of the request is not the one in the Authorization header";
    other_id.assert_refused(400, "invalid_request", description);
    let same_id = world.send(Request::token(&format!("{GRANT}&client_id={}", encode(HUB))).basic(HUB, SECRET)).await;
    assert_eq!(same_id.status, 200, "many libraries repeat the id");

    let twice = world.send(Request::token(GRANT).basic(HUB, SECRET).basic(HUB, SECRET)).await;
    twice.assert_refused(400, "invalid_request", "There is more than one Authorization header");
}

#[tokio::test]
async fn the_grant_type() {
    let world = World::start().await;
    for missing in ["", "grant_type=", "scope=x"] {
        let answer = world.send(Request::token(missing).basic(HUB, SECRET)).await;
        answer.assert_refused(400, "invalid_request", "The parameter grant_type is missing");
    }
    for other in ["password", "refresh_token", "authorization_code", "CLIENT_CREDENTIALS"] {
        let answer = world.send(Request::token(&format!("grant_type={other}")).basic(HUB, SECRET)).await;
        answer.assert_refused(400, "unsupported_grant_type", "The only grant_type here is client_credentials");
    }
}

#[tokio::test]
async fn a_parameter_twice() {
    let world = World::start().await;
    for body in [
        format!("{GRANT}&{GRANT}"),
        format!("{GRANT}&client_id=a&client_id=a"),
        format!("{GRANT}&unknown=1&unknown=2"),
        format!("{GRANT}&gr%61nt_type=client_credentials"),
        format!("{GRANT}&scope=&scope="),
    ] {
        let answer = world.send(Request::token(&body).basic(HUB, SECRET)).await;
        answer.assert_refused(400, "invalid_request", "A parameter appears more than once");
    }
}

#[tokio::test]
async fn a_body_that_is_no_form() {
    let world = World::start().await;
    for body in [format!("{GRANT}&x=%zz"), format!("{GRANT}&x=%4"), format!("{GRANT}&client_id=%ff")] {
        let answer = world.send(Request::token(&body).basic(HUB, SECRET)).await;
        answer.assert_refused(400, "invalid_request", "The body is not a well-formed form in UTF-8");
    }
    for content_type in [None, Some("application/json"), Some("multipart/form-data"), Some("text/plain")] {
        let mut request = Request::token(GRANT).basic(HUB, SECRET);
        request.headers.retain(|(name, _)| *name != "Content-Type");
        if let Some(content_type) = content_type {
            request = request.header("Content-Type", content_type);
        }
        let description = "The Content-Type must be application/x-www-form-urlencoded";
        world.send(request).await.assert_refused(400, "invalid_request", description);
    }
    let mut spelled = Request::token(GRANT).basic(HUB, SECRET);
    spelled.headers[0].1 = "Application/X-WWW-Form-URLencoded ; charset=utf-8".into();
    assert_eq!(world.send(spelled).await.status, 200, "media types have no case, and parameters");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_answered_too() {
    let world = World::start().await;
    for filler in [16 * 1024, 100 * 1024] {
        let body = format!("{GRANT}&x={}", "y".repeat(filler));
        let answer = world.send(Request::token(&body).basic(HUB, SECRET)).await;
        answer.assert_refused(413, "invalid_request", "The body is larger than 16 KiB");
    }
    let fits = format!("{GRANT}&x={}", "y".repeat(16 * 1024 - GRANT.len() - 3));
    assert_eq!(world.send(Request::token(&fits).basic(HUB, SECRET)).await.status, 200);
}

#[tokio::test]
async fn another_method_another_portal_another_path() {
    let world = World::start().await;
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = world.send(Request { method, ..Request::token(GRANT) }).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("POST"));
        assert_eq!(answer.json()["message"], "This path has another method");
    }
    for path in ["/nowhere/oauth/token", "/%ff/oauth/token"] {
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["message"], "There is no portal of this name");
    }
    for path in ["/", "/sales-eu", "/sales-eu/oauth/authorize"] {
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["message"], "There is nothing at this path");
    }
    let elsewhere = Request { path: "/empty/oauth/token".into(), ..Request::token(GRANT).basic(HUB, SECRET) };
    world.send(elsewhere).await.assert_refused(401, "invalid_client", "Bad credentials");
}

#[tokio::test]
async fn a_registry_that_cannot_be_read_is_no_fault_of_the_client() {
    let world = World::start().await;
    for path in ["/sales-eu/oauth/token", "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies"] {
        world.registry.fail_next(1);
        let answer = world.send(Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) }).await;
        assert_eq!(answer.status, 503);
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let message = "The token service is not available for the moment";
        assert_eq!(answer.json(), serde_json::json!({"message": message}), "RFC 6749 §5.2 has no code for it");
    }
    assert_eq!(world.token().await.split('.').count(), 3, "it works again as soon as the registry does");
}
