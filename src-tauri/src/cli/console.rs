//! On Windows the program has no console of its own, so that no black window opens beside the app's window.

/// Writes to the console from which the program was started, if there is one. On other systems this is always so.
#[cfg(windows)]
#[expect(unsafe_code, reason = "Windows offers this as a plain function of C only")]
pub fn attach() {
    use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
    // SAFETY: it takes a number and touches no memory of ours. Where output is redirected, or there is no console, it
    // changes nothing.
    unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}

/// On every other system a program writes to the given streams.
#[cfg(not(windows))]
pub const fn attach() {}
