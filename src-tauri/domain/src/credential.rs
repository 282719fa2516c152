//! Credentials of portals: what they are, how long they are valid, where their secrets are, how they are handed out.

mod access;
mod credential;
mod exports;
mod kind;
mod lifetime;
mod reconciliation;
mod secret_item;
mod secret_strength;
mod secret_verifier;
mod validity;

pub use access::{AccessDocument, AccessFacts};
pub use credential::CredentialEnd;
pub use credential::{
    CLIENT_SECRET_BYTES, Credential, CredentialOrigin, CredentialState, GenerateKind, ImportedCredential, KeyAlgorithm,
};
pub use exports::{ExportChoice, ExportProgress, Exportable, Unfollowed};
pub use kind::CredentialKind;
pub use lifetime::{Lifetime, VALIDITY_DAYS};

pub use reconciliation::Reconciled;
pub use secret_item::{SecretItem, SecretItemState, SetAside};
pub use secret_strength::{SecretStrength, StrengthSuggestion, StrengthWarning};
pub use secret_verifier::SecretVerifier;
pub use validity::{Left, Validity, ValidityRule, ValidityStanding};

pub(crate) use exports::must_not_be_retired;
pub(crate) use validity::find_end;
