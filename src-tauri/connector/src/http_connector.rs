//! The stages of a test, one after the other. Each has its time limit and can be cancelled at any moment.

use std::{env, fmt, sync::Arc, time::Duration};

use domain::{
    connection_check::{
        Cause, ConnectionTarget, Connector, Diagnosis, FetchedApi, Stage, StageObserver, StageReport, TestEnd,
    },
    messages::{Message, message},
};
use tokio::{
    runtime,
    time::{Instant, sleep},
};

use crate::{
    endpoint::Endpoint,
    exchange::Exchange,
    network::{self, Reached},
    portal_api,
    proxy::{self, Environment},
    redaction::{MAX_SEEN, MAX_TEXT, Redaction},
    tls::TlsClient,
    token,
};

/// How often the observer is asked whether to stop.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// Tests connections over the network.
#[derive(Clone)]
pub struct HttpConnector {
    time_limit: Duration,
    environment: Environment,
}

impl HttpConnector {
    /// With [`Stage::TIME_LIMIT`] for each stage.
    pub fn new() -> Self {
        Self::with_time_limit(Stage::TIME_LIMIT)
    }

    /// With another limit for each stage.
    pub fn with_time_limit(time_limit: Duration) -> Self {
        Self { time_limit, environment: Arc::new(|name| env::var(name).ok()) }
    }

    /// Takes these variables instead of those of the process, which may name a proxy.
    #[must_use]
    pub fn with_environment(self, environment: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { environment: Arc::new(environment), ..self }
    }
}

impl fmt::Debug for HttpConnector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpConnector").field("time_limit", &self.time_limit).finish_non_exhaustive()
    }
}

impl Default for HttpConnector {
    fn default() -> Self {
        Self::new()
    }
}

impl Connector for HttpConnector {
    /// Runs on the calling thread, which must not be one that drives asynchronous tasks: a thread of its own, or one of
    /// `spawn_blocking`.
    fn fetch_apis(
        &self,
        target: &ConnectionTarget<'_>,
        observer: &dyn StageObserver,
    ) -> Result<Vec<FetchedApi>, TestEnd> {
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build().map_err(|error| {
            let cause = Cause::Unreachable { host: target.facts.url.to_string() };
            TestEnd::Failed {
                stage: Stage::NameAndNetwork,
                diagnosis: Diagnosis { cause, seen: Message::verbatim(error.to_string()) },
            }
        })?;
        let environment = Arc::clone(&self.environment);
        let run = Run { observer, time_limit: self.time_limit, environment, redaction: Redaction::default() };
        let outcome = runtime.block_on(run.fetch_apis(target));
        // Not waiting for its threads: a name service that does not answer would delay the end.
        runtime.shutdown_background();
        outcome
    }
}

struct Run<'a> {
    observer: &'a dyn StageObserver,
    time_limit: Duration,
    environment: Environment,
    redaction: Redaction,
}

impl Run<'_> {
    async fn fetch_apis(mut self, target: &ConnectionTarget<'_>) -> Result<Vec<FetchedApi>, TestEnd> {
        token::redact_credential(target, &mut self.redaction);

        let environment = Arc::clone(&self.environment);
        let reach = async |endpoint: &Endpoint, redaction: &mut Redaction, deadline| -> Result<Reached, Diagnosis> {
            let proxy = proxy::find_proxy(target.proxy, &environment, endpoint, redaction)?;
            network::connect(endpoint, proxy, redaction, deadline).await
        };

        let (endpoint, reached) = self
            .stage(Stage::NameAndNetwork, async |deadline, redaction| {
                let endpoint = token::find_endpoint(target)?;
                let reached = reach(&endpoint, redaction, deadline).await?;
                let detail = reached.way.describe();
                let detail = match target.facts.find_foreign_portal_host(&endpoint.url) {
                    Some(portal) => {
                        message!("found-two-hosts", way = detail, token = endpoint.host_name(), portal = portal)
                    }
                    None => detail,
                };
                Ok(((endpoint, reached), detail))
            })
            .await?;
        let way = reached.way.clone();

        let tls = self
            .stage(Stage::Tls, async |deadline, _| {
                let tls = TlsClient::with_identity(target, &endpoint)?;
                let agreed = tls.handshake(&endpoint, reached.stream, reached.way.took, deadline).await?;
                Ok((tls, agreed))
            })
            .await?;

        let token = self
            .stage(Stage::Token, async |deadline, redaction| {
                let limit = token::MAX_ANSWER;
                let exchange = Exchange { endpoint: &endpoint, way: &way, tls: &tls, deadline, limit };
                token::request(&exchange, target, redaction).await
            })
            .await?;

        self.stage(Stage::PortalApi, async |deadline, redaction| {
            let endpoint = portal_api::find_endpoint(target)?;
            let reached = reach(&endpoint, redaction, deadline).await?;
            let way = reached.way.clone();
            // The portal API needs only the token; the certificate is for the token endpoint.
            let tls = TlsClient::without_identity(target, &endpoint)?;
            tls.handshake(&endpoint, reached.stream, way.took, deadline).await?;
            let limit = portal_api::MAX_ANSWER;
            let exchange = Exchange { endpoint: &endpoint, way: &way, tls: &tls, deadline, limit };
            portal_api::fetch(&exchange, &token, redaction).await
        })
        .await
    }

    /// Carries out a stage until it is done, cancelled, or out of time. The stage itself keeps the limit, because it
    /// knows best what it was waiting for.
    async fn stage<T>(
        &mut self,
        stage: Stage,
        work: impl AsyncFnOnce(Instant, &mut Redaction) -> Result<(T, Message), Diagnosis>,
    ) -> Result<T, TestEnd> {
        let Self { observer, time_limit, redaction, .. } = self;
        if observer.is_cancelled() {
            return Err(TestEnd::Cancelled);
        }
        observer.started(stage);
        let begun = Instant::now();
        let outcome = tokio::select! {
            outcome = work(begun + *time_limit, redaction) => outcome,
            () = cancelled(*observer) => return Err(TestEnd::Cancelled),
        };
        let (found, result) = match outcome {
            Ok((found, detail)) => (Ok(found), Ok(detail)),
            Err(Diagnosis { cause, seen }) => {
                // A server that has received the secret can put it anywhere, even into the names of its certificate.
                let diagnosis = Diagnosis {
                    cause: cause.with_texts(&|text| redaction.clean(text, MAX_TEXT)),
                    seen: redaction.clean_message(seen, MAX_SEEN),
                };
                (Err(TestEnd::Failed { stage, diagnosis: diagnosis.clone() }), Err(diagnosis))
            }
        };
        observer.finished(&StageReport { stage, duration: begun.elapsed(), result });
        found
    }
}

async fn cancelled(observer: &dyn StageObserver) {
    while !observer.is_cancelled() {
        sleep(ASK_EVERY).await;
    }
}
