//! What a person reads of a view: a line, or the cell of a table.

use chrono::{DateTime, Utc};
use domain::{connection::RequestStateKind, messages::Moment};
use serde::Serialize;
use views::{
    AppliedView, CredentialKindView, CredentialOriginView, CredentialStateView, CredentialView, DoubtView,
    HealthOutcomeView, HealthView, PortalView, RequestStateView, RequestView,
};

use super::language::LANGUAGE;

/// A credential and its portal.
#[derive(Serialize)]
pub struct PortalCredential {
    pub portal: PortalView,
    pub credential: CredentialView,
}

/// "sb-… (client secret, 12 days left)"
pub fn describe_credential(credential: &CredentialView) -> String {
    format!("{} ({}, {})", credential.client_id, describe_kind(&credential.kind), credential.validity.text)
}

/// "certificate, RSA 2048", "client secret"
pub fn describe_kind(kind: &CredentialKindView) -> String {
    match kind {
        CredentialKindView::Certificate { public_key, .. } => format!("certificate, {public_key}"),
        CredentialKindView::ClientSecret { .. } => "client secret".to_owned(),
    }
}

/// The service key that carries it, or that it was imported.
pub fn describe_origin(origin: &CredentialOriginView) -> &str {
    match origin {
        CredentialOriginView::ServiceKey { key_name } => key_name,
        CredentialOriginView::Imported { .. } => "imported",
    }
}

/// What became of credentials; those of a portal in SAP are only removed from here.
pub const fn describe_state(credential: &CredentialView) -> &'static str {
    match &credential.state {
        CredentialStateView::Current => "current",
        CredentialStateView::Superseded { .. } => "superseded",
        CredentialStateView::Additional => "additional",
        CredentialStateView::Retired { .. } => match &credential.origin {
            CredentialOriginView::ServiceKey { .. } => "revoked",
            CredentialOriginView::Imported { .. } => "removed",
        },
    }
}

/// "Hub (alias, approved; works, tested 2026-11-21 05:36 UTC)", or nothing.
pub fn describe_applied(applied: &AppliedView) -> String {
    match applied {
        AppliedView::Nowhere => String::new(),
        AppliedView::To { hub, alias, request_state, health, .. } => {
            let state = RequestStateKind::from(*request_state).word();
            let tested = health.as_deref().map(describe_last_test).unwrap_or_default();
            format!("{hub} ({alias}, {state}{tested})")
        }
    }
}

/// What is left to do once a portal has other credentials; nothing where no hub has former ones.
pub fn describe_former_copy(applied: &AppliedView) -> String {
    match applied {
        AppliedView::Nowhere => String::new(),
        AppliedView::To { hub, alias, .. } => {
            format!(" The hub {hub} still has former credentials for {alias}: apply the new ones there.")
        }
    }
}

pub const fn describe_request_state(state: &RequestStateView) -> &'static str {
    match state {
        RequestStateView::Pending { .. } => RequestStateKind::Pending.word(),
        RequestStateView::Approved { .. } => RequestStateKind::Approved.word(),
        RequestStateView::Rejected { .. } => RequestStateKind::Rejected.word(),
    }
}

/// The name of the portal, or where it is.
pub fn describe_portal(request: &RequestView) -> &str {
    request.credentials.portal_name.as_deref().unwrap_or(&request.credentials.url)
}

/// Whether a connection works, or why not, or why that is not known.
pub fn describe_health(health: &HealthView) -> String {
    match (&health.doubt, &health.outcome) {
        (Some(doubt), _) => describe_doubt(doubt),
        (None, HealthOutcomeView::Failing { finding }) => format!("fails: {}", finding.message),
        (None, HealthOutcomeView::Success | HealthOutcomeView::Stale | HealthOutcomeView::Unknown) => {
            "works".to_owned()
        }
    }
}

/// What is known about a connection and since when, to be put behind its state; a reason that is a sentence of its own is told
/// by the list of connections.
fn describe_last_test(health: &HealthView) -> String {
    let known = match (&health.doubt, &health.outcome) {
        (Some(_), _) => "not known to work",
        (None, HealthOutcomeView::Failing { .. }) => "fails",
        (None, HealthOutcomeView::Success | HealthOutcomeView::Stale | HealthOutcomeView::Unknown) => "works",
    };
    match health.checked_at {
        Some(at) => format!("; {known}, tested {}", describe_moment(Some(at))),
        None => "; not tested yet".to_owned(),
    }
}

/// "not known to work: changed since its last test"
pub fn describe_doubt(doubt: &DoubtView) -> String {
    let why = match doubt {
        DoubtView::NeverTested => "not tested yet".to_owned(),
        DoubtView::Changed => "changed since its last test".to_owned(),
        DoubtView::TooOld { tested_at } => format!("last tested too long ago ({})", describe_moment(*tested_at)),
        DoubtView::Postponed { finding } => format!("could not be tested: {}", finding.message),
    };
    format!("not known to work: {why}")
}

/// "2026-11-21 05:36 UTC+1" by the clock of this user, or "never".
pub fn describe_moment(moment: Option<DateTime<Utc>>) -> String {
    moment.map_or_else(|| "never".to_owned(), |moment| Moment(moment).render(LANGUAGE))
}
