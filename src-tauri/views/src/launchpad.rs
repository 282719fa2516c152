//! The start page.

use chrono::{DateTime, Utc};
use domain::{
    credential::Validity,
    messages::{Message, message},
    overview::{Attention, ConnectionName, Launchpad, Matter, Urgency},
};

use crate::{DoubtView, ErrorCode, FindingView, KindName, RequestStateName, UserError, declare::wire, numbers::count};

wire! {
    /// The start page.
    reply struct LaunchpadView {
        /// How many portals are managed.
        pub portals: u32,
        /// How many hubs there are.
        pub hubs: u32,
        /// How many PingOne accounts are kept.
        pub accounts: u32,
        /// How many requests wait for a decision, in all hubs.
        pub pending: u32,
        /// How many days before their end credentials need attention.
        pub ends_soon_days: u32,
        /// What needs attention, the most urgent first.
        pub attention: Vec<AttentionView>,
    }

    /// Something that needs attention.
    reply struct AttentionView {
        /// How urgent it is.
        pub urgency: UrgencyName,
        /// What it is.
        pub matter: MatterView,
    }

    /// How urgent something is.
    reply enum UrgencyName {
        /// Something does not work.
        Broken,
        /// It is not known whether something works.
        Uncertain,
        /// Something stops working soon.
        EndsSoon,
        /// Something waits for somebody.
        Waits,
    }

    /// What needs attention.
    #[serde(tag = "matter", rename_all_fields = "camelCase")]
    reply enum MatterView {
        /// The database is not as it was left.
        DatabaseNoticed {
            /// What was noticed.
            message: String,
            /// What to do about it.
            remedy: String,
        },
        /// The keychain cannot be used, or is not the one of this installation.
        Keychain {
            /// What is wrong, and what to do.
            problem: UserError,
        },
        /// Secrets are gone from the keychain.
        SecretsGone {
            /// What is wrong, and what to do.
            problem: UserError,
        },
        /// The token service cannot run, or with former keys only.
        TokenService {
            /// What is wrong, and what to do.
            problem: UserError,
        },
        /// An approved connection failed its last test.
        ConnectionFails {
            /// Which one.
            connection: ConnectionNameView,
            /// What was found.
            finding: FindingView,
        },
        /// It is not known whether an approved connection works.
        NotKnown {
            /// Which one.
            connection: ConnectionNameView,
            /// Why not.
            doubt: DoubtView,
        },
        /// No approved connection reached its portal in its last test, all for the same reason.
        NoneReached {
            /// How many there are.
            count: u32,
            /// A hub.
            hub_id: String,
            /// What was found for the first.
            finding: FindingView,
        },
        /// The credentials that a hub holds for a connection end soon, or have ended.
        ConnectionEnds {
            /// Which one.
            connection: ConnectionNameView,
            /// What is left of them, in a few words.
            validity: String,
        },
        /// The current credentials of a portal end soon, or have ended, and no hub is connected with them.
        CredentialsEnd {
            /// The portal.
            portal_id: String,
            /// Its name.
            portal: String,
            /// What is left of them, in a few words.
            validity: String,
        },
        /// A hub still holds former credentials of a portal.
        NotApplied {
            /// The portal.
            portal_id: String,
            /// Its name.
            portal: String,
            /// The request that holds the former ones.
            connection: ConnectionNameView,
            /// Where it stands.
            state: RequestStateName,
        },
        /// Requests wait for a decision that the person may make.
        RequestsWait {
            /// The hub.
            hub_id: String,
            /// Its name.
            hub: String,
            /// How many.
            count: u32,
        },
        /// A replaced secret of a PingOne account goes within a day.
        FormerSecretEnds {
            /// The account.
            account_id: String,
            /// Its name.
            account: String,
            /// What the credentials are called.
            credential: String,
            /// When.
            until: DateTime<Utc>,
        },
    }

    /// A request and its hub.
    reply struct ConnectionNameView {
        /// The hub.
        pub hub_id: String,
        /// Its name.
        pub hub: String,
        /// The request.
        pub request_id: String,
        /// Its alias.
        pub alias: String,
        /// Whether it is local or in SAP.
        pub kind: KindName,
    }
}

impl From<Launchpad> for LaunchpadView {
    fn from(launchpad: Launchpad) -> Self {
        let Launchpad { portals, hubs, accounts, pending, attention } = launchpad;
        Self {
            portals: count(portals),
            hubs: count(hubs),
            accounts: count(accounts),
            pending: count(pending),
            ends_soon_days: Validity::ENDS_SOON_DAYS,
            attention: attention.into_iter().map(AttentionView::from).collect(),
        }
    }
}

impl From<Attention> for AttentionView {
    fn from(attention: Attention) -> Self {
        let Attention { urgency, matter } = attention;
        Self {
            urgency: match urgency {
                Urgency::Broken => UrgencyName::Broken,
                Urgency::Uncertain => UrgencyName::Uncertain,
                Urgency::EndsSoon => UrgencyName::EndsSoon,
                Urgency::Waits => UrgencyName::Waits,
            },
            matter: matter.into(),
        }
    }
}

impl From<Matter> for MatterView {
    fn from(matter: Matter) -> Self {
        match matter {
            Matter::DatabaseNoticed(notice) => {
                let message = notice.message();
                Self::DatabaseNoticed { message: message.to_string(), remedy: message.remedy().to_string() }
            }
            Matter::KeychainUnusable(error) => Self::Keychain { problem: error.into() },
            Matter::OtherKeychain(other) => Self::Keychain { problem: other.into() },
            Matter::SecretsGone { labels } => Self::SecretsGone { problem: describe_gone(&labels) },
            Matter::TokenServiceFails { message, remedy } => Self::TokenService {
                problem: describe_token_service(message!("matter-token-service", reason = message), remedy),
            },
            Matter::KeysNotRenewed { message, remedy } => Self::TokenService {
                problem: describe_token_service(message!("matter-keys-not-renewed", reason = message), remedy),
            },
            Matter::ConnectionFails { connection, finding } => {
                Self::ConnectionFails { connection: connection.into(), finding: finding.into() }
            }
            Matter::NotKnown { connection, doubt } => {
                Self::NotKnown { connection: connection.into(), doubt: doubt.into() }
            }
            Matter::NoneReached { count: connections, hub_id, finding, postponed: _ } => {
                Self::NoneReached { count: count(connections), hub_id: hub_id.to_string(), finding: finding.into() }
            }
            Matter::ConnectionEnds { connection, validity } => {
                Self::ConnectionEnds { connection: connection.into(), validity: validity.message().to_string() }
            }
            Matter::CredentialsEnd { portal, name, validity } => Self::CredentialsEnd {
                portal_id: portal.to_string(),
                portal: name,
                validity: validity.message().to_string(),
            },
            Matter::NotApplied { portal, name, connection, state } => Self::NotApplied {
                portal_id: portal.to_string(),
                portal: name,
                connection: connection.into(),
                state: state.into(),
            },
            Matter::FormerSecretEnds { account, name, credential, until } => {
                Self::FormerSecretEnds { account_id: account.to_string(), account: name, credential, until }
            }
            Matter::RequestsWait { hub, name, count: waiting } => {
                Self::RequestsWait { hub_id: hub.to_string(), hub: name, count: count(waiting) }
            }
        }
    }
}

impl MatterView {
    /// What is wrong with the installation itself; `None` for what is about a portal, a hub or an account.
    pub fn of_installation(self) -> Option<UserError> {
        match self {
            Self::Keychain { problem } | Self::SecretsGone { problem } | Self::TokenService { problem } => {
                Some(problem)
            }
            Self::DatabaseNoticed { .. }
            | Self::ConnectionFails { .. }
            | Self::NotKnown { .. }
            | Self::NoneReached { .. }
            | Self::ConnectionEnds { .. }
            | Self::CredentialsEnd { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::FormerSecretEnds { .. } => None,
        }
    }
}

fn describe_gone(labels: &[String]) -> UserError {
    /// A sentence, not a list.
    const NAMED: usize = 3;
    let named = labels.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let labels_text = match labels.len().saturating_sub(NAMED) {
        0 => named,
        more => message!("matter-secrets-gone-more", labels = named, count = more).to_string(),
    };
    let message = message!("matter-secrets-gone", count = labels.len(), labels = labels_text);
    UserError::of(ErrorCode::Failed, &message)
}

fn describe_token_service(message: Message, remedy: String) -> UserError {
    UserError::plain(ErrorCode::Failed, message, remedy)
}

impl From<ConnectionName> for ConnectionNameView {
    fn from(connection: ConnectionName) -> Self {
        let ConnectionName { hub_id, hub, request, alias, kind } = connection;
        Self { hub_id: hub_id.to_string(), hub, request_id: request.to_string(), alias, kind: kind.into() }
    }
}
