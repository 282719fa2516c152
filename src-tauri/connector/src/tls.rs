//! TLS as the client of a server that is not ours: whom it trusts, what it shows, and why a handshake fails.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use domain::{
    connection_check::{Cause, ConnectionTarget, Diagnosis},
    credential::CredentialKind,
    documents::CertificateChain,
    messages::{Argument, Day, Joined, Message, message},
};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, InvalidMessage, OtherError,
    ProtocolVersion, RootCertStore, SignatureScheme,
    client::{
        ResolvesClientCert, Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime, pem::PemObject},
    sign::CertifiedKey,
};
use rustls_platform_verifier::Verifier;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::{
    endpoint::Endpoint,
    error_chain,
    network::{Reached, Stream, Way},
    proxy::Proxy,
    redaction::{MAX_SEEN, Redaction},
};

/// The longest wait for a server's judgement of the client certificate, see [`TlsClient::handshake`].
const LONGEST_WAIT_FOR_ALERT: Duration = Duration::from_secs(1);

/// How to make TLS connections for one credential, and what was learnt while making them.
#[derive(Debug)]
pub struct TlsClient {
    config: Arc<ClientConfig>,
    /// The kind of the key whose certificate is shown, such as "P-256"; `None` where none is shown.
    shown_key: Option<String>,
    learnt: Arc<Learnt>,
}

/// What a handshake brings to light beside its result.
#[derive(Debug, Default)]
struct Learnt {
    /// Whether the server asked for a client certificate.
    asked: AtomicBool,
    /// What the server showed, its own certificate first, if it was refused.
    refused: Mutex<Vec<CertificateDer<'static>>>,
}

impl TlsClient {
    /// A client for connections to `endpoint` that shows the certificate of `target`, if that is its credential.
    pub fn with_identity(target: &ConnectionTarget<'_>, endpoint: &Endpoint) -> Result<Self, Diagnosis> {
        match &target.facts.kind {
            CredentialKind::ClientSecret(_) => Self::without_identity(target, endpoint),
            CredentialKind::Certificate(chain_of_target) => {
                let chain = read_certificates(&chain_of_target.pem);
                // EXPOSE: the private key signs the handshake; this reads it without making a copy in between.
                let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(target.secret.expose()));
                let key = aws_lc_rs::sign::any_supported_type(&key)
                    .map_err(|_| failed(target, message!("seen-key-unusable")))?;
                let identity = Arc::new(CertifiedKey::new(chain, key));
                Self::new(target, endpoint, Some((identity, chain_of_target.public_key.clone())))
            }
        }
    }

    /// A client for connections to `endpoint` that shows no certificate, whatever the credential is.
    pub fn without_identity(target: &ConnectionTarget<'_>, endpoint: &Endpoint) -> Result<Self, Diagnosis> {
        Self::new(target, endpoint, None)
    }

    fn new(
        target: &ConnectionTarget<'_>,
        endpoint: &Endpoint,
        identity: Option<(Arc<CertifiedKey>, String)>,
    ) -> Result<Self, Diagnosis> {
        // This installation's own authorities vouch for its own service, and for nobody else.
        let authorities = target.own_service.authorities_at(&endpoint.host_name(), endpoint.port);
        let anchors = authorities.iter().flat_map(|pem| read_certificates(pem)).filter(is_anchor);
        Self::trusting(anchors, identity).map_err(|seen| failed(target, seen))
    }

    /// The operating system judges, by the rules that its administrators set, and the anchors count beside its own.
    fn trusting(
        anchors: impl IntoIterator<Item = CertificateDer<'static>>,
        identity: Option<(Arc<CertifiedKey>, String)>,
    ) -> Result<Self, Message> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let learnt = Arc::new(Learnt::default());
        let verifier =
            Verifier::new_with_extra_roots(anchors, Arc::clone(&provider)).map_err(|_| message!("seen-no-trust"))?;
        let (identity, shown_key) = identity.unzip();
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| message!("seen-no-tls"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(DatedVerifier { verifier, learnt: Arc::clone(&learnt) }))
            .with_client_cert_resolver(Arc::new(Identity { identity, learnt: Arc::clone(&learnt) }));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A resumed session skips the exchange of certificates, which is what is tested here.
        config.resumption = Resumption::disabled();
        Ok(Self { config: Arc::new(config), shown_key, learnt })
    }

    /// Whether a server has asked for a client certificate in a handshake of this client.
    pub fn was_asked(&self) -> bool {
        self.learnt.asked.load(Ordering::Relaxed)
    }

    /// Makes a handshake on a connection.
    pub async fn connect(
        &self,
        endpoint: &Endpoint,
        stream: Stream,
        deadline: Instant,
    ) -> Result<TlsStream<Stream>, Diagnosis> {
        let host = endpoint.host_name();
        let Some(name) = endpoint.server_name() else {
            let seen = message!("seen-impossible-name");
            return Err(Diagnosis { cause: Cause::ServerNameMismatch { host }, seen });
        };
        let connector = TlsConnector::from(Arc::clone(&self.config));
        match timeout_at(deadline, connector.connect(name, stream)).await {
            Ok(stream) => stream.map_err(|error| self.diagnose(&error, endpoint)),
            Err(_) => Err(Diagnosis { cause: Cause::TlsTimeout { host }, seen: Message::empty() }),
        }
    }

    /// Makes a handshake on a connection, closes it, and says what was agreed.
    ///
    /// In TLS 1.3 the client is done before the server has looked at its certificate (RFC 8446 §4.4.2.4 sends the
    /// refusal afterwards). A server that asked for one is therefore given a moment to object.
    pub async fn handshake(
        &self,
        endpoint: &Endpoint,
        reached: Reached,
        deadline: Instant,
    ) -> Result<String, Diagnosis> {
        let Reached { stream, way: Way { took, .. } } = reached;
        let mut stream = self.connect(endpoint, stream, deadline).await?;
        let version = match stream.get_ref().1.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
            Some(_) | None => "TLS 1.3",
        };
        if !self.was_asked() {
            return Ok(if self.shown_key.is_some() {
                message!("found-tls-not-asked", version = version).to_string()
            } else {
                version.into()
            });
        }
        let wait = (3 * took + Duration::from_millis(150)).min(LONGEST_WAIT_FOR_ALERT);
        let wait_until = deadline.min(Instant::now() + wait);
        match timeout_at(wait_until, stream.read(&mut [0])).await {
            Err(_) => {}
            Ok(Ok(0)) => return Err(self.diagnose(&io::ErrorKind::UnexpectedEof.into(), endpoint)),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return Err(self.diagnose(&error, endpoint)),
        }
        // Whether the server takes note of the end no longer matters.
        let _ = timeout(Duration::from_millis(50), stream.shutdown()).await;
        Ok(if self.shown_key.is_some() {
            message!("found-tls-with-certificate", version = version).to_string()
        } else {
            version.into()
        })
    }

    /// Why a handshake failed.
    fn diagnose(&self, error: &io::Error, endpoint: &Endpoint) -> Diagnosis {
        match error_chain::find(error) {
            Some(error) => self.diagnose_tls(error, endpoint),
            // Some servers have nothing to say about a certificate and hang up.
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
    pub fn diagnose_tls(&self, error: &rustls::Error, endpoint: &Endpoint) -> Diagnosis {
        let host = endpoint.host_name();
        let (cause, seen) = match error {
            rustls::Error::InvalidCertificate(problem) => return self.diagnose_server(problem, host),
            rustls::Error::AlertReceived(alert) => (self.diagnose_alert(*alert, host), describe_alert(*alert)),
            // A server that knows nothing of HTTP/1.1 answers so, or it chooses what was not offered.
            rustls::Error::NoApplicationProtocol => (Cause::OtherHttp { host }, Message::empty()),
            rustls::Error::PeerIncompatible(_) => (Cause::TlsFailed { host }, message!("seen-tls-nothing-common")),
            // The first bytes are no TLS record: an answer in clear, or another protocol that speaks first.
            rustls::Error::InvalidMessage(
                InvalidMessage::InvalidContentType
                | InvalidMessage::UnknownProtocolVersion
                | InvalidMessage::MessageTooLarge
                | InvalidMessage::InvalidEmptyPayload,
            ) => (Cause::NotTls { host, port: endpoint.port }, Message::empty()),
            // What the library says is in the words of its own code.
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

    /// Who issued the certificate that was refused. It tells a company's own authority or proxy from a stranger.
    fn describe_issuer(&self) -> Message {
        let refused = self.learnt.refused.lock().unwrap_or_else(PoisonError::into_inner);
        match refused.first().and_then(|own| read_dates_and_names(own)) {
            Some(certificate) if certificate.issuer == certificate.subject => {
                message!("seen-self-signed", subject = certificate.subject)
            }
            Some(certificate) => message!("seen-issued-by", issuer = certificate.issuer),
            None => message!("seen-unreadable"),
        }
    }

    /// The certificate that has ended among those that the server showed above its own, which has not: its subject and end.
    fn find_ended_issuer(&self) -> Option<(String, DateTime<Utc>)> {
        let refused = self.learnt.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shown = refused.iter().filter_map(|certificate| read_dates_and_names(certificate));
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
            // A server of TLS 1.2 takes only curves that the client uses for its own keys, too (RFC 8422 §5.3).
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

    /// The server does not like what it was shown, or that it was shown nothing.
    fn about_client_certificate(&self, host: String) -> Cause {
        if self.shown_key.is_some() {
            Cause::ClientCertificateRefused { host }
        } else {
            Cause::ClientCertificateRequired { host }
        }
    }
}

/// Shows the client certificate when a server asks for one, whatever authorities the server names: it may well accept
/// others than it lists, and if not, its refusal says more than a connection without the certificate.
#[derive(Debug)]
struct Identity {
    identity: Option<Arc<CertifiedKey>>,
    learnt: Arc<Learnt>,
}

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.learnt.asked.store(true, Ordering::Relaxed);
        self.identity.clone()
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

/// The operating system's judgement, with the dates of the certificate where it leaves them out: macOS calls an ended
/// certificate just not trusted, and Windows calls one expired that begins later.
#[derive(Debug)]
struct DatedVerifier {
    verifier: Verifier,
    learnt: Arc<Learnt>,
}

impl ServerCertVerifier for DatedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(|error| {
            let shown = [end_entity].into_iter().chain(intermediates).map(|shown| shown.clone().into_owned());
            *self.learnt.refused.lock().unwrap_or_else(PoisonError::into_inner) = shown.collect();
            if let rustls::Error::InvalidCertificate(problem) = error {
                rustls::Error::InvalidCertificate(complete_with_dates(problem, end_entity, now))
            } else {
                error
            }
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

fn complete_with_dates(problem: CertificateError, end_entity: &[u8], now: UnixTime) -> CertificateError {
    if !matches!(problem, CertificateError::Expired | CertificateError::Other(OtherError(_))) {
        return problem;
    }
    let Some(certificate) = read_dates_and_names(end_entity) else { return problem };
    let time = |at: DateTime<Utc>| {
        UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at.timestamp()).unwrap_or_default()))
    };
    let (not_before, not_after) = (time(certificate.not_before), time(certificate.not_after));
    if now < not_before {
        CertificateError::NotValidYetContext { time: now, not_before }
    } else if now > not_after {
        CertificateError::ExpiredContext { time: now, not_after }
    } else {
        problem
    }
}

fn read_dates_and_names(der: &[u8]) -> Option<CertificateChain> {
    CertificateChain::of_one(der)
}

/// Whether a certificate can be trusted at all. One that is damaged must not take the others with it.
fn is_anchor(certificate: &CertificateDer<'static>) -> bool {
    let usable = RootCertStore::empty().add(certificate.clone()).is_ok();
    if !usable {
        tracing::warn!("a trusted certificate is damaged");
    }
    usable
}

/// The certificates of a PEM text; none where it is not PEM.
fn read_certificates(text: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<_, _>>().unwrap_or_else(|_| {
        tracing::warn!("a certificate is not PEM");
        Vec::new()
    })
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
        // So the platform verifier calls it that the extended key usage is not the one of servers.
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

/// Speaks TLS to a proxy. It is shown no client certificate, and only what the operating system trusts counts.
pub async fn encrypt_to_proxy(proxy: &Proxy, stream: TcpStream, deadline: Instant) -> Result<Stream, Diagnosis> {
    let client = TlsClient::trusting([], None).map_err(|seen| proxy.unreachable(seen))?;
    let endpoint = Endpoint::parse(&format!("https://{}/", proxy.shown()))?;
    match client.connect(&endpoint, Box::new(stream), deadline).await {
        Ok(stream) => Ok(Box::new(stream)),
        Err(diagnosis) => {
            Err(proxy.unreachable(message!("seen-and", seen = diagnosis.cause.message(), reason = diagnosis.seen)))
        }
    }
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

fn failed(target: &ConnectionTarget<'_>, seen: Message) -> Diagnosis {
    let url = target.facts.cert_url.as_deref().unwrap_or(&target.facts.token_url);
    match Endpoint::parse(url) {
        Ok(endpoint) => Diagnosis { cause: Cause::TlsFailed { host: endpoint.host_name() }, seen },
        Err(diagnosis) => diagnosis,
    }
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
