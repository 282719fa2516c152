//! Verifies secrets that a person chose. This takes tens of milliseconds and 19 MiB each time, so few are verified at
//! once, and a right secret is remembered for a while.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use aws_lc_rs::hmac;
use domain::{credential::SecretVerifier, ports::Entropy};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};
use zeroize::Zeroizing;

use crate::slowdown::{Bucket, ClientKey, Longest, Slowdown, TooManyWaiting};

/// How many verifications may run at once, of all clients together.
const AT_ONCE: usize = 2;
/// How long a secret that was right needs no second verification.
const REMEMBER: Duration = Duration::from_secs(300);
/// How long an attempt waits for another one with the same secret: the answer has to be there within the time limit of a
/// request.
const MAX_TURN: Duration = Duration::from_secs(20);
/// From this many entries on, stale ones are dropped before another is added.
const TIDY_FROM: usize = 256;

/// The queue and the memory.
pub(crate) struct SlowVerification {
    permits: Arc<Semaphore>,
    /// Random for each process: without it, a digest from a memory dump says nothing.
    key: hmac::Key,
    right: Mutex<HashMap<ClientKey, Right>>,
    turns: Mutex<HashMap<TurnKey, Weak<Turn>>>,
}

/// Held by the one attempt whose secret is being verified.
type Turn = tokio::sync::Mutex<()>;
/// Where the secret is brought, and its digest.
type TurnKey = (Bucket, [u8; 32]);

/// A secret that was found right.
struct Right {
    /// By what; with another verifier it has to be verified again.
    verifier: SecretVerifier,
    tag: hmac::Tag,
    until: Instant,
}

/// Whose attempt it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) client: ClientKey,
    pub(crate) bucket: Bucket,
    /// Whether its connection proved to be the client before.
    pub(crate) has_proved: bool,
}

impl SlowVerification {
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(&mut *key);
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            key: hmac::Key::new(hmac::HMAC_SHA256, &*key),
            right: Mutex::default(),
            turns: Mutex::default(),
        }
    }

    /// Whether one of `secrets` is right. An attempt is counted and waits **before** it is compared with anything, the
    /// memory included. Otherwise a client could guess fast by hanging up whenever the answer does not come at once.
    pub(crate) async fn verify(
        &self,
        attempt: Attempt,
        verifier: &SecretVerifier,
        secrets: Vec<Zeroizing<Vec<u8>>>,
        slowdown: &Arc<Slowdown>,
    ) -> Result<bool, TooManyWaiting> {
        let Attempt { client, bucket, has_proved } = attempt;
        let may_remember = || has_proved || !slowdown.is_slowed(bucket, Instant::now());
        if may_remember() && self.remembers(client, verifier, &secrets) {
            return Ok(true);
        }
        // Attempts with the same secret at the same time share one verification; other guesses do not wait for it.
        let turn = self.turn(bucket, &secrets);
        let Ok(turn) = timeout(MAX_TURN, turn.lock_owned()).await else { return Err(TooManyWaiting) };
        if may_remember() && self.remembers(client, verifier, &secrets) {
            return Ok(true);
        }
        let waiting = slowdown.begin_waiting(bucket, Instant::now())?;
        sleep(slowdown.count(bucket, Longest::FiveSeconds, Instant::now())).await;
        drop(waiting);
        if self.remembers(client, verifier, &secrets) {
            slowdown.forget(bucket);
            return Ok(true);
        }
        let permit = Arc::clone(&self.permits).acquire_owned().await.expect("nobody closes this semaphore");
        let (of_client, counter) = (verifier.clone(), Arc::clone(slowdown));
        // The turn and the permit belong to the work, not to the request: a client that hangs up does not let the next
        // one in early.
        let verifying = tokio::task::spawn_blocking(move || {
            let right = secrets.into_iter().find(|secret| of_client.verify(secret));
            if right.is_some() {
                counter.forget(bucket);
            }
            drop(permit);
            (right, turn)
        });
        match verifying.await {
            Ok((Some(secret), _turn)) => {
                let right = Right {
                    verifier: verifier.clone(),
                    tag: hmac::sign(&self.key, &secret),
                    until: Instant::now() + REMEMBER,
                };
                self.remember(client, right);
                Ok(true)
            }
            Ok((None, _)) | Err(_) => Ok(false),
        }
    }

    fn remembers(&self, client: ClientKey, verifier: &SecretVerifier, secrets: &[Zeroizing<Vec<u8>>]) -> bool {
        let tag = {
            let mut all = self.right.lock().unwrap_or_else(PoisonError::into_inner);
            match all.get(&client) {
                Some(right) if right.until > Instant::now() && right.verifier == *verifier => right.tag,
                Some(_) => {
                    all.remove(&client);
                    return false;
                }
                None => return false,
            }
        };
        secrets.iter().any(|secret| hmac::verify(&self.key, secret, tag.as_ref()).is_ok())
    }

    fn remember(&self, client: ClientKey, right: Right) {
        let mut all = self.right.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TIDY_FROM {
            let now = Instant::now();
            all.retain(|_, right| right.until > now);
        }
        all.insert(client, right);
    }

    /// What is held by the one attempt with these secrets whose turn it is.
    fn turn(&self, bucket: Bucket, secrets: &[Zeroizing<Vec<u8>>]) -> Arc<Turn> {
        let mut digest = [0; 32];
        if let Some(secret) = secrets.first() {
            digest.copy_from_slice(hmac::sign(&self.key, secret).as_ref());
        }
        let mut all = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TIDY_FROM {
            all.retain(|_, turn| turn.strong_count() > 0);
        }
        let known = all.entry((bucket, digest)).or_default();
        known.upgrade().unwrap_or_else(|| {
            let turn = Arc::default();
            *known = Arc::downgrade(&turn);
            turn
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::documents::SecretBytes;
    use fakes::SystemEntropy;

    use super::*;
    use crate::source::Source;

    #[tokio::test]
    async fn whoever_hangs_up_while_a_guess_is_verified_is_counted_too() {
        let (slow, slowdown) = (SlowVerification::new(&SystemEntropy), Arc::new(Slowdown::default()));
        let client = slowdown.client("sales", "a");
        let bucket = slowdown.bucket(client, Source::Here);
        let attempt = Attempt { client, bucket, has_proved: false };
        let verifier = SecretVerifier::for_chosen(&SecretBytes::new(b"correct horse".to_vec()), &SystemEntropy);
        for _ in 0..6 {
            let guess = || vec![Zeroizing::new(b"wrong".to_vec())];
            // Long enough to begin the work, too short to end it.
            let answer = timeout(Duration::from_millis(5), slow.verify(attempt, &verifier, guess(), &slowdown)).await;
            assert!(answer.is_err(), "it was verified before anybody could hang up");
            drop(slow.turn(bucket, &guess()).lock_owned().await);
        }
        assert!(slowdown.is_slowed(bucket, Instant::now()), "hanging up would keep the processor busy for free");
    }
}
