//! A database in memory: commits are atomic and keep the rules of uniqueness and reference that a real one enforces.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use domain::{
    Activity, ActivityPage, ActivityQuery, AuditEvent, Authority, Change, ConnectionRequest, Credential,
    CredentialState, Hub, Hubs, People, Person, Portal, Portals, Repository, RepositoryError, RequestCounts,
    RequestPage, RequestQuery, RequestRow, RequestSort, RequestStateKind, Requests, SecretItem, SecretItemState,
    Secrets,
    id::{CredentialId, HubId, PersonId, PortalId, RequestId, SecretId},
};

use super::faults::{Effect, Faults, Verdict};

/// Everything but the activity list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    pub people: BTreeMap<PersonId, Person>,
    pub current_person: Option<PersonId>,
    pub portals: BTreeMap<PortalId, Portal>,
    pub credentials: BTreeMap<CredentialId, Credential>,
    pub hubs: BTreeMap<HubId, Hub>,
    pub requests: BTreeMap<RequestId, ConnectionRequest>,
    pub authority: Option<Authority>,
    pub secrets: BTreeMap<SecretId, SecretItem>,
}

impl Tables {
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
                for request in self.requests.values_mut().filter(|request| request.portal_id == Some(id)) {
                    request.portal_id = None;
                }
            }
            Change::PutCredential(credential) => {
                self.credentials.insert(credential.id, credential);
            }
            Change::PutHub(hub) => {
                self.hubs.insert(hub.id, hub);
            }
            Change::RemoveHub(id) => {
                self.hubs.remove(&id);
                self.requests.retain(|_, request| request.hub_id != id);
            }
            Change::PutRequest(request) => {
                self.requests.insert(request.id, request);
            }
            Change::PutAuthority(authority) => self.authority = Some(authority),
            Change::PutSecretItem(item) => {
                self.secrets.insert(item.id, item);
            }
            Change::RemoveSecretItem(id) => {
                self.secrets.remove(&id);
            }
            Change::Record(event) => events.push(event),
        }
    }

    fn open_requests(&self) -> impl Iterator<Item = &ConnectionRequest> {
        self.requests.values().filter(|request| request.is_open())
    }

    /// The secrets that something refers to; one that two things refer to is there twice.
    pub fn secrets_in_use(&self) -> Vec<SecretId> {
        let of_credentials = self.credentials.values().filter_map(Credential::secret);
        let of_requests = self.requests.values().filter_map(|request| request.held().map(|held| held.secret));
        let of_authority = self.authority.iter().map(|authority| authority.secret);
        of_credentials.chain(of_requests).chain(of_authority).collect()
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

        let refers = |holds: bool, what: &str| {
            if holds { Ok(()) } else { Err(RepositoryError::Other { reason: format!("foreign key: {what}") }) }
        };
        refers(self.current_person.is_none_or(|id| self.people.contains_key(&id)), "current person")?;
        refers(self.credentials.values().all(|c| self.portals.contains_key(&c.portal_id)), "portal of a credential")?;
        refers(self.requests.values().all(|r| self.hubs.contains_key(&r.hub_id)), "hub of a request")?;
        refers(
            self.requests.values().filter_map(|r| r.portal_id).all(|id| self.portals.contains_key(&id)),
            "portal of a request",
        )?;
        refers(self.secrets_in_use().iter().all(|id| self.secrets.contains_key(id)), "secret")
    }
}

pub struct InMemoryRepository {
    faults: Arc<Faults>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tables: Tables,
    events: Vec<AuditEvent>,
    commits: Vec<Vec<Change>>,
    fails_next: Option<RepositoryError>,
}

impl InMemoryRepository {
    pub fn empty(faults: Arc<Faults>) -> Self {
        Self { faults, state: Mutex::default() }
    }

    /// The next commit answers with `error` and changes nothing.
    pub fn fail_next_commit(&self, error: RepositoryError) {
        self.state().fails_next = Some(error);
    }

    pub fn tables(&self) -> Tables {
        self.state().tables.clone()
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
    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
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
        }
        result
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
        Change::PutAuthority(_) => "authority",
        Change::PutSecretItem(item) => match item.state {
            SecretItemState::Storing => "row storing",
            SecretItemState::Active => "row active",
            SecretItemState::Deleting => "row deleting",
        },
        Change::RemoveSecretItem(_) => "no row",
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
        credentials.sort_by_key(|credential| std::cmp::Reverse((credential.created_at, credential.id)));
        Ok(credentials)
    }

    fn find_credential(&self, id: CredentialId) -> Result<Option<Credential>, RepositoryError> {
        Ok(self.state().tables.credentials.get(&id).cloned())
    }

    fn find_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        Ok(self.state().tables.authority.clone())
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
                && request.kind() == query.state
                && query.search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
        };
        let mut requests: Vec<&ConnectionRequest> = state.tables.requests.values().filter(found).collect();
        match query.sort {
            RequestSort::Alias => requests.sort_by_key(|r| (r.alias.to_lowercase(), r.id)),
            RequestSort::SubmittedBy => requests.sort_by_key(|r| (r.submitted_by.name().to_lowercase(), r.id)),
            RequestSort::SubmittedAt => requests.sort_by_key(|r| (r.submitted_at, r.id)),
            RequestSort::ValidUntil => requests.sort_by_key(|r| {
                let end = r.facts().kind.valid_until();
                (end.is_none(), end, r.id)
            }),
        }
        if query.descending {
            requests.reverse();
        }
        let page = requests.iter().skip(query.offset).take(query.limit);
        Ok(RequestPage {
            matching: requests.len(),
            rows: page.map(|r| RequestRow { request: (*r).clone(), portal_name: portal_name(r) }).collect(),
        })
    }
}

impl Activity for InMemoryRepository {
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError> {
        let state = self.state();
        let found = |event: &&AuditEvent| {
            let text = [event.actor.name(), event.action.phrase(), &event.subject, &event.detail].join("\n");
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

    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError> {
        Ok(self.state().tables.secrets.get(&id).cloned())
    }
}
