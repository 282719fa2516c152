//! Approved connections: their health, the APIs that the hub fetched, their destinations.

use chrono::TimeDelta;
use messages::Message;

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, Destination, DestinationState},
    connection_check::{Cause, ConnectionHealth, Diagnosis, FetchedApi, Finding, HealthOutcome, Stage},
    credential::{AccessFacts, CredentialEnd, CredentialState},
    drawbridge::{ConnectionOperations, Drawbridge, work::Work},
    id::{HubId, PortalId, RequestId},
    input::check_confirmation,
    operation::Operation,
    portal::Portal,
    ports::SharedChange,
    refusal::{Failure, Refusal},
};

/// An approved connection.
#[derive(Debug)]
pub struct ConnectionOverview {
    /// What is known about it.
    pub health: ConnectionHealth,
    /// The APIs that the hub fetched last, by name.
    pub apis: Vec<FetchedApi>,
    /// The hub's destination.
    pub destination: DestinationOverview,
}

/// A destination as the hub has it.
#[derive(Debug, Clone)]
pub struct DestinationOverview {
    /// The request whose connection it serves.
    pub request_id: RequestId,
    /// Alias of that request.
    pub alias: String,
    /// Whether it is there.
    pub state: DestinationState,
    /// *URL*.
    pub url: String,
    /// *tokenServiceURL*.
    pub token_service_url: String,
    /// The client id in it.
    pub client_id: String,
    /// Whether it proves itself with a certificate; with a client secret otherwise.
    pub certificate: bool,
    /// Whether the person may delete it.
    pub may_delete: Result<(), Refusal>,
}

impl ConnectionOperations<'_> {
    /// An approved connection; `None` while the request is pending or rejected.
    pub fn find(&self, id: RequestId) -> Result<Option<ConnectionOverview>, Failure> {
        let request = self.get_request(id)?;
        let Some(destination) = self.destination_overview(&request)? else { return Ok(None) };
        let health = self.find_health(&request)?;
        Ok(Some(ConnectionOverview { health, apis: self.repository.list_fetched_apis(id)?, destination }))
    }

    /// The destinations of a hub, by alias; deleted ones included, since their connections wait for them.
    pub fn list_destinations(&self, hub: HubId) -> Result<Vec<DestinationOverview>, Failure> {
        self.get_hub(hub)?;
        let approved = self.repository.list_approved_requests(Some(hub))?;
        approved.iter().filter_map(|request| self.destination_overview(request).transpose()).collect()
    }

    /// Deletes a destination: the connection breaks at once. `confirmation` is the alias as the person typed it.
    pub fn delete_destination(&self, id: RequestId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::DeleteDestination, |work| {
            let request = self.get_request(id)?;
            work.permit(request.may_delete_destination(work.person()?))?;
            check_confirmation(confirmation, &request.alias)?;
            let hub = self.get_hub(request.hub_id)?;
            let request = request.delete_destination(work.person()?, self.now())?;
            let detail = hub.describe();
            work.record(AuditAction::DestinationDeleted, &request.alias, detail);
            work.put(SharedChange::PutRequest(request));
            self.demand_check(id, work)
        })
    }

    /// Marks the connections to the portals of this installation to be tested soon: the token service, which all of
    /// them need, has started or stopped.
    pub fn demand_checks_of_own_portals(&self) -> Result<(), Failure> {
        self.change(Operation::DemandChecks, |work| {
            let own: Vec<PortalId> = self
                .repository
                .list_portals()?
                .iter()
                .filter(|portal| portal.is_local())
                .map(|portal| portal.id)
                .collect();
            for request in self.repository.list_approved_requests(None)? {
                if request.portal_id.is_some_and(|portal| own.contains(&portal)) {
                    self.demand_check(request.id, work)?;
                }
            }
            Ok(())
        })
    }
}

impl Drawbridge {
    /// What is known about an approved connection now.
    pub(crate) fn find_health(&self, request: &ConnectionRequest) -> Result<ConnectionHealth, Failure> {
        let stored = self.repository.find_health(request.id)?;
        self.age_health(request, stored)
    }

    /// What `stored` means now: an old success proves nothing any more, and what the next test is bound to find is known
    /// already.
    pub(crate) fn age_health(
        &self,
        request: &ConnectionRequest,
        stored: Option<ConnectionHealth>,
    ) -> Result<ConnectionHealth, Failure> {
        let stored = stored.unwrap_or_else(|| ConnectionHealth::unknown(request.id));
        let hours = self.repository.get_settings()?.check_interval_hours;
        let health = stored.as_of(self.now(), TimeDelta::hours(i64::from(hours)));
        if matches!(health.outcome, HealthOutcome::Failing(_)) {
            return Ok(health);
        }
        Ok(match self.find_certain_failure(request)? {
            // No test has found it, so it has no time.
            Some(finding) => ConnectionHealth { outcome: HealthOutcome::Failing(finding), checked_at: None, ..health },
            None => health,
        })
    }

    /// What every test of a connection would find until the hub is given other credentials.
    fn find_certain_failure(&self, request: &ConnectionRequest) -> Result<Option<Finding>, Failure> {
        let Some(held) = request.held() else { return Ok(None) };
        let found = |stage, cause| Some(Finding::new(stage, &Diagnosis { cause, seen: Message::empty() }));
        if self.is_secret_gone(held.secret) {
            return Ok(found(Stage::Document, Cause::SecretMissing));
        }
        let portal = request.portal_id.map(|portal| self.repository.find_portal(portal)).transpose()?.flatten();
        // A portal in SAP goes on accepting what was only removed here.
        let Some(portal) = portal.filter(Portal::is_local) else { return Ok(None) };
        Ok(match self.find_end(&portal, &held.facts)? {
            Some(CredentialEnd::KeyDeleted) => found(Stage::Token, Cause::KeyDeleted),
            Some(CredentialEnd::InstanceDeleted) => found(Stage::Token, Cause::InstanceDeleted),
            None => None,
        })
    }

    /// What ended the credential of a local portal that these facts tell of.
    fn find_end(&self, portal: &Portal, facts: &AccessFacts) -> Result<Option<CredentialEnd>, Failure> {
        let credentials = self.repository.list_credentials(portal.id)?;
        let held = credentials.into_iter().find(|known| facts.is_credential(&known.kind, &known.client_id));
        Ok(held.and_then(|held| match held.state {
            CredentialState::Retired { at: _, end } => Some(end),
            CredentialState::Current { .. }
            | CredentialState::Superseded { .. }
            | CredentialState::Additional { .. } => None,
        }))
    }

    /// Marks a connection to be tested soon. Does nothing while the request is not approved.
    pub(crate) fn demand_check(&self, id: RequestId, work: &mut Work<'_>) -> Result<(), Failure> {
        if let Some(health) = self.repository.find_health(id)? {
            work.put(SharedChange::PutHealth(ConnectionHealth { due: true, ..health }));
        }
        Ok(())
    }

    fn destination_overview(&self, request: &ConnectionRequest) -> Result<Option<DestinationOverview>, Failure> {
        let Some(state) = request.destination() else { return Ok(None) };
        let person = self.get_current_person()?;
        let facts = request.facts();
        Ok(Some(DestinationOverview {
            request_id: request.id,
            alias: request.alias.clone(),
            state: state.clone(),
            url: facts.url.to_string(),
            token_service_url: Destination::token_service_url(facts),
            client_id: facts.client_id.clone(),
            certificate: facts.kind.fingerprint().is_some(),
            may_delete: request.may_delete_destination(&person),
        }))
    }
}
