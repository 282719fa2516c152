//! Looks for pieces of secrets in what must not carry any.

use std::fmt::Debug;

use base64::{Engine, prelude::BASE64_STANDARD};
use fakes::World;

/// Pieces of secrets in lower case, in every form in which a text could carry them.
pub struct Needles(Vec<String>);

impl Needles {
    /// None yet.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Of everything that was ever on its way into the keychain.
    pub fn of(world: &World) -> Self {
        let mut needles = Self::none();
        for (_, secret) in world.keychain.ever_stored() {
            needles.plant(&secret);
        }
        assert!(needles.0.len() > 100, "there are secrets to look for");
        needles
    }

    /// The same, and of these.
    pub fn and(mut self, secrets: &[&str]) -> Self {
        for secret in secrets {
            self.plant(secret.as_bytes());
        }
        self
    }

    pub fn plant(&mut self, secret: &[u8]) {
        if let Ok(text) = std::str::from_utf8(secret) {
            self.0.extend(windows(text, 12));
            self.plant_bytes(secret);
            if let Ok(random) = BASE64_STANDARD.decode(secret) {
                self.plant_bytes(&random);
            }
        } else {
            // A key: what is private about it is neither at its start nor at its end. The public half is no secret and
            // is in the certificate, too.
            self.plant_bytes(if secret.len() < 200 { &secret[36..68] } else { &secret[400..secret.len() - 100] });
        }
    }

    /// As hexadecimal numbers, as the list that `Debug` makes of bytes, and as base64 wherever its groups begin.
    fn plant_bytes(&mut self, bytes: &[u8]) {
        for part in bytes.chunks_exact(8) {
            self.0.push(part.iter().map(|byte| format!("{byte:02x}")).collect());
            let list = format!("{part:?}");
            self.0.push(list[1..list.len() - 1].to_owned());
        }
        for shift in 0..3 {
            let base64 = BASE64_STANDARD.encode(&bytes[shift..]);
            self.0.extend(windows(&base64[..base64.len() - 4], 16));
        }
    }

    pub fn find_in(&self, text: &str) -> Option<&String> {
        // Lines may be broken anywhere in a PEM block, and `Debug` writes a line break as \n.
        let joined = text.replace("\\n", "").replace(['\n', '\r'], "").to_lowercase();
        self.0.iter().find(|needle| joined.contains(needle.as_str()))
    }

    pub fn assert_absent(&self, what: &str, text: &str) {
        assert_eq!(self.find_in(text), None, "{what} must not carry a secret");
    }

    pub fn assert_absent_from_debug(&self, what: &str, value: &impl Debug) {
        self.assert_absent(what, &format!("{value:?}"));
        self.assert_absent(what, &format!("{value:#?}"));
    }
}

fn windows(text: &str, length: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(length).map(|window| window.iter().collect::<String>().to_lowercase()).collect()
}
