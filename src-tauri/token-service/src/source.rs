//! Where attempts come from.

use std::net::IpAddr;

/// Where attempts come from that are counted together. Somebody who has many addresses must not count as many sources:
/// this computer is one source, and so is the IPv6 network of one customer (RFC 6177: /64 at least).
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
