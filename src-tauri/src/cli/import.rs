//! `drawbridge import`

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use domain::{document::GivenLifetime, portal::PortalConnection, refusal::Failure};
use views::IntoView;

use super::{
    find,
    language::LANGUAGE,
    opening::{open, reconcile},
    output::Output,
    problem::{Exit, Problem},
    rows::{PortalCredential, describe_credential, describe_former_copy},
    source::{Reading, read_given},
};

/// Import new credentials of a portal in SAP
#[derive(Debug, Args)]
#[command(after_help = "\
Takes any document that drawbridge inspect recognises. The former credentials stay until they are \
removed in the window: apply the new ones first.

Examples:
  drawbridge import 'Sales EU' credentials.json
  drawbridge import 'Sales EU' - --generated 2026-02-14 < credentials.json")]
pub struct Arguments {
    /// Name of the portal, in any case, or its id
    portal: String,
    /// The document's file, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    generated: Generated,
}

/// When credentials were generated, for client secrets whose document does not tell.
#[derive(Debug, Args)]
pub struct Generated {
    /// The day on which the portal generated a client secret (2026-02-14, in UTC), or service-key if it lives as long as
    /// its service key, or unknown [default: what the document tells]
    #[arg(long, value_name = "DATE|service-key|unknown", value_parser = parse_lifetime)]
    generated: Option<GivenLifetime>,
}

impl Generated {
    pub fn lifetime(&self) -> GivenLifetime {
        self.generated.unwrap_or(GivenLifetime::FromDocument)
    }
}

fn parse_lifetime(text: &str) -> Result<GivenLifetime, String> {
    match text {
        "service-key" => Ok(GivenLifetime::OfServiceKey),
        "unknown" => Ok(GivenLifetime::Unknown),
        day => match parse_day(day) {
            Some(at) => Ok(GivenLifetime::Generated(at)),
            None => Err("expected is a day such as 2026-02-14, service-key, or unknown".to_owned()),
        },
    }
}

/// The beginning of a day.
fn parse_day(text: &str) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let Arguments { portal, file, reading, generated } = arguments;
    let drawbridge = &*open(output)?;
    let portal = find::get_portal(drawbridge, &portal)?;
    let document = read_given(&file, reading)?;
    reconcile(drawbridge);
    let credential = drawbridge.portals().import_credentials(portal.id, document, generated.lifetime())?;
    let PortalConnection { portal, credentials, applied, .. } = drawbridge.portals().get_page(portal.id)?;
    let had_former = credentials.len() > 1;
    let overview = credentials.into_iter().find(|other| other.credential.id == credential.id);
    let Some(overview) = overview else { return Err(Failure::NotFound("credential").into()) };
    let imported = PortalCredential { portal: portal.into(), credential: overview.into_view(LANGUAGE) };
    if output.is_json() {
        output.json_line(&imported)?;
        return Ok(Exit::Well);
    }
    let PortalCredential { portal, credential } = imported;
    let mut text = format!("Imported credentials of {}: {}.", portal.name, describe_credential(&credential));
    if had_former {
        text += " The former ones stay until they are removed.";
    }
    text += &describe_former_copy(&applied.into_view(LANGUAGE));
    output.line(&text)?;
    Ok(Exit::Well)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_day_of_the_calendar_or_a_word() {
        let GivenLifetime::Generated(at) = parse_lifetime("2026-02-14").unwrap() else { panic!("a day is a time") };
        assert_eq!(at.to_rfc3339(), "2026-02-14T00:00:00+00:00");
        assert_eq!(parse_lifetime("service-key"), Ok(GivenLifetime::OfServiceKey));
        assert_eq!(parse_lifetime("unknown"), Ok(GivenLifetime::Unknown));
        for wrong in ["2026-02-30", "14.2.2026", "yesterday", ""] {
            assert!(parse_lifetime(wrong).is_err(), "{wrong}");
        }
    }
}
