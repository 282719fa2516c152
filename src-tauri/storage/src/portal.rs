//! Table `portal`.

use domain::{
    documents::PortalUrl,
    id::PortalId,
    portal::{Portal, PortalHome, Subaccount},
};
use rusqlite::{Connection, Row, params};

use crate::{
    column::{Millis, VocabularyColumn},
    connection_request,
    error::Error,
    portal_name, query,
};

const TABLE: &str = "portal";

fn read(row: &Row<'_>) -> rusqlite::Result<Portal> {
    Ok(Portal {
        id: PortalId(row.get("id")?),
        name: row.get("name")?,
        subaccount: Subaccount::from_stored(row.get("subaccount")?),
        slug: row.get("slug")?,
        home: match row.get::<_, Option<String>>("elsewhere_url")? {
            Some(url) => PortalHome::InSap { url: PortalUrl::from_stored(url) },
            None => PortalHome::Local { instance_number: row.get("instance_number")? },
        },
        vocabulary: row.get::<_, VocabularyColumn>("vocabulary")?.0,
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

pub(crate) fn put(connection: &Connection, portal: &Portal) -> Result<(), Error> {
    let Portal { id, name, subaccount, slug, home, vocabulary, created_at } = portal;
    let (instance_number, elsewhere_url) = match home {
        PortalHome::Local { instance_number } => (*instance_number, None),
        PortalHome::InSap { url } => (0, Some(url.as_str())),
    };
    let former_name = portal_name::find(connection, *id)?;
    let subaccount = subaccount.as_str();
    query::execute(
        connection,
        "INSERT INTO portal (id, name, name_key, subaccount, subaccount_key, slug, instance_number, created_at,
                             elsewhere_url, vocabulary)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, name_key = excluded.name_key, subaccount = excluded.subaccount,
            subaccount_key = excluded.subaccount_key, slug = excluded.slug,
            instance_number = excluded.instance_number, created_at = excluded.created_at,
            elsewhere_url = excluded.elsewhere_url, vocabulary = excluded.vocabulary",
        params![
            id.0,
            name,
            name.to_lowercase(),
            subaccount,
            subaccount.to_lowercase(),
            slug,
            instance_number,
            Millis(*created_at),
            elsewhere_url,
            vocabulary.code()
        ],
    )?;
    if former_name.as_ref() != Some(name) {
        // Requests are found by the name of their portal.
        for request in connection_request::list_of_portal(connection, *id)? {
            connection_request::put(connection, &request)?;
        }
    }
    Ok(())
}

/// Removes a portal; the schema removes its credentials, service instances and API proxies with it. Its requests stay and lose the reference.
pub(crate) fn remove(connection: &Connection, id: PortalId) -> Result<(), Error> {
    for mut request in connection_request::list_of_portal(connection, id)? {
        request.portal_id = None;
        connection_request::put(connection, &request)?;
    }
    query::execute(connection, "DELETE FROM portal WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<Portal>, Error> {
    query::list(connection, TABLE, "SELECT * FROM portal ORDER BY name_key", [], read)
}

pub(crate) fn find(connection: &Connection, id: PortalId) -> Result<Option<Portal>, Error> {
    query::find(connection, TABLE, "SELECT * FROM portal WHERE id = ?1", [id.0], read)
}

pub(crate) fn find_by_slug(connection: &Connection, slug: &str) -> Result<Option<Portal>, Error> {
    query::find(connection, TABLE, "SELECT * FROM portal WHERE slug = ?1", [slug], read)
}
