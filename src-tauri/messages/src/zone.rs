//! The time zone in which this process tells days and times.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, Utc};

/// Gives a moment the offset that a person's zone has at that moment.
pub type Zone = fn(DateTime<Utc>) -> DateTime<FixedOffset>;

static ZONE: OnceLock<Zone> = OnceLock::new();

/// From now on days and times are told in `zone`, in the whole process; UTC until it is set. Only the first call counts:
/// a zone that changed between two texts would tell two days for one moment.
pub fn set_zone(zone: Zone) {
    let _ = ZONE.set(zone);
}

/// `at` by the clock of the person who reads it.
pub(crate) fn in_zone(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    ZONE.get().map_or_else(|| at.fixed_offset(), |zone| zone(at))
}

/// "UTC", "UTC+2", "UTC-3:30": how far the clock of `at` is from UTC.
pub(crate) fn name_of_offset(at: DateTime<FixedOffset>) -> String {
    let minutes = at.offset().local_minus_utc() / 60;
    let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_named_as_people_write_it() {
        let named = |seconds: i32| {
            let offset = FixedOffset::east_opt(seconds).unwrap();
            name_of_offset(DateTime::<Utc>::UNIX_EPOCH.with_timezone(&offset))
        };
        assert_eq!(named(0), "UTC");
        assert_eq!(named(7_200), "UTC+2");
        assert_eq!(named(20_700), "UTC+5:45");
        assert_eq!(named(-12_600), "UTC-3:30");
        assert_eq!(named(-1_800), "UTC-0:30");
    }
}
