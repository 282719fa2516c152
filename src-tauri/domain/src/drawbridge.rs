//! Every operation of the screens, over the ports.

mod activity;
mod apis;
mod authorities;
mod clock_watch;
mod connections;
mod database_notices;
mod documents;
mod exports;
mod external_portals;
mod hubs;
mod keychain;
mod overview;
mod people;
mod pingone;
mod portals;
mod registry;
mod requests;
mod secrets;
mod service_instances;
mod settings;
mod testing;
mod token_service;
mod work;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, SubsecRound, Utc};
use messages::{Message, message};
use uuid::Uuid;

pub use apis::ApiProxiesPage;
pub use connections::{ConnectionOverview, DestinationOverview};
pub use documents::{InspectedCandidate, InspectedDocument, Inspection, complete_document};
pub use exports::{ExportChoice, ExportProgress, Exportable, HandOverFailure, Unfollowed};
pub use hubs::{HubCreated, HubPage, HubSummary};
pub use keychain::TakeOver;
pub use overview::{Attention, ConnectionName, Launchpad, Left, Matter, TokenServiceSeen, Urgency};
pub use people::Session;
pub use pingone::{AccountPage, AccountSummary, ConnectionCredentialOverview, SecretReplacement};
pub use portals::{
    Applied, CredentialOverview, OwnHub, PortalAddresses, PortalConnection, PortalCreated, PortalSummary,
};
pub use requests::{RequestOverview, RequestOverviewPage, RequestPermits};
pub use secrets::Reconciled;
pub use service_instances::{InstanceOverview, NewServiceKey, ServiceInstancesPage};
pub use settings::{ProxyChange, ServerAuthority, SettingsPage, TokenServiceChange};
pub use testing::TestOutcome;
pub use token_service::TokenServicePlan;

use crate::{
    Action, Area, CertificateIssuer, Clock, Connector, Endpoints, Entropy, Failure, KeychainStanding, Person, Refusal,
    Repository, RepositoryReader, SecretBytes, SecretStore, clock::generate_uuid,
};

/// Carries out the operations of the screens, one change at a time.
///
/// Every operation first asks whether the person who uses the installation may do it. Calls block on the ports.
pub struct Drawbridge {
    /// To look into; [`work`] changes it.
    repository: Arc<dyn RepositoryReader>,
    changeable: work::Changeable,
    secrets: Arc<dyn SecretStore>,
    issuer: Arc<dyn CertificateIssuer>,
    connector: Arc<dyn Connector>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    registered: Mutex<registry::Registered>,
    /// What was seen of the keychain when it was last asked about as a whole.
    seen_keychain: Arc<Mutex<Option<KeychainStanding>>>,
    /// Held while a document is recognised.
    recognising: Arc<Mutex<()>>,
}

/// What [`Drawbridge`] stands on.
#[derive(Clone)]
pub struct Ports {
    /// The database.
    pub repository: Arc<dyn Repository>,
    /// The OS keychain.
    pub secrets: Arc<dyn SecretStore>,
    /// Issues certificates.
    pub issuer: Arc<dyn CertificateIssuer>,
    /// The hub as a client.
    pub connector: Arc<dyn Connector>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

/// Where a document with a secret goes by the user's deliberate act: the clipboard or a file.
pub trait Outlet {
    /// Hands `document` over.
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError>;

    /// Where it went, for the activity list.
    fn destination(&self) -> Message;
}

/// A document could not be handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum OutletError {
    /// The clipboard could not be used.
    Clipboard {
        /// What the system says.
        reason: String,
    },
    /// The file could not be written.
    File {
        /// The file.
        path: String,
        /// Why, and what stayed where, if it could not be removed; a part of a sentence.
        reason: String,
    },
}

impl OutletError {
    /// What happened, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::Clipboard { reason } => message!("failure-clipboard", reason = reason),
            Self::File { path, reason } => message!("failure-file", path = path, reason = reason),
        }
    }
}

impl Drawbridge {
    /// Puts the ports together.
    pub fn new(ports: Ports) -> Self {
        let Ports { repository, secrets, issuer, connector, clock, entropy } = ports;
        let (registered, seen_keychain, recognising) = Default::default();
        let changeable = work::Changeable::new(Arc::clone(&repository));
        Self {
            repository,
            changeable,
            secrets,
            issuer,
            connector,
            clock,
            entropy,
            registered,
            seen_keychain,
            recognising,
        }
    }

    /// Where the token service of this installation answers; the URLs in credentials follow from it.
    fn endpoints(&self) -> Result<Endpoints, Failure> {
        Ok(self.repository.get_settings()?.token_service.endpoints)
    }

    /// A number that is another one after each change, by whichever process.
    pub fn change_number(&self) -> Result<u64, Failure> {
        Ok(self.repository.change_number()?)
    }

    /// What the changes between two such numbers were about; `None` if another process made some of them.
    pub fn changed_areas(&self, from: u64, to: u64) -> Option<BTreeSet<Area>> {
        self.changeable.areas_between(from, to)
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
}
