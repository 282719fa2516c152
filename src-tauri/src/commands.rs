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

pub use changes::Followers;
pub use documents::DropTarget;
use domain::messages::message;
pub use runs::Runs;
use tauri::{Wry, ipc::Invoke};
use uuid::Uuid;

use crate::wire::UserError;

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

/// Every command by its name.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        people::get_session,
        people::create_first_person,
        people::add_person,
        people::change_person,
        people::switch_person,
        people::check_keychain,
        people::take_over_keychain,
        launchpad::get_launchpad,
        portals::list_portals,
        portals::create_portal,
        portals::delete_portal,
        portals::get_portal_connection,
        portals::set_portal_vocabulary,
        portals::connect_own_hub,
        portals::generate_credentials,
        portals::regenerate_credentials,
        portals::retire_credential,
        portals::copy_credentials,
        portals::add_external_portal,
        portals::import_credentials,
        portals::set_lifetime,
        exports::list_exportable,
        exports::list_export_formats,
        exports::preview_export,
        exports::export_credentials,
        hubs::list_hubs,
        hubs::create_hub,
        hubs::delete_hub,
        hubs::get_hub_page,
        hubs::set_four_eyes,
        hubs::set_hub_vocabulary,
        requests::list_requests,
        requests::get_request,
        requests::submit_request,
        requests::edit_credentials,
        requests::approve_request,
        requests::reject_request,
        requests::reestablish_connection,
        service_instances::list_service_instances,
        service_instances::create_service_instance,
        service_instances::create_service_key,
        service_instances::delete_service_instance,
        apis::list_apis,
        apis::import_api,
        apis::remove_api,
        connections::get_connection,
        connections::list_destinations,
        connections::delete_destination,
        connections::test_connection,
        runs::cancel_run,
        documents::inspect_document,
        documents::paste_document,
        documents::open_document,
        documents::release_document,
        documents::follow_drops,
        pingone::list_pingone_accounts,
        pingone::create_pingone_account,
        pingone::rename_pingone_account,
        pingone::remove_pingone_account,
        pingone::get_pingone_account,
        pingone::add_connection_credential,
        pingone::edit_connection_credential,
        pingone::undo_secret_replacement,
        pingone::drop_former_secret,
        pingone::judge_client_secret,
        pingone::reveal_client_secret,
        pingone::copy_client_secret,
        pingone::preview_connection_export,
        pingone::export_connection_credential,
        settings::get_settings,
        settings::change_token_service,
        settings::start_token_service,
        settings::change_check_interval,
        settings::change_asking,
        settings::change_proxy,
        settings::export_authority,
        settings::take_over_authority,
        settings::set_language,
        changes::follow_changes,
        activity::list_activity,
    ]
}

/// Reads an id that a screen sends back.
fn parse_id<T>(text: &str, id: impl FnOnce(Uuid) -> T) -> Result<T, UserError> {
    Uuid::parse_str(text).map(id).map_err(|_| UserError::unknown_id())
}
