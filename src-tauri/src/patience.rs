//! How long anybody waits until a document is recognised.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::documents::Stop;

/// What a document may cost is counted, and done within a second. This limit is for a machine that is far slower or
/// very busy.
const LONGEST: Duration = Duration::from_secs(10);

/// Patience with one document, from now on.
pub struct Patience(Box<dyn Fn() -> bool + Send + Sync>);

impl Patience {
    /// It also ends when `cancelled` becomes true.
    pub fn until(cancelled: Arc<AtomicBool>) -> Self {
        let begun = Instant::now();
        Self(Box::new(move || cancelled.load(Ordering::Relaxed) || begun.elapsed() > LONGEST))
    }

    /// When recognition gives up.
    pub fn stop(&self) -> Stop<'_> {
        Stop::when(&*self.0)
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self::until(Arc::default())
    }
}
