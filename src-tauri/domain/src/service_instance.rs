//! Service instances of a portal. The credential that a service key carries is a [`crate::Credential`]: deleting the key
//! ends the credential.

use chrono::{DateTime, Utc};
use messages::{Message, message};

use crate::{
    Actor,
    id::{PortalId, ServiceInstanceId},
    input::{Field, InputProblem, single_line},
};

/// An instance of the portal's API access service. Its keys carry the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceInstance {
    /// Identifies the instance for good.
    pub id: ServiceInstanceId,
    /// The portal.
    pub portal_id: PortalId,
    /// Its name, unique among the instances of the portal that exist, whatever its case.
    pub name: String,
    /// What its credentials may do.
    pub role: ServiceRole,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Actor,
    /// When it was deleted; `None` as long as it exists. A deleted one remains for the history of its credentials.
    pub deleted_at: Option<DateTime<Utc>>,
}

impl ServiceInstance {
    /// The one service plan of a portal.
    pub const PLAN: &'static str = "apiportal-apiaccess";

    /// What *Generate Credentials* calls the instance that it creates.
    pub const GENERATED_NAME: &'static str = "api-hub-connection";

    /// The longest name of an instance or a key, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed; returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }
}

/// The role that the credentials of a service instance carry: the scope of their tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceRole {
    /// What a hub needs to fetch the portal's APIs.
    CatalogIntegration,
    /// Everything in the portal.
    Administrator,
    /// Onboarding of the portal; no access to its APIs.
    SelfServiceAdministrator,
}

impl ServiceRole {
    /// Every role, in the order of the screens.
    pub const ALL: [Self; 3] = [Self::CatalogIntegration, Self::Administrator, Self::SelfServiceAdministrator];

    /// The name as the vendor spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CatalogIntegration => "APIPortal.Service.CatalogIntegration",
            Self::Administrator => "APIPortal.Administrator",
            Self::SelfServiceAdministrator => "APIManagement.SelfService.Administrator",
        }
    }

    /// The role of that name.
    pub fn find_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// What it is for, in one sentence.
    pub fn purpose(self) -> &'static str {
        self.purpose_message().text()
    }

    /// [`Self::purpose`], as part of another message.
    pub const fn purpose_message(self) -> Message {
        match self {
            Self::CatalogIntegration => message!("role-purpose-catalog-integration"),
            Self::Administrator => message!("role-purpose-administrator"),
            Self::SelfServiceAdministrator => message!("role-purpose-self-service"),
        }
    }

    /// Whether its tokens may list the portal's API proxies.
    pub const fn may_read_apis(self) -> bool {
        match self {
            Self::CatalogIntegration | Self::Administrator => true,
            Self::SelfServiceAdministrator => false,
        }
    }
}
