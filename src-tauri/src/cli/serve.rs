//! `drawbridge serve`

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use domain::{
    Drawbridge,
    input::{Field, InputProblem},
    keychain::KeychainStanding,
    portal::Endpoints,
    ports::{RepositoryError, SecretStoreError},
    refusal::Failure,
    settings::SettingsPage,
    token_service::TokenServiceSettings,
};
use serde::Serialize;
use views::{ErrorCode, TokenServiceStatusView, UserError, View};

use super::{
    interrupt::Interrupt,
    language::LANGUAGE,
    opening::{open_for_both, reconcile},
    output::Output,
    problem::{Exit, Problem},
};
use crate::{
    background::Background,
    core::Opened,
    token_service::{Overrides, Retry, TokenServiceRunner},
};

/// How often a change of what the service does is looked for.
const LOOKS_EVERY: Duration = Duration::from_millis(250);

/// How often a keychain is looked at that is waited for: closely at first, since a login is under way.
const LOOKS_AT_KEYCHAIN: Duration = Duration::from_secs(1);

/// How long it is looked at closely.
const WAITS_CLOSELY: Duration = Duration::from_secs(120);

/// Run the token service and the portal API without a window, until SIGTERM, SIGHUP or Ctrl-C
#[derive(Debug, Args)]
#[command(after_help = "\
Prints one line once it is ready: the addresses. Follows changes of settings, keys and portals by any process. The
window runs the service itself while it is open: both at once need different ports.

As long as the keychain is locked, not there, or another one than before, it waits and says so once on standard error; it
asks nobody for a password.

The options hold for this process only. Exported documents carry the addresses of the settings.

Examples:
  drawbridge serve
  drawbridge serve --port 29443 --mutual-tls-port 29444 --json")]
pub struct Arguments {
    /// The address to listen at
    #[arg(long)]
    address: Option<String>,
    /// Port for client secrets and the portal API
    #[arg(long)]
    port: Option<u32>,
    /// Port that demands a client certificate
    #[arg(long, value_name = "PORT")]
    mutual_tls_port: Option<u32>,
    /// Host name that the service calls itself, and that its TLS certificate is for
    #[arg(long)]
    host: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ready {
    event: &'static str,
    url: String,
    mutual_tls_url: String,
    addresses: Vec<String>,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    // First of all, so that a signal during the start counts, too.
    let interrupt = Interrupt::listen()?;
    let overrides = arguments.parse().map_err(|problem| {
        Problem::usage(&problem.message().render(LANGUAGE), problem.message().remedy().render(LANGUAGE))
    })?;
    let Opened { drawbridge, unattended } = &open_for_both(output)?;
    let SettingsPage { settings, may_manage_token_service, .. } = drawbridge.settings().get_page()?;
    let stored = settings.token_service;
    let wanted = overrides.apply(stored.clone());
    if wanted.endpoints.port == wanted.endpoints.mutual_tls_port {
        let problem = InputProblem::SamePort;
        return Err(Problem::usage(&problem.message().render(LANGUAGE), problem.message().remedy().render(LANGUAGE)));
    }
    // Serving as the settings say needs no role: the window of every person does it.
    if overrides != Overrides::default() {
        may_manage_token_service?;
    }
    warn_of_differences(&stored, &wanted, output);
    if !wait_for_keychain(unattended, &interrupt, output)? {
        return Ok(Exit::Well);
    }
    reconcile(unattended);

    let runner = Arc::new(TokenServiceRunner::serving(overrides.clone()));
    runner.sync(unattended, Retry::Quietly)?;
    let background = Background::follow(Arc::clone(unattended), Arc::clone(&runner), |_| {});
    let mut known = Vec::new();
    let mut known_problem = None;
    let mut waited = false;
    let result = loop {
        match runner.status(LANGUAGE) {
            TokenServiceStatusView::Running { addresses, keys_problem, .. } => {
                waited = false;
                let problem = keys_problem.map(|UserError { message, hint, .. }| (message, hint));
                if let Some((message, hint)) = problem.as_ref().filter(|_| problem != known_problem) {
                    output.warning(&format!("the keys of the token service cannot be renewed: {message}"), hint);
                }
                known_problem = problem;
                if addresses != known {
                    known.clone_from(&addresses);
                    let settings = overrides.apply(drawbridge.settings().get()?.token_service);
                    announce(&settings.endpoints, addresses, output)?;
                }
            }
            // Somebody has locked it since, and other settings want another start.
            TokenServiceStatusView::Failed { problem: UserError { code: ErrorCode::Keychain, .. } } if !waited => {
                match wait_for_keychain(unattended, &interrupt, output) {
                    Ok(true) => runner.sync(unattended, Retry::Quietly)?,
                    Ok(false) => break Ok(Exit::Well),
                    Err(problem) => break Err(problem),
                }
                waited = true;
                continue;
            }
            TokenServiceStatusView::Failed { problem } => break Err(cannot_serve(problem)),
            // The settings are being changed.
            TokenServiceStatusView::Off | TokenServiceStatusView::NotNeeded | TokenServiceStatusView::Starting => {}
        }
        // A service over a file that is not there any more would honour what nobody can revoke.
        if let Err(Failure::Repository(error @ RepositoryError::Replaced)) = drawbridge.change_number() {
            break Err(error.into());
        }
        if interrupt.wait(LOOKS_EVERY) {
            break Ok(Exit::Well);
        }
    };
    drop(background);
    runner.stop();
    result
}

/// Waits until the keychain of this installation can be used, and asks nobody for its password; says once what it waits
/// for. `false` when it was told to end. What does not pass by itself is the error.
fn wait_for_keychain(drawbridge: &Drawbridge, interrupt: &Interrupt, output: &Output) -> Result<bool, Problem> {
    let begun = Instant::now();
    let mut told = None;
    loop {
        let reason = match drawbridge.keychain().look()? {
            KeychainStanding::Known { .. } | KeychainStanding::New => return Ok(true),
            KeychainStanding::Other(other) => UserError::of(other, LANGUAGE),
            KeychainStanding::Unavailable(
                error @ (SecretStoreError::Locked
                | SecretStoreError::KeyringLocked { .. }
                | SecretStoreError::NoKeychain),
            ) => UserError::of(error, LANGUAGE),
            KeychainStanding::Unavailable(error) => return Err(error.into()),
        };
        if told.as_ref() != Some(&reason.message) {
            let message = format!("the token service waits for the keychain: {}", reason.message);
            output.warning(message.trim_end_matches('.'), &reason.hint);
            told = Some(reason.message);
        }
        let pause = if begun.elapsed() < WAITS_CLOSELY { LOOKS_AT_KEYCHAIN } else { LOOKS_AT_KEYCHAIN * 5 };
        if interrupt.wait(pause) {
            return Ok(false);
        }
    }
}

impl Arguments {
    /// The options, under the same rules as the settings.
    fn parse(&self) -> Result<Overrides, InputProblem> {
        let Self { address, port, mutual_tls_port, host } = self;
        let parse_port = |field: Field, port: &Option<u32>| {
            port.map(|port| TokenServiceSettings::parse_port(field, port)).transpose()
        };
        Ok(Overrides {
            address: address.as_deref().map(TokenServiceSettings::parse_address).transpose()?,
            host: host.as_deref().map(TokenServiceSettings::parse_host).transpose()?,
            port: parse_port(Field::Port, port)?,
            mutual_tls_port: parse_port(Field::MutualTlsPort, mutual_tls_port)?,
        })
    }
}

fn warn_of_differences(stored: &TokenServiceSettings, wanted: &TokenServiceSettings, output: &Output) {
    if stored.endpoints != wanted.endpoints {
        let (exported, _) = urls(&stored.endpoints);
        let (served, _) = urls(&wanted.endpoints);
        output.warning(
            &format!("exported documents still carry the addresses of the settings, such as {exported}, not {served}"),
            "Who uses them does not reach this service. To change the addresses for good, use the settings in the window.",
        );
    }
    if !wanted.is_loopback() {
        output.warning(
            &format!("at the address {} other computers can reach the token service", wanted.address),
            "Use 127.0.0.1 when only programs on this computer need it.",
        );
    }
}

fn urls(Endpoints { host, port, mutual_tls_port }: &Endpoints) -> (String, String) {
    (format!("https://{host}:{port}"), format!("https://{host}:{mutual_tls_port}"))
}

fn announce(endpoints: &Endpoints, addresses: Vec<String>, output: &Output) -> Result<(), Problem> {
    let (url, mutual_tls_url) = urls(endpoints);
    if output.is_json() {
        output.json_line(&Ready { event: "ready", url, mutual_tls_url, addresses })
    } else {
        let addresses = addresses.join(", ");
        output.line(&format!("Serving {url}, for certificates {mutual_tls_url}; listening at {addresses}."))
    }
}

fn cannot_serve(error: UserError) -> Problem {
    let exit = match error.code {
        ErrorCode::Keychain => Exit::Keychain,
        ErrorCode::Refused
        | ErrorCode::RoleMissing
        | ErrorCode::InvalidInput
        | ErrorCode::NotFound
        | ErrorCode::NeedsConfirmation
        | ErrorCode::Failed => Exit::CannotServe,
    };
    Problem { exit, error }
}
