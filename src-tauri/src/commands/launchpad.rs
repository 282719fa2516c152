//! The start page.

use tauri::State;

use crate::{
    core::Core,
    wire::{LaunchpadView, UserError},
};

/// What there is, and what needs attention.
#[tauri::command]
pub async fn get_launchpad(core: State<'_, Core>) -> Result<LaunchpadView, UserError> {
    core.run(|drawbridge| drawbridge.get_launchpad()).await.map(LaunchpadView::from)
}
