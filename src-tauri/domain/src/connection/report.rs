//! A request at a hub in SAP is known from what people report.

/// What people report about a request at a hub in SAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Who submitted the request.
    pub submitted_by: String,
    /// Who approved or rejected it; empty while it is pending, or if nobody has said it.
    pub decided_by: String,
    /// A note of one's own, which the hub does not have; may be empty.
    pub note: String,
    /// The ticket in which it was asked for; may be empty.
    pub ticket: String,
}

impl Report {
    /// The longest name of somebody in SAP, and the longest ticket, in characters.
    pub const MAX_LENGTH: usize = 120;
}
