//! The role collections that people carry, and the actions that need them.

use crate::ServiceRole;

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
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::PortalAdministrator => {
                "Opens the Connection tab of a portal, generates, copies, exports and retires its credentials."
            }
            Self::PortalRegistration => {
                "Submits connection requests, edits the credentials of own requests, re-establishes connections."
            }
            Self::HubAdministrator => {
                "Views, approves and rejects connection requests, together with AuthGroup.APIPortalRegistration."
            }
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
pub enum RoleError {
    /// The technical user's role.
    #[error(
        "{} belongs to the technical user of the generated credentials and is never given to people",
        Role::TECHNICAL
    )]
    Technical,
    /// No role of that name.
    #[error("there is no role collection named {0}")]
    Unknown(String),
}

/// Something a person does that needs roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Create a portal, change or delete it.
    ManagePortal,
    /// Open the *Connection* tab and see the credentials there.
    OpenConnectionTab,
    /// *Generate Credentials*, *Regenerate Credentials*, *Retire*.
    GenerateCredentials,
    /// Import credentials of a portal that lives elsewhere, and say when they were generated.
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
    /// Set how often connections are tested.
    ManageChecks,
}

impl Action {
    /// The roles that are needed, all of them together (new design of the hub).
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
            Self::ManageHub | Self::DeleteDestination | Self::ManageChecks => &[Role::HubAdministrator],
            Self::ViewRequest | Self::ApproveRequest | Self::RejectRequest | Self::TestRequest => {
                &[Role::HubAdministrator, Role::PortalRegistration]
            }
        }
    }

    /// The action as it reads after "may not" and "in order to".
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::ManagePortal => "manage API portals",
            Self::OpenConnectionTab => "open the Connection tab",
            Self::GenerateCredentials => "generate credentials",
            Self::ImportCredentials => "import credentials",
            Self::HandOverCredentials => "copy or export credentials",
            Self::TestCredentials => "test the connection of a portal",
            Self::ManageServiceInstances => "manage service instances and keys",
            Self::ManageApis => "manage the APIs of a portal",
            Self::ManageTokenService => "manage the token service",
            Self::ManageHub => "manage API hubs",
            Self::SubmitRequest => "submit connection requests",
            Self::EditCredentials => "edit the credentials of a request",
            Self::ViewRequest => "view connection requests",
            Self::ApproveRequest => "approve connection requests",
            Self::RejectRequest => "reject connection requests",
            Self::ReestablishConnection => "re-establish connections",
            Self::TestDocument => "test credentials before they are submitted",
            Self::TestRequest => "test connections",
            Self::DeleteDestination => "delete destinations",
            Self::ManageChecks => "set how often connections are tested",
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
    fn approving_takes_both_roles_in_the_new_design() {
        assert_eq!(Action::ApproveRequest.roles(), [Role::HubAdministrator, Role::PortalRegistration]);
    }
}
