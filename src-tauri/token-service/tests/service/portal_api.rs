//! The portal API and its tokens.

use chrono::TimeDelta;
use domain::CredentialEnd;
use serde_json::json;

use crate::{
    client::{Answer, Request},
    world::{HUB, ONBOARDING, SECRET, World},
};

const API: &str = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";

#[track_caller]
fn assert_invalid_token(answer: &Answer, description: &str) {
    let challenge =
        format!("Bearer realm=\"Drawbridge\", error=\"invalid_token\", error_description=\"{description}\"");
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some(challenge.as_str())));
    let error = json!({"error": {"code": "invalid_token", "message": {"lang": "en", "value": description}}});
    assert_eq!(answer.json(), error);
}

#[tokio::test]
async fn a_token_lists_the_api_proxies() {
    let world = World::start().await;
    let answer = world.send(Request::get(&format!("{API}?$format=json")).bearer(&world.token().await)).await;
    let expected = json!({"d": {"results": [
        {
            "name": "Invoices", "title": "Invoices API", "version": "1.2.0", "description": "",
            "base_path": "/Invoices/v1", "openapi_version": "3.0.3",
        },
        {
            "name": "Orders", "title": "Orders API", "version": "1.2.0",
            "description": "Places \"orders\"\n& follows them – schön",
            "base_path": "/Orders/v1", "openapi_version": "3.0.3",
        },
    ]}});
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!(answer.header("dataserviceversion"), Some("2.0"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn without_a_token_the_answer_says_only_that_one_is_needed() {
    let world = World::start().await;
    let basic = Request::get(API).basic(HUB, SECRET);
    for request in [Request::get(API), basic, Request::get(&format!("{API}?access_token=x"))] {
        let answer = world.send(request).await;
        assert_eq!(answer.status, 401);
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, Some("Bearer realm=\"Drawbridge\""), "RFC 6750 §3.1: no error code");
    }
    let twice = world.send(Request::get(API).bearer("a").bearer("b")).await;
    assert_eq!(twice.status, 400);
    assert!(twice.header("www-authenticate").unwrap().contains("error=\"invalid_request\""));
}

#[tokio::test]
async fn a_token_that_was_tampered_with_is_refused() {
    let world = World::start().await;
    let token = world.token().await;
    let parts: Vec<&str> = token.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    let mut flipped = token.clone().into_bytes();
    let last = flipped.len() - 10;
    flipped[last] = if flipped[last] == b'A' { b'B' } else { b'A' };
    for tampered in [
        String::new(),
        "x".into(),
        "..".into(),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{}.e30.{}", parts[0], parts[2]),
        format!("{token}."),
        format!("{token}="),
        format!(".{token}"),
        token[..token.len() - 1].to_owned(),
        String::from_utf8(flipped).unwrap(),
    ] {
        let answer = world.send(Request::get(API).bearer(&tampered)).await;
        assert_invalid_token(&answer, "The access token was not issued by this token service, or is damaged");
    }
    assert_eq!(world.send(Request::get(API).header("Authorization", format!("bearer {token}"))).await.status, 200);
}

#[tokio::test]
async fn a_token_is_good_for_one_portal_and_one_hour() {
    let world = World::start().await;
    let token = world.token().await;
    let elsewhere = API.replace("sales-eu", "empty");
    let answer = world.send(Request::get(&elsewhere).bearer(&token)).await;
    assert_invalid_token(&answer, "The access token was issued for another portal");

    world.clock.advance(TimeDelta::seconds(3590));
    assert_eq!(world.send(Request::get(API).bearer(&token)).await.status, 200);
    world.clock.advance(TimeDelta::seconds(11));
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The access token has expired");
}

#[tokio::test]
async fn deleting_a_service_key_stops_the_tokens_that_were_issued() {
    let world = World::start().await;
    let token = world.token().await;
    world.registry.end(HUB, CredentialEnd::KeyDeleted);
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The service key of this client was deleted");
    world.registry.remove(HUB);
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_invalid_token(&answer, "The client of this access token does not exist any more");
}

#[tokio::test]
async fn a_role_that_may_not_read_is_told_which_scope_may() {
    let world = World::start().await;
    let request = Request::token("grant_type=client_credentials").basic(ONBOARDING, SECRET);
    let token = world.send(request).await.access_token();
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_eq!(answer.status, 403);
    let challenge = "Bearer realm=\"Drawbridge\", error=\"insufficient_scope\", \
                     error_description=\"The role of this client may not read the API proxies\", \
                     scope=\"APIPortal.Service.CatalogIntegration\"";
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn an_unknown_portal_is_404_before_any_token_is_looked_at() {
    let world = World::start().await;
    let answer = world.send(Request::get(&API.replace("sales-eu", "nowhere"))).await;
    assert_eq!((answer.status, answer.json()), (404, json!({"message": "There is no portal of this name"})));
}
