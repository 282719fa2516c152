//! Portals: *Generate Credentials*, *Regenerate Credentials*, *Retire*, *Copy*, *Export…*, create, delete.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{SubsecRound, TimeDelta, Timelike};
use domain::{
    activity::AuditAction,
    connection::ConnectionRequest,
    connection_check::{HealthOutcome, Repair},
    credential::{
        CLIENT_SECRET_BYTES, Credential, CredentialEnd, CredentialKind, CredentialState, ExportChoice, GenerateKind,
        KeyAlgorithm, Lifetime,
    },
    documents::{CertificateChain, PrivateKey, Proof, SecretBytes},
    id::PortalId,
    messages::{Language, Message},
    overview::{Matter, TokenServiceSeen},
    portal::{Applied, Portal, PortalHome},
    ports::{Clock, HandOverFailure, Outlet, OutletError, RepositoryError, SecretStoreError},
    refusal::{Failure, Refusal},
};
use fakes::{Capture, Watcher, World, world};

use crate::{days_left, line, read, refused};

fn instance_number(portal: &Portal) -> u32 {
    match portal.home {
        PortalHome::Local { instance_number } => instance_number,
        PortalHome::InSap { .. } => panic!("{} lives elsewhere", portal.name),
    }
}

fn chain(credential: &Credential) -> &CertificateChain {
    match &credential.kind {
        CredentialKind::Certificate(chain) => chain,
        CredentialKind::ClientSecret(_) => panic!("expected a certificate credential"),
    }
}

/// The keys of a JSON document in their order, and the document.
fn keys(document: &str) -> (Vec<String>, serde_json::Value) {
    let value: serde_json::Value = serde_json::from_str(document).expect("the document is JSON");
    // serde_json sorts what it reads, so the order is taken from the text.
    let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
    keys.sort_by_key(|key| document.find(&format!("\n  \"{key}\": ")).expect("each key begins a line"));
    (keys, value)
}

mod create {
    use super::*;

    #[test]
    fn a_new_portal_is_empty_and_connected_nowhere() {
        let world = world();
        let created = world.drawbridge.portals().create(" Sales EU ", " sales-eu ", crate::OWN_PAIR).unwrap();
        assert!(created.not_connected.is_none());
        assert_eq!(created.portal.name, "Sales EU");
        assert_eq!(created.portal.subaccount.as_str(), "sales-eu");
        assert_eq!(created.portal.slug, "sales-eu", "the URLs of the portal are made of its name");
        let number = instance_number(&created.portal);
        assert!((10_000..1_000_000).contains(&number), "{number}");

        let page = world.drawbridge.portals().get_page(created.portal.id).unwrap();
        assert!(page.credentials.is_empty(), "the page shows its empty state");
        assert_eq!(page.applied, Applied::Nowhere);
        assert!(page.own_hub.is_none());
        assert_eq!(page.addresses.url, "https://localhost:28443/sales-eu");
        assert!(page.may_open.is_ok() && page.may_generate.is_ok() && page.may_hand_over.is_ok());
        assert!(page.may_delete.is_ok());
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            "Ada Admin | Portal created | Sales EU (local) | Subaccount sales-eu"
        );
    }

    #[test]
    fn a_name_or_a_subaccount_is_used_once_whatever_its_case() {
        let world = world();
        world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap();
        let same_name = refused(world.drawbridge.portals().create("SALES", "other", crate::OWN_PAIR));
        assert_eq!(read(&same_name), ["the name SALES is in use already", "Choose another name."]);
        let same_subaccount = refused(world.drawbridge.portals().create("Other", "Sales-EU", crate::OWN_PAIR));
        assert_eq!(
            read(&same_subaccount),
            ["the subaccount Sales-EU has the API portal Sales already", "Use Sales, or another subaccount."],
            "there is one portal a subaccount"
        );
        assert_eq!(same_subaccount.field().map(|field| field.label(Language::English)), Some("Subaccount"));
        assert_eq!(world.repository.tables().portals.len(), 1);
    }

    #[test]
    fn an_empty_name_or_subaccount_is_refused() {
        let world = world();
        let name = refused(world.drawbridge.portals().create("  ", "sales", crate::OWN_PAIR));
        assert_eq!(read(&name), ["enter a name", ""]);
        let subaccount = refused(world.drawbridge.portals().create("Sales", "", crate::OWN_PAIR));
        assert_eq!(read(&subaccount), ["enter a subaccount", ""]);
        let long = refused(world.drawbridge.portals().create(&"x".repeat(81), "sales", crate::OWN_PAIR));
        assert_eq!(read(&long), ["Name has 81 characters; at most 80 are possible", "Shorten it to 80 characters."]);
    }

    #[test]
    fn portals_of_similar_names_have_different_urls() {
        let world = world();
        let slugs = ["Sales EU", "Sales-EU", "sales (EU)"].map(|name| world.portal(name).slug);
        assert_eq!(slugs, ["sales-eu", "sales-eu-2", "sales-eu-3"], "a URL must lead to one portal only");
    }

    #[test]
    fn portals_are_listed_by_name_with_their_current_credential() {
        let world = world();
        world.portal("zeta");
        world.portal_with("Alpha", World::CERTIFICATE);
        let listed = world.drawbridge.portals().list().unwrap();
        assert_eq!(listed.iter().map(|row| row.portal.name.as_str()).collect::<Vec<_>>(), ["Alpha", "zeta"]);
        assert_eq!(days_left(&listed[0].current.as_ref().unwrap().validity), Some(364), "it ends at a whole second");
        assert!(listed[1].current.is_none());

        world.act_as(&world.rita);
        let listed = world.drawbridge.portals().list().unwrap();
        assert_eq!(listed.len(), 2, "everybody sees which portals there are");
        assert!(listed[0].current.is_none(), "but credentials only who may open the Connection tab");
    }
}

mod generate {
    use super::*;

    #[test]
    fn a_generated_client_secret_has_at_least_32_random_bytes_in_base64() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);

        let secret = world.keychain.find(credential.secret().unwrap()).unwrap();
        let random = BASE64_STANDARD.decode(&secret).expect("base64");
        assert_eq!(random.len(), CLIENT_SECRET_BYTES);
        const { assert!(CLIENT_SECRET_BYTES >= 32) };
        assert!(world.entropy.given().contains(&random), "every byte of it comes from the random source");
        assert_eq!(credential.kind, CredentialKind::ClientSecret(Lifetime::OfServiceKey));
        assert_eq!(credential.valid_until(), None, "a client secret has no expiry of its own");
        assert_eq!(world.repository.tables().client_authority, None, "a client secret needs no certificate authority");
    }

    #[test]
    fn a_client_id_is_shaped_like_the_vendors_and_carries_the_time_and_the_portal() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let stamp = world.clock.now().timestamp_millis();
        assert_eq!(
            credential.client_id,
            format!("sb-apiaccess_{stamp}!b{}|api-portal-xsuaa!b1", instance_number(&portal)),
            "consumers read the time and the instance out of it"
        );
    }

    #[test]
    fn two_credentials_of_one_millisecond_have_different_client_ids() {
        let world = world();
        let (portal, first) = world.portal_with("Sales", World::SECRET);
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        let third = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(first.created_at, third.created_at, "the clock stands still in this test");
        assert_ne!(first.client_id, second.client_id, "a client id names one credential");
        assert_ne!(second.client_id, third.client_id);
        assert_ne!(first.client_id, third.client_id);
    }

    fn assert_certificate_is_right(algorithm: KeyAlgorithm, public_key: &str) {
        let world = world();
        world.issuer.use_real_rsa();
        let long_name = "A portal with a name as long as a name can be, which must not break its certificates";
        let portal = world.drawbridge.portals().create(&long_name[..80], "sales", crate::OWN_PAIR).unwrap().portal;
        let credential =
            world.drawbridge.portals().generate_credentials(portal.id, GenerateKind::Certificate(algorithm)).unwrap();

        let chain = chain(&credential);
        assert_eq!(chain.public_key, public_key);
        assert_eq!(chain.length, 2, "the chain is complete: leaf and authority");
        assert_eq!(chain.common_name.as_deref(), Some(credential.client_id.as_str()), "the subject names the client");
        assert!(credential.client_id.len() <= 64, "a common name has at most 64 characters (RFC 5280 ub-common-name)");
        assert_eq!(chain.not_after - chain.not_before, TimeDelta::days(365), "valid for 365 days, to the second");
        assert_eq!(chain.not_before, credential.created_at.with_nanosecond(0).unwrap(), "counted from its generation");
        assert_eq!(chain.issuer, "O=Drawbridge, OU=Drawbridge, CN=Drawbridge Client CA");
        assert_eq!(chain.fingerprint.len(), 32 * 3 - 1, "SHA-256 in hexadecimal with colons");

        let key = world.keychain.find(credential.secret().unwrap()).unwrap();
        let key = PrivateKey::from_der(&key).expect("the item in the keychain is the key");
        assert!(key.belongs_to(chain), "the stored key belongs to the certificate");
    }

    #[test]
    fn an_rsa_certificate_is_valid_for_365_days_and_names_the_client() {
        assert_certificate_is_right(KeyAlgorithm::Rsa2048, "RSA 2048");
    }

    #[test]
    fn a_p_256_certificate_is_valid_for_365_days_and_names_the_client() {
        assert_certificate_is_right(KeyAlgorithm::P256, "EC P-256");
    }

    #[test]
    fn generating_is_recorded_with_the_client_id_and_the_fingerprint() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::CERTIFICATE);
        let event = world.repository.events().pop().unwrap();
        assert_eq!(
            line(&event),
            format!(
                "Ada Admin | Credentials generated | Sales (local) | {}, certificate EC P-256, SHA-256 {}",
                credential.client_id,
                chain(&credential).fingerprint
            )
        );
        assert_eq!(event.at, credential.created_at);
    }

    #[test]
    fn the_items_in_the_keychain_have_labels_that_a_person_recognises() {
        let world = world();
        let (_, secret) = world.portal_with("Sales", World::SECRET);
        let (_, certificate) = world.portal_with("Stock", World::CERTIFICATE);
        let mut labels: Vec<String> = world.keychain.items().into_values().map(|(label, _)| label).collect();
        labels.sort();
        let mut expected = [
            format!("Drawbridge: client secret of {} (portal Sales)", secret.client_id),
            format!("Drawbridge: private key of {} (portal Stock)", certificate.client_id),
            "Drawbridge: private key of the client CA".to_owned(),
        ];
        expected.sort();
        assert_eq!(labels, expected, "somebody looks at them in the system's own keychain app");
    }

    #[test]
    fn a_second_generate_is_refused_and_points_to_regenerate() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        let before = (world.repository.tables(), world.keychain.items());
        let refusal = refused(world.drawbridge.portals().generate_credentials(portal.id, World::CERTIFICATE));
        assert_eq!(
            read(&refusal),
            [
                "the portal Sales has credentials already",
                "Choose Regenerate Credentials. The former ones stay valid until you revoke them."
            ]
        );
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "a refusal changes nothing");
    }

    #[test]
    fn a_portal_that_does_not_exist_has_no_credentials_to_generate() {
        let world = world();
        let failure =
            world.drawbridge.portals().generate_credentials(PortalId(world.ada.id.0), World::SECRET).unwrap_err();
        assert_eq!(failure.to_string(), "this portal does not exist any more");
    }

    #[test]
    fn a_certificate_that_cannot_be_issued_leaves_nothing_behind() {
        let world = world();
        let portal = world.portal("Sales");
        let before = world.repository.tables();
        world.issuer.fail_next("no entropy");
        let failure = world.drawbridge.portals().generate_credentials(portal.id, World::CERTIFICATE).unwrap_err();
        assert_eq!(failure.to_string(), "the certificate could not be issued: no entropy");
        assert_eq!(world.repository.tables(), before);
        assert!(world.keychain.items().is_empty());
    }
}

mod regenerate {
    use super::*;

    #[test]
    fn the_former_credential_stays_valid_and_is_superseded() {
        let world = world();
        let (portal, first) = world.portal_with("Sales", World::CERTIFICATE);
        let document = world.document(first.id);
        world.clock.advance(TimeDelta::days(30));
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();

        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        let [newest, former] = page.credentials.as_slice() else { panic!("expected two credentials") };
        assert_eq!(newest.credential, second, "the newest comes first");
        assert!(matches!(second.state, CredentialState::Current { .. }));
        assert_eq!(
            former.credential.state,
            CredentialState::Superseded { secret: first.secret().unwrap(), at: second.created_at },
            "it stays valid until it is retired, so that nothing breaks in between"
        );
        assert_eq!(days_left(&former.validity), Some(334));
        assert_eq!(days_left(&newest.validity), None);
        assert_eq!(world.document(first.id), document, "the former one can still be handed over, unchanged");
        assert_eq!(
            line(&world.repository.events()[world.repository.events().len() - 2]),
            format!("Ada Admin | Credentials regenerated | Sales (local) | {}, client secret", second.client_id)
        );
    }

    #[test]
    fn there_is_nothing_to_regenerate_before_generate() {
        let world = world();
        let portal = world.portal("Sales");
        let refusal = refused(world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET));
        assert_eq!(read(&refusal), ["the portal Sales has no credentials yet", "Choose Generate Credentials."]);
    }

    #[test]
    fn all_certificates_of_the_installation_come_from_one_authority() {
        let world = world();
        let (portal, first) = world.portal_with("Sales", World::CERTIFICATE);
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        let authority = world.repository.tables().client_authority.unwrap();
        for credential in [&first, &second] {
            assert!(chain(credential).pem.ends_with(&authority.certificate_pem), "whoever trusts it trusts them all");
        }
    }

    #[test]
    fn an_authority_that_ends_before_the_certificate_would_is_replaced_in_time() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
        let old = world.repository.tables().client_authority.unwrap();
        world.clock.advance(TimeDelta::days(9 * 365));
        world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        assert_eq!(
            world.repository.tables().client_authority,
            Some(old.clone()),
            "it still lasts as long as the certificate"
        );
        world.clock.advance(TimeDelta::days(2));
        world
            .drawbridge
            .portals()
            .regenerate_credentials(portal.id, World::CERTIFICATE)
            .expect_err("was it really ten years?");
        world.pass(TimeDelta::minutes(10));
        let last = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        let new = world.repository.tables().client_authority.unwrap();
        assert_ne!(new.secret, old.secret);
        assert!(new.not_after >= chain(&last).not_after, "a chain is no longer than its shortest part");
        assert_eq!(world.keychain.find(old.secret), None, "the key of the old authority has no more use");
    }

    /// F1: for as long as the clock was ahead, not by as much.
    #[test]
    fn an_authority_from_a_time_when_the_clock_was_wrong_is_replaced() {
        let world = world();
        world.pass(TimeDelta::days(30));
        let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
        let wrong = world.repository.tables().client_authority.unwrap();
        world.pass(TimeDelta::hours(3));
        world.clock.advance(-TimeDelta::days(30));
        let regenerate = || world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE);
        for _ in 0..2 {
            let refusal = refused(regenerate());
            assert!(read(&refusal)[0].contains("it is behind now, or was ahead"), "{refusal:?}");
            assert_eq!(world.repository.tables().client_authority, Some(wrong.clone()));
            assert!(world.keychain.find(wrong.secret).is_some(), "a clock that is behind deletes no key");
            world.pass(TimeDelta::minutes(90));
        }
        let credential = regenerate().unwrap();
        let right = world.repository.tables().client_authority.unwrap();
        assert_ne!(right.secret, wrong.secret, "nobody accepts a chain whose authority is not valid yet");
        assert!(right.created_at <= world.clock.now());
        assert!(chain(&credential).pem.ends_with(&right.certificate_pem));
        assert_eq!(world.keychain.find(wrong.secret), None, "the key of the wrong authority has no more use");
        regenerate().unwrap();
        assert_eq!(world.repository.tables().client_authority, Some(right), "the right one stays");
    }

    /// F1: an authority lasts for ten years.
    #[test]
    fn an_authority_that_is_made_while_the_clock_is_ahead_for_a_moment_begins_in_time() {
        let world = world();
        let before = world.clock.now();
        world.clock.advance(TimeDelta::days(365));
        let (portal, _) = world.portal_with("Sales", World::CERTIFICATE);
        let authority = world.repository.tables().client_authority.unwrap();
        assert_eq!(authority.created_at, before.trunc_subsecs(3));
        world.clock.advance(-TimeDelta::days(365) + TimeDelta::seconds(5));
        let credential = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        assert!(chain(&credential).pem.ends_with(&authority.certificate_pem), "it is good");
    }

    #[test]
    fn generating_an_authority_is_recorded() {
        let world = world();
        let of_authority = |world: &World| {
            let events = world.repository.events();
            let of_authority = events.iter().filter(|event| event.action == AuditAction::AuthorityGenerated);
            of_authority.map(line).collect::<Vec<_>>()
        };
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        assert!(of_authority(&world).is_empty(), "a client secret needs none");
        world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        let first =
            "Drawbridge | Certificate authority generated | Drawbridge Client CA | Valid until 2036-02-27".to_owned();
        assert_eq!(of_authority(&world), [first.as_str()], "once, however many certificates it signs");
        world.keychain.lose(world.repository.tables().client_authority.unwrap().secret);
        world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        assert_eq!(of_authority(&world), [first.as_str(), &first], "replacing one is no secret");
    }
}

mod retire {
    use super::*;

    #[test]
    fn retiring_deletes_the_secret_and_keeps_the_history() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let secret = credential.secret().unwrap();
        world.clock.advance(TimeDelta::hours(1));
        world.drawbridge.service_instances().retire_credential(credential.id, "").unwrap();

        assert_eq!(world.keychain.find(secret), None, "the secret is gone from the keychain");
        assert_eq!(world.repository.tables().secrets.len(), 0, "and so is its row");
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(
            page.credentials[0].credential.state,
            CredentialState::Retired {
                at: credential.created_at + TimeDelta::hours(1),
                end: CredentialEnd::KeyDeleted
            },
            "what it was is still shown"
        );
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!("Ada Admin | Credentials revoked | Sales (local) | {}, client secret", credential.client_id)
        );
    }

    #[test]
    fn a_retired_credential_cannot_be_retired_copied_or_exported_again() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        world.drawbridge.service_instances().retire_credential(credential.id, "").unwrap();
        let expected = [
            format!("the credentials {} are no longer kept; their secret is deleted", credential.client_id),
            "Use the current credentials, or regenerate them.".to_owned(),
        ];
        assert_eq!(read(&refused(world.drawbridge.service_instances().retire_credential(credential.id, ""))), expected);
        assert_eq!(
            read(&refused(world.drawbridge.exports().suggest_name(&[credential.id], &ExportChoice::CONNECTION))),
            expected
        );
        let clipboard = Capture::at("the clipboard");
        for result in
            [world.drawbridge.exports().copy(credential.id, &clipboard), world.export(credential.id, &clipboard)]
        {
            let HandOverFailure::Failure(Failure::Refused(refusal)) = result.unwrap_err() else {
                panic!("expected a refusal")
            };
            assert_eq!(read(&refusal), expected);
        }
        assert!(clipboard.delivered().is_empty());
    }

    #[test]
    fn after_the_only_credential_is_retired_new_ones_can_be_generated() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        world.drawbridge.service_instances().retire_credential(credential.id, "").unwrap();
        let refusal = refused(world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET));
        assert_eq!(refusal.message().remedy(), "Choose Generate Credentials.", "the remedy must be one that works");
        world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).expect("as the remedy says");
    }

    /// A credential that a hub holds, pending or approved: the remedy, and what it takes to retire it all the same.
    fn assert_retiring_takes_the_alias(approve: bool, remedy: &str) {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
        let hub = world.hub("Hub");
        let request = world.submit(&hub, "Sales connection", &world.document(credential.id));
        if approve {
            world.drawbridge.requests().approve(request.id, "Sales connection").unwrap();
        }
        let before = (world.repository.tables(), world.keychain.items());

        let refusal = refused(world.drawbridge.service_instances().retire_credential(credential.id, " "));
        assert_eq!(read(&refusal), ["the hub Hub still uses this credential for Sales connection", remedy]);
        let refusal =
            refused(world.drawbridge.service_instances().retire_credential(credential.id, "sales connection"));
        assert_eq!(
            read(&refusal),
            ["the typed text is not Sales connection", "Enter Sales connection exactly as shown."],
            "what breaks a connection is typed exactly"
        );
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "refusals change nothing");

        world.drawbridge.service_instances().retire_credential(credential.id, "Sales connection").unwrap();
        let held = world.repository.tables().requests[&request.id].held().unwrap().secret;
        assert!(world.keychain.find(held).is_some(), "the hub is the other party: its copy stays");
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(page.credentials[0].applied, page.applied, "the hub still holds it, and the card says so");
        let Applied::To { health, .. } = page.applied else { panic!("the hub holds what was retired") };
        assert_eq!(health.is_some(), approve);
        // Told at once everywhere, not only once the connection is tested again.
        let of_request = world.drawbridge.requests().get(request.id).unwrap().health;
        for health in [health.map(|health| *health), of_request].into_iter().flatten() {
            let HealthOutcome::Failing(finding) = health.outcome else { panic!("it is well no longer") };
            assert_eq!((finding.code.as_str(), finding.repair), ("key_deleted", Repair::Reestablish));
        }
        let attention = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap().attention;
        let told = attention.iter().any(|one| matches!(&one.matter, Matter::ConnectionFails { .. }));
        assert_eq!(told, approve, "{attention:?}");
    }

    #[test]
    fn a_credential_of_an_approved_connection_is_retired_only_with_its_alias_typed() {
        assert_retiring_takes_the_alias(
            true,
            "Re-establish that connection with the current credentials first, or type its alias to go on anyway: \
             a connection to a local portal then breaks.",
        );
    }

    #[test]
    fn a_credential_of_a_pending_request_is_retired_only_with_its_alias_typed() {
        assert_retiring_takes_the_alias(
            false,
            "Edit the credentials of that request first, or type its alias to go on anyway.",
        );
    }

    #[test]
    fn once_the_hub_has_the_new_credential_the_former_one_goes_without_confirmation() {
        let world = world();
        let (portal, first) = world.portal_with("Sales", World::CERTIFICATE);
        let hub = world.hub("Hub");
        let request = world.connect(&hub, "Sales", &world.document(first.id));
        // Two credentials of one millisecond have no order.
        world.clock.advance(TimeDelta::milliseconds(1));
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        let applied = |world: &World| {
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            page.credentials.iter().map(|row| row.applied != Applied::Nowhere).collect::<Vec<_>>()
        };
        assert_eq!(applied(&world), [false, true], "generated, but not yet applied");
        world.drawbridge.requests().reestablish(request.id, &world.document(second.id)).unwrap();
        assert_eq!(applied(&world), [true, false], "now the hub has the new one");
        world.drawbridge.service_instances().retire_credential(first.id, "").expect("nothing uses it any more");
    }
}

mod hand_over {
    use super::*;

    #[test]
    fn a_copied_client_secret_document_has_exactly_the_keys_of_its_published_shape() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let document = world.document(credential.id);

        let (keys, value) = keys(&document);
        assert_eq!(keys, ["url", "tokenUrl", "clientId", "clientSecret"], "consumers know these keys and no others");
        assert_eq!(value["url"], "https://localhost:28443/sales");
        assert_eq!(value["tokenUrl"], "https://localhost:28443/sales/oauth/token");
        assert_eq!(value["clientId"], credential.client_id.as_str());
        let stored = world.keychain.find(credential.secret().unwrap()).unwrap();
        assert_eq!(value["clientSecret"].as_str().unwrap().as_bytes(), stored, "the secret arrives undamaged");

        let read = world.inspect(&document);
        assert_eq!(read.facts, portal.access_facts(&credential, &domain::portal::Endpoints::loopback()));
        let Proof::ClientSecret(secret) = world.recognise(&document).proof else { panic!("expected a client secret") };
        // EXPOSE: the test compares the bytes.
        assert_eq!(secret.expose(), stored);
    }

    fn assert_certificate_document(algorithm: KeyAlgorithm) {
        let world = world();
        world.issuer.use_real_rsa();
        let (portal, credential) = world.portal_with("Sales", GenerateKind::Certificate(algorithm));
        let document = world.document(credential.id);

        let (keys, value) = keys(&document);
        assert_eq!(
            keys,
            ["url", "tokenurl", "certurl", "certificate", "key"],
            "consumers know these keys and no others"
        );
        assert_eq!(value["tokenurl"], "https://localhost:28443/sales/oauth/token");
        assert_eq!(value["certurl"], "https://localhost:28444/sales", "mutual TLS has a listener of its own");
        assert_eq!(value["certificate"], chain(&credential).pem.as_str());
        let key = value["key"].as_str().unwrap();
        assert!(key.starts_with("-----BEGIN PRIVATE KEY-----\n"), "PKCS#8 in PEM");

        let seen = world.inspect(&document);
        let expected = portal.access_facts(&credential, &domain::portal::Endpoints::loopback());
        assert_eq!(
            (seen.facts.kind.fingerprint(), &seen.facts.client_id, seen.facts.kind.lifetime()),
            (expected.kind.fingerprint(), &expected.client_id, None),
            "what was exported is recognised as what it is, the client id from the subject included"
        );
        assert_eq!(
            (seen.facts.url, seen.facts.token_url, seen.facts.cert_url),
            (expected.url, expected.token_url, expected.cert_url)
        );
        assert_eq!(seen.portal_name.as_deref(), Some("Sales"));
        let Proof::Certificate { private_key, .. } = world.recognise(&document).proof else {
            panic!("expected a certificate")
        };
        // EXPOSE: the test compares the bytes.
        assert_eq!(private_key.expose(), world.keychain.find(credential.secret().unwrap()).unwrap());
    }

    #[test]
    fn a_copied_rsa_certificate_document_has_exactly_the_keys_of_its_published_shape() {
        assert_certificate_document(KeyAlgorithm::Rsa2048);
    }

    #[test]
    fn a_copied_p_256_certificate_document_has_exactly_the_keys_of_its_published_shape() {
        assert_certificate_document(KeyAlgorithm::P256);
    }

    #[test]
    fn copying_and_exporting_are_recorded_with_where_the_document_went() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        let clipboard = Capture::at("the clipboard");
        let file = Capture::at("/home/ada/sales.json");
        world.drawbridge.exports().copy(credential.id, &clipboard).unwrap();
        world.export(credential.id, &file).unwrap();
        assert_eq!(clipboard.delivered(), file.delivered(), "both ways give the same document");
        let events = world.repository.events();
        let last: Vec<String> = events[events.len() - 2..].iter().map(line).collect();
        let id = &credential.client_id;
        assert_eq!(
            last,
            [
                format!(
                    "Ada Admin | Credentials copied | Sales (local) | {id}, client secret as Connection JSON to the clipboard"
                ),
                format!(
                    "Ada Admin | Credentials exported | Sales (local) | {id}, client secret as Connection JSON to \
                     /home/ada/sales.json"
                ),
            ]
        );
    }

    #[test]
    fn what_could_not_be_handed_over_is_recorded_as_failed() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        let events = world.repository.events().len();
        let id = &credential.client_id;
        let file =
            Capture::that_fails(OutletError::File { path: "/full/sales.json".into(), reason: "disk full".into() });
        let failure = world.export(credential.id, &file).unwrap_err();
        assert_eq!(failure.to_string(), "the file /full/sales.json cannot be written: disk full");
        let clipboard = Capture::that_fails(OutletError::Clipboard { reason: "no display".into() });
        let failure = world.drawbridge.exports().copy(credential.id, &clipboard).unwrap_err();
        assert_eq!(failure.to_string(), "the clipboard cannot be used: no display");
        assert_eq!(
            world.repository.events()[events..].iter().map(line).collect::<Vec<_>>(),
            [
                format!(
                    "Ada Admin | Credentials exported | Sales (local) | {id}, client secret as Connection JSON to nowhere"
                ),
                format!(
                    "Ada Admin | Copy or export failed | Sales (local) | {id}, client secret as Connection JSON to nowhere"
                ),
                format!(
                    "Ada Admin | Credentials copied | Sales (local) | {id}, client secret as Connection JSON to nowhere"
                ),
                format!(
                    "Ada Admin | Copy or export failed | Sales (local) | {id}, client secret as Connection JSON to nowhere"
                ),
            ],
            "what was recorded before the act is followed by how it ended"
        );
    }

    /// Looks into the activity list at the moment at which it gets a document, and then does not take it.
    struct Witness<'a> {
        world: &'a World,
        seen: std::cell::RefCell<Vec<AuditAction>>,
        record_fails: bool,
    }

    impl Outlet for Witness<'_> {
        fn deliver(&self, _document: &SecretBytes) -> Result<(), OutletError> {
            self.seen.borrow_mut().push(self.world.repository.events().last().expect("an entry").action);
            if self.record_fails {
                self.world.repository.fail_next_commit(RepositoryError::DiskFull);
            }
            Err(OutletError::Clipboard { reason: "no display".into() })
        }

        fn destination(&self) -> Message {
            "the clipboard".into()
        }
    }

    #[test]
    fn the_entry_is_there_before_the_document_leaves() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        for record_fails in [false, true] {
            let witness = Witness { world: &world, seen: Vec::new().into(), record_fails };
            for result in
                [world.drawbridge.exports().copy(credential.id, &witness), world.export(credential.id, &witness)]
            {
                assert_eq!(
                    result.unwrap_err().to_string(),
                    "the clipboard cannot be used: no display",
                    "the user reads why it failed, whether or not that could be recorded"
                );
            }
            assert_eq!(witness.seen.take(), [AuditAction::CredentialsCopied, AuditAction::CredentialsExported]);
        }
    }

    #[test]
    fn a_secret_that_another_program_changed_is_neither_handed_over_nor_given_to_a_hub() {
        let other = {
            let world = world();
            let (_, other) = world.portal_with("Other", World::CERTIFICATE);
            world.keychain.find(other.secret().unwrap()).unwrap()
        };
        for (kind, changed, what) in [
            (World::CERTIFICATE, other.as_slice(), "private key"),
            (World::CERTIFICATE, b"pl4nted", "private key"),
            (World::CERTIFICATE, b"", "private key"),
            (World::SECRET, b"pl4nted\xff\xfe", "client secret"),
        ] {
            let world = world();
            let (portal, credential) = world.portal_with("Sales", kind);
            world.keychain.change(credential.secret().unwrap(), changed);
            let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
            let expected =
                format!("the keychain failed: the {what} of {} was changed by another program", credential.client_id);
            let clipboard = Capture::at("the clipboard");
            for result in
                [world.drawbridge.exports().copy(credential.id, &clipboard), world.export(credential.id, &clipboard)]
            {
                let failure = result.unwrap_err();
                assert!(
                    matches!(failure, HandOverFailure::Failure(Failure::Keychain(SecretStoreError::Broken { .. }))),
                    "{failure:?}"
                );
                assert_eq!(failure.to_string(), expected, "the message names the credential and nothing of the secret");
            }
            assert!(clipboard.delivered().is_empty());
            let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
            assert_eq!(after, before, "nothing was handed over, so nothing is recorded");

            let hub = world.drawbridge.hubs().create("Hub", portal.subaccount.as_str(), crate::OWN_PAIR).unwrap();
            assert_eq!(hub.not_connected.expect("a hub gets no broken credential").to_string(), expected);
            assert_eq!(world.keychain.items(), before.1, "no copy is made");
        }
    }

    #[test]
    fn the_suggested_file_name_tells_portal_kind_and_day() {
        let world = world();
        let (portal, secret) = world.portal_with("Sales EU", World::SECRET);
        assert_eq!(
            world.drawbridge.exports().suggest_name(&[secret.id], &ExportChoice::CONNECTION).unwrap(),
            "sales-eu-secret-2026-03-01.json"
        );
        let certificate = world.drawbridge.portals().regenerate_credentials(portal.id, World::CERTIFICATE).unwrap();
        assert_eq!(
            world.drawbridge.exports().suggest_name(&[certificate.id], &ExportChoice::CONNECTION).unwrap(),
            "sales-eu-certificate-2026-03-01.json"
        );
    }

    #[test]
    fn a_secret_that_somebody_deleted_from_the_keychain_is_reported_and_nothing_is_delivered() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        world.keychain.lose(credential.secret().unwrap());
        let clipboard = Capture::at("the clipboard");
        let failure = world.drawbridge.exports().copy(credential.id, &clipboard).unwrap_err();
        assert!(
            matches!(failure, HandOverFailure::Failure(Failure::Keychain(SecretStoreError::Missing))),
            "{failure:?}"
        );
        assert!(clipboard.delivered().is_empty());
        world
            .drawbridge
            .service_instances()
            .retire_credential(credential.id, "")
            .expect("a lost secret can still be retired");
    }

    #[test]
    fn what_cannot_be_recorded_is_not_handed_over() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        let clipboard = Capture::at("the clipboard");
        world.repository.fail_next_commit(RepositoryError::DiskFull);
        let failure = world.drawbridge.exports().copy(credential.id, &clipboard).unwrap_err();
        assert_eq!(failure.to_string(), "the disk is full", "an act without its record has to be noticed");
        assert!(clipboard.delivered().is_empty(), "no secret leaves without an entry");
    }
}

mod delete {
    use super::*;

    #[test]
    fn a_portal_is_deleted_with_its_credentials_and_their_secrets() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        world.drawbridge.portals().delete(portal.id, "Sales").unwrap();
        let tables = world.repository.tables();
        assert!(tables.portals.is_empty() && tables.credentials.is_empty() && tables.secrets.is_empty());
        assert!(world.keychain.items().is_empty(), "no secret of a deleted portal stays in the keychain");
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            "Ada Admin | Portal deleted | Sales (local) | Subaccount Sales portal subaccount"
        );
        let failure = world.drawbridge.portals().get_page(portal.id).unwrap_err();
        assert_eq!(failure.to_string(), "this portal does not exist any more");
    }

    #[test]
    fn the_name_is_typed_exactly_before_a_portal_is_deleted() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        for typed in ["", "sales", "Sales EU"] {
            let refusal = refused(world.drawbridge.portals().delete(portal.id, typed));
            assert_eq!(read(&refusal), ["the typed text is not Sales", "Enter Sales exactly as shown."]);
        }
        assert_eq!(world.keychain.items().len(), 1, "nothing was deleted");
    }

    #[test]
    fn a_local_portal_is_deleted_with_its_connection_and_the_secrets_of_both_sides() {
        for approve in [false, true] {
            let world = world();
            let (portal, credential) = world.portal_with("Sales", World::SECRET);
            let hub = world.hub("Hub");
            let request = world.submit(&hub, "Sales alias", &world.document(credential.id));
            if approve {
                world.drawbridge.requests().approve(request.id, "Sales alias").unwrap();
            }

            world.drawbridge.portals().delete(portal.id, "Sales").unwrap();

            assert!(world.repository.tables().requests.is_empty(), "a connection to nothing is none");
            for secret in [credential.secret().unwrap(), request.held().unwrap().secret] {
                assert_eq!(world.keychain.find(secret), None);
            }
        }
    }

    #[test]
    fn a_portal_with_a_rejected_request_can_be_deleted_and_the_request_stays_in_view() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let hub = world.hub("Hub");
        let request = world.submit(&hub, "Sales", &world.document(credential.id));
        world.drawbridge.requests().reject(request.id, "no").unwrap();
        world.drawbridge.portals().delete(portal.id, "Sales").unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.portal_name, None);
        assert_eq!(seen.request.alias, "Sales", "history is kept");
    }
}

mod own_hub {
    use super::*;

    fn assert_connected(world: &World, portal: PortalId) {
        let page = world.drawbridge.portals().get_page(portal).unwrap();
        let own = page.own_hub.expect("the hub of the subaccount");
        assert!(own.connected, "a portal and a hub of one subaccount are connected without anybody asking");
        let Applied::To { request, hub, alias, state, .. } = page.applied else { panic!("expected a connection") };
        assert_eq!((hub.as_str(), alias.as_str(), state.word()), ("Hub", "Sales", "approved"));
        let seen = world.drawbridge.requests().get(request).unwrap();
        assert_eq!(seen.request.submitted_by.name(), "Drawbridge", "nobody submitted it");
        assert!(seen.permits.reestablish.is_ok(), "its credentials can be replaced like any other's");
        let held = world.keychain.find(seen.request.held().unwrap().secret).unwrap();
        let own = world.keychain.find(page.credentials[0].credential.secret().unwrap()).unwrap();
        assert_eq!(held, own, "the hub holds the portal's credential");
        assert_ne!(
            seen.request.held().unwrap().secret,
            page.credentials[0].credential.secret().unwrap(),
            "as a copy of its own"
        );
        let phrases: Vec<AuditAction> = world.repository.events().iter().map(|event| event.action).collect();
        assert!(phrases.contains(&AuditAction::ConnectedAutomatically), "{phrases:?}");
    }

    #[test]
    fn a_portal_joins_the_hub_that_its_subaccount_has() {
        let world = world();
        world.drawbridge.hubs().create("Hub", "Sales-EU", crate::OWN_PAIR).unwrap();
        let created = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap();
        assert!(created.not_connected.is_none());
        assert_connected(&world, created.portal.id);
    }

    #[test]
    fn a_hub_takes_the_portal_that_its_subaccount_has() {
        let world = world();
        let created = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap();
        assert!(world.drawbridge.hubs().create("Hub", "SALES-EU", crate::OWN_PAIR).unwrap().not_connected.is_none());
        assert_connected(&world, created.portal.id);
    }

    #[test]
    fn the_automatic_connection_uses_the_credential_that_the_portal_has() {
        let world = world();
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let credential = world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
        world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap();
        assert_connected(&world, portal.id);
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(page.credentials.len(), 1);
        assert_eq!(page.credentials[0].credential, credential, "no second credential is made");
    }

    #[test]
    fn the_automatic_connection_does_not_hand_over_an_expired_credential() {
        let world = world();
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let expired = world.drawbridge.portals().generate_credentials(portal.id, World::CERTIFICATE).unwrap();
        world.clock.advance(TimeDelta::days(365));
        assert!(world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap().not_connected.is_none());
        assert_connected(&world, portal.id);
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        let [new, former] = page.credentials.as_slice() else { panic!("expected two credentials") };
        assert_eq!(days_left(&new.validity), Some(364), "a connection that works");
        assert!(matches!(new.credential.state, CredentialState::Current { .. }));
        assert_ne!(new.applied, Applied::Nowhere);
        assert_eq!(
            former.credential.state,
            CredentialState::Superseded { secret: expired.secret().unwrap(), at: new.credential.created_at }
        );
        assert_eq!(former.applied, Applied::Nowhere);
        let events = world.repository.events();
        let last: Vec<String> = events[events.len() - 2..].iter().map(line).collect();
        assert_eq!(
            last,
            [
                format!("Drawbridge | Credentials generated | Sales (local) | {}", new.credential.describe().for_log()),
                "Drawbridge | Connected automatically | Sales | Hub Hub (local), same subaccount sales-eu".to_owned(),
            ]
        );
    }

    #[test]
    fn the_automatic_connection_uses_a_credential_to_its_last_moment() {
        let world = world();
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let credential = world.drawbridge.portals().generate_credentials(portal.id, World::CERTIFICATE).unwrap();
        world.clock.advance(chain(&credential).not_after - world.clock.now() - TimeDelta::milliseconds(1));
        world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap();
        assert_connected(&world, portal.id);
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(page.credentials.len(), 1, "it is still valid");
    }

    #[test]
    fn a_portal_with_a_hub_of_its_own_can_join_no_other() {
        let world = world();
        world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap();
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let credential = world.drawbridge.portals().get_page(portal.id).unwrap().credentials.remove(0).credential;
        let document = world.document(credential.id);
        let other = world.hub("Other");
        let refusal = refused(world.drawbridge.requests().submit(other.id, "Sales", &document, "", true));
        assert_eq!(
            read(&refusal),
            [
                "the portal Sales belongs to the hub Hub in its own subaccount and can never join another one",
                "Use the hub Hub, or connect a portal of another subaccount."
            ]
        );
    }

    #[test]
    fn no_request_is_needed_in_the_hub_of_the_same_subaccount() {
        let world = world();
        let hub = world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap().hub;
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let credential = world.drawbridge.portals().get_page(portal.id).unwrap().credentials.remove(0).credential;
        let document = world.document(credential.id);
        let refusal = refused(world.drawbridge.requests().submit(hub.id, "Again", &document, "", true));
        assert_eq!(
            read(&refusal),
            [
                "the portal Sales is in the same subaccount as the hub Hub; such a pair is connected automatically",
                "No request is needed. If they are not connected yet, \
                 choose Connect Now on the Connection tab of the portal."
            ]
        );
    }

    #[test]
    fn where_the_keychain_is_locked_the_portal_is_created_and_connected_later() {
        let world = world();
        world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap();
        world.keychain.fail_always(SecretStoreError::Locked);
        let created = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap();
        let failure = created.not_connected.expect("no credential can be stored now");
        assert_eq!(failure.to_string(), "the keychain is locked");
        let page = world.drawbridge.portals().get_page(created.portal.id).unwrap();
        assert!(!page.own_hub.unwrap().connected, "the page offers to connect it");
        assert!(page.credentials.is_empty());

        world.keychain.recover();
        world.drawbridge.portals().connect_own_hub(created.portal.id).unwrap();
        assert_connected(&world, created.portal.id);
        let before = (world.repository.tables(), world.keychain.items());
        world.drawbridge.portals().connect_own_hub(created.portal.id).expect("another process may have connected them");
        assert_eq!((world.repository.tables(), world.keychain.items()), before);
    }

    #[test]
    fn a_portal_without_a_hub_in_its_subaccount_has_nothing_to_connect_to() {
        let world = world();
        let portal = world.portal("Sales");
        let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
        world.drawbridge.portals().connect_own_hub(portal.id).expect("nothing to do is no failure");
        let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
        assert_eq!(after, before, "where there is nothing to do nothing is done");
    }

    #[test]
    fn the_automatic_alias_steps_aside_where_it_is_taken() {
        let world = world();
        let hub = world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap().hub;
        world.submit(&hub, "SALES", &world.foreign_document("elsewhere", "a secret"));
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let Applied::To { alias, .. } = world.drawbridge.portals().get_page(portal.id).unwrap().applied else {
            panic!("expected a connection")
        };
        assert_eq!(alias, "Sales 2");
    }

    #[test]
    fn an_automatic_alias_is_never_longer_than_an_alias_can_be() {
        let world = world();
        let hub = world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap().hub;
        let name = "ü".repeat(80);
        let shortened = format!("{} 2", "ü".repeat(78));
        for (portal, alias) in [("one", &name), ("two", &shortened)] {
            world.submit(&hub, alias, &world.foreign_document(portal, "a secret"));
        }
        let created = world.drawbridge.portals().create(&name, "sales-eu", crate::OWN_PAIR).unwrap();
        assert!(created.not_connected.is_none(), "{:?}", created.not_connected);
        let Applied::To { alias, .. } = world.drawbridge.portals().get_page(created.portal.id).unwrap().applied else {
            panic!("expected a connection")
        };
        assert_eq!(alias, format!("{} 3", "ü".repeat(78)), "characters count, not bytes");
        assert_eq!(ConnectionRequest::parse_alias(&alias), Ok(alias.clone()), "an alias like any other");
    }

    #[test]
    fn a_full_hub_takes_not_even_the_portal_of_its_own_subaccount() {
        let world = world();
        let hub = world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap().hub;
        for portal in ["one", "two", "three"] {
            world.connect(&hub, portal, &world.foreign_document(portal, "a secret"));
        }
        let created = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap();
        let Some(Failure::Refused(refusal @ Refusal::HubFull { .. })) = created.not_connected else {
            panic!("expected the hub to be full")
        };
        assert_eq!(
            read(&refusal),
            [
                "the hub Hub has 3 connected portals already, which is the most a hub can have",
                "Use another hub. A connection cannot be removed to make room."
            ]
        );
    }

    #[test]
    fn a_portal_that_waits_for_another_hub_is_not_taken_away_from_it() {
        let world = world();
        let portal = world.drawbridge.portals().create("Sales", "sales-eu", crate::OWN_PAIR).unwrap().portal;
        let credential = world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
        let other = world.hub("Other");
        let request = world.submit(&other, "Sales", &world.document(credential.id));
        let created = world.drawbridge.hubs().create("Hub", "sales-eu", crate::OWN_PAIR).unwrap();
        let Some(Failure::Refused(refusal)) = created.not_connected else { panic!("expected a refusal") };
        assert_eq!(
            read(&refusal),
            [
                "this portal already has the pending request Sales in the hub Other",
                "Edit the credentials of that request, or have it rejected first."
            ]
        );
        // From now on the portal has a hub of its own, so the other one must not get it any more.
        let barred = refused(world.drawbridge.requests().approve(request.id, "Sales"));
        assert_eq!(
            barred.to_string(),
            "the portal Sales belongs to the hub Hub in its own subaccount and can never join another one"
        );
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.permits.approve, Err(barred), "the screen shows the same reason");

        world.drawbridge.requests().reject(request.id, "it has a hub of its own now").unwrap();
        world.drawbridge.portals().connect_own_hub(portal.id).unwrap();
        assert_connected(&world, portal.id);
    }
}

/// A list would say that the portal has no credentials, beside that it is connected.
#[test]
fn the_credentials_that_a_hub_uses_become_the_current_ones_when_the_newest_are_retired() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, first) = world.portal_with("Sales", World::SECRET);
    world.connect(&hub, "sales", &world.document(first.id));
    let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    world.drawbridge.service_instances().retire_credential(second.id, "").unwrap();
    let list = world.drawbridge.portals().list().unwrap();
    let current = list[0].current.as_ref().expect("the one in use is the current one");
    assert_eq!(current.credential.id, first.id);
    assert!(matches!(current.applied, Applied::To { .. }));
    let third = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    assert_ne!(third.id, first.id, "and is superseded as before");

    let (other, unused) = world.portal_with("Other", World::SECRET);
    let newer = world.drawbridge.portals().regenerate_credentials(other.id, World::SECRET).unwrap();
    world.drawbridge.service_instances().retire_credential(newer.id, "").unwrap();
    let page = world.drawbridge.portals().get_page(other.id).unwrap();
    let former = page.credentials.iter().find(|one| one.credential.id == unused.id).unwrap();
    assert!(!former.credential.is_current(), "nobody uses it");
}

#[test]
fn that_a_portal_is_connected_comes_with_what_its_last_test_found() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let health = || match world.drawbridge.portals().list().unwrap().remove(0).applied {
        Applied::To { health, .. } => health,
        Applied::Nowhere => panic!("expected a request"),
    };
    let request = world.submit(&hub, "sales", &world.document(credential.id));
    assert_eq!(health(), None, "there is no connection yet");
    world.drawbridge.requests().approve(request.id, "sales").unwrap();
    assert_eq!(health().map(|health| (health.outcome, health.checked_at)), Some((HealthOutcome::Unknown, None)));
    world.answer(&portal, &[]);
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    let tested = health().unwrap();
    assert_eq!(tested.outcome, HealthOutcome::Success);
    assert_eq!(tested.checked_at, Some(world.clock.now().trunc_subsecs(3)));
    let page = world.drawbridge.portals().get_page(portal.id).unwrap();
    for applied in [&page.applied, &page.credentials[0].applied] {
        assert!(matches!(applied, Applied::To { health: Some(seen), .. } if **seen == *tested), "{applied:?}");
    }
}
