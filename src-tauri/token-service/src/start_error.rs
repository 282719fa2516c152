//! Why the token service cannot start, and what to do.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use chrono::{DateTime, SecondsFormat, Utc};

/// Why the token service did not start, or did not take new keys. Carries nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("port {} at {} is in use by another program", .0.port(), .0.ip())]
    PortInUse(SocketAddr),
    /// The system keeps that port for itself or for its administrators.
    #[error("this user may not open port {} at {}", .0.port(), .0.ip())]
    PortNotPermitted(SocketAddr),
    /// No network interface has that address.
    #[error("{0} is not an address of this computer")]
    AddressNotHere(IpAddr),
    /// The system refuses for another reason.
    #[error("the token service cannot listen at {address}: {kind}")]
    CannotListen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// A key or certificate of the service is no good.
    #[error("the token service cannot use its keys: {0}")]
    KeysUnusable(UnusableKey),
    /// The clock shows a time before the service's own certificate begins: every client would refuse it, and client
    /// certificates would be checked against the wrong time.
    #[error(
        "the clock of this computer is behind: it shows {}, and the certificate of the token service begins at {}",
        .now.to_rfc3339_opts(SecondsFormat::Secs, true),
        .not_before.to_rfc3339_opts(SecondsFormat::Secs, true)
    )]
    ClockBehind {
        /// What the clock shows.
        now: DateTime<Utc>,
        /// When the certificate begins.
        not_before: DateTime<Utc>,
    },
}

impl StartError {
    /// What the user can do, in one or two sentences.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::PortInUse(_) => {
                "Stop the program that uses the port (it may be Drawbridge itself: another window, or `drawbridge serve`), or \
                 choose another port for the token service. Credentials that \
                 were exported before carry the former port."
            }
            Self::PortNotPermitted(_) => "Choose another port above 1023 for the token service.",
            Self::AddressNotHere(_) => {
                "Choose an address of this computer, or 127.0.0.1 when only programs on this computer use it."
            }
            Self::CannotListen { .. } => "Check the network of this computer, then start the token service again.",
            Self::KeysUnusable(_) => "Start the token service again: keys that are damaged are replaced by new ones.",
            Self::ClockBehind { .. } => "Set the date and time of this computer, then start the token service again.",
        }
    }
}

/// Which of the service's keys is no good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// No certificate, or a damaged one.
    #[error("the TLS certificate is missing or damaged")]
    TlsCertificate,
    /// No private key that TLS knows.
    #[error("the TLS key is damaged or of a kind that is not supported")]
    TlsKey,
    /// Certificate and key do not belong together.
    #[error("the TLS key does not belong to the TLS certificate")]
    TlsPair,
    /// Not a P-256 key.
    #[error("the key that signs tokens is damaged or not on the curve P-256")]
    SigningKey,
    /// No authority for client certificates, or a damaged one.
    #[error("the certificate of an authority for client certificates is missing or damaged")]
    ClientAuthority,
    /// The random generator of the cryptography library failed.
    #[error("the system gave no random numbers")]
    NoRandomness,
}
