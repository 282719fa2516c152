//! The world outside the domain as small working variants in memory, which fail where a test says so.
//!
//! Only for tests, but for those of every crate: each port has one fake, and it is here. Nothing in the product depends
//! on this crate. The files that need no other crate than `domain` are compiled once more into the unit tests of
//! `domain`; otherwise those would see two builds of `domain`.

#![allow(missing_docs, reason = "the tests that call them say what they do")]

mod clock;
mod connector;
pub mod contract;
mod elsewhere;
mod entropy;
mod faults;
mod issuer;
mod keychain;
mod outlet;
mod overlay;
mod repository;
pub mod samples;
mod seeding;
mod watcher;
mod world;

pub use clock::SettableClock;
pub use connector::{ConnectorCall, InMemoryConnector};
pub use elsewhere::{Leaf, certificate_document, secret_document, with_members};
pub use entropy::{RepeatableEntropy, SystemEntropy};
pub use faults::{Effect, Fault, Faults};
pub use issuer::QuickIssuer;
pub use keychain::{InMemoryKeychain, KeychainCall};
pub use outlet::Capture;
pub use overlay::{Overlaid, Overlay};
pub use repository::{InMemoryRepository, Tables};
pub use seeding::seed;
pub use watcher::Watcher;
pub use world::{Installation, World, world};
