//! No secret is in anything that the domain returns, logs or stores in the database.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    connection::RequestStateKind,
    connection_check::ConnectionTarget,
    credential::{ExportChoice, Unfollowed},
    document::{GivenDocument, GivenLifetime},
    documents::{ConnectionApiFormat, Format, KeyStoreKind, Proof, SecretBytes, Severity},
    messages::Language,
    pingone::{AccountKind, SecretReplacement},
    pki::{AuthorityPurpose, CertificateIssuer, CertificateSpec},
    portal::{NewServiceKey, ServiceRole},
    ports::{ActivityQuery, Clock, OutletError, RequestQuery, RequestSort, SecretStore},
    refusal::{Confirmation, Refusal},
    settings::TokenServiceChange,
    token_service::{ClientRegistry, OwnService},
};

use fakes::{Capture, Watcher, World, certificate_document, secret_document, with_members, world};
use serde_json::json;

use crate::needles::Needles;

/// A client secret that somebody pastes.
const PASTED: &str = "pl4nted$s3cr3t+in/a-pasted=document";

/// A client secret that somebody chooses for a service key.
const CHOSEN: &str = "ch0sen-cl1ent/s3cret+of-a=person";

/// A client secret that a portal in SAP generated, and a value that its document holds besides.
const IMPORTED: &str = "imp0rted+cl1ent/s3cret$of=elsewhere";
/// Typed into a field of its own.
const TYPED: &str = "typ3d+s3cret/of$two=fields";
const KEPT: &str = "k3pt-v4lue-of-a-key-that-nobody-knows";
/// A secret that somebody chooses for Connection API Credentials.
const OWN: &str = "0wn-s3cret/of-a+p1ng0ne=account";
/// The password of a keystore.
const PASSWORD: &str = "p4ssw0rd of a keyst0re";

/// Addresses by which the token service needs another certificate.
fn elsewhere() -> TokenServiceChange {
    TokenServiceChange {
        enabled: true,
        address: "127.0.0.1".into(),
        host: "portals.example.com".into(),
        port: 30443,
        mutual_tls_port: 30444,
        confirmed: vec![Confirmation::NewAddresses],
    }
}

fn chosen(secret: &str) -> NewServiceKey {
    NewServiceKey::ChosenSecret(SecretBytes::new(secret.as_bytes().to_vec()))
}

/// Everything that a user can do with secrets.
fn journey() -> World {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::CERTIFICATE);
    let request = world.submit(&hub, "Sales", &world.document(first.id));
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    world.drawbridge.requests().edit_credentials(request.id, &world.document(second.id)).unwrap();
    world.drawbridge.requests().approve(request.id, "Sales").unwrap();
    let third = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
    world.drawbridge.requests().reestablish(request.id, &world.document(third.id)).unwrap();
    world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
    let typed = || SecretBytes::new(TYPED.as_bytes().to_vec());
    let given = || GivenDocument::from_fields(request.id, "sb-typed!b1".into(), typed());
    world.drawbridge.documents().inspect(given(), Some(request.id)).unwrap();
    world.drawbridge.checks().test_document(given(), &Watcher::default()).unwrap();
    world.drawbridge.requests().reestablish(request.id, given()).unwrap_err();
    let foreign = world.submit(&hub, "pasted", &world.foreign_document("pasted", PASTED));
    world.drawbridge.requests().reject(foreign.id, "no").unwrap();
    world.submit(&hub, "pasted", &world.foreign_document("pasted", PASTED));
    world.drawbridge.hubs().create("Own hub", "shared", crate::OWN_PAIR).unwrap();
    world.drawbridge.portals().create("Shared", "shared", crate::OWN_PAIR).unwrap();
    world.export(second.id, &Capture::at("a file")).unwrap();
    let instance =
        world.drawbridge.service_instances().create(portal.id, "by hand", ServiceRole::Administrator).unwrap();
    world.drawbridge.service_instances().create_key(instance.id, "chosen", chosen(CHOSEN)).unwrap();
    let mutual = NewServiceKey::Generated(World::CERTIFICATE);
    world.drawbridge.service_instances().create_key(instance.id, "mutual", mutual).unwrap();
    let ended = world.drawbridge.service_instances().create(portal.id, "ended", ServiceRole::Administrator).unwrap();
    let generated = NewServiceKey::Generated(World::SECRET);
    world.drawbridge.service_instances().create_key(ended.id, "generated", generated).unwrap();
    world.drawbridge.service_instances().delete(ended.id, "").unwrap();
    world.drawbridge.token_service().prepare().unwrap();
    world.drawbridge.settings().change_token_service(elsewhere()).unwrap();
    world.drawbridge.token_service().prepare().unwrap();
    world.drawbridge.apis().import(portal.id, "openapi: 3.0.0\ninfo: {title: Orders, version: '1'}").unwrap();
    world.answer(&portal, &["Orders"]);
    world.drawbridge.checks().check_due(world.clock.now(), &Watcher::default()).unwrap();
    world.drawbridge.connections().delete_destination(request.id, "Sales").unwrap();
    world.drawbridge.checks().check_due(world.clock.now(), &Watcher::default()).unwrap();
    world.drawbridge.settings().export_authority(&Capture::at("a file")).unwrap();
    portal_in_sap(&world);
    pingone(&world);
    world
}

/// Everything that a user can do with the credentials of a portal in SAP, and with exports.
fn portal_in_sap(world: &World) {
    let drawbridge = &world.drawbridge;
    let further = json!({ "orgId": KEPT, "zone": { "deep": [KEPT] } });
    let first = with_members(&secret_document("imported", "sb-imported!b1", IMPORTED), &further);
    let inspected = drawbridge.documents().inspect(&first, None).unwrap();
    assert!(inspected.candidates[0].usable.is_some());
    let hub = world.hub("Hub of the imported");
    let early = world.submit(&hub, "Imported", &first);
    let added = drawbridge
        .portals()
        .track("Imported", "imported", &first, GivenLifetime::OfServiceKey, crate::OWN_PAIR)
        .unwrap();
    let portal = added.portal.id;
    let page = drawbridge.portals().get_page(portal).unwrap();
    let first_id = page.credentials[0].credential.id;
    drawbridge.portals().set_lifetime(first_id, GivenLifetime::Generated(world.clock.now())).unwrap();
    let refused = drawbridge.portals().import_credentials(portal, &first, GivenLifetime::Unknown).unwrap_err();
    assert_eq!(refused.to_string(), "the portal Imported has these credentials already");
    let second = with_members(&certificate_document("imported", &world.leaf("sb-imported!b2")), &further);
    let second = drawbridge.portals().import_credentials(portal, &second, GivenLifetime::FromDocument).unwrap().id;
    for id in [first_id, second] {
        drawbridge.checks().test_credential(id, &Watcher::default()).unwrap();
    }
    drawbridge.requests().edit_credentials(early.id, &world.document(second)).unwrap();
    drawbridge.requests().approve(early.id, "Imported").unwrap();
    let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
    for format in Format::ALL {
        let choice = ExportChoice { format, password: Some(&password), legacy: true, keystore: KeyStoreKind::Pkcs12 };
        for id in [first_id, second] {
            let _refused = drawbridge.exports().export(&[id], &choice, &Capture::at("a file"), &Unfollowed);
        }
        let failing = Capture::that_fails(OutletError::File { path: "/full".into(), reason: "disk full".into() });
        drawbridge.exports().export(&[second, second], &choice, &failing, &Unfollowed).unwrap_err();
    }
    drawbridge.service_instances().retire_credential(first_id, "").unwrap();
}

/// Everything that a user can do with Connection API Credentials.
fn pingone(world: &World) {
    let drawbridge = &world.drawbridge;
    let account = drawbridge.pingone().create_account("Acme", AccountKind::Local).unwrap().id;
    let given = || Some(SecretBytes::new(OWN.as_bytes().to_vec()));
    let generated = drawbridge.pingone().add_credential(account, "generated", None).unwrap().id;
    let chosen = drawbridge.pingone().add_credential(account, "chosen", given()).unwrap().id;
    drawbridge.pingone().judge_client_secret(account, &given().unwrap()).unwrap();
    let replace = |id, secret| {
        let replacement = SecretReplacement { secret, grace_hours: 24 };
        drawbridge.pingone().edit_credential(id, Some("edited"), Some(replacement)).unwrap();
    };
    replace(generated, given());
    replace(chosen, None);
    drawbridge.pingone().undo_replacement(chosen, None).unwrap();
    drawbridge.pingone().drop_former_secret(generated, None).unwrap();
    let in_pingone = drawbridge.pingone().create_account("In PingOne", AccountKind::InPingOne).unwrap().id;
    let recorded = drawbridge.pingone().record_credential(in_pingone, "real", "", &given().unwrap()).unwrap().id;
    let waiting = drawbridge.pingone().add_credential(in_pingone, "", None).unwrap().id;
    drawbridge.pingone().preview_export(waiting, ConnectionApiFormat::Curl).unwrap_err();
    drawbridge.pingone().enter_client_id(waiting, "shown").unwrap();
    let gone = drawbridge.pingone().record_credential(in_pingone, "gone", "", &given().unwrap()).unwrap().id;
    drawbridge.pingone().forget_credential(gone).unwrap();
    for id in [generated, chosen, recorded, waiting] {
        drawbridge.pingone().reveal_client_secret(id).unwrap();
        drawbridge.pingone().copy_client_secret(id, &Capture::at("the clipboard")).unwrap();
        for format in ConnectionApiFormat::ALL {
            drawbridge.pingone().export_credential(id, format, &Capture::at("a file")).unwrap();
            let failing = Capture::that_fails(OutletError::File { path: "/full".into(), reason: "disk full".into() });
            drawbridge.pingone().export_credential(id, format, &failing).unwrap_err();
        }
    }
}

#[test]
fn the_search_for_leaks_finds_a_secret_in_every_form() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    for (label, secret) in world.keychain.ever_stored() {
        let base64 = BASE64_STANDARD.encode(&secret);
        let lines: Vec<&str> =
            (0..base64.len()).step_by(64).map(|at| &base64[at..(at + 64).min(base64.len())]).collect();
        let pem = lines.join("\n");
        let hex: String = secret.iter().map(|byte| format!("{byte:02X}")).collect();
        let text = String::from_utf8(secret.clone()).unwrap_or_else(|_| base64.clone());
        for leak in [format!("{secret:?}"), hex, text, format!("{pem:?}"), pem] {
            assert!(needles.find_in(&leak).is_some(), "not found of {label}: {leak}");
        }
    }
    assert!(needles.find_in(&format!("oops: {PASTED}")).is_some(), "a check that cannot fail is a defect");
}

#[test]
fn no_reply_carries_a_secret() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    let drawbridge = &world.drawbridge;
    for portal in drawbridge.portals().list().unwrap() {
        needles.assert_absent_from_debug("PortalSummary", &portal);
        needles.assert_absent_from_debug("PortalConnection", &drawbridge.portals().get_page(portal.portal.id).unwrap());
        let instances = drawbridge.service_instances().list(portal.portal.id).unwrap();
        needles.assert_absent_from_debug("ServiceInstancesPage", &instances);
        for key in instances.instances.iter().flat_map(|instance| &instance.keys) {
            let client = drawbridge.find_client(&portal.portal.slug, &key.credential.client_id).unwrap();
            needles.assert_absent_from_debug("RegisteredClient", &client.expect("a client"));
        }
        needles.assert_absent_from_debug("ApiProxiesPage", &drawbridge.apis().list(portal.portal.id).unwrap());
    }
    let mut rows = 0;
    for hub in drawbridge.hubs().list().unwrap() {
        needles.assert_absent_from_debug("HubPage", &drawbridge.hubs().get_page(hub.hub.id).unwrap());
        for state in [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected] {
            let query = RequestQuery {
                hub: hub.hub.id,
                state: Some(state),
                search: String::new(),
                sort: RequestSort::Alias,
                descending: false,
                offset: 0,
                limit: 50,
            };
            let page = drawbridge.requests().search(&query).unwrap();
            rows += page.rows.len();
            needles.assert_absent_from_debug("RequestOverviewPage", &page);
            for row in page.rows {
                needles
                    .assert_absent_from_debug("RequestOverview", &drawbridge.requests().get(row.request.id).unwrap());
                let connection = drawbridge.connections().find(row.request.id).unwrap();
                needles.assert_absent_from_debug("ConnectionOverview", &connection);
                let watcher = Watcher::default();
                let tested = drawbridge.checks().test_request(row.request.id, &watcher);
                needles.assert_absent_from_debug("TestOutcome", &tested);
                needles.assert_absent_from_debug("StageReport", &watcher.reports());
            }
        }
    }
    assert_eq!(rows, 5, "a connection of each kind was looked at");
    let password = SecretBytes::new(PASSWORD.as_bytes().to_vec());
    let exportable = drawbridge.exports().list_exportable().unwrap();
    needles.assert_absent_from_debug("Exportable", &exportable);
    for credential in exportable.into_iter().map(|row| row.credential) {
        for format in Format::ALL {
            let choice =
                ExportChoice { format, password: Some(&password), legacy: false, keystore: KeyStoreKind::Pkcs12 };
            needles.assert_absent_from_debug("ExportChoice", &choice);
            needles.assert_absent_from_debug(
                "Preview",
                &drawbridge.exports().preview(credential.id, &choice, Language::English),
            );
        }
    }
    for account in drawbridge.pingone().list_accounts().unwrap() {
        needles.assert_absent_from_debug("AccountSummary", &account);
        let page = drawbridge.pingone().get_account(account.account.id).unwrap();
        needles.assert_absent_from_debug("AccountPage", &page);
        let strength =
            drawbridge.pingone().judge_client_secret(account.account.id, &SecretBytes::new(OWN.as_bytes().to_vec()));
        needles.assert_absent_from_debug("SecretStrength", &strength);
        for overview in page.credentials {
            let id = overview.credential.id;
            needles.assert_absent("describe", &overview.credential.describe().for_log());
            needles.assert_absent_from_debug("what was revealed", &drawbridge.pingone().reveal_client_secret(id));
            for format in ConnectionApiFormat::ALL {
                needles.assert_absent_from_debug("Preview", &drawbridge.pingone().preview_export(id, format));
            }
        }
    }
    let activity = drawbridge
        .activity()
        .search(&ActivityQuery { language: Language::English, search: String::new(), offset: 0, limit: 500 })
        .unwrap();
    needles.assert_absent_from_debug("ActivityPage", &activity);
    needles.assert_absent_from_debug("SettingsPage", &drawbridge.settings().get_page().unwrap());
    needles.assert_absent_from_debug("TokenServicePlan", &drawbridge.token_service().plan().unwrap());
    needles.assert_absent_from_debug("TokenServiceKeys", &drawbridge.token_service().prepare().unwrap());
    for table in world.repository.tables().credentials.into_values() {
        needles.assert_absent("describe", &table.describe().for_log());
    }
}

#[test]
fn nothing_given_to_the_database_carries_a_secret() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    let commits = world.repository.commits();
    assert!(commits.len() > 30, "the whole journey was written down");
    for changes in commits {
        needles.assert_absent_from_debug("a commit", &changes);
    }
}

#[test]
fn no_label_in_the_keychain_carries_a_secret() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    for (label, _) in world.keychain.ever_stored() {
        needles.assert_absent("a label", &label);
        assert!(label.starts_with("Drawbridge: "), "a person has to recognise whose it is: {label}");
    }
}

#[test]
fn a_recognised_document_shows_nothing_of_its_secret() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    let own: Vec<String> = world
        .repository
        .tables()
        .credentials
        .values()
        .filter(|credential| credential.secret().is_some())
        .map(|credential| world.document(credential.id))
        .collect();
    assert_eq!(own.len(), 6, "certificates, generated and chosen client secrets, and what was imported");
    for document in own.iter().chain([&world.foreign_document("pasted", PASTED)]) {
        assert!(needles.find_in(document).is_some(), "the document itself carries it by definition");
        needles.assert_absent_from_debug(
            "InspectedDocument",
            &world.drawbridge.documents().inspect(document, None).unwrap(),
        );
        let read = world.recognise(document);
        needles.assert_absent_from_debug("CredentialDocument", &read);
    }
}

#[test]
fn no_refusal_of_a_pasted_document_carries_its_secret() {
    let world = journey();
    // Each with what is secret in it: to look for all the others too would take minutes.
    let mut documents = vec![(world.foreign_document("pasted", PASTED), Needles::none().and(&[PASTED]))];
    for credential in world.repository.tables().credentials.into_values().filter(|known| known.secret().is_some()) {
        let mut needles = Needles::none();
        for id in credential.secrets() {
            needles.plant(&world.keychain.find(id).unwrap());
        }
        documents.push((world.document(credential.id), needles));
    }
    let mut refusals = 0;
    for (document, needles) in &documents {
        assert!(needles.find_in(document).is_some(), "the document itself carries it by definition");
        for at in (0..document.len()).step_by(37) {
            let damaged = [
                document[..at].to_owned(),
                format!("{}{}", &document[..at], &document[at + 1..]),
                format!("{}\u{0}{}", &document[..at], &document[at..]),
                format!("{}\\{}", &document[..at], &document[at..]),
                format!("{}\"{}", &document[..at], &document[at..]),
                document[at..].to_owned(),
            ];
            for damaged in damaged {
                // It stores nothing, and what it refuses is what submitting and importing refuse.
                let tested = world.drawbridge.checks().test_document(&damaged, &Watcher::default()).unwrap();
                needles.assert_absent_from_debug("TestOutcome", &tested);
                let seen = world.drawbridge.documents().inspect(&damaged, None).unwrap();
                needles.assert_absent_from_debug("Inspection", &seen);
                let findings = seen.candidates.iter().flat_map(|candidate| &candidate.findings).chain(&seen.findings);
                for finding in findings {
                    refusals += usize::from(finding.severity() == Severity::Error);
                    needles.assert_absent("a finding", &finding.to_string());
                    let refusal = Refusal::from(finding.clone());
                    needles.assert_absent("a refusal", &refusal.to_string());
                    needles.assert_absent("a remedy", &refusal.message().remedy().for_log());
                    needles.assert_absent("a refusal in German", &refusal.message().render(Language::German));
                }
            }
        }
    }
    assert!(refusals > 1_000, "documents were really damaged: {refusals}");
}

#[test]
fn an_issued_certificate_prints_without_its_key() {
    let world = journey();
    let spec = CertificateSpec {
        common_name: "a client".into(),
        organizational_unit: "Sales".into(),
        serial: [0x41; 16],
        not_before: world.clock.now(),
        not_after: world.clock.now(),
    };
    let issued = world.issuer.generate_authority(&AuthorityPurpose::Clients, &spec).unwrap();
    let mut needles = Needles::none();
    // EXPOSE: the test looks for these very bytes.
    needles.plant(issued.private_key.expose());
    needles.assert_absent_from_debug("IssuedCertificate", &issued);
}

#[test]
fn a_secret_that_was_read_from_the_keychain_prints_its_length_only() {
    let world = journey();
    let secret: SecretBytes = world.keychain.get(*world.keychain.items().keys().next().unwrap()).unwrap();
    assert_eq!(format!("{secret:?}"), format!("SecretBytes({} bytes, redacted)", secret.len()));
}

#[test]
fn no_secret_on_its_way_in_or_to_the_network_prints_itself() {
    let world = journey();
    let mut needles = Needles::none();
    needles.plant(CHOSEN.as_bytes());
    needles.assert_absent_from_debug("NewServiceKey", &chosen(CHOSEN));
    let password = SecretBytes::new(CHOSEN.as_bytes().to_vec());
    let given = GivenDocument { password: Some(password), ..GivenDocument::from(CHOSEN) };
    needles.assert_absent_from_debug("GivenDocument", &given);
    let instance = world.repository.tables().service_instances.into_values().find(|known| known.name == "by hand");
    let instance = instance.unwrap().id;
    for secret in [format!("{CHOSEN} {CHOSEN}"), format!("{CHOSEN}\u{e9}"), CHOSEN.to_owned()] {
        // The last one is refused for its name.
        let failure = world.drawbridge.service_instances().create_key(instance, "chosen", chosen(&secret)).unwrap_err();
        needles.assert_absent("a failure", &failure.to_string());
        needles.assert_absent_from_debug("a failure", &failure);
    }
    let own = |secret: &str| Some(SecretBytes::new(secret.as_bytes().to_vec()));
    let replacement = SecretReplacement { secret: own(CHOSEN), grace_hours: 24 };
    needles.assert_absent_from_debug("SecretReplacement", &replacement);
    let account = world.drawbridge.pingone().create_account("Another", AccountKind::Local).unwrap().id;
    let in_pingone = world.drawbridge.pingone().create_account("Further", AccountKind::InPingOne).unwrap().id;
    for secret in [format!("{CHOSEN}\n"), format!("{CHOSEN}\u{e9}"), CHOSEN.repeat(100)] {
        let failures = [
            world.drawbridge.pingone().add_credential(account, "", own(&secret)),
            world.drawbridge.pingone().record_credential(in_pingone, "free", "", &own(&secret).unwrap()),
        ];
        for failure in failures.map(Result::unwrap_err) {
            needles.assert_absent("a failure", &failure.to_string());
            needles.assert_absent_from_debug("a failure", &failure);
        }
    }
    let document = world.foreign_document("pasted", CHOSEN);
    let facts = world.inspect(&document).facts;
    let Proof::ClientSecret(secret) = world.recognise(&document).proof else { panic!("expected a client secret") };
    let own_service = OwnService { authorities: Vec::new(), names: Vec::new(), ports: [0, 0] };
    let proxy = domain::settings::ProxyChoice::System;
    let target = ConnectionTarget { facts: &facts, secret: &secret, own_service: &own_service, proxy: &proxy };
    needles.assert_absent_from_debug("ConnectionTarget", &target);
    let watcher = Watcher::default();
    let tested = world.drawbridge.checks().test_document(&world.foreign_document("pasted", CHOSEN), &watcher);
    needles.assert_absent_from_debug("TestOutcome", &tested);
    needles.assert_absent_from_debug("StageReport", &watcher.reports());
}

#[test]
fn credentials_that_are_taken_for_an_open_api_document_are_not_quoted() {
    let world = journey();
    let needles = Needles::of(&world).and(&[PASTED, CHOSEN, TYPED, PASSWORD]);
    let portal = world.repository.tables().portals.into_values().next().unwrap().id;
    let mut refusals = 0;
    for credential in world.repository.tables().credentials.into_values().filter(|known| known.secret().is_some()) {
        let document = world.document(credential.id);
        let yaml = document.replace(['{', '}', ','], "").replace("\": ", ": ").replace("  \"", "");
        for at in (0..document.len()).step_by(173) {
            for damaged in [document[..at].to_owned(), document[at..].to_owned(), yaml[..at.min(yaml.len())].to_owned()]
            {
                let failure = world.drawbridge.apis().import(portal, &damaged).unwrap_err();
                refusals += 1;
                needles.assert_absent("a failure", &failure.to_string());
                needles.assert_absent_from_debug("a failure", &failure);
            }
        }
    }
    assert!(refusals > 50, "documents were really refused: {refusals}");
}
