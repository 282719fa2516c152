//! How long a client secret lives.

use chrono::{DateTime, TimeDelta, Utc};

/// How many days a generated certificate is valid, counted from its generation.
pub const VALIDITY_DAYS: i64 = 365;

/// How long a client secret lives. Certificates have no such value: they state their own end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// As long as the service key that it belongs to.
    OfServiceKey,
    /// A portal generated it at that time in its *Connection* tab; its end is counted from there.
    Generated {
        /// When.
        at: DateTime<Utc>,
    },
    /// Its client id reads as if a portal had generated it at that time. That is a guess: nobody has said so, and the secret of
    /// a service key does not end by itself.
    Guessed {
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody knows when it was generated.
    Unknown,
}

impl Lifetime {
    /// From when on portals generate credentials that are valid for 365 days: 2024-02-01, 00:00 UTC.
    const LONGER_SINCE: DateTime<Utc> = DateTime::from_timestamp(1_706_745_600, 0).expect("a date of the calendar");

    /// For how many days the credentials are valid that a portal generated at that time.
    pub fn derive_days(generated_at: DateTime<Utc>) -> i64 {
        if generated_at < Self::LONGER_SINCE { 65 } else { 365 }
    }

    /// When a portal generated the credentials with this client id, if the client id shows it: `sb-apiaccess_<epoch
    /// ms>!b…`. A time after `now`, or before there were such portals, does not count.
    pub fn find_creation_hint(client_id: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        /// 2015-01-01, in milliseconds.
        const EARLIEST: i64 = 1_420_070_400_000;
        let (millis, _) = client_id.strip_prefix("sb-apiaccess_")?.split_once('!')?;
        if millis.is_empty() || !millis.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let millis: i64 = millis.parse().ok().filter(|millis| *millis >= EARLIEST)?;
        // A clock that is a day slow must not hide when the credentials end.
        DateTime::from_timestamp_millis(millis).filter(|at| *at <= now + TimeDelta::days(1))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::credential::{CredentialKind, find_end};

    fn at(year: i32, month: u32, day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap()
    }

    #[test]
    fn credentials_of_february_2024_and_later_are_valid_for_365_days_and_older_ones_for_65() {
        let end = |generated| find_end(&CredentialKind::ClientSecret(Lifetime::Generated { at: generated })).0.unwrap();
        assert_eq!(end(at(2024, 2, 1)), at(2024, 2, 1) + TimeDelta::days(365));
        let last_moment = at(2024, 2, 1) - TimeDelta::milliseconds(1);
        assert_eq!(end(last_moment), last_moment + TimeDelta::days(65));
    }

    #[test]
    fn a_client_secret_of_a_service_key_or_of_an_unknown_date_has_no_end_that_could_be_named() {
        assert_eq!(find_end(&CredentialKind::ClientSecret(Lifetime::OfServiceKey)).0, None);
        assert_eq!(find_end(&CredentialKind::ClientSecret(Lifetime::Unknown)).0, None);
    }

    #[test]
    fn a_client_id_of_the_connection_tab_tells_when_it_was_generated() {
        let now = at(2026, 3, 1);
        let hint = |client_id| Lifetime::find_creation_hint(client_id, now);
        let of_sample = hint("sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864").unwrap();
        assert_eq!(of_sample.format("%Y-%m-%d %H:%M").to_string(), "2024-01-15 06:04");
        assert_eq!(hint("sb-apiaccess_170529865920x!b1|x"), None);
        assert_eq!(hint("sb-apiaccess_9999999999999!b1|x"), None, "a time to come is no time of generation");
        assert_eq!(hint("sb-apiaccess_12!b1|x"), None);
        assert_eq!(hint("sb-7f6a1d!b1|x"), None);
        assert_eq!(hint("sb-apiaccess_99999999999999999999999!b1|x"), None);
    }
}
