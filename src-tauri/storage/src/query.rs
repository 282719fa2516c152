//! Reads rows, compares each with what was written, and names the entry that differs.

use rusqlite::{Connection, Params, Row};
use serde::Serialize;

use crate::{checksum::Check, error::Error};

/// All rows of a query on `table`.
pub(crate) fn list<T>(
    connection: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    each(connection, table, sql, params, |row| {
        all.push(read(row)?);
        Ok(())
    })?;
    Ok(all)
}

/// Reads each row of a query on `table`.
pub(crate) fn each(
    connection: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let check = Check::of(table, &statement);
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        check.compare(row)?;
        read(row).map_err(|error| of_row(table, error))?;
    }
    Ok(())
}

/// The only row of a query on `table`, if there is one.
pub(crate) fn find<T>(
    connection: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let check = Check::of(table, &statement);
    let mut rows = statement.query(params)?;
    let Some(row) = rows.next()? else { return Ok(None) };
    check.compare(row)?;
    read(row).map(Some).map_err(|error| of_row(table, error))
}

/// The only row of a query on `table`, which has to be there because another row refers to it.
pub(crate) fn get<T>(
    connection: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<T, Error> {
    find(connection, table, sql, params, read)?
        .ok_or_else(|| Error::damaged(format!("a row of {table} is in an index only")))
}

/// Runs one statement; returns how many rows it changed.
pub(crate) fn execute(connection: &Connection, sql: &str, params: impl Params) -> Result<usize, Error> {
    Ok(connection.prepare_cached(sql)?.execute(params)?)
}

/// A part of a row as JSON.
pub(crate) fn json(table: &'static str, part: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(part).map_err(|source| Error::Unwritable { table, source })
}

/// An error of SQLite itself stays what it is; anything else means that the row holds an impossible value.
fn of_row(table: &'static str, error: rusqlite::Error) -> Error {
    if error.sqlite_error().is_some() { Error::Sqlite(error) } else { Error::Unreadable { table, source: error } }
}
