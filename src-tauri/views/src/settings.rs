//! *Settings*.

use chrono::{DateTime, Utc};
use domain::{
    messages::Language,
    portal::Endpoints,
    settings::{ProxyChange, ProxyChoice, ServerAuthority, Settings, SettingsPage, TokenServiceChange},
    token_service::TokenServiceSettings,
};

use crate::{ConfirmationName, IntoView, Permit, UserError, declare::wire};

wire! {
    /// The page *Settings*.
    reply struct SettingsView {
        /// Where the token service listens.
        pub token_service: TokenServiceSettingsView,
        /// What the token service does.
        pub status: TokenServiceStatusView,
        /// After how many hours an approved connection is tested again.
        pub check_interval_hours: u32,
        /// The shortest interval.
        pub min_check_interval_hours: u32,
        /// The longest interval.
        pub max_check_interval_hours: u32,
        /// Whether the system asks the person before a secret is copied or revealed.
        pub asks_before_secrets: bool,
        /// By which proxy connections are tested.
        pub proxy: ProxyView,
        /// The CA certificate that can be exported, once there is one.
        pub authority: Option<ServerAuthorityView>,
        /// Whether the person may change the token service and export the CA certificate.
        pub may_manage_token_service: Permit,
        /// Whether the person may set how connections are tested.
        pub may_manage_checks: Permit,
    }

    /// The authority of the token service.
    reply struct ServerAuthorityView {
        /// The host names and addresses that it can certify.
        pub names: Vec<String>,
        /// Since when it is the present one.
        pub since: DateTime<Utc>,
        /// Until when the token service still shows a certificate by a former one; `null` where it shows one by this.
        pub takes_over_at: Option<DateTime<Utc>>,
    }

    /// By which proxy connections are tested.
    #[serde(tag = "choice", rename_all_fields = "camelCase")]
    both enum ProxyView {
        /// The one that the system names.
        System,
        /// None.
        Never,
        /// The one at a URL.
        Url {
            /// The URL, without user and password.
            url: String,
        },
    }

    /// Where the token service listens and what it is called in URLs.
    reply struct TokenServiceSettingsView {
        /// Whether it is to run.
        pub enabled: bool,
        /// The address to listen at.
        pub address: String,
        /// Whether only programs on this computer can reach it.
        pub loopback: bool,
        /// Host name in the URLs.
        pub host: String,
        /// Port for client secrets and the portal API.
        pub port: u32,
        /// Port that demands a client certificate.
        pub mutual_tls_port: u32,
    }

    /// What the token service does.
    #[serde(tag = "status", rename_all_fields = "camelCase")]
    reply enum TokenServiceStatusView {
        /// It is switched off.
        Off,
        /// It starts with the first portal.
        NotNeeded,
        /// It is about to start.
        Starting,
        /// It runs.
        Running {
            /// Addresses with their ports.
            addresses: Vec<String>,
            /// Since when.
            since: DateTime<Utc>,
            /// How many tokens it has issued since then.
            tokens_issued: f64,
            /// How many requests it has refused since then.
            refused: f64,
            /// Why it does not have the keys that it should have by now, and what to do; `None` if it has.
            keys_problem: Option<UserError>,
        },
        /// It cannot run.
        Failed {
            /// Why, and what to do.
            problem: UserError,
        },
    }

    /// The settings of the token service as typed.
    request struct ChangeTokenServiceRequest {
        /// Whether it is to run.
        pub enabled: bool,
        /// The address to listen at.
        pub address: String,
        /// Host name in the URLs.
        pub host: String,
        /// Port for client secrets and the portal API.
        pub port: u32,
        /// Port that demands a client certificate.
        pub mutual_tls_port: u32,
        /// What the person was asked and said yes to.
        pub confirmed: Vec<ConfirmationName>,
    }
}

impl SettingsView {
    /// The page with what the token service does at the moment.
    pub fn new(page: SettingsPage, status: TokenServiceStatusView, language: Language) -> Self {
        let SettingsPage { settings, authority, may_manage_token_service, may_manage_checks } = page;
        let Settings { token_service, check_interval_hours, asks_before_secrets, proxy } = settings;
        Self {
            token_service: token_service.into(),
            status,
            check_interval_hours,
            min_check_interval_hours: Settings::MIN_CHECK_INTERVAL_HOURS,
            max_check_interval_hours: Settings::MAX_CHECK_INTERVAL_HOURS,
            asks_before_secrets,
            proxy: proxy.into(),
            authority: authority.map(Into::into),
            may_manage_token_service: may_manage_token_service.into_view(language),
            may_manage_checks: may_manage_checks.into_view(language),
        }
    }
}

impl From<ServerAuthority> for ServerAuthorityView {
    fn from(authority: ServerAuthority) -> Self {
        let ServerAuthority { names, since, takes_over_at } = authority;
        Self { names, since, takes_over_at }
    }
}

impl From<ProxyChoice> for ProxyView {
    fn from(proxy: ProxyChoice) -> Self {
        match proxy {
            ProxyChoice::System => Self::System,
            ProxyChoice::Never => Self::Never,
            ProxyChoice::Url(url) => Self::Url { url: url.as_str().to_owned() },
        }
    }
}

impl From<ProxyView> for ProxyChange {
    fn from(proxy: ProxyView) -> Self {
        match proxy {
            ProxyView::System => Self::System,
            ProxyView::Never => Self::Never,
            ProxyView::Url { url } => Self::Url(url),
        }
    }
}

impl From<TokenServiceSettings> for TokenServiceSettingsView {
    fn from(settings: TokenServiceSettings) -> Self {
        let loopback = settings.is_loopback();
        let TokenServiceSettings { enabled, address, endpoints } = settings;
        let Endpoints { host, port, mutual_tls_port } = endpoints;
        let (port, mutual_tls_port) = (port.into(), mutual_tls_port.into());
        Self { enabled, address: address.to_string(), loopback, host, port, mutual_tls_port }
    }
}

impl From<ChangeTokenServiceRequest> for TokenServiceChange {
    fn from(request: ChangeTokenServiceRequest) -> Self {
        let ChangeTokenServiceRequest { enabled, address, host, port, mutual_tls_port, confirmed } = request;
        let confirmed = confirmed.into_iter().map(Into::into).collect();
        Self { enabled, address, host, port, mutual_tls_port, confirmed }
    }
}
