//! Drawbridge, the program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: drawbridge::WipingAllocator = drawbridge::WipingAllocator;

fn main() -> ExitCode {
    #[cfg(not(feature = "automation"))]
    refuse_automation();
    drawbridge::run()
}

/// Removes what would let another program drive the window, and with it read what it shows.
#[cfg(not(feature = "automation"))]
#[expect(unsafe_code, reason = "removing a variable is unsafe once other threads may read the environment")]
fn refuse_automation() {
    for variable in [
        "TAURI_AUTOMATION",
        "TAURI_WEBVIEW_AUTOMATION",
        "WEBKIT_INSPECTOR_SERVER",
        "WEBKIT_INSPECTOR_HTTP_SERVER",
        "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    ] {
        // SAFETY: this is the first thing the program does; it has no other thread yet.
        unsafe { std::env::remove_var(variable) };
    }
}
