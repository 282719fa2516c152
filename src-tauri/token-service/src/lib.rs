//! The OAuth 2.0 token service and the portal API: what honours the credentials that this installation generates.
//!
//! It asks the domain ([`domain::token_service::ClientRegistry`]) who may have tokens, and decides nothing of that itself. It must not
//! store anything, log a secret, a token, a header or a body, or rely on a process-wide cryptography provider.
//!
//! - `service`: start, stop, status, new keys; this is all that the crate exports.
//! - `listening`, `connection`, `peer`, `activity`: sockets, TLS hand-shakes, HTTP/1.1 and the time limits of both. `tls` makes
//!   their settings from the keys.
//! - `shared`: what all connections and requests share, first of all the keys.
//! - `routes`: which path is answered by what: `token_endpoint` (RFC 6749, RFC 8705), `discovery` (RFC 8414) and
//!   `portal_api` (RFC 6750). `listener` finds the portal that a path names, `common_answer` is what all of them answer alike.
//! - `token_request`, `basic`, `form_encoding`: what a token request says. `authentication`: whether it is true;
//!   `slowdown` and `slow_verification` make guessing expensive.
//! - `access_token`: the tokens (RFC 9068).

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access_token;
mod activity;
mod authentication;
mod basic;
mod common_answer;
mod connection;
mod discovery;
mod form_encoding;
mod listener;
mod listening;
mod peer;
mod place;
mod portal_api;
#[cfg(test)]
#[path = "../tests/registry/mod.rs"]
#[allow(dead_code, reason = "the tests in `tests` use the rest")]
mod registry;
mod routes;
mod service;
mod shared;
mod slow_verification;
mod slowdown;
mod source;
mod start_error;
mod tls;
mod token_endpoint;
mod token_error;
mod token_request;

pub use service::{ServiceStatus, TokenService};
pub use start_error::{StartError, UnusableKey};
