//! Whether the keychain is the one of this installation, and what a person can do when it is not.
//!
//! The **witness** is an item in the keychain with a row in the ledger, like others. It is stored together with the
//! first secret and means: this keychain is the one. Every change of secrets looks for it first, which is one short
//! call. All items are counted only where the witness is not found, or where something is missing that would be
//! generated again.

use std::{
    collections::BTreeSet,
    sync::{MutexGuard, PoisonError},
};

use documents::SecretBytes;
use messages::{Message, message};

use crate::{
    activity::AuditAction,
    connection::RequestStateKind,
    credential::{Credential, SecretItem, SecretItemState},
    drawbridge::{
        Drawbridge, KeychainOperations,
        work::{NewSecret, Work},
    },
    id::SecretId,
    input::check_confirmation,
    keychain::{KeychainStanding, OtherKeychain, SeenKeychain},
    operation::Operation,
    overview::ConnectionName,
    person::Actor,
    pingone::ConnectionApiCredential,
    portal::Portal,
    ports::{LocalChange, RequestQuery, RequestSort, SecretStoreError},
    refusal::{Failure, Refusal},
};

/// What the witness holds. It is found by its id; only a person who looks into the keychain reads it.
const WITNESS: &[u8] = b"By this item Drawbridge knows that this keychain holds its secrets.";

/// What is lost when this keychain is used instead of the former one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOver {
    /// What the keychain is.
    pub other: OtherKeychain,
    /// Portals whose credentials are lost, by name.
    pub portals: Vec<String>,
    /// Requests and connections whose hub loses its copy.
    pub connections: Vec<ConnectionName>,
    /// PingOne accounts and the client ids whose secrets are lost.
    pub accounts: Vec<(String, Vec<Message>)>,
    /// Whether the token service gets other keys. Then programs that trust the CA certificate need the new one.
    pub token_service: bool,
}

impl KeychainOperations<'_> {
    /// What the keychain is to this installation now. Asks nobody for a password and creates nothing. The start page
    /// shows the result of the last call.
    ///
    /// All items are counted once. As long as nothing was missing and the witness is found, that result holds.
    pub fn look(&self) -> Result<KeychainStanding, Failure> {
        let look = || {
            self.secrets.probe()?;
            match self.seen_keychain()? {
                Some(known @ KeychainStanding::Known { .. })
                    if known.is_whole() && self.finds_witness().unwrap_or(false) =>
                {
                    Ok(SeenKeychain { standing: known, missing: BTreeSet::new() })
                }
                Some(_) | None => Ok(self.take_stock()?.seen()),
            }
        };
        let seen = match look() {
            Ok(seen) => seen,
            Err(Failure::Keychain(error)) => {
                // A keychain that cannot be asked now has not got back what was missing in it.
                let missing = self.lock_seen_keychain().as_ref().map(|seen| seen.missing.clone()).unwrap_or_default();
                SeenKeychain { standing: KeychainStanding::Unavailable(error), missing }
            }
            Err(error) => return Err(error),
        };
        let standing = seen.standing.clone();
        *self.lock_seen_keychain() = Some(seen);
        Ok(standing)
    }

    /// What is lost when this keychain is used from now on; `None` where it is the one of this installation. Asks for
    /// no password.
    pub fn preview_take_over(&self) -> Result<Option<TakeOver>, Failure> {
        self.secrets.probe()?;
        let stock = self.take_stock()?;
        let KeychainStanding::Other(other) = stock.standing() else { return Ok(None) };
        let lost: BTreeSet<SecretId> = stock.missing.iter().map(|item| item.id).collect();
        let mut portals = Vec::new();
        for Portal { id, name, .. } in self.repository.list_portals()? {
            let secrets: Vec<_> = self.repository.list_credentials(id)?.iter().flat_map(Credential::secrets).collect();
            if secrets.iter().any(|secret| lost.contains(secret)) {
                portals.push(name);
            }
        }
        let mut accounts = Vec::new();
        for account in self.repository.list_accounts()? {
            let credentials = self.repository.list_connection_credentials(account.id)?;
            let is_lost = |one: &&ConnectionApiCredential| one.secrets().any(|secret| lost.contains(&secret));
            let ids: Vec<_> = credentials.iter().filter(is_lost).map(ConnectionApiCredential::client).collect();
            if !ids.is_empty() {
                accounts.push((account.name, ids));
            }
        }
        let authority = self.repository.find_server_authority()?.map(|authority| authority.secret);
        let own = self.repository.find_token_service_identity()?;
        let own = own.iter().flat_map(|own| [own.tls_key, own.signing_key]).chain(authority);
        let token_service = own.into_iter().any(|secret| lost.contains(&secret));
        let connections = self.list_connections_that_lose(&lost)?;
        Ok(Some(TakeOver { other, portals, connections, accounts, token_service }))
    }

    /// From now on this keychain is the one of this installation. What is missing in it is given up, and what the
    /// installation generates for itself will be generated again. `confirmation` is the number that
    /// [`OtherKeychain::number`] gives, as the person typed it. Another number is refused: the person decided about
    /// another keychain.
    pub fn take_over(&self, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::TakeOverKeychain, |work| {
            let stock = self.take_stock()?;
            let KeychainStanding::Other(other) = stock.standing() else {
                return Err(Refusal::KeychainIsKnown.into());
            };
            check_confirmation(confirmation.trim(), &other.number().to_string())?;
            work.act_as(self.repository.find_current_person()?.as_ref().map_or(Actor::System, Actor::from));
            let detail = match other {
                OtherKeychain::Another { missing, .. } => message!("activity-given-up", count = missing),
                OtherKeychain::Foreign { found } => message!("activity-beside", count = found),
            };
            let former = self.repository.find_keychain_witness()?;
            let given_up = stock.missing.iter().map(|item| item.id).filter(|id| former != Some(*id)).collect();
            work.accept_any_keychain();
            if let Some(former) = former {
                work.drop_secret(former);
            }
            self.add_witness(work);
            work.put(LocalChange::GiveUpSecrets(given_up));
            work.record(AuditAction::KeychainTakenOver, message!("activity-of-keychain"), detail);
            Ok(())
        })?;
        // What was seen of the former one says nothing about this one.
        *self.lock_seen_keychain() = None;
        self.keychain().look().map(drop)
    }
}

impl Drawbridge {
    /// What [`Self::look_at_keychain`] saw last, without what was stored or removed since.
    pub(crate) fn seen_keychain(&self) -> Result<Option<KeychainStanding>, Failure> {
        let seen = self.lock_seen_keychain().as_ref().map(|seen| seen.standing.clone());
        let Some(KeychainStanding::Known { mut missing }) = seen else { return Ok(seen) };
        let mut failure = None;
        missing.retain(|item| match self.repository.find_secret_item(item.id) {
            Ok(row) => row.is_some_and(|row| row.state == SecretItemState::Active),
            Err(error) => {
                failure.get_or_insert(error);
                true
            }
        });
        failure.map_or(Ok(Some(KeychainStanding::Known { missing })), |error| Err(error.into()))
    }

    /// Whether the last look at the keychain showed that a secret is not there. The one answer to that, for every list and
    /// page; asks the keychain for nothing.
    pub(crate) fn is_secret_gone(&self, id: SecretId) -> bool {
        self.lock_seen_keychain().as_ref().is_some_and(|seen| seen.missing.contains(&id))
    }

    fn lock_seen_keychain(&self) -> MutexGuard<'_, Option<SeenKeychain>> {
        self.seen_keychain.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails if the keychain is not the one of this installation. To be called within a change, before anything is
    /// stored in the keychain or deleted from it.
    pub(crate) fn must_know_keychain(&self) -> Result<(), Failure> {
        if self.finds_witness()? { Ok(()) } else { self.must_not_be_other() }
    }

    fn finds_witness(&self) -> Result<bool, Failure> {
        let Some(witness) = self.repository.find_keychain_witness()? else { return Ok(false) };
        match self.secrets.get(witness) {
            Ok(_) => Ok(true),
            // Another program may have changed its content. That it exists is seen when all items are listed.
            Err(SecretStoreError::Missing | SecretStoreError::Broken { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The secret. [`SecretStoreError::Missing`] means that this one is gone, not that the keychain is another one.
    pub(crate) fn get_secret(&self, id: SecretId) -> Result<SecretBytes, Failure> {
        match self.secrets.get(id) {
            Err(SecretStoreError::Missing) => {
                // Every list and page tells it from now on.
                let stock = self.take_stock()?;
                let (standing, seen) = (stock.standing(), stock.seen());
                *self.lock_seen_keychain() = Some(seen);
                refuse_other(standing)?;
                Err(SecretStoreError::Missing.into())
            }
            result => Ok(result?),
        }
    }

    fn must_not_be_other(&self) -> Result<(), Failure> {
        refuse_other(self.compare_keychain()?)
    }

    fn compare_keychain(&self) -> Result<KeychainStanding, Failure> {
        Ok(self.take_stock()?.standing())
    }

    fn take_stock(&self) -> Result<Stock, Failure> {
        let before = self.repository.list_active_secrets()?;
        let there = self.secrets.list()?;
        // What another process removes meanwhile does not count as missing: only items count whose row is active before
        // and after.
        let still: BTreeSet<SecretId> =
            self.repository.list_active_secrets()?.into_iter().map(|item| item.id).collect();
        let (present, missing) = before
            .into_iter()
            .filter(|item| still.contains(&item.id))
            .partition::<Vec<_>, _>(|item| there.contains(&item.id));
        let unsettled: BTreeSet<SecretId> =
            self.repository.list_unsettled_secrets()?.into_iter().map(|item| item.id).collect();
        let found = there.iter().filter(|id| !still.contains(id) && !unsettled.contains(id)).count();
        let given_up = self.repository.list_given_up_secrets()?.into_iter().collect();
        let witness = self.repository.find_keychain_witness()?;
        Ok(Stock { present, missing, given_up, found, witness })
    }

    /// Adds a witness, in place of the former one.
    pub(crate) fn add_witness(&self, work: &mut Work<'_>) {
        let id = SecretId(self.generate_id());
        let label = message!("secret-label-witness");
        work.store_secret(NewSecret { id, label, secret: SecretBytes::new(WITNESS.to_vec()) });
        work.put(LocalChange::PutKeychainWitness(id));
    }

    /// Creates the witness of an installation whose other items are there: an installation that is older than
    /// witnesses, or one whose witness was deleted. Asks for no password.
    pub(crate) fn witness_known_keychain(&self) -> Result<(), Failure> {
        if self.repository.list_active_secrets()?.is_empty() || self.secrets.probe().is_err() || self.finds_witness()? {
            return Ok(());
        }
        self.change(Operation::StoreWitness, |work| {
            let former = self.repository.find_keychain_witness()?;
            let KeychainStanding::Known { .. } = self.compare_keychain()? else { return Ok(()) };
            work.accept_any_keychain();
            if let Some(former) = former {
                work.drop_secret(former);
            }
            self.add_witness(work);
            Ok(())
        })
    }

    fn list_connections_that_lose(&self, lost: &BTreeSet<SecretId>) -> Result<Vec<ConnectionName>, Failure> {
        let mut connections = Vec::new();
        for hub in self.repository.list_hubs()? {
            for state in [RequestStateKind::Approved, RequestStateKind::Pending] {
                let query = RequestQuery {
                    hub: hub.id,
                    state: Some(state),
                    search: String::new(),
                    sort: RequestSort::Alias,
                    descending: false,
                    offset: 0,
                    limit: usize::MAX,
                };
                for row in self.repository.search_requests(&query)?.rows {
                    if row.request.held().is_some_and(|held| lost.contains(&held.secret)) {
                        connections.push(ConnectionName {
                            hub_id: hub.id,
                            hub: hub.name.clone(),
                            request: row.request.id,
                            kind: row.request.home(),
                            alias: row.request.alias,
                        });
                    }
                }
            }
        }
        Ok(connections)
    }
}

/// Compares what the database knows with what is in the keychain.
struct Stock {
    present: Vec<SecretItem>,
    missing: Vec<SecretItem>,
    given_up: BTreeSet<SecretId>,
    /// How many items are there that the database does not know.
    found: usize,
    /// The row of the witness.
    witness: Option<SecretId>,
}

/// Fails unless it is the keychain of this installation, or a new one.
fn refuse_other(standing: KeychainStanding) -> Result<(), Failure> {
    match standing {
        KeychainStanding::Other(other) => Err(other.into()),
        KeychainStanding::Unavailable(error) => Err(error.into()),
        KeychainStanding::Known { .. } | KeychainStanding::New => Ok(()),
    }
}

impl Stock {
    fn seen(&self) -> SeenKeychain {
        SeenKeychain { standing: self.standing(), missing: self.missing.iter().map(|item| item.id).collect() }
    }

    fn standing(&self) -> KeychainStanding {
        let counts = |item: &&SecretItem| !self.given_up.contains(&item.id);
        let missing = self.missing.iter().filter(counts).count();
        let expected = missing + self.present.iter().filter(counts).count();
        let lacks_witness = self.missing.iter().filter(counts).any(|item| self.witness == Some(item.id));
        match KeychainStanding::judge(expected, missing, self.found) {
            // The witness tells this keychain from others, but nobody loses anything by it: another takes its place.
            Some(OtherKeychain::Another { missing, of }) if lacks_witness && missing > 1 => {
                KeychainStanding::Other(OtherKeychain::Another { missing: missing - 1, of: of - 1 })
            }
            Some(other) => KeychainStanding::Other(other),
            None if self.present.is_empty() && self.missing.is_empty() => KeychainStanding::New,
            None => KeychainStanding::Known { missing: self.missing.clone() },
        }
    }
}
