//! Which path is answered by what, and the answers that all paths have in common.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Path, Request, rejection::PathRejection},
    http::{
        HeaderValue, Method, StatusCode, Uri,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    response::Response,
    routing::any,
};
use domain::{documents::TokenEndpoint, portal::ApiProxy, ports::RepositoryError};
use tower::Service;

use crate::{discovery, form_encoding::decode, portal_api, service::Shared, tls::ListenerKind, token_endpoint};

/// What every route gets.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) shared: Arc<Shared>,
    pub(crate) kind: ListenerKind,
}

/// The slug, as a path has it.
pub(crate) type Slug = Result<Path<String>, PathRejection>;

/// Where a request was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the host, without the path of a portal.
    Host,
    /// Below the path of this portal, which exists.
    Portal(String),
}

impl Place {
    pub(crate) fn slug(&self) -> Option<&str> {
        match self {
            Self::Host => None,
            Self::Portal(slug) => Some(slug),
        }
    }
}

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
        // Every method comes to its route, so that a wrong one is answered like every other mistake.
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

    /// Answers a request. One slash too many, or one at the end, makes no other path: clients put paths together from parts.
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

/// What was probably meant by a path at which there is nothing.
enum RightPath {
    At(String),
    NoSuchPortal,
}

/// The path that is meant by one in the wrong case, with escaped slashes, with the token path twice or with a name that the
/// endpoint has elsewhere. Nothing of what was sent is repeated but the name of a portal that exists.
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

/// The portal that a path names, with its API proxies.
pub(crate) fn find_portal(shared: &Shared, slug: Slug) -> Result<(String, Arc<[ApiProxy]>), Common> {
    let Ok(Path(slug)) = slug else { return Err(Common::NoSuchPortal) };
    match shared.clients.find_api_proxies(&slug) {
        Ok(Some(proxies)) => Ok((slug, proxies)),
        Ok(None) => Err(Common::NoSuchPortal),
        Err(error) => Err(Common::registry_failed(&error)),
    }
}

/// Refuses every method that does not read.
pub(crate) fn only_reading(method: &Method) -> Result<(), Common> {
    if *method == Method::GET || *method == Method::HEAD { Ok(()) } else { Err(Common::WrongMethod("GET, HEAD")) }
}

/// The answers that have nothing to do with OAuth 2.0: they come before a client is looked at, or instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Common {
    NoSuchPath,
    NoSuchPortal,
    /// With the methods that are right.
    WrongMethod(&'static str),
    /// Too many attempts of one client wait already.
    TooManyWaiting,
    /// The service cannot do its work for the moment. RFC 6749 §5.2 has no code for it, so the body has none.
    Unavailable,
}

impl Common {
    /// Logs the kind of the error only; the answer says nothing about it.
    pub(crate) fn registry_failed(error: &RepositoryError) -> Self {
        tracing::error!(%error, "the token service cannot read its clients");
        Self::Unavailable
    }

    pub(crate) fn into_response(self) -> Response {
        self.into_response_with("")
    }

    /// With more of the message. It must need no escape in JSON.
    fn into_response_with(self, more: &str) -> Response {
        let (status, message) = match self {
            Self::NoSuchPath => (StatusCode::NOT_FOUND, "There is nothing at this path"),
            Self::NoSuchPortal => (StatusCode::NOT_FOUND, "There is no portal of this name"),
            Self::WrongMethod(_) => (StatusCode::METHOD_NOT_ALLOWED, "This path has another method"),
            Self::TooManyWaiting => (StatusCode::TOO_MANY_REQUESTS, "Too many attempts of this client are waiting"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "The token service is not available for the moment"),
        };
        let mut response = json(format!(r#"{{"message":"{message}{more}"}}"#));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::NoSuchPath | Self::NoSuchPortal => {}
            Self::WrongMethod(allowed) => {
                headers.insert(ALLOW, HeaderValue::from_static(allowed));
            }
            Self::TooManyWaiting => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("20"));
            }
            Self::Unavailable => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
            }
        }
        response
    }
}

/// A successful answer in JSON.
pub(crate) fn json(body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod slowdown_tests;
#[cfg(test)]
mod tests;
