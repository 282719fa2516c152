//! Table `api_proxy`.

use domain::{
    id::{ApiProxyId, PortalId},
    portal::ApiProxy,
};
use rusqlite::{Connection, Row, params};

use crate::{
    actor::ActorRow,
    column::{Json, Millis},
    error::Error,
    query,
};

const TABLE: &str = "api_proxy";

fn read(row: &Row<'_>) -> rusqlite::Result<ApiProxy> {
    Ok(ApiProxy {
        id: ApiProxyId(row.get("id")?),
        portal_id: PortalId(row.get("portal_id")?),
        name: row.get("name")?,
        title: row.get("title")?,
        version: row.get("version")?,
        description: row.get("description")?,
        base_path: row.get("base_path")?,
        openapi_version: row.get("openapi_version")?,
        imported_at: row.get::<_, Millis>("imported_at")?.0,
        imported_by: row.get::<_, Json<ActorRow>>("imported_by")?.0.into(),
    })
}

pub(crate) fn put(connection: &Connection, proxy: &ApiProxy) -> Result<(), Error> {
    let ApiProxy {
        id,
        portal_id,
        name,
        title,
        version,
        description,
        base_path,
        openapi_version,
        imported_at,
        imported_by,
    } = proxy;
    query::execute(
        connection,
        "INSERT INTO api_proxy
            (id, portal_id, name, name_key, title, version, description, base_path, openapi_version, imported_at,
             imported_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET
            portal_id = excluded.portal_id, name = excluded.name, name_key = excluded.name_key,
            title = excluded.title, version = excluded.version, description = excluded.description,
            base_path = excluded.base_path, openapi_version = excluded.openapi_version,
            imported_at = excluded.imported_at, imported_by = excluded.imported_by",
        params![
            id.0,
            portal_id.0,
            name,
            name.to_lowercase(),
            title,
            version,
            description,
            base_path,
            openapi_version,
            Millis(*imported_at),
            query::json(TABLE, &ActorRow::from(imported_by))?
        ],
    )?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, id: ApiProxyId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM api_proxy WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list_of_portal(connection: &Connection, portal: PortalId) -> Result<Vec<ApiProxy>, Error> {
    query::list(connection, TABLE, "SELECT * FROM api_proxy WHERE portal_id = ?1 ORDER BY name_key", [portal.0], read)
}

pub(crate) fn find(connection: &Connection, id: ApiProxyId) -> Result<Option<ApiProxy>, Error> {
    query::find(connection, TABLE, "SELECT * FROM api_proxy WHERE id = ?1", [id.0], read)
}
