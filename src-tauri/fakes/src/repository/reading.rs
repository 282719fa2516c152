//! What is read.

use chrono::{DateTime, Utc};
use domain::{
    activity::AuditEvent,
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem, SecretItemState},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    input::looks_alike,
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::Authority,
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::{
        Accounts, Activity, ActivityPage, ActivityQuery, Connections, Hubs, People, Portals, RepositoryError,
        RequestCounts, RequestPage, RequestQuery, RequestRow, RequestSort, Requests, Secrets, ThisMachine,
    },
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

use super::{InMemoryRepository, tables::Listed};

/// A text whatever its case, letter by letter. By way of the capitals: there are two small Greek sigmas.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Whether all words of a search occur in one of the texts.
fn matches(search: &str, texts: &[&str]) -> bool {
    if search.is_empty() {
        return true;
    }
    let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    search.split_whitespace().map(fold).all(|word| texts.iter().any(|text| text.contains(&word)))
}

/// In the order in which their former secrets end.
fn by_end<'a>(credentials: impl Iterator<Item = &'a ConnectionApiCredential>) -> Vec<ConnectionApiCredential> {
    let mut credentials: Vec<ConnectionApiCredential> = credentials.cloned().collect();
    credentials.sort_by_key(|credential| credential.former.as_ref().map(|former| former.until));
    credentials
}

impl People for InMemoryRepository {
    fn list_people(&self) -> Result<Vec<Person>, RepositoryError> {
        let mut people: Vec<Person> = self.state().tables.people.values().cloned().collect();
        people.sort_by_key(|person| person.name.to_lowercase());
        Ok(people)
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
        credentials
            .sort_by_key(|credential| std::cmp::Reverse(state.tables.places[&Listed::Credential(credential.id)]));
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
        Ok(found.max_by_key(|credential| state.tables.places[&Listed::Credential(credential.id)]).cloned())
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
        instances.sort_by_key(|instance| state.tables.places[&Listed::ServiceInstance(instance.id)]);
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

    fn list_open_requests_of_portal(&self, portal_key: &str) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        let state = self.state();
        let of_portal = state.tables.open_requests().filter(|request| request.portal_key == portal_key);
        let mut requests: Vec<ConnectionRequest> = of_portal.cloned().collect();
        requests.sort_by_key(|request| (request.kind() == RequestStateKind::Pending, request.id));
        Ok(requests)
    }

    fn list_open_requests(&self, hub: HubId) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        let state = self.state();
        let of_hub = state.tables.open_requests().filter(|request| request.hub_id == hub);
        let mut requests: Vec<ConnectionRequest> = of_hub.cloned().collect();
        requests.sort_by_key(|request| (request.alias.to_lowercase(), request.id));
        Ok(requests)
    }

    fn find_open_request_by_alias(
        &self,
        hub: HubId,
        alias: &str,
    ) -> Result<Option<ConnectionRequest>, RepositoryError> {
        let same = |request: &&ConnectionRequest| request.hub_id == hub && looks_alike(&request.alias, alias);
        Ok(self.state().tables.open_requests().filter(same).min_by_key(|request| request.id).cloned())
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
            let portal_name = portal_name(request).unwrap_or_default();
            let mut texts = vec![
                request.alias.as_str(),
                &portal_name,
                &request.portal_key,
                request.submitter(),
                &request.facts().client_id,
                &request.comment,
            ];
            if let Some(report) = &request.report {
                texts.extend([report.decided_by.as_str(), &report.note, &report.ticket]);
            }
            request.hub_id == query.hub
                && query.state.is_none_or(|state| request.kind() == state)
                && matches(&query.search, &texts)
        };
        let mut requests: Vec<&ConnectionRequest> = state.tables.requests.values().filter(found).collect();
        match query.sort {
            RequestSort::Alias => requests.sort_by_key(|r| (r.alias.to_lowercase(), r.id)),
            RequestSort::SubmittedBy => requests.sort_by_key(|r| (r.submitter().to_lowercase(), r.id)),
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
        credentials.sort_by_key(|credential| state.tables.places[&Listed::ConnectionCredential(credential.id)]);
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
        Ok(by_end(state.tables.connection_credentials.values().filter(ends)))
    }

    fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        let over = |one: &&ConnectionApiCredential| {
            one.former.as_ref().is_some_and(|former| former.until <= moment || former.over_since.is_some())
        };
        Ok(by_end(self.state().tables.connection_credentials.values().filter(over)))
    }
}

impl Activity for InMemoryRepository {
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError> {
        let state = self.state();
        let found = |event: &&AuditEvent| {
            let (subject, detail) = (event.subject.render(query.language), event.detail.render(query.language));
            matches(&query.search, &[event.actor.name(), event.action.phrase(query.language), &subject, &detail])
        };
        let matching: Vec<&AuditEvent> = state.events.iter().rev().filter(found).collect();
        let rows = matching.iter().skip(query.offset).take(query.limit).map(|event| (*event).clone()).collect();
        Ok(ActivityPage { matching: matching.len(), rows })
    }
}

impl ThisMachine for InMemoryRepository {
    fn find_current_person(&self) -> Result<Option<Person>, RepositoryError> {
        let tables = &self.state().tables;
        Ok(tables.current_person.and_then(|id| tables.people.get(&id).cloned()))
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        Ok(self.state().tables.settings.clone().unwrap_or_default())
    }

    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError> {
        Ok(self.state().tables.seen_time)
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
