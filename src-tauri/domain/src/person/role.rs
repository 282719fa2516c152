//! The role collections that people carry, and the actions that need them.

use messages::{Argument, Joined, Language, Message, message};

use crate::{portal::ServiceRole, vocabulary::Vocabulary};

/// A role collection that a person can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Administers an API portal: generates and hands over its credentials.
    PortalAdministrator,
    /// Submits connection requests and renews the credentials of a connection.
    PortalRegistration,
    /// Administers an API hub: views, approves and rejects requests.
    HubAdministrator,
}

impl Role {
    /// Every role collection that people can have, in the order of the screens.
    pub const ALL: [Self; 3] = [Self::PortalAdministrator, Self::PortalRegistration, Self::HubAdministrator];

    /// The role of the technical user: generated credentials carry it, people never do.
    pub const TECHNICAL: &'static str = ServiceRole::CatalogIntegration.name();

    /// The name as the vendor spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PortalAdministrator => "APIPortal.Administrator",
            Self::PortalRegistration => "AuthGroup.APIPortalRegistration",
            Self::HubAdministrator => "AuthGroup.API.Admin",
        }
    }

    /// What the role is for, in one sentence.
    pub fn purpose(self, language: Language) -> &'static str {
        self.purpose_message().text(language)
    }

    /// [`Self::purpose`], as part of another message.
    pub const fn purpose_message(self) -> Message {
        match self {
            Self::PortalAdministrator => message!("role-purpose-portal-administrator"),
            Self::PortalRegistration => message!("role-purpose-portal-registration"),
            Self::HubAdministrator => message!("role-purpose-hub-administrator"),
        }
    }

    /// Reads a role's name. Stray spaces, which the vendor's own pages contain, do not matter.
    pub fn parse(name: &str) -> Result<Self, RoleError> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        if name == Self::TECHNICAL {
            return Err(RoleError::Technical);
        }
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(RoleError::Unknown(name))
    }
}

/// Why a text is no role that a person can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum RoleError {
    /// The technical user's role.
    Technical,
    /// No role of that name.
    Unknown(String),
}

impl RoleError {
    /// What is wrong, as a sentence without its beginning and end, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        let roles = Argument::list(Role::ALL.map(Role::name), Joined::ByComma);
        match self {
            Self::Technical => message!("role-technical", role = Role::TECHNICAL, roles = roles),
            Self::Unknown(name) => message!("role-unknown", name = name, roles = roles),
        }
    }
}

/// Something a person does that needs roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Create a portal, change or delete it.
    ManagePortal,
    /// Open the *Connection* tab and see the credentials there.
    OpenConnectionTab,
    /// *Generate Credentials*, *Regenerate Credentials*, *Revoke*.
    GenerateCredentials,
    /// Import credentials of a portal in SAP, and say when they were generated.
    ImportCredentials,
    /// *Copy* and *Export…*.
    HandOverCredentials,
    /// *Test Connection* of a portal's credentials.
    TestCredentials,
    /// Create and delete service instances and keys.
    ManageServiceInstances,
    /// Import and remove API proxies.
    ManageApis,
    /// Change the settings of the token service, export its CA certificate.
    ManageTokenService,
    /// Create a hub, change or delete it.
    ManageHub,
    /// *Submit Connection Request*.
    SubmitRequest,
    /// *Edit Credentials* of a pending request.
    EditCredentials,
    /// *View* a request.
    ViewRequest,
    /// *Approve* a request.
    ApproveRequest,
    /// *Reject* a request.
    RejectRequest,
    /// *Re-establish Connection*.
    ReestablishConnection,
    /// *Test Connection* with a document that is about to be submitted.
    TestDocument,
    /// *Test Connection* and *Refresh* with the hub's own copy.
    TestRequest,
    /// Delete a destination.
    DeleteDestination,
    /// Set how connections are tested.
    ManageChecks,
    /// Record what was decided in SAP.
    RecordDecision,
    /// Correct a record.
    ChangeRecord,
    /// Forget a record.
    ForgetRecord,
}

impl Action {
    /// The roles that are needed, all of them together. Some hubs need fewer: [`Self::roles_at`].
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::ManagePortal
            | Self::OpenConnectionTab
            | Self::GenerateCredentials
            | Self::ImportCredentials
            | Self::HandOverCredentials
            | Self::TestCredentials
            | Self::ManageServiceInstances
            | Self::ManageApis
            | Self::ManageTokenService => &[Role::PortalAdministrator],
            Self::SubmitRequest | Self::EditCredentials | Self::ReestablishConnection | Self::TestDocument => {
                &[Role::PortalRegistration]
            }
            // SAP checks who does it there; a record of it may be written by everybody.
            Self::RecordDecision | Self::ChangeRecord | Self::ForgetRecord => &[],
            Self::ManageHub | Self::DeleteDestination | Self::ManageChecks => &[Role::HubAdministrator],
            Self::ViewRequest | Self::ApproveRequest | Self::RejectRequest | Self::TestRequest => {
                &[Role::HubAdministrator, Role::PortalRegistration]
            }
        }
    }

    /// The roles that are needed in a hub of that vocabulary, all of them together.
    pub const fn roles_at(self, vocabulary: Vocabulary) -> &'static [Role] {
        match (self, vocabulary) {
            (
                Self::ViewRequest | Self::ApproveRequest | Self::RejectRequest | Self::TestRequest,
                Vocabulary::ClassicDesign,
            ) => &[Role::HubAdministrator],
            (_, Vocabulary::ClassicDesign | Vocabulary::NewDesign | Vocabulary::DeveloperHub) => self.roles(),
        }
    }

    /// The action in a form that fits after "may not" and "in order to"; in German with its "zu".
    pub fn phrase(self, language: Language) -> &'static str {
        self.phrase_message().text(language)
    }

    /// [`Self::phrase`], as part of another message.
    pub const fn phrase_message(self) -> Message {
        match self {
            Self::ManagePortal => message!("action-manage-portal"),
            Self::OpenConnectionTab => message!("action-open-connection-tab"),
            Self::GenerateCredentials => message!("action-generate-credentials"),
            Self::ImportCredentials => message!("action-import-credentials"),
            Self::HandOverCredentials => message!("action-hand-over-credentials"),
            Self::TestCredentials => message!("action-test-credentials"),
            Self::ManageServiceInstances => message!("action-manage-service-instances"),
            Self::ManageApis => message!("action-manage-apis"),
            Self::ManageTokenService => message!("action-manage-token-service"),
            Self::ManageHub => message!("action-manage-hub"),
            Self::SubmitRequest => message!("action-submit-request"),
            Self::EditCredentials => message!("action-edit-credentials"),
            Self::ViewRequest => message!("action-view-request"),
            Self::ApproveRequest => message!("action-approve-request"),
            Self::RejectRequest => message!("action-reject-request"),
            Self::ReestablishConnection => message!("action-reestablish"),
            Self::TestDocument => message!("action-test-document"),
            Self::TestRequest => message!("action-test-request"),
            Self::DeleteDestination => message!("action-delete-destination"),
            Self::ManageChecks => message!("action-manage-checks"),
            Self::RecordDecision => message!("action-record-decision"),
            Self::ChangeRecord => message!("action-change-record"),
            Self::ForgetRecord => message!("action-forget-record"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_recognised_with_the_stray_spaces_of_the_vendors_pages() {
        assert_eq!(Role::parse("AuthGroup .API. Admin"), Ok(Role::HubAdministrator));
        assert_eq!(Role::parse(" APIPortal.Administrator "), Ok(Role::PortalAdministrator));
    }

    #[test]
    fn the_technical_role_is_never_given_to_people() {
        assert_eq!(
            Role::parse("APIPortal .Service.CatalogIntegration"),
            Err(RoleError::Technical),
            "generated credentials carry it; a person with it would bypass the portal"
        );
    }

    #[test]
    fn approving_takes_both_roles_except_in_the_classic_design() {
        let both = [Role::HubAdministrator, Role::PortalRegistration];
        assert_eq!(Action::ApproveRequest.roles_at(Vocabulary::NewDesign), both);
        assert_eq!(Action::ApproveRequest.roles_at(Vocabulary::DeveloperHub), both);
        assert_eq!(Action::ApproveRequest.roles_at(Vocabulary::ClassicDesign), [Role::HubAdministrator]);
    }
}
