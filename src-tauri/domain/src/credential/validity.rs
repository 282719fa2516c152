//! Until when credentials can be used: the one answer, with its reason and its words.

use chrono::{DateTime, TimeDelta, Utc};
use documents::{IssuerEnd, OutsideValidity};
use messages::{Message, Moment, message};

use crate::credential::{CredentialKind, Lifetime};

/// Until when credentials can be used, as it is at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// When they end by themselves; `None` if they do not, or if that is not known.
    pub until: Option<DateTime<Utc>>,
    /// What is left until then.
    pub left: Option<Left>,
    /// What gave the end.
    pub rule: ValidityRule,
    /// What follows from it now.
    pub standing: ValidityStanding,
}

/// What the end of credentials follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValidityRule {
    /// The certificate's own end (RFC 5280 §4.1.2.5), which outranks every other rule.
    OfCertificate,
    /// A certificate above it ends earlier: from then on no server accepts the chain.
    OfIssuer {
        /// Its subject as a distinguished name.
        subject: String,
    },
    /// A portal generated the client secret; such secrets are valid for this many days from then on.
    SinceGeneration {
        /// How many: see [`Lifetime::derive_days`].
        days: i64,
    },
    /// The same if the client id tells the time of generation, which is a guess.
    Guessed {
        /// How many days: see [`Lifetime::derive_days`].
        days: i64,
    },
    /// A client secret of a service key has no end of its own.
    OfServiceKey,
    /// Nobody knows when the client secret was generated.
    NotKnown,
}

/// What the validity of credentials is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidityStanding {
    /// They cannot be used before that moment.
    NotYetValid {
        /// When they begin.
        from: DateTime<Utc>,
    },
    /// They are valid, and not about to end.
    Valid,
    /// They are valid, and end within [`Validity::ENDS_SOON_DAYS`] or another period that was asked for.
    EndsSoon,
    /// They have ended.
    Ended,
    /// They do not end by themselves.
    NoEnd,
    /// They end at some time, but it is not known when.
    NotKnown,
}

impl Validity {
    /// How many days before their end credentials need attention. This is the only place that says so: *Home*, the
    /// lists, `status` and the findings about a document all use it.
    pub const ENDS_SOON_DAYS: u32 = 30;

    /// [`Self::ENDS_SOON_DAYS`] as a time.
    pub const ENDS_SOON: TimeDelta = TimeDelta::days(Self::ENDS_SOON_DAYS as i64);

    /// The validity of credentials at `now`; they end soon if no more than `soon` is left.
    pub fn of(kind: &CredentialKind, now: DateTime<Utc>, soon: TimeDelta) -> Self {
        let (until, rule) = find_end(kind);
        let left = until.map(|until| Left::of(until, now));
        let standing = match (find_later_start(kind, now), left) {
            (Some(from), _) => ValidityStanding::NotYetValid { from },
            (None, None) if rule == ValidityRule::NotKnown => ValidityStanding::NotKnown,
            (None, None) => ValidityStanding::NoEnd,
            (None, Some(left)) if left.is_over() => ValidityStanding::Ended,
            (None, Some(left)) if left.is_within(soon) => ValidityStanding::EndsSoon,
            (None, Some(_)) => ValidityStanding::Valid,
        };
        Self { until, left, rule, standing }
    }

    /// In a few words: "12 days left", "5 hours left, until 2026-11-21 05:36 UTC", "probably 12 days left", "expired 3 hours
    /// ago", "not valid before 2026-11-21 05:36 UTC", "end unknown".
    pub fn message(&self) -> Message {
        match (self.standing, self.left) {
            (ValidityStanding::NotYetValid { from }, _) => message!("validity-not-before", start = Moment(from)),
            (ValidityStanding::NotKnown, _) => message!("validity-not-known"),
            (ValidityStanding::NoEnd, _) | (_, None) => message!("validity-no-end"),
            (ValidityStanding::Valid | ValidityStanding::EndsSoon | ValidityStanding::Ended, Some(left)) => {
                let left_message = self.until.map_or_else(|| left.message(), |end| left.message_until(end));
                match self.rule {
                    ValidityRule::Guessed { .. } => message!("validity-probably", validity = left_message),
                    ValidityRule::OfCertificate
                    | ValidityRule::OfIssuer { .. }
                    | ValidityRule::SinceGeneration { .. }
                    | ValidityRule::OfServiceKey
                    | ValidityRule::NotKnown => left_message,
                }
            }
        }
    }

    /// What limits it, as a sentence: which certificate of the chain, or which rule.
    pub fn why(&self) -> Message {
        match &self.rule {
            ValidityRule::OfCertificate => message!("validity-why-certificate"),
            ValidityRule::OfIssuer { subject } => message!("validity-why-issuer", issuer = subject),
            ValidityRule::SinceGeneration { days } => message!("validity-why-generated", days = *days),
            ValidityRule::Guessed { days } => message!("validity-why-guessed", days = *days),
            ValidityRule::OfServiceKey => message!("validity-why-service-key"),
            ValidityRule::NotKnown => message!("validity-why-not-known"),
        }
    }

    /// Whether somebody has to do something: they end soon, have ended, or cannot be used yet.
    pub const fn needs_attention(&self) -> bool {
        match self.standing {
            ValidityStanding::NotYetValid { .. } | ValidityStanding::EndsSoon | ValidityStanding::Ended => true,
            ValidityStanding::Valid | ValidityStanding::NoEnd | ValidityStanding::NotKnown => false,
        }
    }

    /// Whether they can be used now. Credentials whose end is not known count as usable.
    pub const fn is_usable(&self) -> bool {
        match self.standing {
            ValidityStanding::NotYetValid { .. } | ValidityStanding::Ended => false,
            ValidityStanding::Valid
            | ValidityStanding::EndsSoon
            | ValidityStanding::NoEnd
            | ValidityStanding::NotKnown => true,
        }
    }
}

/// When credentials end by themselves, and by which rule.
pub(crate) fn find_end(kind: &CredentialKind) -> (Option<DateTime<Utc>>, ValidityRule) {
    match kind {
        CredentialKind::Certificate(chain) => match &chain.issuer_end {
            Some(IssuerEnd { subject, not_after }) if *not_after < chain.not_after => {
                (Some(*not_after), ValidityRule::OfIssuer { subject: subject.clone() })
            }
            Some(_) | None => (Some(chain.not_after), ValidityRule::OfCertificate),
        },
        CredentialKind::ClientSecret(Lifetime::Generated { at }) => {
            let days = Lifetime::derive_days(*at);
            (Some(*at + TimeDelta::days(days)), ValidityRule::SinceGeneration { days })
        }
        CredentialKind::ClientSecret(Lifetime::Guessed { at }) => {
            let days = Lifetime::derive_days(*at);
            (Some(*at + TimeDelta::days(days)), ValidityRule::Guessed { days })
        }
        CredentialKind::ClientSecret(Lifetime::OfServiceKey) => (None, ValidityRule::OfServiceKey),
        CredentialKind::ClientSecret(Lifetime::Unknown) => (None, ValidityRule::NotKnown),
    }
}

/// The start of a certificate that is not valid yet: until then it cannot be used, however much is left of it.
fn find_later_start(kind: &CredentialKind, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match kind {
        CredentialKind::ClientSecret(_) => None,
        CredentialKind::Certificate(chain) => match chain.check_validity(now) {
            Err(OutsideValidity::NotYetValid { not_before }) => Some(not_before),
            Err(OutsideValidity::Expired { .. }) | Ok(()) => None,
        },
    }
}

/// How much time is left until an end, or has passed since. It is given in whole days, within two days of the end in
/// whole hours, and never rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left(TimeDelta);

impl Left {
    /// How near an end has to be for its hours to count.
    const IN_HOURS: TimeDelta = TimeDelta::days(2);

    /// What is left at `now` until `end`.
    pub fn of(end: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self(end - now)
    }

    /// Whether the end has come; at that very moment nothing is left.
    pub fn is_over(self) -> bool {
        self.0 <= TimeDelta::zero()
    }

    /// Whether no more than `time` is left.
    pub fn is_within(self, time: TimeDelta) -> bool {
        self.0 <= time
    }

    /// Whether the end is less than two days away, in either direction: then hours are given instead of days.
    pub fn is_near(self) -> bool {
        self.0.abs() < Self::IN_HOURS
    }

    /// Whole days until the end, not rounded up: 0 on the last day; negative from the second day after the end on.
    pub const fn days(self) -> i64 {
        self.0.num_days()
    }

    /// The same as [`Self::message`], near the end with its moment: "5 hours left, until 2026-11-21 05:36 UTC".
    pub fn message_until(self, end: DateTime<Utc>) -> Message {
        if self.is_near() && !self.is_over() {
            message!("left-until", left = self.message(), end = Moment(end))
        } else {
            self.message()
        }
    }

    /// In words: "12 days left", "47 hours left", "less than an hour left", "expired 23 hours ago", "expired 3 days ago".
    pub fn message(self) -> Message {
        let (hours, days) = (self.0.num_hours().abs(), self.0.num_days().abs());
        match (self.is_over(), self.is_near()) {
            (false, false) => message!("left-days", days = days),
            (false, true) => message!("left-hours", hours = hours),
            (true, false) => message!("expired-days-ago", days = days),
            (true, true) => message!("expired-hours-ago", hours = hours),
        }
    }
}

#[cfg(test)]
mod tests {
    use documents::CertificateChain;
    use messages::Language;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn certificate(begins: TimeDelta, ends: TimeDelta, issuer_ends: Option<TimeDelta>) -> CredentialKind {
        CredentialKind::Certificate(CertificateChain {
            pem: String::new(),
            length: 2,
            fingerprint: String::new(),
            subject: "CN=leaf".into(),
            common_name: None,
            issuer: "CN=issuer".into(),
            not_before: now() + begins,
            not_after: now() + ends,
            public_key: "EC P-256".into(),
            issuer_end: issuer_ends.map(|ends| IssuerEnd { subject: "CN=issuer".into(), not_after: now() + ends }),
        })
    }

    fn validity(kind: &CredentialKind) -> Validity {
        Validity::of(kind, now(), Validity::ENDS_SOON)
    }

    fn words(left: TimeDelta) -> [String; 2] {
        let message = Left::of(now(), now() - left).message();
        [Language::English, Language::German].map(|language| message.render(language))
    }

    #[test]
    fn what_is_left_is_told_in_hours_below_two_days_and_never_rounded_up() {
        const SECOND: TimeDelta = TimeDelta::seconds(1);
        let (hours, days, minutes) = (TimeDelta::hours, TimeDelta::days, TimeDelta::minutes);
        for (left, english, german) in [
            (days(36_500), "36500 days left", "noch 36.500 Tage"),
            (days(365), "365 days left", "noch 365 Tage"),
            (days(365) - SECOND, "364 days left", "noch 364 Tage"),
            (days(3) - SECOND, "2 days left", "noch 2 Tage"),
            (hours(48), "2 days left", "noch 2 Tage"),
            (hours(47) + minutes(59), "47 hours left", "noch 47 Stunden"),
            (hours(24), "24 hours left", "noch 24 Stunden"),
            (hours(2), "2 hours left", "noch 2 Stunden"),
            (hours(2) - SECOND, "1 hour left", "noch 1 Stunde"),
            (hours(1), "1 hour left", "noch 1 Stunde"),
            (minutes(59), "less than an hour left", "noch weniger als eine Stunde"),
            (SECOND, "less than an hour left", "noch weniger als eine Stunde"),
            (TimeDelta::zero(), "expired less than an hour ago", "vor weniger als einer Stunde abgelaufen"),
            (-SECOND, "expired less than an hour ago", "vor weniger als einer Stunde abgelaufen"),
            (-hours(1), "expired 1 hour ago", "vor 1 Stunde abgelaufen"),
            (-(hours(23) + minutes(59)), "expired 23 hours ago", "vor 23 Stunden abgelaufen"),
            (-hours(24), "expired 24 hours ago", "vor 24 Stunden abgelaufen"),
            (-hours(48) + SECOND, "expired 47 hours ago", "vor 47 Stunden abgelaufen"),
            (-hours(48), "expired 2 days ago", "vor 2 Tagen abgelaufen"),
            (-days(3) - hours(23), "expired 3 days ago", "vor 3 Tagen abgelaufen"),
            (-days(400), "expired 400 days ago", "vor 400 Tagen abgelaufen"),
        ] {
            assert_eq!(words(left), [english, german], "{left}");
        }
    }

    #[test]
    fn credentials_end_soon_from_thirty_days_before_their_end_on() {
        const SECOND: TimeDelta = TimeDelta::seconds(1);
        for (left, standing, words) in [
            (TimeDelta::days(30) + SECOND, ValidityStanding::Valid, "30 days left"),
            (TimeDelta::days(30), ValidityStanding::EndsSoon, "30 days left"),
            (SECOND, ValidityStanding::EndsSoon, "less than an hour left, until 2024-10-04 00:00 UTC"),
            (TimeDelta::zero(), ValidityStanding::Ended, "expired less than an hour ago"),
        ] {
            let seen = validity(&certificate(-TimeDelta::days(1), left, None));
            assert_eq!((seen.standing, seen.message().for_log()), (standing, words.to_owned()), "{left}");
            assert_eq!(seen.is_usable(), left > TimeDelta::zero(), "{left}");
            assert_eq!(seen.needs_attention(), standing != ValidityStanding::Valid, "{left}");
        }
        let sooner = certificate(-TimeDelta::days(1), TimeDelta::days(8), None);
        let asked = Validity::of(&sooner, now(), TimeDelta::days(7));
        assert_eq!(asked.standing, ValidityStanding::Valid, "a week was asked for");
    }

    /// F9
    #[test]
    fn a_certificate_that_is_not_valid_yet_has_nothing_left_that_could_be_told() {
        let seen = validity(&certificate(TimeDelta::days(1), TimeDelta::days(366), None));
        assert_eq!(seen.standing, ValidityStanding::NotYetValid { from: now() + TimeDelta::days(1) });
        assert_eq!(seen.message().for_log(), "not valid before 2024-10-05 00:00 UTC");
        assert!(seen.needs_attention() && !seen.is_usable());
    }

    #[test]
    fn what_limits_credentials_is_said() {
        let from = -TimeDelta::days(1);
        let generated =
            |days_ago| CredentialKind::ClientSecret(Lifetime::Generated { at: now() - TimeDelta::days(days_ago) });
        let days = TimeDelta::days;
        for (kind, end, why) in [
            (certificate(from, days(90), None), Some(90), "The certificate itself says when it ends."),
            (
                certificate(from, days(90), Some(days(40))),
                Some(40),
                "A certificate above it in the chain ends first: CN=issuer.",
            ),
            (certificate(from, days(90), Some(days(91))), Some(90), "The certificate itself says when it ends."),
            (generated(100), Some(265), "A client secret that a portal has generated is valid for 365 days."),
            (generated(300), Some(65 - 300), "A client secret that a portal has generated is valid for 65 days."),
            (
                CredentialKind::ClientSecret(Lifetime::OfServiceKey),
                None,
                "A client secret of a service key does not expire by itself. It ends when the key is deleted.",
            ),
            (
                CredentialKind::ClientSecret(Lifetime::Unknown),
                None,
                "The date of generation is unknown, so Drawbridge cannot warn you before they expire.",
            ),
        ] {
            let seen = validity(&kind);
            assert_eq!(seen.until, end.map(|end| now() + days(end)), "{why}");
            assert_eq!(seen.why().for_log(), why);
        }
    }

    #[test]
    fn the_days_for_programs_are_whole_ones() {
        let end = DateTime::UNIX_EPOCH;
        let days = |left| Left::of(end, end - left).days();
        for (hours, expected) in [(49, 2), (48, 2), (47, 1), (24, 1), (23, 0), (0, 0), (-23, 0), (-24, -1), (-72, -3)] {
            assert_eq!(days(TimeDelta::hours(hours)), expected, "{hours} hours");
        }
    }
}
