//! Long work that a screen follows and may cancel.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tauri::State;

type Running = Arc<Mutex<HashMap<String, Arc<AtomicBool>>>>;

/// What runs at the moment, by the name that the screen gave it.
#[derive(Default)]
pub struct Runs(Running);

impl Runs {
    /// A run of that name begins, and the one before it is cancelled: only the latest of them is waited for.
    pub fn begin_alone(&self, name: &str) -> Run {
        let cancelled = Arc::<AtomicBool>::default();
        let former = lock(&self.0).insert(name.to_owned(), Arc::clone(&cancelled));
        if let Some(former) = former {
            former.store(true, Ordering::Relaxed);
        }
        Run { name: name.to_owned(), cancelled, running: Arc::clone(&self.0) }
    }

    /// A run of that name begins; it ends when the result is dropped.
    pub fn begin(&self, name: String) -> Run {
        let cancelled = Arc::clone(lock(&self.0).entry(name.clone()).or_default());
        Run { name, cancelled, running: Arc::clone(&self.0) }
    }
}

/// Something that runs.
pub struct Run {
    name: String,
    cancelled: Arc<AtomicBool>,
    running: Running,
}

impl Run {
    /// Becomes true when the user has cancelled it.
    pub fn cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let mut running = lock(&self.running);
        // A later one of that name goes on.
        if running.get(&self.name).is_some_and(|own| Arc::ptr_eq(own, &self.cancelled)) {
            running.remove(&self.name);
        }
    }
}

/// Cancels a run; one that has ended is no error.
#[tauri::command]
pub fn cancel_run(runs: State<'_, Runs>, run: String) {
    if let Some(cancelled) = lock(&runs.0).get(&run) {
        cancelled.store(true, Ordering::Relaxed);
    }
}

fn lock(running: &Running) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Promise A1: recognition runs one at a time.
    #[test]
    fn a_newer_run_cancels_the_older_one_and_stays_when_that_ends() {
        let runs = Runs::default();
        let is_over = |run: &Run| run.cancelled().load(Ordering::Relaxed);
        let older = runs.begin_alone("inspection");
        let newer = runs.begin_alone("inspection");
        assert!(is_over(&older) && !is_over(&newer));
        drop(older);
        lock(&runs.0).get("inspection").expect("the newer one can still be cancelled").store(true, Ordering::Relaxed);
        assert!(is_over(&newer));
        drop(newer);
        assert!(lock(&runs.0).is_empty());
    }
}
