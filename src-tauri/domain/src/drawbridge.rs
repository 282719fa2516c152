//! [`Drawbridge`], which carries out every operation of the screens, and the unit of work through which it does so.
//!
//! The operations themselves are in the folders of their concepts, as methods of [`PortalOperations`] and the like.

mod changeable;
mod drawbridge;
mod operations;
pub(crate) mod work;

pub use drawbridge::{Drawbridge, Ports};
pub use operations::{
    ActivityOperations, ApiOperations, CheckOperations, ConnectionOperations, DocumentOperations, ExportOperations,
    HubOperations, KeychainOperations, OverviewOperations, PersonOperations, PingOneOperations, PortalOperations,
    RequestOperations, SecretOperations, ServiceInstanceOperations, SettingsOperations, TimeOperations,
    TokenServiceOperations,
};
