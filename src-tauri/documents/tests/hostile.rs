//! Documents that were made to cost time and memory. Each is recognised in a process of its own, and measured there: one
//! second of work and 100 MiB are the limit (promise A1), without optimisation, too.

#![cfg(target_os = "linux")]

mod issued;
mod keystores;

use std::{
    env, fs,
    process::Command,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use documents::{Finding, MAX_BYTES, Options, SecretBytes, Stop, recognise};
use issued::{Pair, certificate_document, json, now, openssl, p256, zipped};
use keystores::{Bag, Derivation, Safe, keystore};

/// The budgets of design and README.
const TIME: Duration = Duration::from_secs(1);
const MEMORY: u64 = 100 * 1024 * 1024;

/// For the process that is measured: the file with the document.
const DOCUMENT: &str = "DRAWBRIDGE_HOSTILE_DOCUMENT";

/// How often a key is derived in a container that is made of as many as there is room for.
const MANY: usize = 400;

struct Sample {
    what: &'static str,
    bytes: Vec<u8>,
}

fn sample(what: &'static str, bytes: impl Into<Vec<u8>>) -> Sample {
    let bytes = bytes.into();
    assert!(bytes.len() <= MAX_BYTES, "{what}: {} bytes would be refused by their number", bytes.len());
    Sample { what, bytes }
}

/// A BTP destination that brings its keystore along.
fn destination(keystore: &[u8]) -> String {
    destination_naming("k.p12", Some(keystore))
}

fn destination_naming(location: &str, keystore: Option<&[u8]>) -> String {
    let certificates = keystore.map(|bytes| {
        let content = BASE64_STANDARD.encode(bytes);
        format!(r#", "certificates": [{{"Name": "{location}", "Content": "{content}", "Type": "CERTIFICATE"}}]"#)
    });
    format!(
        r#"{{"owner": {{}}, "destinationConfiguration": {{"Name": "sales", "Type": "HTTP",
            "URL": "https://sales.example.com", "Authentication": "OAuth2ClientCredentials", "clientId": "sb-x!b1",
            "tokenServiceURL": "https://sales.authentication.example.com/oauth/token",
            "tokenService.KeyStoreLocation": "{location}", "tokenService.KeyStorePassword": ""}}{}}}"#,
        certificates.unwrap_or_default()
    )
}

const SCRYPT_1_GIB: Derivation = Derivation::Scrypt { cost: 1 << 20, block: 8, parallel: 16 };
const SCRYPT_64_MIB: Derivation = Derivation::Scrypt { cost: 1 << 16, block: 8, parallel: 1 };
const MILLION: Derivation = Derivation::Pbkdf2 { rounds: 1_000_000 };

fn containers() -> Vec<Sample> {
    let secrets = |derivation, count| vec![Bag::Secret(derivation); count];
    vec![
        sample("secrets inside the old encryption", keystore(&[Safe::old(&secrets(MILLION, MANY))], None)),
        sample(
            "one secret by scrypt inside the old encryption",
            keystore(&[Safe::old(&secrets(SCRYPT_1_GIB, 1))], None),
        ),
        sample("keys inside the old encryption", keystore(&[Safe::old(&vec![Bag::Key(MILLION); MANY])], None)),
        sample(
            "keys of the old encryption inside it",
            keystore(&[Safe::old(&vec![Bag::OldKey(1_000_000); MANY])], None),
        ),
        sample("secrets in the open", keystore(&[Safe::Open(secrets(MILLION, MANY))], None)),
        sample("secrets inside the new encryption", keystore(&[Safe::new(&secrets(MILLION, MANY), 1)], None)),
        sample(
            "secrets behind the dearest encryption that there is",
            keystore(&[Safe::new(&secrets(MILLION, MANY), 1_000_000)], None),
        ),
        sample("many parts, each with its own encryption", keystore(&vec![Safe::new(&[], 900_000); MANY], None)),
        sample("many parts in the old encryption", keystore(&vec![Safe::old_with(&[], 900_000); MANY], None)),
        sample("secrets by scrypt of 64 MiB", keystore(&[Safe::old(&secrets(SCRYPT_64_MIB, MANY))], None)),
        sample("three secrets by scrypt of 64 MiB", keystore(&[Safe::old(&secrets(SCRYPT_64_MIB, 3))], None)),
        sample(
            "scrypt with many lanes",
            keystore(&[Safe::Open(secrets(Derivation::Scrypt { cost: 2, block: 8, parallel: 65_535 }, MANY))], None),
        ),
        sample(
            "scrypt with wide blocks",
            keystore(&[Safe::Open(secrets(Derivation::Scrypt { cost: 2, block: 65_535, parallel: 4 }, MANY))], None),
        ),
        sample("an integrity code of a million rounds", keystore(&[Safe::Open(vec![])], Some(1_000_000))),
        sample("an integrity code of two thousand million rounds", keystore(&[Safe::Open(vec![])], Some(i32::MAX))),
    ]
}

fn texts() -> Vec<Sample> {
    let dear = |derivation, count| keystore(&[Safe::old(&vec![Bag::Secret(derivation); count])], None);
    let several = |count: usize| {
        let one = |number: usize| {
            let keystore = dear(MILLION, 3 + number % 2);
            format!(r#"{{"name": "b{number}", "credentials": {}}}"#, destination(&keystore))
        };
        format!("[{}]", (0..count).map(one).collect::<Vec<_>>().join(","))
    };
    vec![
        sample("a destination with a keystore of many secrets", destination(&dear(MILLION, MANY))),
        sample("a destination with a keystore by scrypt", destination(&dear(SCRYPT_1_GIB, 4))),
        sample("many destinations, each with a keystore", several(200)),
    ]
}

fn encrypted_keys() -> Vec<Sample> {
    let pair = p256();
    let document = |key: &str| certificate_document(&pair.chain, key);
    let encrypted = |options: &[&str]| {
        let arguments: Vec<&str> =
            ["pkcs8", "-topk8", "-passout", "pass:word"].iter().chain(options).copied().collect();
        openssl(&arguments, &pair.key)
    };
    let several = |key: &str| {
        let one = format!(r#"{{"credentials": {}}}"#, document(key));
        format!(r#"{{"apiportal": [{}]}}"#, vec![one; 300].join(","))
    };
    let yaml = |key: &str| {
        let lines = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
        let one = format!(
            "url: https://sales.example.com\ntokenurl: https://auth.example.com/oauth/token\ncerturl: https://auth.cert.example.com\ncertificate: |\n{}key: |\n{}",
            lines(&pair.chain),
            lines(key)
        );
        vec![one; 200].join("---\n")
    };
    let dear = encrypted(&["-iter", "900000"]);
    let sha512 = encrypted(&["-v2prf", "hmacWithSHA512", "-iter", "900000"]);
    let scrypt = encrypted(&["-scrypt", "-scrypt_N", "16384", "-scrypt_r", "8", "-scrypt_p", "1"]);
    vec![
        sample("many keys of 900,000 rounds", several(&dear)),
        sample("many keys of 900,000 rounds of SHA-512", several(&sha512)),
        sample("many keys by scrypt of 16 MiB", several(&scrypt)),
        sample("one key of five million rounds", document(&encrypted(&["-iter", "5000000"]))),
        sample("many keys in YAML", yaml(&dear)),
        sample("many keys in an archive", zipped_pairs(&pair, &dear)),
    ]
}

fn zipped_pairs(pair: &Pair, key: &str) -> Vec<u8> {
    let names: Vec<String> = (0..300).map(|number| format!("{number}.pem")).collect();
    let both = format!("{}{key}", pair.chain);
    zipped(&names.iter().map(|name| (name.as_str(), both.as_bytes())).collect::<Vec<_>>())
}

/// What costs no derivation, but reading again and again.
fn repeated() -> Vec<Sample> {
    let pair = p256();
    let large = keystore(&[Safe::Open(vec![Bag::Certificate(first_der(&pair.chain)); 700])], None);
    let naming = destination_naming("k.p12", None);
    let names: Vec<String> = (0..600).map(|number| format!("{number}.json")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), naming.as_bytes())).collect();
    files.push(("k.p12", &large));
    let destinations = zipped(&files);

    let without = r#"{"url": "https://a.example.com", "certurl": "https://a.example.com", "clientid": "a"}"#;
    let chain = pair.chain.repeat(500);
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), without.as_bytes())).collect();
    files.push(("chain.pem", chain.as_bytes()));
    let one_chain = zipped(&files);

    let strangers: String = (0..60).map(|_| issued::new_p256(issued::USUAL).chain).collect();
    let mixed = json(&[("certurl", "https://a.example.com"), ("certificate", &strangers), ("key", &pair.key)]);
    let count = (MAX_BYTES - 100) / (mixed.len() + 30);
    let all = vec![format!(r#"{{"credentials": {mixed}}}"#); count].join(",");
    vec![
        sample("many destinations that name one large keystore", destinations),
        sample("many documents that look for one long chain", one_chain),
        sample("many chains of strangers", format!(r#"{{"apiportal": [{all}]}}"#)),
        sample("many RSA keys of 4096 bits", many_keys("rsa:4096")),
        sample("many RSA keys of 8192 bits", many_keys("rsa:8192")),
        sample("many P-521 keys", many_keys("ec:P-521")),
    ]
}

/// The largest documents of every syntax, made to take room.
fn syntaxes() -> Vec<Sample> {
    let filled = |prefix: &str, piece: &dyn Fn(usize) -> String, suffix: &str| {
        let mut text = prefix.to_owned();
        for number in 0.. {
            let next = piece(number);
            if text.len() + next.len() + suffix.len() > MAX_BYTES {
                break;
            }
            text += &next;
        }
        text + suffix
    };
    let pair = p256();
    let aliases: String = (0..1_000).map(|number| format!("k{number}: *a\n")).collect();
    let large = "x".repeat(1_000_000);
    let zeros = zipped_zeros();
    vec![
        sample("many members", filled("{", &|number| format!("\"k{number}\":{number},"), "\"clientid\":\"a\"}")),
        sample("many lists", filled("[", &|_| "[],".into(), "1]")),
        sample("many bindings", filled("{\"x\":[", &|_| "{\"credentials\":{\"clientid\":\"a\"}},".into(), "1]}")),
        sample("many YAML items", filled("", &|_| "- a\n".into(), "")),
        sample("many YAML members", filled("", &|number| format!("k{number}: v\n"), "clientid: a\n")),
        sample("many YAML lists", filled("a: [", &|_| "[],".into(), "1]")),
        sample("a large YAML alias many times", format!("a: &a {large}\n{aliases}clientid: a\n")),
        sample("many environment lines", filled("", &|number| format!("K{number}=v\n"), "CLIENT_ID=a\n")),
        sample("many properties", filled("", &|number| format!("k.{number}=v\n"), "clientId=a\n")),
        sample("many options of curl", filled("curl ", &|_| "-d a=b \\\n".into(), "https://a.example.com")),
        sample("one chain of many", filled("", &|_| pair.chain.clone(), &pair.key)),
        sample("an archive that is larger inside", zeros),
    ]
}

fn zipped_zeros() -> Vec<u8> {
    use std::io::{Cursor, Write};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for number in 0..20 {
        zip.start_file(format!("{number}.json"), options).unwrap();
        zip.write_all(&vec![b' '; 20 * 1024 * 1024]).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn first_der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().skip(1).take_while(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(body).unwrap()
}

fn many_keys(kind: &str) -> String {
    let key = match kind.split_once(':').unwrap() {
        ("rsa", bits) => {
            openssl(&["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}")], "")
        }
        (_, curve) => {
            openssl(&["genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", &format!("ec_paramgen_curve:{curve}")], "")
        }
    };
    let one = format!(r#"{{"credentials": {}}}"#, json(&[("certurl", "https://a.example.com"), ("key", &key)]));
    let count = ((MAX_BYTES - 100) / (one.len() + 1)).min(990);
    format!(r#"{{"apiportal": [{}]}}"#, vec![one; count].join(","))
}

#[test]
fn a1_containers_made_to_be_dear_cost_a_second_and_100_mib_at_most() {
    measure("a1_containers_made_to_be_dear_cost_a_second_and_100_mib_at_most", containers);
}

#[test]
fn a1_texts_with_keystores_inside_cost_a_second_and_100_mib_at_most() {
    measure("a1_texts_with_keystores_inside_cost_a_second_and_100_mib_at_most", texts);
}

#[test]
fn a1_encrypted_keys_cost_a_second_and_100_mib_at_most() {
    measure("a1_encrypted_keys_cost_a_second_and_100_mib_at_most", encrypted_keys);
}

#[test]
fn a1_what_is_read_again_and_again_costs_a_second_and_100_mib_at_most() {
    measure("a1_what_is_read_again_and_again_costs_a_second_and_100_mib_at_most", repeated);
}

#[test]
fn a1_ordinary_keystores_and_keys_still_open() {
    let pair = p256();
    let both = format!("{}{}", pair.key, pair.chain);
    for options in
        ["", "-iter 600000", "-iter 100000 -macalg sha512", "-legacy", "-legacy -descert -iter 100000", "-nomac"]
    {
        let arguments = ["pkcs12", "-export", "-passout", "pass:word"].into_iter().chain(options.split_whitespace());
        let bytes = issued::openssl_bytes(&arguments.collect::<Vec<_>>(), both.as_bytes());
        let opened = issued::recognised_with(&bytes, "word");
        assert!(opened.candidates[0].document.is_some(), "{options}: {:?}", opened.candidates[0].findings);
    }
    for options in ["", "-iter 600000", "-iter 600000 -v2prf hmacWithSHA512", "-scrypt", "-v2 aes128", "-v2 des3"] {
        let arguments = ["pkcs8", "-topk8", "-passout", "pass:word"].into_iter().chain(options.split_whitespace());
        let key = openssl(&arguments.collect::<Vec<_>>(), &pair.key);
        let opened = issued::recognised_with(certificate_document(&pair.chain, &key), "word");
        assert!(opened.candidates[0].document.is_some(), "{options}: {:?}", opened.candidates[0].findings);
    }
}

#[test]
fn a1_who_asks_for_more_than_there_is_hears_the_limit_and_what_to_do() {
    let bytes = keystore(&[Safe::old(&[Bag::Secret(SCRYPT_1_GIB)])], None);
    let refused = issued::recognised(&bytes);
    let [finding] = &refused.findings[..] else { panic!("{:?}", refused.findings) };
    assert_eq!(
        finding.to_string(),
        "this PKCS#12 container was not opened: its password protection asks for 1024 MiB of memory; the limit is 64 MiB"
    );
    let remedy = finding.message().remedy().for_log();
    assert!(remedy.starts_with("Protect it again with ordinary settings"), "{remedy}");
    let several = keystore(&[Safe::old(&vec![Bag::Secret(MILLION); 40])], None);
    let refused = issued::recognised(&several).findings.remove(0).to_string();
    assert!(refused.ends_with("its password protection takes longer than the limit of one second"), "{refused}");
}

#[test]
fn a1_recognition_ends_early_when_nobody_waits_any_more() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    let pair = p256();
    let one = format!(r#"{{"credentials": {}}}"#, certificate_document(&pair.chain, &pair.key));
    let many = format!(r#"{{"apiportal": [{}]}}"#, vec![one; 300].join(","));
    for patience in [0, 1, 100] {
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let stop = Stop::when(move || counted.fetch_add(1, Ordering::Relaxed) >= patience);
        let recognition = recognise(many.as_bytes(), &Options { now: now(), password: None, stop: &stop });
        assert!(recognition.candidates.is_empty());
        let [finding] = &recognition.findings[..] else { panic!("{:?}", recognition.findings) };
        assert_eq!(finding.kind.code(), "stopped");
        assert!(asked.load(Ordering::Relaxed) <= patience + 10, "it goes on although nobody waits");
    }
}

#[test]
fn a1_the_largest_documents_take_100_mib_at_most() {
    measure("a1_the_largest_documents_take_100_mib_at_most", syntaxes);
}

/// Recognises each sample in a process of its own, once without a password and once with one.
#[allow(clippy::print_stdout, reason = "the figures are for who looks")]
fn measure(test: &str, samples: fn() -> Vec<Sample>) {
    if let Ok(document) = env::var(DOCUMENT) {
        return be_measured(&document);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut broken = Vec::new();
    for Sample { what, bytes } in samples() {
        let file = folder.path().join("document");
        fs::write(&file, bytes).unwrap();
        let mut child = Command::new(env::current_exe().unwrap())
            .args([test, "--exact", "--nocapture"])
            .env(DOCUMENT, &file)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // One that never ends has to be ended.
        let begun = Instant::now();
        let ended = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if begun.elapsed() > 60 * TIME => break None,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        if ended.is_none() {
            child.kill().unwrap();
            child.wait().unwrap();
            broken.push(format!("{what}: no answer within a minute"));
            continue;
        }
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let figures =
            text.lines().find_map(|line| line.split_once("measured ")).unwrap_or_else(|| panic!("{what}: {text}")).1;
        let (nanoseconds, rest) = figures.split_once(' ').unwrap();
        let (peak, said) = rest.split_once(' ').unwrap();
        let (time, peak) = (Duration::from_nanos(nanoseconds.parse().unwrap()), peak.parse::<u64>().unwrap());
        let line = format!("{what}: {time:?}, {} MiB: {said}", peak / 1024 / 1024);
        println!("{line}");
        if time > TIME || peak > MEMORY {
            broken.push(line);
        }
    }
    assert!(broken.is_empty(), "over a second or 100 MiB:\n{}", broken.join("\n"));
}

/// The process that is measured.
#[allow(clippy::print_stdout, reason = "the figures go to the test that measures")]
fn be_measured(document: &str) {
    let bytes = fs::read(document).unwrap();
    let mut slowest = Duration::ZERO;
    let mut said = Vec::new();
    let word = SecretBytes::new(b"word".to_vec());
    for password in [None, Some(&word)] {
        let before = worked();
        let recognition = recognise(&bytes, &Options { now: now(), password, stop: &Stop::NEVER });
        slowest = slowest.max(worked() - before);
        let error = issued::findings_of(&recognition).into_iter().last();
        said.push(error.as_ref().map(Finding::to_string).unwrap_or_default());
    }
    println!("measured {} {} {}", slowest.as_nanos(), peak_memory(), said.join(" / "));
}

/// For how long this thread has worked. What other programs do meanwhile does not count.
fn worked() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

/// The most memory that this process ever had, in bytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}
