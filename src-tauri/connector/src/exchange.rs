//! One HTTP request and its answer, of limited size and time.

use std::{io, time::Duration};

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
        ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT,
    },
};
use hyper_util::rt::TokioIo;
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use crate::{
    answer::{Answer, REFUSAL_BYTES, status_only},
    coding::{self, Undecodable},
    endpoint::Endpoint,
    error_chain,
    network::Way,
    product::PRODUCT,
    redaction::Redaction,
    tls::TlsClient,
    wiped::append,
};

/// How long to wait for the rest of an answer that is not a success. Its status says most already.
const REFUSAL_TIME: Duration = Duration::from_secs(2);

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
            // No answer here is large, so compression is not asked for; some servers compress nevertheless.
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
                    // The part that has arrived is enough: the status is known.
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
