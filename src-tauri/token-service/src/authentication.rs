//! Finds out whether a client is the one that it says it is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    credential::SecretVerifier,
    documents::SecretBytes,
    ports::{Entropy, RepositoryError},
    token_service::{ClientProof, ClientRegistry, RegisteredClient, Standing},
};
use tokio::time::{Instant, sleep};

use crate::{
    basic::Claim,
    peer::Peer,
    place::Place,
    slow_verification::{Attempt, SlowVerification},
    slowdown::{Bucket, ClientKey, Longest, Slowdown, TooManyWaiting},
    tls::ClientCertificate,
    token_error::TokenError,
};

/// What authentication remembers from one request to the next.
pub(crate) struct Authentication {
    slowdown: Arc<Slowdown>,
    slow: SlowVerification,
    /// Verified where there is no verifier, and never right, so that the answer takes the same time.
    dummy: SecretVerifier,
}

/// Why a client was not authenticated.
#[derive(Debug)]
pub(crate) enum NotAuthenticated {
    /// The client is told why.
    Refused(TokenError),
    /// Too many attempts of the same client are waiting.
    TooManyWaiting,
    /// The registry cannot be asked.
    RegistryFailed(RepositoryError),
}

/// Who the client claims to be, at which place, and over which connection.
pub(crate) struct Claimed<'a> {
    pub(crate) clients: &'a dyn ClientRegistry,
    pub(crate) place: &'a Place,
    pub(crate) claim: Claim,
    pub(crate) peer: &'a Peer,
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
    pub(crate) async fn by_secret(&self, claimed: Claimed<'_>) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
        let client = claimed.find()?;
        let (key, bucket) = self.count_with(&claimed, client.as_deref());
        let Claimed { clients, place, claim, peer } = claimed;
        let secrets = claim.secrets;
        match client.as_ref().map(|client| &client.proof) {
            Some(ClientProof::Certificate { .. }) if secrets.is_empty() => {
                return Err(TokenError::NeedsMutualTls.into());
            }
            // Nothing was guessed, so nothing is counted.
            Some(ClientProof::Secret(_)) | None if secrets.is_empty() => return Err(TokenError::BadCredentials.into()),
            Some(ClientProof::Secret(_) | ClientProof::Certificate { .. }) | None => {}
        }
        let has_proved = peer.has_proved(key);
        let waited = match client.as_ref().map(|client| &client.proof) {
            Some(ClientProof::Secret(verifier)) if verifier.is_slow() => {
                let attempt = Attempt { client: key, bucket, has_proved };
                if !self.slow.verify(attempt, verifier, secrets, &self.slowdown).await? {
                    return Err(TokenError::BadCredentials.into());
                }
                true
            }
            proof @ (Some(ClientProof::Secret(_) | ClientProof::Certificate { .. }) | None) => {
                let waits = !has_proved && self.slowdown.is_slowed(bucket, Instant::now());
                if waits {
                    self.fail(bucket).await;
                }
                let verifier = match proof {
                    Some(ClientProof::Secret(verifier)) => Some(verifier),
                    Some(ClientProof::Certificate { .. }) | None => None,
                };
                let tried = verifier.unwrap_or(&self.dummy);
                let right = secrets.iter().any(|secret| std::hint::black_box(tried.verify(secret)));
                if !right || verifier.is_none() {
                    if !waits {
                        self.fail(bucket).await;
                    }
                    return Err(TokenError::BadCredentials.into());
                }
                self.slowdown.forget(bucket);
                waits
            }
        };
        let client = match client {
            // While it waited, its credential may have ended or been replaced.
            Some(client) if waited => {
                find(clients, place, &client.client_id)?.filter(|present| present.proof == client.proof)
            }
            Some(_) | None => client,
        };
        peer.prove(key);
        must_not_have_ended(client)
    }

    /// By the certificate of the connection (RFC 8705 §2). It was verified in the hand-shake; here it has to be the one
    /// that was issued to the client. A secret that comes along proves nothing here, right or wrong.
    pub(crate) async fn by_certificate(
        &self,
        claimed: Claimed<'_>,
        certificate: &ClientCertificate,
        now: DateTime<Utc>,
    ) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
        let client = claimed.find()?;
        let own = client.as_ref().is_some_and(|client| match &client.proof {
            ClientProof::Certificate { fingerprint } => **fingerprint == *certificate.fingerprint,
            ClientProof::Secret(_) => false,
        });
        let (key, bucket) = self.count_with(&claimed, client.as_deref());
        if !own {
            // Nothing can be guessed here: without such a certificate, a client only waits for the answer.
            self.fail(bucket).await;
            return Err(TokenError::BadCredentials.into());
        }
        if now > certificate.not_after {
            return Err(TokenError::CertificateExpired.into());
        }
        self.slowdown.forget(bucket);
        claimed.peer.prove(key);
        must_not_have_ended(client)
    }

    /// Where the attempts of this client, or of this unknown one, are counted.
    fn count_with(&self, claimed: &Claimed<'_>, client: Option<&RegisteredClient>) -> (ClientKey, Bucket) {
        let source = claimed.peer.source();
        match client {
            Some(client) => {
                let key = self.slowdown.client(&client.portal.slug, &client.client_id);
                (key, self.slowdown.bucket(key, source))
            }
            None => {
                let claimed_id = claimed.claim.client_ids.first().map_or("", String::as_str);
                let slug = claimed.place.slug().unwrap_or_default();
                (self.slowdown.client(slug, claimed_id), self.slowdown.unknown(slug, claimed_id, source))
            }
        }
    }

    /// Counts an attempt as a failure and waits as long as it must.
    async fn fail(&self, bucket: Bucket) {
        let delay = self.slowdown.count(bucket, Longest::Second, Instant::now());
        if !delay.is_zero() {
            sleep(delay).await;
        }
    }
}

impl Claimed<'_> {
    /// The client of the first reading that exists.
    fn find(&self) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
        for client_id in &self.claim.client_ids {
            let client = find(self.clients, self.place, client_id)?;
            if client.is_some() {
                return Ok(client);
            }
        }
        Ok(None)
    }
}

fn find(
    clients: &dyn ClientRegistry,
    place: &Place,
    client_id: &str,
) -> Result<Option<Arc<RegisteredClient>>, RepositoryError> {
    match place {
        Place::Portal(slug) => clients.find_client(slug, client_id),
        Place::Host => clients.find_client_of_any_portal(client_id),
    }
}

/// That a credential has ended is said only here, after the client has proved its identity.
fn must_not_have_ended(client: Option<Arc<RegisteredClient>>) -> Result<Arc<RegisteredClient>, NotAuthenticated> {
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
