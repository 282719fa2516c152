//! Embeds the Tauri configuration, capabilities and icons.

use tauri_build::{AppManifest, Attributes};

/// The app's own commands. Each of them needs a permission, which the capability of the window lists.
const COMMANDS: &[&str] = &[
    "get_session",
    "create_first_person",
    "add_person",
    "change_person",
    "switch_person",
    "check_keychain",
    "list_portals",
    "create_portal",
    "delete_portal",
    "get_portal_connection",
    "connect_own_hub",
    "generate_credentials",
    "regenerate_credentials",
    "retire_credential",
    "copy_credentials",
    "add_external_portal",
    "import_credentials",
    "set_lifetime",
    "list_exportable",
    "list_export_formats",
    "preview_export",
    "export_credentials",
    "list_hubs",
    "create_hub",
    "delete_hub",
    "get_hub_page",
    "set_four_eyes",
    "list_requests",
    "get_request",
    "inspect_document",
    "submit_request",
    "edit_credentials",
    "approve_request",
    "reject_request",
    "reestablish_connection",
    "list_service_instances",
    "create_service_instance",
    "create_service_key",
    "delete_service_instance",
    "list_apis",
    "import_api",
    "remove_api",
    "get_connection",
    "list_destinations",
    "delete_destination",
    "test_connection",
    "cancel_run",
    "paste_document",
    "open_document",
    "release_document",
    "follow_drops",
    "get_settings",
    "change_token_service",
    "start_token_service",
    "change_check_interval",
    "export_authority",
    "follow_changes",
    "list_activity",
];

fn main() {
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes).expect("tauri-build reads tauri.conf.json, the capabilities and the icons");
}
