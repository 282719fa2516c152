//! The worker thread, the time limit, and reconnecting.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use domain::{
    documents::SecretBytes,
    id::SecretId,
    messages::message,
    ports::{SecretStore, SecretStoreError},
};
use zeroize::Zeroizing;

use crate::{
    items::{WhenLocked, broken},
    os, parts,
};

/// The keychain of the operating system as the domain's [`SecretStore`].
///
/// One worker thread makes all calls, in the order in which they were asked for. Dropping the store ends the thread as
/// soon as the call that it is in has returned.
///
/// Each call gives up after the time limit with [`SecretStoreError::Broken`]. A call that had not begun by then is not
/// made any more; one that had begun may still take effect, and always does so before any later call.
#[derive(Debug)]
pub struct KeychainSecretStore {
    jobs: mpsc::Sender<Job>,
    application: String,
    time_limit: Duration,
    when_locked: WhenLocked,
    waiting: Option<Waiting>,
}

/// What to do when the keychain may be asking the person, and has not answered yet; and when it has.
#[derive(Clone)]
struct Waiting(Arc<dyn Fn(bool) + Send + Sync>);

impl std::fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Waiting")
    }
}

type Job = Box<dyn FnOnce(&mut Worker) + Send>;

impl KeychainSecretStore {
    /// The time limit for a person's session: the keychain may have to ask for a password.
    pub const TIME_LIMIT: Duration = Duration::from_secs(30);

    /// How long a call waits before [`Self::telling`] reports it.
    const TELLS_AFTER: Duration = Duration::from_secs(1);

    /// A store whose items bear `application` as their service. `time_limit` is how long a call waits at most, the
    /// user's answer to a prompt of the keychain included; most programs want [`Self::TIME_LIMIT`].
    ///
    /// This does not look for the keychain: when there is none, each call says so, and a later call tries again.
    pub fn open(application: &str, time_limit: Duration) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let mut worker = Worker { application: application.to_owned(), time_limit, keychain: None };
        let run = move || {
            for job in queue {
                // A panic in a library is one failed call (its answer is dropped unsent), not the end of the store.
                if catch_unwind(AssertUnwindSafe(|| job(&mut worker))).is_err() {
                    worker.keychain = None;
                }
            }
        };
        if let Err(error) = thread::Builder::new().name("keychain".to_owned()).spawn(run) {
            // The queue's end went with the thread, so every call will say that there is no worker.
            tracing::error!(%error, "the keychain's worker thread could not be started");
        }
        Self { jobs, application: application.to_owned(), time_limit, when_locked: WhenLocked::Ask, waiting: None }
    }

    /// The same keychain, on the same worker, for what happens without a person's request: where a call would ask the
    /// user for the password, it fails with [`SecretStoreError::Locked`] instead. The call itself checks whether it is
    /// locked, so it does not matter when that changes.
    ///
    /// macOS asks by itself when it has to; a single call cannot prevent that.
    pub fn unattended(&self) -> Self {
        let Self { jobs, application, time_limit, when_locked: _, waiting: _ } = self;
        Self {
            jobs: jobs.clone(),
            application: application.clone(),
            time_limit: *time_limit,
            when_locked: WhenLocked::GiveUp,
            waiting: None,
        }
    }

    /// The same store, which calls `tell` with true when a call has waited for a second, because a dialog for the password
    /// may be open on a screen that the person does not see; and with false when that call has ended.
    #[must_use]
    pub fn telling(self, tell: impl Fn(bool) + Send + Sync + 'static) -> Self {
        Self { waiting: Some(Waiting(Arc::new(tell))), ..self }
    }

    /// Has the worker do `work`, and waits for its result until the time limit. After a success the worker does
    /// `afterwards` before anything else; no caller waits for that.
    fn call<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl Fn(&mut Worker, Instant) -> Result<T, SecretStoreError> + Send + 'static,
        afterwards: impl Fn(&mut Worker) + Send + 'static,
    ) -> Result<T, SecretStoreError> {
        let deadline = Instant::now() + self.time_limit;
        let (answer, result) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |worker| {
            // Past the deadline the caller was told that the call failed, so it must not take effect any more.
            if Instant::now() >= deadline {
                return;
            }
            let result = work(worker, deadline);
            let done = result.is_ok();
            // The caller may be gone by the time the answer is there; a secret in it is wiped as it is dropped.
            let _ = answer.send(result);
            if done {
                afterwards(worker);
            }
        });
        let result = match self.jobs.send(job) {
            Err(_) => Err(broken(message!("keychain-not-running"))),
            Ok(()) => match self.wait_for(&result, deadline) {
                // A call over the bus has the same limit, and may end a moment earlier.
                Ok(Err(SecretStoreError::Broken { .. })) if Instant::now() >= deadline => Err(self.no_answer()),
                Ok(result) => result,
                Err(mpsc::RecvTimeoutError::Timeout) => Err(self.no_answer()),
                // The worker drops a call unanswered at its deadline, or when the call panicked.
                Err(mpsc::RecvTimeoutError::Disconnected) if Instant::now() >= deadline => Err(self.no_answer()),
                Err(mpsc::RecvTimeoutError::Disconnected) => Err(broken(message!("keychain-ended"))),
            },
        };
        // "No such item" is an answer, not a failure.
        if let Err(failure) = result.as_ref()
            && *failure != SecretStoreError::Missing
        {
            tracing::warn!(call = name, %failure, "the keychain did not do what was asked");
        }
        result
    }

    /// The answer, if it comes before `deadline`. If it takes long, the person is told once.
    fn wait_for<T>(
        &self,
        answer: &mpsc::Receiver<Result<T, SecretStoreError>>,
        deadline: Instant,
    ) -> Result<Result<T, SecretStoreError>, mpsc::RecvTimeoutError> {
        let rest = || deadline.saturating_duration_since(Instant::now());
        let Some(Waiting(tell)) = &self.waiting else { return answer.recv_timeout(rest()) };
        match answer.recv_timeout(Self::TELLS_AFTER.min(rest())) {
            Err(mpsc::RecvTimeoutError::Timeout) => {
                tell(true);
                let answered = answer.recv_timeout(rest());
                tell(false);
                answered
            }
            answered => answered,
        }
    }

    /// [`Self::call`] on the unlocked keychain.
    fn call_unlocked<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl Fn(&os::Unlocked<'_>) -> Result<T, SecretStoreError> + Send + 'static,
        afterwards: impl Fn(&mut Worker) + Send + 'static,
    ) -> Result<T, SecretStoreError> {
        let when_locked = self.when_locked;
        self.call(name, move |worker, deadline| worker.with_unlocked(deadline, when_locked, &work), afterwards)
    }

    fn no_answer(&self) -> SecretStoreError {
        broken(message!("keychain-no-answer-within", limit = format!("{:?}", self.time_limit)))
    }
}

impl SecretStore for KeychainSecretStore {
    fn put(&self, id: SecretId, label: &str, secret: &SecretBytes) -> Result<(), SecretStoreError> {
        // Not every keychain takes an empty label.
        let label = if label.is_empty() { self.application.clone() } else { label.to_owned() };
        // EXPOSE: the worker needs bytes of its own, since it may outlast this call; they are wiped with the job.
        let secret = Zeroizing::new(secret.expose().to_vec());
        let put = move |items: &os::Unlocked<'_>| parts::put(items, id, &label, &secret);
        self.call_unlocked("put", put, move |worker| worker.remove_stale_parts(id))
    }

    fn get(&self, id: SecretId) -> Result<SecretBytes, SecretStoreError> {
        self.call_unlocked("get", move |items| parts::get(items, id), |_| ())
    }

    fn delete(&self, id: SecretId) -> Result<(), SecretStoreError> {
        self.call_unlocked("delete", move |items| parts::delete(items, id), |_| ())
    }

    fn list(&self) -> Result<BTreeSet<SecretId>, SecretStoreError> {
        self.call_unlocked("list", |items| parts::list(items), |_| ())
    }

    fn probe(&self) -> Result<(), SecretStoreError> {
        self.call("probe", |worker, deadline| worker.with_keychain(deadline, os::Keychain::probe), |_| ())
    }
}

/// What lives on the worker thread.
struct Worker {
    application: String,
    time_limit: Duration,
    /// The connection of the last call, kept because opening one costs a key exchange.
    keychain: Option<os::Keychain>,
}

impl Worker {
    /// Does `work` on the unlocked keychain; `when_locked` says whether the user may be asked to unlock it.
    fn with_unlocked<T>(
        &mut self,
        deadline: Instant,
        when_locked: WhenLocked,
        work: impl Fn(&os::Unlocked<'_>) -> Result<T, SecretStoreError>,
    ) -> Result<T, SecretStoreError> {
        self.with_keychain(deadline, |keychain| work(&keychain.unlock(deadline, when_locked)?))
    }

    /// Tidies up after a `put`. The new secret is stored by then, so a failure here does not concern the caller; what
    /// is left over is removed by the next `put` or `delete` of `id`. Nobody waits for this, so nobody is asked for a
    /// password.
    fn remove_stale_parts(&mut self, id: SecretId) {
        let deadline = Instant::now() + self.time_limit;
        let removed = self.with_unlocked(deadline, WhenLocked::GiveUp, |items| parts::remove_stale_parts(items, id));
        if let Err(failure) = removed {
            tracing::warn!(%failure, "parts of a replaced secret stay in the keychain for now");
        }
    }

    /// Does `work` on the open connection, or on a new one.
    ///
    /// A connection kept from an earlier call may be dead by now, because the keychain's daemon or the bus was
    /// restarted. So a failure on it does not count: the work is done once more on a new one. All work here can be done
    /// twice.
    fn with_keychain<T>(
        &mut self,
        deadline: Instant,
        work: impl Fn(&os::Keychain) -> Result<T, SecretStoreError>,
    ) -> Result<T, SecretStoreError> {
        let mut doubted = None;
        if let Some(keychain) = &self.keychain {
            let result = work(keychain);
            let closed = keychain.is_closed();
            if closed || !casts_doubt_on_the_connection(&result) {
                if closed {
                    self.keychain = None;
                }
                return result;
            }
            self.keychain = None;
            if Instant::now() >= deadline {
                return result;
            }
            doubted = result.err();
        }
        let result = os::open(&self.application, self.time_limit).and_then(|keychain| {
            let result = work(&keychain);
            if !casts_doubt_on_the_connection(&result) && !keychain.is_closed() {
                self.keychain = Some(keychain);
            }
            result
        });
        match (doubted, result) {
            // The first attempt may have taken effect before it failed, so a refusal now does not prove that nothing
            // was written.
            (Some(first @ SecretStoreError::Broken { .. }), Err(second)) if second.says_nothing_was_written() => {
                Err(first)
            }
            (_, result) => result,
        }
    }
}

fn casts_doubt_on_the_connection<T>(result: &Result<T, SecretStoreError>) -> bool {
    match result {
        Err(SecretStoreError::NoKeychain | SecretStoreError::Broken { .. }) => true,
        Ok(_)
        | Err(
            SecretStoreError::Missing
            | SecretStoreError::Locked
            | SecretStoreError::KeyringLocked { .. }
            | SecretStoreError::NotAllowed { .. }
            | SecretStoreError::Denied
            | SecretStoreError::TooLarge { .. },
        ) => false,
    }
}
