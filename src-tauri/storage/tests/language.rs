//! The activity list in another language; alone in its program, since the language is the whole process's.

use chrono::DateTime;
use domain::{
    activity::{AuditAction, AuditEvent},
    id::EventId,
    messages::{Language, message, set_language},
    person::Actor,
    ports::{Activity, ActivityQuery, Change, Repository},
};
use storage::SqliteRepository;

#[test]
fn the_search_finds_the_words_of_the_language_that_is_spoken_at_that_moment() {
    let folder = tempfile::tempdir().unwrap();
    let repository = SqliteRepository::open(&folder.path().join("drawbridge.db")).unwrap();
    let event = AuditEvent {
        id: EventId(uuid::Uuid::from_u128(1)),
        at: DateTime::UNIX_EPOCH,
        actor: Actor::System,
        action: AuditAction::ConnectionReestablished,
        subject: "shop".into(),
        detail: message!("activity-every-hours", hours = 3),
    };
    repository.commit(&[Change::Record(event)]).unwrap();
    let find = |search: &str| {
        let query = ActivityQuery { search: search.into(), offset: 0, limit: 10 };
        repository.search_activity(&query).unwrap().matching
    };
    assert_eq!((find("re-established"), find("wiederhergestellt")), (1, 0));
    set_language(Language::German);
    assert_eq!((find("re-established"), find("wiederhergestellt shop")), (0, 1), "nothing was written in between");
    assert_eq!((find("every 3 hours"), find("alle 3 stunden")), (0, 1), "the details follow, too");
    set_language(Language::English);
    assert_eq!((find("re-established"), find("wiederhergestellt")), (1, 0));
}
