//! The credentials that the tests write.

#![allow(dead_code, reason = "each test file takes what it needs")]

use std::sync::LazyLock;

use documents::{
    CertUrl, CertificateChain, CredentialDocument, Export, Extra, Format, KeyStoreKind, PortalUrl, PrivateKey, Proof,
    SecretBytes, TokenEndpoint,
};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256,
};

pub const URL: &str = "https://portal.cfapps.eu10.hana.ondemand.com";
pub const TOKEN_URL: &str = "https://tenant.authentication.eu10.hana.ondemand.com/oauth/token";
pub const CERT_URL: &str = "https://tenant.authentication.cert.eu10.hana.ondemand.com";
pub const CLIENT_ID: &str = "sb-apiaccess!b109482|api-portal-xsuaa!b11864";
pub const SECRET: &str = "planted+secret/$1-2=";
pub const PASSWORD: &str = "planted:password";
pub const EXTRA: &str =
    r#"{"xsappname":"planted!b1","identityzone":"tenant","nested":{"a":"planted","list":["x","y"],"none":{}}}"#;

/// A certificate with its key, as PEM.
pub struct Issued {
    pub chain: String,
    pub key: String,
}

/// One RSA certificate.
pub static RSA: LazyLock<Issued> = LazyLock::new(|| {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = leaf("rsa-client").self_signed(&key).unwrap();
    Issued { chain: certificate.pem(), key: key.serialize_pem() }
});

/// An elliptic curve certificate with two issuers; the root is left out.
pub static EC: LazyLock<Issued> = LazyLock::new(|| {
    let keys: [KeyPair; 4] = std::array::from_fn(|_| KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap());
    let [root_key, upper_key, lower_key, leaf_key] = keys;
    let root = Issuer::new(authority("Root"), &root_key);
    let upper = authority("Upper").signed_by(&upper_key, &root).unwrap();
    let upper_issuer = Issuer::new(authority("Upper"), &upper_key);
    let lower = authority("Lower").signed_by(&lower_key, &upper_issuer).unwrap();
    let lower_issuer = Issuer::new(authority("Lower"), &lower_key);
    let leaf = leaf(CLIENT_ID).signed_by(&leaf_key, &lower_issuer).unwrap();
    Issued { chain: leaf.pem() + &lower.pem() + &upper.pem(), key: leaf_key.serialize_pem() }
});

fn leaf(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, common_name);
    params
}

fn authority(common_name: &str) -> CertificateParams {
    let mut params = leaf(common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

impl Issued {
    pub fn proof(&self) -> Proof {
        let chain = Box::new(CertificateChain::parse(&self.chain).unwrap());
        Proof::Certificate { chain, private_key: PrivateKey::parse(&self.key).unwrap().pkcs8 }
    }
}

pub fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

pub fn with_secret(text: &str) -> CredentialDocument {
    CredentialDocument {
        url: Some(PortalUrl::from_stored(URL)),
        token_url: Some(TokenEndpoint::from_stored(TOKEN_URL)),
        cert_url: None,
        client_id: Some(CLIENT_ID.into()),
        proof: Proof::ClientSecret(secret(text)),
        extra: None,
    }
}

pub fn with_certificate(issued: &Issued) -> CredentialDocument {
    CredentialDocument { cert_url: Some(CertUrl::from_stored(CERT_URL)), proof: issued.proof(), ..with_secret("") }
}

pub fn with_extra(document: CredentialDocument, json: &str) -> CredentialDocument {
    CredentialDocument { extra: Some(Extra { json: secret(json) }), ..document }
}

static PASSWORD_BYTES: LazyLock<SecretBytes> = LazyLock::new(|| secret(PASSWORD));

pub fn export(format: Format) -> Export<'static> {
    Export {
        format,
        name: "portal-eu10",
        password: Some(&PASSWORD_BYTES),
        legacy: false,
        keystore: KeyStoreKind::Pkcs12,
    }
}
