//! Whether a connection works: the staged test, the causes of its failure, and what is known from earlier tests.

mod cause;
mod checks;
mod connector;
mod diagnosis;
mod health;
mod stage;

pub use cause::{Cause, Repair, Significance};
pub use checks::TestOutcome;
pub use connector::{ConnectionTarget, Connector, FetchedApi, StageObserver, TestEnd};
pub use diagnosis::{Diagnosis, StageReport};
pub use health::{ConnectionHealth, Doubt, Finding, HealthOutcome, Postponed};
pub use stage::Stage;
