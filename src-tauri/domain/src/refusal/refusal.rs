//! What the rules can refuse.

use chrono::{DateTime, Utc};
use documents::{ExportError, Finding, NotOpenApi};
use messages::Message;

use crate::{
    connection::RequestStateKind,
    input::InputProblem,
    person::{Action, Person, Role},
    pingone::PingOneProblem,
};

/// A rule says no. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum Refusal {
    /// No person exists yet.
    NoPerson,
    /// The first person exists already.
    PersonExists,
    /// The person lacks roles.
    RoleMissing {
        /// What was to be done.
        action: Action,
        /// The roles that are missing.
        missing: Vec<Role>,
        /// Who lacks them.
        person: Box<Person>,
    },
    /// Only the submitter edits a pending request.
    NotSubmitter {
        /// Alias of the request.
        alias: String,
        /// Who submitted it.
        submitter: String,
    },
    /// The hub demands that somebody else approves.
    FourEyes {
        /// Alias of the request.
        alias: String,
    },
    /// The request is in a state that does not allow it.
    WrongState {
        /// Alias of the request.
        alias: String,
        /// The state it is in.
        state: RequestStateKind,
        /// What was to be done.
        action: Action,
    },
    /// The hub has all the portals it can have.
    HubFull {
        /// Name of the hub.
        hub: String,
    },
    /// The portal has an open request already.
    PortalInUse {
        /// Name of the hub.
        hub: String,
        /// Alias of the request there.
        alias: String,
        /// Where that request stands.
        state: RequestStateKind,
    },
    /// Portal and hub are in one subaccount.
    SameSubaccount {
        /// Name of the portal.
        portal: String,
        /// Name of the hub.
        hub: String,
    },
    /// The portal belongs to the hub of its own subaccount.
    BoundToOwnHub {
        /// Name of the portal.
        portal: String,
        /// Name of the hub in its subaccount.
        hub: String,
    },
    /// The alias is in use in this hub.
    AliasTaken {
        /// The alias.
        alias: String,
    },
    /// The mandatory checkbox is not ticked.
    IrrevocableNotConfirmed,
    /// The credentials are another portal's.
    OtherPortal {
        /// Alias of the request.
        alias: String,
        /// The portal of the credentials.
        found: String,
    },
    /// One portal, or one hub, per subaccount.
    SubaccountTaken {
        /// The subaccount.
        subaccount: String,
        /// "portal" or "hub".
        thing: &'static str,
        /// Name of the one that is there.
        name: String,
    },
    /// The portal has current credentials already.
    CredentialsExist {
        /// Name of the portal.
        portal: String,
    },
    /// There is nothing to regenerate.
    NoCredentials {
        /// Name of the portal.
        portal: String,
    },
    /// The credential is retired: its secret is gone.
    Retired {
        /// Its client id.
        client_id: String,
    },
    /// The portal never generated this credential.
    UnknownCredential {
        /// Name of the portal.
        portal: String,
    },
    /// The destination of the connection was deleted before.
    DestinationDeleted {
        /// Alias of the request.
        alias: String,
    },
    /// The service instance was deleted.
    InstanceDeleted {
        /// Its name.
        name: String,
    },
    /// A client secret that a person chose is too weak.
    WeakSecret {
        /// The least number of characters.
        least: usize,
    },
    /// A client secret that a person chose cannot be sent as such.
    SecretCharacters,
    /// Open requests hold credentials with other addresses than the service is to have.
    AddressesInUse {
        /// The aliases of the requests.
        connections: Vec<String>,
    },
    /// The token service would be reachable from other computers, and nobody confirmed that.
    NotLoopback {
        /// The address.
        address: String,
    },
    /// The token service has never run: it has no certificate authority yet.
    NoAuthority,
    /// There is no other keychain to take over.
    KeychainIsKnown,
    /// This computer's clock shows a time before a certificate of the token service or of an authority begins. Either
    /// it is slow now, or it was fast when the certificate was made. Which of the two is not certain yet.
    ClockBehind {
        /// When the certificate begins.
        not_before: DateTime<Utc>,
    },
    /// This computer's clock jumped ahead by more than a day. Whether the new time is right is not certain yet.
    ClockAhead {
        /// What it showed before.
        from: DateTime<Utc>,
        /// What it showed then.
        to: DateTime<Utc>,
    },
    /// What was imported is no OpenAPI document.
    NotOpenApi(NotOpenApi),
    /// Something was cancelled by the user.
    Cancelled,
    /// The hub holds this very credential already.
    SameCredential {
        /// Alias of the request.
        alias: String,
    },
    /// A hub still holds this credential for an open request.
    StillApplied {
        /// Name of the hub.
        hub: String,
        /// Alias of the request.
        alias: String,
        /// Where the request stands.
        state: RequestStateKind,
    },
    /// Something was typed wrongly.
    Input(#[from] InputProblem),
    /// The document is not usable.
    Document(#[from] Finding),
    /// The portal is in SAP: what it owns cannot be changed from here.
    PortalInSap {
        /// Name of the portal.
        portal: String,
        /// What was to be done.
        action: Action,
    },
    /// The portal lives in this installation: its credentials are generated, not imported.
    PortalLocal {
        /// Name of the portal.
        portal: String,
    },
    /// The portal of a document is managed already.
    PortalKnown {
        /// Its URL.
        url: String,
        /// Its name.
        portal: String,
    },
    /// The credentials to import are another portal's.
    WrongPortal {
        /// Name of the portal.
        portal: String,
        /// The URL in the credentials.
        found: String,
    },
    /// The credentials to import are the current ones.
    SameImport {
        /// Name of the portal.
        portal: String,
    },
    /// An export was cancelled by the user.
    ExportCancelled,
    /// The person has to say when the credentials were generated.
    LifetimeNeeded,
    /// The lifetime of these credentials cannot be set.
    LifetimeKnown {
        /// From where.
        reason: Message,
    },
    /// A time of generation in the future.
    GeneratedInFuture,
    /// The credentials cannot be written in the format.
    NotExportable(#[from] ExportError),
    /// Connection API Credentials do not allow it.
    PingOne(#[from] PingOneProblem),
    /// A hub in SAP decides there; here its requests are records.
    HubInSap {
        /// Name of the hub.
        hub: String,
    },
    /// A local hub decides its requests itself; only what happens in SAP is recorded.
    HubLocal {
        /// Name of the hub.
        hub: String,
    },
    /// The request is a record of one in SAP, where it has to be done.
    RequestInSap {
        /// Alias of the request.
        alias: String,
        /// What was to be done.
        action: Action,
    },
    /// The request is one of a local hub, not a record.
    RequestLocal {
        /// Alias of the request.
        alias: String,
        /// What was to be done.
        action: Action,
    },
    /// What is to be recorded is against the vendor's rules, which SAP enforces, not Drawbridge.
    SapWillRefuse {
        /// What speaks against it.
        doubts: Vec<Message>,
    },
    /// A portal and a hub of one subaccount are about to be connected for good.
    WillBeConnected {
        /// Name of the portal.
        portal: String,
        /// Name of the hub.
        hub: String,
    },
    /// The subaccount of a local portal is settled when it is created.
    SubaccountFixed {
        /// Name of the portal.
        portal: String,
    },
    /// Nobody can remove the person who is using the installation.
    PersonInUse {
        /// Name of the person.
        name: String,
    },
}
