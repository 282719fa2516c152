//! Service instances and service keys.

use chrono::{DateTime, Utc};
use domain::{
    credential::GenerateKind,
    documents::SecretBytes,
    messages::Language,
    portal::{InstanceOverview, NewServiceKey, ServiceInstance, ServiceInstancesPage, ServiceRole},
};

use crate::{
    AppliedView, ClientSecretRequest, CredentialView, GenerateKindRequest, IntoView, Permit, UserError, View,
    declare::wire, numbers::count,
};

wire! {
    /// The service instances of a portal.
    reply struct ServiceInstancesView {
        /// Those that exist, oldest first; empty if the person may not see them.
        pub instances: Vec<ServiceInstanceView>,
        /// The service plan of all of them.
        pub plan: String,
        /// The roles that an instance can have.
        pub roles: Vec<ServiceRoleView>,
        /// The least number of characters of a client secret that a person chooses.
        pub min_chosen_secret: u32,
        /// Whether the person may create and delete.
        pub may_manage: Permit,
    }

    /// A service instance.
    reply struct ServiceInstanceView {
        /// Identifies the instance.
        pub id: String,
        /// Its name.
        pub name: String,
        /// The role that its credentials carry.
        pub role: String,
        /// When it was created.
        pub created_at: DateTime<Utc>,
        /// Who created it.
        pub created_by: String,
        /// Its keys, newest first.
        pub keys: Vec<CredentialView>,
        /// The request that deleting the instance would break.
        pub applied: AppliedView,
    }

    /// A role that a service instance can have.
    reply struct ServiceRoleView {
        /// Its name.
        pub name: String,
        /// What it is for.
        pub purpose: String,
    }

    /// A service instance as typed.
    request struct CreateServiceInstanceRequest {
        /// Id of the portal.
        pub portal_id: String,
        /// Its name.
        pub name: String,
        /// Name of its role.
        pub role: String,
    }

    /// A service key as typed.
    request struct CreateServiceKeyRequest {
        /// Id of the service instance.
        pub instance_id: String,
        /// Its name.
        pub name: String,
        /// What is to be generated.
        pub kind: GenerateKindRequest,
        /// A client secret of one's own instead of a generated one; empty for none.
        pub client_secret: ClientSecretRequest,
    }
}

impl View<ServiceInstancesPage> for ServiceInstancesView {
    fn of(page: ServiceInstancesPage, language: Language) -> Self {
        let ServiceInstancesPage { instances, may_manage } = page;
        Self {
            instances: instances.into_view(language),
            plan: ServiceInstance::PLAN.to_owned(),
            roles: ServiceRole::ALL.to_vec().into_view(language),
            min_chosen_secret: count(NewServiceKey::MIN_CHOSEN_SECRET),
            may_manage: may_manage.into_view(language),
        }
    }
}

impl View<InstanceOverview> for ServiceInstanceView {
    fn of(overview: InstanceOverview, language: Language) -> Self {
        let InstanceOverview { instance, keys, applied } = overview;
        let ServiceInstance { id, portal_id: _, name, role, created_at, created_by, deleted_at: _ } = instance;
        Self {
            id: id.to_string(),
            name,
            role: role.name().to_owned(),
            created_at,
            created_by: created_by.name().to_owned(),
            keys: keys.into_view(language),
            applied: applied.into_view(language),
        }
    }
}

impl View<ServiceRole> for ServiceRoleView {
    fn of(role: ServiceRole, language: Language) -> Self {
        Self { name: role.name().to_owned(), purpose: role.purpose(language).to_owned() }
    }
}

impl CreateServiceKeyRequest {
    /// What the key is called, and what it is to carry. `take` gives the secret that is chosen.
    pub fn new_key(
        self,
        take: impl FnOnce(ClientSecretRequest) -> Result<SecretBytes, UserError>,
    ) -> Result<(String, NewServiceKey), UserError> {
        let Self { instance_id: _, name, kind, client_secret } = self;
        let key = match (kind.into(), take(client_secret)?.if_any()) {
            (GenerateKind::ClientSecret, Some(chosen)) => NewServiceKey::ChosenSecret(chosen),
            (kind @ (GenerateKind::ClientSecret | GenerateKind::Certificate(_)), _) => NewServiceKey::Generated(kind),
        };
        Ok((name, key))
    }
}
