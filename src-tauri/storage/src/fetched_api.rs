//! Table `fetched_api`.

use domain::{
    connection_check::FetchedApi,
    id::{HubId, RequestId},
};
use rusqlite::{Connection, Row, params};

use crate::{error::Error, query};

const TABLE: &str = "fetched_api";

fn read(row: &Row<'_>) -> rusqlite::Result<FetchedApi> {
    Ok(FetchedApi {
        name: row.get("name")?,
        title: row.get("title")?,
        version: row.get("version")?,
        description: row.get("description")?,
        base_path: row.get("base_path")?,
    })
}

/// Stores the APIs of a connection in place of those it had.
pub(crate) fn put_all(connection: &Connection, request: RequestId, apis: &[FetchedApi]) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM fetched_api WHERE request_id = ?1", [request.0])?;
    for FetchedApi { name, title, version, description, base_path } in apis {
        query::execute(
            connection,
            "INSERT INTO fetched_api (request_id, name, name_key, title, version, description, base_path)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![request.0, name, name.to_lowercase(), title, version, description, base_path],
        )?;
    }
    Ok(())
}

/// Removes those of all connections of a hub.
pub(crate) fn remove(connection: &Connection, request: RequestId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM fetched_api WHERE request_id = ?1", [request.0])?;
    Ok(())
}

pub(crate) fn remove_of_hub(connection: &Connection, hub: HubId) -> Result<(), Error> {
    query::execute(
        connection,
        "DELETE FROM fetched_api WHERE request_id IN (SELECT id FROM connection_request WHERE hub_id = ?1)",
        [hub.0],
    )?;
    Ok(())
}

pub(crate) fn list_of_request(connection: &Connection, request: RequestId) -> Result<Vec<FetchedApi>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM fetched_api WHERE request_id = ?1 ORDER BY name_key, number",
        [request.0],
        read,
    )
}
