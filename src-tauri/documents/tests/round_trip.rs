//! What one format writes is recognised as what it was, as far as the format carries it.

#![allow(clippy::unwrap_used)]

mod sample;

use std::sync::LazyLock;

use chrono::{DateTime, TimeZone, Utc};
use documents::{
    Candidate, CertUrl, CredentialDocument, Export, ExportError, Extra, Format, KeyStoreKind, Options, Part, PortalUrl,
    Proof, SecretBytes, Severity, Stop, TokenEndpoint, pack, recognise,
};
use proptest::prelude::*;
use sample::{EC, EXTRA, PASSWORD, RSA, export, secret, with_certificate, with_extra, with_secret};

static PASSWORD_BYTES: LazyLock<SecretBytes> = LazyLock::new(|| secret(PASSWORD));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap()
}

fn read(bytes: &SecretBytes) -> Vec<Candidate> {
    let options = Options { now: now(), password: Some(&PASSWORD_BYTES), stop: &Stop::NEVER };
    // EXPOSE: the test reads what it wrote.
    let recognition = recognise(bytes.expose(), &options);
    let errors: Vec<_> = recognition.findings.iter().filter(|found| found.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    recognition.candidates
}

/// A document in a form that can be compared.
#[derive(Debug, PartialEq)]
struct Plain {
    url: Option<PortalUrl>,
    token_url: Option<TokenEndpoint>,
    cert_url: Option<CertUrl>,
    client_id: Option<String>,
    secret: String,
    chain: Option<String>,
    extra: Option<String>,
}

impl Plain {
    fn of(document: &CredentialDocument) -> Self {
        // EXPOSE: the test compares the secrets.
        let (secret, chain) = match &document.proof {
            Proof::ClientSecret(secret) => (String::from_utf8(secret.expose().to_vec()).unwrap(), None),
            Proof::Certificate { chain, private_key } => {
                (format!("{:?}", private_key.expose()), Some(chain.pem.clone()))
            }
        };
        Self {
            url: document.url.clone(),
            token_url: document.token_url.clone(),
            cert_url: document.cert_url.clone(),
            client_id: document.client_id.clone(),
            secret,
            chain,
            extra: document.extra.as_ref().map(compact),
        }
    }

    /// What is left of it in a format.
    fn carried_by(self, format: Format) -> Self {
        let has_certificate = self.chain.is_some();
        match format {
            Format::Connection | Format::ServiceKey | Format::ServiceKeyWrapped | Format::KubernetesSecret => self,
            Format::Environment => Self { extra: None, ..self },
            Format::DestinationJson | Format::DestinationYaml | Format::DestinationProperties => {
                let token_url = self.token_url.filter(|_| !has_certificate);
                Self { token_url, extra: None, ..self }
            }
            Format::Curl => {
                let token_url = self.token_url.filter(|_| !has_certificate);
                Self { url: None, token_url, extra: None, ..self }
            }
            Format::Pem | Format::PemFiles | Format::Pkcs12 => {
                let client_id = find_common_name(&self);
                Self { url: None, token_url: None, cert_url: None, client_id, extra: None, ..self }
            }
        }
    }
}

fn find_common_name(plain: &Plain) -> Option<String> {
    documents::CertificateChain::parse(plain.chain.as_ref()?).unwrap().common_name
}

/// JSON without white space between its tokens.
fn compact(extra: &Extra) -> String {
    // EXPOSE: the test compares the texts.
    let text = String::from_utf8(extra.json.expose().to_vec()).unwrap();
    let mut quoted = false;
    let mut escaped = false;
    text.chars()
        .filter(|c| {
            quoted ^= *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            quoted || !c.is_whitespace()
        })
        .collect()
}

/// Writes and reads; `false` if the format says that it cannot carry these credentials.
fn survives(export: &Export<'_>, document: &CredentialDocument) -> bool {
    let file = match export.render(document) {
        Ok(file) => file,
        Err(ExportError::Unwritable(Part::ClientSecret) | ExportError::WrongKind) => return false,
        Err(error) => panic!("{:?}: {error}", export.format),
    };
    let candidates = read(&file.bytes);
    assert_eq!(candidates.len(), 1, "{:?}", export.format);
    let document_read = candidates[0].document.as_ref();
    let read = document_read.unwrap_or_else(|| panic!("{:?}: {:?}", export.format, candidates[0].findings));
    assert_eq!(Plain::of(read), Plain::of(document).carried_by(export.format), "{:?}", export.format);
    true
}

/// Secrets that some format, shell or parser could take for something else.
const AWKWARD: [&str; 25] = [
    "plain",
    "a+b/c=$1-2==",
    "$HOME",
    "a${HOME}b",
    "`id` $(id)",
    "it's",
    "say \"hi\"",
    "both ' and \"",
    "back\\slash \\n \\u0041",
    "ends in \\",
    "escaped\\: \\= \\#",
    "two  spaces inside",
    "-leading dash",
    "@leading at",
    "%41%zz",
    "a#b #c",
    "!important: yes",
    "a: b",
    "true",
    "1e3",
    "{\"a\":1}",
    "[x, y]",
    "ü€😀",
    "*anchor &x |",
    "END",
];

#[test]
fn every_secret_survives_every_format_that_takes_it() {
    for awkward in AWKWARD {
        for format in Format::ALL {
            let survived = survives(&export(format), &with_secret(awkward));
            let differs_between_readers =
                format == Format::Environment && ["a${HOME}b", "both ' and \"", "ends in \\"].contains(&awkward);
            assert_eq!(survived, format.fits(false) && !differs_between_readers, "{format:?} {awkward}");
        }
    }
}

#[test]
fn a_secret_as_a_client_id_does_not_break_a_format_either() {
    for awkward in AWKWARD {
        for format in Format::ALL {
            let document = CredentialDocument { client_id: Some(awkward.to_owned()), ..with_secret("secret") };
            let export = export(format);
            if export.render(&document).is_ok() {
                survives(&export, &document);
            }
        }
    }
}

#[test]
fn every_certificate_survives_every_format_with_either_keystore() {
    for issued in [&*RSA, &*EC] {
        for format in Format::ALL {
            for keystore in [KeyStoreKind::Pkcs12, KeyStoreKind::Pem] {
                assert!(survives(&Export { keystore, ..export(format) }, &with_certificate(issued)), "{format:?}");
            }
        }
    }
}

#[test]
fn a_container_for_old_readers_survives() {
    assert!(survives(&Export { legacy: true, ..export(Format::Pkcs12) }, &with_certificate(&EC)));
}

#[test]
fn further_members_survive_where_they_are_carried() {
    for format in Format::ALL {
        for document in [with_secret("a+b"), with_certificate(&RSA), with_certificate(&EC)] {
            let export = Export { keystore: KeyStoreKind::Pem, ..export(format) };
            survives(&export, &with_extra(document, EXTRA));
        }
    }
}

#[test]
fn other_endpoints_survive_in_a_service_key() {
    let extra = r#"{"xsappname":"a!b1","endpoints":{"other":"https://other.example.com"},"tenantmode":"dedicated"}"#;
    for format in [Format::ServiceKey, Format::ServiceKeyWrapped] {
        assert!(survives(&export(format), &with_extra(with_secret("a+b"), extra)));
    }
}

#[test]
fn every_export_in_an_archive_of_several_is_found() {
    for format in Format::ALL {
        let documents = [with_certificate(&EC), with_certificate(&RSA)];
        let render = |name: &'static str, document| {
            let export = Export { name, keystore: KeyStoreKind::Pem, ..export(format) };
            export.render(document).unwrap()
        };
        let packed = pack(vec![
            ("first".to_owned(), render("first", &documents[0])),
            ("second".to_owned(), render("second", &documents[1])),
        ]);
        let found: Vec<Plain> =
            read(&packed).iter().filter_map(|candidate| candidate.document.as_ref()).map(Plain::of).collect();
        let expected: Vec<Plain> = documents.iter().map(|document| Plain::of(document).carried_by(format)).collect();
        assert_eq!(found, expected, "{format:?}");
    }
}

#[test]
fn an_archive_of_hundreds_of_exports_is_read_again() {
    let export = export(Format::Connection);
    let certificate = with_certificate(&EC);
    let files = (0..200).map(|number| (format!("portal-{number}"), export.render(&certificate).unwrap()));
    let packed = pack(files.collect());
    let found = read(&packed);
    assert_eq!(found.len(), 200);
    let expected = Plain::of(&certificate).carried_by(Format::Connection);
    assert!(found.iter().all(|candidate| candidate.document.as_ref().map(Plain::of).as_ref() == Some(&expected)));
}

/// Texts that are no sample's filler and have no white space around them.
fn secret_text() -> impl Strategy<Value = String> {
    "[ -~äß€😀\u{a0}\u{2028}]{1,60}".prop_filter("filler, or white space around it", |text| {
        let masked = !text.chars().any(|c| c.is_alphanumeric() && !"xX".contains(c));
        let bracketed = text.starts_with(['<', '{', '[', '$']) && text.ends_with(['>', '}', ']']);
        text.trim() == text && !masked && !bracketed
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_secret_survives_any_format(text in secret_text()) {
        for format in Format::ALL {
            survives(&export(format), &with_secret(&text));
        }
    }
}
