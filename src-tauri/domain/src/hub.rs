//! API hubs, which portals are connected to.

mod hub;
mod hubs;

pub use hub::Hub;
pub use hubs::{HubCreated, HubPage, HubSummary};

pub(crate) use hubs::must_have_room;
