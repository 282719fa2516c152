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
    /// A portal was deleted.
    PortalDeleted => "portal_deleted", "Portal deleted";
    /// First credentials of a portal.
    CredentialsGenerated => "credentials_generated", "Credentials generated";
    /// Further credentials; the former ones are superseded.
    CredentialsRegenerated => "credentials_regenerated", "Credentials regenerated";
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
    /// A change that was interrupted was undone or finished at the next start.
    InterruptionRepaired => "interruption_repaired", "Interrupted change repaired";
}
