//! On Windows the program belongs to no console, so that no black window opens beside its own.

/// Writes to the console of whoever started the program, where there is one. Elsewhere that is so anyway.
#[cfg(windows)]
#[expect(unsafe_code, reason = "Windows offers this as a plain function of C only")]
pub fn attach() {
    use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
    // SAFETY: it takes a number and touches no memory of ours. Where output is redirected, or there is no console, it
    // changes nothing.
    unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}

/// Everywhere else a program writes where it was told to.
#[cfg(not(windows))]
pub const fn attach() {}
