//! A network with portals in it, which answer as the test says.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
    thread,
    time::{Duration, Instant},
};

use domain::{
    connection_check::{
        Cause, ConnectionTarget, Connector, Diagnosis, FetchedApi, Stage, StageObserver, StageReport, TestEnd,
    },
    messages::Language,
    portal::derive_url_key,
    settings::ProxyChoice,
    token_service::OwnService,
};

/// A host that the test did not set up is unknown.
#[derive(Default)]
pub struct InMemoryConnector(Mutex<State>);

#[derive(Default)]
struct State {
    /// By [`derive_url_key`] of the portal's URL.
    portals: BTreeMap<String, Answer>,
    calls: Vec<ConnectorCall>,
}

#[derive(Clone)]
enum Answer {
    Apis(Vec<FetchedApi>),
    Fails(Stage, Diagnosis),
    Hangs(Stage),
}

/// What it was called with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectorCall {
    pub url: String,
    pub client_id: String,
    pub secret: Vec<u8>,
    pub own_service: OwnService,
    pub proxy: ProxyChoice,
}

impl InMemoryConnector {
    const STAGES: [Stage; 4] = [Stage::NameAndNetwork, Stage::Tls, Stage::Token, Stage::PortalApi];

    /// From now on the portal at `url` answers with these APIs.
    pub fn answer(&self, url: &str, apis: &[FetchedApi]) {
        self.put(url, Answer::Apis(apis.to_vec()));
    }

    /// From now on the portal at `url` fails at `stage`, which is one of the connector's own.
    pub fn fail(&self, url: &str, stage: Stage, cause: Cause) {
        assert!(Self::STAGES.contains(&stage), "{stage:?} is not the connector's");
        self.put(url, Answer::Fails(stage, Diagnosis { cause, seen: "seen by the connector".into() }));
    }

    /// From now on the portal at `url` does not answer at `stage` until the test is cancelled.
    pub fn hang(&self, url: &str, stage: Stage) {
        assert!(Self::STAGES.contains(&stage), "{stage:?} is not the connector's");
        self.put(url, Answer::Hangs(stage));
    }

    /// An API as a portal answers with it.
    pub fn api(name: &str) -> FetchedApi {
        FetchedApi {
            name: name.into(),
            title: name.into(),
            version: "1.0.0".into(),
            description: String::new(),
            base_path: format!("/{name}"),
        }
    }

    /// Every call, the first one first.
    pub fn calls(&self) -> Vec<ConnectorCall> {
        self.state().calls.clone()
    }

    fn put(&self, url: &str, answer: Answer) {
        self.state().portals.insert(derive_url_key(url), answer);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("the network")
    }
}

impl Connector for InMemoryConnector {
    fn fetch_apis(
        &self,
        target: &ConnectionTarget<'_>,
        observer: &dyn StageObserver,
    ) -> Result<Vec<FetchedApi>, TestEnd> {
        let ConnectionTarget { facts, secret, own_service, proxy } = target;
        let answer = {
            let mut state = self.state();
            state.calls.push(ConnectorCall {
                url: facts.url.to_string(),
                client_id: facts.client_id.clone(),
                // EXPOSE: a test compares it with the one that was to be used.
                secret: secret.expose().to_vec(),
                own_service: (*own_service).clone(),
                proxy: (*proxy).clone(),
            });
            state.portals.get(&derive_url_key(&facts.url)).cloned()
        };
        // The lock is free again: an observer may look at the calls.
        let answer = answer.unwrap_or_else(|| {
            let cause = Cause::UnknownHost { host: facts.url.to_string() };
            Answer::Fails(Stage::NameAndNetwork, Diagnosis { cause, seen: "".into() })
        });
        for stage in Self::STAGES {
            if observer.is_cancelled() {
                return Err(TestEnd::Cancelled);
            }
            observer.started(stage);
            let result = match &answer {
                Answer::Fails(failing, diagnosis) if *failing == stage => Err(diagnosis.clone()),
                Answer::Hangs(hanging) if *hanging == stage => {
                    wait_for_cancellation(observer);
                    return Err(TestEnd::Cancelled);
                }
                Answer::Apis(_) | Answer::Fails(..) | Answer::Hangs(_) => {
                    Ok(format!("{} works", stage.name(Language::English)).into())
                }
            };
            let report = StageReport { stage, duration: Duration::from_millis(7), result };
            observer.finished(&report);
            if let Err(diagnosis) = report.result {
                return Err(TestEnd::Failed { stage, diagnosis });
            }
        }
        match answer {
            Answer::Apis(apis) => Ok(apis),
            Answer::Fails(..) | Answer::Hangs(_) => unreachable!("it has ended at its stage"),
        }
    }
}

fn wait_for_cancellation(observer: &dyn StageObserver) {
    let began = Instant::now();
    while !observer.is_cancelled() {
        assert!(began.elapsed() < Duration::from_secs(10), "nobody has cancelled the test");
        thread::sleep(Duration::from_millis(1));
    }
}
