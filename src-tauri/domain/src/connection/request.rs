//! A connection request in a hub, from submission to approval or rejection.
//!
//! Each transition consumes the request and returns the next one, or a refusal that the user can act on. What it takes
//! to *submit* one depends on other requests too; those conditions are in [`crate::drawbridge::RequestOperations::submit`].

use chrono::{DateTime, Utc};

use crate::{
    connection::{Destination, DestinationState, Report, RequestStateKind},
    credential::{AccessFacts, CredentialKind},
    hub::Hub,
    id::{HubId, PortalId, RequestId, SecretId},
    input::{Field, InputProblem, free_text, single_line},
    kind::Kind,
    person::{Action, Actor, Person},
    refusal::Refusal,
};

/// A request to connect a portal to a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionRequest {
    /// Identifies the request for good.
    pub id: RequestId,
    /// The hub it was submitted to.
    pub hub_id: HubId,
    /// *API Portal Alias Name*; unique among the open requests of the hub, ignoring case.
    pub alias: String,
    /// What identifies the portal: [`crate::portal::Portal::key`] in this installation, [`crate::portal::derive_url_key`] elsewhere.
    pub portal_key: String,
    /// The portal, if it lives in this installation.
    pub portal_id: Option<PortalId>,
    /// *Comment*; may be empty.
    pub comment: String,
    /// Who submitted it; the app itself where portal and hub are in one subaccount. Of a record: who made that.
    pub submitted_by: Actor,
    /// When; of a record as it was reported.
    pub submitted_at: DateTime<Utc>,
    /// What was reported about it, if its hub is in SAP: it is a record then.
    pub report: Option<Report>,
    /// Where it stands.
    pub state: RequestState,
}

/// Where a request stands, with what belongs to that state only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestState {
    /// Waits for a hub admin.
    Pending {
        /// The hub's own copy of the credentials.
        held: HeldCredential,
    },
    /// The portal is connected.
    Approved {
        /// The hub's own copy of the credentials.
        held: HeldCredential,
        /// Who approved it; of a record who recorded that.
        approved_by: Actor,
        /// When; of a record as it was reported.
        approved_at: DateTime<Utc>,
        /// The hub's destination.
        destination: DestinationState,
    },
    /// Turned down; the hub's copy of the secret is deleted.
    Rejected {
        /// What the credentials were, without the secret.
        facts: AccessFacts,
        /// Who rejected it; of a record who recorded that.
        rejected_by: Actor,
        /// When; of a record as it was reported.
        rejected_at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

/// The hub's own copy of a submitted credential: regenerating in the portal does not change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCredential {
    /// Everything but the secret.
    pub facts: AccessFacts,
    /// The secret's item in the keychain, the hub's own one.
    pub secret: SecretId,
    /// When the hub took these credentials.
    pub applied_at: DateTime<Utc>,
    /// Who gave them to the hub.
    pub applied_by: Actor,
}

/// Which portal credentials belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalIdentity {
    /// As in [`ConnectionRequest::portal_key`].
    pub key: String,
    /// How a person refers to it: its name in this installation, its URL elsewhere.
    pub name: String,
}

impl ConnectionRequest {
    /// The longest alias, in characters.
    pub const MAX_ALIAS: usize = 80;
    /// The longest comment or reason, in characters.
    pub const MAX_COMMENT: usize = 2_000;

    /// Checks an alias as typed. Returns it without surrounding white space.
    pub fn parse_alias(alias: &str) -> Result<String, InputProblem> {
        single_line(Field::Alias, alias, Self::MAX_ALIAS)
    }

    /// Checks a comment as typed.
    pub fn parse_comment(comment: &str) -> Result<String, InputProblem> {
        free_text(Field::Comment, comment, Self::MAX_COMMENT)
    }

    /// Checks the reason of a rejection as typed. It is mandatory: the submitter has to know what to change.
    pub fn parse_reason(reason: &str) -> Result<String, InputProblem> {
        let reason = free_text(Field::Reason, reason, Self::MAX_COMMENT)?;
        if reason.is_empty() { Err(InputProblem::Empty(Field::Reason)) } else { Ok(reason) }
    }

    /// The same with the lifetime of `kind`, which is the credential that it holds.
    #[must_use]
    pub(crate) fn with_lifetime_of(mut self, kind: &CredentialKind) -> Self {
        let held = match &mut self.state {
            RequestState::Pending { held } | RequestState::Approved { held, .. } => &mut held.facts.kind,
            RequestState::Rejected { facts, .. } => &mut facts.kind,
        };
        if let Some(lifetime) = kind.lifetime() {
            held.set_lifetime(lifetime);
        }
        self
    }

    /// The name of who submitted it; of a record as it was reported.
    pub fn submitter(&self) -> &str {
        self.report.as_ref().map_or_else(|| self.submitted_by.name(), |report| &report.submitted_by)
    }

    /// Whether its hub is local or in SAP.
    pub const fn home(&self) -> Kind {
        if self.report.is_some() { Kind::InSap } else { Kind::Local }
    }

    /// The kind of its state.
    pub const fn kind(&self) -> RequestStateKind {
        match self.state {
            RequestState::Pending { .. } => RequestStateKind::Pending,
            RequestState::Approved { .. } => RequestStateKind::Approved,
            RequestState::Rejected { .. } => RequestStateKind::Rejected,
        }
    }

    /// Whether it holds its portal's place: pending or approved.
    pub const fn is_open(&self) -> bool {
        match self.state {
            RequestState::Pending { .. } | RequestState::Approved { .. } => true,
            RequestState::Rejected { .. } => false,
        }
    }

    /// The credentials without their secret.
    pub const fn facts(&self) -> &AccessFacts {
        match &self.state {
            RequestState::Pending { held } | RequestState::Approved { held, .. } => &held.facts,
            RequestState::Rejected { facts, .. } => facts,
        }
    }

    /// The hub's copy, while it has one.
    pub const fn held(&self) -> Option<&HeldCredential> {
        match &self.state {
            RequestState::Pending { held } | RequestState::Approved { held, .. } => Some(held),
            RequestState::Rejected { .. } => None,
        }
    }

    /// Whether `person` may *View* it in `hub`. The submitter may always read it.
    pub fn may_view(&self, person: &Person, hub: &Hub) -> Result<(), Refusal> {
        if self.home() == Kind::InSap || self.submitted_by.is(person) {
            Ok(())
        } else {
            person.may_at(Action::ViewRequest, hub.vocabulary)
        }
    }

    /// Whether `person` may *Edit Credentials*: only the submitter, only while pending. Of a record anybody may say that it was
    /// done: SAP itself checks who does it there.
    pub fn may_edit_credentials(&self, person: &Person) -> Result<(), Refusal> {
        self.must_be(RequestStateKind::Pending, Action::EditCredentials)?;
        if self.home() == Kind::InSap {
            return Ok(());
        }
        person.may(Action::EditCredentials)?;
        if self.submitted_by.is(person) {
            Ok(())
        } else {
            Err(Refusal::NotSubmitter { alias: self.alias.clone(), submitter: self.submitted_by.name().to_owned() })
        }
    }

    /// Whether `person` may *Approve* it in `hub`.
    pub fn may_approve(&self, person: &Person, hub: &Hub) -> Result<(), Refusal> {
        self.must_be_decided_here(hub, Action::ApproveRequest)?;
        self.must_be(RequestStateKind::Pending, Action::ApproveRequest)?;
        person.may_at(Action::ApproveRequest, hub.vocabulary)?;
        // The vendor does not forbid approving one's own request; a hub may.
        if hub.demands_four_eyes() && self.submitted_by.is(person) {
            return Err(Refusal::FourEyes { alias: self.alias.clone() });
        }
        Ok(())
    }

    /// Whether `person` may *Reject* it in `hub`. The four-eyes rule does not apply: rejecting one's own request is a
    /// withdrawal.
    pub fn may_reject(&self, person: &Person, hub: &Hub) -> Result<(), Refusal> {
        self.must_be_decided_here(hub, Action::RejectRequest)?;
        self.must_be(RequestStateKind::Pending, Action::RejectRequest)?;
        person.may_at(Action::RejectRequest, hub.vocabulary)
    }

    /// Whether `person` may *Re-establish Connection*. That only the submitter may is deliberately not checked: no rule
    /// says so.
    pub fn may_reestablish(&self, person: &Person) -> Result<(), Refusal> {
        self.must_be(RequestStateKind::Approved, Action::ReestablishConnection)?;
        if self.home() == Kind::InSap {
            return Ok(());
        }
        person.may(Action::ReestablishConnection)
    }

    /// *Edit Credentials*: stays pending with `held`. Returns the former copy's secret, which is to be deleted.
    pub fn edit_credentials(
        self,
        person: &Person,
        portal: &PortalIdentity,
        held: HeldCredential,
    ) -> Result<(Self, SecretId), Refusal> {
        self.may_edit_credentials(person)?;
        self.must_be_of_same_portal(portal)?;
        match self.state {
            RequestState::Pending { held: former } => {
                Ok((Self { state: RequestState::Pending { held }, ..self }, former.secret))
            }
            RequestState::Approved { .. } | RequestState::Rejected { .. } => {
                Err(self.wrong_state(Action::EditCredentials))
            }
        }
    }

    /// *Approve*. Whether the hub still has room is checked where its other requests are known.
    pub fn approve(self, person: &Person, hub: &Hub, at: DateTime<Utc>) -> Result<Self, Refusal> {
        self.may_approve(person, hub)?;
        match self.state {
            RequestState::Pending { held } => {
                let approved_by = Actor::from(person);
                let destination = Self::create_destination(&self.alias, self.id, approved_by.clone(), at);
                let state = RequestState::Approved { held, approved_by, approved_at: at, destination };
                Ok(Self { state, ..self })
            }
            RequestState::Approved { .. } | RequestState::Rejected { .. } => {
                Err(self.wrong_state(Action::ApproveRequest))
            }
        }
    }

    /// *Reject* with a reason. Returns the hub's copy of the secret, which is to be deleted.
    pub fn reject(
        self,
        person: &Person,
        hub: &Hub,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<(Self, SecretId), Refusal> {
        self.may_reject(person, hub)?;
        let reason = Self::parse_reason(reason)?;
        match self.state {
            RequestState::Pending { held } => {
                let rejected_by = Actor::from(person);
                let state = RequestState::Rejected { facts: held.facts, rejected_by, rejected_at: at, reason };
                Ok((Self { state, ..self }, held.secret))
            }
            RequestState::Approved { .. } | RequestState::Rejected { .. } => {
                Err(self.wrong_state(Action::RejectRequest))
            }
        }
    }

    /// *Re-establish Connection*: stays approved with `held`, at once, and has its destination again. Returns the former copy's secret, which is to be
    /// deleted.
    pub fn reestablish(
        self,
        person: &Person,
        portal: &PortalIdentity,
        held: HeldCredential,
    ) -> Result<(Self, SecretId), Refusal> {
        self.may_reestablish(person)?;
        self.must_be_of_same_portal(portal)?;
        match self.state {
            RequestState::Approved { held: former, approved_by, approved_at, destination } => {
                let (at, by) = (held.applied_at, held.applied_by.clone());
                let destination = match destination {
                    DestinationState::InSap => DestinationState::InSap,
                    DestinationState::Present(_) | DestinationState::Deleted { .. } => {
                        Self::create_destination(&self.alias, self.id, by, at)
                    }
                };
                let state = RequestState::Approved { held, approved_by, approved_at, destination };
                Ok((Self { state, ..self }, former.secret))
            }
            RequestState::Pending { .. } | RequestState::Rejected { .. } => {
                Err(self.wrong_state(Action::ReestablishConnection))
            }
        }
    }

    /// Whether `person` may *Test Connection* with the copy of `hub`: the submitter, those who may approve, and, once
    /// it is approved, those who may re-establish it.
    pub fn may_test(&self, person: &Person, hub: &Hub) -> Result<(), Refusal> {
        match self.state {
            RequestState::Rejected { .. } => Err(self.wrong_state(Action::TestRequest)),
            RequestState::Pending { .. } | RequestState::Approved { .. } if self.home() == Kind::InSap => Ok(()),
            RequestState::Pending { .. } | RequestState::Approved { .. } if self.submitted_by.is(person) => Ok(()),
            RequestState::Pending { .. } => person.may_at(Action::TestRequest, hub.vocabulary),
            RequestState::Approved { .. } => person
                .may_at(Action::TestRequest, hub.vocabulary)
                .or_else(|refusal| self.may_reestablish(person).map_err(|_| refusal)),
        }
    }

    /// Whether `person` may delete the destination of the connection.
    pub fn may_delete_destination(&self, person: &Person) -> Result<(), Refusal> {
        self.must_be(RequestStateKind::Approved, Action::DeleteDestination)?;
        person.may(Action::DeleteDestination)?;
        match self.destination() {
            Some(DestinationState::Present(_)) => Ok(()),
            Some(DestinationState::InSap) => {
                Err(Refusal::RequestInSap { alias: self.alias.clone(), action: Action::DeleteDestination })
            }
            Some(DestinationState::Deleted { .. }) | None => {
                Err(Refusal::DestinationDeleted { alias: self.alias.clone() })
            }
        }
    }

    /// The destination is deleted: the connection does not work until it is re-established.
    pub fn delete_destination(self, person: &Person, at: DateTime<Utc>) -> Result<Self, Refusal> {
        self.may_delete_destination(person)?;
        match self.state {
            RequestState::Approved { held, approved_by, approved_at, destination: _ } => {
                let destination = DestinationState::Deleted { at, by: Actor::from(person) };
                Ok(Self { state: RequestState::Approved { held, approved_by, approved_at, destination }, ..self })
            }
            RequestState::Pending { .. } | RequestState::Rejected { .. } => {
                Err(self.wrong_state(Action::DeleteDestination))
            }
        }
    }

    /// The destination of a connection; `None` where there is no connection.
    pub const fn destination(&self) -> Option<&DestinationState> {
        match &self.state {
            RequestState::Approved { destination, .. } => Some(destination),
            RequestState::Pending { .. } | RequestState::Rejected { .. } => None,
        }
    }

    /// The destination of a connection that is established, or established again, at `at`.
    pub(crate) fn create_destination(alias: &str, id: RequestId, by: Actor, at: DateTime<Utc>) -> DestinationState {
        DestinationState::Present(Destination {
            name: Destination::derive_name(alias, id),
            created_at: at,
            created_by: by,
        })
    }

    /// A request at a hub in SAP is decided there.
    fn must_be_decided_here(&self, hub: &Hub, action: Action) -> Result<(), Refusal> {
        match hub.kind() {
            Kind::Local => Ok(()),
            Kind::InSap => Err(Refusal::RequestInSap { alias: self.alias.clone(), action }),
        }
    }

    pub(super) fn must_be(&self, expected: RequestStateKind, action: Action) -> Result<(), Refusal> {
        if self.kind() == expected { Ok(()) } else { Err(self.wrong_state(action)) }
    }

    pub(crate) fn wrong_state(&self, action: Action) -> Refusal {
        Refusal::WrongState { alias: self.alias.clone(), state: self.kind(), action }
    }

    /// A connection cannot move to another portal: new credentials have to belong to the same one.
    fn must_be_of_same_portal(&self, portal: &PortalIdentity) -> Result<(), Refusal> {
        if portal.key == self.portal_key {
            Ok(())
        } else {
            Err(Refusal::OtherPortal { alias: self.alias.clone(), found: portal.name.clone() })
        }
    }
}
