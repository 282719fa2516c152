//! What needs a person's attention: the one answer to what is not well. The start page and `drawbridge status` choose
//! from it and put it into words.

use chrono::TimeDelta;

use crate::{
    connection::{ConnectionRequest, RequestStateKind},
    connection_check::{Finding, HealthOutcome},
    credential::Validity,
    drawbridge::{Drawbridge, OverviewOperations},
    hub::{Hub, HubSummary},
    keychain::KeychainStanding,
    overview::{Attention, ConnectionName, Matter, TokenServiceSeen},
    person::Action,
    portal::{Applied, PortalSummary},
    refusal::Failure,
};

/// The start page.
#[derive(Debug)]
pub struct Launchpad {
    /// How many portals are managed.
    pub portals: usize,
    /// How many hubs there are.
    pub hubs: usize,
    /// How many PingOne accounts are kept.
    pub accounts: usize,
    /// How many requests wait for a decision, in all hubs.
    pub pending: usize,
    /// What needs attention, the most urgent first; only what the person may see.
    pub attention: Vec<Attention>,
}

impl Launchpad {
    /// From how long before its end a former secret needs attention.
    const FORMER_ENDS_SOON: TimeDelta = TimeDelta::hours(24);
}

impl OverviewOperations<'_> {
    /// The start page. It does not wait for the keychain: it shows the last result of [`Self::look_at_keychain`].
    pub fn get_launchpad(&self, token_service: &TokenServiceSeen) -> Result<Launchpad, Failure> {
        let attention =
            self.overview().list_attention(self.seen_keychain()?.as_ref(), token_service, Validity::ENDS_SOON)?;
        let hubs = self.hubs().list()?;
        Ok(Launchpad {
            portals: self.repository.list_portals()?.len(),
            hubs: hubs.len(),
            accounts: self.repository.list_accounts()?.len(),
            pending: hubs.iter().map(|summary| summary.counts.pending).sum(),
            attention,
        })
    }

    /// Everything that is not well, will not be, or waits for the person, the most urgent first; only what the person
    /// may see. `keychain` is `None` as long as nobody has looked. Credentials count as ending soon if they end within
    /// `soon`.
    pub fn list_attention(
        &self,
        keychain: Option<&KeychainStanding>,
        token_service: &TokenServiceSeen,
        soon: TimeDelta,
    ) -> Result<Vec<Attention>, Failure> {
        let person = self.get_current_person()?;
        let mut matters: Vec<Matter> =
            self.overview().list_database_notices()?.into_iter().map(Matter::DatabaseNoticed).collect();
        matters.extend(self.overview().list_matters_of_installation(keychain, token_service)?);
        let mut connections = 0;
        for HubSummary { hub, counts } in self.hubs().list()? {
            for request in self.repository.list_approved_requests(Some(hub.id))? {
                connections += 1;
                self.look_at_connection(&hub, &request, soon, &mut matters)?;
            }
            if person.may_at(Action::ApproveRequest, hub.vocabulary).is_ok() && counts.pending > 0 {
                matters.push(Matter::RequestsWait { hub: hub.id, name: hub.name, count: counts.pending });
            }
        }
        merge_unreached(connections, &mut matters);
        for summary in self.portals().list()? {
            self.look_at_portal(&summary, soon, &mut matters);
        }
        self.look_at_former_secrets(&mut matters)?;
        let mut attention: Vec<_> =
            matters.into_iter().map(|matter| Attention { urgency: matter.urgency(), matter }).collect();
        attention.sort_by_key(|attention| (attention.urgency, attention.matter.order()));
        Ok(attention)
    }

    /// What is wrong with keychain and token service, on the start page and on the command line. `keychain` is `None` as long
    /// as nobody has looked.
    pub fn list_matters_of_installation(
        &self,
        keychain: Option<&KeychainStanding>,
        token_service: &TokenServiceSeen,
    ) -> Result<Vec<Matter>, Failure> {
        let mut matters = Vec::new();
        match keychain {
            None | Some(KeychainStanding::New) => {}
            Some(KeychainStanding::Known { missing }) if missing.is_empty() => {}
            Some(KeychainStanding::Known { missing }) => {
                matters.push(Matter::SecretsGone { labels: missing.iter().map(|item| item.label.clone()).collect() });
            }
            Some(KeychainStanding::Other(other)) => matters.push(Matter::OtherKeychain(*other)),
            Some(KeychainStanding::Unavailable(error)) => matters.push(Matter::KeychainUnusable(error.clone())),
        }
        let fails = |message: String, remedy| Matter::TokenServiceFails { message, remedy };
        match token_service {
            TokenServiceSeen::Well => {}
            TokenServiceSeen::Fails { message, remedy } => matters.push(fails(message.clone(), remedy.clone())),
            TokenServiceSeen::KeysNotRenewed { message, remedy } => {
                matters.push(Matter::KeysNotRenewed { message: message.clone(), remedy: remedy.clone() });
            }
            TokenServiceSeen::Nothing if self.token_service().plan()?.wanted => {
                let reason = match keychain {
                    Some(KeychainStanding::Other(other)) => Some(other.message()),
                    Some(KeychainStanding::Unavailable(error)) => Some(error.message()),
                    Some(KeychainStanding::Known { .. } | KeychainStanding::New) | None => None,
                };
                // The keychain's own matter says what to do about it.
                matters.extend(reason.map(|reason| fails(reason.to_string(), String::new())));
            }
            TokenServiceSeen::Nothing => {}
        }
        Ok(matters)
    }
}

impl Drawbridge {
    fn look_at_portal(&self, summary: &PortalSummary, soon: TimeDelta, matters: &mut Vec<Matter>) {
        let Some(current) = &summary.current else { return };
        let (portal, name) = (summary.portal.id, summary.portal.name.clone());
        let credential = &current.credential;
        let validity = Validity::of(&credential.kind, self.now(), soon);
        let ends = Some(validity).filter(Validity::needs_attention);
        match (&current.applied, &summary.applied) {
            // The hub's copy ends with it, and was looked at there.
            (Applied::To { state: RequestStateKind::Approved, .. }, _) => {}
            // If the connection's present credentials end soon, applying the newer ones is more urgent than renewing. A
            // request that is not decided yet can wait for newer ones.
            (Applied::Nowhere, Applied::To { request, hub_id, hub, alias, state, .. })
                if ends.as_ref().is_none_or(|ends| *state == RequestStateKind::Approved && ends.is_usable()) =>
            {
                let connection =
                    ConnectionName { hub_id: *hub_id, hub: hub.clone(), request: *request, alias: alias.clone() };
                let is_said = |matter: &Matter| matches!(matter, Matter::ConnectionEnds { connection, .. } if connection.request == *request);
                if let Some(validity) = ends.filter(|_| !matters.iter().any(is_said)) {
                    matters.push(Matter::CredentialsEnd { portal, name: name.clone(), validity });
                }
                matters.push(Matter::NotApplied { portal, name, connection, state: *state });
            }
            // Applying credentials that end soon is not worth it: say only that they end.
            (
                Applied::Nowhere | Applied::To { state: RequestStateKind::Pending | RequestStateKind::Rejected, .. },
                _,
            ) => matters.extend(ends.map(|validity| Matter::CredentialsEnd { portal, name, validity })),
        }
    }

    fn look_at_former_secrets(&self, matters: &mut Vec<Matter>) -> Result<(), Failure> {
        let accounts = self.repository.list_accounts()?;
        let now = self.now();
        for credential in self.repository.list_former_secrets_until(now + Launchpad::FORMER_ENDS_SOON)? {
            let account = accounts.iter().find(|account| account.id == credential.account_id);
            if let (Some(former), Some(account)) = (credential.kept_former(now), account) {
                matters.push(Matter::FormerSecretEnds {
                    account: account.id,
                    name: account.name.clone(),
                    until: former.until,
                    credential: match credential.description.as_str() {
                        "" => credential.client().to_string(),
                        description => description.to_owned(),
                    },
                });
            }
        }
        Ok(())
    }

    fn look_at_connection(
        &self,
        hub: &Hub,
        request: &ConnectionRequest,
        soon: TimeDelta,
        matters: &mut Vec<Matter>,
    ) -> Result<(), Failure> {
        let connection =
            ConnectionName { hub_id: hub.id, hub: hub.name.clone(), request: request.id, alias: request.alias.clone() };
        let health = self.find_health(request.id)?;
        if let HealthOutcome::Failing(finding) = health.outcome {
            matters.push(Matter::ConnectionFails { connection, finding });
            return Ok(());
        }
        if let Some(doubt) = health.find_doubt() {
            matters.push(Matter::NotKnown { connection: connection.clone(), doubt });
        }
        let facts = request.facts();
        let validity = Validity::of(&facts.kind, self.now(), soon);
        if validity.needs_attention() {
            matters.push(Matter::ConnectionEnds { connection, validity });
        }
        Ok(())
    }
}

/// If no connection is reached, for one and the same reason, replaces the matters of all of them by one.
fn merge_unreached(connections: usize, matters: &mut Vec<Matter>) {
    let unreached: Vec<_> = matters.iter().filter_map(Matter::unreached).collect();
    let Some((hub_id, finding, _)) = unreached.first() else { return };
    let codes = unreached.iter().map(|(_, finding, _)| Some(finding.code.as_str()));
    if unreached.len() == connections && Finding::is_one_for_all(codes) {
        let postponed = unreached.iter().all(|(_, _, postponed)| *postponed);
        let united =
            Matter::NoneReached { count: connections, hub_id: *hub_id, finding: (*finding).clone(), postponed };
        matters.retain(|matter| matter.unreached().is_none());
        matters.push(united);
    }
}
