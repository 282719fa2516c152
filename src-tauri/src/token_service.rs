//! Starts, stops and renews the token service, as the settings and the keys want it.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    Drawbridge,
    messages::Language,
    overview::TokenServiceSeen,
    refusal::Failure,
    token_service::{TokenServiceKeys, TokenServicePlan, TokenServiceSettings},
};
use tauri::async_runtime;
use token_service::TokenService;
use tracing::{info, warn};
use views::{ErrorCode, IntoView, TokenServiceStatusView, Trouble};

use crate::system::{SystemClock, SystemEntropy};

/// The token service of this process.
#[derive(Default)]
pub struct TokenServiceRunner {
    overrides: Option<Overrides>,
    /// Held while the service is brought to the wanted state, which may take as long as the keychain does.
    turn: Mutex<()>,
    /// Held for moments only, so that the status does not wait for the keychain.
    state: Mutex<State>,
}

/// What a process that is there to serve does differently from the settings, which stay as they are. It serves in any
/// case: it does not matter whether the window does, or whether there is a portal yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The address to listen at.
    pub address: Option<IpAddr>,
    /// Host name in the URLs that the service itself publishes.
    pub host: Option<String>,
    /// Port for client secrets and the portal API.
    pub port: Option<u16>,
    /// Port that demands a client certificate.
    pub mutual_tls_port: Option<u16>,
}

impl Overrides {
    /// The settings as this process follows them.
    pub fn apply(&self, mut settings: TokenServiceSettings) -> TokenServiceSettings {
        let Self { address, host, port, mutual_tls_port } = self;
        settings.enabled = true;
        settings.address = address.unwrap_or(settings.address);
        if let Some(host) = host {
            settings.endpoints.host.clone_from(host);
        }
        settings.endpoints.port = port.unwrap_or(settings.endpoints.port);
        settings.endpoints.mutual_tls_port = mutual_tls_port.unwrap_or(settings.endpoints.mutual_tls_port);
        settings
    }
}

#[derive(Default)]
enum State {
    /// Nobody has looked yet, or it is about to start.
    #[default]
    Unknown,
    /// It is not wanted.
    Stopped { enabled: bool },
    /// It runs as this plan has it.
    Running {
        service: TokenService,
        plan: TokenServicePlan,
        /// Why it does not have the keys that it should have by now; it goes on with the former ones.
        not_renewed: Option<Trouble>,
    },
    /// It could not be started for this plan.
    Failed { plan: TokenServicePlan, problem: Trouble },
}

/// How a start that failed before is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Tried again only if something has changed.
    WhenChanged,
    /// Tried again without asking for the keychain's password.
    Quietly,
    /// Tried again: the user wants it.
    Now,
}

impl TokenServiceRunner {
    /// A runner that serves in any case; `overrides` take precedence over the settings.
    pub fn serving(overrides: Overrides) -> Self {
        Self { overrides: Some(overrides), ..Self::default() }
    }

    fn plan(&self, drawbridge: &Drawbridge) -> Result<TokenServicePlan, Failure> {
        let mut plan = drawbridge.token_service().plan()?;
        if let Some(overrides) = &self.overrides {
            plan.wanted = true;
            plan.settings = overrides.apply(plan.settings);
        }
        Ok(plan)
    }

    /// Brings the service to the wanted state. Blocks until that has succeeded or failed.
    pub fn sync(&self, drawbridge: &Arc<Drawbridge>, retry: Retry) -> Result<(), Failure> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = self.plan(drawbridge)?;
        if !plan.wanted {
            let former = self.replace(State::Stopped { enabled: plan.settings.enabled });
            if let State::Running { .. } = former {
                stop(former);
                demand_checks(drawbridge);
            }
            return Ok(());
        }
        let running = {
            match &mut *self.state() {
                State::Running { plan: current, not_renewed, .. } if *current == plan => {
                    *not_renewed = waits(&plan);
                    return Ok(());
                }
                State::Failed { plan: failed, .. } if *failed == plan && retry == Retry::WhenChanged => return Ok(()),
                State::Running { plan: current, .. } => Some(current.settings.clone()),
                State::Unknown | State::Stopped { .. } | State::Failed { .. } => None,
            }
        };
        // Keys are not generated if they could not be stored. And a keychain that cannot be kept from asking for its
        // password must not be used when no person has just asked for the service.
        let probed = if retry == Retry::Now { Ok(()) } else { drawbridge.secrets().probe_keychain() };
        let prepared = probed.map_err(Trouble::from).and_then(|()| self.prepare(drawbridge));
        let ran = running.is_some();
        match (running, prepared) {
            // It listens where it should. It takes the new keys, or keeps those it has, which are still good.
            (Some(settings), Ok((keys, prepared))) if settings == prepared.settings => self.renew(keys, prepared),
            (Some(settings), Err(problem)) if settings == plan.settings => self.keep_keys(problem),
            (Some(_) | None, prepared) => {
                stop(self.replace(State::Unknown));
                let state = match prepared.and_then(|(keys, plan)| start(drawbridge, keys, plan)) {
                    Ok(running) => running,
                    Err(problem) => {
                        warn!(message = problem.message.for_log(), "the token service cannot run");
                        State::Failed { plan, problem }
                    }
                };
                let runs = matches!(state, State::Running { .. });
                self.replace(state);
                if runs || ran {
                    demand_checks(drawbridge);
                }
            }
        }
        Ok(())
    }

    /// The keys of the service, and the plan that they are for.
    fn prepare(&self, drawbridge: &Drawbridge) -> Result<(TokenServiceKeys, TokenServicePlan), Trouble> {
        loop {
            let settings = self.plan(drawbridge)?.settings;
            let keys = match &self.overrides {
                None => drawbridge.token_service().prepare()?,
                Some(_) => drawbridge.token_service().prepare_for(&settings)?,
            };
            // Preparing may have changed what the plan follows from, and another process may have changed the settings
            // meanwhile.
            let plan = self.plan(drawbridge)?;
            if plan.settings == settings {
                return Ok((keys, plan));
            }
        }
    }

    fn renew(&self, keys: TokenServiceKeys, plan: TokenServicePlan) {
        let replaced = match &mut *self.state() {
            State::Running { service, plan: current, not_renewed } => service.replace_keys(keys).map(|()| {
                *not_renewed = waits(&plan);
                *current = plan;
            }),
            State::Unknown | State::Stopped { .. } | State::Failed { .. } => Ok(()),
        };
        if let Err(error) = replaced {
            self.keep_keys(Trouble::of(ErrorCode::Failed, &error.message()));
        }
    }

    /// The service goes on with the keys that it has.
    fn keep_keys(&self, problem: Trouble) {
        warn!(message = problem.message.for_log(), "the keys of the token service cannot be renewed");
        if let State::Running { not_renewed, .. } = &mut *self.state() {
            *not_renewed = Some(problem);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn replace(&self, state: State) -> State {
        std::mem::replace(&mut *self.state(), state)
    }

    /// What the service does at the moment.
    pub fn status(&self, language: Language) -> TokenServiceStatusView {
        match &*self.state() {
            State::Unknown => TokenServiceStatusView::Starting,
            State::Stopped { enabled: false } => TokenServiceStatusView::Off,
            State::Stopped { enabled: true } => TokenServiceStatusView::NotNeeded,
            State::Failed { problem, .. } => {
                TokenServiceStatusView::Failed { problem: problem.clone().into_view(language) }
            }
            State::Running { service, not_renewed, .. } => {
                let status = service.status();
                TokenServiceStatusView::Running {
                    addresses: status.addresses.iter().map(ToString::to_string).collect(),
                    since: status.started_at,
                    tokens_issued: status.tokens_issued as f64,
                    refused: status.refused as f64,
                    keys_problem: not_renewed.clone().into_view(language),
                }
            }
        }
    }

    /// What the start page says about it.
    pub fn seen(&self) -> TokenServiceSeen {
        match &*self.state() {
            State::Stopped { .. } | State::Running { not_renewed: None, .. } => TokenServiceSeen::Well,
            // Nobody has tried yet; the keychain shows beforehand whether it can.
            State::Unknown => TokenServiceSeen::Nothing,
            State::Running { not_renewed: Some(Trouble { message, hint, .. }), .. } => {
                TokenServiceSeen::KeysNotRenewed { message: message.clone(), remedy: hint.clone() }
            }
            State::Failed { problem: Trouble { message, hint, .. }, .. } => {
                TokenServiceSeen::Fails { message: message.clone(), remedy: hint.clone() }
            }
        }
    }

    /// Stops the service; open requests are finished first.
    pub fn stop(&self) {
        stop(self.replace(State::Unknown));
    }
}

fn start(drawbridge: &Arc<Drawbridge>, keys: TokenServiceKeys, plan: TokenServicePlan) -> Result<State, Trouble> {
    let clients = Arc::clone(drawbridge);
    let start = TokenService::start(&plan.settings, keys, clients, Arc::new(SystemClock), Arc::new(SystemEntropy));
    let service = async_runtime::block_on(start).map_err(|error| Trouble::of(ErrorCode::Failed, &error.message()))?;
    info!("the token service runs");
    Ok(State::Running { service, not_renewed: waits(&plan), plan })
}

/// Why the service goes on with keys that are due to be renewed.
fn waits(plan: &TokenServicePlan) -> Option<Trouble> {
    plan.waits.clone().map(|refusal| Failure::from(refusal).into())
}

/// Tests from before the service started or stopped say nothing any more.
fn demand_checks(drawbridge: &Drawbridge) {
    if let Err(error) = drawbridge.connections().demand_checks_of_own_portals() {
        warn!(%error, "the connections are not tested before their time");
    }
}

fn stop(state: State) {
    if let State::Running { service, .. } = state {
        async_runtime::block_on(service.stop());
        info!("the token service has stopped");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use certificates::RcgenIssuer;
    use chrono::{TimeDelta, Utc};
    use connector::HttpConnector;
    use domain::{
        Ports,
        connection_check::{Stage, TestOutcome},
        documents::SecretBytes,
        messages::ChosenLanguage,
        person::Role,
        pki::{CertificateIssuer, CertificateSpec},
        portal::Endpoints,
        ports::{SecretStore, SecretStoreError, ThisMachine},
    };
    use fakes::{Faults, InMemoryKeychain, SettableClock, Watcher};
    use storage::SqliteRepository;

    use super::*;

    fn open(folder: &Path, keychain: &Arc<InMemoryKeychain>, clock: &Arc<SettableClock>) -> Arc<Drawbridge> {
        Arc::new(Drawbridge::new(Ports {
            repository: Arc::new(SqliteRepository::open(&folder.join("drawbridge.db")).unwrap()),
            secrets: Arc::clone(keychain) as Arc<_>,
            issuer: Arc::new(RcgenIssuer),
            connector: Arc::new(HttpConnector::new()),
            clock: Arc::clone(clock) as Arc<_>,
            entropy: Arc::new(SystemEntropy),
            language: ChosenLanguage::default(),
        }))
    }

    /// Why its keys could not be renewed, while it runs.
    fn keys_problem(runner: &TokenServiceRunner) -> Option<String> {
        match runner.status(Language::English) {
            TokenServiceStatusView::Running { keys_problem, .. } => keys_problem.map(|problem| problem.message),
            other @ (TokenServiceStatusView::Off
            | TokenServiceStatusView::NotNeeded
            | TokenServiceStatusView::Starting
            | TokenServiceStatusView::Failed { .. }) => panic!("it should run: {other:?}"),
        }
    }

    /// A4: the server of somebody who has got hold of an authority's key gets no client secret.
    #[test]
    fn with_the_key_of_our_own_authority_nobody_poses_as_the_portal_of_somebody_else() {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::new(InMemoryKeychain::empty(Arc::new(Faults::default())));
        let clock = Arc::new(SettableClock::standing(Utc::now()));
        let drawbridge = open(folder.path(), &keychain, &clock);
        drawbridge.people().create_first("Ada", "ada@example.com", Role::ALL.into()).unwrap();
        let own = drawbridge.token_service().prepare().unwrap();
        let repository = SqliteRepository::open(&folder.path().join("drawbridge.db")).unwrap();
        let now = Utc::now();
        for authority in [repository.find_server_authority(), repository.find_client_authority()] {
            let authority = authority.unwrap().unwrap();
            let stolen = keychain.get(authority.secret).unwrap();
            let spec = CertificateSpec {
                common_name: "A stranger".into(),
                organizational_unit: "Elsewhere".into(),
                serial: [0x41; 16],
                not_before: now - TimeDelta::days(1),
                not_after: now + TimeDelta::days(1),
            };
            // The server authority may certify even these addresses: they are refused because our service is not there.
            for host in ["127.0.0.2", "127.0.0.1"] {
                let leaf = RcgenIssuer.generate_server_leaf(&authority, &stolen, &[host.into()], &spec).unwrap();
                let keys = TokenServiceKeys {
                    certificate_pem: leaf.chain_pem,
                    tls_key: leaf.private_key,
                    // EXPOSE: a copy, which signs nothing here.
                    signing_key: SecretBytes::new(own.signing_key.expose().to_vec()),
                    client_authorities: own.client_authorities.clone(),
                };
                let settings = TokenServiceSettings {
                    address: host.parse().unwrap(),
                    endpoints: Endpoints { port: 0, mutual_tls_port: 0, ..Endpoints::loopback() },
                    ..TokenServiceSettings::default()
                };
                let clients = Arc::clone(&drawbridge);
                let start =
                    TokenService::start(&settings, keys, clients, Arc::new(SystemClock), Arc::new(SystemEntropy));
                let stranger = async_runtime::block_on(start).unwrap();
                let port = stranger.status().addresses.iter().find(|at| at.ip() == settings.address).unwrap().port();
                let base = format!("https://{host}:{port}/sales");
                let document = format!(
                    r#"{{"url":"{base}","tokenUrl":"{base}/oauth/token","clientId":"sb-x!b1","clientSecret":"planted"}}"#
                );
                let outcome = drawbridge.checks().test_document(&document, &Watcher::default()).unwrap();
                let TestOutcome::Failed(finding) = outcome else { panic!("{host} is trusted: {outcome:?}") };
                assert_eq!(finding.stage, Stage::Tls, "{host}: {finding:?}");
                let status = stranger.status();
                assert_eq!((status.tokens_issued, status.refused), (0, 0), "{host}: no request, and no secret");
                async_runtime::block_on(stranger.stop());
            }
        }
    }

    #[test]
    fn keys_that_cannot_be_renewed_are_told_until_they_are_and_the_service_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::new(InMemoryKeychain::empty(Arc::new(Faults::default())));
        // The service itself lives by the real time: its first certificate must be valid by that, too.
        let clock = Arc::new(SettableClock::standing(Utc::now() - TimeDelta::days(340)));
        let drawbridge = open(folder.path(), &keychain, &clock);
        drawbridge.people().create_first("Ada", "ada@example.com", Role::ALL.into()).unwrap();
        let any_port = Overrides { port: Some(0), mutual_tls_port: Some(0), ..Overrides::default() };
        let runner = TokenServiceRunner::serving(any_port);
        runner.sync(&drawbridge, Retry::Now).unwrap();
        assert_eq!(keys_problem(&runner), None);

        for before in [TimeDelta::minutes(10), TimeDelta::zero()] {
            clock.set(Utc::now() - before);
            drawbridge.time().watch().unwrap();
        }
        keychain.fail_always(SecretStoreError::Locked);
        runner.sync(&drawbridge, Retry::WhenChanged).unwrap();
        let problem = keys_problem(&runner).expect("the certificate ends in 25 days");
        assert!(problem.to_lowercase().contains("locked"), "{problem}");

        keychain.recover();
        runner.sync(&drawbridge, Retry::WhenChanged).unwrap();
        assert_eq!(keys_problem(&runner), None, "it is tried again");
        runner.stop();
    }
}
