//! What a handshake asks of the client: to judge the server's certificate, and to show its own.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::documents::CertificateChain;
use rustls::{
    CertificateError, DigitallySignedStruct, OtherError, SignatureScheme,
    client::{
        ResolvesClientCert,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
    sign::CertifiedKey,
};
use rustls_platform_verifier::Verifier;

use super::learnt::Learnt;

/// Shows the client certificate when a server asks for one, whatever authorities the server names: it may well accept
/// others than it lists, and if not, its refusal says more than a connection without the certificate.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) identity: Option<Arc<CertifiedKey>>,
    pub(super) learnt: Arc<Learnt>,
}

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.learnt.ask();
        self.identity.clone()
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

/// The operating system's judgement, with the dates of the certificate where it leaves them out: macOS calls an ended
/// certificate just not trusted, and Windows calls one expired that begins later.
#[derive(Debug)]
pub(super) struct DatedVerifier {
    pub(super) verifier: Verifier,
    pub(super) learnt: Arc<Learnt>,
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
            self.learnt.refuse(shown.collect());
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
    let Some(certificate) = CertificateChain::of_one(end_entity) else { return problem };
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
