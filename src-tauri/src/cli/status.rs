//! `drawbridge status`

use clap::Args;
use domain::{Endpoints, Failure, Finding, KeychainStanding, TokenServiceSeen, TokenServiceSettings};
use serde::Serialize;

use super::{
    keychain::word,
    list::{list_connections, list_portals, print_connections},
    open_for_both,
    output::Output,
    problem::{Exit, Problem},
    rows::{CredentialRow, RequestRow},
};
use crate::{
    core::Opened,
    wire::{MatterView, TokenServiceSettingsView},
};

/// Say whether all is well: connections, validity of credentials, token service
#[derive(Debug, Args)]
#[command(after_help = "\
All is well (exit code 0) when each approved connection worked when it was last tested, nothing has changed since, neither
its credentials nor the current ones of a portal end soon, and the keychain can be used and holds the secrets. Otherwise the
exit code is 1. Nobody is asked for the keychain's password.

The window tests connections by itself; without it, drawbridge test does.

Examples:
  drawbridge status
  drawbridge status --days 0 --json
  drawbridge test sales-eu > /dev/null; drawbridge status || notify-send 'Drawbridge: not all is well'")]
pub struct Arguments {
    /// How many days before its end a credential stops being well; 0 for those that have ended only
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    days: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    well: bool,
    /// What is not well, for people.
    problems: Vec<String>,
    /// What the keychain is to this installation: known, new, another, foreign or unavailable.
    keychain: &'static str,
    connections: Vec<RequestRow>,
    token_service: TokenServiceSettingsView,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Opened { drawbridge, unattended } = &open_for_both(output)?;
    let standing = unattended.look_at_keychain()?;
    if let KeychainStanding::Other(other) = standing
        && drawbridge.get_session()?.person.is_none()
    {
        // That nobody uses this installation is not what is wrong: somebody did.
        return Err(Failure::from(other).into());
    }
    let connections = list_connections(drawbridge)?;
    let portals = list_portals(drawbridge)?;
    let settings = drawbridge.get_settings()?.token_service;
    let ends_soon = |days: Option<i64>| days.is_some_and(|days| days <= i64::from(arguments.days));

    let noticed = drawbridge.list_database_notices()?;
    let mut problems: Vec<String> =
        noticed.iter().map(|notice| format!("{} {}", notice.message(), notice.remedy())).collect();
    let matters = drawbridge.list_matters_of_installation(Some(&standing), &TokenServiceSeen::Nothing)?;
    let of_installation = matters.into_iter().filter_map(|matter| MatterView::from(matter).of_installation());
    problems
        .extend(of_installation.map(|problem| format!("{} {}", problem.message, problem.hint).trim_end().to_owned()));
    let codes = connections.iter().map(|connection| Some(connection.health.as_ref()?.finding.as_ref()?.code.as_str()));
    let none_reached = Finding::is_one_for_all(codes);
    if none_reached && let Some(health) = connections.first().and_then(|connection| connection.health.as_ref()) {
        let count = connections.len();
        problems.push(format!("None of the {count} connections is reached. The first {}", health.describe()));
    }
    for connection in &connections {
        let RequestRow { hub, alias, days_left, health, proof, .. } = connection;
        match health {
            Some(health) if health.is_well() => {}
            Some(_) if none_reached => {}
            Some(health) => {
                problems.push(format!("Connection {alias} of the hub {hub}: {}", health.describe()));
            }
            None => {}
        }
        if proof.not_valid_before.is_some() || ends_soon(*days_left) {
            let validity = proof.describe_validity(*days_left);
            problems.push(format!("Credentials of the connection {alias} of the hub {hub}: {validity}"));
        }
    }
    for portal in &portals {
        let not_well =
            |current: &&CredentialRow| current.proof.not_valid_before.is_some() || ends_soon(current.days_left);
        if let Some(current) = portal.credential.as_ref().filter(not_well) {
            let validity = current.proof.describe_validity(current.days_left);
            problems.push(format!("Current credentials of the portal {}: {validity}", portal.name));
        }
    }

    if let Some(waits) = drawbridge.plan_token_service()?.waits {
        problems.push(format!("Token service: {waits}"));
    }

    let well = problems.is_empty();
    if output.is_json() {
        output.json_line(&Status {
            well,
            problems,
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
        if well {
            output.line("All is well.")?;
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
