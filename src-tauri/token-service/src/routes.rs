//! Which path is answered by what, and the answers that all paths have in common.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Path, rejection::PathRejection},
    http::{
        HeaderValue, Method, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    response::Response,
    routing::any,
};
use domain::{ApiProxy, RepositoryError};

use crate::{discovery, portal_api, service::Shared, tls::ListenerKind, token_endpoint};

/// What every route gets.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) shared: Arc<Shared>,
    pub(crate) kind: ListenerKind,
}

/// The slug, as a path has it.
pub(crate) type Slug = Result<Path<String>, PathRejection>;

pub(crate) fn router(shared: Arc<Shared>, kind: ListenerKind) -> Router {
    // Every method comes to its route, so that a wrong one is answered like every other mistake.
    Router::new()
        .route("/{portal}/oauth/token", any(token_endpoint::answer))
        .route("/{portal}/.well-known/openid-configuration", any(discovery::metadata))
        .route("/.well-known/oauth-authorization-server/{portal}", any(discovery::metadata))
        .route("/{portal}/token_keys", any(discovery::token_keys))
        .route("/{portal}/apiportal/api/1.0/Management.svc/APIProxies", any(portal_api::api_proxies))
        .fallback(async || Common::NoSuchPath.into_response())
        .with_state(Listener { shared, kind })
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
        let (status, message) = match self {
            Self::NoSuchPath => (StatusCode::NOT_FOUND, "There is nothing at this path"),
            Self::NoSuchPortal => (StatusCode::NOT_FOUND, "There is no portal of this name"),
            Self::WrongMethod(_) => (StatusCode::METHOD_NOT_ALLOWED, "This path has another method"),
            Self::TooManyWaiting => (StatusCode::TOO_MANY_REQUESTS, "Too many attempts of this client are waiting"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "The token service is not available for the moment"),
        };
        let mut response = json(format!(r#"{{"message":"{message}"}}"#));
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
mod tests;
