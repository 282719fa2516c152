//! What a database with unique indexes, foreign keys and checks would refuse.

use std::collections::BTreeSet;

use domain::{
    activity::AuditEvent,
    connection::ConnectionRequest,
    credential::{Credential, CredentialState},
    hub::Hub,
    id::SecretId,
    kind::Kind,
    pingone::{ConnectionApiCredential, FormerSecret},
    ports::RepositoryError,
};

use super::tables::Tables;

/// A rule about all rows together, which a test may have forgotten.
pub(super) struct Rule {
    pub(super) name: &'static str,
    refuses: Refuses,
}

enum Refuses {
    /// Two rows with one of these keys.
    Twice(fn(&Tables, &[AuditEvent]) -> Vec<String>),
    /// What does not hold.
    Unless(fn(&Tables) -> bool),
}

impl Rule {
    pub(super) fn check(&self, tables: &Tables, events: &[AuditEvent]) -> Result<(), RepositoryError> {
        match self.refuses {
            Refuses::Twice(keys) => {
                let keys = keys(tables, events);
                let distinct: BTreeSet<&String> = keys.iter().collect();
                if distinct.len() == keys.len() { Ok(()) } else { Err(RepositoryError::Conflict) }
            }
            Refuses::Unless(holds) if holds(tables) => Ok(()),
            Refuses::Unless(_) => Err(RepositoryError::Other { reason: self.name.into() }),
        }
    }
}

const fn one(name: &'static str, keys: fn(&Tables, &[AuditEvent]) -> Vec<String>) -> Rule {
    Rule { name, refuses: Refuses::Twice(keys) }
}

const fn all(name: &'static str, holds: fn(&Tables) -> bool) -> Rule {
    Rule { name, refuses: Refuses::Unless(holds) }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

impl Tables {
    /// The secrets that something refers to. One that two things refer to occurs twice.
    pub fn secrets_in_use(&self) -> Vec<SecretId> {
        let of_requests = self.requests.values().filter_map(|request| request.held().map(|held| held.secret));
        let of_authorities =
            self.server_authority.iter().chain(&self.client_authority).map(|authority| authority.secret);
        let of_identity = self.token_service_identity.iter().flat_map(|own| [own.tls_key, own.signing_key]);
        let of_accounts = self.connection_credentials.values().flat_map(ConnectionApiCredential::secrets);
        let all = of_requests.chain(of_authorities).chain(of_identity).chain(of_accounts);
        self.credentials.values().flat_map(Credential::secrets).chain(all).chain(self.keychain_witness).collect()
    }

    fn knows<'a>(&self, mut secrets: impl Iterator<Item = &'a SecretId>) -> bool {
        secrets.all(|id| self.secrets.contains_key(id))
    }
}

fn is_local(request: &&ConnectionRequest) -> bool {
    request.home() == Kind::Local
}

pub(super) const RULES: &[Rule] = &[
    one("e-mail address of a person", |t, _| t.people.values().map(|person| lower(&person.email)).collect()),
    one("name of a portal", |t, _| t.portals.values().map(|portal| lower(&portal.name)).collect()),
    one("subaccount of a portal", |t, _| t.portals.values().map(|portal| lower(portal.subaccount.as_str())).collect()),
    one("slug of a portal", |t, _| t.portals.values().map(|portal| portal.slug.clone()).collect()),
    one("name of a hub", |t, _| t.hubs.values().map(|hub| lower(&hub.name)).collect()),
    one("subaccount of a hub", |t, _| {
        t.hubs.values().filter_map(Hub::subaccount).map(|subaccount| lower(subaccount.as_str())).collect()
    }),
    one("alias of an open request in its local hub", |t, _| {
        t.open_requests()
            .filter(is_local)
            .map(|request| format!("{} {}", request.hub_id, lower(&request.alias)))
            .collect()
    }),
    one("portal of an open request at a local hub", |t, _| {
        t.open_requests().filter(is_local).map(|request| request.portal_key.clone()).collect()
    }),
    one("current credential of a portal", |t, _| {
        let current = t.credentials.values().filter(|one| matches!(one.state, CredentialState::Current { .. }));
        current.map(|credential| credential.portal_id.to_string()).collect()
    }),
    one("client id of a service key at its portal", |t, _| {
        let generated = t.credentials.values().filter(|credential| credential.instance_id().is_some());
        generated.map(|credential| format!("{} {}", credential.portal_id, credential.client_id)).collect()
    }),
    one("name of a service instance that exists at its portal", |t, _| {
        let existing = t.service_instances.values().filter(|instance| instance.deleted_at.is_none());
        existing.map(|instance| format!("{} {}", instance.portal_id, lower(&instance.name))).collect()
    }),
    one("name of an API proxy at its portal", |t, _| {
        t.api_proxies.values().map(|proxy| format!("{} {}", proxy.portal_id, lower(&proxy.name))).collect()
    }),
    one("name of a PingOne account", |t, _| t.accounts.values().map(|account| lower(&account.name)).collect()),
    one("client id of Connection API Credentials", |t, _| {
        t.connection_credentials.values().filter_map(|one| one.client_id.clone()).collect()
    }),
    one("entry of the activity list", |_, events| events.iter().map(|event| event.id.to_string()).collect()),
    all("the current person is there", |t| t.current_person.is_none_or(|id| t.people.contains_key(&id))),
    all("the portal of a credential is there", |t| {
        t.credentials.values().all(|credential| t.portals.contains_key(&credential.portal_id))
    }),
    all("the service instance of a credential is there", |t| {
        t.credentials.values().filter_map(Credential::instance_id).all(|id| t.service_instances.contains_key(&id))
    }),
    all("the portal of a service instance is there", |t| {
        t.service_instances.values().all(|instance| t.portals.contains_key(&instance.portal_id))
    }),
    all("the portal of an API proxy is there", |t| {
        t.api_proxies.values().all(|proxy| t.portals.contains_key(&proxy.portal_id))
    }),
    all("the request of what is known about a connection is there", |t| {
        t.health.keys().all(|id| t.requests.contains_key(id))
    }),
    all("the request of fetched APIs is there", |t| t.fetched_apis.keys().all(|id| t.requests.contains_key(id))),
    all("the hub of a request is there", |t| t.requests.values().all(|request| t.hubs.contains_key(&request.hub_id))),
    all("the portal of a request is there", |t| {
        t.requests.values().filter_map(|request| request.portal_id).all(|id| t.portals.contains_key(&id))
    }),
    all("the account of Connection API Credentials is there", |t| {
        t.connection_credentials.values().all(|one| t.accounts.contains_key(&one.account_id))
    }),
    all("the former secret is another one, and kept for a time", |t| {
        let sound = |one: &ConnectionApiCredential, former: &FormerSecret| {
            former.secret != one.secret && former.until > former.replaced_at
        };
        t.connection_credentials.values().all(|one| one.former.as_ref().is_none_or(|former| sound(one, former)))
    }),
    all("a secret that is in use is in the ledger", |t| t.knows(t.secrets_in_use().iter())),
    all("a secret that was given up is in the ledger", |t| t.knows(t.given_up.iter())),
];
