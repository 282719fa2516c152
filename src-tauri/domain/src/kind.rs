//! Whether something is *local* or *in SAP*.

use messages::{Message, message};

/// Where a portal, a hub or a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Drawbridge is the portal or the hub: it issues credentials and honours them, keeps requests and decides them.
    Local,
    /// It is in the vendor's cloud. Drawbridge records it, tests it and watches its time; what is changed here changes
    /// nothing there.
    InSap,
}

impl Kind {
    /// The tag on screens and in lists: *Local*, *In SAP*.
    pub const fn tag_message(self) -> Message {
        match self {
            Self::Local => message!("kind-local"),
            Self::InSap => message!("kind-in-sap"),
        }
    }

    /// A name with its tag, for *Activity*: "EU Shop (in SAP)".
    pub(crate) fn tagged(self, name: &str) -> Message {
        match self {
            Self::Local => message!("activity-local", name = name),
            Self::InSap => message!("activity-in-sap", name = name),
        }
    }
}
