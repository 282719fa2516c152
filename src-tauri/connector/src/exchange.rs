//! One HTTP request and its answer, of limited size and time.

use std::{io, net::SocketAddr, time::Duration};

use bytes::Bytes;
use domain::{
    Cause, Diagnosis,
    messages::{Message, message},
};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION},
    redirect, retry,
};
use tokio::time::{Instant, timeout_at};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    endpoint::Endpoint,
    error_chain, network,
    redaction::{MAX_SEEN, Redaction},
    tls::TlsClient,
};

/// How much is read of an answer that is no success.
const REFUSAL_BYTES: usize = 64 * 1024;

/// How long the rest of an answer that is no success is waited for. Its status says most already.
const REFUSAL_TIME: Duration = Duration::from_secs(2);

/// A place where requests are answered, whose name, network and TLS are known to be good.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// Where.
    pub endpoint: &'a Endpoint,
    /// The address that was found to answer.
    pub address: SocketAddr,
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
    /// The body. It may hold a token.
    pub body: Zeroizing<Vec<u8>>,
}

impl Exchange<'_> {
    /// Sends a request and reads the answer.
    pub async fn send(
        &self,
        method: Method,
        complete: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, Diagnosis> {
        let client = self.client().map_err(|error| self.diagnose(&error))?;
        let request = complete(client.request(method, self.endpoint.url.clone()));
        let response = match timeout_at(self.deadline, request.send()).await {
            Ok(response) => response.map_err(|error| self.diagnose(&error))?,
            Err(_) => return Err(self.timed_out(Message::empty())),
        };
        self.read(response).await
    }

    fn client(&self) -> reqwest::Result<reqwest::Client> {
        reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.config.clone())
            // The stages before have connected directly; a proxy of the environment would be another way, untested,
            // and would see to whom the credentials go.
            .no_proxy()
            // A redirect would take the credentials along (RFC 6749 §10.10 and the like).
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .http1_only()
            .referer(false)
            .pool_max_idle_per_host(0)
            .user_agent(concat!("Drawbridge/", env!("CARGO_PKG_VERSION")))
            // The address that was tested, and no second look at the name, which may have changed since.
            .resolve_to_addrs(&self.endpoint.host_name(), &[self.address])
            .build()
    }

    async fn read(&self, mut response: Response) -> Result<Answer, Diagnosis> {
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let announced = response.content_length().unwrap_or(0);
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
            match timeout_at(until, response.chunk()).await {
                Ok(Ok(Some(chunk))) if body.len() + chunk.len() <= limit => append(&mut body, &chunk),
                Ok(Ok(None)) => break,
                // What has come of it has to do: the status is known.
                _ if !success => break,
                Ok(Ok(Some(_))) => return Err(self.too_large(status)),
                Ok(Err(error)) => return Err(self.diagnose(&error)),
                Err(_) => return Err(self.timed_out(message!("seen-no-end"))),
            }
        }
        Ok(Answer { status, headers, body })
    }

    fn too_large(&self, status: StatusCode) -> Diagnosis {
        let cause = Cause::TooLarge { url: self.endpoint.shown(), limit: self.limit as u64 };
        Diagnosis { cause, seen: Message::verbatim(format!("HTTP {}", status.as_u16())) }
    }

    fn timed_out(&self, seen: Message) -> Diagnosis {
        Diagnosis { cause: Cause::AnswerTimeout { url: self.endpoint.shown() }, seen }
    }

    /// Why there is no answer, or no complete one.
    fn diagnose(&self, error: &reqwest::Error) -> Diagnosis {
        if let Some(error) = error_chain::find(error) {
            return self.tls.diagnose_tls(error, self.endpoint);
        }
        let url = self.endpoint.shown();
        let connection = error_chain::find::<io::Error>(error);
        if let Some(connection) = connection
            && error.is_connect()
        {
            return network::diagnose(connection, self.endpoint);
        }
        let garbled = connection
            .is_some_and(|error| matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
        if garbled || error_chain::find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
            return Diagnosis { cause: Cause::NotHttp { url }, seen: Message::empty() };
        }
        let seen = if error.is_body() || error.is_decode() {
            message!("seen-ended-early")
        } else {
            message!("seen-no-answer")
        };
        Diagnosis { cause: Cause::CutOff { url }, seen }
    }
}

/// Appends without leaving a copy behind when the buffer has to grow.
fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    if body.capacity() - body.len() < chunk.len() {
        let mut larger = Zeroizing::new(Vec::with_capacity((body.len() + chunk.len()) * 2));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(chunk);
}

impl Answer {
    /// What is wrong with an answer whose status says enough, at the token endpoint as well as at the portal API.
    pub fn diagnose_status(&self, endpoint: &Endpoint, redaction: &Redaction) -> Diagnosis {
        let url = endpoint.shown();
        let status = self.status.as_u16();
        let cause = match status {
            300..=399 => Cause::Redirected { url },
            401 | 403 => Cause::Forbidden { url },
            404 | 410 => Cause::NotFound { url },
            429 => Cause::Throttled { url },
            500..=599 => Cause::ServerFailed { url, status },
            _ => Cause::UnexpectedStatus { url, status },
        };
        Diagnosis { cause, seen: self.describe(endpoint, redaction) }
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
        } else if let Some(kind) = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) {
            Message::verbatim(format!("HTTP {status}, {kind}"))
        } else if self.body.is_empty() {
            message!("seen-empty", status = status)
        } else {
            Message::verbatim(format!("HTTP {status}"))
        };
        redaction.clean_message(seen, MAX_SEEN)
    }

    fn redirected_to(&self, endpoint: &Endpoint) -> Option<String> {
        let location = self.headers.get(LOCATION).filter(|_| self.status.is_redirection())?.to_str().ok()?;
        let place: Url = endpoint.url.join(location).ok()?;
        // Without the query, where states and tokens travel.
        Some(format!("{}://{}{}", place.scheme(), place.host_str()?, place.path()))
    }

    /// The body, if it looks like a page for people.
    pub fn page(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body[..self.body.len().min(REFUSAL_BYTES)]).into_owned();
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
