//! What a token request says (RFC 6749 §4.4.2), before anybody asks whether it is true.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use zeroize::Zeroizing;

use crate::{
    basic::{self, Claim},
    form_encoding::decode,
    tls::ListenerKind,
    token_error::TokenError,
};

/// A request for a token by client credentials.
pub(crate) struct TokenRequest {
    pub(crate) claim: Claim,
    /// Absent or empty means all that the role has.
    pub(crate) scope: Option<String>,
}

/// Whether the body is said to be a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else { return false };
    let media_type = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
    media_type.trim_ascii().eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}

impl TokenRequest {
    pub(crate) fn parse(headers: &HeaderMap, body: &[u8], kind: ListenerKind) -> Result<Self, TokenError> {
        let Form { grant_type, client_id, client_secret, scope, client_assertion } = Form::parse(body)?;
        let authorization = single_authorization(headers)?;
        if authorization.is_some() && (client_secret.is_some() || client_assertion) {
            return Err(TokenError::TwoCredentials);
        }
        match grant_type.as_deref() {
            Some("client_credentials") => {}
            Some(_) => return Err(TokenError::OtherGrantType),
            None => return Err(TokenError::NoGrantType),
        }
        let claim = match authorization {
            Some(value) => {
                let claim = parse_authorization(value)?;
                // Naming itself a second time is harmless as long as it is the same name.
                if client_id.is_some_and(|id| !claim.client_ids.contains(&id)) {
                    return Err(TokenError::TwoClientIds);
                }
                claim
            }
            None if client_assertion => return Err(TokenError::OtherAuthentication),
            None => Claim {
                client_ids: Vec::from([client_id.ok_or(match kind {
                    ListenerKind::Plain => TokenError::NoCredentials,
                    ListenerKind::MutualTls => TokenError::NoClientId,
                })?]),
                secrets: client_secret.into_iter().collect(),
            },
        };
        Ok(Self { claim, scope })
    }
}

fn single_authorization(headers: &HeaderMap) -> Result<Option<&HeaderValue>, TokenError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next();
    if values.next().is_some() { Err(TokenError::RepeatedAuthorization) } else { Ok(first) }
}

fn parse_authorization(value: &HeaderValue) -> Result<Claim, TokenError> {
    let value = value.as_bytes().trim_ascii();
    let end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
    let (scheme, rest) = value.split_at(end);
    if !scheme.eq_ignore_ascii_case(b"Basic") {
        return Err(TokenError::OtherAuthentication);
    }
    basic::parse(rest.trim_ascii()).ok_or(TokenError::BadCredentials)
}

/// The parameters that matter here; others are ignored (RFC 6749 §3.2).
#[derive(Default)]
struct Form {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<Zeroizing<Vec<u8>>>,
    scope: Option<String>,
    client_assertion: bool,
}

impl Form {
    fn parse(body: &[u8]) -> Result<Self, TokenError> {
        let mut form = Self::default();
        let mut names = Vec::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let name = decode(&pair[..end]).ok_or(TokenError::FormDamaged)?;
            let value = decode(pair.get(end + 1..).unwrap_or_default()).ok_or(TokenError::FormDamaged)?;
            // RFC 6749 §3.2: a parameter without a value counts as absent. It still must not be there twice.
            if !value.is_empty() {
                match name.as_slice() {
                    b"grant_type" => form.grant_type = Some(text(&value)?),
                    b"client_id" => form.client_id = Some(text(&value)?),
                    b"client_secret" => form.client_secret = Some(value),
                    b"scope" => form.scope = Some(text(&value)?),
                    b"client_assertion" | b"client_assertion_type" => form.client_assertion = true,
                    _ => {}
                }
            }
            names.push(name);
        }
        names.sort_unstable_by(|a, b| a.as_slice().cmp(b));
        if names.is_sorted_by(|a, b| a.as_slice() < b.as_slice()) {
            Ok(form)
        } else {
            Err(TokenError::RepeatedParameter)
        }
    }
}

fn text(value: &[u8]) -> Result<String, TokenError> {
    std::str::from_utf8(value).map(str::to_owned).map_err(|_| TokenError::FormDamaged)
}
