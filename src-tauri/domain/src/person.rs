//! The people who use the installation, and what each of them may do.

mod actor;
mod people;
mod permission;
mod person;
mod role;

pub use actor::Actor;
pub use people::Session;
pub use person::{Person, role_request};
pub use role::{Action, Role, RoleError};
