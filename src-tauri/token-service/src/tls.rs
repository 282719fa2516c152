//! The TLS settings of both listeners, made from the service's keys.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{documents::SecretBytes, ports::Clock, token_service::TokenServiceKeys};
use rustls::{
    RootCertStore, ServerConfig, ServerConnection,
    crypto::{
        CryptoProvider,
        aws_lc_rs::{Ticketer, default_provider, sign::any_supported_type},
    },
    pki_types::{
        CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime,
        pem::{PemObject, SectionKind},
    },
    server::WebPkiClientVerifier,
    sign::{CertifiedKey, SingleCertAndKey},
    time_provider::TimeProvider,
};
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

use crate::{StartError, UnusableKey};

/// Which of the two listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListenerKind {
    /// For client secrets, discovery and the portal API. Asks for no client certificate.
    Plain,
    /// Demands a client certificate (RFC 8705).
    MutualTls,
}

/// The settings of both listeners that belong to one set of keys.
pub(crate) struct TlsConfigs {
    plain: Arc<ServerConfig>,
    mutual: Arc<ServerConfig>,
}

impl TlsConfigs {
    pub(crate) fn from_keys(keys: &TokenServiceKeys, clock: &Arc<dyn Clock>) -> Result<Self, StartError> {
        let provider = Arc::new(default_provider());
        let chain = parse_certificates(&keys.certificate_pem).ok_or(UnusableKey::TlsCertificate)?;
        let leaf = chain.first().ok_or(UnusableKey::TlsCertificate)?;
        // It is not checked whether the certificate is valid now: a service whose clock is wrong for a moment goes on.
        let _ = validity(leaf).ok_or(UnusableKey::TlsCertificate)?;
        let certified = Arc::new(certified_key(chain, &keys.tls_key)?);
        let mut authorities = RootCertStore::empty();
        for pem in &keys.client_authorities {
            for certificate in parse_certificates(pem).ok_or(UnusableKey::ClientAuthority)? {
                authorities.add(certificate).map_err(|_| UnusableKey::ClientAuthority)?;
            }
        }
        Ok(Self {
            plain: config(&provider, clock, &certified, None)?,
            mutual: config(&provider, clock, &certified, Some(Arc::new(authorities)))?,
        })
    }

    pub(crate) fn get(&self, kind: ListenerKind) -> Arc<ServerConfig> {
        Arc::clone(match kind {
            ListenerKind::Plain => &self.plain,
            ListenerKind::MutualTls => &self.mutual,
        })
    }
}

fn config(
    provider: &Arc<CryptoProvider>,
    clock: &Arc<dyn Clock>,
    certified: &Arc<CertifiedKey>,
    client_authorities: Option<Arc<RootCertStore>>,
) -> Result<Arc<ServerConfig>, UnusableKey> {
    let builder = ServerConfig::builder_with_details(Arc::clone(provider), Arc::new(DomainTime(Arc::clone(clock))))
        .with_safe_default_protocol_versions()
        .expect("the provider has cipher suites for TLS 1.2 and 1.3");
    let builder = match client_authorities {
        None => builder.with_no_client_auth(),
        Some(roots) => builder.with_client_cert_verifier(
            WebPkiClientVerifier::builder_with_provider(roots, Arc::clone(provider))
                .build()
                .map_err(|_| UnusableKey::ClientAuthority)?,
        ),
    };
    let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(certified))));
    // HTTP/1.1 only: these clients send one request at a time, and HTTP/2 would need all limits on idle connections,
    // heads and bodies a second time for its streams.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // Each configuration has its own ticket key: a session of one listener, or of former keys, opens no other.
    config.ticketer = Ticketer::new().map_err(|_| UnusableKey::NoRandomness)?;
    Ok(Arc::new(config))
}

fn certified_key(chain: Vec<CertificateDer<'static>>, key: &SecretBytes) -> Result<CertifiedKey, UnusableKey> {
    // EXPOSE: TLS signs its hand-shakes with the key. It is lent, so that no unwiped copy of the DER stays behind.
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.expose()));
    let key = any_supported_type(&der).map_err(|_| UnusableKey::TlsKey)?;
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|_| UnusableKey::TlsPair)?;
    Ok(certified)
}

/// The certificates of a PEM text; `None` if it has none or anything else.
fn parse_certificates(text: &str) -> Option<Vec<CertificateDer<'static>>> {
    let sections: Vec<(SectionKind, Vec<u8>)> =
        PemObject::pem_slice_iter(text.as_bytes()).collect::<Result<_, _>>().ok()?;
    let all_certificates = sections.iter().all(|(kind, _)| *kind == SectionKind::Certificate);
    (all_certificates && !sections.is_empty())
        .then(|| sections.into_iter().map(|(_, der)| CertificateDer::from(der)).collect())
}

/// When a certificate begins and when it ends.
fn validity(certificate: &CertificateDer<'_>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (_, x509) = X509Certificate::from_der(certificate).ok()?;
    let time = |at: x509_parser::time::ASN1Time| DateTime::from_timestamp(at.timestamp(), 0);
    Some((time(x509.validity().not_before)?, time(x509.validity().not_after)?))
}

/// The certificate that a client proved in the hand-shake to hold.
#[derive(Debug, Clone)]
pub(crate) struct ClientCertificate {
    /// As in [`domain::documents::CertificateChain::fingerprint`].
    pub(crate) fingerprint: Arc<str>,
    /// A connection, and a resumed session even more so, can live longer than the certificate that opened it.
    pub(crate) not_after: DateTime<Utc>,
}

impl ClientCertificate {
    pub(crate) fn of(connection: &ServerConnection) -> Option<Self> {
        let leaf = connection.peer_certificates()?.first()?;
        Some(Self { fingerprint: domain::documents::derive_fingerprint(leaf).into(), not_after: validity(leaf)?.1 })
    }
}

/// The domain's clock, for the validity of client certificates.
struct DomainTime(Arc<dyn Clock>);

impl TimeProvider for DomainTime {
    fn current_time(&self) -> Option<UnixTime> {
        u64::try_from(self.0.now().timestamp())
            .ok()
            .map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

impl std::fmt::Debug for DomainTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DomainTime")
    }
}

impl From<UnusableKey> for StartError {
    fn from(which: UnusableKey) -> Self {
        Self::KeysUnusable(which)
    }
}
