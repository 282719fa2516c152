//! From a name to a connection.

use std::{
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use domain::{
    connection_check::{Cause, Diagnosis, Stage},
    messages::{Message, message},
};
use tokio::{
    net::{TcpStream, lookup_host},
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout_at},
};
use url::Host;

use crate::{endpoint::Endpoint, proxy::Proxy, redaction::Redaction, stream::Stream, tls::TlsClient};

/// After how long the next address of a host is tried beside the one that has not answered (RFC 8305 §5).
const NEXT_ADDRESS_AFTER: Duration = Duration::from_millis(250);

/// The way to an endpoint that was found to work: one of its addresses, or one of its proxy's. Later connections use it
/// without looking the name up again, which may have changed since.
#[derive(Debug, Clone)]
pub struct Way {
    address: SocketAddr,
    proxy: Option<Arc<Proxy>>,
    /// How long it took: about one round trip.
    pub took: Duration,
}

/// A connection that was made, and the way it went.
pub struct Reached {
    /// The connection.
    pub stream: Stream,
    pub way: Way,
}

impl fmt::Debug for Reached {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reached").field("way", &self.way).finish_non_exhaustive()
    }
}

impl Way {
    /// The other end in words.
    pub fn describe(&self) -> Message {
        match &self.proxy {
            Some(proxy) => message!("found-proxy", proxy = proxy.shown()),
            None => {
                let (address, port) = (self.address.ip().to_string(), self.address.port().to_string());
                message!("found-address", address = address, port = port)
            }
        }
    }

    /// Goes the way once more.
    pub async fn open(
        &self,
        endpoint: &Endpoint,
        redaction: &Redaction,
        deadline: Instant,
    ) -> Result<Stream, Diagnosis> {
        let connected = timeout_at(deadline, TcpStream::connect(self.address)).await;
        let connected =
            connected.map_err(|_| NoConnection::TimedOut).and_then(|stream| stream.map_err(NoConnection::Io));
        match &self.proxy {
            Some(proxy) => {
                let stream = connected.map_err(|failure| proxy.unreachable(failure.describe()))?;
                tunnel(proxy, stream, endpoint, redaction, deadline).await
            }
            None => Ok(Box::new(connected.map_err(|failure| failure.diagnose(endpoint))?)),
        }
    }
}

/// Finds the addresses of the host, or of the proxy, and connects to the first that answers.
pub async fn connect(
    endpoint: &Endpoint,
    proxy: Option<Proxy>,
    redaction: &Redaction,
    deadline: Instant,
) -> Result<Reached, Diagnosis> {
    match proxy {
        None => {
            let connected = connect_to(&endpoint.host, endpoint.port, deadline).await;
            let (stream, address, took) = connected.map_err(|failure| failure.diagnose(endpoint))?;
            Ok(Reached { stream: Box::new(stream), way: Way { address, proxy: None, took } })
        }
        Some(proxy) => {
            let connected = connect_to(&proxy.host, proxy.port, deadline).await;
            let (stream, address, _) = connected.map_err(|failure| proxy.unreachable(failure.describe()))?;
            let begun = Instant::now();
            let stream = tunnel(&proxy, stream, endpoint, redaction, deadline).await?;
            Ok(Reached { stream, way: Way { address, proxy: Some(Arc::new(proxy)), took: begun.elapsed() } })
        }
    }
}

async fn tunnel(
    proxy: &Proxy,
    stream: TcpStream,
    endpoint: &Endpoint,
    redaction: &Redaction,
    deadline: Instant,
) -> Result<Stream, Diagnosis> {
    let stream: Stream =
        if proxy.encrypted { encrypt_to_proxy(proxy, stream, deadline).await? } else { Box::new(stream) };
    proxy.open_tunnel(stream, endpoint, redaction, deadline).await
}

async fn encrypt_to_proxy(proxy: &Proxy, stream: TcpStream, deadline: Instant) -> Result<Stream, Diagnosis> {
    let client = TlsClient::to_proxy().map_err(|seen| proxy.unreachable(seen))?;
    let endpoint = Endpoint::parse(&format!("https://{}/", proxy.shown()))?;
    match client.connect(&endpoint, Box::new(stream), deadline).await {
        Ok(stream) => Ok(Box::new(stream)),
        Err(diagnosis) => {
            Err(proxy.unreachable(message!("seen-and", seen = diagnosis.cause.message(), reason = diagnosis.seen)))
        }
    }
}

/// Why there is no connection.
enum NoConnection {
    /// The name has no address.
    NoAddress,
    /// The name service did not answer in time.
    NameService,
    /// Nobody answered in time.
    TimedOut,
    /// The system says so.
    Io(io::Error),
}

impl NoConnection {
    fn diagnose(self, endpoint: &Endpoint) -> Diagnosis {
        let (host, port) = (endpoint.host_name(), endpoint.port);
        let (cause, seen) = match self {
            // Each operating system words this differently, and the text adds nothing: the name has no address.
            Self::NoAddress => (Cause::UnknownHost { host }, Message::empty()),
            Self::NameService => (Cause::UnknownHost { host }, message!("seen-name-service")),
            Self::TimedOut => (Cause::ConnectTimeout { host, port }, Message::empty()),
            Self::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                (Cause::Refused { host, port }, Message::empty())
            }
            Self::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
                (Cause::ConnectTimeout { host, port }, Message::empty())
            }
            Self::Io(error) => (Cause::Unreachable { host }, Message::verbatim(error.kind().to_string())),
        };
        Diagnosis { cause, seen }
    }

    /// In a few words.
    fn describe(self) -> Message {
        match self {
            Self::NoAddress => message!("seen-no-address"),
            Self::NameService => message!("seen-name-service"),
            Self::TimedOut => message!("seen-connect-timeout", seconds = Stage::TIME_LIMIT.as_secs()),
            Self::Io(error) => Message::verbatim(error.kind().to_string()),
        }
    }
}

async fn connect_to(
    host: &Host<String>,
    port: u16,
    deadline: Instant,
) -> Result<(TcpStream, SocketAddr, Duration), NoConnection> {
    let mut waiting = resolve(host, port, deadline).await?.into_iter();
    let mut attempts = JoinSet::new();
    let mut failure: Option<io::Error> = None;
    loop {
        if let Some(address) = waiting.next() {
            attempts.spawn(async move {
                let begun = Instant::now();
                let stream = TcpStream::connect(address).await?;
                Ok::<_, io::Error>((stream, address, begun.elapsed()))
            });
        }
        tokio::select! {
            attempt = attempts.join_next() => match attempt {
                Some(Ok(Ok(connected))) => return Ok(connected),
                Some(Ok(Err(error))) => failure = Some(more_informative(failure, error)),
                Some(Err(ended)) => failure = Some(more_informative(failure, io::Error::other(ended))),
                None => {
                    return Err(NoConnection::Io(failure.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into())));
                }
            },
            () = sleep(NEXT_ADDRESS_AFTER), if waiting.len() > 0 => {}
            () = sleep_until(deadline) => return Err(NoConnection::TimedOut),
        }
    }
}

async fn resolve(host: &Host<String>, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, NoConnection> {
    let name = match host {
        Host::Domain(name) => name,
        Host::Ipv4(address) => return Ok(vec![(IpAddr::V4(*address), port).into()]),
        Host::Ipv6(address) => return Ok(vec![(IpAddr::V6(*address), port).into()]),
    };
    match timeout_at(deadline, lookup_host((name.as_str(), port))).await {
        Ok(Ok(addresses)) => {
            let addresses: Vec<_> = addresses.collect();
            if addresses.is_empty() { Err(NoConnection::NoAddress) } else { Ok(addresses) }
        }
        Ok(Err(_)) => Err(NoConnection::NoAddress),
        Err(_) => Err(NoConnection::NameService),
    }
}

/// Of the failures at several addresses, the one that says most: a refusal comes from the host itself.
fn more_informative(earlier: Option<io::Error>, later: io::Error) -> io::Error {
    match earlier {
        Some(earlier) if earlier.kind() == io::ErrorKind::ConnectionRefused => earlier,
        Some(_) | None => later,
    }
}
