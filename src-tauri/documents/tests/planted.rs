//! Whatever a document is, whole or damaged: nothing that is said about it repeats a piece of its secrets.

mod issued;

use std::{collections::HashSet, sync::LazyLock};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Utc;
use documents::{Options, SecretBytes, Stop, recognise, redact};
use issued::{Pair, container, now, openssl, p256};
use messages::Language;
use proptest::{prelude::*, sample::Index};

/// How many characters of a secret are a leak.
const PIECE: usize = 4;

/// A password that protects keys and containers here.
const PASSWORD: &str = "pa~s5w~ord~Zq9~";

/// Every fourth character is one that no word, number or certificate has, so that every piece can be told; and one is a
/// letter or digit, since punctuation alone is kept where a document is shown without its values.
fn planted() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([A-Za-z0-9][A-Za-z0-9+/$=-]{2}~){3,8}").unwrap()
}

/// What is planted into a document.
#[derive(Debug, Clone)]
struct Planted {
    client_secret: String,
    unknown: String,
    certificate: bool,
    encrypted: bool,
}

struct Keys {
    pair: Pair,
    encrypted: String,
    container: Vec<u8>,
    /// Pieces of the private number.
    pieces: Vec<String>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let pair = p256();
    let (_, der) = pem_rfc7468::decode_vec(pair.key.as_bytes()).unwrap();
    // The private number of a P-256 key in PKCS#8; it begins where base64 begins a group.
    let private = BASE64_STANDARD.encode(&der[36..66]);
    let mut pieces = windows(&private, 8);
    pieces.retain(|piece| !pair.chain.contains(piece));
    let encrypted = openssl(&["pkey", "-aes256", "-passout", &format!("pass:{PASSWORD}")], &pair.key);
    let container = container(&pair, PASSWORD);
    Keys { pair, encrypted, container, pieces }
});

fn windows(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(length).map(|window| window.iter().collect()).collect()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Members of an object, in the vendor's spelling.
fn members(shape: usize, planted: &Planted) -> Vec<(String, String)> {
    let keys = &*KEYS;
    let key = if planted.encrypted { &keys.encrypted } else { &keys.pair.key };
    let portal = "https://sales.cfapps.eu10.hana.ondemand.com";
    let host = "https://sales.authentication.eu10.hana.ondemand.com";
    let token = "https://sales.authentication.eu10.hana.ondemand.com/oauth/token";
    let cert = "https://sales.authentication.cert.eu10.hana.ondemand.com";
    let spelling =
        ["clientId clientSecret tokenUrl", "clientid clientsecret tokenurl", "client_id client_secret token_url"];
    let mut names = spelling[shape % 3].split(' ');
    let [id, secret, token_url] = std::array::from_fn(|_| names.next().unwrap());
    let mut members = vec![(id, "sb-sales!b1")];
    if planted.certificate {
        members.extend([("certificate", keys.pair.chain.as_str()), ("key", key), ("certurl", cert)]);
    } else {
        members.push((secret, &planted.client_secret));
    }
    match shape % 4 {
        0 => members.extend([("url", portal), (token_url, token)]),
        1 => members.extend([("url", host), ("xsappname", "sales!b1")]),
        2 => members.extend([("sm_url", portal), ("url", host)]),
        _ => members.extend([
            ("URL", portal),
            ("Name", "sales"),
            ("Type", "HTTP"),
            ("Authentication", "OAuth2ClientCredentials"),
            ("tokenServiceURL", token),
            ("tokenService.KeyStorePassword", &planted.client_secret),
            ("tokenService.KeyStoreLocation", "sales.p12"),
        ]),
    }
    members.push(("somethingElse", &planted.unknown));
    members.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn json(members: &[(String, String)], unknown: &str, line: &str) -> String {
    let all = members.iter().map(|(key, value)| format!("{}: {}", quoted(key), quoted(value)));
    let nested = format!("\"nested\": {{\"a\": [{}, 1, null], \"b\": {{}}}}", quoted(unknown));
    format!("{{{line}{}{line}}}", all.chain([nested]).collect::<Vec<_>>().join(&format!(",{line}")))
}

/// A document in one of the syntaxes and wrappers.
fn document(shape: usize, form: usize, planted: &Planted) -> String {
    let members = members(shape, planted);
    let line = if form.is_multiple_of(2) { "\n  " } else { "" };
    let object = json(&members, &planted.unknown, line);
    let with = |separator: &str, value: &dyn Fn(&str) -> String| {
        members.iter().map(|(key, text)| format!("{key}{separator}{}\n", value(text))).collect::<String>()
    };
    let one_line = |text: &str| text.replace('\n', "\\n");
    match form % 22 {
        0 | 1 => object,
        2 | 3 => format!("{{\"credentials\": {object}}}"),
        4 => format!("Getting key sales for service instance sales as ada@example.com...\n\n{object}\n\nOK\n"),
        5 => format!("{{\"VCAP_SERVICES\": {{\"xsuaa\": [{{\"name\": \"sales\", \"credentials\": {object}}}]}}}}"),
        6 => format!("{{\"xsuaa\": [{{\"credentials\": {object}}}, {{\"credentials\": {object}}}]}}"),
        7 => format!("{{\"credentials\": {}}}", quoted(&object)),
        8 => quoted(&quoted(&object)),
        9 => format!("{{\"url\": \"https://own.example.com\", \"uaa\": {object}}}"),
        10 => format!("{{\"oauth\": {object}}}"),
        11 => format!("{{\"messaging\": [{{\"oa2\": {object}, \"uri\": \"https://own.example.com\"}}]}}"),
        12 => format!("Here it is:\n\n```json\n{object}\n```\n"),
        13 => with(": ", &|text| format!("'{}'", one_line(text))),
        14 => with(": ", &|text| quoted(text)),
        15 => with(": ", &|text| match text.contains('\n') {
            true => format!("|\n    {}", text.trim_end().replace('\n', "\n    ")),
            false => text.to_owned(),
        }),
        16 => with("=", &one_line),
        17 => with("=", &|text| format!("\"{}\"", one_line(text))).to_uppercase_keys(),
        18 => {
            let data = with_indent(&members, |text| BASE64_STANDARD.encode(text));
            format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: sales\ndata:\n{data}")
        }
        19 => {
            let data = with_indent(&members, quoted);
            format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: sales\nstringData:\n{data}")
        }
        20 => format!("export VCAP_SERVICES='{{\"xsuaa\":[{{\"credentials\":{object}}}]}}'\n"),
        _ => format!(
            "curl -X POST https://sales.authentication.eu10.hana.ondemand.com/oauth/token \\\n  \
             -u 'sb-sales!b1:{}' \\\n  -d 'grant_type=client_credentials' -d 'password={}'\n",
            planted.client_secret, planted.unknown
        ),
    }
}

trait UppercaseKeys {
    fn to_uppercase_keys(self) -> String;
}

impl UppercaseKeys for String {
    /// As environment files write names.
    fn to_uppercase_keys(self) -> String {
        let upper = |line: &str| match line.split_once('=') {
            Some((key, value)) => format!("{}={value}\n", key.to_uppercase().replace('.', "_")),
            None => format!("{line}\n"),
        };
        self.lines().map(upper).collect()
    }
}

fn with_indent(members: &[(String, String)], value: impl Fn(&str) -> String) -> String {
    members.iter().map(|(key, text)| format!("  {key}: {}\n", value(text))).collect()
}

/// A way in which text is damaged between two windows.
#[derive(Debug, Clone)]
enum Damage {
    Remove(Index),
    Insert(Index, char),
    Replace(Index, char),
    Truncate(Index),
    RemoveLine(Index),
    RepeatLine(Index),
    SwapLines(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let strange = prop::sample::select(vec!['"', '\'', '\\', '{', '}', '[', ':', '=', '\n', '\t', '#', '<', 'é', '\0']);
    prop_oneof![
        any::<Index>().prop_map(Damage::Remove),
        (any::<Index>(), strange.clone()).prop_map(|(at, strange)| Damage::Insert(at, strange)),
        (any::<Index>(), strange).prop_map(|(at, strange)| Damage::Replace(at, strange)),
        any::<Index>().prop_map(Damage::Truncate),
        any::<Index>().prop_map(Damage::RemoveLine),
        any::<Index>().prop_map(Damage::RepeatLine),
        any::<Index>().prop_map(Damage::SwapLines),
    ]
}

fn damaged(text: &str, damage: &Damage) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split('\n').collect();
    if characters.is_empty() {
        return String::new();
    }
    match damage {
        Damage::Remove(at) => drop(characters.remove(at.index(characters.len()))),
        Damage::Insert(at, strange) => characters.insert(at.index(characters.len()), *strange),
        Damage::Replace(at, strange) => {
            let at = at.index(characters.len());
            characters[at] = *strange;
        }
        Damage::Truncate(at) => characters.truncate(at.index(characters.len())),
        Damage::RemoveLine(at) => {
            lines.remove(at.index(lines.len()));
            return lines.join("\n");
        }
        Damage::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
            return lines.join("\n");
        }
        Damage::SwapLines(at) => {
            let at = at.index(lines.len());
            let next = (at + 1) % lines.len();
            lines.swap(at, next);
            return lines.join("\n");
        }
    }
    characters.into_iter().collect()
}

/// Everything that is said about a document, in every form in which it can be said.
fn said(bytes: &[u8], password: Option<&SecretBytes>) -> String {
    let recognition = recognise(bytes, &Options { now: now(), password, stop: &Stop::NEVER });
    let mut said = format!("{recognition:?}\n{recognition:#?}\n");
    let findings = recognition.candidates.iter().flat_map(|candidate| &candidate.findings);
    for finding in recognition.findings.iter().chain(findings) {
        said += &format!("{finding} {finding:?} {} {}\n", finding.message().remedy().for_log(), finding.kind.code());
        said += &finding.message().render(Language::German);
    }
    for candidate in &recognition.candidates {
        said += &format!("{} {:?} {:?}\n", candidate.name, candidate.fields, candidate.document);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        said += &redact(text);
    }
    said
}

/// The first piece of a secret that is repeated.
fn find_leak(said: &str, planted: &Planted) -> Option<String> {
    let present: HashSet<String> = windows(said, PIECE).into_iter().collect();
    let secrets = [planted.client_secret.as_str(), &planted.unknown, PASSWORD];
    let pieces = secrets.into_iter().flat_map(|secret| windows(secret, PIECE));
    pieces
        .into_iter()
        .find(|piece| present.contains(piece))
        .or_else(|| KEYS.pieces.iter().find(|piece| said.contains(piece.as_str())).cloned())
}

fn cases() -> ProptestConfig {
    // Set by PROPTEST_CASES, too.
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 1_000 },
        ..default
    }
}

fn planted_values() -> impl Strategy<Value = Planted> {
    (planted(), planted(), any::<bool>(), any::<bool>()).prop_map(|(client_secret, unknown, certificate, encrypted)| {
        Planted { client_secret, unknown, certificate, encrypted }
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_of_a_secret_is_said_about_a_whole_document(
        shape in 0_usize..12,
        form in 0_usize..22,
        planted in planted_values(),
        with_password: bool,
    ) {
        let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
        let text = document(shape, form, &planted);
        let said = said(text.as_bytes(), with_password.then_some(&password));
        prop_assert_eq!(find_leak(&said, &planted), None, "{}\n{}", text, said);
    }

    #[test]
    fn nothing_of_a_secret_is_said_about_a_damaged_document(
        shape in 0_usize..12,
        form in 0_usize..22,
        planted in planted_values(),
        damages in prop::collection::vec(damage(), 1..4),
        with_password: bool,
    ) {
        let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
        let text = damages.iter().fold(document(shape, form, &planted), |text, damage| damaged(&text, damage));
        let said = said(text.as_bytes(), with_password.then_some(&password));
        prop_assert_eq!(find_leak(&said, &planted), None, "{}\n{}", text, said);
    }
}

#[test]
fn nothing_of_a_secret_is_said_about_a_container_whole_or_damaged() {
    let planted = Planted { client_secret: "~~~~".into(), unknown: "~~~~".into(), certificate: true, encrypted: false };
    let keys = &*KEYS;
    let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
    assert!(keys.pieces.len() > 10, "there is something to look for");
    for given in [None, Some(&password)] {
        assert_eq!(find_leak(&said(&keys.container, given), &planted), None);
    }
    for at in (0..keys.container.len()).step_by(97) {
        let mut bytes = keys.container.clone();
        bytes[at] ^= 0x55;
        assert_eq!(find_leak(&said(&bytes, Some(&password)), &planted), None, "byte {at}");
    }
}

#[test]
fn the_documents_of_these_tests_are_recognised_when_they_are_whole() {
    let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
    let (mut read, mut found) = (0, 0);
    for shape in 0..12 {
        for form in 0..22 {
            for certificate in [false, true] {
                let (client_secret, unknown) = ("aBc~dEf~gHi~".to_owned(), "jKl~mNo~pQr~".to_owned());
                let planted = Planted { client_secret, unknown, certificate, encrypted: certificate };
                let text = document(shape, form, &planted);
                found += usize::from(find_leak(&text, &planted).is_some());
                let options = Options { now: Utc::now().max(now()), password: Some(&password), stop: &Stop::NEVER };
                let recognition = recognise(text.as_bytes(), &options);
                read += recognition.candidates.iter().filter(|candidate| candidate.document.is_some()).count();
            }
        }
    }
    assert!(found > 400, "the search finds what is there, but where it is written in base64: {found} of 528");
    assert!(read > 300, "a test of secrets needs secrets that were read: {read} of 528");
}
