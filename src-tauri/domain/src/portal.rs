//! Portals: their credentials, service instances and APIs, here and elsewhere.

mod api_proxy;
mod apis;
mod applied;
mod issuing;
mod own_hub;
mod portal;
mod portals;
mod service_instance;
mod service_instances;
mod service_role;
mod tracked_portals;
mod url_key;

pub use api_proxy::ApiProxy;
pub use apis::ApiProxiesPage;
pub use applied::{Applied, CredentialOverview};
pub use issuing::NewServiceKey;
pub use own_hub::OwnHub;
pub use portal::{Endpoints, Portal, PortalHome, Subaccount};
pub use portals::{PortalAddresses, PortalConnection, PortalCreated, PortalSummary};
pub use service_instance::ServiceInstance;
pub use service_instances::{InstanceOverview, ServiceInstancesPage};
pub use service_role::ServiceRole;
pub use url_key::derive_url_key;

pub(crate) use issuing::{Issuing, secret_label};
pub(crate) use portals::must_be_local;
