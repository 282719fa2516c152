//! Which path is answered by what.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, Uri},
    response::Response,
    routing::any,
};
use domain::documents::TokenEndpoint;
use tower::Service;

use crate::{
    common_answer::Common, discovery, form_encoding::decode, listener::Listener, portal_api, shared::Shared,
    tls::ListenerKind, token_endpoint,
};

const TOKEN_KEYS: &str = "token_keys";
const METADATA: &str = ".well-known/openid-configuration";

/// All paths of a listener.
#[derive(Clone)]
pub(crate) struct Routes {
    router: Router,
    shared: Arc<Shared>,
}

impl Routes {
    pub(crate) fn new(shared: Arc<Shared>, kind: ListenerKind) -> Self {
        // Every method reaches its route, so that a wrong method is answered like every other mistake.
        let router = Router::new()
            .route(&format!("/{{portal}}{}", TokenEndpoint::PATH), any(token_endpoint::of_portal))
            .route(TokenEndpoint::PATH, any(token_endpoint::of_host))
            .route("/{portal}/.well-known/openid-configuration", any(discovery::of_portal))
            .route("/.well-known/openid-configuration", any(discovery::of_host))
            .route("/.well-known/oauth-authorization-server/{portal}", any(discovery::of_portal))
            .route("/.well-known/oauth-authorization-server", any(discovery::of_host))
            .route("/{portal}/token_keys", any(discovery::keys_of_portal))
            .route("/token_keys", any(discovery::keys_of_host))
            .route("/{portal}/apiportal/api/1.0/Management.svc", any(portal_api::service_document))
            .route("/{portal}/apiportal/api/1.0/Management.svc/{*resource}", any(portal_api::resource))
            .fallback(async || Common::NoSuchPath.into_response())
            .with_state(Listener { shared: Arc::clone(&shared), kind });
        Self { router, shared }
    }

    /// Answers a request. Repeated slashes, or one at the end, make no other path, because clients put paths together
    /// from parts.
    pub(crate) async fn answer(mut self, mut request: Request) -> Response {
        if let Some(straight) = straighten(request.uri()) {
            *request.uri_mut() = straight;
        }
        let uri = request.uri().clone();
        let Ok(response) = self.router.call(request).await;
        if response.status() != StatusCode::NOT_FOUND {
            return response;
        }
        match find_right_path(&self.shared, uri.path()) {
            Some(RightPath::At(path)) => Common::NoSuchPath.into_response_with(&format!("; there is at {path}")),
            Some(RightPath::NoSuchPortal) => Common::NoSuchPortal.into_response(),
            None => response,
        }
    }
}

/// The URI with single slashes and none at the end of its path, if it is not so already.
fn straighten(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.contains("//") && (path == "/" || !path.ends_with('/')) {
        return None;
    }
    let mut straight = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        straight.push('/');
        straight.push_str(part);
    }
    if straight.is_empty() {
        straight.push('/');
    }
    if let Some(query) = uri.query() {
        straight.push('?');
        straight.push_str(query);
    }
    straight.parse().ok()
}

/// The path that was probably meant, for one at which there is nothing.
enum RightPath {
    At(String),
    NoSuchPortal,
}

/// The path that was probably meant by one in the wrong case, with escaped slashes, with the token path twice, or with
/// a name that the endpoint has elsewhere. Nothing of what was sent is repeated except the name of a portal that
/// exists.
fn find_right_path(shared: &Shared, path: &str) -> Option<RightPath> {
    let text = decode(path.as_bytes())?;
    let text = std::str::from_utf8(&text).ok()?.trim().to_lowercase();
    let mut parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
    while parts.ends_with(&["oauth", "token", "oauth", "token"]) {
        parts.truncate(parts.len() - 2);
    }
    let found = match *parts.as_slice() {
        [] => None,
        [slug, ref rest @ ..] => match (find_tail(&parts), find_tail(rest).or_else(|| find_api(rest))) {
            (Some(tail), _) => Some(RightPath::At(format!("/{tail}"))),
            (None, Some(tail)) => match shared.clients.find_api_proxies(slug) {
                Ok(Some(_)) => Some(RightPath::At(format!("/{slug}/{tail}"))),
                Ok(None) => Some(RightPath::NoSuchPortal),
                Err(_) => None,
            },
            (None, None) => None,
        },
    };
    found.filter(|found| !matches!(found, RightPath::At(right) if right == path))
}

fn find_tail(parts: &[&str]) -> Option<&'static str> {
    match *parts {
        ["oauth" | "oauth2", "token"] | ["token"] => Some(TokenEndpoint::PATH.trim_start_matches('/')),
        ["token_keys"] => Some(TOKEN_KEYS),
        [".well-known", "openid-configuration"] => Some(METADATA),
        _ => None,
    }
}

fn find_api(parts: &[&str]) -> Option<&'static str> {
    (parts == ["apiportal", "api", "1.0", "management.svc", "apiproxies"]).then_some(portal_api::API_PROXIES)
}

#[cfg(test)]
mod slowdown_tests;
#[cfg(test)]
mod tests;
