//! The start page.

use tauri::State;

use crate::{
    core::Core,
    wire::{LaunchpadView, UserError},
};

/// What there is, and what needs attention.
#[tauri::command]
pub async fn get_launchpad(core: State<'_, Core>) -> Result<LaunchpadView, UserError> {
    let token_service = core.token_service_status().seen();
    core.run(move |drawbridge| drawbridge.get_launchpad(&token_service)).await.map(LaunchpadView::from)
}
