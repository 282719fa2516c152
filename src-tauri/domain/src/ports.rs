//! What the domain needs from outside: database, keychain, clock, randomness.

mod clock;
mod outlet;
mod repository;
mod repository_error;
mod secret_store;

pub use clock::{Clock, Entropy};
pub use outlet::{HandOverFailure, Outlet, OutletError};
pub use repository::{
    Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, DatabaseNotice, Hubs,
    LocalChange, People, Portals, Repository, RepositoryReader, RequestCounts, RequestPage, RequestQuery, RequestRow,
    RequestSort, Requests, Secrets, SharedChange, ThisMachine,
};
pub use repository_error::RepositoryError;
pub use secret_store::{SecretStore, SecretStoreError};

pub(crate) use clock::{generate_random_uuid, generate_uuid};
