//! What recognising one document may cost this computer: one second and 100 MiB, whatever the document asks for.
//!
//! Costs are counted before the work is done, in nanoseconds of a machine that is neither fast nor slow, so that the same
//! document gets the same answer everywhere. [`Stop`] is for what cannot be counted: a person who has gone on, and a
//! machine that is far slower.

use std::{cell::Cell, sync::Arc};

use messages::{Message, message};
use pkcs8::pkcs5::pbes2::{Kdf, Pbkdf2Prf};

/// Whether recognition shall end early: somebody cancelled it, or it takes too long.
#[derive(Clone, Default)]
pub struct Stop(Option<Arc<dyn Fn() -> bool + Send + Sync>>);

impl Stop {
    /// It goes on to its end.
    pub const NEVER: Self = Self(None);

    /// It ends soon after `is_wanted` has become true. That is asked often, and must answer at once.
    pub fn when(is_wanted: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(is_wanted)))
    }

    fn is_wanted(&self) -> bool {
        self.0.as_ref().is_some_and(|is_wanted| is_wanted())
    }
}

impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Stop::when" } else { "Stop::NEVER" })
    }
}

/// Which limit a keystore or an encrypted key is beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceiling {
    /// Deriving one key from the password takes more rounds than [`MAX_ROUNDS`].
    Rounds {
        /// How many it asks for.
        asked: u64,
    },
    /// Deriving one key takes more memory than [`MAX_MEMORY`] (scrypt, RFC 7914).
    Memory {
        /// How many MiB it asks for, rounded up.
        mebibytes: u64,
    },
    /// Deriving all its keys takes longer than one document may.
    Work,
}

impl Ceiling {
    /// What it asks for and what the limit is, as a part of a sentence.
    pub fn message(self) -> Message {
        match self {
            Self::Rounds { asked } => message!("ceiling-rounds", asked = asked, limit = MAX_ROUNDS),
            Self::Memory { mebibytes } => {
                message!("ceiling-memory", asked = mebibytes, limit = MAX_MEMORY / MEBIBYTE)
            }
            Self::Work => message!("ceiling-work"),
        }
    }
}

/// Rounds for one key. `p12-keystore` has the same limit; OpenSSL writes 2048, keytool 10,000 or 50,000, this app 600,000.
pub(crate) const MAX_ROUNDS: u64 = 1_000_000;

/// Memory for one key, in bytes. `openssl pkcs8 -scrypt` asks for 16 MiB.
pub(crate) const MAX_MEMORY: u64 = 64 * MEBIBYTE;

const MEBIBYTE: u64 = 1024 * 1024;

/// All work on one document, in nanoseconds. What is not counted (the syntax, the texts) takes the rest of the second.
const LIMIT: u64 = 650_000_000;

/// Work is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// The document has cost enough.
    Spent,
    /// Nobody waits for the result any more.
    Stopped,
}

/// The work that is left for a document.
#[derive(Debug)]
pub(crate) struct Work<'a> {
    left: Cell<u64>,
    stop: &'a Stop,
    stopped: Cell<bool>,
}

impl<'a> Work<'a> {
    pub const fn new(stop: &'a Stop) -> Self {
        Self { left: Cell::new(LIMIT), stop, stopped: Cell::new(false) }
    }

    /// Takes what something will cost.
    pub fn spend(&self, cost: u64) -> Result<(), NotDone> {
        self.go_on()?;
        self.left.set(self.left.get().checked_sub(cost).ok_or(NotDone::Spent)?);
        Ok(())
    }

    /// Takes it only while half of everything is left, for what can be done without.
    pub fn spend_of_plenty(&self, cost: u64) -> Result<(), NotDone> {
        if self.left.get() < LIMIT / 2 { Err(NotDone::Spent) } else { self.spend(cost) }
    }

    /// Whether there is still somebody who wants the result.
    pub fn go_on(&self) -> Result<(), NotDone> {
        if !self.stopped.get() && self.stop.is_wanted() {
            self.stopped.set(true);
        }
        if self.stopped.get() { Err(NotDone::Stopped) } else { Ok(()) }
    }

    /// What a whole container or key may cost by itself.
    pub const fn of_one() -> u64 {
        LIMIT
    }
}

/// One block of SHA-1, SHA-224 or SHA-256.
const SHORT_HASH: u64 = 100;
/// One block of SHA-384 or SHA-512.
const LONG_HASH: u64 = 350;
/// A byte of scrypt's memory, in nanoseconds: written once and read once.
const SCRYPT_BYTE: u64 = 3;
/// A byte of PEM or DER, in nanoseconds: decoded, parsed, and parsed once more by a library.
const READ_BYTE: u64 = 100;

/// Verifying one signature: with the longest key that is used at all (RSA of 8192 bits).
pub(crate) const VERIFICATION: u64 = 250_000;

/// Reading so many bytes of certificates and keys.
pub(crate) const fn reading(bytes: usize) -> u64 {
    bytes as u64 * READ_BYTE
}

/// Loading a private key of so many bytes (DER): the numbers of an RSA key are checked against each other, and the public
/// half of one on a curve is derived.
pub(crate) const fn loading_key(bytes: usize) -> u64 {
    let bytes = bytes as u64;
    200_000 + bytes * bytes / 4
}

/// Deriving a key with the method of PKCS#12 (RFC 7292 §B.2), which yields `blocks` blocks of hash.
pub(crate) fn derivation_of_pkcs12(iterations: i32, long_hash: bool, blocks: u64) -> Result<u64, Ceiling> {
    let rounds = within_rounds(u64::try_from(iterations).unwrap_or_default())?;
    Ok(rounds * blocks * if long_hash { LONG_HASH } else { SHORT_HASH })
}

/// Deriving a key of `length` bytes with the method of PBES2 (RFC 8018).
pub(crate) fn derivation_of_pbes2(kdf: &Kdf, length: usize) -> Result<u64, Ceiling> {
    match kdf {
        Kdf::Pbkdf2(parameters) => {
            let rounds = within_rounds(parameters.iteration_count.into())?;
            let (hash, block) = match parameters.prf {
                Pbkdf2Prf::HmacWithSha1 => (20, SHORT_HASH),
                Pbkdf2Prf::HmacWithSha224 => (28, SHORT_HASH),
                Pbkdf2Prf::HmacWithSha256 => (32, SHORT_HASH),
                Pbkdf2Prf::HmacWithSha384 => (48, LONG_HASH),
                Pbkdf2Prf::HmacWithSha512 => (64, LONG_HASH),
                _ => (20, LONG_HASH),
            };
            // An HMAC hashes twice.
            Ok(rounds * 2 * block * length.div_ceil(hash) as u64)
        }
        Kdf::Scrypt(parameters) => {
            let (cost, lanes) = (parameters.cost_parameter, u64::from(parameters.parallelization));
            let block = 128 * u64::from(parameters.block_size);
            // Two buffers; what lets both be so large takes far too long.
            let memory = cost.max(lanes).saturating_mul(block);
            if memory > MAX_MEMORY {
                return Err(Ceiling::Memory { mebibytes: memory.div_ceil(MEBIBYTE) });
            }
            Ok(memory.saturating_mul(lanes).saturating_mul(SCRYPT_BYTE))
        }
        _ => Err(Ceiling::Work),
    }
}

fn within_rounds(asked: u64) -> Result<u64, Ceiling> {
    if asked > MAX_ROUNDS { Err(Ceiling::Rounds { asked }) } else { Ok(asked) }
}
