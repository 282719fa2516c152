//! Every shape in use: where each has its parts.

mod issued;

use documents::{Candidate, CredentialDocument, Demand, FindingKind, Part, Proof, SecretBytes, Shape, Shown, Wrapper};
use issued::{SECRET, SECRET_DOCUMENT, certificate_document, json, only, openssl, p256, recognised, zipped};

const PORTAL: &str = "https://sales.cfapps.eu10.hana.ondemand.com";
const HOST: &str = "https://sales.authentication.eu10.hana.ondemand.com";
const TOKEN: &str = "https://sales.authentication.eu10.hana.ondemand.com/oauth/token";
const CERT: &str = "https://sales.authentication.cert.eu10.hana.ondemand.com";

/// What a document says in the open.
#[derive(Debug, PartialEq, Eq)]
struct Facts<'a> {
    shape: Shape,
    url: Option<&'a str>,
    token_url: Option<&'a str>,
    cert_url: Option<&'a str>,
    client_id: Option<&'a str>,
}

fn facts<'a>(candidate: &'a Candidate) -> Facts<'a> {
    let document = candidate.document.as_ref().unwrap_or_else(|| panic!("{:?}", candidate.findings));
    let CredentialDocument { url, token_url, cert_url, client_id, .. } = document;
    let (url, token_url) = (url.as_deref(), token_url.as_deref());
    let (cert_url, client_id) = (cert_url.as_deref(), client_id.as_deref());
    Facts { shape: candidate.shape, url, token_url, cert_url, client_id }
}

const fn with_secret(shape: Shape, url: Option<&'static str>) -> Facts<'static> {
    Facts { shape, url, token_url: Some(TOKEN), cert_url: None, client_id: Some("sb-sales!b1") }
}

const fn with_certificate(shape: Shape, url: Option<&'static str>, token_url: Option<&'static str>) -> Facts<'static> {
    Facts { shape, url, token_url, cert_url: Some(CERT), client_id: Some("sb-sales!b1") }
}

fn extra(candidate: &Candidate) -> Option<String> {
    let extra = candidate.document.as_ref()?.extra.as_ref()?;
    // EXPOSE: the test compares the bytes.
    Some(String::from_utf8(extra.json.expose().to_vec()).unwrap())
}

fn secret(candidate: &Candidate) -> &SecretBytes {
    match &candidate.document.as_ref().unwrap().proof {
        Proof::ClientSecret(secret) => secret,
        Proof::Certificate { private_key, .. } => private_key,
    }
}

/// A JSON text in quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn the_connection_of_a_portal_with_a_client_secret() {
    let candidate = only(SECRET_DOCUMENT);
    assert_eq!(candidate.shape, Shape::ConnectionSecret);
    assert_eq!(candidate.findings, [], "there is nothing to say about it");
    assert_eq!(candidate.wrappers, []);
    assert_eq!(candidate.name, "");
    let fields: Vec<_> = candidate
        .fields
        .iter()
        .map(|field| (field.part, field.place.unwrap().to_string(), field.shown.clone()))
        .collect();
    let text = |text: &str| Shown::Text(text.into());
    assert_eq!(
        fields,
        [
            (Part::Url, "line 2, column 10".into(), text("https://sales.example.com")),
            (Part::TokenUrl, "line 3, column 15".into(), text("https://auth.example.com/oauth/token")),
            (Part::ClientId, "line 4, column 15".into(), text("sb-sales!b1")),
            (Part::ClientSecret, "line 5, column 19".into(), Shown::Hidden),
        ]
    );
    // EXPOSE: the test compares the bytes.
    assert_eq!(secret(&candidate).expose(), SECRET.as_bytes());
}

#[test]
fn the_connection_of_a_portal_with_a_certificate() {
    let pair = p256();
    let text = json(&[
        ("url", PORTAL),
        ("tokenurl", TOKEN),
        ("certurl", CERT),
        ("certificate", &pair.chain),
        ("key", &pair.key),
    ]);
    let candidate = only(&text);
    assert_eq!(facts(&candidate), with_certificate(Shape::ConnectionCertificate, Some(PORTAL), Some(TOKEN)));
    let words = "O=Drawbridge, CN=sb-sales!b1; EC P-256; valid until 2027-01-01; 2 certificates";
    let shown = candidate.fields.iter().find(|field| field.part == Part::Certificate).map(|field| &field.shown);
    let Some(Shown::Text(shown)) = shown else { panic!("{shown:?}") };
    assert_eq!(*shown, words);
    let without = text.replace(&format!("  \"tokenurl\": {},\n", quoted(TOKEN)), "");
    let candidate = only(without);
    assert_eq!(candidate.judge(Demand::Connect).stop(), None, "a certificate never goes to the token URL");
    assert_eq!(facts(&candidate), with_certificate(Shape::ConnectionCertificate, Some(PORTAL), None));
}

#[test]
fn a_service_key_of_the_portal_with_a_certificate() {
    let pair = p256();
    let candidate = only(json(&[
        ("url", PORTAL),
        ("certificate", &pair.chain),
        ("certurl", CERT),
        ("clientId", "sb-sales!b1"),
        ("privateKey", &pair.key),
        ("tokenUrl", TOKEN),
    ]));
    assert_eq!(facts(&candidate), with_certificate(Shape::ApiAccessCertificate, Some(PORTAL), Some(TOKEN)));
    assert_eq!(candidate.findings, []);
}

#[test]
fn a_key_of_a_developer_application_and_one_for_on_premise() {
    for (key, shape) in [("developerId", Shape::DeveloperKey), ("orgId", Shape::OnPremiseKey)] {
        let candidate = only(json(&[
            ("url", PORTAL),
            ("clientId", "sb-sales!b1"),
            ("clientSecret", SECRET),
            (key, "1234"),
            ("tokenUrl", TOKEN),
        ]));
        assert_eq!(facts(&candidate), with_secret(shape, Some(PORTAL)));
        assert_eq!(extra(&candidate), Some(format!("{{\"{key}\":\"1234\"}}")));
    }
}

#[test]
fn an_xsuaa_binding_names_the_token_host_and_not_the_portal() {
    let candidate = only(json(&[
        ("clientid", "sb-sales!b1"),
        ("clientsecret", SECRET),
        ("credential-type", "binding-secret"),
        ("url", HOST),
        ("xsappname", "sales!b1"),
    ]));
    assert_eq!(facts(&candidate), with_secret(Shape::XsuaaSecret, None));
    assert!(candidate.judge(Demand::Connect).lacks_url(), "the portal's URL has to be asked for");
    assert_eq!(extra(&candidate).as_deref(), Some(r#"{"xsappname":"sales!b1"}"#), "the type is said by the parts");
    let bare = only(json(&[("clientid", "sb-sales!b1"), ("clientsecret", SECRET), ("url", HOST)]));
    assert_eq!(facts(&bare), with_secret(Shape::XsuaaSecret, None));
    let pair = p256();
    let candidate = only(json(&[
        ("clientid", "sb-sales!b1"),
        ("certificate", &pair.chain),
        ("key", &pair.key),
        ("certurl", CERT),
        ("credential-type", "x509"),
        ("url", HOST),
        ("xsappname", "sales!b1"),
    ]));
    assert_eq!(facts(&candidate), with_certificate(Shape::XsuaaCertificate, None, Some(TOKEN)));
    assert!(candidate.judge(Demand::Connect).lacks_url());
}

#[test]
fn the_portals_own_url_is_found_where_our_export_writes_it() {
    let members = [("clientid", "sb-sales!b1"), ("clientsecret", SECRET), ("url", HOST), ("xsappname", "sales!b1")];
    let text = json(&members).replace("\n}", &format!(",\n  \"endpoints\": {{\"apiportal\": {}}}\n}}", quoted(PORTAL)));
    let candidate = only(text);
    assert_eq!(facts(&candidate), with_secret(Shape::XsuaaSecret, Some(PORTAL)));
    assert_eq!(candidate.judge(Demand::Connect).stop(), None);
    assert_eq!(extra(&candidate).as_deref(), Some(r#"{"xsappname":"sales!b1"}"#));
    let others = format!("{{\"endpoints\": {{\"a\": 1, \"apiportal\": {}, \"b\": 2}}, ", quoted(PORTAL));
    let candidate = only(json(&members).replacen('{', &others, 1));
    let kept = r#"{"endpoints":{"a":1,"b":2},"xsappname":"sales!b1"}"#;
    assert_eq!(extra(&candidate).as_deref(), Some(kept), "what is left stays in its place");
    let direct = only(json(&[&members[..], &[("apiportal_url", PORTAL)]].concat()));
    assert_eq!(facts(&direct), with_secret(Shape::XsuaaSecret, Some(PORTAL)));
}

#[test]
fn a_reuse_service_has_its_own_url_beside_the_nested_one() {
    let uaa = format!(
        r#""uaa": {{"clientid": "sb-sales!b1", "clientsecret": {}, "url": "{HOST}", "xsappname": "sales!b1"}}"#,
        quoted(SECRET)
    );
    for (beside, rest) in [
        (format!(r#""url": "{PORTAL}""#), r#"{"uaa":{"xsappname":"sales!b1"}}"#.to_owned()),
        (
            format!(r#""endpoints": {{"number": 1, "events": "{PORTAL}", "other": "https://other.example.com"}}"#),
            format!(
                r#"{{"endpoints":{{"number":1,"events":"{PORTAL}","other":"https://other.example.com"}},"uaa":{{"xsappname":"sales!b1"}}}}"#
            ),
        ),
    ] {
        let candidate = only(format!("{{{beside}, {uaa}}}"));
        assert_eq!(facts(&candidate), with_secret(Shape::ReuseService, Some(PORTAL)));
        assert_eq!(candidate.wrappers, [Wrapper::Nested]);
        assert_eq!(extra(&candidate), Some(rest), "nothing else is lost");
    }
    let alone = only(format!("{{{uaa}}}"));
    assert!(alone.judge(Demand::Connect).lacks_url(), "{:?}", alone.findings);
}

#[test]
fn a_key_of_cloud_integration_has_everything_under_oauth() {
    let secret = format!(
        r#"{{"oauth": {{"clientid": "sb-sales!b1", "clientsecret": {}, "tokenurl": "{TOKEN}", "url": "{PORTAL}", "createdate": "2026"}}}}"#,
        quoted(SECRET)
    );
    let candidate = only(secret);
    assert_eq!(facts(&candidate), with_secret(Shape::CloudIntegration, Some(PORTAL)));
    assert_eq!(extra(&candidate).as_deref(), Some(r#"{"oauth":{"createdate":"2026"}}"#));
    let pair = p256();
    let certificate = format!(
        r#"{{"oauth": {{"clientid": "sb-sales!b1", "certificate": {}, "key": {}, "tokenurl": "{CERT}/oauth/token", "url": "{PORTAL}"}}}}"#,
        quoted(&pair.chain),
        quoted(&pair.key)
    );
    let candidate = only(certificate);
    assert_eq!(facts(&candidate), with_certificate(Shape::CloudIntegration, Some(PORTAL), None));
    assert_eq!(candidate.findings, [], "its token URL is the one for certificates already");
}

#[test]
fn a_key_of_cloud_integration_with_an_external_certificate_has_no_private_key() {
    let candidate = only(format!(
        r#"{{"oauth": {{"clientid": "sb-sales!b1", "certificate": {}, "tokenurl": "{CERT}/oauth/token", "url": "{PORTAL}",
            "certificatedetails": {{"validuntil": "2027-01-01T00:00:00.000Z"}}}}}}"#,
        quoted(&p256().chain)
    ));
    let errors: Vec<_> =
        candidate.findings.iter().filter(|finding| finding.severity() == documents::Severity::Error).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].kind, FindingKind::MissingPart { part: Part::PrivateKey });
    assert!(candidate.document.is_none());
}

#[test]
fn a_key_of_service_manager_has_its_url_under_sm_url() {
    let candidate = only(json(&[
        ("clientid", "sb-sales!b1"),
        ("clientsecret", SECRET),
        ("sm_url", PORTAL),
        ("url", HOST),
        ("xsappname", "sales!b1"),
    ]));
    assert_eq!(facts(&candidate), with_secret(Shape::ServiceManager, Some(PORTAL)));
}

fn messaging(ids: [&str; 2]) -> String {
    let entry = |id: &str, protocol: &str, uri: &str| {
        format!(
            r#"{{"broker": {{"type": "sapmgw"}}, "oa2": {{"clientid": "{id}", "clientsecret": {}, "granttype": "client_credentials", "tokenendpoint": "{TOKEN}"}}, "protocol": ["{protocol}"], "uri": "{uri}"}}"#,
            quoted(SECRET)
        )
    };
    let entries = [entry(ids[0], "amqp10ws", "wss://sales.example.com"), entry(ids[1], "httprest", PORTAL)];
    format!(
        r#"{{"management": [{{"uri": "https://hub.example.com"}}], "messaging": [{}], "namespace": "a/b/c"}}"#,
        entries.join(", ")
    )
}

#[test]
fn a_key_of_event_mesh_is_one_set_of_credentials_if_all_protocols_share_it() {
    let candidate = only(messaging(["sb-sales!b1", "sb-sales!b1"]));
    assert_eq!(facts(&candidate), with_secret(Shape::EventMesh, Some(PORTAL)));
    assert_eq!(candidate.judge(Demand::Connect).stop(), None, "the protocol over https is taken");
    let extra = extra(&candidate).unwrap();
    for kept in ["wss://sales.example.com", "httprest", "amqp10ws", "hub.example.com", "a/b/c", "client_credentials"] {
        assert!(extra.contains(kept), "{kept} is kept: {extra}");
    }
    assert!(!extra.contains(TOKEN), "what was taken is not kept twice: {extra}");
    serde_json::from_str::<serde_json::Value>(&extra).unwrap();
}

#[test]
fn a_key_of_event_mesh_with_different_credentials_leaves_a_choice() {
    let recognition = recognised(messaging(["sb-sales!b1", "sb-other!b1"]));
    let names: Vec<_> = recognition.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    assert_eq!(names, ["messaging[0]", "messaging[1]"]);
    let ids: Vec<_> = recognition.candidates.iter().map(|candidate| facts(candidate).client_id).collect();
    assert_eq!(ids, [Some("sb-sales!b1"), Some("sb-other!b1")]);
}

const DESTINATION: &str = r#"{
  "Name": "sales",
  "Type": "HTTP",
  "URL": "https://sales.cfapps.eu10.hana.ondemand.com",
  "ProxyType": "Internet",
  "Authentication": "OAuth2ClientCredentials",
  "clientId": "sb-sales!b1",
  "clientSecret": "pl4nted+s3cr3t/$=",
  "tokenServiceURL": "https://sales.authentication.eu10.hana.ondemand.com/oauth/token",
  "tokenServiceURLType": "Dedicated"
}"#;

#[test]
fn a_destination_with_a_client_secret() {
    let candidate = only(DESTINATION);
    assert_eq!(facts(&candidate), with_secret(Shape::Destination, Some(PORTAL)));
    assert_eq!(candidate.findings, []);
    assert_eq!(extra(&candidate), None, "what every destination says is not worth keeping");
    let other =
        DESTINATION.replace("Internet", "OnPremise").replace("  \"Type\"", "  \"Description\": \"a\",\n  \"Type\"");
    assert_eq!(extra(&only(other)).as_deref(), Some(r#"{"Description":"a","ProxyType":"OnPremise"}"#));
    let service = format!(r#"{{"owner": {{"SubaccountId": "1"}}, "destinationConfiguration": {DESTINATION}}}"#);
    let candidate = only(service);
    assert_eq!(facts(&candidate), with_secret(Shape::Destination, Some(PORTAL)));
}

/// A destination whose keystore is a file.
fn destination_with_keystore() -> String {
    DESTINATION
        .replace("\"clientSecret\": \"pl4nted+s3cr3t/$=\"", "\"tokenService.KeyStoreLocation\": \"sales.pem\"")
        .replace(TOKEN, &format!("{CERT}/oauth/token"))
}

#[test]
fn a_destination_whose_keystore_is_elsewhere_misses_certificate_and_key() {
    let candidate = only(destination_with_keystore());
    let said: Vec<_> = candidate.findings.iter().map(ToString::to_string).collect();
    assert_eq!(said[0], "line 11, column 1: \"certificate\" is missing");
    assert_eq!(said[1], "line 11, column 1: \"key\" is missing");
    assert!(candidate.document.is_none());
}

#[test]
fn a_destination_that_the_destination_service_delivers_with_its_keystore() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let pair = p256();
    let content = BASE64_STANDARD.encode(format!("{}{}", pair.chain, pair.key));
    let text = format!(
        r#"{{"owner": {{}}, "destinationConfiguration": {}, "certificates": [{{"Name": "sales.pem", "Content": "{content}"}}]}}"#,
        destination_with_keystore()
    );
    let candidate = only(text);
    assert_eq!(facts(&candidate), with_certificate(Shape::Destination, Some(PORTAL), None));
    assert_eq!(candidate.judge(Demand::Connect).stop(), None, "{:?}", candidate.findings);
}

#[test]
fn a_destination_of_another_kind_holds_no_credentials_of_ours() {
    let basic = r#"{"Name": "a", "Type": "HTTP", "URL": "https://a.example.com", "Authentication": "BasicAuthentication", "User": "ada", "Password": "pl4nted"}"#;
    let recognition = recognised(basic);
    assert_eq!(recognition.findings[0].kind, FindingKind::NoCredentials);
}

#[test]
fn a_kubernetes_secret_in_snake_case() {
    let candidate = only(json(&[
        ("url", HOST),
        ("client_id", "sb-sales!b1"),
        ("client_secret", SECRET),
        ("instance_guid", "1"),
        ("plan", "a"),
    ]));
    assert_eq!(facts(&candidate), with_secret(Shape::XsuaaSecret, None));
}

#[test]
fn pem_blocks_alone_lack_every_url() {
    let pair = p256();
    let candidate = only(format!("{}{}", pair.chain, pair.key));
    assert_eq!(
        facts(&candidate),
        Facts { shape: Shape::PemBlocks, url: None, token_url: None, cert_url: None, client_id: Some("sb-sales!b1") }
    );
    let missing = |part| FindingKind::MissingPart { part };
    let kinds: Vec<_> = candidate.findings.iter().map(|finding| finding.kind.clone()).collect();
    assert_eq!(kinds, [missing(Part::Url), missing(Part::CertUrl)]);
}

#[test]
fn certificate_and_key_may_stand_in_one_value() {
    let pair = p256();
    let both = format!("{}{}", pair.key, pair.chain);
    let text = json(&[("url", PORTAL), ("certurl", CERT), ("certificate", &both)]);
    let candidate = only(text);
    assert_eq!(candidate.judge(Demand::Connect).stop(), None, "{:?}", candidate.findings);
}

#[test]
fn bindings_without_credentials_are_passed_over() {
    let text = format!(
        r#"{{"VCAP_SERVICES": {{
            "application-logs": [{{"name": "logs", "credentials": {{}}}}],
            "user-provided": [{{"name": "drain", "credentials": {{"url": "https://logs.example.com"}}}}],
            "xsuaa": [{{"name": "uaa", "credentials": {{"clientid": "sb-sales!b1", "clientsecret": {}, "url": "{HOST}"}}}}]
        }}}}"#,
        quoted(SECRET)
    );
    let candidate = only(text);
    assert_eq!(candidate.name, "uaa");
    assert_eq!(candidate.wrappers[0], Wrapper::VcapServices);
}

#[test]
fn the_parts_are_found_in_every_spelling_in_use() {
    let whole = only(SECRET_DOCUMENT);
    let expected = facts(&whole);
    for (part, spellings) in [
        ("url", ["url", "URL", "Url", "url", "url"]),
        ("tokenUrl", ["tokenurl", "token_url", "tokenendpoint", "token_service_url", "tokenServiceURL"]),
        ("clientId", ["clientid", "client_id", "ClientId", "clientID", "CLIENT_ID"]),
        ("clientSecret", ["clientsecret", "client_secret", "ClientSecret", "CLIENTSECRET", "client-secret"]),
    ] {
        for spelling in spellings {
            let document = SECRET_DOCUMENT.replace(&format!("\"{part}\""), &format!("\"{spelling}\""));
            assert_eq!(facts(&only(&document)), expected, "{spelling} is the {part} of some vendor");
        }
    }
    let pair = p256();
    let document = certificate_document(&pair.chain, &pair.key);
    let whole = only(&document);
    let expected = Facts { shape: Shape::Other, ..facts(&whole) };
    for (part, spellings) in [
        ("tokenurl", ["tokenUrl", "token_url", "tokenEndpoint", "token_endpoint", "token_service_url"]),
        ("certurl", ["certUrl", "cert_url", "certURL", "CERTURL", "CertUrl"]),
        ("certificate", ["Certificate", "CERTIFICATE", "certificate", "certificate", "certificate"]),
        ("key", ["privateKey", "privatekey", "private_key", "Key", "PRIVATE_KEY"]),
    ] {
        for spelling in spellings {
            let document = document.replace(&format!("\"{part}\""), &format!("\"{spelling}\""));
            let read = only(&document);
            assert_eq!(
                Facts { shape: Shape::Other, ..facts(&read) },
                expected,
                "{spelling} is the {part} of some vendor"
            );
        }
    }
}

#[test]
fn the_parts_may_stand_in_any_order_and_on_one_line() {
    let whole = only(SECRET_DOCUMENT);
    let lines: Vec<&str> = SECRET_DOCUMENT.lines().skip(1).take(4).map(|line| line.trim_end_matches(',')).collect();
    let reversed = lines.iter().rev().copied().collect::<Vec<_>>().join(",");
    assert_eq!(facts(&only(format!("{{{reversed}}}"))), facts(&whole));
}

#[test]
fn a_document_from_an_editor_of_another_system_is_read() {
    let whole = only(SECRET_DOCUMENT);
    let expected = facts(&whole);
    let crlf = SECRET_DOCUMENT.replace('\n', "\r\n");
    assert_eq!(facts(&only(&crlf)), expected, "lines may end in CRLF");
    assert_eq!(facts(&only(format!("\u{feff}{SECRET_DOCUMENT}"))), expected, "a byte order mark may come first");
    assert_eq!(facts(&only(format!("\n \t{SECRET_DOCUMENT}\n\n"))), expected, "space around it does not matter");
    for (mark, unit) in [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)] {
        let units = SECRET_DOCUMENT.encode_utf16().flat_map(unit);
        let bytes: Vec<u8> = mark.into_iter().chain(units).collect();
        let read = only(&bytes);
        assert_eq!(facts(&read), expected, "editors on Windows write UTF-16");
        assert_eq!(read.fields, whole.fields, "the places are the same");
    }
}

#[test]
fn a_secret_may_hold_any_visible_character_and_arrives_undamaged() {
    for text in
        ["a$b+c/d=e-f", "quote\"backslash\\slash/", "umlaut-äöü-日本-🔑", "{\"looks\":\"like json\"}", "% & ? #"]
    {
        let candidate =
            only(json(&[("url", PORTAL), ("tokenUrl", TOKEN), ("clientId", "sb-sales!b1"), ("clientSecret", text)]));
        // EXPOSE: the test compares the bytes.
        assert_eq!(secret(&candidate).expose(), text.as_bytes(), "a damaged secret is a riddle for days");
    }
    let escaped = only(SECRET_DOCUMENT.replace("pl4nted+s3cr3t/$=", r"\u0070l4nted+s3cr3t\/\u0024="));
    // EXPOSE: the test compares the bytes.
    assert_eq!(secret(&escaped).expose(), SECRET.as_bytes(), "JSON has several ways to write a character");
}

#[test]
fn keys_of_all_forms_become_pkcs_8() {
    let pair = p256();
    let sec1 = openssl(&["pkey", "-traditional"], &pair.key);
    let (one, other) =
        (only(certificate_document(&pair.chain, &pair.key)), only(certificate_document(&pair.chain, &sec1)));
    // EXPOSE: the test compares the bytes.
    assert_eq!(secret(&one).expose(), secret(&other).expose());
}

#[test]
fn debug_shows_which_parts_there_are_and_nothing_of_them() {
    let candidate = only(SECRET_DOCUMENT);
    assert_eq!(
        format!("{:?}", candidate.document.unwrap()),
        "CredentialDocument { url: true, token_url: true, cert_url: false, client_id: true, \
         proof: ClientSecret(SecretBytes(17 bytes, redacted)), extra: None }"
    );
}

/// Several files of one archive.
mod archives {
    use super::*;

    #[test]
    fn a_destination_and_its_keystore_are_one_set_of_credentials() {
        let pair = p256();
        let pem = format!("{}{}", pair.chain, pair.key);
        let files = [("sales.json", destination_with_keystore()), ("sales.pem", pem)];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_bytes()));
        let candidate = only(zipped(&files));
        assert_eq!(facts(&candidate), with_certificate(Shape::Destination, Some(PORTAL), None));
        assert_eq!(candidate.judge(Demand::Connect).stop(), None, "{:?}", candidate.findings);
        assert_eq!(candidate.name, "sales.json");
    }

    #[test]
    fn a_destination_opens_its_container_with_the_password_that_it_gives() {
        let text = destination_with_keystore().replace(
            "\"sales.pem\"",
            "\"C:\\\\keys\\\\sales.p12\",\n  \"tokenService.KeyStorePassword\": \"pl4nted-word\"",
        );
        let container = issued::container(&p256(), "pl4nted-word");
        let candidate = only(zipped(&[("a/sales.p12", &container), ("a/sales.json", text.as_bytes())]));
        assert_eq!(facts(&candidate), with_certificate(Shape::Destination, Some(PORTAL), None));
        let wrong = text.replace("pl4nted-word", "another");
        let archive = zipped(&[("sales.p12", &container), ("sales.json", wrong.as_bytes())]);
        let candidate = only(&archive);
        assert_eq!(candidate.judge(Demand::Connect).stop().map(|error| error.kind.code()), Some("wrong_password"));
        let opened = issued::recognised_with(&archive, "pl4nted-word");
        assert!(opened.candidates[0].document.is_some(), "a password that somebody enters is tried as well");
    }

    #[test]
    fn a_chain_and_its_key_are_a_pair_whatever_they_are_called() {
        let (one, other) = (p256(), issued::rsa());
        let files = [("1.txt", &other.key), ("2.txt", &one.chain), ("3.txt", &one.key), ("4.txt", &other.chain)];
        let recognition = recognised(zipped(&files.map(|(name, text)| (name, text.as_bytes()))));
        let found: Vec<_> = recognition
            .candidates
            .iter()
            .map(|candidate| (candidate.name.as_str(), candidate.document.is_some()))
            .collect();
        assert_eq!(found, [("1.txt", true), ("2.txt", true)]);
        let alone = only(zipped(&[("chain.pem", one.chain.as_bytes())]));
        assert!(
            alone.findings.iter().any(|finding| finding.kind == FindingKind::MissingPart { part: Part::PrivateKey })
        );
    }

    #[test]
    fn a_command_and_the_pem_files_beside_it_are_one_set_of_credentials() {
        let script = |name: &str| {
            format!("curl --cert {name}-chain.pem --key {name}-key.pem -d client_id=sb-sales!b1 {CERT}/oauth/token\n")
        };
        let (one, other) = (p256(), issued::rsa());
        let (first, second) = (script("sales"), script("sales-2"));
        let archive = zipped(&[
            ("sales.sh", first.as_bytes()),
            ("sales-chain.pem", one.chain.as_bytes()),
            ("sales-key.pem", one.key.as_bytes()),
            ("sales-2.sh", second.as_bytes()),
            ("sales-2-chain.pem", other.chain.as_bytes()),
            ("sales-2-key.pem", other.key.as_bytes()),
        ]);
        let recognition = recognised(archive);
        let found: Vec<_> = recognition.candidates.iter().map(facts).collect();
        let expected = || Facts {
            shape: Shape::Other,
            url: None,
            token_url: None,
            cert_url: Some(CERT),
            client_id: Some("sb-sales!b1"),
        };
        assert_eq!(found, [expected(), expected()]);
        assert!(recognition.candidates.iter().all(|candidate| candidate.judge(Demand::Connect).lacks_url()));
    }

    #[test]
    fn a_file_that_is_no_document_does_not_matter_beside_one() {
        let archive = zipped(&[("README.md", b"# Read me\n"), ("a/sales.json", SECRET_DOCUMENT.as_bytes())]);
        let candidate = only(archive);
        assert_eq!(candidate.name, "a/sales.json");
        assert_eq!(candidate.findings, []);
        let nothing = recognised(zipped(&[("README.md", b"# Read me\n"), ("b.txt", b"hello\n")]));
        assert_eq!(nothing.findings[0].kind, FindingKind::NoCredentials);
        let damaged = recognised(zipped(&[("sales.json", b"{\"url\": ")]));
        assert_eq!(damaged.findings[0].kind.code(), "not_json", "with one file there is no doubt which one is meant");
    }
}
