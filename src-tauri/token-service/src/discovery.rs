//! What the service publishes about itself: metadata (RFC 8414, OpenID Connect Discovery 1.0) and the keys of its tokens.

use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::ServiceRole;
use serde_json::json;

use crate::routes::{Common, Listener, Slug, find_portal, json as json_response, only_reading};

/// The metadata of a portal's authorization server, in the form that both specifications allow.
pub(crate) async fn metadata(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    describe(&listener, slug, &request).unwrap_or_else(Common::into_response)
}

fn describe(listener: &Listener, slug: Slug, request: &Request) -> Result<Response, Common> {
    let (slug, _) = find_portal(&listener.shared, slug)?;
    only_reading(request.method())?;
    let issuer = listener.shared.issuer(&slug);
    let endpoints = &listener.shared.endpoints;
    let certificate_url = format!("https://{}:{}/{slug}", endpoints.host, endpoints.mutual_tls_port);
    let metadata = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "jwks_uri": format!("{issuer}/token_keys"),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "tls_client_auth"],
        "scopes_supported": ServiceRole::ALL.map(ServiceRole::name),
        // Demanded by RFC 8414 §2, with one value at least (§3.2). There is no authorization endpoint to use it at.
        "response_types_supported": ["none"],
        // Demanded by OpenID Connect Discovery §3. There are no ID tokens.
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        // RFC 8705 §5 and §3.3. See `token_endpoint` for why tokens are not bound to certificates.
        "mtls_endpoint_aliases": {"token_endpoint": format!("{certificate_url}/oauth/token")},
        "tls_client_certificate_bound_access_tokens": false,
    });
    Ok(json_response(metadata.to_string()))
}

/// The JSON Web Key Set of the service; all portals share it.
pub(crate) async fn token_keys(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    let published = find_portal(&listener.shared, slug).and_then(|_| only_reading(request.method()));
    match published {
        Ok(()) => json_response(listener.shared.keys().signing.key_set()),
        Err(common) => common.into_response(),
    }
}
