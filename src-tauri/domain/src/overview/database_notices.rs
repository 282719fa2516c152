//! What the database has noticed about itself, while it matters.

use messages::{Message, message};

use crate::{credential::SetAside, drawbridge::OverviewOperations, ports::DatabaseNotice, refusal::Failure};

impl DatabaseNotice {
    /// What was noticed, a sentence, with what to do about it ([`Message::remedy`]).
    pub fn message(&self) -> Message {
        let days = SetAside::PERIOD.num_days();
        match self {
            Self::ChangesMissing { count, noticed_at: _ } => {
                message!("database-notice-missing", count = *count, days = days)
            }
            Self::OtherDatabase { noticed_at: _ } => message!("database-notice-other", days = days),
            Self::Damaged { reason } => message!("database-notice-damaged", reason = reason),
        }
    }
}

impl OverviewOperations<'_> {
    /// What the database has noticed about itself. Missing changes matter as long as what a repair finds left over is
    /// kept: after that, a restored copy does not find its secrets any more.
    pub fn list_database_notices(&self) -> Result<Vec<DatabaseNotice>, Failure> {
        let now = self.now();
        let mut notices = self.repository.list_notices()?;
        notices.retain(|notice| match notice {
            DatabaseNotice::ChangesMissing { noticed_at, .. } | DatabaseNotice::OtherDatabase { noticed_at } => {
                noticed_at.is_none_or(|at| at + SetAside::PERIOD > now)
            }
            DatabaseNotice::Damaged { .. } => true,
        });
        Ok(notices)
    }

    /// Compares everything in the database with what was written; see [`crate::ports::Repository::check_whole`].
    pub fn check_database(&self) -> Result<(), Failure> {
        Ok(self.repository.check_whole()?)
    }
}
