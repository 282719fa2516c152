//! Portals.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    hub::Hub,
    messages::Language,
    portal::{OwnHub, Portal, PortalAddresses, PortalConnection, PortalCreated, PortalHome, PortalSummary},
    refusal::Refusal,
};

use crate::{
    AppliedView, ConfirmationName, CredentialView, CredentialsRequest, IntoView, KindName, LifetimeRequest, Permit,
    UserError, View, VocabularyName, declare::wire,
};

wire! {
    /// The list of portals.
    reply struct PortalListView {
        /// The portals, by name.
        pub portals: Vec<PortalSummaryView>,
        /// Whether the person may create one.
        pub may_create: Permit,
        /// Whether the person may copy and export credentials.
        pub may_hand_over: Permit,
    }

    /// A portal in the list.
    reply struct PortalSummaryView {
        /// The portal.
        pub portal: PortalView,
        /// Its current credential.
        pub current: Option<CredentialView>,
        /// The hub it is, or wants to be, connected to.
        pub applied: AppliedView,
        /// Whether the person may see its credentials; if not, there is no current one here.
        pub may_open: Permit,
    }

    /// A portal.
    reply struct PortalView {
        /// Identifies the portal.
        pub id: String,
        /// Name.
        pub name: String,
        /// Subaccount.
        pub subaccount: String,
        /// Whether it is local or in SAP.
        pub kind: KindName,
        /// The URL of one in SAP; `null` for a local one.
        pub address: Option<String>,
        /// Which of the vendor's screens its page looks like.
        pub vocabulary: VocabularyName,
        /// When it was created or added.
        pub created_at: DateTime<Utc>,
    }

    /// A portal in SAP, as typed.
    request struct TrackPortalRequest {
        /// Name.
        pub name: String,
        /// Subaccount.
        pub subaccount: String,
        /// The credentials that it generated.
        pub credentials: CredentialsRequest,
        /// When that was.
        pub lifetime: LifetimeRequest,
        /// What the person has confirmed.
        pub confirmed: Vec<ConfirmationName>,
    }

    /// A portal as typed.
    request struct CreatePortalRequest {
        /// Name.
        pub name: String,
        /// Subaccount.
        pub subaccount: String,
        /// What the person has confirmed.
        pub confirmed: Vec<ConfirmationName>,
    }

    /// A portal that was created.
    reply struct PortalCreatedView {
        /// The portal.
        pub portal: PortalView,
        /// The hub of its subaccount, to which it was connected for good.
        pub connected: Option<String>,
        /// Why it could not be connected to the hub of its subaccount; it is there all the same.
        pub not_connected: Option<UserError>,
    }

    /// The portal's page.
    reply struct PortalConnectionView {
        /// The portal.
        pub portal: PortalView,
        /// The portal's own URL.
        pub url: String,
        /// The token endpoint for client secrets; `null` while that of a portal in SAP is not known.
        pub token_url: Option<String>,
        /// The base URL for certificates; `null` while that of a portal in SAP is not known.
        pub cert_url: Option<String>,
        /// Its credentials, newest first; empty if the person may not see them.
        pub credentials: Vec<CredentialView>,
        /// The hub it is, or wants to be, connected to.
        pub applied: AppliedView,
        /// The hub in its own subaccount.
        pub own_hub: Option<OwnHubView>,
        /// Whether the person may open the *Connection* tab.
        pub may_open: Permit,
        /// Whether the person may change the portal's settings.
        pub may_change: Permit,
        /// Whether the person may generate and regenerate.
        pub may_generate: Permit,
        /// Whether the person may import credentials, which a portal in SAP generates.
        pub may_import: Permit,
        /// Whether the person may retire credentials.
        pub may_retire: Permit,
        /// Whether the person may copy and export.
        pub may_hand_over: Permit,
        /// Whether the person may delete the portal.
        pub may_delete: Permit,
    }

    /// The hub in a portal's own subaccount.
    reply struct OwnHubView {
        /// Id of the hub.
        pub hub_id: String,
        /// Name of the hub.
        pub hub: String,
        /// Whether the portal is connected to it.
        pub connected: bool,
    }

    /// What *Copy* did.
    reply struct CopyResponse {
        /// After how many seconds the clipboard is cleared.
        pub clears_in_seconds: u32,
    }

    /// What *Export…* did.
    reply struct ExportResponse {
        /// The file; `null` if the dialog was cancelled.
        pub path: Option<String>,
    }
}

impl PortalListView {
    /// The list with what the person may do.
    pub fn new(
        portals: Vec<PortalSummary>,
        may_create: Result<(), Refusal>,
        may_hand_over: Result<(), Refusal>,
        language: Language,
    ) -> Self {
        Self {
            portals: portals.into_view(language),
            may_create: may_create.into_view(language),
            may_hand_over: may_hand_over.into_view(language),
        }
    }
}

impl View<PortalSummary> for PortalSummaryView {
    fn of(summary: PortalSummary, language: Language) -> Self {
        let PortalSummary { portal, current, applied, may_open } = summary;
        Self {
            portal: portal.into(),
            current: current.into_view(language),
            applied: applied.into_view(language),
            may_open: may_open.into_view(language),
        }
    }
}

impl From<Portal> for PortalView {
    fn from(portal: Portal) -> Self {
        let Portal { id, name, subaccount, slug: _, home, vocabulary, created_at } = portal;
        let (kind, address) = match home {
            PortalHome::Local { instance_number: _ } => (KindName::Local, None),
            PortalHome::InSap { url } => (KindName::InSap, Some(url.into())),
        };
        Self {
            id: id.to_string(),
            name,
            subaccount: subaccount.to_string(),
            kind,
            address,
            vocabulary: vocabulary.into(),
            created_at,
        }
    }
}

impl View<PortalCreated> for PortalCreatedView {
    fn of(created: PortalCreated, language: Language) -> Self {
        let PortalCreated { portal, connected, not_connected } = created;
        Self { portal: portal.into(), connected, not_connected: not_connected.into_view(language) }
    }
}

impl From<OwnHub> for OwnHubView {
    fn from(own: OwnHub) -> Self {
        let OwnHub { hub: Hub { id, name, home: _, vocabulary: _, created_at: _ }, connected } = own;
        Self { hub_id: id.to_string(), hub: name, connected }
    }
}

impl View<PortalConnection> for PortalConnectionView {
    fn of(page: PortalConnection, language: Language) -> Self {
        let PortalConnection {
            portal,
            addresses,
            credentials,
            applied,
            own_hub,
            may_open,
            may_change,
            may_generate,
            may_import,
            may_retire,
            may_hand_over,
            may_delete,
        } = page;
        let PortalAddresses { url, token_url, cert_url } = addresses;
        Self {
            url: url.into(),
            token_url: token_url.map(String::from),
            cert_url: cert_url.map(String::from),
            portal: portal.into(),
            credentials: credentials.into_view(language),
            applied: applied.into_view(language),
            own_hub: own_hub.map(OwnHubView::from),
            may_open: may_open.into_view(language),
            may_change: may_change.into_view(language),
            may_generate: may_generate.into_view(language),
            may_import: may_import.into_view(language),
            may_retire: may_retire.into_view(language),
            may_hand_over: may_hand_over.into_view(language),
            may_delete: may_delete.into_view(language),
        }
    }
}

impl CopyResponse {
    /// Something was copied, and stays in the clipboard for this long.
    pub fn new(clears_after: Duration) -> Self {
        Self { clears_in_seconds: u32::try_from(clears_after.as_secs()).unwrap_or(u32::MAX) }
    }
}
