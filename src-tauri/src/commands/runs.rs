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
        lock(&self.running).remove(&self.name);
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
