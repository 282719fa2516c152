//! A client that shows every header of an answer, and lets a test send what no proper client would send.

use std::{net::SocketAddr, sync::Arc};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, pem::PemObject},
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::registry::IssuedToClient;

/// TLS settings that trust the authority.
pub fn trusting(authority: &str, certificate: Option<&IssuedToClient>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for der in certificates(authority) {
        roots.add(der).expect("an authority");
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots);
    Arc::new(match certificate {
        None => builder.with_no_client_auth(),
        Some(IssuedToClient { pem, key }) => {
            let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.clone()));
            builder.with_client_auth_cert(certificates(pem), key).expect("a certificate with its key")
        }
    })
}

fn certificates(pem: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().expect("PEM")
}

/// An open connection.
pub struct Connection {
    stream: TlsStream<TcpStream>,
    unread: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr, tls: &Arc<ClientConfig>) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from("localhost").expect("a name");
        let stream = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await?;
        Ok(Self { stream, unread: Vec::new() })
    }

    pub async fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    pub fn session_was_resumed(&self) -> bool {
        self.stream.get_ref().1.handshake_kind() == Some(rustls::HandshakeKind::Resumed)
    }

    /// The certificate that the service showed.
    pub fn server_certificate(&self) -> Vec<u8> {
        self.stream.get_ref().1.peer_certificates().expect("a certificate")[0].to_vec()
    }

    /// Sends a request and waits for its answer.
    pub async fn send(&mut self, request: &Request) -> std::io::Result<Answer> {
        self.write(&request.bytes()).await?;
        self.read().await
    }

    /// Reads one answer.
    pub async fn read(&mut self) -> std::io::Result<Answer> {
        let head_end = loop {
            if let Some(end) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let head = String::from_utf8(self.unread[..head_end].to_vec()).expect("a head in ASCII");
        let mut lines = head.trim_end().lines();
        let status = lines.next().expect("a status line")[9..12].parse().expect("a status");
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut answer = Answer { status, headers, body: Vec::new() };
        let length: usize = answer.header("content-length").map_or(0, |length| length.parse().expect("a length"));
        while self.unread.len() < head_end + length {
            self.fill().await?;
        }
        answer.body = self.unread[head_end..head_end + length].to_vec();
        self.unread.drain(..head_end + length);
        Ok(answer)
    }

    async fn fill(&mut self) -> std::io::Result<()> {
        match self.stream.read_buf(&mut self.unread).await? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// Whether the service has closed the connection, or does so now.
    pub async fn is_closed(&mut self) -> bool {
        self.fill().await.is_err()
    }
}

/// A request as it goes over the wire.
#[derive(Clone)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn get(path: &str) -> Self {
        Self { method: "GET", path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// A token request with this body.
    pub fn token(body: &str) -> Self {
        let form = ("Content-Type", "application/x-www-form-urlencoded".into());
        Self {
            method: "POST",
            path: "/sales-eu/oauth/token".into(),
            headers: vec![form],
            body: body.as_bytes().to_vec(),
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn basic(self, id: &str, secret: &str) -> Self {
        self.header("Authorization", format!("Basic {}", STANDARD.encode(format!("{id}:{secret}"))))
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", format!("Bearer {token}"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\nHost: localhost\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            bytes += &format!("{name}: {value}\r\n");
        }
        bytes += &format!("Content-Length: {}\r\n\r\n", self.body.len());
        [bytes.into_bytes(), self.body.clone()].concat()
    }
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = values.next();
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }

    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"));
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The access token of a successful answer.
    pub fn access_token(&self) -> String {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()["access_token"].as_str().expect("a token").to_owned()
    }

    /// Asserts an error as RFC 6749 §5.2 wants it, to the last header.
    #[track_caller]
    pub fn assert_refused(&self, status: u16, code: &str, description: &str) {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(text, format!(r#"{{"error":"{code}","error_description":"{description}"}}"#));
        assert_eq!(self.status, status);
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert_eq!(self.header("cache-control"), Some("no-store"), "an answer about credentials is not kept");
        assert_eq!(self.header("pragma"), Some("no-cache"));
        let challenge = (status == 401).then_some("Basic realm=\"Drawbridge\"");
        assert_eq!(self.header("www-authenticate"), challenge, "RFC 6749 §5.2");
    }
}

/// What a token says. Nothing is verified.
pub fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).expect("claims");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64url")).expect("JSON")
}
