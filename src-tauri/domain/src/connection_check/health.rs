//! Whether an approved connection works. That is separate from the state of its request.

use chrono::{DateTime, TimeDelta, Utc};
use messages::{Message, message};

use crate::{
    connection_check::{Cause, Diagnosis, Repair, Significance, Stage},
    id::RequestId,
    time::SeenTime,
};

/// What is known about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionHealth {
    /// The approved request.
    pub request_id: RequestId,
    /// What the last test found.
    pub outcome: HealthOutcome,
    /// When it was last tested; `None` before the first time.
    pub checked_at: Option<DateTime<Utc>>,
    /// When the hub last fetched the portal's APIs.
    pub last_success: Option<DateTime<Utc>>,
    /// Whether something has changed since its last test, so that it is to be tested soon.
    pub due: bool,
    /// Set where the last test did not get to the portal: then `outcome` is what the test before found.
    pub postponed: Option<Postponed>,
}

/// A test that did not get to the portal, or was asked to come back later. It is made again soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    /// What was in the way.
    pub finding: Finding,
    /// How many tests in a row have ended so.
    pub attempts: u32,
    /// When it is made again.
    pub until: DateTime<Utc>,
}

impl Postponed {
    /// How long to wait until a test that the network prevented is repeated; after the last of them a failure counts.
    pub const RETRIES: [TimeDelta; 3] = [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(15)];

    /// How a failure at `now` is postponed, given how the test before was postponed; `None` where the failure counts.
    pub fn after(
        former: Option<&Self>,
        significance: Significance,
        finding: &Finding,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        // Somebody tested before the planned time: this does not count as an attempt.
        let early = former.filter(|former| now < former.until);
        if let (Some(Self { attempts, until, .. }), Significance::Network) = (early, significance) {
            return Some(Self { finding: finding.clone(), attempts: *attempts, until: *until });
        }
        let attempts = former.map_or(0, |former| former.attempts);
        let planned = usize::try_from(attempts).ok().and_then(|attempts| Self::RETRIES.get(attempts));
        let wait = match significance {
            Significance::Failing => return None,
            Significance::Network => *planned?,
            // The server answers, so it is reachable: this never counts as a failure.
            Significance::Throttled(asked) => {
                let asked = asked.and_then(|asked| TimeDelta::from_std(asked).ok());
                let usual = planned.unwrap_or(&Self::RETRIES[Self::RETRIES.len() - 1]);
                asked.map_or(*usual, |asked| asked.max(Self::RETRIES[0]))
            }
        };
        Some(Self { finding: finding.clone(), attempts: attempts.saturating_add(1), until: now + wait })
    }
}

impl ConnectionHealth {
    /// How much later than the interval a connection may be tested: due tests run one after another.
    pub const GRACE: TimeDelta = TimeDelta::minutes(15);

    /// What is known at `now`: a success that is older than the interval between tests proves nothing any more.
    #[must_use]
    pub fn as_of(self, now: DateTime<Utc>, interval: TimeDelta) -> Self {
        let fresh =
            self.checked_at.is_some_and(|at| at <= now + SeenTime::TOLERANCE && now <= at + interval + Self::GRACE);
        let outcome =
            if self.outcome == HealthOutcome::Success && !fresh { HealthOutcome::Stale } else { self.outcome };
        Self { outcome, ..self }
    }

    /// Why it is not known whether the connection works; `None` where that is known.
    pub fn find_doubt(&self) -> Option<Doubt> {
        match (&self.outcome, &self.postponed) {
            (HealthOutcome::Failing(_), _) => None,
            (_, Some(postponed)) => Some(Doubt::Postponed(postponed.finding.clone())),
            (HealthOutcome::Unknown, None) => Some(Doubt::NeverTested),
            (HealthOutcome::Success | HealthOutcome::Stale, None) if self.due => Some(Doubt::Changed),
            (HealthOutcome::Stale, None) => Some(Doubt::TooOld { tested_at: self.checked_at }),
            (HealthOutcome::Success, None) => None,
        }
    }

    /// Of a connection that was never tested.
    pub const fn unknown(request_id: RequestId) -> Self {
        let (outcome, postponed) = (HealthOutcome::Unknown, None);
        Self { request_id, outcome, checked_at: None, last_success: None, due: true, postponed }
    }
}

/// Why it is not known whether a connection works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It was not tested yet.
    NeverTested,
    /// Something has changed since its last test.
    Changed,
    /// Its last test is older than the interval between tests.
    TooOld {
        /// When it was tested last.
        tested_at: Option<DateTime<Utc>>,
    },
    /// Its last test did not get to the portal.
    Postponed(Finding),
}

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HealthOutcome {
    /// It was not tested yet.
    Unknown,
    /// The hub reaches the portal's APIs.
    Success,
    /// The last test succeeded, but is too long ago. This is never stored: it follows from the time.
    Stale,
    /// It does not.
    Failing(Finding),
}

/// What was wrong. It is stored, and can be rendered in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stage that failed.
    pub stage: Stage,
    /// As in [`crate::connection_check::Cause::code`].
    pub code: String,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub remedy: Message,
    /// What was seen; may be empty.
    pub seen: Message,
    /// As in [`crate::connection_check::Cause::repair`].
    pub repair: Repair,
}

impl Finding {
    /// What a diagnosis says.
    pub fn new(stage: Stage, diagnosis: &Diagnosis) -> Self {
        let Diagnosis { cause, seen } = diagnosis;
        let message = cause.message();
        Self {
            stage,
            code: cause.code().to_owned(),
            remedy: message.remedy(),
            message,
            seen: seen.clone(),
            repair: cause.repair(),
        }
    }

    /// What is wrong in two or three words, for where the sentence does not fit.
    pub fn short(&self) -> Message {
        let short = self.message.short();
        if short.is_empty() { message!("stage-failed", stage = self.stage.name_message()) } else { short }
    }

    /// Whether all of several connections failed on the way to their portal, and alike: then this computer's network is
    /// the cause, and that is one matter. The arguments are the codes of what was found.
    pub fn is_one_for_all<'a>(codes: impl IntoIterator<Item = Option<&'a str>>) -> bool {
        let mut codes = codes.into_iter();
        let Some(Some(first)) = codes.next() else { return false };
        let mut others = codes.peekable();
        Cause::NETWORK.contains(&first) && others.peek().is_some() && others.all(|code| code == Some(first))
    }
}

#[cfg(test)]
mod tests {
    use documents::{Finding as DocumentFinding, FindingKind};
    use messages::Language;
    use std::time::Duration;

    use super::*;

    fn finding(cause: &Cause) -> Finding {
        Finding::new(Stage::NameAndNetwork, &Diagnosis { cause: cause.clone(), seen: Message::empty() })
    }

    /// The column of the tables holds that many characters.
    #[test]
    fn a_finding_has_a_short_text_even_if_its_message_is_not_known_any_more() {
        let known = finding(&Cause::KeyDeleted);
        assert_eq!(known.short(), "Service key deleted");
        assert_eq!(known.short().render(Language::German), "Serviceschlüssel gelöscht");
        let document = DocumentFinding { place: None, kind: FindingKind::NotText };
        assert_eq!(finding(&Cause::Document { finding: document }).short(), "Document defective");
        let later = Finding { message: "struck by lightning".into(), ..known };
        assert_eq!(later.short(), "Name and network failed");
        assert_eq!(later.short().render(Language::German), "Name und Netz fehlgeschlagen");
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    /// Promise E7: 1, 5 and 15 minutes, then it counts.
    #[test]
    fn a_network_that_is_away_is_waited_for_three_times() {
        let offline = finding(&Cause::UnknownHost { host: "portal.example".into() });
        let mut former = None;
        for (tested, until) in [(0, 1), (1, 6), (6, 21)] {
            let next = Postponed::after(former.as_ref(), Significance::Network, &offline, at(tested));
            assert_eq!(next.as_ref().map(|next| next.until), Some(at(until)), "tested in minute {tested}");
            former = next;
        }
        assert_eq!(Postponed::after(former.as_ref(), Significance::Network, &offline, at(21)), None);
        let early = Postponed::after(former.as_ref(), Significance::Network, &offline, at(8)).expect("still waiting");
        assert_eq!((early.attempts, early.until), (3, at(21)), "who tests by hand does not use the attempts up");
        assert_eq!(Postponed::after(None, Significance::Failing, &offline, at(0)), None);
    }

    /// Promise E7: a server that asks to wait is waited for, however often.
    #[test]
    fn a_server_that_has_too_much_to_do_is_given_its_time() {
        let busy = finding(&Cause::Throttled { url: "https://portal.example/".into(), wait: None });
        let wait = |former: Option<&Postponed>, seconds: Option<u64>, now| {
            let significance = Significance::Throttled(seconds.map(Duration::from_secs));
            Postponed::after(former, significance, &busy, now).expect("it never counts as a failure")
        };
        assert_eq!(wait(None, Some(1_800), at(0)).until, at(30));
        assert_eq!(wait(None, Some(0), at(0)).until, at(1), "not at once, whatever it says");
        let mut former = wait(None, None, at(0));
        for minute in 1..50 {
            former = wait(Some(&former), None, at(minute * 60));
        }
        assert_eq!(former.until, at(49 * 60 + 15));
    }

    #[test]
    fn what_a_failure_says_depends_on_its_cause() {
        let url = || "https://portal.example/".to_owned();
        for cause in
            [Cause::Unreachable { host: url() }, Cause::ProxyUnreachable { proxy: url() }, Cause::CutOff { url: url() }]
        {
            assert_eq!(cause.significance(), Significance::Network, "{cause:?}");
        }
        for cause in [
            Cause::BadCredentials,
            Cause::Refused { host: url(), port: 1 },
            Cause::ServerFailed { url: url(), status: 503 },
        ] {
            assert_eq!(cause.significance(), Significance::Failing, "{cause:?}");
        }
        let wait = Some(Duration::from_secs(7));
        assert_eq!(Cause::Throttled { url: url(), wait }.significance(), Significance::Throttled(wait));
    }

    /// Promise E7: being offline is one matter, not as many as there are connections.
    #[test]
    fn all_failing_alike_at_the_network_is_one_matter() {
        for (codes, one) in [
            (vec![Some("unknown_host"), Some("unknown_host")], true),
            (vec![Some("unknown_host"), Some("connect_timeout")], false),
            (vec![Some("unknown_host"), None], false),
            (vec![Some("unknown_host")], false),
            (vec![Some("bad_credentials"), Some("bad_credentials")], false),
            (vec![], false),
        ] {
            assert_eq!(Finding::is_one_for_all(codes.iter().copied()), one, "{codes:?}");
        }
    }
}
