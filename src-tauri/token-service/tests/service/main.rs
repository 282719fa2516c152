//! The token service over real TLS connections.

#![allow(clippy::unwrap_used)]

mod at_the_host;
mod by_certificate;
mod by_secret;
mod client;
mod discovery;
mod leaks;
mod limits;
mod portal_api;
mod refusals;
#[path = "../registry/mod.rs"]
mod registry;
mod slowdown;
mod spellings;
mod start_and_stop;
mod world;
