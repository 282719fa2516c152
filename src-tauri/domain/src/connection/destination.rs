//! The destination that a hub creates for a connection, and through which it reaches the portal.

use chrono::{DateTime, Utc};

use crate::{credential::AccessFacts, id::RequestId, person::Actor};

/// Whether the hub has the destination of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DestinationState {
    /// It has.
    Present(Destination),
    /// Somebody deleted it: the connection does not work until it is re-established with new credentials.
    Deleted {
        /// When.
        at: DateTime<Utc>,
        /// Who.
        by: Actor,
    },
    /// The hub is in SAP, and so is its destination: nothing about it is known here.
    InSap,
}

/// A destination (type HTTP, proxy type Internet). Its addresses and its secret are those of the hub's copy of the
/// credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Its name: letters, digits, dashes and underscores, unique in the hub.
    pub name: String,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it, by approving or re-establishing.
    pub created_by: Actor,
}

impl Destination {
    /// The value of *Authentication* in both kinds.
    pub const AUTHENTICATION: &'static str = "OAuth2ClientCredentials";

    /// The name for the connection `alias`. It ends with the end of the request's id, so that it stays unique where two
    /// aliases differ only in characters that a name cannot have.
    pub(crate) fn derive_name(alias: &str, request: RequestId) -> String {
        let mut name = String::from("apiportal-");
        for c in alias.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_' || *c == ' ') {
            name.push(if c == ' ' { '-' } else { c });
        }
        let id = request.0.simple().to_string();
        format!("{}-{}", name.trim_end_matches('-'), &id[id.len() - 6..])
    }

    /// *tokenServiceURL* for these credentials: complete, also for a certificate.
    pub fn token_service_url(facts: &AccessFacts) -> String {
        facts.token_endpoint().map(String::from).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_name_holds_what_the_vendor_allows_and_is_unique() {
        let id = |last| RequestId(Uuid::from_u128(last));
        assert_eq!(Destination::derive_name("EU Shop (prod)", id(0xabcdef)), "apiportal-EU-Shop-prod-abcdef");
        assert_eq!(Destination::derive_name("日本", id(1)), "apiportal-000001");
        assert_ne!(Destination::derive_name("a b", id(1)), Destination::derive_name("a-b", id(2)));
    }
}
