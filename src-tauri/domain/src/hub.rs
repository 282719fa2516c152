//! API hubs, which portals are connected to.

mod address;
mod hub;
mod hubs;
mod tracked_hubs;

pub use address::HubAddress;
pub use hub::{Hub, HubHome};
pub use hubs::{HubCreated, HubPage, HubSummary};
pub use tracked_hubs::HubDetails;

pub(crate) use hubs::{must_be_confirmed, must_have_room};
pub(crate) use tracked_hubs::must_be_in_sap;
