//! A server of HTTP/1.1, over TLS or not, that answers exactly the bytes it is told to and ends as it is told to.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
    server::WebPkiClientVerifier,
};

use super::certificates::Issued;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// How many certificates the client has shown.
    pub client_certificates: usize,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What becomes of the connection once the answer is written.
pub enum Ending {
    /// It is closed in order.
    Close,
    /// It is cut: over TLS without the farewell.
    Cut,
    /// It stays open, and nothing more comes.
    Hang,
}

pub type Reply = Box<dyn Fn(&Request, &mut dyn Write) -> Ending + Send + Sync>;

/// These bytes.
pub fn bytes(answer: impl Into<Vec<u8>>, ending: fn() -> Ending) -> Reply {
    let answer = answer.into();
    Box::new(move |_, stream| {
        let _ = stream.write_all(&answer);
        ending()
    })
}

/// An answer with a body of that type.
pub fn status(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    bytes(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"), || Ending::Close)
}

pub fn json(line: &str, body: &str) -> Reply {
    status(line, "Content-Type: application/json\r\n", body)
}

pub fn html(line: &str, body: &str) -> Reply {
    status(line, "Content-Type: text/html; charset=utf-8\r\n", body)
}

/// A refusal as OAuth 2.0 has it.
pub fn refuses(line: &str, error: &str, description: &str) -> Reply {
    json(line, &format!(r#"{{"error":"{error}","error_description":"{description}"}}"#))
}

/// The token that every well-behaved server here gives.
pub const TOKEN: &str = "planted-token.eyJhbGciOiJFUzI1NiJ9.0123456789";

pub fn grants() -> Reply {
    json(
        "200 OK",
        &format!(
            r#"{{"access_token":"{TOKEN}","token_type":"bearer","expires_in":3600,"scope":"APIPortal.Service.CatalogIntegration","jti":"1"}}"#
        ),
    )
}

/// A list of one API.
pub fn lists() -> Reply {
    json("200 OK", r#"{"d":{"results":[{"name":"Orders","title":"Orders API","version":"1","base_path":"/orders"}]}}"#)
}

/// What is to be answered at the token endpoint and at the portal API.
pub struct Replies {
    pub token: Reply,
    pub api: Reply,
}

impl Replies {
    pub fn good() -> Self {
        Self { token: grants(), api: lists() }
    }

    pub fn token(token: Reply) -> Self {
        Self { token, ..Self::good() }
    }

    pub fn api(api: Reply) -> Self {
        Self { api, ..Self::good() }
    }
}

pub struct Server {
    pub port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Over TLS.
    pub fn secure(tls: ServerConfig, replies: Replies) -> Self {
        let tls = Arc::new(tls);
        Self::start(move |stream, requests| {
            let Ok(connection) = ServerConnection::new(Arc::clone(&tls)) else { return };
            let mut stream = StreamOwned::new(connection, stream);
            let Ok(mut request) = read_request(&mut stream) else {
                // The client's own alert may have come, or ours has to go.
                let _ = stream.conn.complete_io(&mut stream.sock);
                return;
            };
            request.client_certificates = stream.conn.peer_certificates().map_or(0, <[_]>::len);
            match answer(&replies, request, &mut stream, requests) {
                Ending::Close => {
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                    finish(&mut stream.sock);
                }
                Ending::Cut => {}
                Ending::Hang => hang(),
            }
        })
    }

    /// In clear.
    pub fn plain(replies: Replies) -> Self {
        Self::start(move |mut stream, requests| {
            let Ok(request) = read_request(&mut stream) else { return };
            match answer(&replies, request, &mut stream, requests) {
                Ending::Close => finish(&mut stream),
                Ending::Cut => {}
                Ending::Hang => hang(),
            }
        })
    }

    /// Anything at all.
    pub fn raw(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        Self::start(move |stream, _| serve(stream))
    }

    fn start(serve: impl Fn(TcpStream, &Mutex<Vec<Request>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, serve) = (Arc::clone(&requests), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, serve) = (Arc::clone(&log), Arc::clone(&serve));
                thread::spawn(move || serve(stream, &log));
            }
        });
        Self { port, requests }
    }

    pub fn https(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("the log").clone()
    }
}

fn answer(replies: &Replies, request: Request, stream: &mut dyn Write, requests: &Mutex<Vec<Request>>) -> Ending {
    requests.lock().expect("the log").push(request.clone());
    if request.target.starts_with("/apiportal/") {
        (replies.api)(&request, stream)
    } else {
        (replies.token)(&request, stream)
    }
}

/// Waits for the client to go, so that what was written is not lost with a reset.
fn finish(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let _ = io::copy(stream, &mut io::sink());
}

pub fn hang() -> ! {
    loop {
        thread::park();
    }
}

fn read_request(stream: &mut impl Read) -> io::Result<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).map_err(io::Error::other)?;
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.into(), v.into())).collect();
    let mut request = Request { method, target, headers, body: String::new(), client_certificates: 0 };
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    request.body = String::from_utf8(body).map_err(io::Error::other)?;
    Ok(request)
}

/// TLS with that certificate, which asks nobody for theirs.
pub fn tls(server: &Issued) -> ServerConfig {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    builder.with_no_client_auth().with_single_cert(server.chain(), server.rustls_key()).expect("TLS")
}

/// TLS that demands a client certificate of that authority (PEM).
pub fn mutual_tls(server: &Issued, clients: &str, version: &'static SupportedProtocolVersion) -> ServerConfig {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(clients.as_bytes()).expect("PEM");
    roots.add(root).expect("an authority");
    let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), Arc::clone(&provider)).build();
    ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .expect("versions")
        .with_client_cert_verifier(verifier.expect("a verifier"))
        .with_single_cert(server.chain(), server.rustls_key())
        .expect("TLS")
}
