//! What is in the database, and what a change makes of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    activity::AuditEvent,
    connection::ConnectionRequest,
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem, SecretItemState},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::{Authority, AuthorityPurpose},
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::Change,
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

/// Everything but the activity list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    pub people: BTreeMap<PersonId, Person>,
    pub current_person: Option<PersonId>,
    pub portals: BTreeMap<PortalId, Portal>,
    pub credentials: BTreeMap<CredentialId, Credential>,
    pub service_instances: BTreeMap<ServiceInstanceId, ServiceInstance>,
    pub api_proxies: BTreeMap<ApiProxyId, ApiProxy>,
    pub hubs: BTreeMap<HubId, Hub>,
    pub requests: BTreeMap<RequestId, ConnectionRequest>,
    pub health: BTreeMap<RequestId, ConnectionHealth>,
    /// By the order of the list.
    pub fetched_apis: BTreeMap<RequestId, Vec<FetchedApi>>,
    pub server_authority: Option<Authority>,
    pub client_authority: Option<Authority>,
    /// The certificates of the authorities for clients before, the latest first.
    pub former_client_authorities: Vec<String>,
    pub token_service_identity: Option<TokenServiceIdentity>,
    pub settings: Option<Settings>,
    pub seen_time: Option<SeenTime>,
    pub accounts: BTreeMap<PingOneAccountId, PingOneAccount>,
    pub connection_credentials: BTreeMap<ConnectionApiCredentialId, ConnectionApiCredential>,
    pub secrets: BTreeMap<SecretId, SecretItem>,
    pub keychain_witness: Option<SecretId>,
    pub given_up: BTreeSet<SecretId>,
    pub places: BTreeMap<Listed, u64>,
}

/// A row whose list is in the order in which its rows were put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    Credential(CredentialId),
    ServiceInstance(ServiceInstanceId),
    ConnectionCredential(ConnectionApiCredentialId),
}

impl Tables {
    fn note_place(&mut self, row: Listed) {
        let next = self.places.values().max().map_or(1, |last| last + 1);
        self.places.entry(row).or_insert(next);
    }

    fn forget_places(&mut self) {
        let Self { places, credentials, service_instances, connection_credentials, .. } = self;
        places.retain(|row, _| match row {
            Listed::Credential(id) => credentials.contains_key(id),
            Listed::ServiceInstance(id) => service_instances.contains_key(id),
            Listed::ConnectionCredential(id) => connection_credentials.contains_key(id),
        });
    }

    pub(super) fn apply(&mut self, change: Change, events: &mut Vec<AuditEvent>) {
        match change {
            Change::PutPerson(person) => {
                self.people.insert(person.id, person);
            }
            Change::SetCurrentPerson(id) => self.current_person = Some(id),
            Change::PutPortal(portal) => {
                self.portals.insert(portal.id, portal);
            }
            Change::RemovePortal(id) => {
                self.portals.remove(&id);
                self.credentials.retain(|_, credential| credential.portal_id != id);
                self.service_instances.retain(|_, instance| instance.portal_id != id);
                self.api_proxies.retain(|_, proxy| proxy.portal_id != id);
                self.forget_places();
                for request in self.requests.values_mut().filter(|request| request.portal_id == Some(id)) {
                    request.portal_id = None;
                }
            }
            Change::PutCredential(credential) => {
                self.note_place(Listed::Credential(credential.id));
                self.credentials.insert(credential.id, credential);
            }
            Change::PutHub(hub) => {
                self.hubs.insert(hub.id, hub);
            }
            Change::RemoveHub(id) => {
                self.hubs.remove(&id);
                self.requests.retain(|_, request| request.hub_id != id);
                self.health.retain(|request, _| self.requests.contains_key(request));
                self.fetched_apis.retain(|request, _| self.requests.contains_key(request));
            }
            Change::PutRequest(request) => {
                self.requests.insert(request.id, request);
            }
            Change::PutServiceInstance(instance) => {
                self.note_place(Listed::ServiceInstance(instance.id));
                self.service_instances.insert(instance.id, instance);
            }
            Change::PutApiProxy(proxy) => {
                self.api_proxies.insert(proxy.id, proxy);
            }
            Change::RemoveApiProxy(id) => {
                self.api_proxies.remove(&id);
            }
            Change::PutHealth(health) => {
                self.health.insert(health.request_id, health);
            }
            Change::PutFetchedApis(request, mut apis) => {
                apis.sort_by_key(|api| api.name.to_lowercase());
                self.fetched_apis.insert(request, apis);
            }
            Change::PutAuthority(authority) => {
                let (current, former) = match authority.purpose {
                    AuthorityPurpose::Server { .. } => (&mut self.server_authority, &mut Vec::new()),
                    AuthorityPurpose::Clients => (&mut self.client_authority, &mut self.former_client_authorities),
                };
                former.retain(|former| *former != authority.certificate_pem);
                if let Some(replaced) = current.replace(authority.clone())
                    && replaced.certificate_pem != authority.certificate_pem
                {
                    former.insert(0, replaced.certificate_pem);
                }
            }
            Change::PutTokenServiceIdentity(identity) => self.token_service_identity = Some(identity),
            Change::PutSettings(settings) => self.settings = Some(settings),
            Change::PutSeenTime(seen) => self.seen_time = Some(seen),
            Change::PutAccount(account) => {
                self.accounts.insert(account.id, account);
            }
            Change::RemoveAccount(id) => {
                self.accounts.remove(&id);
                self.connection_credentials.retain(|_, credential| credential.account_id != id);
                self.forget_places();
            }
            Change::PutConnectionCredential(credential) => {
                self.note_place(Listed::ConnectionCredential(credential.id));
                self.connection_credentials.insert(credential.id, credential);
            }
            Change::PutSecretItem(item) => {
                self.secrets.insert(item.id, item);
            }
            Change::RemoveSecretItem(id) => {
                self.secrets.remove(&id);
                self.given_up.remove(&id);
            }
            Change::PutKeychainWitness(id) => self.keychain_witness = Some(id),
            Change::GiveUpSecrets(ids) => self.given_up = ids.into_iter().collect(),
            Change::Record(event) => events.push(event),
        }
    }

    pub(super) fn open_requests(&self) -> impl Iterator<Item = &ConnectionRequest> {
        self.requests.values().filter(|request| request.is_open())
    }
}

/// A change in the journal.
pub(super) fn name(change: &Change) -> &'static str {
    match change {
        Change::PutPerson(_) | Change::SetCurrentPerson(_) => "person",
        Change::PutPortal(_) => "portal",
        Change::RemovePortal(_) => "no portal",
        Change::PutCredential(_) => "credential",
        Change::PutHub(_) => "hub",
        Change::RemoveHub(_) => "no hub",
        Change::PutRequest(_) => "request",
        Change::PutServiceInstance(_) => "service instance",
        Change::PutApiProxy(_) => "api proxy",
        Change::RemoveApiProxy(_) => "no api proxy",
        Change::PutHealth(_) => "health",
        Change::PutFetchedApis(..) => "fetched apis",
        Change::PutAuthority(_) => "authority",
        Change::PutTokenServiceIdentity(_) => "token service identity",
        Change::PutSettings(_) => "settings",
        Change::PutSeenTime(_) => "seen time",
        Change::PutAccount(_) => "account",
        Change::RemoveAccount(_) => "no account",
        Change::PutConnectionCredential(_) => "connection credential",
        Change::PutSecretItem(item) => match item.state {
            SecretItemState::Storing => "row storing",
            SecretItemState::Active => "row active",
            SecretItemState::Deleting => "row deleting",
            SecretItemState::SetAside(_) => "row set aside",
        },
        Change::RemoveSecretItem(_) => "no row",
        Change::PutKeychainWitness(_) => "witness",
        Change::GiveUpSecrets(_) => "given up",
        Change::Record(_) => "record",
    }
}
