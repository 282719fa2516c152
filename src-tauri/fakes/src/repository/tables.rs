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
    ports::{Change, LocalChange, SharedChange},
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
            Change::Local(change) => self.apply_local(change),
            Change::Shared(change) => self.apply_shared(change, events),
        }
    }

    fn apply_local(&mut self, change: LocalChange) {
        match change {
            LocalChange::SetCurrentPerson(id) => self.current_person = Some(id),
            LocalChange::PutAuthority(authority) => {
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
            LocalChange::PutTokenServiceIdentity(identity) => self.token_service_identity = Some(identity),
            LocalChange::PutSettings(settings) => self.settings = Some(settings),
            LocalChange::PutSeenTime(seen) => self.seen_time = Some(seen),
            LocalChange::PutSecretItem(item) => {
                self.secrets.insert(item.id, item);
            }
            LocalChange::RemoveSecretItem(id) => {
                self.secrets.remove(&id);
                self.given_up.remove(&id);
            }
            LocalChange::PutKeychainWitness(id) => self.keychain_witness = Some(id),
            LocalChange::GiveUpSecrets(ids) => self.given_up = ids.into_iter().collect(),
        }
    }

    fn apply_shared(&mut self, change: SharedChange, events: &mut Vec<AuditEvent>) {
        match change {
            SharedChange::PutPerson(person) => {
                self.people.insert(person.id, person);
            }
            SharedChange::RemovePerson(id) => {
                self.people.remove(&id);
            }
            SharedChange::PutPortal(portal) => {
                self.portals.insert(portal.id, portal);
            }
            SharedChange::RemovePortal(id) => {
                self.portals.remove(&id);
                self.credentials.retain(|_, credential| credential.portal_id != id);
                self.service_instances.retain(|_, instance| instance.portal_id != id);
                self.api_proxies.retain(|_, proxy| proxy.portal_id != id);
                self.forget_places();
                for request in self.requests.values_mut().filter(|request| request.portal_id == Some(id)) {
                    request.portal_id = None;
                }
            }
            SharedChange::PutCredential(credential) => {
                self.note_place(Listed::Credential(credential.id));
                self.credentials.insert(credential.id, credential);
            }
            SharedChange::PutHub(hub) => {
                self.hubs.insert(hub.id, hub);
            }
            SharedChange::RemoveHub(id) => {
                self.hubs.remove(&id);
                self.requests.retain(|_, request| request.hub_id != id);
                self.health.retain(|request, _| self.requests.contains_key(request));
                self.fetched_apis.retain(|request, _| self.requests.contains_key(request));
            }
            SharedChange::PutRequest(request) => {
                self.requests.insert(request.id, request);
            }
            SharedChange::RemoveRequest(id) => {
                self.requests.remove(&id);
                self.health.remove(&id);
                self.fetched_apis.remove(&id);
            }
            SharedChange::PutServiceInstance(instance) => {
                self.note_place(Listed::ServiceInstance(instance.id));
                self.service_instances.insert(instance.id, instance);
            }
            SharedChange::PutApiProxy(proxy) => {
                self.api_proxies.insert(proxy.id, proxy);
            }
            SharedChange::RemoveApiProxy(id) => {
                self.api_proxies.remove(&id);
            }
            SharedChange::PutHealth(health) => {
                self.health.insert(health.request_id, health);
            }
            SharedChange::PutFetchedApis(request, mut apis) => {
                apis.sort_by_key(|api| api.name.to_lowercase());
                self.fetched_apis.insert(request, apis);
            }
            SharedChange::PutAccount(account) => {
                self.accounts.insert(account.id, account);
            }
            SharedChange::RemoveAccount(id) => {
                self.accounts.remove(&id);
                self.connection_credentials.retain(|_, credential| credential.account_id != id);
                self.forget_places();
            }
            SharedChange::PutConnectionCredential(credential) => {
                self.note_place(Listed::ConnectionCredential(credential.id));
                self.connection_credentials.insert(credential.id, credential);
            }
            SharedChange::RemoveConnectionCredential(id) => {
                self.connection_credentials.remove(&id);
                self.forget_places();
            }
            SharedChange::Record(event) => events.push(event),
        }
    }

    pub(super) fn open_requests(&self) -> impl Iterator<Item = &ConnectionRequest> {
        self.requests.values().filter(|request| request.is_open())
    }
}

/// A change in the journal.
pub(super) fn name(change: &Change) -> &'static str {
    match change {
        Change::Shared(SharedChange::PutPerson(_)) | Change::Local(LocalChange::SetCurrentPerson(_)) => "person",
        Change::Shared(SharedChange::RemovePerson(_)) => "no person",
        Change::Shared(SharedChange::PutPortal(_)) => "portal",
        Change::Shared(SharedChange::RemovePortal(_)) => "no portal",
        Change::Shared(SharedChange::PutCredential(_)) => "credential",
        Change::Shared(SharedChange::PutHub(_)) => "hub",
        Change::Shared(SharedChange::RemoveHub(_)) => "no hub",
        Change::Shared(SharedChange::PutRequest(_)) => "request",
        Change::Shared(SharedChange::RemoveRequest(_)) => "no request",
        Change::Shared(SharedChange::PutServiceInstance(_)) => "service instance",
        Change::Shared(SharedChange::PutApiProxy(_)) => "api proxy",
        Change::Shared(SharedChange::RemoveApiProxy(_)) => "no api proxy",
        Change::Shared(SharedChange::PutHealth(_)) => "health",
        Change::Shared(SharedChange::PutFetchedApis(..)) => "fetched apis",
        Change::Local(LocalChange::PutAuthority(_)) => "authority",
        Change::Local(LocalChange::PutTokenServiceIdentity(_)) => "token service identity",
        Change::Local(LocalChange::PutSettings(_)) => "settings",
        Change::Local(LocalChange::PutSeenTime(_)) => "seen time",
        Change::Shared(SharedChange::PutAccount(_)) => "account",
        Change::Shared(SharedChange::RemoveAccount(_)) => "no account",
        Change::Shared(SharedChange::PutConnectionCredential(_)) => "connection credential",
        Change::Shared(SharedChange::RemoveConnectionCredential(_)) => "no connection credential",
        Change::Local(LocalChange::PutSecretItem(item)) => match item.state {
            SecretItemState::Storing => "row storing",
            SecretItemState::Active => "row active",
            SecretItemState::Deleting => "row deleting",
            SecretItemState::SetAside(_) => "row set aside",
        },
        Change::Local(LocalChange::RemoveSecretItem(_)) => "no row",
        Change::Local(LocalChange::PutKeychainWitness(_)) => "witness",
        Change::Local(LocalChange::GiveUpSecrets(_)) => "given up",
        Change::Shared(SharedChange::Record(_)) => "record",
    }
}
