//! `drawbridge generate`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use domain::{
    credential::{ExportChoice, GenerateKind, KeyAlgorithm, Unfollowed},
    portal::PortalConnection,
    refusal::{Failure, Refusal},
};
use serde::Serialize;
use views::IntoView;

use super::{
    destination::Destination,
    find,
    language::LANGUAGE,
    opening::{open, reconcile},
    output::Output,
    problem::{Exit, Problem},
    rows::{PortalCredential, describe_credential, describe_former_copy},
};

/// Generate credentials of a portal, or regenerate them where there are current ones
#[derive(Debug, Args)]
#[command(after_help = "\
Regenerating leaves the former credentials valid until they are revoked in the window: apply the new ones first.

Examples:
  drawbridge generate Sales
  drawbridge generate Sales --key p-256 --out sales.json
  drawbridge generate Sales --kind secret --out - | vault kv put secret/sales -")]
pub struct Arguments {
    /// Name of the portal, in any case, or its id
    portal: String,
    /// What the credentials prove themselves with
    #[arg(long, value_enum, default_value_t = Kind::Certificate)]
    kind: Kind,
    /// The key of a certificate [default: rsa-2048]
    #[arg(long, value_enum)]
    key: Option<Key>,
    /// Export the credentials to this new file too, or with - to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that exists
    #[arg(long, requires = "out")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A certificate, valid for 365 days
    Certificate,
    /// A client secret
    Secret,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Key {
    /// RSA with 2048 bits, what the vendors issue
    #[value(name = "rsa-2048")]
    Rsa2048,
    /// The elliptic curve P-256
    #[value(name = "p-256")]
    P256,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Generated {
    /// `generated` or `regenerated`.
    result: &'static str,
    #[serde(flatten)]
    of: PortalCredential,
    /// Where it was exported to.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { portal, kind, key, out, force } = arguments;
    let kind = match (kind, key) {
        (Kind::Secret, Some(_)) => {
            return Err(Problem::usage("--key is for certificates", "Leave out --key, or use --kind certificate."));
        }
        (Kind::Secret, None) => GenerateKind::ClientSecret,
        (Kind::Certificate, None | Some(Key::Rsa2048)) => GenerateKind::Certificate(KeyAlgorithm::Rsa2048),
        (Kind::Certificate, Some(Key::P256)) => GenerateKind::Certificate(KeyAlgorithm::P256),
    };
    let drawbridge = &*open(output)?;
    let portal = find::get_portal(drawbridge, &portal)?;
    // Checked before anything is generated that could not be written afterwards.
    let destination = out.map(|out| Destination::parse(&out, force)).transpose()?;
    reconcile(drawbridge);
    let (result, credential) = match drawbridge.portals().generate_credentials(portal.id, kind) {
        Err(Failure::Refused(Refusal::CredentialsExist { .. })) => {
            ("regenerated", drawbridge.portals().regenerate_credentials(portal.id, kind)?)
        }
        generated => ("generated", generated?),
    };
    let export = |to: &Destination| {
        drawbridge
            .exports()
            .export(&[credential.id], &ExportChoice::CONNECTION, to, &Unfollowed)
            .map_err(|failure| to.explain(failure))
    };
    let exported = destination.as_ref().map(export).transpose();
    let PortalConnection { portal, credentials, applied, .. } = drawbridge.portals().get_page(portal.id)?;
    let overview = credentials.into_iter().find(|other| other.credential.id == credential.id);
    let Some(overview) = overview else { return Err(Failure::NotFound("credential").into()) };
    let of = PortalCredential { portal: portal.into(), credential: overview.into_view(LANGUAGE) };

    let did = if result == "generated" { "Generated" } else { "Regenerated" };
    let mut text = format!("{did} credentials of {}: {}.", of.portal.name, describe_credential(&of.credential));
    if result == "regenerated" {
        text += " The former ones stay valid until they are revoked.";
    }
    if let Err(mut problem) = exported {
        // Reported besides the error: the credentials exist.
        output.aside(&text, &Generated { result, of, file: None });
        let hint = "The credentials exist nevertheless: drawbridge export hands them over.";
        problem.error.hint = format!("{} {hint}", problem.error.hint);
        return Err(problem);
    }
    let file = destination.as_ref().and_then(Destination::path).map(|path| path.display().to_string());
    if let Some(file) = &file {
        text += &format!(" Exported to {file}.");
    }
    text += &describe_former_copy(&applied.into_view(LANGUAGE));
    let report = Generated { result, of, file };
    if let Some(Destination::StandardOutput) = destination {
        output.aside(&text, &report);
    } else if output.is_json() {
        output.json_line(&report)?;
    } else {
        output.line(&text)?;
    }
    Ok(Exit::Well)
}
