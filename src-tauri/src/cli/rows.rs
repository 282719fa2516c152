//! What lists consist of: flat, without any secret, the same for people and scripts.

use chrono::{DateTime, Utc};
use domain::{
    connection::{ConnectionRequest, RequestOverview},
    connection_check::{ConnectionHealth, HealthOutcome, Postponed},
    credential::{
        AccessFacts, Credential, CredentialKind, CredentialOrigin, CredentialState, Left, Lifetime, Validity,
        ValidityStanding,
    },
    hub::{Hub, HubSummary},
    messages::Moment,
    portal::{Applied, CredentialOverview, Portal, PortalHome},
    ports::RequestCounts,
};
use serde::Serialize;
use views::FindingView;

/// A portal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PortalRow {
    pub id: String,
    pub name: String,
    pub subaccount: String,
    /// Its URL if it lives elsewhere; `null` if it lives in this installation.
    pub elsewhere: Option<String>,
    /// Whether the person may see credentials; if not, `credential` is always `null`.
    pub credentials_visible: bool,
    /// The current one.
    pub credential: Option<CredentialRow>,
    /// The hub it is, or wants to be, connected to.
    pub applied_to: Option<AppliedRow>,
}

/// A credential of a portal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialRow {
    pub id: String,
    pub portal: String,
    /// `generated` here, or `imported` from a portal elsewhere.
    pub origin: &'static str,
    /// Name of the service key; `null` if it was imported.
    pub key: Option<String>,
    pub client_id: String,
    #[serde(flatten)]
    pub proof: Proof,
    /// `current`, `superseded`, `additional` or `retired`.
    pub state: &'static str,
    pub created_at: DateTime<Utc>,
    pub created_by: String,
    /// The hub that holds a copy of it.
    pub applied_to: Option<AppliedRow>,
}

/// What a credential proves itself with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// When it begins, if it is not valid yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_valid_before: Option<DateTime<Utc>>,
    /// `certificate` or `secret`.
    pub kind: &'static str,
    pub public_key: Option<String>,
    /// SHA-256 of the leaf.
    pub fingerprint: Option<String>,
    /// What its end follows from: its `certificate`, the time when it was `generated`, or that of its `serviceKey`; or
    /// that is `unknown`.
    pub lifetime: &'static str,
    /// When it ends by itself; `null` if it does not, or nobody knows.
    pub valid_until: Option<DateTime<Utc>>,
    /// Whole days until then, not rounded up.
    pub days_left: Option<i64>,
    /// What is left, in a few words.
    #[serde(skip)]
    pub validity: String,
}

/// Where something is in use.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppliedRow {
    pub hub: String,
    pub alias: String,
    /// State of the request.
    pub state: &'static str,
}

/// A hub.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HubRow {
    pub id: String,
    pub name: String,
    pub subaccount: String,
    pub four_eyes: bool,
    pub pending: usize,
    pub approved: usize,
    pub rejected: usize,
}

/// A connection request; an approved one is a connection.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRow {
    pub id: String,
    pub hub: String,
    pub alias: String,
    /// `pending`, `approved` or `rejected`.
    pub state: &'static str,
    /// The portal, if it lives in this installation.
    pub portal: Option<String>,
    pub url: String,
    pub submitted_by: String,
    pub submitted_at: DateTime<Utc>,
    pub client_id: String,
    #[serde(flatten)]
    pub proof: Proof,
    /// `null` while there is no connection.
    pub health: Option<HealthRow>,
}

/// What is known about a connection.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthRow {
    /// `success`, `failing`, `changed` (since a success), `postponed` (the network was in the way, or the server asked to
    /// wait) or `unknown`.
    pub outcome: &'static str,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<FindingView>,
    /// When a postponed test is made again, by the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested_again_at: Option<DateTime<Utc>>,
    pub checked_at: Option<DateTime<Utc>>,
    pub last_success: Option<DateTime<Utc>>,
}

impl PortalRow {
    pub fn new(
        portal: Portal,
        credentials_visible: bool,
        current: Option<CredentialOverview>,
        applied: Applied,
    ) -> Self {
        let Portal { id, name, subaccount, slug: _, home, vocabulary: _, created_at: _ } = portal;
        Self {
            id: id.to_string(),
            elsewhere: match home {
                PortalHome::Here { instance_number: _ } => None,
                PortalHome::Elsewhere { url } => Some(url.into()),
            },
            credentials_visible,
            credential: current.map(|current| CredentialRow::new(&name, current)),
            applied_to: AppliedRow::find(applied),
            subaccount: subaccount.to_string(),
            name,
        }
    }
}

impl CredentialRow {
    pub fn new(portal: &str, overview: CredentialOverview) -> Self {
        let CredentialOverview { credential, validity, applied, secret_label: _ } = overview;
        let Credential { id, portal_id: _, origin, client_id, kind, created_at, created_by, state } = credential;
        let (origin, key) = match origin {
            CredentialOrigin::ServiceKey { key_name, .. } => ("generated", Some(key_name)),
            CredentialOrigin::Imported(_) => ("imported", None),
        };
        Self {
            id: id.to_string(),
            portal: portal.to_owned(),
            origin,
            key,
            client_id,
            proof: Proof::new(&kind, &validity),
            state: match state {
                CredentialState::Current { .. } => "current",
                CredentialState::Superseded { .. } => "superseded",
                CredentialState::Additional { .. } => "additional",
                CredentialState::Retired { .. } => "retired",
            },
            created_at,
            created_by: created_by.name().to_owned(),
            applied_to: AppliedRow::find(applied),
        }
    }

    /// "sb-… (client secret, 12 days left)"
    pub fn describe(&self) -> String {
        format!("{} ({}, {})", self.client_id, self.proof.describe(), self.proof.validity)
    }
}

impl Proof {
    pub fn new(kind: &CredentialKind, validity: &Validity) -> Self {
        let (public_key, fingerprint) = match kind {
            CredentialKind::ClientSecret(_) => (None, None),
            CredentialKind::Certificate(chain) => (Some(chain.public_key.clone()), Some(chain.fingerprint.clone())),
        };
        Self {
            not_valid_before: match validity.standing {
                ValidityStanding::NotYetValid { from } => Some(from),
                ValidityStanding::Valid
                | ValidityStanding::EndsSoon
                | ValidityStanding::Ended
                | ValidityStanding::NoEnd
                | ValidityStanding::NotKnown => None,
            },
            kind: if kind.is_certificate() { "certificate" } else { "secret" },
            public_key,
            fingerprint,
            lifetime: match kind {
                CredentialKind::Certificate(_) => "certificate",
                CredentialKind::ClientSecret(Lifetime::OfServiceKey) => "serviceKey",
                CredentialKind::ClientSecret(Lifetime::Generated { at: _ }) => "generated",
                CredentialKind::ClientSecret(Lifetime::Unknown) => "unknown",
            },
            valid_until: validity.until,
            days_left: validity.left.map(Left::days),
            validity: validity.message().to_string(),
        }
    }

    /// "certificate, RSA 2048", "client secret"
    pub fn describe(&self) -> String {
        match &self.public_key {
            Some(key) => format!("certificate, {key}"),
            None => "client secret".to_owned(),
        }
    }
}

impl AppliedRow {
    pub fn find(applied: Applied) -> Option<Self> {
        match applied {
            Applied::Nowhere => None,
            Applied::To { request: _, hub_id: _, hub, alias, state, vocabulary: _ } => {
                Some(Self { hub, alias, state: state.word() })
            }
        }
    }

    /// "Hub (alias, approved)"; `None` reads as nothing.
    pub fn describe(applied: Option<&Self>) -> String {
        applied.map(|Self { hub, alias, state }| format!("{hub} ({alias}, {state})")).unwrap_or_default()
    }
}

impl From<HubSummary> for HubRow {
    fn from(summary: HubSummary) -> Self {
        let HubSummary { hub: Hub { id, name, subaccount, four_eyes, vocabulary: _, created_at: _ }, counts } = summary;
        let RequestCounts { pending, approved, rejected } = counts;
        Self { id: id.to_string(), name, subaccount: subaccount.to_string(), four_eyes, pending, approved, rejected }
    }
}

impl RequestRow {
    pub fn new(hub: &str, overview: RequestOverview) -> Self {
        let RequestOverview { request, vocabulary: _, portal_name, validity, health, permits: _ } = overview;
        let AccessFacts { url, token_url: _, cert_url: _, client_id, kind } = request.facts().clone();
        let state = request.kind().word();
        let ConnectionRequest {
            id,
            hub_id: _,
            alias,
            portal_key: _,
            portal_id: _,
            comment: _,
            submitted_by,
            submitted_at,
            state: _,
        } = request;
        Self {
            id: id.to_string(),
            hub: hub.to_owned(),
            alias,
            state,
            portal: portal_name,
            url: url.into(),
            submitted_by: submitted_by.name().to_owned(),
            submitted_at,
            client_id,
            proof: Proof::new(&kind, &validity),
            health: health.map(HealthRow::from),
        }
    }

    /// The name of the portal, or where it is.
    pub fn portal(&self) -> &str {
        self.portal.as_deref().unwrap_or(&self.url)
    }
}

impl From<ConnectionHealth> for HealthRow {
    fn from(health: ConnectionHealth) -> Self {
        let ConnectionHealth { request_id: _, outcome, checked_at, last_success, due, postponed } = health;
        let row = Self { outcome: "unknown", finding: None, tested_again_at: None, checked_at, last_success };
        match (outcome, postponed) {
            (
                HealthOutcome::Unknown | HealthOutcome::Success | HealthOutcome::Stale,
                Some(Postponed { finding, attempts: _, until }),
            ) => Self { outcome: "postponed", finding: Some(finding.into()), tested_again_at: Some(until), ..row },
            (outcome, _) => Self::of(outcome, due, row),
        }
    }
}

impl HealthRow {
    fn of(outcome: HealthOutcome, due: bool, row: Self) -> Self {
        match outcome {
            HealthOutcome::Unknown => row,
            // Nobody knows of a success any more once something has changed.
            HealthOutcome::Success | HealthOutcome::Stale if due => Self { outcome: "changed", ..row },
            HealthOutcome::Success => Self { outcome: "success", ..row },
            HealthOutcome::Stale => Self { outcome: "stale", ..row },
            HealthOutcome::Failing(finding) => Self { outcome: "failing", finding: Some(finding.into()), ..row },
        }
    }

    /// What a person reads.
    pub fn describe(&self) -> String {
        match (&self.finding, self.outcome) {
            (Some(finding), "postponed") => format!("could not be tested: {}", finding.message),
            (Some(finding), _) => format!("fails: {}", finding.message),
            (None, "success") => "works".to_owned(),
            (None, "changed") => "not known to work: changed since its last test".to_owned(),
            (None, "stale") => "not known to work: last tested too long ago".to_owned(),
            (None, _) => "not known to work: not tested yet".to_owned(),
        }
    }
}

/// "2026-11-21 05:36 UTC+1" by the clock of this user, or "never".
pub fn describe_moment(moment: Option<DateTime<Utc>>) -> String {
    moment.map_or_else(|| "never".to_owned(), |moment| Moment(moment).to_string())
}
