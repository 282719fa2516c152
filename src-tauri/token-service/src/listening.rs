//! Opens the sockets of a listener and accepts connections on them.

use std::{
    future::poll_fn,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::Router;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{StartError, connection, service::Shared, tls::ListenerKind};

/// How many connections a listener holds at once; further ones wait in the system's queue.
const MAX_CONNECTIONS: usize = 512;
/// How long open requests may go on after the service was told to stop.
const STOP_GRACE: Duration = Duration::from_secs(5);

/// The sockets of one listener; all have the same port.
pub(crate) struct Sockets {
    listeners: Vec<(TcpListener, SocketAddr)>,
    pub(crate) port: u16,
}

impl Sockets {
    pub(crate) fn addresses(&self) -> Vec<SocketAddr> {
        self.listeners.iter().map(|(_, address)| *address).collect()
    }

    /// Takes the next connection of any socket. A socket that always has one does not starve the others.
    fn poll_accept(&self, cx: &mut Context<'_>, turn: &mut usize) -> Poll<io::Result<TcpStream>> {
        *turn = turn.wrapping_add(1);
        let count = self.listeners.len();
        for index in 0..count {
            let (listener, _) = &self.listeners[turn.wrapping_add(index) % count];
            if let Poll::Ready(result) = listener.poll_accept(cx) {
                return Poll::Ready(result.map(|(stream, _)| stream));
            }
        }
        Poll::Pending
    }
}

/// Opens `port` at `address`, and where that is a loopback address at the loopback of both IP versions: "localhost" means
/// either, depending on the program.
pub(crate) fn bind(address: IpAddr, port: u16) -> Result<Sockets, StartError> {
    let mut addresses = vec![address];
    if address.is_loopback() {
        addresses = vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    let mut sockets = Sockets { listeners: Vec::new(), port };
    for ip in addresses {
        let wanted = SocketAddr::new(ip, sockets.port);
        match listen(wanted) {
            Ok((listener, address)) => {
                sockets.port = address.port();
                sockets.listeners.push((listener, address));
            }
            // Computers without IPv6 have no ::1.
            Err(error) if ip == Ipv6Addr::LOCALHOST && is_missing(&error) => {}
            Err(error) => return Err(translate(wanted, &error)),
        }
    }
    if sockets.listeners.is_empty() { Err(StartError::AddressNotHere(address)) } else { Ok(sockets) }
}

fn listen(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn is_missing(error: &io::Error) -> bool {
    // EAFNOSUPPORT, for which `ErrorKind` has no stable name: 97 on Linux, 47 on macOS, 10047 on Windows.
    error.kind() == io::ErrorKind::AddrNotAvailable || matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

fn is_about_one_peer(error: &io::Error) -> bool {
    let kind = error.kind();
    kind == io::ErrorKind::ConnectionAborted || kind == io::ErrorKind::ConnectionReset
}

fn translate(address: SocketAddr, error: &io::Error) -> StartError {
    let kind = error.kind();
    if kind == io::ErrorKind::AddrInUse {
        StartError::PortInUse(address)
    } else if kind == io::ErrorKind::PermissionDenied {
        StartError::PortNotPermitted(address)
    } else if kind == io::ErrorKind::AddrNotAvailable {
        StartError::AddressNotHere(address.ip())
    } else {
        StartError::CannotListen { address, kind }
    }
}

/// A listener at work.
pub(crate) struct Listening {
    pub(crate) sockets: Sockets,
    pub(crate) kind: ListenerKind,
    pub(crate) router: Router,
    pub(crate) shared: Arc<Shared>,
}

impl Listening {
    /// Accepts connections until `stopped` says so or is gone, then waits for those that are open.
    pub(crate) async fn run(self, mut stopped: watch::Receiver<bool>) {
        let Self { sockets, kind, router, shared } = self;
        let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        let mut connections = JoinSet::new();
        let mut turn = 0;
        loop {
            tokio::select! {
                next = next_connection(&sockets, &permits, &mut turn) => match next {
                    Ok((stream, permit)) => {
                        let tls = shared.keys().tls.get(kind);
                        let serving = connection::serve(stream, tls, kind, router.clone(), stopped.clone());
                        connections.spawn(async move {
                            serving.await;
                            drop(permit);
                        });
                    }
                    // One peer was gone before it was accepted.
                    Err(error) if is_about_one_peer(&error) => {}
                    Err(error) => {
                        // Out of file descriptors, for one; trying again at once would only burn the processor.
                        tracing::warn!(kind = %error.kind(), "token service cannot accept a connection");
                        sleep(Duration::from_millis(100)).await;
                    }
                },
                Some(ended) = connections.join_next() => {
                    if ended.is_err() {
                        tracing::error!("a connection of the token service ended by a panic");
                    }
                }
                () = wait_for_stop(&mut stopped) => break,
            }
        }
        drop(sockets);
        let open = async { while connections.join_next().await.is_some() {} };
        if timeout(STOP_GRACE, open).await.is_err() {
            connections.shutdown().await;
        }
    }
}

async fn next_connection(
    sockets: &Sockets,
    permits: &Arc<Semaphore>,
    turn: &mut usize,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.expect("nobody closes this semaphore");
    let stream = poll_fn(|cx| sockets.poll_accept(cx, turn)).await?;
    Ok((stream, permit))
}

/// Returns once the service is to stop, or is gone.
pub(crate) async fn wait_for_stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the service was dropped.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
