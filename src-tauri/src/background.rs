//! What happens without a person's request: changes by other processes reach the window, the token service follows the
//! settings, and connections are tested when they are due.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use chrono::Utc;
use domain::{
    Drawbridge,
    area::Area,
    connection_check::{Stage, StageObserver, StageReport},
    refusal::Failure,
};
use tracing::{info, warn};

use crate::token_service::{Retry, TokenServiceRunner};

/// How soon a change by another process is noticed.
const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// How long to wait before another attempt to start a token service that could not start, or to repair what is left
/// over.
const RETRIES_EVERY: Duration = Duration::from_secs(60);

/// The first screen comes first.
const AFTER_START: Duration = Duration::from_secs(1);

/// How long the check of connections sleeps when nothing changes.
const CHECKS_EVERY: Duration = Duration::from_secs(60);

/// How long to leave a keychain alone that did not give a secret.
const AFTER_KEYCHAIN: Duration = Duration::from_secs(15 * 60);

/// The threads behind the window, or behind a process that serves. They end when this value is dropped, or soon after.
pub struct Background {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    stopped: AtomicBool,
    news: Mutex<News>,
    told: Condvar,
}

/// How far the threads have come: each follows the one before.
#[derive(Default)]
struct News {
    /// How many changes were noticed.
    changes: u64,
    /// How many of them the token service has followed.
    served: u64,
}

impl Background {
    /// Starts the threads over the domain for what happens without a person's request. `on_change` is called after
    /// every change of the data, by any process, with the areas that changed if they are known.
    pub fn start(
        drawbridge: Arc<Drawbridge>,
        token_service: Arc<TokenServiceRunner>,
        on_change: impl Fn(Option<&BTreeSet<Area>>) + Send + 'static,
    ) -> Self {
        let background = Self::follow(Arc::clone(&drawbridge), token_service, on_change);
        let checking = Arc::clone(&background.shared);
        thread::spawn(move || check(&checking, &drawbridge));
        background
    }

    /// Starts only what keeps the token service in step with settings and keys.
    pub fn follow(
        drawbridge: Arc<Drawbridge>,
        token_service: Arc<TokenServiceRunner>,
        on_change: impl Fn(Option<&BTreeSet<Area>>) + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        // Now: what changes before the first look must not be missed.
        let known = drawbridge.change_number().ok();
        let (watching, watched) = (Arc::clone(&shared), Arc::clone(&drawbridge));
        thread::spawn(move || watch(&watching, &watched, known, on_change));
        let serving = Arc::clone(&shared);
        thread::spawn(move || serve(&serving, &drawbridge, &token_service));
        Self { shared }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Under the lock: a thread that is about to wait sees it.
        self.shared.tell(|_| self.shared.stopped.store(true, Ordering::Relaxed));
    }
}

impl Shared {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn tell(&self, change: impl FnOnce(&mut News)) {
        change(&mut self.news.lock().unwrap_or_else(PoisonError::into_inner));
        self.told.notify_all();
    }

    /// Waits, unless everything ends.
    fn wait_out(&self, time: Duration) {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = self.told.wait_timeout_while(news, time, |_| !self.is_stopped());
    }

    /// Waits until `number` differs from `seen`, at most for `patience`; returns it.
    fn wait(&self, seen: u64, patience: Duration, number: impl Fn(&News) -> u64) -> u64 {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = |news: &mut News| number(news) == seen && !self.is_stopped();
        let (news, _) = self.told.wait_timeout_while(news, patience, waiting).unwrap_or_else(PoisonError::into_inner);
        number(&news)
    }
}

/// Looks whether something has changed, and says so.
fn watch(
    shared: &Shared,
    drawbridge: &Drawbridge,
    mut known: Option<u64>,
    on_change: impl Fn(Option<&BTreeSet<Area>>),
) {
    thread::sleep(AFTER_START);
    // The first look counts as a change, so that the threads that follow begin with it.
    shared.tell(|news| news.changes += 1);
    let mut failing = false;
    while !shared.is_stopped() {
        match drawbridge.change_number() {
            Ok(number) => {
                failing = false;
                if known != Some(number) {
                    let areas = known.and_then(|known| drawbridge.changed_areas(known, number));
                    known = Some(number);
                    on_change(areas.as_ref());
                    shared.tell(|news| news.changes += 1);
                }
            }
            // Reported once: a file that was replaced stays so.
            Err(_) if failing => {}
            Err(error) => {
                failing = true;
                warn!(%error, "whether something has changed cannot be seen");
            }
        }
        thread::sleep(LOOKS_EVERY);
    }
}

/// Keeps the token service in step, repairs what an interruption left over as soon as the keychain can be used, and
/// deletes replaced secrets whose time is over.
fn serve(shared: &Shared, drawbridge: &Arc<Drawbridge>, token_service: &TokenServiceRunner) {
    let (mut repaired, mut quiet_rounds) = (false, 0_u32);
    let mut seen = 0;
    while !shared.is_stopped() {
        let changes = shared.wait(seen, RETRIES_EVERY, |news| news.changes);
        if shared.is_stopped() {
            return;
        }
        // Before anything is done because of what it shows.
        if let Err(error) = drawbridge.time().watch() {
            warn!(%error, "what the clock shows cannot be remembered");
        }
        let quiet = changes == seen || seen == 0;
        seen = changes;
        if quiet && let Err(error) = drawbridge.keychain().look() {
            warn!(%error, "whether the keychain is the one of this installation cannot be seen");
        }
        if quiet {
            if repaired {
                end_what_is_over(drawbridge);
            } else {
                repaired = reconcile(drawbridge);
            }
            quiet_rounds = quiet_rounds.saturating_add(1);
            // Not in the first round, which belongs to the start.
            if quiet_rounds == 2 {
                check_database(drawbridge);
            }
        }
        let retry = if quiet { Retry::Quietly } else { Retry::WhenChanged };
        if let Err(error) = token_service.sync(drawbridge, retry) {
            warn!(%error, "what the token service is to do cannot be read");
        }
        shared.tell(|news| news.served = changes);
    }
}

/// Once after each start, at a quiet moment: opening a database with many requests checks only the rows that are read.
fn check_database(drawbridge: &Drawbridge) {
    match drawbridge.overview().check_database() {
        Ok(()) => info!("everything in the database is as it was written"),
        Err(error) => warn!(%error, "the database was checked"),
    }
}

/// Only once the keychain says that it can be used: some keychains cannot be kept from asking for their password.
fn reconcile(drawbridge: &Drawbridge) -> bool {
    match drawbridge.secrets().probe_keychain().map_err(Failure::from).and_then(|()| drawbridge.secrets().reconcile()) {
        Ok(reconciled) => {
            info!(?reconciled, "reconciled");
            true
        }
        Err(error) => {
            warn!(%error, "what an interruption left over waits for the keychain");
            false
        }
    }
}

/// Deletes what was replaced and what was set aside, where its time is over. Where the keychain cannot be used now,
/// this waits and shows nothing: no page shows these secrets any more.
fn end_what_is_over(drawbridge: &Drawbridge) {
    for ended in [drawbridge.pingone().end_former_secrets(), drawbridge.secrets().end_set_aside()] {
        match ended {
            Ok(_) => {}
            Err(error) if error.is_of_keychain() => {}
            Err(error) => warn!(%error, "secrets whose time is over cannot be deleted"),
        }
    }
}

/// Tests connections, after the token service has followed what changed: those to portals of this installation need it.
fn check(shared: &Shared, drawbridge: &Drawbridge) {
    let since = Utc::now();
    let mut seen = 0;
    while !shared.is_stopped() {
        seen = shared.wait(seen, CHECKS_EVERY, |news| news.served);
        if seen == 0 || shared.is_stopped() {
            continue;
        }
        match drawbridge.checks().check_due(since, &Silent(shared)) {
            Ok(0) => {}
            Ok(tested) => info!(tested, "connections tested"),
            Err(error) => {
                warn!(%error, "connections cannot be tested");
                if matches!(error, Failure::Keychain(_) | Failure::OtherKeychain(_)) {
                    // A keychain that cannot say beforehand that it will refuse may have asked the user. So do not try
                    // again soon, whatever changes.
                    let says_so = drawbridge.secrets().probe_keychain().is_err();
                    shared.wait_out(if says_so { CHECKS_EVERY } else { AFTER_KEYCHAIN });
                }
            }
        }
    }
}

/// Observes a test that no person follows.
struct Silent<'a>(&'a Shared);

impl StageObserver for Silent<'_> {
    fn started(&self, _: Stage) {}

    fn finished(&self, _: &StageReport) {}

    fn is_cancelled(&self) -> bool {
        self.0.is_stopped()
    }
}
