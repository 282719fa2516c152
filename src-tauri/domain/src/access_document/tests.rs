//! What people paste: every spelling that is read, and every defect with its place.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{TimeDelta, TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384,
    PKCS_ECDSA_P521_SHA512, PKCS_RSA_SHA256, RsaKeySize, SignatureAlgorithm, date_time_ymd,
};

use super::*;

/// The secret of the documents here.
const SECRET: &str = "pl4nted+s3cr3t/$=";

/// A document with a client secret, as a portal generates it.
const SECRET_DOCUMENT: &str = r#"{
  "url": "https://sales.example.com",
  "tokenUrl": "https://auth.example.com/oauth/token",
  "clientId": "sb-sales!b1",
  "clientSecret": "pl4nted+s3cr3t/$="
}
"#;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap()
}

fn parse(text: &str) -> AccessDocument {
    AccessDocument::parse(text, now()).unwrap_or_else(|defect| panic!("{defect}\n{text}"))
}

/// What the user reads about a document that is refused.
fn defect(text: &str) -> String {
    AccessDocument::parse(text, now()).map(drop).unwrap_err().to_string()
}

fn remedy(text: &str) -> &'static str {
    AccessDocument::parse(text, now()).map(drop).unwrap_err().cause.remedy()
}

/// An object with one member a line, indented by two spaces.
fn json(members: &[(&str, &str)]) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let lines: Vec<String> = members.iter().map(|(key, value)| format!("  {}: {}", text(key), text(value))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// A certificate chain and its key, both as PEM.
struct Pair {
    chain: String,
    key: String,
}

/// A chain of leaf, intermediate and root; the leaf is valid in 2026.
fn pair(key: KeyPair, common_name: Option<&str>) -> Pair {
    let authority = |name: &str| {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        (params, KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap())
    };
    let (root_params, root_key) = authority("Root");
    let root = root_params.self_signed(&root_key).unwrap();
    let root_issuer = Issuer::new(root_params, root_key);
    let (intermediate_params, intermediate_key) = authority("Intermediate");
    let intermediate = intermediate_params.signed_by(&intermediate_key, &root_issuer).unwrap();
    let issuer = Issuer::new(intermediate_params, intermediate_key);

    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Drawbridge");
    if let Some(name) = common_name {
        params.distinguished_name.push(DnType::CommonName, name);
    }
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    let leaf = params.signed_by(&key, &issuer).unwrap();
    Pair { chain: format!("{}{}{}", leaf.pem(), intermediate.pem(), root.pem()), key: key.serialize_pem() }
}

fn curve(algorithm: &'static SignatureAlgorithm) -> Pair {
    pair(KeyPair::generate_for(algorithm).unwrap(), Some("sb-sales!b1"))
}

fn p256() -> Pair {
    curve(&PKCS_ECDSA_P256_SHA256)
}

fn rsa() -> Pair {
    pair(KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap(), Some("sb-sales!b1"))
}

const URLS: [(&str, &str); 3] = [
    ("url", "https://sales.example.com"),
    ("tokenurl", "https://auth.example.com/oauth/token"),
    ("certurl", "https://auth.cert.example.com"),
];

fn certificate_document(chain: &str, key: &str) -> String {
    json(&[URLS[0], URLS[1], URLS[2], ("certificate", chain), ("key", key)])
}

/// Runs `openssl` with `input` on its standard input.
fn openssl(arguments: &[&str], input: &str) -> String {
    let mut openssl = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command openssl, which the setup installs");
    openssl.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = openssl.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

mod recognised {
    use super::*;

    #[test]
    fn a_document_with_a_client_secret_is_read_with_every_part_in_its_place() {
        let read = parse(SECRET_DOCUMENT);
        assert_eq!(
            read.facts,
            AccessFacts {
                url: "https://sales.example.com".into(),
                token_url: "https://auth.example.com/oauth/token".into(),
                cert_url: None,
                client_id: "sb-sales!b1".into(),
                kind: CredentialKind::ClientSecret,
            }
        );
        // EXPOSE: the test compares the bytes.
        assert_eq!(read.secret.expose(), SECRET.as_bytes());
    }

    #[test]
    fn the_parts_are_found_in_every_spelling_in_use() {
        let expected = parse(SECRET_DOCUMENT).facts;
        for (part, spellings) in [
            ("url", ["url", "URL", "Url", "url", "url"]),
            ("tokenUrl", ["tokenurl", "token_url", "tokenendpoint", "token_service_url", "tokenServiceURL"]),
            ("clientId", ["clientid", "client_id", "ClientId", "clientID", "CLIENT_ID"]),
            ("clientSecret", ["clientsecret", "client_secret", "ClientSecret", "CLIENTSECRET", "CLIENT_SECRET"]),
        ] {
            for spelling in spellings {
                let document = SECRET_DOCUMENT.replace(&format!("\"{part}\""), &format!("\"{spelling}\""));
                assert_eq!(parse(&document).facts, expected, "{spelling} is the {part} of some vendor");
            }
        }
        let pair = p256();
        let document = certificate_document(&pair.chain, &pair.key);
        let expected = parse(&document).facts;
        for (part, spellings) in [
            ("tokenurl", ["tokenUrl", "token_url", "tokenEndpoint", "token_endpoint", "token_service_url"]),
            ("certurl", ["certUrl", "cert_url", "certURL", "CERTURL", "CertUrl"]),
            ("certificate", ["Certificate", "CERTIFICATE", "certificate", "certificate", "certificate"]),
            ("key", ["privateKey", "privatekey", "private_key", "Key", "PRIVATE_KEY"]),
        ] {
            for spelling in spellings {
                let document = document.replace(&format!("\"{part}\""), &format!("\"{spelling}\""));
                assert_eq!(parse(&document).facts, expected, "{spelling} is the {part} of some vendor");
            }
        }
    }

    #[test]
    fn the_parts_may_stand_in_any_order_and_on_one_line() {
        let expected = parse(SECRET_DOCUMENT).facts;
        let lines: Vec<&str> = SECRET_DOCUMENT.lines().skip(1).take(4).map(|line| line.trim_end_matches(',')).collect();
        let reversed = lines.iter().rev().copied().collect::<Vec<_>>().join(",");
        assert_eq!(parse(&format!("{{{reversed}}}")).facts, expected);
    }

    #[test]
    fn a_document_from_an_editor_of_another_system_is_read() {
        let expected = parse(SECRET_DOCUMENT).facts;
        let crlf = SECRET_DOCUMENT.replace('\n', "\r\n");
        assert_eq!(parse(&crlf).facts, expected, "lines may end in CRLF");
        assert_eq!(parse(&format!("\u{feff}{SECRET_DOCUMENT}")).facts, expected, "a byte order mark may come first");
        assert_eq!(parse(&format!("\n \t{SECRET_DOCUMENT}\n\n")).facts, expected, "space around it does not matter");
    }

    #[test]
    fn a_secret_may_hold_any_visible_character_and_arrives_undamaged() {
        for secret in
            ["a$b+c/d=e-f", "quote\"backslash\\slash/", "umlaut-äöü-日本-🔑", "{\"looks\":\"like json\"}", "% & ? #"]
        {
            let document = json(&[URLS[0], URLS[1], ("clientId", "sb-sales!b1"), ("clientSecret", secret)]);
            // EXPOSE: the test compares the bytes.
            assert_eq!(parse(&document).secret.expose(), secret.as_bytes(), "a damaged secret is a riddle for days");
        }
        let escaped = SECRET_DOCUMENT.replace("pl4nted+s3cr3t/$=", r"\u0070l4nted+s3cr3t\/\u0024=");
        // EXPOSE: the test compares the bytes.
        assert_eq!(parse(&escaped).secret.expose(), SECRET.as_bytes(), "JSON has several ways to write a character");
    }

    #[test]
    fn a_document_with_a_certificate_is_read_with_its_whole_chain() {
        let pair = p256();
        let read = parse(&certificate_document(&pair.chain, &pair.key));
        assert_eq!(read.facts.cert_url.as_deref(), Some("https://auth.cert.example.com"));
        assert_eq!(read.facts.client_id, "sb-sales!b1", "the published sample has no client id: the subject names it");
        let CredentialKind::Certificate(chain) = read.facts.kind else { panic!("expected a certificate") };
        assert_eq!(chain.length, 3);
        assert_eq!(chain.pem, pair.chain, "the chain is kept as it is");
        assert_eq!(chain.subject, "O=Drawbridge, CN=sb-sales!b1");
        assert_eq!(chain.issuer, "CN=Intermediate");
        assert_eq!(chain.not_after.to_rfc3339(), "2027-01-01T00:00:00+00:00");
        // EXPOSE: the test compares the bytes.
        assert_eq!(read.secret.expose(), pem::parse(&pair.key).unwrap().contents());
    }

    #[test]
    fn a_client_id_in_the_document_outranks_the_subject() {
        let pair = p256();
        let (certificate, key) = (("certificate", pair.chain.as_str()), ("key", pair.key.as_str()));
        let document = json(&[URLS[0], URLS[1], URLS[2], certificate, key, ("client_id", "sb-named!b2")]);
        assert_eq!(parse(&document).facts.client_id, "sb-named!b2");
    }

    #[test]
    fn a_fingerprint_is_what_openssl_prints() {
        let pair = p256();
        let CredentialKind::Certificate(chain) = parse(&certificate_document(&pair.chain, &pair.key)).facts.kind else {
            panic!("expected a certificate")
        };
        let printed = openssl(&["x509", "-noout", "-fingerprint", "-sha256"], &pair.chain);
        assert_eq!(printed.trim().split_once('=').unwrap().1, chain.fingerprint, "people compare the two");
    }

    #[test]
    fn an_rsa_key_is_read_as_pkcs_8_and_as_pkcs_1() {
        let pair = rsa();
        let pkcs1 = openssl(&["pkey", "-traditional"], &pair.key);
        assert!(pkcs1.starts_with("-----BEGIN RSA PRIVATE KEY-----"), "openssl wrote PKCS#1");
        let expected = parse(&certificate_document(&pair.chain, &pair.key));
        let read = parse(&certificate_document(&pair.chain, &pkcs1));
        assert_eq!(read.facts, expected.facts);
        let CredentialKind::Certificate(chain) = read.facts.kind else { panic!("expected a certificate") };
        assert_eq!(chain.public_key, "RSA 2048");
        // EXPOSE: the test compares the bytes.
        assert_eq!(read.secret.expose(), expected.secret.expose(), "both are kept in one form");
    }

    #[test]
    fn keys_on_all_three_curves_are_read_as_pkcs_8_and_as_sec_1() {
        for (algorithm, words) in [
            (&PKCS_ECDSA_P256_SHA256, "EC P-256"),
            (&PKCS_ECDSA_P384_SHA384, "EC P-384"),
            (&PKCS_ECDSA_P521_SHA512, "EC P-521"),
        ] {
            let pair = curve(algorithm);
            let sec1 = openssl(&["pkey", "-traditional"], &pair.key);
            assert!(sec1.starts_with("-----BEGIN EC PRIVATE KEY-----"), "openssl wrote SEC1");
            let with_parameters =
                format!("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{sec1}");
            for key in [&pair.key, &sec1, &with_parameters] {
                let read = parse(&certificate_document(&pair.chain, key));
                let CredentialKind::Certificate(chain) = read.facts.kind else { panic!("expected a certificate") };
                assert_eq!(chain.public_key, words);
                // EXPOSE: the test looks at the form of the key.
                assert!(PrivateKey::from_der(read.secret.expose()).unwrap().belongs_to(&chain), "{words}");
            }
        }
    }

    #[test]
    fn pem_blocks_are_read_whatever_happened_to_their_line_breaks() {
        let pair = p256();
        let expected = parse(&certificate_document(&pair.chain, &pair.key));
        let real = |text: &str| text.replace("\\n", "\n");
        for (what, document) in [
            ("CRLF", certificate_document(&pair.chain.replace('\n', "\r\n"), &pair.key.replace('\n', "\r\n"))),
            ("escaped twice", certificate_document(&pair.chain.replace('\n', "\\n"), &pair.key.replace('\n', "\\n"))),
            (
                "CRLF, escaped twice",
                certificate_document(&pair.chain.replace('\n', "\\r\\n"), &pair.key.replace('\n', "\\r\\n")),
            ),
            ("removed", certificate_document(&pair.chain.replace('\n', ""), &pair.key.replace('\n', ""))),
            ("real ones in the JSON text", real(&certificate_document(&pair.chain, &pair.key))),
            ("spaces around", certificate_document(&format!("\n {}\n", pair.chain), &format!(" {} ", pair.key))),
        ] {
            let read = parse(&document);
            assert_eq!(read.facts, expected.facts, "line breaks: {what}");
            // EXPOSE: the test compares the bytes.
            assert_eq!(read.secret.expose(), expected.secret.expose(), "line breaks: {what}");
        }
    }

    #[test]
    fn plain_http_is_accepted_on_this_machine_only() {
        for host in ["localhost", "127.0.0.1:8080", "[::1]:8080"] {
            let document = SECRET_DOCUMENT.replace("https://sales.example.com", &format!("http://{host}/sales"));
            assert_eq!(parse(&document).facts.url, format!("http://{host}/sales"));
        }
    }

    #[test]
    fn what_is_rendered_is_read_as_the_same_again() {
        let pair = p256();
        for document in [SECRET_DOCUMENT.to_owned(), certificate_document(&pair.chain, &pair.key)] {
            let read = parse(&document);
            let rendered = read.render();
            // EXPOSE: the test compares the documents.
            let rendered = std::str::from_utf8(rendered.expose()).unwrap();
            assert_eq!(rendered, document, "keys, order and layout are the published ones");
            assert_eq!(parse(rendered).facts, read.facts);
        }
    }
}

mod refused {
    use super::*;

    #[test]
    fn a_missing_comma_is_reported_where_it_is_missing() {
        assert_eq!(
            defect(&SECRET_DOCUMENT.replace("example.com\",\n", "example.com\"\n")),
            "line 2, column 37: this is not valid JSON: Expected comma",
            "behind the value of line 2, where it has to be typed"
        );
        assert_eq!(
            remedy(&SECRET_DOCUMENT.replace("b1\",\n", "b1\"\n")),
            "Copy the document again, complete from { to }, or mend it at this place."
        );
        let one_line = SECRET_DOCUMENT.replace('\n', "").replace("b1\",", "b1\"");
        let place = one_line.find("b1\"").unwrap() + "b1\"".len() + 1;
        assert_eq!(defect(&one_line), format!("line 1, column {place}: this is not valid JSON: Expected comma"));
    }

    #[test]
    fn a_truncated_document_is_reported_where_it_breaks_off() {
        let up_to = |end: &str| SECRET_DOCUMENT.split_once(end).unwrap().0.to_owned() + end;
        for (text, message) in [
            (up_to("b1\","), "line 4, column 29: this is not valid JSON: Unterminated object"),
            (up_to("b1\",\n"), "line 5, column 1: this is not valid JSON: Unterminated object"),
            (up_to("s3cr"), "line 5, column 19: this is not valid JSON: Unterminated string literal"),
            (
                up_to("\"clientSecret\""),
                "line 5, column 17: this is not valid JSON: Expected colon after the string or word in object property",
            ),
            (
                up_to("\"clientSecret\":"),
                "line 5, column 18: this is not valid JSON: Expected value after colon in object property",
            ),
            ("{".to_owned(), "line 1, column 2: this is not valid JSON: Unterminated object"),
            ("[1, 2".to_owned(), "line 1, column 6: this is not valid JSON: Unterminated array"),
        ] {
            assert_eq!(defect(&text), message, "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_reported_with_its_place() {
        for (from, to, message) in [
            (
                "\"https://sales.example.com\"",
                "https://sales.example.com",
                "line 2, column 10: this is not valid JSON: Unexpected word",
            ),
            (
                "\"url\":",
                "\"url\"",
                "line 2, column 9: this is not valid JSON: Expected colon after the string or word in object property",
            ),
            ("\"url\"", "url", "line 2, column 3: this is not valid JSON: Expected string for object property"),
            ("\"url\"", "'url'", "line 2, column 3: this is not valid JSON: Single-quoted strings are not allowed"),
            ("b1\",", "b1\",,", "line 4, column 29: this is not valid JSON: Unexpected token in object"),
            ("$=\"\n", "$=\",\n", "line 5, column 38: this is not valid JSON: Trailing commas are not allowed"),
            (
                "  \"clientId\"",
                "  // the client\n  \"clientId\"",
                "line 4, column 3: this is not valid JSON: Comments are not allowed",
            ),
            (
                "\n}\n",
                "\n}\n}\n",
                "line 7, column 1: this is not valid JSON: Text cannot contain more than one JSON value",
            ),
            ("sb-sales", "sb\\-sales", "line 4, column 18: this is not valid JSON: Invalid escape"),
            ("sb-sales", "sb\\u00-sales", "line 4, column 18: this is not valid JSON: Expected four hex digits"),
            // The quote that is missing closes at the next one: everything between has become the value.
            ("example.com\",\n", "example.com,\n", "line 3, column 4: this is not valid JSON: Unexpected token"),
        ] {
            assert_eq!(defect(&SECRET_DOCUMENT.replacen(from, to, 1)), message, "{to}");
        }
    }

    #[test]
    fn an_invalid_escape_sequence_is_not_repeated() {
        let text = SECRET_DOCUMENT.replace(SECRET, "secret-\\udbad!");
        assert_eq!(
            defect(&text),
            "line 5, column 27: this is not valid JSON: Invalid unicode escape sequence",
            "its digits are a piece of the secret"
        );
    }

    #[test]
    fn nothing_and_anything_else_than_an_object_is_refused() {
        for nothing in ["", " \n\t ", "\u{feff}", "\u{feff} \n"] {
            assert_eq!(defect(nothing), "line 1, column 1: there is no document", "{nothing:?}");
        }
        assert_eq!(remedy(""), "Paste the JSON document that the API portal generated.");
        for other in ["[]", "\"a text\"", "42", "null", "true"] {
            assert_eq!(defect(other), "line 1, column 1: this is JSON, but not an object in braces", "{other}");
        }
        assert_eq!(remedy("[]"), "Paste the whole document, from { to }.");
        assert_eq!(defect("no document"), "line 1, column 1: this is not valid JSON: Unexpected word");
    }

    #[test]
    fn a_text_larger_than_any_document_is_refused_unread() {
        let text = " ".repeat(AccessDocument::MAX_BYTES - SECRET_DOCUMENT.len()) + SECRET_DOCUMENT;
        parse(&text);
        let text = format!(" {text}");
        assert_eq!(defect(&text), "line 1, column 1: the text of 262145 bytes is too large for a credential document");
        assert_eq!(remedy(&text), "Paste only the JSON document that the API portal generated.");
        let nested = "[".repeat(100_000);
        assert!(defect(&nested).contains("Maximum nesting depth exceeded"), "deep nesting must not end the program");
    }

    #[test]
    fn an_unknown_key_is_reported_where_it_stands() {
        let text = SECRET_DOCUMENT.replace("  \"clientId\"", "  \"orgId\": \"1234\",\n  \"clientId\"");
        assert_eq!(defect(&text), "line 4, column 3: this key belongs to no connection document");
        assert_eq!(
            remedy(&text),
            "Expected are url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, certificate and key. \
             Remove the key, or generate the credentials in the API portal and copy them from there."
        );
        let parameters = r#"{"credential-type": "x509", "x509": {"key-length": 2048}}"#;
        assert_eq!(defect(parameters), "line 1, column 2: this key belongs to no connection document");
    }

    #[test]
    fn a_part_that_is_given_twice_is_reported_at_the_second_place_whatever_its_spelling() {
        let text =
            SECRET_DOCUMENT.replace("  \"clientSecret\"", "  \"client_id\": \"sb-other!b1\",\n  \"clientSecret\"");
        assert_eq!(
            defect(&text),
            "line 5, column 3: \"clientId\" is given twice",
            "which one counts is not ours to guess"
        );
        assert_eq!(remedy(&text), "Keep the one that is right and remove the other.");
    }

    #[test]
    fn a_value_that_is_no_text_is_reported_where_it_begins() {
        for value in ["null", "42", "true", "{}", "[]"] {
            let text = SECRET_DOCUMENT.replace("\"sb-sales!b1\"", value);
            assert_eq!(
                defect(&text),
                "line 4, column 15: the value of \"clientId\" is not a text in quotes",
                "{value}"
            );
        }
        assert_eq!(remedy(&SECRET_DOCUMENT.replace("\"sb-sales!b1\"", "42")), "Put the value in double quotes.");
    }

    #[test]
    fn a_missing_part_is_reported_at_the_end_of_the_document() {
        for (line, message) in [
            ("  \"url\": \"https://sales.example.com\",\n", "line 5, column 1: \"url\" is missing"),
            (
                "  \"tokenUrl\": \"https://auth.example.com/oauth/token\",\n",
                "line 5, column 1: \"tokenUrl\" is missing",
            ),
            ("  \"clientId\": \"sb-sales!b1\",\n", "line 5, column 1: \"clientId\" is missing"),
            (
                ",\n  \"clientSecret\": \"pl4nted+s3cr3t/$=\"",
                "line 5, column 1: the document holds neither \"clientSecret\" nor \"certificate\" and \"key\"",
            ),
        ] {
            let text = SECRET_DOCUMENT.replace(line, "");
            assert_eq!(defect(&text), message);
            assert_eq!(remedy(&text), "Copy the complete document from the API portal again.");
        }
        assert_eq!(
            defect("{}"),
            "line 1, column 2: the document holds neither \"clientSecret\" nor \"certificate\" and \"key\""
        );
        let pair = p256();
        let whole = certificate_document(&pair.chain, &pair.key);
        for (part, name) in
            [("url", "url"), ("tokenurl", "tokenUrl"), ("certurl", "certurl"), ("certificate", "certificate")]
        {
            let line = whole.lines().find(|line| line.starts_with(&format!("  \"{part}\""))).unwrap();
            let text = whole.replace(&format!("{line}\n"), "");
            assert_eq!(defect(&text), format!("line 6, column 1: \"{name}\" is missing"));
        }
        let without_key = json(&[URLS[0], URLS[1], URLS[2], ("certificate", &pair.chain)]);
        assert_eq!(defect(&without_key), "line 6, column 1: \"key\" is missing", "a certificate alone proves nothing");
    }

    #[test]
    fn an_empty_part_is_reported_where_it_stands() {
        for (value, message) in [
            ("https://sales.example.com", "line 2, column 10: \"url\" is empty"),
            ("sb-sales!b1", "line 4, column 15: \"clientId\" is empty"),
            (SECRET, "line 5, column 19: \"clientSecret\" is empty"),
        ] {
            assert_eq!(defect(&SECRET_DOCUMENT.replace(value, "")), message);
            assert_eq!(defect(&SECRET_DOCUMENT.replace(value, "  ")), message, "spaces are nothing");
        }
    }

    #[test]
    fn the_filler_of_a_sample_is_recognised() {
        for (value, filler, message) in [
            (
                "https://sales.example.com",
                "https://<application name>.cfapps.example.com",
                "line 2, column 10: \"url\" still holds the filler of a sample",
            ),
            ("sb-sales!b1", "your-client-id", "line 4, column 15: \"clientId\" still holds the filler of a sample"),
            ("sb-sales!b1", "<client-id>", "line 4, column 15: \"clientId\" still holds the filler of a sample"),
            (SECRET, "xxxxxxxxxxxxxxxx=", "line 5, column 19: \"clientSecret\" still holds the filler of a sample"),
            (SECRET, "XXXX", "line 5, column 19: \"clientSecret\" still holds the filler of a sample"),
            (SECRET, "<client_secret>", "line 5, column 19: \"clientSecret\" still holds the filler of a sample"),
            (SECRET, "your-client-secret", "line 5, column 19: \"clientSecret\" still holds the filler of a sample"),
            (
                "https://sales.example.com",
                "https://apiportal-application-url",
                "line 2, column 10: \"url\" still holds the filler of a sample",
            ),
        ] {
            let text = SECRET_DOCUMENT.replace(value, filler);
            assert_eq!(defect(&text), message);
            assert_eq!(remedy(&text), "Replace the sample by the credentials that the API portal generated.");
        }
        assert_eq!(
            defect(&certificate_document("xxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxx")),
            "line 5, column 18: \"certificate\" still holds the filler of a sample"
        );
    }

    #[test]
    fn a_secret_that_happens_to_look_a_little_like_a_sample_is_none() {
        for secret in
            ["<", ">", "><", "<>", "a<b+>9", "a>b<c", "p<4$>q", "<abc9>", "xxx", "xxxxy", "your-client-secret9"]
        {
            let document = json(&[URLS[0], URLS[1], ("clientId", "sb-sales!b1"), ("clientSecret", secret)]);
            // EXPOSE: the test compares the bytes.
            assert_eq!(parse(&document).secret.expose(), secret.as_bytes(), "a secret may hold any visible character");
        }
    }

    #[test]
    fn space_around_a_value_is_reported_because_it_would_be_sent_along() {
        for (value, spaced, message) in [
            ("sb-sales!b1", "sb-sales!b1 ", "line 4, column 15: \"clientId\" begins or ends with white space"),
            (SECRET, " pl4nted", "line 5, column 19: \"clientSecret\" begins or ends with white space"),
            (SECRET, "pl4nted\\n", "line 5, column 19: \"clientSecret\" begins or ends with white space"),
            ("https://sales", "\\thttps://sales", "line 2, column 10: \"url\" begins or ends with white space"),
        ] {
            let text = SECRET_DOCUMENT.replace(value, spaced);
            assert_eq!(defect(&text), message);
            assert_eq!(remedy(&text), "Remove the white space before and after the value.");
        }
    }

    #[test]
    fn a_line_break_inside_a_value_is_reported() {
        for inside in ["pl4n\\nted", "pl4n\nted", "pl4n\\u0000ted", "pl4n\tted"] {
            let text = SECRET_DOCUMENT.replace(SECRET, inside);
            assert_eq!(
                defect(&text),
                "line 5, column 19: \"clientSecret\" contains a line break or another control character",
                "{inside:?}"
            );
            assert_eq!(remedy(&text), "Copy the value again, on one line.");
        }
    }

    #[test]
    fn an_address_must_be_a_complete_https_url_without_a_user() {
        const COMPLETE: &str = "Give the complete URL, beginning with https://.";
        for (url, message, what_to_do) in [
            ("sales.example.com", "\"url\" is not a complete URL", COMPLETE),
            ("https://", "\"url\" is not a complete URL", COMPLETE),
            ("/sales", "\"url\" is not a complete URL", COMPLETE),
            ("mailto:sales@example.com", "\"url\" is not a complete URL", COMPLETE),
            ("http://sales.example.com", "\"url\" does not begin with https://", COMPLETE),
            ("ftp://sales.example.com", "\"url\" does not begin with https://", COMPLETE),
            ("http://localhost.example.com", "\"url\" does not begin with https://", COMPLETE),
            (
                "https://ada:pl4nted@sales.example.com",
                "\"url\" contains a user name or password",
                "Remove the part before @ from the URL.",
            ),
            (
                "https://ada@sales.example.com",
                "\"url\" contains a user name or password",
                "Remove the part before @ from the URL.",
            ),
            (
                "https://sales.example.com/?token=pl4nted",
                "\"url\" contains a question mark or a number sign",
                "Remove the ? or # and everything after it from the URL.",
            ),
            (
                "https://sales.example.com/sales#pl4nted",
                "\"url\" contains a question mark or a number sign",
                "Remove the ? or # and everything after it from the URL.",
            ),
            (
                "https://sales.example.com?",
                "\"url\" contains a question mark or a number sign",
                "Remove the ? or # and everything after it from the URL.",
            ),
        ] {
            let text = SECRET_DOCUMENT.replace("https://sales.example.com", url);
            assert_eq!(defect(&text), format!("line 2, column 10: {message}"), "{url}");
            assert_eq!(remedy(&text), what_to_do);
        }
        assert_eq!(
            defect(&SECRET_DOCUMENT.replace("https://auth", "http://auth")),
            "line 3, column 15: \"tokenUrl\" does not begin with https://"
        );
        assert_eq!(
            defect(&SECRET_DOCUMENT.replace("/oauth/token", "/oauth/token?grant_type=client_credentials")),
            "line 3, column 15: \"tokenUrl\" contains a question mark or a number sign"
        );
        let pair = p256();
        assert_eq!(
            defect(&certificate_document(&pair.chain, &pair.key).replace("cert.example.com", "cert.example.com/#")),
            "line 4, column 14: \"certurl\" contains a question mark or a number sign"
        );
    }

    #[test]
    fn parts_of_both_kinds_are_refused_at_the_part_that_does_not_belong() {
        let pair = p256();
        let secret = [URLS[0], URLS[1], ("clientId", "sb-sales!b1"), ("clientSecret", SECRET)];
        for other in [("certificate", pair.chain.as_str()), ("key", &pair.key), ("certurl", URLS[2].1)] {
            let text = json(&[&secret[..], &[other]].concat());
            let column = 2 + other.0.len() + 2 + 2 + 1;
            assert_eq!(
                defect(&text),
                format!(
                    "line 6, column {column}: \
                     the document holds parts of a client secret and of a certificate credential"
                )
            );
            assert_eq!(
                remedy(&text),
                "Keep the parts of one kind: either clientSecret, or certurl, certificate and key."
            );
        }
    }

    #[test]
    fn a_certificate_that_cannot_be_read_is_reported_with_what_is_there_instead() {
        const AGAIN: &str = "Copy the complete document again, with every line of the PEM blocks.";
        let pair = p256();
        let chain = &pair.chain;
        let swapped = certificate_document(&pair.key, chain);
        let damaged = chain.replacen("MII", "AAA", 1);
        let second = chain.match_indices("MII").nth(1).unwrap().0;
        let second_damaged = format!("{}AAA{}", &chain[..second], &chain[second + 3..]);
        const NOT_PEM: &str = "this is not a PEM certificate (a block from BEGIN CERTIFICATE to END CERTIFICATE)";
        for (what, text, problem) in [
            ("no PEM", certificate_document("MIIB", &pair.key), NOT_PEM),
            ("no end", certificate_document(&chain[..300], &pair.key), NOT_PEM),
            ("a later block without its end", certificate_document(&chain[..chain.len() - 8], &pair.key), NOT_PEM),
            (
                "a later block without its begin",
                certificate_document(&chain.replacen("-----\n-----BEGIN", "-----\n----BEGIN", 1), &pair.key),
                NOT_PEM,
            ),
            (
                "swapped with the key",
                swapped,
                "this holds a PEM block named PRIVATE KEY where only certificates belong",
            ),
            ("the first damaged", certificate_document(&damaged, &pair.key), "certificate 1 of the chain is damaged"),
            (
                "the second damaged",
                certificate_document(&second_damaged, &pair.key),
                "certificate 2 of the chain is damaged",
            ),
        ] {
            assert_eq!(defect(&text), format!("line 5, column 18: \"certificate\": {problem}"), "{what}");
            assert_eq!(remedy(&text), AGAIN);
        }
    }

    #[test]
    fn the_name_of_a_strange_pem_block_is_not_repeated() {
        let pair = p256();
        let strange = format!("-----BEGIN {SECRET}-----\nAAAA\n-----END {SECRET}-----\n");
        let message = defect(&certificate_document(&strange, &pair.key));
        assert!(!message.contains(SECRET), "where dashes are lost, a name is half a key: {message}");
    }

    #[test]
    fn a_key_that_cannot_be_read_is_reported_with_its_reason() {
        let pair = rsa();
        let encrypted = openssl(&["pkey", "-aes256", "-passout", "pass:word"], &pair.key);
        let encrypted_traditional = openssl(&["pkey", "-traditional", "-aes256", "-passout", "pass:word"], &pair.key);
        assert!(encrypted_traditional.contains("DEK-Info"), "openssl wrote the old form");
        let public = openssl(&["pkey", "-pubout"], &pair.key);
        let small = openssl(&["genrsa", "-traditional", "1024"], "");
        let edwards = openssl(&["genpkey", "-algorithm", "ed25519"], "");
        const NOT_PEM: &str = "this is not a PEM private key (a block from BEGIN … PRIVATE KEY to END … PRIVATE KEY)";
        const ENCRYPTED: &str = "the private key is encrypted with a password";
        const UNUSABLE: &str = "the private key is damaged or of a kind that is not supported";
        const AGAIN: &str = "Copy the complete document again, with every line of the PEM blocks.";
        const UNENCRYPTED: &str = "Use the key without a password, as the API portal generated it.";
        const SUPPORTED: &str = "Use an RSA key of 2048 bits or more, or a P-256, P-384 or P-521 key.";
        for (key, problem, what_to_do) in [
            ("MIIEvQ", NOT_PEM, AGAIN),
            (&pair.key[..200], NOT_PEM, AGAIN),
            (&public, NOT_PEM, AGAIN),
            (&encrypted, ENCRYPTED, UNENCRYPTED),
            (&encrypted_traditional, ENCRYPTED, UNENCRYPTED),
            (&small, UNUSABLE, SUPPORTED),
            (&edwards, UNUSABLE, SUPPORTED),
            (&pair.key.replacen("MII", "AAA", 1), UNUSABLE, SUPPORTED),
        ] {
            let text = certificate_document(&pair.chain, key);
            assert_eq!(defect(&text), format!("line 6, column 10: \"key\": {problem}"), "{key}");
            assert_eq!(remedy(&text), what_to_do);
        }
    }

    #[test]
    fn the_key_of_another_certificate_is_refused() {
        for (one, other) in [(p256(), p256()), (rsa(), p256())] {
            let text = certificate_document(&one.chain, &other.key);
            assert_eq!(defect(&text), "line 6, column 10: \"key\" does not belong to \"certificate\"");
            assert_eq!(remedy(&text), "Use certificate and key from the same document.");
        }
    }

    #[test]
    fn an_expired_certificate_is_refused_from_the_moment_it_ends() {
        let pair = p256();
        let text = certificate_document(&pair.chain, &pair.key);
        let end = Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).unwrap();
        assert!(AccessDocument::parse(&text, end - TimeDelta::milliseconds(1)).is_ok());
        let expired = AccessDocument::parse(&text, end).unwrap_err();
        assert_eq!(expired.to_string(), "line 5, column 18: the certificate expired on 2027-01-01 00:00 UTC");
        assert_eq!(expired.cause.remedy(), "Choose Regenerate Credentials in the API portal and use the new document.");
    }

    #[test]
    fn a_certificate_that_is_not_valid_yet_is_refused_but_for_a_little_difference_between_clocks() {
        let pair = p256();
        let text = certificate_document(&pair.chain, &pair.key);
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap();
        assert!(AccessDocument::parse(&text, start).is_ok());
        let tolerated = start - TimeDelta::minutes(5);
        assert!(AccessDocument::parse(&text, tolerated).is_ok(), "this computer's clock may be five minutes behind");
        let early = AccessDocument::parse(&text, tolerated - TimeDelta::milliseconds(1)).unwrap_err();
        assert_eq!(early.to_string(), "line 5, column 18: the certificate is not valid before 2026-01-01 00:00 UTC");
        assert_eq!(early.cause.remedy(), "Check the clock of this computer, or wait until then.");
    }

    #[test]
    fn a_certificate_that_names_nobody_needs_a_client_id_beside_it() {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let pair = pair(key, None);
        let text = certificate_document(&pair.chain, &pair.key);
        assert_eq!(
            defect(&text),
            "line 7, column 1: \"clientId\" is missing, and the certificate's subject has no common name to take it from"
        );
        assert_eq!(remedy(&text), "Add the client id to the document as \"clientid\".");
        let named = text.replace("\n}", ",\n  \"clientid\": \"sb-sales!b1\"\n}");
        assert_eq!(parse(&named).facts.client_id, "sb-sales!b1", "as the remedy says");
    }

    #[test]
    fn columns_count_characters_as_an_editor_does() {
        let text = r#"{"url": "https://übersee.example.com/日本", "tokenUrl": 42}"#;
        let column = text.chars().position(|c| c == '4').unwrap() + 1;
        assert_eq!(defect(text), format!("line 1, column {column}: the value of \"tokenUrl\" is not a text in quotes"));
        let marked = format!("\u{feff}{SECRET_DOCUMENT}").replace("b1\",", "b1\"");
        assert_eq!(defect(&marked), "line 4, column 28: this is not valid JSON: Expected comma");
        let crlf = SECRET_DOCUMENT.replace('\n', "\r\n").replace("b1\",", "b1\"");
        assert_eq!(defect(&crlf), "line 4, column 28: this is not valid JSON: Expected comma");
    }

    /// A published sample of a neighbouring kind: a missing comma behind `orgId`.
    #[test]
    fn the_malformed_sample_of_the_vendor_is_reported_at_its_missing_comma() {
        let sample = "{\n    \"url\": \"https://x.example.com\",\n    \"orgId\": \"xxxxxxx-xxxx\"\n    \"tokenUrl\": \"https://y.example.com/oauth/token\"\n}\n";
        assert_eq!(defect(sample), "line 3, column 28: this is not valid JSON: Expected comma");
    }

    /// The published samples of the shapes that are read, unchanged.
    #[test]
    fn the_unchanged_samples_of_the_vendor_are_recognised_as_samples() {
        let secret = json(&[
            ("url", "https://<application name>.cfapps.sap.hana.ondemand.com"),
            ("tokenUrl", "https://<name>.authentication.sap.hana.ondemand.com/oauth/token"),
            ("clientId", "sb-apiaccessxxxxxxxx!xxxx|api-portal-xsuaa!bxxxx"),
            ("clientSecret", "xxxxxxxxxxxxxxxxxxxxxxx="),
        ]);
        assert_eq!(defect(&secret), "line 2, column 10: \"url\" still holds the filler of a sample");
        let binding = json(&[
            ("url", "https://apiportal-application-url"),
            ("tokenUrl", "https://token-enpoint-url/oauth/token"),
            ("clientId", "your-client-id"),
            ("clientSecret", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx="),
        ]);
        assert_eq!(defect(&binding), "line 2, column 10: \"url\" still holds the filler of a sample");
    }
}

mod damaged {
    use super::*;

    /// Pieces of the secrets of a document, none of which may occur in a message.
    fn pieces(key: Option<&str>) -> Vec<String> {
        let windows = |text: &str, length: usize| -> Vec<String> {
            let bytes = text.as_bytes().windows(length);
            bytes.map(|window| String::from_utf8(window.to_vec()).unwrap()).collect()
        };
        match key {
            None => windows(SECRET, 6),
            Some(key) => {
                let der = pem::parse(key).unwrap().into_contents();
                // The private number of a P-256 key in PKCS#8.
                let private = BASE64_STANDARD.encode(&der[36..68]);
                windows(&private[..40], 12)
            }
        }
    }

    fn assert_silent(result: &Result<AccessDocument, DocumentDefect>, pieces: &[String], text: &str) {
        let said = match result {
            Ok(read) => format!("{read:?}"),
            Err(defect) => {
                let lines = text.matches('\n').count() + 1;
                assert!((1..=lines).contains(&defect.line), "the place is in the text: {defect}");
                let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                assert!((1..=longest + 1).contains(&defect.column), "the place is in the text: {defect}");
                format!("{defect} {defect:?} {}", defect.cause.remedy())
            }
        };
        let leaked = pieces.iter().find(|piece| said.contains(*piece));
        assert_eq!(leaked, None, "whatever is wrong with a document, its secret is not repeated");
    }

    #[test]
    fn a_document_that_breaks_off_anywhere_is_refused_in_silence_about_its_secret() {
        let pair = p256();
        for (document, pieces) in [
            (SECRET_DOCUMENT.to_owned(), pieces(None)),
            (certificate_document(&pair.chain, &pair.key), pieces(Some(&pair.key))),
        ] {
            assert!(pieces.len() > 10, "there is something to look for");
            let end = document.trim_end().len();
            for at in 0..end {
                let result = AccessDocument::parse(&document[..at], now());
                assert!(result.is_err(), "half a document is never accepted: {at}");
                assert_silent(&result, &pieces, &document[..at]);
            }
            assert!(AccessDocument::parse(&document[..end], now()).is_ok());
        }
    }

    #[test]
    fn a_document_that_lost_any_one_character_is_read_as_it_stands_or_refused_in_silence() {
        let pair = p256();
        for (document, pieces) in [
            (SECRET_DOCUMENT.to_owned(), pieces(None)),
            (certificate_document(&pair.chain, &pair.key), pieces(Some(&pair.key))),
        ] {
            let whole = parse(&document);
            for at in 0..document.len() {
                let text = format!("{}{}", &document[..at], &document[at + 1..]);
                let result = AccessDocument::parse(&text, now());
                assert_silent(&result, &pieces, &text);
                let (Ok(read), CredentialKind::Certificate(chain)) = (&result, &whole.facts.kind) else { continue };
                let CredentialKind::Certificate(read) = &read.facts.kind else { panic!("a certificate stays one") };
                assert_eq!(read, chain, "a chain comes out whole or not at all; at {at}");
            }
        }
    }

    #[test]
    fn a_character_that_does_not_belong_there_never_ends_the_program() {
        let pair = p256();
        let document = certificate_document(&pair.chain, &pair.key);
        let pieces = pieces(Some(&pair.key));
        for at in (0..document.len()).step_by(3) {
            for strange in ["\u{0}", "\\", "\"", "{", "é", "🔑", "\u{feff}", "-----BEGIN "] {
                let text = format!("{}{strange}{}", &document[..at], &document[at..]);
                assert_silent(&AccessDocument::parse(&text, now()), &pieces, &text);
            }
        }
    }
}
