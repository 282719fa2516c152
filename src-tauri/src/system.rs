//! What the app needs of this machine: time, randomness, private folders, no traces in crashes.

use std::{fs, io, path::Path};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, FixedOffset, Utc};
use domain::{
    messages::set_zone,
    ports::{Clock, Entropy},
};
use jiff::{Timestamp, tz::TimeZone};

/// The clock of this machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// AWS-LC's generator, seeded by the operating system.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness no secret would be safe: stopping is the only answer.
        SystemRandom::new().fill(buffer).expect("the operating system gives random bytes");
    }
}

/// From now on days and times are shown by this user's clock, as on the screens. JSON stays in UTC.
pub fn tell_local_time() {
    set_zone(|at| {
        let offset = Timestamp::from_second(at.timestamp()).map(|at| TimeZone::system().to_offset(at).seconds());
        let offset = offset.ok().and_then(FixedOffset::east_opt);
        offset.map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
    });
}

/// Creates `folder`, which only its owner may look into, and its missing parents. An existing one that others may read
/// or write is closed to them; where that is not possible, it stays as it is.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0
            && let Err(error) = fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        {
            tracing::warn!(%error, folder = %folder.display(), "others may look into this folder");
        }
    }
    Ok(())
}

/// Whether the process shows a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasWindow {
    /// It does.
    Yes,
    /// It is a command.
    No,
}

/// A crash leaves no image of the memory, in which secrets could be found, and other programs of the same person cannot read
/// it: not with a debugger, not through `/proc`. It stops what runs with that person's rights and no more; an administrator
/// reads everything, and a program that replaces this one, or its libraries, needs no reading.
pub fn keep_memory_private(window: HasWindow) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "core dumps cannot be switched off");
        }
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::warn!(%error, "other programs can read this one's memory");
        }
    }
    #[cfg(target_os = "macos")]
    deny_debuggers();
    // On Windows the window's engine is another process, which opens this one for what they share.
    #[cfg(windows)]
    if window == HasWindow::No {
        deny_other_processes();
    }
    #[cfg(not(windows))]
    let _ = window;
}

/// ptrace(2), `PT_DENY_ATTACH`.
#[cfg(target_os = "macos")]
#[expect(unsafe_code, reason = "a system call")]
fn deny_debuggers() {
    // SAFETY: the request takes no pointer.
    if unsafe { libc::ptrace(libc::PT_DENY_ATTACH, 0, std::ptr::null_mut(), 0) } != 0 {
        tracing::warn!(error = %io::Error::last_os_error(), "a debugger can read this program's memory");
    }
}

/// Other processes of the same person may wait for this one, ask for its state and end it, and nothing else; its owner's
/// implied right to change that is taken away, too.
#[cfg(windows)]
#[expect(unsafe_code, reason = "system calls")]
fn deny_other_processes() {
    use windows_sys::{
        Win32::{
            Foundation::LocalFree,
            Security::{
                Authorization::{ConvertStringSecurityDescriptorToSecurityDescriptorW, SDDL_REVISION_1},
                DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, SetKernelObjectSecurity,
            },
            System::Threading::GetCurrentProcess,
        },
        w,
    };
    let mut descriptor: PSECURITY_DESCRIPTOR = std::ptr::null_mut();
    // Owner: SYNCHRONIZE, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_TERMINATE; the system: all.
    let rights = w!("D:P(A;;0x101001;;;OW)(A;;GA;;;SY)");
    // SAFETY: the text ends with a zero, the descriptor is freed once and not used after, the process handle is always valid.
    let done = unsafe {
        let made = ConvertStringSecurityDescriptorToSecurityDescriptorW(
            rights,
            SDDL_REVISION_1,
            &raw mut descriptor,
            std::ptr::null_mut(),
        );
        let set = made != 0 && SetKernelObjectSecurity(GetCurrentProcess(), DACL_SECURITY_INFORMATION, descriptor) != 0;
        LocalFree(descriptor);
        set
    };
    if !done {
        tracing::warn!(error = %io::Error::last_os_error(), "other programs can read this one's memory");
    }
}

#[cfg(all(test, unix))]
mod tests {
    use domain::messages::{Language, Moment};

    use super::*;

    /// The screens take the zone from the same place, so a day of expiry is one day for one user everywhere.
    #[test]
    fn the_command_line_tells_times_in_the_zone_of_its_user() {
        const CHILD: &str = "DRAWBRIDGE_TEST_ZONE";
        if let Ok(expected) = std::env::var(CHILD) {
            tell_local_time();
            // 2026-11-21 23:30 in UTC.
            let at = DateTime::from_timestamp(1_795_303_800, 0).unwrap();
            assert_eq!(Moment(at).render(Language::English), expected);
            return;
        }
        for (zone, expected) in [
            ("UTC0", "2026-11-21 23:30 UTC"),
            ("HERE-14", "2026-11-22 13:30 UTC+14"),
            ("THERE3:30", "2026-11-21 20:00 UTC-3:30"),
            ("no zone at all", "2026-11-21 23:30 UTC"),
        ] {
            let this = ["--exact", "system::tests::the_command_line_tells_times_in_the_zone_of_its_user"];
            let program = std::env::current_exe().unwrap();
            let ran = std::process::Command::new(program).args(this).env("TZ", zone).env(CHILD, expected).output();
            let ran = ran.unwrap();
            let out = String::from_utf8_lossy(&ran.stdout);
            assert!(ran.status.success() && out.contains("1 passed"), "{zone}: {out}");
        }
    }
}
