//! No input ends the program, hangs it or fills the memory.
//!
//! `PROPTEST_CASES` sets the number of cases. `FUZZ_SECONDS=600 cargo test -p documents --test never_panics fuzz -- --nocapture`
//! goes on until the time is over; `ulimit -v 3000000` in front of it stops what would fill the memory.

mod issued;

use std::{
    fs,
    sync::LazyLock,
    time::{Duration, Instant},
};

use documents::{Options, SecretBytes, Stop, recognise, redact};
use issued::{SECRET_DOCUMENT, USUAL, certificate_document, container, new_p256, now, p256, zipped};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};

/// Longer than any document may take, without optimisation and on a slow machine.
const LIMIT: Duration = Duration::from_secs(1);

/// The same for the largest documents, made to be slow: they are a hundred times as large as real ones, and without
/// optimisation everything takes ten times as long.
const LIMIT_OF_FULL_SIZE: Duration = if cfg!(debug_assertions) { Duration::from_secs(4) } else { LIMIT };

/// More than recognition may ever need, in kilobytes.
const MEMORY_LIMIT: usize = 300 * 1024;

/// For how long this thread has worked. What other programs do meanwhile does not count, where the system tells.
fn worked() -> Duration {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = text.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| STARTED.elapsed(), Duration::from_nanos)
}

/// Recognises a document, says everything about it, and measures.
fn recognise_in_time(bytes: &[u8]) -> Duration {
    let password = SecretBytes::new(b"word".to_vec());
    let started = worked();
    let recognition = recognise(bytes, &Options { now: now(), password: Some(&password), stop: &Stop::NEVER });
    let elapsed = worked() - started;
    for candidate in &recognition.candidates {
        for finding in &candidate.findings {
            assert!(!finding.to_string().is_empty());
            assert!(!finding.message().remedy().for_log().is_empty());
        }
    }
    if recognition.candidates.is_empty() {
        assert!(!recognition.findings.is_empty(), "whoever sees nothing at all has to be told why");
    }
    if let Ok(text) = str::from_utf8(bytes) {
        let shown = redact(text);
        assert_eq!(shown.lines().count(), text.lines().count(), "every place keeps its line");
    }
    elapsed
}

fn assert_in_time(what: &str, bytes: &[u8]) {
    let elapsed = recognise_in_time(bytes);
    assert!(elapsed < LIMIT_OF_FULL_SIZE, "{what}, {} bytes: {elapsed:?}", bytes.len());
}

/// The published samples and whole documents of every syntax.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let mut seeds: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
    assert!(seeds.len() >= 14, "the samples are there");
    let pair = p256();
    let texts = [
        SECRET_DOCUMENT.to_owned(),
        certificate_document(&pair.chain, &pair.key),
        format!("{}{}", pair.chain, pair.key),
        "url: https://sales.example.com\ntokenUrl: &a https://a.example.com/t\nclientId: *a\nclientSecret: |-\n  pl4nted\n".into(),
        "# c\nURL=https\\://sales.example.com\nclientId = a\\u0020b\\\n  c\nclientSecret:d\n".into(),
        "export APIPORTAL_URL='https://sales.example.com'\nCLIENT_ID=\"a\"\nCLIENT_SECRET=pl4nted # c\n".into(),
        "curl --cert chain.pem --key 'key.pem' -u \"a:b\" -d grant_type=client_credentials https://a.example.com/oauth/token".into(),
        format!("apiVersion: v1\nkind: Secret\ndata:\n  url: aHR0cHM6Ly9hLmV4YW1wbGUuY29t\n  clientid: YQ==\nstringData:\n  key: |\n    {}", pair.key.replace('\n', "\n    ")),
        "Getting key a for service instance b as c...\n\n{\"credentials\": {\"uaa\": {\"clientid\": \"a\"}}}\n".into(),
        "```json\n{\"messaging\": [{\"oa2\": {\"clientid\": \"a\", \"clientsecret\": \"b\"}, \"uri\": \"https://a\"}]}\n```".into(),
        r#"{"destinationConfiguration": {"Name": "a", "Authentication": "x", "URL": "https://a", "tokenService.KeyStoreLocation": "a.p12"}, "certificates": [{"Name": "a.p12", "Content": "MIIB"}]}"#.into(),
    ];
    seeds.extend(texts.map(String::into_bytes));
    seeds.push(container(&pair, "word"));
    seeds.push(zipped(&[("chain.pem", pair.chain.as_bytes()), ("key.pem", pair.key.as_bytes()), ("a.json", b"{}")]));
    seeds
});

/// Pieces that mean something to one of the parsers.
const TOKENS: [&str; 44] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ":",
    ",",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\\",
    "\\n",
    "\\u0000",
    "\\ud800",
    "\u{0}",
    "\u{feff}",
    "é",
    "🔑",
    "=",
    "#",
    "- ",
    "---\n",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "? ",
    "| \n",
    "> \n",
    "null",
    "1e999",
    "-----BEGIN ",
    "-----END CERTIFICATE-----",
    "PRIVATE KEY-----",
    "\"credentials\":",
    "VCAP_SERVICES",
    "```",
    "curl ",
    "export ",
    "kind: Secret\ndata:\n",
    "PK\u{3}\u{4}",
    "\"url\": \"https://",
];

#[derive(Debug, Clone)]
enum Mutation {
    Remove(Index, Index),
    Insert(Index, &'static str),
    Byte(Index, u8),
    Repeat(Index, Index, usize),
    Splice(Index, Index, Index),
    Nest(usize, bool),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::Remove(from, to)),
        (any::<Index>(), prop::sample::select(&TOKENS[..])).prop_map(|(at, token)| Mutation::Insert(at, token)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Byte(at, byte)),
        (any::<Index>(), any::<Index>(), 1_usize..20).prop_map(|(from, to, times)| Mutation::Repeat(from, to, times)),
        (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(seed, from, at)| Mutation::Splice(seed, from, at)),
        (1_usize..60, any::<bool>()).prop_map(|(depth, list)| Mutation::Nest(depth, list)),
    ]
}

fn mutate(mut bytes: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    let span = |from: &Index, to: &Index, length: usize| {
        let (from, to) = (from.index(length + 1), to.index(length + 1));
        from.min(to)..from.max(to)
    };
    match mutation {
        Mutation::Remove(from, to) => drop(bytes.drain(span(from, to, bytes.len()))),
        Mutation::Insert(at, token) => {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, token.bytes());
        }
        Mutation::Byte(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Mutation::Byte(..) => {}
        Mutation::Repeat(from, to, times) if bytes.len() < 50_000 => {
            let span = span(from, to, bytes.len());
            let piece = bytes[span.clone()].repeat(*times);
            bytes.splice(span, piece);
        }
        Mutation::Repeat(..) => {}
        Mutation::Splice(seed, from, at) => {
            let other = &SEEDS[seed.index(SEEDS.len())];
            let piece = other[from.index(other.len() + 1)..].to_vec();
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, piece);
        }
        Mutation::Nest(depth, list) => {
            let (open, close) = if *list { ("[", "]") } else { ("{\"a\":", "}") };
            let mut nested = open.repeat(*depth).into_bytes();
            nested.append(&mut bytes);
            nested.extend_from_slice(close.repeat(*depth).as_bytes());
            bytes = nested;
        }
    }
    bytes
}

/// A document as it could arrive: bytes at random, a mutated sample, or a heap of tokens.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let seed = any::<Index>().prop_map(|seed| SEEDS[seed.index(SEEDS.len())].clone());
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..600),
        1 => ".{0,300}".prop_map(String::into_bytes),
        2 => prop::collection::vec(prop::sample::select(&TOKENS[..]), 0..120)
            .prop_map(|tokens| tokens.concat().into_bytes()),
        6 => (seed, prop::collection::vec(mutation(), 1..8))
            .prop_map(|(seed, mutations)| mutations.iter().fold(seed, mutate)),
    ]
}

fn cases() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 2_000 },
        ..default
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_input_is_answered_in_time(bytes in input()) {
        let elapsed = recognise_in_time(&bytes);
        prop_assert!(elapsed < LIMIT, "{elapsed:?}");
    }
}

/// Runs until the time is over, if `FUZZ_SECONDS` gives any.
#[test]
#[allow(clippy::print_stdout, reason = "whoever lets it run wants to see it")]
fn fuzz() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut inputs = 0_u64;
    let mut slowest = Duration::ZERO;
    while Instant::now() < end {
        // A runner of its own each time: its randomness is new.
        let mut runner = TestRunner::new(ProptestConfig { cases: 5_000, failure_persistence: None, ..cases() });
        let slowest_here = std::cell::Cell::new(slowest);
        let result = runner.run(&input(), |bytes| {
            let elapsed = recognise_in_time(&bytes);
            slowest_here.set(slowest_here.get().max(elapsed));
            prop_assert!(elapsed < LIMIT, "{:?}", elapsed);
            Ok(())
        });
        result.unwrap_or_else(|failure| panic!("{failure}"));
        slowest = slowest_here.get();
        inputs += 5_000;
        println!("{inputs} inputs, slowest {slowest:?}, peak memory {} kB", peak_memory().unwrap_or_default());
        assert_memory();
    }
}

/// The most memory that this process ever had, in kilobytes. Only Linux tells.
fn peak_memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

fn assert_memory() {
    if let Some(peak) = peak_memory() {
        assert!(peak < MEMORY_LIMIT, "recognition took {peak} kB");
    }
}

/// Fills a text with repetitions up to the limit of a document.
fn filled(prefix: &str, piece: impl Fn(usize) -> String, suffix: &str) -> String {
    let mut text = prefix.to_owned();
    for number in 0.. {
        let next = piece(number);
        if text.len() + next.len() + suffix.len() > documents::MAX_BYTES {
            break;
        }
        text += &next;
    }
    text + suffix
}

#[test]
fn the_worst_documents_of_full_size_are_answered_in_time() {
    let pair = p256();
    let chain = serde_json::to_string(&pair.chain).unwrap();
    let key = serde_json::to_string(&pair.key).unwrap();
    for (what, text) in [
        ("many keys", filled("{", |number| format!("\"k{number}\":{number},"), "\"clientid\":\"a\"}")),
        ("one key many times", filled("{", |_| "\"clientid\":\"a\",".into(), "\"clientsecret\":\"b\"}")),
        (
            "one key many times, differently",
            filled("{", |number| format!("\"clientid\":\"{number}\","), "\"url\":\"b\"}"),
        ),
        (
            "nested parts many times",
            format!(
                "{{\"uaa\":{{{}\"a\":1}},{}\"a\":1}}",
                "\"clientid\":\"a\",".repeat(30_000),
                "\"clientsecret\":\"a\",".repeat(25_000)
            ),
        ),
        ("unknown keys many times", filled("{\"clientid\":\"a\"", |number| format!(",\"a{}\":1", number % 7), "}")),
        (
            "many bindings",
            filled("{\"x\":[", |_| "{\"credentials\":{\"clientid\":\"a\"}},".into(), "{\"credentials\":{}}]}"),
        ),
        (
            "many named bindings",
            filled(
                "[",
                |number| format!("{{\"name\":\"n{number}\",\"credentials\":{{\"clientid\":\"a\"}}}},\n"),
                "{}]",
            ),
        ),
        (
            "many certificates",
            filled(
                "[",
                |_| format!("{{\"certificate\":{chain},\"key\":{key},\"certurl\":\"https://a.example.com\"}},"),
                "{}]",
            ),
        ),
        ("one chain of many", filled("", |_| pair.chain.clone(), &pair.key)),
        ("a long value", filled("{\"clientid\":\"", |_| "aaaaaaaaaaaaaaaa".into(), "\"}")),
        ("a long placeholder", filled("{\"url\":\"", |_| "<a {a".into(), "\"}")),
        ("a long URL", filled("{\"tokenurl\":\"https://a", |_| "/oauth/token".into(), "\"}")),
        ("a long line of words", filled("", |_| "word ".into(), "")),
        ("many lines", filled("", |_| "a\n".into(), "")),
        ("blank lines", filled("{\n", |_| "\n".into(), "}")),
        ("many environment lines", filled("", |number| format!("K{number}=v\n"), "CLIENT_ID=a\n")),
        ("many properties", filled("", |number| format!("k.{number}=v\\\n w\n"), "clientId=a\n")),
        ("many YAML documents", filled("", |_| "---\nclientid: a\n".into(), "")),
        ("many YAML items", filled("", |_| "- clientid: a\n".into(), "")),
        ("deep YAML", filled("", |_| "- ".into(), "a")),
        ("deep YAML in braces", filled("", |_| "{a: ".into(), "")),
        ("deep indentation", (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        ("deep lists", "[".repeat(documents::MAX_BYTES)),
        ("deep objects", filled("", |_| "{\"a\":".into(), "")),
        ("many braces in one line", filled("", |_| "{}".into(), "")),
        ("many quotes", "\"".repeat(documents::MAX_BYTES)),
        ("many backslashes", format!("{{\"clientid\":\"{}\"}}", "\\\\".repeat(500_000))),
        ("many begins", filled("", |_| "-----BEGIN CERTIFICATE-----\n".into(), "")),
        (
            "many begins in a value",
            filled("{\"certificate\":\"", |_| "-----BEGIN PRIVATE KEY-----".into(), "\",\"key\":\"-----\"}"),
        ),
        ("many fences", filled("", |_| "```\n".into(), "")),
        ("many continued lines", filled("curl ", |_| "-d a=b \\\n".into(), "https://a.example.com")),
        ("many umlauts", filled("{\"clientid\":\"", |_| "äöü".into(), "\",\"url\":1,\"certurl\":2,\"tokenurl\":3}")),
        (
            "strings in strings",
            (0..14).fold("{\"clientid\":\"a\"}".to_owned(), |text, _| serde_json::to_string(&text).unwrap()),
        ),
    ] {
        assert!(text.len() <= documents::MAX_BYTES, "{what}");
        assert_in_time(what, text.as_bytes());
    }
    assert_memory();
}

#[test]
fn a_document_far_too_large_is_refused_at_once() {
    let bytes = vec![b'{'; 10 * 1024 * 1024];
    let elapsed = recognise_in_time_without_preview(&bytes);
    assert!(elapsed < Duration::from_millis(50), "{elapsed:?}");
}

fn recognise_in_time_without_preview(bytes: &[u8]) -> Duration {
    let started = worked();
    let recognition = recognise(bytes, &Options { now: now(), password: None, stop: &Stop::NEVER });
    let elapsed = worked() - started;
    assert_eq!(recognition.findings.len(), 1);
    elapsed
}

#[test]
fn yaml_that_multiplies_itself_is_answered_in_time() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        let times = vec![format!("*a{before}"); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{times}]\n");
    }
    assert_in_time("aliases of aliases", format!("{bomb}clientid: a\n").as_bytes());
    let merged: String =
        (1..200).map(|level| format!("a{level}: &a{level}\n  <<: *a{}\n  k{level}: v\n", level - 1)).collect();
    assert_in_time("merged aliases", format!("a0: &a0 {{k: v}}\n{merged}clientid: a\n").as_bytes());
    assert_in_time("an alias of itself", b"a: &a\n  b: *a\nclientid: a\n");
    let large = "x".repeat(100_000);
    let wide: String = (0..1_000).map(|number| format!("k{number}: *a\n")).collect();
    assert_in_time("a large alias many times", format!("a: &a {large}\n{wide}clientid: a\n").as_bytes());
    assert_memory();
}

#[test]
fn an_archive_that_is_larger_inside_is_answered_in_time() {
    use std::io::{Cursor, Write};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for number in 0..20 {
        zip.start_file(format!("{number}.json"), options).unwrap();
        zip.write_all(&vec![b' '; 20 * 1024 * 1024]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < documents::MAX_BYTES, "{}", bytes.len());
    assert_in_time("zeros", &bytes);
    let names: Vec<String> = (0..5_000).map(|number| format!("{number}.pem")).collect();
    let pair = p256();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"-----BEGIN "[..])).collect();
    assert_in_time("many files", &zipped(&many));
    let other = new_p256(USUAL);
    let by_turns = |contents: [&str; 2]| {
        let content = |index: usize| contents[index % 2].to_owned().into_bytes();
        let files: Vec<Vec<u8>> = (0..900).map(content).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(files.iter().map(Vec::as_slice)).collect();
        zipped(&files)
    };
    assert_in_time("many keys and their chains", &by_turns([&pair.key, &pair.chain]));
    assert_in_time("many keys and chains of another", &by_turns([&pair.key, &other.chain]));
    let without = r#"{"url": "https://a.example.com", "certurl": "https://a.example.com", "clientid": "a"}"#;
    assert_in_time("many documents that look for a chain", &by_turns([without, &pair.chain]));
    assert_memory();
}
