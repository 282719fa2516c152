//! What was done, by whom and when.

use chrono::{DateTime, Utc};
use messages::{Language, Message, message};

use crate::{id::EventId, person::Actor};

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
    pub subject: Message,
    /// More about it, such as a client id, a fingerprint or a reason; may be empty.
    pub detail: Message,
}

macro_rules! audit_actions {
    ($($(#[$doc:meta])* $name:ident => $code:literal, $phrase:expr;)*) => {
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
            pub fn phrase(self, language: Language) -> &'static str {
                match self { $(Self::$name => $phrase),* }.text(language)
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
    PersonAdded => "person_added", message!("activity-person-added");
    /// Somebody's name, e-mail or roles changed.
    PersonChanged => "person_changed", message!("activity-person-changed");
    /// Another person uses the installation now.
    PersonSwitched => "person_switched", message!("activity-person-switched");
    /// A portal was created.
    PortalCreated => "portal_created", message!("activity-portal-created");
    /// A portal in SAP was added.
    PortalAdded => "portal_added", message!("activity-portal-added");
    /// A portal's settings changed.
    PortalChanged => "portal_changed", message!("activity-portal-changed");
    /// A portal was deleted.
    PortalDeleted => "portal_deleted", message!("activity-portal-deleted");
    /// First credentials of a portal.
    CredentialsGenerated => "credentials_generated", message!("activity-credentials-generated");
    /// Further credentials; the former ones are superseded.
    CredentialsRegenerated => "credentials_regenerated", message!("activity-credentials-regenerated");
    /// Credentials of a portal in SAP were imported.
    CredentialsImported => "credentials_imported", message!("activity-credentials-imported");
    /// Somebody said when imported credentials were generated.
    LifetimeSet => "lifetime_set", message!("activity-lifetime-set");
    /// Copied to the clipboard.
    CredentialsCopied => "credentials_copied", message!("activity-credentials-copied");
    /// Written to a file.
    CredentialsExported => "credentials_exported", message!("activity-credentials-exported");
    /// *Copy* or *Export…* did not succeed.
    HandOverFailed => "hand_over_failed", message!("activity-hand-over-failed");
    /// Ended.
    CredentialsRetired => "credentials_retired", message!("activity-credentials-retired");
    /// Removed from Drawbridge; the portal in SAP goes on accepting them.
    CredentialsRemoved => "credentials_removed", message!("activity-credentials-removed");
    /// A certificate authority was generated: the first one, or one in place of another.
    AuthorityGenerated => "authority_generated", message!("activity-authority-generated");
    /// A hub was created.
    HubCreated => "hub_created", message!("activity-hub-created");
    /// A hub's settings changed.
    HubChanged => "hub_changed", message!("activity-hub-changed");
    /// A hub was deleted.
    HubDeleted => "hub_deleted", message!("activity-hub-deleted");
    /// A connection request was submitted.
    RequestSubmitted => "request_submitted", message!("activity-request-submitted");
    /// The credentials of a pending request were replaced.
    CredentialsEdited => "credentials_edited", message!("activity-credentials-edited");
    /// A request was approved.
    RequestApproved => "request_approved", message!("activity-request-approved");
    /// A request was rejected.
    RequestRejected => "request_rejected", message!("activity-request-rejected");
    /// The credentials of a connection were replaced.
    ConnectionReestablished => "connection_reestablished", message!("activity-connection-reestablished");
    /// Portal and hub of one subaccount were connected.
    ConnectedAutomatically => "connected_automatically", message!("activity-connected-automatically");
    /// A service instance was created by hand.
    ServiceInstanceCreated => "service_instance_created", message!("activity-service-instance-created");
    /// A service instance was deleted, and with it the credentials of its keys.
    ServiceInstanceDeleted => "service_instance_deleted", message!("activity-service-instance-deleted");
    /// A service key was created by hand.
    ServiceKeyCreated => "service_key_created", message!("activity-service-key-created");
    /// An API proxy was imported.
    ApiImported => "api_imported", message!("activity-api-imported");
    /// An API proxy was removed.
    ApiRemoved => "api_removed", message!("activity-api-removed");
    /// The destination of a connection was deleted.
    DestinationDeleted => "destination_deleted", message!("activity-destination-deleted");
    /// A connection works. Before, it did not, or nobody knew.
    ConnectionWorks => "connection_works", message!("activity-connection-works");
    /// A connection fails. Before, it did not, or for another cause.
    ConnectionFails => "connection_fails", message!("activity-connection-fails");
    /// The settings of the token service changed.
    TokenServiceChanged => "token_service_changed", message!("activity-token-service-changed");
    /// By which proxy connections are tested changed.
    ProxyChanged => "proxy_changed", message!("activity-proxy-changed");
    /// How often connections are tested changed.
    CheckIntervalChanged => "check_interval_changed", message!("activity-check-interval-changed");
    /// Whether the system asks before a secret is copied or revealed.
    AskingChanged => "asking_changed", message!("activity-asking-changed");
    /// The certificate of the authority was written to a file.
    AuthorityExported => "authority_exported", message!("activity-authority-exported");
    /// A change that was interrupted was undone or finished at the next start; what was left of it is set aside.
    InterruptionRepaired => "interruption_repaired", message!("activity-interruption-repaired");
    /// Another keychain belongs to this installation from now on.
    KeychainTakenOver => "keychain_taken_over", message!("activity-keychain-taken-over");
    /// A PingOne account was created.
    AccountCreated => "account_created", message!("activity-account-created");
    /// A PingOne account got another name.
    AccountRenamed => "account_renamed", message!("activity-account-renamed");
    /// A PingOne account was removed with its credentials.
    AccountRemoved => "account_removed", message!("activity-account-removed");
    /// A PingOne account got further credentials.
    ConnectionCredentialAdded => "connection_credential_added", message!("activity-connection-credential-added");
    /// Credentials that PingOne has were recorded.
    ConnectionCredentialRecorded => "connection_credential_recorded", message!("activity-connection-credential-recorded");
    /// The client id that PingOne shows was entered, or corrected.
    ClientIdEntered => "client_id_entered", message!("activity-client-id-entered");
    /// Credentials were deleted here.
    ConnectionCredentialForgotten => "connection_credential_forgotten", message!("activity-connection-credential-forgotten");
    /// The description of API Credentials changed.
    ConnectionCredentialChanged => "connection_credential_changed", message!("activity-connection-credential-changed");
    /// Connection API Credentials got another secret.
    ConnectionSecretReplaced => "connection_secret_replaced", message!("activity-connection-secret-replaced");
    /// Replacing a secret was undone.
    ConnectionSecretRestored => "connection_secret_restored", message!("activity-connection-secret-restored");
    /// A replaced secret is not kept any more.
    FormerSecretEnded => "former_secret_ended", message!("activity-former-secret-ended");
    /// Somebody was removed.
    PersonRemoved => "person_removed", message!("activity-person-removed");
    /// A portal got another name or subaccount.
    PortalRenamed => "portal_renamed", message!("activity-portal-was-renamed");
    /// A hub got another name.
    HubRenamed => "hub_renamed", message!("activity-hub-renamed");
    /// A hub in SAP was recorded.
    HubTracked => "hub_tracked", message!("activity-hub-tracked");
    /// A hub in SAP was forgotten, with its records.
    HubForgotten => "hub_forgotten", message!("activity-hub-forgotten");
    /// A portal in SAP was forgotten, with its credentials.
    PortalForgotten => "portal_forgotten", message!("activity-portal-forgotten");
    /// A request at a hub in SAP was recorded.
    RequestRecorded => "request_recorded", message!("activity-request-recorded");
    /// That a request was approved in SAP was recorded.
    ApprovalRecorded => "approval_recorded", message!("activity-approval-recorded");
    /// That a request was rejected in SAP was recorded.
    RejectionRecorded => "rejection_recorded", message!("activity-rejection-recorded");
    /// What is recorded about a request in SAP was corrected.
    RecordChanged => "record_changed", message!("activity-record-changed");
    /// A record of a request in SAP was forgotten.
    RecordForgotten => "record_forgotten", message!("activity-record-forgotten");
    /// A secret was shown.
    SecretRevealed => "secret_revealed", message!("activity-secret-revealed");
}
