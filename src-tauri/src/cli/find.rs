//! Finds portals, credentials and requests by the names that a person gives.

use domain::{
    Drawbridge,
    connection::{RequestOverview, RequestStateKind},
    credential::CredentialState,
    hub::HubSummary,
    portal::{CredentialOverview, Portal, PortalConnection},
    ports::{RequestQuery, RequestSort},
    refusal::Failure,
};

use super::{misplaced::looks_like_document, output::printable, problem::Problem};

/// How many requests are asked for at once.
const PAGE: usize = 500;

/// The portal of that name, in any case, or of that id.
pub fn get_portal(drawbridge: &Drawbridge, name: &str) -> Result<Portal, Problem> {
    find_portal(drawbridge, name)?.ok_or_else(|| {
        Problem::not_found(
            &format!("there is no portal {}", quote(name)),
            "See drawbridge list portals for the names of the portals.",
        )
    })
}

pub fn find_portal(drawbridge: &Drawbridge, name: &str) -> Result<Option<Portal>, Problem> {
    let portals = drawbridge.portals().list()?.into_iter().map(|summary| summary.portal);
    Ok(portals.into_iter().find(|portal| same(&portal.name, name) || same(&portal.id.to_string(), name)))
}

/// The credential of that client id or id; without one, the current one.
pub fn get_credential(
    drawbridge: &Drawbridge,
    portal: &Portal,
    name: Option<&str>,
) -> Result<CredentialOverview, Problem> {
    let PortalConnection { credentials, may_open, .. } = drawbridge.portals().get_page(portal.id)?;
    may_open?;
    let wanted = |overview: &CredentialOverview| match name {
        Some(name) => overview.credential.client_id == name || same(&overview.credential.id.to_string(), name),
        None => matches!(overview.credential.state, CredentialState::Current { .. }),
    };
    credentials.into_iter().find(wanted).ok_or_else(|| match name {
        Some(name) => Problem::not_found(
            &format!("the portal {} has no credential with the client id {}", portal.name, quote(name)),
            "See drawbridge list credentials. A client id has to stand in single quotes.",
        ),
        None => Problem::not_found(
            &format!("the portal {} has no current credentials", portal.name),
            "Generate them with drawbridge generate, or name another one with --credential.",
        ),
    })
}

/// The requests of that state in all hubs.
pub fn list_requests(
    drawbridge: &Drawbridge,
    state: RequestStateKind,
    search: &str,
) -> Result<Vec<RequestOverview>, Failure> {
    let mut requests = Vec::new();
    for HubSummary { hub, counts: _ } in drawbridge.hubs().list()? {
        let mut offset = 0;
        loop {
            let (sort, descending) = (RequestSort::Alias, false);
            let search = search.to_owned();
            let query = RequestQuery { hub: hub.id, state: Some(state), search, sort, descending, offset, limit: PAGE };
            let page = drawbridge.requests().search(&query)?;
            offset += page.rows.len();
            // Beyond the last page there is nothing, also where requests disappear meanwhile.
            let last = page.rows.len() < PAGE;
            requests.extend(page.rows);
            if last {
                break;
            }
        }
    }
    Ok(requests)
}

/// The requests of that state with that alias, in any case, or of that id.
pub fn find_requests(
    drawbridge: &Drawbridge,
    state: RequestStateKind,
    name: &str,
) -> Result<Vec<RequestOverview>, Failure> {
    let by_alias = list_requests(drawbridge, state, name)?.into_iter().filter(|row| same(&row.request.alias, name));
    let found: Vec<_> = by_alias.collect();
    if !found.is_empty() || uuid::Uuid::parse_str(name).is_err() {
        return Ok(found);
    }
    let all = list_requests(drawbridge, state, "")?;
    Ok(all.into_iter().filter(|row| same(&row.request.id.to_string(), name)).collect())
}

pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.trim().to_lowercase()
}

/// A name in a form that is safe in a message. A whole document that was given in place of a name may hold a secret.
pub fn quote(name: &str) -> String {
    if looks_like_document(name.as_ref()) {
        "of that name (it looks like a document or a secret, and is not repeated here)".to_owned()
    } else {
        format!("\"{}\"", printable(name))
    }
}
