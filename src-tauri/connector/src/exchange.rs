//! One HTTP request and its answer, of limited size and time.

use std::{
    io,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use domain::{
    connection_check::{Cause, Diagnosis},
    messages::{Message, message},
};
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Method, Request, StatusCode,
    body::{Body, Incoming},
    client::conn::http1,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, DATE, HOST, HeaderName, HeaderValue,
        LOCATION, RETRY_AFTER, USER_AGENT,
    },
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use url::{Position, Url};
use zeroize::Zeroizing;

use crate::{
    coding::{self, Undecodable},
    endpoint::Endpoint,
    error_chain,
    network::Way,
    redaction::{MAX_SEEN, Redaction},
    tls::TlsClient,
};

/// How the app calls itself.
pub const PRODUCT: &str = concat!("Drawbridge/", env!("CARGO_PKG_VERSION"));

/// How much is read of an answer that is no success.
const REFUSAL_BYTES: usize = 64 * 1024;

/// How long the rest of an answer that is no success is waited for. Its status says most already.
const REFUSAL_TIME: Duration = Duration::from_secs(2);

/// The longest time that a server can ask to be left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A place where requests are answered, whose name, network and TLS are known to be good.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// Where.
    pub endpoint: &'a Endpoint,
    /// The way that was found to work.
    pub way: &'a Way,
    /// How to speak TLS there.
    pub tls: &'a TlsClient,
    /// When the stage has to have ended.
    pub deadline: Instant,
    /// The largest answer, in bytes.
    pub limit: usize,
}

/// An answer, read to its end if it is a success.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decoded. It may hold a token.
    pub body: Zeroizing<Vec<u8>>,
}

impl Exchange<'_> {
    /// Asks for JSON.
    pub async fn get(
        &self,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
        redaction: &Redaction,
    ) -> Result<Answer, Diagnosis> {
        self.send(Method::GET, headers, Bytes::new(), redaction).await
    }

    /// Sends a form and asks for JSON.
    pub async fn post(
        &self,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
        form: Bytes,
        redaction: &Redaction,
    ) -> Result<Answer, Diagnosis> {
        let form_urlencoded = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.send(Method::POST, headers.into_iter().chain([(CONTENT_TYPE, form_urlencoded)]), form, redaction).await
    }

    /// Sends a request on a connection of its own and reads the answer. Redirects are answers: following one would take
    /// the credentials along (RFC 6749 §10.10 and the like).
    async fn send(
        &self,
        method: Method,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
        body: Bytes,
        redaction: &Redaction,
    ) -> Result<Answer, Diagnosis> {
        let mut request = Request::builder()
            .method(method)
            .uri(self.endpoint.path_and_query())
            .header(HOST, self.endpoint.authority())
            .header(USER_AGENT, PRODUCT)
            .header(ACCEPT, "application/json")
            // Nothing here is large; some servers compress all the same.
            .header(ACCEPT_ENCODING, "identity")
            .header(CONNECTION, "close");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(body)).map_err(|_| self.endpoint.unusable())?;

        let stream = self.way.open(self.endpoint, redaction, self.deadline).await?;
        let stream = self.tls.connect(self.endpoint, stream, self.deadline).await?;
        let exchanged = async {
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            sender.send_request(request).await
        };
        match timeout_at(self.deadline, exchanged).await {
            Ok(Ok(response)) => {
                let (parts, body) = response.into_parts();
                self.read(parts.status, parts.headers, body).await
            }
            Ok(Err(error)) => Err(self.diagnose(&error, message!("seen-no-answer"))),
            Err(_) => Err(self.timed_out(Message::empty())),
        }
    }

    async fn read(&self, status: StatusCode, headers: HeaderMap, mut incoming: Incoming) -> Result<Answer, Diagnosis> {
        let announced = incoming.size_hint().exact().unwrap_or(0);
        let success = status.is_success();
        if success && announced > self.limit as u64 {
            return Err(self.too_large(status));
        }
        let (limit, until) = if success {
            (self.limit, self.deadline)
        } else {
            (REFUSAL_BYTES, self.deadline.min(Instant::now() + REFUSAL_TIME))
        };
        let mut body = Zeroizing::new(Vec::with_capacity(limit.min(usize::try_from(announced).unwrap_or(limit))));
        loop {
            match timeout_at(until, incoming.frame()).await {
                Ok(Some(Ok(frame))) => match frame.into_data() {
                    Ok(chunk) if body.len() + chunk.len() <= limit => append(&mut body, &chunk),
                    // What has come of it has to do: the status is known.
                    Ok(_) if !success => break,
                    Ok(_) => return Err(self.too_large(status)),
                    // Trailers.
                    Err(_) => {}
                },
                Ok(None) => break,
                _ if !success => break,
                Ok(Some(Err(error))) => return Err(self.diagnose(&error, message!("seen-ended-early"))),
                Err(_) => return Err(self.timed_out(message!("seen-no-end"))),
            }
        }
        let codings = headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let body = match coding::decode(body, codings, limit) {
            Ok(body) => body,
            // Its status says most already.
            Err(_) if !success => Zeroizing::default(),
            Err(Undecodable::TooLarge) => return Err(self.too_large(status)),
            Err(Undecodable::Unknown(coding)) => {
                let coding = Redaction::default().clean(&coding, 50);
                let cause = Cause::UnknownCoding { url: self.endpoint.shown(), coding };
                return Err(Diagnosis { cause, seen: status_only(status) });
            }
            Err(Undecodable::Damaged) => {
                let cause = Cause::CutOff { url: self.endpoint.shown() };
                return Err(Diagnosis { cause, seen: message!("seen-damaged-coding") });
            }
        };
        Ok(Answer { status, headers, body })
    }

    fn too_large(&self, status: StatusCode) -> Diagnosis {
        let cause = Cause::TooLarge { url: self.endpoint.shown(), limit: self.limit as u64 };
        Diagnosis { cause, seen: status_only(status) }
    }

    fn timed_out(&self, seen: Message) -> Diagnosis {
        Diagnosis { cause: Cause::AnswerTimeout { url: self.endpoint.shown() }, seen }
    }

    /// Why there is no answer, or no complete one.
    fn diagnose(&self, error: &hyper::Error, seen: Message) -> Diagnosis {
        if let Some(error) = error_chain::find(error) {
            return self.tls.diagnose_tls(error, self.endpoint);
        }
        let url = self.endpoint.shown();
        let garbled = error_chain::find::<io::Error>(error)
            .is_some_and(|error| matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
        if garbled || error.is_parse() {
            return Diagnosis { cause: Cause::NotHttp { url }, seen: Message::empty() };
        }
        Diagnosis { cause: Cause::CutOff { url }, seen }
    }
}

fn status_only(status: StatusCode) -> Message {
    Message::verbatim(format!("HTTP {}", status.as_u16()))
}

/// Appends without leaving a copy behind when the buffer has to grow.
pub fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    if body.capacity() - body.len() < chunk.len() {
        let mut larger = Zeroizing::new(Vec::with_capacity((body.len() + chunk.len()) * 2));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(chunk);
}

impl Answer {
    /// The body as JSON. Some servers of Windows put a byte order mark before it, which RFC 8259 §8.1 lets readers ignore.
    pub fn json(&self) -> &[u8] {
        self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body)
    }

    /// What is wrong with an answer whose status says enough, at the token endpoint as well as at the portal API.
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

    /// Whether the router of Cloud Foundry answers for an application that is not there, or that does not run. It says so in
    /// a header, which a proxy may take out, and in words.
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

    /// How long the server asks to be left alone (RFC 9110 §10.2.3): seconds, or a moment by its own clock.
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

    /// What nginx answers where the certificate is missing or not accepted: a completed handshake, then HTTP 400 with a
    /// page instead of an alert.
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
        } else if let Some(words) = self.own_words() {
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

    /// What the server itself says is wrong, where a JSON of a known kind says it: OData 2 and 4, OAuth 2.0 (RFC 6749),
    /// Apigee, problem details (RFC 9457), and what applications make up.
    fn own_words(&self) -> Option<String> {
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

/// A header whose value is wiped from memory by its last owner and left out of every `Debug`.
pub fn secret_header(value: Zeroizing<Vec<u8>>) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(value)).ok()?;
    header.set_sensitive(true);
    Some(header)
}
