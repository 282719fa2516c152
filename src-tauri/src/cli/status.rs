//! `drawbridge status`

use chrono::TimeDelta;
use clap::Args;
use domain::{
    credential::Validity, keychain::KeychainStanding, overview::TokenServiceSeen, portal::Endpoints, refusal::Failure,
    token_service::TokenServiceSettings,
};
use serde::Serialize;
use views::{AttentionView, IntoView, RequestView, TokenServiceSettingsView};

use super::{
    attention,
    keychain::word,
    language::LANGUAGE,
    list::{list_connections, print_connections},
    opening::open_for_both,
    output::Output,
    problem::{Exit, Problem},
};
use crate::core::Opened;

/// Say whether all is well: connections, validity of credentials, token service
#[derive(Debug, Args)]
#[command(after_help = "\
All is well (exit code 0) when each approved connection is known to work (its last test succeeded, is not older than the
interval between tests, and nothing has changed since), neither its credentials nor the current ones of a portal end soon,
and the keychain can be used and holds the secrets. Otherwise the exit code is 1, also if this person may not see the
credentials of the portals, since nobody knows then that all is well. What only waits for somebody is listed, too, and
leaves the exit code at 0. Nobody is asked for the keychain's password.

The window tests connections by itself; without it, drawbridge test does.

Examples:
  drawbridge status
  drawbridge status --days 0 --json
  drawbridge test sales-eu > /dev/null; drawbridge status || notify-send 'Drawbridge: not all is well'")]
pub struct Arguments {
    /// How many days before its end a credential stops being well; 0 for those that have ended only
    #[arg(long, value_name = "DAYS", default_value_t = Validity::ENDS_SOON_DAYS)]
    days: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    well: bool,
    /// What is not well, for people.
    problems: Vec<String>,
    /// What waits for somebody, for people.
    waits: Vec<String>,
    /// Both, as on *Home*.
    attention: Vec<AttentionView>,
    /// What the keychain is to this installation: known, new, another, foreign or unavailable.
    keychain: &'static str,
    connections: Vec<RequestView>,
    token_service: TokenServiceSettingsView,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Opened { drawbridge, unattended } = &open_for_both(output)?;
    let standing = unattended.keychain().look()?;
    if let KeychainStanding::Other(other) = standing
        && drawbridge.people().get_session()?.person.is_none()
    {
        // The other keychain is the reason, not that nobody uses this installation.
        return Err(Failure::from(other).into());
    }
    let connections = list_connections(drawbridge)?;
    let settings = drawbridge.settings().get()?.token_service;
    let soon = TimeDelta::days(i64::from(arguments.days));
    let attention = drawbridge.overview().list_attention(Some(&standing), &TokenServiceSeen::Nothing, soon)?;
    let seen = attention.clone().into_view(LANGUAGE);
    let (troubles, waiting): (Vec<_>, Vec<_>) =
        attention.into_iter().partition(|attention| attention.urgency.is_trouble());
    let [problems, waits] = [troubles, waiting]
        .map(|all| all.into_iter().map(|one| attention::describe(one.matter)).collect::<Vec<String>>());

    let well = problems.is_empty();
    if output.is_json() {
        output.json_line(&Status {
            well,
            problems,
            waits,
            attention: seen,
            keychain: word(&standing),
            connections,
            token_service: settings.into(),
        })?;
    } else {
        print_connections(&connections, output)?;
        output.line("")?;
        output.line(&describe_token_service(&settings))?;
        output.line("")?;
        for problem in &problems {
            output.line(problem)?;
        }
        for wait in &waits {
            output.line(&format!("Waits: {wait}"))?;
        }
        if well {
            output.line(if waits.is_empty() { "All is well." } else { "Nothing else needs attention." })?;
        }
    }
    Ok(if well { Exit::Well } else { Exit::Wrong })
}

fn describe_token_service(settings: &TokenServiceSettings) -> String {
    let TokenServiceSettings { enabled, address, endpoints: Endpoints { host, port, mutual_tls_port } } = settings;
    let addresses = format!("at {address}: https://{host}:{port}, for certificates https://{host}:{mutual_tls_port}");
    if *enabled {
        format!("Token service: runs while the window is open, {addresses}.")
    } else {
        format!("Token service: switched off; set to listen {addresses}.")
    }
}
