//! `inspect` and `convert`: documents in, documents out, and nothing else of this computer.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Ran, contains_any, mode, run_command, run_plain, secret_parts};

const SECRET: &str = "pl4nted+s3cret/of=$this-t3st==";
const PASSWORD: &str = "pl4nted pass word";

/// Lines and columns matter here.
const SECRET_CONNECTION: &str = r#"{
  "url": "https://sales.prod.apimanagement.eu10.hana.ondemand.com",
  "tokenUrl": "https://sales.authentication.eu10.hana.ondemand.com/oauth/token",
  "clientId": "sb-apiaccess_1767225600000!b10042|api-portal-xsuaa!b1",
  "clientSecret": "SECRET",
  "xsappname": "kept!b1"
}"#;

const CERTIFICATE_CONNECTION: &str = r#"{
  "url": "https://sales.prod.apimanagement.eu10.hana.ondemand.com",
  "tokenurl": "https://sales.authentication.eu10.hana.ondemand.com/oauth/token",
  "certurl": "https://sales.authentication.cert.eu10.hana.ondemand.com",
  "certificate": CERTIFICATE,
  "key": KEY
}"#;

const FORMATS: [&str; 12] = [
    "connection",
    "service-key",
    "service-key-credentials",
    "destination-json",
    "destination-yaml",
    "destination-properties",
    "pem",
    "pem-files",
    "pkcs12",
    "env",
    "kubernetes-secret",
    "curl",
];

/// Documents in a folder of their own.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder") };
        desk.put("password", format!("{PASSWORD}\n"));
        desk
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.folder.path().join(name), content).expect("a file");
        self.path(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a text")
    }

    /// A connection with a client secret.
    fn secret(&self) -> String {
        self.put("secret.json", SECRET_CONNECTION.replace("SECRET", SECRET))
    }

    /// A connection with a certificate that is valid for so many days.
    fn certificate(&self, days: u32) -> String {
        let (certificate, key) = self.pem(days);
        let [certificate, key] = [certificate, key].map(|text| Value::String(text).to_string());
        // The key first: the letters of its name can stand in the middle of a certificate.
        let text = CERTIFICATE_CONNECTION.replace("KEY", &key).replace("CERTIFICATE", &certificate);
        self.put("certificate.json", text)
    }

    /// Certificate and key of a client, which openssl makes.
    fn pem(&self, days: u32) -> (String, String) {
        let (certificate, key) = (self.path("certificate.pem"), self.path("key.pem"));
        let days = days.to_string();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", &days, "-subj", "/CN=sb-planted-client"])
            .args(["-out", &certificate, "-keyout", &key])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl is installed").success());
        (self.read("certificate.pem"), self.read("key.pem"))
    }

    /// The same in a container that openssl writes.
    fn container(&self) -> String {
        self.pem(365);
        let path = self.path("client.p12");
        openssl(
            &["pkcs12", "-export", "-in", &self.path("certificate.pem"), "-inkey", &self.path("key.pem")],
            &["-passout", &self.password(), "-out", &path],
        );
        path
    }

    /// The password for openssl.
    fn password(&self) -> String {
        format!("file:{}", self.path("password"))
    }

    /// What must not be printed: the client secret, the password and the lines of the key.
    fn secrets(&self) -> Vec<String> {
        let mut secrets = vec![SECRET.to_owned(), PASSWORD.to_owned()];
        if let Ok(key) = fs::read_to_string(self.folder.path().join("key.pem")) {
            secrets.extend(secret_parts(&json!({ "key": key }).to_string()));
        }
        secrets
    }

    /// Runs without session and data; nothing of the secrets may be said.
    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let ran = run_plain(arguments, input);
        for said in [&ran.out, &ran.err] {
            assert!(!contains_any(said.as_bytes(), &self.secrets()), "a secret was printed: {said}");
        }
        ran
    }

    fn inspect(&self, file: &str, code: i32) -> Value {
        let (json, password) = (["inspect", file, "--json"], ["--password-file", &self.path("password")]);
        self.run(&[&json[..], &password].concat()).fails(code).json()
    }
}

fn secret_connection() -> Value {
    serde_json::from_str(&SECRET_CONNECTION.replace("SECRET", SECRET)).expect("JSON")
}

fn openssl(command: &[&str], rest: &[&str]) -> String {
    let output = Command::new("openssl").args(command).args(rest).output().expect("openssl is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The codes of the findings of that severity, of the document and of its only credentials.
fn codes(report: &Value, severity: &str) -> Vec<String> {
    let of_candidates = report["candidates"].as_array().expect("an array").iter().map(|one| &one["findings"]);
    [&report["findings"]]
        .into_iter()
        .chain(of_candidates)
        .flat_map(|findings| findings.as_array().expect("an array"))
        .filter(|finding| finding["severity"] == severity)
        .map(|finding| finding["code"].as_str().expect("a text").to_owned())
        .collect()
}

/// The fields of the only credentials that may be shown, by their keys; secrets as an empty text.
fn fields(report: &Value) -> BTreeMap<String, String> {
    let fields = report["candidates"][0]["fields"].as_array().expect("an array");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    fields.iter().map(|field| (text(&field["key"]), text(&field["text"]))).collect()
}

#[test]
fn inspect_of_good_credentials_shows_their_parts_and_no_secret() {
    let desk = Desk::new();
    let seen = desk.run(&["inspect", &desk.secret()]).succeeds();
    for expected in [
        "secret.json: JSON\n",
        "API portal connection (client secret)\n",
        "  url           https://sales.prod.apimanagement.eu10.hana.ondemand.com\n",
        "  clientId      sb-apiaccess_1767225600000!b10042|api-portal-xsuaa!b1\n",
        "  clientSecret  (not shown)\n",
        "  Note, line 6, column 3: Extra fields are kept: xsappname.\n",
        "\nNo errors, no warnings.\n",
    ] {
        assert!(seen.out.contains(expected), "{expected:?}: {}", seen.out);
    }
    assert_eq!(seen.err, "");

    let report = desk.run(&["inspect", &desk.secret(), "--json"]).succeeds().json();
    assert_eq!(report["result"], "clean");
    assert_eq!(report["syntax"], "JSON");
    let one = &report["candidates"][0];
    assert_eq!(one["shape"], "connection_secret");
    assert_eq!(one["shapeName"], "API portal connection (client secret)");
    assert_eq!(one["kind"]["kind"], "clientSecret");
    assert_eq!(one["fields"][3], json!({ "key": "clientSecret", "text": null, "line": 5, "column": 19 }));

    let report = desk.inspect(&desk.certificate(365), 0);
    assert_eq!(report["candidates"][0]["kind"]["publicKey"], "RSA 2048");
    assert_eq!(report["candidates"][0]["validity"]["daysLeft"], 364, "not rounded up");
    assert_eq!(fields(&report)["clientId"], "sb-planted-client", "the subject tells it");
}

#[test]
fn inspect_ends_with_one_for_warnings_and_with_two_for_errors() {
    let desk = Desk::new();
    let soon = desk.certificate(10);
    let warned = desk.run(&["inspect", &soon]).fails(1);
    assert!(warned.out.contains("Warning, line 5, column 18: The certificate expires on "), "{}", warned.out);
    assert!(warned.out.contains("    Plan to regenerate the credentials before that day.\n"), "{}", warned.out);
    assert!(warned.out.ends_with("\n1 warning.\n"), "{}", warned.out);
    let report = desk.inspect(&soon, 1);
    assert_eq!(report["result"], "warnings");
    assert_eq!(codes(&report, "warning"), ["expiring"]);
}

// Promise E6: a day is that of the person who reads it, as in the window.
#[test]
fn a_day_is_told_by_the_clock_of_the_person() {
    let desk = Desk::new();
    let soon = desk.certificate(10);
    let end = openssl(&["x509", "-in", &desk.path("certificate.pem"), "-noout", "-enddate"], &[]);
    let end = NaiveDateTime::parse_from_str(end.trim(), "notAfter=%b %e %H:%M:%S %Y GMT").expect("a time in UTC");
    // More than a day apart, so that at no time of the day both are the day in UTC.
    for (zone, hours) in [("HERE-14", 14), ("THERE12", -12)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        command.args(["inspect", &soon]).env_clear().env("HOME", "/dev/null").env("TZ", zone);
        let told = run_command(&mut command, "").fails(1);
        let day = (end + TimeDelta::hours(hours)).date();
        assert!(told.out.contains(&format!("The certificate expires on {day}")), "{zone}: {}", told.out);
    }
}

#[test]
fn inspect_says_where_a_document_is_broken() {
    let desk = Desk::new();
    desk.secret();
    let text = desk.read("secret.json").replace("\"clientId\": \"sb-", "\"clientId\" \"sb-");
    let broken = desk.put("broken.json", text);
    let seen = desk.run(&["inspect", &broken]).fails(2);
    assert!(seen.out.contains("Error, line 4, column 1"), "{}", seen.out);
    assert!(seen.out.contains("This is not valid JSON"), "{}", seen.out);
    assert!(seen.out.ends_with("\n1 error.\n"), "{}", seen.out);
    let report = desk.inspect(&broken, 2);
    assert_eq!(report["result"], "errors");
    assert_eq!(report["findings"][0]["line"], 4);
    assert_eq!(report["candidates"], json!([]));
}

#[test]
fn inspect_shows_each_of_several_credentials() {
    let desk = Desk::new();
    let vcap = vcap();
    let file = desk.put("vcap.json", vcap.to_string());
    let seen = desk.run(&["inspect", &file]).fails(2);
    for expected in
        ["This document holds 2 credentials.", "\n1. good: ", "\n2. half: ", "taken out of: VCAP_SERVICES, "]
    {
        assert!(seen.out.contains(expected), "{expected:?}: {}", seen.out);
    }
    let report = desk.inspect(&file, 2);
    assert_eq!(report["candidates"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["candidates"][0]["name"], "good");
    assert_eq!(report["candidates"][1]["name"], "half");
    assert_eq!(codes(&report, "error"), ["missing_part"]);
}

#[test]
fn inspect_calls_a_sound_file_without_room_for_urls_sound_and_a_broken_one_broken() {
    let desk = Desk::new();
    let (certificate, key) = desk.pem(365);
    let sound = desk.put("client.pem", certificate.clone() + &key);
    let seen = desk.run(&["inspect", &sound]).fails(1);
    for expected in [
        "Warning, line ",
        ": \"url\" is missing.\n",
        ": \"certurl\" is missing.\n",
        "A file of this kind carries no URLs. ",
        "\n2 warnings.\n",
    ] {
        assert!(seen.out.contains(expected), "{expected:?}: {}", seen.out);
    }
    assert!(!seen.out.contains("Error"), "{}", seen.out);
    let alone = desk.put("alone.pem", certificate);
    let report = desk.inspect(&alone, 2);
    assert_eq!(codes(&report, "error"), ["missing_part"], "without its key it proves nothing");
    assert_eq!(report["candidates"][0]["findings"][0]["message"], "\"key\" is missing.");
    let mut connection = secret_connection();
    connection.as_object_mut().expect("an object").remove("url");
    let incomplete = desk.put("incomplete.json", connection.to_string());
    assert_eq!(codes(&desk.inspect(&incomplete, 2), "error"), ["missing_part"], "a connection has to have it");
}

#[test]
fn a_file_keeps_the_spelling_of_its_name_wherever_it_stands_in_a_message() {
    let desk = Desk::new();
    desk.put("s.json", "{}");
    desk.put("v.json", vcap().to_string());
    for (file, expected) in [
        ("s.json", "\nError: Cannot convert s.json.\n"),
        ("v.json", "Error: There are 2 credentials in v.json.\n"),
        ("absent.json", "Error: There is no file \"absent.json\".\n"),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_drawbridge"));
        program.args(["convert", file, "--to", "env", "--out", "-"]).current_dir(desk.folder.path());
        let said = String::from_utf8(program.output().expect("the program").stderr).expect("UTF-8");
        assert!(said.contains(expected), "{expected:?}: {said}");
    }
}

/// Two bindings, of which the second one lacks its client id.
fn vcap() -> Value {
    let mut half = secret_connection();
    half.as_object_mut().expect("an object").remove("clientId");
    let binding = |name: &str, credentials: Value| json!({ "label": "apimanagement-apiportal", "name": name, "credentials": credentials });
    let bindings = [binding("good", secret_connection()), binding("half", half)];
    json!({ "VCAP_SERVICES": { "apimanagement-apiportal": bindings } })
}

#[test]
fn inspect_opens_containers_and_keys_with_a_password_from_a_file() {
    let desk = Desk::new();
    let container = desk.container();
    let report = desk.run(&["inspect", &container, "--json"]).fails(2).json();
    assert_eq!(codes(&report, "error"), ["password_needed"]);
    assert!(report["findings"][0]["hint"].as_str().expect("a text").contains("--password-file"), "{report}");
    let wrong = desk.put("wrong", "other\n");
    let report = desk.run(&["inspect", &container, "--password-file", &wrong, "--json"]).fails(2).json();
    assert_eq!(codes(&report, "error"), ["wrong_password"]);
    let report = desk.inspect(&container, 1);
    assert_eq!(report["syntax"], "PKCS#12");
    assert_eq!(report["result"], "warnings");
    assert_eq!(report["candidates"][0]["kind"]["publicKey"], "RSA 2048");
    assert_eq!(codes(&report, "error"), [""; 0], "it is sound: a container has no URLs");
    assert_eq!(codes(&report, "warning"), ["missing_part", "missing_part"]);
    // The password from a pipe, the document from a file; and the other way round.
    let piped = ["inspect", &container, "--password-file", "-", "--json"];
    assert_eq!(desk.run_with(&piped, PASSWORD).fails(1).json()["candidates"], report["candidates"]);
    let piped = ["inspect", "-", "--password-file", &desk.path("password"), "--json"];
    let bytes = fs::read(&container).expect("the container");
    assert_eq!(desk.run_with(&piped, bytes).fails(1).json()["candidates"], report["candidates"]);
    let both = desk.run(&["inspect", "-", "--password-file", "-"]).fails(2);
    assert!(both.err.contains("Standard input can be one thing only."), "{}", both.err);

    let encrypted = desk.path("encrypted.pem");
    let key = desk.path("key.pem");
    openssl(&["pkcs8", "-topk8", "-in", &key, "-out", &encrypted, "-passout", &desk.password()], &[]);
    let both = desk.put("both.pem", desk.read("certificate.pem") + &desk.read("encrypted.pem"));
    let report = desk.run(&["inspect", &both, "--json"]).fails(2).json();
    assert!(codes(&report, "error").contains(&"password_needed".to_owned()), "{report}");
    let report = desk.inspect(&both, 1);
    assert_eq!(codes(&report, "warning"), ["missing_part", "missing_part"]);

    for (content, complaint) in [("", "is empty"), ("one\ntwo\n", "has more than one line")] {
        let file = desk.put("no-password", content);
        let failed = desk.run(&["inspect", &container, "--password-file", &file]).fails(1);
        assert!(failed.err.contains(complaint), "{}", failed.err);
        assert_eq!(failed.out, "");
    }
}

#[test]
fn inspect_reads_standard_input_and_nothing_that_is_too_large() {
    let desk = Desk::new();
    let document = secret_connection().to_string();
    assert!(desk.run_with(&["inspect", "-"], &document).succeeds().out.starts_with("standard input: JSON\n"));

    let large = desk.path("large.json");
    File::create(&large).expect("a file").set_len(10_000_000).expect("a length");
    let report = desk.inspect(&large, 2);
    assert_eq!(codes(&report, "error"), ["too_large"]);
    let message = report["findings"][0]["message"].as_str().expect("a text");
    assert!(message.starts_with("10000000 bytes are too many"), "{message}");
    let report = desk.run_with(&["inspect", "-", "--json"], vec![b' '; 10_000_000]).fails(2).json();
    assert_eq!(codes(&report, "error"), ["too_large"]);

    let missing = desk.run(&["inspect", &desk.path("missing.json"), "--json"]).fails(6);
    assert_eq!(missing.out, "", "no report on what is not there");
    assert_eq!(serde_json::from_str::<Value>(&missing.err).expect("JSON")["code"], "notFound");
    let folder = desk.run(&["inspect", desk.folder.path().to_str().expect("UTF-8")]).fails(1);
    assert!(folder.err.contains("cannot be read"), "{}", folder.err);
    let pasted = desk.run(&["inspect", &document]).fails(6);
    assert!(pasted.err.contains("looks like a document"), "{}", pasted.err);
}

#[test]
fn every_format_is_read_again_as_what_it_was() {
    let desk = Desk::new();
    for (original, certificates) in [(desk.secret(), false), (desk.certificate(365), true)] {
        let before = desk.inspect(&original, 0);
        for format in FORMATS {
            let out = desk.path("out");
            let mut arguments = vec!["convert", &original, "--to", format, "--out", &out, "--force", "--json"];
            let password = desk.path("password");
            if certificates && (format == "pkcs12" || format.starts_with("destination")) {
                arguments.extend(["--out-password-file", &password]);
            }
            if !certificates && ["pem", "pem-files", "pkcs12"].contains(&format) {
                let refused = desk.run(&arguments).fails(3);
                assert!(refused.err.contains("certificates only"), "{}", refused.err);
                continue;
            }
            let converted = desk.run(&arguments).succeeds().json();
            assert_eq!(converted["format"], format);
            assert_eq!(mode(Path::new(&out)), 0o600, "{format}: others on this machine must not read a secret");

            let after = desk.run(&["inspect", &out, "--password-file", &password, "--json"]).json();
            let (was, is) = (fields(&before), fields(&after));
            for (key, text) in &is {
                assert_eq!(Some(text), was.get(key), "{format}: {key}");
            }
            let lost: Vec<&str> = was.keys().filter(|key| !is.contains_key(*key)).map(String::as_str).collect();
            let expected: &[&str] = match (format, certificates) {
                ("pem" | "pem-files" | "pkcs12", _) => &["certurl", "tokenUrl", "url"],
                ("curl", true) => &["tokenUrl", "url"],
                ("curl", false) => &["url"],
                (destination, true) if destination.starts_with("destination") => &["tokenUrl"],
                _ => &[],
            };
            assert_eq!(lost, expected, "{format}: what it has no room for");

            // And back: the secret is the same.
            let back = desk.path("back");
            let again = if expected.contains(&"certurl") { "pem" } else { "connection" };
            let url = was["url"].as_str();
            let mut arguments =
                vec!["convert", &out, "--to", again, "--out", &back, "--force", "--password-file", &password];
            if again == "connection" && expected.contains(&"url") {
                arguments.extend(["--portal-url", url]);
            }
            desk.run(&arguments).succeeds();
            assert_eq!(
                secret_of(&desk.read("back")),
                secret_of(&fs::read_to_string(&original).expect("a text")),
                "{format}"
            );
        }
    }
}

/// The secret of a connection: the client secret, or the private key as PEM. Of PEM blocks, the same.
fn secret_of(text: &str) -> String {
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return text[text.find("-----BEGIN PRIVATE KEY").expect("a key")..].trim().to_owned();
    };
    let secret = document["clientSecret"].as_str().or(document["key"].as_str());
    secret.expect("a secret").trim().to_owned()
}

#[test]
fn convert_keeps_what_no_connection_needs() {
    let desk = Desk::new();
    let original = desk.secret();
    for format in ["connection", "service-key", "service-key-credentials"] {
        let out = desk.path("out.json");
        desk.run(&["convert", &original, "--to", format, "--out", &out, "--force"]).succeeds();
        assert!(desk.read("out.json").contains("kept!b1"), "{format}: nothing of a document is lost");
    }
}

#[test]
fn openssl_reads_what_convert_writes() {
    let desk = Desk::new();
    let original = desk.certificate(365);
    let (password, passin) = (desk.path("password"), desk.password());
    for (legacy, options) in [(&[][..], &[][..]), (&["--legacy"], &["-legacy"])] {
        let out = desk.path("out.p12");
        let arguments = ["convert", &original, "--to", "pkcs12", "--out-password-file", &password, "--out", &out];
        desk.run(&[&arguments[..], &["--force", "--name", "my key"], legacy].concat()).succeeds();
        let read = openssl(&["pkcs12", "-in", &out, "-passin", &passin, "-nodes"], options);
        assert!(read.contains("friendlyName: my-key"), "{read}");
        assert!(read.contains("BEGIN PRIVATE KEY"), "{read}");
    }
    let pem = desk.path("out.pem");
    let said = desk.run(&["convert", &original, "--to", "pem", "--out", &pem]).succeeds().out;
    assert!(said.starts_with("Wrote PEM, chain and key in one file, to "), "{said}");
    assert!(openssl(&["x509", "-in", &pem, "-noout", "-subject"], &[]).contains("sb-planted-client"));
    let said = desk.run(&["convert", &original, "--to", "pem-files", "--out", &desk.path("out.zip")]).succeeds().out;
    assert!(said.contains("in a zip archive"), "whoever expected a .pem has to know: {said}");
}

#[test]
fn convert_does_without_what_a_format_does_not_need() {
    let desk = Desk::new();
    let (certificate, key) = desk.pem(365);
    let pem = desk.put("client.pem", certificate + &key);
    let (password, out) = (desk.path("password"), desk.path("out"));
    let written = desk.run(&["convert", &pem, "--to", "pkcs12", "--out-password-file", &password, "--out", &out]);
    assert_eq!(written.succeeds().err, "", "what is missing does not matter for a container");
    let refused = desk.run(&["convert", &pem, "--to", "connection", "--out", &desk.path("c.json")]).fails(3);
    assert!(refused.err.contains("Error, line "), "as inspect says it: {}", refused.err);
    assert!(refused.err.contains("\"certurl\" is missing."), "{}", refused.err);
    assert!(refused.err.contains("Cannot convert /"), "{}", refused.err);
    assert!(!Path::new(&desk.path("c.json")).exists());

    // An XSUAA key does not carry the portal's URL.
    let document = json!({
        "clientid": "sb-x!b1", "clientsecret": SECRET, "url": "https://sales.authentication.eu10.hana.ondemand.com",
        "xsappname": "x!b1",
    });
    let key = desk.put("key.json", document.to_string());
    let refused = desk.run(&["convert", &key, "--to", "connection", "--out", "-", "--json"]).fails(3);
    let lines: Vec<Value> = refused.err.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["code"], "missing_part");
    assert!(lines[0]["hint"].as_str().expect("a text").contains("--portal-url"), "{}", refused.err);
    assert_eq!(lines.last().expect("the end")["code"], "refused");
    desk.run(&["convert", &key, "--to", "service-key", "--out", &out, "--force"]).succeeds();
    let with_url = ["convert", &key, "--to", "connection", "--out", &out, "--force", "--portal-url"];
    desk.run(&[&with_url[..], &["https://portal.example.com"]].concat()).succeeds();
    assert_eq!(fields(&desk.inspect(&out, 0))["url"], "https://portal.example.com");
    let refused = desk.run(&[&with_url[..], &["http://portal.example.com"]].concat()).fails(2);
    assert!(refused.err.contains("--portal-url"), "{}", refused.err);
    let own = ["convert", &desk.secret(), "--to", "env", "--out", &out, "--force", "--portal-url"];
    let before = desk.read("out");
    let refused = desk.run(&[&own[..], &["https://portal.example.com"]].concat()).fails(2);
    assert!(refused.err.contains("--portal-url: the document names another URL"), "{}", refused.err);
    assert!(refused.err.contains("Leave out --portal-url"), "{}", refused.err);
    assert_eq!(desk.read("out"), before, "nothing was written");
}

#[test]
fn convert_refuses_a_password_that_no_java_program_takes() {
    let desk = Desk::new();
    let (connection, password) = (desk.certificate(365), desk.put("umlaut", "pl4nted pässword\n"));
    let out = desk.path("out.p12");
    let arguments = ["convert", &connection, "--to", "pkcs12", "--out-password-file", &password, "--out", &out];
    for legacy in [&[][..], &["--legacy"]] {
        let refused = desk.run(&[&arguments[..], legacy].concat()).fails(3);
        assert!(
            refused.err.contains("No Java program opens a PKCS#12 container with this password."),
            "{}",
            refused.err
        );
        assert!(refused.err.contains("letters without accents or umlauts"), "{}", refused.err);
        assert!(!refused.err.contains("pl4nted") && !Path::new(&out).exists());
    }
}

#[test]
fn convert_takes_the_credentials_that_are_chosen() {
    let desk = Desk::new();
    let file = desk.put("vcap.json", vcap().to_string());
    let out = desk.path("out.json");
    let convert = |choice: &[&str]| {
        desk.run(&[&["convert", &file, "--to", "connection", "--out", &out, "--force"], choice].concat())
    };
    let several = convert(&[]).fails(2);
    assert!(several.err.contains("There are 2 credentials in /"), "{}", several.err);
    assert!(several.err.contains("--choose") && several.err.contains("1 (good), 2 (half)"), "{}", several.err);
    convert(&["--choose", "1"]).succeeds();
    convert(&["--choose", "good"]).succeeds();
    assert_eq!(fields(&desk.inspect(&out, 0))["url"], secret_connection()["url"].as_str().expect("a text"));
    assert!(convert(&["--choose", "half"]).fails(3).err.contains("\"clientId\" is missing."));
    assert!(convert(&["--choose", "3"]).fails(6).err.contains("1 (good), 2 (half)"));
}

#[test]
fn warnings_do_not_stop_convert_and_options_without_effect_do() {
    let desk = Desk::new();
    let soon = desk.certificate(10);
    let (out, password) = (desk.path("out"), desk.path("password"));
    let warned = desk.run(&["convert", &soon, "--to", "connection", "--out", &out]).succeeds();
    assert!(warned.err.starts_with("Warning, line 5, column 18: The certificate expires on "), "{}", warned.err);
    assert!(desk.run(&["convert", &soon, "--to", "connection", "--out", &out]).fails(3).err.contains("--force"));

    let convert = |format: &str, options: &[&str]| {
        desk.run(&[&["convert", &soon, "--to", format, "--out", &out, "--force"], options].concat())
    };
    assert!(convert("pkcs12", &[]).fails(2).err.contains("--out-password-file"));
    assert!(convert("pem", &["--legacy"]).fails(2).err.contains("--legacy"));
    assert!(convert("pem", &["--out-password-file", &password]).fails(2).err.contains("--out-password-file"));
    assert!(convert("pem", &["--keystore", "pem"]).fails(2).err.contains("--keystore"));
    convert("destination-json", &[]).fails(2);
    convert("destination-json", &["--keystore", "pem"]).succeeds();
    convert("destination-json", &["--keystore", "p12", "--out-password-file", &password]).succeeds();
}

#[test]
fn convert_to_standard_output_is_the_document_and_nothing_else() {
    let desk = Desk::new();
    let original = desk.secret();
    let out: PathBuf = desk.path("out").into();
    desk.run(&["convert", &original, "--to", "env", "--out", out.to_str().expect("UTF-8")]).succeeds();
    let piped = run_plain(&["convert", "-", "--to", "env", "--out", "-"], fs::read(&original).expect("the document"));
    let piped = piped.succeeds().out;
    assert_eq!(piped, desk.read("out"));
    let found = contains_any(piped.as_bytes(), &desk.secrets());
    assert!(found, "a search that finds nothing anywhere would prove nothing");
}
