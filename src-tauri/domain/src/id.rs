//! Identifiers: UUIDs (RFC 9562 version 7, so that they sort by creation), one type per thing.

use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

id!(
    /// A person who uses this installation.
    PersonId
);
id!(
    /// An API portal.
    PortalId
);
id!(
    /// A credential that a portal generated.
    CredentialId
);
id!(
    /// An API hub.
    HubId
);
id!(
    /// A connection request in a hub.
    RequestId
);
id!(
    /// A secret's item in the OS keychain.
    SecretId
);
id!(
    /// An entry of the activity list.
    EventId
);
id!(
    /// A service instance of a portal.
    ServiceInstanceId
);
id!(
    /// An API proxy of a portal.
    ApiProxyId
);
id!(
    /// A PingOne account.
    PingOneAccountId
);
id!(
    /// Connection API Credentials of a PingOne account.
    ConnectionApiCredentialId
);
