//! The connections to one file, and the domain's ports on them.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{
    connection::ConnectionRequest,
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem},
    hub::Hub,
    id::{
        ApiProxyId, ConnectionApiCredentialId, CredentialId, HubId, PersonId, PingOneAccountId, PortalId, RequestId,
        SecretId, ServiceInstanceId,
    },
    messages::message,
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    pki::Authority,
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::{
        Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, DatabaseNotice, Hubs,
        People, Portals, Repository, RepositoryError, RepositoryReader, RequestCounts, RequestPage, RequestQuery,
        Requests, Secrets,
    },
    settings::Settings,
    time::SeenTime,
    token_service::TokenServiceIdentity,
};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use uuid::Uuid;

use crate::{
    api_proxy, audit_event, authority,
    change_lock::ChangeLock,
    checksum::{self, Sealer},
    connection_api_credential, connection_health,
    connection_request::{self, RequestList},
    credential, database_identity,
    error::Error,
    fetched_api,
    file::DatabaseFile,
    foreign_files, hub, keychain_witness,
    lost_changes::{self, Loss},
    ordered_list::OrderedList,
    person, pingone_account, portal, schema, secret_item, seen_time, service_instance, settings,
    token_service_identity,
    witness::{Testimony, Witness},
};

/// The database in one SQLite file: one connection writes, another one reads. Several processes may have the file open.
///
/// A commit goes into the file itself, under the protection of a rollback journal, not into a write-ahead log: what was
/// committed is in the one file, so it can neither be lost with another one nor be joined with that of another database, a
/// copy of the file is whole, and reading needs nothing but the file. The price: a commit takes four times as long as with
/// a log (17 ms where the disk takes 4 ms to write), and reading waits while one is being written.
#[derive(Debug)]
pub struct SqliteRepository {
    writer: Mutex<Writer>,
    reader: Mutex<Reader>,
    change_lock: ChangeLock,
    witness: Witness,
    id: Uuid,
    /// What was found to be missing at the opening, until it is noted in the database.
    loss: Mutex<Option<Loss>>,
    /// What the last [`Repository::check_whole`] has found.
    damage: Mutex<Option<String>>,
    /// Last, so that it is closed last.
    file: DatabaseFile,
}

/// The connection that writes.
#[derive(Debug)]
struct Writer {
    connection: Connection,
    sealer: Sealer,
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

    /// Up to this size the structure of a file is checked at each opening: that takes some milliseconds. Of a larger one
    /// [`Repository::check_whole`] does it at a calm moment.
    const CHECKED_AT_OPENING: i64 = 2 << 20;

    /// Opens the database at `path`, or creates it there, its folder included, for the current user alone. An older
    /// database is brought to the newest schema. One that is at the newest schema is not written to: it can be read also
    /// where nothing can be written.
    ///
    /// [`RepositoryError::TooNew`] for a database of a newer version; [`RepositoryError::Damaged`] for any other file, and
    /// [`RepositoryError::ForeignLog`] where SQLite would join the file with what belongs to another one: both are left as
    /// they are. A process opens the same file once: closing a file a second time would take the locks away from the first
    /// (<https://sqlite.org/howtocorrupt.html>, 2.2).
    pub fn open(path: &Path) -> Result<Self, RepositoryError> {
        Self::open_with_patience(path, Self::PATIENCE).map_err(|error| foreign_files::name_in(path, error.into()))
    }

    fn open_with_patience(path: &Path, patience: Duration) -> Result<Self, Error> {
        let witness = Witness::beside(path);
        // Before the database is looked at, which may come further meanwhile.
        let testimony = witness.read();
        let (file, found) = DatabaseFile::open(path)?;
        let mut writer = connect(path, patience)?;
        // A commit is on the disk when it returns: what the keychain does next relies on it.
        writer.pragma_update(None, "synchronous", "full")?;
        // On macOS only this makes the drive itself write; elsewhere it does nothing.
        writer.pragma_update(None, "fullfsync", true)?;
        writer.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is overwritten.
        writer.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        let newest = schema::is_newest(&writer)?;
        if !newest {
            // First of all: from now on the file itself says whose it is.
            writer.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        }
        if found.write_ahead || !newest {
            match leave_write_ahead_log(&writer, patience) {
                Err(error) if newest => {
                    tracing::warn!(%error, "the write-ahead log that another program has begun stays for now");
                }
                result => result?,
            }
            schema::migrate(&mut writer)?;
        }
        writer.pragma_update_and_check(None, "journal_mode", "truncate", |_| Ok(()))?;
        let sealer = Sealer::follow(&mut writer)?;

        let mut connection = connect_to_read(path, patience)?;
        let size = connection.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0))?
            * connection.pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0))?;
        if found.interrupted {
            check_whole(&connection)?;
        } else if size <= Self::CHECKED_AT_OPENING {
            check_structure(&connection)?;
        }
        let (id, counter) = {
            // Nobody commits meanwhile, so the counter is that of what is read.
            let snapshot = connection.transaction()?;
            (database_identity::get(&snapshot)?.id, file.counter()?)
        };
        let loss = compare(testimony, id, counter);
        if loss.is_none() && testimony.is_none_or(|testimony| testimony.counter < counter) {
            witness.write(Testimony { database: id, counter });
        }
        if let Some(loss) = loss {
            tracing::warn!(?loss, "the database is not as it was left");
        }
        let reader = Reader { connection, requests: OrderedList::new(), activity: audit_event::ActivityList::new() };
        Ok(Self {
            writer: Mutex::new(Writer { connection: writer, sealer }),
            reader: Mutex::new(reader),
            change_lock: ChangeLock::beside(path, ChangeLock::PATIENCE),
            witness,
            id,
            loss: Mutex::new(loss),
            damage: Mutex::default(),
            file,
        })
    }

    /// Reads one thing.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, RepositoryError> {
        self.file.counter()?;
        Ok(read(&lock(&self.reader).connection)?)
    }

    /// Reads on a connection that is opened for it.
    fn read_apart<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, RepositoryError> {
        self.file.counter()?;
        Ok(read(&connect_to_read(self.file.path(), Self::PATIENCE)?)?)
    }

    fn write(&self, changes: &[Change]) -> Result<(), Error> {
        self.file.counter()?;
        let Writer { connection, sealer } = &mut *lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let counter = self.file.counter()?;
        if database_identity::get(&transaction)?.id != self.id {
            return Err(RepositoryError::Replaced.into());
        }
        sealer.start();
        for change in changes {
            apply(&transaction, change)?;
            // Not only at the end: a change may read what one before it has written.
            sealer.seal(&transaction)?;
        }
        let mut loss = lock(&self.loss);
        // Another process may have noted it in the meantime.
        if let Some(found) = loss.filter(|_| compare(self.witness.read(), self.id, counter).is_some()) {
            lost_changes::insert(&transaction, found)?;
            sealer.seal(&transaction)?;
        }
        transaction.commit()?;
        *loss = None;
        // The counter of this commit: what is in the file may be that of the next one, which is not over yet.
        let counter = self.file.counter()?.min(counter.saturating_add(1));
        self.witness.write(Testimony { database: self.id, counter });
        Ok(())
    }
}

/// What the database lacks according to the witness.
fn compare(testimony: Option<Testimony>, id: Uuid, counter: u32) -> Option<Loss> {
    let testimony = testimony?;
    if testimony.database != id {
        Some(Loss::OtherDatabase)
    } else if testimony.counter > counter {
        Some(Loss::Changes(testimony.counter - counter))
    } else {
        None
    }
}

fn connect(path: &Path, patience: Duration) -> Result<Connection, Error> {
    // Without the flag that creates: the file exists by now, and if it has vanished, nobody should make another one. What
    // cannot be opened for writing, SQLite opens for reading.
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

/// Folds the write-ahead log, as the versions before used it, into the file.
fn leave_write_ahead_log(connection: &Connection, patience: Duration) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "truncate", |row| row.get::<_, String>(0)) {
            Ok(journal) if journal != "wal" => return Ok(()),
            // Of two programs that make the switch at once SQLite turns one away without waiting.
            Err(error) if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) => return Err(error.into()),
            Ok(_) | Err(_) if start.elapsed() < patience => std::thread::sleep(Duration::from_millis(5)),
            Ok(_) | Err(_) => return Err(RepositoryError::Busy.into()),
        }
    }
}

/// Whether tables and indexes fit together. Where they do not, an entry that is damaged tells more.
fn check_structure(connection: &Connection) -> Result<(), Error> {
    let found = match connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0)) {
        Ok(found) if found == "ok" => return Ok(()),
        Ok(found) => found,
        Err(error) => {
            let error = RepositoryError::from(Error::from(error));
            // What it stumbles over while it computes a column is damage, too.
            let (RepositoryError::Damaged { reason } | RepositoryError::Other { reason }) = error else {
                return Err(error.into());
            };
            reason
        }
    };
    checksum::compare_all(connection)?;
    Err(Error::damaged(message!("database-structure-damaged", found = found).to_string()))
}

fn check_whole(connection: &Connection) -> Result<(), Error> {
    check_structure(connection)?;
    checksum::compare_all(connection)?;
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let broken = statement.query_map([], |row| row.get::<_, String>(0))?.next().transpose()?;
    match broken {
        Some(table) => Err(Error::damaged(message!("database-structure-damaged", found = table).to_string())),
        None => Ok(()),
    }
}

/// A thread that panicked while it held the lock has left no half-done transaction behind: dropping one rolls it back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
        Change::PutSeenTime(seen) => seen_time::put(connection, seen),
        Change::PutSettings(settings) => settings::put(connection, settings),
        Change::PutAccount(account) => pingone_account::put(connection, account),
        Change::RemoveAccount(id) => pingone_account::remove(connection, *id),
        Change::PutConnectionCredential(credential) => connection_api_credential::put(connection, credential),
        Change::PutSecretItem(item) => secret_item::put(connection, item),
        Change::RemoveSecretItem(id) => secret_item::remove(connection, *id),
        Change::PutKeychainWitness(id) => keychain_witness::put(connection, *id),
        Change::GiveUpSecrets(ids) => keychain_witness::give_up(connection, ids),
        Change::Record(event) => audit_event::insert(connection, event),
    }
}

impl Repository for SqliteRepository {
    fn begin_change(&self) -> Result<Box<dyn ChangeGuard>, RepositoryError> {
        self.change_lock.take().map_err(|error| foreign_files::name_in(self.file.path(), error.into()))
    }

    fn commit(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        self.write(changes).map_err(|error| foreign_files::name_in(self.file.path(), error.into()))
    }
}

impl RepositoryReader for SqliteRepository {
    fn change_number(&self) -> Result<u64, RepositoryError> {
        Ok(self.file.change_number()?)
    }

    fn list_notices(&self) -> Result<Vec<DatabaseNotice>, RepositoryError> {
        let mut notices = self.read(lost_changes::list)?;
        notices.extend(lock(&self.loss).map(|loss| loss.notice(None)));
        notices.extend(lock(&self.damage).clone().map(|reason| DatabaseNotice::Damaged { reason }));
        Ok(notices)
    }

    fn check_whole(&self) -> Result<(), RepositoryError> {
        // On a connection of its own: nobody who reads waits for it.
        let checked = self.read_apart(check_whole);
        *lock(&self.damage) = match &checked {
            Err(RepositoryError::Damaged { reason }) => Some(reason.clone()),
            Ok(()) => None,
            // It says nothing about the file.
            Err(_) => return checked,
        };
        checked
    }

    fn get_settings(&self) -> Result<Settings, RepositoryError> {
        self.read(settings::get)
    }

    fn find_seen_time(&self) -> Result<Option<SeenTime>, RepositoryError> {
        self.read(seen_time::find)
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

    fn find_server_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        self.read(authority::find_for_server)
    }

    fn find_client_authority(&self) -> Result<Option<Authority>, RepositoryError> {
        self.read(authority::find_for_clients)
    }

    fn list_client_authority_certificates(&self) -> Result<Vec<String>, RepositoryError> {
        self.read(authority::list_certificates_for_clients)
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
        self.file.counter()?;
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

    fn list_connections_to_check(
        &self,
        tested_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<RequestId>, RepositoryError> {
        self.read(|connection| connection_health::list_to_check(connection, tested_before, now))
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
        self.file.counter()?;
        let Reader { connection, requests: _, activity } = &mut *lock(&self.reader);
        let snapshot = connection.transaction().map_err(Error::from)?;
        Ok(audit_event::search(&snapshot, activity, query)?)
    }
}

impl Secrets for SqliteRepository {
    fn list_unsettled_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        self.read(secret_item::list_unsettled)
    }

    fn list_active_secrets(&self) -> Result<Vec<SecretItem>, RepositoryError> {
        self.read(secret_item::list_active)
    }

    fn find_keychain_witness(&self) -> Result<Option<SecretId>, RepositoryError> {
        self.read(keychain_witness::find)
    }

    fn list_given_up_secrets(&self) -> Result<Vec<SecretId>, RepositoryError> {
        self.read(keychain_witness::list_given_up)
    }

    fn find_secret_item(&self, id: SecretId) -> Result<Option<SecretItem>, RepositoryError> {
        self.read(|connection| secret_item::find(connection, id))
    }
}

#[cfg(test)]
mod tests {
    use domain::credential::{SecretItem, SecretItemState};
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
            let pages: i64 = writer.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
            // SQLite answers as if the disk had no room for one page more. The pragma returns a row.
            let limit: i64 =
                writer.connection.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0)).unwrap();
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
        let pragma = |name| writer.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(pragma("synchronous"), 2, "FULL: otherwise a power cut could take back a stored credential");
        assert_eq!(pragma("fullfsync"), 1);
        assert_eq!(pragma("foreign_keys"), 1);
    }
}
