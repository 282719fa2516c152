//! Every row carries a checksum of what was written into it, which is compared whenever the row is read: a byte that the
//! disk changed is an error that names the entry, never a wrong datum.
//!
//! SQLite checks no content by itself, and of its index pages only `integrity_check` does
//! (<https://sqlite.org/pragma.html#pragma_integrity_check>); see [`crate::repository`] for when that runs. A CRC-32 finds
//! every flipped bit and every burst of up to 32; it is no protection against somebody who edits the file on purpose.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Row, Statement, hooks::Action, types::ValueRef};

use crate::error::Error;

/// The column that holds it; every table has one.
pub(crate) const COLUMN: &str = "checksum";

/// How the names of columns begin that a query adds to those of its table; they are not part of the row.
pub(crate) const JOINED: &str = "joined_";

/// Compares rows of one query with their checksums.
pub(crate) struct Check {
    table: &'static str,
    /// Where the checksum is; `None` for a query that reads single columns off an index.
    stored: Option<usize>,
    /// The columns that it covers, with their names.
    covered: Vec<(usize, String)>,
}

impl Check {
    /// For the rows of `statement`, which are those of `table`.
    pub(crate) fn of(table: &'static str, statement: &Statement<'_>) -> Self {
        let names: Vec<&str> = statement.column_names().collect();
        let stored = names.iter().position(|name| *name == COLUMN);
        Self { table, stored, covered: if stored.is_some() { covered(&names) } else { Vec::new() } }
    }

    /// An error where the row is not as it was written.
    pub(crate) fn compare(&self, row: &Row<'_>) -> Result<(), Error> {
        let Some(stored) = self.stored else { return Ok(()) };
        let computed = compute(self.table, row, &self.covered)?;
        if row.get_ref(stored)? == ValueRef::Integer(computed) {
            return Ok(());
        }
        Err(Error::damaged_entry(self.table, describe(row, &self.covered)))
    }
}

fn covered(names: &[&str]) -> Vec<(usize, String)> {
    let own = |(_, name): &(usize, &str)| *name != COLUMN && !name.starts_with(JOINED);
    names.iter().copied().enumerate().filter(own).map(|(place, name)| (place, name.to_owned())).collect()
}

/// Covers the table's name and each column's name, type, length and content. An absent value adds nothing, so that a column
/// that a later version adds leaves the checksums of older rows as they are.
fn compute(table: &str, row: &Row<'_>, covered: &[(usize, String)]) -> rusqlite::Result<i64> {
    let mut crc = crc32fast::Hasher::new();
    let mut add = |part: &[u8]| {
        crc.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        crc.update(part);
    };
    add(table.as_bytes());
    for (place, name) in covered {
        let (kind, content): (&[u8], &[u8]) = match row.get_ref(*place)? {
            ValueRef::Null => continue,
            ValueRef::Integer(number) => (b"i", &number.to_le_bytes()),
            ValueRef::Real(number) => (b"r", &number.to_bits().to_le_bytes()),
            ValueRef::Text(text) => (b"t", text),
            ValueRef::Blob(bytes) => (b"b", bytes),
        };
        add(name.as_bytes());
        add(kind);
        add(content);
    }
    Ok(i64::from(crc.finalize()))
}

/// How a person knows the row, if that can still be read.
fn describe(row: &Row<'_>, covered: &[(usize, String)]) -> String {
    let text = |wanted: &str| {
        let (place, _) = covered.iter().find(|(_, name)| name == wanted)?;
        let text = row.get_ref(*place).ok()?.as_str().ok()?;
        // Damaged data can hold anything.
        let shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
        (!shown.is_empty()).then_some(shown)
    };
    let id = || {
        let (place, _) = covered.iter().find(|(_, name)| name == "id" || name.ends_with("_id"))?;
        let bytes = row.get_ref(*place).ok()?.as_blob().ok()?;
        uuid::Uuid::from_slice(bytes).ok().map(|id| id.to_string())
    };
    ["alias", "name", "label", "key_name", "client_id", "description", "subject"]
        .into_iter()
        .find_map(text)
        .or_else(id)
        .unwrap_or_else(|| "–".to_owned())
}

/// Writes the checksums of the rows that a connection changes.
#[derive(Debug, Default)]
pub(crate) struct Sealer {
    tables: Vec<String>,
    changed: Arc<Mutex<Vec<(String, i64)>>>,
}

impl Sealer {
    /// Follows the changes that `connection` makes from now on.
    pub(crate) fn follow(connection: &mut Connection) -> Result<Self, Error> {
        let sealer = Self { tables: tables(connection)?, changed: Arc::default() };
        let changed = Arc::clone(&sealer.changed);
        connection.update_hook(Some(move |action: Action, _: &str, table: &str, rowid: i64| {
            if matches!(action, Action::SQLITE_INSERT | Action::SQLITE_UPDATE) {
                changed.lock().unwrap_or_else(PoisonError::into_inner).push((table.to_owned(), rowid));
            }
        }))?;
        Ok(sealer)
    }

    /// Forgets what was changed and not sealed.
    pub(crate) fn start(&self) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Writes the checksums of the rows that were changed since the last call, within the same transaction.
    pub(crate) fn seal(&self, connection: &Connection) -> Result<(), Error> {
        let mut changed = std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner));
        changed.sort_unstable();
        changed.dedup();
        for (table, rowid) in changed {
            if self.tables.contains(&table) {
                seal_row(connection, &table, rowid)?;
            }
        }
        // Writing the checksums is a change, too.
        self.start();
        Ok(())
    }
}

fn seal_row(connection: &Connection, table: &str, rowid: i64) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT * FROM {table} WHERE rowid = ?1"))?;
    let names: Vec<&str> = statement.column_names().collect();
    let (covered, stored) = (covered(&names), statement.column_index(COLUMN)?);
    let mut rows = statement.query([rowid])?;
    // Removed again in the same change.
    let Some(row) = rows.next()? else { return Ok(()) };
    let computed = compute(table, row, &covered)?;
    if row.get_ref(stored)? == ValueRef::Integer(computed) {
        return Ok(());
    }
    let update = format!("UPDATE {table} SET {COLUMN} = ?1 WHERE rowid = ?2");
    connection.prepare_cached(&update)?.execute([computed, rowid])?;
    Ok(())
}

/// Writes the checksums of all rows: for a migration, which may have changed any of them.
pub(crate) fn seal_all(connection: &Connection) -> Result<(), Error> {
    for table in tables(connection)? {
        let mut statement = connection.prepare(&format!("SELECT rowid FROM {table}"))?;
        let rowids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        for rowid in rowids {
            seal_row(connection, &table, rowid)?;
        }
    }
    Ok(())
}

/// Reads every row; the error names the first that is not as it was written.
pub(crate) fn compare_all(connection: &Connection) -> Result<(), Error> {
    for table in tables(connection)? {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let names: Vec<&str> = statement.column_names().collect();
        let (covered, stored) = (covered(&names), names.iter().position(|name| *name == COLUMN));
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(stored) = stored else { continue };
            if row.get_ref(stored)? != ValueRef::Integer(compute(&table, row, &covered)?) {
                return Err(Error::damaged_entry(&table, describe(row, &covered)));
            }
        }
    }
    Ok(())
}

/// The tables whose rows carry a checksum.
fn tables(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare(
        "SELECT schema.name FROM sqlite_schema AS schema, pragma_table_info(schema.name) AS columns
         WHERE schema.type = 'table' AND columns.name = ?1 ORDER BY schema.name",
    )?;
    Ok(statement.query_map([COLUMN], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn every_table_has_a_checksum() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
            .unwrap();
        let all: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let without: Vec<&String> = all.iter().filter(|table| !tables(&connection).unwrap().contains(table)).collect();
        // Its words are the program's own; an entry with another one is refused when it is read.
        assert_eq!(without, ["audit_action"], "a table without a column `checksum INTEGER` is believed as it is read");
    }
}
