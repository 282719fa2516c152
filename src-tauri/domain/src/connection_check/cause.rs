//! Why a connection fails, and what to do about it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use documents::Finding as DocumentFinding;
use messages::{Day, Message, Moment, message};

use crate::connection_check::Stage;

/// What mends a connection that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repair {
    /// Other credentials: regenerate them in the portal, and re-establish the connection.
    Reestablish,
    /// The settings of token service and proxy.
    Settings,
    /// Nothing here: waiting, or somebody else, and then another test.
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

            /// What is wrong, as a sentence without its end. Its attributes say what to do ([`Message::remedy`]) and
            /// the same as the sentence in two or three words ([`Message::short`]).
            pub fn message(&self) -> Message {
                match self { $(Self::$name $({$($field),+})? => $message),* }
            }

            /// The same with every text in it changed by `change`: a server can put anything into them.
            #[must_use]
            pub fn with_texts(self, change: &dyn Fn(&str) -> String) -> Self {
                match self {
                    $(Self::$name $({$($field),+})? => Self::$name $({$($field: $field.with_texts(change)),+})?,)*
                }
            }
        }
    };
}

/// A value of a cause, whose texts can be changed.
trait WithTexts: Sized {
    fn with_texts(self, _change: &dyn Fn(&str) -> String) -> Self {
        self
    }
}

impl WithTexts for String {
    fn with_texts(self, change: &dyn Fn(&str) -> String) -> Self {
        change(&self)
    }
}

// These hold nothing that a server wrote.
impl WithTexts for u16 {}
impl WithTexts for u64 {}
impl WithTexts for Option<Duration> {}
impl WithTexts for DateTime<Utc> {}
impl WithTexts for DocumentFinding {}

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
    /// The server's certificate is valid, but one above it in the chain has ended.
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
    /// A client with a certificate was sent to the host for client secrets, or reached that host without its
    /// certificate.
    CertificateAtWrongHost => "certificate_at_wrong_host", message!("cause-certificate-at-wrong-host");
    /// The service key of the client was deleted.
    KeyDeleted => "key_deleted", message!("cause-key-deleted");
    /// The service instance of the client was deleted.
    InstanceDeleted => "instance_deleted", message!("cause-instance-deleted");
    /// The server does not let this client use client credentials.
    GrantRefused => "grant_refused", message!("cause-grant-refused");
    /// The token endpoint refuses the request (400) for another reason.
    TokenRequestRefused => "token_request_refused", message!("cause-token-request-refused");
    /// The answer has no access token of type bearer.
    NoAccessToken => "no_access_token", message!("cause-no-access-token");
    /// The token has another type than `Bearer`, so the hub cannot use it.
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
    /// The server denies access to that URL (401, or 403 at the token endpoint without an OAuth error).
    Forbidden { url: String } => "forbidden", message!("cause-forbidden", url = url);
    /// The server has too many requests and asks to wait (429, or 503 with a time).
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
    /// The answer is compressed in a way that the request did not allow.
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
    /// The network is not there, as after sleep or on a train. It may be back in a minute.
    Network,
    /// The server has too much to do, and may say for how long.
    Throttled(Option<Duration>),
}

impl Cause {
    /// The codes of the causes on the way to the server: no network, a slow one, or one that is not back yet after
    /// sleep.
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
            // The server cannot be reached, or cannot answer: other credentials would not help.
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
