//! The token service over real TLS connections.

#![allow(clippy::unwrap_used)]

mod at_the_host;
mod by_certificate;
mod by_secret;
mod client;
mod discovery;
#[path = "../fakes/mod.rs"]
mod fakes;
mod leaks;
mod limits;
mod portal_api;
mod refusals;
mod slowdown;
mod spellings;
mod start_and_stop;
mod world;
