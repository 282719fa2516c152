//! The ledger of secrets: what is, or may be, in the keychain.
//!
//! Keychain and database share no transaction. Every secret therefore has a row here, written before its item is
//! created and removed after its item is deleted, so that no item is ever forgotten.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{id::SecretId, pingone::Over};

/// A secret's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretItem {
    /// The item's id in the keychain.
    pub id: SecretId,
    /// What a person reads in the OS's own keychain app.
    pub label: String,
    /// Where the item stands.
    pub state: SecretItemState,
}

/// Where a secret's item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretItemState {
    /// About to be stored; nothing refers to it yet. Left over from an interruption, it is set aside.
    Storing,
    /// Stored, and something refers to it.
    Active,
    /// About to be deleted; nothing refers to it any more. Left over from an interruption, it is set aside.
    Deleting,
    /// Found by a repair. Its item stays for a while.
    SetAside(SetAside),
}

/// What a repair has set aside.
///
/// A repair cannot know why a row is unsettled. Usually a program was killed. But if the database has lost its last
/// changes, an item that looks left over may be the only copy of a secret in use, and a restored database refers to it
/// again. So a repair deletes nothing: it waits until somebody would have noticed a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// From when on the item may be deleted.
    pub until: DateTime<Utc>,
    /// Since when this time is seen to be over; see [`crate::pingone::FormerSecret::over_since`].
    pub over_since: Option<DateTime<Utc>>,
}

impl SetAside {
    /// For how long an item stays.
    pub const PERIOD: TimeDelta = TimeDelta::days(30);

    /// Found at `now`.
    pub(crate) fn at(now: DateTime<Utc>) -> Self {
        Self { until: now + Self::PERIOD, over_since: None }
    }

    /// Whether its time is over, and whether that is certain.
    pub(crate) fn over(&self, now: DateTime<Utc>) -> Over {
        Over::judge(self.until, self.over_since, now)
    }
}
