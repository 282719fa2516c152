//! The data that the program works on, as the window would have made them, in a session of their own.

use std::{collections::BTreeSet, env, fs, net::TcpListener, path::PathBuf, sync::Arc, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use certificates::RcgenIssuer;
use connector::HttpConnector;
use domain::{
    Drawbridge, Ports,
    credential::{Credential, CredentialState, GenerateKind},
    person::Role,
    portal::Portal,
    ports::{Portals, Repository, SecretStore, Secrets},
    settings::TokenServiceChange,
};
use fakes::{Capture, SettableClock, SystemEntropy};
use keychain::KeychainSecretStore;
use storage::SqliteRepository;

use super::{
    APPLICATION, IDENTIFIER,
    private_session::{self, Bus, Password, Session},
};

/// Runs `body` in a session with a keychain that is unlocked.
pub fn in_session(test: &'static str, body: impl FnOnce(&Session)) {
    private_session::test(test, Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        body(session);
    });
}

/// The data that the program works on, as the window would have made them.
pub struct World {
    pub folder: PathBuf,
    pub drawbridge: Arc<Drawbridge>,
    pub repository: Arc<SqliteRepository>,
    pub port: u16,
    secrets: Arc<KeychainSecretStore>,
}

impl World {
    /// Ada with all roles, and a token service that may run here.
    pub fn new(_session: &Session) -> Self {
        let folder = PathBuf::from(env::var_os("XDG_DATA_HOME").expect("of the session")).join(IDENTIFIER);
        fs::create_dir(&folder).expect("the data folder");
        let repository = Arc::new(SqliteRepository::open(&folder.join("drawbridge.db")).expect("the database"));
        let secrets = Arc::new(KeychainSecretStore::open(APPLICATION, Duration::from_secs(10)));
        let drawbridge = Arc::new(Drawbridge::new(Ports {
            language: domain::messages::ChosenLanguage::default(),
            repository: Arc::clone(&repository) as Arc<dyn Repository>,
            secrets: Arc::clone(&secrets) as Arc<dyn SecretStore>,
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::new(SettableClock::running()),
            entropy: Arc::new(SystemEntropy),
        }));
        drawbridge.people().create_first("Ada", "ada@example.com", BTreeSet::from(Role::ALL)).expect("a first person");
        let port = free_port();
        let change = TokenServiceChange {
            enabled: true,
            address: "127.0.0.1".into(),
            host: "localhost".into(),
            port: port.into(),
            mutual_tls_port: free_port().into(),
            confirmed: vec![],
        };
        drawbridge.settings().change_token_service(change).expect("settings");
        Self { folder, drawbridge, repository, port, secrets }
    }

    pub fn give_roles<const N: usize>(&self, roles: [Role; N]) {
        let person = self.drawbridge.people().get_session().expect("a session").person.expect("Ada");
        self.drawbridge
            .people()
            .change_person(person.id, &person.name, &person.email, roles.into())
            .expect("other roles");
    }

    /// A portal in a subaccount of its own.
    pub fn portal(&self, name: &str) -> Portal {
        self.drawbridge.portals().create(name, name, &[]).expect("a portal").portal
    }

    pub fn portal_id(&self, name: &str) -> domain::id::PortalId {
        let portals = self.repository.list_portals().expect("portals");
        portals.into_iter().find(|portal| portal.name == name).expect("the portal").id
    }

    /// A portal with credentials.
    pub fn generate(&self, portal: &str, kind: GenerateKind) -> Credential {
        let portal = self.portal(portal);
        self.drawbridge.portals().generate_credentials(portal.id, kind).expect("credentials")
    }

    /// A portal whose request in the hub "Hub" is approved.
    pub fn connect(&self, portal: &str, kind: GenerateKind, alias: &str) {
        self.connect_to("Hub", portal, kind, alias);
    }

    pub fn connect_to(&self, hub: &str, portal: &str, kind: GenerateKind, alias: &str) {
        let id = self.submit(portal, hub, kind, alias);
        let id = domain::id::RequestId(id.parse().expect("an id"));
        self.drawbridge.requests().approve(id, alias).expect("approved");
    }

    /// A portal whose request waits in a new hub; the id of the request.
    pub fn submit(&self, portal: &str, hub: &str, kind: GenerateKind, alias: &str) -> String {
        let credential = self.generate(portal, kind);
        let hub = self.drawbridge.hubs().create(hub, &format!("Subaccount of {hub}"), &[]).expect("a hub").hub;
        let caught = Capture::at("test");
        self.drawbridge.exports().copy(credential.id, &caught).expect("the document");
        let document = caught.delivered().remove(0);
        self.drawbridge.requests().submit(hub.id, alias, &document, "", true).expect("a request").id.to_string()
    }

    /// The credentials of a portal, newest first.
    pub fn credentials(&self, portal: &str) -> Vec<Credential> {
        let credentials = self.repository.list_credentials(self.portal_id(portal)).expect("credentials");
        assert!(credentials.iter().filter(|one| matches!(one.state, CredentialState::Current { .. })).count() <= 1);
        credentials
    }

    /// The pieces by which each secret in the keychain would be recognised: client secrets, and the later lines of keys (the
    /// head of a key is the same in all keys of its kind). The keychain has to be open.
    pub fn secrets(&self) -> Vec<String> {
        let witness = self.repository.find_keychain_witness().expect("a row");
        let items = self.repository.list_active_secrets().expect("rows").into_iter().map(|item| item.id);
        let mut pieces = Vec::new();
        for id in items.filter(|id| Some(*id) != witness) {
            let secret = self.secrets.get(id).expect("the secret");
            // EXPOSE: to look for it in what is printed.
            match std::str::from_utf8(secret.expose()) {
                Ok(text) => pieces.push(text.to_owned()),
                Err(_) => {
                    let lines = BASE64_STANDARD.encode(secret.expose()).into_bytes();
                    let lines: Vec<_> = lines.chunks(64).map(String::from_utf8_lossy).collect();
                    pieces.extend(
                        lines[lines.len() / 2..].iter().filter(|line| line.len() > 16).map(ToString::to_string),
                    );
                }
            }
        }
        pieces
    }

    pub fn activity(&self) -> String {
        let query = domain::ports::ActivityQuery {
            language: domain::messages::Language::English,
            search: String::new(),
            offset: 0,
            limit: 100,
        };
        let rows = self.drawbridge.activity().search(&query).expect("activity").rows;
        let lines =
            rows.iter().map(|row| format!("{:?} {} {}", row.action, row.subject.for_log(), row.detail.for_log()));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A port that nobody has, on either loopback address.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("its number").port()
}
