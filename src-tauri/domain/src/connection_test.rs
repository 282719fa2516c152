//! The staged test of a connection: what is tried, in which order, and what is wrong when it fails.

use std::time::Duration;

use chrono::{DateTime, Utc};

use documents::Finding as DocumentFinding;

use crate::{AccessFacts, SecretBytes};

/// The hub as a client: the part of the test that needs the network.
///
/// An implementation follows no redirects, sends credentials over https only (http on loopback), gives each stage
/// [`Stage::TIME_LIMIT`], and knows no particular server.
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
    /// Certificates (PEM) that are trusted beside those of the operating system.
    pub trust_anchors: &'a [String],
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
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Validity => "Validity",
            Self::NameAndNetwork => "Name and network",
            Self::Tls => "TLS",
            Self::Token => "Token",
            Self::PortalApi => "Portal API",
            Self::Destination => "Destination",
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
    pub seen: String,
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

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident $({$($field:ident: $type:ty),+})? => $code:literal;)*) => {
        /// Why a stage fails. [`Cause::message`] says what is wrong, [`Cause::remedy`] what to do.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Cause {
            $($(#[$doc])* $name $({$(#[doc = "What it is about."] $field: $type),+})?,)*
        }

        impl Cause {
            /// The code on the wire, in the command line's JSON and in the database.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name $({$($field: _),+})? => $code),* }
            }
        }
    };
}

causes! {
    /// The document cannot be read, or its parts do not fit together.
    Document { finding: DocumentFinding } => "document";
    /// Somebody deleted the hub's copy of the secret in the keychain.
    SecretMissing => "secret_missing";
    /// The certificate has ended.
    Expired { not_after: DateTime<Utc> } => "expired";
    /// The certificate begins later.
    NotYetValid { not_before: DateTime<Utc> } => "not_yet_valid";
    /// http on a host that is not this computer.
    NotHttps { host: String } => "not_https";
    /// The name of the host has no address.
    UnknownHost { host: String } => "unknown_host";
    /// Nothing listens there.
    Refused { host: String, port: u16 } => "refused";
    /// There is no way to the host.
    Unreachable { host: String } => "unreachable";
    /// No connection within the time limit.
    ConnectTimeout { host: String, port: u16 } => "connect_timeout";
    /// The server's certificate is issued by somebody who is not trusted.
    UntrustedServer { host: String } => "untrusted_server";
    /// The server's certificate is for another name.
    ServerNameMismatch { host: String } => "server_name_mismatch";
    /// The server's certificate has ended.
    ServerCertificateExpired { host: String } => "server_certificate_expired";
    /// The server's certificate begins later.
    ServerCertificateNotYetValid { host: String } => "server_certificate_not_yet_valid";
    /// The server demands a client certificate and got none.
    ClientCertificateRequired { host: String } => "client_certificate_required";
    /// The server says that the client certificate has ended.
    ClientCertificateExpired { host: String } => "client_certificate_expired";
    /// The server does not accept the client certificate: unknown issuer, or broken or incomplete chain.
    ClientCertificateRefused { host: String } => "client_certificate_refused";
    /// The server does not speak TLS at that port.
    NotTls { host: String, port: u16 } => "not_tls";
    /// Any other failure of the handshake.
    TlsFailed { host: String } => "tls_failed";
    /// The handshake took longer than the time limit.
    TlsTimeout { host: String } => "tls_timeout";
    /// The token endpoint does not know the client, or not with this secret or certificate.
    BadCredentials => "bad_credentials";
    /// A client that has a certificate was sent to the host for client secrets, or came there without it.
    CertificateAtWrongHost => "certificate_at_wrong_host";
    /// The service key of the client was deleted.
    KeyDeleted => "key_deleted";
    /// The service instance of the client was deleted.
    InstanceDeleted => "instance_deleted";
    /// The server does not let this client use client credentials.
    GrantRefused => "grant_refused";
    /// The token endpoint finds fault with the request (400) for another reason.
    TokenRequestRefused => "token_request_refused";
    /// The answer has no access token of type bearer.
    NoAccessToken => "no_access_token";
    /// The portal API does not take the token (401).
    TokenRefused => "token_refused";
    /// The portal API takes the token, but not for this (403).
    RoleMissing { role: String } => "role_missing";
    /// Nothing is at that URL (404, 410).
    NotFound { url: String } => "not_found";
    /// The server sends elsewhere; credentials do not go along.
    Redirected { url: String } => "redirected";
    /// The server does not let anybody in at that URL (401, 403 at the token endpoint without an OAuth error).
    Forbidden { url: String } => "forbidden";
    /// Too many requests (429).
    Throttled { url: String } => "throttled";
    /// The server failed (5xx).
    ServerFailed { url: String, status: u16 } => "server_failed";
    /// Any other status that is no success.
    UnexpectedStatus { url: String, status: u16 } => "unexpected_status";
    /// No complete answer within the time limit.
    AnswerTimeout { url: String } => "answer_timeout";
    /// The connection was cut before the answer was complete.
    CutOff { url: String } => "cut_off";
    /// The answer is larger than any such answer.
    TooLarge { url: String, limit: u64 } => "too_large";
    /// The answer is not JSON, such as the HTML page of a login or a proxy.
    NotJson { url: String } => "not_json";
    /// The answer is JSON of another form.
    UnexpectedAnswer { url: String } => "unexpected_answer";
    /// The answer is no HTTP.
    NotHttp { url: String } => "not_http";
    /// The hub's destination was deleted.
    DestinationDeleted => "destination_deleted";
}

impl Cause {
    /// What is wrong, as a sentence without its end.
    pub fn message(&self) -> String {
        match self {
            Self::Document { finding } => finding.to_string(),
            Self::SecretMissing => "the hub's copy of the secret is not in the keychain any more".into(),
            Self::Expired { not_after } => format!("the certificate expired on {}", not_after.format("%Y-%m-%d")),
            Self::NotYetValid { not_before } => {
                format!("the certificate is not valid before {} UTC", not_before.format("%Y-%m-%d %H:%M"))
            }
            Self::NotHttps { host } => format!("the URL at {host} is not https"),
            Self::UnknownHost { host } => format!("the host {host} is unknown"),
            Self::Refused { host, port } => format!("the server {host} takes no connection at port {port}"),
            Self::Unreachable { host } => format!("there is no way to {host}"),
            Self::ConnectTimeout { host, port } => {
                format!(
                    "the server {host} did not answer at port {port} within {} seconds",
                    Stage::TIME_LIMIT.as_secs()
                )
            }
            Self::UntrustedServer { host } => format!("the certificate of {host} is not trusted on this computer"),
            Self::ServerNameMismatch { host } => format!("the certificate that the server showed is not for {host}"),
            Self::ServerCertificateExpired { host } => format!("the certificate of {host} has expired"),
            Self::ServerCertificateNotYetValid { host } => format!("the certificate of {host} is not valid yet"),
            Self::ClientCertificateRequired { host } => format!("the server {host} demands a client certificate"),
            Self::ClientCertificateExpired { host } => {
                format!("the server {host} says that the client certificate has expired")
            }
            Self::ClientCertificateRefused { host } => {
                format!("the server {host} does not accept the client certificate")
            }
            Self::NotTls { host, port } => format!("the server {host} does not speak TLS at port {port}"),
            Self::TlsFailed { host } => format!("no secure connection to {host} could be made"),
            Self::TlsTimeout { host } => {
                format!(
                    "the server {host} did not finish the TLS handshake within {} seconds",
                    Stage::TIME_LIMIT.as_secs()
                )
            }
            Self::BadCredentials => "the token service does not accept these credentials".into(),
            Self::CertificateAtWrongHost => "a certificate credential was used at the host for client secrets".into(),
            Self::KeyDeleted => "the service key of these credentials was deleted".into(),
            Self::InstanceDeleted => "the service instance of these credentials was deleted".into(),
            Self::GrantRefused => "the token service does not allow client credentials to this client".into(),
            Self::TokenRequestRefused => "the token service refused the request".into(),
            Self::NoAccessToken => "the token service answered without an access token of type bearer".into(),
            Self::TokenRefused => "the portal API does not accept the access token".into(),
            Self::RoleMissing { role } => {
                format!("the portal API refuses these credentials: the role {role} is missing")
            }
            Self::NotFound { url } => format!("there is nothing at {url}"),
            Self::Redirected { url } => {
                format!("the server at {url} sends elsewhere, where credentials are not sent along")
            }
            Self::Forbidden { url } => format!("the server at {url} refuses everybody"),
            Self::Throttled { url } => format!("the server at {url} has had too many requests"),
            Self::ServerFailed { url, status } => format!("the server failed at {url} (HTTP {status})"),
            Self::UnexpectedStatus { url, status } => format!("the server at {url} answered with HTTP {status}"),
            Self::AnswerTimeout { url } => {
                format!("the server at {url} did not answer within {} seconds", Stage::TIME_LIMIT.as_secs())
            }
            Self::CutOff { url } => format!("the connection was cut before {url} had answered"),
            Self::TooLarge { url, limit } => format!("the answer of {url} is larger than {} MB", limit / 1_000_000),
            Self::NotJson { url } => format!("the server at {url} did not answer with JSON"),
            Self::UnexpectedAnswer { url } => format!("the answer of {url} has another form than expected"),
            Self::NotHttp { url } => format!("what answers at {url} does not speak HTTP"),
            Self::DestinationDeleted => "the destination of this connection was deleted".into(),
        }
    }

    /// What to do, as complete sentences.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Document { finding } => finding.kind.remedy(),
            Self::Expired { .. } | Self::ClientCertificateExpired { .. } => {
                "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
                 request is pending, Re-establish Connection once it is approved."
            }
            Self::SecretMissing => {
                "Give the hub the credentials again: regenerate them in the portal and use the new ones."
            }
            Self::NotYetValid { .. } => "Check the date and time of this computer, or wait until then.",
            Self::NotHttps { .. } => "Use the https URL of the portal: credentials are not sent unprotected.",
            Self::UnknownHost { .. } => "Check the spelling of the URL, the network, and whether a VPN is needed.",
            Self::Refused { .. } => {
                "Check the port in the URL, and whether the service runs; for a portal of this app, see Settings."
            }
            Self::Unreachable { .. } | Self::ConnectTimeout { .. } => {
                "Check the network, whether a VPN is needed, and whether a firewall lets this connection pass."
            }
            Self::UntrustedServer { .. } => {
                "Have the authority that issued it added to the trusted certificates of this computer, if it is \
                 your company's own; otherwise somebody may be listening in."
            }
            Self::ServerNameMismatch { .. } => "Check the host in the URL; the server may be known by another name.",
            Self::ServerCertificateExpired { .. } => "Ask whoever runs the server to renew its certificate.",
            Self::ServerCertificateNotYetValid { .. } => {
                "Check the date and time of this computer; if they are right, ask whoever runs the server."
            }
            Self::ClientCertificateRequired { .. } => {
                "Use certificate credentials, or the token URL for client secrets if these are a client secret."
            }
            Self::ClientCertificateRefused { .. } => {
                "Check that certurl belongs to the same portal as the certificate, and that the chain is complete."
            }
            Self::NotTls { .. } => "Check the port in the URL.",
            Self::TlsFailed { .. } | Self::TlsTimeout { .. } => {
                "Check whether a proxy or firewall stands in between; ask whoever runs the server."
            }
            Self::BadCredentials => {
                "Check that they were copied completely and are the portal's current ones; if they were retired or \
                 their service key was deleted, regenerate them."
            }
            Self::CertificateAtWrongHost => {
                "Check certurl: for a certificate it has to name the host with \"cert\" or the port for mutual TLS."
            }
            Self::KeyDeleted | Self::InstanceDeleted => {
                "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
                 request is pending, Re-establish Connection once it is approved."
            }
            Self::GrantRefused => "Ask whoever runs the token service to allow the grant client_credentials.",
            Self::TokenRequestRefused => "Check the client id and the token URL of the credentials.",
            Self::NoAccessToken => "Check that the token URL is a token endpoint of OAuth 2.0.",
            Self::TokenRefused => "Check that url and token URL belong to the same portal.",
            Self::RoleMissing { .. } => {
                "Generate credentials from a service instance that has this role, and use those."
            }
            Self::NotFound { .. } => "Check the path of the URL in the credentials.",
            Self::Redirected { .. } => {
                "Use the address of the portal itself; a redirect often leads to a login page or a proxy."
            }
            Self::Forbidden { .. } => {
                "Check whether a proxy or firewall stands in between, and whether this network may use the service."
            }
            Self::Throttled { .. } => "Wait a few minutes, then test again.",
            Self::ServerFailed { .. } => "Test again later; if it stays, ask whoever runs the server.",
            Self::UnexpectedStatus { .. } | Self::UnexpectedAnswer { .. } => {
                "Check that the URL is that of an API portal; ask whoever runs the server."
            }
            Self::AnswerTimeout { .. } | Self::CutOff { .. } => {
                "Test again; if it stays, ask whoever runs the server or the network."
            }
            Self::TooLarge { .. } => "Check that the URL is that of an API portal.",
            Self::NotJson { .. } => {
                "Check that the URL is that of an API portal, and whether a login page or a proxy answers instead."
            }
            Self::NotHttp { .. } => "Check host and port of the URL.",
            Self::DestinationDeleted => {
                "Regenerate the credentials in the portal, then re-establish the connection: that creates the \
                 destination anew."
            }
        }
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
}
