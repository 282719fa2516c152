use std::{path::Path, time::Instant};

use pkcs8::{
    ObjectIdentifier,
    der::{Any, Encode, asn1::OctetString},
    pkcs5::pbes2::{PBES2_OID, Parameters},
    spki::AlgorithmIdentifierOwned,
};
use pkcs12::{
    PKCS_12_PKCS8_KEY_BAG_OID,
    cms::{
        content_info::{CmsVersion, ContentInfo},
        encrypted_data::EncryptedData,
        enveloped_data::EncryptedContentInfo,
    },
    safe_bag::SafeContents,
};

use crate::{
    certificate::tests::{Family, decode, family, openssl, openssl_folder, openssl_text, read_chain},
    work::Stop,
};

use super::*;

const ENDS: [i32; 4] = [2030, 2031, 2032, 2033];

/// Opens a container that is the whole document.
fn open(bytes: &[u8], password: Option<&SecretBytes>) -> Result<Vec<Opened>, OpenError> {
    super::open(bytes, password, &Work::new(&Stop::NEVER))
}

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.into())
}

/// A folder with `leaf.pem`, `leaf.key`, and the issuers in `issuers.pem`, the last first.
fn folder_of(family: &Family) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("leaf.pem", &family.members[0]);
    write("leaf.key", &family.key);
    write("issuers.pem", &family.members[1..].iter().rev().cloned().collect::<String>());
    folder
}

fn export(folder: &Path, options: &str) -> Vec<u8> {
    openssl(folder, &format!("pkcs12 -export {options}"), b"")
}

/// openssl leaves the certificates unencrypted when it is asked for no integrity code.
fn without_mac(bytes: &[u8]) -> Vec<u8> {
    let mut container = Pfx::from_der(bytes).unwrap();
    assert!(container.mac_data.take().is_some());
    container.to_der().unwrap()
}

const ALL: &str = "-in leaf.pem -inkey leaf.key -certfile issuers.pem";

#[test]
fn containers_of_openssl_open_however_they_are_protected() {
    let family = family("a", ENDS);
    let folder = folder_of(&family);
    let key = PrivateKey::parse(&family.key).unwrap();
    for options in [
        "",
        "-legacy",
        "-legacy -descert",
        "-certpbe AES-128-CBC -keypbe AES-192-CBC",
        "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -legacy",
        "-certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-RC2-40 -legacy",
        "-certpbe NONE",
        "-keypbe NONE",
        "-certpbe NONE -keypbe NONE",
        "-macalg sha1",
        "-macalg sha512",
        "-iter 100000",
        "-noiter -nomaciter",
        "-nomac",
        "-nomac -legacy",
        "-name my-key",
        "-CSP x -keyex",
    ] {
        let options = format!("{ALL} -passout pass:pässwörd {options}");
        let bytes = export(folder.path(), &options);
        assert!(is_pkcs12(&bytes), "{options}");
        let opened = open(&bytes, Some(&secret("pässwörd"))).unwrap_or_else(|error| panic!("{options}: {error:?}"));
        let [one] = &opened[..] else { panic!("{options}: one key") };
        assert_eq!(one.alias, if options.contains("-name") { "my-key" } else { "a leaf" }, "{options}");
        assert_eq!(one.chain.chain.pem, family.members[..3].concat(), "{options}");
        assert!(!one.chain.reordered && !one.chain.root_left_out && !one.chain.stranger_left_out, "{options}");
        // EXPOSE: the test compares the keys.
        assert!(one.key.pkcs8.expose() == key.pkcs8.expose(), "{options}");
        if options.contains("-certpbe NONE -keypbe NONE -nomac") {
            continue;
        }
        assert_eq!(open(&bytes, Some(&secret("other"))).unwrap_err(), OpenError::WrongPassword, "{options}");
        assert_eq!(open(&bytes, Some(&secret("🔑"))).unwrap_err(), OpenError::WrongPassword, "{options}");
        let not_utf8 = SecretBytes::new(vec![0xff]);
        assert_eq!(open(&bytes, Some(&not_utf8)).unwrap_err(), OpenError::WrongPassword, "{options}");
        assert_eq!(open(&bytes, None).unwrap_err(), OpenError::PasswordNeeded, "{options}");
    }
}

#[test]
fn a_container_without_an_integrity_code_opens_with_its_password_only() {
    let family = family("a", ENDS);
    let folder = folder_of(&family);
    for options in ["", "-legacy", "-certpbe PBE-SHA1-3DES", "-keypbe NONE"] {
        let bytes = without_mac(&export(folder.path(), &format!("{ALL} -passout pass:right {options}")));
        let opened = open(&bytes, Some(&secret("right"))).unwrap();
        assert_eq!(opened[0].chain.chain.pem, family.members[..3].concat(), "{options}");
        // One wrong password in 256 makes a valid padding.
        for number in 0..300 {
            let wrong = secret(&format!("wrong {number}"));
            assert_eq!(open(&bytes, Some(&wrong)).unwrap_err(), OpenError::WrongPassword, "{options} {number}");
        }
        assert_eq!(open(&bytes, None).unwrap_err(), OpenError::PasswordNeeded, "{options}");
    }
}

#[test]
fn a_container_without_a_password_opens_without_one() {
    let family = family("a", ENDS);
    let folder = folder_of(&family);
    for options in ["", "-legacy", "-nomac", "-certpbe NONE -keypbe NONE -nomac", "-certpbe NONE -keypbe NONE"] {
        let bytes = export(folder.path(), &format!("{ALL} -passout pass: {options}"));
        for password in [None, Some(&secret(""))] {
            let opened = open(&bytes, password).unwrap_or_else(|error| panic!("{options}: {error:?}"));
            assert!(opened[0].key.belongs_to(&opened[0].chain.chain), "{options}");
        }
    }
}

#[test]
fn what_lacks_a_key_or_its_certificate_is_told_apart() {
    let (own, other) = (family("a", ENDS), family("b", ENDS));
    let folder = folder_of(&own);
    std::fs::write(folder.path().join("other.pem"), &other.members[0]).unwrap();
    let password = secret("x");
    for (options, expected) in
        [("-nokeys -in leaf.pem", OpenError::NoKey), ("-nocerts -inkey leaf.key", OpenError::NoCertificate)]
    {
        let bytes = export(folder.path(), &format!("{options} -passout pass:x"));
        assert_eq!(open(&bytes, Some(&password)).unwrap_err(), expected, "{options}");
    }
    let chain = read_chain(&other.members[0], None).unwrap().chain;
    let key = PrivateKey::parse(&own.key).unwrap();
    let mismatched = seal(&chain, &key.pkcs8, "x", &password, Strength::Modern).unwrap();
    // EXPOSE: the test opens the container.
    assert_eq!(open(mismatched.expose(), Some(&password)).unwrap_err(), OpenError::NoCertificate);

    let short = openssl_folder("rsa:1024", "sha256", "sha256");
    let bytes = export(short.path(), "-in leaf.pem -inkey leaf.key -passout pass:x");
    let too_short = CertificateProblem::KeyTooShort { key: "RSA 1024".into() };
    assert_eq!(open(&bytes, Some(&password)).unwrap_err(), OpenError::BadKey(too_short));
}

#[test]
fn several_keys_each_have_their_own_chain() {
    let families = [family("a", ENDS), family("b", ENDS)];
    let mut store = KeyStore::new();
    for (family, alias) in families.iter().zip(["first", "second"]) {
        let certificates = family.members.iter().map(|member| Certificate::from_der(&decode(member)).unwrap());
        let key = p12_keystore::PrivateKey::from_der(&decode(&family.key)).unwrap();
        store.add_entry(alias, KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(alias, key, certificates)));
    }
    let bytes = store.writer("x").write().unwrap();
    let opened = open(&bytes, Some(&secret("x"))).unwrap();
    assert_eq!(opened.iter().map(|one| one.alias.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    for (one, family) in opened.iter().zip(&families) {
        assert_eq!(one.chain.chain.pem, family.members[..3].concat());
        assert!(one.key.belongs_to(&one.chain.chain));
        assert!(!one.chain.stranger_left_out, "the certificates of the other key are no strangers");
    }
}

#[test]
fn what_is_sealed_is_read_by_openssl_with_all_its_parts() {
    let family = family("a", ENDS);
    let chain = read_chain(&family.members.concat(), None).unwrap().chain;
    let key = PrivateKey::parse(&family.key).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (strength, flag, protection) in [
        (Strength::Modern, "", "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256"),
        (Strength::Legacy, " -legacy", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 100000"),
    ] {
        for password in ["correct-horse", "~!{p[a]s}s/w\\o\"r'd"] {
            let sealed = seal(&chain, &key.pkcs8, "drawbridge", &secret(password), strength).unwrap();
            // EXPOSE: the test gives the container to openssl.
            std::fs::write(folder.path().join("x.p12"), sealed.expose()).unwrap();
            let run = format!("-in x.p12 -passin pass:{password} -nodes{flag}");
            let printed = openssl_text(folder.path(), &format!("pkcs12 {run}"));
            assert_eq!(printed.matches("friendlyName: drawbridge").count(), 1, "{printed}");
            let ids: Vec<_> = printed.lines().filter(|line| line.trim().starts_with("localKeyID")).collect();
            assert!(ids.len() == 2 && ids[0] == ids[1], "Java finds the certificate of a key by it: {ids:?}");
            let read = read_chain(&printed, None).unwrap();
            assert_eq!(read.chain.pem, chain.pem);
            assert_eq!(openssl_text(folder.path(), &format!("pkcs12 {run} -nocerts -out key.pem")), "");
            assert_eq!(openssl_text(folder.path(), "pkey -in key.pem"), family.key);

            let output = std::process::Command::new("openssl")
                .args(format!("pkcs12 -info -noout {run}").split(' '))
                .current_dir(folder.path())
                .output()
                .unwrap();
            let info = String::from_utf8(output.stderr).unwrap();
            assert_eq!(info.matches(protection).count(), 2, "certificates and key: {info}");
            let digest = if flag.is_empty() { "MAC: sha256, Iteration 600000" } else { "MAC: sha1, Iteration 100000" };
            assert!(info.contains(digest), "{info}");

            // EXPOSE: the test opens the container.
            let opened = open(sealed.expose(), Some(&secret(password))).unwrap();
            assert_eq!((opened[0].alias.as_str(), &opened[0].chain.chain), ("drawbridge", &chain));
            // EXPOSE: the test compares the keys.
            assert!(opened[0].key.pkcs8.expose() == key.pkcs8.expose());
        }
    }
}

#[test]
fn a_password_that_cannot_protect_a_container_is_refused() {
    let family = family("a", ENDS);
    let chain = read_chain(&family.members.concat(), None).unwrap().chain;
    let key = PrivateKey::parse(&family.key).unwrap().pkcs8;
    for password in ["", "🔑", "pässwörd", "passwörd", "a\tb", "a\u{7f}"] {
        for strength in [Strength::Modern, Strength::Legacy] {
            let refused = seal(&chain, &key, "x", &secret(password), strength);
            assert_eq!(refused.unwrap_err(), SealError::Password, "{password}: no Java opens it");
        }
    }
    let not_text = SecretBytes::new(vec![0xff]);
    assert_eq!(seal(&chain, &key, "x", &not_text, Strength::Modern).unwrap_err(), SealError::Password);
    let refused = seal(&chain, &secret("no key"), "x", &secret("x"), Strength::Modern);
    assert_eq!(refused.unwrap_err(), SealError::Content);
}

#[test]
fn only_what_begins_like_a_container_is_taken_for_one() {
    let folder = folder_of(&family("a", ENDS));
    let container = export(folder.path(), &format!("{ALL} -passout pass:x"));
    assert!(is_pkcs12(&container));
    assert!(is_pkcs12(&[0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80]), "in BER, as some browsers write it");
    let certificate = openssl(folder.path(), "x509 -in leaf.pem -outform DER", b"");
    let key = openssl(folder.path(), "pkey -in leaf.key -outform DER", b"");
    for other in
        [&certificate[..], &key, b"", b"0", b"0\x82\x05", b"{}", b"PK\x03\x04", &[0x30, 0x85], &[0x30, 0xff, 2, 1, 3]]
    {
        assert!(!is_pkcs12(other));
    }
}

#[test]
fn a_damaged_container_is_unreadable() {
    let folder = folder_of(&family("a", ENDS));
    let password = secret("x");
    let bytes = export(folder.path(), &format!("{ALL} -passout pass:x"));
    for cut in [0, 5, 100, bytes.len() - 1] {
        assert_eq!(open(&bytes[..cut], Some(&password)).unwrap_err(), OpenError::Unreadable, "{cut}");
    }
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert_eq!(open(&changed, Some(&password)).unwrap_err(), OpenError::WrongPassword, "the code cannot tell the two");
    for cipher in ["PBE-SHA1-RC4-128", "PBE-SHA1-RC2-128"] {
        let bytes = export(folder.path(), &format!("{ALL} -passout pass:x -legacy -certpbe {cipher}"));
        assert_eq!(open(&bytes, Some(&password)).unwrap_err(), OpenError::Unreadable, "{cipher}");
    }
}

#[test]
fn a_container_that_asks_for_absurd_work_is_refused_at_once() {
    let family = family("a", ENDS);
    let folder = folder_of(&family);
    let password = secret("x");
    let refuse = |bytes: &[u8], what: &str| {
        let begin = Instant::now();
        let error = open(bytes, Some(&password)).unwrap_err();
        assert!(matches!(error, OpenError::TooCostly(_)), "{what}: {error:?}");
        assert!(begin.elapsed().as_secs() < 5, "{what}: {:?}", begin.elapsed());
    };
    let bytes = export(folder.path(), &format!("{ALL} -passout pass:x"));
    let mut container = Pfx::from_der(&bytes).unwrap();
    container.mac_data.as_mut().unwrap().iterations = i32::MAX;
    refuse(&container.to_der().unwrap(), "integrity");

    for options in ["-certpbe NONE", "-keypbe NONE", "-legacy"] {
        let bytes = without_mac(&export(folder.path(), &format!("{ALL} -passout pass:x {options} -iter 1000000")));
        let rounds = [0x02, 0x03, 0x0f, 0x42, 0x40];
        let at = bytes.windows(5).position(|window| window == rounds).expect("a million rounds");
        let mut more = bytes.clone();
        more[at + 2] = 0x7f;
        refuse(&more, options);
    }

    // A million rounds each are allowed, but not for many keys.
    let mut store = KeyStore::new();
    for number in 0..20 {
        let key = p12_keystore::PrivateKey::from_der(&decode(&family.key)).unwrap();
        let entry = PrivateKeyChain::new([number].as_slice(), key, []);
        store.add_entry(&format!("{number}"), KeyStoreEntry::PrivateKeyChain(entry));
    }
    let many = store.writer("x").encryption_iterations(300_000).mac_iterations(1).write().unwrap();
    refuse(&many, "many keys");
}

#[test]
fn keys_hidden_in_an_encrypted_part_are_counted() {
    let folder = folder_of(&family("a", ENDS));
    let bytes = export(folder.path(), &format!("{ALL} -passout pass:x -certpbe NONE -iter 900000 -nomac"));
    let mut container = Pfx::from_der(&bytes).unwrap();
    let safes = container.auth_safe.content.decode_as::<OctetString>().unwrap();
    let bags = Vec::<ContentInfo>::from_der(safes.as_bytes()).unwrap().into_iter().flat_map(|safe| {
        let bags = safe.content.decode_as::<OctetString>().unwrap();
        SafeContents::from_der(bags.as_bytes()).unwrap()
    });
    let mut key = bags.into_iter().find(|bag| bag.bag_id == PKCS_12_PKCS8_KEY_BAG_OID).expect("an encrypted key");
    // What is decoded has its tag [0] still around it, what is encoded gets one.
    key.bag_value = Any::from_der(&key.bag_value).unwrap().value().to_vec();
    for (count, expected) in [(3, OpenError::NoCertificate), (4, OpenError::TooCostly(Ceiling::Work))] {
        let hidden = vec![key.clone(); count].to_der().unwrap();
        let pbes2 = Parameters::generate_pbkdf2_sha256_aes256cbc(1, b"salt", [0; 16]).unwrap();
        let encrypted = EncryptedData {
            version: CmsVersion::V0,
            enc_content_info: EncryptedContentInfo {
                content_type: ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1"),
                content_enc_alg: AlgorithmIdentifierOwned {
                    oid: PBES2_OID,
                    parameters: Some(Any::from_der(&pbes2.to_der().unwrap()).unwrap()),
                },
                encrypted_content: Some(OctetString::new(pbes2.encrypt("x", &hidden).unwrap()).unwrap()),
            },
            unprotected_attrs: None,
        };
        let safe = ContentInfo {
            content_type: ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6"),
            content: Any::encode_from(&encrypted).unwrap(),
        };
        container.auth_safe.content =
            Any::encode_from(&OctetString::new(vec![safe].to_der().unwrap()).unwrap()).unwrap();
        let bytes = container.to_der().unwrap();
        let refused = open(&bytes, Some(&secret("x"))).unwrap_err();
        assert_eq!(refused, expected, "{count} keys of 900,000 rounds");
        let closed = open(&bytes, Some(&secret("y"))).unwrap_err();
        assert_eq!(closed, OpenError::WrongPassword, "with another password they stay hidden, and unopened");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..3000, byte: u8, cut in 0_usize..3000) {
        static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let bytes = BYTES.get_or_init(|| {
            let folder = folder_of(&family("a", ENDS));
            export(folder.path(), &format!("{ALL} -passout pass:x -nomac -iter 1"))
        });
        let mut changed = bytes.clone();
        let at = at % bytes.len();
        changed[at] = byte;
        let _ = open(&changed, Some(&secret("x")));
        let _ = open(&bytes[..cut.min(bytes.len())], Some(&secret("x")));
    }
}
