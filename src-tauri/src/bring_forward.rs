//! Brings the window to the person.

use tauri::WebviewWindow;
use tracing::warn;

/// Shows a window that may be minimized or behind others, and gives it the keyboard.
pub fn bring_forward(window: &WebviewWindow) {
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        warn!(%error, "the window cannot be brought forward");
    }
}
