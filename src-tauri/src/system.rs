//! What the app needs of this machine: time, randomness, private folders, no traces in crashes.

use std::{fs, io, path::Path};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, FixedOffset, Utc};
use domain::{Clock, Entropy, messages::set_zone};
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
        // Without randomness no secret would be one: stopping is the only safe answer.
        SystemRandom::new().fill(buffer).expect("the operating system gives random bytes");
    }
}

/// From now on days and times are told as the clock of this user shows them, as the screens do. JSON stays in UTC.
pub fn tell_local_time() {
    set_zone(|at| {
        let offset = Timestamp::from_second(at.timestamp()).map(|at| TimeZone::system().to_offset(at).seconds());
        let offset = offset.ok().and_then(FixedOffset::east_opt);
        offset.map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
    });
}

/// Creates `folder`, which only its owner may look into, and what is missing above it. One that others may look into or write
/// to is closed to them; where that is not possible, it stays as it is.
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

/// A crash leaves no image of the memory, in which secrets could be found.
pub fn refuse_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "core dumps cannot be switched off");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use domain::messages::Moment;

    use super::*;

    /// The screens take the zone from the same place, so a day of expiry is one day for one user everywhere.
    #[test]
    fn the_command_line_tells_times_in_the_zone_of_its_user() {
        const CHILD: &str = "DRAWBRIDGE_TEST_ZONE";
        if let Ok(expected) = std::env::var(CHILD) {
            tell_local_time();
            // 2026-11-21 23:30 in UTC.
            let at = DateTime::from_timestamp(1_795_303_800, 0).unwrap();
            assert_eq!(Moment(at).to_string(), expected);
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
