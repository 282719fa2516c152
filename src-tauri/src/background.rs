//! What happens without anybody asking: changes by other processes reach the window, the token service follows the
//! settings, connections are tested when their time has come.

use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use chrono::Utc;
use domain::{Drawbridge, Stage, StageObserver, StageReport};
use tracing::{info, warn};

use crate::token_service::{Retry, TokenServiceRunner};

/// How soon a change by another process is noticed.
const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// How many looks lie between two attempts to start a token service that could not start.
const LOOKS_PER_RETRY: u32 = 120;

/// The first screen comes first.
const AFTER_START: Duration = Duration::from_secs(1);

/// How long the check of connections sleeps when nothing changes.
const CHECKS_EVERY: Duration = Duration::from_secs(60);

/// The threads behind the window, or behind a process that serves. They end with this value, or soon after it.
pub struct Background {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    stopped: AtomicBool,
    changes: Mutex<u64>,
    changed: Condvar,
}

impl Background {
    /// Starts the threads. `on_change` is told about every change of the data, by whomever.
    pub fn start(
        drawbridge: Arc<Drawbridge>,
        token_service: Arc<TokenServiceRunner>,
        on_change: impl Fn() + Send + 'static,
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
        on_change: impl Fn() + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let watching = Arc::clone(&shared);
        thread::spawn(move || watch(&watching, &drawbridge, &token_service, on_change));
        Self { shared }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        self.shared.changed.notify_all();
    }
}

fn watch(shared: &Shared, drawbridge: &Arc<Drawbridge>, token_service: &TokenServiceRunner, on_change: impl Fn()) {
    thread::sleep(AFTER_START);
    let mut known = None;
    let mut looks = 0_u32;
    while !shared.stopped.load(Ordering::Relaxed) {
        match drawbridge.change_number() {
            Ok(number) if known != Some(number) => {
                if known.is_some() {
                    on_change();
                }
                known = Some(number);
                *shared.changes.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                shared.changed.notify_all();
                sync(token_service, drawbridge, Retry::WhenChanged);
            }
            Ok(_) if looks.is_multiple_of(LOOKS_PER_RETRY) => sync(token_service, drawbridge, Retry::Quietly),
            Ok(_) => {}
            Err(error) => warn!(%error, "whether something has changed cannot be seen"),
        }
        looks = looks.wrapping_add(1);
        thread::sleep(LOOKS_EVERY);
    }
}

fn sync(token_service: &TokenServiceRunner, drawbridge: &Arc<Drawbridge>, retry: Retry) {
    if let Err(error) = token_service.sync(drawbridge, retry) {
        warn!(%error, "what the token service is to do cannot be read");
    }
}

fn check(shared: &Shared, drawbridge: &Drawbridge) {
    let since = Utc::now();
    let mut seen = 0;
    while !shared.stopped.load(Ordering::Relaxed) {
        {
            let changes = shared.changes.lock().unwrap_or_else(PoisonError::into_inner);
            let waiting = shared.changed.wait_timeout_while(changes, CHECKS_EVERY, |changes| {
                *changes == seen && !shared.stopped.load(Ordering::Relaxed)
            });
            seen = *waiting.unwrap_or_else(PoisonError::into_inner).0;
        }
        match drawbridge.check_due_connections(since, &Silent(shared)) {
            Ok(0) => {}
            Ok(tested) => info!(tested, "connections tested"),
            Err(error) => warn!(%error, "connections cannot be tested"),
        }
    }
}

/// Follows a test that nobody looks at.
struct Silent<'a>(&'a Shared);

impl StageObserver for Silent<'_> {
    fn started(&self, _: Stage) {}

    fn finished(&self, _: &StageReport) {}

    fn is_cancelled(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }
}
