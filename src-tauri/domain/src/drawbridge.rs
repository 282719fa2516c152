//! Every operation of the screens, over the ports.

mod activity;
mod hubs;
mod people;
mod portals;
mod requests;
mod secrets;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

pub use hubs::{HubCreated, HubPage, HubSummary};
pub use people::Session;
pub use portals::{
    Applied, CredentialOverview, HandOverFailure, OwnHub, PortalConnection, PortalCreated, PortalSummary,
};
pub use requests::{InspectedDocument, RequestOverview, RequestOverviewPage, RequestPermits};
pub use secrets::Reconciled;

use crate::{
    Action, Actor, AuditAction, AuditEvent, CertificateIssuer, Change, Clock, Endpoints, Entropy, Failure, Person,
    Refusal, Repository, SecretBytes, SecretStore, clock::generate_uuid, id::EventId,
};

/// Carries out the operations of the screens, one change at a time.
///
/// Every operation first asks whether the person who uses the installation may do it. Calls block on the ports.
pub struct Drawbridge {
    repository: Arc<dyn Repository>,
    secrets: Arc<dyn SecretStore>,
    issuer: Arc<dyn CertificateIssuer>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    endpoints: Endpoints,
    changing: Mutex<()>,
}

/// Where a document with a secret goes by the user's deliberate act: the clipboard or a file.
pub trait Outlet {
    /// Hands `document` over.
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError>;

    /// Where it went, for the activity list.
    fn destination(&self) -> String;
}

/// A document could not be handed over; nothing was left half-written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutletError {
    /// The clipboard could not be used.
    #[error("the clipboard cannot be used: {reason}")]
    Clipboard {
        /// What the system says.
        reason: String,
    },
    /// The file could not be written.
    #[error("the file {path} cannot be written: {reason}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl Drawbridge {
    /// Puts the ports together. `endpoints` is where the token service of this installation answers.
    pub fn new(
        repository: Arc<dyn Repository>,
        secrets: Arc<dyn SecretStore>,
        issuer: Arc<dyn CertificateIssuer>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        endpoints: Endpoints,
    ) -> Self {
        Self { repository, secrets, issuer, clock, entropy, endpoints, changing: Mutex::new(()) }
    }

    /// Checks and changes are one step: whoever changes something holds this until the commit.
    fn start_change(&self) -> MutexGuard<'_, ()> {
        // The guarded value is empty: a panic elsewhere cannot have left it half-changed.
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The present moment, in the milliseconds that the database keeps.
    fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(3)
    }

    fn generate_id(&self) -> Uuid {
        generate_uuid(self.clock.as_ref(), self.entropy.as_ref())
    }

    fn get_current_person(&self) -> Result<Person, Failure> {
        Ok(self.repository.find_current_person()?.ok_or(Refusal::NoPerson)?)
    }

    /// The person who uses the installation, who must have the roles for `action`.
    fn get_person_who_may(&self, action: Action) -> Result<Person, Failure> {
        let person = self.get_current_person()?;
        person.may(action)?;
        Ok(person)
    }

    fn record(
        &self,
        actor: Actor,
        action: AuditAction,
        subject: impl Into<String>,
        detail: impl Into<String>,
    ) -> Change {
        Change::Record(AuditEvent {
            id: EventId(self.generate_id()),
            at: self.now(),
            actor,
            action,
            subject: subject.into(),
            detail: detail.into(),
        })
    }
}
