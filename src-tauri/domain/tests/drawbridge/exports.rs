//! *Export…*: in every format, several at once, and nothing of it anywhere but in the file.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::TimeDelta;
use domain::{
    credential::{Credential, CredentialOrigin, ExportChoice, ExportProgress, Lifetime, Unfollowed},
    document::{GivenDocument, GivenLifetime},
    documents::{CertUrl, Format, KeyStoreKind, Options, Part, Proof, Recognition, SecretBytes, Stop, recognise},
    id::CredentialId,
    messages::Language,
    ports::{HandOverFailure, OutletError, RepositoryError, SecretStoreError},
    refusal::{Failure, Refusal},
};
use fakes::{Capture, World, certificate_document, secret_document, with_members, world};
use serde_json::{Value, json};

use crate::{line, needles::Needles, read, refused};

/// A client secret of a portal in SAP; it holds everything that a format could damage.
const SECRET: &str = "exp0rted+s3cret/$of a=\"portal\"\\{elsewhere}";

/// What no connection needs, and nobody may see all the same.
const EXTRA: &str = "pl4nted-value-of-an-unknown-key";

const PASSWORD: &str = "a password of the keystore";

fn password() -> SecretBytes {
    SecretBytes::new(PASSWORD.as_bytes().to_vec())
}

fn choice<'a>(format: Format, keystore: KeyStoreKind, password: &'a SecretBytes) -> ExportChoice<'a> {
    ExportChoice { format, password: Some(password), legacy: false, keystore }
}

fn extra() -> Value {
    json!({ "orgId": EXTRA, "zone": { "deep": [EXTRA, 1, true, null] } })
}

/// Credentials of each origin and kind: generated here, and imported with further members.
fn all_kinds(world: &World) -> [Credential; 4] {
    let (own, first) = world.portal_with("Own", World::SECRET);
    world.clock.advance(TimeDelta::seconds(1));
    let second = world.drawbridge.portals().regenerate_credentials(own.id, World::CERTIFICATE).unwrap();
    let secret = with_members(&secret_document("sales", "sb-sales!b1", SECRET), &extra());
    let certificate = with_members(&certificate_document("stock", &world.leaf("sb-stock!b1|xsuaa!b2")), &extra());
    let [third, fourth] = [("Sales", secret), ("Stock", certificate)].map(|(name, document)| {
        let added = world
            .drawbridge
            .portals()
            .track(name, name, &document, GivenLifetime::OfServiceKey, crate::OWN_PAIR)
            .unwrap();
        let page = world.drawbridge.portals().get_page(added.portal.id).unwrap();
        page.credentials.into_iter().next().unwrap().credential
    });
    [first, second, third, fourth]
}

fn export(world: &World, ids: &[CredentialId], choice: &ExportChoice<'_>) -> Result<Vec<u8>, HandOverFailure> {
    let file = Capture::at("/home/ada/export");
    let result = world.drawbridge.exports().export(ids, choice, &file, &Unfollowed);
    let mut delivered = file.delivered_bytes();
    assert_eq!(delivered.len(), usize::from(result.is_ok()), "one file, or none");
    result.map(|()| delivered.remove(0))
}

fn refusal_of<T: std::fmt::Debug>(result: Result<T, HandOverFailure>) -> Refusal {
    match result {
        Err(HandOverFailure::Failure(Failure::Refused(refusal))) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Its portal, as *Activity* names it.
fn tagged_portal(world: &World, credential: &Credential) -> String {
    let kind = if credential.instance_id().is_some() { "local" } else { "in SAP" };
    format!("{} ({kind})", portal_name(world, credential))
}

fn portal_name(world: &World, credential: &Credential) -> String {
    world.repository.tables().portals[&credential.portal_id].name.clone()
}

fn recognised(world: &World, bytes: &[u8]) -> Recognition {
    use domain::ports::Clock;
    let password = password();
    recognise(bytes, &Options { now: world.clock.now(), password: Some(&password), stop: &Stop::NEVER })
}

/// The bytes with which the client proves itself.
fn proof_bytes(proof: &Proof) -> Vec<u8> {
    // EXPOSE: the test compares the bytes.
    match proof {
        Proof::ClientSecret(secret) => secret.expose().to_vec(),
        Proof::Certificate { private_key, .. } => private_key.expose().to_vec(),
    }
}

/// Every format with every keystore that makes a difference to it.
fn all_choices() -> Vec<(Format, KeyStoreKind)> {
    let both = |format: Format| [KeyStoreKind::Pkcs12, KeyStoreKind::Pem].map(|keystore| (format, keystore));
    let choices: Vec<_> = Format::ALL.into_iter().flat_map(both).collect();
    let matters = |(format, keystore): &(Format, KeyStoreKind)| {
        *keystore == KeyStoreKind::Pkcs12
            || matches!(format, Format::DestinationJson | Format::DestinationYaml | Format::DestinationProperties)
    };
    choices.into_iter().filter(matters).collect()
}

mod each_format {
    use super::*;

    #[test]
    fn it_holds_the_credentials_and_leaves_one_entry_with_its_name_and_the_fingerprint() {
        let world = world();
        let credentials = all_kinds(&world);
        let password = password();
        let mut exports = 0;
        for credential in &credentials {
            for (format, keystore) in all_choices() {
                if !format.fits(credential.kind.is_certificate()) {
                    continue;
                }
                let what = format!("{} as {}", credential.client_id, format.code());
                let events = world.repository.events().len();
                let choice = choice(format, keystore, &password);
                let bytes = export(&world, &[credential.id], &choice).unwrap_or_else(|error| panic!("{what}: {error}"));
                let entries: Vec<String> = world.repository.events()[events..].iter().map(line).collect();
                let expected = format!(
                    "Ada Admin | Credentials exported | {} | {} as {} to /home/ada/export",
                    tagged_portal(&world, credential),
                    credential.describe().for_log(),
                    format.name(Language::English)
                );
                assert_eq!(entries, [expected], "{what}");
                if let Some(fingerprint) = credential.kind.fingerprint() {
                    assert!(entries[0].contains(fingerprint), "{what}: which certificate it was");
                }
                let Recognition { findings, candidates, .. } = recognised(&world, &bytes);
                let found = candidates.iter().filter_map(|candidate| candidate.document.as_ref()).next();
                let found = found.unwrap_or_else(|| panic!("{what}: nothing in it: {findings:?} {candidates:?}"));
                let secret = world.keychain.find(credential.secret().unwrap()).unwrap();
                assert_eq!(proof_bytes(&found.proof), secret, "{what}: the secret arrives undamaged");
                exports += 1;
            }
        }
        assert_eq!(exports, 2 * 12 + 2 * 15, "every format that fits, for every kind");
    }

    #[test]
    fn no_secret_is_in_the_activity_the_commits_the_choice_or_the_preview() {
        let world = world();
        let credentials = all_kinds(&world);
        let needles = Needles::of(&world).and(&[SECRET, EXTRA, PASSWORD]);
        let password = password();
        for credential in &credentials {
            for (format, keystore) in all_choices() {
                let choice = choice(format, keystore, &password);
                needles.assert_absent_from_debug("ExportChoice", &choice);
                let preview = world.drawbridge.exports().preview(credential.id, &choice, Language::English);
                needles.assert_absent_from_debug("Preview", &preview);
                assert_eq!(preview.is_ok(), format.fits(credential.kind.is_certificate()), "{}", format.code());
                let exported = export(&world, &[credential.id], &choice);
                assert_eq!(exported.is_ok(), preview.is_ok(), "{}: what is shown can be written", format.code());
                if let Err(error) = exported {
                    needles.assert_absent("an error", &error.to_string());
                    needles.assert_absent_from_debug("an error", &error);
                }
                if let Ok(files) = preview {
                    assert!(!files.is_empty() && files.iter().all(|file| !file.text.is_empty()), "{}", format.code());
                    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
                    assert_eq!(names.len(), files.len(), "{}: each file has a name of its own", format.code());
                }
            }
        }
        for event in world.repository.events() {
            needles.assert_absent("an entry", &line(&event));
        }
        for changes in world.repository.commits() {
            needles.assert_absent_from_debug("a commit", &changes);
        }
    }

    #[test]
    fn the_preview_shows_everything_that_is_public() {
        let world = world();
        let [own_secret, _, _, certificate] = all_kinds(&world);
        let text = |credential: &Credential, format| {
            let password = password();
            let choice = choice(format, KeyStoreKind::Pkcs12, &password);
            let files = world.drawbridge.exports().preview(credential.id, &choice, Language::English).unwrap();
            files.into_iter().map(|file| file.text).collect::<Vec<_>>().join("\n")
        };
        let connection = text(&own_secret, Format::Connection);
        for public in ["https://localhost:28443/own", "https://localhost:28443/own/oauth/token", &own_secret.client_id]
        {
            assert!(connection.contains(public), "{public} in {connection}");
        }
        let destination = text(&certificate, Format::DestinationJson);
        for public in [
            "https://stock.example.com",
            "https://stock.auth.cert.example.com/oauth/token",
            "sb-stock!b1|xsuaa!b2",
            "OAuth2ClientCredentials",
        ] {
            assert!(destination.contains(public), "{public} in {destination}");
        }
    }

    /// promise D1: clients of the vendor take nothing but the host of a service key's URLs, and verify tokens by its members.
    #[test]
    fn a_service_key_names_the_host_and_has_what_clients_of_the_vendor_read() {
        let world = world();
        let [secret, certificate, imported, _] = all_kinds(&world);
        let text = |credential: &Credential, format| -> Value {
            let password = password();
            let bytes = export(&world, &[credential.id], &choice(format, KeyStoreKind::Pkcs12, &password)).unwrap();
            serde_json::from_slice(&bytes).unwrap()
        };
        let preview = |credential: &Credential| -> Value {
            let choice = ExportChoice { format: Format::ServiceKey, ..ExportChoice::CONNECTION };
            let preview = world.drawbridge.exports().preview(credential.id, &choice, Language::English).unwrap();
            serde_json::from_str(&preview[0].text).unwrap()
        };
        assert_eq!(text(&secret, Format::ServiceKey).get("verificationkey"), None, "there is no signing key yet");
        assert_eq!(preview(&secret).get("verificationkey"), None, "and the preview shows none");
        world.drawbridge.token_service().prepare().unwrap();
        let tenant = secret.portal_id.to_string();
        for credential in [&secret, &certificate] {
            let wrapped = text(credential, Format::ServiceKeyWrapped);
            for key in [&text(credential, Format::ServiceKey), &wrapped["credentials"]] {
                assert_eq!(key["url"], "https://localhost:28443");
                if credential.kind.is_certificate() {
                    assert_eq!(key["certurl"], "https://localhost:28444");
                }
                assert_eq!(
                    key["endpoints"],
                    json!({"apiportal": "https://localhost:28443/own"}),
                    "the portal's own URL"
                );
                assert_eq!(format!("sb-{}", key["xsappname"].as_str().unwrap()), credential.client_id);
                assert_eq!(key["uaadomain"], "localhost:28443");
                assert_eq!(key["identityzone"], "own");
                for name in ["identityzoneid", "zoneid", "tenantid"] {
                    assert_eq!(key[name], tenant, "{name}");
                }
                let public = key["verificationkey"].as_str().unwrap();
                assert!(public.starts_with("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0"), "P-256: {public}");
            }
            let preview = preview(credential);
            let mut shown = text(credential, Format::ServiceKey);
            for hidden in ["clientsecret", "key", "verificationkey"] {
                if shown.get(hidden).is_some() {
                    shown[hidden] = preview[hidden].clone();
                }
            }
            assert_eq!(preview, shown, "the preview is the same with what comes from the keychain hidden");
        }
        assert_eq!(text(&imported, Format::ServiceKey)["url"], "https://sales.auth.example.com", "as it was");
        assert_eq!(text(&imported, Format::ServiceKey).get("uaadomain"), None);
        assert_eq!(text(&secret, Format::Connection)["tokenUrl"], "https://localhost:28443/own/oauth/token");
    }

    /// promise D1: our own import takes the service key for what it is.
    #[test]
    fn a_hub_takes_the_service_key_and_keeps_the_addresses_of_the_portal() {
        let world = world();
        for credential in &all_kinds(&world)[..2] {
            let password = password();
            let choice = choice(Format::ServiceKey, KeyStoreKind::Pkcs12, &password);
            let key = String::from_utf8(export(&world, &[credential.id], &choice).unwrap()).unwrap();
            let inspection = world.drawbridge.documents().inspect(&key, None).unwrap();
            let usable = inspection.candidates[0].usable.as_ref().expect("usable");
            assert_eq!(usable.facts.url, "https://localhost:28443/own");
            assert_eq!(usable.facts.token_url, "https://localhost:28443/own/oauth/token");
            let certificate = credential.kind.is_certificate();
            assert_eq!(usable.facts.cert_url, certificate.then(|| CertUrl::from_stored("https://localhost:28444/own")));
            assert_eq!(usable.portal_name.as_deref(), Some("Own"));
            assert_eq!(usable.facts.kind.lifetime(), (!certificate).then_some(Lifetime::OfServiceKey));
        }
    }

    #[test]
    fn one_that_does_not_fit_is_refused_with_what_to_do_and_is_not_offered() {
        let world = world();
        let [own_secret, own_certificate, secret, certificate] = all_kinds(&world);
        let events = world.repository.events().len();
        let password = password();
        let without = |format, keystore| ExportChoice { format, password: None, legacy: false, keystore };
        let p12 = KeyStoreKind::Pkcs12;
        for format in [Format::Pem, Format::PemFiles, Format::Pkcs12] {
            for credential in [&own_secret, &secret] {
                let refusal = refusal_of(export(&world, &[credential.id], &choice(format, p12, &password)));
                assert_eq!(read(&refusal), ["this format is for certificates only", "Choose another format."]);
                let previewed = refused(world.drawbridge.exports().preview(
                    credential.id,
                    &choice(format, p12, &password),
                    Language::English,
                ));
                assert_eq!(previewed, refusal, "the preview says so before");
            }
        }
        let empty = SecretBytes::new(Vec::new());
        for format in [Format::Pkcs12, Format::DestinationJson, Format::DestinationYaml, Format::DestinationProperties]
        {
            for choice in [without(format, p12), choice(format, p12, &empty)] {
                for credential in [&own_certificate, &certificate] {
                    let refusal = refusal_of(export(&world, &[credential.id], &choice));
                    assert_eq!(
                        read(&refusal),
                        ["a PKCS#12 container needs a password", "Give a password for the container."],
                        "{}",
                        format.code()
                    );
                    assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Password"));
                }
            }
        }
        for format in [Format::DestinationJson, Format::DestinationYaml, Format::DestinationProperties] {
            export(&world, &[certificate.id], &without(format, KeyStoreKind::Pem)).expect("a PEM needs no password");
            export(&world, &[secret.id], &without(format, p12)).expect("a client secret needs no keystore");
        }
        assert_eq!(world.repository.events().len(), events + 6, "what was refused is not recorded");

        let offered = |ids: &[CredentialId]| {
            let formats = world.drawbridge.exports().list_formats(ids).unwrap();
            let any = formats.iter().any(|(_, certificate)| *certificate);
            (formats.len(), any)
        };
        assert_eq!(offered(&[secret.id, own_secret.id]), (9, false));
        assert_eq!(offered(&[certificate.id]), (12, true));
        assert_eq!(offered(&[certificate.id, secret.id]), (9, true), "what fits all of them");
    }

    #[test]
    fn the_suggested_name_has_the_ending_of_the_format() {
        let world = world();
        let [own_secret, own_certificate, ..] = all_kinds(&world);
        let password = password();
        let name = |credential: &Credential, format, keystore| {
            world.drawbridge.exports().suggest_name(&[credential.id], &choice(format, keystore, &password)).unwrap()
        };
        let p12 = KeyStoreKind::Pkcs12;
        for (format, of_secret, of_certificate) in [
            (Format::Connection, "json", "json"),
            (Format::DestinationJson, "json", "zip"),
            (Format::DestinationYaml, "yaml", "zip"),
            (Format::DestinationProperties, "properties", "zip"),
            (Format::Environment, "env", "env"),
            (Format::KubernetesSecret, "yaml", "yaml"),
            (Format::Curl, "sh", "zip"),
        ] {
            assert_eq!(name(&own_secret, format, p12), format!("own-secret-2026-03-01.{of_secret}"));
            assert_eq!(name(&own_certificate, format, p12), format!("own-certificate-2026-03-01.{of_certificate}"));
        }
        for (format, extension) in [(Format::Pem, "pem"), (Format::PemFiles, "zip"), (Format::Pkcs12, "p12")] {
            assert_eq!(name(&own_certificate, format, p12), format!("own-certificate-2026-03-01.{extension}"));
        }
        let ids = [own_secret.id, own_certificate.id];
        let several = world.drawbridge.exports().suggest_name(&ids, &ExportChoice::CONNECTION).unwrap();
        assert_eq!(several, "credentials-2026-03-01.zip");
    }

    #[test]
    fn another_installation_recognises_what_this_one_exported() {
        let world = world();
        let credentials = all_kinds(&world);
        let password = password();
        for credential in &credentials {
            let certificate = credential.kind.is_certificate();
            let secret = world.keychain.find(credential.secret().unwrap()).unwrap();
            let portal = &world.repository.tables().portals[&credential.portal_id];
            let portal_lives_here = portal.is_local();
            let endpoints = domain::portal::Endpoints::loopback();
            let facts = portal.access_facts(credential, &endpoints);
            for (format, keystore) in all_choices() {
                if !format.fits(certificate) {
                    continue;
                }
                let what = format!("{} as {}, {keystore:?}", facts.client_id, format.code());
                let bytes = export(&world, &[credential.id], &choice(format, keystore, &password)).unwrap();
                let other = fakes::world();
                other.clock.advance(TimeDelta::seconds(1));
                let given = GivenDocument {
                    password: Some(self::password()),
                    portal_url: Some(facts.url.to_string()),
                    ..GivenDocument::from(&bytes)
                };
                let added = other.drawbridge.portals().track("P", "p", given, GivenLifetime::Unknown, crate::OWN_PAIR);
                let keystore_alone = matches!(format, Format::Pem | Format::PemFiles | Format::Pkcs12);
                if keystore_alone {
                    let refusal = refused(added);
                    assert!(refusal.to_string().ends_with("is missing"), "{what}: where to connect to: {refusal}");
                    continue;
                }
                let portal = added.unwrap_or_else(|error| panic!("{what}: {error}")).portal;
                let page = other.drawbridge.portals().get_page(portal.id).unwrap();
                let there = &page.credentials[0].credential;
                let seen = portal.access_facts(there, &domain::portal::Endpoints::loopback());
                assert_eq!(seen.url, facts.url, "{what}");
                assert_eq!(seen.client_id, facts.client_id, "{what}");
                assert_eq!(seen.kind.fingerprint(), facts.kind.fingerprint(), "{what}");
                // A service key of what was generated here names the host.
                let names_host = portal_lives_here && matches!(format, Format::ServiceKey | Format::ServiceKeyWrapped);
                if certificate {
                    let host = format!("{}/oauth/token", endpoints.host_cert_url());
                    let own = facts.token_endpoint().map(String::from);
                    let expected = if names_host { Some(host) } else { own };
                    assert_eq!(seen.token_endpoint().map(String::from), expected, "{what}");
                } else {
                    let expected = if names_host { endpoints.host_token_url() } else { facts.token_url.clone() };
                    assert_eq!(seen.token_url, expected, "{what}");
                    assert_eq!(there.kind.lifetime(), Some(Lifetime::Unknown), "{what}");
                }
                assert_eq!(other.keychain.find(there.secret().unwrap()).unwrap(), secret, "{what}");
            }
        }
    }

    #[test]
    fn what_else_the_document_held_comes_back() {
        let world = world();
        let [_, _, secret, certificate] = all_kinds(&world);
        let connection: Value = serde_json::from_str(&world.document(secret.id)).unwrap();
        let original: Value =
            serde_json::from_str(&with_members(&secret_document("sales", "sb-sales!b1", SECRET), &extra())).unwrap();
        assert_eq!(connection, original, "exported as it was imported");
        let connection: Value = serde_json::from_str(&world.document(certificate.id)).unwrap();
        assert_eq!((&connection["orgId"], &connection["zone"]), (&extra()["orgId"], &extra()["zone"]));
        let password = password();
        for credential in [&secret, &certificate] {
            for format in [Format::Connection, Format::ServiceKey, Format::ServiceKeyWrapped] {
                let bytes = export(&world, &[credential.id], &choice(format, KeyStoreKind::Pem, &password)).unwrap();
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains(EXTRA), "{}: {} keeps it", credential.client_id, format.code());
            }
        }
    }

    #[test]
    fn further_members_that_somebody_deleted_from_the_keychain_are_reported_and_nothing_is_delivered() {
        let world = world();
        let [_, _, secret, _] = all_kinds(&world);
        let CredentialOrigin::Imported(imported) = &secret.origin else { panic!("it was imported") };
        world.keychain.lose(imported.extra.unwrap());
        let events = world.repository.events().len();
        let failure = export(&world, &[secret.id], &ExportChoice::CONNECTION).unwrap_err();
        assert!(
            matches!(failure, HandOverFailure::Failure(Failure::Keychain(SecretStoreError::Missing))),
            "{failure:?}"
        );
        assert_eq!(world.repository.events().len(), events);
        world
            .drawbridge
            .service_instances()
            .retire_credential(secret.id, "")
            .expect("what is lost can still be retired");
    }
}

mod several {
    use super::*;

    fn ids(credentials: &[Credential]) -> Vec<CredentialId> {
        credentials.iter().map(|credential| credential.id).collect()
    }

    #[test]
    fn several_credentials_are_one_archive_and_each_has_its_entry() {
        let world = world();
        let credentials = all_kinds(&world);
        let events = world.repository.events().len();
        let bytes = export(&world, &ids(&credentials), &ExportChoice::CONNECTION).unwrap();
        let Recognition { candidates, .. } = recognised(&world, &bytes);
        let names: Vec<&str> = candidates.iter().map(|candidate| candidate.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "own-secret-2026-03-01.json",
                "own-certificate-2026-03-01.json",
                "sales-secret-2026-03-01.json",
                "stock-certificate-2026-03-01.json",
            ]
        );
        for (candidate, credential) in candidates.iter().zip(&credentials) {
            let document = candidate.document.as_ref().unwrap();
            let stored = world.keychain.find(credential.secret().unwrap()).unwrap();
            assert_eq!(proof_bytes(&document.proof), stored, "{}", candidate.name);
        }
        let entries: Vec<String> = world.repository.events()[events..].iter().map(line).collect();
        let expected: Vec<String> = credentials
            .iter()
            .map(|credential| {
                let portal = tagged_portal(&world, credential);
                let what = credential.describe();
                format!(
                    "Ada Admin | Credentials exported | {portal} | {} as Connection JSON to /home/ada/export",
                    what.for_log()
                )
            })
            .collect();
        assert_eq!(entries, expected);
    }

    #[test]
    fn what_is_chosen_twice_is_written_once() {
        let world = world();
        let [secret, certificate, ..] = all_kinds(&world);
        let events = world.repository.events().len();
        let once = export(&world, &[secret.id, secret.id], &ExportChoice::CONNECTION).unwrap();
        assert_eq!(once, world.document(secret.id).as_bytes(), "one document, and no archive");
        let name = world.drawbridge.exports().suggest_name(&[secret.id, secret.id], &ExportChoice::CONNECTION).unwrap();
        assert_eq!(name, "own-secret-2026-03-01.json");
        let ids = [certificate.id, secret.id, certificate.id];
        let bytes = export(&world, &ids, &ExportChoice::CONNECTION).unwrap();
        let names: Vec<String> = recognised(&world, &bytes).candidates.into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["own-certificate-2026-03-01.json", "own-secret-2026-03-01.json"]);
        let recorded = world.repository.events();
        let exported =
            recorded[events..].iter().filter(|event| line(event).contains(" as Connection JSON to /home/ada/"));
        assert_eq!(exported.count(), 3);
    }

    #[test]
    fn credentials_of_one_portal_kind_and_day_have_names_of_their_own() {
        let world = world();
        let (portal, first) = world.portal_with("Own", World::SECRET);
        let mut all = vec![first];
        for _ in 0..12 {
            world.clock.advance(TimeDelta::seconds(1));
            all.push(world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap());
        }
        // Portals whose names look like what the numbering makes.
        for name in ["Own secret 2026-03-01", "Own secret 2026-03-01 2", "Own-2"] {
            all.push(world.portal_with(name, World::SECRET).1);
        }
        all.rotate_left(5);
        let bytes = export(&world, &ids(&all), &ExportChoice::CONNECTION).unwrap();
        let Recognition { candidates, .. } = recognised(&world, &bytes);
        let names: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.name.as_str()).collect();
        assert_eq!(names.len(), all.len(), "no file takes the place of another: {names:?}");
        let clients: BTreeSet<_> =
            candidates.iter().filter_map(|one| one.document.as_ref()?.client_id.clone()).collect();
        assert_eq!(clients.len(), all.len());

        let password = password();
        let choice = choice(Format::KubernetesSecret, KeyStoreKind::Pkcs12, &password);
        let bytes = export(&world, &ids(&all), &choice).unwrap();
        let Recognition { candidates, .. } = recognised(&world, &bytes);
        let names: BTreeSet<&str> = candidates.iter().filter_map(|one| one.name.split(": ").nth(1)).collect();
        assert_eq!(names.len(), all.len(), "one Secret would replace the other of the same name: {candidates:?}");
    }

    #[test]
    fn formats_of_several_files_keep_them_together_in_the_archive() {
        let world = world();
        let credentials = all_kinds(&world);
        let password = password();
        let certificates = [credentials[1].id, credentials[3].id];
        for (format, keystore) in all_choices() {
            let bytes = export(&world, &certificates, &choice(format, keystore, &password))
                .unwrap_or_else(|error| panic!("{}: {error}", format.code()));
            let Recognition { candidates, findings, .. } = recognised(&world, &bytes);
            assert_eq!(candidates.len(), 2, "{}: {findings:?} {candidates:?}", format.code());
            for (candidate, id) in candidates.iter().zip(certificates) {
                let secret = world.repository.tables().credentials[&id].secret().unwrap();
                let document = candidate.document.as_ref().unwrap_or_else(|| panic!("{}", format.code()));
                assert_eq!(
                    proof_bytes(&document.proof),
                    world.keychain.find(secret).unwrap(),
                    "{}: {}",
                    format.code(),
                    candidate.name
                );
            }
        }
    }

    #[test]
    fn one_of_them_that_cannot_be_written_keeps_all_from_being_written() {
        let world = world();
        let [first, second, third, fourth] = all_kinds(&world);
        let retired = world.portal_with("Past", World::SECRET).1;
        world.drawbridge.service_instances().retire_credential(retired.id, "").unwrap();
        let before = (world.repository.tables(), world.repository.events(), world.keychain.items());
        let password = password();
        let pem = choice(Format::Pem, KeyStoreKind::Pkcs12, &password);
        let all = [second.id, fourth.id, first.id];
        assert_eq!(refusal_of(export(&world, &all, &pem)).to_string(), "this format is for certificates only");
        let refusal = refusal_of(export(&world, &[first.id, retired.id, third.id], &ExportChoice::CONNECTION));
        assert_eq!(
            read(&refusal),
            [
                format!("the credentials {} are no longer kept; their secret is deleted", retired.client_id),
                "Use the current credentials, or regenerate them.".to_owned()
            ]
        );
        for choice in [&pem, &ExportChoice::CONNECTION] {
            assert_eq!(refused(world.drawbridge.exports().preview(retired.id, choice, Language::English)), refusal);
        }
        world.keychain.fail_always_after(2, SecretStoreError::Locked);
        let failure = export(&world, &[first.id, second.id, third.id], &ExportChoice::CONNECTION).unwrap_err();
        assert_eq!(failure.to_string(), "the keychain is locked");
        world.keychain.recover();
        world.repository.fail_next_commit(RepositoryError::DiskFull);
        let failure = export(&world, &[first.id, second.id], &ExportChoice::CONNECTION).unwrap_err();
        assert_eq!(failure.to_string(), "the disk is full", "what cannot be recorded does not leave");
        let unknown = CredentialId(uuid::Uuid::from_u128(1));
        let failure = export(&world, &[first.id, unknown], &ExportChoice::CONNECTION).unwrap_err();
        assert_eq!(failure.to_string(), "this credential does not exist any more");
        let failure = export(&world, &[], &ExportChoice::CONNECTION).unwrap_err();
        assert_eq!(failure.to_string(), "this credential does not exist any more", "nothing is no export");
        assert_eq!((world.repository.tables(), world.repository.events(), world.keychain.items()), before);
    }

    #[test]
    fn everything_that_can_be_exported_is_listed_by_portal_and_newest_first() {
        let world = world();
        let [first, second, third, fourth] = all_kinds(&world);
        let (_, retired) = world.portal_with("Past", World::SECRET);
        world.drawbridge.service_instances().retire_credential(retired.id, "").unwrap();
        let listed = world.drawbridge.exports().list_exportable().unwrap();
        let listed: Vec<_> = listed.into_iter().map(|row| (row.portal.name, row.credential.id)).collect();
        let expected = [("Own", second.id), ("Own", first.id), ("Sales", third.id), ("Stock", fourth.id)];
        assert_eq!(listed, expected.map(|(name, id)| (name.to_owned(), id)));
    }
}

mod ended_early {
    use super::*;

    /// Writes down how far it has come; gives up when that many are done.
    #[derive(Default)]
    struct Follower {
        at: Option<usize>,
        cancelled: AtomicBool,
        seen: Mutex<Vec<(usize, usize)>>,
    }

    impl ExportProgress for Follower {
        fn advanced(&self, done: usize, total: usize) {
            self.seen.lock().unwrap().push((done, total));
            if self.at == Some(done) {
                self.cancelled.store(true, Ordering::SeqCst);
            }
        }

        fn is_cancelled(&self) -> bool {
            self.cancelled.load(Ordering::SeqCst)
        }
    }

    #[test]
    fn an_export_that_is_cancelled_writes_nothing_and_records_nothing() {
        let world = world();
        let ids = all_kinds(&world).map(|credential| credential.id);
        let before = (world.repository.tables(), world.repository.events());
        for at in 0..ids.len() {
            let follower = Follower { at: Some(at), ..Follower::default() };
            let file = Capture::at("/home/ada/export");
            let result = world.drawbridge.exports().export(&ids, &ExportChoice::CONNECTION, &file, &follower);
            assert_eq!(
                read(&refusal_of(result)),
                ["the export was cancelled; nothing was written", "Start it again when you want."]
            );
            assert_eq!(file.delivered_bytes().len(), 0, "cancelled at {at}");
            assert_eq!((world.repository.tables(), world.repository.events()), before);
            assert_eq!(follower.seen.lock().unwrap().last(), Some(&(at, 4)), "it stops at once");
        }
        let follower = Follower::default();
        let file = Capture::at("/home/ada/export");
        world.drawbridge.exports().export(&ids, &ExportChoice::CONNECTION, &file, &follower).unwrap();
        assert_eq!(*follower.seen.lock().unwrap(), [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]);
    }

    #[test]
    fn what_could_not_be_written_is_recorded_as_failed_for_each_of_them() {
        let world = world();
        let credentials = all_kinds(&world);
        let needles = Needles::of(&world).and(&[SECRET, EXTRA, PASSWORD]);
        let ids: Vec<CredentialId> = credentials.iter().map(|credential| credential.id).collect();
        let password = password();
        let events = world.repository.events().len();
        let file =
            Capture::that_fails(OutletError::File { path: "/full/export.zip".into(), reason: "disk full".into() });
        let choice = choice(Format::DestinationJson, KeyStoreKind::Pkcs12, &password);
        let failure = world.drawbridge.exports().export(&ids, &choice, &file, &Unfollowed).unwrap_err();
        assert_eq!(failure.to_string(), "the file /full/export.zip cannot be written: disk full");
        needles.assert_absent_from_debug("a failure", &failure);
        let entries: Vec<String> = world.repository.events()[events..].iter().map(line).collect();
        let expected = |action: &str| {
            credentials.clone().map(|credential| {
                let portal = tagged_portal(&world, &credential);
                format!(
                    "Ada Admin | {action} | {portal} | {} as BTP destination (JSON) to nowhere",
                    credential.describe().for_log()
                )
            })
        };
        assert_eq!(entries, [expected("Credentials exported"), expected("Copy or export failed")].concat());
        for entry in entries {
            needles.assert_absent("an entry", &entry);
        }
    }

    #[test]
    fn only_who_administers_portals_may_export_or_see_what_can_be() {
        let world = world();
        let [first, ..] = all_kinds(&world);
        let ids = [first.id];
        for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
            world.act_as(person);
            let events = world.repository.events().len();
            let drawbridge = &world.drawbridge;
            for refusal in [
                refused(drawbridge.exports().list_exportable()),
                refused(drawbridge.exports().list_formats(&ids)),
                refused(drawbridge.exports().suggest_name(&ids, &ExportChoice::CONNECTION)),
                refused(drawbridge.exports().suggest_name(&[], &ExportChoice::CONNECTION)),
                refused(drawbridge.exports().preview(first.id, &ExportChoice::CONNECTION, Language::English)),
                refusal_of(export(&world, &ids, &ExportChoice::CONNECTION)),
                refusal_of(export(&world, &[], &ExportChoice::CONNECTION)),
            ] {
                assert_eq!(
                    refusal.to_string(),
                    format!("{} may not copy or export credentials: APIPortal.Administrator is missing", person.name)
                );
            }
            assert_eq!(world.repository.events().len(), events);
        }
        world.act_as(&world.paul);
        export(&world, &ids, &ExportChoice::CONNECTION).expect("his job");
    }

    #[test]
    fn a_value_that_a_format_cannot_carry_is_refused_and_never_damaged() {
        let world = world();
        let control = "se\u{1}cret";
        let document = world.foreign_document("sales", control).replace('\u{1}', "\\u0001");
        let refusal =
            refused(world.drawbridge.portals().track("S", "s", &document, GivenLifetime::Unknown, crate::OWN_PAIR));
        assert!(
            refusal.to_string().ends_with("\"clientSecret\" contains a line break or another control character"),
            "it does not get in: {refusal}"
        );
        let [_, _, secret, certificate] = all_kinds(&world);
        let password = password();
        for part in [Part::ClientSecret, Part::PrivateKey] {
            let credential = if part == Part::ClientSecret { &secret } else { &certificate };
            for (format, keystore) in all_choices() {
                match export(&world, &[credential.id], &choice(format, keystore, &password)) {
                    Ok(bytes) => {
                        let stored = world.keychain.find(credential.secret().unwrap()).unwrap();
                        let found = recognised(&world, &bytes);
                        let document = found.candidates.iter().find_map(|one| one.document.as_ref());
                        let proof = proof_bytes(&document.unwrap_or_else(|| panic!("{}", format.code())).proof);
                        assert_eq!(proof, stored, "{}", format.code());
                    }
                    Err(error) => assert!(!format.fits(credential.kind.is_certificate()), "{}: {error}", format.code()),
                }
            }
        }
    }
}
