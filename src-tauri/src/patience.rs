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

/// Recognition of a document stops when it takes longest, counted from now.
pub fn begin() -> Stop {
    begin_until(Arc::default())
}

/// The same; it also stops when `cancelled` becomes true.
pub fn begin_until(cancelled: Arc<AtomicBool>) -> Stop {
    let begun = Instant::now();
    Stop::when(move || cancelled.load(Ordering::Relaxed) || begun.elapsed() > LONGEST)
}
