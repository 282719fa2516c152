//! That something has changed, and what.

use std::collections::BTreeSet;

use domain::area::Area;

use crate::declare::wire;

wire! {
    /// What the window is told of without asking.
    #[serde(tag = "change", rename_all_fields = "camelCase")]
    reply enum ChangeView {
        /// Of the data.
        Data {
            /// The parts that are others now; `null` if another process made it, and it may be all of them.
            areas: Option<Vec<AreaName>>,
        },
        /// Of the keychain.
        Keychain {
            /// A call waits, perhaps for the password; false when it has ended.
            waits: bool,
        },
    }

    /// A part of the data.
    reply enum AreaName {
        /// People, their roles, and who uses the installation now.
        People,
        /// Portals with their credentials, service instances and APIs.
        Portals,
        /// Hubs.
        Hubs,
        /// Connection requests.
        Requests,
        /// What is known about connections, and the APIs that came through them.
        Health,
        /// PingOne accounts and their credentials.
        PingOne,
        /// Which secrets there are, and by what the keychain is known.
        Keychain,
        /// Settings, and the keys and authorities of the token service.
        Settings,
        /// The activity list.
        Activity,
    }
}

impl From<Option<&BTreeSet<Area>>> for ChangeView {
    fn from(areas: Option<&BTreeSet<Area>>) -> Self {
        Self::Data { areas: areas.map(|areas| areas.iter().copied().map(AreaName::from).collect()) }
    }
}

impl From<Area> for AreaName {
    fn from(area: Area) -> Self {
        match area {
            Area::People => Self::People,
            Area::Portals => Self::Portals,
            Area::Hubs => Self::Hubs,
            Area::Requests => Self::Requests,
            Area::Health => Self::Health,
            Area::PingOne => Self::PingOne,
            Area::Keychain => Self::Keychain,
            Area::Settings => Self::Settings,
            Area::Activity => Self::Activity,
        }
    }
}
