//! [`Drawbridge`], which carries out every operation of the screens, and the unit of work, by which it does so.
//!
//! The operations themselves stand with what they are about, in the folders of the concepts: as methods of
//! [`PortalOperations`] and its like.

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
