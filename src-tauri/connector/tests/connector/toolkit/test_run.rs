//! Runs a test of a connection and looks at it as the user does.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use connector::HttpConnector;
use domain::{
    connection_check::{Cause, ConnectionTarget, Connector, FetchedApi, Stage, StageObserver, StageReport, TestEnd},
    credential::{AccessFacts, CredentialKind, Lifetime},
    documents::{CertUrl, CertificateChain, PortalUrl, SecretBytes, TokenEndpoint},
    settings::ProxyChoice,
    token_service::OwnService,
};

use super::{
    certificates::{Authority, Issued},
    server::{Server, TOKEN},
};

pub const CLIENT_ID: &str = "sb-apiaccess_1705298659201!b1|api-portal-xsuaa!b2";

/// With the characters that get damaged on the way.
pub const SECRET: &str = "planted $ecret+/=%&:é-0123456789";

/// What a short test waits at most for one stage.
pub const SHORT: Duration = Duration::from_millis(700);

/// A connection to be tested.
pub struct Connection {
    pub facts: AccessFacts,
    pub proxy: ProxyChoice,
    secret: SecretBytes,
    authorities: Vec<String>,
    /// Whether this installation's own service is somewhere else.
    leads_elsewhere: bool,
    variables: HashMap<String, String>,
}

impl Connection {
    /// By client secret, to a portal whose token endpoint and API have one base URL.
    pub fn by_secret(base: &str) -> Self {
        let facts = AccessFacts {
            url: PortalUrl::from_stored(base),
            token_url: TokenEndpoint::from_stored(format!("{base}/oauth/token")),
            cert_url: None,
            client_id: CLIENT_ID.into(),
            kind: CredentialKind::ClientSecret(Lifetime::OfServiceKey),
        };
        Self::new(facts, SecretBytes::new(SECRET.into()))
    }

    /// By certificate. The token URL leads nowhere: a certificate has no business there.
    pub fn by_certificate(url: &str, cert_url: &str, client: &Issued) -> Self {
        let facts = AccessFacts {
            url: PortalUrl::from_stored(url),
            token_url: TokenEndpoint::from_stored("https://127.0.0.1:9/must/not/be/called"),
            cert_url: Some(CertUrl::from_stored(cert_url)),
            client_id: CLIENT_ID.into(),
            kind: CredentialKind::Certificate(CertificateChain::parse(&client.chain_pem).expect("a chain")),
        };
        Self::new(facts, client.secret())
    }

    fn new(facts: AccessFacts, secret: SecretBytes) -> Self {
        Self {
            facts,
            proxy: ProxyChoice::System,
            secret,
            authorities: Vec::new(),
            leads_elsewhere: false,
            variables: HashMap::new(),
        }
    }

    /// With another secret.
    pub fn with_secret(mut self, secret: &str) -> Self {
        self.secret = SecretBytes::new(secret.into());
        self
    }

    /// In an environment where that variable is set.
    pub fn with_variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// As the app trusts its own authority: wherever this connection leads is its own service.
    pub fn trusting(mut self, authority: &str) -> Self {
        self.authorities.push(authority.into());
        self
    }

    /// The own service is at another port: the connection leads to a stranger.
    pub fn leading_to_a_stranger(mut self) -> Self {
        self.leads_elsewhere = true;
        self
    }

    /// The service of this installation, where the connection leads.
    fn own_service(&self) -> OwnService {
        let AccessFacts { url, token_url, cert_url, .. } = &self.facts;
        let places: Vec<(String, u16)> = [Some(url.as_str()), Some(token_url.as_str()), cert_url.as_deref()]
            .into_iter()
            .filter_map(|url| url::Url::parse(url?).ok())
            .filter_map(|url| Some((url.host_str()?.trim_matches(['[', ']']).to_owned(), url.port_or_known_default()?)))
            .collect();
        let ports = match places[..] {
            _ if self.leads_elsewhere => [28443, 28444],
            [(_, first), .., (_, last)] => [first, last],
            [] | [_] => [0, 0],
        };
        OwnService {
            authorities: self.authorities.clone(),
            names: places.into_iter().map(|(name, _)| name).collect(),
            ports,
        }
    }

    pub fn run(&self) -> Outcome {
        self.run_with(&HttpConnector::new(), &Recorder::default())
    }

    /// With little time for each stage.
    pub fn run_briefly(&self) -> Outcome {
        self.run_with(&HttpConnector::with_time_limit(SHORT), &Recorder::default())
    }

    pub fn run_with(&self, connector: &HttpConnector, recorder: &Recorder) -> Outcome {
        let begun = Instant::now();
        let own_service = self.own_service();
        let Self { facts, proxy, secret, variables, .. } = self;
        let target = ConnectionTarget { facts, secret, own_service: &own_service, proxy };
        // The tests' own machine may be behind a proxy.
        let variables = variables.clone();
        let connector = connector.clone().with_environment(move |name| variables.get(name).cloned());
        let end = connector.fetch_apis(&target, recorder);
        let events = std::mem::take(&mut *recorder.events.lock().expect("the events"));
        let outcome = Outcome { end, events, took: begun.elapsed() };
        outcome.assert_discreet();
        outcome
    }
}

#[derive(Debug, PartialEq)]
pub enum Event {
    Started(Stage),
    Finished(StageReport),
}

/// Writes down what happens, and cancels when it is told to.
#[derive(Default)]
pub struct Recorder {
    events: Mutex<Vec<Event>>,
    pub cancelled: AtomicBool,
}

impl StageObserver for Recorder {
    fn started(&self, stage: Stage) {
        self.events.lock().expect("the events").push(Event::Started(stage));
    }

    fn finished(&self, report: &StageReport) {
        self.events.lock().expect("the events").push(Event::Finished(report.clone()));
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// How a test went.
#[derive(Debug)]
pub struct Outcome {
    pub end: Result<Vec<FetchedApi>, TestEnd>,
    pub events: Vec<Event>,
    pub took: Duration,
}

impl Outcome {
    /// Every test here holds this: neither secret nor token, nor the encoded forms of them, get out.
    fn assert_discreet(&self) {
        let said = format!("{self:?}");
        for planted in [SECRET, "$ecret", "24ecret", "planted", TOKEN, "cGxhbnRlZ", "Basic c2It"] {
            assert!(!said.contains(planted), "\"{planted}\" must not get out: {said}");
        }
    }

    /// What a stage that went well has found.
    pub fn detail(&self, wanted: Stage) -> String {
        let detail = self.events.iter().find_map(|event| match event {
            Event::Finished(StageReport { stage, result: Ok(detail), .. }) if *stage == wanted => Some(detail),
            Event::Finished(_) | Event::Started(_) => None,
        });
        detail.unwrap_or_else(|| panic!("{wanted:?} should go well: {self:?}")).for_log()
    }

    pub fn apis(&self) -> &[FetchedApi] {
        self.end.as_deref().unwrap_or_else(|end| panic!("the test should go well: {end:?}"))
    }

    /// Asserts that it ends at `stage`, which is also the last that was attempted, with that cause and those texts.
    pub fn assert_fails(&self, stage: Stage, cause: &Cause, message: &str, remedy: &str) {
        let Err(TestEnd::Failed { stage: at, diagnosis }) = &self.end else { panic!("the test should fail: {self:?}") };
        assert_eq!((*at, &diagnosis.cause), (stage, cause), "the stage and the cause: {self:?}");
        let said = diagnosis.cause.message();
        assert_eq!(said, message, "what the user reads is wrong");
        let to_do = said.remedy().for_log();
        assert!(to_do.contains(remedy), "what the user reads to do is \"{remedy}\": {to_do}");
        let mut expected = Vec::new();
        for before in Stage::ALL.into_iter().filter(|before| (Stage::NameAndNetwork..stage).contains(before)) {
            expected.push((before, true));
        }
        expected.push((stage, false));
        let finished = self.events.iter().filter_map(|event| match event {
            Event::Finished(report) => Some((report.stage, report.result.is_ok())),
            Event::Started(_) => None,
        });
        assert_eq!(finished.collect::<Vec<_>>(), expected, "later stages are not attempted");
        let Some(Event::Finished(report)) = self.events.last() else { panic!("the failure is reported: {self:?}") };
        assert_eq!(report.result.as_ref(), Err(diagnosis), "observer and caller are told the same");
    }

    /// What was seen of the failure.
    pub fn seen(&self) -> String {
        match &self.end {
            Err(TestEnd::Failed { diagnosis, .. }) => diagnosis.seen.for_log(),
            Ok(_) | Err(TestEnd::Cancelled) => panic!("the test should fail: {self:?}"),
        }
    }
}

/// A portal with a certificate of an authority that is trusted, and the connection to it by client secret.
pub fn portal(replies: super::server::Replies) -> (Server, Connection) {
    let authority = Authority::named("Trusted");
    let server = Server::secure(super::server::tls(&authority.server()), replies);
    let connection = Connection::by_secret(&server.https()).trusting(&authority.pem);
    (server, connection)
}
