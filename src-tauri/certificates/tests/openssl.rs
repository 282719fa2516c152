//! A program that is not ours confirms what is issued: `openssl`.

use std::{fs, path::PathBuf, process::Command};

use certificates::RcgenIssuer;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    credential::{CredentialKind, GenerateKind, KeyAlgorithm},
    documents::SecretBytes,
    id::SecretId,
    pki::{Authority, AuthorityPurpose, CertificateIssuer, CertificateSpec, IssuedCertificate},
    ports::SecretStore,
};
use fakes::{World, world};
use tempfile::TempDir;

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
    let usage = extension("authority.pem", "extendedKeyUsage");
    assert!(usage.trim_end().ends_with("TLS Web Client Authentication"), "and it vouches for clients only: {usage}");

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
        world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).expect("a credential");
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
fn authority(purpose: AuthorityPurpose) -> (Authority, SecretBytes) {
    let spec = spec(purpose.common_name(), 1, 3650);
    let issued = RcgenIssuer.generate_authority(&purpose, &spec).expect("an authority");
    let IssuedCertificate { chain_pem, private_key } = issued;
    let (not_after, created_at) = (spec.not_after, spec.not_before);
    let secret = SecretId(uuid::Uuid::nil());
    (Authority { purpose, certificate_pem: chain_pem, not_after, secret, created_at }, private_key)
}

/// The authority of a token service that was given a host name and an address of its own.
fn server_authority() -> (Authority, SecretBytes) {
    let names = ["localhost", "127.0.0.1", "::1", "portal.example.com", "10.0.0.7"].map(str::to_owned);
    authority(AuthorityPurpose::Server { names: names.into() })
}

/// A server certificate for `names` in `leaf.pem`, its issuer in `authority.pem`, its key in `key.der`.
fn server(names: &[&str]) -> TempDir {
    server_under(&server_authority(), names)
}

/// The same under an authority, whatever that one is for: who holds its key can sign what he likes.
fn server_under((authority, authority_key): &(Authority, SecretBytes), names: &[&str]) -> TempDir {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let issued = RcgenIssuer
        .generate_server_leaf(authority, authority_key, &names, &spec("localhost", 2, 365))
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

/// Names that servers of others have, alone and beside one of ours.
const FOREIGN: [&[&str]; 7] = [
    &["portal.example.net"],
    &["accounts.example.com", "localhost"],
    &["example.com"],
    &["notlocalhost"],
    &["10.0.0.8"],
    &["192.168.1.1", "127.0.0.1"],
    &["2001:db8::1"],
];

/// A4: whoever gets hold of the authority's key can pose as this token service, and as nobody else.
#[test]
fn openssl_accepts_no_server_of_others_under_the_server_authority() {
    let text = {
        let (printed, content) = openssl(&server(&["localhost"]), &["x509", "-in", "authority.pem", "-noout", "-text"]);
        assert!(content, "{printed}");
        printed
    };
    for part in [
        "X509v3 Name Constraints: critical\n",
        "Permitted:\n                  DNS:localhost\n                  IP:127.0.0.0/255.0.0.0\n",
        "DNS:portal.example.com\n                  IP:10.0.0.7/255.255.255.255\n",
        "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
        "CA:TRUE, pathlen:0\n",
    ] {
        assert!(text.contains(part), "{part:?} is missing: {text}");
    }
    for own in [&["localhost"][..], &["127.0.0.1", "127.8.9.10", "::1"], &["portal.example.com", "10.0.0.7"]] {
        let (printed, verified) = verify_server(&server(own), &[]);
        assert!(verified, "{own:?}: {printed}");
    }
    for foreign in FOREIGN {
        let (printed, verified) = verify_server(&server(foreign), &[]);
        assert!(!verified && printed.contains("permitted subtree violation"), "{foreign:?}: {printed}");
    }
    // Software that looks for the host in the subject finds it there only where it may be.
    let (authority, key) = server_authority();
    let issued = RcgenIssuer.generate_server_leaf(&authority, &key, &[], &spec("portal.example.net", 2, 365));
    let folder = server(&["localhost"]);
    fs::write(folder.path().join("leaf.pem"), issued.expect("a certificate").chain_pem).expect("a file");
    let (printed, verified) = verify_server(&folder, &["-verify_hostname", "portal.example.net"]);
    assert!(!verified, "{printed}");
}

/// A4: the key that signs client certificates is worth nothing for posing as a server.
#[test]
fn openssl_accepts_no_server_at_all_under_the_client_authority() {
    let clients = authority(AuthorityPurpose::Clients);
    for names in FOREIGN.into_iter().chain([&["localhost"][..], &["127.0.0.1"], &["::1"]]) {
        let folder = server_under(&clients, names);
        let (printed, verified) = verify_server(&folder, &[]);
        assert!(!verified && printed.contains("excluded subtree violation"), "{names:?}: {printed}");
    }
    let folder = server_under(&clients, &[]);
    let (printed, verified) = verify_server(&folder, &[]);
    assert!(!verified, "a server without a name neither: {printed}");
    let (printed, verified) = openssl(
        &folder,
        &["verify", "-purpose", "sslserver", "-attime", "1790000001", "-CAfile", "authority.pem", "authority.pem"],
    );
    assert!(!verified, "not even itself: {printed}");
}

/// A4: and the key of the server authority signs no client.
#[test]
fn openssl_accepts_no_client_under_the_server_authority() {
    let (authority, key) = server_authority();
    let issued = RcgenIssuer
        .generate_leaf(&authority, &key, KeyAlgorithm::P256, &spec("sb-apiaccess_1!b1|x", 2, 365))
        .expect("a certificate");
    let folder = server(&["localhost"]);
    let write = |name: &str, pem: &str| fs::write(folder.path().join(name), pem).expect("a file");
    write("authority.pem", &authority.certificate_pem);
    write("leaf.pem", &issued.chain_pem);
    let purpose = ["verify", "-purpose", "sslclient", "-attime", "1790000001", "-CAfile", "authority.pem", "leaf.pem"];
    let (printed, verified) = openssl(&folder, &purpose);
    assert!(!verified && printed.contains("unsuitable certificate purpose"), "{printed}");
}

/// A4: Node.js and Python, each as server and client in one, judge as OpenSSL's own command does.
#[test]
fn node_and_python_connect_to_this_service_and_to_no_server_of_others() {
    const NODE: &str = r#"
        const { readFileSync: read } = require('fs'), tls = require('tls')
        const [name] = process.argv.slice(1)
        // What openssl wrote: the key is PKCS#8.
        const key = `-----BEGIN PRIVATE KEY-----\n${read('key.der').toString('base64')}\n-----END PRIVATE KEY-----\n`
        const server = tls.createServer({ cert: read('leaf.pem'), key }, (socket) => socket.end('hello'))
        server.on('tlsClientError', () => {})
        server.listen(0, '127.0.0.1', () => {
            const checkServerIdentity = (_, certificate) => tls.checkServerIdentity(name, certificate)
            const { port } = server.address()
            const client = tls.connect({ port, host: '127.0.0.1', ca: read('authority.pem'), checkServerIdentity })
            const end = (text) => { console.log(text); process.exit(0) }
            client.on('secureConnect', () => end('connected')).on('error', (error) => end(error.message))
        })"#;
    const PYTHON: &str = r#"
import ssl, sys
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
import base64
with open('key.pem', 'w') as file:
    file.write('-----BEGIN PRIVATE KEY-----\n' + base64.encodebytes(open('key.der', 'rb').read()).decode()
               + '-----END PRIVATE KEY-----\n')
server.load_cert_chain('leaf.pem', 'key.pem')
client = ssl.create_default_context(cafile='authority.pem')
up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
ends = [client.wrap_bio(down, up, server_hostname=sys.argv[1]), server.wrap_bio(up, down, server_side=True)]
done = [False, False]
try:
    while not all(done):
        for index, end in enumerate(ends):
            try:
                end.do_handshake()
                done[index] = True
            except ssl.SSLWantReadError:
                pass
    print('connected')
except ssl.SSLCertVerificationError as error:
    print(error.verify_message)
"#;
    let run = |folder: &TempDir, program: &str, flag: &str, script: &str, name: &str| {
        let output = Command::new(program).args([flag, script, name]).current_dir(folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{program}, which the setup installs: {error}"));
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).trim().to_owned();
        (said == "connected", said)
    };
    let judge = |folder: &TempDir, name: &str| {
        [run(folder, "node", "-e", NODE, name), run(folder, "python3", "-c", PYTHON, name)]
    };
    let now = Utc::now().trunc_subsecs(0);
    let spec = |name: &str, days| CertificateSpec {
        not_before: now - TimeDelta::days(1),
        not_after: now + TimeDelta::days(days),
        ..spec(name, 3, days)
    };
    let purpose = server_authority().0.purpose;
    let issued = RcgenIssuer.generate_authority(&purpose, &spec("CA", 3650)).expect("an authority");
    let authority = Authority { certificate_pem: issued.chain_pem, ..server_authority().0 };
    let under = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let leaf = RcgenIssuer
            .generate_server_leaf(&authority, &issued.private_key, &names, &spec("a server", 365))
            .expect("a server certificate");
        let folder = TempDir::new().expect("a folder");
        let write = |name: &str, contents: &[u8]| fs::write(folder.path().join(name), contents).expect("a file");
        write("leaf.pem", leaf.chain_pem.as_bytes());
        write("authority.pem", authority.certificate_pem.as_bytes());
        // EXPOSE: the key of a test, for the programs that use it.
        write("key.der", leaf.private_key.expose());
        folder
    };
    for own in ["localhost", "127.0.0.1", "portal.example.com"] {
        for (connected, said) in judge(&under(&[own]), own) {
            assert!(connected, "{own}: {said}");
        }
    }
    for foreign in ["portal.example.net", "10.0.0.8"] {
        for (connected, said) in judge(&under(&[foreign]), foreign) {
            assert!(!connected && said.to_lowercase().contains("permitted"), "{foreign}: {said}");
        }
    }
}

#[test]
fn a_name_that_no_certificate_can_carry_is_refused() {
    let (authority, authority_key) = server_authority();
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
