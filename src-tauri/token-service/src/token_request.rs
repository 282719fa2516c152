//! What a token request says (RFC 6749 §4.4.2), before it is checked.

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
    /// Parameters may be in the query too, as the vendor's own documentation has it (`?grant_type=client_credentials`);
    /// secrets may not.
    pub(crate) fn parse(
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
        kind: ListenerKind,
    ) -> Result<Self, TokenError> {
        let form = Form::read(Parameters::of_request(query, body)?)?;
        let Form { grant_type, client_id, client_secret, scope, client_assertion } = form;
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
                // A client may name itself twice, if both names are the same.
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

/// Names of parameters that carry a secret in some grant of OAuth 2.0, without underscores.
const SECRET_NAMES: [&[u8]; 14] = [
    b"accesstoken",
    b"actortoken",
    b"assertion",
    b"clientassertion",
    b"clientsecret",
    b"code",
    b"codeverifier",
    b"idtoken",
    b"passcode",
    b"password",
    b"refreshtoken",
    b"secret",
    b"subjecttoken",
    b"token",
];

/// Names and values, decoded.
struct Parameters(Vec<(Decoded, Decoded)>);

type Decoded = Zeroizing<Vec<u8>>;

impl Parameters {
    /// Those of the body, then those of the query that are not in the body.
    fn of_request(query: Option<&str>, body: &[u8]) -> Result<Self, TokenError> {
        let mut all = Self::parse(body, TokenError::FormDamaged)?;
        let Some(query) = query.filter(|query| !query.is_empty()) else { return Ok(all) };
        let Self(in_query) = Self::parse(query.as_bytes(), TokenError::QueryDamaged)?;
        if in_query.iter().any(|(name, _)| names_secret(name)) {
            return Err(TokenError::SecretInQuery);
        }
        // RFC 6749 §3.2: a parameter without a value counts as absent.
        for (name, value) in in_query.into_iter().filter(|(_, value)| !value.is_empty()) {
            match all.0.iter().find(|(known, known_value)| *known == name && !known_value.is_empty()) {
                Some((_, in_body)) if *in_body != value => return Err(TokenError::TwoValues),
                Some(_) => {}
                None => all.0.push((name, value)),
            }
        }
        Ok(all)
    }

    /// RFC 6749 §3.2: a parameter must not be repeated, even without a value.
    fn parse(form: &[u8], damaged: TokenError) -> Result<Self, TokenError> {
        let mut all = Vec::new();
        for pair in form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let name = decode(&pair[..end]).ok_or(damaged)?;
            let value = decode(pair.get(end + 1..).unwrap_or_default()).ok_or(damaged)?;
            all.push((name, value));
        }
        let mut names: Vec<&[u8]> = all.iter().map(|(name, _)| name.as_slice()).collect();
        names.sort_unstable();
        if names.is_sorted_by(|a, b| a < b) { Ok(Self(all)) } else { Err(TokenError::RepeatedParameter) }
    }
}

fn names_secret(name: &[u8]) -> bool {
    let plain: Vec<u8> = name.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    SECRET_NAMES.contains(&plain.as_slice())
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
    fn read(Parameters(parameters): Parameters) -> Result<Self, TokenError> {
        let mut form = Self::default();
        for (name, value) in parameters.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name.as_slice() {
                b"grant_type" => form.grant_type = Some(text(&value)?),
                b"client_id" => form.client_id = Some(text(&value)?),
                b"client_secret" => form.client_secret = Some(value),
                b"scope" => form.scope = Some(text(&value)?),
                b"client_assertion" | b"client_assertion_type" => form.client_assertion = true,
                _ => {}
            }
        }
        Ok(form)
    }
}

fn text(value: &[u8]) -> Result<String, TokenError> {
    std::str::from_utf8(value).map(str::to_owned).map_err(|_| TokenError::FormDamaged)
}
