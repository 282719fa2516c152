//! The start page: what there is, and what needs somebody's attention.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Applied, Drawbridge};
use crate::{
    Action, ConnectionRequest, DatabaseNotice, Failure, HealthOutcome, Hub, KeychainStanding, OtherKeychain,
    PingOneAccount, RequestStateKind, SecretStoreError, derive_days_left,
    health::Finding,
    id::{HubId, PingOneAccountId, PortalId, RequestId},
};

/// The start page.
#[derive(Debug)]
pub struct Launchpad {
    /// How many portals are managed.
    pub portals: usize,
    /// How many hubs there are.
    pub hubs: usize,
    /// How many PingOne accounts are kept.
    pub accounts: usize,
    /// How many requests wait for a decision, in all hubs.
    pub pending: usize,
    /// What needs attention, the most urgent first; only what the person may see.
    pub attention: Vec<Attention>,
}

/// Something that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// How urgent it is.
    pub urgency: Urgency,
    /// What it is.
    pub matter: Matter,
}

/// How urgent something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Something does not work.
    Broken,
    /// Something stops working soon.
    EndsSoon,
    /// Something waits for somebody.
    Waits,
}

/// What the one who asks sees of the token service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenServiceSeen {
    /// It runs, is not wanted, or is just starting.
    Well,
    /// It cannot run.
    Fails {
        /// Why, a sentence.
        message: String,
        /// What to do, a sentence.
        remedy: String,
    },
    /// It runs with keys that should have been renewed.
    KeysNotRenewed {
        /// Why not, a sentence.
        message: String,
        /// What to do, a sentence.
        remedy: String,
    },
    /// Nothing: another process would run it. What keeps it from starting follows from the keychain.
    Nothing,
}

/// What needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The database is not as it was left.
    DatabaseNoticed(DatabaseNotice),
    /// The keychain cannot be used.
    KeychainUnusable(SecretStoreError),
    /// The keychain is not the one of this installation.
    OtherKeychain(OtherKeychain),
    /// Secrets are gone from the keychain, or were given up with a former one.
    SecretsGone {
        /// What they are called there.
        labels: Vec<String>,
    },
    /// The token service cannot run.
    TokenServiceFails {
        /// Why, a sentence.
        message: String,
        /// What to do, a sentence; empty where another matter says it.
        remedy: String,
    },
    /// The token service runs with keys that should have been renewed.
    KeysNotRenewed {
        /// Why not, a sentence.
        message: String,
        /// What to do, a sentence.
        remedy: String,
    },
    /// An approved connection failed its last test.
    ConnectionFails {
        /// Which one.
        connection: ConnectionName,
        /// What was found.
        finding: Finding,
    },
    /// Every approved connection failed its last test on the way to its portal, in the same manner.
    NoneReached {
        /// How many there are.
        count: usize,
        /// A hub.
        hub_id: HubId,
        /// What was found for the first.
        finding: Finding,
    },
    /// The credentials that a hub holds for a connection end soon, or have ended.
    ConnectionEnds {
        /// Which one.
        connection: ConnectionName,
        /// Whole days until then.
        days_left: i64,
    },
    /// The current credentials of a portal, by which no hub is connected, end soon, or have ended.
    CredentialsEnd {
        /// The portal.
        portal: PortalId,
        /// Its name.
        name: String,
        /// Whole days until then.
        days_left: i64,
    },
    /// A hub still holds former credentials of a portal.
    NotApplied {
        /// The portal.
        portal: PortalId,
        /// Its name.
        name: String,
        /// The request that holds the former ones.
        connection: ConnectionName,
        /// Where it stands.
        state: RequestStateKind,
    },
    /// Requests wait for a decision that the person may make.
    RequestsWait {
        /// The hub.
        hub: HubId,
        /// Its name.
        name: String,
        /// How many.
        count: usize,
    },
    /// A replaced secret of a PingOne account goes within a day: until then replacing it can be undone.
    FormerSecretEnds {
        /// The account.
        account: PingOneAccountId,
        /// Its name.
        name: String,
        /// *Short Description* of the credentials, or their client id.
        credential: String,
        /// When.
        until: DateTime<Utc>,
    },
}

/// A request and its hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionName {
    /// The hub.
    pub hub_id: HubId,
    /// Its name.
    pub hub: String,
    /// The request.
    pub request: RequestId,
    /// Its alias.
    pub alias: String,
}

impl Matter {
    fn urgency(&self) -> Urgency {
        match self {
            Self::DatabaseNoticed(_)
            | Self::KeychainUnusable(_)
            | Self::OtherKeychain(_)
            | Self::SecretsGone { .. }
            | Self::TokenServiceFails { .. }
            | Self::ConnectionFails { .. }
            | Self::NoneReached { .. } => Urgency::Broken,
            Self::KeysNotRenewed { .. } => Urgency::EndsSoon,
            Self::ConnectionEnds { days_left, .. } | Self::CredentialsEnd { days_left, .. } => {
                if *days_left <= 0 {
                    Urgency::Broken
                } else {
                    Urgency::EndsSoon
                }
            }
            Self::NotApplied { .. } | Self::RequestsWait { .. } | Self::FormerSecretEnds { .. } => Urgency::Waits,
        }
    }

    /// What ends earlier comes first.
    fn days_left(&self) -> i64 {
        match self {
            Self::ConnectionEnds { days_left, .. } | Self::CredentialsEnd { days_left, .. } => *days_left,
            // Before all others of the same urgency: they may follow from it.
            Self::DatabaseNoticed(_) | Self::KeychainUnusable(_) | Self::OtherKeychain(_) => i64::MIN,
            Self::SecretsGone { .. } | Self::TokenServiceFails { .. } | Self::KeysNotRenewed { .. } => i64::MIN + 1,
            Self::ConnectionFails { .. }
            | Self::NoneReached { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::FormerSecretEnds { .. } => 0,
        }
    }
}

impl Launchpad {
    /// From how many days before its end a credential needs attention.
    pub const ENDS_SOON_DAYS: i64 = 30;

    /// From how long before its end a former secret needs attention.
    const FORMER_ENDS_SOON: TimeDelta = TimeDelta::hours(24);
}

impl Drawbridge {
    /// The start page. It does not wait for the keychain: it tells what [`Self::look_at_keychain`] saw last.
    pub fn get_launchpad(&self, token_service: &TokenServiceSeen) -> Result<Launchpad, Failure> {
        let person = self.get_current_person()?;
        let portals = self.list_portals()?;
        let hubs = self.list_hubs()?;
        let mut matters: Vec<Matter> = self.list_database_notices()?.into_iter().map(Matter::DatabaseNoticed).collect();
        matters.extend(self.list_matters_of_installation(self.seen_keychain()?.as_ref(), token_service)?);
        let mut connections = 0;
        for summary in &hubs {
            let may_decide = person.may_at(Action::ApproveRequest, summary.hub.vocabulary).is_ok();
            if may_decide && summary.counts.pending > 0 {
                let Hub { id, name, .. } = summary.hub.clone();
                matters.push(Matter::RequestsWait { hub: id, name, count: summary.counts.pending });
            }
            for request in self.repository.list_approved_requests(Some(summary.hub.id))? {
                connections += 1;
                self.look_at_connection(&summary.hub, &request, &mut matters)?;
            }
        }
        unite_unreached(connections, &mut matters);
        for summary in &portals {
            let Some(current) = &summary.current else { continue };
            let (portal, name) = (summary.portal.id, summary.portal.name.clone());
            let ends = ends_soon(current.days_left);
            match (&current.applied, &summary.applied, ends) {
                // The hub's copy ends with it, and was looked at there.
                (Applied::To { state: RequestStateKind::Approved, .. }, _, _) => {}
                // Those that the connection has now end earlier: applying comes before renewing. A request that nobody has
                // decided yet can wait for better ones.
                (
                    Applied::Nowhere,
                    Applied::To { request, hub_id, hub, alias, state: state @ RequestStateKind::Approved, .. },
                    None | Some(1..),
                )
                | (Applied::Nowhere, Applied::To { request, hub_id, hub, alias, state, .. }, None) => {
                    let connection =
                        ConnectionName { hub_id: *hub_id, hub: hub.clone(), request: *request, alias: alias.clone() };
                    matters.push(Matter::NotApplied { portal, name, connection, state: *state });
                }
                // Before anybody puts them to use: what ends soon is not worth it.
                (
                    Applied::Nowhere
                    | Applied::To { state: RequestStateKind::Pending | RequestStateKind::Rejected, .. },
                    _,
                    Some(days_left),
                ) => matters.push(Matter::CredentialsEnd { portal, name, days_left }),
                (Applied::Nowhere, Applied::Nowhere, None)
                | (Applied::To { state: RequestStateKind::Pending | RequestStateKind::Rejected, .. }, _, None) => {}
            }
        }
        let accounts = self.repository.list_accounts()?;
        self.look_at_former_secrets(&accounts, &mut matters)?;
        let mut attention: Vec<_> =
            matters.into_iter().map(|matter| Attention { urgency: matter.urgency(), matter }).collect();
        attention.sort_by_key(|attention| (attention.urgency, attention.matter.days_left()));
        Ok(Launchpad {
            portals: portals.len(),
            hubs: hubs.len(),
            accounts: accounts.len(),
            pending: hubs.iter().map(|summary| summary.counts.pending).sum(),
            attention,
        })
    }

    /// What is wrong with keychain and token service, on the start page and on the command line. `keychain` is `None` as long
    /// as nobody has looked.
    pub fn list_matters_of_installation(
        &self,
        keychain: Option<&KeychainStanding>,
        token_service: &TokenServiceSeen,
    ) -> Result<Vec<Matter>, Failure> {
        let mut matters = Vec::new();
        match keychain {
            None | Some(KeychainStanding::New) => {}
            Some(KeychainStanding::Known { missing }) if missing.is_empty() => {}
            Some(KeychainStanding::Known { missing }) => {
                matters.push(Matter::SecretsGone { labels: missing.iter().map(|item| item.label.clone()).collect() });
            }
            Some(KeychainStanding::Other(other)) => matters.push(Matter::OtherKeychain(*other)),
            Some(KeychainStanding::Unavailable(error)) => matters.push(Matter::KeychainUnusable(error.clone())),
        }
        let fails = |message: String, remedy| Matter::TokenServiceFails { message, remedy };
        match token_service {
            TokenServiceSeen::Well => {}
            TokenServiceSeen::Fails { message, remedy } => matters.push(fails(message.clone(), remedy.clone())),
            TokenServiceSeen::KeysNotRenewed { message, remedy } => {
                matters.push(Matter::KeysNotRenewed { message: message.clone(), remedy: remedy.clone() });
            }
            TokenServiceSeen::Nothing if self.plan_token_service()?.wanted => {
                let reason = match keychain {
                    Some(KeychainStanding::Other(other)) => Some(other.message()),
                    Some(KeychainStanding::Unavailable(error)) => Some(error.message()),
                    Some(KeychainStanding::Known { .. } | KeychainStanding::New) | None => None,
                };
                // What to do about it is said with the keychain.
                matters.extend(reason.map(|reason| fails(reason.to_string(), String::new())));
            }
            TokenServiceSeen::Nothing => {}
        }
        Ok(matters)
    }

    fn look_at_former_secrets(&self, accounts: &[PingOneAccount], matters: &mut Vec<Matter>) -> Result<(), Failure> {
        let now = self.now();
        for credential in self.repository.list_former_secrets_until(now + Launchpad::FORMER_ENDS_SOON)? {
            let account = accounts.iter().find(|account| account.id == credential.account_id);
            if let (Some(former), Some(account)) = (credential.kept_former(now), account) {
                matters.push(Matter::FormerSecretEnds {
                    account: account.id,
                    name: account.name.clone(),
                    until: former.until,
                    credential: match credential.description.as_str() {
                        "" => credential.client_id.to_string(),
                        description => description.to_owned(),
                    },
                });
            }
        }
        Ok(())
    }

    fn look_at_connection(
        &self,
        hub: &Hub,
        request: &ConnectionRequest,
        matters: &mut Vec<Matter>,
    ) -> Result<(), Failure> {
        let connection =
            ConnectionName { hub_id: hub.id, hub: hub.name.clone(), request: request.id, alias: request.alias.clone() };
        let health = self.repository.find_health(request.id)?;
        if let Some(HealthOutcome::Failing(finding)) = health.map(|health| health.outcome) {
            matters.push(Matter::ConnectionFails { connection, finding });
            return Ok(());
        }
        let end = request.facts().valid_until();
        if let Some(days_left) = ends_soon(end.map(|end| derive_days_left(end, self.now()))) {
            matters.push(Matter::ConnectionEnds { connection, days_left });
        }
        Ok(())
    }
}

/// Puts one matter in the place of as many as there are connections, where all of them fail alike.
fn unite_unreached(connections: usize, matters: &mut Vec<Matter>) {
    let failing: Vec<_> = matters
        .iter()
        .filter_map(|matter| match matter {
            Matter::ConnectionFails { connection, finding } => Some((connection.hub_id, finding)),
            Matter::DatabaseNoticed(_)
            | Matter::KeychainUnusable(_)
            | Matter::OtherKeychain(_)
            | Matter::SecretsGone { .. }
            | Matter::TokenServiceFails { .. }
            | Matter::KeysNotRenewed { .. }
            | Matter::NoneReached { .. }
            | Matter::ConnectionEnds { .. }
            | Matter::CredentialsEnd { .. }
            | Matter::NotApplied { .. }
            | Matter::RequestsWait { .. }
            | Matter::FormerSecretEnds { .. } => None,
        })
        .collect();
    let Some((hub_id, finding)) = failing.first() else { return };
    let codes = failing.iter().map(|(_, finding)| Some(finding.code.as_str()));
    if failing.len() == connections && Finding::is_one_for_all(codes) {
        let united = Matter::NoneReached { count: connections, hub_id: *hub_id, finding: (*finding).clone() };
        matters.retain(|matter| !matches!(matter, Matter::ConnectionFails { .. }));
        matters.push(united);
    }
}

fn ends_soon(days_left: Option<i64>) -> Option<i64> {
    days_left.filter(|days| *days <= Launchpad::ENDS_SOON_DAYS)
}
