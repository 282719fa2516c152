//! `drawbridge export`

use std::path::PathBuf;

use clap::Args;
use domain::{ExportChoice, Unfollowed};
use serde::Serialize;

use super::{
    destination::Destination,
    find, open,
    output::Output,
    problem::{Exit, Problem},
};

/// Export credentials of a portal as the JSON document that other systems expect
#[derive(Debug, Args)]
#[command(after_help = "\
The file is readable by you only, and is written whole or not at all.

Examples:
  drawbridge export Sales --out sales.json
  drawbridge export Sales --credential 'sb-apiaccess_1767225600000!b10042|api-portal-xsuaa!b1' --out former.json
  drawbridge export Sales --out - | ssh hub 'umask 077; cat > sales.json'")]
pub struct Arguments {
    /// Name of the portal, in any case, or its id
    portal: String,
    /// Client id, or id, of a credential that is not the current one
    #[arg(long, value_name = "CLIENT_ID")]
    credential: Option<String>,
    /// The new file, or - for standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    portal: String,
    client_id: String,
    file: String,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { portal, credential, out, force } = arguments;
    let drawbridge = &*open()?;
    let portal = find::get_portal(drawbridge, &portal)?;
    let credential = find::get_credential(drawbridge, &portal, credential.as_deref())?.credential;
    let destination = Destination::parse(&out, force)?;
    drawbridge
        .export_credentials(&[credential.id], &ExportChoice::CONNECTION, &destination, &Unfollowed)
        .map_err(|failure| destination.explain(failure))?;
    if let Some(path) = destination.path() {
        let (portal, client_id, file) = (portal.name, credential.client_id, path.display().to_string());
        if output.is_json() {
            output.json_line(&Exported { portal, client_id, file })?;
        } else {
            output.line(&format!("Exported {client_id} of {portal} to {file}."))?;
        }
    }
    Ok(Exit::Well)
}
