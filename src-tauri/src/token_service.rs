//! Starts, stops and renews the token service, as the settings and the keys want it.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Drawbridge, Failure, TokenServiceKeys, TokenServicePlan, TokenServiceSettings};
use tauri::async_runtime;
use token_service::{StartError, TokenService};
use tracing::{info, warn};

use crate::{
    system::{SystemClock, SystemEntropy},
    wire::{ErrorCode, TokenServiceStatusView, UserError},
};

/// The token service of this process.
#[derive(Default)]
pub struct TokenServiceRunner {
    overrides: Option<Overrides>,
    /// Held while the service is made what it is wanted to be, which may take as long as the keychain wants.
    turn: Mutex<()>,
    /// Held for moments only: whoever asks for the status does not wait for the keychain.
    state: Mutex<State>,
}

/// What a process that is there to serve does differently from the settings, which stay as they are. It serves in any
/// case: whether the window does, and whether there is a portal yet, is not asked.
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
    Running { service: TokenService, plan: TokenServicePlan },
    /// It could not be started for this plan.
    Failed { plan: TokenServicePlan, problem: UserError },
}

/// How a start that failed before is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Tried again only if something has changed.
    WhenChanged,
    /// Tried again without asking anybody for the keychain's password.
    Quietly,
    /// Tried again: the user wants it.
    Now,
}

impl TokenServiceRunner {
    /// A runner that serves in any case, with `overrides` before the settings.
    pub fn serving(overrides: Overrides) -> Self {
        Self { overrides: Some(overrides), ..Self::default() }
    }

    fn plan(&self, drawbridge: &Drawbridge) -> Result<TokenServicePlan, Failure> {
        let mut plan = drawbridge.plan_token_service()?;
        if let Some(overrides) = &self.overrides {
            plan.wanted = true;
            plan.settings = overrides.apply(plan.settings);
        }
        Ok(plan)
    }

    /// Makes the service be what it is wanted to be. Blocks until that is so, or has failed.
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
            match &*self.state() {
                State::Running { plan: current, .. } if *current == plan => return Ok(()),
                State::Failed { plan: failed, .. } if *failed == plan && retry == Retry::WhenChanged => return Ok(()),
                State::Running { plan: current, .. } => Some(current.settings.clone()),
                State::Unknown | State::Stopped { .. } | State::Failed { .. } => None,
            }
        };
        // Keys that could not be kept are not made in the first place; and where a keychain cannot be kept from asking for
        // its password, it must not do so when nobody has asked for the service right now.
        let probed = if retry == Retry::Now { Ok(()) } else { drawbridge.probe_keychain() };
        let prepared = probed.map_err(UserError::from).and_then(|()| self.prepare(drawbridge));
        let ran = running.is_some();
        match (running, prepared) {
            // It listens where it should: it takes other keys, or keeps those it has, which are still good.
            (Some(settings), Ok((keys, prepared))) if settings == prepared.settings => self.renew(keys, prepared),
            (Some(settings), Err(problem)) if settings == plan.settings => {
                warn!(message = %problem.message, "the keys of the token service cannot be renewed");
            }
            (Some(_) | None, prepared) => {
                stop(self.replace(State::Unknown));
                let state = match prepared.and_then(|(keys, plan)| Ok(start(drawbridge, keys, plan)?)) {
                    Ok(running) => running,
                    Err(problem) => {
                        warn!(message = %problem.message, "the token service cannot run");
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
    fn prepare(&self, drawbridge: &Drawbridge) -> Result<(TokenServiceKeys, TokenServicePlan), UserError> {
        loop {
            let settings = self.plan(drawbridge)?.settings;
            let keys = match &self.overrides {
                None => drawbridge.prepare_token_service()?,
                Some(_) => drawbridge.prepare_token_service_for(&settings)?,
            };
            // Preparing may have changed what the plan follows from; somebody may have changed the settings meanwhile.
            let plan = self.plan(drawbridge)?;
            if plan.settings == settings {
                return Ok((keys, plan));
            }
        }
    }

    fn renew(&self, keys: TokenServiceKeys, plan: TokenServicePlan) {
        if let State::Running { service, plan: current } = &mut *self.state() {
            match service.replace_keys(keys) {
                Ok(()) => *current = plan,
                Err(error) => warn!(%error, "the keys of the token service cannot be renewed"),
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn replace(&self, state: State) -> State {
        std::mem::replace(&mut *self.state(), state)
    }

    /// What the service does at the moment.
    pub fn status(&self) -> TokenServiceStatusView {
        match &*self.state() {
            State::Unknown => TokenServiceStatusView::Starting,
            State::Stopped { enabled: false } => TokenServiceStatusView::Off,
            State::Stopped { enabled: true } => TokenServiceStatusView::NotNeeded,
            State::Failed { problem, .. } => TokenServiceStatusView::Failed { problem: problem.clone() },
            State::Running { service, .. } => {
                let status = service.status();
                TokenServiceStatusView::Running {
                    addresses: status.addresses.iter().map(ToString::to_string).collect(),
                    since: status.started_at,
                    tokens_issued: status.tokens_issued as f64,
                    refused: status.refused as f64,
                }
            }
        }
    }

    /// Whether it could not be started.
    pub fn has_failed(&self) -> bool {
        matches!(&*self.state(), State::Failed { .. })
    }

    /// Stops the service; open requests are finished first.
    pub fn stop(&self) {
        stop(self.replace(State::Unknown));
    }
}

fn start(drawbridge: &Arc<Drawbridge>, keys: TokenServiceKeys, plan: TokenServicePlan) -> Result<State, StartError> {
    let clients = Arc::clone(drawbridge);
    let start = TokenService::start(&plan.settings, keys, clients, Arc::new(SystemClock), Arc::new(SystemEntropy));
    let service = async_runtime::block_on(start)?;
    info!("the token service runs");
    Ok(State::Running { service, plan })
}

/// What was tested before the service began or ceased to run says nothing any more.
fn demand_checks(drawbridge: &Drawbridge) {
    if let Err(error) = drawbridge.demand_checks_of_own_portals() {
        warn!(%error, "the connections are not tested before their time");
    }
}

fn stop(state: State) {
    if let State::Running { service, .. } = state {
        async_runtime::block_on(service.stop());
        info!("the token service has stopped");
    }
}

impl From<StartError> for UserError {
    fn from(error: StartError) -> Self {
        Self::plain(ErrorCode::Failed, error.to_string(), error.remedy())
    }
}
