//! What a change is about, in parts of the data: a page reloads only when a part that it shows has changed.

use crate::ports::{Change, LocalChange, SharedChange};

/// A part of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
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

impl Change {
    /// The parts of the data that are others after this change.
    pub const fn areas(&self) -> &'static [Area] {
        match self {
            Self::Local(change) => change.areas(),
            Self::Shared(change) => change.areas(),
        }
    }
}

impl LocalChange {
    const fn areas(&self) -> &'static [Area] {
        match self {
            Self::SetCurrentPerson(_) => &[Area::People],
            Self::PutAuthority(_) | Self::PutTokenServiceIdentity(_) | Self::PutSettings(_) => &[Area::Settings],
            // No page shows it.
            Self::PutSeenTime(_) => &[],
            Self::PutSecretItem(_)
            | Self::RemoveSecretItem(_)
            | Self::PutKeychainWitness(_)
            | Self::GiveUpSecrets(_) => &[Area::Keychain],
        }
    }
}

impl SharedChange {
    const fn areas(&self) -> &'static [Area] {
        match self {
            Self::PutPerson(_) | Self::RemovePerson(_) => &[Area::People],
            Self::PutPortal(_)
            | Self::PutCredential(_)
            | Self::PutServiceInstance(_)
            | Self::PutApiProxy(_)
            | Self::RemoveApiProxy(_) => &[Area::Portals],
            // Its requests lose the reference.
            Self::RemovePortal(_) => &[Area::Portals, Area::Requests],
            Self::PutHub(_) => &[Area::Hubs],
            Self::RemoveHub(_) => &[Area::Hubs, Area::Requests, Area::Health],
            Self::PutRequest(_) => &[Area::Requests],
            Self::RemoveRequest(_) => &[Area::Requests, Area::Health],
            Self::PutHealth(_) | Self::PutFetchedApis(..) => &[Area::Health],
            Self::PutAccount(_)
            | Self::RemoveAccount(_)
            | Self::PutConnectionCredential(_)
            | Self::RemoveConnectionCredential(_) => &[Area::PingOne],
            Self::Record(_) => &[Area::Activity],
        }
    }
}
