//! Time and randomness of this machine.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, Utc};
use domain::{Clock, Entropy};

/// The clock of this machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// AWS-LC's generator, seeded by the operating system.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness no secret would be one: stopping is the only safe answer.
        SystemRandom::new().fill(buffer).expect("the operating system gives random bytes");
    }
}
