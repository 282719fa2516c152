//! What all connections and requests share.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering},
};

use domain::{
    portal::Endpoints,
    ports::{Clock, Entropy},
    token_service::{ClientRegistry, TokenServiceKeys},
};

use crate::{StartError, access_token::SigningKey, authentication::Authentication, tls::TlsConfigs};

/// What all connections and requests share.
pub(crate) struct Shared {
    pub(crate) endpoints: Endpoints,
    pub(crate) clients: Arc<dyn ClientRegistry>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) authentication: Authentication,
    keys: RwLock<Arc<CurrentKeys>>,
    pub(crate) tokens_issued: AtomicU64,
    pub(crate) refused: AtomicU64,
}

impl Shared {
    pub(crate) fn new(
        endpoints: Endpoints,
        keys: CurrentKeys,
        clients: Arc<dyn ClientRegistry>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            endpoints,
            authentication: Authentication::new(&*entropy),
            clients,
            clock,
            entropy,
            keys: RwLock::new(Arc::new(keys)),
            tokens_issued: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        }
    }

    /// The keys of this moment.
    pub(crate) fn keys(&self) -> Arc<CurrentKeys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on.
    pub(crate) fn replace_keys(&self, keys: CurrentKeys) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// The URL of the host without a path, which is the issuer (RFC 8414 §2) of tokens that were asked for there.
    pub(crate) fn host_url(&self) -> String {
        self.endpoints.host_url()
    }

    /// The URL of a portal, which is the issuer of the tokens that were asked for below it, and the audience of all its
    /// tokens.
    pub(crate) fn portal_url(&self, slug: &str) -> String {
        format!("{}/{slug}", self.endpoints.host_url())
    }

    pub(crate) fn count_refusal(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }
}

/// The keys in the form in which they are used.
pub(crate) struct CurrentKeys {
    pub(crate) tls: TlsConfigs,
    pub(crate) signing: SigningKey,
}

impl CurrentKeys {
    pub(crate) fn from_keys(keys: &TokenServiceKeys, clock: &Arc<dyn Clock>) -> Result<Self, StartError> {
        Ok(Self { tls: TlsConfigs::from_keys(keys, clock)?, signing: SigningKey::from_pkcs8(&keys.signing_key)? })
    }
}
