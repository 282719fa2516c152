use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use pem_rfc7468::LineEnding;
use pkcs8::{
    EncryptedPrivateKeyInfoRef,
    der::{Decode, Encode},
    pkcs5::{self, EncryptionScheme, pbes2},
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};

use super::*;
use crate::{PemRepair, SecretBytes, work::Stop};

/// What openssl prints, run in a folder.
pub(crate) fn openssl(folder: &Path, arguments: &str, input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is installed");
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What a block holds.
pub(crate) fn decode(pem: impl AsRef<[u8]>) -> Vec<u8> {
    pem_rfc7468::decode_vec(pem.as_ref()).unwrap().1
}

fn encode(label: &str, der: &[u8]) -> String {
    pem_rfc7468::encode_string(label, LineEnding::CRLF, der).unwrap()
}

pub(crate) fn openssl_text(folder: &Path, arguments: &str) -> String {
    String::from_utf8(openssl(folder, arguments, b"")).unwrap()
}

/// A leaf, two intermediates and a root, each signed by the next, with P-256 keys.
pub(crate) struct Family {
    /// Leaf first, root last; PEM.
    pub members: Vec<String>,
    /// The key of the leaf; PEM.
    pub key: String,
}

/// `ends` are the years in which leaf, intermediates and root end.
pub(crate) fn family(name: &str, ends: [i32; 4]) -> Family {
    let params = |role: &str, ca: bool, end: i32| {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.distinguished_name.push(DnType::CommonName, format!("{name} {role}"));
        params.is_ca = if ca { IsCa::Ca(BasicConstraints::Unconstrained) } else { IsCa::NoCa };
        params.use_authority_key_identifier_extension = true;
        params.not_before = date_time_ymd(2024, 1, 1);
        params.not_after = date_time_ymd(end, 1, 1);
        params
    };
    let key = || KeyPair::generate().unwrap();
    let (root_params, root_key) = (params("root", true, ends[3]), key());
    let root = root_params.self_signed(&root_key).unwrap();
    let root_issuer = Issuer::from_params(&root_params, &root_key);
    let (upper_params, upper_key) = (params("upper", true, ends[2]), key());
    let upper = upper_params.signed_by(&upper_key, &root_issuer).unwrap();
    let upper_issuer = Issuer::from_params(&upper_params, &upper_key);
    let (lower_params, lower_key) = (params("lower", true, ends[1]), key());
    let lower = lower_params.signed_by(&lower_key, &upper_issuer).unwrap();
    let leaf_key = key();
    let leaf =
        params("leaf", false, ends[0]).signed_by(&leaf_key, &Issuer::from_params(&lower_params, &lower_key)).unwrap();
    Family { members: [leaf, lower, upper, root].map(|x| x.pem()).to_vec(), key: leaf_key.serialize_pem() }
}

/// A key in a document that holds nothing else.
fn read_key(text: &str, password: Option<&SecretBytes>) -> Result<ReadKey, CertificateProblem> {
    super::read_key(text, password, &Work::new(&Stop::NEVER))
}

/// A chain in a document that holds nothing else.
pub(crate) fn read_chain(text: &str, key: Option<&PrivateKey>) -> Result<ReadChain, CertificateProblem> {
    super::read_chain(text, key, &Work::new(&Stop::NEVER))
}

const ENDS: [i32; 4] = [2030, 2031, 2032, 2033];

fn pick(members: &[String], order: &[usize]) -> String {
    order.iter().map(|index| members[*index].as_str()).collect()
}

#[test]
fn a_chain_is_put_in_order_whatever_order_it_came_in_and_a_root_at_its_end_is_nothing_to_speak_of() {
    let family = family("a", ENDS);
    let key = PrivateKey::parse(&family.key).unwrap();
    for (order, kept, reordered, root_left_out) in [
        (&[0][..], &[0][..], false, false),
        (&[0, 1], &[0, 1], false, false),
        (&[0, 1, 2], &[0, 1, 2], false, false),
        (&[0, 1, 2, 3], &[0, 1, 2], false, false),
        (&[0, 1, 3, 2], &[0, 1, 2], true, true),
        (&[0, 1, 2, 3, 3], &[0, 1, 2], false, true),
        (&[1, 0], &[0, 1], true, false),
        (&[2, 1, 0], &[0, 1, 2], true, false),
        (&[3, 2, 1, 0], &[0, 1, 2], true, true),
        (&[2, 0, 3, 1], &[0, 1, 2], true, true),
        (&[0, 0, 1, 1, 2, 0], &[0, 1, 2], false, false),
    ] {
        for key in [None, Some(&key)] {
            let read = read_chain(&pick(&family.members, order), key).unwrap();
            assert_eq!(read.chain.pem, pick(&family.members, kept), "{order:?}");
            assert_eq!(read.chain.length, kept.len(), "{order:?}");
            assert_eq!(read.chain.subject, "CN=a leaf", "{order:?}");
            assert_eq!((read.reordered, read.root_left_out), (reordered, root_left_out), "{order:?}");
            assert!(!read.stranger_left_out, "{order:?}");
            assert_eq!((read.weak_signature, read.weak_key, read.chain.issuer_end), (None, None, None), "{order:?}");
            assert!(read.repairs.is_empty(), "{order:?}");
        }
    }
}

#[test]
fn certificates_that_fit_nowhere_are_left_out_and_said_to_be() {
    let (family, other) = (family("a", ENDS), family("b", ENDS));
    let key = PrivateKey::parse(&family.key).unwrap();
    let all = [family.members.clone(), other.members].concat();
    for (what, order, kept) in [
        ("a stranger at the end", &[0, 1, 2, 5][..], &[0, 1, 2][..]),
        ("a stranger's leaf first", &[4, 0, 1, 2], &[0, 1, 2]),
        ("a whole strange chain", &[7, 6, 5, 4, 2, 1, 0], &[0, 1, 2]),
        ("a gap in the chain", &[0, 2], &[0]),
        ("a gap before the root", &[0, 1, 3], &[0, 1]),
    ] {
        let read = read_chain(&pick(&all, order), Some(&key)).unwrap();
        assert_eq!(read.chain.pem, pick(&all, kept), "{what}");
        assert!(read.stranger_left_out, "{what}");
        assert!(!read.root_left_out, "{what}: the root of nothing that is sent");
    }
}

#[test]
fn an_issuer_of_the_same_name_with_another_key_is_a_stranger() {
    let (one, same_names) = (family("a", ENDS), family("a", ENDS));
    let text = format!("{}{}{}", same_names.members[1], one.members[0], one.members[1]);
    let read = read_chain(&text, None).unwrap();
    assert_eq!(read.chain.pem, pick(&one.members, &[0, 1]), "names do not make an issuer, signatures do");
    assert!(read.stranger_left_out);
}

#[test]
fn a_self_signed_leaf_alone_stays() {
    let family = family("a", ENDS);
    let read = read_chain(&family.members[3], None).unwrap();
    assert_eq!((read.chain.length, read.root_left_out), (1, false));
    assert_eq!(read.chain.subject, "CN=a root");
}

#[test]
fn an_issuer_that_ends_before_the_leaf_is_said_to() {
    for (ends, expected) in [
        ([2030, 2031, 2032, 2033], None),
        ([2030, 2030, 2030, 2030], None),
        ([2030, 2029, 2032, 2033], Some(("2029-01-01", "CN=a lower"))),
        ([2030, 2029, 2027, 2033], Some(("2027-01-01", "CN=a upper"))),
        // Nobody is sent the root.
        ([2030, 2031, 2032, 2025], None),
    ] {
        let read = read_chain(&family("a", ends).members.concat(), None).unwrap();
        let first = read.chain.issuer_end.map(|end| (end.not_after.format("%Y-%m-%d").to_string(), end.subject));
        assert_eq!(first, expected.map(|(end, subject)| (end.to_owned(), subject.to_owned())), "{ends:?}");
    }
}

#[test]
fn a_generated_chain_is_kept_as_it_is_where_only_its_text_is_read() {
    let family = family("a", ENDS);
    let text = pick(&family.members, &[0, 3, 2]);
    let chain = CertificateChain::parse(&text.replace('\n', "\\n")).unwrap();
    assert_eq!(chain.pem, text, "credentials of this program's own authority have its self-signed certificate");
    assert_eq!(chain.length, 3);
}

#[test]
fn a_damaged_certificate_is_named_by_its_position() {
    let family = family("a", ENDS);
    let shortened = |pem: &str| {
        let mut der = decode(pem);
        der.truncate(der.len() - 4);
        encode("CERTIFICATE", &der)
    };
    let longer = |pem: &str| encode("CERTIFICATE", &[decode(pem), vec![0, 0]].concat());
    let [one, two] = [&family.members[0], &family.members[1]];
    for (text, position) in [
        (format!("{}{two}", shortened(one)), 1),
        (format!("{one}{}", shortened(two)), 2),
        (format!("{one}{}", longer(two)), 2),
        (format!("{one}{}", two.replacen("MII", "M*I", 1)), 2),
    ] {
        let problem = CertificateProblem::NotX509 { position };
        assert_eq!(CertificateChain::parse(&text), Err(problem.clone()));
        assert_eq!(read_chain(&text, None).unwrap_err(), problem);
    }
    let cut = format!("{one}{}", &two[..two.len() - 30]);
    assert_eq!(
        read_chain(&cut, None).unwrap_err(),
        CertificateProblem::NotPem,
        "a chain comes out whole or not at all"
    );
}

#[test]
fn other_blocks_are_told_from_certificates() {
    let family = family("a", ENDS);
    let found = CertificateProblem::WrongBlock { found: "PRIVATE KEY" };
    assert_eq!(CertificateChain::parse(&family.key), Err(found.clone()));
    assert_eq!(read_chain(&family.key, None).unwrap_err(), found);
    let both = format!("{}{}{}", family.key, family.members[0], family.members[1]);
    assert_eq!(CertificateChain::parse(&both), Err(found));
    let read = read_chain(&both, None).unwrap();
    assert_eq!(read.chain.pem, pick(&family.members, &[0, 1]), "one file for key and certificates is common");
    assert!(read_key(&both, None).unwrap().key.belongs_to(&read.chain));
}

#[test]
fn thousands_of_certificates_are_ordered_in_a_moment() {
    let families: Vec<_> = (0..100).map(|_| family("a", ENDS)).collect();
    let text: String = families.iter().flat_map(|family| family.members.clone()).collect();
    let begin = Instant::now();
    let read = read_chain(&text, None).unwrap();
    assert!(begin.elapsed().as_secs() < 5, "{:?} for {} kB", begin.elapsed(), text.len() / 1024);
    assert!(read.stranger_left_out);
}

const CONFIGURATION: &str = "[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:TRUE\n\
     subjectKeyIdentifier=hash\n[leaf]\nbasicConstraints=CA:FALSE\nsubjectKeyIdentifier=hash\n\
     authorityKeyIdentifier=keyid\n";

/// A folder with a configuration, and `NAME.key` and `NAME.pem` made by openssl: a root, and a leaf that it issued.
pub(crate) fn openssl_folder(key: &str, leaf_digest: &str, root_digest: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("conf"), CONFIGURATION).unwrap();
    let request = "req -x509 -config conf -nodes -days 100 -newkey";
    let run = |arguments: String| openssl(folder.path(), &arguments, b"");
    run(format!("{request} {key} -subj /CN=root -extensions ca -{root_digest} -keyout root.key -out root.pem"));
    run(format!(
        "{request} {key} -subj /CN=leaf -extensions leaf -{leaf_digest} -CA root.pem -CAkey root.key -keyout leaf.key \
         -out leaf.pem"
    ));
    folder
}

fn read_file(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn short_keys_and_broken_signatures_are_reported() {
    let folder = openssl_folder("rsa:1024", "sha1", "md5");
    let chain = format!("{}{}", read_file(&folder, "leaf.pem"), read_file(&folder, "root.pem"));
    let read = read_chain(&chain, None).unwrap();
    assert_eq!(read.chain.length, 1);
    assert!(!read.root_left_out, "a short key does not hide that this is a chain with its root");
    assert_eq!(read.weak_signature, Some("SHA-1"), "of the leaf; the root's own one does not matter");
    assert_eq!(read.weak_key.as_deref(), Some("RSA 1024"));
    assert_eq!(read.chain.public_key, "RSA 1024");
    let too_short = CertificateProblem::KeyTooShort { key: "RSA 1024".into() };
    assert_eq!(PrivateKey::parse(&read_file(&folder, "leaf.key")).unwrap_err(), too_short);
    let pkcs1 = openssl_text(folder.path(), "rsa -traditional -in leaf.key");
    assert!(pkcs1.starts_with("-----BEGIN RSA PRIVATE KEY"), "{pkcs1}");
    assert_eq!(PrivateKey::parse(&pkcs1).unwrap_err(), too_short);
    assert_eq!(too_short.to_string(), "the private key (RSA 1024) is too short to be safe");
}

#[test]
fn an_md5_signature_is_worse_than_a_sha_1_signature() {
    let folder = openssl_folder("rsa:2048", "md5", "sha256");
    let read = read_chain(&read_file(&folder, "leaf.pem"), None).unwrap();
    assert_eq!((read.weak_signature, read.weak_key), (Some("MD5"), None));
}

#[test]
fn keys_of_every_form_are_read_and_belong() {
    for (kind, forms) in [
        ("rsa:2048", &["rsa -traditional -in leaf.key", "rsa -in leaf.key"][..]),
        ("ec:p256", &["ec -in leaf.key", "pkcs8 -topk8 -nocrypt -in leaf.key", "ec -param_enc explicit -in leaf.key"]),
        ("ec:p384", &["ec -in leaf.key", "pkcs8 -topk8 -nocrypt -in leaf.key"]),
        ("ec:p521", &["ec -in leaf.key", "pkcs8 -topk8 -nocrypt -in leaf.key"]),
    ] {
        let folder = match kind.split_once(':').unwrap() {
            ("ec", curve) => {
                let curve = match curve {
                    "p256" => "prime256v1",
                    "p384" => "secp384r1",
                    _ => "secp521r1",
                };
                openssl_folder(&format!("ec -pkeyopt ec_paramgen_curve:{curve}"), "sha512", "sha512")
            }
            _ => openssl_folder(kind, "sha256", "sha256"),
        };
        let text = format!("{}{}", read_file(&folder, "root.pem"), read_file(&folder, "leaf.pem"));
        for form in forms {
            let key = openssl_text(folder.path(), form);
            let read = read_key(&key, None).unwrap_or_else(|problem| panic!("{kind}, {form}: {problem}"));
            assert!(read.repairs.is_empty(), "{kind}, {form}");
            let chain = read_chain(&text, Some(&read.key)).unwrap();
            assert!(read.key.belongs_to(&chain.chain), "{kind}, {form}");
            assert!(chain.root_left_out && chain.reordered, "{kind}, {form}: whatever the signature");
        }
    }
}

#[test]
fn an_encrypted_key_is_opened_with_its_password() {
    let folder = openssl_folder("rsa:2048", "sha256", "sha256");
    let plain = PrivateKey::parse(&read_file(&folder, "leaf.key")).unwrap();
    let (right, wrong) = (SecretBytes::new("pässwörd".into()), SecretBytes::new(b"other".to_vec()));
    for options in [
        "-v2 aes-256-cbc",
        "-v2 aes-128-cbc -v2prf hmacWithSHA512",
        "-v2 aes-192-cbc -v2prf hmacWithSHA384",
        "-v2 aes-256-cbc -v2prf hmacWithSHA1",
        "-v2 des3",
        "-v2 aes-256-cbc -iter 100000",
        "-scrypt",
    ] {
        let text = openssl_text(folder.path(), &format!("pkcs8 -topk8 -in leaf.key -passout pass:pässwörd {options}"));
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY"), "{options}");
        assert_eq!(read_key(&text, None).unwrap_err(), CertificateProblem::KeyEncrypted, "{options}");
        assert_eq!(read_key(&text, Some(&wrong)).unwrap_err(), CertificateProblem::WrongKeyPassword, "{options}");
        let read = read_key(&text.replace('\n', "\\n"), Some(&right)).unwrap();
        // EXPOSE: the test compares the keys.
        assert!(read.key.pkcs8.expose() == plain.pkcs8.expose(), "{options}: the same key");
        assert_eq!(read.repairs, [PemRepair::EscapedLineBreaks], "{options}");
    }
    let unencrypted = read_key(&read_file(&folder, "leaf.key"), Some(&wrong));
    assert!(unencrypted.is_ok(), "a password that is not needed does no harm");
}

#[test]
fn a_key_in_an_old_encryption_is_refused_with_the_command_that_converts_it() {
    let folder = openssl_folder("rsa:2048", "sha256", "sha256");
    let password = SecretBytes::new(b"x".to_vec());
    for command in [
        "rsa -traditional -aes256 -in leaf.key -passout pass:x",
        "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in leaf.key -passout pass:x",
    ] {
        let text = openssl_text(folder.path(), command);
        for password in [None, Some(&password)] {
            let problem = read_key(&text, password).unwrap_err();
            assert_eq!(problem, CertificateProblem::KeyProtectionUnknown, "{command}");
            let remedy = problem.message().remedy().for_log();
            assert!(remedy.contains("openssl pkcs8 -topk8"), "{remedy}");
        }
    }
}

#[test]
fn a_key_that_asks_for_absurd_work_is_refused_at_once() {
    let parameters = |change: &dyn Fn(&mut pbes2::Kdf)| {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyPair::generate().unwrap().serialize_pem();
        let text = openssl(folder.path(), "pkcs8 -topk8 -passout pass:x -iter 1000", key.as_bytes());
        let der = decode(&text);
        let encrypted = EncryptedPrivateKeyInfoRef::from_der(&der).unwrap();
        let EncryptionScheme::Pbes2(mut pbes2) = encrypted.encryption_algorithm.clone() else { panic!("PBES2") };
        change(&mut pbes2.kdf);
        let changed = EncryptedPrivateKeyInfoRef {
            encryption_algorithm: EncryptionScheme::Pbes2(pbes2),
            encrypted_data: encrypted.encrypted_data,
        };
        let der = changed.to_der().unwrap();
        encode("ENCRYPTED PRIVATE KEY", &der)
    };
    let scrypt = |cost: u64, block_size: u16, parallelization: u16| {
        let mut parameters =
            pbes2::ScryptParams::from_params_and_salt(pkcs5::scrypt::Params::new(4, 8, 1).unwrap(), b"salt").unwrap();
        (parameters.cost_parameter, parameters.block_size, parameters.parallelization) =
            (cost, block_size, parallelization);
        pbes2::Kdf::Scrypt(parameters)
    };
    let password = SecretBytes::new(b"x".to_vec());
    let rounds = |count: u32| {
        parameters(&|kdf| {
            let pbes2::Kdf::Pbkdf2(pbkdf2) = kdf else { panic!("PBKDF2") };
            pbkdf2.iteration_count = count;
        })
    };
    let beyond = "the private key was not opened: its password protection";
    for (text, problem) in [
        (rounds(1_000_001), "asks for 1000001 rounds; the limit is 1000000"),
        (rounds(u32::MAX), "asks for 4294967295 rounds; the limit is 1000000"),
        (parameters(&|kdf| *kdf = scrypt(1 << 20, 8, 1)), "asks for 1024 MiB of memory; the limit is 64 MiB"),
        (parameters(&|kdf| *kdf = scrypt(2, 16, u16::MAX)), "asks for 128 MiB of memory; the limit is 64 MiB"),
        (parameters(&|kdf| *kdf = scrypt(1 << 14, 8, 1000)), "takes longer than the limit of one second"),
        (
            parameters(&|kdf| *kdf = scrypt(u64::MAX, u16::MAX, u16::MAX)),
            "asks for 17592186044416 MiB of memory; the limit is 64 MiB",
        ),
    ] {
        let begin = Instant::now();
        let refused = read_key(&text, Some(&password)).unwrap_err();
        assert!(begin.elapsed().as_millis() < 500, "{:?}", begin.elapsed());
        assert_eq!(refused.message().for_log(), format!("{beyond} {problem}"));
    }
}

#[test]
fn keys_that_cannot_be_used_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let print = |arguments: &str| openssl_text(folder.path(), arguments);
    for (text, problem) in [
        ("MIIEvQ".to_owned(), CertificateProblem::KeyNotPem),
        (family("a", ENDS).members[0].clone(), CertificateProblem::KeyNotPem),
        ("-----BEGIN PRIVATE KEY-----\nM*\n-----END PRIVATE KEY-----\n".into(), CertificateProblem::KeyNotPem),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n".into(), CertificateProblem::KeyUnusable),
        (print("genpkey -algorithm ED25519"), CertificateProblem::KeyOfOtherKind { key: "Ed25519" }),
        (print("ecparam -name secp256k1 -genkey -noout"), CertificateProblem::KeyUnusable),
    ] {
        assert_eq!(read_key(&text, None).unwrap_err(), problem);
        assert!(!problem.message().remedy().for_log().is_empty());
    }
    let with_parameters = print("ecparam -name prime256v1 -genkey");
    assert!(with_parameters.starts_with("-----BEGIN EC PARAMETERS"), "{with_parameters}");
    assert!(read_key(&with_parameters, None).is_ok(), "openssl writes the parameters before the key");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(label in "(CERTIFICATE|(RSA |EC |ENCRYPTED )?PRIVATE KEY)", der: Vec<u8>, cut in 0_usize..600) {
        let text = encode(&label, &der);
        let _ = (read_chain(&text, None), read_key(&text, Some(&SecretBytes::new(b"x".to_vec()))));
        static FAMILY: std::sync::OnceLock<Family> = std::sync::OnceLock::new();
        let family = FAMILY.get_or_init(|| family("a", ENDS));
        for text in [&family.members[0], &family.key] {
            let mut der = decode(text);
            let at = cut % der.len();
            der[at] ^= 0xff;
            let text = encode(&label, &der);
            let _ = (read_chain(&text, None), read_key(&text, Some(&SecretBytes::new(b"x".to_vec()))));
        }
    }
}
