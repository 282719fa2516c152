//! The schema and how a file gets to it.

use domain::{messages::message, ports::RepositoryError};
use rusqlite::{Connection, TransactionBehavior};

use crate::{checksum, database_identity, error::Error};

/// Marks a file as Drawbridge's: "DrBr". <https://sqlite.org/pragma.html#pragma_application_id>
pub(crate) const APPLICATION_ID: u32 = 0x4472_4272;

/// The steps to the newest schema. New ones are only ever appended; the version of a file is the number of steps it has
/// taken.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_initial.sql"),
    include_str!("../migrations/0002_portals_elsewhere.sql"),
    include_str!("../migrations/0003_vocabularies_and_accounts.sql"),
    include_str!("../migrations/0004_checksums.sql"),
    include_str!("../migrations/0005_two_authorities.sql"),
    include_str!("../migrations/0006_wrong_clocks.sql"),
    include_str!("../migrations/0007_keychain_witness.sql"),
    include_str!("../migrations/0008_question_before_secrets.sql"),
    include_str!("../migrations/0009_proxy_and_postponed_tests.sql"),
    include_str!("../migrations/0010_local_and_in_sap.sql"),
    include_str!("../migrations/0011_accounts_in_pingone.sql"),
    include_str!("../migrations/0012_removed_credentials.sql"),
];

/// The first version whose rows carry checksums, and which says itself how its schema was left.
const FIRST_WITH_CHECKSUMS: u32 = 4;

/// Brings the file to the newest schema, all steps in one transaction.
///
/// Lists follow the order of rows (`rowid`), since a clock may have been wrong: a step that copies a table says `ORDER BY rowid`.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    take_steps(connection, MIGRATIONS)
}

fn take_steps(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    // A step may put a new table in the place of an old one: with the keys watched, dropping that would delete what refers to
    // it. Within a transaction this has no effect (https://sqlite.org/lang_altertable.html#otheralter).
    connection.pragma_update(None, "foreign_keys", false)?;
    let taken = take_unwatched_steps(connection, steps);
    connection.pragma_update(None, "foreign_keys", true)?;
    taken
}

fn take_unwatched_steps(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    // Immediate, so that of two programs that start at once the second one waits and then finds the work done.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema_version(&transaction)?;
    if found >= FIRST_WITH_CHECKSUMS {
        // The checksums of all rows are written below. Damage must be found before, since afterwards it would look
        // valid.
        checksum::compare_all(&transaction)?;
    }
    let mut reached = found;
    for (version, sql) in (1_u32..).zip(steps).filter(|(version, _)| *version > found) {
        transaction.execute_batch(sql)?;
        tracing::info!(version, "database migrated");
        reached = version;
    }
    if reached > found {
        // A statement that was prepared before has the former columns.
        transaction.flush_prepared_statement_cache();
        let lost =
            transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get::<_, i64>(0))?;
        if lost > 0 {
            return Err(Error::damaged(format!("{lost} entries refer to something that is not there")));
        }
        transaction.pragma_update(None, "user_version", reached)?;
    }
    if reached > found && reached >= FIRST_WITH_CHECKSUMS {
        database_identity::set_schema(&transaction, reached, schema_checksum(&transaction)?)?;
        // Once for all steps: with 100,000 requests it takes seconds.
        checksum::seal_all(&transaction)?;
    }
    Ok(transaction.commit()?)
}

/// Whether every step has been taken. Refuses a file that has taken more steps than this program knows, and one whose
/// schema is not as the last step left it.
pub(crate) fn is_newest(connection: &Connection) -> Result<bool, Error> {
    // One snapshot: another program may be migrating.
    let snapshot = connection.unchecked_transaction()?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let found = schema_version(&snapshot)?;
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'database_identity'";
    let has_identity = snapshot.query_row(sql, [], |row| row.get::<_, i64>(0))? > 0;
    let damaged = || Error::damaged(message!("database-structure-damaged", found = "schema"));
    if !is_text(&snapshot)? {
        return Err(damaged());
    }
    if found > known {
        let identity = if has_identity { database_identity::get(&snapshot).ok() } else { None };
        // A newer version writes its number in both places.
        return match identity {
            Some(identity) if identity.schema_version <= known => Err(damaged()),
            Some(_) | None => Err(RepositoryError::TooNew { found, known }.into()),
        };
    }
    if has_identity || found >= FIRST_WITH_CHECKSUMS {
        let identity = database_identity::get(&snapshot)?;
        if identity.schema_version != found || identity.schema_checksum != schema_checksum(&snapshot)? {
            return Err(damaged());
        }
    }
    Ok(found == known)
}

/// Whether all names are text. SQLite accepts any bytes as a name, but the library panics when it returns one that is
/// not UTF-8 (`rusqlite::Statement::column_name`).
fn is_text(connection: &Connection) -> Result<bool, Error> {
    let mut statement = connection.prepare("SELECT name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..3 {
            let bytes = row.get_ref(column)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
            if std::str::from_utf8(bytes).is_err() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Covers what SQLite knows about tables and indexes, but not where they are in the file.
fn schema_checksum(connection: &Connection) -> Result<u32, Error> {
    let mut crc = crc32fast::Hasher::new();
    let mut statement = connection.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            crc.update(row.get_ref(column)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default());
            crc.update(b"\0");
        }
    }
    Ok(crc.finalize())
}

fn schema_version(connection: &Connection) -> Result<u32, Error> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    u32::try_from(version).map_err(|_| Error::damaged(format!("it says it has schema version {version}")))
}

/// How SQLite would go about a statement, in its own words.
#[cfg(test)]
pub(crate) fn plan(sql: &str) -> String {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let parameters = vec!["x"; statement.parameter_count()];
    let steps = statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>("detail"));
    steps.unwrap().map(Result::unwrap).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use rusqlite::hooks::Action;

    use super::*;

    #[test]
    fn the_schema_is_this() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY name")
            .unwrap();
        let schema: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        insta::assert_snapshot!(schema.join(";\n\n"));
    }

    /// A database with many requests is migrated at a start, while somebody waits for the window.
    #[test]
    fn the_steps_write_the_checksum_of_each_row_once_and_leave_rows_alone_that_they_do_not_change() {
        const ROWS: usize = 50;
        let before_checksums = FIRST_WITH_CHECKSUMS as usize - 1;
        let writes_for = |steps: usize| {
            let mut connection = Connection::open_in_memory().unwrap();
            take_steps(&mut connection, &MIGRATIONS[..steps]).unwrap();
            for number in 0..ROWS {
                let sql = "INSERT INTO person (id, name, name_key, email, email_key, created_at)
                           VALUES (randomblob(16), ?1, ?1, ?1, ?1, 0)";
                connection.execute(sql, [number.to_string()]).unwrap();
            }
            if steps > before_checksums {
                checksum::seal_all(&connection).unwrap();
            }
            let writes = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&writes);
            let count = move |_: Action, _: &str, table: &str, _: i64| {
                if table == "person" {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            };
            connection.update_hook(Some(count)).unwrap();
            migrate(&mut connection).unwrap();
            checksum::compare_all(&connection).unwrap();
            writes.load(Ordering::Relaxed)
        };
        assert_eq!(writes_for(before_checksums), ROWS);
        assert_eq!(writes_for(MIGRATIONS.len() - 1), 0, "the last step has nothing to do with people");
    }

    /// Their client ids were made here, so none of them may look like one that PingOne gave out.
    #[test]
    fn an_account_from_before_is_local_and_keeps_its_credentials_and_their_order() {
        const BEFORE: usize = 10;
        let mut connection = Connection::open_in_memory().unwrap();
        take_steps(&mut connection, &MIGRATIONS[..BEFORE]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO pingone_account (id, name, name_key, created_at) VALUES (zeroblob(16), 'Acme', 'acme', 1);
                 INSERT INTO secret_item (id, label, state)
                    VALUES (randomblob(16), 'current', 'active'), (randomblob(16), 'other', 'active'),
                           (randomblob(16), 'former', 'active');
                 INSERT INTO connection_api_credential
                    (id, account_id, client_id, description, secret_id, secret_chosen, secret_changed_at, former_secret_id,
                     former_chosen, former_replaced_at, former_until, former_over_since, created_at, created_by)
                    SELECT x'ffffffffffffffffffffffffffffffff', zeroblob(16), x'8f0a2c5e77d14f439d4e2f6f5b1c0a9d', 'first',
                           current.id, 1, 2, former.id, 0, 3, 4, 5, 9, '{}'
                    FROM secret_item AS current, secret_item AS former
                    WHERE current.label = 'current' AND former.label = 'former';
                 INSERT INTO connection_api_credential
                    (id, account_id, client_id, description, secret_id, secret_chosen, secret_changed_at, created_at, created_by)
                    SELECT x'00000000000000000000000000000001', zeroblob(16), x'00000000000040008000000000000001', 'second',
                           id, 0, 2, 1, '{}'
                    FROM secret_item WHERE label = 'other';",
            )
            .unwrap();
        checksum::seal_all(&connection).unwrap();
        let untouched = "hex(id), hex(account_id), description, hex(secret_id), secret_chosen, secret_changed_at,
            hex(former_secret_id), former_chosen, former_replaced_at, former_until, former_over_since, created_at, created_by";
        let read = |connection: &Connection, columns: &str| -> Vec<Vec<rusqlite::types::Value>> {
            let sql = format!("SELECT {columns} FROM connection_api_credential ORDER BY rowid");
            let mut statement = connection.prepare(&sql).unwrap();
            let width = statement.column_count();
            let row = |row: &rusqlite::Row<'_>| (0..width).map(|column| row.get(column)).collect();
            statement.query_map([], row).unwrap().map(Result::unwrap).collect()
        };
        let before = read(&connection, untouched);

        migrate(&mut connection).unwrap();

        assert_eq!(read(&connection, untouched), before);
        let client_ids: Vec<_> = read(&connection, "client_id").concat();
        let expected = ["8f0a2c5e-77d1-4f43-9d4e-2f6f5b1c0a9d", "00000000-0000-4000-8000-000000000001"];
        assert_eq!(client_ids, expected.map(|id| rusqlite::types::Value::Text(id.into())));
        let kind: String = connection.query_row("SELECT kind FROM pingone_account", [], |row| row.get(0)).unwrap();
        assert_eq!(kind, "local");
        checksum::compare_all(&connection).unwrap();
    }

    #[test]
    fn a_migration_that_fails_half_way_leaves_nothing_behind() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE audit_event (in_the_way)").unwrap();
        migrate(&mut connection).unwrap_err();
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 1, "half a schema could be neither used nor migrated any more");
        assert_eq!(schema_version(&connection).unwrap(), 0);
    }
}
