//! The stages of a connection test.

use std::time::Duration;

use messages::{Language, Message, message};

/// The stages, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The document can be read and its parts fit.
    Document,
    /// The certificate is valid now.
    Validity,
    /// The host of the token endpoint has an address and takes connections.
    NameAndNetwork,
    /// A TLS connection to it, with the client certificate if there is one.
    Tls,
    /// The token endpoint gives an access token.
    Token,
    /// The portal API answers with the portal's APIs.
    PortalApi,
    /// The hub has the destination of the connection.
    Destination,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 7] = [
        Self::Document,
        Self::Validity,
        Self::NameAndNetwork,
        Self::Tls,
        Self::Token,
        Self::PortalApi,
        Self::Destination,
    ];

    /// How long a stage may take.
    pub const TIME_LIMIT: Duration = Duration::from_secs(10);

    /// The code on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Validity => "validity",
            Self::NameAndNetwork => "name_and_network",
            Self::Tls => "tls",
            Self::Token => "token",
            Self::PortalApi => "portal_api",
            Self::Destination => "destination",
        }
    }

    /// The stage of that code.
    pub fn find_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// What a person reads.
    pub fn name(self, language: Language) -> &'static str {
        self.name_message().text(language)
    }

    /// [`Self::name`], as part of another message.
    pub const fn name_message(self) -> Message {
        match self {
            Self::Document => message!("stage-document"),
            Self::Validity => message!("stage-validity"),
            Self::NameAndNetwork => message!("stage-name-and-network"),
            Self::Tls => message!("stage-tls"),
            Self::Token => message!("stage-token"),
            Self::PortalApi => message!("stage-portal-api"),
            Self::Destination => message!("stage-destination"),
        }
    }
}
