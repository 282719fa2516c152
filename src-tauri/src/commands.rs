//! What the screens can ask for. Each command converts, calls the domain, converts back.

mod activity;
mod hubs;
mod people;
mod portals;
mod requests;

use tauri::{Wry, ipc::Invoke};
use uuid::Uuid;

use crate::wire::UserError;

/// The name of the keychain on this operating system, as people know it.
#[cfg(target_os = "linux")]
const KEYCHAIN_NAME: &str = "system keychain (Secret Service)";
#[cfg(target_os = "macos")]
const KEYCHAIN_NAME: &str = "macOS Keychain";
#[cfg(target_os = "windows")]
const KEYCHAIN_NAME: &str = "Windows Credential Manager";

/// Every command by its name.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        people::get_session,
        people::create_first_person,
        people::add_person,
        people::change_person,
        people::switch_person,
        people::check_keychain,
        portals::list_portals,
        portals::create_portal,
        portals::delete_portal,
        portals::get_portal_connection,
        portals::connect_own_hub,
        portals::generate_credentials,
        portals::regenerate_credentials,
        portals::retire_credential,
        portals::copy_credentials,
        portals::export_credentials,
        hubs::list_hubs,
        hubs::create_hub,
        hubs::delete_hub,
        hubs::get_hub_page,
        hubs::set_four_eyes,
        requests::list_requests,
        requests::get_request,
        requests::inspect_document,
        requests::submit_request,
        requests::edit_credentials,
        requests::approve_request,
        requests::reject_request,
        requests::reestablish_connection,
        activity::list_activity,
    ]
}

/// Reads an id that a screen sends back.
fn parse_id<T>(text: &str, id: impl FnOnce(Uuid) -> T) -> Result<T, UserError> {
    Uuid::parse_str(text).map(id).map_err(|_| UserError::unknown_id())
}
