//! What was done, by whom and when.

use chrono::{DateTime, Utc};

use crate::{Actor, id::EventId};

/// An entry of the *Activity* page. It never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Identifies the entry; sorts by time.
    pub id: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: AuditAction,
    /// To which portal, request, hub or person.
    pub subject: String,
    /// More about it, such as a client id, a fingerprint or a reason; may be empty.
    pub detail: String,
}

macro_rules! audit_actions {
    ($($(#[$doc:meta])* $name:ident => $code:literal, $phrase:literal;)*) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $($(#[$doc])* $name,)*
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code it is stored under.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What a person reads, and what the search looks through.
            pub const fn phrase(self) -> &'static str {
                match self { $(Self::$name => $phrase),* }
            }

            /// The action stored under `code`.
            pub fn find_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.code() == code)
            }
        }
    };
}

audit_actions! {
    /// Somebody was added.
    PersonAdded => "person_added", "Person added";
    /// Somebody's name, e-mail or roles changed.
    PersonChanged => "person_changed", "Person changed";
    /// Another person uses the installation now.
    PersonSwitched => "person_switched", "Switched person";
    /// A portal was created.
    PortalCreated => "portal_created", "Portal created";
    /// A portal that lives elsewhere was added.
    PortalAdded => "portal_added", "Portal added";
    /// A portal was deleted.
    PortalDeleted => "portal_deleted", "Portal deleted";
    /// First credentials of a portal.
    CredentialsGenerated => "credentials_generated", "Credentials generated";
    /// Further credentials; the former ones are superseded.
    CredentialsRegenerated => "credentials_regenerated", "Credentials regenerated";
    /// Credentials of a portal elsewhere were imported.
    CredentialsImported => "credentials_imported", "Credentials imported";
    /// It was told when imported credentials were generated.
    LifetimeSet => "lifetime_set", "Date of generation set";
    /// Copied to the clipboard.
    CredentialsCopied => "credentials_copied", "Credentials copied";
    /// Written to a file.
    CredentialsExported => "credentials_exported", "Credentials exported";
    /// *Copy* or *Export…* did not succeed.
    HandOverFailed => "hand_over_failed", "Copy or export failed";
    /// Ended.
    CredentialsRetired => "credentials_retired", "Credentials retired";
    /// A certificate authority was generated: the first one, or one in place of another.
    AuthorityGenerated => "authority_generated", "Certificate authority generated";
    /// A hub was created.
    HubCreated => "hub_created", "Hub created";
    /// A hub's settings changed.
    HubChanged => "hub_changed", "Hub changed";
    /// A hub was deleted.
    HubDeleted => "hub_deleted", "Hub deleted";
    /// A connection request was submitted.
    RequestSubmitted => "request_submitted", "Connection request submitted";
    /// The credentials of a pending request were replaced.
    CredentialsEdited => "credentials_edited", "Credentials edited";
    /// A request was approved.
    RequestApproved => "request_approved", "Connection request approved";
    /// A request was rejected.
    RequestRejected => "request_rejected", "Connection request rejected";
    /// The credentials of a connection were replaced.
    ConnectionReestablished => "connection_reestablished", "Connection re-established";
    /// Portal and hub of one subaccount were connected.
    ConnectedAutomatically => "connected_automatically", "Connected automatically";
    /// A service instance was created by hand.
    ServiceInstanceCreated => "service_instance_created", "Service instance created";
    /// A service instance was deleted, and with it the credentials of its keys.
    ServiceInstanceDeleted => "service_instance_deleted", "Service instance deleted";
    /// A service key was created by hand.
    ServiceKeyCreated => "service_key_created", "Service key created";
    /// An API proxy was imported.
    ApiImported => "api_imported", "API imported";
    /// An API proxy was removed.
    ApiRemoved => "api_removed", "API removed";
    /// The destination of a connection was deleted.
    DestinationDeleted => "destination_deleted", "Destination deleted";
    /// A connection works, which it did not before, or was not known to.
    ConnectionWorks => "connection_works", "Connection works";
    /// A connection fails, which it did not before, or for another cause.
    ConnectionFails => "connection_fails", "Connection fails";
    /// The settings of the token service changed.
    TokenServiceChanged => "token_service_changed", "Token service changed";
    /// How often connections are tested changed.
    CheckIntervalChanged => "check_interval_changed", "Test interval changed";
    /// The certificate of the authority was written to a file.
    AuthorityExported => "authority_exported", "CA certificate exported";
    /// A change that was interrupted was undone or finished at the next start.
    InterruptionRepaired => "interruption_repaired", "Interrupted change repaired";
}
