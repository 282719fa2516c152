//! What the credentials of a service instance may do.

use messages::{Language, Message, message};

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
    pub fn purpose(self, language: Language) -> &'static str {
        self.purpose_message().text(language)
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
