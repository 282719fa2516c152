//! The rules of Drawbridge: portals, credentials, hubs, connection requests, and who may do what with them.
//!
//! One folder for each concept, and in each folder what the concept is, its rules, and the operations on it. An operation is
//! reached through [`Drawbridge`]: `drawbridge.portals().create(…)`.
//!
//! This crate knows no window, no database, no keychain and no network, and it has neither a clock nor randomness of its
//! own: they come in through the ports of [`ports`], [`pki`] and [`connection_check`]. Documents are read and written by the
//! crate [`documents`], which does no I/O either.

#![expect(
    clippy::module_inception,
    reason = "the type of a concept stands in a file of its name, beside the others of its folder"
)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

// The fakes name this crate as any other does.
#[cfg(test)]
extern crate self as domain;

/// Those of the crate `fakes` that need no other crate. Its own build of them knows another build of this crate, so unit
/// tests compile them here.
#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "other tests use all of it")]
#[path = "../../fakes/src"]
mod fakes {
    pub mod clock;
    pub mod connector;
    pub mod entropy;
    pub mod faults;
    pub mod keychain;
    pub mod repository;
}

pub mod activity;
pub mod area;
pub mod connection;
pub mod connection_check;
pub mod credential;
pub mod document;
mod drawbridge;
pub mod hub;
pub mod id;
pub mod input;
pub mod keychain;
pub mod kind;
pub mod operation;
pub mod overview;
pub mod person;
pub mod pingone;
pub mod pki;
pub mod portal;
pub mod ports;
pub mod recognition;
pub mod refusal;
pub mod settings;
pub mod time;
pub mod token_service;
pub mod vocabulary;

pub use documents;
pub use messages;

pub use drawbridge::{Drawbridge, Ports};
