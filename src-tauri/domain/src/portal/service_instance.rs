//! Service instances of a portal. The credential that a service key carries is a [`crate::credential::Credential`]: deleting the key
//! ends the credential.

use chrono::{DateTime, Utc};

use crate::{
    id::{PortalId, ServiceInstanceId},
    input::{Field, InputProblem, single_line},
    person::Actor,
    portal::ServiceRole,
};

/// An instance of the portal's API access service. Its keys carry the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceInstance {
    /// Identifies the instance for good.
    pub id: ServiceInstanceId,
    /// The portal.
    pub portal_id: PortalId,
    /// Its name, unique among the existing instances of the portal, ignoring case.
    pub name: String,
    /// What its credentials may do.
    pub role: ServiceRole,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Actor,
    /// When it was deleted; `None` as long as it exists. A deleted one remains, for the history of its credentials.
    pub deleted_at: Option<DateTime<Utc>>,
}

impl ServiceInstance {
    /// The one service plan of a portal.
    pub const PLAN: &'static str = "apiportal-apiaccess";

    /// The name of the instance that *Generate Credentials* creates.
    pub const GENERATED_NAME: &'static str = "api-hub-connection";

    /// The longest name of an instance or a key, in characters.
    pub const MAX_NAME: usize = 80;

    /// Checks a name as typed. Returns it without surrounding white space.
    pub fn parse_name(name: &str) -> Result<String, InputProblem> {
        single_line(Field::Name, name, Self::MAX_NAME)
    }
}
