//! Makes guessing slow: the more often a source failed in a row at a client, the longer its next attempt waits before
//! it is verified. An attempt is counted before it waits, so that hanging up gains nothing: a client that does not wait
//! gets no answer.
//!
//! Right and wrong attempts wait alike; otherwise the speed of the answer would tell one from the other. Guesses must
//! not shut out the right client. So each source is counted by itself, attempts wait side by side and not in a queue,
//! and a connection that has proved to be the client does not wait.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::source::Source;

/// This many failures in a row do not delay the next attempt.
const FREE_FAILURES: u32 = 5;
const FIRST_DELAY: Duration = Duration::from_millis(250);
/// After this time without a failure, the source starts afresh.
const FORGET_AFTER: Duration = Duration::from_secs(600);
/// How many attempts of one source at one client may wait at once.
pub(crate) const MAX_WAITING: u32 = 32;
/// How many counters all clients that do not exist share: memory stays bounded, and such a client is slowed down like
/// one that exists.
const UNKNOWN_BUCKETS: u64 = 256;
/// How many counters all sources share at one client, for the same reason.
const SOURCES: u64 = 256;
/// From this many entries on, stale ones are dropped before another is added.
const TIDY_FROM: usize = 1024;

/// How long an attempt may be made to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Longest {
    /// The longest wait where guessing is hopeless, as with a generated secret: short, because clients give up after a
    /// few seconds.
    Second,
    /// Where a person chose the secret.
    FiveSeconds,
}

/// Counts the failures of each source at each client.
#[derive(Default)]
pub(crate) struct Slowdown {
    hasher: RandomState,
    failures: Mutex<HashMap<Bucket, Failures>>,
}

/// A client, by a hash with a secret key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientKey(pub(crate) u64);

/// Whose failures are counted together. Keyed by a hash with a secret key, so that nobody can choose to share another's
/// counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// A source at a client that exists.
    Client(u64),
    /// Sources at clients that do not exist.
    Unknown(u64),
}

struct Failures {
    count: u32,
    last: Instant,
    /// How many attempts wait at the moment.
    waiting: u32,
}

/// An attempt that waits. Dropping it ends the waiting.
pub(crate) struct Waiting {
    slowdown: Arc<Slowdown>,
    bucket: Bucket,
}

/// As many attempts as may wait do so already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyWaiting;

impl Slowdown {
    pub(crate) fn client(&self, slug: &str, client_id: &str) -> ClientKey {
        ClientKey(self.hasher.hash_one((slug, client_id)).max(1))
    }

    pub(crate) fn bucket(&self, client: ClientKey, source: Source) -> Bucket {
        // This computer shares its counter with no other source.
        let source = match source {
            Source::Here => 0,
            Source::Ipv4(_) | Source::Ipv6Network(_) => 1 + self.hasher.hash_one(source) % (SOURCES - 1),
        };
        Bucket::Client(self.hasher.hash_one((client, source)))
    }

    pub(crate) fn unknown(&self, slug: &str, client_id: &str, source: Source) -> Bucket {
        Bucket::Unknown(self.hasher.hash_one((slug, client_id, source)) % UNKNOWN_BUCKETS)
    }

    /// Whether the next attempt has to wait.
    pub(crate) fn is_slowed(&self, bucket: Bucket, now: Instant) -> bool {
        self.lock().get(&bucket).is_some_and(|failures| failures.count >= FREE_FAILURES && failures.is_fresh(now))
    }

    /// Counts an attempt as a failure, which it is until [`Self::forget`], and says how long it has to wait.
    pub(crate) fn count(&self, bucket: Bucket, longest: Longest, now: Instant) -> Duration {
        let mut all = self.lock();
        let failures = Self::entry(&mut all, bucket, now);
        let delay = delay_after(failures.count, longest);
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
        delay
    }

    /// Takes one of the places of those who wait.
    pub(crate) fn begin_waiting(self: &Arc<Self>, bucket: Bucket, now: Instant) -> Result<Waiting, TooManyWaiting> {
        let mut all = self.lock();
        let failures = Self::entry(&mut all, bucket, now);
        if failures.waiting >= MAX_WAITING {
            return Err(TooManyWaiting);
        }
        failures.waiting += 1;
        Ok(Waiting { slowdown: Arc::clone(self), bucket })
    }

    /// The client has proved its identity: its next failure is the first one again.
    pub(crate) fn forget(&self, bucket: Bucket) {
        let mut all = self.lock();
        match all.get_mut(&bucket) {
            Some(failures) if failures.waiting > 0 => failures.count = 0,
            Some(_) => drop(all.remove(&bucket)),
            None => {}
        }
    }

    fn entry(all: &mut HashMap<Bucket, Failures>, bucket: Bucket, now: Instant) -> &mut Failures {
        if all.len() >= TIDY_FROM {
            all.retain(|_, failures| failures.waiting > 0 || failures.is_fresh(now));
        }
        let failures = all.entry(bucket).or_insert(Failures { count: 0, last: now, waiting: 0 });
        if !failures.is_fresh(now) {
            failures.count = 0;
        }
        failures
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Bucket, Failures>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failures {
    fn is_fresh(&self, now: Instant) -> bool {
        now.duration_since(self.last) < FORGET_AFTER
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(failures) = self.slowdown.lock().get_mut(&self.bucket) {
            failures.waiting = failures.waiting.saturating_sub(1);
        }
    }
}

/// The delay of the attempt that follows on `count` failures.
fn delay_after(count: u32, longest: Longest) -> Duration {
    let longest = match longest {
        Longest::Second => Duration::from_secs(1),
        Longest::FiveSeconds => Duration::from_secs(5),
    };
    match count.checked_sub(FREE_FAILURES) {
        None => Duration::ZERO,
        Some(doublings) => FIRST_DELAY.saturating_mul(1 << doublings.min(8)).min(longest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(slowdown: &Slowdown, client_id: &str) -> Bucket {
        slowdown.bucket(slowdown.client("sales", client_id), Source::Here)
    }

    fn delays(slowdown: &Slowdown, bucket: Bucket, longest: Longest, count: usize) -> Vec<f64> {
        (0..count).map(|_| slowdown.count(bucket, longest, Instant::now()).as_secs_f64()).collect()
    }

    #[test]
    fn the_sixth_attempt_waits_and_each_further_one_twice_as_long() {
        let slowdown = Slowdown::default();
        let chosen = delays(&slowdown, bucket(&slowdown, "a"), Longest::FiveSeconds, 12);
        assert_eq!(chosen, [0.0, 0.0, 0.0, 0.0, 0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]);
        let generated = delays(&slowdown, bucket(&slowdown, "b"), Longest::Second, 9);
        assert_eq!(generated[5..], [0.25, 0.5, 1.0, 1.0], "SAP's own client gives up after two seconds");
    }

    #[test]
    fn each_source_and_each_client_is_counted_by_itself() {
        let slowdown = Slowdown::default();
        let client = slowdown.client("sales", "a");
        let here = slowdown.bucket(client, Source::Here);
        delays(&slowdown, here, Longest::Second, 20);
        assert!(slowdown.is_slowed(here, Instant::now()));
        for last in 1..=255 {
            let other = slowdown.bucket(client, Source::Ipv4([192, 0, 2, last]));
            assert!(!slowdown.is_slowed(other, Instant::now()));
        }
        assert!(!slowdown.is_slowed(bucket(&slowdown, "b"), Instant::now()));
    }

    #[test]
    fn a_success_or_ten_quiet_minutes_end_it() {
        let slowdown = Slowdown::default();
        let (a, b) = (bucket(&slowdown, "a"), bucket(&slowdown, "b"));
        let now = Instant::now();
        for bucket in [a, a, a, a, a, a, b, b, b, b, b, b] {
            slowdown.count(bucket, Longest::Second, now);
        }
        slowdown.forget(a);
        assert!(!slowdown.is_slowed(a, now));
        assert!(slowdown.is_slowed(b, now), "another client's success does not matter");
        assert!(!slowdown.is_slowed(b, now + FORGET_AFTER));
        assert_eq!(slowdown.count(b, Longest::Second, now + FORGET_AFTER), Duration::ZERO);
    }

    #[test]
    fn a_bounded_number_waits_and_a_place_is_free_again_when_one_goes() {
        let slowdown = Arc::new(Slowdown::default());
        let bucket = bucket(&slowdown, "a");
        let mut waiting: Vec<Waiting> =
            (0..MAX_WAITING).map(|_| slowdown.begin_waiting(bucket, Instant::now()).unwrap()).collect();
        assert!(slowdown.begin_waiting(bucket, Instant::now()).is_err());
        slowdown.forget(bucket);
        assert!(slowdown.begin_waiting(bucket, Instant::now()).is_err(), "they still wait");
        waiting.pop();
        assert!(slowdown.begin_waiting(bucket, Instant::now()).is_ok());
    }

    #[test]
    fn clients_that_do_not_exist_and_sources_take_a_bounded_number_of_counters() {
        let slowdown = Slowdown::default();
        let now = Instant::now();
        for n in 0..10_000_u16 {
            let source = Source::Ipv6Network([0x2001, 0xdb8, 0, n]);
            slowdown.count(slowdown.unknown("sales", &n.to_string(), source), Longest::Second, now);
            slowdown.count(slowdown.bucket(slowdown.client("sales", "a"), source), Longest::FiveSeconds, now);
        }
        assert!(slowdown.lock().len() <= 512);
    }
}
