//! What needs a person's attention: the one answer to what is not well. The start page and `drawbridge status` choose
//! from it and put it into words.

use chrono::TimeDelta;
use messages::Message;

use crate::{
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::{Finding, HealthOutcome},
    credential::{Credential, Validity},
    drawbridge::{Drawbridge, OverviewOperations},
    hub::{Hub, HubSummary, must_have_room},
    keychain::KeychainStanding,
    kind::Kind,
    overview::{Attention, ConnectionName, Matter, PendingDecision, Renewal, TokenServiceSeen},
    person::{Action, Person},
    pingone::AccountSummary,
    portal::Portal,
    ports::{RequestQuery, RequestRow, RequestSort},
    refusal::{Failure, Refusal},
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
    /// How many connections there are: requests that were approved.
    pub connections: usize,
    /// Whether the person may create and track portals, with which everything begins.
    pub may_create: Result<(), Refusal>,
    /// What needs attention, the most urgent first; only what the person may see.
    pub attention: Vec<Attention>,
}

impl Launchpad {
    /// From how long before its end a former secret needs attention.
    const FORMER_ENDS_SOON: TimeDelta = TimeDelta::hours(24);

    /// For how long a rejected request is shown to its submitter. Its hub lists it for good.
    pub const REJECTED_FOR: TimeDelta = TimeDelta::days(30);

    /// How many rejected requests of a hub are looked at, those that were submitted last.
    const REJECTED_LOOKED_AT: usize = 100;
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
            connections: hubs.iter().map(|summary| summary.counts.approved).sum(),
            may_create: self.portals().may_create()?,
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
        let may_see = person.may(Action::OpenConnectionTab);
        for HubSummary { hub, counts } in self.hubs().list()? {
            for request in self.repository.list_approved_requests(Some(hub.id))? {
                connections += 1;
                self.look_at_connection(&hub, &request, soon, may_see.is_ok(), &mut matters)?;
            }
            if counts.rejected > 0 {
                self.look_at_rejected(&hub, &person, &mut matters)?;
            }
            let decision = match hub.kind() {
                // What SAP decided may be recorded by everybody.
                Kind::InSap => Some(PendingDecision::InSap),
                Kind::Local if person.may_at(Action::ApproveRequest, hub.vocabulary).is_err() => None,
                Kind::Local if must_have_room(&hub, &counts).is_err() => Some(PendingDecision::RejectOnly),
                Kind::Local => Some(PendingDecision::Any),
            };
            if let Some(decision) = decision.filter(|_| counts.pending > 0) {
                matters.push(Matter::RequestsWait { hub: hub.id, name: hub.name, count: counts.pending, decision });
            }
        }
        merge_unreached(connections, &mut matters);
        let portals = self.repository.list_portals()?;
        match may_see {
            Ok(()) => {
                for portal in &portals {
                    self.look_at_portal(portal, soon, &mut matters)?;
                }
            }
            Err(refusal) if !portals.is_empty() => {
                matters.push(Matter::CredentialsNotVisible { portals: portals.len(), refusal });
            }
            Err(_) => {}
        }
        self.look_at_former_secrets(&mut matters)?;
        self.look_at_waiting_secrets(&mut matters)?;
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
        let fails = |message, remedy| Matter::TokenServiceFails { message, remedy };
        match token_service {
            TokenServiceSeen::Well => {}
            TokenServiceSeen::Fails { message, remedy } => matters.push(fails(message.clone(), remedy.clone())),
            TokenServiceSeen::KeysNotRenewed { message, remedy } => {
                matters.push(Matter::KeysNotRenewed { message: message.clone(), remedy: remedy.clone() });
            }
            TokenServiceSeen::Nothing => {
                let plan = self.token_service().plan()?;
                let reason = match keychain {
                    Some(KeychainStanding::Other(other)) => Some(other.message()),
                    Some(KeychainStanding::Unavailable(error)) => Some(error.message()),
                    Some(KeychainStanding::Known { .. } | KeychainStanding::New) | None => None,
                };
                // The keychain's own matter says what to do about it.
                matters.extend(reason.filter(|_| plan.wanted).map(|reason| fails(reason, Message::empty())));
                matters.extend(plan.waits.map(|waits| fails(waits.message(), waits.message().remedy())));
            }
        }
        Ok(matters)
    }
}

impl Drawbridge {
    fn look_at_portal(&self, portal: &Portal, soon: TimeDelta, matters: &mut Vec<Matter>) -> Result<(), Failure> {
        let open = self.repository.list_open_requests_of_portal(&portal.key())?;
        let mut credentials = self.repository.list_credentials(portal.id)?;
        credentials.retain(|credential| credential.secret().is_some());
        if let Some(current) = credentials.iter().find(|credential| credential.is_current()) {
            self.look_at_current(portal, current, &open, soon, matters)?;
        }
        // Somebody uses what a portal in SAP generated, even where no connection is recorded.
        let used_elsewhere =
            portal.kind() == Kind::InSap && open.iter().all(|request| request.kind() != RequestStateKind::Approved);
        for former in credentials.iter().filter(|credential| used_elsewhere && credential.is_superseded()) {
            let validity = Validity::of(&former.kind, self.now(), soon);
            if validity.needs_attention() {
                let (name, client_id) = (portal.name.clone(), former.client_id.clone());
                matters.push(Matter::FormerCredentialsEnd { portal: portal.id, name, client_id, validity });
            }
        }
        Ok(())
    }

    fn look_at_current(
        &self,
        portal: &Portal,
        current: &Credential,
        open: &[ConnectionRequest],
        soon: TimeDelta,
        matters: &mut Vec<Matter>,
    ) -> Result<(), Failure> {
        let (id, name) = (portal.id, portal.name.clone());
        let validity = Validity::of(&current.kind, self.now(), soon);
        let ends = Some(validity.clone()).filter(Validity::needs_attention);
        let (with_current, with_former): (Vec<_>, Vec<_>) = open.iter().partition(|request| request.holds(current));
        let to_apply: Vec<_> =
            with_former.into_iter().filter(|request| request.should_be_given(current, &validity)).collect();
        let is_said = |request: &&ConnectionRequest| {
            let is_it = |matter: &Matter| matches!(matter, Matter::ConnectionEnds { connection, .. } if connection.request == request.id);
            matters.iter().any(is_it)
        };
        // The copy of an approved request ends with it, and was looked at there.
        let is_told = with_current.iter().any(|request| request.kind() == RequestStateKind::Approved)
            || (ends.is_some() && to_apply.iter().any(is_said));
        if let Some(validity) = ends.filter(|_| !is_told) {
            matters.push(Matter::CredentialsEnd { portal: id, name: name.clone(), validity });
        }
        for request in to_apply {
            let connection = ConnectionName::of(&self.get_hub(request.hub_id)?, request);
            matters.push(Matter::NotApplied { portal: id, name: name.clone(), connection, state: request.kind() });
        }
        Ok(())
    }

    /// The requests of a hub that `person` submitted and that were rejected lately, if nothing has taken their place.
    fn look_at_rejected(&self, hub: &Hub, person: &Person, matters: &mut Vec<Matter>) -> Result<(), Failure> {
        let query = RequestQuery {
            hub: hub.id,
            state: Some(RequestStateKind::Rejected),
            search: person.name.clone(),
            sort: RequestSort::SubmittedAt,
            descending: true,
            offset: 0,
            limit: Launchpad::REJECTED_LOOKED_AT,
        };
        let mut seen: Vec<String> = Vec::new();
        for RequestRow { request, .. } in self.repository.search_requests(&query)?.rows {
            let RequestState::Rejected { rejected_by, rejected_at, reason, .. } = &request.state else { continue };
            let is_lately = *rejected_at + Launchpad::REJECTED_FOR > self.now();
            // What a person rejected in a local hub is a request that the same person has withdrawn.
            let is_withdrawn = hub.kind() == Kind::Local && rejected_by.is(person);
            let is_theirs = request.submitted_by.is(person);
            if !is_lately || is_withdrawn || !is_theirs || seen.contains(&request.portal_key) {
                continue;
            }
            seen.push(request.portal_key.clone());
            if self.repository.list_open_requests_of_portal(&request.portal_key)?.is_empty() {
                let connection = ConnectionName::of(hub, &request);
                matters.push(Matter::RequestRejected { connection, reason: reason.clone(), kind: hub.kind() });
            }
        }
        Ok(())
    }

    fn look_at_former_secrets(&self, matters: &mut Vec<Matter>) -> Result<(), Failure> {
        let accounts = self.repository.list_accounts()?;
        let now = self.now();
        for credential in self.repository.list_former_secrets_until(now + Launchpad::FORMER_ENDS_SOON)? {
            let account = accounts.iter().find(|account| account.id == credential.account_id);
            // Without its secret nothing can be undone.
            let former = self.find_kept_former(&credential, now);
            if let (Some(former), Some(account)) = (former, account) {
                matters.push(Matter::FormerSecretEnds {
                    account: account.id,
                    name: account.name.clone(),
                    until: former.until,
                    credential: match credential.description.as_str() {
                        "" => credential.client(),
                        description => Message::verbatim(description.to_owned()),
                    },
                });
            }
        }
        Ok(())
    }

    /// A secret that was made here for PingOne proves nothing before PingOne has it, which shows by its client id.
    fn look_at_waiting_secrets(&self, matters: &mut Vec<Matter>) -> Result<(), Failure> {
        for AccountSummary { account, waiting, .. } in self.pingone().list_accounts()? {
            if waiting > 0 {
                matters.push(Matter::ClientIdsMissing { account: account.id, name: account.name, count: waiting });
            }
        }
        Ok(())
    }

    fn look_at_connection(
        &self,
        hub: &Hub,
        request: &ConnectionRequest,
        soon: TimeDelta,
        may_see: bool,
        matters: &mut Vec<Matter>,
    ) -> Result<(), Failure> {
        let connection = ConnectionName::of(hub, request);
        let health = self.find_health(request)?;
        let doubt = health.find_doubt();
        if let HealthOutcome::Failing(finding) = health.outcome {
            matters.push(Matter::ConnectionFails { connection: connection.clone(), finding });
        } else if let Some(doubt) = doubt {
            matters.push(Matter::NotKnown { connection: connection.clone(), doubt });
        }
        // Also where the last test failed: the repair of that failure may take longer than these credentials last.
        let validity = Validity::of(&request.facts().kind, self.now(), soon);
        if validity.needs_attention() {
            let renewal = if may_see { self.find_renewal(request)? } else { Renewal::NotVisible };
            matters.push(Matter::ConnectionEnds { connection, validity, renewal });
        }
        Ok(())
    }

    /// Whether the portal of a request has current credentials that last longer than the hub's copy.
    fn find_renewal(&self, request: &ConnectionRequest) -> Result<Renewal, Failure> {
        let portal = request.portal_id.map(|portal| self.repository.find_portal(portal)).transpose()?.flatten();
        let current = portal.map(|portal| self.find_current(&portal)).transpose()?.flatten();
        let is_renewed = current.is_some_and(|current| {
            let held = request.facts();
            let lasts_longer =
                current.valid_until().is_none_or(|end| held.valid_until().is_some_and(|held| held < end));
            lasts_longer && current.validity(self.now()).is_usable()
        });
        Ok(if is_renewed { Renewal::There } else { Renewal::Missing })
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
