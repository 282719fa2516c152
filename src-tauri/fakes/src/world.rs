//! An installation with people in it.

use std::{ops::Deref, sync::Arc};

use chrono::TimeDelta;
use domain::{
    Drawbridge, Ports,
    connection::ConnectionRequest,
    credential::{Credential, ExportChoice, GenerateKind, KeyAlgorithm, Unfollowed},
    document::InspectedDocument,
    documents::{CredentialDocument, Options, Stop, recognise},
    hub::Hub,
    id::{CredentialId, PortalId},
    messages::ChosenLanguage,
    person::{Person, Role},
    portal::{Endpoints, Portal, ServiceInstance},
    ports::{Clock, HandOverFailure, Outlet},
    time::SeenTime,
};

use super::{
    Capture, Faults, InMemoryConnector, InMemoryKeychain, InMemoryRepository, QuickIssuer, RepeatableEntropy,
    SettableClock,
};

/// An installation, and everything outside its domain. At first nobody uses it.
pub struct Installation {
    pub drawbridge: Arc<Drawbridge>,
    pub repository: Arc<InMemoryRepository>,
    pub keychain: Arc<InMemoryKeychain>,
    pub issuer: Arc<QuickIssuer>,
    pub connector: Arc<InMemoryConnector>,
    pub clock: Arc<SettableClock>,
    pub entropy: Arc<RepeatableEntropy>,
    pub faults: Arc<Faults>,
}

impl Installation {
    pub fn empty() -> Self {
        let faults = Arc::new(Faults::default());
        let repository = Arc::new(InMemoryRepository::empty(Arc::clone(&faults)));
        let keychain = Arc::new(InMemoryKeychain::empty(Arc::clone(&faults)));
        let issuer = Arc::new(QuickIssuer::default());
        let clock = Arc::new(SettableClock::start());
        let entropy = Arc::new(RepeatableEntropy::start());
        let connector = Arc::new(InMemoryConnector::default());
        let drawbridge = Arc::new(Drawbridge::new(Ports {
            repository: Arc::clone(&repository) as Arc<_>,
            secrets: Arc::clone(&keychain) as Arc<_>,
            issuer: Arc::clone(&issuer) as Arc<_>,
            connector: Arc::clone(&connector) as Arc<_>,
            clock: Arc::clone(&clock) as Arc<_>,
            entropy: Arc::clone(&entropy) as Arc<_>,
            language: ChosenLanguage::default(),
        }));
        Self { drawbridge, repository, keychain, issuer, connector, clock, entropy, faults }
    }
}

/// An installation whose people have every combination of roles that matters.
pub struct World {
    installation: Installation,
    /// Has all roles, and uses the installation at first.
    pub ada: Person,
    /// Submits requests, and nothing else: `AuthGroup.APIPortalRegistration`.
    pub rita: Person,
    /// Administers hubs: `AuthGroup.API.Admin` and `AuthGroup.APIPortalRegistration`.
    pub hugo: Person,
    /// Has one of the two roles that approving takes: `AuthGroup.API.Admin`.
    pub hal: Person,
    /// Administers portals, and nothing else: `APIPortal.Administrator`.
    pub paul: Person,
    /// Has no role at all.
    pub nora: Person,
}

impl Deref for World {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.installation
    }
}

/// An installation with its people, and nothing else.
pub fn world() -> World {
    let installation = Installation::empty();
    let drawbridge = &installation.drawbridge;
    let ada = drawbridge.people().create_first("Ada Admin", "ada@example.com", Role::ALL.into()).expect("Ada");
    let add = |name: &str, email: &str, roles: &[Role]| {
        drawbridge.people().add(name, email, roles.iter().copied().collect()).expect("a person")
    };
    let rita = add("Rita Requester", "rita@example.com", &[Role::PortalRegistration]);
    let hugo = add("Hugo Hub", "hugo@example.com", &[Role::HubAdministrator, Role::PortalRegistration]);
    let hal = add("Hal Half", "hal@example.com", &[Role::HubAdministrator]);
    let paul = add("Paul Portal", "paul@example.com", &[Role::PortalAdministrator]);
    let nora = add("Nora Norole", "nora@example.com", &[]);
    drawbridge.time().watch().expect("the clock");
    World { ada, rita, hugo, hal, paul, nora, installation }
}

impl World {
    pub const SECRET: GenerateKind = GenerateKind::ClientSecret;
    pub const CERTIFICATE: GenerateKind = GenerateKind::Certificate(KeyAlgorithm::P256);

    /// Time passes, more than ten minutes of it while the program runs.
    pub fn pass(&self, time: TimeDelta) {
        for part in [time - SeenTime::CERTAIN_AFTER, SeenTime::CERTAIN_AFTER] {
            self.clock.advance(part);
            self.drawbridge.time().watch().expect("the clock");
        }
    }

    /// From now on `person` uses the installation.
    pub fn act_as(&self, person: &Person) {
        self.drawbridge.people().switch(person.id).expect("somebody of this installation");
    }

    /// A portal in a subaccount of its own.
    pub fn portal(&self, name: &str) -> Portal {
        self.drawbridge.portals().create(name, &format!("{name} portal subaccount"), &[]).expect("a portal").portal
    }

    /// A hub in a subaccount of its own.
    pub fn hub(&self, name: &str) -> Hub {
        self.drawbridge.hubs().create(name, &format!("{name} hub subaccount"), &[]).expect("a hub").hub
    }

    /// A portal with credentials.
    pub fn portal_with(&self, name: &str, kind: GenerateKind) -> (Portal, Credential) {
        let portal = self.portal(name);
        let credential = self.drawbridge.portals().generate_credentials(portal.id, kind).expect("credentials");
        (portal, credential)
    }

    /// The document of a credential, as *Copy* hands it over.
    pub fn document(&self, credential: CredentialId) -> String {
        let clipboard = Capture::at("the clipboard");
        self.drawbridge.exports().copy(credential, &clipboard).expect("a document");
        clipboard.delivered().remove(0)
    }

    /// *Export…* of one credential, as the document that a portal generates.
    pub fn export(&self, credential: CredentialId, outlet: &dyn Outlet) -> Result<(), HandOverFailure> {
        self.drawbridge.exports().export(&[credential], &ExportChoice::CONNECTION, outlet, &Unfollowed)
    }

    /// The only credentials in a document, which are usable.
    pub fn inspect(&self, document: &str) -> InspectedDocument {
        let mut seen = self.drawbridge.documents().inspect(document, None).expect("it stores nothing");
        assert_eq!(seen.candidates.len(), 1, "{seen:?}");
        let only = seen.candidates.remove(0);
        let findings = only.findings;
        only.usable.unwrap_or_else(|| panic!("it should be usable: {findings:?}"))
    }

    /// The only credentials in a document, with their secret.
    pub fn recognise(&self, document: &str) -> CredentialDocument {
        let mut seen =
            recognise(document.as_bytes(), &Options { now: self.clock.now(), password: None, stop: &Stop::NEVER });
        assert_eq!(seen.candidates.len(), 1, "{seen:?}");
        seen.candidates.remove(0).document.expect("credentials")
    }

    /// A document of a portal that does not live in this installation, with a client secret.
    pub fn foreign_document(&self, portal: &str, secret: &str) -> String {
        format!(
            r#"{{"url": "https://{portal}.example.com", "tokenUrl": "https://{portal}.auth.example.com/oauth/token", "clientId": "sb-{portal}!b1", "clientSecret": "{secret}"}}"#
        )
    }

    /// A pending request by the person who uses the installation.
    pub fn submit(&self, hub: &Hub, alias: &str, document: &str) -> ConnectionRequest {
        self.drawbridge.requests().submit(hub.id, alias, document, "", true).expect("a pending request")
    }

    /// A pending request, by the person who uses the installation, of a portal in SAP.
    pub fn submit_foreign(&self, hub: &Hub, portal: &str) -> ConnectionRequest {
        self.submit(hub, portal, &self.foreign_document(portal, "a secret of its own"))
    }

    /// An approved request.
    pub fn connect(&self, hub: &Hub, alias: &str, document: &str) -> ConnectionRequest {
        let request = self.submit(hub, alias, document);
        self.drawbridge.requests().approve(request.id, alias).expect("an approved request")
    }

    /// The service instances of a portal that exist, the first one first.
    pub fn instances(&self, portal: PortalId) -> Vec<ServiceInstance> {
        let page = self.drawbridge.service_instances().list(portal).expect("the instances");
        page.instances.into_iter().map(|listed| listed.instance).collect()
    }

    /// From now on the portal with this name answers with these APIs, under the addresses it has at first.
    pub fn answer(&self, portal: &Portal, apis: &[&str]) {
        let apis: Vec<_> = apis.iter().map(|name| InMemoryConnector::api(name)).collect();
        self.connector.answer(&Endpoints::loopback().portal_url(portal), &apis);
    }
}
