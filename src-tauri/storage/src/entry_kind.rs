//! What an entry is called that cannot be read.

use domain::messages::{Message, message};

/// What a table holds, in a person's words.
pub(crate) fn kind_of(table: &str) -> Message {
    match table {
        "person" | "person_role" | "current_person" => message!("database-entry-person"),
        "portal" => message!("database-entry-portal"),
        "service_instance" => message!("database-entry-instance"),
        "credential" => message!("database-entry-credential"),
        "api_proxy" | "fetched_api" => message!("database-entry-api"),
        "hub" => message!("database-entry-hub"),
        "connection_request" | "connection_request_text" => message!("database-entry-request"),
        "connection_health" => message!("database-entry-health"),
        "authority" => message!("database-entry-authority"),
        "token_service_identity" => message!("database-entry-identity"),
        "settings" => message!("database-entry-settings"),
        "secret_item" | "keychain_witness" | "given_up_secret" => message!("database-entry-secret"),
        "audit_event" => message!("database-entry-event"),
        "pingone_account" => message!("database-entry-account"),
        "connection_api_credential" => message!("database-entry-connection-credential"),
        other => message!("database-entry-other", table = other),
    }
}
