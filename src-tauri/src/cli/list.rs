//! `drawbridge list`

use clap::{Args, ValueEnum};
use domain::{
    Drawbridge,
    connection::RequestStateKind,
    portal::{PortalConnection, PortalSummary},
};
use serde::Serialize;

use super::{
    find,
    keychain::warn_of_missing,
    open_for_both,
    output::Output,
    pingone::{AccountRow, list_accounts, print_accounts},
    problem::{Exit, Problem},
    rows::{AppliedRow, CredentialRow, HealthRow, HubRow, PortalRow, RequestRow, describe_moment},
};
use crate::core::Opened;

/// List portals, connections and PingOne accounts, or hubs, requests or credentials
#[derive(Debug, Args)]
#[command(after_help = "\
Without a word: the portals with their current credentials, the connections of the hubs with their health, and the PingOne
accounts. With --json that is an object with the arrays portals, connections and accounts; each list by its word is an array.

Examples:
  drawbridge list
  drawbridge list credentials
  drawbridge list portals --json | jq -r '.[] | select(.credential.daysLeft < 30) | .name'")]
pub struct Arguments {
    /// What to list
    what: Option<What>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// The portals with their current credentials
    Portals,
    /// The hubs with the number of their requests
    Hubs,
    /// The requests of all hubs, open and rejected
    Requests,
    /// All credentials of the portals, retired ones too
    Credentials,
    /// The PingOne accounts with the number of their credentials
    Accounts,
}

#[derive(Serialize)]
struct Overview {
    portals: Vec<PortalRow>,
    connections: Vec<RequestRow>,
    accounts: Vec<AccountRow>,
}

pub fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Problem> {
    let Opened { drawbridge, unattended } = &open_for_both(output)?;
    warn_of_missing(unattended, output);
    match arguments.what {
        None => {
            let portals = list_portals(drawbridge)?;
            let connections = list_connections(drawbridge)?;
            let accounts = list_accounts(drawbridge)?;
            if output.is_json() {
                output.json_line(&Overview { portals, connections, accounts })?;
            } else {
                print_portals(&portals, output)?;
                output.line("")?;
                print_connections(&connections, output)?;
                if !accounts.is_empty() {
                    output.line("")?;
                    print_accounts(&accounts, output)?;
                }
            }
        }
        Some(What::Portals) => {
            let portals = list_portals(drawbridge)?;
            if output.is_json() { output.json_line(&portals) } else { print_portals(&portals, output) }?;
        }
        Some(What::Hubs) => {
            let hubs: Vec<HubRow> = drawbridge.hubs().list()?.into_iter().map(HubRow::from).collect();
            if output.is_json() { output.json_line(&hubs) } else { print_hubs(&hubs, output) }?;
        }
        Some(What::Requests) => {
            let mut requests = Vec::new();
            for state in [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected] {
                requests.extend(find::list_requests(drawbridge, state, "")?);
            }
            let requests: Vec<RequestRow> = requests.into_iter().map(|(hub, row)| RequestRow::new(&hub, row)).collect();
            if output.is_json() { output.json_line(&requests) } else { print_requests(&requests, output) }?;
        }
        Some(What::Credentials) => {
            let mut credentials = Vec::new();
            for PortalSummary { portal, .. } in drawbridge.portals().list()? {
                let PortalConnection { credentials: own, may_open, .. } = drawbridge.portals().get_page(portal.id)?;
                may_open?;
                credentials.extend(own.into_iter().map(|credential| CredentialRow::new(&portal.name, credential)));
            }
            if output.is_json() { output.json_line(&credentials) } else { print_credentials(&credentials, output) }?;
        }
        Some(What::Accounts) => {
            let accounts = list_accounts(drawbridge)?;
            if output.is_json() { output.json_line(&accounts) } else { print_accounts(&accounts, output) }?;
        }
    }
    Ok(Exit::Well)
}

/// The portals with their current credentials.
pub fn list_portals(drawbridge: &Drawbridge) -> Result<Vec<PortalRow>, Problem> {
    let mut rows = Vec::new();
    for PortalSummary { portal, current, applied } in drawbridge.portals().list()? {
        // "None" and "not for your eyes" are not the same.
        let visible = current.is_some() || drawbridge.portals().get_page(portal.id)?.may_open.is_ok();
        rows.push(PortalRow::new(portal, visible, current, applied));
    }
    Ok(rows)
}

/// The approved connections of all hubs.
pub fn list_connections(drawbridge: &Drawbridge) -> Result<Vec<RequestRow>, Problem> {
    let approved = find::list_requests(drawbridge, RequestStateKind::Approved, "")?;
    Ok(approved.into_iter().map(|(hub, row)| RequestRow::new(&hub, row)).collect())
}

fn print_portals(portals: &[PortalRow], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = portals
        .iter()
        .map(|portal| {
            let [client_id, kind, validity] = match &portal.credential {
                Some(current) => {
                    let validity = current.proof.validity.clone();
                    [current.client_id.clone(), current.proof.describe(), validity]
                }
                None if portal.credentials_visible => ["none".to_owned(), String::new(), String::new()],
                None => ["not visible without its role".to_owned(), String::new(), String::new()],
            };
            let hub = AppliedRow::describe(portal.applied_to.as_ref());
            let lives = portal.elsewhere.clone().unwrap_or_else(|| "here".to_owned());
            [portal.name.clone(), portal.subaccount.clone(), lives, client_id, kind, validity, hub]
        })
        .collect();
    let header = ["PORTAL", "SUBACCOUNT", "LIVES", "CURRENT CREDENTIALS", "KIND", "VALIDITY", "HUB"];
    output.table(header, &rows, "There are no portals.")
}

/// The connections with their health.
pub fn print_connections(connections: &[RequestRow], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 6]> = connections
        .iter()
        .map(|connection| {
            let health = connection.health.as_ref();
            [
                connection.hub.clone(),
                connection.alias.clone(),
                connection.portal().to_owned(),
                connection.proof.validity.clone(),
                describe_moment(health.and_then(|health| health.checked_at)),
                health.map(HealthRow::describe).unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["HUB", "CONNECTION", "PORTAL", "VALIDITY", "TESTED", "HEALTH"];
    output.table(header, &rows, "There are no connections.")
}

fn print_hubs(hubs: &[HubRow], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 6]> = hubs
        .iter()
        .map(|HubRow { id: _, name, subaccount, four_eyes, pending, approved, rejected }| {
            let four_eyes = if *four_eyes { "yes" } else { "no" }.to_owned();
            let [pending, approved, rejected] = [pending, approved, rejected].map(ToString::to_string);
            [name.clone(), subaccount.clone(), pending, approved, rejected, four_eyes]
        })
        .collect();
    let header = ["HUB", "SUBACCOUNT", "PENDING", "APPROVED", "REJECTED", "FOUR EYES"];
    output.table(header, &rows, "There are no hubs.")
}

fn print_requests(requests: &[RequestRow], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = requests
        .iter()
        .map(|request| {
            [
                request.hub.clone(),
                request.alias.clone(),
                request.state.to_owned(),
                request.portal().to_owned(),
                request.submitted_by.clone(),
                describe_moment(Some(request.submitted_at)),
                request.proof.validity.clone(),
            ]
        })
        .collect();
    let header = ["HUB", "ALIAS", "STATE", "PORTAL", "SUBMITTED BY", "SUBMITTED", "VALIDITY"];
    output.table(header, &rows, "There are no requests.")
}

fn print_credentials(credentials: &[CredentialRow], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = credentials
        .iter()
        .map(|credential| {
            [
                credential.portal.clone(),
                credential.client_id.clone(),
                credential.key.clone().unwrap_or_else(|| "imported".into()),
                credential.proof.describe(),
                credential.state.to_owned(),
                credential.proof.validity.clone(),
                AppliedRow::describe(credential.applied_to.as_ref()),
            ]
        })
        .collect();
    let header = ["PORTAL", "CLIENT ID", "KEY", "KIND", "STATE", "VALIDITY", "HUB"];
    output.table(header, &rows, "There are no credentials.")
}
