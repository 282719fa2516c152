//! `drawbridge status`

use clap::Args;
use domain::{Endpoints, Finding, TokenServiceSettings};
use serde::Serialize;

use super::{
    list::{list_connections, list_portals, print_connections},
    open,
    output::Output,
    problem::{Exit, Problem},
    rows::{RequestRow, describe_days_left},
};
use crate::wire::TokenServiceSettingsView;

/// Say whether all is well: connections, validity of credentials, token service
#[derive(Debug, Args)]
#[command(after_help = "\
All is well (exit code 0) when each approved connection worked when it was last tested, nothing has changed since, and
neither its credentials nor the current ones of a portal end soon. Otherwise the exit code is 1.

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
    connections: Vec<RequestRow>,
    token_service: TokenServiceSettingsView,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let drawbridge = &*open()?;
    let connections = list_connections(drawbridge)?;
    let portals = list_portals(drawbridge)?;
    let settings = drawbridge.get_settings()?.token_service;
    let ends_soon = |days: Option<i64>| days.is_some_and(|days| days <= i64::from(arguments.days));

    let mut problems = Vec::new();
    let codes = connections.iter().map(|connection| Some(connection.health.as_ref()?.finding.as_ref()?.code.as_str()));
    let none_reached = Finding::is_one_for_all(codes);
    if none_reached && let Some(health) = connections.first().and_then(|connection| connection.health.as_ref()) {
        let count = connections.len();
        problems.push(format!("None of the {count} connections is reached. The first {}", health.describe()));
    }
    for connection in &connections {
        let RequestRow { hub, alias, days_left, health, .. } = connection;
        match health {
            Some(health) if health.is_well() => {}
            Some(_) if none_reached => {}
            Some(health) => {
                problems.push(format!("Connection {alias} of the hub {hub}: {}", health.describe()));
            }
            None => {}
        }
        if ends_soon(*days_left) {
            let validity = describe_days_left(*days_left);
            problems.push(format!("Credentials of the connection {alias} of the hub {hub}: {validity}"));
        }
    }
    for portal in &portals {
        if let Some(current) = portal.credential.as_ref().filter(|current| ends_soon(current.days_left)) {
            let validity = describe_days_left(current.days_left);
            problems.push(format!("Current credentials of the portal {}: {validity}", portal.name));
        }
    }

    let well = problems.is_empty();
    if output.is_json() {
        output.json_line(&Status { well, problems, connections, token_service: settings.into() })?;
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
