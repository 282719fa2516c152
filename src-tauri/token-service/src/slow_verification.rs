//! Verifies secrets that a person chose. It takes tens of milliseconds and 19 MiB each time, so there is a queue, and
//! what was found right is remembered for a while.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use aws_lc_rs::hmac;
use domain::{Entropy, SecretVerifier};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};
use zeroize::Zeroizing;

use crate::slowdown::{Bucket, MAX_WAIT, Slowdown};

/// So many verifications at once, of all clients together.
const AT_ONCE: usize = 2;
/// How long a secret that was right needs no second verification.
const REMEMBER: Duration = Duration::from_secs(300);
/// From so many entries on, those that are of no use any more are dropped before another is added.
const TIDY_FROM: usize = 256;

/// The queue and the memory.
pub(crate) struct SlowVerification {
    permits: Arc<Semaphore>,
    /// Random, of this process: a digest of the memory says nothing without it.
    key: hmac::Key,
    clients: Mutex<HashMap<Bucket, Client>>,
}

#[derive(Default)]
struct Client {
    /// Held by the one attempt of this client whose turn it is.
    turn: Arc<tokio::sync::Mutex<()>>,
    right: Option<Right>,
}

/// A secret that was found right.
struct Right {
    /// By what; with another verifier it has to be verified again.
    verifier: SecretVerifier,
    tag: hmac::Tag,
    until: Instant,
}

/// Others of the same client wait already, longer than this request may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyWaiting;

impl SlowVerification {
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(&mut *key);
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            key: hmac::Key::new(hmac::HMAC_SHA256, &*key),
            clients: Mutex::default(),
        }
    }

    /// Whether one of `secrets` is right. Failures are counted here, and waited for **before** verifying: otherwise many
    /// guesses at once would keep the processor busy.
    pub(crate) async fn verify(
        &self,
        bucket: Bucket,
        verifier: &SecretVerifier,
        secrets: Vec<Zeroizing<Vec<u8>>>,
        slowdown: &Arc<Slowdown>,
    ) -> Result<bool, TooManyWaiting> {
        if self.remembers(bucket, verifier, &secrets) {
            return Ok(true);
        }
        let turn = Arc::clone(&self.client(bucket, |client| Arc::clone(&client.turn)));
        let Ok(turn) = timeout(MAX_WAIT, turn.lock_owned()).await else { return Err(TooManyWaiting) };
        // The one before may have brought the same secret.
        if self.remembers(bucket, verifier, &secrets) {
            return Ok(true);
        }
        sleep(slowdown.delay(bucket, Instant::now())).await;
        let permit = Arc::clone(&self.permits).acquire_owned().await.expect("nobody closes this semaphore");
        let (of_client, counter) = (verifier.clone(), Arc::clone(slowdown));
        // Turn, permit and count go with the work, not with the request: a client that hangs up is counted like any
        // other, and does not let the next one in early.
        let verifying = tokio::task::spawn_blocking(move || {
            let right = secrets.into_iter().find(|secret| of_client.verify(secret));
            match right {
                Some(_) => counter.forget(bucket),
                None => counter.count_failure(bucket, Instant::now()),
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
                self.client(bucket, |client| client.right = Some(right));
                Ok(true)
            }
            Ok((None, _)) | Err(_) => Ok(false),
        }
    }

    fn remembers(&self, bucket: Bucket, verifier: &SecretVerifier, secrets: &[Zeroizing<Vec<u8>>]) -> bool {
        let tag = {
            let mut clients = self.lock();
            let Some(client) = clients.get_mut(&bucket) else { return false };
            match &client.right {
                Some(right) if right.until > Instant::now() && right.verifier == *verifier => right.tag,
                Some(_) | None => {
                    client.right = None;
                    return false;
                }
            }
        };
        secrets.iter().any(|secret| hmac::verify(&self.key, secret, tag.as_ref()).is_ok())
    }

    fn client<T>(&self, bucket: Bucket, act: impl FnOnce(&mut Client) -> T) -> T {
        let mut clients = self.lock();
        if clients.len() >= TIDY_FROM {
            let now = Instant::now();
            clients.retain(|_, client| {
                Arc::strong_count(&client.turn) > 1 || client.right.as_ref().is_some_and(|right| right.until > now)
            });
        }
        act(clients.entry(bucket).or_default())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Bucket, Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use domain::SecretBytes;

    use super::*;
    use crate::fakes::SystemEntropy;

    #[tokio::test]
    async fn whoever_hangs_up_while_a_guess_is_verified_is_counted_too() {
        let (slow, slowdown) = (SlowVerification::new(&SystemEntropy), Arc::new(Slowdown::default()));
        let bucket = slowdown.client("sales", "a");
        let verifier = SecretVerifier::for_chosen(&SecretBytes::new(b"correct horse".to_vec()), &SystemEntropy);
        for _ in 0..6 {
            let guess = vec![Zeroizing::new(b"wrong".to_vec())];
            // Long enough to begin the work, too short to end it.
            let answer = timeout(Duration::from_millis(5), slow.verify(bucket, &verifier, guess, &slowdown)).await;
            assert!(answer.is_err(), "it was verified before anybody could hang up");
            drop(slow.client(bucket, |client| Arc::clone(&client.turn)).lock_owned().await);
        }
        assert!(!slowdown.delay(bucket, Instant::now()).is_zero(), "hanging up would keep the processor busy for free");
    }
}
