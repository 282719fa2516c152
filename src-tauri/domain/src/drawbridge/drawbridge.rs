//! The ports put together.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, SubsecRound, Utc};
use messages::ChosenLanguage;
use uuid::Uuid;

use crate::{
    area::Area,
    connection_check::Connector,
    drawbridge::changeable::Changeable,
    keychain::SeenKeychain,
    person::{Action, Person},
    pki::CertificateIssuer,
    portal::Endpoints,
    ports::{Clock, Entropy, Repository, RepositoryReader, SecretStore, generate_uuid},
    refusal::{Failure, Refusal},
};

/// Carries out the operations of the screens, one change at a time.
///
/// Every operation first asks whether the person who uses the installation may do it. Calls block on the ports.
pub struct Drawbridge {
    /// To look into; [`super::work`] changes it.
    pub(crate) repository: Arc<dyn RepositoryReader>,
    pub(super) changeable: Changeable,
    pub(crate) secrets: Arc<dyn SecretStore>,
    pub(crate) issuer: Arc<dyn CertificateIssuer>,
    pub(crate) connector: Arc<dyn Connector>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(super) language: ChosenLanguage,
    pub(crate) registered: Mutex<crate::token_service::Registered>,
    /// What the last look at the whole keychain showed.
    pub(crate) seen_keychain: Arc<Mutex<Option<SeenKeychain>>>,
    /// Held while a document is recognised.
    pub(crate) recognising: Arc<Mutex<()>>,
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
    /// The language in which secrets are labelled in the keychain.
    pub language: ChosenLanguage,
}

impl Drawbridge {
    /// Puts the ports together.
    pub fn new(ports: Ports) -> Self {
        let Ports { repository, secrets, issuer, connector, clock, entropy, language } = ports;
        let (registered, seen_keychain, recognising) = Default::default();
        let changeable = Changeable::new(Arc::clone(&repository));
        Self {
            repository,
            changeable,
            secrets,
            issuer,
            connector,
            clock,
            entropy,
            language,
            registered,
            seen_keychain,
            recognising,
        }
    }

    /// The same operations with another access to the same keychain. Both share what the last look at the keychain
    /// showed.
    #[must_use]
    pub fn through(&self, secrets: Arc<dyn SecretStore>) -> Self {
        let Self {
            repository,
            changeable,
            secrets: _,
            issuer,
            connector,
            clock,
            entropy,
            language,
            registered: _,
            seen_keychain,
            recognising,
        } = self;
        Self {
            repository: Arc::clone(repository),
            changeable: changeable.clone(),
            secrets,
            issuer: Arc::clone(issuer),
            connector: Arc::clone(connector),
            clock: Arc::clone(clock),
            entropy: Arc::clone(entropy),
            language: language.clone(),
            registered: Mutex::default(),
            seen_keychain: Arc::clone(seen_keychain),
            recognising: Arc::clone(recognising),
        }
    }

    /// Where the token service of this installation answers; the URLs in credentials follow from it.
    pub(crate) fn endpoints(&self) -> Result<Endpoints, Failure> {
        Ok(self.repository.get_settings()?.token_service.endpoints)
    }

    /// A number that differs after each change, by whichever process.
    pub fn change_number(&self) -> Result<u64, Failure> {
        Ok(self.repository.change_number()?)
    }

    /// What the changes between two such numbers were about; `None` if another process made some of them.
    pub fn changed_areas(&self, from: u64, to: u64) -> Option<BTreeSet<Area>> {
        self.changeable.areas_between(from, to)
    }

    /// The present moment, to the millisecond, as the database stores it.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(3)
    }

    pub(crate) fn generate_id(&self) -> Uuid {
        generate_uuid(self.clock.as_ref(), self.entropy.as_ref())
    }

    pub(crate) fn get_current_person(&self) -> Result<Person, Failure> {
        Ok(self.repository.find_current_person()?.ok_or(Refusal::NoPerson)?)
    }

    /// The person who uses the installation, who must have the roles for `action`.
    pub(crate) fn get_person_who_may(&self, action: Action) -> Result<Person, Failure> {
        let person = self.get_current_person()?;
        person.may(action)?;
        Ok(person)
    }
}
