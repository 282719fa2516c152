//! Hubs.

use chrono::{DateTime, Utc};
use domain::{
    hub::{Hub, HubCreated, HubDetails, HubHome, HubPage, HubSummary},
    messages::Language,
    ports::RequestCounts,
    refusal::Refusal,
};

use crate::{
    ConfirmationName, IntoView, KindName, Permit, UserError, View, VocabularyName, declare::wire, numbers::count,
};

wire! {
    /// The list of hubs.
    reply struct HubListView {
        /// The hubs, by name.
        pub hubs: Vec<HubSummaryView>,
        /// Whether the person may create one.
        pub may_create: Permit,
    }

    /// A hub in the list.
    reply struct HubSummaryView {
        /// The hub.
        pub hub: HubView,
        /// How many requests of each state it has.
        pub counts: RequestCountsView,
    }

    /// A hub.
    reply struct HubView {
        /// Identifies the hub.
        pub id: String,
        /// Name.
        pub name: String,
        /// Whether it is local or in SAP, with what belongs to that.
        pub home: HubHomeView,
        /// Which of the vendor's screens its pages look like.
        pub vocabulary: VocabularyName,
        /// How many portals can be connected.
        pub portal_limit: u32,
        /// When it was created or recorded.
        pub created_at: DateTime<Utc>,
    }

    /// Where a hub is.
    #[serde(tag = "kind", rename_all_fields = "camelCase")]
    reply enum HubHomeView {
        /// In this installation.
        Local {
            /// Subaccount.
            subaccount: String,
            /// Whether nobody may approve what he submitted himself.
            four_eyes: bool,
        },
        /// In SAP.
        InSap {
            /// Region; may be empty.
            region: String,
            /// Where it opens in the browser.
            address: String,
        },
    }

    /// What a person types about a hub in SAP.
    request struct HubDetailsRequest {
        /// Name.
        pub name: String,
        /// Region; where it is empty, the address may tell.
        pub region: String,
        /// Where it opens in the browser.
        pub address: String,
        /// Which of the vendor's screens it shows.
        pub vocabulary: VocabularyName,
    }

    /// How many requests of each state a hub has.
    reply struct RequestCountsView {
        /// Waiting.
        pub pending: u32,
        /// Connected.
        pub approved: u32,
        /// Turned down.
        pub rejected: u32,
    }

    /// A hub as typed.
    request struct CreateHubRequest {
        /// Name.
        pub name: String,
        /// Subaccount.
        pub subaccount: String,
        /// What the person has confirmed.
        pub confirmed: Vec<ConfirmationName>,
    }

    /// A hub that was created.
    reply struct HubCreatedView {
        /// The hub.
        pub hub: HubView,
        /// The portal of its subaccount, to which it was connected for good.
        pub connected: Option<String>,
        /// Why it could not be connected to the portal of its subaccount; it is there all the same.
        pub not_connected: Option<UserError>,
    }

    /// The hub's page.
    reply struct HubPageView {
        /// The hub.
        pub hub: HubView,
        /// How many requests of each state it has.
        pub counts: RequestCountsView,
        /// Whether the person may submit a request here.
        pub may_submit: Permit,
        /// Whether the person may change the hub's settings.
        pub may_change: Permit,
        /// Whether the person may delete the hub.
        pub may_delete: Permit,
    }
}

impl HubListView {
    /// The list with what the person may do.
    pub fn new(hubs: Vec<HubSummary>, may_create: Result<(), Refusal>, language: Language) -> Self {
        Self { hubs: hubs.into_iter().map(HubSummaryView::from).collect(), may_create: may_create.into_view(language) }
    }
}

impl From<HubSummary> for HubSummaryView {
    fn from(summary: HubSummary) -> Self {
        let HubSummary { hub, counts } = summary;
        Self { hub: hub.into(), counts: counts.into() }
    }
}

impl From<Hub> for HubView {
    fn from(hub: Hub) -> Self {
        let Hub { id, name, home, vocabulary, created_at } = hub;
        Self {
            id: id.to_string(),
            name,
            home: home.into(),
            vocabulary: vocabulary.into(),
            portal_limit: count(Hub::MAX_PORTALS),
            created_at,
        }
    }
}

impl HubHomeView {
    /// Whether it is local or in SAP.
    pub const fn kind(&self) -> KindName {
        match self {
            Self::Local { .. } => KindName::Local,
            Self::InSap { .. } => KindName::InSap,
        }
    }
}

impl From<HubHome> for HubHomeView {
    fn from(home: HubHome) -> Self {
        match home {
            HubHome::Local { subaccount, four_eyes } => Self::Local { subaccount: subaccount.to_string(), four_eyes },
            HubHome::InSap { region, address } => Self::InSap { region, address: address.as_str().to_owned() },
        }
    }
}

impl From<HubDetailsRequest> for HubDetails {
    fn from(request: HubDetailsRequest) -> Self {
        let HubDetailsRequest { name, region, address, vocabulary } = request;
        Self { name, region, address, vocabulary: vocabulary.into() }
    }
}

impl From<RequestCounts> for RequestCountsView {
    fn from(counts: RequestCounts) -> Self {
        let RequestCounts { pending, approved, rejected } = counts;
        Self { pending: count(pending), approved: count(approved), rejected: count(rejected) }
    }
}

impl View<HubCreated> for HubCreatedView {
    fn of(created: HubCreated, language: Language) -> Self {
        let HubCreated { hub, connected, not_connected } = created;
        Self { hub: hub.into(), connected, not_connected: not_connected.into_view(language) }
    }
}

impl View<HubPage> for HubPageView {
    fn of(page: HubPage, language: Language) -> Self {
        let HubPage { hub, counts, may_submit, may_change, may_delete } = page;
        Self {
            hub: hub.into(),
            counts: counts.into(),
            may_submit: may_submit.into_view(language),
            may_change: may_change.into_view(language),
            may_delete: may_delete.into_view(language),
        }
    }
}
