//! The keychain, and what taking another one over means.

use domain::{
    keychain::{KeychainStanding, OtherKeychain, TakeOver},
    messages::Language,
    overview::ConnectionName,
};

use crate::{IntoView, UserError, declare::wire, numbers::count};

wire! {
    /// In which condition the keychain is.
    reply struct KeychainView {
        /// What it is called on this operating system.
        pub name: String,
        /// Whether it can be used now.
        pub available: bool,
        /// Why not; `null` if it can.
        pub problem: Option<UserError>,
        /// What taking it over means, where it is not the keychain of this installation.
        pub take_over: Option<TakeOverView>,
    }

    /// What is lost when this keychain is used instead of the former one.
    reply struct TakeOverView {
        /// Whether it holds the secrets of another installation, and this one begins.
        pub beside: bool,
        /// What has to be typed: how many secrets are missing, or are another installation's.
        pub number: u32,
        /// Portals whose credentials are lost.
        pub portals: Vec<String>,
        /// Hubs that lose their copy, with the alias of the connection or request.
        pub connections: Vec<String>,
        /// PingOne accounts whose secrets are lost.
        pub accounts: Vec<String>,
        /// Whether the token service gets other keys.
        pub token_service: bool,
    }
}

impl KeychainView {
    /// The keychain as it was last seen. `take_over` is given where it is not the one of this installation.
    pub fn new(name: &str, standing: KeychainStanding, take_over: Option<TakeOver>, language: Language) -> Self {
        let problem = match standing {
            KeychainStanding::Known { .. } | KeychainStanding::New => None,
            KeychainStanding::Other(other) => Some(other.into_view(language)),
            KeychainStanding::Unavailable(error) => Some(error.into_view(language)),
        };
        Self {
            name: name.to_owned(),
            available: problem.is_none(),
            problem,
            take_over: take_over.map(TakeOverView::from),
        }
    }
}

impl From<TakeOver> for TakeOverView {
    fn from(take_over: TakeOver) -> Self {
        let TakeOver { other, portals, connections, accounts, token_service } = take_over;
        Self {
            beside: matches!(other, OtherKeychain::Foreign { .. }),
            number: count(other.number()),
            portals,
            connections: connections
                .into_iter()
                .map(|ConnectionName { hub, alias, .. }| format!("{hub} – {alias}"))
                .collect(),
            accounts: accounts.into_iter().map(|(account, _)| account).collect(),
            token_service,
        }
    }
}
