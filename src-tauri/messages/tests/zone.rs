//! The time zone of the whole process; alone in its program, since every other test expects UTC.

use chrono::{DateTime, FixedOffset};
use messages::{Day, Language, Moment, message, set_zone};

#[test]
fn a_day_is_told_as_the_clock_of_the_person_has_it() {
    // 2026-11-21 23:30 in UTC.
    let at = DateTime::from_timestamp(1_795_303_800, 0).unwrap();
    assert_eq!(Moment(at).render(Language::English), "2026-11-21 23:30 UTC", "until the process knows where it is");

    set_zone(|at| at.with_timezone(&FixedOffset::east_opt(3600).unwrap()));
    let ends = message!("finding-issuer-ends-earlier", end = Day(at)).render(Language::English);
    assert!(ends.contains("2026-11-22"), "the screens show the local day, too");
    let expired = message!("finding-expired", end = Moment(at));
    assert_eq!(expired.render(Language::English), "the certificate expired on 2026-11-22 00:30 UTC+1");
    assert_eq!(expired.render(Language::German), "das Zertifikat ist am 22.11.2026 00:30 UTC+1 abgelaufen");
}
