//! From a name to a connection.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use domain::{
    Cause, Diagnosis,
    messages::{Message, message},
};
use tokio::{
    net::{TcpStream, lookup_host},
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout_at},
};
use url::Host;

use crate::endpoint::Endpoint;

/// After how long the next address of a host is tried beside the one that has not answered (RFC 8305 §5).
const NEXT_ADDRESS_AFTER: Duration = Duration::from_millis(250);

/// A connection that was made.
#[derive(Debug)]
pub struct Reached {
    /// The connection.
    pub stream: TcpStream,
    /// Who is at its other end.
    pub address: SocketAddr,
    /// How long this address took: about one round trip.
    pub took: Duration,
}

impl Reached {
    /// The other end in words.
    pub fn describe(&self) -> String {
        message!("found-address", address = self.address.ip().to_string(), port = self.address.port().to_string())
            .to_string()
    }
}

/// Finds the addresses of the host and connects to the first that answers.
pub async fn connect(endpoint: &Endpoint, deadline: Instant) -> Result<Reached, Diagnosis> {
    let addresses = resolve(endpoint, deadline).await?;
    let mut waiting = addresses.into_iter();
    let mut attempts = JoinSet::new();
    let mut failure: Option<io::Error> = None;
    loop {
        if let Some(address) = waiting.next() {
            attempts.spawn(async move {
                let begun = Instant::now();
                let stream = TcpStream::connect(address).await?;
                Ok::<_, io::Error>(Reached { stream, address, took: begun.elapsed() })
            });
        }
        tokio::select! {
            attempt = attempts.join_next() => match attempt {
                Some(Ok(Ok(reached))) => return Ok(reached),
                Some(Ok(Err(error))) => failure = Some(more_telling(failure, error)),
                Some(Err(ended)) => failure = Some(more_telling(failure, io::Error::other(ended))),
                None => {
                    let error = failure.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into());
                    return Err(diagnose(&error, endpoint));
                }
            },
            () = sleep(NEXT_ADDRESS_AFTER), if waiting.len() > 0 => {}
            () = sleep_until(deadline) => return Err(timed_out(endpoint)),
        }
    }
}

async fn resolve(endpoint: &Endpoint, deadline: Instant) -> Result<Vec<SocketAddr>, Diagnosis> {
    let name = match &endpoint.host {
        Host::Domain(name) => name,
        Host::Ipv4(address) => return Ok(vec![(IpAddr::V4(*address), endpoint.port).into()]),
        Host::Ipv6(address) => return Ok(vec![(IpAddr::V6(*address), endpoint.port).into()]),
    };
    let unknown = |seen: Message| Diagnosis { cause: Cause::UnknownHost { host: endpoint.host_name() }, seen };
    let addresses: Vec<SocketAddr> = match timeout_at(deadline, lookup_host((name.as_str(), endpoint.port))).await {
        Ok(Ok(addresses)) => addresses.collect(),
        // What the system says differs from one to the next and adds nothing: the name has no address.
        Ok(Err(_)) => return Err(unknown(Message::empty())),
        Err(_) => return Err(unknown(message!("seen-name-service"))),
    };
    if addresses.is_empty() {
        return Err(unknown(Message::empty()));
    }
    // A hosts file may send "localhost" elsewhere.
    if !endpoint.is_encrypted() && !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err(endpoint.not_https());
    }
    Ok(addresses)
}

/// Of the failures at several addresses, the one that says most: a refusal comes from the host itself.
fn more_telling(earlier: Option<io::Error>, later: io::Error) -> io::Error {
    match earlier {
        Some(earlier) if earlier.kind() == io::ErrorKind::ConnectionRefused => earlier,
        Some(_) | None => later,
    }
}

/// Why there is no connection.
pub fn diagnose(error: &io::Error, endpoint: &Endpoint) -> Diagnosis {
    let (host, port) = (endpoint.host_name(), endpoint.port);
    let kind = error.kind();
    if kind == io::ErrorKind::ConnectionRefused {
        Diagnosis { cause: Cause::Refused { host, port }, seen: Message::empty() }
    } else if kind == io::ErrorKind::TimedOut {
        timed_out(endpoint)
    } else {
        Diagnosis { cause: Cause::Unreachable { host }, seen: Message::verbatim(kind.to_string()) }
    }
}

fn timed_out(endpoint: &Endpoint) -> Diagnosis {
    let cause = Cause::ConnectTimeout { host: endpoint.host_name(), port: endpoint.port };
    Diagnosis { cause, seen: Message::empty() }
}
