//! What crosses between the core and the screens: plain data, generated as TypeScript into `ui/src/wire/`.
//!
//! Each type converts by destructuring, so that a new field of the domain cannot be forgotten here. Times are RFC 3339
//! texts in UTC. No reply has a field that could carry a secret, but the one of *Reveal* ([`RevealedSecretView`]); the text
//! that a person pastes comes in as a [`PastedDocument`], and better not at all: the core reads clipboard and files itself.

mod activity;
mod api;
mod change;
mod connection;
mod credential;
mod document;
mod hub;
mod launchpad;
mod pasted_document;
mod person;
mod pingone;
mod portal;
mod request;
mod revealed_secret;
mod service_instance;
mod settings;
mod user_error;
mod vocabulary;

pub use activity::{ActivityListView, ActivityView, ListActivityRequest};
pub use api::{ApiProxiesView, ApiProxyView, ImportApiResponse};
pub use change::{AreaName, ChangeView};
pub use connection::{
    ConnectionView, DestinationStateView, DestinationView, FetchedApiView, FindingView, HealthOutcomeView, HealthView,
    PostponedView, RepairName, StageView, TestEventView, TestOutcomeView, TestTargetRequest,
};
pub use credential::{
    AppliedView, CredentialEndName, CredentialKindView, CredentialOriginView, CredentialStateView,
    CredentialSummaryView, CredentialView, GenerateKindRequest, KeychainView, RequestStateName, TakeOverView,
    ValidityStandingName, ValidityView,
};
pub use document::{
    CandidateView, CredentialsRequest, DocumentFieldView, DocumentFindingView, DocumentRequest, DropEventView,
    ExportFormatView, ExportProgressView, ExportRequest, ExportableView, FormatName, HeldDocumentView, InspectionView,
    KeyStoreName, LifetimeRequest, LifetimeView, OwnedDocument, OwnedExport, PreviewView, SeverityName,
};
pub use hub::{CreateHubRequest, HubCreatedView, HubListView, HubPageView, HubSummaryView, HubView, RequestCountsView};
pub use launchpad::{AttentionView, ConnectionNameView, DoubtView, LaunchpadView, MatterView, UrgencyName};
pub use pasted_document::PastedDocument;
pub use person::{PersonRequest, PersonView, RoleView, SessionView};
pub use pingone::{
    AddConnectionCredentialRequest, ConnectionCredentialAddedView, ConnectionCredentialView,
    ConnectionExportFormatName, ConnectionExportFormatView, EditConnectionCredentialRequest, FormerSecretView,
    PingOneAccountListView, PingOneAccountPageView, PingOneAccountSummaryView, PingOneAccountView, RevealedSecretView,
    SecretEditName, SecretStrengthView, StrengthAdviceView,
};
pub use portal::{
    AddExternalPortalRequest, CopyResponse, CreatePortalRequest, ExportResponse, OwnHubView, PortalConnectionView,
    PortalCreatedView, PortalListView, PortalSummaryView, PortalView,
};
pub use request::{
    ListRequestsRequest, RequestListView, RequestPermitsView, RequestSortName, RequestStateView, RequestView,
    SubmitRequestRequest,
};
pub use service_instance::{
    CreateServiceInstanceRequest, CreateServiceKeyRequest, ServiceInstanceView, ServiceInstancesView, ServiceRoleView,
};
pub use settings::{
    ChangeTokenServiceRequest, ProxyView, SettingsView, TokenServiceSettingsView, TokenServiceStatusView,
};
pub use user_error::{ConfirmationName, ErrorCode, FieldName, Permit, PlaceView, UserError};
pub use vocabulary::VocabularyName;

/// Defines the wire types of a module, and lists them for [`render_typescript`]. A `reply` is only ever written, a
/// `request` only ever read; `both` is for a word that goes both ways; `revealed` is a reply with a secret in it.
macro_rules! wire {
    ($($(#[$meta:meta])* $way:ident $kind:ident $name:ident $body:tt)*) => {
        $(crate::wire::wire_type! { $way $(#[$meta])* $kind $name $body })*

        pub(super) fn declarations(config: &ts_rs::Config) -> Vec<String> {
            vec![$(super::declaration::<$name>(config)),*]
        }
    };
}

macro_rules! wire_type {
    (reply $($type:tt)*) => { crate::wire::wire_type! { @derive (Clone, serde::Serialize) $($type)* } };
    (revealed $($type:tt)*) => { crate::wire::wire_type! { @derive (serde::Serialize) $($type)* } };
    (request $($type:tt)*) => { crate::wire::wire_type! { @derive (serde::Deserialize) $($type)* } };
    (both $($type:tt)*) => { crate::wire::wire_type! { @derive (Clone, serde::Serialize, serde::Deserialize) $($type)* } };
    (@derive ($($derive:path),*) $(#[$meta:meta])* $kind:ident $name:ident $body:tt) => {
        #[derive(Debug, ts_rs::TS, $($derive),*)]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub $kind $name $body
    };
}
use {wire, wire_type};

/// One exported TypeScript declaration with its documentation.
fn declaration<T: ts_rs::TS>(config: &ts_rs::Config) -> String {
    format!("{}export {}", T::docs().unwrap_or_default(), T::decl(config))
}

/// Every wire type as TypeScript: the content of `ui/src/wire/index.ts`.
pub fn render_typescript() -> String {
    let config = ts_rs::Config::new();
    let header = "// Generated from src-tauri/src/wire by `make wire`. Do not edit.\n\n";
    let modules = [
        user_error::declarations(&config),
        vocabulary::declarations(&config),
        person::declarations(&config),
        document::declarations(&config),
        credential::declarations(&config),
        portal::declarations(&config),
        hub::declarations(&config),
        launchpad::declarations(&config),
        request::declarations(&config),
        service_instance::declarations(&config),
        api::declarations(&config),
        connection::declarations(&config),
        pingone::declarations(&config),
        settings::declarations(&config),
        activity::declarations(&config),
        change::declarations(&config),
    ];
    format!("{header}{}\n", modules.concat().join("\n\n"))
}

#[cfg(test)]
mod tests {
    /// `make wire` runs this with `UPDATE_WIRE=1` to write the file.
    #[test]
    fn the_generated_wire_types_are_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/wire/index.ts");
        let current = super::render_typescript();
        if std::env::var_os("UPDATE_WIRE").is_some() {
            std::fs::write(path, &current).expect("ui/src/wire/index.ts can be written");
        }
        let committed = std::fs::read_to_string(path).expect("ui/src/wire/index.ts exists; `make wire` writes it");
        assert!(committed == current, "the screens would be checked against outdated types: run `make wire`");
    }
}
