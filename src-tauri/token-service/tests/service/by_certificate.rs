//! Tokens for a client certificate (RFC 8705).

use chrono::{TimeDelta, Utc};
use domain::credential::CredentialEnd;

use crate::{
    client::{Connection, Request, trusting},
    registry::TestAuthority,
    world::{HUB, ROBOT, SECRET, World, encode},
};

const API: &str = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";

fn request(client_id: &str) -> Request {
    Request::token(&format!("grant_type=client_credentials&client_id={}", encode(client_id)))
}

#[tokio::test]
async fn a_certificate_gets_a_token_and_the_api_takes_it_without_the_certificate() {
    let world = World::start().await;
    let token = world.send_with(&world.robot, request(ROBOT)).await.unwrap().access_token();
    let answer = world.send(Request::get(API).bearer(&token)).await;
    assert_eq!(answer.status, 200, "the hub calls the API by bearer token alone");
    let here = world.send_with(&world.robot, Request::get(API).bearer(&token)).await.unwrap();
    assert_eq!(here.status, 200, "both listeners serve the same paths");
}

#[tokio::test]
async fn a_certificate_of_our_authority_is_not_enough() {
    let world = World::start().await;
    let other = world.authority.issue(ROBOT, Utc::now() + TimeDelta::days(1));
    let renewed = world.send_with(&other, request(ROBOT)).await.unwrap();
    renewed.assert_refused(401, "invalid_client", "Bad credentials");
    for client_id in [HUB, "nobody"] {
        let answer = world.send_with(&world.robot, request(client_id)).await.unwrap();
        answer.assert_refused(401, "invalid_client", "Bad credentials");
    }
}

#[tokio::test]
async fn a_secret_is_worth_nothing_at_this_listener() {
    let world = World::start().await;
    let basic = Request::token("grant_type=client_credentials").basic(HUB, SECRET);
    let answer = world.send_with(&world.robot, basic).await.unwrap();
    answer.assert_refused(401, "invalid_client", "Bad credentials");
    let body = format!("grant_type=client_credentials&client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    let answer = world.send_with(&world.robot, Request::token(&body)).await.unwrap();
    answer.assert_refused(401, "invalid_client", "Bad credentials");
    let own = format!("grant_type=client_credentials&client_id={}&client_secret=ignored", encode(ROBOT));
    assert_eq!(world.send_with(&world.robot, Request::token(&own)).await.unwrap().status, 200);
}

#[tokio::test]
async fn the_client_has_to_name_itself() {
    let world = World::start().await;
    let answer = world.send_with(&world.robot, Request::token("grant_type=client_credentials")).await.unwrap();
    answer.assert_refused(400, "invalid_request", "The parameter client_id is missing");
}

#[tokio::test]
async fn only_who_has_the_certificate_learns_that_the_credential_has_ended() {
    let world = World::start().await;
    world.registry.end(ROBOT, CredentialEnd::InstanceDeleted);
    let right = world.send_with(&world.robot, request(ROBOT)).await.unwrap();
    right.assert_refused(401, "invalid_client", "The service instance of this client was deleted");
    let other = world.authority.issue(ROBOT, Utc::now() + TimeDelta::days(1));
    let wrong = world.send_with(&other, request(ROBOT)).await.unwrap();
    wrong.assert_refused(401, "invalid_client", "Bad credentials");
}

#[tokio::test]
async fn no_certificate_a_foreign_one_and_an_expired_one_fail_in_tls() {
    let world = World::start().await;
    let without = Connection::open(world.mutual(), &world.tls()).await;
    let error = match without {
        Ok(mut connection) => connection.send(&request(ROBOT)).await.unwrap_err(),
        Err(error) => error,
    };
    assert!(error.to_string().contains("CertificateRequired"), "{error}");

    let foreign = TestAuthority::generate().issue(ROBOT, Utc::now() + TimeDelta::days(1));
    let error = world.send_with(&foreign, request(ROBOT)).await.unwrap_err();
    assert!(error.to_string().contains("UnknownCA") || error.to_string().contains("DecryptError"), "{error}");

    world.clock.advance(TimeDelta::days(2));
    let error = world.send_with(&world.robot, request(ROBOT)).await.unwrap_err();
    assert!(error.to_string().contains("CertificateExpired"), "by the clock of the app: {error}");
}

#[tokio::test]
async fn neither_an_open_connection_nor_a_resumed_session_outlives_the_certificate() {
    let world = World::start().await;
    let tls = world.tls_of_robot();
    let mut open = Connection::open(world.mutual(), &tls).await.unwrap();
    assert_eq!(open.send(&request(ROBOT)).await.unwrap().status, 200);
    world.clock.advance(TimeDelta::days(2));
    let answer = open.send(&request(ROBOT)).await.unwrap();
    answer.assert_refused(401, "invalid_client", "The client certificate has expired");

    let mut resumed = Connection::open(world.mutual(), &tls).await.unwrap();
    let answer = resumed.send(&request(ROBOT)).await.unwrap();
    assert!(resumed.session_was_resumed(), "otherwise this test shows nothing");
    answer.assert_refused(401, "invalid_client", "The client certificate has expired");
}

#[tokio::test]
async fn a_session_without_certificate_opens_nothing_at_the_other_listener() {
    let world = World::start().await;
    let tls = trusting(&world.authority.pem, None);
    let mut plain = Connection::open(world.plain(), &tls).await.unwrap();
    plain.send(&Request::get("/sales-eu/token_keys")).await.unwrap();
    let refused = match Connection::open(world.mutual(), &tls).await {
        Ok(mut connection) => connection.send(&request(ROBOT)).await.is_err(),
        Err(_) => true,
    };
    assert!(refused, "a ticket of one listener must not be good at the other");
}
