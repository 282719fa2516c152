//! Every defect of a document: the sentence that the user reads, with its place, and what to do about it.

mod issued;

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use documents::{
    Candidate, Demand, FindingKind, Format, Options, Part, PortalUrl, Proof, Recognition, Severity, Shown, Stop,
    recognise,
};
use issued::{
    Pair, SECRET, SECRET_DOCUMENT, URLS, USUAL, Variation, certificate_document, container, findings_of, issue, json,
    new_p256, now, only, openssl, openssl_bytes, p256, recognised, recognised_with, rsa, zipped,
};
use messages::Language;
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};

const AGAIN: &str = "Copy the complete document from the API portal or the service key again.";
const NOTHING: &str = "No action needed.";

/// What the user reads first about a document that cannot be used.
fn defect(bytes: impl AsRef<[u8]>) -> String {
    let recognition = recognised(&bytes);
    let first = findings_of(&recognition).into_iter().next();
    let first = first.unwrap_or_else(|| panic!("nothing is said about {}", String::from_utf8_lossy(bytes.as_ref())));
    assert_eq!(first.severity(), Severity::Error, "{first}");
    first.to_string()
}

/// All errors that the user reads.
fn errors(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let findings = findings_of(&recognised(&bytes)).into_iter();
    findings.filter(|finding| finding.severity() == Severity::Error).map(|finding| finding.to_string()).collect()
}

/// Asserts that exactly this sentence is among the findings, and what to do about it.
fn assert_says(recognition: &Recognition, severity: Severity, sentence: &str, remedy: &str) {
    let findings = findings_of(recognition);
    let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let said = findings.iter().find(|finding| finding.to_string() == sentence);
    let said = said.unwrap_or_else(|| panic!("expected: {sentence}\nsaid: {all:#?}"));
    assert_eq!(said.severity(), severity, "{sentence}");
    assert_eq!(said.message().remedy(), remedy, "{sentence}");
}

fn assert_error(text: impl AsRef<[u8]>, sentence: &str, remedy: &str) {
    assert_says(&recognised(text), Severity::Error, sentence, remedy);
}

/// A warning or note leaves the credentials usable.
fn assert_remark(text: impl AsRef<[u8]>, severity: Severity, sentence: &str, remedy: &str) -> Candidate {
    let recognition = recognised(&text);
    assert_says(&recognition, severity, sentence, remedy);
    let candidate = only(text);
    assert_eq!(candidate.judge(Demand::Connect).stop(), None, "a remark prevents nothing");
    assert!(candidate.document.is_some());
    candidate
}

fn at(time: DateTime<Utc>, text: &str) -> Recognition {
    recognise(text.as_bytes(), &Options { now: time, password: None, stop: &Stop::NEVER })
}

fn day(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap()
}

mod the_document {
    use super::*;

    #[test]
    fn nothing_is_said_to_be_nothing() {
        for nothing in ["", " \n\t ", "\u{feff}", "\u{feff} \n"] {
            assert_error(
                nothing,
                "line 1, column 1: there is no document",
                "Paste the document that the API portal generated, or open its file.",
            );
        }
    }

    #[test]
    fn a_document_larger_than_any_is_refused_at_once() {
        let text = " ".repeat(documents::MAX_BYTES - SECRET_DOCUMENT.len()) + SECRET_DOCUMENT;
        assert!(only(&text).document.is_some(), "the limit itself is allowed");
        assert_error(
            format!(" {text}"),
            "1048577 bytes are too many for a credential document; the limit is 1048576",
            "Give only the document with the credentials, as the API portal generated it.",
        );
    }

    #[test]
    fn a_document_nested_deeper_than_any_is_refused() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            let recognition = recognised(&text);
            let first = findings_of(&recognition).remove(0);
            assert_eq!(first.kind, FindingKind::TooDeep, "{first}");
            assert_eq!(first.kind.message(), "this is nested deeper than any credential document");
            assert_eq!(
                first.message().remedy(),
                "Give only the document with the credentials, as the API portal generated it."
            );
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&b"\x00\xff\xfe\x80"[..], b"\xff\xfea", b"{\"url\": \"\xe4\"}"] {
            assert_error(
                bytes,
                "this is neither text nor a PKCS#12 container nor a zip archive",
                "Open the file that the API portal or the service key gave you.",
            );
        }
    }

    #[test]
    fn a_missing_comma_is_reported_where_it_is_missing() {
        assert_error(
            SECRET_DOCUMENT.replace("example.com\",\n", "example.com\"\n"),
            "line 2, column 37: this is not valid JSON: Expected comma",
            "Copy the document again, complete from { to }, or mend it at this place.",
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
                up_to("\"clientSecret\":"),
                "line 5, column 18: this is not valid JSON: Expected value after colon in object property",
            ),
        ] {
            assert_eq!(defect(&text), message, "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_reported_with_its_place() {
        for (from, to, message) in [
            (
                "\"url\":",
                "\"url\"",
                "line 2, column 9: this is not valid JSON: Expected colon after the string or word in object property",
            ),
            (
                "\"https://sales.example.com\"",
                "https://sales.example.com",
                "line 2, column 10: this is not valid JSON: Unexpected word",
            ),
            ("\"url\"", "url", "line 2, column 3: this is not valid JSON: Expected string for object property"),
            ("\"url\"", "'url'", "line 2, column 3: this is not valid JSON: Single-quoted strings are not allowed"),
            ("$=\"\n", "$=\",\n", "line 5, column 38: this is not valid JSON: Trailing commas are not allowed"),
            (
                "  \"clientId\"",
                "  // the client\n  \"clientId\"",
                "line 4, column 3: this is not valid JSON: Comments are not allowed",
            ),
            ("b1\",", "b1\",,", "line 4, column 29: this is not valid JSON: Unexpected token in object"),
            (
                "\n}\n",
                "\n}\n}\n",
                "line 7, column 1: this is not valid JSON: Text cannot contain more than one JSON value",
            ),
            ("sb-sales", "sb\\-sales", "line 4, column 18: this is not valid JSON: Invalid escape"),
            ("sb-sales", "sb\\u00-sales", "line 4, column 18: this is not valid JSON: Expected four hex digits"),
            ("example.com\",\n", "example.com,\n", "line 2, column 36: this is not valid JSON: Missing closing quote"),
        ] {
            assert_eq!(defect(SECRET_DOCUMENT.replacen(from, to, 1)), message, "{to}");
        }
    }

    #[test]
    fn an_invalid_escape_sequence_is_not_repeated() {
        let text = SECRET_DOCUMENT.replace(SECRET, "secret-\\udbad!");
        let message = defect(text);
        assert!(message.starts_with("line 5, column "), "{message}");
        assert!(!message.contains("dbad"), "its digits are a piece of the secret: {message}");
    }

    #[test]
    fn text_that_is_no_yaml_is_reported_with_its_place() {
        let text = "url: https://sales.example.com\nclientId: \"sb-sales!b1\nclientSecret: pl4nted\n";
        let recognition = recognised(text);
        let first = findings_of(&recognition).remove(0);
        assert!(matches!(first.kind, FindingKind::NotYaml { .. }), "{first}");
        assert!(first.place.is_some(), "{first}");
        assert_eq!(
            first.message().remedy(),
            "Copy the document again, with its indentation, or mend it at this place."
        );
        assert!(!first.to_string().contains("pl4nted"), "{first}");
    }

    #[test]
    fn damaged_text_of_another_syntax_is_reported_with_its_place() {
        assert_error(
            "URL='https://sales.example.com\nCLIENT_ID='sb-sales!b1'\n",
            "line 2, column 23: this environment file is damaged: missing closing quote",
            "Copy the document again, complete, or mend it at this place.",
        );
    }

    #[test]
    fn a_document_without_credentials_is_said_to_have_none() {
        for text in ["{}", "[]", "{\"a\": 1}", "{\"url\": \"https://sales.example.com\"}", "{\"key\": \"value\"}"] {
            assert_error(
                text,
                "line 1, column 1: there are no credentials in this document",
                "Drawbridge expects, for example, url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, \
                 certificate and key. Copy the whole document from the API portal or the service key.",
            );
        }
    }

    #[test]
    fn the_parameters_of_a_service_key_are_told_from_the_key() {
        for (text, column) in [
            (r#"{"credential-type": "x509", "x509": {"key-length": 2048}}"#, 2),
            (r#"{"xsuaa": {"credential-type": "x509", "x509": {"key-length": 2048}}}"#, 2),
            (r#"{"role": "APIPortal.Administrator"}"#, 2),
            (r#"{ "grant-types": ["client_credentials"], "roles": ["ESBMessaging.send"]}"#, 42),
        ] {
            assert_error(
                text,
                &format!(
                    "line 1, column {column}: \
                     these are the parameters for creating a service key, not the credentials"
                ),
                "Create the service key with these parameters, then use the document that it shows.",
            );
        }
    }

    #[test]
    fn several_credentials_leave_a_choice() {
        let one = SECRET_DOCUMENT.trim_end();
        let other = one.replace("sales", "returns");
        let text = format!(
            "{{\"xsuaa\": [{{\"name\": \"a\", \"credentials\": {one}}}, {{\"name\": \"b\", \"credentials\": {other}}}]}}"
        );
        let recognition = recognised(text);
        assert_says(
            &recognition,
            Severity::Note,
            "this document holds 2 credentials",
            "Choose the ones you want to use.",
        );
        assert_eq!(recognition.candidates.len(), 2);
        assert!(recognition.candidates.iter().all(|candidate| candidate.judge(Demand::Connect).stop().is_none()));
        let names: Vec<_> = recognition.candidates.iter().map(|candidate| &candidate.name).collect();
        assert_ne!(names[0], names[1], "the choice is made by name");
    }

    #[test]
    fn more_credentials_than_anybody_could_choose_from_are_refused() {
        let bindings = |count: usize| format!("[\n{}{{}}]", "{\"clientid\": \"a\"},\n".repeat(count));
        assert_eq!(recognised(bindings(1_000)).candidates.len(), 1_000);
        assert_error(
            bindings(1_001),
            "line 1002, column 1: this document holds more than 1000 credentials",
            "Give only the document with the credentials, as the API portal generated it.",
        );
    }

    #[test]
    fn columns_count_characters_as_an_editor_does() {
        let text = SECRET_DOCUMENT.replace("https://sales.example.com", "https://übersee.example.com/日本");
        let one_line = text.replace('\n', "").replace("\"sb-sales!b1\"", "42");
        let column = one_line.chars().position(|c| c == '4').unwrap() + 1;
        assert_eq!(
            defect(&one_line),
            format!("line 1, column {column}: the value of \"clientId\" is not a text in quotes")
        );
        let marked = format!("\u{feff}{SECRET_DOCUMENT}").replace("b1\",", "b1\"");
        assert_eq!(defect(&marked), "line 4, column 28: this is not valid JSON: Expected comma");
        let crlf = SECRET_DOCUMENT.replace('\n', "\r\n").replace("b1\",", "b1\"");
        assert_eq!(defect(&crlf), "line 4, column 28: this is not valid JSON: Expected comma");
    }

    #[test]
    fn all_defects_are_reported_at_once_errors_first_and_by_place() {
        let text = r#"{
  "url": "http://sales.example.com",
  "tokenUrl": "https://auth.example.com",
  "clientId": "your-client-id",
  "orgId": "1234",
  "clientSecret": ""
}"#;
        let said: Vec<String> = findings_of(&recognised(text)).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "line 2, column 10: \"url\" does not begin with https://",
                "line 4, column 15: \"clientId\" still contains the sample's placeholder",
                "line 6, column 19: \"clientSecret\" is empty",
                "line 3, column 15: \"tokenUrl\" has no path; /oauth/token was appended",
                "line 5, column 3: extra fields are kept: orgId",
            ],
            "who mends one defect after the other gives up"
        );
    }
}

mod parts {
    use super::*;

    #[test]
    fn a_missing_part_is_reported_by_name_where_the_object_ends() {
        let without = |line: &str| SECRET_DOCUMENT.replace(line, "");
        assert_error(
            without("  \"url\": \"https://sales.example.com\",\n"),
            "line 5, column 1: \"url\" is missing",
            "Enter the URL of the API portal, or copy the complete document from the API portal again.",
        );
        assert_error(
            without("  \"tokenUrl\": \"https://auth.example.com/oauth/token\",\n"),
            "line 5, column 1: \"tokenUrl\" is missing",
            AGAIN,
        );
        assert_error(without("  \"clientId\": \"sb-sales!b1\",\n"), "line 5, column 1: \"clientId\" is missing", AGAIN);

        let pair = p256();
        let whole = certificate_document(&pair.chain, &pair.key);
        for (part, name) in [("url", "url"), ("certurl", "certurl"), ("certificate", "certificate")] {
            let line = whole.lines().find(|line| line.starts_with(&format!("  \"{part}\""))).unwrap();
            let text = whole.replace(&format!("{line}\n"), "");
            assert_eq!(errors(&text), [format!("line 6, column 1: \"{name}\" is missing")]);
        }
        let without_key = json(&[URLS[0], URLS[1], URLS[2], ("certificate", &pair.chain)]);
        assert_error(without_key, "line 6, column 1: \"key\" is missing", AGAIN);
    }

    #[test]
    fn the_place_of_a_missing_part_is_the_end_of_its_own_object() {
        let text = "{\"xsuaa\": [\n{\"credentials\": {\"clientid\": \"a\", \"tokenurl\": \"https://a.example.com/t\"}},\n\
                    {\"credentials\": {\"clientid\": \"b\", \"clientsecret\": \"}s3cr3t{\"}}\n]}";
        let said = errors(text);
        assert!(said.contains(&"line 2, column 72: \"url\" is missing".to_owned()), "{said:?}");
        assert!(said.contains(&"line 3, column 61: \"url\" is missing".to_owned()), "{said:?}");
    }

    #[test]
    fn only_the_missing_url_of_the_portal_can_be_told_from_other_defects() {
        let binding = json(&[
            ("clientid", "sb-sales!b1"),
            ("clientsecret", SECRET),
            ("url", "https://sales.authentication.eu10.hana.ondemand.com"),
            ("xsappname", "sales!b1"),
        ]);
        assert!(only(&binding).judge(Demand::Connect).lacks_url(), "it can be asked for");
        let two = binding.replace("  \"clientid\": \"sb-sales!b1\",\n", "");
        assert!(!only(&two).judge(Demand::Connect).lacks_url(), "the client id is missing as well");
        assert!(!only(SECRET_DOCUMENT).judge(Demand::Connect).lacks_url(), "nothing is missing");
        let pair = p256();
        assert!(
            !only(format!("{}{}", pair.chain, pair.key)).judge(Demand::Connect).lacks_url(),
            "PEM blocks lack all URLs"
        );
    }

    #[test]
    fn what_stops_depends_on_what_is_wanted() {
        let stop = |text: &str, demand| only(text).judge(demand).stop().map(|finding| finding.kind.code());
        let binding = json(&[
            ("clientid", "sb-sales!b1"),
            ("clientsecret", SECRET),
            ("url", "https://sales.authentication.eu10.hana.ondemand.com"),
            ("xsappname", "sales!b1"),
        ]);
        let pair = p256();
        let blocks = format!("{}{}", pair.chain, pair.key);
        let alone =
            json(&[("clientid", "sb-sales!b1"), ("url", "https://sales.authentication.eu10.hana.ondemand.com")]);
        let missing = Some("missing_part");
        for (text, demand, expected) in [
            (SECRET_DOCUMENT, Demand::Sound, None),
            (SECRET_DOCUMENT, Demand::Connect, None),
            (SECRET_DOCUMENT, Demand::Format(Format::Connection), None),
            // Its shape has no room for the portal's URL; nevertheless a connection needs one.
            (&binding, Demand::Sound, missing),
            (&binding, Demand::Connect, missing),
            (&binding, Demand::Format(Format::Connection), missing),
            (&binding, Demand::Format(Format::ServiceKey), None),
            // A file of this kind is what it can be.
            (&blocks, Demand::Sound, None),
            (&blocks, Demand::Connect, missing),
            (&blocks, Demand::Format(Format::ServiceKey), missing),
            (&blocks, Demand::Format(Format::Pkcs12), None),
            // No format is written without a proof.
            (&alone, Demand::Format(Format::Pem), Some("neither_kind")),
        ] {
            assert_eq!(stop(text, demand), expected, "{demand:?} of {}", only(text).shape.code());
        }
        let about_urls = |demand| {
            let pem = only(&blocks);
            let missing = pem.findings.iter().filter(|finding| finding.kind.missing_part().is_some());
            missing.map(|finding| pem.severity_for(finding, demand)).collect::<Vec<_>>()
        };
        assert_eq!(about_urls(Demand::Sound), [Severity::Warning; 2], "inspect says it, and it is no error");
        assert_eq!(about_urls(Demand::Format(Format::Pkcs12)), [Severity::Note; 2], "convert does not even say it");
    }

    #[test]
    fn a_document_without_a_proof_is_told_what_is_missing() {
        let text = SECRET_DOCUMENT.replace(",\n  \"clientSecret\": \"pl4nted+s3cr3t/$=\"", "");
        assert_error(
            text,
            "line 5, column 1: the document holds neither \"clientSecret\" nor \"certificate\" and \"key\"",
            AGAIN,
        );
        let announced = |kind| {
            json(&[("clientid", "a"), ("credential-type", kind), ("url", "https://a.example.com"), ("xsappname", "a")])
        };
        assert!(errors(announced("binding-secret")).contains(&"line 6, column 1: \"clientSecret\" is missing".into()));
        let certificate = errors(announced("x509"));
        assert!(certificate.contains(&"line 6, column 1: \"certificate\" is missing".into()), "{certificate:?}");
        assert!(certificate.contains(&"line 6, column 1: \"key\" is missing".into()), "{certificate:?}");
    }

    #[test]
    fn a_part_that_is_given_twice_with_different_values_is_reported_at_the_second_place_whatever_its_spelling() {
        let text =
            SECRET_DOCUMENT.replace("  \"clientSecret\"", "  \"client_id\": \"sb-other!b1\",\n  \"clientSecret\"");
        assert_error(
            text,
            "line 5, column 3: \"clientId\" is given twice, with different values",
            "Keep the one that is right and remove the other.",
        );
    }

    #[test]
    fn a_key_that_is_given_twice_and_makes_no_difference_is_a_warning() {
        const REMEDY: &str = "Remove one of them if the document is used elsewhere.";
        let same =
            SECRET_DOCUMENT.replace("  \"clientSecret\"", "  \"client_id\": \"sb-sales!b1\",\n  \"clientSecret\"");
        assert_remark(same, Severity::Warning, "line 5, column 3: a key is given twice; the last one counts", REMEDY);
        let extra = SECRET_DOCUMENT
            .replace("  \"clientSecret\"", "  \"orgId\": \"1\",\n  \"orgId\": \"2\",\n  \"clientSecret\"");
        let candidate = assert_remark(
            extra,
            Severity::Warning,
            "line 6, column 3: a key is given twice; the last one counts",
            REMEDY,
        );
        let extra = candidate.document.unwrap().extra.unwrap();
        // EXPOSE: the test compares the bytes.
        assert_eq!(extra.json.expose(), br#"{"orgId":"2"}"#);
    }

    #[test]
    fn a_value_that_is_no_text_is_reported_where_it_begins() {
        for value in ["null", "42", "true", "{}", "[]"] {
            assert_error(
                SECRET_DOCUMENT.replace("\"sb-sales!b1\"", value),
                "line 4, column 15: the value of \"clientId\" is not a text in quotes",
                "Put the value in double quotes.",
            );
        }
    }

    #[test]
    fn an_empty_part_is_reported_where_it_stands() {
        for (value, message) in [
            ("https://sales.example.com", "line 2, column 10: \"url\" is empty"),
            ("https://auth.example.com/oauth/token", "line 3, column 15: \"tokenUrl\" is empty"),
            ("sb-sales!b1", "line 4, column 15: \"clientId\" is empty"),
            (SECRET, "line 5, column 19: \"clientSecret\" is empty"),
        ] {
            assert_error(SECRET_DOCUMENT.replace(value, ""), message, AGAIN);
            assert_error(SECRET_DOCUMENT.replace(value, "  "), message, AGAIN);
        }
    }

    #[test]
    fn the_filler_of_a_sample_is_recognised() {
        for (value, filler, message) in [
            (
                "https://sales.example.com",
                "https://<application name>.cfapps.example.com",
                "line 2, column 10: \"url\" still contains the sample's placeholder",
            ),
            (
                "https://sales.example.com",
                "https://apiportal-application-url",
                "line 2, column 10: \"url\" still contains the sample's placeholder",
            ),
            (
                "https://auth.example.com/oauth/token",
                "https://token-enpoint-url/oauth/token",
                "line 3, column 15: \"tokenUrl\" still contains the sample's placeholder",
            ),
            (
                "sb-sales!b1",
                "your-client-id",
                "line 4, column 15: \"clientId\" still contains the sample's placeholder",
            ),
            ("sb-sales!b1", "client-id", "line 4, column 15: \"clientId\" still contains the sample's placeholder"),
            ("sb-sales!b1", "clientId", "line 4, column 15: \"clientId\" still contains the sample's placeholder"),
            ("sb-sales!b1", "<client-id>", "line 4, column 15: \"clientId\" still contains the sample's placeholder"),
            (
                SECRET,
                "xxxxxxxxxxxxxxxx=",
                "line 5, column 19: \"clientSecret\" still contains the sample's placeholder",
            ),
            (SECRET, "{CLIENT_SECRET}", "line 5, column 19: \"clientSecret\" still contains the sample's placeholder"),
            (
                SECRET,
                "your-client-secret",
                "line 5, column 19: \"clientSecret\" still contains the sample's placeholder",
            ),
        ] {
            assert_error(
                SECRET_DOCUMENT.replace(value, filler),
                message,
                "Replace the sample by the credentials that the API portal generated.",
            );
        }
        let xs = "-----BEGIN CERTIFICATE-----\nxxxxxxxxxxxxxxxx\nxxxxxxxx\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----fake, only for test-----END PRIVATE KEY-----";
        for (certificate, key) in [("xxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxx"), (xs, key)] {
            assert_eq!(
                errors(certificate_document(certificate, key)),
                [
                    "line 5, column 18: \"certificate\" still contains the sample's placeholder",
                    "line 6, column 10: \"key\" still contains the sample's placeholder"
                ]
            );
        }
    }

    #[test]
    fn space_around_a_value_is_taken_off_and_said() {
        for (value, spaced, message) in [
            ("sb-sales!b1", "sb-sales!b1 ", "line 4, column 15: white space at the ends of \"clientId\" was removed"),
            (SECRET, " pl4nted", "line 5, column 19: white space at the ends of \"clientSecret\" was removed"),
            (SECRET, "pl4nted\\n", "line 5, column 19: white space at the ends of \"clientSecret\" was removed"),
            ("https://sales", "\\thttps://sales", "line 2, column 10: white space at the ends of \"url\" was removed"),
        ] {
            let candidate = assert_remark(
                SECRET_DOCUMENT.replace(value, spaced),
                Severity::Warning,
                message,
                "Check that nothing was lost when it was copied.",
            );
            let document = candidate.document.unwrap();
            assert_eq!(document.client_id.as_deref(), Some("sb-sales!b1"));
            assert_eq!(document.url.as_deref(), Some("https://sales.example.com"));
        }
    }

    #[test]
    fn a_line_break_inside_a_value_is_reported() {
        for inside in ["pl4n\\nted", "pl4n\\u0000ted", "pl4n\\tted"] {
            assert_error(
                SECRET_DOCUMENT.replace(SECRET, inside),
                "line 5, column 19: \"clientSecret\" contains a line break or another control character",
                "Copy the value again, on one line.",
            );
        }
    }

    #[test]
    fn keys_that_no_connection_needs_are_kept_and_said_by_the_names_that_are_known() {
        const KEPT: &str = "line 4, column 3: extra fields are kept: ";
        let with = |members: &str| SECRET_DOCUMENT.replace("  \"clientId\"", &format!("  {members},\n  \"clientId\""));
        for (members, names) in [
            (r#""orgId": "1234""#, "orgId"),
            (
                r#""orgId": "1234", "tenantid": "5", "pl4nted": 6"#,
                "orgId, tenantid and 1 key that this program does not know",
            ),
            (r#""pl4nted": {"a": [1, null]}, "pl4nted2": 2"#, "2 keys that this program does not know"),
        ] {
            let message = format!("{KEPT}{names}");
            assert_remark(with(members), Severity::Note, &message, NOTHING);
        }
        let candidate = only(with(r#""pl4nted": {"z": [1, null, "ä\n"], "a": -1.5e3}, "orgId": "1234""#));
        let extra = candidate.document.unwrap().extra.unwrap();
        // EXPOSE: the test compares the bytes.
        let text = str::from_utf8(extra.json.expose()).unwrap();
        assert_eq!(
            text, r#"{"pl4nted":{"z":[1,null,"ä\n"],"a":-1.5e3},"orgId":"1234"}"#,
            "in the order of the document"
        );
    }

    #[test]
    fn parts_of_both_kinds_are_refused_at_the_part_that_does_not_belong() {
        let pair = p256();
        let secret = [URLS[0], URLS[1], ("clientId", "sb-sales!b1"), ("clientSecret", SECRET)];
        for other in [("certificate", pair.chain.as_str()), ("key", &pair.key), ("certurl", URLS[2].1)] {
            let text = json(&[&secret[..], &[other]].concat());
            let column = 2 + other.0.len() + 2 + 2 + 1;
            assert_error(
                &text,
                &format!(
                    "line 6, column {column}: \
                     the document holds parts of a client secret and of a certificate credential"
                ),
                "Keep the parts of one kind: either clientSecret, or certurl, certificate and key.",
            );
            assert!(only(&text).document.is_none(), "which one is meant is not ours to guess");
        }
    }
}

mod urls {
    use super::*;

    const COMPLETE: &str = "Enter the complete URL, beginning with https://.";
    const USER: &str = "Remove the part before @ from the URL.";
    const QUERY: &str = "Remove the ? or # and everything after it from the URL.";

    #[test]
    fn an_address_must_be_a_complete_https_url_without_a_user_and_a_query() {
        for (url, message, what_to_do) in [
            ("sales.example.com", "\"url\" is not a complete URL", COMPLETE),
            ("https://", "\"url\" is not a complete URL", COMPLETE),
            ("/sales", "\"url\" is not a complete URL", COMPLETE),
            ("mailto:sales@example.com", "\"url\" is not a complete URL", COMPLETE),
            ("http://sales.example.com", "\"url\" does not begin with https://", COMPLETE),
            ("ftp://sales.example.com", "\"url\" does not begin with https://", COMPLETE),
            ("http://localhost.example.com", "\"url\" does not begin with https://", COMPLETE),
            ("https://ada:pl4nted@sales.example.com", "\"url\" contains a user name or password", USER),
            ("https://ada@sales.example.com", "\"url\" contains a user name or password", USER),
            ("https://sales.example.com/?token=pl4nted", "\"url\" contains a question mark or a number sign", QUERY),
            ("https://sales.example.com/sales#pl4nted", "\"url\" contains a question mark or a number sign", QUERY),
            ("https://sales.example.com?", "\"url\" contains a question mark or a number sign", QUERY),
        ] {
            let text = SECRET_DOCUMENT.replace("https://sales.example.com", url);
            assert_error(&text, &format!("line 2, column 10: {message}"), what_to_do);
            let candidate = only(&text);
            assert_eq!(candidate.fields[0].part, Part::Url);
            assert_eq!(candidate.fields[0].shown, Shown::Hidden, "it may hold a secret: {url}");
            let typed = PortalUrl::parse(url).unwrap_err();
            assert_eq!(typed.message(), message, "a URL typed by hand is held to the same rules");
        }
        assert_error(
            SECRET_DOCUMENT.replace("https://auth", "http://auth"),
            "line 3, column 15: \"tokenUrl\" does not begin with https://",
            COMPLETE,
        );
        let pair = p256();
        assert_error(
            certificate_document(&pair.chain, &pair.key).replace("cert.example.com", "cert.example.com/#"),
            "line 4, column 14: \"certurl\" contains a question mark or a number sign",
            QUERY,
        );
    }

    /// Promise A7: a document must not make the app speak to any program of this computer that listens in clear.
    #[test]
    fn plain_http_is_refused_on_this_machine_too() {
        for host in ["localhost", "127.0.0.1:8080", "[::1]:8080"] {
            let text = SECRET_DOCUMENT.replace("https://sales.example.com", &format!("http://{host}/sales"));
            assert_error(text, "line 2, column 10: \"url\" does not begin with https://", COMPLETE);
        }
    }

    const TEST_IT: &str = "Test the connection; correct the URL at its source if it is used elsewhere.";

    #[test]
    fn a_doubled_token_path_is_taken_off_and_said() {
        let text = SECRET_DOCUMENT.replace("/oauth/token", "/oauth/token/oauth/token");
        let candidate = assert_remark(
            text,
            Severity::Warning,
            "line 3, column 15: \"tokenUrl\" names the path /oauth/token more often than it is needed; \
             the rest was taken off",
            TEST_IT,
        );
        let token_url = candidate.document.unwrap().token_url;
        assert_eq!(token_url.as_deref(), Some("https://auth.example.com/oauth/token"));
        let pair = p256();
        let text = certificate_document(&pair.chain, &pair.key)
            .replace("https://auth.cert.example.com", "https://auth.cert.example.com/oauth/token");
        let candidate = assert_remark(
            text,
            Severity::Warning,
            "line 4, column 14: \"certurl\" names the path /oauth/token more often than it is needed; \
             the rest was taken off",
            TEST_IT,
        );
        assert_eq!(candidate.document.unwrap().cert_url.as_deref(), Some("https://auth.cert.example.com"));
    }

    #[test]
    fn a_missing_token_path_is_appended_and_said_but_another_path_stays() {
        let candidate = assert_remark(
            SECRET_DOCUMENT.replace("/oauth/token", ""),
            Severity::Warning,
            "line 3, column 15: \"tokenUrl\" has no path; /oauth/token was appended",
            TEST_IT,
        );
        let token_url = candidate.document.unwrap().token_url;
        assert_eq!(token_url.as_deref(), Some("https://auth.example.com/oauth/token"));
        let other = only(SECRET_DOCUMENT.replace("/oauth/token", "/token"));
        assert_eq!(other.document.unwrap().token_url.as_deref(), Some("https://auth.example.com/token"));
        assert_eq!(other.findings, []);
    }

    #[test]
    fn urls_of_two_regions_are_a_warning() {
        let text = json(&[
            ("url", "https://sales.cfapps.eu10-004.hana.ondemand.com"),
            ("tokenUrl", "https://sales.authentication.us10.hana.ondemand.com/oauth/token"),
            ("clientId", "sb-sales!b1"),
            ("clientSecret", SECRET),
        ]);
        assert_remark(
            &text,
            Severity::Warning,
            "line 3, column 15: the URLs name different regions",
            "Check that all parts come from the same document.",
        );
        assert_eq!(only(text.replace("us10", "eu10")).findings, [], "tokens for an extension are issued in its region");
    }
}

mod certificates {
    use super::*;

    const LINES: &str = "Copy the complete document again, with every line of the PEM blocks.";
    const REGENERATE: &str = "Choose Regenerate Credentials in the API portal and use the new document.";

    #[test]
    fn a_certificate_that_cannot_be_read_is_reported_with_what_is_there_instead() {
        let pair = p256();
        let chain = &pair.chain;
        let damaged = chain.replacen("MII", "AAA", 1);
        const NOT_PEM: &str = "this is not a PEM certificate (a block from BEGIN CERTIFICATE to END CERTIFICATE)";
        for (what, text, problem) in [
            ("no PEM", certificate_document("MIIB", &pair.key), NOT_PEM),
            ("no end", certificate_document(&chain[..300], &pair.key), NOT_PEM),
            (
                "swapped with the key",
                certificate_document(&pair.key, chain),
                "this holds a PEM block named PRIVATE KEY where only certificates belong",
            ),
            ("the first damaged", certificate_document(&damaged, &pair.key), "certificate 1 of the chain is damaged"),
        ] {
            let recognition = recognised(&text);
            let sentence = format!("line 5, column 18: \"certificate\": {problem}");
            assert_says(&recognition, Severity::Error, &sentence, LINES);
            assert!(recognition.candidates[0].document.is_none(), "{what}");
        }
    }

    #[test]
    fn the_name_of_a_strange_pem_block_is_not_repeated() {
        let strange = format!("-----BEGIN {SECRET}-----\nAAAA\n-----END {SECRET}-----\n");
        let message = defect(certificate_document(&strange, &p256().key));
        assert!(!message.contains(SECRET), "where dashes are lost, a name is half a key: {message}");
    }

    #[test]
    fn a_key_that_cannot_be_read_is_reported_with_its_reason() {
        let pair = rsa();
        let encrypted_traditional = openssl(&["pkey", "-traditional", "-aes256", "-passout", "pass:word"], &pair.key);
        assert!(encrypted_traditional.contains("DEK-Info"), "openssl wrote the old form");
        let public = openssl(&["pkey", "-pubout"], &pair.key);
        let edwards = openssl(&["genpkey", "-algorithm", "ed25519"], "");
        let curve = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"];
        let (koblitz, cut) = (openssl(&curve, ""), pair.key.replacen("MII", "MIX", 1));
        const NOT_PEM: &str = "this is not a PEM private key (a block from BEGIN … PRIVATE KEY to END … PRIVATE KEY)";
        const UNUSABLE: &str = "the private key is damaged or of a kind that is not supported";
        const SUPPORTED: &str = "Use an RSA key of 2048 bits or more, or a P-256 or P-384 key.";
        for (key, problem, what_to_do) in [
            ("MIIEvQ", NOT_PEM, LINES),
            (&pair.key[..200], NOT_PEM, LINES),
            (&public, NOT_PEM, LINES),
            (
                &encrypted_traditional,
                "the private key is encrypted in a form that cannot be opened here",
                "Convert the key with openssl pkcs8 -topk8 -in old.pem -out new.pem, and use the new file.",
            ),
            // Promise C11: as what they are.
            (&edwards, "the private key is of the kind Ed25519, which is not supported", SUPPORTED),
            (&koblitz, "the private key is of the kind secp256k1, which is not supported", SUPPORTED),
            (&cut, UNUSABLE, SUPPORTED),
        ] {
            let text = certificate_document(&pair.chain, key);
            assert_error(text, &format!("line 6, column 10: \"key\": {problem}"), what_to_do);
        }
    }

    #[test]
    fn an_encrypted_key_asks_for_its_password() {
        let pair = p256();
        let encrypted = openssl(&["pkey", "-aes256", "-passout", "pass:word"], &pair.key);
        let text = certificate_document(&pair.chain, &encrypted);
        assert_error(&text, "line 6, column 10: this is protected by a password", "Enter its password.");
        assert_says(
            &recognised_with(&text, "another"),
            Severity::Error,
            "line 6, column 10: the password does not open this",
            "Enter the password again; mind upper and lower case.",
        );
        let opened = recognised_with(&text, "word");
        assert!(opened.candidates[0].document.is_some(), "{:?}", opened.candidates[0].findings);
    }

    #[test]
    fn keys_that_cost_too_much_together_are_not_all_tried() {
        let pair = p256();
        let costly = ["pkcs8", "-topk8", "-iter", "900000", "-passout", "pass:word"];
        let encrypted = openssl(&costly, &pair.key);
        let one = certificate_document(&pair.chain, &encrypted);
        let bindings = vec![format!(r#"{{"credentials": {one}}}"#); 300].join(",");
        let all = format!(r#"{{"apiportal": [{bindings}]}}"#);
        let begun = Instant::now();
        let recognition = recognised_with(&all, "word");
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?} for 300 keys", begun.elapsed());
        let opened = recognition.candidates.iter().filter(|candidate| candidate.document.is_some()).count();
        assert_eq!((opened, recognition.candidates.len()), (3, 300), "what a second is enough for");
        let last = recognition.candidates.last().unwrap().judge(Demand::Connect).stop().unwrap();
        assert!(last.to_string().ends_with(
            "this was not opened: the password-protected parts before it have used up the one second that a document may take"
        ));
        assert_eq!(last.message().remedy(), "Put these credentials in a document of their own.");
        assert!(recognised_with(&one, "word").candidates[0].document.is_some(), "which opens it");
        assert_eq!(
            recognised(&all).candidates[299].judge(Demand::Connect).stop().unwrap().kind,
            FindingKind::PasswordNeeded
        );
    }

    #[test]
    fn containers_that_cost_too_much_together_are_not_all_tried() {
        let pair = p256();
        let costly = ["pkcs12", "-export", "-passout", "pass:word", "-iter", "400000"];
        let bytes = openssl_bytes(&costly, format!("{}{}", pair.key, pair.chain).as_bytes());
        let names: Vec<String> = (0..300).map(|number| format!("{number}.p12")).collect();
        let all = zipped(&names.iter().map(|name| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>());
        let begun = Instant::now();
        let recognition = recognised_with(&all, "word");
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?} for 300 containers", begun.elapsed());
        let opened = recognition.candidates.iter().filter(|candidate| candidate.document.is_some()).count();
        assert_eq!(recognition.candidates.len(), 300);
        assert!((2..10).contains(&opened), "{opened} were opened");
        let last = recognition.candidates.last().unwrap().judge(Demand::Connect).stop().unwrap();
        assert_eq!(last.kind, FindingKind::TooMuchProtected);
        let closed = recognised(&all).candidates.pop().unwrap();
        assert_eq!(
            closed.judge(Demand::Connect).stop().unwrap().kind,
            FindingKind::PasswordNeeded,
            "of the last one, too"
        );
    }

    #[test]
    fn a_container_asks_for_its_password() {
        let bytes = container(&p256(), "word");
        let closed = recognised(&bytes);
        assert_says(&closed, Severity::Error, "this is protected by a password", "Enter its password.");
        assert!(closed.candidates.is_empty());
        assert_says(
            &recognised_with(&bytes, "another"),
            Severity::Error,
            "the password does not open this",
            "Enter the password again; mind upper and lower case.",
        );
        let opened = recognised_with(&bytes, "word");
        let candidate = &opened.candidates[0];
        let document = candidate.document.as_ref().unwrap();
        assert_eq!(document.client_id.as_deref(), Some("sb-sales!b1"));
        let said: Vec<_> = candidate.findings.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["\"url\" is missing", "\"certurl\" is missing"]);
    }

    #[test]
    fn a_damaged_container_is_reported() {
        let mut bytes = container(&p256(), "word");
        let half = bytes.len() / 2;
        bytes.truncate(half);
        assert_error(
            &bytes,
            "this PKCS#12 container is damaged, or of a kind that cannot be read",
            "Export it again from where it comes from.",
        );
        assert_error(
            b"PK\x03\x04damaged",
            "this zip archive is damaged, or of a kind that cannot be read",
            "Export it again from where it comes from.",
        );
    }

    #[test]
    fn the_key_of_another_certificate_is_refused() {
        for (one, other) in [(p256(), new_p256(USUAL)), (rsa(), p256())] {
            let text = certificate_document(&one.chain, &other.key);
            assert_error(
                &text,
                "line 6, column 10: \"key\" does not belong to \"certificate\"",
                "Use certificate and key from the same document.",
            );
            assert!(only(&text).document.is_none());
        }
    }

    #[test]
    fn an_expired_certificate_is_refused_from_the_moment_it_ends() {
        let pair = p256();
        let text = certificate_document(&pair.chain, &pair.key);
        let end = day(2027, 1, 1);
        assert_eq!(at(end - TimeDelta::milliseconds(1), &text).candidates[0].judge(Demand::Connect).stop(), None);
        assert_says(
            &at(end, &text),
            Severity::Error,
            "line 5, column 18: the certificate expired on 2027-01-01 00:00 UTC",
            REGENERATE,
        );
    }

    #[test]
    fn a_certificate_that_is_not_valid_yet_is_refused_but_for_a_little_difference_between_clocks() {
        let pair = p256();
        let text = certificate_document(&pair.chain, &pair.key);
        let start = day(2026, 1, 1);
        let tolerated = start - TimeDelta::minutes(5);
        assert_eq!(
            at(tolerated, &text).candidates[0].judge(Demand::Connect).stop(),
            None,
            "this computer's clock may be behind"
        );
        assert_says(
            &at(tolerated - TimeDelta::milliseconds(1), &text),
            Severity::Error,
            "line 5, column 18: the certificate is not valid before 2026-01-01 00:00 UTC",
            "Check the clock of this computer, or wait until then.",
        );
    }

    #[test]
    fn an_issuer_that_ends_before_the_certificate_is_said() {
        let pair = new_p256(Variation { intermediate_ends: (2026, 1), ..USUAL });
        let text = certificate_document(&pair.chain, &pair.key);
        assert_says(
            &recognised(&text),
            Severity::Error,
            "line 5, column 18: an issuer in the chain expired on 2026-01-01 00:00 UTC",
            REGENERATE,
        );
        let pair = new_p256(Variation { intermediate_ends: (2026, 6), ..USUAL });
        assert_remark(
            certificate_document(&pair.chain, &pair.key),
            Severity::Warning,
            "line 5, column 18: an issuer in the chain ends on 2026-06-01, before the certificate does",
            "Regenerate the credentials before that day.",
        );
        let (pair, _) = issue(
            &KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap(),
            Variation { intermediate_ends: (2027, 1), ..USUAL },
        );
        let ends_with_it = findings_of(&recognised(certificate_document(&pair.chain, &pair.key)));
        assert!(!ends_with_it.iter().any(|finding| finding.kind.code().starts_with("issuer")), "{ends_with_it:?}");
    }

    /// Certificates that no library issues any more: self-signed, or signed by another authority with SHA-1.
    fn issued_by_openssl(bits: &str, by_authority: bool) -> Pair {
        let key = openssl(&["genrsa", bits], "");
        if !by_authority {
            let arguments = ["req", "-x509", "-key", "/dev/stdin", "-subj", "/CN=old", "-days", "36500"];
            return Pair { chain: openssl(&arguments, &key), key };
        }
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let authority_key = openssl(&["genrsa", "2048"], "");
        let authority = ["req", "-x509", "-key", "/dev/stdin", "-subj", "/CN=authority", "-days", "36500"];
        std::fs::write(path("authority.pem"), openssl(&authority, &authority_key)).unwrap();
        std::fs::write(path("authority.key"), authority_key).unwrap();
        let request = openssl(&["req", "-new", "-key", "/dev/stdin", "-subj", "/CN=old"], &key);
        let (authority, authority_key) = (path("authority.pem"), path("authority.key"));
        let sign = ["x509", "-req", "-CA", &authority, "-CAkey", &authority_key, "-set_serial", "1", "-sha1", "-days"];
        Pair { chain: openssl(&[&sign[..], &["36000"]].concat(), &request), key }
    }

    #[test]
    fn a_weak_key_is_refused_once() {
        let pair = issued_by_openssl("1024", false);
        let text = certificate_document(&pair.chain, &pair.key);
        let recognition = recognised(&text);
        assert_says(
            &recognition,
            Severity::Error,
            "line 6, column 10: the key (RSA 1024) is too short to be safe",
            "Create the credentials again with an RSA key of 2048 bits or more, or P-256.",
        );
        let count = findings_of(&recognition).iter().filter(|finding| finding.kind.code() == "weak_key").count();
        assert_eq!(count, 1, "certificate and key are weak together");
    }

    #[test]
    fn a_weak_signature_is_a_warning() {
        let pair = issued_by_openssl("2048", true);
        assert_says(
            &at(Utc::now() + TimeDelta::hours(1), &certificate_document(&pair.chain, &pair.key)),
            Severity::Warning,
            "line 5, column 18: a certificate of the chain is signed with SHA-1",
            "Ask the issuer of the certificate for one signed with SHA-256.",
        );
    }

    #[test]
    fn damaged_line_breaks_are_put_right_and_said() {
        let pair = p256();
        let chain = pair.chain.replace('\n', "\\n");
        assert_remark(
            certificate_document(&chain, &pair.key),
            Severity::Note,
            "line 5, column 18: \"certificate\" was repaired: line breaks written as \\n",
            NOTHING,
        );
        let key = pair.key.replace('\n', "");
        assert_remark(
            certificate_document(&pair.chain, &key),
            Severity::Note,
            "line 6, column 10: \"key\" was repaired: missing line breaks",
            NOTHING,
        );
    }

    #[test]
    fn the_order_of_a_chain_is_put_right_and_its_root_left_out() {
        let (pair, root) = issue(&KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap(), USUAL);
        let second = pair.chain.rfind("-----BEGIN").unwrap();
        let reversed = format!("{}{}", &pair.chain[second..], &pair.chain[..second]);
        let candidate = assert_remark(
            certificate_document(&reversed, &pair.key),
            Severity::Note,
            "line 5, column 18: the certificates of the chain were put in order",
            NOTHING,
        );
        assert!(candidate.document.is_some());
        let complete = only(certificate_document(&format!("{}{root}", pair.chain), &pair.key));
        assert_eq!(complete.findings, [], "most authorities give their chain with its root");
        let Some(Proof::Certificate { chain, .. }) = complete.document.map(|document| document.proof) else {
            panic!("a certificate");
        };
        assert_eq!(chain.pem, pair.chain, "the root is not sent, all the same");
        assert_remark(
            certificate_document(&format!("{root}{}", pair.chain), &pair.key),
            Severity::Note,
            "line 5, column 18: the root certificate is left out of what is sent",
            NOTHING,
        );
        assert_remark(
            certificate_document(&format!("{}{}", pair.chain, new_p256(USUAL).chain), &pair.key),
            Severity::Warning,
            "line 5, column 18: a certificate that belongs to no other of the chain is left out",
            "Check that the chain is the one that came with the certificate.",
        );
    }

    #[test]
    fn the_client_id_is_taken_from_the_subject_where_the_document_has_none() {
        let client_id = |candidate: Candidate| candidate.document.and_then(|document| document.client_id);
        for name in ["sales", "sb-sales", "sb-!b1", "sb-sales!b", "sb-sales!bx|y", "x|sb-sales!b1"] {
            let named = new_p256(Variation { common_name: Some(name), ..USUAL });
            let candidate = assert_remark(
                certificate_document(&named.chain, &named.key),
                Severity::Note,
                "line 5, column 18: the client id was taken from the certificate's subject",
                "Check that it is the client id of the service key.",
            );
            assert_eq!(client_id(candidate).as_deref(), Some(name));
        }
        for name in ["sb-sales!b1", "sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864"] {
            let named = new_p256(Variation { common_name: Some(name), ..USUAL });
            let candidate = only(certificate_document(&named.chain, &named.key));
            assert_eq!(candidate.findings, [], "{name} is what client ids look like");
            assert_eq!(client_id(candidate).as_deref(), Some(name));
        }
        let pair = p256();
        let text =
            json(&[URLS[0], URLS[1], URLS[2], ("certificate", &pair.chain), ("key", &pair.key), ("client_id", "b")]);
        let named = only(text);
        assert_eq!(named.document.unwrap().client_id.as_deref(), Some("b"), "the document outranks the subject");
        assert_eq!(named.findings, []);
    }

    #[test]
    fn a_certificate_that_names_nobody_needs_a_client_id_beside_it() {
        let pair = new_p256(Variation { common_name: None, ..USUAL });
        assert_error(
            certificate_document(&pair.chain, &pair.key),
            "line 7, column 1: \"clientId\" is missing, and the certificate's subject has no common name to take it from",
            "Add the client id to the document as \"clientid\".",
        );
    }
}

#[test]
fn the_present_moment_of_these_tests_lies_inside_the_certificates_validity() {
    let pair = p256();
    assert_eq!(only(certificate_document(&pair.chain, &pair.key)).judge(Demand::Connect).stop(), None, "{}", now());
}

#[test]
fn a_finding_is_told_in_german_with_its_place() {
    let recognition = recognised(SECRET_DOCUMENT.replacen("b1\",", "b1\"", 1));
    let findings = findings_of(&recognition);
    let finding = findings.first().expect("a comma is missing");
    assert_eq!(
        finding.message().render(Language::German),
        "Zeile 4, Spalte 28: dies ist kein gültiges JSON: ein Komma fehlt"
    );
    assert_eq!(
        finding.message().remedy().render(Language::German),
        "Kopieren Sie das Dokument noch einmal vollständig von { bis }, oder berichtigen Sie es an dieser Stelle."
    );
}

#[test]
fn what_is_shown_openly_does_not_hold_the_secret() {
    const REMEDY: &str = "Copy the document again: what is shown openly must not hold the secret.";
    let places = [
        (SECRET_DOCUMENT.replace("sb-sales!b1", SECRET), "line 4, column 15: \"clientId\""),
        (SECRET_DOCUMENT.replace("sb-sales!b1", &format!("sb-sales!b1:{SECRET}")), "line 4, column 15: \"clientId\""),
        (
            SECRET_DOCUMENT.replace("sales.example.com", &format!("sales.example.com/{SECRET}")),
            "line 2, column 10: \"url\"",
        ),
    ];
    for (text, key) in places {
        assert_error(&text, &format!("{key} holds the client secret"), REMEDY);
        let candidate = only(&text);
        assert!(
            candidate.judge(Demand::Connect).stop().is_some(),
            "it would go into the database and onto screens: {key}"
        );
        let shown = format!("{:?}", candidate.fields);
        assert!(!shown.contains(SECRET), "{shown}");
    }
}
