//! Certificates and keys as documents carry them, in every form and every state, made by the real openssl: each variant is
//! recognised and comes out byte for byte as it was before the damage.

use std::{path::Path, process::Command, sync::OnceLock, thread};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Utc;
use documents::{
    FindingKind, Options, Part,
    PemRepair::{self, *},
    PrivateKey, Proof, Recognition, Severity, Shape, Stop, recognise,
};
use serde_json::json;

/// The key pairs of the leaves, by the name of their file and the options that make them.
const LEAVES: [(&str, &str); 3] = [
    ("rsa2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
    ("rsa4096", "-algorithm RSA -pkeyopt rsa_keygen_bits:4096"),
    ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
];

/// The forms of private keys, with the options that write them.
const KEYS: [(usize, &str, &str); 6] = [
    (0, "RSA PRIVATE KEY", "rsa -traditional"),
    (0, "PRIVATE KEY", "pkcs8 -topk8 -nocrypt"),
    (1, "RSA PRIVATE KEY", "rsa -traditional"),
    (1, "PRIVATE KEY", "pkcs8 -topk8 -nocrypt"),
    (2, "EC PRIVATE KEY", "ec"),
    (2, "PRIVATE KEY", "pkcs8 -topk8 -nocrypt"),
];

/// The longest chain without a root.
const LONGEST: usize = 4;

const CLIENT_ID: &str = "sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864";

struct Made {
    /// The root, and three authorities below it, each issued by the one before; PEM.
    authorities: Vec<String>,
    leaves: Vec<Leaf>,
    /// As in [`KEYS`]; PEM.
    keys: Vec<String>,
}

struct Leaf {
    /// Its certificate by the authority that issued it; PEM.
    by_issuer: Vec<String>,
    /// PKCS#8 DER.
    key: Vec<u8>,
}

fn openssl(folder: &Path, arguments: &str) -> Vec<u8> {
    let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().expect("openssl runs");
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Made once, since a key of 4096 bits takes seconds.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let text = |arguments: &str| String::from_utf8(openssl(folder, arguments)).expect("PEM");
        let configuration = "[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nO=Drawbridge\nCN=$ENV::NAME\n\
             [authority]\nbasicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n\
             authorityKeyIdentifier=keyid\n[leaf]\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
        std::fs::write(folder.join("conf"), configuration).expect("a file");
        thread::scope(|scope| {
            for (name, options) in LEAVES {
                scope.spawn(move || openssl(folder, &format!("genpkey {options} -out {name}.key")));
            }
            for number in 0..LONGEST {
                let options = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
                scope.spawn(move || openssl(folder, &format!("genpkey {options} -out ca{number}.key")));
            }
        });
        let issue = |name: &str, extensions: &str, key: &str, issuer: Option<usize>| {
            let issuer = issuer.map_or(String::new(), |number| format!(" -CA ca{number}.pem -CAkey ca{number}.key"));
            let request = "req -x509 -config conf -sha256 -days 300";
            let arguments = format!("{request} -extensions {extensions} -key {key}.key{issuer}");
            let output = Command::new("openssl")
                .args(arguments.split(' '))
                .env("NAME", name)
                .current_dir(folder)
                .output()
                .expect("openssl runs");
            assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("PEM")
        };
        let authorities = (0..LONGEST).map(|number| {
            let key = format!("ca{number}");
            let certificate = issue(&format!("Authority {number}"), "authority", &key, number.checked_sub(1));
            std::fs::write(folder.join(format!("ca{number}.pem")), &certificate).expect("a file");
            certificate
        });
        let authorities = authorities.collect();
        let leaves = LEAVES.map(|(name, _)| Leaf {
            by_issuer: (0..LONGEST).map(|issuer| issue(CLIENT_ID, "leaf", name, Some(issuer))).collect(),
            key: openssl(folder, &format!("pkcs8 -topk8 -nocrypt -outform DER -in {name}.key")),
        });
        let keys = KEYS.map(|(leaf, label, command)| {
            let key = text(&format!("{command} -in {}.key", LEAVES[leaf].0));
            assert!(
                key.starts_with(&format!("-----BEGIN {label}-----\n")),
                "openssl writes what is asked for: {label}"
            );
            key
        });
        Made { authorities, leaves: leaves.into(), keys: keys.into() }
    })
}

/// What happens to the text of certificate and key, and how it is called when it was put right.
type Damage = (&'static str, fn(&str) -> String, &'static [PemRepair]);

const UNDAMAGED: Damage = ("undamaged", str::to_owned, &[]);

const DAMAGES: [Damage; 22] = [
    UNDAMAGED,
    ("no final line break", |text| text.trim_end().to_owned(), &[]),
    ("\\n", |text| text.replace('\n', "\\n"), &[EscapedLineBreaks]),
    ("\\\\n", |text| text.replace('\n', "\\\\n"), &[DoublyEscapedLineBreaks]),
    ("\\r\\n", |text| text.replace('\n', "\\r\\n"), &[EscapedLineBreaks, CarriageReturns]),
    ("\\\\r\\\\n", |text| text.replace('\n', "\\\\r\\\\n"), &[DoublyEscapedLineBreaks, CarriageReturns]),
    ("\\n and \\/", |text| text.replace('\n', "\\n").replace('/', "\\/"), &[EscapedLineBreaks]),
    ("CRLF", |text| text.replace('\n', "\r\n"), &[CarriageReturns]),
    ("CR", |text| text.replace('\n', "\r"), &[CarriageReturns]),
    ("CRLF, no final one", |text| text.trim_end().replace('\n', "\r\n"), &[CarriageReturns]),
    ("no line breaks", |text| text.replace('\n', ""), &[MissingLineBreaks]),
    ("spaces", |text| text.trim_end().replace('\n', " "), &[MissingLineBreaks]),
    ("tabs", |text| text.trim_end().replace('\n', "\t"), &[MissingLineBreaks]),
    ("no-break spaces", |text| text.trim_end().replace('\n', "\u{a0}"), &[MissingLineBreaks]),
    ("indented", |text| text.trim_end().replace('\n', "\n    "), &[Indentation]),
    ("indented with tabs", |text| text.trim_end().replace('\n', "\n\t"), &[Indentation]),
    ("white space at the ends of lines", |text| text.replace('\n', " \n"), &[Indentation]),
    ("blank lines", |text| text.replace('\n', "\n\n"), &[Indentation]),
    ("attributes around", |text| format!("Bag Attributes\n    localKeyID: 01\n{text}"), &[SurroundingText]),
    ("base64", |text| STANDARD.encode(text), &[Base64]),
    ("base64 of no line breaks", |text| STANDARD.encode(text.replace('\n', "")), &[MissingLineBreaks, Base64]),
    (
        "\\n and indented and attributes",
        |text| format!("subject=CN = x\n{text}").trim_end().replace('\n', "\\n  "),
        &[EscapedLineBreaks, Indentation, SurroundingText],
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DocumentShape {
    Connection,
    ApiAccess,
    Xsuaa,
}

const SHAPES: [DocumentShape; 3] = [DocumentShape::Connection, DocumentShape::ApiAccess, DocumentShape::Xsuaa];

struct Variant {
    shape: DocumentShape,
    /// Index in [`KEYS`].
    key: usize,
    /// The chain's length without the root.
    length: usize,
    /// In which order the certificates stand: 0 is the leaf, `length` the root.
    order: Vec<usize>,
    damage: Damage,
}

impl Variant {
    fn name(&self) -> String {
        let (leaf, label, _) = KEYS[self.key];
        let (damage, _, _) = self.damage;
        format!("{:?}, {} {label}, {:?} of {}, {damage}", self.shape, LEAVES[leaf].0, self.order, self.length)
    }

    /// The certificates from leaf to root; PEM.
    fn certificates(&self) -> Vec<&'static str> {
        let made = made();
        let leaf = made.leaves[KEYS[self.key].0].by_issuer[self.length - 1].as_str();
        let issuers = made.authorities[..self.length].iter().rev().map(String::as_str);
        std::iter::once(leaf).chain(issuers).collect()
    }

    fn document(&self) -> String {
        let (_, damage, _) = self.damage;
        let certificates = self.certificates();
        let certificate = damage(&self.order.iter().map(|index| certificates[*index]).collect::<String>());
        let key = damage(&made().keys[self.key]);
        let portal = "https://portal.cfapps.eu10.hana.ondemand.com";
        let token = "https://tenant.authentication.eu10.hana.ondemand.com";
        let cert = "https://tenant.authentication.cert.eu10.hana.ondemand.com";
        let document = match self.shape {
            DocumentShape::Connection => json!({
                "url": portal, "tokenurl": format!("{token}/oauth/token"), "certurl": cert,
                "certificate": certificate, "key": key,
            }),
            DocumentShape::ApiAccess => json!({
                "url": portal, "certificate": certificate, "certurl": cert, "clientId": CLIENT_ID, "privateKey": key,
                "tokenUrl": format!("{token}/oauth/token"),
            }),
            DocumentShape::Xsuaa => json!({
                "clientid": CLIENT_ID, "credential-type": "x509", "certificate": certificate, "certurl": cert,
                "key": key, "url": token, "xsappname": "apiaccess!b109482", "tenantid": "tenant",
                "identityzone": "tenant",
            }),
        };
        serde_json::to_string_pretty(&document).expect("JSON")
    }

    fn check(&self) {
        let name = self.name();
        let recognition =
            recognise(self.document().as_bytes(), &Options { now: Utc::now(), password: None, stop: &Stop::NEVER });
        let Recognition { candidates, findings, .. } = &recognition;
        assert!(findings.is_empty(), "{name}: {findings:?}");
        let [candidate] = &candidates[..] else { panic!("{name}: {} candidates", candidates.len()) };

        let expected_shape = match self.shape {
            DocumentShape::Connection => Shape::ConnectionCertificate,
            DocumentShape::ApiAccess => Shape::ApiAccessCertificate,
            DocumentShape::Xsuaa => Shape::XsuaaCertificate,
        };
        assert_eq!(candidate.shape, expected_shape, "{name}");
        let errors: Vec<_> =
            candidate.findings.iter().filter(|finding| finding.severity() == Severity::Error).collect();
        match self.shape {
            DocumentShape::Connection | DocumentShape::ApiAccess => assert!(errors.is_empty(), "{name}: {errors:?}"),
            DocumentShape::Xsuaa => {
                assert!(
                    errors.iter().all(|error| error.kind == FindingKind::MissingPart { part: Part::Url }),
                    "{name}: {errors:?}"
                );
            }
        }

        let document = candidate.document.as_ref().unwrap_or_else(|| panic!("{name}: no document"));
        assert_eq!(document.client_id.as_deref(), Some(CLIENT_ID), "{name}");
        let Proof::Certificate { chain, private_key } = &document.proof else { panic!("{name}: no certificate") };
        let expected: String = self.certificates()[..self.length].concat();
        assert_eq!(chain.pem, expected, "{name}: the certificates in order, byte for byte, as openssl writes them");
        assert_eq!(chain.length, self.length, "{name}");
        // EXPOSE: the test compares the key.
        let key = private_key.expose();
        assert!(key == made().leaves[KEYS[self.key].0].key, "{name}: the private key, byte for byte");
        assert!(PrivateKey::from_der(key).is_ok_and(|key| key.belongs_to(chain)), "{name}: the key belongs");

        let (_, _, repairs) = self.damage;
        for part in [Part::Certificate, Part::PrivateKey] {
            let named = candidate.findings.iter().find_map(|finding| {
                let FindingKind::PemRepaired { part: of, repairs } = &finding.kind else { return None };
                (*of == part).then_some(repairs.as_slice())
            });
            assert_eq!(named.unwrap_or_default(), repairs, "{name}: what was put right in {part:?}");
            assert_eq!(named.is_some(), !repairs.is_empty(), "{name}: nothing is said about nothing");
        }
        let says = |kind: FindingKind| candidate.findings.iter().any(|finding| finding.kind == kind);
        assert_eq!(says(FindingKind::ChainReordered), !self.order.is_sorted(), "{name}");
        let odd_root = self.order.contains(&self.length) && !self.order.is_sorted();
        assert_eq!(says(FindingKind::RootLeftOut), odd_root, "{name}: a root at the end of a chain is as expected");
        assert!(!says(FindingKind::StrangerLeftOut), "{name}");
    }
}

/// Every damage of every form of key.
fn damaged() -> Vec<Variant> {
    let of_damage = |(number, damage)| {
        (0..KEYS.len()).map(move |key| Variant {
            shape: SHAPES[(number + key) % SHAPES.len()],
            key,
            length: 3,
            order: vec![0, 1, 2],
            damage,
        })
    };
    DAMAGES.into_iter().enumerate().flat_map(of_damage).collect()
}

/// Every damage in every shape, with the one form of key that API portals generate.
fn damaged_in_shapes() -> Vec<Variant> {
    let of_damage = |damage| SHAPES.map(|shape| Variant { shape, key: 0, length: 2, order: vec![0, 1], damage });
    DAMAGES.into_iter().flat_map(of_damage).collect()
}

/// Chains of every length, with and without their root, for every form of key.
fn lengths() -> Vec<Variant> {
    let mut variants = Vec::new();
    for key in 0..KEYS.len() {
        for length in 1..=LONGEST {
            for root in [false, true] {
                let order = (0..length + usize::from(root)).collect();
                let shape = SHAPES[(key + length) % SHAPES.len()];
                variants.push(Variant { shape, key, length, order, damage: UNDAMAGED });
            }
        }
    }
    variants
}

/// Chains in other orders, with and without their root, some of them damaged as well.
fn orders() -> Vec<Variant> {
    const ORDERS: [&[usize]; 14] = [
        &[1, 0],
        &[2, 1, 0],
        &[0, 2, 1],
        &[1, 2, 0],
        &[3, 2, 1, 0],
        &[0, 3, 2, 1],
        &[2, 0, 3, 1],
        &[3, 0, 1, 2],
        &[1, 0, 2],
        &[0, 2, 1, 3],
        &[3, 2, 0, 1],
        &[4, 3, 2, 1, 0],
        &[2, 4, 0, 1, 3],
        &[4, 0, 1, 2, 3],
    ];
    let mut variants = Vec::new();
    for (number, order) in ORDERS.into_iter().enumerate() {
        for (step, key) in [0, 3, 4].into_iter().enumerate() {
            let shape = SHAPES[(number + step) % SHAPES.len()];
            let damage = DAMAGES[(number * 3 + step) % DAMAGES.len()];
            // The last of an order is the root for one length, and an issuer for the next.
            for length in [order.len() - 1, order.len()] {
                if (1..=LONGEST).contains(&length) {
                    variants.push(Variant { shape, key, length, order: order.to_vec(), damage });
                }
            }
        }
    }
    variants
}

fn check_all(variants: &[Variant], at_least: usize) {
    assert!(variants.len() >= at_least, "{} variants", variants.len());
    thread::scope(|scope| {
        for half in variants.chunks(variants.len().div_ceil(2)) {
            scope.spawn(|| half.iter().for_each(Variant::check));
        }
    });
}

#[test]
fn every_damage_is_put_right_for_every_form_of_key() {
    check_all(&damaged(), 130);
}

#[test]
fn every_damage_is_put_right_in_every_shape() {
    check_all(&damaged_in_shapes(), 66);
}

#[test]
fn chains_of_every_length_are_taken_without_their_root() {
    check_all(&lengths(), 48);
}

#[test]
fn chains_in_any_order_are_put_in_order() {
    check_all(&orders(), 70);
}
