//! Credentials of a portal: generated here, or imported from a portal in SAP.

use chrono::{DateTime, Utc};
use documents::{CertUrl, PortalUrl, TokenEndpoint};
use messages::Message;

use crate::{
    credential::{CredentialKind, SecretVerifier, Validity, find_end},
    id::{CredentialId, PortalId, SecretId, ServiceInstanceId},
    person::Actor,
};

/// How many random bytes make a generated client secret (in base64: 44 characters).
pub const CLIENT_SECRET_BYTES: usize = 32;

/// An access credential of a portal, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Identifies the credential for good.
    pub id: CredentialId,
    /// The portal it belongs to.
    pub portal_id: PortalId,
    /// Where it comes from.
    pub origin: CredentialOrigin,
    /// The OAuth 2.0 client id (RFC 6749 §2.2).
    pub client_id: String,
    /// What the client proves itself with.
    pub kind: CredentialKind,
    /// When it was generated here, or imported.
    pub created_at: DateTime<Utc>,
    /// Who generated or imported it.
    pub created_by: Actor,
    /// Whether it is the current one, and where its secret is.
    pub state: CredentialState,
}

/// What ended a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialEnd {
    /// Its service key was deleted, or *Retire* was chosen, which is the same.
    KeyDeleted,
    /// Its service instance was deleted.
    InstanceDeleted,
}

impl CredentialEnd {
    /// What the token service answers to a client that proves to be the one whose credential has ended.
    pub const fn description(self) -> &'static str {
        match self {
            Self::KeyDeleted => "The service key of this client was deleted",
            Self::InstanceDeleted => "The service instance of this client was deleted",
        }
    }
}

impl Credential {
    /// The secret's item in the keychain; none once the credential is retired.
    pub const fn secret(&self) -> Option<SecretId> {
        match self.state {
            CredentialState::Current { secret }
            | CredentialState::Superseded { secret, .. }
            | CredentialState::Additional { secret } => Some(secret),
            CredentialState::Retired { .. } => None,
        }
    }

    /// Whether it is the latest one.
    pub const fn is_current(&self) -> bool {
        matches!(self.state, CredentialState::Current { .. })
    }

    /// Whether a later one exists and this one is still valid.
    pub const fn is_superseded(&self) -> bool {
        matches!(self.state, CredentialState::Superseded { .. })
    }

    /// All its items in the keychain: the secret, and what else its document held.
    pub fn secrets(&self) -> Vec<SecretId> {
        let extra = match &self.origin {
            CredentialOrigin::ServiceKey { .. } => None,
            CredentialOrigin::Imported(imported) => imported.extra,
        };
        self.secret().into_iter().chain(extra).collect()
    }

    /// The service instance whose key carries it; `None` if it was imported.
    pub const fn instance_id(&self) -> Option<ServiceInstanceId> {
        match &self.origin {
            CredentialOrigin::ServiceKey { instance_id, .. } => Some(*instance_id),
            CredentialOrigin::Imported(_) => None,
        }
    }

    /// When it ends by itself: see [`Validity::until`].
    pub fn valid_until(&self) -> Option<DateTime<Utc>> {
        find_end(&self.kind).0
    }

    /// Until when it can be used, as it is at `now`.
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        Validity::of(&self.kind, now, Validity::ENDS_SOON)
    }

    /// Client id, kind and fingerprint in one line, for the activity list.
    pub fn describe(&self) -> Message {
        self.kind.describe(&self.client_id)
    }

    /// Regenerating makes the current credential a superseded one: still valid, so that nothing breaks before the
    /// consumer has switched. Any other state stays what it is.
    #[must_use]
    pub fn supersede(self, at: DateTime<Utc>) -> Self {
        let state = match self.state {
            CredentialState::Current { secret } => CredentialState::Superseded { secret, at },
            state @ (CredentialState::Superseded { .. }
            | CredentialState::Additional { .. }
            | CredentialState::Retired { .. }) => state,
        };
        Self { state, ..self }
    }

    /// A superseded credential becomes the current one again. Any other state stays what it is.
    #[must_use]
    pub fn make_current(self) -> Self {
        let state = match self.state {
            CredentialState::Superseded { secret, at: _ } => CredentialState::Current { secret },
            state @ (CredentialState::Current { .. }
            | CredentialState::Additional { .. }
            | CredentialState::Retired { .. }) => state,
        };
        Self { state, ..self }
    }

    /// Ends the credential. Returns it with the secrets that are to be deleted; `None` when it was retired before.
    pub fn retire(mut self, at: DateTime<Utc>, end: CredentialEnd) -> Option<(Self, Vec<SecretId>)> {
        self.secret()?;
        let former = self.secrets();
        if let CredentialOrigin::Imported(imported) = &mut self.origin {
            imported.extra = None;
        }
        Some((Self { state: CredentialState::Retired { at, end }, ..self }, former))
    }
}

/// Where a credential comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialOrigin {
    /// It was generated here, for a service key.
    ServiceKey {
        /// The service instance whose key carries it.
        instance_id: ServiceInstanceId,
        /// The name of the service key that carries it.
        key_name: String,
        /// What the token service recognises its client secret by; `None` for a certificate.
        verifier: Option<SecretVerifier>,
    },
    /// A portal in SAP generated it.
    Imported(ImportedCredential),
}

/// What is known of a credential that a portal in SAP generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCredential {
    /// As in [`crate::credential::AccessFacts::url`].
    pub url: PortalUrl,
    /// As in [`crate::credential::AccessFacts::token_url`].
    pub token_url: TokenEndpoint,
    /// As in [`crate::credential::AccessFacts::cert_url`].
    pub cert_url: Option<CertUrl>,
    /// The item in the keychain with what else its document held; `None` if there was nothing, or once it is retired.
    pub extra: Option<SecretId>,
}

/// Where a credential of a portal stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialState {
    /// The latest one.
    Current {
        /// The secret's item in the keychain.
        secret: SecretId,
    },
    /// A later one exists; this one is still valid.
    Superseded {
        /// The secret's item in the keychain.
        secret: SecretId,
        /// When the later one was generated.
        at: DateTime<Utc>,
    },
    /// Made by hand for a service key: generating and regenerating leave it alone.
    Additional {
        /// The secret's item in the keychain.
        secret: SecretId,
    },
    /// Ended; its secret is deleted.
    Retired {
        /// When it was retired.
        at: DateTime<Utc>,
        /// What ended it.
        end: CredentialEnd,
    },
}

/// What is to be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GenerateKind {
    /// A client secret.
    ClientSecret,
    /// A certificate with a key of this algorithm.
    Certificate(KeyAlgorithm),
}

/// The keys that can be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA with 2048 bits, what the vendors issue.
    Rsa2048,
    /// Elliptic curve P-256 (FIPS 186-5).
    P256,
}
