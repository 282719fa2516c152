//! TLS as the client of a server that is not ours. `verification` judges the server and shows the client's certificate,
//! `learnt` keeps what handshakes reveal, and `diagnosis` says why one failed.

mod diagnosis;
mod learnt;
mod verification;

use std::{io, sync::Arc, time::Duration};

use domain::{
    connection_check::{Cause, ConnectionTarget, Diagnosis},
    credential::CredentialKind,
    messages::{Message, message},
};
use rustls::{
    ClientConfig, ProtocolVersion, RootCertStore,
    client::Resumption,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
    sign::CertifiedKey,
};
use rustls_platform_verifier::Verifier;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use self::{
    learnt::Learnt,
    verification::{DatedVerifier, Identity},
};
use crate::{endpoint::Endpoint, stream::Stream};

/// The longest wait for a server's judgement of the client certificate, see [`TlsClient::handshake`].
const LONGEST_WAIT_FOR_ALERT: Duration = Duration::from_secs(1);

/// How to make TLS connections for one credential, and what was learnt while making them.
#[derive(Debug)]
pub struct TlsClient {
    config: Arc<ClientConfig>,
    learnt: Arc<Learnt>,
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
        // This installation's own authorities count only for its own service.
        let authorities = target.own_service.authorities_at(&endpoint.host_name(), endpoint.port);
        let anchors = authorities.iter().flat_map(|pem| read_certificates(pem)).filter(is_anchor);
        Self::trusting(anchors, identity).map_err(|seen| failed(target, seen))
    }

    /// The operating system judges, by the rules that its administrators set; the anchors count besides its own.
    fn trusting(
        anchors: impl IntoIterator<Item = CertificateDer<'static>>,
        identity: Option<(Arc<CertifiedKey>, String)>,
    ) -> Result<Self, Message> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier =
            Verifier::new_with_extra_roots(anchors, Arc::clone(&provider)).map_err(|_| message!("seen-no-trust"))?;
        let (identity, shown_key) = identity.unzip();
        let learnt = Arc::new(Learnt::new(shown_key));
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| message!("seen-no-tls"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(DatedVerifier { verifier, learnt: Arc::clone(&learnt) }))
            .with_client_cert_resolver(Arc::new(Identity { identity, learnt: Arc::clone(&learnt) }));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A resumed session skips the exchange of certificates, which is what is tested here.
        config.resumption = Resumption::disabled();
        Ok(Self { config: Arc::new(config), learnt })
    }

    /// A client for connections to a proxy: it shows no certificate, and only what the operating system trusts counts.
    pub fn to_proxy() -> Result<Self, Message> {
        Self::trusting([], None)
    }

    /// Whether a server has asked for a client certificate in a handshake of this client.
    pub fn was_asked(&self) -> bool {
        self.learnt.was_asked()
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
            Ok(stream) => stream.map_err(|error| self.learnt.diagnose(&error, endpoint)),
            Err(_) => Err(Diagnosis { cause: Cause::TlsTimeout { host }, seen: Message::empty() }),
        }
    }

    /// Makes a handshake on a connection, closes it, and says what was agreed. `took` is how long it took to connect.
    ///
    /// In TLS 1.3 the client is done before the server has looked at its certificate (RFC 8446 §4.4.2.4 sends the
    /// refusal afterwards). A server that asked for one is therefore given a moment to object.
    pub async fn handshake(
        &self,
        endpoint: &Endpoint,
        stream: Stream,
        took: Duration,
        deadline: Instant,
    ) -> Result<Message, Diagnosis> {
        let mut stream = self.connect(endpoint, stream, deadline).await?;
        let version = match stream.get_ref().1.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
            Some(_) | None => "TLS 1.3",
        };
        if !self.was_asked() {
            return Ok(if self.learnt.shown_key.is_some() {
                message!("found-tls-not-asked", version = version)
            } else {
                version.into()
            });
        }
        let wait = (3 * took + Duration::from_millis(150)).min(LONGEST_WAIT_FOR_ALERT);
        let wait_until = deadline.min(Instant::now() + wait);
        match timeout_at(wait_until, stream.read(&mut [0])).await {
            Err(_) => {}
            Ok(Ok(0)) => return Err(self.learnt.diagnose(&io::ErrorKind::UnexpectedEof.into(), endpoint)),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return Err(self.learnt.diagnose(&error, endpoint)),
        }
        // Whether the server takes note of the end no longer matters.
        let _ = timeout(Duration::from_millis(50), stream.shutdown()).await;
        Ok(if self.learnt.shown_key.is_some() {
            message!("found-tls-with-certificate", version = version)
        } else {
            version.into()
        })
    }

    /// What an error of TLS means, during the handshake or later.
    pub fn diagnose_tls(&self, error: &rustls::Error, endpoint: &Endpoint) -> Diagnosis {
        self.learnt.diagnose_tls(error, endpoint)
    }
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

fn failed(target: &ConnectionTarget<'_>, seen: Message) -> Diagnosis {
    let url = target.facts.cert_url.as_deref().unwrap_or(&target.facts.token_url);
    match Endpoint::parse(url) {
        Ok(endpoint) => Diagnosis { cause: Cause::TlsFailed { host: endpoint.host_name() }, seen },
        Err(diagnosis) => diagnosis,
    }
}
