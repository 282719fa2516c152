//! The hub as a client: gets an access token by client secret or by certificate, fetches the portal's APIs with it, and
//! says at which stage it fails and why.
//!
//! It is a client of any OAuth 2.0 server (RFC 6749, RFC 8705) and knows no particular one. It follows no redirects. It
//! sends credentials over https only, through the proxy if there is one. It never logs or reports what it sends, and of
//! what a server answers only a cleaned line about a failure.

mod answer;
mod coding;
mod endpoint;
mod error_chain;
mod exchange;
mod http_connector;
mod network;
mod portal_api;
mod product;
mod proxy;
mod redaction;
mod stream;
mod tls;
mod token;
mod wiped;

pub use http_connector::HttpConnector;
