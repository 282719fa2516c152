//! The other end of a connection: where it is, and what it has proved so far.

use std::{
    net::IpAddr,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::slowdown::ClientKey;

/// The other end of one connection. All its requests share it.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    source: Source,
    authenticated: AtomicBool,
    /// The last client that it proved to be; 0 if none.
    proved: AtomicU64,
}

/// Where attempts come from that are counted together. Whoever can choose among many addresses must not count as many:
/// this computer is one source, and so is a network of IPv6 that one customer has (RFC 6177: /64 at least).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// A program on this computer.
    #[default]
    Here,
    Ipv4([u8; 4]),
    Ipv6Network([u16; 4]),
}

impl Source {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            address if address.is_loopback() => Self::Here,
            IpAddr::V4(address) => Self::Ipv4(address.octets()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self::Ipv6Network([a, b, c, d])
            }
        }
    }
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

    /// Whether it proved to be that client before, on this connection. Nobody else can be at its end since.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_one_sender_can_choose_among_are_one_source() {
        let source = |address: &str| Source::of(address.parse().unwrap());
        for here in ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(source(here), Source::Here, "{here}");
        }
        assert_eq!(source("2001:db8:1:2::3"), source("2001:db8:1:2:9:8:7:6"));
        assert_ne!(source("2001:db8:1:2::3"), source("2001:db8:1:3::3"));
        assert_ne!(source("192.0.2.1"), source("192.0.2.2"));
        assert_eq!(source("192.0.2.1"), source("::ffff:192.0.2.1"));
    }
}
