//! *Test Connection*: before submitting, before approving, and as long as a connection lives.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use documents::{Demand, FindingKind, OutsideValidity, SecretBytes};
use messages::{Day, Message, Moment, message};
use tracing::warn;

use crate::{
    activity::AuditAction,
    connection::{ConnectionRequest, DestinationState, RequestStateKind},
    connection_check::{
        Cause, ConnectionHealth, ConnectionTarget, Diagnosis, FetchedApi, Finding, HealthOutcome, Postponed,
        Significance, Stage, StageObserver, StageReport, TestEnd,
    },
    credential::{AccessDocument, AccessFacts, CredentialKind, Validity, ValidityRule, ValidityStanding},
    document::GivenDocument,
    drawbridge::{CheckOperations, Drawbridge},
    id::{CredentialId, RequestId},
    operation::Operation,
    person::{Action, Actor},
    ports::{RepositoryError, SecretStoreError, SharedChange},
    refusal::{Failure, Refusal},
    settings::ProxyChoice,
};

/// Before a request is approved there is no destination.
const BEFORE_APPROVAL: &[Stage] = Stage::ALL.split_at(Stage::ALL.len() - 1).0;

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestOutcome {
    /// Everything works; these are the portal's APIs.
    Passed(Vec<FetchedApi>),
    /// A stage failed; the later ones were not attempted.
    Failed(Finding),
}

impl CheckOperations<'_> {
    /// Tests a document without storing anything. `observer` follows the stages.
    pub fn test_document(
        &self,
        document: impl Into<GivenDocument>,
        observer: &dyn StageObserver,
    ) -> Result<TestOutcome, Failure> {
        let person = self.get_current_person()?;
        // The document may come from the portal's admin or from the requester: both know its secret already.
        person.may(Action::TestCredentials).or_else(|_| person.may(Action::TestDocument))?;
        observer.planned(BEFORE_APPROVAL);
        settle(self.probe_document(&document.into(), observer))
    }

    /// Tests the credentials that a portal generated, in the way that their recipient would use them.
    pub fn test_credential(&self, id: CredentialId, observer: &dyn StageObserver) -> Result<TestOutcome, Failure> {
        self.get_person_who_may(Action::TestCredentials)?;
        let (portal, credential) = self.get_credential(id)?;
        let document = self.read_document(&portal, &credential)?;
        observer.planned(BEFORE_APPROVAL);
        self.pass_document(observer, &document.facts.kind);
        settle(self.probe(&document.facts, &document.secret, None, observer))
    }

    /// Tests with the hub's own copy: a pending request before it is approved, or an approved connection. The result
    /// for an approved one is kept as its health, together with the portal's APIs.
    pub fn test_request(&self, id: RequestId, observer: &dyn StageObserver) -> Result<TestOutcome, Failure> {
        let person = self.get_current_person()?;
        let request = self.get_request(id)?;
        request.may_test(&person, &self.get_hub(request.hub_id)?)?;
        self.check(&request, Actor::from(&person), observer)
    }

    /// Tests the approved connections that are due: those that changed since their last test, and those whose last test
    /// was before `since` (the start of the app) or longer ago than the interval of the settings. Returns how many were
    /// tested. A failure of one does not stop the others.
    pub fn check_due(&self, since: DateTime<Utc>, observer: &dyn StageObserver) -> Result<usize, Failure> {
        let interval = self.repository.get_settings()?.check_interval_hours;
        let now = self.now();
        let interval_ago = now - TimeDelta::hours(i64::from(interval));
        let mut tested = 0;
        for id in self.list_due_connections(since, interval_ago, now)? {
            if observer.is_cancelled() {
                break;
            }
            // Nobody asked for this: the keychain's password must not be demanded for it.
            self.secrets.probe()?;
            let Some(request) = self.repository.find_request(id)? else { continue };
            match self.check(&request, Actor::System, observer) {
                Ok(_) => tested += 1,
                // The keychain was locked in between, for example. Then nothing is known about the connection and
                // nothing is recorded. The next test would ask the user again. Not so where one keyring is locked, or one
                // item refused: the connection that waits longest would keep all others from their tests.
                Err(
                    error @ (Failure::Keychain(
                        SecretStoreError::Locked | SecretStoreError::Denied | SecretStoreError::NoKeychain,
                    )
                    | Failure::OtherKeychain(_)),
                ) => return Err(error),
                Err(error) => warn!(request = %id, %error, "a connection could not be tested"),
            }
        }
        Ok(tested)
    }
}

impl Drawbridge {
    fn probe_document(&self, given: &GivenDocument, observer: &dyn StageObserver) -> Result<Vec<FetchedApi>, ProbeEnd> {
        let bytes = self.get_bytes(given).map_err(ProbeEnd::Failure)?;
        let read = self.stage(observer, Stage::Document, || {
            let finding = match self.choose(given, Demand::Connect, &bytes) {
                Ok(document) => return Ok((describe_document(&document.facts.kind), Ok(document))),
                Err(finding) => finding,
            };
            if let FindingKind::OutsideValidity(outside) = finding.kind {
                // A certificate that is not valid now is still recognised: the next stage judges its validity.
                let diagnosis = Diagnosis { cause: Cause::from(outside), seen: Message::empty() };
                return Ok((message!("found-certificate"), Err(diagnosis)));
            }
            Err(Diagnosis { cause: Cause::Document { finding }, seen: Message::empty() })
        })?;
        match read {
            Ok(AccessDocument { mut facts, secret, extra: _ }) => {
                self.complete(&mut facts).map_err(ProbeEnd::Failure)?;
                self.probe(&facts, &secret, None, observer)
            }
            Err(diagnosis) => Ok(self.stage(observer, Stage::Validity, || Err(diagnosis))?),
        }
    }

    /// When the clock was set back, connections must be tested neither without a pause nor too late.
    fn list_due_connections(
        &self,
        since: DateTime<Utc>,
        interval_ago: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RequestId>, Failure> {
        // In milliseconds, as the times of tests are stored.
        let since = since.trunc_subsecs(3);
        let tested_before = if since <= now { since.max(interval_ago) } else { interval_ago };
        let mut due = self.repository.list_connections_to_check(tested_before, now)?;
        for request in self.repository.list_approved_requests(None)? {
            let health = self.repository.find_health(request.id)?;
            let in_future = health.and_then(|health| health.checked_at).is_some_and(|at| at > now);
            if in_future && !due.contains(&request.id) {
                due.push(request.id);
            }
        }
        Ok(due)
    }

    fn check(
        &self,
        request: &ConnectionRequest,
        actor: Actor,
        observer: &dyn StageObserver,
    ) -> Result<TestOutcome, Failure> {
        let held = request.held().ok_or_else(|| request.wrong_state(Action::TestRequest))?;
        let began = Began { at: self.now(), change_number: self.repository.change_number()? };
        let secret = match self.get_secret(held.secret) {
            Ok(secret) => Some(secret),
            Err(Failure::Keychain(SecretStoreError::Missing)) => None,
            Err(error) => return Err(error),
        };
        observer.planned(if request.destination().is_some() { &Stage::ALL } else { BEFORE_APPROVAL });
        let result = match secret {
            Some(secret) => {
                self.pass_document(observer, &held.facts.kind);
                self.probe(&held.facts, &secret, request.destination(), observer)
            }
            None => self
                .stage(observer, Stage::Document, || {
                    Err(Diagnosis { cause: Cause::SecretMissing, seen: Message::empty() })
                })
                .map_err(ProbeEnd::from),
        };
        let significance = match &result {
            Err(ProbeEnd::Test(end)) => match &**end {
                TestEnd::Failed { diagnosis, .. } => diagnosis.cause.significance(),
                TestEnd::Cancelled => Significance::Failing,
            },
            Ok(_) | Err(ProbeEnd::Failure(_)) => Significance::Failing,
        };
        let outcome = settle(result)?;
        if request.kind() == RequestStateKind::Approved
            && let Err(error) = self.keep_health(request, &began, actor, &outcome, significance)
        {
            // The caller gets the answer although it cannot be recorded; the connection stays due.
            warn!(request = %request.id, %error, "what a test found could not be recorded");
        }
        Ok(outcome)
    }

    /// Records what a test of an approved connection found, unless the connection has changed meanwhile or a later test
    /// has already ended.
    fn keep_health(
        &self,
        tested: &ConnectionRequest,
        began: &Began,
        actor: Actor,
        outcome: &TestOutcome,
        significance: Significance,
    ) -> Result<(), Failure> {
        self.change(Operation::KeepHealth, |work| {
            work.act_as(actor.clone());
            let Some(request) = self.repository.find_request(tested.id)? else { return Ok(()) };
            // Credentials or destination were replaced while the test ran: it says nothing about the new ones.
            if request.state != tested.state {
                return Ok(());
            }
            let id = request.id;
            let former = self.repository.find_health(id)?.unwrap_or_else(|| ConnectionHealth::unknown(id));
            let now = self.now();
            // One that lies in the future was recorded while the clock was ahead.
            if former.checked_at.is_some_and(|at| at > began.at && at <= now) {
                return Ok(());
            }
            let hub = self.get_hub(request.hub_id)?.tagged_name();
            let postponed = match outcome {
                TestOutcome::Passed(_) => None,
                TestOutcome::Failed(finding) => Postponed::after(former.postponed.as_ref(), significance, finding, now),
            };
            let (outcome, last_success) = match outcome {
                // The test says nothing about the connection: what was known before stays.
                TestOutcome::Failed(_) if postponed.is_some() => (former.outcome, former.last_success),
                TestOutcome::Passed(apis) => {
                    work.put(SharedChange::PutFetchedApis(id, apis.clone()));
                    if former.outcome != HealthOutcome::Success {
                        let detail = message!("activity-works", hub = hub, apis = apis.len());
                        work.record(AuditAction::ConnectionWorks, &request.alias, detail);
                    }
                    (HealthOutcome::Success, Some(now))
                }
                TestOutcome::Failed(finding) => {
                    let same = match &former.outcome {
                        HealthOutcome::Failing(known) => known.code == finding.code && known.stage == finding.stage,
                        HealthOutcome::Success | HealthOutcome::Stale | HealthOutcome::Unknown => false,
                    };
                    if !same {
                        let detail = message!(
                            "activity-fails",
                            hub = hub,
                            stage = finding.stage.name_message(),
                            finding = &finding.message,
                        );
                        work.record(AuditAction::ConnectionFails, &request.alias, detail);
                    }
                    (HealthOutcome::Failing(finding.clone()), former.last_success)
                }
            };
            // Another test may have been demanded while this one ran, by deleting the service key, say.
            let due = former.due && self.repository.change_number()? != began.change_number;
            let health =
                ConnectionHealth { request_id: id, outcome, checked_at: Some(now), last_success, due, postponed };
            work.put(SharedChange::PutHealth(health));
            Ok(())
        })
    }

    /// The stages after the document.
    fn probe(
        &self,
        facts: &AccessFacts,
        secret: &SecretBytes,
        destination: Option<&DestinationState>,
        observer: &dyn StageObserver,
    ) -> Result<Vec<FetchedApi>, ProbeEnd> {
        self.stage(observer, Stage::Validity, || check_validity(facts, self.now()).map(|found| (found, ())))?;
        let own_service = self.get_own_service()?;
        let settings = self.repository.get_settings()?;
        // The token service of this very program is reached without any network.
        let own_host = settings.token_service.endpoints.host.as_str();
        let proxy = if facts.leads_to(own_host) { ProxyChoice::Never } else { settings.proxy };
        let target = ConnectionTarget { facts, secret, own_service: &own_service, proxy: &proxy };
        let apis = self.connector.fetch_apis(&target, observer)?;
        match destination {
            // Nothing is known about the destination of a hub in SAP: the stage would have nothing to test.
            None | Some(DestinationState::InSap) => {}
            Some(DestinationState::Present(destination)) => {
                self.stage(observer, Stage::Destination, || Ok(((&destination.name).into(), ())))?;
            }
            Some(DestinationState::Deleted { at, by }) => self.stage(observer, Stage::Destination, || {
                Err(Diagnosis {
                    cause: Cause::DestinationDeleted,
                    seen: message!("seen-deleted", name = by.name(), at = Moment(*at)),
                })
            })?,
        }
        Ok(apis)
    }

    /// The first stage of credentials that were recognised when they were stored.
    fn pass_document(&self, observer: &dyn StageObserver, kind: &CredentialKind) {
        observer.started(Stage::Document);
        let result = Ok(describe_document(kind));
        observer.finished(&StageReport { stage: Stage::Document, duration: Duration::ZERO, result });
    }

    fn stage<T>(
        &self,
        observer: &dyn StageObserver,
        stage: Stage,
        run: impl FnOnce() -> Result<(Message, T), Diagnosis>,
    ) -> Result<T, TestEnd> {
        if observer.is_cancelled() {
            return Err(TestEnd::Cancelled);
        }
        observer.started(stage);
        let start = self.clock.now();
        let result = run();
        // A clock that is set back during the test must not give a negative duration.
        let duration = (self.clock.now() - start).to_std().unwrap_or_default();
        match result {
            Ok((found, value)) => {
                observer.finished(&StageReport { stage, duration, result: Ok(found) });
                Ok(value)
            }
            Err(diagnosis) => {
                observer.finished(&StageReport { stage, duration, result: Err(diagnosis.clone()) });
                Err(TestEnd::Failed { stage, diagnosis })
            }
        }
    }
}

/// When a test began.
struct Began {
    at: DateTime<Utc>,
    change_number: u64,
}

/// Why not all stages were completed: a stage failed, or the test could not be carried out.
enum ProbeEnd {
    Test(Box<TestEnd>),
    Failure(Failure),
}

impl From<TestEnd> for ProbeEnd {
    fn from(end: TestEnd) -> Self {
        Self::Test(Box::new(end))
    }
}

impl From<RepositoryError> for ProbeEnd {
    fn from(error: RepositoryError) -> Self {
        Self::Failure(error.into())
    }
}

fn settle(result: Result<Vec<FetchedApi>, ProbeEnd>) -> Result<TestOutcome, Failure> {
    match result {
        Ok(apis) => Ok(TestOutcome::Passed(apis)),
        Err(ProbeEnd::Test(end)) => match *end {
            TestEnd::Failed { stage, diagnosis } => Ok(TestOutcome::Failed(Finding::new(stage, &diagnosis))),
            TestEnd::Cancelled => Err(Refusal::Cancelled.into()),
        },
        Err(ProbeEnd::Failure(failure)) => Err(failure),
    }
}

fn describe_document(kind: &CredentialKind) -> Message {
    match kind {
        CredentialKind::ClientSecret(_) => message!("found-client-secret"),
        CredentialKind::Certificate(_) => message!("found-certificate"),
    }
}

impl From<OutsideValidity> for Cause {
    fn from(outside: OutsideValidity) -> Self {
        match outside {
            OutsideValidity::Expired { not_after } => Self::Expired { not_after },
            OutsideValidity::NotYetValid { not_before } => Self::NotYetValid { not_before },
        }
    }
}

fn check_validity(facts: &AccessFacts, now: DateTime<Utc>) -> Result<Message, Diagnosis> {
    let Validity { until, left, rule, standing } = facts.validity(now);
    let fails = |cause| Err(Diagnosis { cause, seen: Message::empty() });
    let (Some(end), Some(left)) = (until, left) else {
        let unknown = standing == ValidityStanding::NotKnown;
        let found = if unknown { message!("found-end-unknown") } else { message!("found-no-end") };
        return Ok(found);
    };
    match (standing, rule) {
        (ValidityStanding::NotYetValid { from }, _) => fails(Cause::NotYetValid { not_before: from }),
        (ValidityStanding::Ended, ValidityRule::OfCertificate) => fails(Cause::Expired { not_after: end }),
        (ValidityStanding::Ended, ValidityRule::OfIssuer { .. }) => {
            let kind = FindingKind::IssuerExpired { not_after: end };
            fails(Cause::Document { finding: documents::Finding { place: None, kind } })
        }
        // A rule refuses it, not the credential itself: whether it still works is for the token service to say.
        (
            ValidityStanding::Ended,
            ValidityRule::SinceGeneration { .. }
            | ValidityRule::Guessed { .. }
            | ValidityRule::OfServiceKey
            | ValidityRule::NotKnown,
        ) => Ok(message!("found-ended", end = Day(end))),
        (
            ValidityStanding::Valid | ValidityStanding::EndsSoon | ValidityStanding::NoEnd | ValidityStanding::NotKnown,
            rule,
        ) => {
            let found = if left.is_near() {
                message!("found-until", end = Moment(end), left = left.message())
            } else {
                message!("found-until", end = Day(end), left = left.message())
            };
            let guessed = matches!(rule, ValidityRule::Guessed { .. });
            Ok(if guessed { message!("validity-probably", validity = found) } else { found })
        }
    }
}
