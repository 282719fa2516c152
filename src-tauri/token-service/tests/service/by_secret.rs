//! Tokens for a client secret.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{credential::CredentialEnd, portal::ServiceRole};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::Value;

use crate::{
    client::{Connection, Request},
    registry::{chosen_client, secret_client},
    world::{HUB, ROBOT, SECRET, World, encode},
};

const GRANT: &str = "grant_type=client_credentials";

#[tokio::test]
async fn a_secret_in_the_body_gets_a_token_with_exactly_these_headers() {
    let world = World::start().await;
    let body = format!("{GRANT}&client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    let answer = world.send(Request::token(&body)).await;
    assert_eq!(answer.status, 200);
    let names: Vec<_> = answer.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content-type", "cache-control", "pragma", "content-length", "date"]);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("pragma"), Some("no-cache"));
    let json = answer.json();
    let members: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["access_token", "expires_in", "jti", "scope", "token_type"]);
    assert_eq!(json["token_type"], "bearer");
    assert_eq!(json["expires_in"], 3600);
    assert_eq!(json["scope"], "APIPortal.Service.CatalogIntegration");
    assert_eq!(json["jti"].as_str().unwrap().len(), 32);
    assert_eq!(world.service.status().tokens_issued, 1);
}

#[tokio::test]
async fn a_foreign_library_reads_the_token_with_the_published_keys() {
    let world = World::start().await;
    let answer = world.send(Request::token(GRANT).basic(&encode(HUB), &encode(SECRET))).await;
    let token = answer.access_token();
    let keys: JwkSet = serde_json::from_value(world.send(Request::get("/sales-eu/token_keys")).await.json()).unwrap();
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"), "RFC 9068 §2.1");
    assert_eq!(header.alg, Algorithm::ES256);
    let key = keys.find(header.kid.as_deref().unwrap()).expect("the key is published");
    let thumbprint = key.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap();
    assert_eq!(header.kid.unwrap(), thumbprint, "RFC 7638");

    let issuer = format!("https://localhost:{}/sales-eu", world.plain().port());
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_issuer(&[&issuer]);
    validation.set_audience(&[&issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let claims =
        jsonwebtoken::decode::<Value>(&token, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims;
    assert_eq!(claims["sub"], HUB);
    assert_eq!(claims["client_id"], HUB);
    assert_eq!(claims["scope"], "APIPortal.Service.CatalogIntegration");
    assert_eq!(claims["jti"], answer.json()["jti"]);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    assert!(claims.get("cnf").is_none(), "the portal API could not check it");
}

#[tokio::test]
async fn basic_takes_a_secret_form_encoded_or_raw() {
    let world = World::start().await;
    for (id, secret) in
        [(encode(HUB), encode(SECRET)), (HUB.to_owned(), SECRET.to_owned()), (HUB.to_owned(), encode(SECRET))]
    {
        let answer = world.send(Request::token(GRANT).basic(&id, &secret)).await;
        assert_eq!(answer.status, 200, "many clients do not encode: {id}");
    }
}

#[tokio::test]
async fn every_secret_that_is_ever_generated_survives_both_ways_of_basic() {
    let world = World::start().await;
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    for n in 0..64_u8 {
        let random: Vec<u8> = (0..32_u8).map(|i| n.wrapping_mul(37).wrapping_add(i.wrapping_mul(11))).collect();
        let secret = STANDARD.encode(random);
        world.registry.put(secret_client("c", &secret, ServiceRole::CatalogIntegration));
        for request in [
            Request::token(GRANT).basic("c", &secret),
            Request::token(GRANT).basic("c", &encode(&secret)),
            Request::token(&format!("{GRANT}&client_id=c&client_secret={}", encode(&secret))),
        ] {
            assert_eq!(connection.send(&request).await.unwrap().status, 200, "{secret}");
        }
    }
}

#[tokio::test]
async fn a_chosen_secret_works_and_is_fast_the_second_time() {
    let world = World::start().await;
    world.registry.put(chosen_client("chosen", "correct horse"));
    let request = Request::token(GRANT).basic("chosen", "correct horse");
    let mut connection = Connection::open(world.plain(), &world.tls()).await.unwrap();
    let mut times = Vec::new();
    for _ in 0..4 {
        let began = std::time::Instant::now();
        connection.send(&request).await.unwrap().access_token();
        times.push(began.elapsed());
    }
    let later = times[1..].iter().min().unwrap();
    assert!(*later * 4 < times[0], "a keep-alive client must not pay for argon2id each time: {times:?}");

    world.registry.put(chosen_client("chosen", "another secret"));
    let answer = connection.send(&request).await.unwrap();
    answer.assert_refused(401, "invalid_client", "Bad credentials");
}

#[tokio::test]
async fn a_scope_may_be_absent_empty_or_the_role() {
    let world = World::start().await;
    for scope in ["", "&scope=", "&scope=APIPortal.Service.CatalogIntegration"] {
        let answer = world.send(Request::token(&format!("{GRANT}{scope}")).basic(HUB, SECRET)).await;
        assert_eq!(answer.status, 200, "{scope:?}");
    }
    for scope in ["openid", "APIPortal.Administrator", "APIPortal.Service.CatalogIntegration+openid", "%22", "+"] {
        let answer = world.send(Request::token(&format!("{GRANT}&scope={scope}")).basic(HUB, SECRET)).await;
        answer.assert_refused(400, "invalid_scope", "The scope is more than the role of this client has");
    }
}

#[tokio::test]
async fn only_who_has_the_secret_learns_that_the_credential_has_ended() {
    let world = World::start().await;
    for (end, description) in [
        (CredentialEnd::KeyDeleted, "The service key of this client was deleted"),
        (CredentialEnd::InstanceDeleted, "The service instance of this client was deleted"),
    ] {
        world.registry.end(HUB, end);
        let right = world.send(Request::token(GRANT).basic(HUB, SECRET)).await;
        right.assert_refused(401, "invalid_client", description);
        let wrong = world.send(Request::token(GRANT).basic(HUB, "wrong")).await;
        wrong.assert_refused(401, "invalid_client", "Bad credentials");
    }
}

#[tokio::test]
async fn a_certificate_client_is_sent_to_the_other_listener() {
    let world = World::start().await;
    let answer = world.send(Request::token(&format!("{GRANT}&client_id={}", encode(ROBOT)))).await;
    answer.assert_refused(401, "invalid_client", "Certificate credentials need the mutual TLS endpoint");
    let guessing = world.send(Request::token(GRANT).basic(ROBOT, "guess")).await;
    guessing.assert_refused(401, "invalid_client", "Bad credentials");
}

#[tokio::test]
async fn many_requests_on_one_connection_and_a_resumed_session() {
    let world = World::start().await;
    let tls = world.tls();
    let request = Request::token(GRANT).basic(HUB, SECRET);
    let mut connection = Connection::open(world.plain(), &tls).await.unwrap();
    for _ in 0..100 {
        assert_eq!(connection.send(&request).await.unwrap().status, 200);
    }
    let mut again = Connection::open(world.plain(), &tls).await.unwrap();
    assert_eq!(again.send(&request).await.unwrap().status, 200);
    assert!(again.session_was_resumed(), "a hand-shake with certificates costs most of a short connection");
}
