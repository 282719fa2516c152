//! What is not well, and how urgent it is.

use chrono::{DateTime, Utc};

use crate::{
    connection::RequestStateKind,
    connection_check::{Doubt, Finding},
    credential::{Left, Validity},
    id::{HubId, PingOneAccountId, PortalId, RequestId},
    keychain::OtherKeychain,
    kind::Kind,
    ports::{DatabaseNotice, SecretStoreError},
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
    /// A replaced secret of a PingOne account is deleted within a day: until then the replacement can be undone.
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
    /// Whether it is local or in SAP.
    pub kind: Kind,
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
            Self::ConnectionEnds { validity, .. } | Self::CredentialsEnd { validity, .. } => {
                if validity.is_usable() {
                    Urgency::EndsSoon
                } else {
                    Urgency::Broken
                }
            }
            Self::NotKnown { .. } => Urgency::Uncertain,
            Self::NotApplied { .. } | Self::RequestsWait { .. } | Self::FormerSecretEnds { .. } => Urgency::Waits,
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
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::FormerSecretEnds { .. } => None,
        }
    }

    /// The order within one urgency: first by kind, then by end, the earlier first.
    pub(super) fn order(&self) -> (u8, Option<Left>) {
        match self {
            // Before all others: it may be the cause of some.
            Self::DatabaseNoticed(_) | Self::KeychainUnusable(_) | Self::OtherKeychain(_) => (0, None),
            Self::SecretsGone { .. } | Self::TokenServiceFails { .. } | Self::KeysNotRenewed { .. } => (1, None),
            Self::ConnectionEnds { validity, .. } | Self::CredentialsEnd { validity, .. } => (2, validity.left),
            Self::ConnectionFails { .. }
            | Self::NoneReached { .. }
            | Self::NotKnown { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::FormerSecretEnds { .. } => (2, None),
        }
    }
}
