//! Drawbridge, the program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(target_os = "linux")]
use std::ffi::c_void;
use std::process::ExitCode;

/// In place of that of the C library.
///
/// # Safety
///
/// As there.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "a function of C")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(block: *mut c_void) {
    // SAFETY: the caller keeps the contract of this function.
    unsafe { drawbridge::c_library::free(block) }
}

/// In place of that of the C library.
///
/// # Safety
///
/// As there.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "a function of C")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn realloc(block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the caller keeps the contract of this function.
    unsafe { drawbridge::c_library::realloc(block, size) }
}

#[cfg(not(target_os = "linux"))]
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
