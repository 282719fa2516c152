//! The hub as a client.
