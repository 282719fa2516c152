//! Finds out whether a client is the one that it says it is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    ClientProof, ClientRegistry, Entropy, RegisteredClient, RepositoryError, SecretBytes, SecretVerifier, Standing,
};
use tokio::time::{Instant, sleep};

use crate::{
    basic::Claim,
    slow_verification::{SlowVerification, TooManyWaiting},
    slowdown::{Bucket, Slowdown},
    tls::ClientCertificate,
    token_error::TokenError,
};

/// What authentication remembers from one request to the next.
pub(crate) struct Authentication {
    slowdown: Arc<Slowdown>,
    slow: SlowVerification,
    /// Verified in vain where there is no verifier, so that the answer takes the same time.
    dummy: SecretVerifier,
}

/// Why a client was not authenticated.
#[derive(Debug)]
pub(crate) enum NotAuthenticated {
    /// It is told so.
    Refused(TokenError),
    /// Too many attempts of the same client are waiting.
    TooManyWaiting,
    /// The registry cannot be asked.
    RegistryFailed(RepositoryError),
}

impl Authentication {
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        let mut nobodys = vec![0; 32];
        entropy.fill(&mut nobodys);
        Self {
            slowdown: Arc::default(),
            slow: SlowVerification::new(entropy),
            dummy: SecretVerifier::for_generated(&SecretBytes::new(nobodys), entropy),
        }
    }

    /// By client secret (RFC 6749 §2.3.1).
    pub(crate) async fn by_secret(
        &self,
        clients: &dyn ClientRegistry,
        slug: &str,
        claim: Claim,
    ) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
        let client = find(clients, slug, &claim)?;
        let bucket = self.bucket(slug, &claim, client.as_deref());
        let Claim { secrets, .. } = claim;
        match client.as_ref().map(|client| &client.proof) {
            Some(ClientProof::Certificate { .. }) if secrets.is_empty() => {
                return Err(TokenError::NeedsMutualTls.into());
            }
            // Nothing was guessed, so nothing is counted.
            Some(ClientProof::Secret(_)) | None if secrets.is_empty() => return Err(TokenError::BadCredentials.into()),
            Some(ClientProof::Secret(verifier)) if verifier.is_slow() => {
                if !self.slow.verify(bucket, verifier, secrets, &self.slowdown).await? {
                    return Err(TokenError::BadCredentials.into());
                }
                // That may have taken half a minute, in which the credential may have ended, or got another secret.
                let client = client.as_ref().map(|client| clients.find_client(slug, &client.client_id)).transpose()?;
                return in_good_standing(
                    client
                        .flatten()
                        .filter(|client| matches!(&client.proof, ClientProof::Secret(present) if present == verifier)),
                );
            }
            Some(ClientProof::Secret(verifier)) => {
                if !secrets.iter().any(|secret| verifier.verify(secret)) {
                    return Err(self.fail(bucket).await);
                }
                self.slowdown.forget(bucket);
            }
            Some(ClientProof::Certificate { .. }) | None => {
                for secret in &secrets {
                    std::hint::black_box(self.dummy.verify(secret));
                }
                return Err(self.fail(bucket).await);
            }
        }
        in_good_standing(client)
    }

    /// By the certificate of the connection (RFC 8705 §2). It was verified in the hand-shake; here it has to be the one
    /// that was issued to the client. A secret that comes along proves nothing here, right or wrong.
    pub(crate) async fn by_certificate(
        &self,
        clients: &dyn ClientRegistry,
        slug: &str,
        claim: Claim,
        certificate: &ClientCertificate,
        now: DateTime<Utc>,
    ) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
        let client = find(clients, slug, &claim)?;
        let own = client.as_ref().is_some_and(|client| match &client.proof {
            ClientProof::Certificate { fingerprint } => **fingerprint == *certificate.fingerprint,
            ClientProof::Secret(_) => false,
        });
        let bucket = self.bucket(slug, &claim, client.as_deref());
        if !own {
            return Err(self.fail(bucket).await);
        }
        if now > certificate.not_after {
            return Err(TokenError::CertificateExpired.into());
        }
        self.slowdown.forget(bucket);
        in_good_standing(client)
    }

    fn bucket(&self, slug: &str, claim: &Claim, client: Option<&RegisteredClient>) -> Bucket {
        match client {
            Some(client) => self.slowdown.client(slug, &client.client_id),
            None => self.slowdown.unknown(slug, claim.client_ids.first().map_or("", String::as_str)),
        }
    }

    async fn fail(&self, bucket: Bucket) -> NotAuthenticated {
        let delay = self.slowdown.record_failure(bucket, Instant::now());
        if !delay.is_zero() {
            sleep(delay).await;
        }
        TokenError::BadCredentials.into()
    }
}

/// The client of the first reading that exists.
fn find(
    clients: &dyn ClientRegistry,
    slug: &str,
    claim: &Claim,
) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
    for client_id in &claim.client_ids {
        let client = clients.find_client(slug, client_id)?;
        if client.is_some() {
            return Ok(client);
        }
    }
    Ok(None)
}

/// What has ended is said only here, after the client has proved who it is.
fn in_good_standing(client: Option<Arc<RegisteredClient>>) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
    let client = client.ok_or(TokenError::BadCredentials)?;
    match client.standing {
        Standing::Active => Ok(client),
        Standing::Ended(end) => Err(TokenError::Ended(end).into()),
    }
}

impl From<TokenError> for NotAuthenticated {
    fn from(error: TokenError) -> Self {
        Self::Refused(error)
    }
}

impl From<TooManyWaiting> for NotAuthenticated {
    fn from(TooManyWaiting: TooManyWaiting) -> Self {
        Self::TooManyWaiting
    }
}

impl From<RepositoryError> for NotAuthenticated {
    fn from(error: RepositoryError) -> Self {
        Self::RegistryFailed(error)
    }
}
