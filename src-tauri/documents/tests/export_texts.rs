//! What each format looks like, to the letter.

#![allow(clippy::unwrap_used)]

mod sample;

use messages::Language;
use std::io::{Cursor, Read};

use base64::{Engine, engine::general_purpose::STANDARD};
use documents::{
    CertUrl, CertificateChain, CredentialDocument, Export, ExportError, File, Format, KeyStoreKind, Part, Preview,
    Proof, PublicParts, TokenEndpoint, pack,
};
use sample::{
    CERT_URL, CLIENT_ID, EC, EXTRA, PASSWORD, RSA, SECRET, TOKEN_URL, URL, export, secret, with_certificate,
    with_extra, with_secret,
};
use zip::ZipArchive;

fn render(format: Format, document: &CredentialDocument) -> File {
    export(format).render(document).unwrap()
}

fn text(file: &File) -> String {
    // EXPOSE: the test compares the text.
    String::from_utf8(file.bytes.expose().to_vec()).unwrap()
}

fn render_text(format: Format, document: &CredentialDocument) -> String {
    text(&render(format, document))
}

/// Names and contents of an archive.
fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn unpack_texts(file: &File) -> Vec<(String, String)> {
    assert_eq!(file.extension, "zip");
    // EXPOSE: the test compares the texts.
    let entries = unpack(file.bytes.expose());
    entries.into_iter().map(|(name, content)| (name, String::from_utf8_lossy(&content).into_owned())).collect()
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

fn public(document: &CredentialDocument) -> PublicParts<'_> {
    PublicParts {
        url: document.url.as_deref(),
        token_url: document.token_url.as_deref(),
        cert_url: document.cert_url.as_deref(),
        client_id: document.client_id.as_deref(),
        chain: match &document.proof {
            Proof::ClientSecret(_) => None,
            Proof::Certificate { chain, .. } => Some(chain),
        },
        members: None,
    }
}

#[test]
fn a_connection_with_a_secret_has_exactly_the_published_keys() {
    assert_eq!(
        render_text(Format::Connection, &with_secret(SECRET)),
        "{\n  \"url\": \"https://portal.cfapps.eu10.hana.ondemand.com\",\n  \"tokenUrl\": \
         \"https://tenant.authentication.eu10.hana.ondemand.com/oauth/token\",\n  \"clientId\": \
         \"sb-apiaccess!b109482|api-portal-xsuaa!b11864\",\n  \"clientSecret\": \"planted+secret/$1-2=\"\n}\n"
    );
}

#[test]
fn a_connection_with_a_certificate_has_exactly_the_published_keys() {
    assert_eq!(
        render_text(Format::Connection, &with_certificate(&EC)),
        format!(
            "{{\n  \"url\": \"{URL}\",\n  \"tokenurl\": \"{TOKEN_URL}\",\n  \"certurl\": \"{CERT_URL}\",\n  \
             \"certificate\": {},\n  \"key\": {}\n}}\n",
            json(&CertificateChain::parse(&EC.chain).unwrap().pem),
            json(&key_of(&with_certificate(&EC)))
        ),
        "the subject names the client id already"
    );
}

/// The private key as PEM, by another writer than the one under test.
fn key_of(document: &CredentialDocument) -> String {
    let Proof::Certificate { private_key, .. } = &document.proof else { panic!("not a certificate") };
    // EXPOSE: the test compares the text.
    let encoded = STANDARD.encode(private_key.expose());
    let lines: Vec<_> = encoded.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}

#[test]
fn a_connection_with_a_certificate_names_a_client_id_that_nobody_could_read_from_it() {
    let rendered = render_text(Format::Connection, &with_certificate(&RSA));
    assert_eq!(lines(&rendered)[4], format!("  \"clientid\": \"{CLIENT_ID}\","), "the subject says rsa-client");
}

#[test]
fn further_members_follow_the_published_ones_and_replace_none() {
    let extra =
        r#"{"orgId" : "o\u0031", "clientSecret":"other","URL":"other","list":[1,[],{}],"deep":{"a":{"b":true}}}"#;
    let rendered = render_text(Format::Connection, &with_extra(with_secret(SECRET), extra));
    assert_eq!(
        lines(&rendered)[4..],
        [
            "  \"clientSecret\": \"planted+secret/$1-2=\",",
            "  \"orgId\": \"o\\u0031\",",
            "  \"list\": [",
            "    1,",
            "    [],",
            "    {}",
            "  ],",
            "  \"deep\": {",
            "    \"a\": {",
            "      \"b\": true",
            "    }",
            "  }",
            "}",
            ""
        ]
    );
}

#[test]
fn a_service_key_keeps_the_url_of_the_portal_among_its_endpoints() {
    let rendered = render_text(Format::ServiceKey, &with_secret(SECRET));
    assert_eq!(
        lines(&rendered),
        [
            "{",
            "  \"clientid\": \"sb-apiaccess!b109482|api-portal-xsuaa!b11864\",",
            "  \"clientsecret\": \"planted+secret/$1-2=\",",
            "  \"credential-type\": \"binding-secret\",",
            "  \"url\": \"https://tenant.authentication.eu10.hana.ondemand.com\",",
            "  \"endpoints\": {",
            "    \"apiportal\": \"https://portal.cfapps.eu10.hana.ondemand.com\"",
            "  }",
            "}",
            ""
        ]
    );
}

#[test]
fn a_service_key_with_a_certificate_has_both_token_hosts() {
    let document = with_certificate(&EC);
    let rendered = render_text(Format::ServiceKey, &document);
    let key = format!("  \"key\": {},", json(&key_of(&document)));
    let certificate = format!("  \"certificate\": {},", json(&EC.chain));
    assert_eq!(
        lines(&rendered),
        [
            "{",
            "  \"clientid\": \"sb-apiaccess!b109482|api-portal-xsuaa!b11864\",",
            &certificate,
            &key,
            "  \"certurl\": \"https://tenant.authentication.cert.eu10.hana.ondemand.com\",",
            "  \"credential-type\": \"x509\",",
            "  \"url\": \"https://tenant.authentication.eu10.hana.ondemand.com\",",
            "  \"endpoints\": {",
            "    \"apiportal\": \"https://portal.cfapps.eu10.hana.ondemand.com\"",
            "  }",
            "}",
            ""
        ]
    );
}

#[test]
fn a_wrapped_service_key_is_the_same_two_spaces_deeper() {
    for document in [with_secret(SECRET), with_extra(with_certificate(&EC), EXTRA)] {
        let bare = render_text(Format::ServiceKey, &document);
        let wrapped = render_text(Format::ServiceKeyWrapped, &document);
        let inner: Vec<String> = lines(bare.trim_end()).into_iter().skip(1).map(|line| format!("  {line}\n")).collect();
        assert_eq!(wrapped, format!("{{\n  \"credentials\": {{\n{}}}\n", inner.concat()));
    }
}

#[test]
fn other_endpoints_of_a_service_key_stay_beside_the_portal() {
    let extra =
        r#"{"xsappname":"a!b1","endpoints":{"apiportal":"old","other":"https://other"},"credential-type":"old"}"#;
    let rendered = render_text(Format::ServiceKey, &with_extra(with_secret(SECRET), extra));
    assert_eq!(
        lines(&rendered)[4..],
        [
            "  \"url\": \"https://tenant.authentication.eu10.hana.ondemand.com\",",
            "  \"xsappname\": \"a!b1\",",
            "  \"endpoints\": {",
            "    \"apiportal\": \"https://portal.cfapps.eu10.hana.ondemand.com\",",
            "    \"other\": \"https://other\"",
            "  }",
            "}",
            ""
        ],
        "each key once, and the portal's own URL"
    );
}

#[test]
fn a_service_key_refuses_a_token_endpoint_that_its_readers_would_change() {
    let document =
        CredentialDocument { token_url: Some(TokenEndpoint::from_stored("https://host/token")), ..with_secret(SECRET) };
    for format in [Format::ServiceKey, Format::ServiceKeyWrapped] {
        let error = export(format).render(&document).unwrap_err();
        assert_eq!(error, ExportError::TokenPath(Part::TokenUrl));
        assert_eq!(error.to_string(), "this format can only carry a \"tokenUrl\" that ends in /oauth/token");
    }
}

#[test]
fn a_destination_with_a_secret_is_one_file_in_three_syntaxes() {
    let document = with_secret(SECRET);
    assert_eq!(
        lines(&render_text(Format::DestinationJson, &document)),
        [
            "{",
            "  \"Name\": \"portal-eu10\",",
            "  \"Type\": \"HTTP\",",
            "  \"URL\": \"https://portal.cfapps.eu10.hana.ondemand.com\",",
            "  \"ProxyType\": \"Internet\",",
            "  \"Authentication\": \"OAuth2ClientCredentials\",",
            "  \"clientId\": \"sb-apiaccess!b109482|api-portal-xsuaa!b11864\",",
            "  \"clientSecret\": \"planted+secret/$1-2=\",",
            "  \"tokenServiceURL\": \"https://tenant.authentication.eu10.hana.ondemand.com/oauth/token\",",
            "  \"tokenServiceURLType\": \"Dedicated\"",
            "}",
            ""
        ]
    );
    assert_eq!(
        lines(&render_text(Format::DestinationYaml, &document)),
        [
            "Name: 'portal-eu10'",
            "Type: 'HTTP'",
            "URL: 'https://portal.cfapps.eu10.hana.ondemand.com'",
            "ProxyType: 'Internet'",
            "Authentication: 'OAuth2ClientCredentials'",
            "clientId: 'sb-apiaccess!b109482|api-portal-xsuaa!b11864'",
            "clientSecret: 'planted+secret/$1-2='",
            "tokenServiceURL: 'https://tenant.authentication.eu10.hana.ondemand.com/oauth/token'",
            "tokenServiceURLType: 'Dedicated'",
            ""
        ]
    );
    assert_eq!(
        lines(&render_text(Format::DestinationProperties, &document)),
        [
            "Name=portal-eu10",
            "Type=HTTP",
            "URL=https\\://portal.cfapps.eu10.hana.ondemand.com",
            "ProxyType=Internet",
            "Authentication=OAuth2ClientCredentials",
            "clientId=sb-apiaccess\\!b109482|api-portal-xsuaa\\!b11864",
            "clientSecret=planted+secret/$1-2\\=",
            "tokenServiceURL=https\\://tenant.authentication.eu10.hana.ondemand.com/oauth/token",
            "tokenServiceURLType=Dedicated",
            ""
        ]
    );
}

#[test]
fn properties_escape_what_java_would_read_otherwise() {
    let rendered = render_text(Format::DestinationProperties, &with_secret(" a b\\c#d!ä€😀\t\u{7f}"));
    assert_eq!(lines(&rendered)[6], "clientSecret=\\ a b\\\\c\\#d\\!\\u00e4\\u20ac\\ud83d\\ude00\\t\\u007f");
}

#[test]
fn a_destination_with_a_certificate_comes_with_its_keystore() {
    let document = with_certificate(&EC);
    let files = unpack_texts(&render(Format::DestinationJson, &document));
    assert_eq!(
        files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["portal-eu10.json", "portal-eu10.p12"]
    );
    assert_eq!(
        lines(&files[0].1)[5..],
        [
            "  \"Authentication\": \"OAuth2ClientCredentials\",",
            "  \"clientId\": \"sb-apiaccess!b109482|api-portal-xsuaa!b11864\",",
            "  \"tokenServiceURL\": \"https://tenant.authentication.cert.eu10.hana.ondemand.com/oauth/token\",",
            "  \"tokenServiceURLType\": \"Dedicated\",",
            "  \"tokenService.KeyStoreLocation\": \"portal-eu10.p12\",",
            "  \"tokenService.KeyStorePassword\": \"planted:password\"",
            "}",
            ""
        ]
    );
    let export = Export { keystore: KeyStoreKind::Pem, password: None, ..export(Format::DestinationProperties) };
    let files = unpack_texts(&export.render(&document).unwrap());
    assert_eq!(files[0].0, "portal-eu10.properties");
    assert_eq!(
        lines(&files[0].1)[5..],
        [
            "clientId=sb-apiaccess\\!b109482|api-portal-xsuaa\\!b11864",
            "tokenServiceURL=https\\://tenant.authentication.cert.eu10.hana.ondemand.com/oauth/token",
            "tokenServiceURLType=Dedicated",
            "tokenService.KeyStoreLocation=portal-eu10.pem",
            ""
        ]
    );
    assert_eq!(files[1], ("portal-eu10.pem".to_owned(), render_text(Format::Pem, &document)));
}

#[test]
fn the_path_of_the_token_endpoint_is_never_appended_twice() {
    for cert_url in [CERT_URL.to_owned(), format!("{CERT_URL}/"), format!("{CERT_URL}/oauth/token")] {
        let document = CredentialDocument { cert_url: Some(CertUrl::from_stored(&cert_url)), ..with_certificate(&EC) };
        let files = unpack_texts(&render(Format::DestinationYaml, &document));
        let expected = "tokenServiceURL: 'https://tenant.authentication.cert.eu10.hana.ondemand.com/oauth/token'\n";
        assert!(files[0].1.contains(expected), "{cert_url}");
    }
}

#[test]
fn pem_files_hold_the_chain_and_the_pkcs_8_key() {
    let document = with_certificate(&RSA);
    let key = key_of(&document);
    let chain = CertificateChain::parse(&RSA.chain).unwrap().pem;
    assert_eq!(render_text(Format::Pem, &document), format!("{chain}{key}"));
    assert_eq!(
        unpack_texts(&render(Format::PemFiles, &document)),
        [("portal-eu10-chain.pem".to_owned(), chain), ("portal-eu10-key.pem".to_owned(), key)]
    );
}

#[test]
fn an_environment_file_quotes_every_value() {
    assert_eq!(
        lines(&render_text(Format::Environment, &with_secret(SECRET))),
        [
            "APIPORTAL_URL='https://portal.cfapps.eu10.hana.ondemand.com'",
            "APIPORTAL_TOKEN_URL='https://tenant.authentication.eu10.hana.ondemand.com/oauth/token'",
            "APIPORTAL_CLIENT_ID='sb-apiaccess!b109482|api-portal-xsuaa!b11864'",
            "APIPORTAL_CLIENT_SECRET='planted+secret/$1-2='",
            ""
        ]
    );
    let document = with_certificate(&EC);
    let expected = format!(
        "APIPORTAL_URL='{URL}'\nAPIPORTAL_TOKEN_URL='{TOKEN_URL}'\nAPIPORTAL_CERT_URL='{CERT_URL}'\n\
         APIPORTAL_CLIENT_ID='{CLIENT_ID}'\nAPIPORTAL_CERTIFICATE='{}'\nAPIPORTAL_KEY='{}'\n",
        EC.chain,
        key_of(&document)
    );
    assert_eq!(render_text(Format::Environment, &document), expected);
}

#[test]
fn an_environment_file_refuses_what_its_readers_would_read_differently() {
    for awkward in ["${HOME}", "both ' and \"", "it's $5", "two \\\\ in a row", "ends in \\", "a\rb", "a\0b"] {
        let error = export(Format::Environment).render(&with_secret(awkward)).unwrap_err();
        assert_eq!(error, ExportError::Unwritable(Part::ClientSecret), "{awkward:?}");
    }
}

/// What a POSIX shell, and what else is installed that reads environment files, makes of a secret.
#[cfg(unix)]
#[test]
fn a_shell_reads_the_same_value_from_an_environment_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.env");
    for value in [SECRET, "$HOME `id` $(id) \"x\" \\n %s # !", "it's", " spaces ", "ü€😀", "-n", "@x", "a\\b", ""]
    {
        std::fs::write(&path, render_text(Format::Environment, &with_secret(value))).unwrap();
        assert_eq!(source(&path, "APIPORTAL_CLIENT_SECRET"), value);
    }
    let document = with_certificate(&EC);
    std::fs::write(&path, render_text(Format::Environment, &document)).unwrap();
    assert_eq!(source(&path, "APIPORTAL_KEY"), key_of(&document), "with its line breaks");
    assert_eq!(source(&path, "APIPORTAL_CERTIFICATE"), EC.chain);
}

#[cfg(unix)]
fn source(path: &std::path::Path, name: &str) -> String {
    let script = format!("set -a; . \"$1\"; set +a; exec awk 'BEGIN {{ printf \"%s\", ENVIRON[\"{name}\"] }}'");
    let output = std::process::Command::new("sh").args(["-c", &script, "sh"]).arg(path).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_kubernetes_secret_holds_every_part_in_base64() {
    let rendered = render_text(Format::KubernetesSecret, &with_secret(SECRET));
    assert_eq!(
        lines(&rendered),
        [
            "apiVersion: 'v1'",
            "kind: 'Secret'",
            "metadata:",
            "  name: 'portal-eu10'",
            "type: 'Opaque'",
            "data:",
            "  url: 'aHR0cHM6Ly9wb3J0YWwuY2ZhcHBzLmV1MTAuaGFuYS5vbmRlbWFuZC5jb20='",
            "  token_url: 'aHR0cHM6Ly90ZW5hbnQuYXV0aGVudGljYXRpb24uZXUxMC5oYW5hLm9uZGVtYW5kLmNvbS9vYXV0aC90b2tlbg=='",
            "  client_id: 'c2ItYXBpYWNjZXNzIWIxMDk0ODJ8YXBpLXBvcnRhbC14c3VhYSFiMTE4NjQ='",
            "  client_secret: 'cGxhbnRlZCtzZWNyZXQvJDEtMj0='",
            ""
        ]
    );
    let document = with_certificate(&EC);
    let rendered = render_text(Format::KubernetesSecret, &document);
    let expected = [
        "  cert_url: 'aHR0cHM6Ly90ZW5hbnQuYXV0aGVudGljYXRpb24uY2VydC5ldTEwLmhhbmEub25kZW1hbmQuY29t'".to_owned(),
        "  client_id: 'c2ItYXBpYWNjZXNzIWIxMDk0ODJ8YXBpLXBvcnRhbC14c3VhYSFiMTE4NjQ='".to_owned(),
        format!("  certificate: '{}'", STANDARD.encode(&EC.chain)),
        format!("  key: '{}'", STANDARD.encode(key_of(&document))),
        String::new(),
    ];
    assert_eq!(lines(&rendered)[8..], expected);
}

#[test]
fn further_members_become_keys_of_a_kubernetes_secret_if_it_takes_their_names() {
    let extra =
        r#"{"xsappname":"a\n","not a key":"x","list":[1, 2],"on":"y","1":"z","..":"x","client_secret":"other"}"#;
    let rendered = render_text(Format::KubernetesSecret, &with_extra(with_secret(SECRET), extra));
    assert_eq!(
        lines(&rendered)[10..],
        ["  xsappname: 'YQo='", "  list: 'WzEsIDJd'", "  \"on\": 'eQ=='", "  \"1\": 'eg=='", ""]
    );
}

#[test]
fn the_name_of_a_kubernetes_secret_is_one_that_it_takes() {
    for (name, expected) in [("Portal_EU10", "portal-eu10"), ("-", "credentials"), ("Größe.1", "gr--e-1")] {
        let export = Export { name, ..export(Format::KubernetesSecret) };
        let rendered = text(&export.render(&with_secret(SECRET)).unwrap());
        assert_eq!(lines(&rendered)[3], format!("  name: '{expected}'"));
    }
}

#[test]
fn a_curl_script_keeps_the_secret_out_of_the_process_list() {
    let rendered = render_text(Format::Curl, &with_secret("a\"b\\c@=d\te"));
    assert_eq!(
        lines(&rendered),
        [
            "#!/bin/sh",
            "# Gets an access token. The secret reaches curl through standard input, so it never stands in the list of \
             processes.",
            "curl --fail-with-body --silent --show-error --config - <<'END'",
            "url = \"https://tenant.authentication.eu10.hana.ondemand.com/oauth/token\"",
            "globoff",
            "data-urlencode = \"grant_type=client_credentials\"",
            "data-urlencode = \"client_id=sb-apiaccess!b109482|api-portal-xsuaa!b11864\"",
            "data-urlencode = \"client_secret=a\\\"b\\\\c@=d\\te\"",
            "END",
            ""
        ]
    );
}

#[test]
fn a_curl_script_with_a_certificate_comes_with_the_pem_files_and_has_no_secret() {
    let document = with_certificate(&EC);
    let files = unpack_texts(&render(Format::Curl, &document));
    assert_eq!(
        lines(&files[0].1),
        [
            "#!/bin/sh",
            "# Gets an access token with the certificate and the private key in the files beside this one.",
            "cd -- \"$(dirname -- \"$0\")\" || exit",
            "curl --fail-with-body --silent --show-error --config - <<'END'",
            "url = \"https://tenant.authentication.cert.eu10.hana.ondemand.com/oauth/token\"",
            "globoff",
            "cert = \"portal-eu10-chain.pem\"",
            "key = \"portal-eu10-key.pem\"",
            "data-urlencode = \"grant_type=client_credentials\"",
            "data-urlencode = \"client_id=sb-apiaccess!b109482|api-portal-xsuaa!b11864\"",
            "END",
            ""
        ]
    );
    assert_eq!(files[0].0, "portal-eu10.sh");
    assert_eq!(files[1], ("portal-eu10-chain.pem".to_owned(), EC.chain.clone()));
    assert_eq!(files[2], ("portal-eu10-key.pem".to_owned(), key_of(&document)));
}

#[test]
fn a_name_cannot_lead_out_of_the_folder_or_out_of_a_script() {
    let export = Export { name: "../a\"; rm $(x)\n", ..export(Format::Curl) };
    let names: Vec<String> =
        unpack_texts(&export.render(&with_certificate(&EC)).unwrap()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a---rm---x--.sh", "a---rm---x---chain.pem", "a---rm---x---key.pem"]);
}

#[test]
fn every_format_says_which_part_it_misses() {
    for has_certificate in [false, true] {
        for format in Format::ALL.into_iter().filter(|format| format.fits(has_certificate)) {
            for part in format.needs(has_certificate) {
                let mut document = if has_certificate { with_certificate(&EC) } else { with_secret(SECRET) };
                match part {
                    Part::Url => document.url = None,
                    Part::TokenUrl => document.token_url = None,
                    Part::CertUrl => document.cert_url = None,
                    // The certificate says it, too.
                    Part::ClientId if has_certificate => continue,
                    Part::ClientId => document.client_id = None,
                    Part::ClientSecret | Part::Certificate | Part::PrivateKey => panic!("always there"),
                }
                let export = export(format);
                let expected = ExportError::MissingPart(*part);
                assert_eq!(export.render(&document).unwrap_err(), expected, "{format:?} {part:?}");
                assert_eq!(
                    export.preview(&public(&document), false, Language::English).unwrap_err(),
                    expected,
                    "{format:?} {part:?}"
                );
            }
        }
    }
}

#[test]
fn every_format_has_a_code_and_a_name_of_its_own() {
    for format in Format::ALL {
        assert_eq!(Format::find_code(format.code()), Some(format));
        assert_eq!(
            Format::ALL.iter().filter(|other| other.name(Language::English) == format.name(Language::English)).count(),
            1,
            "{format:?}"
        );
    }
    assert_eq!(Format::find_code("Connection"), None);
}

#[test]
fn the_ending_is_known_before_anything_is_written() {
    for document in [with_secret(SECRET), with_certificate(&EC)] {
        let has_certificate = document.cert_url.is_some();
        for format in Format::ALL {
            let export = export(format);
            match export.render(&document) {
                Ok(file) => assert_eq!(file.extension, export.extension(has_certificate), "{format:?}"),
                Err(error) => {
                    assert_eq!(error, ExportError::WrongKind, "{format:?}");
                    assert!(!format.fits(has_certificate), "{format:?}");
                    assert_eq!(
                        export.preview(&public(&document), false, Language::English).unwrap_err(),
                        error,
                        "{format:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn only_what_holds_a_container_asks_for_a_password() {
    let document = with_certificate(&EC);
    for keystore in [KeyStoreKind::Pkcs12, KeyStoreKind::Pem] {
        for format in Format::ALL {
            for password in [None, Some(&secret(""))] {
                let export = Export { format, name: "portal", password, legacy: false, keystore };
                let refused = matches!(export.render(&document), Err(ExportError::PasswordNeeded));
                assert_eq!(refused, format.takes_password(true, keystore), "{format:?} {keystore:?}");
            }
            assert!(!format.takes_password(false, keystore), "{format:?}");
        }
    }
}

#[test]
fn a_preview_is_the_export_line_by_line_with_the_secrets_hidden() {
    for document in [with_secret(SECRET), with_certificate(&EC), with_certificate(&RSA)] {
        let has_certificate = document.cert_url.is_some();
        let key = has_certificate.then(|| key_of(&document));
        for format in Format::ALL.into_iter().filter(|format| format.fits(has_certificate)) {
            for keystore in [KeyStoreKind::Pkcs12, KeyStoreKind::Pem] {
                let export = Export { keystore, ..export(format) };
                let previews = export.preview(&public(&document), false, Language::English).unwrap();
                let file = export.render(&document).unwrap();
                // EXPOSE: the test compares the texts.
                let bytes = file.bytes.expose();
                let rendered =
                    if file.extension == "zip" { unpack(bytes) } else { vec![(String::new(), bytes.to_vec())] };
                let names = |files: &[(String, Vec<u8>)]| files.iter().map(|file| file.0.clone()).collect::<Vec<_>>();
                assert_eq!(previews.iter().map(|file| file.name.clone()).collect::<Vec<_>>(), names(&rendered));
                for (Preview { name, text }, (_, content)) in previews.iter().zip(rendered) {
                    if text.starts_with("PKCS#12 container") {
                        continue;
                    }
                    let content = String::from_utf8(content).unwrap();
                    assert_eq!(*text, hide(&content, key.as_deref()), "{format:?} {name}");
                }
            }
        }
    }
}

/// The text with dots in the place of the secrets, in any of their spellings.
fn hide(text: &str, key: Option<&str>) -> String {
    const HIDDEN_KEY: &str = "-----BEGIN PRIVATE KEY-----\n••••••••\n-----END PRIVATE KEY-----\n";
    let mut text = text.to_owned();
    for secret in [SECRET, "planted+secret/$1-2\\=", &STANDARD.encode(SECRET), PASSWORD, "planted\\:password"] {
        text = text.replace(secret, "••••••••");
    }
    if let Some(key) = key {
        text = text.replace(key, HIDDEN_KEY);
        text = text.replace(&key.replace('\n', "\\n"), &HIDDEN_KEY.replace('\n', "\\n"));
        text = text.replace(&STANDARD.encode(key), "••••••••");
    }
    text
}

#[test]
fn no_preview_holds_a_secret_and_further_members_are_one_line() {
    for document in [with_secret(SECRET), with_certificate(&EC)] {
        let has_certificate = document.cert_url.is_some();
        for format in Format::ALL.into_iter().filter(|format| format.fits(has_certificate)) {
            let export = export(format);
            let with_extra = export.preview(&public(&document), true, Language::English).unwrap();
            for Preview { text, .. } in &with_extra {
                assert!(!text.contains("planted"), "{format:?}");
                assert!(!text.contains(&STANDARD.encode("planted")[..8]), "{format:?}");
            }
            let carries_extra = match format {
                Format::Connection | Format::ServiceKey | Format::ServiceKeyWrapped | Format::KubernetesSecret => 1,
                Format::DestinationJson
                | Format::DestinationYaml
                | Format::DestinationProperties
                | Format::Pem
                | Format::PemFiles
                | Format::Pkcs12
                | Format::Environment
                | Format::Curl => 0,
            };
            let count: usize = with_extra.iter().map(|file| file.text.matches("further members").count()).sum();
            assert_eq!(count, carries_extra, "{format:?}");
        }
    }
}

#[test]
fn the_preview_of_a_container_says_what_is_in_it_and_how_it_is_protected() {
    let document = with_certificate(&EC);
    let export = export(Format::Pkcs12);
    assert_eq!(
        export.preview(&public(&document), true, Language::English).unwrap(),
        [Preview {
            name: String::new(),
            text: format!(
                "PKCS#12 container\nAlias: portal-eu10\nHolds: the private key and its 3 certificates\n\
                 Subject: CN={CLIENT_ID}\nEncrypted with: the password, by PBES2 with AES-256\n"
            ),
        }]
    );
    let legacy = Export { legacy: true, ..export };
    let text = &legacy.preview(&public(&document), true, Language::English).unwrap()[0].text;
    assert!(text.ends_with("the password, by SHA-1 and 3DES, for old readers\n"), "{text}");
}

#[test]
fn several_exports_make_one_archive_and_share_no_name() {
    let secret_file = || render(Format::Connection, &with_secret(SECRET));
    let packed = pack(vec![
        ("a".to_owned(), secret_file()),
        ("a".to_owned(), secret_file()),
        ("b".to_owned(), render(Format::PemFiles, &with_certificate(&EC))),
    ]);
    // EXPOSE: the test compares the names.
    let entries = unpack(packed.expose());
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.json", "a-2.json", "b/portal-eu10-chain.pem", "b/portal-eu10-key.pem"]);
    assert_eq!(entries[2].1, EC.chain.as_bytes(), "no archive inside an archive");
}
