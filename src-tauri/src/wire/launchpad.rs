//! The start page.

use chrono::{DateTime, Utc};
use domain::{Attention, ConnectionName, Launchpad, Matter, Urgency};

use super::{FindingView, RequestStateName, credential::days, hub::count, wire};

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
        /// From how many days before their end credentials need attention.
        pub ends_soon_days: i32,
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
        /// Something stops working soon.
        EndsSoon,
        /// Something waits for somebody.
        Waits,
    }

    /// What needs attention.
    #[serde(tag = "matter", rename_all_fields = "camelCase")]
    reply enum MatterView {
        /// An approved connection failed its last test.
        ConnectionFails {
            /// Which one.
            connection: ConnectionNameView,
            /// What was found.
            finding: FindingView,
        },
        /// Every approved connection failed its last test on the way to its portal, in the same manner.
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
            /// Whole days until then.
            days_left: i32,
        },
        /// The current credentials of a portal, by which no hub is connected, end soon, or have ended.
        CredentialsEnd {
            /// The portal.
            portal_id: String,
            /// Its name.
            portal: String,
            /// Whole days until then.
            days_left: i32,
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
            ends_soon_days: days(Launchpad::ENDS_SOON_DAYS),
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
            Matter::ConnectionFails { connection, finding } => {
                Self::ConnectionFails { connection: connection.into(), finding: finding.into() }
            }
            Matter::NoneReached { count: connections, hub_id, finding } => {
                Self::NoneReached { count: count(connections), hub_id: hub_id.to_string(), finding: finding.into() }
            }
            Matter::ConnectionEnds { connection, days_left } => {
                Self::ConnectionEnds { connection: connection.into(), days_left: days(days_left) }
            }
            Matter::CredentialsEnd { portal, name, days_left } => {
                Self::CredentialsEnd { portal_id: portal.to_string(), portal: name, days_left: days(days_left) }
            }
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

impl From<ConnectionName> for ConnectionNameView {
    fn from(connection: ConnectionName) -> Self {
        let ConnectionName { hub_id, hub, request, alias } = connection;
        Self { hub_id: hub_id.to_string(), hub, request_id: request.to_string(), alias }
    }
}
