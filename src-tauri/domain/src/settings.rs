//! *Settings*.

mod page;
mod settings;

pub use page::{ProxyChange, ServerAuthority, SettingsPage, TokenServiceChange};
pub use settings::{ProxyChoice, ProxyUrl, Settings};
