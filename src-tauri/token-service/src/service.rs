//! The token service as the app sees it: start, stop, status, new keys.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
};

use chrono::{DateTime, Utc};
use domain::{
    portal::Endpoints,
    ports::{Clock, Entropy},
    token_service::{ClientRegistry, TokenServiceKeys, TokenServiceSettings},
};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    StartError,
    listening::{Listening, MAX_CONNECTIONS, bind},
    routes::Routes,
    shared::{CurrentKeys, Shared},
    tls::ListenerKind,
};

/// The running token service. Dropping it stops it too, without waiting.
pub struct TokenService {
    shared: Arc<Shared>,
    addresses: Vec<SocketAddr>,
    started_at: DateTime<Utc>,
    /// Both listeners stop when this says so, or when it is dropped.
    stop: watch::Sender<bool>,
    listening: Vec<JoinHandle<()>>,
}

/// What the token service has done since it was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceStatus {
    /// Where it listens: first those for client secrets, then those for certificates.
    pub addresses: Vec<SocketAddr>,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// How many tokens it issued.
    pub tokens_issued: u64,
    /// How many token requests, and calls of the portal API, it refused. TLS hand-shakes that failed are not counted.
    pub refused: u64,
}

impl TokenService {
    /// Starts the service on the current tokio runtime, which needs its drivers for input, output and time; both listeners
    /// are open when it returns.
    ///
    /// `settings.enabled` is the caller's business. A port of 0 takes any free one; the URLs that the service publishes
    /// carry the ports that were taken.
    pub async fn start(
        settings: &TokenServiceSettings,
        keys: TokenServiceKeys,
        clients: Arc<dyn ClientRegistry>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let current = CurrentKeys::from_keys(&keys, &clock)?;
        drop(keys);
        let Endpoints { host, port, mutual_tls_port } = &settings.endpoints;
        let plain = bind(settings.address, *port)?;
        let mutual = bind(settings.address, *mutual_tls_port)?;
        let endpoints = Endpoints { host: host.clone(), port: plain.port, mutual_tls_port: mutual.port };
        let addresses = [plain.addresses(), mutual.addresses()].concat();
        let started_at = clock.now();
        let shared = Arc::new(Shared::new(endpoints, current, clients, clock, entropy));
        let (stop, stopped) = watch::channel(false);
        let listening = [(plain, ListenerKind::Plain), (mutual, ListenerKind::MutualTls)]
            .map(|(sockets, kind)| {
                let routes = Routes::new(Arc::clone(&shared), kind);
                let listening = Listening { sockets, kind, routes, shared: Arc::clone(&shared), most: MAX_CONNECTIONS };
                tokio::spawn(listening.run(stopped.clone()))
            })
            .into();
        tracing::info!(listeners = addresses.len(), "token service started");
        Ok(Self { shared, addresses, started_at, stop, listening })
    }

    /// Uses new keys for new connections; connections that are open stay open. With another signing key, tokens that
    /// the former one signed are refused from now on. On an error the former keys stay.
    pub fn replace_keys(&self, keys: TokenServiceKeys) -> Result<(), StartError> {
        self.shared.replace_keys(CurrentKeys::from_keys(&keys, &self.shared.clock)?);
        Ok(())
    }

    /// Where it listens and what it has done.
    pub fn status(&self) -> ServiceStatus {
        ServiceStatus {
            addresses: self.addresses.clone(),
            started_at: self.started_at,
            tokens_issued: self.shared.tokens_issued.load(Ordering::Relaxed),
            refused: self.shared.refused.load(Ordering::Relaxed),
        }
    }

    /// Stops accepting, lets open requests finish for 5 s, then closes. The ports are free when it returns.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for listening in self.listening {
            // A listener that panicked is closed as well.
            let _ = listening.await;
        }
        tracing::info!("token service stopped");
    }
}

impl std::fmt::Debug for TokenService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenService").field("status", &self.status()).finish_non_exhaustive()
    }
}
