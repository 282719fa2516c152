//! A database in memory: commits are atomic and keep the rules of uniqueness and reference that a real one enforces.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::Duration,
};

use chrono::{DateTime, Utc};
use domain::{
    activity::AuditEvent,
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, CredentialState, SecretItem, SecretItemState},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::{Authority, AuthorityPurpose},
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::{
        Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, DatabaseNotice, Hubs,
        People, Portals, Repository, RepositoryError, RepositoryReader, RequestCounts, RequestPage, RequestQuery,
        RequestRow, RequestSort, Requests, Secrets,
    },
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

use super::{
    faults::{Effect, Faults, Verdict},
    keychain::is_of_witness,
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
    /// By id: the place of each row whose list is in the order in which its rows were put.
    pub places: BTreeMap<u128, u64>,
}

impl Tables {
    fn note_place(&mut self, id: u128) {
        let next = self.places.values().max().map_or(1, |last| last + 1);
        self.places.entry(id).or_insert(next);
    }

    fn forget_places(&mut self) {
        let Self { places, credentials, service_instances, connection_credentials, .. } = self;
        let credentials = credentials.keys().map(|id| id.0);
        let others = service_instances.keys().map(|id| id.0).chain(connection_credentials.keys().map(|id| id.0));
        let kept: BTreeSet<u128> = credentials.chain(others).map(|id| id.as_u128()).collect();
        places.retain(|id, _| kept.contains(id));
    }

    fn apply(&mut self, change: Change, events: &mut Vec<AuditEvent>) {
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
                self.note_place(credential.id.0.as_u128());
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
                self.note_place(instance.id.0.as_u128());
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
                self.note_place(credential.id.0.as_u128());
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

    fn open_requests(&self) -> impl Iterator<Item = &ConnectionRequest> {
        self.requests.values().filter(|request| request.is_open())
    }

    /// The secrets that something refers to; one that two things refer to is there twice.
    pub fn secrets_in_use(&self) -> Vec<SecretId> {
        let of_credentials = self.credentials.values().flat_map(Credential::secrets);
        let of_requests = self.requests.values().filter_map(|request| request.held().map(|held| held.secret));
        let of_authorities =
            self.server_authority.iter().chain(&self.client_authority).map(|authority| authority.secret);
        let of_identity = self.token_service_identity.iter().flat_map(|own| [own.tls_key, own.signing_key]);
        let of_accounts = self.connection_credentials.values().flat_map(ConnectionApiCredential::secrets);
        let all = of_credentials.chain(of_requests).chain(of_authorities).chain(of_identity).chain(of_accounts);
        all.chain(self.keychain_witness).collect()
    }

    /// What a database with unique indexes and foreign keys would refuse.
    fn check(&self) -> Result<(), RepositoryError> {
        let unique = |keys: Vec<String>| {
            let distinct: BTreeSet<&String> = keys.iter().collect();
            if distinct.len() == keys.len() { Ok(()) } else { Err(RepositoryError::Conflict) }
        };
        let lower = |text: &str| text.to_lowercase();
        unique(self.people.values().map(|person| lower(&person.email)).collect())?;
        unique(self.portals.values().map(|portal| lower(&portal.name)).collect())?;
        unique(self.portals.values().map(|portal| lower(portal.subaccount.as_str())).collect())?;
        unique(self.portals.values().map(|portal| portal.slug.clone()).collect())?;
        unique(self.hubs.values().map(|hub| lower(&hub.name)).collect())?;
        unique(self.hubs.values().map(|hub| lower(hub.subaccount.as_str())).collect())?;
        unique(self.open_requests().map(|request| format!("{}{}", request.hub_id, lower(&request.alias))).collect())?;
        unique(self.open_requests().map(|request| request.portal_key.clone()).collect())?;
        let current = |credential: &&Credential| matches!(credential.state, CredentialState::Current { .. });
        unique(self.credentials.values().filter(current).map(|credential| credential.portal_id.to_string()).collect())?;

        let client = |credential: &Credential| format!("{} {}", credential.portal_id, credential.client_id);
        let generated = |credential: &&Credential| credential.instance_id().is_some();
        unique(self.credentials.values().filter(generated).map(client).collect())?;
        let exists = |instance: &&ServiceInstance| instance.deleted_at.is_none();
        let name = |instance: &ServiceInstance| format!("{} {}", instance.portal_id, lower(&instance.name));
        unique(self.service_instances.values().filter(exists).map(name).collect())?;
        let name = |proxy: &ApiProxy| format!("{} {}", proxy.portal_id, lower(&proxy.name));
        unique(self.api_proxies.values().map(name).collect())?;

        unique(self.accounts.values().map(|account| lower(&account.name)).collect())?;
        unique(self.connection_credentials.values().map(|one| one.client_id.to_string()).collect())?;

        let refers = |holds: bool, what: &str| {
            if holds { Ok(()) } else { Err(RepositoryError::Other { reason: format!("foreign key: {what}") }) }
        };
        refers(self.current_person.is_none_or(|id| self.people.contains_key(&id)), "current person")?;
        refers(self.credentials.values().all(|c| self.portals.contains_key(&c.portal_id)), "portal of a credential")?;
        refers(
            self.credentials
                .values()
                .filter_map(Credential::instance_id)
                .all(|id| self.service_instances.contains_key(&id)),
            "service instance of a credential",
        )?;
        refers(
            self.service_instances.values().all(|i| self.portals.contains_key(&i.portal_id)),
            "portal of a service instance",
        )?;
        refers(self.api_proxies.values().all(|p| self.portals.contains_key(&p.portal_id)), "portal of an API proxy")?;
        refers(self.health.keys().all(|id| self.requests.contains_key(id)), "request of a health")?;
        refers(self.fetched_apis.keys().all(|id| self.requests.contains_key(id)), "request of fetched APIs")?;
        refers(self.requests.values().all(|r| self.hubs.contains_key(&r.hub_id)), "hub of a request")?;
        refers(
            self.requests.values().filter_map(|r| r.portal_id).all(|id| self.portals.contains_key(&id)),
            "portal of a request",
        )?;
        refers(
            self.connection_credentials.values().all(|one| self.accounts.contains_key(&one.account_id)),
            "account of a Connection API Credential",
        )?;
        refers(self.secrets_in_use().iter().all(|id| self.secrets.contains_key(id)), "secret")
    }
}

pub struct InMemoryRepository {
    faults: Arc<Faults>,
    state: Mutex<State>,
    turn: Arc<Turn>,
}

/// One change at a time, whoever makes it.
#[derive(Default)]
struct Turn {
    taken: Mutex<bool>,
    given_back: Condvar,
}

struct HeldTurn(Arc<Turn>);

impl ChangeGuard for HeldTurn {}

impl Drop for HeldTurn {
    fn drop(&mut self) {
        *self.0.taken.lock().expect("the turn") = false;
        self.0.given_back.notify_one();
    }
}

#[derive(Default)]
struct State {
    tables: Tables,
    events: Vec<AuditEvent>,
    commits: Vec<Vec<Change>>,
    /// How many commits took effect.
    change_number: u64,
    fails_next: Option<RepositoryError>,
    fails_to_begin: Option<RepositoryError>,
    notices: Vec<DatabaseNotice>,
}

impl InMemoryRepository {
    pub fn empty(faults: Arc<Faults>) -> Self {
        Self { faults, state: Mutex::default(), turn: Arc::default() }
    }

    /// The next commit answers with `error` and changes nothing.
    pub fn fail_next_commit(&self, error: RepositoryError) {
        self.state().fails_next = Some(error);
    }

    /// As the migration leaves the one authority from before: it signs no more, and its key is about to go.
    pub fn forget_server_authority(&self) {
        let tables = &mut self.state().tables;
        let former = tables.server_authority.take().expect("an authority");
        tables.secrets.get_mut(&former.secret).expect("its row").state = SecretItemState::Deleting;
    }

    /// As before anybody looked at the clock.
    pub fn forget_seen_time(&self) {
        self.state().tables.seen_time = None;
    }

    /// The next change answers with `error` before it begins.
    pub fn fail_next_change(&self, error: RepositoryError) {
        self.state().fails_to_begin = Some(error);
    }

    /// What the database has noticed about itself from now on.
    pub fn notice(&self, notice: DatabaseNotice) {
        self.state().notices.push(notice);
    }

    /// The tables become those of another moment, as after a loss or a restore.
    pub fn restore(&self, tables: Tables) {
        self.state().tables = tables;
    }

    /// As an older version would have left it, which stored no witness.
    pub fn forget_witness(&self) {
        let tables = &mut self.state().tables;
        if let Some(witness) = tables.keychain_witness.take() {
            tables.secrets.remove(&witness);
        }
    }

    /// All tables but what the clock has shown, which is noted whatever else may not change.
    pub fn tables_but_clock(&self) -> Tables {
        Tables { seen_time: None, ..self.all_tables() }
    }

    pub fn all_tables(&self) -> Tables {
        self.state().tables.clone()
    }

    /// The same without the witness, which comes with the first secret, whichever that is.
    pub fn tables(&self) -> Tables {
        let mut tables = self.all_tables();
        tables.keychain_witness = None;
        tables.secrets.retain(|_, item| !is_of_witness(&item.label));
        tables
    }

    /// The activity list, oldest first.
    pub fn events(&self) -> Vec<AuditEvent> {
        self.state().events.clone()
    }

    /// Everything that was ever given to a commit, successful or not.
    pub fn commits(&self) -> Vec<Vec<Change>> {
        self.state().commits.clone()
    }

    /// The open request of a portal, in whatever hub.
    pub fn find_open(&self, portal: &Portal) -> Option<ConnectionRequest> {
        self.state().tables.open_requests().find(|request| request.portal_id == Some(portal.id)).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the database")
    }
}

impl Repository for InMemoryRepository {
    /// Waits a second at most: nothing takes that long here, unless a change begins within a change.
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        if let Some(error) = self.state().fails_to_begin.take() {
            return Err(error);
        }
        let taken = self.turn.taken.lock().expect("the turn");
        let limit = Duration::from_secs(1);
        let (mut taken, waited) =
            self.turn.given_back.wait_timeout_while(taken, limit, |taken| *taken).expect("the turn");
        if waited.timed_out() {
            return Err(RepositoryError::Busy);
        }
        *taken = true;
        Ok(Box::new(HeldTurn(Arc::clone(&self.turn))))
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        assert!(*self.turn.taken.lock().expect("the turn"), "a commit without the lock: {changes:?}");
        let mut state = self.state();
        state.commits.push(changes.to_vec());
        if let Some(error) = state.fails_next.take() {
            return Err(error);
        }
        let what = changes.iter().map(name).collect::<Vec<_>>().join(", ");
        let (effect, result) = match self.faults.step(format!("commit {what}")) {
            Verdict::Work => (Effect::Done, Ok(())),
            // The port's promise: after an error nothing was changed.
            Verdict::Fail(_) => (Effect::None, Err(RepositoryError::DiskFull)),
            Verdict::Die(effect) => (effect, Err(RepositoryError::DiskFull)),
        };
        if effect == Effect::Done {
            let mut tables = state.tables.clone();
            let mut events = Vec::new();
            for change in changes {
                tables.apply(change.clone(), &mut events);
            }
            tables.check()?;
            state.tables = tables;
            state.events.extend(events);
            state.change_number += 1;
        }
        result
    }
}

impl RepositoryReader for InMemoryRepository {
    fn change_number(&self) -> Result<u64, RepositoryError> {
        Ok(self.state().change_number)
    }

    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError> {
        Ok(self.state().notices.clone())
    }

    fn check_whole(&self) -> Result<(), RepositoryError> {
        Ok(())
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        Ok(self.state().tables.settings.clone().unwrap_or_default())
    }

    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError> {
        Ok(self.state().tables.seen_time)
    }
}

/// A change in the journal.
fn name(change: &Change) -> &'static str {
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

impl People for InMemoryRepository {
    fn list_people(&self) -> Result<Vec<Person>, RepositoryError> {
        let mut people: Vec<Person> = self.state().tables.people.values().cloned().collect();
        people.sort_by_key(|person| person.name.to_lowercase());
        Ok(people)
    }

    fn find_current_person(&self) -> Result<Option<Person>, RepositoryError> {
        let tables = &self.state().tables;
        Ok(tables.current_person.and_then(|id| tables.people.get(&id).cloned()))
    }

    fn find_person(&self, id: PersonId) -> Result<Option<Person>, RepositoryError> {
        Ok(self.state().tables.people.get(&id).cloned())
    }
}

impl Portals for InMemoryRepository {
    fn list_portals(&self) -> Result<Vec<Portal>, RepositoryError> {
        let mut portals: Vec<Portal> = self.state().tables.portals.values().cloned().collect();
        portals.sort_by_key(|portal| portal.name.to_lowercase());
        Ok(portals)
    }

    fn find_portal(&self, id: PortalId) -> Result<Option<Portal>, RepositoryError> {
        Ok(self.state().tables.portals.get(&id).cloned())
    }

    fn list_credentials(&self, portal: PortalId) -> Result<Vec<Credential>, RepositoryError> {
        let state = self.state();
        let of_portal = state.tables.credentials.values().filter(|credential| credential.portal_id == portal);
        let mut credentials: Vec<Credential> = of_portal.cloned().collect();
        credentials.sort_by_key(|credential| std::cmp::Reverse(state.tables.places[&credential.id.0.as_u128()]));
        Ok(credentials)
    }

    fn find_credential(&self, id: CredentialId) -> Result<Option<Credential>, RepositoryError> {
        Ok(self.state().tables.credentials.get(&id).cloned())
    }

    fn find_credential_by_proof(
        &self,
        client_id: &str,
        fingerprint: Option<&str>,
    ) -> Result<Option<Credential>, RepositoryError> {
        let state = self.state();
        let proves = |credential: &&Credential| match fingerprint {
            Some(_) => credential.kind.fingerprint() == fingerprint,
            None => credential.kind.fingerprint().is_none() && credential.client_id == client_id,
        };
        let found = state.tables.credentials.values().filter(proves);
        Ok(found.max_by_key(|credential| state.tables.places[&credential.id.0.as_u128()]).cloned())
    }

    fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Result<Option<Credential>, RepositoryError> {
        let Some(portal) = self.find_portal_by_slug(slug)? else { return Ok(None) };
        let state = self.state();
        let is_client = |credential: &&Credential| {
            credential.instance_id().is_some() && credential.portal_id == portal.id && credential.client_id == client_id
        };
        Ok(state.tables.credentials.values().find(is_client).cloned())
    }

    fn list_credentials_of_client(&self, client_id: &str) -> Result<Vec<Credential>, RepositoryError> {
        let state = self.state();
        let is_client =
            |credential: &&Credential| credential.instance_id().is_some() && credential.client_id == client_id;
        Ok(state.tables.credentials.values().filter(is_client).cloned().collect())
    }

    fn find_portal_by_slug(&self, slug: &str) -> Result<Option<Portal>, RepositoryError> {
        Ok(self.state().tables.portals.values().find(|portal| portal.slug == slug).cloned())
    }

    fn list_service_instances(&self, portal: PortalId) -> Result<Vec<ServiceInstance>, RepositoryError> {
        let state = self.state();
        let of_portal = state.tables.service_instances.values().filter(|instance| instance.portal_id == portal);
        let mut instances: Vec<ServiceInstance> = of_portal.cloned().collect();
        instances.sort_by_key(|instance| state.tables.places[&instance.id.0.as_u128()]);
        Ok(instances)
    }

    fn find_service_instance(&self, id: ServiceInstanceId) -> Result<Option<ServiceInstance>, RepositoryError> {
        Ok(self.state().tables.service_instances.get(&id).cloned())
    }

    fn list_api_proxies(&self, portal: PortalId) -> Result<Vec<ApiProxy>, RepositoryError> {
        let state = self.state();
        let of_portal = state.tables.api_proxies.values().filter(|proxy| proxy.portal_id == portal);
        let mut proxies: Vec<ApiProxy> = of_portal.cloned().collect();
        proxies.sort_by_key(|proxy| proxy.name.to_lowercase());
        Ok(proxies)
    }

    fn find_api_proxy(&self, id: ApiProxyId) -> Result<Option<ApiProxy>, RepositoryError> {
        Ok(self.state().tables.api_proxies.get(&id).cloned())
    }

    fn find_server_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        Ok(self.state().tables.server_authority.clone())
    }

    fn find_client_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        Ok(self.state().tables.client_authority.clone())
    }

    fn list_client_authority_certificates(&self) -> Result<Vec<String>, RepositoryError> {
        let tables = &self.state().tables;
        let current = tables.client_authority.iter().map(|authority| &authority.certificate_pem);
        Ok(current.chain(&tables.former_client_authorities).cloned().collect())
    }

    fn find_token_service_identity(&self) -> Result<Option<TokenServiceIdentity>, RepositoryError> {
        Ok(self.state().tables.token_service_identity.clone())
    }
}

impl Hubs for InMemoryRepository {
    fn list_hubs(&self) -> Result<Vec<Hub>, RepositoryError> {
        let mut hubs: Vec<Hub> = self.state().tables.hubs.values().cloned().collect();
        hubs.sort_by_key(|hub| hub.name.to_lowercase());
        Ok(hubs)
    }

    fn find_hub(&self, id: HubId) -> Result<Option<Hub>, RepositoryError> {
        Ok(self.state().tables.hubs.get(&id).cloned())
    }
}

impl Requests for InMemoryRepository {
    fn find_request(&self, id: RequestId) -> Result<Option<ConnectionRequest>, RepositoryError> {
        Ok(self.state().tables.requests.get(&id).cloned())
    }

    fn find_open_request_of_portal(&self, portal_key: &str) -> Result<Option<ConnectionRequest>, RepositoryError> {
        Ok(self.state().tables.open_requests().find(|request| request.portal_key == portal_key).cloned())
    }

    fn find_open_request_by_alias(
        &self,
        hub: HubId,
        alias: &str,
    ) -> Result<Option<ConnectionRequest>, RepositoryError> {
        let alias = alias.to_lowercase();
        let same = |request: &&ConnectionRequest| request.hub_id == hub && request.alias.to_lowercase() == alias;
        Ok(self.state().tables.open_requests().find(same).cloned())
    }

    fn count_requests(&self, hub: HubId) -> Result<RequestCounts, RepositoryError> {
        let mut counts = RequestCounts::default();
        for request in self.state().tables.requests.values().filter(|request| request.hub_id == hub) {
            match request.kind() {
                RequestStateKind::Pending => counts.pending += 1,
                RequestStateKind::Approved => counts.approved += 1,
                RequestStateKind::Rejected => counts.rejected += 1,
            }
        }
        Ok(counts)
    }

    fn search_requests(&self, query: &RequestQuery) -> Result<RequestPage, RepositoryError> {
        let state = self.state();
        let portal_name = |request: &ConnectionRequest| {
            request.portal_id.and_then(|id| state.tables.portals.get(&id)).map(|portal| portal.name.clone())
        };
        let found = |request: &&ConnectionRequest| {
            let text = [
                &request.alias,
                &portal_name(request).unwrap_or_default(),
                &request.portal_key,
                request.submitted_by.name(),
                &request.facts().client_id,
                &request.comment,
            ]
            .join("\n")
            .to_lowercase();
            request.hub_id == query.hub
                && query.state.is_none_or(|state| request.kind() == state)
                && query.search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
        };
        let mut requests: Vec<&ConnectionRequest> = state.tables.requests.values().filter(found).collect();
        match query.sort {
            RequestSort::Alias => requests.sort_by_key(|r| (r.alias.to_lowercase(), r.id)),
            RequestSort::SubmittedBy => requests.sort_by_key(|r| (r.submitted_by.name().to_lowercase(), r.id)),
            RequestSort::SubmittedAt => requests.sort_by_key(|r| (r.submitted_at, r.id)),
            RequestSort::ValidUntil => requests.sort_by_key(|r| {
                let end = r.facts().valid_until();
                (end.is_none(), end, r.id)
            }),
        }
        if query.descending {
            requests.reverse();
        }
        let row = |request: &&ConnectionRequest| RequestRow {
            request: (*request).clone(),
            portal_name: portal_name(request),
            health: match request.kind() {
                RequestStateKind::Approved => state.tables.health.get(&request.id).cloned(),
                RequestStateKind::Pending | RequestStateKind::Rejected => None,
            },
        };
        let rows = requests.iter().skip(query.offset).take(query.limit).map(row).collect();
        Ok(RequestPage { matching: requests.len(), rows })
    }
}

impl Connections for InMemoryRepository {
    fn list_approved_requests(&self, hub: Option<HubId>) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        let state = self.state();
        let wanted = |request: &&ConnectionRequest| {
            request.kind() == RequestStateKind::Approved && hub.is_none_or(|hub| request.hub_id == hub)
        };
        let mut requests: Vec<ConnectionRequest> = state.tables.requests.values().filter(wanted).cloned().collect();
        requests.sort_by_key(|request| (request.alias.to_lowercase(), request.id));
        Ok(requests)
    }

    fn find_health(&self, request: RequestId) -> Result<Option<ConnectionHealth>, RepositoryError> {
        Ok(self.state().tables.health.get(&request).cloned())
    }

    fn list_connections_to_check(
        &self,
        tested_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RequestId>, RepositoryError> {
        let tables = &self.state().tables;
        let waits_since = |request: &ConnectionRequest| {
            let RequestState::Approved { approved_at, .. } = &request.state else { return None };
            let Some(health) = tables.health.get(&request.id) else { return Some(*approved_at) };
            let Some(checked_at) = health.checked_at else { return Some(*approved_at) };
            let in_time = match &health.postponed {
                Some(postponed) => postponed.until <= now,
                None => checked_at < tested_before,
            };
            (health.due || in_time).then_some(checked_at)
        };
        let mut waiting: Vec<(DateTime<Utc>, RequestId)> =
            tables.requests.values().filter_map(|request| Some((waits_since(request)?, request.id))).collect();
        waiting.sort();
        Ok(waiting.into_iter().map(|(_, id)| id).collect())
    }

    fn list_fetched_apis(&self, request: RequestId) -> Result<Vec<FetchedApi>, RepositoryError> {
        Ok(self.state().tables.fetched_apis.get(&request).cloned().unwrap_or_default())
    }
}

impl Accounts for InMemoryRepository {
    fn list_accounts(&self) -> Result<Vec<PingOneAccount>, RepositoryError> {
        let mut accounts: Vec<PingOneAccount> = self.state().tables.accounts.values().cloned().collect();
        accounts.sort_by_key(|account| account.name.to_lowercase());
        Ok(accounts)
    }

    fn find_account(&self, id: PingOneAccountId) -> Result<Option<PingOneAccount>, RepositoryError> {
        Ok(self.state().tables.accounts.get(&id).cloned())
    }

    fn list_connection_credentials(
        &self,
        account: PingOneAccountId,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        let state = self.state();
        let of_account = state.tables.connection_credentials.values().filter(|one| one.account_id == account);
        let mut credentials: Vec<ConnectionApiCredential> = of_account.cloned().collect();
        credentials.sort_by_key(|credential| state.tables.places[&credential.id.0.as_u128()]);
        Ok(credentials)
    }

    fn find_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<Option<ConnectionApiCredential>, RepositoryError> {
        Ok(self.state().tables.connection_credentials.get(&id).cloned())
    }

    fn list_former_secrets_until(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        let state = self.state();
        let ends = |one: &&ConnectionApiCredential| one.former.as_ref().is_some_and(|former| former.until <= moment);
        Ok(state.tables.connection_credentials.values().filter(ends).cloned().collect())
    }

    fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        let over = |one: &&ConnectionApiCredential| {
            one.former.as_ref().is_some_and(|former| former.until <= moment || former.over_since.is_some())
        };
        Ok(self.state().tables.connection_credentials.values().filter(over).cloned().collect())
    }
}

impl Activity for InMemoryRepository {
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError> {
        let state = self.state();
        let found = |event: &&AuditEvent| {
            let text =
                [event.actor.name(), event.action.phrase(), &event.subject.to_string(), &event.detail.to_string()]
                    .join("\n");
            let text = text.to_lowercase();
            query.search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
        };
        let matching: Vec<&AuditEvent> = state.events.iter().rev().filter(found).collect();
        let rows = matching.iter().skip(query.offset).take(query.limit).map(|event| (*event).clone()).collect();
        Ok(ActivityPage { matching: matching.len(), rows })
    }
}

impl Secrets for InMemoryRepository {
    fn list_unsettled_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        let state = self.state();
        let unsettled = state.tables.secrets.values().filter(|item| item.state != SecretItemState::Active);
        Ok(unsettled.cloned().collect())
    }

    fn list_active_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        let state = self.state();
        let active = state.tables.secrets.values().filter(|item| item.state == SecretItemState::Active);
        Ok(active.cloned().collect())
    }

    fn find_keychain_witness(&self) -> Result<Option<SecretId>, RepositoryError> {
        Ok(self.state().tables.keychain_witness)
    }

    fn list_given_up_secrets(&self) -> Result<Vec<SecretId>, RepositoryError> {
        Ok(self.state().tables.given_up.iter().copied().collect())
    }

    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError> {
        Ok(self.state().tables.secrets.get(&id).cloned())
    }
}
