//! What the token service needs: its addresses, its keys, its clients.

mod keys;
mod registered;
mod registry;
mod service;

pub use keys::TokenServicePlan;
pub use service::{
    ClientPortal, ClientProof, ClientRegistry, OwnService, RegisteredClient, Standing, TokenServiceIdentity,
    TokenServiceKeys, TokenServiceSettings,
};

pub(crate) use keys::RENEW_BEFORE;
pub(crate) use registered::Registered;
