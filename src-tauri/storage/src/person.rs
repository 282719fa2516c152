//! Tables `person`, `person_role` and `current_person`.

use std::collections::BTreeSet;

use domain::{
    id::PersonId,
    person::{Person, Role},
};
use rusqlite::{Connection, Row, params};

use uuid::Uuid;

use crate::{
    column::{Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "person";

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId(row.get("id")?),
        name: row.get("name")?,
        email: row.get("email")?,
        roles: BTreeSet::new(),
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

/// The person with the roles, which have rows of their own.
fn with_roles(connection: &Connection, person: Person) -> Result<Person, Error> {
    let sql = "SELECT * FROM person_role WHERE person_id = ?1";
    let roles = query::list(connection, "person_role", sql, [person.id.0], |row| {
        let word = row.get_ref("role")?.as_str()?;
        Ok(Role::ALL.into_iter().find(|role| role_word(*role) == word).ok_or_else(|| unknown_word(word))?)
    })?;
    Ok(Person { roles: roles.into_iter().collect(), ..person })
}

const fn role_word(role: Role) -> &'static str {
    match role {
        Role::PortalAdministrator => "portal_administrator",
        Role::PortalRegistration => "portal_registration",
        Role::HubAdministrator => "hub_administrator",
    }
}

pub(crate) fn put(connection: &Connection, person: &Person) -> Result<(), Error> {
    let Person { id, name, email, roles, created_at } = person;
    query::execute(
        connection,
        "INSERT INTO person (id, name, name_key, email, email_key, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, name_key = excluded.name_key, email = excluded.email,
            email_key = excluded.email_key, created_at = excluded.created_at",
        params![id.0, name, name.to_lowercase(), email, email.to_lowercase(), Millis(*created_at)],
    )?;
    query::execute(connection, "DELETE FROM person_role WHERE person_id = ?1", [id.0])?;
    for role in roles {
        query::execute(
            connection,
            "INSERT INTO person_role (person_id, role) VALUES (?1, ?2)",
            params![id.0, role_word(*role)],
        )?;
    }
    Ok(())
}

pub(crate) fn remove(connection: &Connection, id: PersonId) -> Result<(), Error> {
    query::execute(connection, "DELETE FROM person WHERE id = ?1", [id.0])?;
    Ok(())
}

pub(crate) fn set_current(connection: &Connection, id: PersonId) -> Result<(), Error> {
    query::execute(
        connection,
        "INSERT INTO current_person (only_row, person_id) VALUES (1, ?1)
         ON CONFLICT (only_row) DO UPDATE SET person_id = excluded.person_id",
        [id.0],
    )?;
    Ok(())
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<Person>, Error> {
    let people = query::list(connection, TABLE, "SELECT * FROM person ORDER BY name_key, id", [], read)?;
    people.into_iter().map(|person| with_roles(connection, person)).collect()
}

pub(crate) fn find(connection: &Connection, id: PersonId) -> Result<Option<Person>, Error> {
    let person = query::find(connection, TABLE, "SELECT * FROM person WHERE id = ?1", [id.0], read)?;
    person.map(|person| with_roles(connection, person)).transpose()
}

pub(crate) fn find_current(connection: &Connection) -> Result<Option<Person>, Error> {
    let sql = "SELECT * FROM current_person";
    match query::find(connection, "current_person", sql, [], |row| row.get::<_, Uuid>("person_id"))? {
        Some(id) => {
            let person = query::get(connection, TABLE, "SELECT * FROM person WHERE id = ?1", [id], read)?;
            with_roles(connection, person).map(Some)
        }
        None => Ok(None),
    }
}
