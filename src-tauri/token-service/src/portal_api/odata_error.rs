//! Why a question in OData is not answered.

use axum::{
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::Response,
};
use serde_json::json;

use crate::common_answer::json as json_response;

/// Why a question is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ODataError {
    /// Something of OData that this API does not support; the text names it, as a subject and its verb.
    NotThere(String),
    /// The filter cannot be read.
    DamagedFilter,
    /// A query option has a value that it cannot have.
    BadOption(&'static str),
    /// A query option appears twice.
    RepeatedOption,
    /// A query option that has no meaning at this path.
    NotHere(&'static str),
    NoSuchEntry,
}

impl ODataError {
    /// `what` is a system query option, an entity set or something else that came with the request.
    pub(super) fn not_there(kind: &str, what: &str) -> Self {
        let plain = |c: char| c.is_ascii_alphanumeric() || "$_.-".contains(c);
        // Long or unusual names are not repeated.
        let repeated = !what.is_empty() && what.len() <= 40 && what.chars().all(plain);
        let what = if repeated { format!(" {what}") } else { String::new() };
        Self::NotThere(format!("{kind}{what} is"))
    }

    pub(super) fn not_in_filter(word: &str) -> Self {
        Self::not_there("In $filter the operator, function or property", word)
    }

    fn message(&self) -> String {
        match self {
            Self::NotThere(what) => format!(
                "{what} not there: this API has $metadata, APIProxies, APIProxies('name'), APIProxies/$count, and the \
                 query options $filter, $orderby, $skip, $top, $select, $inlinecount and $format=json"
            ),
            Self::DamagedFilter => "The $filter cannot be read: it is not complete, or not well-formed".into(),
            Self::BadOption(option) => format!("The query option {option} cannot have this value"),
            Self::RepeatedOption => "A query option appears more than once".into(),
            Self::NotHere(option) => format!("The query option {option} has no meaning at this path"),
            Self::NoSuchEntry => "There is no API proxy of this name".into(),
        }
    }

    const fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotThere(_) => (StatusCode::NOT_IMPLEMENTED, "not_implemented"),
            Self::NoSuchEntry => (StatusCode::NOT_FOUND, "not_found"),
            Self::DamagedFilter | Self::BadOption(_) | Self::RepeatedOption | Self::NotHere(_) => {
                (StatusCode::BAD_REQUEST, "invalid_request")
            }
        }
    }

    pub(super) fn into_response(self) -> Response {
        let (status, code) = self.status();
        let body = json!({"error": {"code": code, "message": {"lang": "en", "value": self.message()}}});
        let mut response = json_response(body.to_string());
        *response.status_mut() = status;
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
