//! The start page.

use chrono::{DateTime, Utc};
use domain::{
    credential::Validity,
    messages::{Language, Message, message},
    overview::{Attention, ConnectionName, Launchpad, Matter, PendingDecision, Renewal, Urgency},
    refusal::Failure,
};

use crate::{
    DoubtView, ErrorCode, FindingView, IntoView, KindName, Permit, RequestStateName, Trouble, UserError, View,
    declare::wire, numbers::count,
};

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
        /// How many connections there are.
        pub connections: u32,
        /// Whether the person may create and track portals.
        pub may_create: Permit,
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
            /// Whether the portal has newer ones, which the hub has to be given.
            renewal: RenewalName,
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
        /// Former credentials of a portal in SAP end soon, or have ended, and no connection is known that uses them or not.
        FormerCredentialsEnd {
            /// The portal.
            portal_id: String,
            /// Its name.
            portal: String,
            /// Their client id.
            client_id: String,
            /// What is left of them, in a few words.
            validity: String,
        },
        /// The person may not see the credentials of portals.
        CredentialsNotVisible {
            /// How many portals there are.
            portals: u32,
            /// What the person lacks, and what to do.
            problem: UserError,
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
            /// What can be decided about them.
            decision: PendingDecisionName,
        },
        /// A request that the person submitted was rejected, and nothing has taken its place.
        RequestRejected {
            /// Which one.
            connection: ConnectionNameView,
            /// Why.
            reason: String,
            /// Whether its hub is local or in SAP.
            kind: KindName,
        },
        /// Secrets of a PingOne account wait for the client id that PingOne shows.
        ClientIdsMissing {
            /// The account.
            account_id: String,
            /// Its name.
            account: String,
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

    /// Whether a portal has credentials that last longer than those that end.
    reply enum RenewalName {
        /// It has.
        There,
        /// It has not.
        Missing,
        /// The person may not see the credentials of portals.
        NotVisible,
    }

    /// What can be decided about the pending requests of a hub.
    reply enum PendingDecisionName {
        /// They can be approved and rejected.
        Any,
        /// They can only be rejected: the hub is full.
        RejectOnly,
        /// They are decided in SAP.
        InSap,
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

impl View<Launchpad> for LaunchpadView {
    fn of(launchpad: Launchpad, language: Language) -> Self {
        let Launchpad { portals, hubs, accounts, pending, connections, may_create, attention } = launchpad;
        Self {
            portals: count(portals),
            hubs: count(hubs),
            accounts: count(accounts),
            pending: count(pending),
            connections: count(connections),
            may_create: may_create.into_view(language),
            ends_soon_days: Validity::ENDS_SOON_DAYS,
            attention: attention.into_view(language),
        }
    }
}

impl View<Attention> for AttentionView {
    fn of(attention: Attention, language: Language) -> Self {
        let Attention { urgency, matter } = attention;
        Self {
            urgency: match urgency {
                Urgency::Broken => UrgencyName::Broken,
                Urgency::Uncertain => UrgencyName::Uncertain,
                Urgency::EndsSoon => UrgencyName::EndsSoon,
                Urgency::Waits => UrgencyName::Waits,
            },
            matter: matter.into_view(language),
        }
    }
}

impl View<Matter> for MatterView {
    fn of(matter: Matter, language: Language) -> Self {
        match matter {
            Matter::DatabaseNoticed(notice) => {
                let message = notice.message();
                Self::DatabaseNoticed { message: message.render(language), remedy: message.remedy().render(language) }
            }
            Matter::KeychainUnusable(error) => Self::Keychain { problem: error.into_view(language) },
            Matter::OtherKeychain(other) => Self::Keychain { problem: other.into_view(language) },
            Matter::SecretsGone { labels } => Self::SecretsGone { problem: describe_gone(&labels, language) },
            Matter::TokenServiceFails { message, remedy } => Self::TokenService {
                problem: describe_token_service(message!("matter-token-service", reason = message), remedy, language),
            },
            Matter::KeysNotRenewed { message, remedy } => Self::TokenService {
                problem: describe_token_service(
                    message!("matter-keys-not-renewed", reason = message),
                    remedy,
                    language,
                ),
            },
            Matter::ConnectionFails { connection, finding } => {
                Self::ConnectionFails { connection: connection.into(), finding: finding.into_view(language) }
            }
            Matter::NotKnown { connection, doubt } => {
                Self::NotKnown { connection: connection.into(), doubt: doubt.into_view(language) }
            }
            Matter::NoneReached { count: connections, hub_id, finding, postponed: _ } => Self::NoneReached {
                count: count(connections),
                hub_id: hub_id.to_string(),
                finding: finding.into_view(language),
            },
            Matter::ConnectionEnds { connection, validity, renewal } => Self::ConnectionEnds {
                connection: connection.into(),
                validity: validity.message().render(language),
                renewal: match renewal {
                    Renewal::There => RenewalName::There,
                    Renewal::Missing => RenewalName::Missing,
                    Renewal::NotVisible => RenewalName::NotVisible,
                },
            },
            Matter::CredentialsEnd { portal, name, validity } => Self::CredentialsEnd {
                portal_id: portal.to_string(),
                portal: name,
                validity: validity.message().render(language),
            },
            Matter::FormerCredentialsEnd { portal, name, client_id, validity } => Self::FormerCredentialsEnd {
                portal_id: portal.to_string(),
                portal: name,
                client_id,
                validity: validity.message().render(language),
            },
            Matter::CredentialsNotVisible { portals, refusal } => Self::CredentialsNotVisible {
                portals: count(portals),
                problem: Failure::from(refusal).into_view(language),
            },
            Matter::NotApplied { portal, name, connection, state } => Self::NotApplied {
                portal_id: portal.to_string(),
                portal: name,
                connection: connection.into(),
                state: state.into(),
            },
            Matter::ClientIdsMissing { account, name, count: missing } => {
                Self::ClientIdsMissing { account_id: account.to_string(), account: name, count: count(missing) }
            }
            Matter::FormerSecretEnds { account, name, credential, until } => Self::FormerSecretEnds {
                account_id: account.to_string(),
                account: name,
                credential: credential.render(language),
                until,
            },
            Matter::RequestsWait { hub, name, count: waiting, decision } => Self::RequestsWait {
                hub_id: hub.to_string(),
                hub: name,
                count: count(waiting),
                decision: match decision {
                    PendingDecision::Any => PendingDecisionName::Any,
                    PendingDecision::RejectOnly => PendingDecisionName::RejectOnly,
                    PendingDecision::InSap => PendingDecisionName::InSap,
                },
            },
            Matter::RequestRejected { connection, reason, kind } => {
                Self::RequestRejected { connection: connection.into(), reason, kind: kind.into() }
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
            | Self::FormerCredentialsEnd { .. }
            | Self::CredentialsNotVisible { .. }
            | Self::NotApplied { .. }
            | Self::RequestsWait { .. }
            | Self::RequestRejected { .. }
            | Self::ClientIdsMissing { .. }
            | Self::FormerSecretEnds { .. } => None,
        }
    }
}

fn describe_gone(labels: &[String], language: Language) -> UserError {
    /// A sentence, not a list.
    const NAMED: usize = 3;
    let named = labels.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let labels_text = match labels.len().saturating_sub(NAMED) {
        0 => named.into(),
        more => message!("matter-secrets-gone-more", labels = named, count = more),
    };
    let message = message!("matter-secrets-gone", count = labels.len(), labels = labels_text);
    Trouble::of(ErrorCode::Failed, &message).into_view(language)
}

fn describe_token_service(message: Message, remedy: Message, language: Language) -> UserError {
    Trouble::plain(ErrorCode::Failed, message, remedy).into_view(language)
}

impl From<ConnectionName> for ConnectionNameView {
    fn from(connection: ConnectionName) -> Self {
        let ConnectionName { hub_id, hub, request, alias, kind } = connection;
        Self { hub_id: hub_id.to_string(), hub, request_id: request.to_string(), alias, kind: kind.into() }
    }
}
