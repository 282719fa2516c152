//! What the screens can ask for. Each command converts, calls the domain, converts back.

mod activity;
mod apis;
mod changes;
mod connections;
mod documents;
mod exports;
mod hubs;
mod launchpad;
mod people;
mod pingone;
mod portals;
mod requests;
mod runs;
mod save_dialog;
mod service_instances;
mod settings;
#[cfg(test)]
mod typescript;

pub use changes::Followers;
pub use documents::DropTarget;
use domain::messages::message;
pub use runs::Runs;
use tauri::{Wry, ipc::Invoke};
use uuid::Uuid;
use views::UserError;

/// The name of the keychain on this operating system, as people know it.
fn keychain_name() -> &'static str {
    if cfg!(target_os = "macos") {
        message!("keychain-name-macos").text()
    } else if cfg!(target_os = "windows") {
        message!("keychain-name-windows").text()
    } else {
        message!("keychain-name-linux").text()
    }
}

macro_rules! commands {
    ($($module:ident::$name:ident),* $(,)?) => { tauri::generate_handler![$($module::$name),*] };
}

/// Every command by its name.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    include!("commands/list.rs")
}

/// Reads an id that a screen sends back.
fn parse_id<T>(text: &str, id: impl FnOnce(Uuid) -> T) -> Result<T, UserError> {
    Uuid::parse_str(text).map(id).map_err(|_| UserError::unknown_id())
}
