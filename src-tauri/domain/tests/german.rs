//! What the domain says in German. Every other test reads English, the language of a process that nobody told otherwise.

use chrono::DateTime;
use domain::{
    connection::RequestStateKind,
    connection_check::{Cause, Diagnosis, Finding, Stage},
    documents::Format,
    id::PersonId,
    input::{Field, InputProblem},
    messages::{Language, Message, message},
    person::{Action, Person, Role},
    ports::SecretStoreError,
    refusal::Refusal,
};

fn german(message: &Message) -> String {
    message.render(Language::German)
}

fn alice() -> Person {
    Person {
        id: PersonId(uuid::Uuid::from_u128(1)),
        name: "Alice Example".into(),
        email: "alice@example.com".into(),
        roles: [Role::PortalAdministrator].into(),
        created_at: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn a_refusal_names_the_missing_roles_and_what_to_do() {
    let refusal = alice().may(Action::ApproveRequest).unwrap_err();
    assert_eq!(
        german(&refusal.message()),
        "Alice Example ist nicht berechtigt, Verbindungsanfragen zu genehmigen: AuthGroup.API.Admin und \
         AuthGroup.APIPortalRegistration fehlen"
    );
    assert_eq!(
        german(&refusal.message().remedy()),
        "Bitten Sie Ihre Administration um AuthGroup.API.Admin und AuthGroup.APIPortalRegistration, oder wechseln Sie zu \
         einer Person, die diese Rollen hat."
    );
    let one = alice().may(Action::SubmitRequest).unwrap_err();
    assert!(german(&one.message()).ends_with(": AuthGroup.APIPortalRegistration fehlt"), "{one}");
}

#[test]
fn a_refusal_says_in_which_state_a_request_is() {
    let refusal = |state| Refusal::WrongState { alias: "shop".into(), state, action: Action::EditCredentials };
    for (state, word) in [
        (RequestStateKind::Pending, "steht noch aus"),
        (RequestStateKind::Approved, "ist genehmigt"),
        (RequestStateKind::Rejected, "ist abgelehnt"),
    ] {
        assert_eq!(
            german(&refusal(state).message()),
            format!(
                "die Anfrage shop {word}; deshalb ist es nicht möglich, die Zugangsdaten einer Anfrage zu bearbeiten"
            )
        );
    }
}

#[test]
fn what_is_typed_wrongly_is_named_by_its_label() {
    let problem = InputProblem::TooLong { field: Field::Password, length: 1_200, limit: 1_000 };
    assert_eq!(german(&problem.message()), "Kennwort hat 1.200 Zeichen; höchstens 1.000 sind möglich");
    assert_eq!(german(&Refusal::Input(InputProblem::Empty(Field::Alias)).message()), "geben Sie einen Alias ein");
}

#[test]
fn a_cause_is_kept_without_a_language() {
    let not_after = DateTime::from_timestamp(1_795_269_900, 0).unwrap();
    let diagnosis = Diagnosis { cause: Cause::Expired { not_after }, seen: Message::empty() };
    let finding = Finding::new(Stage::Validity, &diagnosis);
    assert_eq!(german(&finding.message), "das Zertifikat ist am 21.11.2026 abgelaufen");
    assert_eq!(finding.message.render(Language::English), "the certificate expired on 2026-11-21");
    assert_eq!(
        german(&finding.remedy),
        "Generieren Sie im Portal die Zugangsdaten neu, und geben Sie dem Hub die neuen: mit Edit Credentials, solange \
         die Anfrage aussteht, mit Re-establish Connection, sobald sie genehmigt ist."
    );
    let port = Cause::Refused { host: "portal.example".into(), port: 28_443 };
    assert_eq!(
        german(&port.message()),
        "der Server portal.example weist Verbindungen auf Port 28443 ab",
        "a port is no quantity"
    );
}

#[test]
fn the_keychains_failure_is_told_with_its_reason() {
    let failure = SecretStoreError::Broken { reason: "dbus".into() };
    assert_eq!(german(&failure.message()), "Fehler des Schlüsselbunds: dbus");
}

#[test]
fn an_entry_of_the_activity_list_is_kept_without_a_language() {
    let detail =
        message!("activity-exported-as", what = "sb-1, x", format = Format::PemFiles.message(), destination = "/a");
    assert_eq!(detail.render(Language::English), "sb-1, x as PEM, chain and key in two files to /a");
    assert_eq!(german(&detail), "sb-1, x als PEM, Kette und Schlüssel in zwei Dateien, Ziel: /a");
    let kept: Message = serde_json::from_str(&serde_json::to_string(&detail).unwrap()).unwrap();
    assert_eq!(kept, detail);
}
