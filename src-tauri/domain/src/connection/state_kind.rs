//! Where a request stands, in one word.

/// The kinds of state, to ask for requests by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestStateKind {
    /// Waits for a hub admin.
    Pending,
    /// The portal is connected.
    Approved,
    /// Turned down.
    Rejected,
}

impl RequestStateKind {
    /// The word on the screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}
