//! Clients that know a host and no path: they ask `/oauth/token`, `/token_keys` and discovery there, and the client id says
//! which portal is meant. SAP's own clients are of this kind.

use domain::{id::PortalId, portal::ServiceRole};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    client::{Answer, Request, claims},
    registry::{at_portal, secret_client},
    world::{HUB, ROBOT, SECRET, World, encode},
};

const GRANT: &str = "grant_type=client_credentials";
const API: &str = "/sales-eu/apiportal/api/1.0/Management.svc/APIProxies";

fn at_host(request: Request) -> Request {
    Request { path: "/oauth/token".into(), ..request }
}

async fn api(world: &World, token: &str) -> Answer {
    world.send(Request::get(API).bearer(token)).await
}

#[tokio::test]
async fn a_client_that_knows_only_the_host_gets_a_token_for_its_portal() {
    // promise D1
    let world = World::start().await;
    let in_body = format!("{GRANT}&client_id={}&client_secret={}", encode(HUB), encode(SECRET));
    for request in [Request::token(&in_body), Request::token(GRANT).basic(HUB, SECRET)] {
        let token = world.send(at_host(request)).await.access_token();
        assert_eq!(api(&world, &token).await.status, 200);
        let claims = claims(&token);
        let issuer = format!("https://localhost:{}", world.plain().port());
        assert_eq!(claims["iss"], issuer, "RFC 8414 §3.3: the issuer is the one whose metadata name this endpoint");
        assert_eq!(claims["aud"], json!([HUB, format!("{issuer}/sales-eu")]), "it is for the portal all the same");
    }
    let by_certificate = Request::token(&format!("{GRANT}&client_id={}", encode(ROBOT)));
    let token = world.send_with(&world.robot, at_host(by_certificate)).await.unwrap().access_token();
    assert_eq!(api(&world, &token).await.status, 200, "at the listener for certificates, too");
}

#[tokio::test]
async fn at_the_host_an_unknown_client_is_answered_as_a_wrong_secret_and_so_is_one_that_two_portals_have() {
    // promise D1
    let world = World::start().await;
    let other = at_portal("empty", secret_client(HUB, SECRET, ServiceRole::CatalogIntegration));
    let ask = || world.send(at_host(Request::token(GRANT).basic(HUB, SECRET)));
    assert_eq!(ask().await.status, 200);
    world.registry.put(other);
    ask().await.assert_refused(401, "invalid_client", "Bad credentials");
    assert_eq!(world.token().await.split('.').count(), 3, "at the path of its portal it is still itself");
    for request in [
        Request::token(GRANT).basic("nobody", SECRET),
        Request::token(GRANT).basic(HUB, "wrong"),
        Request::token(&format!("{GRANT}&client_id={}&client_secret=x", encode(ROBOT))),
    ] {
        world.send(at_host(request)).await.assert_refused(401, "invalid_client", "Bad credentials");
    }
    let without = at_host(Request::token(&format!("{GRANT}&client_id={}", encode(ROBOT))));
    let description = "Certificate credentials need the mutual TLS endpoint";
    world.send(without).await.assert_refused(401, "invalid_client", description);
}

#[tokio::test]
async fn discovery_at_the_host_names_the_host_as_issuer_and_its_own_endpoints() {
    // promise D1
    let world = World::start().await;
    let (plain, mutual) = (world.plain().port(), world.mutual().port());
    let of_portal = world.send(Request::get("/sales-eu/.well-known/openid-configuration")).await.json();
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
        let answer = world.send(Request::get(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        let metadata = answer.json();
        let issuer = format!("https://localhost:{plain}");
        assert_eq!(metadata["issuer"], issuer, "RFC 8414 §3.3");
        assert_eq!(metadata["token_endpoint"], format!("{issuer}/oauth/token"));
        assert_eq!(metadata["jwks_uri"], format!("{issuer}/token_keys"));
        let alias = json!({"token_endpoint": format!("https://localhost:{mutual}/oauth/token")});
        assert_eq!(metadata["mtls_endpoint_aliases"], alias);
        let names = |metadata: &Value| metadata.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&metadata), names(&of_portal));
    }
    let keys = world.send(Request::get("/token_keys?zid=any")).await;
    assert_eq!((keys.status, keys.json()), (200, world.send(Request::get("/sales-eu/token_keys")).await.json()));
    let post = world.send(Request { method: "POST", ..Request::get("/token_keys") }).await;
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
    let get = world.send(Request::get("/oauth/token")).await;
    assert_eq!((get.status, get.header("allow")), (405, Some("POST")));
}

#[tokio::test]
async fn a_token_carries_what_clients_of_the_vendor_read() {
    // promise D1
    let world = World::start().await;
    for path in ["/oauth/token", "/sales-eu/oauth/token"] {
        let request = Request { path: path.into(), ..Request::token(GRANT).basic(HUB, SECRET) };
        let claims = claims(&world.send(request).await.access_token());
        for name in ["sub", "client_id", "cid", "azp"] {
            assert_eq!(claims[name], HUB, "{path} {name}");
        }
        assert_eq!(claims["grant_type"], "client_credentials");
        assert_eq!(claims["scope"], "APIPortal.Service.CatalogIntegration", "RFC 9068 §2.2.3: one text");
        assert_eq!(claims["zid"], PortalId(Uuid::from_u128(2)).to_string());
        assert_eq!(claims["ext_attr"]["enhancer"], "XSUAA");
        assert_eq!(claims["ext_attr"]["zdn"], "sales-eu");
        assert_eq!(claims["ext_attr"]["serviceinstanceid"], Uuid::from_u128(3).to_string());
        assert_eq!(claims["jti"].as_str().unwrap().len(), 32);
    }
}

#[tokio::test]
async fn a_token_of_the_host_is_good_at_its_own_portal_only_and_ends_with_its_credential() {
    // promise D1
    let world = World::start().await;
    let token = world.send(at_host(Request::token(GRANT).basic(HUB, SECRET))).await.access_token();
    let elsewhere = world.send(Request::get(&API.replace("sales-eu", "empty")).bearer(&token)).await;
    assert_eq!(elsewhere.status, 401);
    world.registry.end(HUB, domain::credential::CredentialEnd::KeyDeleted);
    let ended = world.send(at_host(Request::token(GRANT).basic(HUB, SECRET))).await;
    ended.assert_refused(401, "invalid_client", "The service key of this client was deleted");
    assert_eq!(api(&world, &token).await.status, 401);
}
