//! Why the domain does not do what was asked, and what to do instead.

use chrono::{DateTime, Utc};
use documents::{ExportError, Finding, FindingKind, Part};

use crate::{
    Action, Hub, IssueError, Person, Role,
    connection_request::RequestStateKind,
    input::{Field, InputProblem},
    repository::RepositoryError,
    secret_store::SecretStoreError,
};

/// A rule says no. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No person exists yet.
    #[error("nobody uses this installation yet")]
    NoPerson,
    /// The first person exists already.
    #[error("this installation has its first person already")]
    PersonExists,
    /// The person lacks roles.
    #[error("{} may not {}: {} {} missing", .person.name, .action.phrase(), describe_roles(.missing), are(.missing))]
    RoleMissing {
        /// What was to be done.
        action: Action,
        /// The roles that are missing.
        missing: Vec<Role>,
        /// Who lacks them.
        person: Box<Person>,
    },
    /// Only the submitter edits a pending request.
    #[error("only {submitter}, who submitted the request {alias}, may edit its credentials")]
    NotSubmitter {
        /// Alias of the request.
        alias: String,
        /// Who submitted it.
        submitter: String,
    },
    /// The hub demands that somebody else approves.
    #[error("you submitted the request {alias} yourself, and this hub demands that somebody else approves it")]
    FourEyes {
        /// Alias of the request.
        alias: String,
    },
    /// The request is in a state that does not allow it.
    #[error("the request {alias} is {}, so it is not possible to {}", .state.word(), .action.phrase())]
    WrongState {
        /// Alias of the request.
        alias: String,
        /// The state it is in.
        state: RequestStateKind,
        /// What was to be done.
        action: Action,
    },
    /// The hub has all the portals it can have.
    #[error("the hub {hub} has {} connected portals already, which is the most a hub can have", Hub::MAX_PORTALS)]
    HubFull {
        /// Name of the hub.
        hub: String,
    },
    /// The portal has an open request already.
    #[error("this portal already has the {} request {alias} in the hub {hub}", .state.word())]
    PortalInUse {
        /// Name of the hub.
        hub: String,
        /// Alias of the request there.
        alias: String,
        /// Where that request stands.
        state: RequestStateKind,
    },
    /// Portal and hub are in one subaccount.
    #[error("the portal {portal} is in the same subaccount as the hub {hub}; such a pair is connected automatically")]
    SameSubaccount {
        /// Name of the portal.
        portal: String,
        /// Name of the hub.
        hub: String,
    },
    /// The portal belongs to the hub of its own subaccount.
    #[error("the portal {portal} belongs to the hub {hub} in its own subaccount and can never join another one")]
    BoundToOwnHub {
        /// Name of the portal.
        portal: String,
        /// Name of the hub in its subaccount.
        hub: String,
    },
    /// The alias is in use in this hub.
    #[error("the alias {alias} is in use in this hub already")]
    AliasTaken {
        /// The alias.
        alias: String,
    },
    /// The mandatory checkbox is not ticked.
    #[error("it is not confirmed that the connection cannot be severed or moved to another hub")]
    IrrevocableNotConfirmed,
    /// The credentials are another portal's.
    #[error("these credentials belong to {found}, not to the portal of the request {alias}")]
    OtherPortal {
        /// Alias of the request.
        alias: String,
        /// The portal of the credentials.
        found: String,
    },
    /// One portal, or one hub, per subaccount.
    #[error("the subaccount {subaccount} has the {thing} {name} already")]
    SubaccountTaken {
        /// The subaccount.
        subaccount: String,
        /// "API portal" or "API hub".
        thing: &'static str,
        /// Name of the one that is there.
        name: String,
    },
    /// The portal has current credentials already.
    #[error("the portal {portal} has credentials already")]
    CredentialsExist {
        /// Name of the portal.
        portal: String,
    },
    /// There is nothing to regenerate.
    #[error("the portal {portal} has no credentials yet")]
    NoCredentials {
        /// Name of the portal.
        portal: String,
    },
    /// The credential is retired: its secret is gone.
    #[error("the credential {client_id} is retired; its secret is deleted")]
    Retired {
        /// Its client id.
        client_id: String,
    },
    /// The portal never generated this credential.
    #[error("the portal {portal} did not generate these credentials, or it was deleted and created anew since")]
    UnknownCredential {
        /// Name of the portal.
        portal: String,
    },
    /// The destination of the connection was deleted before.
    #[error("the destination of {alias} is deleted already")]
    DestinationDeleted {
        /// Alias of the request.
        alias: String,
    },
    /// The service instance was deleted.
    #[error("the service instance {name} was deleted")]
    InstanceDeleted {
        /// Its name.
        name: String,
    },
    /// A client secret that a person chose is too weak.
    #[error("a client secret of your own needs {least} characters or more")]
    WeakSecret {
        /// The least number of characters.
        least: usize,
    },
    /// A client secret that a person chose cannot be sent as such.
    #[error("a client secret of your own holds letters, digits and signs of the keyboard only, without spaces")]
    SecretCharacters,
    /// Open requests hold credentials with other addresses than the service is to have.
    #[error("{} with other addresses than these: {}", count_connections(.connections), .connections.join(", "))]
    AddressesInUse {
        /// The aliases of the requests.
        connections: Vec<String>,
    },
    /// The token service would be reachable from other computers, and nobody confirmed that.
    #[error("at the address {address} other computers can reach the token service")]
    NotLoopback {
        /// The address.
        address: String,
    },
    /// The token service has never run: it has no certificate authority yet.
    #[error("there is no certificate authority yet")]
    NoAuthority,
    /// This computer's clock is before the token service's own certificate.
    #[error("the clock of this computer is behind: the token service's certificate begins on {}", .not_before.format("%Y-%m-%d %H:%M UTC"))]
    ClockBehind {
        /// When the certificate begins.
        not_before: DateTime<Utc>,
    },
    /// What was imported is no OpenAPI document.
    #[error("this is not an OpenAPI document that can be imported: {reason}")]
    NotOpenApi {
        /// What is wrong, and where.
        reason: String,
    },
    /// Something was cancelled by the user.
    #[error("the test was cancelled")]
    Cancelled,
    /// The hub holds this very credential already.
    #[error("the hub holds these credentials for {alias} already")]
    SameCredential {
        /// Alias of the request.
        alias: String,
    },
    /// A hub still holds this credential for an open request.
    #[error("the hub {hub} still uses this credential for {alias}")]
    StillApplied {
        /// Name of the hub.
        hub: String,
        /// Alias of the request.
        alias: String,
        /// Where the request stands.
        state: RequestStateKind,
    },
    /// Something still depends on what was to be deleted.
    #[error("{name} cannot be deleted: {reason}")]
    StillNeeded {
        /// What was to be deleted.
        name: String,
        /// What depends on it.
        reason: String,
        /// Whether a connection depends on it, which nothing can end.
        connected: bool,
    },
    /// Something was typed wrongly.
    #[error(transparent)]
    Input(#[from] InputProblem),
    /// The document is not usable.
    #[error(transparent)]
    Document(#[from] Finding),
    /// The portal lives elsewhere: what it owns cannot be changed from here.
    #[error("the portal {portal} lives elsewhere, so it is not possible to {} here", .action.phrase())]
    PortalElsewhere {
        /// Name of the portal.
        portal: String,
        /// What was to be done.
        action: Action,
    },
    /// The portal lives in this installation: its credentials are generated, not imported.
    #[error("the portal {portal} lives in this installation; its credentials are generated here")]
    PortalHere {
        /// Name of the portal.
        portal: String,
    },
    /// The portal of a document is managed already.
    #[error("the portal at {url} is here already: {portal}")]
    PortalKnown {
        /// Its URL.
        url: String,
        /// Its name.
        portal: String,
    },
    /// The credentials to import are another portal's.
    #[error("these credentials lead to {found}, not to the portal {portal}")]
    WrongPortal {
        /// Name of the portal.
        portal: String,
        /// The URL in the credentials.
        found: String,
    },
    /// The credentials to import are the current ones.
    #[error("the portal {portal} has these credentials already")]
    SameImport {
        /// Name of the portal.
        portal: String,
    },
    /// An export was cancelled by the user.
    #[error("the export was cancelled; nothing was written")]
    ExportCancelled,
    /// It has to be told when the credentials were generated.
    #[error("the document does not tell when these credentials were generated")]
    LifetimeNeeded,
    /// The lifetime of these credentials cannot be set.
    #[error("the end of these credentials is known: {reason}")]
    LifetimeKnown {
        /// From where.
        reason: &'static str,
    },
    /// A time of generation in the future.
    #[error("credentials cannot have been generated in the future")]
    GeneratedInFuture,
    /// The credentials cannot be written in the format.
    #[error(transparent)]
    NotExportable(#[from] ExportError),
}

impl Refusal {
    /// What the user can do instead.
    pub fn remedy(&self) -> String {
        match self {
            Self::NoPerson => "Create the person who uses this installation.".into(),
            Self::PersonExists => "Add more people under People & Roles.".into(),
            Self::RoleMissing { missing, .. } => format!(
                "Ask an administrator for {}, or switch to a person who has {}.",
                describe_roles(missing),
                if missing.len() == 1 { "it" } else { "them" }
            ),
            Self::NotSubmitter { submitter, .. } => {
                format!("Ask {submitter} to edit them, or a hub admin to reject the request so that it can be submitted again.")
            }
            Self::FourEyes { .. } => "Ask another hub admin to approve it.".into(),
            Self::WrongState { state, action, .. } => match state {
                RequestStateKind::Pending if *action == Action::DeleteDestination => {
                    "A destination is created when the request is approved.".into()
                }
                RequestStateKind::Pending => {
                    "Choose Edit Credentials to replace the credentials of a pending request.".into()
                }
                RequestStateKind::Approved if *action == Action::EditCredentials => {
                    "Choose Re-establish Connection to replace the credentials of an approved connection.".into()
                }
                RequestStateKind::Approved => "There is nothing to decide any more: the portal is connected.".into(),
                RequestStateKind::Rejected => "Submit a new connection request.".into(),
            },
            Self::HubFull { .. } => {
                "Use another hub; a pending request has to be rejected first. A connection cannot be severed to make room."
                    .into()
            }
            Self::PortalInUse { state, .. } => match state {
                RequestStateKind::Pending => "Edit the credentials of that request, or have it rejected first.".into(),
                RequestStateKind::Approved => {
                    "Choose Re-establish Connection there to replace its credentials; a connection cannot move to another hub."
                        .into()
                }
                RequestStateKind::Rejected => "Submit a new connection request.".into(),
            },
            Self::SameSubaccount { .. } => "No request is needed. If the connection is not under Approved Requests yet, \
                 choose Connect Now on the Connection tab of the portal."
                .into(),
            Self::BoundToOwnHub { hub, .. } => format!("Use the hub {hub}, or connect a portal of another subaccount."),
            Self::AliasTaken { .. } => "Choose another alias.".into(),
            Self::IrrevocableNotConfirmed => "Tick the checkbox if you want to connect the portal for good.".into(),
            Self::OtherPortal { .. } => "Use credentials that this portal generated.".into(),
            Self::SubaccountTaken { name, .. } => format!("Use {name}, or another subaccount."),
            Self::CredentialsExist { .. } => {
                "Choose Regenerate Credentials; the former ones stay valid until you retire them.".into()
            }
            Self::NoCredentials { .. } => "Choose Generate Credentials.".into(),
            Self::Retired { .. } => "Use the current credentials, or regenerate them.".into(),
            Self::UnknownCredential { .. } => "Copy the current credentials from the Connection tab of the portal.".into(),
            Self::DestinationDeleted { .. } => {
                "Regenerate the credentials in the portal, then re-establish the connection: that creates it anew.".into()
            }
            Self::InstanceDeleted { .. } => "Create another service instance.".into(),
            Self::WeakSecret { .. } => "Use a longer one, or leave the field empty: then a strong one is generated.".into(),
            Self::SecretCharacters => "Leave out spaces, accents and line breaks (RFC 6749, appendix A.2).".into(),
            Self::AddressesInUse { .. } => {
                "Confirm the change and give these requests the new credentials afterwards (Edit Credentials, or Re-establish \
                 Connection once they are approved), or keep the present addresses.".into()
            }
            Self::NotLoopback { .. } => {
                "Confirm that other computers may reach it, or use 127.0.0.1.".into()
            }
            Self::NoAuthority => "Start the token service, or generate credentials, first.".into(),
            Self::ClockBehind { .. } => "Set the date and time of this computer, then start the token service. If they are right, it can start from \
                 then on."
                    .into(),
            Self::NotOpenApi { .. } => "Choose a document of OpenAPI 3 or Swagger 2.0, in JSON or YAML.".into(),
            Self::Cancelled => "Start it again when you want.".into(),
            Self::SameCredential { .. } => "Regenerate the credentials in the portal and use the new ones.".into(),
            Self::StillApplied { state, .. } => match state {
                RequestStateKind::Pending => {
                    "Edit the credentials of that request first, or type its alias to retire these all the same.".into()
                }
                RequestStateKind::Approved | RequestStateKind::Rejected => {
                    "Re-establish that connection with the current credentials first, or type its alias to retire these \
                     all the same: the connection then breaks."
                        .into()
                }
            },
            Self::StillNeeded { connected: true, .. } => {
                "A connection cannot be severed; only what is not connected can be deleted.".into()
            }
            Self::StillNeeded { connected: false, .. } => "Have the pending request rejected first.".into(),
            Self::Input(problem) => problem.remedy(),
            Self::Document(finding) => finding.kind.remedy().into(),
            Self::PortalElsewhere { action: Action::ManageApis, .. } => "Do it there.".into(),
            Self::PortalElsewhere { .. } => "Do it there, then import the new credentials here.".into(),
            Self::PortalHere { .. } => "Choose Generate Credentials or Regenerate Credentials.".into(),
            Self::PortalKnown { .. } => "Open that portal and import the credentials there.".into(),
            Self::WrongPortal { .. } => "Import them in the portal that they belong to, or add that portal.".into(),
            Self::SameImport { .. } => "Generate new ones in the portal, then import those.".into(),
            Self::ExportCancelled => "Start it again when you want.".into(),
            Self::LifetimeNeeded => "Give the date of generation, or say that they come from a service key.".into(),
            Self::LifetimeKnown { .. } => "Nothing has to be done.".into(),
            Self::GeneratedInFuture => "Give the date on which the portal generated them.".into(),
            Self::NotExportable(error) => error.remedy().into(),
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
                ExportError::WrongKind(_)
                | ExportError::MissingPart(_)
                | ExportError::Unwritable(_)
                | ExportError::TokenPath(_),
            ) => None,
            Self::WeakSecret { .. } | Self::SecretCharacters => Some(Field::ClientSecret),
            Self::NotLoopback { .. } => Some(Field::Address),
            Self::NotOpenApi { .. } => Some(Field::OpenApi),
            Self::AliasTaken { .. } => Some(Field::Alias),
            Self::IrrevocableNotConfirmed => Some(Field::Irrevocable),
            Self::SubaccountTaken { .. } => Some(Field::Subaccount),
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
            | Self::ClockBehind { .. }
            | Self::Cancelled
            | Self::ExportCancelled
            | Self::PortalElsewhere { .. }
            | Self::PortalHere { .. }
            | Self::LifetimeKnown { .. }
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
        )
}

fn count_connections(connections: &[String]) -> String {
    match connections.len() {
        1 => "a request holds credentials".into(),
        several => format!("{several} requests hold credentials"),
    }
}

fn are(roles: &[Role]) -> &'static str {
    if roles.len() == 1 { "is" } else { "are" }
}

fn describe_roles(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" and ")
}

/// Why an operation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was asked for does not exist (any more).
    #[error("this {0} does not exist any more")]
    NotFound(&'static str),
    /// The keychain did not do it.
    #[error(transparent)]
    Keychain(#[from] SecretStoreError),
    /// The database did not do it.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// No certificate could be issued.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl From<InputProblem> for Failure {
    fn from(problem: InputProblem) -> Self {
        Self::Refused(Refusal::Input(problem))
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Self::Refused(Refusal::Document(finding))
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Refused(Refusal::NotExportable(error))
    }
}
