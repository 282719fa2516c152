//! Certificates of made-up authorities.

use domain::documents::SecretBytes;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    NameConstraints,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use time::{Duration, OffsetDateTime};

/// A certificate with its private key.
pub struct Issued {
    /// The certificate, and its issuers if it has been given any; PEM.
    pub chain_pem: String,
    pub key: KeyPair,
}

impl Issued {
    pub fn secret(&self) -> SecretBytes {
        SecretBytes::new(self.key.serialize_der())
    }

    pub fn chain(&self) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_slice_iter(self.chain_pem.as_bytes()).collect::<Result<_, _>>().expect("PEM")
    }

    pub fn rustls_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(self.key.serialize_der().into())
    }
}

pub struct Authority {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn named(name: &str) -> Self {
        let key = generate_key();
        let params = Self::params(name);
        let pem = params.self_signed(&key).expect("an authority").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// One that may vouch for servers of that host name only (RFC 5280 §4.2.1.10).
    pub fn constrained_to(host: &str) -> Self {
        let key = generate_key();
        let mut params = Self::params("Constrained");
        let permitted_subtrees = vec![GeneralSubtree::DnsName(host.into())];
        params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
        let pem = params.self_signed(&key).expect("an authority").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// An authority's own certificate in the place of a server's.
    pub fn as_server() -> Issued {
        let key = generate_key();
        let mut params = server_params(&["127.0.0.1"]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Issued { chain_pem: params.self_signed(&key).expect("an authority").pem(), key }
    }

    /// An authority between this one and those it issues.
    pub fn intermediate(&self, name: &str) -> Self {
        let key = generate_key();
        let params = Self::params(name);
        let pem = params.signed_by(&key, &self.issuer).expect("an authority").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// An authority between this one and those it issues, valid from and until so many days from now.
    pub fn intermediate_between(&self, name: &str, from: i64, until: i64) -> Self {
        let key = generate_key();
        let mut params = Self::params(name);
        params.not_before = OffsetDateTime::now_utc() + Duration::days(from);
        params.not_after = OffsetDateTime::now_utc() + Duration::days(until);
        let pem = params.signed_by(&key, &self.issuer).expect("an authority").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
    }

    /// A certificate for a server of these names, valid from and until so many days from now.
    pub fn server_between(&self, names: &[&str], from: i64, until: i64) -> Issued {
        let mut params = server_params(names);
        params.not_before = OffsetDateTime::now_utc() + Duration::days(from);
        params.not_after = OffsetDateTime::now_utc() + Duration::days(until);
        self.issue(&params)
    }

    pub fn server(&self) -> Issued {
        self.server_between(&["localhost", "127.0.0.1"], -1, 30)
    }

    pub fn client(&self, client_id: &str) -> Issued {
        self.client_with_key(client_id, generate_key())
    }

    pub fn client_with_key(&self, client_id: &str, key: KeyPair) -> Issued {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, client_id);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue_for(&params, key)
    }

    fn issue(&self, params: &CertificateParams) -> Issued {
        self.issue_for(params, generate_key())
    }

    fn issue_for(&self, params: &CertificateParams, key: KeyPair) -> Issued {
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Issued { chain_pem: certificate.pem(), key }
    }
}

/// A server's certificate that nobody but itself has issued.
pub fn self_signed_server() -> Issued {
    let key = generate_key();
    let certificate = server_params(&["127.0.0.1"]).self_signed(&key).expect("a certificate");
    Issued { chain_pem: certificate.pem(), key }
}

fn server_params(names: &[&str]) -> CertificateParams {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name.push(DnType::CommonName, "A test's server");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn generate_key() -> KeyPair {
    KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a key")
}
