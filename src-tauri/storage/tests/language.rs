//! The activity list in the language that is asked for.

use chrono::DateTime;
use domain::{
    activity::{AuditAction, AuditEvent},
    id::EventId,
    messages::{Language, Message, message},
    person::Actor,
    ports::{Activity, ActivityQuery, Change, Repository, SharedChange},
};
use storage::SqliteRepository;

fn entry(number: u128, detail: Message) -> Change {
    SharedChange::Record(AuditEvent {
        id: EventId(uuid::Uuid::from_u128(number)),
        at: DateTime::UNIX_EPOCH,
        actor: Actor::System,
        action: AuditAction::ConnectionReestablished,
        subject: "shop".into(),
        detail,
    })
    .into()
}

/// A message as another version of the program has stored it.
fn stored(json: &str) -> Message {
    serde_json::from_str(json).unwrap()
}

#[test]
fn an_entry_is_read_and_found_in_the_language_that_is_asked_for_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.db");
    let repository = SqliteRepository::open(&path).unwrap();
    repository.commit(&[entry(1, message!("activity-every-hours", hours = 3))]).unwrap();
    let search = |language, search: &str| {
        let query = ActivityQuery { search: search.into(), language, offset: 0, limit: 10 };
        repository.search_activity(&query).unwrap()
    };
    let english = |text: &str| search(Language::English, text).matching;
    let german = |text: &str| search(Language::German, text).matching;
    assert_eq!((english("re-established"), english("wiederhergestellt")), (1, 0));
    assert_eq!((german("re-established"), german("wiederhergestellt shop")), (0, 1), "nothing was written in between");
    assert_eq!((german("every 3 hours"), german("alle 3 stunden")), (0, 1), "the details follow, too");
    assert_eq!((english("re-established"), english("wiederhergestellt")), (1, 0));

    // Since then the words have changed, an argument has another name, and a message is gone.
    let other_words =
        r#"{"id":"activity-every-hours","arguments":[["hours",{"number":3}]],"text":"Thrice","de":"Dreimal"}"#;
    let other_argument =
        r#"{"id":"activity-at-hub","arguments":[["name",{"text":"A"}]],"text":"Inside Alpha","de":"Innen Alpha"}"#;
    let gone = r#"{"id":"activity-gone","arguments":[],"text":"Blown up","de":"Gesprengt"}"#;
    let english_only = r#"{"id":"activity-gone","arguments":[],"text":"Burnt down"}"#;
    let written = [other_words, other_argument, gone, english_only];
    let entries: Vec<Change> = (2..).zip(written).map(|(number, json)| entry(number, stored(json))).collect();
    repository.commit(&entries).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let mut details = raw.prepare("SELECT detail FROM audit_event WHERE number > 1 ORDER BY number").unwrap();
    let details: Vec<String> = details.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(details, written, "the database holds what the other version wrote");
    for (language, texts) in [
        (Language::English, ["Thrice", "Inside Alpha", "Blown up", "Burnt down"]),
        (Language::German, ["Dreimal", "Innen Alpha", "Gesprengt", "Burnt down"]),
    ] {
        for text in texts {
            let page = search(language, text);
            let read: Vec<String> = page.rows.iter().map(|event| event.detail.render(language)).collect();
            assert_eq!((page.matching, read), (1, vec![text.to_owned()]), "{language:?}");
        }
    }
    assert_eq!((german("every 3 hours"), german("alle 3 stunden")), (0, 1), "only the entry that was written so");
}
