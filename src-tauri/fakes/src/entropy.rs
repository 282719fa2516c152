//! Randomness: bytes that are the same at every run (SplitMix64) with a record of them, and those of the system.

use std::sync::Mutex;

use domain::ports::Entropy;

/// SplitMix64, from the same start each time.
pub struct RepeatableEntropy(Mutex<State>);

struct State {
    counter: u64,
    given: Vec<Vec<u8>>,
}

impl RepeatableEntropy {
    pub fn start() -> Self {
        Self(Mutex::new(State { counter: 0, given: Vec::new() }))
    }

    /// Everything that was given out, one entry a call.
    pub fn given(&self) -> Vec<Vec<u8>> {
        self.0.lock().expect("the entropy").given.clone()
    }
}

impl Entropy for RepeatableEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().expect("the entropy");
        for chunk in buffer.chunks_mut(8) {
            state.counter = state.counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state.counter;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
        state.given.push(buffer.to_vec());
    }
}

/// The generator of the operating system, for programs that meet on one database: the same bytes twice would be one id for
/// two things.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        aws_lc_rs::rand::fill(buffer).expect("random bytes");
    }
}
