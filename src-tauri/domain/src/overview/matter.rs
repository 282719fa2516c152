//! What is not well, and how urgent it is.

use chrono::{DateTime, Utc};
use messages::Message;

use crate::{
    connection::{ConnectionRequest, RequestStateKind},
    connection_check::{Doubt, Finding},
    credential::{Left, Validity},
    hub::Hub,
    id::{HubId, PingOneAccountId, PortalId, RequestId},
    keychain::OtherKeychain,
    kind::Kind,
    ports::{DatabaseNotice, SecretStoreError},
    refusal::Refusal,
};

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
    /// It is not known whether something works.
    Uncertain,
    /// Something stops working soon.
    EndsSoon,
    /// Something waits for somebody.
    Waits,
}

impl Urgency {
    /// Whether something is wrong, or might be. What only waits for somebody is listed, too, but breaks nothing.
    pub const fn is_trouble(self) -> bool {
        match self {
            Self::Broken | Self::Uncertain | Self::EndsSoon => true,
            Self::Waits => false,
        }
    }
}

/// What the one who asks sees of the token service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenServiceSeen {
    /// It runs, is not wanted, or is just starting.
    Well,
    /// It cannot run.
    Fails {
        /// Why, a sentence.
        message: Message,
        /// What to do, a sentence.
        remedy: Message,
    },
    /// It runs with keys that should have been renewed.
    KeysNotRenewed {
        /// Why not, a sentence.
        message: Message,
        /// What to do, a sentence.
        remedy: Message,
    },
    /// Nothing is known: another process would run it. What keeps it from starting follows from the keychain.
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
        message: Message,
        /// What to do, a sentence; empty where another matter says it.
        remedy: Message,
    },
    /// The token service runs with keys that should have been renewed.
    KeysNotRenewed {
        /// Why not, a sentence.
        message: Message,
        /// What to do, a sentence.
        remedy: Message,
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
        /// Whether the tests are made again soon, before that counts.
        postponed: bool,
    },
    /// It is not known whether an approved connection works.
    NotKnown {
        /// Which one.
        connection: ConnectionName,
        /// Why not.
        doubt: Doubt,
    },
    /// The credentials that a hub holds for a connection end soon, have ended, or are not valid yet.
    ConnectionEnds {
        /// Which one.
        connection: ConnectionName,
        /// Until when they can be used.
        validity: Validity,
        /// Whether the portal has newer ones that last longer: then the hub has to be given those.
        renewal: Renewal,
    },
    /// The current credentials of a portal end soon, have ended, or are not valid yet, and no hub is connected with
    /// them.
    CredentialsEnd {
        /// The portal.
        portal: PortalId,
        /// Its name.
        name: String,
        /// Until when they can be used.
        validity: Validity,
    },
    /// Former credentials of a portal in SAP end soon or have ended, and no connection is known that could tell whether
    /// somebody still uses them.
    FormerCredentialsEnd {
        /// The portal.
        portal: PortalId,
        /// Its name.
        name: String,
        /// Their client id.
        client_id: String,
        /// Until when they can be used.
        validity: Validity,
    },
    /// The person may not see the credentials of portals, so what ends there is not known to them.
    CredentialsNotVisible {
        /// How many portals there are.
        portals: usize,
        /// What the person lacks.
        refusal: Refusal,
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
    /// Requests wait for a decision that the person may make, or record if it is made in SAP.
    RequestsWait {
        /// The hub.
        hub: HubId,
        /// Its name.
        name: String,
        /// How many.
        count: usize,
        /// Who can do what about them.
        decision: PendingDecision,
    },
    /// A request that the person submitted was rejected, and nothing has taken its place.
    RequestRejected {
        /// Which one.
        connection: ConnectionName,
        /// Why.
        reason: String,
        /// Whether its hub is local or in SAP.
        kind: Kind,
    },
    /// Secrets of a PingOne account wait for the client id that PingOne shows once it has them.
    ClientIdsMissing {
        /// The account.
        account: PingOneAccountId,
        /// Its name.
        name: String,
        /// How many.
        count: usize,
    },
    /// A replaced secret of a PingOne account is deleted within a day: until then the replacement can be undone.
    FormerSecretEnds {
        /// The account.
        account: PingOneAccountId,
        /// Its name.
        name: String,
        /// *Short Description* of the credentials, or their client id.
        credential: Message,
        /// When.
        until: DateTime<Utc>,
    },
}

/// Whether a portal has credentials that last longer than those that end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It has.
    There,
    /// It has not.
    Missing,
    /// The person may not see the credentials of portals.
    NotVisible,
}

/// What can be decided about the pending requests of a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingDecision {
    /// They can be approved and rejected.
    Any,
    /// They can only be rejected: the hub has no room for another portal.
    RejectOnly,
    /// They are decided in SAP, and the decision is recorded here.
    InSap,
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
    /// Whether it is local or in SAP.
    pub kind: Kind,
}

impl ConnectionName {
    pub(super) fn of(hub: &Hub, request: &ConnectionRequest) -> Self {
        Self {
            hub_id: hub.id,
            hub: hub.name.clone(),
            request: request.id,
            alias: request.alias.clone(),
            kind: hub.kind(),
        }
    }
}

impl Matter {
    pub(super) fn urgency(&self) -> Urgency {
        match self {
            Self::DatabaseNoticed(_)
            | Self::KeychainUnusable(_)
            | Self::OtherKeychain(_)
            | Self::SecretsGone { .. }
            | Self::TokenServiceFails { .. }
            | Self::ConnectionFails { .. } => Urgency::Broken,
            // As long as the tests are only postponed, nothing is known to be broken.
            Self::NoneReached { postponed, .. } => {
                if *postponed {
                    Urgency::Uncertain
                } else {
                    Urgency::Broken
                }
            }
            Self::KeysNotRenewed { .. } => Urgency::EndsSoon,
            Self::ConnectionEnds { validity, .. }
            | Self::CredentialsEnd { validity, .. }
            | Self::FormerCredentialsEnd { validity, .. } => {
                if validity.is_usable() {
                    Urgency::EndsSoon
                } else {
                    Urgency::Broken
                }
            }
            Self::NotKnown { .. } | Self::CredentialsNotVisible { .. } => Urgency::Uncertain,
            Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::RequestRejected { .. }
            | Self::ClientIdsMissing { .. }
            | Self::FormerSecretEnds { .. } => Urgency::Waits,
        }
    }

    /// The hub of a connection whose test did not reach the portal, what was found, and whether the test is only
    /// postponed.
    pub(super) const fn unreached(&self) -> Option<(HubId, &Finding, bool)> {
        match self {
            Self::ConnectionFails { connection, finding } => Some((connection.hub_id, finding, false)),
            Self::NotKnown { connection, doubt: Doubt::Postponed(finding) } => Some((connection.hub_id, finding, true)),
            Self::NotKnown { doubt: Doubt::NeverTested | Doubt::Changed | Doubt::TooOld { .. }, .. }
            | Self::DatabaseNoticed(_)
            | Self::KeychainUnusable(_)
            | Self::OtherKeychain(_)
            | Self::SecretsGone { .. }
            | Self::TokenServiceFails { .. }
            | Self::KeysNotRenewed { .. }
            | Self::NoneReached { .. }
            | Self::ConnectionEnds { .. }
            | Self::CredentialsEnd { .. }
            | Self::FormerCredentialsEnd { .. }
            | Self::CredentialsNotVisible { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::RequestRejected { .. }
            | Self::ClientIdsMissing { .. }
            | Self::FormerSecretEnds { .. } => None,
        }
    }

    /// The order within one urgency: first by kind, then by end, the earlier first.
    pub(super) fn order(&self) -> (u8, Option<Left>) {
        match self {
            // Before all others: it may be the cause of some.
            Self::DatabaseNoticed(_) | Self::KeychainUnusable(_) | Self::OtherKeychain(_) => (0, None),
            Self::SecretsGone { .. } | Self::TokenServiceFails { .. } | Self::KeysNotRenewed { .. } => (1, None),
            Self::ConnectionEnds { validity, .. }
            | Self::CredentialsEnd { validity, .. }
            | Self::FormerCredentialsEnd { validity, .. } => (2, validity.left),
            Self::ConnectionFails { .. }
            | Self::NoneReached { .. }
            | Self::NotKnown { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::RequestRejected { .. }
            | Self::ClientIdsMissing { .. }
            | Self::FormerSecretEnds { .. } => (2, None),
            // After what is known of: this line stays until the person is given the role.
            Self::CredentialsNotVisible { .. } => (3, None),
        }
    }
}
