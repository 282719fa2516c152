//! From text to bindings: what people paste, and what is said about what cannot be read.

mod any_input;
mod curl;
mod environment;
mod json;
mod pem;
mod properties;
mod wrappers;
mod yaml;

use super::*;
use crate::{
    Place,
    tree::{Node, Value},
};

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

const SAMPLES: [(&str, &str); 14] = [
    ("01", include_str!("../../tests/samples/01-abhe-connection-clientsecret-camel.json")),
    ("02", include_str!("../../tests/samples/02-abhe-connection-x509-lower-no-clientid.json")),
    ("03", include_str!("../../tests/samples/03-apiportal-apiaccess-binding-secret.json")),
    ("05", include_str!("../../tests/samples/05-apiportal-apiaccess-x509-double-escaped-pem.json")),
    ("08", include_str!("../../tests/samples/08-on-premise-connectivity-orgId-secret.json")),
    ("09", include_str!("../../tests/samples/09-on-premise-connectivity-x509-MALFORMED-missing-comma.json")),
    ("11", include_str!("../../tests/samples/11-xsuaa-cfv8-wrapped-x509.json")),
    ("13", include_str!("../../tests/samples/13-cis-nested-uaa-endpoints-binding-secret.json")),
    ("14", include_str!("../../tests/samples/14-cf-cli-console-capture-with-banner.txt")),
    ("19", include_str!("../../tests/samples/19-vcap-services-wrapper-jobscheduler.json")),
    ("23", include_str!("../../tests/samples/23-xsuaa-hide-secret-no-secret.json")),
    ("24", include_str!("../../tests/samples/24-external-certificate-no-private-key.json")),
    ("26", include_str!("../../tests/samples/26-kyma-secret-key-values.yaml")),
    ("28", include_str!("../../tests/samples/28-saas-registry-json-in-string.json")),
];

fn sample(number: &str) -> &'static str {
    SAMPLES.iter().find(|(name, _)| *name == number).unwrap().1
}

fn parsed(text: &str) -> Parsed {
    parse(text).unwrap_or_else(|finding| panic!("{finding}\n{text}"))
}

/// The only binding of a text.
fn only(text: &str) -> Binding {
    let mut bindings = parsed(text).bindings;
    assert_eq!(bindings.len(), 1, "{text}");
    bindings.remove(0)
}

/// What the user reads about a text that cannot be read.
fn defect(text: &str) -> String {
    parse(text).map(drop).unwrap_err().to_string()
}

fn names(text: &str) -> Vec<String> {
    parsed(text).bindings.into_iter().map(|binding| binding.name).collect()
}

/// A value of an object, or of the object in it.
fn value<'a>(node: &'a Node, path: &str) -> &'a Node {
    path.split('/').fold(node, |node, key| {
        let member = node.members().iter().find(|member| *member.key == key);
        &member.unwrap_or_else(|| panic!("no {key} in {:?}", keys(node))).value
    })
}

fn text<'a>(node: &'a Node, path: &str) -> &'a str {
    value(node, path).text().unwrap_or_else(|| panic!("{path} is no text"))
}

fn keys(node: &Node) -> Vec<&str> {
    node.members().iter().map(|member| member.key.as_str()).collect()
}

/// Line and column of a value in the text that it was read from.
fn place(source: &str, node: &Node) -> (usize, usize) {
    let Place { line, column } = Source { text: source }.place(node.at);
    (line, column)
}

#[test]
fn nothing_is_told_as_nothing() {
    for nothing in ["", " \n\t ", "\u{feff}", "\u{feff} \r\n"] {
        assert_eq!(defect(nothing), "line 1, column 1: there is no document", "{nothing:?}");
    }
}

#[test]
fn prose_is_no_damaged_document_but_none() {
    for prose in [
        "Hello World",
        "Dear all: please find attached the credentials",
        "no document",
        "42",
        "see https://example.com/a?b=c",
        "https://sales.example.com",
        "# only a comment",
    ] {
        assert_eq!(defect(prose), "line 1, column 1: there are no credentials in this document", "{prose}");
    }
    assert_eq!(defect("\n\n  Hello"), "line 3, column 3: there are no credentials in this document");
}

#[test]
fn each_syntax_is_recognised_by_what_it_looks_like() {
    for (text, syntax) in [
        (SECRET_DOCUMENT, Syntax::Json),
        ("[{\"clientid\": \"a\"}]", Syntax::Json),
        ("url: https://sales.example.com\nclientId: a\n", Syntax::Yaml),
        ("---\nurl: https://sales.example.com\n", Syntax::Yaml),
        ("# written by hand\nclientid: a", Syntax::Yaml),
        ("\"clientid\": \"a\"\n\"url\": \"b\"\n", Syntax::Yaml),
        ("- clientid: a\n", Syntax::Yaml),
        ("CLIENT_ID=a\nCLIENT_SECRET=b\n", Syntax::Environment),
        ("export client_id=a\n", Syntax::Environment),
        ("client_id='a'\n", Syntax::Environment),
        ("VCAP_SERVICES={\"xsuaa\":[{\"credentials\":{}}]}", Syntax::Environment),
        ("Name=sales\nType=HTTP\nURL=https\\://sales.example.com\n", Syntax::Properties),
        ("clientId=a\nclientSecret=b\n", Syntax::Properties),
        ("URL=\"a\"\nAuthentication=OAuth2ClientCredentials", Syntax::Properties),
        ("tokenServiceURL: https\\://auth.example.com\n", Syntax::Properties),
        ("clientId a\nclientSecret b\n", Syntax::Properties),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", Syntax::Pem),
        ("curl -u a:b https://auth.example.com/oauth/token", Syntax::Curl),
        ("#!/bin/sh\ncurl -u a:b https://auth.example.com/oauth/token", Syntax::Curl),
        ("[user@host ~]$ curl -u a:b https://auth.example.com/oauth/token", Syntax::Curl),
    ] {
        assert_eq!(parsed(text).syntax, syntax, "{text}");
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_make_no_difference() {
    for text in [
        SECRET_DOCUMENT,
        "url: https://sales.example.com\nclientId: sb-sales!b1\nclientSecret: pl4nted+s3cr3t/$=\n",
        "CLIENT_ID=sb-sales!b1\nCLIENT_SECRET=pl4nted+s3cr3t/$=\n",
        "clientId=sb-sales!b1\nclientSecret=pl4nted+s3cr3t/$=\n",
        "curl -d client_id='sb-sales!b1' \\\n  -d client_secret='pl4nted%2Bs3cr3t/$=' https://auth.example.com\n",
    ] {
        let expected = only(text);
        let crlf = text.replace('\n', "\r\n");
        for other in [crlf.clone(), format!("\u{feff}{text}"), format!("\u{feff}\r\n{crlf}")] {
            let binding = only(&other);
            for member in expected.node.members() {
                let found = value(&binding.node, &member.key);
                assert_eq!(found.text(), member.value.text(), "{other:?}");
                let lines = usize::from(other.starts_with("\u{feff}\r"));
                let (line, column) = place(text, &member.value);
                assert_eq!(place(&other, found), (line + lines, column), "no editor shows the mark: {other:?}");
            }
        }
    }
}

#[test]
fn every_published_sample_is_read_or_its_damage_is_told() {
    for (number, text) in SAMPLES {
        match parse(text) {
            Ok(parsed) => assert!(!parsed.bindings.is_empty(), "sample {number}"),
            Err(finding) => assert_eq!(number, "09", "{finding}"),
        }
    }
}

#[test]
fn nothing_of_a_document_is_printed_for_programmers() {
    let printed = format!("{:?}", parsed(SECRET_DOCUMENT));
    assert!(!printed.contains("pl4nted"), "a log line must not carry the secret: {printed}");
}
