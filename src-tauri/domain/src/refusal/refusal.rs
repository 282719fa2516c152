//! Why the domain does not do what was asked, and what to do instead.

use chrono::{DateTime, Utc};
use documents::{ExportError, Finding, FindingKind, NotOpenApi, Part};
use messages::{Argument, Joined, Message, Moment, message};

use crate::{
    connection::RequestStateKind,
    hub::Hub,
    input::{Field, InputProblem},
    person::{Action, Person, Role},
    pingone::PingOneProblem,
    refusal::Confirmation,
};

/// A rule says no. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
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
    /// This computer's clock is before a certificate of the token service or of an authority, or was ahead when that was
    /// made. Which of the two is not certain yet.
    ClockBehind {
        /// When the certificate begins.
        not_before: DateTime<Utc>,
    },
    /// This computer's clock went ahead by more than a day; whether to where the time is is not certain yet.
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
    /// Something still depends on what was to be deleted.
    StillNeeded {
        /// What was to be deleted.
        name: String,
        /// What depends on it.
        reason: Message,
        /// Whether a connection depends on it, which nothing can end.
        connected: bool,
    },
    /// Something was typed wrongly.
    Input(#[from] InputProblem),
    /// The document is not usable.
    Document(#[from] Finding),
    /// The portal lives elsewhere: what it owns cannot be changed from here.
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
    /// It has to be told when the credentials were generated.
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

impl Refusal {
    /// What is wrong, as a sentence without its beginning and end, with what to do instead ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        match self {
            Self::NoPerson => message!("refusal-no-person"),
            Self::PersonExists => message!("refusal-person-exists"),
            Self::RoleMissing { action, missing, person } => message!(
                "refusal-role-missing",
                person = &person.name,
                action = action.phrase_message(),
                roles = list_roles(missing),
                count = missing.len()
            ),
            Self::NotSubmitter { alias, submitter } => {
                message!("refusal-not-submitter", alias = alias, submitter = submitter)
            }
            Self::FourEyes { alias } => message!("refusal-four-eyes", alias = alias),
            Self::WrongState { alias, state, action } => message!(
                "refusal-wrong-state",
                alias = alias,
                state = state.word(),
                action = action.phrase_message(),
                instead = match (state, action) {
                    (RequestStateKind::Pending, Action::DeleteDestination) => "destination",
                    (RequestStateKind::Pending, _) => "edit",
                    (RequestStateKind::Approved, Action::EditCredentials) => "reestablish",
                    (RequestStateKind::Approved, _) => "nothing",
                    (RequestStateKind::Rejected, _) => "submit",
                }
            ),
            Self::HubFull { hub } => message!("refusal-hub-full", hub = hub, most = Hub::MAX_PORTALS),
            Self::PortalInUse { hub, alias, state } => {
                message!("refusal-portal-in-use", hub = hub, alias = alias, state = state.word())
            }
            Self::SameSubaccount { portal, hub } => message!("refusal-same-subaccount", portal = portal, hub = hub),
            Self::BoundToOwnHub { portal, hub } => message!("refusal-bound-to-own-hub", portal = portal, hub = hub),
            Self::AliasTaken { alias } => message!("refusal-alias-taken", alias = alias),
            Self::IrrevocableNotConfirmed => message!("refusal-irrevocable"),
            Self::OtherPortal { alias, found } => message!("refusal-other-portal", alias = alias, found = found),
            Self::SubaccountTaken { subaccount, thing, name } => {
                message!("refusal-subaccount-taken", subaccount = subaccount, thing = *thing, name = name)
            }
            Self::CredentialsExist { portal } => message!("refusal-credentials-exist", portal = portal),
            Self::NoCredentials { portal } => message!("refusal-no-credentials", portal = portal),
            Self::Retired { client_id } => message!("refusal-retired", client = client_id),
            Self::UnknownCredential { portal } => message!("refusal-unknown-credential", portal = portal),
            Self::DestinationDeleted { alias } => message!("refusal-destination-deleted", alias = alias),
            Self::InstanceDeleted { name } => message!("refusal-instance-deleted", name = name),
            Self::WeakSecret { least } => message!("refusal-weak-secret", least = *least),
            Self::SecretCharacters => message!("refusal-secret-characters"),
            Self::AddressesInUse { connections } => {
                let aliases = Argument::list(connections, Joined::ByComma);
                message!("refusal-addresses-in-use", count = connections.len(), aliases = aliases)
            }
            Self::NotLoopback { address } => message!("refusal-not-loopback", address = address),
            Self::NoAuthority => message!("refusal-no-authority"),
            Self::KeychainIsKnown => message!("refusal-keychain-known"),
            Self::ClockBehind { not_before } => message!("refusal-clock-behind", start = Moment(*not_before)),
            Self::ClockAhead { from, to } => {
                message!("refusal-clock-ahead", from = Moment(*from), to = Moment(*to))
            }
            Self::NotOpenApi(problem) => problem.message(),
            Self::Cancelled => message!("refusal-cancelled"),
            Self::SameCredential { alias } => message!("refusal-same-credential", alias = alias),
            Self::StillApplied { hub, alias, state } => {
                message!("refusal-still-applied", hub = hub, alias = alias, state = state.word())
            }
            Self::StillNeeded { name, reason, connected } => {
                let connected = if *connected { "yes" } else { "no" };
                message!("refusal-still-needed", name = name, reason = reason, connected = connected)
            }
            Self::Input(problem) => problem.message(),
            Self::Document(finding) => finding.message(),
            Self::PortalInSap { portal, action } => message!(
                "refusal-portal-in-sap",
                portal = portal,
                action = action.phrase_message(),
                then = if *action == Action::ManageApis { "nothing" } else { "import" }
            ),
            Self::PortalLocal { portal } => message!("refusal-portal-local", portal = portal),
            Self::PortalKnown { url, portal } => message!("refusal-portal-known", url = url, portal = portal),
            Self::WrongPortal { portal, found } => message!("refusal-wrong-portal", portal = portal, found = found),
            Self::SameImport { portal } => message!("refusal-same-import", portal = portal),
            Self::ExportCancelled => message!("refusal-export-cancelled"),
            Self::LifetimeNeeded => message!("refusal-lifetime-needed"),
            Self::LifetimeKnown { reason } => message!("refusal-lifetime-known", reason = reason),
            Self::GeneratedInFuture => message!("refusal-generated-in-future"),
            Self::NotExportable(error) => error.message(),
            Self::PingOne(problem) => problem.message(),
            Self::HubInSap { hub } => message!("refusal-hub-in-sap", hub = hub),
            Self::HubLocal { hub } => message!("refusal-hub-local", hub = hub),
            Self::RequestInSap { alias, action } => {
                message!("refusal-request-in-sap", alias = alias, action = action.phrase_message())
            }
            Self::RequestLocal { alias, action } => {
                message!("refusal-request-local", alias = alias, action = action.phrase_message())
            }
            Self::SapWillRefuse { doubts } => {
                message!("refusal-sap-will-refuse", doubts = Argument::list(doubts, Joined::BySemicolon))
            }
            Self::WillBeConnected { portal, hub } => {
                message!("refusal-will-be-connected", portal = portal, hub = hub)
            }
            Self::SubaccountFixed { portal } => message!("refusal-subaccount-fixed", portal = portal),
            Self::PersonInUse { name } => message!("refusal-person-in-use", name = name),
        }
    }

    /// What has to be confirmed for it to be done all the same; `None` where nothing lifts the refusal.
    pub fn confirmation(&self) -> Option<Confirmation> {
        if matches!(self, Self::NotLoopback { .. }) {
            Some(Confirmation::Exposure)
        } else if matches!(self, Self::AddressesInUse { .. }) {
            Some(Confirmation::NewAddresses)
        } else if matches!(self, Self::SapWillRefuse { .. }) {
            Some(Confirmation::VendorRules)
        } else if matches!(self, Self::WillBeConnected { .. }) {
            Some(Confirmation::OwnPair)
        } else {
            None
        }
    }

    /// The field of the form that the refusal is about, if it is about one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Input(problem) => Some(problem.field()),
            Self::Document(finding) if is_of_given_url(finding) => Some(Field::PortalUrl),
            Self::Document(_) | Self::OtherPortal { .. } | Self::PortalInUse { .. } => Some(Field::Credentials),
            Self::UnknownCredential { .. } | Self::SameCredential { .. } | Self::Retired { .. } => {
                Some(Field::Credentials)
            }
            Self::SameSubaccount { .. }
            | Self::BoundToOwnHub { .. }
            | Self::PortalKnown { .. }
            | Self::WrongPortal { .. }
            | Self::SameImport { .. } => Some(Field::Credentials),
            Self::LifetimeNeeded | Self::GeneratedInFuture => Some(Field::GeneratedAt),
            Self::NotExportable(ExportError::PasswordNeeded | ExportError::PasswordUnusable) => Some(Field::Password),
            Self::NotExportable(
                ExportError::WrongKind
                | ExportError::MissingPart(_)
                | ExportError::Unwritable(_)
                | ExportError::TokenPath(_),
            ) => None,
            Self::WeakSecret { .. } | Self::SecretCharacters => Some(Field::ClientSecret),
            Self::PingOne(problem) => problem.field(),
            Self::NotLoopback { .. } => Some(Field::Address),
            Self::NotOpenApi(_) => Some(Field::OpenApi),
            Self::AliasTaken { .. } => Some(Field::Alias),
            Self::IrrevocableNotConfirmed => Some(Field::Irrevocable),
            Self::SubaccountTaken { .. } | Self::SubaccountFixed { .. } => Some(Field::Subaccount),
            Self::NoPerson
            | Self::PersonExists
            | Self::RoleMissing { .. }
            | Self::NotSubmitter { .. }
            | Self::FourEyes { .. }
            | Self::WrongState { .. }
            | Self::HubFull { .. }
            | Self::CredentialsExist { .. }
            | Self::NoCredentials { .. }
            | Self::StillApplied { .. }
            | Self::DestinationDeleted { .. }
            | Self::InstanceDeleted { .. }
            | Self::AddressesInUse { .. }
            | Self::NoAuthority
            | Self::KeychainIsKnown
            | Self::ClockBehind { .. }
            | Self::ClockAhead { .. }
            | Self::Cancelled
            | Self::ExportCancelled
            | Self::PortalInSap { .. }
            | Self::PortalLocal { .. }
            | Self::LifetimeKnown { .. }
            | Self::HubInSap { .. }
            | Self::HubLocal { .. }
            | Self::RequestInSap { .. }
            | Self::RequestLocal { .. }
            | Self::SapWillRefuse { .. }
            | Self::WillBeConnected { .. }
            | Self::PersonInUse { .. }
            | Self::StillNeeded { .. } => None,
        }
    }
}

/// Whether a finding is about the URL that was given beside a document: what stands in one has a place.
const fn is_of_given_url(finding: &Finding) -> bool {
    finding.place.is_none()
        && matches!(
            finding.kind,
            FindingKind::EmptyPart { part: Part::Url }
                | FindingKind::Placeholder { part: Part::Url }
                | FindingKind::ControlCharacter { part: Part::Url }
                | FindingKind::NotAUrl { part: Part::Url }
                | FindingKind::UserInUrl { part: Part::Url }
                | FindingKind::QueryInUrl { part: Part::Url }
                | FindingKind::NotHttps { part: Part::Url }
                | FindingKind::OtherUrlGiven
        )
}

fn list_roles(roles: &[Role]) -> Argument {
    Argument::list(roles.iter().map(|role| role.name()), Joined::ByAnd)
}
