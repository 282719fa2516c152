//! Table `connection_health`.

use chrono::{DateTime, Utc};
use domain::{
    connection_check::{ConnectionHealth, Finding, HealthOutcome, Postponed, Repair, Stage},
    id::{HubId, RequestId},
    messages::Message,
};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    column::{Json, Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "connection_health";

/// The JSON of a [`Finding`]. A message is stored with its id and arguments; older versions stored the sentence.
#[derive(Serialize, Deserialize)]
struct FindingRow {
    stage: String,
    code: String,
    message: Message,
    remedy: Message,
    seen: Message,
    /// Older versions stored none: then the next test finds out.
    #[serde(default)]
    repair: RepairRow,
}

/// The JSON of a [`Repair`].
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RepairRow {
    Reestablish,
    Settings,
    #[default]
    TestAgain,
}

impl From<Repair> for RepairRow {
    fn from(repair: Repair) -> Self {
        match repair {
            Repair::Reestablish => Self::Reestablish,
            Repair::Settings => Self::Settings,
            Repair::TestAgain => Self::TestAgain,
        }
    }
}

impl From<RepairRow> for Repair {
    fn from(row: RepairRow) -> Self {
        match row {
            RepairRow::Reestablish => Self::Reestablish,
            RepairRow::Settings => Self::Settings,
            RepairRow::TestAgain => Self::TestAgain,
        }
    }
}

impl From<&Finding> for FindingRow {
    fn from(finding: &Finding) -> Self {
        let Finding { stage, code, message, remedy, seen, repair } = finding;
        Self {
            stage: stage.code().to_owned(),
            code: code.clone(),
            message: message.clone(),
            remedy: remedy.clone(),
            seen: seen.clone(),
            repair: (*repair).into(),
        }
    }
}

impl FindingRow {
    fn read(self) -> rusqlite::Result<Finding> {
        let Self { stage, code, message, remedy, seen, repair } = self;
        let stage = Stage::find_code(&stage).ok_or_else(|| unknown_word(&stage))?;
        Ok(Finding { stage, code, message, remedy, seen, repair: repair.into() })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionHealth> {
    let moment = |column: &str| row.get::<_, Option<Millis>>(column).map(|at| at.map(|Millis(at)| at));
    Ok(ConnectionHealth {
        request_id: RequestId(row.get("request_id")?),
        outcome: match row.get_ref("outcome")?.as_str()? {
            "unknown" => HealthOutcome::Unknown,
            "success" => HealthOutcome::Success,
            "failing" => HealthOutcome::Failing(row.get::<_, Json<FindingRow>>("finding")?.0.read()?),
            other => return Err(unknown_word(other).into()),
        },
        checked_at: moment("checked_at")?,
        last_success: moment("last_success")?,
        due: row.get("due")?,
        postponed: match (row.get::<_, Option<Json<FindingRow>>>("postponed_finding")?, moment("postponed_until")?) {
            (Some(Json(finding)), Some(until)) => {
                Some(Postponed { finding: finding.read()?, attempts: row.get("postponed_attempts")?, until })
            }
            (Some(_), None) | (None, _) => None,
        },
    })
}

pub(crate) fn put(connection: &Connection, health: &ConnectionHealth) -> Result<(), Error> {
    let ConnectionHealth { request_id, outcome, checked_at, last_success, due, postponed } = health;
    let (outcome, finding) = match outcome {
        HealthOutcome::Unknown => ("unknown", None),
        // Whether it is too long ago follows from the time of the test.
        HealthOutcome::Success | HealthOutcome::Stale => ("success", None),
        HealthOutcome::Failing(finding) => ("failing", Some(query::json(TABLE, &FindingRow::from(finding))?)),
    };
    let postponed_finding =
        postponed.as_ref().map(|postponed| query::json(TABLE, &FindingRow::from(&postponed.finding))).transpose()?;
    let (attempts, until) =
        postponed.as_ref().map_or((0, None), |postponed| (postponed.attempts, Some(postponed.until)));
    query::execute(
        connection,
        "INSERT OR REPLACE INTO connection_health
            (request_id, outcome, finding, checked_at, last_success, due, postponed_finding, postponed_attempts,
             postponed_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            request_id.0,
            outcome,
            finding,
            checked_at.map(Millis),
            last_success.map(Millis),
            due,
            postponed_finding,
            attempts,
            until.map(Millis)
        ],
    )?;
    Ok(())
}

/// Removes that of all connections of a hub.
pub(crate) fn remove(connection: &Connection, request: RequestId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM connection_health WHERE request_id = ?1", [request.0])?;
    Ok(())
}

pub(crate) fn remove_of_hub(connection: &Connection, hub: HubId) -> Result<(), Error> {
    query::execute(
        connection,
        "DELETE FROM connection_health WHERE request_id IN (SELECT id FROM connection_request WHERE hub_id = ?1)",
        [hub.0],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, request: RequestId) -> Result<Option<ConnectionHealth>, Error> {
    query::find(connection, TABLE, "SELECT * FROM connection_health WHERE request_id = ?1", [request.0], read)
}

/// Since when a connection waits: since its last test, or since its approval if it was never tested.
pub(crate) const TO_CHECK: &str = "
    SELECT request.id
    FROM connection_request AS request INDEXED BY connection_request_approved
    LEFT JOIN connection_health AS health ON health.request_id = request.id
    WHERE request.state = 'approved'
      AND (health.request_id IS NULL OR health.due OR health.checked_at IS NULL
        OR iif(health.postponed_until IS NULL, health.checked_at < ?1, health.postponed_until <= ?2))
    ORDER BY coalesce(health.checked_at, request.state_data ->> '$.approved_at'), request.id";

pub(crate) fn list_to_check(
    connection: &Connection,
    tested_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<RequestId>, Error> {
    query::list(connection, TABLE, TO_CHECK, [Millis(tested_before), Millis(now)], |row| row.get(0).map(RequestId))
}
