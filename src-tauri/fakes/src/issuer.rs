//! Issues real certificates, quickly.

use std::sync::Mutex;

use certificates::RcgenIssuer;
use domain::{
    credential::KeyAlgorithm,
    documents::SecretBytes,
    pki::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssueError, IssuedCertificate},
};

/// The real issuer. Unless told otherwise, it makes a P-256 key where an RSA key is wanted, which takes a thousandth of
/// the time.
#[derive(Default)]
pub struct QuickIssuer {
    real_rsa: Mutex<bool>,
    fails_next: Mutex<Option<IssueError>>,
}

impl QuickIssuer {
    pub fn use_real_rsa(&self) {
        *self.real_rsa.lock().expect("the issuer") = true;
    }

    pub fn fail_next(&self, reason: &str) {
        *self.fails_next.lock().expect("the issuer") = Some(IssueError { reason: reason.into() });
    }

    fn must_work(&self) -> Result<(), IssueError> {
        self.fails_next.lock().expect("the issuer").take().map_or(Ok(()), Err)
    }
}

impl CertificateIssuer for QuickIssuer {
    fn generate_authority(
        &self,
        purpose: &AuthorityPurpose,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        self.must_work()?;
        RcgenIssuer.generate_authority(purpose, spec)
    }

    fn generate_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        key: KeyAlgorithm,
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        self.must_work()?;
        let key = if *self.real_rsa.lock().expect("the issuer") { key } else { KeyAlgorithm::P256 };
        RcgenIssuer.generate_leaf(authority, authority_key, key, spec)
    }

    fn generate_server_leaf(
        &self,
        authority: &Authority,
        authority_key: &SecretBytes,
        names: &[String],
        spec: &CertificateSpec,
    ) -> Result<IssuedCertificate, IssueError> {
        self.must_work()?;
        RcgenIssuer.generate_server_leaf(authority, authority_key, names, spec)
    }

    fn generate_signing_key(&self) -> Result<SecretBytes, IssueError> {
        self.must_work()?;
        RcgenIssuer.generate_signing_key()
    }
}
