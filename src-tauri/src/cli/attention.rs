//! What needs attention, in words.

use domain::overview::{ConnectionName, Matter, Renewal};
use views::{IntoView, MatterView, View};

use super::{
    language::LANGUAGE,
    rows::{describe_doubt, describe_moment},
};

/// A line for a person: what is not well or waits, and what to do where that is not obvious.
pub fn describe(matter: Matter) -> String {
    let name = |ConnectionName { hub, alias, .. }: &ConnectionName| format!("{alias} of the hub {hub}");
    match matter {
        Matter::DatabaseNoticed(notice) => {
            format!("{} {}", notice.message().render(LANGUAGE), notice.message().remedy().render(LANGUAGE))
        }
        Matter::ConnectionFails { connection, finding } => {
            format!("Connection {}: fails: {}", name(&connection), finding.message.render(LANGUAGE))
        }
        Matter::NotKnown { connection, doubt } => {
            format!("Connection {}: {}", name(&connection), describe_doubt(&doubt.into_view(LANGUAGE)))
        }
        Matter::NoneReached { count, finding, postponed, .. } => {
            let first = if postponed { "could not be tested" } else { "fails" };
            format!(
                "None of the {count} connections is reached. The first {first}: {}",
                finding.message.render(LANGUAGE)
            )
        }
        Matter::ConnectionEnds { connection, validity, renewal } => {
            let next = match renewal {
                Renewal::There => ". The portal has newer ones: re-establish the connection with them",
                Renewal::Missing => "",
                Renewal::NotVisible => ". Whether the portal has newer ones is not visible to this person",
            };
            let validity = validity.message().render(LANGUAGE);
            format!("Credentials of the connection {}: {validity}{next}", name(&connection))
        }
        Matter::CredentialsEnd { name, validity, .. } => {
            format!("Current credentials of the portal {name}: {}", validity.message().render(LANGUAGE))
        }
        Matter::FormerCredentialsEnd { name, client_id, validity, .. } => format!(
            "Former credentials {client_id} of the portal {name}: {}. Record the connection that uses them, or remove them",
            validity.message().render(LANGUAGE)
        ),
        Matter::CredentialsNotVisible { portals, refusal } => {
            let message = refusal.message();
            format!(
                "Credentials of the portals ({portals}): not visible to this person, so what ends there is not known. {} {}",
                message.render(LANGUAGE),
                message.remedy().render(LANGUAGE)
            )
        }
        Matter::RequestRejected { connection, reason, .. } => {
            format!("Request {}: rejected: {reason}", name(&connection))
        }
        Matter::NotApplied { name: portal, connection, .. } => {
            format!("Connection {}: holds former credentials of the portal {portal}", name(&connection))
        }
        Matter::RequestsWait { name, count, .. } => format!("Hub {name}: requests that wait: {count}"),
        Matter::ClientIdsMissing { name, count, .. } => {
            format!("Account {name}: secrets that wait for the client id that PingOne shows: {count}")
        }
        Matter::FormerSecretEnds { name, credential, until, .. } => {
            format!(
                "Former secret of {} of the account {name}: ends {}",
                credential.render(LANGUAGE),
                describe_moment(Some(until))
            )
        }
        of_installation @ (Matter::KeychainUnusable(_)
        | Matter::OtherKeychain(_)
        | Matter::SecretsGone { .. }
        | Matter::TokenServiceFails { .. }
        | Matter::KeysNotRenewed { .. }) => MatterView::of(of_installation, LANGUAGE)
            .of_installation()
            .map(|problem| format!("{} {}", problem.message, problem.hint).trim_end().to_owned())
            .unwrap_or_default(),
    }
}
