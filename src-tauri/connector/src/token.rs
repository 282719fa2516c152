//! The access token: asking for it, and what is wrong when it is not given.

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use domain::{
    connection_check::{Cause, ConnectionTarget, Diagnosis},
    credential::CredentialKind,
    messages::{Argument, Joined, Message, message},
};
use hyper::header::{AUTHORIZATION, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use serde::Deserialize;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::{
    answer::Answer,
    endpoint::Endpoint,
    exchange::Exchange,
    redaction::{MAX_SEEN, Redaction},
    wiped::secret_header,
};

/// The largest answer of a token endpoint, in bytes.
pub const MAX_ANSWER: usize = 1_000_000;

/// An access token of type bearer (RFC 6750).
pub struct AccessToken(Zeroizing<String>);

impl AccessToken {
    /// The value of the header that carries it.
    pub fn header(&self) -> Option<HeaderValue> {
        let mut value = Zeroizing::new(Vec::with_capacity("Bearer ".len() + self.0.len()));
        value.extend_from_slice(b"Bearer ");
        value.extend_from_slice(self.0.as_bytes());
        secret_header(value)
    }
}

/// Where the token is asked for.
pub fn find_endpoint(target: &ConnectionTarget<'_>) -> Result<Endpoint, Diagnosis> {
    match target.facts.token_endpoint() {
        Some(endpoint) => Endpoint::parse(&endpoint),
        None => Err(Diagnosis { cause: Cause::CertificateAtWrongHost, seen: message!("seen-no-certurl") }),
    }
}

/// Every form in which the client secret is sent, so that it is recognised when it comes back.
pub fn redact_credential(target: &ConnectionTarget<'_>, redaction: &mut Redaction) {
    if let CredentialKind::ClientSecret(_) = target.facts.kind {
        // EXPOSE: to recognise the secret in what a server answers.
        let secret = target.secret.expose();
        let encoded = form_encode(secret);
        redaction.add(secret);
        redaction.add(encoded.as_bytes());
        redaction.add(Zeroizing::new(encoded.to_ascii_lowercase()).as_bytes());
        redaction.add(
            basic_credentials(form_encode(target.facts.client_id.as_bytes()).as_bytes(), encoded.as_bytes()).as_bytes(),
        );
        redaction.add(basic_credentials(target.facts.client_id.as_bytes(), secret).as_bytes());
        redaction.add(Zeroizing::new(BASE64_STANDARD.encode(secret)).as_bytes());
    }
}

/// Asks for a token. Returns it with a remark for the person.
pub async fn request(
    exchange: &Exchange<'_>,
    target: &ConnectionTarget<'_>,
    redaction: &mut Redaction,
) -> Result<(AccessToken, Message), Diagnosis> {
    let client_id = form_encode(target.facts.client_id.as_bytes());
    match &target.facts.kind {
        CredentialKind::Certificate(_) => {
            let body = Zeroizing::new(format!("grant_type=client_credentials&client_id={}", *client_id));
            let answer = post(exchange, body, None, redaction).await?;
            judge(&answer, exchange, target, None, redaction)
        }
        CredentialKind::ClientSecret(_) => by_secret(exchange, target, &client_id, redaction).await,
    }
}

/// Asks by client secret. First by HTTP Basic as in RFC 6749 §2.3.1. If the server does not know the client then, by
/// HTTP Basic as `curl -u` sends it, if that differs, and finally in the body. Each form is sent once, since some
/// servers lock out a client that is refused too often.
async fn by_secret(
    exchange: &Exchange<'_>,
    target: &ConnectionTarget<'_>,
    client_id: &str,
    redaction: &mut Redaction,
) -> Result<(AccessToken, Message), Diagnosis> {
    // EXPOSE: the client proves itself with its secret, at the token endpoint over TLS.
    let raw = target.secret.expose();
    let secret = form_encode(raw);
    let grant = || Zeroizing::new("grant_type=client_credentials".to_owned());
    let encoded = [(AUTHORIZATION, basic_header(client_id.as_bytes(), secret.as_bytes())), decodes_credentials()];
    let first = post(exchange, grant(), Some(Vec::from(encoded)), redaction).await?;
    let mut refused = match judge(&first, exchange, target, None, redaction) {
        Err(refused) if may_want_another_form(&first, &refused) => refused,
        settled => return settled,
    };
    let differs = raw != secret.as_bytes() || target.facts.client_id != client_id;
    if differs && refused.cause == Cause::BadCredentials {
        // A header that cannot carry them cannot come from curl either.
        let unencoded = basic_header(target.facts.client_id.as_bytes(), raw);
        let answer = post(exchange, grant(), Some(vec![(AUTHORIZATION, unencoded)]), redaction).await?;
        match judge(&answer, exchange, target, Some(message!("found-token-unencoded")), redaction) {
            Err(second) if may_want_another_form(&answer, &second) => {
                refused.seen = message!("seen-both-forms", seen = refused.seen);
            }
            settled => return settled,
        }
    }
    // RFC 6749 §2.3.1 lets a server support the secret in the body only, and then it cannot know the client.
    let mut body = Zeroizing::new(String::with_capacity(80 + client_id.len() + secret.len()));
    for part in ["grant_type=client_credentials&client_id=", client_id, "&client_secret=", &secret] {
        body.push_str(part);
    }
    let answer = post(exchange, body, None, redaction).await?;
    judge(&answer, exchange, target, Some(message!("found-token-in-body")), redaction).map_err(|last| {
        // A server that complains about something else has understood both the form and the secret.
        let understood = [
            Cause::KeyDeleted,
            Cause::InstanceDeleted,
            Cause::GrantRefused,
            Cause::CertificateAtWrongHost,
            Cause::TokenRequestRefused,
        ];
        let understood = understood.contains(&last.cause) && !is_about_the_form(&answer);
        if understood || refused.cause == Cause::TokenRequestRefused { last } else { refused }
    })
}

/// Cloud Foundry's UAA, and with it the vendor's token service, decodes what RFC 6749 §2.3.1 has encoded only when told
/// so. Other servers ignore the header.
fn decodes_credentials() -> (HeaderName, HeaderValue) {
    (HeaderName::from_static("x-cf-encoded-credentials"), HeaderValue::from_static("true"))
}

fn may_want_another_form(answer: &Answer, refused: &Diagnosis) -> bool {
    refused.cause == Cause::BadCredentials || is_about_the_form(answer)
}

/// Whether the server has not even looked at the client: a parameter is missing or repeated (RFC 6749 §5.2).
fn is_about_the_form(answer: &Answer) -> bool {
    OAuthError::read(answer).is_some_and(|error| error.error == "invalid_request")
}

async fn post(
    exchange: &Exchange<'_>,
    mut body: Zeroizing<String>,
    credentials: Option<Vec<(HeaderName, HeaderValue)>>,
    redaction: &Redaction,
) -> Result<Answer, Diagnosis> {
    // The buffer moves along and is wiped by its last owner.
    let body = Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *body).into_bytes()));
    exchange.post(credentials.into_iter().flatten(), body, redaction).await
}

fn form_encode(value: &[u8]) -> Zeroizing<String> {
    // At most three characters a byte, so that the buffer never grows and leaves no copy behind.
    let mut encoded = Zeroizing::new(String::with_capacity(value.len() * 3));
    encoded.extend(byte_serialize(value));
    encoded
}

fn basic_credentials(client_id: &[u8], secret: &[u8]) -> Zeroizing<String> {
    let mut pair = Zeroizing::new(Vec::with_capacity(client_id.len() + 1 + secret.len()));
    pair.extend_from_slice(client_id);
    pair.push(b':');
    pair.extend_from_slice(secret);
    Zeroizing::new(BASE64_STANDARD.encode(&*pair))
}

fn basic_header(client_id: &[u8], secret: &[u8]) -> HeaderValue {
    let credentials = basic_credentials(client_id, secret);
    let mut value = Zeroizing::new(Vec::with_capacity("Basic ".len() + credentials.len()));
    value.extend_from_slice(b"Basic ");
    value.extend_from_slice(credentials.as_bytes());
    secret_header(value).expect("base64 is allowed in a header")
}

/// A success (RFC 6749 §5.1). Deviating spellings of some servers are accepted.
#[derive(Deserialize)]
struct Granted {
    access_token: Zeroizing<String>,
    token_type: Option<String>,
    expires_in: Option<Value>,
    scope: Option<Value>,
}

/// A refusal (RFC 6749 §5.2).
struct OAuthError {
    error: String,
    description: String,
}

impl OAuthError {
    fn read(answer: &Answer) -> Option<Self> {
        let body: Value = serde_json::from_slice(answer.json()).ok()?;
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let description = text("error_description").or_else(|| text("message")).unwrap_or_default();
        Some(Self { error: text("error")?, description })
    }
}

fn judge(
    answer: &Answer,
    exchange: &Exchange<'_>,
    target: &ConnectionTarget<'_>,
    note: Option<Message>,
    redaction: &mut Redaction,
) -> Result<(AccessToken, Message), Diagnosis> {
    // Some servers wrap a refusal in a success.
    if answer.status.is_success() && OAuthError::read(answer).is_none() {
        return read_token(answer, exchange.endpoint, note, redaction);
    }
    let mut diagnosis = diagnose(answer, exchange.endpoint, &target.facts.kind, redaction);
    // Without a request for a certificate, the certificate cannot be what the server refuses, whatever it says.
    let unseen = matches!(target.facts.kind, CredentialKind::Certificate(_)) && !exchange.tls.was_asked();
    if unseen && answer.status == 401 {
        diagnosis.cause = Cause::CertificateAtWrongHost;
        diagnosis.seen = message!("seen-not-asked", seen = diagnosis.seen);
    }
    Err(diagnosis)
}

fn diagnose(answer: &Answer, endpoint: &Endpoint, kind: &CredentialKind, redaction: &Redaction) -> Diagnosis {
    if let Some(diagnosis) = answer.diagnose_certificate_page(endpoint, redaction) {
        return diagnosis;
    }
    let Some(OAuthError { error, description }) =
        OAuthError::read(answer).filter(|_| matches!(answer.status.as_u16(), 200..=299 | 400 | 401 | 403))
    else {
        let mut diagnosis = answer.diagnose_status(endpoint, redaction);
        // A refusal in the terms of HTTP alone, and no page of a proxy for people (RFC 6749 §5.2).
        if answer.status == 401 && asks_for_basic(answer) && answer.page().is_none() {
            diagnosis.cause = Cause::BadCredentials;
        }
        return diagnosis;
    };
    let cause = diagnose_description(&description, kind, endpoint).unwrap_or(match error.as_str() {
        "unauthorized_client" | "unsupported_grant_type" => Cause::GrantRefused,
        "invalid_client" => Cause::BadCredentials,
        _ if answer.status == 401 => Cause::BadCredentials,
        _ => Cause::TokenRequestRefused,
    });
    let colon = if description.is_empty() { "" } else { ": " };
    let seen = format!("HTTP {} {error}{colon}{description}", answer.status.as_u16());
    Diagnosis { cause, seen: Message::verbatim(redaction.clean(&seen, MAX_SEEN)) }
}

fn asks_for_basic(answer: &Answer) -> bool {
    let challenge = answer.headers.get(WWW_AUTHENTICATE).and_then(|value| value.to_str().ok());
    challenge.is_some_and(|challenge| challenge.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic")))
}

/// What the description says beyond the error. The errors alone are not enough: "unauthorized" and "invalid_client" stand
/// for a wrong secret, a deleted key, and a certificate at the wrong host alike.
fn diagnose_description(description: &str, kind: &CredentialKind, endpoint: &Endpoint) -> Option<Cause> {
    let text = description.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let host = || endpoint.host_name();

    if says(&["unsupported instance credential"]) {
        return Some(Cause::CertificateAtWrongHost);
    }
    if says(&["deleted", "no longer exist", "been removed", "was removed"]) {
        let instance = text.find("instance");
        let key = text.find("service key").or_else(|| text.find("key")).or_else(|| text.find("binding"));
        match (key, instance) {
            // Both are named: the sentence is about the one that it names first.
            (Some(key), Some(instance)) if instance < key => return Some(Cause::InstanceDeleted),
            (Some(_), _) => return Some(Cause::KeyDeleted),
            (None, Some(_)) => return Some(Cause::InstanceDeleted),
            (None, None) => {}
        }
    }
    // Some servers call it invalid_request.
    if says(&["grant type", "grant_type"]) && says(&["not allowed", "not supported", "unsupported"]) {
        return Some(Cause::GrantRefused);
    }
    let about_certificate = says(&["certificate", "mutual tls", "mutual-tls", "mtls"]);
    if about_certificate && says(&["expired"]) && matches!(kind, CredentialKind::Certificate(_)) {
        return Some(Cause::ClientCertificateExpired { host: host() });
    }
    let at_wrong_host =
        ["endpoint", "host", "url", "require", "missing", "not presented", "not provided", "no client cert"];
    (about_certificate && says(&at_wrong_host)).then(|| match kind {
        CredentialKind::Certificate(_) => Cause::CertificateAtWrongHost,
        CredentialKind::ClientSecret(_) => Cause::ClientCertificateRequired { host: host() },
    })
}

fn read_token(
    answer: &Answer,
    endpoint: &Endpoint,
    note: Option<Message>,
    redaction: &mut Redaction,
) -> Result<(AccessToken, Message), Diagnosis> {
    let status = answer.status.as_u16();
    if serde_json::from_slice::<serde::de::IgnoredAny>(answer.json()).is_err() {
        let seen = answer.describe(endpoint, redaction);
        return Err(Diagnosis { cause: Cause::NotJson { url: endpoint.shown() }, seen });
    }
    let without = |seen: Message| Diagnosis { cause: Cause::NoAccessToken, seen };
    let granted: Granted =
        serde_json::from_slice(answer.json()).map_err(|_| without(message!("seen-without-token", status = status)))?;
    if granted.access_token.is_empty() {
        return Err(without(message!("seen-empty-token", status = status)));
    }
    redaction.add(granted.access_token.as_bytes());
    let type_note = match granted.token_type.as_deref() {
        Some(spelled) if spelled.eq_ignore_ascii_case("bearer") => None,
        // RFC 6749 §5.1 requires it. A token that needs more than being shown has another type.
        None => Some(message!("found-token-typeless")),
        Some(spelled) if is_bearer(spelled) => Some(message!("found-token-type", type = redaction.clean(spelled, 50))),
        Some(other) => {
            let kind = redaction.clean(other, 50);
            let seen = Message::verbatim(format!("HTTP {status}"));
            return Err(Diagnosis { cause: Cause::OtherTokenType { kind }, seen });
        }
    };
    let token = AccessToken(granted.access_token);
    if token.header().is_none() {
        return Err(without(message!("seen-token-characters", status = status)));
    }
    let mut details = Vec::new();
    if let Some(seconds) = granted.expires_in.as_ref().and_then(as_seconds) {
        details.push(message!("found-token-expires", seconds = seconds));
    }
    if let Some(scope) = granted.scope.as_ref().and_then(Value::as_str).filter(|scope| !scope.trim().is_empty()) {
        details.push(message!("found-token-scope", scope = redaction.clean(scope, MAX_SEEN)));
    }
    details.extend(type_note);
    details.extend(note);
    let detail = if details.is_empty() {
        message!("found-token")
    } else {
        message!("list", items = Argument::list(details, Joined::ByComma))
    };
    Ok((token, detail))
}

/// The spellings of servers that mean it: "BearerToken", "bearer token", "Bearer ", and nothing at all.
fn is_bearer(token_type: &str) -> bool {
    let letters: String =
        token_type.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    letters.is_empty() || letters == "bearer" || letters == "bearertoken"
}

/// A number, or, as some servers have it, a text of one.
fn as_seconds(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
