//! Ctrl-C, and what a system sends to end a program.

use std::{
    io, process,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tauri::async_runtime;

use super::problem::{Exit, Problem};

/// Whether somebody wants the program to end. Whoever wants it twice does not wait any longer.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    set: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl Interrupt {
    /// From now on signals are waited for instead of ending the program at once.
    pub fn listen() -> Result<Self, Problem> {
        let interrupt = Self::default();
        let told = Arc::clone(&interrupt.0);
        // Registered before this returns: a signal right after it is not lost.
        let mut signals = async_runtime::block_on(async { Signals::register() }).map_err(|error| {
            Problem::wrong(&format!("signals cannot be received: {error}"), "Try again, or restart the system.")
        })?;
        async_runtime::spawn(async move {
            signals.next().await;
            {
                let _lock = told.lock.lock().unwrap_or_else(PoisonError::into_inner);
                told.set.store(true, Ordering::Relaxed);
            }
            told.changed.notify_all();
            signals.next().await;
            process::exit(Exit::Cancelled as i32);
        });
        Ok(interrupt)
    }

    /// Whether a signal came.
    pub fn is_set(&self) -> bool {
        self.0.set.load(Ordering::Relaxed)
    }

    /// Waits for a signal, but not longer than `limit`; whether one came.
    pub fn wait(&self, limit: Duration) -> bool {
        let lock = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        // Whether the limit has passed is not asked: the answer is the flag.
        let _ = self.0.changed.wait_timeout_while(lock, limit, |()| !self.is_set());
        self.is_set()
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn register() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    end: tokio::signal::windows::CtrlBreak,
}

#[cfg(windows)]
impl Signals {
    fn register() -> io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c};
        Ok(Self { interrupt: ctrl_c()?, end: ctrl_break()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.end.recv() => {}
        }
    }
}
