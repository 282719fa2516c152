//! Ctrl-C, and the signals with which a system ends a program: SIGTERM, or SIGHUP when its terminal or session ends.

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

/// Whether the program has been asked to end. A second signal ends it at once.
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
        // Whether the limit has passed does not matter: the flag is the answer.
        let _ = self.0.changed.wait_timeout_while(lock, limit, |()| !self.is_set());
        self.is_set()
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` where the program was started with this signal ignored, as nohup(1) does.
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn register() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hang_up = if is_hang_up_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())?, hang_up })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = hung_up(self.hang_up.as_mut()) => {}
        }
    }
}

#[cfg(unix)]
async fn hung_up(signal: Option<&mut tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

/// What the kernel says about this process (proc_pid_status(5)): the first bit of the mask is SIGHUP. On other systems
/// it is not known.
#[cfg(unix)]
fn is_hang_up_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
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
