//! One change at a time, and the number that shows it.

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use domain::{
    person::Person,
    ports::{RepositoryError, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{hub, person};

pub(super) fn the_change_number_is_another_one_after_each_commit_and_only_then(make: Make<'_>) {
    let database = Database::new(make);
    let mut seen = vec![database.repository().change_number().unwrap()];
    let mut assert_changed = |by: &str, changed: bool| {
        let number = database.repository().change_number().unwrap();
        assert_eq!(!seen.contains(&number), changed, "{by}: {number}, after {seen:?}");
        seen.push(number);
    };
    assert_changed("nothing", false);
    database.commit([SharedChange::PutPerson(person(1)).into()]);
    assert_changed("a commit", true);
    database.repository().list_people().unwrap();
    assert_changed("reading", false);
    let duplicate = Person { email: person(1).email, ..person(2) };
    let refused =
        database.try_commit(&[SharedChange::PutHub(hub(1)).into(), SharedChange::PutPerson(duplicate).into()]);
    assert!(matches!(refused, Err(RepositoryError::Conflict)), "{refused:?}");
    assert_changed("a commit that failed", false);
    drop(database.repository().begin_change().unwrap());
    assert_changed("a change without a commit", false);
    for number in 2..20 {
        database.commit([SharedChange::PutPerson(person(number)).into()]);
        assert_changed("one more commit", true);
    }
}

pub(super) fn a_change_begins_when_the_one_before_has_ended(make: Make<'_>) {
    let database = Database::new(make);
    let repository = database.repository();
    let (tell, hear) = mpsc::channel();
    let first = repository.begin_change().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            tell.send("waits").unwrap();
            let turn = repository.begin_change();
            tell.send("begins").unwrap();
            drop(turn.unwrap());
        });
        assert_eq!(hear.recv(), Ok("waits"));
        assert_eq!(
            hear.recv_timeout(Duration::from_millis(100)),
            Err(RecvTimeoutError::Timeout),
            "two changes at once could take each other's secrets for left over"
        );
        assert_eq!(repository.list_people().unwrap(), [], "reading does not wait");
        drop(first);
        assert_eq!(hear.recv(), Ok("begins"));
    });
}

pub(super) fn a_new_database_is_whole_and_has_nothing_to_tell(make: Make<'_>) {
    let database = Database::new(make);
    database.repository().check_whole().unwrap();
    assert_eq!(database.repository().list_notices().unwrap(), []);
    database.commit([SharedChange::PutPerson(person(1)).into(), SharedChange::PutHub(hub(1)).into()]);
    let database = database.reopened();
    database.repository().check_whole().unwrap();
    assert_eq!(database.repository().list_notices().unwrap(), []);
}
