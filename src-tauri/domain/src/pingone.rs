//! PingOne accounts and their Connection API Credentials.

mod account;
mod accounts;
mod credential;
mod credentials;
mod former_secrets;
mod handing_out;
mod problem;
mod records;

pub use account::{AccountKind, PingOneAccount};
pub use accounts::{AccountPage, AccountSummary};
pub use credential::{ConnectionApiCredential, FormerSecret};
pub use credentials::{ConnectionCredentialOverview, SecretReplacement};
pub use problem::PingOneProblem;

pub(crate) use credential::Over;
pub(crate) use credentials::must_have_room;
