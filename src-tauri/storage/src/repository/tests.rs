//! What a disk and other programs do to a commit.

use std::time::Duration;

use domain::{
    credential::{SecretItem, SecretItemState},
    id::SecretId,
    ports::{LocalChange, Secrets},
};
use uuid::Uuid;

use super::{connecting::connect, *};

fn item(number: u128, label: &str) -> Change {
    let id = SecretId(Uuid::from_u128(number));
    LocalChange::PutSecretItem(SecretItem { id, label: label.into(), state: SecretItemState::Active }).into()
}

#[test]
fn a_full_disk_is_reported_as_one_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let repository = SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap();
    repository.commit(&[item(1, "before")]).unwrap();
    {
        let writer = lock(&repository.writer);
        let pages: i64 = writer.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        // SQLite answers as if the disk had no room for one page more. The pragma returns a row.
        let limit: i64 =
            writer.connection.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0)).unwrap();
        assert_eq!(limit, pages);
    }

    let error = repository.commit(&[item(2, "small"), item(3, &"x".repeat(100_000))]).unwrap_err();

    assert!(matches!(error, RepositoryError::DiskFull), "{error:?}");
    assert!(repository.find_secret_item(SecretId(Uuid::from_u128(1))).unwrap().is_some());
    assert_eq!(
        repository.find_secret_item(SecretId(Uuid::from_u128(2))).unwrap(),
        None,
        "the part of the commit that did fit must not stay"
    );
}

#[test]
fn another_program_that_writes_makes_it_busy_but_readable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    let repository = SqliteRepository::open_with_patience(&path, Duration::from_millis(20)).unwrap();
    repository.commit(&[item(1, "before")]).unwrap();
    let other = connect(&path, Duration::ZERO).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();

    let error = repository.commit(&[item(2, "meanwhile")]).unwrap_err();
    assert!(matches!(error, RepositoryError::Busy), "{error:?}");
    assert!(
        repository.find_secret_item(SecretId(Uuid::from_u128(1))).unwrap().is_some(),
        "reading does not wait for writing"
    );

    other.execute_batch("ROLLBACK").unwrap();
    repository.commit(&[item(2, "afterwards")]).unwrap();
}

#[test]
fn a_commit_is_on_the_disk_when_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    let repository = SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap();
    let writer = lock(&repository.writer);
    let pragma = |name| writer.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("synchronous"), 2, "FULL: otherwise a power cut could take back a stored credential");
    assert_eq!(pragma("fullfsync"), 1);
    assert_eq!(pragma("foreign_keys"), 1);
}
