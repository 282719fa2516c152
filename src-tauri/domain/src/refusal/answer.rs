//! How a person can answer a refusal: by another value in a field, or by confirming.

use documents::{ExportError, Finding, FindingKind, Part};

use crate::{
    input::Field,
    person::Action,
    refusal::{Confirmation, Refusal},
};

impl Refusal {
    /// What the person has to confirm for it to be done in spite of the refusal; `None` where nothing can lift it.
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

    /// What cannot be done, where the refusal is about one thing that a person does.
    pub(crate) const fn action(&self) -> Option<Action> {
        if let Self::RoleMissing { action, .. }
        | Self::WrongState { action, .. }
        | Self::PortalInSap { action, .. }
        | Self::RequestInSap { action, .. }
        | Self::RequestLocal { action, .. } = self
        {
            Some(*action)
        } else if matches!(self, Self::NotSubmitter { .. }) {
            Some(Action::EditCredentials)
        } else if matches!(self, Self::FourEyes { .. }) {
            Some(Action::ApproveRequest)
        } else if matches!(self, Self::DestinationDeleted { .. }) {
            Some(Action::DeleteDestination)
        } else {
            None
        }
    }

    /// Whether it is about one request, rather than about what the person may do at all.
    pub(crate) const fn is_about_one_request(&self) -> bool {
        matches!(
            self,
            Self::NotSubmitter { .. }
                | Self::FourEyes { .. }
                | Self::WrongState { .. }
                | Self::RequestInSap { .. }
                | Self::RequestLocal { .. }
        )
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
            | Self::HubInSap { .. }
            | Self::HubLocal { .. }
            | Self::RequestInSap { .. }
            | Self::RequestLocal { .. }
            | Self::SapWillRefuse { .. }
            | Self::WillBeConnected { .. }
            | Self::PersonInUse { .. }
            | Self::LifetimeKnown { .. } => None,
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
