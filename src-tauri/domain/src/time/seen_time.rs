//! What this computer's clock has shown. With it, a clock that is wrong for a moment is noticed before anything is
//! renewed or replaced because of it.

use chrono::{DateTime, TimeDelta, Utc};

/// What the clock has shown so far. Kept in the database: all processes of an installation share it.
///
/// When the computer was off, or the program did not run, for more than a day, it looks as if the clock had jumped
/// ahead. So a jump is not an error: the new time is believed once the clock has gone on from there for
/// [`Self::CERTAIN_AFTER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenTime {
    /// The latest moment that the clock has shown since it last jumped.
    pub at: DateTime<Utc>,
    /// A jump that is not believed yet.
    pub jump: Option<ClockJump>,
    /// Set while the latest moment that was ever believed lies in the future: either the clock is slow now, or it was
    /// fast then.
    pub back: Option<ClockJump>,
}

/// The clock went from one moment to another in no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockJump {
    /// What it showed before.
    pub from: DateTime<Utc>,
    /// What it showed afterwards.
    pub to: DateTime<Utc>,
}

impl SeenTime {
    /// How long a clock has to go on from where it jumped to before the new time is believed.
    pub const CERTAIN_AFTER: TimeDelta = TimeDelta::minutes(10);

    /// A clock that is put right by less than this has not jumped.
    pub const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

    /// The longest time between two looks at the clock that does not count as a jump.
    const LONGEST_PAUSE: TimeDelta = TimeDelta::days(1);

    /// How much of an ordinary course need not be written down.
    const WORTH_KEEPING: TimeDelta = TimeDelta::hours(1);

    /// The first look at the clock in an installation whose keys and entries are from `latest` or before.
    pub fn first(now: DateTime<Utc>, latest: Option<DateTime<Utc>>) -> Self {
        let from = latest.filter(|latest| *latest > now + Self::TOLERANCE);
        Self { at: now, jump: from.map(|from| ClockJump { from, to: now }), back: None }
    }

    /// The clock shows `now`.
    #[must_use]
    pub fn note(self, now: DateTime<Utc>) -> Self {
        let Self { at, jump, mut back } = self;
        let (at, jump) = match jump {
            // The clock is back where it was: it was wrong for a moment.
            Some(jump) if goes_on(jump.from, now) => (now.max(jump.from), None),
            Some(jump) if goes_on(at, now) => {
                let believed = now >= jump.to + Self::CERTAIN_AFTER;
                if believed && jump.to < jump.from {
                    let from = back.map_or(jump.from, |back| back.from.max(jump.from));
                    back = Some(ClockJump { from, to: jump.to });
                }
                (at.max(now), (!believed).then_some(jump))
            }
            Some(jump) => (now, Some(ClockJump { from: jump.from, to: now })),
            None if goes_on(at, now) => (at.max(now), None),
            None => (now, Some(ClockJump { from: at, to: now })),
        };
        Self { at, jump, back: back.filter(|back| now < back.from) }
    }

    /// Whether what the clock shows is believed.
    pub const fn is_certain(&self) -> bool {
        self.jump.is_none()
    }

    /// The latest moment that is surely over when the clock shows `now`.
    pub fn believed(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.jump.map_or(now, |jump| jump.from.min(now))
    }

    /// The latest moment that is known when the clock shows `now`. What begins then and lasts for a while is not
    /// shortened by a slow clock.
    pub fn latest(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let Self { at, jump, back } = *self;
        [jump, back].into_iter().flatten().map(|jump| jump.from).fold(now.max(at), DateTime::max)
    }

    /// Whether something that begins at `start` lies in the future although it was made in the past.
    pub fn is_from_the_future(start: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        start > now + Self::TOLERANCE
    }

    /// Whether the clock is believed to have been fast when something was made that begins at `start`, in the future,
    /// and not to be slow now. For that, the clock has to show the present time for as long as it showed that other
    /// time since. Then even what others trust may be replaced.
    pub fn was_ahead(&self, start: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let ahead_for = |back: ClockJump| back.from - start;
        self.is_certain() && self.back.is_none_or(|back| now - back.to >= ahead_for(back))
    }

    /// Whether `later`, which follows from this, has to be stored.
    pub fn is_worth_keeping(&self, later: &Self) -> bool {
        (self.jump, self.back) != (later.jump, later.back) || (later.at - self.at).abs() >= Self::WORTH_KEEPING
    }
}

fn goes_on(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (at - SeenTime::TOLERANCE..=at + SeenTime::LONGEST_PAUSE).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: TimeDelta = TimeDelta::days(1);
    const MINUTE: TimeDelta = TimeDelta::minutes(1);

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    /// F1: a clock that is wrong for a moment changes nothing.
    #[test]
    fn a_moment_a_year_ahead_or_behind_is_not_believed_and_is_forgotten() {
        for wrong in [start() + DAY * 365, start() - DAY * 365, start() + DAY * 2, start() - MINUTE * 6] {
            let seen = SeenTime::first(start(), None);
            let jumped = seen.note(wrong).note(wrong + TimeDelta::seconds(5));
            assert!(!jumped.is_certain() && seen.is_worth_keeping(&jumped), "{wrong}");
            assert_eq!(jumped.believed(wrong), start().min(wrong));
            assert_eq!(jumped.latest(wrong), start().max(wrong + TimeDelta::seconds(5)));
            let right = jumped.note(start() + TimeDelta::seconds(6));
            assert_eq!(right, SeenTime { at: start() + TimeDelta::seconds(6), jump: None, back: None }, "{wrong}");
        }
    }

    /// F1: a computer that was off for a year.
    #[test]
    fn a_jump_is_believed_when_the_clock_has_gone_on_from_there_for_ten_minutes() {
        let on_again = start() + DAY * 365;
        let seen = SeenTime::first(start(), None).note(on_again);
        assert!(!seen.note(on_again + MINUTE * 10 - TimeDelta::seconds(1)).is_certain());
        let later = seen.note(on_again + MINUTE * 10);
        assert_eq!(later, SeenTime { at: on_again + MINUTE * 10, jump: None, back: None });
        // Looked at twice, with the program off in between for longer than a pause: it begins again.
        let again = seen.note(on_again + DAY * 3);
        assert!(!again.is_certain() && again.note(on_again + DAY * 3 + MINUTE * 10).is_certain());
    }

    #[test]
    fn an_ordinary_course_is_no_jump_and_is_written_down_once_an_hour() {
        let mut kept = SeenTime::first(start(), None);
        let mut written = 0;
        for minutes in 0..60 * 24 {
            let later = kept.note(start() + MINUTE * minutes);
            assert!(later.is_certain());
            if kept.is_worth_keeping(&later) {
                kept = later;
                written += 1;
            }
        }
        assert_eq!(written, 23);
        assert!(kept.note(kept.at + DAY).is_certain(), "a night, and a day");
        assert!(kept.note(kept.at - MINUTE * 5).is_certain(), "a clock that is put right by the network");
    }

    /// F1: what others trust is not given up for a clock that is behind.
    #[test]
    fn what_begins_in_the_future_is_wrong_only_if_the_clock_was_there_no_longer_than_it_is_here() {
        let made = start();
        // The clock went on for thirty days after it was made, a day at a time; then it is a year behind.
        let seen = (1..=30).fold(SeenTime::first(made, None), |seen, days| seen.note(made + DAY * days));
        let behind = made - DAY * 365;
        let mut seen = seen.note(behind).note(behind + MINUTE * 10);
        assert!(seen.is_certain(), "it is believed as far as going on takes it");
        for days in 1..30 {
            seen = seen.note(behind + DAY * days);
            assert!(!seen.was_ahead(made, behind + DAY * days), "day {days}");
        }
        seen = seen.note(behind + DAY * 30);
        assert!(seen.was_ahead(made, behind + DAY * 30), "as long here as there");
        assert_eq!(seen.latest(behind + DAY * 30), made + DAY * 30, "although the way back is believed");
        // The program was off for a week: still the same way back.
        let off = seen.note(behind + DAY * 37).note(behind + DAY * 37 + MINUTE * 10);
        assert_eq!(off.back, seen.back);
        // Right again: nothing is in the future any more.
        let right = made + DAY * 60;
        assert_eq!(
            off.note(right).note(right + MINUTE * 10),
            SeenTime { at: right + MINUTE * 10, jump: None, back: None }
        );
    }

    /// F1: the clock was a year ahead for an hour, and something was made then.
    #[test]
    fn an_hour_ahead_is_put_right_within_an_hour() {
        let ahead = start() + DAY * 365;
        let seen = SeenTime::first(start(), None).note(ahead).note(ahead + MINUTE * 10).note(ahead + MINUTE * 60);
        let made = ahead + MINUTE * 10;
        let right = start() + MINUTE * 60;
        let seen = seen.note(right);
        assert!(!seen.is_certain());
        let seen = seen.note(right + MINUTE * 10);
        assert!(seen.is_certain() && !seen.was_ahead(made, right + MINUTE * 10));
        assert!(seen.note(right + MINUTE * 50).was_ahead(made, right + MINUTE * 50));
    }

    #[test]
    fn an_installation_whose_keys_begin_in_the_future_is_looked_at_for_ten_minutes_first() {
        let seen = SeenTime::first(start(), Some(start() + DAY * 300));
        assert!(!seen.is_certain());
        let later = seen.note(start() + MINUTE * 10);
        assert!(later.was_ahead(start() + DAY * 300, start() + MINUTE * 10), "nothing says that it was right then");
        assert!(SeenTime::first(start(), Some(start() - DAY)).is_certain());
    }
}
