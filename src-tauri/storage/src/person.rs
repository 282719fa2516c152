//! Tables `person`, `person_role` and `current_person`.

use std::collections::BTreeSet;

use domain::{Person, Role, id::PersonId};
use rusqlite::{
    Connection, Row, params,
    types::{FromSql, FromSqlResult, ValueRef},
};

use crate::{
    column::{Millis, unknown_word},
    error::Error,
    query,
};

const TABLE: &str = "person";

/// The roles come joined to the row as one text, separated by commas.
fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId(row.get("id")?),
        name: row.get("name")?,
        email: row.get("email")?,
        roles: row.get::<_, Roles>("roles")?.0,
        created_at: row.get::<_, Millis>("created_at")?.0,
    })
}

struct Roles(BTreeSet<Role>);

impl FromSql for Roles {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let words = value.as_str_or_null()?.unwrap_or_default();
        words
            .split(',')
            .filter(|word| !word.is_empty())
            .map(|word| Role::ALL.into_iter().find(|role| role_word(*role) == word).ok_or_else(|| unknown_word(word)))
            .collect::<Result<_, _>>()
            .map(Self)
    }
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
    query::list(
        connection,
        TABLE,
        "SELECT id, name, email, created_at,
                (SELECT group_concat(role) FROM person_role WHERE person_id = person.id) AS roles
         FROM person ORDER BY name_key, id",
        [],
        read,
    )
}

pub(crate) fn find(connection: &Connection, id: PersonId) -> Result<Option<Person>, Error> {
    query::find(
        connection,
        TABLE,
        "SELECT id, name, email, created_at,
                (SELECT group_concat(role) FROM person_role WHERE person_id = person.id) AS roles
         FROM person WHERE id = ?1",
        [id.0],
        read,
    )
}

pub(crate) fn find_current(connection: &Connection) -> Result<Option<Person>, Error> {
    query::find(
        connection,
        TABLE,
        "SELECT id, name, email, created_at,
                (SELECT group_concat(role) FROM person_role WHERE person_id = person.id) AS roles
         FROM person WHERE id = (SELECT person_id FROM current_person)",
        [],
        read,
    )
}
