//! Whether something is local or in SAP.

use domain::{kind::Kind, messages::Language};

use crate::declare::wire;

wire! {
    /// Where a portal, a hub or a connection is.
    reply enum KindName {
        /// In this installation.
        Local,
        /// In SAP: what is here is a record of it.
        InSap,
    }
}

impl KindName {
    /// The tag in lists.
    pub fn tag(&self, language: Language) -> &'static str {
        match self {
            Self::Local => Kind::Local,
            Self::InSap => Kind::InSap,
        }
        .tag_message()
        .text(language)
    }
}

impl From<Kind> for KindName {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Local => Self::Local,
            Kind::InSap => Self::InSap,
        }
    }
}
