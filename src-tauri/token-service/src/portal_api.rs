//! The portal API: a portal's API proxies (OData version 2, JSON) for those who have a token for it (RFC 6750).

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::Response,
};
use domain::{credential::CredentialEnd, portal::ServiceRole, token_service::Standing};
use serde_json::json;

use crate::{
    common_answer::{Common, json as json_response, only_reading},
    listener::{Listener, Slug, find_portal},
    peer::Peer,
    shared::Shared,
};

mod filter;
mod odata;
mod odata_error;
mod property;

use odata::{Options, Resource};
use odata_error::ODataError;

/// Where the service is below a portal's path.
const SERVICE: &str = "apiportal/api/1.0/Management.svc";
/// Where the API proxies are below a portal's path.
pub(crate) const API_PROXIES: &str = "apiportal/api/1.0/Management.svc/APIProxies";

/// The slug and what follows on the path of the service.
type Below = Result<Path<(String, String)>, PathRejection>;

pub(crate) async fn service_document(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    answer(&listener.shared, slug, "", &request)
}

/// Whatever is below it.
pub(crate) async fn resource(State(listener): State<Listener>, below: Below, request: Request) -> Response {
    match below {
        Ok(Path((slug, resource))) => answer(&listener.shared, Ok(Path(slug)), &resource, &request),
        Err(rejection) => answer(&listener.shared, Err(rejection), "", &request),
    }
}

fn answer(shared: &Shared, slug: Slug, resource: &str, request: &Request) -> Response {
    match read(shared, slug, resource, request) {
        Ok(response) => response,
        Err(Refused::OData(error)) => error.into_response(),
        Err(Refused::Common(common)) => common.into_response(),
        Err(Refused::Token(error)) => {
            shared.count_refusal();
            tracing::debug!(kind = error.code(), "call of the portal API refused");
            error.into_response()
        }
    }
}

enum Refused {
    OData(ODataError),
    Token(BearerError),
    Common(Common),
}

fn read(shared: &Shared, slug: Slug, resource: &str, request: &Request) -> Result<Response, Refused> {
    let (slug, proxies) = find_portal(shared, slug)?;
    only_reading(request.method())?;
    let token = bearer_token(request.headers())?;
    let claims = shared.keys().signing.verify(token).ok_or(BearerError::NotOurs)?;
    let portal = shared.portal_url(&slug);
    // The issuer of a token that was obtained at the host is the host.
    if !claims.aud.includes(&portal) || claims.iss != portal && claims.iss != shared.host_url() {
        return Err(BearerError::OtherPortal.into());
    }
    if claims.exp <= shared.clock.now().timestamp() {
        return Err(BearerError::Expired.into());
    }
    // The registry decides, so that deleting a service key ends the tokens that were issued already.
    let client = shared.clients.find_client(&slug, &claims.client_id);
    let client = client.map_err(|error| Common::registry_failed(&error))?.ok_or(BearerError::ClientGone)?;
    match client.standing {
        Standing::Active => {}
        Standing::Ended(end) => return Err(BearerError::Ended(end).into()),
    }
    if !client.role.may_read_apis() {
        return Err(BearerError::InsufficientScope.into());
    }
    if let Some(peer) = request.extensions().get::<Arc<Peer>>() {
        peer.authenticate();
    }
    let resource = Resource::parse(resource)?;
    let options = Options::parse(request.uri().query(), &resource)?;
    let service = format!("{portal}/{SERVICE}");
    Ok(match resource {
        Resource::ServiceDocument => as_json(request, &options, odata::service_document())?,
        Resource::Metadata => as_text("application/xml", odata::metadata()),
        Resource::Entries => as_json(request, &options, odata::entries(&proxies, &options, &service))?,
        Resource::Count => as_text("text/plain; charset=utf-8", odata::count(&proxies, &options).to_string()),
        Resource::Entry(name) => as_json(request, &options, odata::single(&proxies, &name, &options, &service)?)?,
    })
}

/// In JSON, unless the client accepts only another form. `$format` outranks the `Accept` header.
fn as_json(request: &Request, options: &Options, body: serde_json::Value) -> Result<Response, ODataError> {
    let mut accepted = request.headers().get_all(ACCEPT).iter().peekable();
    let takes_json = options.names_format
        || accepted.peek().is_none()
        || accepted.any(|value| {
            let value = String::from_utf8_lossy(value.as_bytes()).to_lowercase();
            ["json", "*/*", "application/*"].iter().any(|form| value.contains(form))
        });
    if !takes_json {
        return Err(ODataError::not_there("The form that Accept asks for", ""));
    }
    Ok(with_version(json_response(body.to_string())))
}

fn as_text(content_type: &'static str, body: String) -> Response {
    let mut response = json_response(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    with_version(response)
}

fn with_version(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("dataserviceversion"), HeaderValue::from_static("2.0"));
    response
}

/// The token of the `Authorization` header (RFC 6750 §2.1). The other two ways, form and query, leave traces in logs.
fn bearer_token(headers: &HeaderMap) -> Result<&str, BearerError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = match (values.next(), values.next()) {
        (Some(value), None) => value,
        (None, _) => return Err(BearerError::NoToken),
        (Some(_), Some(_)) => return Err(BearerError::Repeated),
    };
    let value = value.to_str().map_err(|_| BearerError::NotOurs)?.trim_ascii();
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if scheme.eq_ignore_ascii_case("Bearer") { Ok(token.trim_ascii()) } else { Err(BearerError::NoToken) }
}

/// Why a call is refused (RFC 6750 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BearerError {
    NoToken,
    Repeated,
    NotOurs,
    OtherPortal,
    Expired,
    ClientGone,
    Ended(CredentialEnd),
    InsufficientScope,
}

impl BearerError {
    /// The error code. A call without a token gets none: it may not have known that it needs one.
    const fn code(self) -> &'static str {
        match self {
            Self::NoToken => "",
            Self::Repeated => "invalid_request",
            Self::NotOurs | Self::OtherPortal | Self::Expired | Self::ClientGone | Self::Ended(_) => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::NoToken => "This path needs an access token",
            Self::Repeated => "There is more than one Authorization header",
            Self::NotOurs => "The access token was not issued by this token service, or is damaged",
            Self::OtherPortal => "The access token was issued for another portal",
            Self::Expired => "The access token has expired",
            Self::ClientGone => "The client of this access token does not exist any more",
            Self::Ended(end) => end.description(),
            Self::InsufficientScope => "The role of this client may not read the API proxies",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::Repeated => StatusCode::BAD_REQUEST,
            Self::InsufficientScope => StatusCode::FORBIDDEN,
            Self::NoToken | Self::NotOurs | Self::OtherPortal | Self::Expired | Self::ClientGone | Self::Ended(_) => {
                StatusCode::UNAUTHORIZED
            }
        }
    }

    fn into_response(self) -> Response {
        let (code, description) = (self.code(), self.description());
        let mut challenge = String::from("Bearer realm=\"Drawbridge\"");
        if self != Self::NoToken {
            challenge += &format!(", error=\"{code}\", error_description=\"{description}\"");
        }
        if self == Self::InsufficientScope {
            challenge += &format!(", scope=\"{}\"", ServiceRole::CatalogIntegration.name());
        }
        // The form of errors in OData version 2.
        let body = json!({"error": {"code": code, "message": {"lang": "en", "value": description}}});
        let mut response = json_response(body.to_string());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let challenge = HeaderValue::try_from(challenge).expect("its parts are constants of printable ASCII");
        headers.insert(WWW_AUTHENTICATE, challenge);
        response
    }
}

impl From<ODataError> for Refused {
    fn from(error: ODataError) -> Self {
        Self::OData(error)
    }
}

impl From<BearerError> for Refused {
    fn from(error: BearerError) -> Self {
        Self::Token(error)
    }
}

impl From<Common> for Refused {
    fn from(common: Common) -> Self {
        Self::Common(common)
    }
}
