//! Why the token service cannot start, and what to do.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use domain::messages::{Message, message};

/// Why the token service did not start, or did not take new keys. Carries nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum StartError {
    /// Another program listens there.
    PortInUse(SocketAddr),
    /// The system keeps that port for itself or for its administrators.
    PortNotPermitted(SocketAddr),
    /// No network interface has that address.
    AddressNotHere(IpAddr),
    /// The system refuses for another reason.
    CannotListen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A key or certificate of the service is no good.
    KeysUnusable(UnusableKey),
}

impl StartError {
    /// What happened, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        let port = |at: &SocketAddr| at.port().to_string();
        let address = |at: &SocketAddr| at.ip().to_string();
        match self {
            Self::PortInUse(at) => message!("token-service-port-in-use", port = port(at), address = address(at)),
            Self::PortNotPermitted(at) => {
                message!("token-service-port-not-permitted", port = port(at), address = address(at))
            }
            Self::AddressNotHere(at) => message!("token-service-address-not-here", address = at.to_string()),
            Self::CannotListen { address, kind } => {
                message!("token-service-cannot-listen", address = address.to_string(), reason = kind.to_string())
            }
            Self::KeysUnusable(key) => message!("token-service-keys-unusable", reason = key.message()),
        }
    }
}

/// Which of the service's keys is no good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum UnusableKey {
    /// No certificate, or a damaged one.
    TlsCertificate,
    /// No private key that TLS knows.
    TlsKey,
    /// Certificate and key do not belong together.
    TlsPair,
    /// Not a P-256 key.
    SigningKey,
    /// No authority for client certificates, or a damaged one.
    ClientAuthority,
    /// The random generator of the cryptography library failed.
    NoRandomness,
}

impl UnusableKey {
    /// What is wrong, as a sentence without its beginning and end.
    pub const fn message(self) -> Message {
        match self {
            Self::TlsCertificate => message!("token-service-tls-certificate"),
            Self::TlsKey => message!("token-service-tls-key"),
            Self::TlsPair => message!("token-service-tls-pair"),
            Self::SigningKey => message!("token-service-signing-key"),
            Self::ClientAuthority => message!("token-service-client-authority"),
            Self::NoRandomness => message!("token-service-no-randomness"),
        }
    }
}
