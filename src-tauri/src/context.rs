//! The configuration of the app, as the build has read it.

use tauri::{Context, Wry};

/// What `tauri.conf.json` says. Nothing of a window is touched before the app is built with it.
pub fn context() -> Context<Wry> {
    tauri::generate_context!()
}
