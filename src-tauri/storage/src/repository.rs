//! The connections to one file, and the domain's ports on them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{
    Accounts, Activity, ActivityPage, ActivityQuery, ApiProxy, Authority, Change, ChangeGuard, ConnectionApiCredential,
    ConnectionHealth, ConnectionRequest, Connections, Credential, FetchedApi, Hub, Hubs, People, Person,
    PingOneAccount, Portal, Portals, Repository, RepositoryError, RequestCounts, RequestPage, RequestQuery, Requests,
    SecretItem, Secrets, ServiceInstance, Settings, TokenServiceIdentity,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    messages::message,
};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::{
    api_proxy, audit_event, authority,
    change_lock::ChangeLock,
    connection_api_credential, connection_health,
    connection_request::{self, RequestList},
    credential,
    error::Error,
    fetched_api, hub,
    ordered_list::OrderedList,
    person, pingone_account, portal, schema, secret_item, service_instance, settings, token_service_identity,
};

/// The database in one SQLite file: one connection writes, another one reads meanwhile what was committed before, and a
/// third one only watches for commits, so that it never waits for a long list. Several processes may have the file open.
#[derive(Debug)]
pub struct SqliteRepository {
    writer: Mutex<Connection>,
    reader: Mutex<Reader>,
    watcher: Mutex<Connection>,
    change_lock: ChangeLock,
}

/// The connection that reads, with what it keeps of the long lists.
#[derive(Debug)]
struct Reader {
    connection: Connection,
    requests: OrderedList<RequestList>,
    activity: audit_event::ActivityList,
}

impl SqliteRepository {
    /// How long a call waits for another program that is writing.
    const PATIENCE: Duration = Duration::from_secs(5);

    /// Opens the database at `path`, or creates it there, its folder included, for the current user alone. An older
    /// database is brought to the newest schema.
    ///
    /// [`RepositoryError::TooNew`] for a database of a newer version; [`RepositoryError::Damaged`] for any other file,
    /// which is left as it is. A process opens the same file once: closing a file a second time would take the locks
    /// away from the first (<https://sqlite.org/howtocorrupt.html>, 2.2).
    pub fn open(path: &Path) -> Result<Self, RepositoryError> {
        Ok(Self::open_with_patience(path, Self::PATIENCE)?)
    }

    fn open_with_patience(path: &Path, patience: Duration) -> Result<Self, Error> {
        prepare_file(path)?;
        let mut writer = connect(path, patience)?;
        if !schema::is_newest(&writer)? {
            // First of all, and before there is a write-ahead log: from now on the file itself says whose it is.
            writer.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        }
        switch_to_write_ahead_log(&writer, patience)?;
        // A commit is on the disk when it returns: what the keychain does next relies on it.
        writer.pragma_update(None, "synchronous", "full")?;
        // On macOS only this makes the drive itself write; elsewhere it does nothing.
        writer.pragma_update(None, "fullfsync", true)?;
        writer.pragma_update(None, "foreign_keys", true)?;
        schema::migrate(&mut writer)?;

        let connection = connect_to_read(path, patience)?;
        let reader = Reader { connection, requests: OrderedList::new(), activity: audit_event::ActivityList::new() };
        Ok(Self {
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            watcher: Mutex::new(connect_to_read(path, patience)?),
            change_lock: ChangeLock::beside(path, ChangeLock::PATIENCE),
        })
    }

    /// Reads one thing.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, RepositoryError> {
        Ok(read(&lock(&self.reader).connection)?)
    }
}

fn connect(path: &Path, patience: Duration) -> Result<Connection, Error> {
    // Without the flag that creates: the file exists by now, and if it has vanished, nobody should make another one.
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn connect_to_read(path: &Path, patience: Duration) -> Result<Connection, Error> {
    let connection = connect(path, patience)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// With a write-ahead log, reading and writing do not wait for each other.
fn switch_to_write_ahead_log(connection: &Connection, patience: Duration) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            // Of two programs that make the switch at once SQLite turns one away without waiting.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && start.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(error) => return Err(error.into()),
            Ok(journal) => {
                if journal != "wal" {
                    tracing::warn!(journal, "no write-ahead log possible here; reading will wait for writing");
                }
                return Ok(());
            }
        }
    }
}

/// A thread that panicked while it held the lock has left no half-done transaction behind: dropping one rolls it back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sees to it that there is a file at `path` that is Drawbridge's, or empty, and nobody else's to read. SQLite gives the
/// files it puts beside it the same permissions.
fn prepare_file(path: &Path) -> Result<(), Error> {
    let failed = |error: io::Error| Error::io(path, &error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        create_folder(folder).map_err(|error| Error::io(folder, &error))?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    check_owner(&mut file).map_err(failed)??;
    restrict(&file).map_err(failed)
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Reads the head of the file itself (<https://sqlite.org/fileformat2.html#the_database_header>): SQLite would change
/// somebody else's file, or put files beside it, by no more than opening it.
fn check_owner(file: &mut File) -> io::Result<Result<(), Error>> {
    let mut head = Vec::new();
    file.take(100).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(Ok(()));
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Ok(Err(Error::damaged(message!("database-not-one").to_string())));
    }
    if head.get(68..72) != Some(&schema::APPLICATION_ID.to_be_bytes()) {
        return Ok(Err(Error::damaged(message!("database-not-ours").to_string())));
    }
    Ok(Ok(()))
}

#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 == 0 { Ok(()) } else { file.set_permissions(fs::Permissions::from_mode(0o600)) }
}

/// Elsewhere a file takes its permissions from the user's own folder.
#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

fn apply(connection: &Connection, change: &Change) -> Result<(), Error> {
    match change {
        Change::PutPerson(person) => person::put(connection, person),
        Change::SetCurrentPerson(id) => person::set_current(connection, *id),
        Change::PutPortal(portal) => portal::put(connection, portal),
        Change::RemovePortal(id) => portal::remove(connection, *id),
        Change::PutCredential(credential) => credential::put(connection, credential),
        Change::PutHub(hub) => hub::put(connection, hub),
        Change::RemoveHub(id) => hub::remove(connection, *id),
        Change::PutRequest(request) => connection_request::put(connection, request),
        Change::PutServiceInstance(instance) => service_instance::put(connection, instance),
        Change::PutApiProxy(proxy) => api_proxy::put(connection, proxy),
        Change::RemoveApiProxy(id) => api_proxy::remove(connection, *id),
        Change::PutHealth(health) => connection_health::put(connection, health),
        Change::PutFetchedApis(request, apis) => fetched_api::put_all(connection, *request, apis),
        Change::PutAuthority(authority) => authority::put(connection, authority),
        Change::PutTokenServiceIdentity(identity) => token_service_identity::put(connection, identity),
        Change::PutSettings(settings) => settings::put(connection, settings),
        Change::PutAccount(account) => pingone_account::put(connection, account),
        Change::RemoveAccount(id) => pingone_account::remove(connection, *id),
        Change::PutConnectionCredential(credential) => connection_api_credential::put(connection, credential),
        Change::PutSecretItem(item) => secret_item::put(connection, item),
        Change::RemoveSecretItem(id) => secret_item::remove(connection, *id),
        Change::Record(event) => audit_event::insert(connection, event),
    }
}

impl Repository for SqliteRepository {
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        Ok(self.change_lock.take()?)
    }

    /// SQLite's data version (<https://sqlite.org/pragma.html#pragma_data_version>): on a connection that never writes
    /// it sees every commit, those of this process included.
    fn change_number(&self) -> Result<u64, RepositoryError> {
        let watcher = lock(&self.watcher);
        let mut statement = watcher.prepare_cached("PRAGMA data_version").map_err(Error::from)?;
        Ok(statement.query_row([], |row| row.get::<_, i64>(0)).map_err(Error::from)?.cast_unsigned())
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        self.read(settings::get)
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        for change in changes {
            apply(&transaction, change)?;
        }
        Ok(transaction.commit().map_err(Error::from)?)
    }
}

impl People for SqliteRepository {
    fn list_people(&self) -> Result<Vec<Person>, RepositoryError> {
        self.read(person::list)
    }

    fn find_current_person(&self) -> Result<Option<Person>, RepositoryError> {
        self.read(person::find_current)
    }

    fn find_person(&self, id: PersonId) -> Result<Option<Person>, RepositoryError> {
        self.read(|connection| person::find(connection, id))
    }
}

impl Portals for SqliteRepository {
    fn list_portals(&self) -> Result<Vec<Portal>, RepositoryError> {
        self.read(portal::list)
    }

    fn find_portal(&self, id: PortalId) -> Result<Option<Portal>, RepositoryError> {
        self.read(|connection| portal::find(connection, id))
    }

    fn list_credentials(&self, portal: PortalId) -> Result<Vec<Credential>, RepositoryError> {
        self.read(|connection| credential::list_of_portal(connection, portal))
    }

    fn find_credential(&self, id: CredentialId) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find(connection, id))
    }

    fn find_credential_by_proof(
        &self,
        client_id: &str,
        fingerprint: Option<&str>,
    ) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find_by_proof(connection, client_id, fingerprint))
    }

    fn find_credential_of_client(&self, slug: &str, client_id: &str) -> Result<Option<Credential>, RepositoryError> {
        self.read(|connection| credential::find_of_client(connection, slug, client_id))
    }

    fn list_credentials_of_client(&self, client_id: &str) -> Result<Vec<Credential>, RepositoryError> {
        self.read(|connection| credential::list_of_client(connection, client_id))
    }

    fn find_portal_by_slug(&self, slug: &str) -> Result<Option<Portal>, RepositoryError> {
        self.read(|connection| portal::find_by_slug(connection, slug))
    }

    fn list_service_instances(&self, portal: PortalId) -> Result<Vec<ServiceInstance>, RepositoryError> {
        self.read(|connection| service_instance::list_of_portal(connection, portal))
    }

    fn find_service_instance(&self, id: ServiceInstanceId) -> Result<Option<ServiceInstance>, RepositoryError> {
        self.read(|connection| service_instance::find(connection, id))
    }

    fn list_api_proxies(&self, portal: PortalId) -> Result<Vec<ApiProxy>, RepositoryError> {
        self.read(|connection| api_proxy::list_of_portal(connection, portal))
    }

    fn find_api_proxy(&self, id: ApiProxyId) -> Result<Option<ApiProxy>, RepositoryError> {
        self.read(|connection| api_proxy::find(connection, id))
    }

    fn find_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        self.read(authority::find)
    }

    fn list_authority_certificates(&self) -> Result<Vec<String>, RepositoryError> {
        self.read(authority::list_certificates)
    }

    fn find_token_service_identity(&self) -> Result<Option<TokenServiceIdentity>, RepositoryError> {
        self.read(token_service_identity::find)
    }
}

impl Hubs for SqliteRepository {
    fn list_hubs(&self) -> Result<Vec<Hub>, RepositoryError> {
        self.read(hub::list)
    }

    fn find_hub(&self, id: HubId) -> Result<Option<Hub>, RepositoryError> {
        self.read(|connection| hub::find(connection, id))
    }
}

impl Requests for SqliteRepository {
    fn find_request(&self, id: RequestId) -> Result<Option<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::find(connection, id))
    }

    fn find_open_request_of_portal(&self, portal_key: &str) -> Result<Option<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::find_open_of_portal(connection, portal_key))
    }

    fn find_open_request_by_alias(
        &self,
        hub: HubId,
        alias: &str,
    ) -> Result<Option<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::find_open_by_alias(connection, hub, alias))
    }

    fn count_requests(&self, hub: HubId) -> Result<RequestCounts, RepositoryError> {
        self.read(|connection| connection_request::count(connection, hub))
    }

    fn search_requests(&self, query: &RequestQuery) -> Result<RequestPage, RepositoryError> {
        let Reader { connection, requests, activity: _ } = &mut *lock(&self.reader);
        // One snapshot for the order, the texts and the rows.
        let snapshot = connection.transaction().map_err(Error::from)?;
        Ok(connection_request::search(&snapshot, requests, query)?)
    }
}

impl Connections for SqliteRepository {
    fn list_approved_requests(&self, hub: Option<HubId>) -> Result<Vec<ConnectionRequest>, RepositoryError> {
        self.read(|connection| connection_request::list_approved(connection, hub))
    }

    fn find_health(&self, request: RequestId) -> Result<Option<ConnectionHealth>, RepositoryError> {
        self.read(|connection| connection_health::find(connection, request))
    }

    fn list_connections_to_check(&self, tested_before: DateTime<Utc>) -> Result<Vec<RequestId>, RepositoryError> {
        self.read(|connection| connection_health::list_to_check(connection, tested_before))
    }

    fn list_fetched_apis(&self, request: RequestId) -> Result<Vec<FetchedApi>, RepositoryError> {
        self.read(|connection| fetched_api::list_of_request(connection, request))
    }
}

impl Accounts for SqliteRepository {
    fn list_accounts(&self) -> Result<Vec<PingOneAccount>, RepositoryError> {
        self.read(pingone_account::list)
    }

    fn find_account(&self, id: PingOneAccountId) -> Result<Option<PingOneAccount>, RepositoryError> {
        self.read(|connection| pingone_account::find(connection, id))
    }

    fn list_connection_credentials(
        &self,
        account: PingOneAccountId,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_of_account(connection, account))
    }

    fn find_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<Option<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::find(connection, id))
    }

    fn list_former_secrets_until(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_with_former_until(connection, moment))
    }

    fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Result<Vec<ConnectionApiCredential>, RepositoryError> {
        self.read(|connection| connection_api_credential::list_with_former_over(connection, moment))
    }
}

impl Activity for SqliteRepository {
    fn search_activity(&self, query: &ActivityQuery) -> Result<ActivityPage, RepositoryError> {
        let Reader { connection, requests: _, activity } = &mut *lock(&self.reader);
        let snapshot = connection.transaction().map_err(Error::from)?;
        Ok(audit_event::search(&snapshot, activity, query)?)
    }
}

impl Secrets for SqliteRepository {
    fn list_unsettled_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        self.read(secret_item::list_unsettled)
    }

    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError> {
        self.read(|connection| secret_item::find(connection, id))
    }
}

#[cfg(test)]
mod tests {
    use domain::{SecretItem, SecretItemState};
    use uuid::Uuid;

    use super::*;

    fn item(number: u128, label: &str) -> Change {
        let id = SecretId(Uuid::from_u128(number));
        Change::PutSecretItem(SecretItem { id, label: label.into(), state: SecretItemState::Active })
    }

    #[test]
    fn a_full_disk_is_reported_as_one_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let repository = SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap();
        repository.commit(&[item(1, "before")]).unwrap();
        {
            let writer = lock(&repository.writer);
            let pages: i64 = writer.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
            // SQLite answers as if the disk had no room for one page more. The pragma returns a row.
            let limit: i64 = writer.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0)).unwrap();
            assert_eq!(limit, pages);
        }

        let error = repository.commit(&[item(2, "small"), item(3, &"x".repeat(100_000))]).unwrap_err();

        assert!(matches!(error, RepositoryError::DiskFull), "{error:?}");
        assert!(repository.find_secret_item(SecretId(Uuid::from_u128(1))).unwrap().is_some());
        assert_eq!(
            repository.find_secret_item(SecretId(Uuid::from_u128(2))).unwrap(),
            None,
            "the part of the commit that did fit must not stay"
        );
    }

    #[test]
    fn another_program_that_writes_makes_it_busy_but_readable() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drawbridge.sqlite");
        let repository = SqliteRepository::open_with_patience(&path, Duration::from_millis(20)).unwrap();
        repository.commit(&[item(1, "before")]).unwrap();
        let other = connect(&path, Duration::ZERO).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();

        let error = repository.commit(&[item(2, "meanwhile")]).unwrap_err();
        assert!(matches!(error, RepositoryError::Busy), "{error:?}");
        assert!(
            repository.find_secret_item(SecretId(Uuid::from_u128(1))).unwrap().is_some(),
            "reading does not wait for writing"
        );

        other.execute_batch("ROLLBACK").unwrap();
        repository.commit(&[item(2, "afterwards")]).unwrap();
    }

    #[test]
    fn a_commit_is_on_the_disk_when_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let repository = SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap();
        let writer = lock(&repository.writer);
        let pragma = |name| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(pragma("synchronous"), 2, "FULL: otherwise a power cut could take back a stored credential");
        assert_eq!(pragma("fullfsync"), 1);
        assert_eq!(pragma("foreign_keys"), 1);
    }
}
