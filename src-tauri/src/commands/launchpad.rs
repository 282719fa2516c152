//! The start page.

use tauri::State;
use views::{LaunchpadView, UserError};

use crate::core::Core;

/// What there is, and what needs attention.
#[tauri::command]
pub async fn get_launchpad(core: State<'_, Core>) -> Result<LaunchpadView, UserError> {
    let token_service = core.token_service_seen();
    let launchpad = core.run(move |drawbridge| drawbridge.overview().get_launchpad(&token_service)).await;
    // The page asks again in a moment, and must not show a keychain as usable that was locked meanwhile.
    core.look_at_keychain_soon();
    launchpad.map(core.view())
}
