//! What the token service keeps of a client secret: enough to recognise it, not enough to use it.

use std::sync::OnceLock;

use argon2::{
    Argon2, PasswordHash, PasswordVerifier,
    password_hash::{PasswordHasher, SaltString},
};
use aws_lc_rs::{constant_time::verify_slices_are_equal, digest};
use documents::SecretBytes;

use crate::ports::Entropy;

/// Recognises a client secret without holding it. Public: it may lie in the database.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretVerifier {
    /// For a generated secret of 256 random bits, which nobody can guess: SHA-256 over salt and secret.
    SaltedSha256 {
        /// Random, one per secret.
        salt: [u8; 16],
        /// SHA-256 (FIPS 180-4) over the salt, then the secret.
        digest: [u8; 32],
    },
    /// For a secret that a person chose: argon2id (RFC 9106), as a PHC string with salt and parameters.
    Argon2id(String),
}

impl SecretVerifier {
    /// For a secret that was generated.
    pub fn for_generated(secret: &SecretBytes, entropy: &dyn Entropy) -> Self {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        // EXPOSE: the digest is computed from the secret; it does not lead back to it.
        let digest = salted_sha256(&salt, secret.expose());
        Self::SaltedSha256 { salt, digest }
    }

    /// For a secret that a person chose. Takes tens of milliseconds, on purpose.
    pub fn for_chosen(secret: &SecretBytes, entropy: &dyn Entropy) -> Self {
        let mut random = [0; 16];
        entropy.fill(&mut random);
        let salt = SaltString::encode_b64(&random).expect("16 bytes are a salt (RFC 9106 §3.1)");
        // EXPOSE: the hash is computed from the secret; it does not lead back to it.
        let hash = argon2().hash_password(secret.expose(), &salt).expect("the parameters are those of the library");
        Self::Argon2id(hash.to_string())
    }

    /// Whether `presented` is the secret. The time it takes does not depend on where the two differ.
    pub fn verify(&self, presented: &[u8]) -> bool {
        match self {
            Self::SaltedSha256 { salt, digest } => {
                verify_slices_are_equal(&salted_sha256(salt, presented), digest).is_ok()
            }
            Self::Argon2id(phc) => {
                PasswordHash::new(phc).is_ok_and(|hash| argon2().verify_password(presented, &hash).is_ok())
            }
        }
    }

    /// Whether [`SecretVerifier::verify`] takes tens of milliseconds and megabytes.
    pub const fn is_slow(&self) -> bool {
        match self {
            Self::SaltedSha256 { .. } => false,
            Self::Argon2id(_) => true,
        }
    }
}

/// It is no secret, but somebody who can read it could try out chosen secrets: it stays out of logs.
impl std::fmt::Debug for SecretVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::SaltedSha256 { .. } => "SecretVerifier(salted SHA-256, redacted)",
            Self::Argon2id(_) => "SecretVerifier(argon2id, redacted)",
        })
    }
}

/// argon2id with the library's parameters, which are those that OWASP recommends (19 MiB, 2 passes, 1 lane).
fn argon2() -> &'static Argon2<'static> {
    static ARGON2: OnceLock<Argon2<'static>> = OnceLock::new();
    ARGON2.get_or_init(Argon2::default)
}

fn salted_sha256(salt: &[u8; 16], secret: &[u8]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(salt);
    context.update(secret);
    context.finish().as_ref().try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::entropy::RepeatableEntropy;

    fn secret(text: &str) -> SecretBytes {
        SecretBytes::new(text.as_bytes().to_vec())
    }

    #[test]
    fn a_verifier_recognises_its_secret_and_no_other() {
        let entropy = RepeatableEntropy::start();
        for verifier in [
            SecretVerifier::for_generated(&secret("planted-secret"), &entropy),
            SecretVerifier::for_chosen(&secret("planted-secret"), &entropy),
        ] {
            assert!(verifier.verify(b"planted-secret"), "{verifier:?}");
            for other in ["", "planted-secreT", "planted-secret ", "planted-secre"] {
                assert!(!verifier.verify(other.as_bytes()), "{verifier:?} took {other:?}");
            }
        }
    }

    #[test]
    fn a_chosen_secret_is_kept_as_argon2id() {
        let entropy = RepeatableEntropy::start();
        let SecretVerifier::Argon2id(phc) = SecretVerifier::for_chosen(&secret("planted-secret"), &entropy) else {
            panic!("a person's secret could be guessed from a fast digest");
        };
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(!phc.contains("planted"));
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        let entropy = RepeatableEntropy::start();
        let generated = SecretVerifier::for_generated(&secret("planted-secret"), &entropy);
        assert_eq!(format!("{generated:?}"), "SecretVerifier(salted SHA-256, redacted)");
    }
}
