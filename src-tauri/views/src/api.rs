//! The APIs of a portal.

use chrono::{DateTime, Utc};
use domain::{
    messages::Language,
    portal::{ApiProxiesPage, ApiProxy},
};

use crate::{IntoView, Permit, View, declare::wire};

wire! {
    /// The APIs of a portal.
    reply struct ApiProxiesView {
        /// The API proxies, by name.
        pub proxies: Vec<ApiProxyView>,
        /// Whether the person may import and remove.
        pub may_manage: Permit,
    }

    /// An API proxy of a portal.
    reply struct ApiProxyView {
        /// Identifies the API proxy.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Its title.
        pub title: String,
        /// Its version.
        pub version: String,
        /// What it is for; may be empty.
        pub description: String,
        /// The path below which it answers.
        pub base_path: String,
        /// Which version of OpenAPI the document was written in.
        pub openapi_version: String,
        /// When it was imported.
        pub imported_at: DateTime<Utc>,
        /// Who imported it.
        pub imported_by: String,
    }

    /// What the import did.
    reply struct ImportApiResponse {
        /// The API proxy; `null` if the dialog was cancelled.
        pub api: Option<ApiProxyView>,
    }
}

impl View<ApiProxiesPage> for ApiProxiesView {
    fn of(page: ApiProxiesPage, language: Language) -> Self {
        let ApiProxiesPage { proxies, may_manage } = page;
        Self {
            proxies: proxies.into_iter().map(ApiProxyView::from).collect(),
            may_manage: may_manage.into_view(language),
        }
    }
}

impl From<ApiProxy> for ApiProxyView {
    fn from(proxy: ApiProxy) -> Self {
        let ApiProxy {
            id,
            portal_id: _,
            name,
            title,
            version,
            description,
            base_path,
            openapi_version,
            imported_at,
            imported_by,
        } = proxy;
        Self {
            id: id.to_string(),
            name,
            title,
            version,
            description,
            base_path,
            openapi_version,
            imported_at,
            imported_by: imported_by.name().to_owned(),
        }
    }
}
