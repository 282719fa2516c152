//! The token endpoint (RFC 6749 §3.2), for client credentials (§4.4) by secret or by certificate (RFC 8705 §2).
//!
//! Tokens obtained with a certificate are not bound to it (RFC 8705 §3: no `cnf`): the hub calls the portal API by bearer
//! token alone, at the listener that asks for no certificate, so that nobody would check the binding. The metadata say so.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{Method, header::CONTENT_LENGTH},
    response::Response,
};
use domain::token_service::RegisteredClient;
use http_body_util::BodyExt;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::{
    access_token::{Claims, ExtendedAttributes, LIFETIME_SECONDS, SigningFailed},
    authentication::{Claimed, NotAuthenticated},
    common_answer::{Common, json},
    listener::{Listener, Slug, find_portal},
    peer::Peer,
    place::Place,
    shared::Shared,
    tls::{ClientCertificate, ListenerKind},
    token_error::{TokenError, never_store},
    token_request::{TokenRequest, is_form},
};

/// The largest body of a token request, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// How much of a body that is too large is still read and dropped: a client that is cut off while it sends may miss the
/// answer.
const MAX_DISCARDED: usize = 256 * 1024;

/// The token endpoint of one portal.
pub(crate) async fn of_portal(State(listener): State<Listener>, slug: Slug, request: Request) -> Response {
    let place = find_portal(&listener.shared, slug).map(|(slug, _)| Place::Portal(slug));
    answer(&listener, place, request).await
}

/// The token endpoint of the host, for clients that know no path: there the client id names the portal.
pub(crate) async fn of_host(State(listener): State<Listener>, request: Request) -> Response {
    answer(&listener, Ok(Place::Host), request).await
}

async fn answer(listener: &Listener, place: Result<Place, Common>, request: Request) -> Response {
    let shared = &*listener.shared;
    match issue(shared, listener.kind, place, request).await {
        Ok(response) => {
            shared.tokens_issued.fetch_add(1, Ordering::Relaxed);
            response
        }
        Err(Refused::Common(common)) => common.into_response(),
        Err(Refused::Token(error)) => {
            shared.count_refusal();
            tracing::debug!(kind = error.code(), "token refused");
            error.into_response()
        }
    }
}

enum Refused {
    Token(TokenError),
    Common(Common),
}

async fn issue(
    shared: &Shared,
    kind: ListenerKind,
    place: Result<Place, Common>,
    request: Request,
) -> Result<Response, Refused> {
    let place = place?;
    if request.method() != Method::POST {
        return Err(Common::WrongMethod("POST").into());
    }
    let (head, body) = request.into_parts();
    let body = read(body, head.headers.contains_key(CONTENT_LENGTH)).await?;
    // An empty body has no type: all parameters are in the query then.
    if !body.is_empty() && !is_form(&head.headers) {
        return Err(TokenError::NotAForm.into());
    }
    let TokenRequest { claim, scope } = TokenRequest::parse(head.uri.query(), &head.headers, &body, kind)?;
    let authentication = &shared.authentication;
    let nobody = Arc::default();
    let peer = head.extensions.get::<Arc<Peer>>().unwrap_or(&nobody);
    let claimed = Claimed { clients: &*shared.clients, place: &place, claim, peer };
    let client = match kind {
        ListenerKind::Plain => authentication.by_secret(claimed).await?,
        ListenerKind::MutualTls => {
            // The hand-shake makes sure that there is one.
            let certificate = head.extensions.get::<ClientCertificate>().ok_or(TokenError::BadCredentials)?;
            authentication.by_certificate(claimed, certificate, shared.clock.now()).await?
        }
    };
    let role = client.role.name();
    // The scope is the whole role. A client can ask for all of it or for nothing.
    if scope.is_some_and(|scope| scope.split(' ').any(|part| part != role)) {
        return Err(TokenError::OtherScope.into());
    }
    sign(shared, &place, &client).map_err(|SigningFailed| {
        tracing::error!("the token service cannot sign");
        Common::Unavailable.into()
    })
}

/// A successful answer (RFC 6749 §5.1). `jti` is the vendor's addition.
#[derive(Serialize)]
struct Answer<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: i64,
    scope: &'a str,
    jti: &'a str,
}

fn sign(shared: &Shared, place: &Place, client: &RegisteredClient) -> Result<Response, SigningFailed> {
    let mut random = [0; 16];
    shared.entropy.fill(&mut random);
    let jti = format!("{:032x}", u128::from_be_bytes(random));
    let (scope, iat, client_id) = (client.role.name(), shared.clock.now().timestamp(), &client.client_id);
    let portal = shared.portal_url(&client.portal.slug);
    let host = match place {
        Place::Portal(_) => None,
        Place::Host => Some(shared.host_url()),
    };
    let (zone, instance) = (client.portal.id.to_string(), client.instance_id.to_string());
    let claims = Claims {
        iss: host.as_deref().unwrap_or(&portal),
        sub: client_id,
        client_id,
        cid: client_id,
        azp: client_id,
        aud: [client_id, &portal],
        zid: &zone,
        grant_type: "client_credentials",
        iat,
        exp: iat.saturating_add(LIFETIME_SECONDS),
        jti: &jti,
        scope,
        ext_attr: ExtendedAttributes { enhancer: "XSUAA", zdn: &client.portal.slug, serviceinstanceid: &instance },
    };
    let token = shared.keys().signing.sign(&claims)?;
    let answer = Answer { access_token: &token, token_type: "bearer", expires_in: LIFETIME_SECONDS, scope, jti: &jti };
    let mut response = json(serde_json::to_vec(&answer).map_err(|_| SigningFailed)?);
    never_store(&mut response);
    Ok(response)
}

/// The whole body, which holds a secret as a rule.
async fn read(mut body: Body, length_known: bool) -> Result<Zeroizing<Vec<u8>>, TokenError> {
    // Allocated whole at once, so that growing leaves no unwiped copies behind: the body may come in pieces, without a
    // length.
    let expected = body.size_hint().upper().and_then(|upper| usize::try_from(upper).ok());
    let capacity = if length_known { expected.unwrap_or(MAX_BODY).min(MAX_BODY) } else { MAX_BODY };
    let mut whole = Zeroizing::new(Vec::with_capacity(capacity));
    let mut arrived = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| TokenError::BodyIncomplete)?;
        if let Some(data) = frame.data_ref() {
            arrived = arrived.saturating_add(data.len());
            if arrived <= MAX_BODY {
                whole.extend_from_slice(data);
            } else if arrived > MAX_DISCARDED {
                break;
            }
        }
    }
    if arrived > MAX_BODY { Err(TokenError::BodyTooLarge) } else { Ok(whole) }
}

impl From<TokenError> for Refused {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<Common> for Refused {
    fn from(common: Common) -> Self {
        Self::Common(common)
    }
}

impl From<NotAuthenticated> for Refused {
    fn from(reason: NotAuthenticated) -> Self {
        match reason {
            NotAuthenticated::Refused(error) => Self::Token(error),
            NotAuthenticated::TooManyWaiting => Self::Common(Common::TooManyWaiting),
            NotAuthenticated::RegistryFailed(error) => Self::Common(Common::registry_failed(&error)),
        }
    }
}
