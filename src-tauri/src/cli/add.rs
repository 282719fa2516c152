//! `drawbridge add`

use std::path::PathBuf;

use clap::Args;
use domain::{
    portal::PortalCreated,
    refusal::{Confirmation, Failure},
};
use views::{IntoView, PortalSummaryView, UserError};

use super::{
    import::Generated,
    language::LANGUAGE,
    list::list_portals,
    opening::{open, reconcile},
    output::Output,
    problem::{Exit, Problem},
    rows::describe_credential,
    source::{Reading, read_given},
};

/// Track a portal in SAP, by the credentials that it generated
#[derive(Debug, Args)]
#[command(after_help = "\
Takes any document that drawbridge inspect recognises. In SAP nothing changes. If the subaccount has \
a local hub, the two are connected for good: --connect confirms that.

Examples:
  drawbridge add 'Sales EU' --subaccount sales-eu credentials.json
  drawbridge add Sales --subaccount sales vcap.json --choose 2 --portal-url https://sales.example.com
  cf service-key portal key | drawbridge add Sales --subaccount sales - --generated service-key")]
pub struct Arguments {
    /// What the portal is to be called
    name: String,
    /// The document's file, or - for standard input
    file: PathBuf,
    /// The subaccount that it lives in
    #[arg(long)]
    subaccount: String,
    /// Connect it for good to the local hub of its subaccount, if there is one
    #[arg(long)]
    connect: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    generated: Generated,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { name, file, subaccount, connect, reading, generated } = arguments;
    let drawbridge = &*open(output)?;
    let document = read_given(&file, reading)?;
    reconcile(drawbridge);
    let confirmed: &[Confirmation] = if connect { &[Confirmation::OwnPair] } else { &[] };
    let PortalCreated { portal, connected, not_connected } =
        drawbridge.portals().track(&name, &subaccount, document, generated.lifetime(), confirmed)?;
    if let Some(failure) = not_connected {
        let UserError { message, hint, .. } = failure.into_view(LANGUAGE);
        output.warning(&format!("the portal is not connected to the hub of its subaccount: {message}"), &hint);
    }
    let id = portal.id.to_string();
    let added = list_portals(drawbridge)?.into_iter().find(|summary| summary.portal.id == id);
    let Some(added) = added else { return Err(Failure::NotFound("portal").into()) };
    if output.is_json() {
        output.json_line(&added)?;
        return Ok(Exit::Well);
    }
    let PortalSummaryView { portal, current, .. } = added;
    let mut text = format!("Added {}, {}", portal.name, portal.address.as_deref().unwrap_or_default());
    if let Some(current) = &current {
        text += &format!(", with credentials {}", describe_credential(current));
    }
    if let Some(hub) = connected {
        text += &format!(", and connected it to the hub {hub}");
    }
    output.line(&format!("{text}."))?;
    Ok(Exit::Well)
}
