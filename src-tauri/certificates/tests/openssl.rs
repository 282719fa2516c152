//! A program that is not ours confirms what is issued: `openssl`.

use std::{fs, path::PathBuf, process::Command};

use certificates::RcgenIssuer;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Authority, CertificateIssuer, CertificateSpec, CredentialKind, GenerateKind, IssuedCertificate, KeyAlgorithm,
    SecretBytes, SecretStore, id::SecretId,
};
use tempfile::TempDir;

#[path = "../../domain/tests/fakes/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the workflow tests use the rest")]
mod fakes;

use fakes::{World, world};

/// A generated credential as files.
struct Files {
    folder: TempDir,
    client_id: String,
    created_at: DateTime<Utc>,
}

impl Files {
    /// Generates a credential in an installation of its own and writes down what its document holds.
    fn of(algorithm: KeyAlgorithm) -> Self {
        let world: World = world();
        world.issuer.use_real_rsa();
        let (_, credential) = world.portal_with("Sales", GenerateKind::Certificate(algorithm));
        let CredentialKind::Certificate(chain) = &credential.kind else { panic!("expected a certificate") };
        let secret = world.keychain.get(credential.secret().expect("a secret")).expect("its item");
        let (leaf, authority) =
            chain.pem.split_once("-----END CERTIFICATE-----\n").expect("a chain of leaf and authority");
        let files = Self {
            folder: TempDir::new().expect("a folder"),
            client_id: credential.client_id,
            created_at: credential.created_at,
        };
        let write = |name: &str, contents: &[u8]| fs::write(files.path(name), contents).expect("a file");
        write("leaf.pem", format!("{leaf}-----END CERTIFICATE-----\n").as_bytes());
        write("authority.pem", authority.as_bytes());
        // EXPOSE: the key of a test, for the program that checks it.
        write("key.der", secret.expose());
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn openssl(&self, arguments: &[&str]) -> (String, bool) {
        openssl(&self.folder, arguments)
    }

    fn print(&self, arguments: &[&str]) -> String {
        let (printed, content) = self.openssl(arguments);
        assert!(content, "openssl {arguments:?}: {printed}");
        printed
    }

    /// Whether the chain verifies for a TLS client at that moment.
    fn verify(&self, authority: &str, at: DateTime<Utc>) -> (String, bool) {
        let at = at.timestamp().to_string();
        self.openssl(&[
            "verify",
            "-x509_strict",
            "-purpose",
            "sslclient",
            "-attime",
            &at,
            "-CAfile",
            authority,
            "leaf.pem",
        ])
    }

    fn moment(&self, which: &str) -> DateTime<Utc> {
        let printed = self.print(&["x509", "-in", "leaf.pem", "-noout", which, "-dateopt", "iso_8601"]);
        let (_, moment) = printed.trim().split_once('=').expect("name=moment");
        moment.replace(' ', "T").parse().expect("a moment")
    }
}

fn assert_openssl_confirms(algorithm: KeyAlgorithm, key: &str) {
    let files = Files::of(algorithm);

    let (printed, verified) = files.verify("authority.pem", files.created_at);
    assert!(verified && printed.contains("leaf.pem: OK"), "the chain verifies: {printed}");

    let of_key = files.print(&["pkey", "-inform", "DER", "-in", "key.der", "-pubout"]);
    let of_certificate = files.print(&["x509", "-in", "leaf.pem", "-noout", "-pubkey"]);
    assert_eq!(of_key, of_certificate, "the key belongs to the certificate");
    let checked = files.print(&["pkey", "-inform", "DER", "-in", "key.der", "-noout", "-check"]);
    assert!(checked.contains("Key is valid"), "{checked}");
    let text = files.print(&["x509", "-in", "leaf.pem", "-noout", "-text"]);
    assert!(text.contains(key), "the key is of the wanted kind: {text}");

    let (start, end) = (files.moment("-startdate"), files.moment("-enddate"));
    assert_eq!(end - start, TimeDelta::days(365), "valid for 365 days, to the second");
    assert_eq!(start.timestamp(), files.created_at.timestamp(), "counted from the generation");

    let extension = |certificate: &str, name: &str| files.print(&["x509", "-in", certificate, "-noout", "-ext", name]);
    let usage = extension("leaf.pem", "extendedKeyUsage");
    assert!(usage.trim_end().ends_with("TLS Web Client Authentication"), "for clients only: {usage}");
    let usage = extension("leaf.pem", "keyUsage");
    assert!(usage.contains("critical") && usage.trim_end().ends_with("Digital Signature"), "{usage}");
    let leaf = extension("leaf.pem", "basicConstraints");
    assert!(leaf.contains("CA:FALSE"), "a credential signs no certificates: {leaf}");
    let authority = extension("authority.pem", "basicConstraints");
    assert!(authority.contains("critical") && authority.contains("CA:TRUE, pathlen:0"), "{authority}");
    let usage = extension("authority.pem", "keyUsage");
    assert!(usage.trim_end().ends_with("Certificate Sign, CRL Sign"), "the authority does nothing else: {usage}");

    let subject = files.print(&["x509", "-in", "leaf.pem", "-noout", "-subject", "-nameopt", "multiline,utf8"]);
    let common_name = subject.lines().find_map(|line| line.trim().strip_prefix("commonName")).expect("a common name");
    assert_eq!(common_name.trim_start_matches([' ', '=']), files.client_id, "consumers find the client id there");
}

#[test]
fn openssl_confirms_an_rsa_credential() {
    assert_openssl_confirms(KeyAlgorithm::Rsa2048, "Public-Key: (2048 bit)");
}

#[test]
fn openssl_confirms_a_p_256_credential() {
    assert_openssl_confirms(KeyAlgorithm::P256, "ASN1 OID: prime256v1");
}

#[test]
fn openssl_refuses_a_credential_before_and_after_its_time_and_under_another_authority() {
    let files = Files::of(KeyAlgorithm::P256);
    let valid = files.created_at + TimeDelta::days(365);
    assert!(files.verify("authority.pem", valid - TimeDelta::seconds(1)).1, "valid to the last second");
    let (printed, verified) = files.verify("authority.pem", valid + TimeDelta::seconds(1));
    assert!(!verified && printed.contains("certificate has expired"), "{printed}");
    let (printed, verified) = files.verify("authority.pem", files.created_at - TimeDelta::seconds(2));
    assert!(!verified && printed.contains("not yet valid"), "{printed}");

    let other = Files::of(KeyAlgorithm::P256);
    let foreign = other.path("authority.pem");
    let (printed, verified) = files.verify(foreign.to_str().expect("a path"), files.created_at);
    assert!(!verified, "every installation has an authority of its own: {printed}");
}

#[test]
fn every_certificate_has_a_serial_number_of_its_own() {
    let world = world();
    let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
    for _ in 0..3 {
        world.drawbridge.regenerate_credentials(portal.id, World::CERTIFICATE).expect("a credential");
    }
    let folder = TempDir::new().expect("a folder");
    let mut serials: Vec<String> = world
        .repository
        .tables()
        .credentials
        .values()
        .map(|credential| {
            let CredentialKind::Certificate(chain) = &credential.kind else { panic!("expected a certificate") };
            let file = folder.path().join("chain.pem");
            fs::write(&file, &chain.pem).expect("a file");
            let output = Command::new("openssl").args(["x509", "-noout", "-serial", "-in"]).arg(&file).output();
            String::from_utf8(output.expect("openssl").stdout).expect("a text").trim().to_owned()
        })
        .collect();
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 4, "RFC 5280 §4.1.2.2: unique for each certificate of an authority");
    for serial in serials {
        let digits = serial.strip_prefix("serial=").expect("a serial number");
        assert_eq!(digits.len(), 32, "16 bytes, positive and without leading zeros: {digits}");
    }
}

/// What `openssl` prints about the files of a folder, and whether it is content.
fn openssl(folder: &TempDir, arguments: &[&str]) -> (String, bool) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("the command openssl, which the setup installs");
    (String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(), output.status.success())
}

fn spec(common_name: &str, serial: u8, days: i64) -> CertificateSpec {
    let now = DateTime::from_timestamp(1_790_000_000, 0).expect("a moment");
    CertificateSpec {
        common_name: common_name.into(),
        organizational_unit: "Token service".into(),
        serial: [serial; 16],
        not_before: now,
        not_after: now + TimeDelta::days(days),
    }
}

/// An authority and its key.
fn authority() -> (Authority, SecretBytes) {
    let spec = spec("Drawbridge CA", 1, 3650);
    let IssuedCertificate { chain_pem, private_key } = RcgenIssuer.generate_authority(&spec).expect("an authority");
    let (not_after, created_at) = (spec.not_after, spec.not_before);
    let secret = SecretId(uuid::Uuid::nil());
    (Authority { certificate_pem: chain_pem, not_after, secret, created_at }, private_key)
}

/// A server certificate for `names` in `leaf.pem`, its issuer in `authority.pem`, its key in `key.der`.
fn server(names: &[&str]) -> TempDir {
    let (authority, authority_key) = authority();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let issued = RcgenIssuer
        .generate_server_leaf(&authority, &authority_key, &names, &spec("localhost", 2, 365))
        .expect("a server certificate");
    let leaf = issued.chain_pem.strip_suffix(&authority.certificate_pem).expect("the chain ends with the authority");
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, contents: &[u8]| fs::write(folder.path().join(name), contents).expect("a file");
    write("leaf.pem", leaf.as_bytes());
    write("authority.pem", authority.certificate_pem.as_bytes());
    // EXPOSE: the key of a test, for the program that checks it.
    write("key.der", issued.private_key.expose());
    folder
}

fn verify_server(folder: &TempDir, extra: &[&str]) -> (String, bool) {
    let fixed =
        ["verify", "-x509_strict", "-purpose", "sslserver", "-attime", "1790000001", "-CAfile", "authority.pem"];
    openssl(folder, &[&fixed, extra, &["leaf.pem"]].concat())
}

#[test]
fn openssl_confirms_a_server_certificate_under_each_of_its_names_and_under_no_other() {
    let folder = server(&["localhost", "127.0.0.1", "::1", "portal.example.com"]);
    for name in [
        ["-verify_hostname", "localhost"],
        ["-verify_hostname", "portal.example.com"],
        ["-verify_ip", "127.0.0.1"],
        ["-verify_ip", "::1"],
    ] {
        let (printed, verified) = verify_server(&folder, &name);
        assert!(verified && printed.contains("leaf.pem: OK"), "{name:?}: {printed}");
    }
    for (name, why) in [
        (["-verify_hostname", "example.com"], "hostname mismatch"),
        (["-verify_hostname", "127.0.0.1"], "hostname mismatch"),
        (["-verify_ip", "127.0.0.2"], "IP address mismatch"),
    ] {
        let (printed, verified) = verify_server(&folder, &name);
        assert!(!verified && printed.contains(why), "{name:?}: {printed}");
    }
}

#[test]
fn a_server_certificate_is_for_servers_only_and_has_a_key_on_p_256() {
    let folder = server(&["localhost"]);
    let print = |arguments: &[&str]| {
        let (printed, content) = openssl(&folder, arguments);
        assert!(content, "openssl {arguments:?}: {printed}");
        printed
    };
    let text = print(&["x509", "-in", "leaf.pem", "-noout", "-text"]);
    for part in [
        "ASN1 OID: prime256v1",
        "CN = localhost",
        "X509v3 Key Usage: critical\n                Digital Signature\n",
        "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
        "X509v3 Subject Alternative Name: \n                DNS:localhost\n",
        "X509v3 Basic Constraints: critical\n                CA:FALSE\n",
        "X509v3 Subject Key Identifier",
        "X509v3 Authority Key Identifier",
    ] {
        assert!(text.contains(part), "{part:?} is missing: {text}");
    }
    let of_key = print(&["pkey", "-inform", "DER", "-in", "key.der", "-pubout"]);
    assert_eq!(of_key, print(&["x509", "-in", "leaf.pem", "-noout", "-pubkey"]), "the key belongs to the certificate");
    let purpose = ["verify", "-purpose", "sslclient", "-attime", "1790000001", "-CAfile", "authority.pem", "leaf.pem"];
    let (printed, verified) = openssl(&folder, &purpose);
    assert!(!verified, "a stolen server key is no credential: {printed}");
}

#[test]
fn a_name_that_no_certificate_can_carry_is_refused() {
    let (authority, authority_key) = authority();
    RcgenIssuer
        .generate_server_leaf(&authority, &authority_key, &["müller.example".into()], &spec("localhost", 2, 365))
        .expect_err("a host name is written in ASCII there (RFC 5280 §4.2.1.6)");
}

#[test]
fn openssl_confirms_a_signing_key_for_es256() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, key: &SecretBytes| {
        // EXPOSE: the key of a test, for the program that checks it.
        fs::write(folder.path().join(name), key.expose()).expect("a file");
    };
    let (one, two) =
        (RcgenIssuer.generate_signing_key().expect("a key"), RcgenIssuer.generate_signing_key().expect("another"));
    // EXPOSE: two keys of a test, to compare them.
    assert_ne!(one.expose(), two.expose(), "each installation has a key of its own");
    write("key.der", &one);
    write("message", &two);
    let (printed, valid) = openssl(&folder, &["pkey", "-inform", "DER", "-in", "key.der", "-noout", "-check", "-text"]);
    assert!(valid && printed.contains("Key is valid") && printed.contains("prime256v1"), "{printed}");
    let sign = ["dgst", "-sha256", "-sign", "key.der", "-keyform", "DER", "-out", "signature", "message"];
    let (printed, signed) = openssl(&folder, &sign);
    assert!(signed, "{printed}");
}
