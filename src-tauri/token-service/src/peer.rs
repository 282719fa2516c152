//! The other end of a connection: where it is, and what it has proved so far.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::{slowdown::ClientKey, source::Source};

/// The other end of one connection. All its requests share it.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    source: Source,
    authenticated: AtomicBool,
    /// The last client that it proved to be; 0 if none.
    proved: AtomicU64,
}

impl Peer {
    pub(crate) fn at(source: Source) -> Self {
        Self { source, ..Self::default() }
    }

    pub(crate) const fn source(&self) -> Source {
        self.source
    }

    /// It proved to be that client.
    pub(crate) fn prove(&self, client: ClientKey) {
        self.proved.store(client.0, Ordering::Relaxed);
        self.authenticate();
    }

    /// Whether it proved to be that client before, on this connection. The other end of a connection cannot change.
    pub(crate) fn has_proved(&self, client: ClientKey) -> bool {
        self.proved.load(Ordering::Relaxed) == client.0
    }

    /// It showed something that only clients of this service have.
    pub(crate) fn authenticate(&self) {
        self.authenticated.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_authenticated(&self) -> bool {
        self.authenticated.load(Ordering::Relaxed)
    }
}
