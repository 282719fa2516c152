//! Time and randomness, passed in.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// Gives unpredictable bytes, fit for secrets.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` with bytes from a cryptographically secure source.
    fn fill(&self, buffer: &mut [u8]);
}

/// A fresh UUID of version 4 (RFC 9562 §5.4): nothing but randomness.
pub(crate) fn generate_random_uuid(entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 16];
    entropy.fill(&mut random);
    uuid::Builder::from_random_bytes(random).into_uuid()
}

/// A fresh UUID of version 7 (RFC 9562 §5.7) from the given clock and entropy.
pub(crate) fn generate_uuid(clock: &dyn Clock, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
