//! Measures a token endpoint: keep-alive connections that send one token request after the other. Prints one JSON line.
//!
//! ```text
//! load --ca ca.pem --credential credential.json [--url https://localhost:28443/sales/oauth/token] [--mtls]
//!      [--connections 16] [--seconds 10] [--warm-up 1] [--body-credentials] [--param name=value]...
//! ```
//!
//! The credential document has the shape `url, tokenUrl, clientId, clientSecret` or, with `--mtls`,
//! `url, tokenurl, certurl, certificate, key`; `--url` outranks the URL in it. It speaks HTTP/1.1 over TLS by itself and in
//! one thread: what the generator needs is no part of what is measured, and pinned to a core it disturbs no other.

#![allow(clippy::print_stdout, reason = "the result of this program")]

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::documents::TokenEndpoint;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

type Failure = Box<dyn Error + Send + Sync>;

struct Options {
    url: Option<String>,
    ca: String,
    credential: String,
    mutual_tls: bool,
    body_credentials: bool,
    connections: usize,
    seconds: f64,
    warm_up: f64,
    params: Vec<(String, String)>,
}

impl Options {
    fn parse() -> Result<Self, Failure> {
        let mut options = Self {
            url: None,
            ca: String::new(),
            credential: String::new(),
            mutual_tls: false,
            body_credentials: false,
            connections: 16,
            seconds: 10.0,
            warm_up: 1.0,
            params: Vec::new(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{option} needs a value"));
            match option.as_str() {
                "--url" => options.url = Some(value()?),
                "--ca" => options.ca = value()?,
                "--credential" => options.credential = value()?,
                "--mtls" => options.mutual_tls = true,
                "--body-credentials" => options.body_credentials = true,
                "--connections" => options.connections = value()?.parse()?,
                "--seconds" => options.seconds = value()?.parse()?,
                "--warm-up" => options.warm_up = value()?.parse()?,
                "--param" => {
                    let (name, text) =
                        value()?.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).ok_or("name=value")?;
                    options.params.push((name, text));
                }
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        if options.ca.is_empty() || options.credential.is_empty() {
            return Err("--ca and --credential are needed".into());
        }
        Ok(options)
    }
}

/// Everything that a connection needs.
struct Target {
    host: String,
    address: String,
    tls: Arc<ClientConfig>,
    request: Vec<u8>,
}

impl Target {
    fn read(options: &Options) -> Result<Self, Failure> {
        let document: Value = serde_json::from_str(&std::fs::read_to_string(&options.credential)?)?;
        let text = |names: &[&str]| names.iter().find_map(|name| document[*name].as_str()).map(str::to_owned);
        let url = match (&options.url, options.mutual_tls) {
            (Some(url), _) => url.clone(),
            (None, true) => TokenEndpoint::below(&text(&["certurl"]).ok_or("no certurl in the document")?).into(),
            (None, false) => text(&["tokenUrl", "tokenurl"]).ok_or("no tokenUrl in the document")?,
        };
        let rest = url.strip_prefix("https://").ok_or("the URL does not begin with https://")?;
        let (authority, path) = rest.split_once('/').ok_or("the URL has no path")?;
        let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "443"));

        let mut roots = RootCertStore::empty();
        for certificate in certificates(&std::fs::read_to_string(&options.ca)?)? {
            roots.add(certificate)?;
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        let mut params = vec![("grant_type".to_owned(), "client_credentials".to_owned())];
        params.extend(options.params.iter().cloned());
        let client_id = text(&["clientId", "clientid", "client_id"]);
        let mut authorization = String::new();
        let mut tls = if options.mutual_tls {
            let chain = certificates(&text(&["certificate"]).ok_or("no certificate in the document")?)?;
            let key = private_key(&text(&["key", "privateKey"]).ok_or("no key in the document")?)?;
            let client_id = client_id.or_else(|| common_name(&chain)).ok_or("no client id in the document")?;
            params.push(("client_id".into(), client_id));
            builder.with_client_auth_cert(chain, key)?
        } else {
            let id = client_id.ok_or("no clientId in the document")?;
            let secret = text(&["clientSecret", "clientsecret"]).ok_or("no clientSecret in the document")?;
            if options.body_credentials {
                params.extend([("client_id".into(), id), ("client_secret".into(), secret)]);
            } else {
                let pair = STANDARD.encode(format!("{}:{}", encode(&id), encode(&secret)));
                authorization = format!("Authorization: Basic {pair}\r\n");
            }
            builder.with_no_client_auth()
        };
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let body: Vec<_> = params.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let body = body.join("&");
        let request = format!(
            "POST /{path} HTTP/1.1\r\nHost: {authority}\r\n{authorization}Accept: application/json\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let host = host.trim_matches(['[', ']']).to_owned();
        Ok(Self { address: format!("{host}:{port}"), host, tls: Arc::new(tls), request: request.into_bytes() })
    }

    async fn connect(&self) -> Result<Connection, Failure> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from(self.host.clone())?;
        let stream = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await?;
        Ok(Connection { stream, buffer: Vec::with_capacity(8192) })
    }
}

struct Connection {
    stream: TlsStream<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    /// Sends the request once; whether the answer was 200 with a token, and whether the connection can be used again.
    async fn exchange(&mut self, request: &[u8]) -> Result<(bool, bool), Failure> {
        self.stream.write_all(request).await?;
        self.stream.flush().await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let text = std::str::from_utf8(&self.buffer[..head])?.to_ascii_lowercase();
        let success = text.split(' ').nth(1) == Some("200");
        let header = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let keep_alive = header("connection:") != Some("close");
        if header("transfer-encoding:").is_some_and(|value| value.contains("chunked")) {
            while !self.buffer.ends_with(b"0\r\n\r\n") {
                self.fill().await?;
            }
        } else {
            let length: usize = header("content-length:").ok_or("an answer without a length")?.parse()?;
            while self.buffer.len() < head + length {
                self.fill().await?;
            }
        }
        Ok((success && find(&self.buffer[head..], b"\"access_token\"").is_some(), keep_alive))
    }

    async fn fill(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the connection was closed".into()),
            _ => Ok(()),
        }
    }
}

#[derive(Default)]
struct Tally {
    micros: Vec<u64>,
    errors: u64,
    first_error: Option<String>,
}

async fn load(target: Arc<Target>, begin: Instant, end: Instant) -> Tally {
    let mut tally = Tally::default();
    let mut connection = None;
    while Instant::now() < end {
        let began = Instant::now();
        let outcome = async {
            let open = match &mut connection {
                Some(open) => open,
                closed @ None => closed.insert(target.connect().await?),
            };
            open.exchange(&target.request).await
        };
        let outcome = outcome.await;
        if !matches!(outcome, Ok((_, true))) {
            connection = None;
        }
        // Requests before `began` are the warm-up.
        if began < begin {
            continue;
        }
        match outcome {
            Ok((true, _)) => tally.micros.push(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX)),
            Ok((false, _)) => tally.fail("an answer without a token".into()),
            Err(error) => tally.fail(error.to_string()),
        }
    }
    tally
}

impl Tally {
    fn fail(&mut self, error: String) {
        self.errors += 1;
        self.first_error.get_or_insert(error);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let options = Options::parse()?;
    let target = Arc::new(Target::read(&options)?);
    let begin = Instant::now() + Duration::from_secs_f64(options.warm_up);
    let end = begin + Duration::from_secs_f64(options.seconds);
    let tasks: Vec<_> = (0..options.connections).map(|_| tokio::spawn(load(Arc::clone(&target), begin, end))).collect();
    let mut total = Tally::default();
    for task in tasks {
        let tally = task.await?;
        total.micros.extend(tally.micros);
        total.errors += tally.errors;
        total.first_error = total.first_error.or(tally.first_error);
    }
    let seconds = begin.elapsed().as_secs_f64();
    total.micros.sort_unstable();
    let percentile = |part: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index below the length")]
        let index = (total.micros.len() as f64 * part) as usize;
        total.micros.get(index.min(total.micros.len().saturating_sub(1))).map(|micros| *micros as f64 / 1000.0)
    };
    let result = json!({
        "requests": total.micros.len(),
        "errors": total.errors,
        "first_error": total.first_error,
        "seconds": seconds,
        "per_second": total.micros.len() as f64 / seconds,
        "p50_ms": percentile(0.5),
        "p99_ms": percentile(0.99),
    });
    println!("{result}");
    Ok(())
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
    Ok(CertificateDer::pem_slice_iter(pem.replace("\\n", "\n").as_bytes()).collect::<Result<_, _>>()?)
}

fn private_key(pem: &str) -> Result<PrivateKeyDer<'static>, Failure> {
    Ok(PrivateKeyDer::from_pem_slice(pem.replace("\\n", "\n").as_bytes())?)
}

/// The client id in the certificate's subject, where the document has none.
fn common_name(chain: &[CertificateDer<'_>]) -> Option<String> {
    let (_, leaf) = x509_parser::parse_x509_certificate(chain.first()?).ok()?;
    leaf.subject().iter_common_name().next()?.as_str().ok().map(str::to_owned)
}
