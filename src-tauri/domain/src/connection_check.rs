//! Whether a connection works: the staged test, the causes of its failure, and what is known from earlier tests.

mod checks;
mod diagnosis;
mod health;

pub use checks::TestOutcome;
pub use diagnosis::Significance;
pub use diagnosis::{
    Cause, ConnectionTarget, Connector, Diagnosis, FetchedApi, Repair, Stage, StageObserver, StageReport, TestEnd,
};
pub use health::{ConnectionHealth, Doubt, Finding, HealthOutcome, Postponed};
