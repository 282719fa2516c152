//! The world outside the domain as small working variants in memory, which fail where a test says so.

mod clock;
mod connector;
mod elsewhere;
mod entropy;
mod faults;
mod issuer;
mod keychain;
mod outlet;
mod repository;
mod watcher;
mod world;

pub use clock::SettableClock;
pub use connector::InMemoryConnector;
pub use elsewhere::{Leaf, certificate_document, secret_document, with_members};
pub use entropy::RepeatableEntropy;
pub use faults::{Effect, Fault, Faults};
pub use issuer::QuickIssuer;
pub use keychain::{InMemoryKeychain, KeychainCall};
pub use outlet::Capture;
pub use repository::{InMemoryRepository, Tables};
pub use watcher::Watcher;
pub use world::{Installation, World, world};
