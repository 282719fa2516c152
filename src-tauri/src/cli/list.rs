//! `drawbridge list`

use clap::{Args, ValueEnum};
use domain::{
    Drawbridge,
    connection::RequestStateKind,
    portal::{PortalConnection, PortalSummary},
};
use serde::Serialize;
use views::{
    HubHomeView, HubSummaryView, IntoView, PingOneAccountSummaryView, PortalSummaryView, PortalView, RequestView,
};

use super::{
    find,
    keychain::warn_of_missing,
    language::LANGUAGE,
    opening::open_for_both,
    output::Output,
    pingone::{list_accounts, print_accounts},
    problem::{Exit, Problem},
    rows::{
        PortalCredential, describe_applied, describe_health, describe_kind, describe_moment, describe_origin,
        describe_portal, describe_request_state, describe_state,
    },
};
use crate::core::Opened;

/// List portals, connections and PingOne accounts, or hubs, requests or credentials
#[derive(Debug, Args)]
#[command(after_help = "\
Without a word: the portals with their current credentials, the connections of the hubs with their health, and the PingOne
accounts. With --json that is an object with the arrays portals, connections and accounts; each list by its word is an array.
Their entries are those of the screens.

Examples:
  drawbridge list
  drawbridge list credentials
  drawbridge list portals --json | jq -r '.[] | select(.current.validity.standing == \"endsSoon\") | .portal.name'")]
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
    /// All credentials of the portals, revoked ones too
    Credentials,
    /// The PingOne accounts with the number of their credentials
    Accounts,
}

#[derive(Serialize)]
struct Overview {
    portals: Vec<PortalSummaryView>,
    connections: Vec<RequestView>,
    accounts: Vec<PingOneAccountSummaryView>,
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
            let hubs: Vec<HubSummaryView> = drawbridge.hubs().list()?.into_iter().map(HubSummaryView::from).collect();
            if output.is_json() { output.json_line(&hubs) } else { print_hubs(&hubs, output) }?;
        }
        Some(What::Requests) => {
            let mut requests = Vec::new();
            for state in [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected] {
                requests.extend(find::list_requests(drawbridge, state, "")?);
            }
            let requests: Vec<RequestView> = requests.into_view(LANGUAGE);
            if output.is_json() { output.json_line(&requests) } else { print_requests(&requests, output) }?;
        }
        Some(What::Credentials) => {
            let mut credentials = Vec::new();
            for PortalSummary { portal, .. } in drawbridge.portals().list()? {
                let PortalConnection { portal, credentials: own, may_open, .. } =
                    drawbridge.portals().get_page(portal.id)?;
                may_open?;
                let portal = PortalView::from(portal);
                let of_portal = |credential| PortalCredential { portal: portal.clone(), credential };
                credentials.extend(own.into_iter().map(|own| of_portal(own.into_view(LANGUAGE))));
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
pub fn list_portals(drawbridge: &Drawbridge) -> Result<Vec<PortalSummaryView>, Problem> {
    Ok(drawbridge.portals().list()?.into_view(LANGUAGE))
}

/// The approved connections of all hubs.
pub fn list_connections(drawbridge: &Drawbridge) -> Result<Vec<RequestView>, Problem> {
    let approved = find::list_requests(drawbridge, RequestStateKind::Approved, "")?;
    Ok(approved.into_view(LANGUAGE))
}

fn print_portals(portals: &[PortalSummaryView], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 8]> = portals
        .iter()
        .map(|PortalSummaryView { portal, current, applied, may_open }| {
            let [client_id, kind, validity] = match current {
                Some(current) => {
                    [current.client_id.clone(), describe_kind(&current.kind), current.validity.text.clone()]
                }
                // That there is none and that the person may not see it are not the same.
                None if may_open.allowed => ["none".to_owned(), String::new(), String::new()],
                None => ["not visible without its role".to_owned(), String::new(), String::new()],
            };
            let (name, subaccount) = (portal.name.clone(), portal.subaccount.clone());
            let kind_of_portal = portal.kind.tag(LANGUAGE).to_owned();
            let address = portal.address.clone().unwrap_or_default();
            [name, kind_of_portal, subaccount, address, client_id, kind, validity, describe_applied(applied)]
        })
        .collect();
    let header = ["PORTAL", "WHERE", "SUBACCOUNT", "ADDRESS", "CURRENT CREDENTIALS", "KIND", "VALIDITY", "HUB"];
    output.table(header, &rows, "There are no portals.")
}

/// The connections with their health.
pub fn print_connections(connections: &[RequestView], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = connections
        .iter()
        .map(|connection| {
            let health = connection.health.as_ref();
            [
                connection.hub.clone(),
                connection.kind.tag(LANGUAGE).to_owned(),
                connection.alias.clone(),
                describe_portal(connection).to_owned(),
                connection.credentials.validity.text.clone(),
                describe_moment(health.and_then(|health| health.checked_at)),
                health.map(describe_health).unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["HUB", "WHERE", "CONNECTION", "PORTAL", "VALIDITY", "TESTED", "HEALTH"];
    output.table(header, &rows, "There are no connections.")
}

fn print_hubs(hubs: &[HubSummaryView], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = hubs
        .iter()
        .map(|HubSummaryView { hub, counts }| {
            let (place, four_eyes) = match &hub.home {
                HubHomeView::Local { subaccount, four_eyes } => {
                    (subaccount.clone(), if *four_eyes { "yes" } else { "no" }.to_owned())
                }
                HubHomeView::InSap { region: _, address } => (address.clone(), String::new()),
            };
            let kind = hub.home.kind().tag(LANGUAGE).to_owned();
            let [pending, approved, rejected] =
                [counts.pending, counts.approved, counts.rejected].map(|count| count.to_string());
            [hub.name.clone(), kind, place, pending, approved, rejected, four_eyes]
        })
        .collect();
    let header = ["HUB", "WHERE", "SUBACCOUNT OR ADDRESS", "PENDING", "APPROVED", "REJECTED", "FOUR EYES"];
    output.table(header, &rows, "There are no hubs.")
}

fn print_requests(requests: &[RequestView], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 8]> = requests
        .iter()
        .map(|request| {
            [
                request.hub.clone(),
                request.kind.tag(LANGUAGE).to_owned(),
                request.alias.clone(),
                describe_request_state(&request.state).to_owned(),
                describe_portal(request).to_owned(),
                request.submitted_by.clone(),
                describe_moment(Some(request.submitted_at)),
                request.credentials.validity.text.clone(),
            ]
        })
        .collect();
    let header = ["HUB", "WHERE", "ALIAS", "STATE", "PORTAL", "SUBMITTED BY", "SUBMITTED", "VALIDITY"];
    output.table(header, &rows, "There are no requests.")
}

fn print_credentials(credentials: &[PortalCredential], output: &Output) -> Result<(), Problem> {
    let rows: Vec<[String; 7]> = credentials
        .iter()
        .map(|PortalCredential { portal, credential }| {
            [
                portal.name.clone(),
                credential.client_id.clone(),
                describe_origin(&credential.origin).to_owned(),
                describe_kind(&credential.kind),
                describe_state(credential).to_owned(),
                credential.validity.text.clone(),
                describe_applied(&credential.applied),
            ]
        })
        .collect();
    let header = ["PORTAL", "CLIENT ID", "KEY", "KIND", "STATE", "VALIDITY", "HUB"];
    output.table(header, &rows, "There are no credentials.")
}
