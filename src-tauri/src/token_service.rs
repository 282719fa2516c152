//! Starts, stops and renews the token service, as the settings and the keys want it.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{Drawbridge, Failure, TokenServicePlan};
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
    state: Mutex<State>,
}

#[derive(Default)]
enum State {
    /// Nobody has looked yet.
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
    /// Makes the service be what it is wanted to be. Blocks until that is so, or has failed.
    pub fn sync(&self, drawbridge: &Arc<Drawbridge>, retry: Retry) -> Result<(), Failure> {
        let plan = drawbridge.plan_token_service()?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !plan.wanted {
            let former = std::mem::replace(&mut *state, State::Stopped { enabled: plan.settings.enabled });
            stop(former);
            return Ok(());
        }
        match &*state {
            State::Running { plan: current, .. } if *current == plan => return Ok(()),
            State::Failed { plan: failed, .. } if *failed == plan && retry == Retry::WhenChanged => return Ok(()),
            State::Unknown | State::Stopped { .. } | State::Running { .. } | State::Failed { .. } => {}
        }
        // Nobody has asked for the service right now: its start must not demand the keychain's password.
        if retry != Retry::Now
            && let Err(error) = drawbridge.probe_keychain()
        {
            if !matches!(*state, State::Running { .. }) {
                *state = State::Failed { plan, problem: error.into() };
            }
            return Ok(());
        }
        let former = std::mem::take(&mut *state);
        *state = match renew_or_start(drawbridge, former) {
            Ok((service, plan)) => State::Running { service, plan },
            Err(problem) => {
                warn!(message = %problem.message, "the token service cannot run");
                State::Failed { plan, problem }
            }
        };
        Ok(())
    }

    /// What the service does at the moment.
    pub fn status(&self) -> TokenServiceStatusView {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
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

    /// Stops the service; open requests are finished first.
    pub fn stop(&self) {
        let former = std::mem::take(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner));
        stop(former);
    }
}

fn stop(state: State) {
    if let State::Running { service, .. } = state {
        async_runtime::block_on(service.stop());
        info!("the token service has stopped");
    }
}

/// A service that listens where it should gets other keys; any other one is started anew.
fn renew_or_start(drawbridge: &Arc<Drawbridge>, former: State) -> Result<(TokenService, TokenServicePlan), UserError> {
    let keys = drawbridge.prepare_token_service()?;
    // Preparing may have changed what the plan follows from.
    let plan = drawbridge.plan_token_service()?;
    if let State::Running { service, plan: current } = former {
        if current.settings == plan.settings {
            service.replace_keys(keys).map_err(UserError::from)?;
            return Ok((service, plan));
        }
        stop(State::Running { service, plan: current });
    }
    let clients = Arc::clone(drawbridge);
    let start = TokenService::start(&plan.settings, keys, clients, Arc::new(SystemClock), Arc::new(SystemEntropy));
    let service = async_runtime::block_on(start)?;
    info!("the token service runs");
    Ok((service, plan))
}

impl From<StartError> for UserError {
    fn from(error: StartError) -> Self {
        Self::plain(ErrorCode::Failed, error.to_string(), error.remedy())
    }
}
