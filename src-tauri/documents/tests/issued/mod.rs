//! Certificates, keys and documents for the tests, issued anew in each run.

#![allow(dead_code, reason = "each test file takes what it needs")]

use std::{
    io::{Cursor, Write},
    process::{Command, Stdio},
    sync::OnceLock,
};

use chrono::{DateTime, TimeZone, Utc};
use documents::{Candidate, Finding, Options, Recognition, SecretBytes, Stop, recognise};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256,
    PKCS_RSA_SHA256, RsaKeySize, date_time_ymd,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The secret of the documents here.
pub const SECRET: &str = "pl4nted+s3cr3t/$=";

/// A document with a client secret, as a portal generates it.
pub const SECRET_DOCUMENT: &str = r#"{
  "url": "https://sales.example.com",
  "tokenUrl": "https://auth.example.com/oauth/token",
  "clientId": "sb-sales!b1",
  "clientSecret": "pl4nted+s3cr3t/$="
}
"#;

/// The URLs of a document with a certificate.
pub const URLS: [(&str, &str); 3] = [
    ("url", "https://sales.example.com"),
    ("tokenurl", "https://auth.example.com/oauth/token"),
    ("certurl", "https://auth.cert.example.com"),
];

/// The present moment of the tests: in the middle of the certificates' year.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap()
}

/// A certificate chain and its key, both as PEM.
#[derive(Clone)]
pub struct Pair {
    pub chain: String,
    pub key: String,
}

/// How a chain differs from the usual one.
#[derive(Clone, Copy)]
pub struct Variation {
    pub common_name: Option<&'static str>,
    /// Year and month in which the intermediate ends.
    pub intermediate_ends: (i32, u8),
}

pub const USUAL: Variation = Variation { common_name: Some("sb-sales!b1"), intermediate_ends: (2040, 1) };

/// A chain of leaf and intermediate, and the root apart; the leaf is valid in 2026.
pub fn issue(key: &KeyPair, variation: Variation) -> (Pair, String) {
    let authority = |name: &str, (year, month): (i32, u8)| {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, month, 1);
        (params, KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap())
    };
    let (root_params, root_key) = authority("Root", (2045, 1));
    let root = root_params.self_signed(&root_key).unwrap();
    let root_issuer = Issuer::new(root_params, root_key);
    let (intermediate_params, intermediate_key) = authority("Intermediate", variation.intermediate_ends);
    let intermediate = intermediate_params.signed_by(&intermediate_key, &root_issuer).unwrap();
    let issuer = Issuer::new(intermediate_params, intermediate_key);

    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Drawbridge");
    if let Some(name) = variation.common_name {
        params.distinguished_name.push(DnType::CommonName, name);
    }
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    let leaf = params.signed_by(key, &issuer).unwrap();
    let pair = Pair { chain: format!("{}{}", leaf.pem(), intermediate.pem()), key: key.serialize_pem() };
    (pair, root.pem())
}

/// A new pair with a P-256 key.
pub fn new_p256(variation: Variation) -> Pair {
    issue(&KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap(), variation).0
}

/// A pair with a P-256 key, the same one in the whole run.
pub fn p256() -> Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| new_p256(USUAL)).clone()
}

/// A pair with an RSA key of 2048 bits, the same one in the whole run.
pub fn rsa() -> Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    let new = || issue(&KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap(), USUAL).0;
    PAIR.get_or_init(new).clone()
}

/// An object with one member a line, indented by two spaces.
pub fn json(members: &[(&str, &str)]) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let lines: Vec<String> = members.iter().map(|(key, value)| format!("  {}: {}", text(key), text(value))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// A document with a certificate: `certificate` in line 5, `key` in line 6.
pub fn certificate_document(chain: &str, key: &str) -> String {
    json(&[URLS[0], URLS[1], URLS[2], ("certificate", chain), ("key", key)])
}

/// Recognises at the present moment of the tests, without a password.
pub fn recognised(bytes: impl AsRef<[u8]>) -> Recognition {
    recognise(bytes.as_ref(), &Options { now: now(), password: None, stop: &Stop::NEVER })
}

/// The same with a password.
pub fn recognised_with(bytes: impl AsRef<[u8]>, password: &str) -> Recognition {
    let password = SecretBytes::new(password.as_bytes().to_vec());
    recognise(bytes.as_ref(), &Options { now: now(), password: Some(&password), stop: &Stop::NEVER })
}

/// The only credentials of a document.
pub fn only(bytes: impl AsRef<[u8]>) -> Candidate {
    let Recognition { findings, mut candidates, .. } = recognised(&bytes);
    let text = String::from_utf8_lossy(bytes.as_ref());
    assert_eq!(candidates.len(), 1, "{findings:?}\n{text}");
    candidates.remove(0)
}

/// Everything that is said about a document, in the order in which it is shown.
pub fn findings_of(recognition: &Recognition) -> Vec<Finding> {
    recognition.findings.iter().chain(recognition.candidates.iter().flat_map(|one| &one.findings)).cloned().collect()
}

/// Runs `openssl` with `input` on its standard input.
pub fn openssl(arguments: &[&str], input: &str) -> String {
    let output = openssl_bytes(arguments, input.as_bytes());
    String::from_utf8(output).unwrap()
}

pub fn openssl_bytes(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut openssl = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command openssl, which the setup installs");
    openssl.stdin.take().unwrap().write_all(input).unwrap();
    let output = openssl.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}");
    output.stdout
}

/// A zip archive of files with their names.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A PKCS#12 container as OpenSSL writes it.
pub fn container(pair: &Pair, password: &str) -> Vec<u8> {
    let pass = format!("pass:{password}");
    let input = format!("{}{}", pair.key, pair.chain);
    openssl_bytes(&["pkcs12", "-export", "-name", "sales", "-iter", "2048", "-passout", &pass], input.as_bytes())
}
