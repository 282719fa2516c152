//! Table `lost_changes`.

use domain::ports::DatabaseNotice;
use rusqlite::Connection;
use uuid::Uuid;

use crate::{column::Millis, error::Error, query, witness::Testimony};

const TABLE: &str = "lost_changes";

/// What was found when the file was opened: this many changes are missing, or it is another database than the one that
/// was used here last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    Changes(u32),
    OtherDatabase,
}

impl Loss {
    /// What the database with this id and counter lacks according to the witness.
    pub(crate) fn compare(testimony: Option<Testimony>, id: Uuid, counter: u32) -> Option<Self> {
        let testimony = testimony?;
        if testimony.database != id {
            Some(Self::OtherDatabase)
        } else if testimony.counter > counter {
            Some(Self::Changes(testimony.counter - counter))
        } else {
            None
        }
    }

    pub(crate) fn notice(self, noticed_at: Option<chrono::DateTime<chrono::Utc>>) -> DatabaseNotice {
        match self {
            Self::Changes(count) => DatabaseNotice::ChangesMissing { count, noticed_at },
            Self::OtherDatabase => DatabaseNotice::OtherDatabase { noticed_at },
        }
    }
}

pub(crate) fn insert(connection: &Connection, loss: Loss) -> Result<(), Error> {
    let missing = match loss {
        Loss::Changes(count) => Some(count),
        Loss::OtherDatabase => None,
    };
    let now = Millis(chrono::DateTime::from(std::time::SystemTime::now()));
    let sql = "INSERT INTO lost_changes (noticed_at, missing) VALUES (?1, ?2)";
    query::execute(connection, sql, rusqlite::params![now, missing])?;
    Ok(())
}

/// All of them, in the order in which they were noticed.
pub(crate) fn list(connection: &Connection) -> Result<Vec<DatabaseNotice>, Error> {
    query::list(connection, TABLE, "SELECT * FROM lost_changes ORDER BY number", [], |row| {
        let loss = row.get::<_, Option<u32>>("missing")?.map_or(Loss::OtherDatabase, Loss::Changes);
        Ok(loss.notice(Some(row.get::<_, Millis>("noticed_at")?.0)))
    })
}
