//! A request at a hub in SAP is a record: what people report of what happens there. No API tells it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    connection::{ConnectionRequest, DestinationState, Report, RequestState, RequestStateKind},
    id::SecretId,
    input::{Field, InputProblem, free_text, single_line},
    person::{Action, Actor, Person},
    refusal::Refusal,
};

/// What a person types about a record. Nothing of it is sent to SAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDetails {
    /// *API Portal Alias Name*.
    pub alias: String,
    /// *Comment*, as it was typed in SAP.
    pub comment: String,
    /// Who submitted the request; empty for the person who records it.
    pub submitted_by: String,
    /// On which day, as its beginning by UTC.
    pub submitted_on: DateTime<Utc>,
    /// Who approved or rejected it; may be empty.
    pub decided_by: String,
    /// On which day; `None` while it is pending.
    pub decided_on: Option<DateTime<Utc>>,
    /// A note of one's own.
    pub note: String,
    /// A ticket.
    pub ticket: String,
}

/// What was decided in SAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Approved or rejected.
    pub verdict: Verdict,
    /// By whom; may be empty.
    pub by: String,
    /// On which day, as its beginning by UTC.
    pub on: DateTime<Utc>,
}

/// How a request was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The portal is connected.
    Approved,
    /// It was turned down.
    Rejected {
        /// Why.
        reason: String,
    },
}

/// How far ahead of UTC the first time zone is: a person gives a day, which stands for its beginning by UTC, and there it is
/// today while by UTC it is still yesterday.
const EASTERNMOST: TimeDelta = TimeDelta::hours(14);

impl RecordDetails {
    /// Checks everything that was typed. `decided` is whether somebody has decided the request.
    pub(super) fn check(self, person: &Person, decided: bool, now: DateTime<Utc>) -> Result<Self, InputProblem> {
        let submitted_by = optional_line(Field::SubmittedBy, &self.submitted_by)?;
        must_have_begun(Field::SubmittedOn, self.submitted_on, now)?;
        let decided_on = self.decided_on.filter(|_| decided);
        if let Some(on) = decided_on {
            must_have_begun(Field::DecidedOn, on, now)?;
            if on < self.submitted_on {
                return Err(InputProblem::DecidedBeforeSubmitted);
            }
        }
        Ok(Self {
            alias: ConnectionRequest::parse_alias(&self.alias)?,
            comment: ConnectionRequest::parse_comment(&self.comment)?,
            submitted_by: if submitted_by.is_empty() { person.name.clone() } else { submitted_by },
            submitted_on: self.submitted_on,
            decided_by: if decided { optional_line(Field::DecidedBy, &self.decided_by)? } else { String::new() },
            decided_on,
            note: free_text(Field::Note, &self.note, ConnectionRequest::MAX_COMMENT)?,
            ticket: optional_line(Field::Ticket, &self.ticket)?,
        })
    }

    pub(super) fn report(&self) -> Report {
        Report {
            submitted_by: self.submitted_by.clone(),
            decided_by: self.decided_by.clone(),
            note: self.note.clone(),
            ticket: self.ticket.clone(),
        }
    }
}

impl Decision {
    /// Checks everything that was typed.
    pub(super) fn check(self, submitted_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, InputProblem> {
        must_have_begun(Field::DecidedOn, self.on, now)?;
        if self.on < submitted_at {
            return Err(InputProblem::DecidedBeforeSubmitted);
        }
        let verdict = match self.verdict {
            Verdict::Approved => Verdict::Approved,
            Verdict::Rejected { reason } => Verdict::Rejected { reason: ConnectionRequest::parse_reason(&reason)? },
        };
        Ok(Self { verdict, by: optional_line(Field::DecidedBy, &self.by)?, on: self.on })
    }
}

impl ConnectionRequest {
    /// Whether a person may record a decision, a change, or that nothing is to be recorded any more: everybody may, of a
    /// record. SAP itself checks who does what there.
    pub fn must_be_record(&self, action: Action) -> Result<(), Refusal> {
        match self.report {
            Some(_) => Ok(()),
            None => Err(Refusal::RequestLocal { alias: self.alias.clone(), action }),
        }
    }

    /// Whether a decision may be recorded.
    pub fn may_record_decision(&self) -> Result<(), Refusal> {
        self.must_be_record(Action::RecordDecision)?;
        self.must_be(RequestStateKind::Pending, Action::RecordDecision)
    }

    /// Records what was decided in SAP. Returns the secret of the copy that is to be deleted, where it was rejected.
    pub(super) fn record_decision(
        self,
        person: &Person,
        decision: Decision,
    ) -> Result<(Self, Option<SecretId>), Refusal> {
        self.may_record_decision()?;
        let Decision { verdict, by, on } = decision;
        let report = self.report.clone().map(|report| Report { decided_by: by, ..report });
        let RequestState::Pending { held } = self.state else {
            return Err(self.wrong_state(Action::RecordDecision));
        };
        let (state, former) = match verdict {
            Verdict::Approved => (Self::approved_in_sap(held, person, on), None),
            Verdict::Rejected { reason } => {
                let former = held.secret;
                let rejected_by = Actor::from(person);
                (RequestState::Rejected { facts: held.facts, rejected_by, rejected_at: on, reason }, Some(former))
            }
        };
        Ok((Self { report, state, ..self }, former))
    }

    /// The state of a request that was approved in SAP.
    pub(super) fn approved_in_sap(
        held: super::HeldCredential,
        recorded_by: &Person,
        on: DateTime<Utc>,
    ) -> RequestState {
        RequestState::Approved {
            held,
            approved_by: Actor::from(recorded_by),
            approved_at: on,
            destination: DestinationState::InSap,
        }
    }

    /// The same with what was typed about it.
    pub(super) fn with_details(self, details: RecordDetails) -> Self {
        let report = Some(details.report());
        let state = match (self.state, details.decided_on) {
            (RequestState::Approved { held, approved_by, approved_at: _, destination }, Some(approved_at)) => {
                RequestState::Approved { held, approved_by, approved_at, destination }
            }
            (RequestState::Rejected { facts, rejected_by, rejected_at: _, reason }, Some(rejected_at)) => {
                RequestState::Rejected { facts, rejected_by, rejected_at, reason }
            }
            (state, _) => state,
        };
        let RecordDetails { alias, comment, submitted_on, .. } = details;
        Self { alias, comment, submitted_at: submitted_on, report, state, ..self }
    }
}

/// A single line that may be empty.
fn optional_line(field: Field, text: &str) -> Result<String, InputProblem> {
    if text.trim().is_empty() { Ok(String::new()) } else { single_line(field, text, Report::MAX_LENGTH) }
}

fn must_have_begun(field: Field, day: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), InputProblem> {
    if day > now + EASTERNMOST { Err(InputProblem::DayInFuture(field)) } else { Ok(()) }
}
