//! The staged test of a connection: what is tried, in which order, and what is wrong when it fails.

use std::time::Duration;

use chrono::{DateTime, Utc};
use documents::{Finding as DocumentFinding, SecretBytes};
use messages::{Day, Message, Moment, message};

use crate::{credential::AccessFacts, settings::ProxyChoice, token_service::OwnService};

/// The hub as a client: the part of the test that needs the network.
///
/// An implementation follows no redirects, sends credentials over https only, gives each stage [`Stage::TIME_LIMIT`], and
/// knows no particular server.
pub trait Connector: Send + Sync {
    /// Goes through the stages from [`Stage::NameAndNetwork`] to [`Stage::PortalApi`], tells `observer` about each, and
    /// returns the portal's APIs. Blocks until it has ended.
    fn fetch_apis(
        &self,
        target: &ConnectionTarget<'_>,
        observer: &dyn StageObserver,
    ) -> Result<Vec<FetchedApi>, TestEnd>;
}

/// What is connected to, and with what.
#[derive(Debug)]
pub struct ConnectionTarget<'a> {
    /// URLs, client id and certificate.
    pub facts: &'a AccessFacts,
    /// The client secret (UTF-8), or the private key (PKCS#8 DER).
    pub secret: &'a SecretBytes,
    /// Whom to trust beside the operating system, where it is this installation's own service.
    pub own_service: &'a OwnService,
    /// The proxy by which this network is left.
    pub proxy: &'a ProxyChoice,
}

/// Follows a test while it runs. Called from the thread that runs it, or from one of its own.
pub trait StageObserver: Send + Sync {
    /// These stages there will be; told once, before the first begins.
    fn planned(&self, _stages: &[Stage]) {}
    /// A stage begins.
    fn started(&self, stage: Stage);
    /// A stage has ended.
    fn finished(&self, report: &StageReport);
    /// Whether the test is to stop; asked several times a second.
    fn is_cancelled(&self) -> bool;
}

/// Why a test did not get to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestEnd {
    /// A stage failed; the later ones were not attempted.
    Failed {
        /// The stage.
        stage: Stage,
        /// What is wrong.
        diagnosis: Diagnosis,
    },
    /// Somebody cancelled it.
    Cancelled,
}

/// The stages, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The document can be read and its parts fit.
    Document,
    /// The certificate is valid now.
    Validity,
    /// The host of the token endpoint has an address and takes connections.
    NameAndNetwork,
    /// A TLS connection to it, with the client certificate if there is one.
    Tls,
    /// The token endpoint gives an access token.
    Token,
    /// The portal API answers with the portal's APIs.
    PortalApi,
    /// The hub has the destination of the connection.
    Destination,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 7] = [
        Self::Document,
        Self::Validity,
        Self::NameAndNetwork,
        Self::Tls,
        Self::Token,
        Self::PortalApi,
        Self::Destination,
    ];

    /// How long a stage may take.
    pub const TIME_LIMIT: Duration = Duration::from_secs(10);

    /// The code on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Validity => "validity",
            Self::NameAndNetwork => "name_and_network",
            Self::Tls => "tls",
            Self::Token => "token",
            Self::PortalApi => "portal_api",
            Self::Destination => "destination",
        }
    }

    /// The stage of that code.
    pub fn find_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// What a person reads.
    pub fn name(self) -> &'static str {
        self.name_message().text()
    }

    /// [`Self::name`], as part of another message.
    pub const fn name_message(self) -> Message {
        match self {
            Self::Document => message!("stage-document"),
            Self::Validity => message!("stage-validity"),
            Self::NameAndNetwork => message!("stage-name-and-network"),
            Self::Tls => message!("stage-tls"),
            Self::Token => message!("stage-token"),
            Self::PortalApi => message!("stage-portal-api"),
            Self::Destination => message!("stage-destination"),
        }
    }
}

/// How a stage went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageReport {
    /// The stage.
    pub stage: Stage,
    /// How long it took.
    pub duration: Duration,
    /// What was found, in a few words ("127.0.0.1, port 28443"; "TLS 1.3"), or what is wrong. Never a secret or token.
    pub result: Result<String, Diagnosis>,
}

/// What is wrong: the cause, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The cause.
    pub cause: Cause,
    /// What was seen, such as "HTTP 401 invalid_client: Bad credentials"; may be empty. Never a secret or token.
    pub seen: Message,
}

/// An API of a portal, as the hub fetched it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedApi {
    /// Its name, unique in the portal.
    pub name: String,
    /// Its title; the name where it has none.
    pub title: String,
    /// Its version; may be empty.
    pub version: String,
    /// Its description; may be empty.
    pub description: String,
    /// The path below which it answers; may be empty.
    pub base_path: String,
}

/// What mends a connection that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repair {
    /// Other credentials: regenerate them in the portal, and re-establish the connection.
    Reestablish,
    /// The settings of token service and proxy.
    Settings,
    /// Time, or somebody else: then another test.
    TestAgain,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident $({$($field:ident: $type:ty),+})? => $code:literal, $message:expr;)*) => {
        /// Why a stage fails.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Cause {
            $($(#[$doc])* $name $({$(#[doc = "What it is about."] $field: $type),+})?,)*
        }

        impl Cause {
            /// The code on the wire, in the command line's JSON and in the database.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name $({$($field: _),+})? => $code),* }
            }

            /// What is wrong, as a sentence without its end; with what to do ([`Message::remedy`]) and the same in two or
            /// three words ([`Message::short`]).
            pub fn message(&self) -> Message {
                match self { $(Self::$name $({$($field),+})? => $message),* }
            }
        }
    };
}

// To add one, add a line here and its message with its attributes to /messages/{en,de}/core-connections.ftl.
causes! {
    /// The document cannot be read, or its parts do not fit together.
    Document { finding: DocumentFinding } => "document",
        message!("cause-document", finding = finding.message(), remedy = finding.message().remedy());
    /// Somebody deleted the hub's copy of the secret in the keychain.
    SecretMissing => "secret_missing", message!("cause-secret-missing");
    /// The certificate has ended.
    Expired { not_after: DateTime<Utc> } => "expired", message!("cause-expired", end = Day(*not_after));
    /// The certificate begins later.
    NotYetValid { not_before: DateTime<Utc> } => "not_yet_valid",
        message!("cause-not-yet-valid", start = Moment(*not_before));
    /// A URL that is not https.
    NotHttps { host: String } => "not_https", message!("cause-not-https", host = host);
    /// The name of the host has no address.
    UnknownHost { host: String } => "unknown_host", message!("cause-unknown-host", host = host);
    /// Nothing listens there.
    Refused { host: String, port: u16 } => "refused", message!("cause-refused", host = host, port = port.to_string());
    /// There is no way to the host.
    Unreachable { host: String } => "unreachable", message!("cause-unreachable", host = host);
    /// No connection within the time limit.
    ConnectTimeout { host: String, port: u16 } => "connect_timeout",
        message!("cause-connect-timeout", host = host, port = port.to_string(), seconds = Stage::TIME_LIMIT.as_secs());
    /// The proxy of this network cannot be reached.
    ProxyUnreachable { proxy: String } => "proxy_unreachable", message!("cause-proxy-unreachable", proxy = proxy);
    /// The proxy wants its users to prove themselves (407).
    ProxyAuthentication { proxy: String } => "proxy_authentication",
        message!("cause-proxy-authentication", proxy = proxy);
    /// The proxy does not let anybody to that host.
    ProxyRefused { proxy: String, host: String } => "proxy_refused",
        message!("cause-proxy-refused", proxy = proxy, host = host);
    /// The proxy got no connection to the host.
    ProxyFailed { proxy: String, host: String } => "proxy_failed",
        message!("cause-proxy-failed", proxy = proxy, host = host);
    /// What answers at the proxy's address is none.
    NotAProxy { proxy: String } => "not_a_proxy", message!("cause-not-a-proxy", proxy = proxy);
    /// Environment or settings name a proxy that nobody can use.
    ProxyUnusable => "proxy_unusable", message!("cause-proxy-unusable");
    /// The server's certificate is issued by somebody who is not trusted.
    UntrustedServer { host: String } => "untrusted_server", message!("cause-untrusted-server", host = host);
    /// The server's certificate is for another name.
    ServerNameMismatch { host: String } => "server_name_mismatch", message!("cause-server-name-mismatch", host = host);
    /// The server's certificate has ended.
    ServerCertificateExpired { host: String } => "server_certificate_expired",
        message!("cause-server-certificate-expired", host = host);
    /// The server's certificate is valid, and one above it has ended.
    ServerIssuerExpired { host: String, issuer: String } => "server_issuer_expired",
        message!("cause-server-issuer-expired", host = host, issuer = issuer);
    /// The server's certificate begins later.
    ServerCertificateNotYetValid { host: String } => "server_certificate_not_yet_valid",
        message!("cause-server-certificate-not-yet-valid", host = host);
    /// The server demands a client certificate and got none.
    ClientCertificateRequired { host: String } => "client_certificate_required",
        message!("cause-client-certificate-required", host = host);
    /// The server says that the client certificate has ended.
    ClientCertificateExpired { host: String } => "client_certificate_expired",
        message!("cause-client-certificate-expired", host = host);
    /// The server does not accept the client certificate: unknown issuer, or broken or incomplete chain.
    ClientCertificateRefused { host: String } => "client_certificate_refused",
        message!("cause-client-certificate-refused", host = host);
    /// The server does not take a client key of that kind.
    ClientKeyNotTaken { host: String, key: String } => "client_key_not_taken",
        message!("cause-client-key-not-taken", host = host, key = key);
    /// The server does not speak TLS at that port.
    NotTls { host: String, port: u16 } => "not_tls", message!("cause-not-tls", host = host, port = port.to_string());
    /// Any other failure of the handshake.
    TlsFailed { host: String } => "tls_failed", message!("cause-tls-failed", host = host);
    /// The server speaks another version of HTTP only.
    OtherHttp { host: String } => "other_http", message!("cause-other-http", host = host);
    /// The handshake took longer than the time limit.
    TlsTimeout { host: String } => "tls_timeout",
        message!("cause-tls-timeout", host = host, seconds = Stage::TIME_LIMIT.as_secs());
    /// The token endpoint does not know the client, or not with this secret or certificate.
    BadCredentials => "bad_credentials", message!("cause-bad-credentials");
    /// A client that has a certificate was sent to the host for client secrets, or came there without it.
    CertificateAtWrongHost => "certificate_at_wrong_host", message!("cause-certificate-at-wrong-host");
    /// The service key of the client was deleted.
    KeyDeleted => "key_deleted", message!("cause-key-deleted");
    /// The service instance of the client was deleted.
    InstanceDeleted => "instance_deleted", message!("cause-instance-deleted");
    /// The server does not let this client use client credentials.
    GrantRefused => "grant_refused", message!("cause-grant-refused");
    /// The token endpoint finds fault with the request (400) for another reason.
    TokenRequestRefused => "token_request_refused", message!("cause-token-request-refused");
    /// The answer has no access token of type bearer.
    NoAccessToken => "no_access_token", message!("cause-no-access-token");
    /// The token is of a type that is no bearer's, so that it alone is of no use.
    OtherTokenType { kind: String } => "other_token_type", message!("cause-other-token-type", type = kind);
    /// The portal API does not take the token (401).
    TokenRefused => "token_refused", message!("cause-token-refused");
    /// The portal API takes the token, but not for this (403).
    RoleMissing { role: String } => "role_missing", message!("cause-role-missing", role = role);
    /// Nothing is at that URL (404, 410).
    NotFound { url: String } => "not_found", message!("cause-not-found", url = url);
    /// Cloud Foundry has no application there, or none that runs.
    ApplicationNotThere { host: String } => "application_not_there",
        message!("cause-application-not-there", host = host);
    /// The server sends elsewhere; credentials do not go along.
    Redirected { url: String } => "redirected", message!("cause-redirected", url = url);
    /// The server does not let anybody in at that URL (401, 403 at the token endpoint without an OAuth error).
    Forbidden { url: String } => "forbidden", message!("cause-forbidden", url = url);
    /// The server asks to be left alone for a while (429, or 503 with a time).
    Throttled { url: String, wait: Option<Duration> } => "throttled", describe_throttling(url, *wait);
    /// The server failed (5xx).
    ServerFailed { url: String, status: u16 } => "server_failed",
        message!("cause-server-failed", url = url, status = *status);
    /// Any other status that is no success.
    UnexpectedStatus { url: String, status: u16 } => "unexpected_status",
        message!("cause-unexpected-status", url = url, status = *status);
    /// No complete answer within the time limit.
    AnswerTimeout { url: String } => "answer_timeout",
        message!("cause-answer-timeout", url = url, seconds = Stage::TIME_LIMIT.as_secs());
    /// The connection was cut before the answer was complete.
    CutOff { url: String } => "cut_off", message!("cause-cut-off", url = url);
    /// The answer is larger than any such answer.
    TooLarge { url: String, limit: u64 } => "too_large",
        message!("cause-too-large", url = url, limit = limit / 1_000_000);
    /// The answer is compressed in a way that nobody asked for.
    UnknownCoding { url: String, coding: String } => "unknown_coding",
        message!("cause-unknown-coding", url = url, coding = coding);
    /// The answer is not JSON, such as the HTML page of a login or a proxy.
    NotJson { url: String } => "not_json", message!("cause-not-json", url = url);
    /// The answer is JSON of another form.
    UnexpectedAnswer { url: String } => "unexpected_answer", message!("cause-unexpected-answer", url = url);
    /// The answer is no HTTP.
    NotHttp { url: String } => "not_http", message!("cause-not-http", url = url);
    /// The hub's destination was deleted.
    DestinationDeleted => "destination_deleted", message!("cause-destination-deleted");
}

/// What a failure says about the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Significance {
    /// It does not work.
    Failing,
    /// The network was in the way, as it is after sleep or on a train. It may be back in a minute.
    Network,
    /// The server has too much to do, and may say for how long.
    Throttled(Option<Duration>),
}

impl Cause {
    /// The codes of those that lie on the way to the server: after sleep, without a network, or behind a slow one.
    pub(crate) const NETWORK: [&'static str; 8] = [
        "unknown_host",
        "unreachable",
        "connect_timeout",
        "proxy_unreachable",
        "proxy_failed",
        "tls_timeout",
        "answer_timeout",
        "cut_off",
    ];

    /// What it says about the connection.
    pub fn significance(&self) -> Significance {
        if let Self::Throttled { wait, .. } = self {
            Significance::Throttled(*wait)
        } else if Self::NETWORK.contains(&self.code()) {
            Significance::Network
        } else {
            Significance::Failing
        }
    }
}

impl Cause {
    /// What mends it.
    pub const fn repair(&self) -> Repair {
        match self {
            // The addresses of the token service and the proxy are settings.
            Self::Refused { .. } | Self::ProxyAuthentication { .. } | Self::NotAProxy { .. } | Self::ProxyUnusable => {
                Repair::Settings
            }
            // The hub can reach nobody, or nobody there can answer: other credentials would not help.
            Self::NotYetValid { .. }
            | Self::UnknownHost { .. }
            | Self::Unreachable { .. }
            | Self::ConnectTimeout { .. }
            | Self::ProxyUnreachable { .. }
            | Self::ProxyRefused { .. }
            | Self::ProxyFailed { .. }
            | Self::UntrustedServer { .. }
            | Self::ServerCertificateExpired { .. }
            | Self::ServerIssuerExpired { .. }
            | Self::ServerCertificateNotYetValid { .. }
            | Self::TlsFailed { .. }
            | Self::OtherHttp { .. }
            | Self::TlsTimeout { .. }
            | Self::ApplicationNotThere { .. }
            | Self::Forbidden { .. }
            | Self::Throttled { .. }
            | Self::ServerFailed { .. }
            | Self::AnswerTimeout { .. }
            | Self::CutOff { .. }
            | Self::UnknownCoding { .. } => Repair::TestAgain,
            Self::Document { .. }
            | Self::SecretMissing
            | Self::Expired { .. }
            | Self::NotHttps { .. }
            | Self::ServerNameMismatch { .. }
            | Self::ClientCertificateRequired { .. }
            | Self::ClientCertificateExpired { .. }
            | Self::ClientCertificateRefused { .. }
            | Self::ClientKeyNotTaken { .. }
            | Self::NotTls { .. }
            | Self::BadCredentials
            | Self::CertificateAtWrongHost
            | Self::KeyDeleted
            | Self::InstanceDeleted
            | Self::GrantRefused
            | Self::TokenRequestRefused
            | Self::NoAccessToken
            | Self::OtherTokenType { .. }
            | Self::TokenRefused
            | Self::RoleMissing { .. }
            | Self::NotFound { .. }
            | Self::Redirected { .. }
            | Self::UnexpectedStatus { .. }
            | Self::TooLarge { .. }
            | Self::NotJson { .. }
            | Self::UnexpectedAnswer { .. }
            | Self::NotHttp { .. }
            | Self::DestinationDeleted => Repair::Reestablish,
        }
    }
}

fn describe_throttling(url: &str, wait: Option<Duration>) -> Message {
    match wait.map(|wait| wait.as_secs()) {
        None => message!("cause-throttled", url = url),
        Some(seconds @ ..120) => message!("cause-throttled-seconds", url = url, seconds = seconds),
        Some(seconds) => message!("cause-throttled-minutes", url = url, minutes = seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_found_by_its_code() {
        for stage in Stage::ALL {
            assert_eq!(Stage::find_code(stage.code()), Some(stage));
        }
    }

    #[test]
    fn new_credentials_are_the_repair_only_where_they_help() {
        let host = || "portal.example".to_owned();
        for cause in [
            Cause::KeyDeleted,
            Cause::InstanceDeleted,
            Cause::Expired { not_after: DateTime::UNIX_EPOCH },
            Cause::BadCredentials,
            Cause::DestinationDeleted,
            Cause::RoleMissing { role: "a role".into() },
        ] {
            assert_eq!(cause.repair(), Repair::Reestablish, "{cause:?}");
        }
        for cause in [
            Cause::UnknownHost { host: host() },
            Cause::ServerFailed { url: host(), status: 503 },
            Cause::ProxyUnreachable { proxy: host() },
            Cause::NotYetValid { not_before: DateTime::UNIX_EPOCH },
        ] {
            assert_eq!(cause.repair(), Repair::TestAgain, "{cause:?}");
        }
        for cause in [
            // The settings name the proxy.
            Cause::ProxyAuthentication { proxy: host() },
            // The token service may listen elsewhere, or not at all.
            Cause::Refused { host: host(), port: 28_443 },
        ] {
            assert_eq!(cause.repair(), Repair::Settings, "{cause:?}");
        }
    }
}
