//! Killed (SIGKILL) between any two steps of a change to keychain and database, the next start finds the old or the new
//! state, whole. A real SQLite file, a real gnome-keyring, a real kill.

#![cfg(all(unix, not(target_os = "macos")))]

#[path = "../../src-tauri/keychain/tests/secret_service/private_session.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod private_session;

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use certificates::RcgenIssuer;
use chrono::{DateTime, TimeDelta, Utc};
use connector::HttpConnector;
use domain::{
    Accounts, Activity, ActivityPage, ActivityQuery, ApiProxy, Authority, Change, ChangeGuard, Clock,
    ConnectionApiCredential, ConnectionHealth, ConnectionRequest, Connections, Credential, CredentialKind,
    CredentialState, DatabaseNotice, Drawbridge, Entropy, FetchedApi, GenerateKind, GivenLifetime, Hub, Hubs,
    KeyAlgorithm, NewServiceKey, Outlet, OutletError, People, Person, PingOneAccount, Portal, Portals, Ports,
    PrivateKey, Repository, RepositoryError, RequestCounts, RequestPage, RequestQuery, RequestSort, RequestStateKind,
    Requests, Role, SecretBytes, SecretItem, SecretItemState, SecretReplacement, SecretStore, SecretStoreError,
    Secrets, SeenTime, ServiceInstance, Settings, TokenServiceIdentity,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
};
use keychain::KeychainSecretStore;
use private_session::{Bus, Password, Session};
use storage::SqliteRepository;

/// The service field of all items.
const APPLICATION: &str = "Drawbridge";

/// For the process that is to be killed: the operation, the step before which it happens, the folder of the data.
const VICTIM: &str = "DRAWBRIDGE_VICTIM";

#[test]
fn generate_is_whole_wherever_it_is_killed() {
    kill_everywhere("generate_is_whole_wherever_it_is_killed", Operation::Generate);
}

#[test]
fn regenerate_is_whole_wherever_it_is_killed() {
    kill_everywhere("regenerate_is_whole_wherever_it_is_killed", Operation::Regenerate);
}

#[test]
fn submit_is_whole_wherever_it_is_killed() {
    kill_everywhere("submit_is_whole_wherever_it_is_killed", Operation::Submit);
}

#[test]
fn submit_a_certificate_is_whole_wherever_it_is_killed() {
    kill_everywhere("submit_a_certificate_is_whole_wherever_it_is_killed", Operation::SubmitCertificate);
}

#[test]
fn create_a_hub_for_a_portal_is_whole_wherever_it_is_killed() {
    kill_everywhere("create_a_hub_for_a_portal_is_whole_wherever_it_is_killed", Operation::CreateOwnHub);
}

#[test]
fn create_a_hub_for_a_portal_with_credentials_is_whole_wherever_it_is_killed() {
    kill_everywhere(
        "create_a_hub_for_a_portal_with_credentials_is_whole_wherever_it_is_killed",
        Operation::CreateOwnHubForCredentials,
    );
}

#[test]
fn edit_credentials_is_whole_wherever_it_is_killed() {
    kill_everywhere("edit_credentials_is_whole_wherever_it_is_killed", Operation::EditCredentials);
}

#[test]
fn reestablish_is_whole_wherever_it_is_killed() {
    kill_everywhere("reestablish_is_whole_wherever_it_is_killed", Operation::Reestablish);
}

#[test]
fn retire_is_whole_wherever_it_is_killed() {
    kill_everywhere("retire_is_whole_wherever_it_is_killed", Operation::Retire);
}

#[test]
fn reject_is_whole_wherever_it_is_killed() {
    kill_everywhere("reject_is_whole_wherever_it_is_killed", Operation::Reject);
}

#[test]
fn delete_portal_is_whole_wherever_it_is_killed() {
    kill_everywhere("delete_portal_is_whole_wherever_it_is_killed", Operation::DeletePortal);
}

#[test]
fn create_a_service_key_is_whole_wherever_it_is_killed() {
    kill_everywhere("create_a_service_key_is_whole_wherever_it_is_killed", Operation::CreateServiceKey);
}

#[test]
fn delete_a_service_instance_is_whole_wherever_it_is_killed() {
    kill_everywhere("delete_a_service_instance_is_whole_wherever_it_is_killed", Operation::DeleteServiceInstance);
}

#[test]
fn the_first_start_of_the_token_service_is_whole_wherever_it_is_killed() {
    kill_everywhere(
        "the_first_start_of_the_token_service_is_whole_wherever_it_is_killed",
        Operation::StartTokenService,
    );
}

#[test]
fn add_external_portal_is_whole_wherever_it_is_killed() {
    kill_everywhere("add_external_portal_is_whole_wherever_it_is_killed", Operation::AddExternalPortal);
}

#[test]
fn import_credentials_is_whole_wherever_it_is_killed() {
    kill_everywhere("import_credentials_is_whole_wherever_it_is_killed", Operation::ImportCredentials);
}

#[test]
fn retire_imported_credentials_is_whole_wherever_it_is_killed() {
    kill_everywhere("retire_imported_credentials_is_whole_wherever_it_is_killed", Operation::RetireImported);
}

#[test]
fn add_a_connection_credential_is_whole_wherever_it_is_killed() {
    kill_everywhere("add_a_connection_credential_is_whole_wherever_it_is_killed", Operation::AddConnectionCredential);
}

#[test]
fn replace_a_connection_secret_is_whole_wherever_it_is_killed() {
    kill_everywhere("replace_a_connection_secret_is_whole_wherever_it_is_killed", Operation::ReplaceConnectionSecret);
}

#[test]
fn drop_a_former_secret_is_whole_wherever_it_is_killed() {
    kill_everywhere("drop_a_former_secret_is_whole_wherever_it_is_killed", Operation::DropFormerSecret);
}

#[test]
fn undo_a_replacement_is_whole_wherever_it_is_killed() {
    kill_everywhere("undo_a_replacement_is_whole_wherever_it_is_killed", Operation::UndoReplacement);
}

/// The operations that change keychain and database together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Generate,
    Regenerate,
    Submit,
    SubmitCertificate,
    /// A hub in the subaccount of a portal, which connects the two with new credentials.
    CreateOwnHub,
    /// The same with the credentials that the portal has.
    CreateOwnHubForCredentials,
    EditCredentials,
    Reestablish,
    Retire,
    Reject,
    DeletePortal,
    /// A key with a client secret that a person chose.
    CreateServiceKey,
    DeleteServiceInstance,
    /// Generates the authority and the service's own keys.
    StartTokenService,
    /// A portal elsewhere, by a document with a further member, which is a secret of its own.
    AddExternalPortal,
    ImportCredentials,
    RetireImported,
    AddConnectionCredential,
    /// A former secret is kept already, which goes.
    ReplaceConnectionSecret,
    DropFormerSecret,
    /// Changes the database only, in one step.
    UndoReplacement,
}

impl Operation {
    /// What has to exist before.
    fn prepare(self, world: &World) {
        let drawbridge = &world.drawbridge;
        drawbridge.create_first_person("Ada", "ada@example.com", BTreeSet::from(Role::ALL)).expect("a first person");
        if self.is_of_pingone() {
            let account = drawbridge.create_account("Acme").expect("an account").id;
            if self != Self::AddConnectionCredential {
                let added = drawbridge.add_connection_credential(account, "Sync", None).expect("credentials").id;
                world.replace_connection_secret(added, "a former secret");
            }
            return;
        }
        if matches!(self, Self::AddExternalPortal | Self::ImportCredentials | Self::RetireImported) {
            if self != Self::AddExternalPortal {
                let document = elsewhere("former");
                let added = drawbridge.add_external_portal("Sales", "sales", &document, GivenLifetime::FromDocument);
                added.expect("a portal elsewhere");
            }
            return;
        }
        let portal = drawbridge.create_portal("Sales", "sales").expect("a portal").portal;
        let hub = drawbridge.create_hub("Hub", "hub").expect("a hub").hub;
        let generate = || drawbridge.generate_credentials(portal.id, SECRET).expect("credentials").id;
        let submit = |credential| {
            let document = world.read_document(credential);
            drawbridge.submit_request(hub.id, "sales", &document, "", true).expect("a request").id
        };
        match self {
            Self::Generate
            | Self::CreateOwnHub
            | Self::StartTokenService
            | Self::AddExternalPortal
            | Self::ImportCredentials
            | Self::RetireImported
            | Self::AddConnectionCredential
            | Self::ReplaceConnectionSecret
            | Self::DropFormerSecret
            | Self::UndoReplacement => {}
            Self::CreateServiceKey
            | Self::DeleteServiceInstance
            | Self::Regenerate
            | Self::Retire
            | Self::Submit
            | Self::CreateOwnHubForCredentials
            | Self::DeletePortal => {
                generate();
            }
            Self::SubmitCertificate => {
                drawbridge.generate_credentials(portal.id, CERTIFICATE).expect("credentials");
            }
            Self::EditCredentials | Self::Reestablish | Self::Reject => {
                let request = submit(generate());
                if self == Self::Reestablish {
                    drawbridge.approve_request(request, "sales").expect("approved");
                }
                // The new document is there before the kill: the operation is about the hub's side only.
                drawbridge.regenerate_credentials(portal.id, CERTIFICATE).expect("new credentials");
            }
        }
    }

    /// The operation itself.
    fn perform(self, world: &World) {
        let drawbridge = &world.drawbridge;
        if self == Self::AddExternalPortal {
            let added =
                drawbridge.add_external_portal("Sales", "sales", &elsewhere("new"), GivenLifetime::FromDocument);
            assert!(added.expect("add").not_connected.is_none());
            return;
        }
        if self.is_of_pingone() {
            let account = world.account().expect("the account of the preparation").id;
            let chosen = || SecretBytes::new(b"a secret of one's own".to_vec());
            let credential = || world.connection_credentials()[0].id;
            if self == Self::AddConnectionCredential {
                drop(drawbridge.add_connection_credential(account, "Sync", Some(chosen())).expect("add"));
            } else if self == Self::ReplaceConnectionSecret {
                world.replace_connection_secret(credential(), "another secret");
            } else if self == Self::DropFormerSecret {
                drop(drawbridge.drop_former_secret(credential(), None).expect("drop"));
            } else {
                drop(drawbridge.undo_replacement(credential(), None).expect("undo"));
            }
            return;
        }
        let portal = world.portal().expect("the portal of the preparation").id;
        let current = || {
            let current = |credential: &Credential| matches!(credential.state, CredentialState::Current { .. });
            world.credentials().into_iter().find(current).expect("current credentials").id
        };
        match self {
            Self::Generate => drop(drawbridge.generate_credentials(portal, CERTIFICATE).expect("generate")),
            Self::Regenerate => drop(drawbridge.regenerate_credentials(portal, CERTIFICATE).expect("regenerate")),
            Self::AddExternalPortal
            | Self::AddConnectionCredential
            | Self::ReplaceConnectionSecret
            | Self::DropFormerSecret
            | Self::UndoReplacement => unreachable!("done above"),
            Self::ImportCredentials => {
                let imported = drawbridge.import_credentials(portal, &elsewhere("new"), GivenLifetime::FromDocument);
                drop(imported.expect("import"));
            }
            Self::Retire | Self::RetireImported => drawbridge.retire_credential(current(), "").expect("retire"),
            Self::DeletePortal => drawbridge.delete_portal(portal, "Sales").expect("delete"),
            Self::CreateServiceKey => {
                let chosen = SecretBytes::new(b"a-chosen-secret-of-some-length".to_vec());
                let key = NewServiceKey::ChosenSecret(chosen);
                drop(drawbridge.create_service_key(world.instance(), "by hand", key).expect("create"));
            }
            Self::DeleteServiceInstance => {
                drawbridge.delete_service_instance(world.instance(), "").expect("delete");
            }
            Self::StartTokenService => drop(drawbridge.prepare_token_service().expect("keys")),
            Self::CreateOwnHub | Self::CreateOwnHubForCredentials => {
                let created = drawbridge.create_hub("Own hub", "sales").expect("create");
                assert!(created.not_connected.is_none(), "{:?}", created.not_connected);
            }
            Self::Submit | Self::SubmitCertificate => {
                let document = world.read_document(current());
                drop(drawbridge.submit_request(world.hub(), "sales", &document, "", true).expect("submit"));
            }
            Self::EditCredentials => {
                let document = world.read_document(current());
                drop(drawbridge.edit_credentials(world.request().expect("a request").id, &document).expect("edit"));
            }
            Self::Reestablish => {
                let document = world.read_document(current());
                let request = world.request().expect("a request").id;
                drop(drawbridge.reestablish_connection(request, &document).expect("re-establish"));
            }
            Self::Reject => {
                let request = world.request().expect("a request").id;
                drop(drawbridge.reject_request(request, "wrong portal").expect("reject"));
            }
        }
    }
}

impl Operation {
    fn is_of_pingone(self) -> bool {
        matches!(
            self,
            Self::AddConnectionCredential
                | Self::ReplaceConnectionSecret
                | Self::DropFormerSecret
                | Self::UndoReplacement
        )
    }

    /// How many steps it takes at least.
    fn least_steps(self) -> usize {
        if self == Self::UndoReplacement { 1 } else { 3 }
    }
}

/// Credentials of a portal elsewhere.
fn elsewhere(secret: &str) -> String {
    format!(
        r#"{{"url": "https://sales.example.com", "tokenUrl": "https://auth.example.com/oauth/token",
            "clientId": "sb-apiaccess_1767225600000!b1|x", "clientSecret": "{secret}-client-secret", "xsappname": "x"}}"#
    )
}

const SECRET: GenerateKind = GenerateKind::ClientSecret;
const CERTIFICATE: GenerateKind = GenerateKind::Certificate(KeyAlgorithm::P256);

/// Runs `operation` in a process of its own, killed before step 1, 2, 3, … until one run gets to its end.
fn kill_everywhere(test: &'static str, operation: Operation) {
    private_session::test(test, Bus::Open, |session| {
        if let Ok(plan) = env::var(VICTIM) {
            let (step, folder) = plan.split_once(' ').expect("step and folder");
            operation.perform(&World::open(Path::new(folder), step.parse().expect("a step")));
            return;
        }
        let _keyring = session.start_keyring(Password::Given);
        let folder = tempfile::tempdir().expect("a folder for the data");
        let mut states = BTreeSet::new();
        for step in 1.. {
            let data = folder.path().join(step.to_string());
            fs::create_dir(&data).expect("a folder for this run");
            session.secret_tool(&["clear", "service", APPLICATION]);
            let old = {
                let world = World::open(&data, NEVER);
                operation.prepare(&world);
                world.describe()
            };
            let completed = run_victim(test, step, &data);

            let world = World::open(&data, NEVER);
            world.drawbridge.reconcile().expect("the next start repairs what was interrupted");
            let new = world.describe();
            world.check_whole(session, &format!("{operation:?} killed before step {step}"));
            states.insert(new != old);
            if completed {
                assert_ne!(new, old, "a run that was not killed must have done its work");
                assert!(step > operation.least_steps(), "the operation has more steps than {step}: were they counted?");
                break;
            }
        }
        assert_eq!(states.len(), 2, "killed early the old state, killed late the new one has to be found");
    });
}

/// Whether the victim came to its end; the only other way it may end is the kill.
fn run_victim(test: &str, step: usize, data: &Path) -> bool {
    let status = Command::new(env::current_exe().expect("this program"))
        .args([test, "--exact", "--nocapture", "--quiet"])
        .env(VICTIM, format!("{step} {}", data.display()))
        .stdout(Stdio::null())
        .status()
        .expect("this program again");
    let killed = std::os::unix::process::ExitStatusExt::signal(&status) == Some(9);
    assert!(killed || status.success(), "the victim failed by itself before step {step}: {status}");
    !killed
}

/// A step that no operation reaches.
const NEVER: usize = usize::MAX;

/// The real thing, in `folder`, that may be killed before a step.
struct World {
    drawbridge: Drawbridge,
    repository: Arc<SqliteRepository>,
    keychain: Arc<KeychainSecretStore>,
}

impl World {
    fn open(folder: &Path, kill_before: usize) -> Self {
        let repository =
            Arc::new(SqliteRepository::open(&PathBuf::from(folder).join("drawbridge.db")).expect("the database"));
        let keychain = Arc::new(KeychainSecretStore::open(APPLICATION, Duration::from_secs(10)));
        let steps = Arc::new(Steps { taken: AtomicUsize::new(0), kill_before });
        let drawbridge = Drawbridge::new(Ports {
            repository: Arc::new(Killable { inner: Arc::clone(&repository), steps: Arc::clone(&steps) }),
            secrets: Arc::new(Killable { inner: Arc::clone(&keychain), steps }),
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::new(TickingClock(Mutex::new(Utc::now()))),
            entropy: Arc::new(SystemEntropy),
        });
        Self { drawbridge, repository, keychain }
    }

    fn portal(&self) -> Option<Portal> {
        self.repository.list_portals().expect("portals").into_iter().next()
    }

    fn account(&self) -> Option<PingOneAccount> {
        self.repository.list_accounts().expect("accounts").into_iter().next()
    }

    fn connection_credentials(&self) -> Vec<ConnectionApiCredential> {
        let list = |account: PingOneAccount| self.repository.list_connection_credentials(account.id);
        self.account().map(list).transpose().expect("credentials").unwrap_or_default()
    }

    fn replace_connection_secret(&self, id: ConnectionApiCredentialId, secret: &str) {
        let secret = Some(SecretBytes::new(secret.as_bytes().to_vec()));
        let replacement = SecretReplacement { secret, grace_hours: 24 };
        self.drawbridge.edit_connection_credential(id, Some("Sync"), Some(replacement)).expect("replace");
    }

    fn hubs(&self) -> Vec<Hub> {
        self.repository.list_hubs().expect("hubs")
    }

    /// The hub of the preparation.
    fn hub(&self) -> HubId {
        self.hubs().iter().find(|hub| hub.name == "Hub").expect("the hub of the preparation").id
    }

    /// The service instance of the preparation.
    fn instance(&self) -> ServiceInstanceId {
        let portal = self.portal().expect("the portal of the preparation").id;
        self.repository.list_service_instances(portal).expect("instances").first().expect("an instance").id
    }

    fn credentials(&self) -> Vec<Credential> {
        self.portal()
            .map(|portal| self.repository.list_credentials(portal.id).expect("credentials"))
            .unwrap_or_default()
    }

    /// The one request that there can be here, in whatever hub.
    fn request(&self) -> Option<ConnectionRequest> {
        let mut requests = Vec::new();
        for hub in self.hubs().into_iter().map(|hub| hub.id) {
            for state in [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected] {
                let sort = RequestSort::Alias;
                let query = RequestQuery {
                    hub,
                    state: Some(state),
                    search: String::new(),
                    sort,
                    descending: false,
                    offset: 0,
                    limit: 10,
                };
                let page = self.repository.search_requests(&query).expect("requests");
                requests.extend(page.rows.into_iter().map(|row| row.request));
            }
        }
        assert!(requests.len() <= 1, "nothing is submitted twice: {requests:?}");
        requests.pop()
    }

    /// The document of a credential, by way of *Copy*.
    fn read_document(&self, credential: CredentialId) -> String {
        let caught = Caught::default();
        self.drawbridge.copy_credentials(credential, &caught).expect("the credential can be copied");
        caught.0.into_inner().expect("not poisoned")
    }

    /// Everything a user would notice, apart from the activity list.
    fn describe(&self) -> String {
        let credentials: Vec<String> = self
            .credentials()
            .iter()
            .map(|credential| {
                let state = match credential.state {
                    CredentialState::Current { .. } => "current",
                    CredentialState::Superseded { .. } => "superseded",
                    CredentialState::Additional { .. } => "additional",
                    CredentialState::Retired { .. } => "retired",
                };
                format!("{} {state}", credential.client_id)
            })
            .collect();
        let request = self.request().map(|request| (request.kind(), request.facts().client_id.clone()));
        let hubs: Vec<String> = self.hubs().into_iter().map(|hub| hub.name).collect();
        let serves = self.repository.find_token_service_identity().expect("the service's keys").is_some();
        let connection_credentials = self.connection_credentials();
        let portal = self.portal().map(|portal| portal.name);
        format!("{portal:?} {credentials:?} {hubs:?} {request:?} {serves} {connection_credentials:?}")
    }

    /// Everything that is there works, and nothing is left over.
    fn check_whole(&self, session: &Session, when: &str) {
        let unsettled = self.repository.list_unsettled_secrets().expect("the ledger");
        let is_aside = |item: &SecretItem| matches!(item.state, SecretItemState::SetAside(_));
        assert!(unsettled.iter().all(is_aside), "{when}: rows are left over: {unsettled:?}");
        // What a repair set aside may be in the keychain, and is nobody's.
        let aside: BTreeSet<String> = unsettled.iter().map(|item| item.id.to_string()).collect();
        let mut referred = BTreeSet::new();
        for credential in self.credentials() {
            referred.extend(credential.secrets());
            if credential.secret().is_some() {
                let inspection = self.drawbridge.inspect_document(&self.read_document(credential.id), None);
                let usable = inspection.expect("an inspection").candidates.remove(0).usable;
                let usable = usable.expect("the secret belongs to the credential");
                assert_eq!(usable.facts.client_id, credential.client_id, "{when}");
            }
        }
        for credential in self.connection_credentials() {
            referred.extend(credential.secrets());
            let (client_id, secret) = self.drawbridge.reveal_client_secret(credential.id).expect("a secret");
            assert!(client_id == credential.client_id && !secret.is_empty(), "{when}");
            for secret in credential.secrets() {
                self.keychain.get(secret).expect("current and former secret are in the keychain");
            }
        }
        let own = |hub: &Hub| self.portal().is_some_and(|portal| portal.subaccount == hub.subaccount);
        if let Some(hub) = self.hubs().into_iter().find(own) {
            let request = self.request().expect("a hub has the portal of its subaccount");
            assert_eq!((request.hub_id, request.kind()), (hub.id, RequestStateKind::Approved), "{when}");
            let current = self.credentials();
            let [current] = current.as_slice() else { panic!("{when}: expected one credential, got {current:?}") };
            assert_eq!(request.facts().client_id, current.client_id, "{when}: the hub holds what the portal has");
        }
        if let Some(held) = self.request().and_then(|request| request.held().cloned()) {
            referred.insert(held.secret);
            let secret = self.keychain.get(held.secret).expect("the hub's copy is in the keychain");
            // EXPOSE: the test reads the hub's copy as the hub would use it.
            let whole = match &held.facts.kind {
                CredentialKind::ClientSecret => !secret.is_empty() && std::str::from_utf8(secret.expose()).is_ok(),
                CredentialKind::Certificate(chain) => {
                    PrivateKey::from_der(secret.expose()).is_ok_and(|key| key.belongs_to(chain))
                }
            };
            assert!(whole, "{when}: the hub's copy is whole");
        }
        let authorities = [self.repository.find_server_authority(), self.repository.find_client_authority()];
        for authority in authorities.into_iter().filter_map(|found| found.expect("the authorities")) {
            referred.insert(authority.secret);
            self.keychain.get(authority.secret).expect("the authority's key is in the keychain");
        }
        if let Some(identity) = self.repository.find_token_service_identity().expect("the service's keys") {
            for key in [identity.tls_key, identity.signing_key] {
                referred.insert(key);
                self.keychain.get(key).expect("the service's keys are in the keychain");
            }
        }
        if let Some(witness) = self.repository.find_keychain_witness().expect("the witness") {
            referred.insert(witness);
            self.keychain.get(witness).expect("the witness is in the keychain");
        }
        for id in &referred {
            let row = self.repository.find_secret_item(*id).expect("the ledger").expect("a row for each secret");
            assert_eq!(row.state, SecretItemState::Active, "{when}: {row:?}");
        }
        let expected: Vec<String> = referred.iter().map(ToString::to_string).collect();
        let items: Vec<String> = session.items().into_iter().filter(|item| !aside.contains(item)).collect();
        assert_eq!(items, expected, "{when}: the keychain holds what is referred to or set aside, and nothing else");
    }
}

/// Catches a document instead of the clipboard.
#[derive(Default)]
struct Caught(Mutex<String>);

impl Outlet for Caught {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        // EXPOSE: the test is the one who pastes.
        *self.0.lock().expect("not poisoned") = String::from_utf8(document.expose().to_vec()).expect("JSON");
        Ok(())
    }

    fn destination(&self) -> domain::messages::Message {
        "test".into()
    }
}

/// Counts the steps that change something, and ends the process before one of them.
struct Steps {
    taken: AtomicUsize,
    kill_before: usize,
}

impl Steps {
    fn take(&self) {
        if self.taken.fetch_add(1, Ordering::SeqCst) + 1 == self.kill_before {
            let me = std::process::id().to_string();
            Command::new("kill").args(["-KILL", &me]).status().expect("kill is there");
            loop {
                thread::sleep(Duration::from_secs(1));
            }
        }
    }
}

struct Killable<T> {
    inner: Arc<T>,
    steps: Arc<Steps>,
}

impl SecretStore for Killable<KeychainSecretStore> {
    fn put(&self, id: SecretId, label: &str, secret: &SecretBytes) -> Result<(), SecretStoreError> {
        self.steps.take();
        self.inner.put(id, label, secret)
    }

    fn get(&self, id: SecretId) -> Result<SecretBytes, SecretStoreError> {
        self.inner.get(id)
    }

    fn delete(&self, id: SecretId) -> Result<(), SecretStoreError> {
        self.steps.take();
        self.inner.delete(id)
    }

    fn list(&self) -> Result<BTreeSet<SecretId>, SecretStoreError> {
        self.inner.list()
    }

    fn probe(&self) -> Result<(), SecretStoreError> {
        self.inner.probe()
    }
}

impl Repository for Killable<SqliteRepository> {
    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        self.steps.take();
        self.inner.commit(changes)
    }

    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        self.inner.begin_change()
    }

    fn change_number(&self) -> Result<u64, RepositoryError> {
        self.inner.change_number()
    }

    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError> {
        self.inner.list_notices()
    }

    fn check_whole(&self) -> Result<(), RepositoryError> {
        self.inner.check_whole()
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        self.inner.get_settings()
    }

    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError> {
        self.inner.find_seen_time()
    }
}

/// Passes reading on: it changes nothing.
macro_rules! read {
    ($($port:ident { $(fn $name:ident(&self $(, $argument:ident: $kind:ty)*) -> $result:ty;)* })*) => {
        $(impl $port for Killable<SqliteRepository> {
            $(fn $name(&self $(, $argument: $kind)*) -> Result<$result, RepositoryError> {
                self.inner.$name($($argument),*)
            })*
        })*
    };
}

read! {
    People {
        fn list_people(&self) -> Vec<Person>;
        fn find_current_person(&self) -> Option<Person>;
        fn find_person(&self, id: PersonId) -> Option<Person>;
    }
    Portals {
        fn list_portals(&self) -> Vec<Portal>;
        fn find_portal(&self, id: PortalId) -> Option<Portal>;
        fn list_credentials(&self, portal: PortalId) -> Vec<Credential>;
        fn find_credential(&self, id: CredentialId) -> Option<Credential>;
        fn find_credential_by_proof(&self, client_id: &str, fingerprint: Option<&str>) -> Option<Credential>;
        fn list_credentials_of_client(&self, client_id: &str) -> Vec<Credential>;
        fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Option<Credential>;
        fn find_portal_by_slug(&self, slug: &str) -> Option<Portal>;
        fn list_service_instances(&self, portal: PortalId) -> Vec<ServiceInstance>;
        fn find_service_instance(&self, id: ServiceInstanceId) -> Option<ServiceInstance>;
        fn list_api_proxies(&self, portal: PortalId) -> Vec<ApiProxy>;
        fn find_api_proxy(&self, id: ApiProxyId) -> Option<ApiProxy>;
        fn find_server_authority(&self) -> Option<Authority>;
        fn find_client_authority(&self) -> Option<Authority>;
        fn list_client_authority_certificates(&self) -> Vec<String>;
        fn find_token_service_identity(&self) -> Option<TokenServiceIdentity>;
    }
    Connections {
        fn list_approved_requests(&self, hub: Option<HubId>) -> Vec<ConnectionRequest>;
        fn find_health(&self, request: RequestId) -> Option<ConnectionHealth>;
        fn list_connections_to_check(&self, tested_before: DateTime<Utc>, now: DateTime<Utc>) -> Vec<RequestId>;
        fn list_fetched_apis(&self, request: RequestId) -> Vec<FetchedApi>;
    }
    Hubs {
        fn list_hubs(&self) -> Vec<Hub>;
        fn find_hub(&self, id: HubId) -> Option<Hub>;
    }
    Requests {
        fn find_request(&self, id: RequestId) -> Option<ConnectionRequest>;
        fn find_open_request_of_portal(&self, portal_key: &str) -> Option<ConnectionRequest>;
        fn find_open_request_by_alias(&self, hub: HubId, alias: &str) -> Option<ConnectionRequest>;
        fn count_requests(&self, hub: HubId) -> RequestCounts;
        fn search_requests(&self, query: &RequestQuery) -> RequestPage;
    }
    Accounts {
        fn list_accounts(&self) -> Vec<PingOneAccount>;
        fn find_account(&self, id: PingOneAccountId) -> Option<PingOneAccount>;
        fn list_connection_credentials(&self, account: PingOneAccountId) -> Vec<ConnectionApiCredential>;
        fn find_connection_credential(&self, id: ConnectionApiCredentialId) -> Option<ConnectionApiCredential>;
        fn list_former_secrets_until(&self, moment: DateTime<Utc>) -> Vec<ConnectionApiCredential>;
        fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Vec<ConnectionApiCredential>;
    }
    Activity {
        fn search_activity(&self, query: &ActivityQuery) -> ActivityPage;
    }
    Secrets {
        fn list_unsettled_secrets(&self) -> Vec<SecretItem>;
        fn list_active_secrets(&self) -> Vec<SecretItem>;
        fn find_secret_item(&self, id: SecretId) -> Option<SecretItem>;
        fn find_keychain_witness(&self) -> Option<SecretId>;
        fn list_given_up_secrets(&self) -> Vec<SecretId>;
    }
}

/// Real time, or a little later than at the last look, so that no two things happen at once.
struct TickingClock(Mutex<DateTime<Utc>>);

impl Clock for TickingClock {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.0.lock().expect("not poisoned");
        *now = Utc::now().max(*now + TimeDelta::milliseconds(1));
        *now
    }
}

/// The generator of the operating system.
struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        aws_lc_rs::rand::fill(buffer).expect("random bytes");
    }
}
