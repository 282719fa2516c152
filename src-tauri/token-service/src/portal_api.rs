//! The portal API: lists a portal's API proxies (OData version 2, JSON) to whoever has a token for it (RFC 6750).

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
    },
    response::Response,
};
use domain::{ApiProxy, CredentialEnd, ServiceRole, Standing};
use serde::Serialize;
use serde_json::json;

use crate::{
    routes::{Common, Listener, Slug, find_portal, json as json_response, only_reading},
    service::Shared,
};

pub(crate) async fn api_proxies(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    let shared = &*listener.shared;
    match list(shared, slug, &request) {
        Ok(response) => response,
        Err(Refused::Common(common)) => common.into_response(),
        Err(Refused::Token(error)) => {
            shared.count_refusal();
            tracing::debug!(kind = error.code(), "call of the portal API refused");
            error.into_response()
        }
    }
}

enum Refused {
    Token(BearerError),
    Common(Common),
}

fn list(shared: &Shared, slug: Slug, request: &Request) -> Result<Response, Refused> {
    let (slug, proxies) = find_portal(shared, slug)?;
    only_reading(request.method())?;
    let token = bearer_token(request.headers())?;
    let claims = shared.keys().signing.verify(token).ok_or(BearerError::NotOurs)?;
    let issuer = shared.issuer(&slug);
    if claims.iss != issuer || claims.aud != issuer {
        return Err(BearerError::OtherPortal.into());
    }
    if claims.exp <= shared.clock.now().timestamp() {
        return Err(BearerError::Expired.into());
    }
    // The registry has the last word, so that deleting a service key stops the tokens that were issued already.
    let client = shared.clients.find_client(&slug, &claims.client_id);
    let client = client.map_err(|error| Common::registry_failed(&error))?.ok_or(BearerError::ClientGone)?;
    match client.standing {
        Standing::Active => {}
        Standing::Ended(end) => return Err(BearerError::Ended(end).into()),
    }
    if !client.role.may_read_apis() {
        return Err(BearerError::InsufficientScope.into());
    }
    render(&proxies).map_err(Refused::Common)
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

/// An entry of the OData entity set `APIProxies`.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    title: &'a str,
    version: &'a str,
    description: &'a str,
    base_path: &'a str,
    openapi_version: &'a str,
}

fn render(proxies: &[ApiProxy]) -> Result<Response, Common> {
    let entries: Vec<_> = proxies.iter().map(entry).collect();
    let body = serde_json::to_vec(&json!({"d": {"results": entries}})).map_err(|_| Common::Unavailable)?;
    let mut response = json_response(body);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("dataserviceversion"), HeaderValue::from_static("2.0"));
    Ok(response)
}

fn entry(proxy: &ApiProxy) -> Entry<'_> {
    let ApiProxy {
        id: _,
        portal_id: _,
        name,
        title,
        version,
        description,
        base_path,
        openapi_version,
        imported_at: _,
        imported_by: _,
    } = proxy;
    Entry { name, title, version, description, base_path, openapi_version }
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
