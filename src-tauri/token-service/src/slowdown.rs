//! Makes guessing slow: the more often a client failed in a row, the later comes the answer to the next failure.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// So many failures in a row are answered at once.
const FREE_FAILURES: u32 = 5;
const FIRST_DELAY: Duration = Duration::from_millis(250);
const MAX_DELAY: Duration = Duration::from_secs(5);
/// A failure waits behind the others of its client, but not longer than this: the answer has to be there within the time
/// limit of a request.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(20);
/// After so long without a failure, the client starts afresh.
const FORGET_AFTER: Duration = Duration::from_secs(600);
/// Clients that do not exist share so many counters: memory stays bounded, and one of them is slowed down like a client
/// that exists.
const UNKNOWN_BUCKETS: u64 = 256;
/// From so many entries on, those that can be forgotten are dropped before another is added.
const TIDY_FROM: usize = 1024;

/// Counts the failures of each client.
#[derive(Default)]
pub(crate) struct Slowdown {
    hasher: RandomState,
    failures: Mutex<HashMap<Bucket, Failures>>,
}

/// Whose failures are counted together. Keyed by a hash with a secret key: nobody can aim at somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// A client that exists.
    Client(u64),
    /// Some clients that do not exist.
    Unknown(u64),
}

struct Failures {
    count: u32,
    last: Instant,
    /// When the answer to the last failure is due.
    answered: Instant,
}

impl Slowdown {
    pub(crate) fn client(&self, slug: &str, client_id: &str) -> Bucket {
        Bucket::Client(self.hasher.hash_one((slug, client_id)))
    }

    pub(crate) fn unknown(&self, slug: &str, client_id: &str) -> Bucket {
        Bucket::Unknown(self.hasher.hash_one((slug, client_id)) % UNKNOWN_BUCKETS)
    }

    /// Counts a failure and says how long its answer has to wait.
    pub(crate) fn record_failure(&self, bucket: Bucket, now: Instant) -> Duration {
        let mut all = self.lock();
        let failures = Self::entry(&mut all, bucket, now);
        let delay = delay_after(failures.count);
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
        failures.answered = (failures.answered.max(now) + delay).min(now + MAX_WAIT);
        if delay.is_zero() { Duration::ZERO } else { failures.answered - now }
    }

    /// Counts a failure whose delay was waited out beforehand.
    pub(crate) fn count_failure(&self, bucket: Bucket, now: Instant) {
        let mut all = self.lock();
        let failures = Self::entry(&mut all, bucket, now);
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
    }

    /// How long the next attempt of the client has to wait if it waits beforehand.
    pub(crate) fn delay(&self, bucket: Bucket, now: Instant) -> Duration {
        let fresh = |failures: &&Failures| now.duration_since(failures.last) < FORGET_AFTER;
        self.lock().get(&bucket).filter(fresh).map_or(Duration::ZERO, |failures| delay_after(failures.count))
    }

    /// The client succeeded.
    pub(crate) fn forget(&self, bucket: Bucket) {
        self.lock().remove(&bucket);
    }

    fn entry(all: &mut HashMap<Bucket, Failures>, bucket: Bucket, now: Instant) -> &mut Failures {
        let fresh = |failures: &Failures| now.duration_since(failures.last) < FORGET_AFTER;
        if all.len() >= TIDY_FROM {
            all.retain(|_, failures| fresh(failures));
        }
        let failures = all.entry(bucket).or_insert(Failures { count: 0, last: now, answered: now });
        if !fresh(failures) {
            failures.count = 0;
        }
        failures
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Bucket, Failures>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The delay of the failure that follows on `count` others.
fn delay_after(count: u32) -> Duration {
    match count.checked_sub(FREE_FAILURES) {
        None => Duration::ZERO,
        Some(doublings) => FIRST_DELAY.saturating_mul(1 << doublings.min(8)).min(MAX_DELAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(slowdown: &Slowdown, bucket: Bucket, now: Instant) -> f64 {
        slowdown.record_failure(bucket, now).as_secs_f64()
    }

    #[test]
    fn the_sixth_failure_waits_and_each_further_one_twice_as_long() {
        let slowdown = Slowdown::default();
        let bucket = slowdown.client("sales", "a");
        let mut now = Instant::now();
        let mut delays = Vec::new();
        for _ in 0..12 {
            let delay = slowdown.record_failure(bucket, now);
            now += delay;
            delays.push(delay.as_secs_f64());
        }
        assert_eq!(delays, [0.0, 0.0, 0.0, 0.0, 0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]);
    }

    #[test]
    fn failures_at_the_same_time_queue_behind_each_other() {
        let slowdown = Slowdown::default();
        let bucket = slowdown.client("sales", "a");
        let now = Instant::now();
        let delays: Vec<f64> = (0..12).map(|_| seconds(&slowdown, bucket, now)).collect();
        assert_eq!(delays[5..9], [0.25, 0.75, 1.75, 3.75], "guessing in parallel must not be faster");
        assert_eq!(delays[11], 17.75);
        assert_eq!(seconds(&slowdown, bucket, now), 20.0, "no answer comes after the time limit of a request");
    }

    #[test]
    fn a_success_or_ten_quiet_minutes_end_it() {
        let slowdown = Slowdown::default();
        let (a, b) = (slowdown.client("sales", "a"), slowdown.client("sales", "b"));
        let now = Instant::now();
        for bucket in [a, a, a, a, a, a, b, b, b, b, b, b] {
            slowdown.record_failure(bucket, now);
        }
        slowdown.forget(a);
        assert_eq!(seconds(&slowdown, a, now), 0.0);
        assert!(seconds(&slowdown, b, now) > 0.0, "another client's success does not matter");
        assert_eq!(seconds(&slowdown, b, now + FORGET_AFTER), 0.0);
    }

    #[test]
    fn clients_that_do_not_exist_take_a_bounded_number_of_counters() {
        let slowdown = Slowdown::default();
        let now = Instant::now();
        for n in 0..10_000 {
            slowdown.record_failure(slowdown.unknown("sales", &n.to_string()), now);
        }
        assert!(slowdown.lock().len() <= 256);
    }
}
