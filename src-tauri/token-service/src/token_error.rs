//! Why a token request is refused, and what the client is told (RFC 6749 §5.2). No text here repeats what was sent.

use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA, WWW_AUTHENTICATE},
    },
    response::Response,
};
use domain::credential::CredentialEnd;

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// The body is no form.
    NotAForm,
    BodyTooLarge,
    /// The body did not arrive.
    BodyIncomplete,
    /// The body is a form with damaged escapes, or with text that is not UTF-8.
    FormDamaged,
    /// The query is a form with damaged escapes, or with text that is not UTF-8.
    QueryDamaged,
    /// A parameter has one value in the query and another in the body.
    TwoValues,
    /// A secret stands in the query.
    SecretInQuery,
    /// RFC 6749 §3.2: a parameter appears more than once.
    RepeatedParameter,
    /// More than one `Authorization` header.
    RepeatedAuthorization,
    /// Credentials by Basic and in the body.
    TwoCredentials,
    /// One client id by Basic and another as a parameter.
    TwoClientIds,
    NoGrantType,
    /// Another `grant_type`.
    OtherGrantType,
    /// RFC 8705 §2: a certificate client names itself in the body.
    NoClientId,
    /// No credentials at all.
    NoCredentials,
    /// A way to authenticate that the service does not offer.
    OtherAuthentication,
    /// Unknown client, wrong secret or wrong certificate: the answer does not say which.
    BadCredentials,
    /// A certificate client without a certificate, because it used the other listener.
    NeedsMutualTls,
    /// The connection outlived the certificate that opened it.
    CertificateExpired,
    /// The credential has ended; said only to a client that proved its identity.
    Ended(CredentialEnd),
    /// More scope than the role has.
    OtherScope,
}

impl TokenError {
    /// The error code, one of RFC 6749 §5.2.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NotAForm
            | Self::BodyTooLarge
            | Self::BodyIncomplete
            | Self::FormDamaged
            | Self::QueryDamaged
            | Self::TwoValues
            | Self::SecretInQuery
            | Self::RepeatedParameter
            | Self::RepeatedAuthorization
            | Self::TwoCredentials
            | Self::TwoClientIds
            | Self::NoGrantType
            | Self::NoClientId => "invalid_request",
            Self::OtherGrantType => "unsupported_grant_type",
            Self::NoCredentials
            | Self::OtherAuthentication
            | Self::BadCredentials
            | Self::NeedsMutualTls
            | Self::CertificateExpired
            | Self::Ended(_) => "invalid_client",
            Self::OtherScope => "invalid_scope",
        }
    }

    /// What the developer of the client reads.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::NotAForm => "The Content-Type must be application/x-www-form-urlencoded",
            Self::BodyTooLarge => "The body is larger than 16 KiB",
            Self::BodyIncomplete => "The body did not arrive completely",
            Self::FormDamaged => "The body is not a well-formed form in UTF-8",
            Self::QueryDamaged => "The query is not a well-formed form in UTF-8",
            Self::TwoValues => "A parameter has one value in the query and another in the body",
            Self::SecretInQuery => "A secret must not stand in the query, where programs on the way log it: replace it",
            Self::RepeatedParameter => "A parameter appears more than once",
            Self::RepeatedAuthorization => "There is more than one Authorization header",
            Self::TwoCredentials => "There are credentials both in the Authorization header and in the body",
            Self::TwoClientIds => "The client_id of the request is not the one in the Authorization header",
            Self::NoGrantType => "The parameter grant_type is missing",
            Self::OtherGrantType => "The only grant_type here is client_credentials",
            Self::NoClientId => "The parameter client_id is missing",
            Self::NoCredentials => "There are no client credentials in the request",
            Self::OtherAuthentication => "This way to authenticate a client is not offered here",
            Self::BadCredentials => "Bad credentials",
            Self::NeedsMutualTls => "Certificate credentials need the mutual TLS endpoint",
            Self::CertificateExpired => "The client certificate has expired",
            Self::Ended(end) => end.description(),
            Self::OtherScope => "The scope is more than the role of this client has",
        }
    }

    fn status(self) -> StatusCode {
        if self == Self::BodyTooLarge {
            StatusCode::PAYLOAD_TOO_LARGE
        } else if self.code() == "invalid_client" {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::BAD_REQUEST
        }
    }

    pub(crate) fn into_response(self) -> Response {
        let body = format!(r#"{{"error":"{}","error_description":"{}"}}"#, self.code(), self.description());
        let mut response = Response::new(Body::from(body));
        let status = self.status();
        *response.status_mut() = status;
        never_store(&mut response);
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 §11.6.1: every 401 names a way to authenticate, not only those to a client that tried Basic.
            let basic = HeaderValue::from_static("Basic realm=\"Drawbridge\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, basic);
        }
        response
    }
}

/// The headers of every answer of the token endpoint (RFC 6749 §5.1).
pub(crate) fn never_store(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [TokenError; 22] = [
        TokenError::NotAForm,
        TokenError::BodyTooLarge,
        TokenError::BodyIncomplete,
        TokenError::FormDamaged,
        TokenError::QueryDamaged,
        TokenError::TwoValues,
        TokenError::SecretInQuery,
        TokenError::RepeatedParameter,
        TokenError::RepeatedAuthorization,
        TokenError::TwoCredentials,
        TokenError::TwoClientIds,
        TokenError::NoGrantType,
        TokenError::OtherGrantType,
        TokenError::NoClientId,
        TokenError::NoCredentials,
        TokenError::OtherAuthentication,
        TokenError::BadCredentials,
        TokenError::NeedsMutualTls,
        TokenError::CertificateExpired,
        TokenError::Ended(CredentialEnd::KeyDeleted),
        TokenError::Ended(CredentialEnd::InstanceDeleted),
        TokenError::OtherScope,
    ];

    #[test]
    fn descriptions_have_only_the_characters_that_the_rfc_allows() {
        for error in ALL {
            let allowed = |byte: u8| matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E);
            assert!(error.description().bytes().all(allowed), "RFC 6749 §5.2: {error:?}");
        }
    }
}
