//! The port to the database, which stores everything but secrets.
//!
//! Reading is split by what is read. Writing is one verb: the changes of one [`Repository::commit`] happen together or
//! not at all.

use chrono::{DateTime, Utc};
use messages::{Language, Message};

use crate::{
    activity::AuditEvent,
    connection::{ConnectionRequest, RequestStateKind},
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::Authority,
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::RepositoryError,
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};

/// Reads the database.
pub trait RepositoryReader:
    People + Portals + Hubs + Requests + Connections + Accounts + Activity + ThisMachine + Secrets + Send + Sync
{
    /// A number that differs after each commit, by whichever process.
    fn change_number(&self) -> Result<u64, RepositoryError>;

    /// What the database has noticed about itself.
    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError>;

    /// Reads everything and compares it with what was written; [`RepositoryError::Damaged`] names the first difference.
    /// With many requests it takes seconds, in which commits wait, so it is for a quiet moment.
    fn check_whole(&self) -> Result<(), RepositoryError>;
}

/// The database, as the domain needs it.
pub trait Repository: RepositoryReader {
    /// Keeps all others, other processes included, from making changes until the guard is dropped. Waits for its turn;
    /// [`RepositoryError::Busy`] when that takes too long.
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError>;

    /// Makes all `changes` durable in one transaction, in their order; on an error none of them. When it returns, they
    /// are in the database file, and on the disk.
    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError>;
}

/// What the database has noticed about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseNotice {
    /// It lacks changes that were made: an older copy replaced it, or its last changes were lost.
    ChangesMissing {
        /// How many.
        count: u32,
        /// When that was noticed; `None` if nothing was changed since.
        noticed_at: Option<DateTime<Utc>>,
    },
    /// It is another one than was used here last.
    OtherDatabase {
        /// When that was noticed; `None` if nothing was changed since.
        noticed_at: Option<DateTime<Utc>>,
    },
    /// [`Repository::check_whole`] has found something.
    Damaged {
        /// What.
        reason: Message,
    },
}

/// Held as long as a change takes; dropping it lets the next one begin.
pub trait ChangeGuard {}

/// One change of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a commit has a handful of changes, and they do not live long")]
pub enum Change {
    /// Of what belongs to this machine.
    Local(LocalChange),
    /// Of what all who work together see.
    Shared(SharedChange),
}

impl From<LocalChange> for Change {
    fn from(change: LocalChange) -> Self {
        Self::Local(change)
    }
}

impl From<SharedChange> for Change {
    fn from(change: SharedChange) -> Self {
        Self::Shared(change)
    }
}

/// A change of what belongs to this machine and never leaves it: its settings and keys, the ledger of its keychain, its
/// clock. `Put…` inserts, or replaces what has the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalChange {
    /// Who uses the installation now.
    SetCurrentPerson(PersonId),
    /// The settings.
    PutSettings(Settings),
    /// The authority that signs for its purpose from now on. The certificates of former ones remain.
    PutAuthority(Authority),
    /// The keys of the token service; there is one set of them.
    PutTokenServiceIdentity(TokenServiceIdentity),
    /// What the clock has shown.
    PutSeenTime(SeenTime),
    /// A secret's row in the ledger.
    PutSecretItem(SecretItem),
    /// A secret's row, once its item is gone from the keychain.
    RemoveSecretItem(SecretId),
    /// The item by which the keychain is known, in place of a former one.
    PutKeychainWitness(SecretId),
    /// The active secrets that were given up together with a former keychain. Replaces the former list.
    GiveUpSecrets(Vec<SecretId>),
}

/// A change of what all people who work together see. `Put…` inserts, or replaces what has the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a commit has a handful of changes, and they do not live long")]
pub enum SharedChange {
    /// A person.
    PutPerson(Person),
    /// A person who is not the current one.
    RemovePerson(PersonId),
    /// A portal.
    PutPortal(Portal),
    /// A portal with its credentials, service instances and API proxies. Rejected requests keep their history and lose
    /// the reference.
    RemovePortal(PortalId),
    /// A credential of a portal.
    PutCredential(Credential),
    /// A hub.
    PutHub(Hub),
    /// A hub and all its requests.
    RemoveHub(HubId),
    /// A connection request.
    PutRequest(ConnectionRequest),
    /// A connection request with what is known about its connection.
    RemoveRequest(RequestId),
    /// A service instance of a portal.
    PutServiceInstance(ServiceInstance),
    /// An API proxy of a portal.
    PutApiProxy(ApiProxy),
    /// An API proxy that is to go.
    RemoveApiProxy(ApiProxyId),
    /// What is known about a connection.
    PutHealth(ConnectionHealth),
    /// The APIs that the hub fetched through a connection. Replaces those that it had.
    PutFetchedApis(RequestId, Vec<FetchedApi>),
    /// A PingOne account.
    PutAccount(PingOneAccount),
    /// A PingOne account with its credentials.
    RemoveAccount(PingOneAccountId),
    /// Connection API Credentials of a PingOne account.
    PutConnectionCredential(ConnectionApiCredential),
    /// Connection API Credentials.
    RemoveConnectionCredential(ConnectionApiCredentialId),
    /// An entry of the activity list.
    Record(AuditEvent),
}

/// Reads people.
pub trait People {
    /// Everybody, by name.
    fn list_people(&self) -> Result<Vec<Person>, RepositoryError>;
    /// One person.
    fn find_person(&self, id: PersonId) -> Result<Option<Person>, RepositoryError>;
}

/// Reads portals and their credentials.
pub trait Portals {
    /// All portals, by name.
    fn list_portals(&self) -> Result<Vec<Portal>, RepositoryError>;
    /// One portal.
    fn find_portal(&self, id: PortalId) -> Result<Option<Portal>, RepositoryError>;
    /// The credentials of a portal, the one that was put last first, whatever the clock showed.
    fn list_credentials(&self, portal: PortalId) -> Result<Vec<Credential>, RepositoryError>;
    /// One credential.
    fn find_credential(&self, id: CredentialId) -> Result<Option<Credential>, RepositoryError>;
    /// The credential of that certificate fingerprint, or, for a client secret (`None`), of that client id.
    fn find_credential_by_proof(
        &self,
        client_id: &str,
        fingerprint: Option<&str>,
    ) -> Result<Option<Credential>, RepositoryError>;
    /// The credential of that client id at the portal with that slug, whatever its state.
    fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Result<Option<Credential>, RepositoryError>;
    /// The credentials of service keys with that client id, at whichever portals, whatever their state.
    fn list_credentials_of_client(&self, client_id: &str) -> Result<Vec<Credential>, RepositoryError>;
    /// The portal with that slug.
    fn find_portal_by_slug(&self, slug: &str) -> Result<Option<Portal>, RepositoryError>;
    /// The service instances of a portal, deleted ones included, in the order in which they were put.
    fn list_service_instances(&self, portal: PortalId) -> Result<Vec<ServiceInstance>, RepositoryError>;
    /// One service instance.
    fn find_service_instance(&self, id: ServiceInstanceId) -> Result<Option<ServiceInstance>, RepositoryError>;
    /// The API proxies of a portal, by name.
    fn list_api_proxies(&self, portal: PortalId) -> Result<Vec<ApiProxy>, RepositoryError>;
    /// One API proxy.
    fn find_api_proxy(&self, id: ApiProxyId) -> Result<Option<ApiProxy>, RepositoryError>;
}

/// Reads hubs.
pub trait Hubs {
    /// All hubs, by name.
    fn list_hubs(&self) -> Result<Vec<Hub>, RepositoryError>;
    /// One hub.
    fn find_hub(&self, id: HubId) -> Result<Option<Hub>, RepositoryError>;
}

/// Reads connection requests.
pub trait Requests {
    /// One request.
    fn find_request(&self, id: RequestId) -> Result<Option<ConnectionRequest>, RepositoryError>;
    /// The pending and approved requests of a portal, in whatever hubs: the approved ones first, and in that by id. At local
    /// hubs there is one at most; records of hubs in SAP may say otherwise.
    fn list_open_requests_of_portal(&self, portal_key: &str) -> Result<Vec<ConnectionRequest>, RepositoryError>;
    /// The pending and approved requests of a hub, by alias.
    fn list_open_requests(&self, hub: HubId) -> Result<Vec<ConnectionRequest>, RepositoryError>;
    /// A pending or approved request of that alias in a hub, or of one that [looks like it](crate::input::looks_alike). In a
    /// local hub there is one at most.
    fn find_open_request_by_alias(&self, hub: HubId, alias: &str)
    -> Result<Option<ConnectionRequest>, RepositoryError>;
    /// How many requests of each state a hub has.
    fn count_requests(&self, hub: HubId) -> Result<RequestCounts, RepositoryError>;
    /// One page of the requests that match.
    fn search_requests(&self, query: &RequestQuery) -> Result<RequestPage, RepositoryError>;
}

/// Reads what is known about approved connections.
pub trait Connections {
    /// The approved requests of a hub, by alias; `None` for those of all hubs.
    fn list_approved_requests(&self, hub: Option<HubId>) -> Result<Vec<ConnectionRequest>, RepositoryError>;
    /// What is known about a connection; `None` where nothing is.
    fn find_health(&self, request: RequestId) -> Result<Option<ConnectionHealth>, RepositoryError>;
    /// Approved requests that are marked as due, were never tested, or were last tested before `tested_before`; those
    /// that have waited longest come first. One whose last test was postponed is included when that time is over at
    /// `now`.
    fn list_connections_to_check(
        &self,
        tested_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RequestId>, RepositoryError>;
    /// The APIs that the hub fetched through a connection, by name.
    fn list_fetched_apis(&self, request: RequestId) -> Result<Vec<FetchedApi>, RepositoryError>;
}

/// Reads PingOne accounts and their credentials.
pub trait Accounts {
    /// All accounts, by name.
    fn list_accounts(&self) -> Result<Vec<PingOneAccount>, RepositoryError>;
    /// One account.
    fn find_account(&self, id: PingOneAccountId) -> Result<Option<PingOneAccount>, RepositoryError>;
    /// The credentials of an account, in the order in which they were put.
    fn list_connection_credentials(
        &self,
        account: PingOneAccountId,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError>;
    /// One credential.
    fn find_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<Option<ConnectionApiCredential>, RepositoryError>;
    /// The credentials whose former secret is to be kept until that moment or an earlier one, the earliest first.
    fn list_former_secrets_until(&self, moment: DateTime<Utc>)
    -> Result<Vec<ConnectionApiCredential>, RepositoryError>;
    /// The credentials whose former secret is over at that moment, or was seen to be over before, the earliest first.
    fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Result<Vec<ConnectionApiCredential>, RepositoryError>;
}

/// Reads the activity list.
pub trait Activity {
    /// One page of the entries that match, newest first.
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError>;
}

/// Reads what belongs to this machine: see [`LocalChange`].
pub trait ThisMachine {
    /// Who uses the installation now; `None` before the first person exists.
    fn find_current_person(&self) -> Result<Option<Person>, RepositoryError>;
    /// The settings; the defaults until somebody has changed them.
    fn get_settings(&self) -> Result<Settings, RepositoryError>;
    /// What the clock has shown; `None` before anybody has looked.
    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError>;
    /// The authority that signs the token service's certificate, once it exists.
    fn find_server_authority(&self) -> Result<Option<Authority>, RepositoryError>;
    /// The authority that signs certificate credentials, once it exists.
    fn find_client_authority(&self) -> Result<Option<Authority>, RepositoryError>;
    /// The certificates (PEM) of the authorities that have signed certificate credentials, the present one first, then
    /// the former ones. Former ones that signed for clients and servers alike are included.
    fn list_client_authority_certificates(&self) -> Result<Vec<String>, RepositoryError>;
    /// The keys of the token service, once it has run.
    fn find_token_service_identity(&self) -> Result<Option<TokenServiceIdentity>, RepositoryError>;
}

/// Reads the ledger of secrets.
pub trait Secrets {
    /// The rows that are not `Active`: what an interruption left over.
    fn list_unsettled_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError>;
    /// The rows that are `Active`.
    fn list_active_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError>;
    /// The item by which the keychain of this installation is known; `None` before the first secret, and where an older
    /// version stored it.
    fn find_keychain_witness(&self) -> Result<Option<SecretId>, RepositoryError>;
    /// Those of the active rows that were given up together with a former keychain.
    fn list_given_up_secrets(&self) -> Result<Vec<SecretId>, RepositoryError>;
    /// One row.
    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError>;
}

/// How many requests of each state a hub has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestCounts {
    /// Waiting.
    pub pending: usize,
    /// Connected.
    pub approved: usize,
    /// Turned down.
    pub rejected: usize,
}

/// Which requests are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestQuery {
    /// The hub.
    pub hub: HubId,
    /// Their state; `None` for all of them.
    pub state: Option<RequestStateKind>,
    /// Words that all have to occur in alias, portal (name or URL), submitter, client id or comment, in any case;
    /// empty for all.
    pub search: String,
    /// What they are sorted by.
    pub sort: RequestSort,
    /// Whether the last comes first.
    pub descending: bool,
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
}

/// What requests are sorted by; equal ones by their id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestSort {
    /// The alias, whatever its case.
    Alias,
    /// The submitter's name.
    SubmittedBy,
    /// The time of submission.
    SubmittedAt,
    /// The end of the credentials' validity; those without one come last when ascending.
    ValidUntil,
}

/// A page of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPage {
    /// How many match in all.
    pub matching: usize,
    /// The page.
    pub rows: Vec<RequestRow>,
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The request.
    pub request: ConnectionRequest,
    /// Name of its portal, if that lives in this installation.
    pub portal_name: Option<String>,
    /// What is known about the connection, if it is one and was tested.
    pub health: Option<ConnectionHealth>,
}

/// Which entries of the activity list are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityQuery {
    /// Words that all have to occur in person, action, subject or detail, in any case; empty for all.
    pub search: String,
    /// The language that the person reads; the search looks through the words in it.
    pub language: Language,
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
}

/// A page of the activity list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityPage {
    /// How many match in all.
    pub matching: usize,
    /// The page.
    pub rows: Vec<AuditEvent>,
}
