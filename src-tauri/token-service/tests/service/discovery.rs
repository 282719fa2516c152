//! What the service publishes about itself.

use serde_json::json;

use crate::{client::Request, world::World};

#[tokio::test]
async fn the_metadata_are_the_same_in_both_forms_and_at_both_listeners() {
    let world = World::start().await;
    let (plain, mutual) = (world.plain().port(), world.mutual().port());
    let issuer = format!("https://localhost:{plain}/sales-eu");
    let expected = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "jwks_uri": format!("{issuer}/token_keys"),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "tls_client_auth"],
        "scopes_supported": [
            "APIPortal.Service.CatalogIntegration",
            "APIPortal.Administrator",
            "APIManagement.SelfService.Administrator",
        ],
        "response_types_supported": ["none"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "mtls_endpoint_aliases": {"token_endpoint": format!("https://localhost:{mutual}/sales-eu/oauth/token")},
        "tls_client_certificate_bound_access_tokens": false,
    });
    for path in ["/sales-eu/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/sales-eu"] {
        let answer = world.send(Request::get(path)).await;
        assert_eq!((answer.status, answer.json()), (200, expected.clone()), "{path}");
        let at_the_other = world.send_with(&world.robot, Request::get(path)).await.unwrap();
        assert_eq!(at_the_other.json(), expected, "one issuer, whichever way it is asked");
    }
}

#[tokio::test]
async fn the_key_set_has_the_public_key_only() {
    let world = World::start().await;
    let keys = world.send(Request::get("/sales-eu/token_keys")).await.json();
    let key = keys["keys"][0].as_object().unwrap();
    let members: Vec<_> = key.keys().map(String::as_str).collect();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x", "y"], "a member d would be the private key");
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("EC"), &json!("P-256"), &json!("ES256"), &json!("sig"))
    );
}

#[tokio::test]
async fn a_portal_that_does_not_exist_publishes_nothing() {
    let world = World::start().await;
    for path in ["/no/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/no", "/no/token_keys"]
    {
        assert_eq!(world.send(Request::get(path)).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_is_published_is_read_only() {
    let world = World::start().await;
    for path in ["/sales-eu/.well-known/openid-configuration", "/sales-eu/token_keys"] {
        let answer = world.send(Request { method: "POST", ..Request::get(path) }).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{path}");
    }
}
