//! The answers that all paths have in common.

use axum::{
    body::Body,
    http::{
        HeaderValue, Method, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    response::Response,
};
use domain::ports::RepositoryError;

/// Refuses every method that does not read.
pub(crate) fn only_reading(method: &Method) -> Result<(), Common> {
    if *method == Method::GET || *method == Method::HEAD { Ok(()) } else { Err(Common::WrongMethod("GET, HEAD")) }
}

/// The answers that have nothing to do with OAuth 2.0: they are given before a client is looked at, or instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Common {
    NoSuchPath,
    NoSuchPortal,
    /// With the methods that are right.
    WrongMethod(&'static str),
    /// Too many attempts of one client wait already.
    TooManyWaiting,
    /// The service cannot work at the moment. RFC 6749 §5.2 has no code for it, so the body has none.
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
    pub(crate) fn into_response_with(self, more: &str) -> Response {
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
