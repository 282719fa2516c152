//! Killed (SIGKILL) between any two steps of a change to keychain and database, the next start finds the old or the new
//! state, whole. A real SQLite file, a real gnome-keyring, a real kill.

#![cfg(all(unix, not(target_os = "macos")))]

#[path = "../../src-tauri/keychain/tests/secret_service/private_session.rs"]
#[allow(dead_code, reason = "the keychain's own tests use all of it")]
mod private_session;

use std::{
    collections::BTreeSet,
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use certificates::RcgenIssuer;
use chrono::{DateTime, TimeDelta};
use connector::HttpConnector;
use domain::{
    Drawbridge, Ports,
    connection::{ConnectionRequest, Decision, RecordDetails, RequestStateKind, Verdict},
    credential::{
        Credential, CredentialKind, CredentialState, GenerateKind, KeyAlgorithm, SecretItem, SecretItemState, SetAside,
    },
    document::GivenLifetime,
    documents::{PrivateKey, SecretBytes},
    hub::{Hub, HubDetails},
    id::{ConnectionApiCredentialId, CredentialId, HubId, SecretId, ServiceInstanceId},
    operation::{Operation, SecretUse},
    person::Role,
    pingone::{AccountKind, ConnectionApiCredential, PingOneAccount, SecretReplacement},
    portal::{NewServiceKey, Portal},
    ports::{
        Accounts, Change, Hubs, LocalChange, Portals, Repository, RepositoryError, RequestQuery, RequestSort, Requests,
        SecretStore, SecretStoreError, Secrets, ThisMachine,
    },
    refusal::Confirmation,
    vocabulary::Vocabulary,
};
use fakes::{Capture, Overlaid, Overlay, SettableClock, SystemEntropy};
use keychain::KeychainSecretStore;
use private_session::{Bus, Password, Session};
use storage::SqliteRepository;

/// The service field of all items.
const APPLICATION: &str = "Drawbridge";

/// For the process that is to be killed: the operation, the step before which it happens, the folder of the data.
const VICTIM: &str = "DRAWBRIDGE_VICTIM";

/// What is killed: a test each, and the operation of the domain that it carries out.
macro_rules! scenarios {
    ($($(#[$about:meta])* $test:ident: $scenario:ident of $operation:ident;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Scenario {
            $($(#[$about])* $scenario,)*
        }

        impl Scenario {
            const OPERATIONS: &[Operation] = &[$(Operation::$operation,)*];
        }

        $(#[test]
        fn $test() {
            kill_everywhere(stringify!($test), Scenario::$scenario);
        })*
    };
}

scenarios! {
    generate_is_whole_wherever_it_is_killed: Generate of GenerateCredentials;
    regenerate_is_whole_wherever_it_is_killed: Regenerate of RegenerateCredentials;
    submit_is_whole_wherever_it_is_killed: Submit of SubmitRequest;
    submit_a_certificate_is_whole_wherever_it_is_killed: SubmitCertificate of SubmitRequest;
    /// A hub in the subaccount of a portal, which connects the two with new credentials.
    create_a_hub_for_a_portal_is_whole_wherever_it_is_killed: CreateOwnHub of ConnectOwnPair;
    /// The same with the credentials that the portal has.
    create_a_hub_for_a_portal_with_credentials_is_whole_wherever_it_is_killed: CreateOwnHubForCredentials of ConnectOwnPair;
    edit_credentials_is_whole_wherever_it_is_killed: EditCredentials of EditCredentials;
    reestablish_is_whole_wherever_it_is_killed: Reestablish of ReestablishConnection;
    retire_is_whole_wherever_it_is_killed: Retire of RetireCredential;
    reject_is_whole_wherever_it_is_killed: Reject of RejectRequest;
    delete_portal_is_whole_wherever_it_is_killed: DeletePortal of DeletePortal;
    /// A key with a client secret that a person chose.
    create_a_service_key_is_whole_wherever_it_is_killed: CreateServiceKey of CreateServiceKey;
    delete_a_service_instance_is_whole_wherever_it_is_killed: DeleteServiceInstance of DeleteServiceInstance;
    /// Generates the authority and the service's own keys.
    the_first_start_of_the_token_service_is_whole_wherever_it_is_killed: StartTokenService of PrepareTokenService;
    taking_over_the_authority_is_whole_wherever_it_is_killed: TakeOverAuthority of TakeOverAuthority;
    /// A portal in SAP, by a document with a further member, which is a secret of its own.
    track_a_portal_is_whole_wherever_it_is_killed: TrackPortal of TrackPortal;
    import_credentials_is_whole_wherever_it_is_killed: ImportCredentials of ImportCredentials;
    retire_imported_credentials_is_whole_wherever_it_is_killed: RetireImported of RetireCredential;
    add_a_connection_credential_is_whole_wherever_it_is_killed: AddConnectionCredential of AddConnectionCredential;
    record_a_connection_credential_is_whole_wherever_it_is_killed: RecordConnectionCredential of RecordConnectionCredential;
    /// With a current and a former secret.
    forget_a_connection_credential_is_whole_wherever_it_is_killed:
        ForgetConnectionCredential of ForgetConnectionCredential;
    /// A former secret is kept already, which goes.
    replace_a_connection_secret_is_whole_wherever_it_is_killed: ReplaceConnectionSecret of EditConnectionCredential;
    drop_a_former_secret_is_whole_wherever_it_is_killed: DropFormerSecret of DropFormerSecret;
    /// Changes the database only, in one step.
    undo_a_replacement_is_whole_wherever_it_is_killed: UndoReplacement of UndoReplacement;
    /// With a current and a former secret.
    remove_an_account_is_whole_wherever_it_is_killed: RemoveAccount of RemoveAccount;
    the_end_of_a_former_secret_is_whole_wherever_it_is_killed: EndFormerSecret of EndFormerSecret;
    the_end_of_what_was_set_aside_is_whole_wherever_it_is_killed: DeleteSetAside of DeleteSetAside;
    /// Somebody has deleted the former one.
    another_witness_is_whole_wherever_it_is_killed: StoreWitness of StoreWitness;
    /// With an open request.
    delete_a_hub_is_whole_wherever_it_is_killed: DeleteHub of DeleteHub;
    forget_a_portal_is_whole_wherever_it_is_killed: ForgetPortal of ForgetPortal;
    /// With a record.
    forget_a_hub_is_whole_wherever_it_is_killed: ForgetHub of ForgetHub;
    record_a_request_is_whole_wherever_it_is_killed: RecordRequest of RecordRequest;
    record_a_rejection_is_whole_wherever_it_is_killed: RecordRejection of RecordDecision;
    forget_a_record_is_whole_wherever_it_is_killed: ForgetRecord of ForgetRecord;
    /// It holds the items of another installation.
    taking_over_a_keychain_is_whole_wherever_it_is_killed: TakeOverKeychain of TakeOverKeychain;
}

#[test]
fn every_operation_that_changes_keychain_and_database_is_killed_somewhere() {
    let moved = Operation::ALL.iter().filter(|operation| operation.secrets() == SecretUse::Moved);
    let missing: Vec<_> = moved.filter(|operation| !Scenario::OPERATIONS.contains(operation)).collect();
    assert!(missing.is_empty(), "no scenario kills {missing:?}");
}

impl Scenario {
    /// What has to exist before.
    fn prepare(self, world: &World) {
        let drawbridge = &world.drawbridge;
        drawbridge.people().create_first("Ada", "ada@example.com", BTreeSet::from(Role::ALL)).expect("a first person");
        if self.is_of_pingone() {
            let account = drawbridge.pingone().create_account("Acme", AccountKind::InPingOne).expect("an account").id;
            if self == Self::TakeOverKeychain {
                world.store_left_over();
                return;
            }
            if !matches!(self, Self::AddConnectionCredential | Self::RecordConnectionCredential) {
                let added = drawbridge.pingone().add_credential(account, "Sync", None).expect("credentials").id;
                if self != Self::DeleteSetAside {
                    world.replace_connection_secret(added, "a former secret");
                }
            }
            if self == Self::StoreWitness {
                let witness = world.repository.find_keychain_witness().expect("the ledger").expect("a witness");
                world.keychain.delete(witness).expect("deleted");
            }
            if self == Self::DeleteSetAside {
                let id = world.store_left_over();
                let label = LEFT_OVER.to_owned();
                let row = LocalChange::PutSecretItem(SecretItem { id, label, state: SecretItemState::Storing }).into();
                world.repository.commit(&[row]).expect("a row");
                drawbridge.secrets().reconcile().expect("set aside");
            }
            return;
        }
        if self == Self::TrackPortal {
            return;
        }
        if self.is_in_sap() {
            let document = elsewhere("former");
            let added = drawbridge.portals().track("Sales", "sales", &document, GivenLifetime::FromDocument, &[]);
            added.expect("a portal in SAP");
            let hub = drawbridge.hubs().track(&hub_details()).expect("a hub in SAP").id;
            if matches!(self, Self::ForgetHub | Self::RecordRejection | Self::ForgetRecord) {
                drawbridge.requests().record(hub, &record_details(), &document, &[]).expect("a record");
            }
            return;
        }
        let portal = drawbridge.portals().create("Sales", "sales", &[]).expect("a portal").portal;
        let hub = drawbridge.hubs().create("Hub", "hub", &[]).expect("a hub").hub;
        let generate = || drawbridge.portals().generate_credentials(portal.id, SECRET).expect("credentials").id;
        let submit = |credential| {
            let document = world.read_document(credential);
            drawbridge.requests().submit(hub.id, "sales", &document, "", true).expect("a request").id
        };
        match self {
            Self::Generate
            | Self::CreateOwnHub
            | Self::StartTokenService
            | Self::TrackPortal
            | Self::ImportCredentials
            | Self::RetireImported
            | Self::ForgetPortal
            | Self::ForgetHub
            | Self::RecordRequest
            | Self::RecordRejection
            | Self::ForgetRecord
            | Self::AddConnectionCredential
            | Self::RecordConnectionCredential
            | Self::ForgetConnectionCredential
            | Self::ReplaceConnectionSecret
            | Self::DropFormerSecret
            | Self::UndoReplacement
            | Self::RemoveAccount
            | Self::EndFormerSecret
            | Self::DeleteSetAside
            | Self::StoreWitness
            | Self::TakeOverKeychain => {}
            Self::TakeOverAuthority => {
                drop(drawbridge.token_service().prepare().expect("keys"));
                // For a service under another name, an authority that covers both.
                let mut other = drawbridge.settings().get().expect("settings").token_service;
                other.endpoints.host = "other.localhost".to_owned();
                drop(drawbridge.token_service().prepare_for(&other).expect("keys"));
            }
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
                drawbridge.portals().generate_credentials(portal.id, CERTIFICATE).expect("credentials");
            }
            Self::DeleteHub => {
                submit(generate());
            }
            Self::EditCredentials | Self::Reestablish | Self::Reject => {
                let request = submit(generate());
                if self == Self::Reestablish {
                    drawbridge.requests().approve(request, "sales").expect("approved");
                }
                // The new document is there before the kill: the operation is about the hub's side only.
                drawbridge.portals().regenerate_credentials(portal.id, CERTIFICATE).expect("new credentials");
            }
        }
    }

    /// The operation itself.
    fn perform(self, world: &World) {
        let drawbridge = &world.drawbridge;
        if self == Self::TrackPortal {
            let added =
                drawbridge.portals().track("Sales", "sales", &elsewhere("new"), GivenLifetime::FromDocument, &[]);
            assert!(added.expect("add").not_connected.is_none());
            return;
        }
        if self.is_of_pingone() {
            let account = world.account().expect("the account of the preparation").id;
            let chosen = || SecretBytes::new(b"a secret of one's own".to_vec());
            let credential = || world.connection_credentials()[0].id;
            if self == Self::AddConnectionCredential {
                drop(drawbridge.pingone().add_credential(account, "Sync", Some(chosen())).expect("add"));
            } else if self == Self::RecordConnectionCredential {
                drop(drawbridge.pingone().record_credential(account, "client-1", "Sync", &chosen()).expect("record"));
            } else if self == Self::ForgetConnectionCredential {
                drawbridge.pingone().forget_credential(credential()).expect("forget");
            } else if self == Self::ReplaceConnectionSecret {
                world.replace_connection_secret(credential(), "another secret");
            } else if self == Self::RemoveAccount {
                drawbridge.pingone().remove_account(account, "Acme").expect("remove");
            } else if self == Self::TakeOverKeychain {
                drawbridge.keychain().take_over("1").expect("take over");
            } else if self.is_repaired_forwards() {
                drawbridge.secrets().reconcile().expect("repair");
            } else if self == Self::DropFormerSecret {
                drop(drawbridge.pingone().drop_former_secret(credential(), None).expect("drop"));
            } else {
                drop(drawbridge.pingone().undo_replacement(credential(), None).expect("undo"));
            }
            return;
        }
        let portal = world.portal().expect("the portal of the preparation").id;
        let current = || {
            let current = |credential: &Credential| matches!(credential.state, CredentialState::Current { .. });
            world.credentials().into_iter().find(current).expect("current credentials").id
        };
        match self {
            Self::Generate => drop(drawbridge.portals().generate_credentials(portal, CERTIFICATE).expect("generate")),
            Self::Regenerate => {
                drop(drawbridge.portals().regenerate_credentials(portal, CERTIFICATE).expect("regenerate"))
            }
            Self::TrackPortal
            | Self::AddConnectionCredential
            | Self::RecordConnectionCredential
            | Self::ForgetConnectionCredential
            | Self::ReplaceConnectionSecret
            | Self::DropFormerSecret
            | Self::UndoReplacement
            | Self::RemoveAccount
            | Self::EndFormerSecret
            | Self::DeleteSetAside
            | Self::StoreWitness
            | Self::TakeOverKeychain => unreachable!("done above"),
            Self::TakeOverAuthority => drawbridge.token_service().take_over_authority().expect("take over"),
            Self::ImportCredentials => {
                let imported =
                    drawbridge.portals().import_credentials(portal, &elsewhere("new"), GivenLifetime::FromDocument);
                drop(imported.expect("import"));
            }
            Self::Retire | Self::RetireImported => {
                drawbridge.service_instances().retire_credential(current(), "").expect("retire")
            }
            Self::DeletePortal => drawbridge.portals().delete(portal, "Sales").expect("delete"),
            Self::DeleteHub => drawbridge.hubs().delete(world.hub(), "Hub").expect("delete"),
            Self::ForgetPortal => drawbridge.portals().forget(portal).expect("forget"),
            Self::ForgetHub => drawbridge.hubs().forget(world.hub()).expect("forget"),
            Self::RecordRequest => {
                let document = elsewhere("former");
                drop(drawbridge.requests().record(world.hub(), &record_details(), &document, &[]).expect("record"));
            }
            Self::RecordRejection => {
                let request = world.request().expect("a record").id;
                let verdict = Verdict::Rejected { reason: "wrong portal".to_owned() };
                let decision = Decision { verdict, by: String::new(), on: record_details().submitted_on };
                drop(drawbridge.requests().record_decision(request, &decision).expect("record"));
            }
            Self::ForgetRecord => {
                drawbridge.requests().forget(world.request().expect("a record").id).expect("forget");
            }
            Self::CreateServiceKey => {
                let chosen = SecretBytes::new(b"a-chosen-secret-of-some-length".to_vec());
                let key = NewServiceKey::ChosenSecret(chosen);
                drop(drawbridge.service_instances().create_key(world.instance(), "by hand", key).expect("create"));
            }
            Self::DeleteServiceInstance => {
                drawbridge.service_instances().delete(world.instance(), "").expect("delete");
            }
            Self::StartTokenService => drop(drawbridge.token_service().prepare().expect("keys")),
            Self::CreateOwnHub | Self::CreateOwnHubForCredentials => {
                let created = drawbridge.hubs().create("Own hub", "sales", &[Confirmation::OwnPair]).expect("create");
                assert!(created.not_connected.is_none(), "{:?}", created.not_connected);
            }
            Self::Submit | Self::SubmitCertificate => {
                let document = world.read_document(current());
                drop(drawbridge.requests().submit(world.hub(), "sales", &document, "", true).expect("submit"));
            }
            Self::EditCredentials => {
                let document = world.read_document(current());
                drop(
                    drawbridge
                        .requests()
                        .edit_credentials(world.request().expect("a request").id, &document)
                        .expect("edit"),
                );
            }
            Self::Reestablish => {
                let document = world.read_document(current());
                let request = world.request().expect("a request").id;
                drop(drawbridge.requests().reestablish(request, &document).expect("re-establish"));
            }
            Self::Reject => {
                let request = world.request().expect("a request").id;
                drop(drawbridge.requests().reject(request, "wrong portal").expect("reject"));
            }
        }
    }
}

impl Scenario {
    fn is_of_pingone(self) -> bool {
        matches!(
            self,
            Self::AddConnectionCredential
                | Self::RecordConnectionCredential
                | Self::ForgetConnectionCredential
                | Self::ReplaceConnectionSecret
                | Self::DropFormerSecret
                | Self::UndoReplacement
                | Self::RemoveAccount
                | Self::EndFormerSecret
                | Self::DeleteSetAside
                | Self::StoreWitness
                | Self::TakeOverKeychain
        )
    }

    fn is_in_sap(self) -> bool {
        matches!(
            self,
            Self::TrackPortal
                | Self::ImportCredentials
                | Self::RetireImported
                | Self::ForgetPortal
                | Self::ForgetHub
                | Self::RecordRequest
                | Self::RecordRejection
                | Self::ForgetRecord
        )
    }

    /// How far the clock has gone on when the operation is carried out.
    fn later(self) -> TimeDelta {
        if self == Self::EndFormerSecret {
            TimeDelta::hours(26)
        } else if self == Self::DeleteSetAside {
            SetAside::PERIOD + TimeDelta::hours(2)
        } else {
            TimeDelta::zero()
        }
    }

    /// Whether the repair at the next start carries the operation out in any case.
    fn is_repaired_forwards(self) -> bool {
        matches!(self, Self::EndFormerSecret | Self::DeleteSetAside | Self::StoreWitness)
    }

    /// How many steps it takes at least.
    fn least_steps(self) -> usize {
        if self == Self::UndoReplacement {
            1
        } else if matches!(self, Self::EndFormerSecret | Self::DeleteSetAside) {
            // The item, then its row.
            2
        } else {
            3
        }
    }
}

/// A hub in SAP.
fn hub_details() -> HubDetails {
    HubDetails {
        name: "Hub".to_owned(),
        region: String::new(),
        address: "https://hub.example.com".to_owned(),
        vocabulary: Vocabulary::DeveloperHub,
    }
}

/// A request there, pending since the beginning of 2026.
fn record_details() -> RecordDetails {
    RecordDetails {
        alias: "sales".to_owned(),
        comment: String::new(),
        submitted_by: String::new(),
        submitted_on: DateTime::from_timestamp(1_767_225_600, 0).expect("a moment"),
        decided_by: String::new(),
        decided_on: None,
        note: String::new(),
        ticket: String::new(),
    }
}

/// Credentials of a portal in SAP.
fn elsewhere(secret: &str) -> String {
    format!(
        r#"{{"url": "https://sales.example.com", "tokenUrl": "https://auth.example.com/oauth/token",
            "clientId": "sb-apiaccess_1767225600000!b1|x", "clientSecret": "{secret}-client-secret", "xsappname": "x"}}"#
    )
}

const SECRET: GenerateKind = GenerateKind::ClientSecret;
const CERTIFICATE: GenerateKind = GenerateKind::Certificate(KeyAlgorithm::P256);

/// Runs `scenario` in a process of its own, killed before step 1, 2, 3, … until one run gets to its end.
fn kill_everywhere(test: &'static str, scenario: Scenario) {
    private_session::test(test, Bus::Open, |session| {
        if let Ok(plan) = env::var(VICTIM) {
            let (step, folder) = plan.split_once(' ').expect("step and folder");
            let world = World::open(Path::new(folder), step.parse().expect("a step"), scenario.later());
            scenario.perform(&world);
            return;
        }
        let mut keyring = session.start_keyring(Password::Given);
        let folder = tempfile::tempdir().expect("a folder for the data");
        let mut states = BTreeSet::new();
        let mut step = 1;
        let mut aborts = 0;
        for run in 1.. {
            let data = folder.path().join(run.to_string());
            fs::create_dir(&data).expect("a folder for this run");
            let (changed, completed) =
                match catch_unwind(AssertUnwindSafe(|| kill_once(test, scenario, session, step, &data))) {
                    Ok(outcome) => outcome,
                    Err(panic) => match keyring.find_end() {
                        // A session starts it again, and unlocks it. What was to be seen in this run could not be: the step is run
                        // once more.
                        Some(end) if end.contains(KNOWN_ABORT) && aborts < MOST_ABORTS => {
                            aborts += 1;
                            keyring = session.start_keyring(Password::Given);
                            continue;
                        }
                        Some(end) => panic!("gnome-keyring has ended by itself: {end}"),
                        None => resume_unwind(panic),
                    },
                };
            states.insert(changed);
            if completed {
                assert!(changed, "a run that was not killed must have done its work");
                assert!(step > scenario.least_steps(), "the operation has more steps than {step}: were they counted?");
                break;
            }
            step += 1;
        }
        let expected = if scenario.is_repaired_forwards() { [true].into() } else { [false, true].into() };
        assert_eq!(states, expected, "killed early the old state, killed late the new one has to be found");
    });
}

/// How often gnome-keyring may abort in one test. More often it would not be by chance.
const MOST_ABORTS: usize = 3;

/// What gnome-keyring says when it aborts since it has forgotten a program that has just come or gone
/// (<https://gitlab.gnome.org/GNOME/gnome-keyring/-/issues/199>). Programs that are killed bring that about now and then.
const KNOWN_ABORT: &str = "gkd_secret_service_get_pkcs11_session: assertion 'client' failed";

/// Whether `scenario`, killed before `step`, was carried out, and whether it came to its end unkilled.
fn kill_once(test: &str, scenario: Scenario, session: &Session, step: usize, data: &Path) -> (bool, bool) {
    session.secret_tool(&["clear", "service", APPLICATION]);
    let strangers: BTreeSet<String>;
    let old = {
        let world = World::open(data, NEVER, TimeDelta::zero());
        scenario.prepare(&world);
        if scenario.later() > TimeDelta::zero() {
            // That its time is over has to be seen for a while before anything is deleted.
            let seen = World::open(data, NEVER, scenario.later() - TimeDelta::hours(1));
            seen.drawbridge.secrets().reconcile().expect("nothing to do but to look");
        }
        let ids = world.repository.list_active_secrets().expect("the ledger").into_iter().map(|item| item.id);
        let unsettled = world.repository.list_unsettled_secrets().expect("the ledger");
        let known: BTreeSet<String> =
            ids.chain(unsettled.into_iter().map(|item| item.id)).map(|id| id.to_string()).collect();
        strangers = session.items().into_iter().filter(|item| !known.contains(item)).collect();
        world.describe()
    };
    let completed = run_victim(test, step, data);

    let world = World::open(data, NEVER, scenario.later());
    world.drawbridge.secrets().reconcile().expect("the next start repairs what was interrupted");
    let new = world.describe();
    world.check_whole(session, &strangers, &format!("{scenario:?} killed before step {step}"));
    (new != old, completed)
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

/// The label of an item that an operation before left over.
const LEFT_OVER: &str = "left over";

/// A step that no operation reaches.
const NEVER: usize = usize::MAX;

/// The real thing, in `folder`, that may be killed before a step.
struct World {
    drawbridge: Drawbridge,
    repository: Arc<SqliteRepository>,
    keychain: Arc<KeychainSecretStore>,
}

impl World {
    fn open(folder: &Path, kill_before: usize, later: TimeDelta) -> Self {
        let repository =
            Arc::new(SqliteRepository::open(&PathBuf::from(folder).join("drawbridge.db")).expect("the database"));
        let keychain = Arc::new(KeychainSecretStore::open(APPLICATION, Duration::from_secs(10)));
        let steps = Arc::new(Steps { taken: AtomicUsize::new(0), kill_before });
        let clock = SettableClock::running();
        clock.advance(later);
        let drawbridge = Drawbridge::new(Ports {
            language: domain::messages::ChosenLanguage::default(),
            repository: Arc::new(Overlaid(Killable { inner: Arc::clone(&repository), steps: Arc::clone(&steps) })),
            secrets: Arc::new(Killable { inner: Arc::clone(&keychain), steps }),
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::new(clock),
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
        self.drawbridge.pingone().edit_credential(id, Some("Sync"), Some(replacement)).expect("replace");
    }

    /// An item in the keychain that no row knows.
    fn store_left_over(&self) -> SecretId {
        let id = SecretId(uuid::Uuid::new_v4());
        let secret = SecretBytes::new(b"left over".to_vec());
        self.keychain.put(id, LEFT_OVER, &secret).expect("an item");
        id
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
        let caught = Capture::at("test");
        self.drawbridge.exports().copy(credential, &caught).expect("the credential can be copied");
        caught.delivered().remove(0)
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
        let account = self.account().map(|account| account.name);
        let witness = self.repository.find_keychain_witness().expect("the witness");
        let unsettled = self.repository.list_unsettled_secrets().expect("the ledger");
        let prepared = unsettled.iter().filter(|item| item.label == LEFT_OVER).count();
        let tls_key = self.repository.find_token_service_identity().expect("the keys").map(|own| own.tls_key);
        format!(
            "{portal:?} {credentials:?} {hubs:?} {request:?} {serves} {connection_credentials:?} {account:?} {witness:?} {tls_key:?} {prepared}"
        )
    }

    /// Everything that is there works, and nothing is left over.
    fn check_whole(&self, session: &Session, strangers: &BTreeSet<String>, when: &str) {
        let unsettled = self.repository.list_unsettled_secrets().expect("the ledger");
        let is_aside = |item: &SecretItem| matches!(item.state, SecretItemState::SetAside(_));
        assert!(unsettled.iter().all(is_aside), "{when}: rows are left over: {unsettled:?}");
        // What a repair set aside may be in the keychain, and is nobody's.
        let aside: BTreeSet<String> = unsettled.iter().map(|item| item.id.to_string()).collect();
        let mut referred = BTreeSet::new();
        for credential in self.credentials() {
            referred.extend(credential.secrets());
            if credential.secret().is_some() {
                let inspection = self.drawbridge.documents().inspect(&self.read_document(credential.id), None);
                let usable = inspection.expect("an inspection").candidates.remove(0).usable;
                let usable = usable.expect("the secret belongs to the credential");
                assert_eq!(usable.facts.client_id, credential.client_id, "{when}");
            }
        }
        for credential in self.connection_credentials() {
            referred.extend(credential.secrets());
            let (client_id, secret) = self.drawbridge.pingone().reveal_client_secret(credential.id).expect("a secret");
            assert!(client_id == credential.client_id && !secret.is_empty(), "{when}");
            for secret in credential.secrets() {
                self.keychain.get(secret).expect("current and former secret are in the keychain");
            }
        }
        let own = |hub: &Hub| self.portal().is_some_and(|portal| hub.subaccount() == Some(&portal.subaccount));
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
                CredentialKind::ClientSecret(_) => !secret.is_empty() && std::str::from_utf8(secret.expose()).is_ok(),
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
        let items: Vec<String> =
            session.items().into_iter().filter(|item| !aside.contains(item) && !strangers.contains(item)).collect();
        assert_eq!(items, expected, "{when}: the keychain holds what is referred to or set aside, and nothing else");
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

impl Overlay for Killable<SqliteRepository> {
    fn below(&self) -> &dyn Repository {
        &*self.inner
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        self.steps.take();
        self.inner.commit(changes)
    }
}
