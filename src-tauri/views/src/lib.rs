//! How the core shows things, to the screens and in `--json`: plain data, generated as TypeScript into `ui/src/wire/`.
//! It knows the domain, and neither a window nor a database.
//!
//! Each type converts by destructuring, so that a new field of the domain cannot be forgotten here. Times are RFC 3339
//! texts in UTC. No reply has a field that can carry a secret, except those of *Reveal* ([`RevealedSecretView`]) and
//! *Edit as text…* ([`ShownDocumentView`]). What a person types or pastes comes in as [`domain::documents::SecretBytes`],
//! but only where the core cannot read clipboard and files itself.

mod activity;
mod api;
mod change;
mod connection;
mod credential;
mod declare;
mod document;
mod export;
mod hub;
mod keychain;
mod kind;
mod launchpad;
mod lifetime;
mod numbers;
mod person;
mod pingone;
mod portal;
mod request;
mod revealed_secret;
mod secret_strength;
mod service_instance;
mod settings;
mod test_target;
mod user_error;
mod view;
mod vocabulary;

pub use activity::{ActivityListView, ActivityView, ListActivityRequest};
pub use api::{ApiProxiesView, ApiProxyView, ImportApiResponse};
pub use change::{AreaName, ChangeView};
pub use connection::{
    ConnectionView, DestinationStateView, DestinationView, DoubtView, FetchedApiView, FindingView, HealthOutcomeView,
    HealthView, PostponedView, RepairName, StageView, TestEventView, TestOutcomeView,
};
pub use credential::{
    AppliedView, CredentialEndName, CredentialKindView, CredentialOriginView, CredentialStateView,
    CredentialSummaryView, CredentialView, GenerateKindRequest, RequestStateName, ValidityStandingName, ValidityView,
};
pub use document::{
    CandidateView, ClientSecretRequest, CredentialsRequest, DocumentFieldView, DocumentFindingView, DocumentRequest,
    DropEventView, HeldDocumentView, InspectionView, SeverityName, ShownDocumentView,
};
pub use export::{
    ExportFormatView, ExportProgressView, ExportRequest, ExportableView, FormatName, KeyStoreName, OwnedExport,
    PreviewView,
};
pub use hub::{
    CreateHubRequest, HubCreatedView, HubDetailsRequest, HubHomeView, HubListView, HubPageView, HubSummaryView,
    HubView, RequestCountsView,
};
pub use keychain::{KeychainView, TakeOverView};
pub use kind::KindName;
pub use launchpad::{AttentionView, ConnectionNameView, LaunchpadView, MatterView, PendingDecisionName, UrgencyName};
pub use lifetime::{LifetimeRequest, LifetimeView};
pub use person::{PersonRequest, PersonView, RoleView, SessionView};
pub use pingone::{
    AddConnectionCredentialRequest, ConnectionCredentialAddedView, ConnectionCredentialView,
    ConnectionExportFormatName, ConnectionExportFormatView, EditConnectionCredentialRequest, FormerSecretView,
    PingOneAccountKindName, PingOneAccountListView, PingOneAccountPageView, PingOneAccountSummaryView,
    PingOneAccountView, PingOneWarningView, RecordConnectionCredentialRequest, RevealedSecretView, SecretEditName,
};
pub use portal::{
    CopyResponse, CreatePortalRequest, ExportResponse, OwnHubView, PortalConnectionView, PortalCreatedView,
    PortalListView, PortalSummaryView, PortalView, TrackPortalRequest,
};
pub use request::{
    DecisionRequest, ListRequestsRequest, RecordDetailsRequest, ReportView, RequestListView, RequestPermitsView,
    RequestSortName, RequestStateView, RequestView, SubmitRequestRequest,
};
pub use secret_strength::{SecretStrengthView, StrengthAdviceView};
pub use service_instance::{
    CreateServiceInstanceRequest, CreateServiceKeyRequest, ServiceInstanceView, ServiceInstancesView, ServiceRoleView,
};
pub use settings::{
    ChangeTokenServiceRequest, ProxyView, SettingsView, TokenServiceSettingsView, TokenServiceStatusView,
};
pub use test_target::TestTargetRequest;
pub use user_error::{ConfirmationName, ErrorCode, FieldName, Permit, PlaceView, Trouble, UserError};
pub use view::{IntoView, View};
pub use vocabulary::VocabularyName;

/// Every wire type as TypeScript: the content of `ui/src/wire/index.ts`.
pub fn render_typescript() -> String {
    let config = ts_rs::Config::new();
    let header = "// Generated from src-tauri/views by `make wire`. Do not edit.\n\n";
    let modules = [
        user_error::declarations(&config),
        vocabulary::declarations(&config),
        kind::declarations(&config),
        person::declarations(&config),
        document::declarations(&config),
        lifetime::declarations(&config),
        export::declarations(&config),
        keychain::declarations(&config),
        credential::declarations(&config),
        portal::declarations(&config),
        hub::declarations(&config),
        launchpad::declarations(&config),
        request::declarations(&config),
        service_instance::declarations(&config),
        api::declarations(&config),
        connection::declarations(&config),
        test_target::declarations(&config),
        pingone::declarations(&config),
        secret_strength::declarations(&config),
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
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/wire/index.ts");
        let current = super::render_typescript();
        if std::env::var_os("UPDATE_WIRE").is_some() {
            std::fs::write(path, &current).expect("ui/src/wire/index.ts can be written");
        }
        let committed = std::fs::read_to_string(path).expect("ui/src/wire/index.ts exists; `make wire` writes it");
        assert!(committed == current, "the screens would be checked against outdated types: run `make wire`");
    }
}
