//! The token service over real TLS connections.

#![allow(clippy::unwrap_used)]

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
mod start_and_stop;
mod world;
