//! Table `hub`.

use domain::{
    hub::{Hub, HubAddress, HubHome},
    id::HubId,
    portal::Subaccount,
};
use rusqlite::{Connection, Row, params};

use crate::{
    column::{Millis, VocabularyColumn},
    connection_health,
    error::Error,
    fetched_api, query,
};

const TABLE: &str = "hub";

fn read(row: &Row<'_>) -> rusqlite::Result<Hub> {
    Ok(Hub {
        id: HubId(row.get("id")?),
        name: row.get("name")?,
        home: match row.get::<_, Option<String>>("address")? {
            Some(address) => HubHome::InSap { region: row.get("region")?, address: HubAddress::from_stored(address) },
            None => HubHome::Local {
                subaccount: Subaccount::from_stored(row.get("subaccount")?),
                four_eyes: row.get("four_eyes")?,
            },
        },
        vocabulary: row.get::<_, VocabularyColumn>("vocabulary")?.0,
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

pub(crate) fn put(connection: &Connection, hub: &Hub) -> Result<(), Error> {
    let Hub { id, name, home, vocabulary, created_at } = hub;
    let (subaccount, four_eyes, region, address) = match home {
        HubHome::Local { subaccount, four_eyes } => (Some(subaccount.as_str()), Some(*four_eyes), None, None),
        HubHome::InSap { region, address } => (None, None, Some(region), Some(address.as_str())),
    };
    query::execute(
        connection,
        "INSERT INTO hub (id, name, name_key, subaccount, subaccount_key, four_eyes, created_at, vocabulary, region, address)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, name_key = excluded.name_key, subaccount = excluded.subaccount,
            subaccount_key = excluded.subaccount_key, four_eyes = excluded.four_eyes,
            created_at = excluded.created_at, vocabulary = excluded.vocabulary,
            region = excluded.region, address = excluded.address",
        params![
            id.0,
            name,
            name.to_lowercase(),
            subaccount,
            subaccount.map(str::to_lowercase),
            four_eyes,
            Millis(*created_at),
            vocabulary.code(),
            region,
            address
        ],
    )?;
    Ok(())
}

/// Removes a hub; the schema removes its requests with it, but not what is known about the connections among them.
pub(crate) fn remove(connection: &Connection, id: HubId) -> Result<(), Error> {
    connection_health::remove_of_hub(connection, id)?;
    fetched_api::remove_of_hub(connection, id)?;
    query::execute(connection, "DELETE FROM hub WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<Hub>, Error> {
    query::list(connection, TABLE, "SELECT * FROM hub ORDER BY name_key", [], read)
}

pub(crate) fn find(connection: &Connection, id: HubId) -> Result<Option<Hub>, Error> {
    query::find(connection, TABLE, "SELECT * FROM hub WHERE id = ?1", [id.0], read)
}
