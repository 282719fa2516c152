//! Tables `connection_request` and `connection_request_text`.

use domain::{
    connection::{ConnectionRequest, Report, RequestState, RequestStateKind},
    id::{HubId, PortalId, RequestId, SecretId},
    input::looks_alike,
    ports::{RequestCounts, RequestPage, RequestQuery, RequestRow, RequestSort},
};
use rusqlite::{Connection, Row, params};

use crate::{
    actor::ActorRow,
    column::{Json, Millis, unknown_word},
    connection_health,
    error::Error,
    fetched_api,
    ordered_list::{OrderedList, Source, Texts, Window, fold},
    portal_name, query,
};

use rows::{ApprovedRow, HeldRow, PendingRow, RejectedRow, ReportRow};

mod rows;

const TABLE: &str = "connection_request";

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionRequest> {
    Ok(ConnectionRequest {
        id: RequestId(row.get("id")?),
        hub_id: HubId(row.get("hub_id")?),
        alias: row.get("alias")?,
        portal_key: row.get("portal_key")?,
        portal_id: row.get::<_, Option<_>>("portal_id")?.map(PortalId),
        comment: row.get("comment")?,
        submitted_by: row.get::<_, Json<ActorRow>>("submitted_by")?.0.into(),
        submitted_at: row.get::<_, Millis>("submitted_at")?.0,
        report: row.get::<_, Option<Json<ReportRow>>>("report")?.map(|Json(report)| report.into()),
        state: read_state(row)?,
    })
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<RequestState> {
    let secret = || row.get("secret_id").map(SecretId);
    match row.get_ref("state")?.as_str()? {
        "pending" => {
            let Json(PendingRow { held }) = row.get("state_data")?;
            Ok(RequestState::Pending { held: held.join(secret()?) })
        }
        "approved" => {
            let Json(ApprovedRow { held, approved_by, approved_at, destination }) = row.get("state_data")?;
            Ok(RequestState::Approved {
                held: held.join(secret()?),
                approved_by: approved_by.into(),
                approved_at: approved_at.0,
                destination: destination.into(),
            })
        }
        "rejected" => {
            let Json(RejectedRow { facts, rejected_by, rejected_at, reason }) = row.get("state_data")?;
            Ok(RequestState::Rejected {
                facts: facts.into(),
                rejected_by: rejected_by.into(),
                rejected_at: rejected_at.0,
                reason,
            })
        }
        other => Err(unknown_word(other).into()),
    }
}

/// The JSON of a state and the secret beside it.
fn state_columns(state: &RequestState) -> Result<(String, Option<SecretId>), Error> {
    match state {
        RequestState::Pending { held } => {
            let (held, secret) = HeldRow::split(held);
            Ok((query::json(TABLE, &PendingRow { held })?, Some(secret)))
        }
        RequestState::Approved { held, approved_by, approved_at, destination } => {
            let (held, secret) = HeldRow::split(held);
            let row = ApprovedRow {
                held,
                approved_by: approved_by.into(),
                approved_at: Millis(*approved_at),
                destination: destination.into(),
            };
            Ok((query::json(TABLE, &row)?, Some(secret)))
        }
        RequestState::Rejected { facts, rejected_by, rejected_at, reason } => {
            let row = RejectedRow {
                facts: facts.into(),
                rejected_by: rejected_by.into(),
                rejected_at: Millis(*rejected_at),
                reason: reason.clone(),
            };
            Ok((query::json(TABLE, &row)?, None))
        }
    }
}

const fn state_word(state: RequestStateKind) -> &'static str {
    match state {
        RequestStateKind::Pending => "pending",
        RequestStateKind::Approved => "approved",
        RequestStateKind::Rejected => "rejected",
    }
}

/// Stores a request under a new row number, in place of its former row.
pub(crate) fn put(connection: &Connection, request: &ConnectionRequest) -> Result<(), Error> {
    let ConnectionRequest {
        id,
        hub_id,
        alias,
        portal_key,
        portal_id,
        comment,
        submitted_by,
        submitted_at,
        report,
        state,
    } = request;
    let facts = request.facts();
    let (state_data, secret) = state_columns(state)?;
    query::execute(connection, "DELETE FROM connection_request WHERE id = ?1", [id.0])?;
    query::execute(
        connection,
        "INSERT INTO connection_request
            (id, hub_id, alias, alias_key, portal_key, portal_id, comment, submitted_by, submitter_key, submitted_at,
             valid_until, state, secret_id, state_data, report)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            id.0,
            hub_id.0,
            alias,
            alias.to_lowercase(),
            portal_key,
            portal_id.map(|id| id.0),
            comment,
            query::json(TABLE, &ActorRow::from(submitted_by))?,
            request.submitter().to_lowercase(),
            Millis(*submitted_at),
            facts.valid_until().map(Millis),
            state_word(request.kind()),
            secret.map(|id| id.0),
            state_data,
            report.as_ref().map(|report| query::json(TABLE, &ReportRow::from(report))).transpose()?
        ],
    )?;
    let number = connection.last_insert_rowid();
    // A portal that is added later in the commit, or renamed, stores its requests again.
    let portal_name = match portal_id {
        Some(id) => portal_name::find(connection, *id)?.unwrap_or_default(),
        None => String::new(),
    };
    let mut texts = vec![alias, &portal_name, portal_key, request.submitter(), &facts.client_id, comment];
    if let Some(Report { submitted_by: _, decided_by, note, ticket }) = report {
        texts.extend([decided_by.as_str(), note, ticket]);
    }
    let text = texts.join("\n");
    query::execute(
        connection,
        "INSERT INTO connection_request_text (number, text) VALUES (?1, ?2)",
        params![number, fold(&text)],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, id: RequestId) -> Result<Option<ConnectionRequest>, Error> {
    query::find(connection, TABLE, "SELECT * FROM connection_request WHERE id = ?1", [id.0], read)
}

/// The approved ones first.
pub(crate) fn list_open_of_portal(connection: &Connection, portal_key: &str) -> Result<Vec<ConnectionRequest>, Error> {
    let sql = "SELECT * FROM connection_request WHERE portal_key = ?1 AND state IN ('pending', 'approved')
               ORDER BY state = 'pending', id";
    query::list(connection, TABLE, sql, [portal_key], read)
}

/// Those of one hub, by alias.
pub(crate) fn list_open(connection: &Connection, hub: HubId) -> Result<Vec<ConnectionRequest>, Error> {
    let sql = "SELECT * FROM connection_request WHERE hub_id = ?1 AND state IN ('pending', 'approved')
               ORDER BY alias_key, id";
    query::list(connection, TABLE, sql, [hub.0], read)
}

/// Removes a request with what is known about its connection.
pub(crate) fn remove(connection: &Connection, id: RequestId) -> Result<(), Error> {
    connection_health::remove(connection, id)?;
    fetched_api::remove(connection, id)?;
    query::execute(connection, "DELETE FROM connection_request WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn find_open_by_alias(
    connection: &Connection,
    hub: HubId,
    alias: &str,
) -> Result<Option<ConnectionRequest>, Error> {
    let sql = "SELECT id, alias FROM connection_request WHERE hub_id = ?1 AND state IN ('pending', 'approved')
               ORDER BY id";
    let read = |row: &Row<'_>| Ok((RequestId(row.get("id")?), row.get::<_, String>("alias")?));
    let open = query::list(connection, TABLE, sql, [hub.0], read)?;
    let Some((id, _)) = open.iter().find(|(_, other)| looks_alike(other, alias)) else { return Ok(None) };
    find(connection, *id)
}

pub(crate) fn list_of_portal(connection: &Connection, portal: PortalId) -> Result<Vec<ConnectionRequest>, Error> {
    query::list(connection, TABLE, "SELECT * FROM connection_request WHERE portal_id = ?1", [portal.0], read)
}

/// Those of one hub, or of all.
pub(crate) fn list_approved(connection: &Connection, hub: Option<HubId>) -> Result<Vec<ConnectionRequest>, Error> {
    match hub {
        Some(hub) => {
            let sql =
                "SELECT * FROM connection_request WHERE hub_id = ?1 AND state = 'approved' ORDER BY alias_key, id";
            query::list(connection, TABLE, sql, [hub.0], read)
        }
        None => query::list(connection, TABLE, ALL_APPROVED, [], read),
    }
}

const ALL_APPROVED: &str = "SELECT * FROM connection_request WHERE state = 'approved' ORDER BY alias_key, id";

pub(crate) fn count(connection: &Connection, hub: HubId) -> Result<RequestCounts, Error> {
    let count = |state: RequestStateKind| {
        let sql = "SELECT count(*) FROM connection_request WHERE hub_id = ?1 AND state = ?2";
        query::get(connection, TABLE, sql, params![hub.0, state_word(state)], |row| row.get::<_, i64>(0))
            .map(|count| usize::try_from(count).unwrap_or(0))
    };
    Ok(RequestCounts {
        pending: count(RequestStateKind::Pending)?,
        approved: count(RequestStateKind::Approved)?,
        rejected: count(RequestStateKind::Rejected)?,
    })
}

/// The requests of one hub, in one state or in all, in one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestList {
    hub: HubId,
    state: Option<RequestStateKind>,
    sort: RequestSort,
}

/// What an order sorts by.
const fn sort_keys(sort: RequestSort) -> &'static str {
    match sort {
        RequestSort::Alias => "alias_key, id",
        RequestSort::SubmittedBy => "submitter_key, id",
        RequestSort::SubmittedAt => "submitted_at, id",
        RequestSort::ValidUntil => "valid_until IS NULL, valid_until, id",
    }
}

/// Reads nothing but the index of that order.
fn order_sql(sort: RequestSort) -> String {
    let keys = sort_keys(sort);
    format!("SELECT number FROM connection_request WHERE hub_id = ?1 AND state = ?2 ORDER BY {keys}")
}

/// The requests of all states: the index is in the order of each state, and SQLite merges what it reads there.
fn merged_order_sql(sort: RequestSort) -> String {
    let keys = sort_keys(sort);
    let of_state = |state| {
        let state = state_word(state);
        format!("SELECT number, {keys} FROM connection_request WHERE hub_id = ?1 AND state = '{state}'")
    };
    let all = [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected].map(of_state);
    let places = (2..).take(keys.split(',').count()).map(|place: usize| place.to_string()).collect::<Vec<_>>();
    format!("{} ORDER BY {}", all.join(" UNION ALL "), places.join(", "))
}

impl Source for RequestList {
    type Key = Self;

    fn read_order(connection: &Connection, key: Self) -> Result<Vec<i64>, Error> {
        let Self { hub, state, sort } = key;
        match state {
            Some(state) => {
                let sql = order_sql(sort);
                query::list(connection, TABLE, &sql, params![hub.0, state_word(state)], |row| row.get(0))
            }
            None => query::list(connection, TABLE, &merged_order_sql(sort), [hub.0], |row| row.get(0)),
        }
    }

    fn read_texts(connection: &Connection, _: Self::Key, last: i64, texts: &mut Texts) -> Result<(), Error> {
        let sql = "SELECT * FROM connection_request_text WHERE number > ?1 ORDER BY number";
        query::each(connection, "connection_request_text", sql, [last], |row| {
            texts.push(row.get("number")?, row.get_ref("text")?.as_str()?);
            Ok(())
        })
    }
}

/// One page; `list` is what was kept since the last one.
pub(crate) fn search(
    snapshot: &Connection,
    list: &mut OrderedList<RequestList>,
    query: &RequestQuery,
) -> Result<RequestPage, Error> {
    let RequestQuery { hub, state, search, sort, descending, offset, limit } = query;
    let key = RequestList { hub: *hub, state: *state, sort: *sort };
    let window = Window { descending: *descending, offset: *offset, limit: *limit };
    let (matching, numbers) = list.page::<RequestList>(snapshot, key, search, window)?;
    let sql = "SELECT connection_request.*, portal.name AS joined_portal_name
               FROM connection_request LEFT JOIN portal ON portal.id = connection_request.portal_id
               WHERE connection_request.number = ?1";
    let rows = numbers.into_iter().map(|number| {
        let (request, portal_name) =
            query::get(snapshot, TABLE, sql, [number], |row| Ok((read(row)?, row.get("joined_portal_name")?)))?;
        let health = match request.kind() {
            RequestStateKind::Approved => connection_health::find(snapshot, request.id)?,
            RequestStateKind::Pending | RequestStateKind::Rejected => None,
        };
        Ok(RequestRow { request, portal_name, health })
    });
    Ok(RequestPage { matching, rows: rows.collect::<Result<_, Error>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::plan;

    #[test]
    fn the_connections_of_all_hubs_are_found_without_reading_the_other_requests() {
        assert_eq!(plan(ALL_APPROVED), "SCAN connection_request USING INDEX connection_request_approved");
        assert_eq!(
            plan(connection_health::TO_CHECK),
            "SCAN request USING INDEX connection_request_approved; \
             SEARCH health USING INDEX sqlite_autoindex_connection_health_1 (request_id=?) LEFT-JOIN; \
             USE TEMP B-TREE FOR ORDER BY"
        );
    }

    #[test]
    fn every_order_is_read_off_an_index_that_holds_all_of_it() {
        for (sort, index) in [
            (RequestSort::Alias, "connection_request_sort_alias"),
            (RequestSort::SubmittedBy, "connection_request_sort_submitter"),
            (RequestSort::SubmittedAt, "connection_request_sort_submitted"),
            (RequestSort::ValidUntil, "connection_request_sort_validity"),
        ] {
            assert_eq!(
                plan(&order_sql(sort)),
                format!("SEARCH connection_request USING COVERING INDEX {index} (hub_id=? AND state=?)"),
                "sorting, or reading the rows themselves, would exceed the budget"
            );
            let merged = plan(&merged_order_sql(sort));
            assert_eq!(merged.matches(&format!("USING COVERING INDEX {index}")).count(), 3, "{merged}");
            assert!(!merged.contains("TEMP B-TREE"), "three orders are merged, not sorted: {merged}");
        }
    }
}
