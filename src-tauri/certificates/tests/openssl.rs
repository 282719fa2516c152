//! A program that is not ours confirms what is issued: `openssl`.

use std::{fs, path::PathBuf, process::Command};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{AccessDocument, Clock, CredentialKind, GenerateKind, KeyAlgorithm};
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
        let document = AccessDocument::parse(&world.document(credential.id), world.clock.now()).expect("the document");
        let CredentialKind::Certificate(chain) = &document.facts.kind else { panic!("expected a certificate") };
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
        write("key.der", document.secret.expose());
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What `openssl` prints, and whether it is content.
    fn openssl(&self, arguments: &[&str]) -> (String, bool) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the command openssl, which the setup installs");
        (String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(), output.status.success())
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
