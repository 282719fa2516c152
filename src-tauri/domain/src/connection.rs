//! Connection requests from *Submit* to *Approve* and *Reestablish Connection*, and the connections that they become.

mod admission;
mod connections;
mod destination;
mod record;
mod records;
mod report;
mod request;
mod requests;
mod state_kind;

pub use connections::{ConnectionOverview, DestinationOverview};
pub use destination::{Destination, DestinationState};
pub use record::{Decision, RecordDetails, Verdict};
pub use report::Report;
pub use request::{ConnectionRequest, HeldCredential, PortalIdentity, RequestState};
pub use requests::{RequestOverview, RequestOverviewPage, RequestPermits};
pub use state_kind::RequestStateKind;
