//! Where a request was sent.

/// Where a request was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the host, without the path of a portal.
    Host,
    /// Below the path of this portal, which exists.
    Portal(String),
}

impl Place {
    pub(crate) fn slug(&self) -> Option<&str> {
        match self {
            Self::Host => None,
            Self::Portal(slug) => Some(slug),
        }
    }
}
