//! What the screens can ask for. Each command converts, calls the domain, converts back.

mod activity;
mod apis;
mod changes;
mod closing;
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
mod shared;
#[cfg(test)]
mod typescript;

pub use changes::Followers;
pub use closing::Closing;
pub use documents::DropTarget;
pub use runs::Runs;
use tauri::{Wry, ipc::Invoke};

macro_rules! commands {
    ($($module:ident::$name:ident),* $(,)?) => { tauri::generate_handler![$($module::$name),*] };
}

/// Every command by its name.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    include!("commands/list.rs")
}
