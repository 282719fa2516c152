//! The answer to a request, and what it says when it is not a success.

use std::time::{Duration, SystemTime};

use domain::{
    connection_check::{Cause, Diagnosis},
    messages::{Message, message},
};
use hyper::{
    HeaderMap, StatusCode,
    header::{CONTENT_TYPE, DATE, HeaderValue, LOCATION, RETRY_AFTER},
};
use serde_json::Value;
use url::{Position, Url};
use zeroize::Zeroizing;

use crate::{
    endpoint::Endpoint,
    redaction::{MAX_SEEN, Redaction},
};

/// How much is looked at of an answer that is no success.
pub const REFUSAL_BYTES: usize = 64 * 1024;

/// The longest time that a server can ask to be left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// An answer, read to its end if it is a success.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, decoded. It may hold a token.
    pub body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// The body as JSON. Some servers of Windows put a byte order mark before it, which RFC 8259 §8.1 lets readers ignore.
    pub fn json(&self) -> &[u8] {
        self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body)
    }

    /// What is wrong, where the status of an answer says enough. The same at the token endpoint and at the portal API.
    pub fn diagnose_status(&self, endpoint: &Endpoint, redaction: &Redaction) -> Diagnosis {
        let url = endpoint.shown();
        let status = self.status.as_u16();
        let wait = self.retry_after();
        let cause = match status {
            _ if self.is_without_application() => Cause::ApplicationNotThere { host: endpoint.host_name() },
            300..=399 => Cause::Redirected { url },
            401 | 403 => Cause::Forbidden { url },
            404 | 410 => Cause::NotFound { url },
            429 => Cause::Throttled { url, wait },
            503 if wait.is_some() => Cause::Throttled { url, wait },
            500..=599 => Cause::ServerFailed { url, status },
            _ => Cause::UnexpectedStatus { url, status },
        };
        Diagnosis { cause, seen: self.describe(endpoint, redaction) }
    }

    /// Whether the router of Cloud Foundry answers in place of an application that does not exist or does not run. It
    /// says so in a header, which a proxy may remove, and in the body.
    fn is_without_application(&self) -> bool {
        let error = self.headers.get("x-cf-routererror").map(HeaderValue::as_bytes);
        let words = String::from_utf8_lossy(&self.body[..self.body.len().min(200)]);
        let route = words.contains("Requested route (");
        match self.status {
            StatusCode::NOT_FOUND => error == Some(b"unknown_route") || (route && words.contains("does not exist")),
            StatusCode::SERVICE_UNAVAILABLE => {
                error == Some(b"no_endpoints") || (route && words.contains("no available endpoints"))
            }
            _ => false,
        }
    }

    /// How long the server asks to wait before the next request (RFC 9110 §10.2.3): seconds, or a moment by its own
    /// clock.
    fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        let wait = match value.parse() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                let until = httpdate::parse_http_date(value).ok()?;
                let date = self.headers.get(DATE).and_then(|date| date.to_str().ok());
                let now = date.and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or_else(SystemTime::now);
                until.duration_since(now).unwrap_or_default()
            }
        };
        Some(wait.min(LONGEST_WAIT))
    }

    /// How nginx answers where the certificate is missing or not accepted: the handshake completes, and then HTTP 400
    /// comes with a page instead of an alert.
    pub fn diagnose_certificate_page(&self, endpoint: &Endpoint, redaction: &Redaction) -> Option<Diagnosis> {
        let page = self.page()?.to_lowercase();
        let host = endpoint.host_name();
        let cause = if page.contains("no required ssl certificate was sent") {
            Cause::ClientCertificateRequired { host }
        } else if page.contains("the ssl certificate error") {
            Cause::ClientCertificateRefused { host }
        } else {
            return None;
        };
        Some(Diagnosis { cause, seen: self.describe(endpoint, redaction) })
    }

    /// The status and what else is known of it, in a few words.
    pub fn describe(&self, endpoint: &Endpoint, redaction: &Redaction) -> Message {
        let status = self.status.as_u16();
        let seen = if let Some(place) = self.redirected_to(endpoint) {
            message!("seen-redirect", status = status, place = place)
        } else if let Some(title) = self.page_title() {
            message!("seen-page", status = status, title = title)
        } else if let Some(words) = self.servers_words() {
            Message::verbatim(format!("HTTP {status}: {words}"))
        } else if let Some(kind) = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) {
            Message::verbatim(format!("HTTP {status}, {kind}"))
        } else if self.body.is_empty() {
            message!("seen-empty", status = status)
        } else {
            status_only(self.status)
        };
        redaction.clean_message(seen, MAX_SEEN)
    }

    /// What the server itself says is wrong, in a JSON of a known kind: OData 2 and 4, OAuth 2.0 (RFC 6749), Apigee,
    /// problem details (RFC 9457), and common fields of other applications.
    fn servers_words(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(self.json()).ok()?;
        let pointers = [
            "/error/message/value",
            "/error/message",
            "/fault/faultstring",
            "/error_description",
            "/detail",
            "/title",
            "/message/value",
            "/message",
            "/error",
        ];
        let mut texts = pointers.into_iter().filter_map(|pointer| body.pointer(pointer)?.as_str());
        texts.find(|text| !text.trim().is_empty()).map(str::to_owned)
    }

    fn redirected_to(&self, endpoint: &Endpoint) -> Option<String> {
        let location = self.headers.get(LOCATION).filter(|_| self.status.is_redirection())?.to_str().ok()?;
        let place: Url = endpoint.url.join(location).ok()?;
        place.host_str()?;
        // Without user and query, where states and tokens travel.
        let (scheme, rest) = (place.scheme(), &place[Position::BeforeHost..Position::AfterPath]);
        Some(format!("{scheme}://{rest}"))
    }

    /// The body, if it looks like a page for people.
    pub fn page(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.json()[..self.json().len().min(REFUSAL_BYTES)]).into_owned();
        text.trim_start().starts_with('<').then_some(text)
    }

    fn page_title(&self) -> Option<String> {
        let page = self.page()?;
        // ASCII, so that every position is the same in both.
        let lower = page.to_ascii_lowercase();
        let begin = lower.find("<title")?;
        let begin = begin + lower[begin..].find('>')? + 1;
        let end = begin + lower[begin..].find("</title")?;
        let title = page[begin..end].trim();
        (!title.is_empty()).then(|| title.to_owned())
    }
}

/// No more than the status.
pub fn status_only(status: StatusCode) -> Message {
    Message::verbatim(format!("HTTP {}", status.as_u16()))
}
