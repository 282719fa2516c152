//! Opens the sockets of a listener and accepts connections on them.

use std::{
    future::poll_fn,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{AbortHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::{
    StartError,
    connection::{self, wait_for_stop},
    peer::Peer,
    routes::Routes,
    shared::Shared,
    source::Source,
    tls::ListenerKind,
};

/// How many connections a listener holds at once. When a further one comes, the oldest that has proved nothing is
/// closed; if all have proved to be a client, the new one waits in the system's queue.
pub(crate) const MAX_CONNECTIONS: usize = 512;
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

    /// Takes the next connection of any socket. A busy socket does not starve the others.
    fn poll_accept(&self, cx: &mut Context<'_>, turn: &mut usize) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        *turn = turn.wrapping_add(1);
        let count = self.listeners.len();
        for index in 0..count {
            let (listener, _) = &self.listeners[turn.wrapping_add(index) % count];
            if let Poll::Ready(result) = listener.poll_accept(cx) {
                return Poll::Ready(result);
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
    pub(crate) routes: Routes,
    pub(crate) shared: Arc<Shared>,
    /// How many connections it holds at once.
    pub(crate) most: usize,
}

impl Listening {
    /// Accepts connections until `stopped` says so or is dropped, then waits for those that are open.
    pub(crate) async fn run(self, mut stopped: watch::Receiver<bool>) {
        let Self { sockets, kind, routes, shared, most } = self;
        let mut connections = JoinSet::new();
        let mut open = Open { connections: Vec::new(), most };
        let mut turn = 0;
        loop {
            tokio::select! {
                next = poll_fn(|cx| sockets.poll_accept(cx, &mut turn)), if open.has_room() => match next {
                    Ok((stream, address)) => {
                        open.make_room();
                        let peer = Arc::new(Peer::at(Source::of(address.ip())));
                        let tls = shared.keys().tls.get(kind);
                        let serving =
                            connection::serve(stream, Arc::clone(&peer), tls, kind, routes.clone(), stopped.clone());
                        let task = connections.spawn(serving);
                        open.connections.push(OpenConnection { peer, task });
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
                    if ended.is_err_and(|error| error.is_panic()) {
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

/// The connections of a listener, the oldest first. Some may have ended.
struct Open {
    connections: Vec<OpenConnection>,
    most: usize,
}

struct OpenConnection {
    peer: Arc<Peer>,
    task: AbortHandle,
}

impl Open {
    /// Whether another connection can be taken.
    fn has_room(&mut self) -> bool {
        self.connections.len() < self.most || {
            self.connections.retain(|connection| !connection.task.is_finished());
            self.connections.len() < self.most || self.find_oldest_stranger().is_some()
        }
    }

    /// Closes the oldest connection that has proved nothing, if the listener is full: otherwise silent connections
    /// would keep out all others.
    fn make_room(&mut self) {
        if self.connections.len() >= self.most
            && let Some(oldest) = self.find_oldest_stranger()
        {
            self.connections.remove(oldest).task.abort();
        }
    }

    fn find_oldest_stranger(&self) -> Option<usize> {
        self.connections.iter().position(|connection| !connection.peer.is_authenticated())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// promise A9: a full listener takes the next connection, and who proved nothing makes room.
    #[tokio::test]
    async fn the_oldest_that_proved_nothing_makes_room_and_where_all_have_proved_themselves_there_is_none() {
        let mut tasks = JoinSet::new();
        let mut open = Open { connections: Vec::new(), most: 3 };
        for _ in 0..3 {
            assert!(open.has_room());
            open.make_room();
            let task = tasks.spawn(std::future::pending::<()>());
            open.connections.push(OpenConnection { peer: Arc::default(), task });
        }
        open.connections[0].peer.authenticate();
        let second = open.connections[1].task.clone();
        assert!(open.has_room());
        open.make_room();
        assert!(tasks.join_next().await.is_some_and(|ended| ended.is_err_and(|error| error.is_cancelled())));
        assert!(second.is_finished() && open.connections.len() == 2, "the first one proved itself");

        let task = tasks.spawn(std::future::pending::<()>());
        open.connections.push(OpenConnection { peer: Arc::default(), task });
        open.connections[1].peer.authenticate();
        open.connections[2].peer.authenticate();
        assert!(!open.has_room(), "the next one waits");
        open.connections[0].task.abort();
        tasks.join_next().await;
        assert!(open.has_room(), "until one of them ends");
    }
}
