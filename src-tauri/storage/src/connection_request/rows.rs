//! The JSON of a request's state, of its destination and of its report.

use domain::{
    connection::{Destination, DestinationState, HeldCredential, Report},
    id::SecretId,
};
use serde::{Deserialize, Serialize};

use crate::{access_facts::FactsRow, actor::ActorRow, column::Millis};

/// The data of the state `pending`. The secret's id is in a column of its own, so that the schema can refuse one that
/// the ledger does not know.
#[derive(Serialize, Deserialize)]
pub(super) struct PendingRow {
    pub(super) held: HeldRow,
}

/// The data of the state `approved`.
#[derive(Serialize, Deserialize)]
pub(super) struct ApprovedRow {
    pub(super) held: HeldRow,
    pub(super) approved_by: ActorRow,
    pub(super) approved_at: Millis,
    pub(super) destination: DestinationRow,
}

/// The JSON of a [`DestinationState`].
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum DestinationRow {
    Present { name: String, created_at: Millis, created_by: ActorRow },
    Deleted { at: Millis, by: ActorRow },
    InSap,
}

impl From<&DestinationState> for DestinationRow {
    fn from(state: &DestinationState) -> Self {
        match state {
            DestinationState::Present(Destination { name, created_at, created_by }) => {
                Self::Present { name: name.clone(), created_at: Millis(*created_at), created_by: created_by.into() }
            }
            DestinationState::Deleted { at, by } => Self::Deleted { at: Millis(*at), by: by.into() },
            DestinationState::InSap => Self::InSap,
        }
    }
}

impl From<DestinationRow> for DestinationState {
    fn from(row: DestinationRow) -> Self {
        match row {
            DestinationRow::Present { name, created_at, created_by } => {
                Self::Present(Destination { name, created_at: created_at.0, created_by: created_by.into() })
            }
            DestinationRow::Deleted { at, by } => Self::Deleted { at: at.0, by: by.into() },
            DestinationRow::InSap => Self::InSap,
        }
    }
}

/// The JSON of a [`Report`].
#[derive(Serialize, Deserialize)]
pub(super) struct ReportRow {
    pub(super) submitted_by: String,
    pub(super) decided_by: String,
    pub(super) note: String,
    pub(super) ticket: String,
}

impl From<&Report> for ReportRow {
    fn from(report: &Report) -> Self {
        let Report { submitted_by, decided_by, note, ticket } = report.clone();
        Self { submitted_by, decided_by, note, ticket }
    }
}

impl From<ReportRow> for Report {
    fn from(row: ReportRow) -> Self {
        let ReportRow { submitted_by, decided_by, note, ticket } = row;
        Self { submitted_by, decided_by, note, ticket }
    }
}

/// The data of the state `rejected`.
#[derive(Serialize, Deserialize)]
pub(super) struct RejectedRow {
    pub(super) facts: FactsRow,
    pub(super) rejected_by: ActorRow,
    pub(super) rejected_at: Millis,
    pub(super) reason: String,
}

/// A [`HeldCredential`] without the id of its secret.
#[derive(Serialize, Deserialize)]
pub(super) struct HeldRow {
    pub(super) facts: FactsRow,
    pub(super) applied_at: Millis,
    pub(super) applied_by: ActorRow,
}

impl HeldRow {
    pub(super) fn split(held: &HeldCredential) -> (Self, SecretId) {
        let HeldCredential { facts, secret, applied_at, applied_by } = held;
        let row = Self { facts: facts.into(), applied_at: Millis(*applied_at), applied_by: applied_by.into() };
        (row, *secret)
    }

    pub(super) fn join(self, secret: SecretId) -> HeldCredential {
        let Self { facts, applied_at, applied_by } = self;
        HeldCredential { facts: facts.into(), secret, applied_at: applied_at.0, applied_by: applied_by.into() }
    }
}
