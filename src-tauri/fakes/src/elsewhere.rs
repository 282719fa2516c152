//! What API portals of real tenants generate: certificates of authorities that nobody here knows, and documents.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    credential::KeyAlgorithm,
    id::SecretId,
    pki::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec},
    ports::Clock,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::World;

/// A certificate with its key, as documents carry them.
pub struct Leaf {
    pub client_id: String,
    /// PEM, with real line breaks.
    pub chain: String,
    /// PKCS#8 in PEM, with real line breaks.
    pub key: String,
    /// PKCS#8 DER, as the keychain has it.
    pub key_der: Vec<u8>,
}

impl World {
    /// A certificate that another authority issued for `client_id` now, valid for a year.
    pub fn leaf(&self, client_id: &str) -> Leaf {
        let now = self.clock.now();
        self.leaf_of(client_id, now, now + TimeDelta::days(365))
    }

    /// The same with another validity.
    pub fn leaf_of(&self, client_id: &str, not_before: DateTime<Utc>, not_after: DateTime<Utc>) -> Leaf {
        let spec = |common_name: &str, not_after: DateTime<Utc>| CertificateSpec {
            common_name: common_name.into(),
            organizational_unit: "Elsewhere".into(),
            serial: [0x41; 16],
            not_before: not_before.trunc_subsecs(0),
            not_after: not_after.trunc_subsecs(0),
        };
        let of_authority = spec("An authority elsewhere", not_after + TimeDelta::days(365));
        let authority =
            self.issuer.generate_authority(&AuthorityPurpose::Clients, &of_authority).expect("an authority");
        let known = Authority {
            purpose: AuthorityPurpose::Clients,
            certificate_pem: authority.chain_pem,
            not_after: of_authority.not_after,
            secret: SecretId(Uuid::nil()),
            created_at: not_before,
        };
        let spec = spec(client_id, not_after);
        let leaf =
            self.issuer.generate_leaf(&known, &authority.private_key, KeyAlgorithm::P256, &spec).expect("a leaf");
        // EXPOSE: it becomes part of a document.
        let key_der = leaf.private_key.expose().to_vec();
        Leaf { client_id: client_id.into(), chain: leaf.chain_pem, key: pem("PRIVATE KEY", &key_der), key_der }
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = (0..base64.len()).step_by(64).map(|at| &base64[at..(at + 64).min(base64.len())]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The document that an API portal generates, with a certificate.
pub fn certificate_document(portal: &str, leaf: &Leaf) -> String {
    let document = json!({
        "url": format!("https://{portal}.example.com"),
        "tokenurl": format!("https://{portal}.auth.example.com/oauth/token"),
        "certurl": format!("https://{portal}.auth.cert.example.com"),
        "certificate": leaf.chain,
        "key": leaf.key,
    });
    document.to_string()
}

/// The document that an API portal generates, with a client secret of this client.
pub fn secret_document(portal: &str, client_id: &str, secret: &str) -> String {
    let document = json!({
        "url": format!("https://{portal}.example.com"),
        "tokenUrl": format!("https://{portal}.auth.example.com/oauth/token"),
        "clientId": client_id,
        "clientSecret": secret,
    });
    document.to_string()
}

/// The same document with further members.
pub fn with_members(document: &str, further: &Value) -> String {
    let mut document: Value = serde_json::from_str(document).expect("JSON");
    let members = document.as_object_mut().expect("an object");
    members.extend(further.as_object().expect("an object").clone());
    document.to_string()
}
