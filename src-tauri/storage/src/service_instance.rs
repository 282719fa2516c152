//! Table `service_instance`.

use domain::{
    id::{PortalId, ServiceInstanceId},
    portal::{ServiceInstance, ServiceRole},
};
use rusqlite::{Connection, Row, params};

use crate::{
    actor::ActorRow,
    column::{Json, Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "service_instance";

fn read(row: &Row<'_>) -> rusqlite::Result<ServiceInstance> {
    let role = row.get_ref("role")?.as_str()?;
    Ok(ServiceInstance {
        id: ServiceInstanceId(row.get("id")?),
        portal_id: PortalId(row.get("portal_id")?),
        name: row.get("name")?,
        role: ServiceRole::find_name(role).ok_or_else(|| unknown_word(role))?,
        created_at: row.get::<_, Millis>("created_at")?.0,
        created_by: row.get::<_, Json<ActorRow>>("created_by")?.0.into(),
        deleted_at: row.get::<_, Option<Millis>>("deleted_at")?.map(|Millis(at)| at),
    })
}

pub(crate) fn put(connection: &Connection, instance: &ServiceInstance) -> Result<(), Error> {
    let ServiceInstance { id, portal_id, name, role, created_at, created_by, deleted_at } = instance;
    query::execute(
        connection,
        "INSERT INTO service_instance (id, portal_id, name, name_key, role, created_at, created_by, deleted_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET
            portal_id = excluded.portal_id, name = excluded.name, name_key = excluded.name_key,
            role = excluded.role, created_at = excluded.created_at, created_by = excluded.created_by,
            deleted_at = excluded.deleted_at",
        params![
            id.0,
            portal_id.0,
            name,
            name.to_lowercase(),
            role.name(),
            Millis(*created_at),
            query::json(TABLE, &ActorRow::from(created_by))?,
            deleted_at.map(Millis)
        ],
    )?;
    Ok(())
}

pub(crate) fn list_of_portal(connection: &Connection, portal: PortalId) -> Result<Vec<ServiceInstance>, Error> {
    query::list(
        connection,
        TABLE,
        "SELECT * FROM service_instance WHERE portal_id = ?1 ORDER BY rowid",
        [portal.0],
        read,
    )
}

pub(crate) fn find(connection: &Connection, id: ServiceInstanceId) -> Result<Option<ServiceInstance>, Error> {
    query::find(connection, TABLE, "SELECT * FROM service_instance WHERE id = ?1", [id.0], read)
}
