//! Why a handshake failed.

use std::io;

use chrono::{DateTime, Utc};
use domain::{
    connection_check::{Cause, Diagnosis},
    documents::CertificateChain,
    messages::{Argument, Day, Joined, Message, message},
};
use rustls::{AlertDescription, CertificateError, InvalidMessage, OtherError, pki_types::UnixTime};

use super::learnt::Learnt;
use crate::{
    endpoint::Endpoint,
    error_chain,
    redaction::{MAX_SEEN, Redaction},
};

impl Learnt {
    /// Why a handshake failed.
    pub(super) fn diagnose(&self, error: &io::Error, endpoint: &Endpoint) -> Diagnosis {
        match error_chain::find(error) {
            Some(error) => self.diagnose_tls(error, endpoint),
            // Some servers give no reason about a certificate and just close the connection.
            None if self.was_asked() => Diagnosis {
                cause: self.about_client_certificate(endpoint.host_name()),
                seen: message!("seen-hung-up-after-asking"),
            },
            None => {
                Diagnosis { cause: Cause::TlsFailed { host: endpoint.host_name() }, seen: message!("seen-hung-up") }
            }
        }
    }

    /// What an error of TLS means, during the handshake or later.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all others mean the same")]
    pub(super) fn diagnose_tls(&self, error: &rustls::Error, endpoint: &Endpoint) -> Diagnosis {
        let host = endpoint.host_name();
        let (cause, seen) = match error {
            rustls::Error::InvalidCertificate(problem) => return self.diagnose_server(problem, host),
            rustls::Error::AlertReceived(alert) => (self.diagnose_alert(*alert, host), describe_alert(*alert)),
            // The server does not support HTTP/1.1, or chose a protocol that was not offered.
            rustls::Error::NoApplicationProtocol => (Cause::OtherHttp { host }, Message::empty()),
            rustls::Error::PeerIncompatible(_) => (Cause::TlsFailed { host }, message!("seen-tls-nothing-common")),
            // The first bytes are not a TLS record: an unencrypted answer, or another protocol in which the server
            // speaks first.
            rustls::Error::InvalidMessage(
                InvalidMessage::InvalidContentType
                | InvalidMessage::UnknownProtocolVersion
                | InvalidMessage::MessageTooLarge
                | InvalidMessage::InvalidEmptyPayload,
            ) => (Cause::NotTls { host, port: endpoint.port }, Message::empty()),
            // The library's text is in the terms of its own code.
            other => {
                tracing::info!(error = %other, "a TLS connection failed");
                (Cause::TlsFailed { host }, message!("seen-tls-broken"))
            }
        };
        Diagnosis { cause, seen: Redaction::default().clean_message(seen, MAX_SEEN) }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all others mean the same")]
    fn diagnose_server(&self, problem: &CertificateError, host: String) -> Diagnosis {
        let (cause, seen) = match problem {
            CertificateError::NotValidForNameContext { presented, .. } => {
                let names: Vec<_> = presented.iter().map(|name| readable_name(name)).collect();
                let seen = if names.is_empty() {
                    Message::empty()
                } else {
                    message!("seen-for-names", names = Argument::list(names, Joined::ByComma))
                };
                (Cause::ServerNameMismatch { host }, seen)
            }
            CertificateError::NotValidForName => (Cause::ServerNameMismatch { host }, Message::empty()),
            CertificateError::ExpiredContext { not_after, .. } => match self.find_ended_issuer() {
                Some((issuer, at)) => {
                    (Cause::ServerIssuerExpired { host, issuer }, message!("seen-ended-on", end = Day(at)))
                }
                None => (Cause::ServerCertificateExpired { host }, ended(*not_after)),
            },
            CertificateError::Expired => match self.find_ended_issuer() {
                Some((issuer, at)) => {
                    (Cause::ServerIssuerExpired { host, issuer }, message!("seen-ended-on", end = Day(at)))
                }
                None => (Cause::ServerCertificateExpired { host }, Message::empty()),
            },
            CertificateError::NotValidYetContext { not_before, .. } => {
                (Cause::ServerCertificateNotYetValid { host }, begins(*not_before))
            }
            CertificateError::NotValidYet => (Cause::ServerCertificateNotYetValid { host }, Message::empty()),
            CertificateError::Revoked => (Cause::UntrustedServer { host }, message!("seen-revoked")),
            CertificateError::UnknownIssuer => (Cause::UntrustedServer { host }, self.describe_issuer()),
            other => (
                Cause::UntrustedServer { host },
                message!("seen-and", seen = self.describe_issuer(), reason = describe_problem(other)),
            ),
        };
        Diagnosis { cause, seen: Redaction::default().clean_message(seen, MAX_SEEN) }
    }

    /// Who issued the refused certificate. This distinguishes a company's own authority or proxy from a stranger.
    fn describe_issuer(&self) -> Message {
        let refused = self.refused();
        match refused.first().and_then(|own| CertificateChain::of_one(own)) {
            Some(certificate) if certificate.issuer == certificate.subject => {
                message!("seen-self-signed", subject = certificate.subject)
            }
            Some(certificate) => message!("seen-issued-by", issuer = certificate.issuer),
            None => message!("seen-unreadable"),
        }
    }

    /// A certificate that has ended, among those that the server showed above its own valid one: its subject and end.
    fn find_ended_issuer(&self) -> Option<(String, DateTime<Utc>)> {
        let refused = self.refused();
        let mut shown = refused.iter().filter_map(|certificate| CertificateChain::of_one(certificate));
        let now = Utc::now();
        shown.next().filter(|own| own.not_after >= now)?;
        let ended = shown.find(|issuer| issuer.not_after < now)?;
        Some((ended.common_name.unwrap_or(ended.subject), ended.not_after))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; all others mean the same")]
    fn diagnose_alert(&self, alert: AlertDescription, host: String) -> Cause {
        match alert {
            AlertDescription::CertificateExpired if self.shown_key.is_some() => Cause::ClientCertificateExpired { host },
            AlertDescription::CertificateRequired => Cause::ClientCertificateRequired { host },
            AlertDescription::NoApplicationProtocol => Cause::OtherHttp { host },
            // A server of TLS 1.2 accepts only curves that the client offers for its own keys, too (RFC 8422 §5.3).
            AlertDescription::IllegalParameter
            | AlertDescription::HandshakeFailure
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::BadCertificate
                if self.was_asked() && self.shown_key.as_deref().is_some_and(is_rarely_taken) =>
            {
                Cause::ClientKeyNotTaken { host, key: self.shown_key.clone().unwrap_or_default() }
            }
            AlertDescription::NoCertificate
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::DecryptError
            // In TLS 1.2 there is no alert of its own for a missing certificate (RFC 5246 §7.4.6).
            | AlertDescription::HandshakeFailure
                if self.was_asked() =>
            {
                self.about_client_certificate(host)
            }
            _ => Cause::TlsFailed { host },
        }
    }

    /// The server refuses the certificate, or that none was shown.
    fn about_client_certificate(&self, host: String) -> Cause {
        if self.shown_key.is_some() {
            Cause::ClientCertificateRefused { host }
        } else {
            Cause::ClientCertificateRequired { host }
        }
    }
}

/// The alert's name as RFC 8446 §6 spells it.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; one name is irregular")]
fn describe_alert(alert: AlertDescription) -> Message {
    let name = match alert {
        AlertDescription::UnknownCA => "unknown_ca".to_owned(),
        AlertDescription::Unknown(code) => code.to_string(),
        other => {
            let mut name = String::new();
            for char in format!("{other:?}").chars() {
                if char.is_uppercase() && !name.is_empty() {
                    name.push('_');
                }
                name.extend(char.to_lowercase());
            }
            name
        }
    };
    message!("seen-alert", name = name)
}

/// webpki writes a name as `DnsName("portal.example")` or `IpAddress(192.0.2.7)`.
fn readable_name(presented: &str) -> &str {
    let inside = presented.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(presented);
    inside.trim_matches('"')
}

/// What is wrong with a server's certificate. webpki and rustls say it in the spelling of their code, operating systems in
/// words.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum that may grow; the rest is rare")]
fn describe_problem(problem: &CertificateError) -> Message {
    let spelled = match problem {
        CertificateError::Other(OtherError(reason)) => reason.to_string(),
        CertificateError::BadEncoding => return message!("seen-unreadable"),
        CertificateError::BadSignature => return message!("seen-bad-signature"),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            return message!("seen-not-for-servers");
        }
        CertificateError::UnhandledCriticalExtension => return message!("seen-unknown-demand"),
        CertificateError::UnknownRevocationStatus
        | CertificateError::ExpiredRevocationList
        | CertificateError::ExpiredRevocationListContext { .. } => return message!("seen-revocation-unknown"),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            return message!("seen-unknown-signature");
        }
        _ => String::new(),
    };
    match spelled.as_str() {
        // The platform verifier says this when the extended key usage is not that of servers.
        "certificate had invalid extensions" => message!("seen-not-for-servers"),
        "CaUsedAsEndEntity" => message!("seen-is-authority"),
        "NameConstraintViolation" => message!("seen-name-forbidden"),
        "EndEntityUsedAsCa" => message!("seen-issuer-no-authority"),
        words if words.contains(' ') => Message::verbatim(words),
        code => {
            tracing::info!(code, ?problem, "a certificate was refused");
            message!("seen-not-acceptable")
        }
    }
}

/// Whether many servers do not take a client key of that kind.
fn is_rarely_taken(key: &str) -> bool {
    key.contains("521") || key.to_ascii_lowercase().contains("ed")
}

fn ended(at: UnixTime) -> Message {
    day(at).map_or(Message::empty(), |at| message!("seen-ended-on", end = at))
}

fn begins(at: UnixTime) -> Message {
    day(at).map_or(Message::empty(), |at| message!("seen-begins-on", start = at))
}

fn day(at: UnixTime) -> Option<Day> {
    DateTime::from_timestamp(i64::try_from(at.as_secs()).ok()?, 0).map(Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_called_as_in_the_rfc() {
        for (alert, name) in [
            (AlertDescription::CertificateRequired, "TLS alert certificate_required"),
            (AlertDescription::UnknownCA, "TLS alert unknown_ca"),
            (AlertDescription::HandshakeFailure, "TLS alert handshake_failure"),
        ] {
            assert_eq!(describe_alert(alert), name);
        }
    }
}
