//! What the service publishes about itself: metadata (RFC 8414, OpenID Connect Discovery 1.0) and the keys of its tokens.

use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::{
    documents::{CertUrl, TokenEndpoint},
    portal::ServiceRole,
};
use serde_json::json;

use crate::{
    common_answer::{Common, json as json_response, only_reading},
    listener::{Listener, Slug, find_portal},
    place::Place,
};

/// The metadata of a portal's authorization server, in the form that both specifications allow.
pub(crate) async fn of_portal(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    let place = find_portal(&listener.shared, slug).map(|(slug, _)| Place::Portal(slug));
    describe(&listener, place, &request).unwrap_or_else(Common::into_response)
}

/// The metadata of the host. Its issuer differs from a portal's: RFC 8414 §3.3 wants it to be the URL that was asked.
pub(crate) async fn of_host(State(listener): State<Listener>, request: Request) -> Response {
    describe(&listener, Ok(Place::Host), &request).unwrap_or_else(Common::into_response)
}

fn describe(listener: &Listener, place: Result<Place, Common>, request: &Request) -> Result<Response, Common> {
    let place = place?;
    only_reading(request.method())?;
    let endpoints = &listener.shared.endpoints;
    let path = place.slug().map(|slug| format!("/{slug}")).unwrap_or_default();
    let (issuer, certificate_url) = (
        format!("{}{path}", endpoints.host_url()),
        CertUrl::from_stored(format!("{}{path}", endpoints.host_cert_url())),
    );
    let metadata = json!({
        "issuer": issuer,
        "token_endpoint": TokenEndpoint::below(&issuer).as_str(),
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
        "mtls_endpoint_aliases": {"token_endpoint": certificate_url.token_endpoint().as_str()},
        "tls_client_certificate_bound_access_tokens": false,
    });
    Ok(json_response(metadata.to_string()))
}

/// The JSON Web Key Set of the service, below a portal; all portals share it.
pub(crate) async fn keys_of_portal(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    publish_keys(&listener, find_portal(&listener.shared, slug).map(drop), &request)
}

/// The same at the host.
pub(crate) async fn keys_of_host(State(listener): State<Listener>, request: Request) -> Response {
    publish_keys(&listener, Ok(()), &request)
}

fn publish_keys(listener: &Listener, found: Result<(), Common>, request: &Request) -> Response {
    match found.and_then(|()| only_reading(request.method())) {
        Ok(()) => json_response(listener.shared.keys().signing.key_set()),
        Err(common) => common.into_response(),
    }
}
