//! What an older version has stored reads as it was written.

use domain::{
    connection_check::{ConnectionHealth, Finding, HealthOutcome, Repair, Stage},
    messages::{Language, Message},
    ports::{Connections, LocalChange, SharedChange},
};
use fakes::samples::{approved, health, hub, request, secret_item};

use crate::database::Database;

/// A finding of an older version, whose messages are others by now, or which it stored in English only.
#[test]
fn what_was_found_reads_as_it_was_written() {
    let database = Database::new();
    database.commit([SharedChange::PutHub(hub(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    let connection = approved(request(1, hub(1).id));
    database.commit([SharedChange::PutRequest(connection.clone()).into()]);
    let stored = |json: &str| serde_json::from_str::<Message>(json).unwrap();
    let finding = Finding {
        stage: Stage::Token,
        code: "struck_by_lightning".into(),
        message: stored(
            r#"{"id":"cause-struck","arguments":[],"text":"struck by lightning","de":"vom Blitz getroffen"}"#,
        ),
        remedy: stored(r#"{"id":"cause-struck-remedy","arguments":[],"text":"Wait for the sun."}"#),
        seen: stored(r#""a flash""#),
        repair: Repair::TestAgain,
    };
    let outcome = HealthOutcome::Failing(finding);
    database.commit([SharedChange::PutHealth(ConnectionHealth { outcome, ..health(&connection) }).into()]);

    let database = database.reopened();

    let found = database.repository.find_health(connection.id).unwrap().unwrap();
    let HealthOutcome::Failing(Finding { message, remedy, seen, .. }) = found.outcome else { panic!("{found:?}") };
    let texts = |language| [&message, &remedy, &seen].map(|message| message.render(language));
    assert_eq!(texts(Language::English), ["struck by lightning", "Wait for the sun.", "a flash"]);
    assert_eq!(texts(Language::German), ["vom Blitz getroffen", "Wait for the sun.", "a flash"]);
}
