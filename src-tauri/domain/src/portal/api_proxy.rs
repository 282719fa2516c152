//! The APIs of a portal.

use chrono::{DateTime, Utc};

use crate::{
    id::{ApiProxyId, PortalId},
    person::Actor,
};

/// An API proxy of a portal, imported from an OpenAPI document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiProxy {
    /// Identifies the API proxy for good.
    pub id: ApiProxyId,
    /// The portal.
    pub portal_id: PortalId,
    /// Its name: unique in the portal whatever its case; letters, digits, dashes, dots and underscores.
    pub name: String,
    /// The title of the document.
    pub title: String,
    /// The version of the API, as the document has it.
    pub version: String,
    /// What it is for; may be empty.
    pub description: String,
    /// The path below which it answers, beginning with a slash.
    pub base_path: String,
    /// Which version of OpenAPI the document was written in, such as "3.0.3".
    pub openapi_version: String,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// Who imported it.
    pub imported_by: Actor,
}
