//! Connection API Credentials of PingOne, as they are written.

use documents::{ConnectionApiClient, ConnectionApiFormat, ExportError, Part, SecretBytes};
use messages::Language;

const CLIENT_ID: &str = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b";

const CLIENT: ConnectionApiClient<'_> = ConnectionApiClient { id: CLIENT_ID, is_local: false };

fn render(format: ConnectionApiFormat, secret: &str) -> Result<String, ExportError> {
    let rendered = format.render(CLIENT, &SecretBytes::new(secret.as_bytes().to_vec()))?;
    // EXPOSE: the test compares the text.
    Ok(String::from_utf8(rendered.expose().to_vec()).expect("a text"))
}

#[test]
fn each_format_says_id_and_secret() {
    assert_eq!(
        render(ConnectionApiFormat::Json, r#"a"b\c"#).unwrap(),
        format!("{{\n  \"clientId\": \"{CLIENT_ID}\",\n  \"clientSecret\": \"a\\\"b\\\\c\"\n}}\n")
    );
    assert_eq!(
        render(ConnectionApiFormat::Environment, "a $b c").unwrap(),
        format!("PINGONE_CLIENT_ID='{CLIENT_ID}'\nPINGONE_CLIENT_SECRET='a $b c'\n")
    );
    let script = render(ConnectionApiFormat::Curl, r#"a"b\c: d"#).unwrap();
    assert!(script.starts_with("#!/bin/sh\n"), "{script}");
    assert!(script.ends_with(&format!("\nuser = \"{CLIENT_ID}:a\\\"b\\\\c: d\"\nEND\n")), "{script}");
    assert!(script.contains("https://admin.pingone.com}/web-portal/rest/saas/idp/2.0/spManaged/$1"), "{script}");
}

#[test]
fn what_an_environment_file_cannot_carry_is_refused() {
    for secret in ["${HOME}", "it's \\", "two\nlines'\""] {
        let refused = render(ConnectionApiFormat::Environment, secret).unwrap_err();
        assert_eq!(refused, ExportError::Unwritable(Part::ClientSecret), "{secret:?}");
    }
    let not_text = ConnectionApiFormat::Json.render(CLIENT, &SecretBytes::new(vec![0xff]));
    assert_eq!(not_text.unwrap_err(), ExportError::Unwritable(Part::ClientSecret));
}

#[test]
fn a_preview_is_the_export_with_the_secret_hidden() {
    for format in ConnectionApiFormat::ALL {
        let preview = format.preview(CLIENT).unwrap();
        assert_eq!(preview.text, render(format, "planted").unwrap().replace("planted", "••••••••"), "{format:?}");
        assert_eq!(preview.name, "");
    }
}

#[test]
fn every_format_has_a_code_and_a_name_of_its_own() {
    for format in ConnectionApiFormat::ALL {
        assert_eq!(ConnectionApiFormat::find_code(format.code()), Some(format));
        let same_name = ConnectionApiFormat::ALL
            .iter()
            .filter(|other| other.name(Language::English) == format.name(Language::English));
        assert_eq!(same_name.count(), 1, "{format:?}");
    }
}

#[test]
fn an_export_of_local_credentials_says_that_pingone_does_not_know_them() {
    let client = ConnectionApiClient { is_local: true, ..CLIENT };
    for format in ConnectionApiFormat::ALL {
        let text = format.preview(client).unwrap().text;
        assert!(text.contains("# Local: ") || text.contains("\"kind\": \"local\""), "{format:?}: {text}");
    }
}
