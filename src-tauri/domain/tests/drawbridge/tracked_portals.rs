//! Portals in SAP: added by importing their credentials; everything but generating works as for our own.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    connection::RequestState,
    credential::{
        AccessFacts, Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, ImportedCredential,
        Lifetime, SecretItem, SecretItemState,
    },
    document::{GivenDocument, GivenLifetime},
    documents::{CertUrl, PortalUrl, TokenEndpoint},
    id::CredentialId,
    messages::Language,
    portal::{Applied, Endpoints, Portal, PortalCreated, PortalHome},
    ports::{Clock, SecretStoreError},
    refusal::{Failure, Refusal},
    settings::TokenServiceChange,
};
use fakes::{Effect, Fault, Leaf, World, certificate_document, secret_document, with_members, world};
use serde_json::json;

use crate::{days_left, last_line, line, read, refused};

const SECRET: &str = "f0re1gn+s3cret/of$a=portal";

/// When a client id says that it was generated: `sb-apiaccess_<epoch ms>!b…`.
fn dated_client_id(at: DateTime<Utc>) -> String {
    format!("sb-apiaccess_{}!b109482|api-portal-xsuaa!b11864", at.timestamp_millis())
}

/// The time of the tests, as the database keeps it.
fn now(world: &World) -> DateTime<Utc> {
    world.clock.now().trunc_subsecs(3)
}

fn imported(credential: &Credential) -> &ImportedCredential {
    match &credential.origin {
        CredentialOrigin::Imported(imported) => imported,
        CredentialOrigin::ServiceKey { .. } => panic!("{} was generated here", credential.client_id),
    }
}

/// A portal in SAP at `https://<name>.example.com`, with a client secret that lives as long as its service key.
fn add(world: &World, name: &str) -> (Portal, Credential) {
    add_with(world, name, &world.foreign_document(name, SECRET))
}

fn add_with(world: &World, name: &str, document: &str) -> (Portal, Credential) {
    let subaccount = format!("{name} subaccount");
    let added =
        world.drawbridge.portals().track(name, &subaccount, document, GivenLifetime::OfServiceKey, crate::OWN_PAIR);
    let portal = added.expect("a portal in SAP").portal;
    (portal.clone(), current(world, &portal))
}

fn current(world: &World, portal: &Portal) -> Credential {
    let credentials = world.repository.tables().credentials.into_values();
    let is_current = |credential: &Credential| matches!(credential.state, CredentialState::Current { .. });
    let mut current = credentials.filter(|credential| credential.portal_id == portal.id && is_current(credential));
    current.next().expect("current credentials")
}

/// Nothing was changed by what `act` does, and nothing was ever on its way into the keychain.
fn assert_unchanged<T>(world: &World, act: impl FnOnce() -> T) -> T {
    let state = || {
        let stored = world.keychain.ever_stored().len();
        (world.repository.tables(), world.keychain.items(), world.repository.events(), stored)
    };
    let before = state();
    let result = act();
    assert_eq!(state(), before, "a refusal changes nothing");
    result
}

/// The activity since that many entries.
fn lines_since(world: &World, events: usize) -> Vec<String> {
    world.repository.events()[events..].iter().map(line).collect()
}

mod adding {
    use super::*;

    #[test]
    fn a_portal_elsewhere_is_added_by_the_client_secret_that_it_generated() {
        let world = world();
        let events = world.repository.events().len();
        let document = world.foreign_document("sales", SECRET);
        let added = world.drawbridge.portals().track(
            " Sales (EU) ",
            " abroad ",
            &document,
            GivenLifetime::OfServiceKey,
            crate::OWN_PAIR,
        );
        let PortalCreated { portal, connected, not_connected } = added.unwrap();

        assert!(connected.is_none() && not_connected.is_none());
        assert_eq!((portal.name.as_str(), portal.subaccount.as_str()), ("Sales (EU)", "abroad"));
        assert_eq!(portal.slug, "sales-eu", "files are named like this");
        assert_eq!(portal.home, PortalHome::InSap { url: PortalUrl::from_stored("https://sales.example.com") });
        assert_eq!(portal.created_at, now(&world));

        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(page.addresses.url, "https://sales.example.com");
        assert_eq!(page.addresses.token_url.as_deref(), Some("https://sales.auth.example.com/oauth/token"));
        assert_eq!((page.addresses.cert_url, page.applied), (None, Applied::Nowhere));
        assert!(page.may_open.is_ok() && page.may_import.is_ok() && page.may_hand_over.is_ok());
        assert!(page.may_retire.is_ok() && page.may_delete.is_ok());
        let [only] = page.credentials.try_into().unwrap();
        let credential = only.credential;
        assert_eq!((days_left(&only.validity), only.applied), (None, Applied::Nowhere));
        assert_eq!(only.secret_label.unwrap(), "Drawbridge: client secret of sb-sales!b1 (portal Sales (EU))");
        assert_eq!(
            (credential.client_id.as_str(), &credential.kind),
            ("sb-sales!b1", &CredentialKind::ClientSecret(Lifetime::OfServiceKey))
        );
        assert_eq!(credential.created_at, now(&world), "when it was imported");
        assert_eq!(credential.created_by.name(), "Ada Admin");
        assert!(matches!(credential.state, CredentialState::Current { .. }), "{:?}", credential.state);
        assert_eq!(
            credential.origin,
            CredentialOrigin::Imported(ImportedCredential {
                url: PortalUrl::from_stored("https://sales.example.com"),
                token_url: TokenEndpoint::from_stored("https://sales.auth.example.com/oauth/token"),
                cert_url: None,
                extra: None,
            })
        );
        assert_eq!(world.keychain.find(credential.secret().unwrap()).unwrap(), SECRET.as_bytes());
        assert_eq!(
            lines_since(&world, events),
            [
                "Ada Admin | Portal added | Sales (EU) (in SAP) | https://sales.example.com, subaccount abroad",
                "Ada Admin | Credentials imported | Sales (EU) (in SAP) | sb-sales!b1, client secret",
            ]
        );
        assert_eq!(
            world.repository.tables().client_authority,
            None,
            "nobody here certifies what is generated elsewhere"
        );
        let listed = world.drawbridge.portals().list().unwrap();
        assert_eq!(listed[0].current.as_ref().unwrap().credential, credential, "it is listed like our own");
    }

    #[test]
    fn a_portal_elsewhere_is_added_by_its_certificate_which_names_its_own_end() {
        let world = world();
        let leaf = world.leaf(&dated_client_id(now(&world)));
        let (portal, credential) = add_with(&world, "Sales", &certificate_document("sales", &leaf));
        let CredentialKind::Certificate(chain) = &credential.kind else { panic!("expected a certificate") };
        assert_eq!(credential.client_id, leaf.client_id, "taken from the certificate's subject");
        assert_eq!(world.keychain.find(credential.secret().unwrap()).unwrap(), leaf.key_der);
        let label = &world.keychain.items()[&credential.secret().unwrap()].0;
        assert_eq!(label, &format!("Drawbridge: private key of {} (portal Sales)", leaf.client_id));
        let facts = portal.access_facts(&credential, &Endpoints::loopback());
        assert_eq!(
            facts,
            AccessFacts {
                url: PortalUrl::from_stored("https://sales.example.com"),
                token_url: TokenEndpoint::from_stored("https://sales.auth.example.com/oauth/token"),
                cert_url: Some(CertUrl::from_stored("https://sales.auth.cert.example.com")),
                client_id: leaf.client_id,
                kind: credential.kind.clone(),
            }
        );
        assert_eq!(chain.length, 1, "a root is not sent");
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(days_left(&page.credentials[0].validity), Some(364), "it ends at a whole second");
        assert_eq!(page.addresses.cert_url.as_deref(), Some("https://sales.auth.cert.example.com"));
        let expected = format!("certificate EC P-256, SHA-256 {}", chain.fingerprint);
        assert!(last_line(&world).ends_with(&expected), "{}", last_line(&world));
    }

    #[test]
    fn what_else_the_document_holds_is_kept_in_an_item_of_its_own() {
        let world = world();
        let extra = json!({ "orgId": "an-organisation", "zone": { "a": [1, true, null] } });
        let document = with_members(&world.foreign_document("sales", SECRET), &extra);
        let (portal, credential) = add_with(&world, "Sales", &document);
        let id = imported(&credential).extra.expect("an item of its own");
        assert_ne!(Some(id), credential.secret());
        let kept: serde_json::Value = serde_json::from_slice(&world.keychain.find(id).unwrap()).unwrap();
        assert_eq!(kept, extra, "as it stood there");
        let label = &world.keychain.items()[&id].0;
        assert_eq!(label, "Drawbridge: further members of the document of sb-sales!b1 (portal Sales)");
        assert_eq!(credential.secrets().len(), 2);
        let debugged = format!("{:?}", world.drawbridge.portals().get_page(portal.id).unwrap());
        assert!(!debugged.contains("an-organisation"), "nobody knows what an unknown key holds");
    }

    /// What is given, and what is refused about it.
    struct Refused {
        name: &'static str,
        subaccount: &'static str,
        document: String,
        lifetime: GivenLifetime,
        message: String,
        remedy: &'static str,
        field: Option<&'static str>,
    }

    const COPY_AGAIN: &str = "Copy the complete document from the API portal or the service key again.";

    /// Where `text` stands in a document of one line.
    fn place_of(document: &str, text: &str) -> String {
        format!("line 1, column {}", document.find(text).expect("it is there") + 1)
    }

    #[test]
    fn every_refusal_says_what_and_where_and_leaves_nothing_behind() {
        let world = world();
        let (_, own) = world.portal_with("Sales", World::CERTIFICATE);
        add(&world, "abroad");
        let own = world.document(own.id);
        let good = world.foreign_document("good", SECRET);
        let mixed = Leaf { key: world.leaf("other").key, ..world.leaf("mixed") };
        let mixed = certificate_document("good", &mixed);
        let empty = good.replace(SECRET, "");
        let two = json!({ "xsuaa": [
            { "name": "one", "credentials": serde_json::from_str::<serde_json::Value>(&good).unwrap() },
            { "name": "two", "credentials": serde_json::from_str::<serde_json::Value>(&good).unwrap() },
        ]})
        .to_string();
        let tomorrow = GivenLifetime::Generated(now(&world) + TimeDelta::days(1));
        let refused_with = |document: &str, lifetime, message: &str, remedy, field| Refused {
            name: "Good",
            subaccount: "good",
            document: document.into(),
            lifetime,
            message: message.into(),
            remedy,
            field: Some(field),
        };
        let document = |document: &str, message: &str, remedy| {
            refused_with(document, GivenLifetime::OfServiceKey, message, remedy, "API Portal Access Credentials")
        };
        let of_form = |name, subaccount, message: &str, remedy, field| Refused {
            name,
            subaccount,
            ..refused_with(&good, GivenLifetime::OfServiceKey, message, remedy, field)
        };
        for Refused { name, subaccount, document, lifetime, message, remedy, field } in [
            of_form(" ", "good", "enter a name", "", "Name"),
            of_form("Good", "", "enter a subaccount", "", "Subaccount"),
            of_form("SALES", "good", "the name SALES is in use already", "Choose another name.", "Name"),
            of_form("Abroad", "good", "the name Abroad is in use already", "Choose another name.", "Name"),
            of_form(
                "Good",
                "Abroad SUBACCOUNT",
                "the subaccount Abroad SUBACCOUNT has the API portal abroad already",
                "Use abroad, or another subaccount.",
                "Subaccount",
            ),
            document(
                &world.foreign_document("abroad", "other credentials").replace("https://ab", "HTTPS://AB"),
                "the portal at HTTPS://ABroad.example.com is here already: abroad",
                "Open that portal and import the credentials there.",
            ),
            Refused {
                field: None,
                ..document(
                    &own,
                    "the portal Sales is local; its credentials are generated here",
                    "Choose Generate Credentials or Regenerate Credentials.",
                )
            },
            document(
                "",
                "line 1, column 1: there is no document",
                "Paste the document that the API portal generated, or open its file.",
            ),
            document(
                "{\n  \"url\": \"https://a.example.com\"\n  \"tokenUrl\": \"https://a.example.com/oauth/token\"\n}",
                "line 2, column 33: this is not valid JSON: Expected comma",
                "Copy the document again, complete from { to }, or mend it at this place.",
            ),
            document(&empty, &format!("{}: \"clientSecret\" is empty", place_of(&empty, "\"\"")), COPY_AGAIN),
            document(
                r#"{"credential-type": "x509", "x509": {"key-length": 2048}}"#,
                "line 1, column 2: these are the parameters for creating a service key, not the credentials",
                "Create the service key with these parameters, then use the document that it shows.",
            ),
            document(&two, "this document holds 2 credentials", "Choose the ones you want to use."),
            document(
                &mixed,
                &format!("{}: \"key\" does not belong to \"certificate\"", place_of(&mixed, "\"-----BEGIN PRIVATE")),
                "Use certificate and key from the same document.",
            ),
            refused_with(
                &good,
                GivenLifetime::FromDocument,
                "the document does not say when these credentials were generated",
                "Enter the date of generation, or say that they come from a service key.",
                "Generated",
            ),
            refused_with(
                &good,
                tomorrow,
                "credentials cannot have been generated in the future",
                "Give the date on which the portal generated them.",
                "Generated",
            ),
        ] {
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.portals().track(name, subaccount, &document, lifetime, crate::OWN_PAIR))
            });
            assert_eq!(refusal.to_string(), message);
            assert_eq!(refusal.message().remedy(), remedy, "{message}");
            assert_eq!(refusal.field().map(|field| field.label(Language::English)), field, "{message}");
        }
        let added = world.drawbridge.portals().track("Good", "good", &good, GivenLifetime::Unknown, crate::OWN_PAIR);
        added.expect("nothing was in the way but what was refused");
    }

    #[test]
    fn whoever_may_not_add_portals_learns_that_before_anything_is_said_about_the_document() {
        let world = world();
        for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
            world.act_as(person);
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.portals().track(
                    "",
                    "",
                    "not a document",
                    GivenLifetime::FromDocument,
                    crate::OWN_PAIR,
                ))
            });
            assert_eq!(
                refusal.to_string(),
                format!("{} may not manage API portals: APIPortal.Administrator is missing", person.name)
            );
        }
        world.act_as(&world.paul);
        let document = world.foreign_document("sales", SECRET);
        world
            .drawbridge
            .portals()
            .track("Sales", "sales", &document, GivenLifetime::Unknown, crate::OWN_PAIR)
            .expect("his job");
    }

    #[test]
    fn what_this_installation_generated_is_no_portal_elsewhere_whatever_its_addresses_were() {
        let world = world();
        let documents = [("Sales", World::CERTIFICATE), ("Stock", World::SECRET)].map(|(name, kind)| {
            let (_, credential) = world.portal_with(name, kind);
            (name, world.document(credential.id))
        });
        let change = TokenServiceChange {
            enabled: true,
            address: "127.0.0.1".into(),
            host: "portals.example.com".into(),
            port: 30443,
            mutual_tls_port: 30444,
            confirmed: vec![],
        };
        world.drawbridge.settings().change_token_service(change).unwrap();
        for (name, document) in documents {
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.portals().track(
                    "Again",
                    "again",
                    &document,
                    GivenLifetime::Unknown,
                    crate::OWN_PAIR,
                ))
            });
            assert_eq!(refusal, Refusal::PortalLocal { portal: name.into() }, "one portal must not be there twice");
        }
    }

    #[test]
    fn of_several_credentials_the_chosen_ones_are_imported() {
        let world = world();
        let binding = |name: &str| {
            let credentials: serde_json::Value =
                serde_json::from_str(&world.foreign_document(name, &format!("{SECRET} of {name}"))).unwrap();
            json!({ "name": name, "credentials": credentials })
        };
        let document = json!({ "VCAP_SERVICES": { "apim": [binding("one"), binding("two"), binding("three")] } });
        let document = document.to_string();
        let given = |choice| GivenDocument { choice, ..GivenDocument::from(&document) };
        for choice in [None, Some(3), Some(usize::MAX)] {
            let add = || {
                world.drawbridge.portals().track(
                    "Two",
                    "two",
                    given(choice),
                    GivenLifetime::OfServiceKey,
                    crate::OWN_PAIR,
                )
            };
            let refusal = assert_unchanged(&world, || refused(add()));
            assert_eq!(read(&refusal), ["this document holds 3 credentials", "Choose the ones you want to use."]);
        }
        let added = world.drawbridge.portals().track(
            "Two",
            "two",
            given(Some(1)),
            GivenLifetime::OfServiceKey,
            crate::OWN_PAIR,
        );
        let portal = added.unwrap().portal;
        assert_eq!(portal.home, PortalHome::InSap { url: PortalUrl::from_stored("https://two.example.com") });
        let secret = current(&world, &portal).secret().unwrap();
        assert_eq!(world.keychain.find(secret).unwrap(), format!("{SECRET} of two").into_bytes());
        assert_eq!(world.keychain.items().len(), 1, "nothing of the other ones is kept");
    }

    #[test]
    fn the_url_of_the_portal_is_added_by_hand_where_the_document_does_not_carry_it() {
        let world = world();
        let document = json!({
            "clientid": "sb-binding!b1|xsuaa!b2",
            "clientsecret": SECRET,
            "url": "https://sales.authentication.example.com",
            "xsappname": "binding!b1",
        })
        .to_string();
        let given =
            |url: Option<&str>| GivenDocument { portal_url: url.map(str::to_owned), ..GivenDocument::from(&document) };
        let add = |url| {
            world.drawbridge.portals().track("Sales", "sales", given(url), GivenLifetime::FromDocument, crate::OWN_PAIR)
        };
        for (url, message) in [
            (None, format!("line 1, column {}: \"url\" is missing", document.len())),
            (Some("sales.example.com"), "\"url\" is not a complete URL".into()),
            (Some("http://sales.example.com"), "\"url\" does not begin with https://".into()),
            (Some("https://ada:pw@sales.example.com"), "\"url\" contains a user name or password".into()),
            (Some("https://sales.example.com?x=1"), "\"url\" contains a question mark or a number sign".into()),
            (Some(""), "\"url\" is empty".into()),
        ] {
            let refusal = assert_unchanged(&world, || refused(add(url)));
            assert_eq!(refusal.to_string(), message, "{url:?}");
            let label = if url.is_some() { "API Portal URL" } else { "API Portal Access Credentials" };
            assert_eq!(
                refusal.field().unwrap().label(Language::English),
                label,
                "{url:?}: where it has to be corrected"
            );
        }
        let broken = world.foreign_document("sales", SECRET).replace("https://sales.example.com", "sales");
        let refusal =
            refused(world.drawbridge.portals().track("S", "s", &broken, GivenLifetime::Unknown, crate::OWN_PAIR));
        assert!(refusal.to_string().ends_with("\"url\" is not a complete URL"), "{refusal}");
        assert_eq!(
            refusal.field().unwrap().label(Language::English),
            "API Portal Access Credentials",
            "it stands in the document"
        );
        let portal = add(Some(" https://sales.example.com/ ")).unwrap().portal;
        assert_eq!(portal.key(), "https://sales.example.com");
        let credential = current(&world, &portal);
        assert_eq!(
            imported(&credential).token_url,
            "https://sales.authentication.example.com/oauth/token",
            "the URL in the document is the token host"
        );
        assert_eq!(credential.kind.lifetime(), Some(Lifetime::OfServiceKey), "a service key tells that it is one");
    }

    #[test]
    fn a_url_beside_a_document_that_names_another_one_is_refused_and_another_spelling_of_the_same_is_not() {
        let world = world();
        let document = world.foreign_document("sales", SECRET);
        let beside = |url: &str| GivenDocument { portal_url: Some(url.to_owned()), ..GivenDocument::from(&document) };
        let add = |url| {
            world.drawbridge.portals().track("Sales", "sales", beside(url), GivenLifetime::Unknown, crate::OWN_PAIR)
        };
        let text = [
            "the document names another URL of the API portal than the one that was given beside it",
            "Leave out the URL beside it, or check that this is the right document.",
        ];
        let other = "https://support.example.com";
        let refusal = assert_unchanged(&world, || refused(add(other)));
        assert_eq!(read(&refusal), text, "nobody knows which of the two is meant");
        assert_eq!(refusal.field().unwrap().label(Language::English), "API Portal URL");
        let refusal = assert_unchanged(&world, || refused(add("sales.example.com")));
        assert_eq!(refusal.to_string(), "\"url\" is not a complete URL", "what cannot be compared is not passed over");
        let portal = add(" HTTPS://Sales.example.com:443/ ").unwrap().portal;
        assert_eq!(portal.home, PortalHome::InSap { url: PortalUrl::from_stored("https://sales.example.com") });

        let import =
            |url| world.drawbridge.portals().import_credentials(portal.id, beside(url), GivenLifetime::Unknown);
        assert_eq!(read(&assert_unchanged(&world, || refused(import(other)))), text);
        let hub = world.hub("Hub");
        let submit = |url| world.drawbridge.requests().submit(hub.id, "sales", beside(url), "", true);
        assert_eq!(read(&assert_unchanged(&world, || refused(submit(other)))), text);
        submit("https://sales.example.com/").unwrap();
    }

    #[test]
    fn a_portal_elsewhere_and_the_hub_of_its_subaccount_are_connected_at_once() {
        for hub_first in [true, false] {
            let world = world();
            let document =
                with_members(&world.foreign_document("sales", SECRET), &json!({ "orgId": "an-organisation" }));
            let create_hub = || world.drawbridge.hubs().create("Hub", "Shared", crate::OWN_PAIR).unwrap().not_connected;
            let add = || {
                let lifetime = GivenLifetime::OfServiceKey;
                world.drawbridge.portals().track("Sales", "shared", &document, lifetime, crate::OWN_PAIR).unwrap()
            };
            let added = if hub_first {
                assert!(create_hub().is_none());
                add()
            } else {
                let added = add();
                assert!(create_hub().is_none());
                added
            };
            assert!(added.not_connected.is_none(), "{:?}", added.not_connected);
            let portal = added.portal;
            let open = world.repository.find_open(&portal).expect("a connection");
            let RequestState::Approved { held, .. } = &open.state else { panic!("expected it to be approved") };
            let credential = current(&world, &portal);
            assert_eq!(held.facts, portal.access_facts(&credential, &Endpoints::loopback()));
            assert_ne!(Some(held.secret), credential.secret(), "the hub has a copy of its own");
            assert_eq!(world.keychain.find(held.secret).unwrap(), SECRET.as_bytes());
            assert_eq!(open.portal_key, "https://sales.example.com");
            assert_eq!(
                last_line(&world),
                "Drawbridge | Connected automatically | Sales | Hub Hub (local), same subaccount Shared"
            );
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            assert!(page.own_hub.is_some_and(|own| own.connected));
            assert!(matches!(&page.credentials[0].applied, Applied::To { hub, .. } if hub == "Hub"));
            assert_eq!(added.connected.as_deref(), hub_first.then_some("Hub"), "it is said what was done");
        }
    }

    #[test]
    fn a_portal_whose_automatic_connection_fails_is_added_all_the_same_and_can_be_connected_later() {
        let world = world();
        world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
        let document = world.foreign_document("sales", SECRET);
        // The portal's own secret comes first, the witness with it, then the hub's copy.
        world.keychain.fail_nth_put(2, SecretStoreError::Locked);
        let added = world
            .drawbridge
            .portals()
            .track("Sales", "shared", &document, GivenLifetime::Unknown, crate::OWN_PAIR)
            .unwrap();
        assert_eq!(added.not_connected.expect("a reason").to_string(), "the keychain is locked");
        let page = world.drawbridge.portals().get_page(added.portal.id).unwrap();
        assert_eq!(page.own_hub.map(|own| own.connected), Some(false));
        assert_eq!(world.keychain.items().len(), 1, "the credentials of the portal");

        world.drawbridge.portals().connect_own_hub(added.portal.id).unwrap();
        assert!(world.repository.find_open(&added.portal).is_some());
    }

    #[test]
    fn a_certificate_that_has_ended_is_recorded_and_counts_as_ended() {
        let world = world();
        let ended = world.leaf_of("ended", now(&world) - TimeDelta::days(365), now(&world) - TimeDelta::days(1));
        let document = certificate_document("sales", &ended);
        let (portal, credential) = add_with(&world, "sales", &document);
        assert_eq!(days_left(&credential.validity(now(&world))), Some(-1));
        let listed =
            world.drawbridge.overview().get_launchpad(&domain::overview::TokenServiceSeen::Well).unwrap().attention;
        assert!(!listed.is_empty(), "an admin who records it wants to see that it has ended");
        let hub = world.hub("Hub");
        let refusal = refused(world.drawbridge.requests().submit(hub.id, "sales", document.as_str(), "", true));
        assert!(
            refusal.to_string().contains("the certificate expired on 2026-02-28"),
            "no hub connects with it: {refusal}"
        );
        let again = refused(world.drawbridge.portals().import_credentials(
            portal.id,
            document.as_str(),
            GivenLifetime::Unknown,
        ));
        assert!(matches!(again, Refusal::SameImport { .. }), "{again}");
    }

    #[test]
    fn it_is_connected_with_expired_credentials_too_since_nobody_here_can_generate_others() {
        let world = world();
        let leaf = world.leaf("sb-sales!b1");
        let (portal, credential) = add_with(&world, "Sales", &certificate_document("sales", &leaf));
        world.clock.advance(TimeDelta::days(400));
        let created = world.drawbridge.hubs().create("Hub", portal.subaccount.as_str(), crate::OWN_PAIR).unwrap();
        assert!(created.not_connected.is_none(), "{:?}", created.not_connected);
        let open = world.repository.find_open(&portal).expect("a connection");
        assert_eq!(open.facts().kind, credential.kind);
        assert_eq!(world.repository.tables().credentials.len(), 1, "nothing is generated");
        let outcome = world.drawbridge.checks().test_request(open.id, &fakes::Watcher::default()).unwrap();
        let domain::connection_check::TestOutcome::Failed(finding) = outcome else { panic!("expected a failure") };
        assert_eq!(finding.code, "expired", "its health says what is to be done");
    }

    #[test]
    fn without_credentials_it_cannot_be_connected_and_says_where_they_come_from() {
        let world = world();
        let (portal, credential) = add(&world, "sales");
        world.drawbridge.service_instances().retire_credential(credential.id, "").unwrap();
        let hub = world.drawbridge.hubs().create("Hub", portal.subaccount.as_str(), crate::OWN_PAIR).unwrap();
        let Some(Failure::Refused(refusal)) = hub.not_connected else { panic!("expected a refusal") };
        assert_eq!(
            read(&refusal),
            [
                "the portal sales is in SAP, so it is not possible to generate credentials here",
                "Do it there, then import the new credentials here."
            ]
        );
        let document = world.foreign_document("sales", "another secret");
        world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown).unwrap();
        world.drawbridge.portals().connect_own_hub(portal.id).expect("as the remedy says");
    }

    #[test]
    fn a_request_that_was_submitted_before_is_linked_to_the_portal() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let pending = world.submit(&hub, "Waiting", &world.foreign_document("waiting", SECRET));
        let approved = world.submit(&hub, "Works", &world.foreign_document("works", SECRET));
        let past = world.submit(&hub, "Past", &world.foreign_document("past", SECRET));
        world.act_as(&world.ada);
        world.drawbridge.requests().approve(approved.id, "Works").unwrap();
        world.drawbridge.requests().reject(past.id, "no").unwrap();
        for (request, name) in [(&pending, "waiting"), (&approved, "works"), (&past, "past")] {
            let (portal, _) = add(&world, name);
            let seen = world.drawbridge.requests().get(request.id).unwrap();
            if name == "past" {
                assert_eq!(seen.portal_name, None, "what is over is left as it was");
                continue;
            }
            assert_eq!(seen.portal_name.as_deref(), Some(name), "the hub's page names the portal");
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            let Applied::To { request: of, alias, .. } = page.applied else { panic!("expected {name} to be in use") };
            assert_eq!((of, &alias), (request.id, &request.alias));
            assert_eq!(page.credentials[0].applied, page_applied(&world, &portal), "by these very credentials");
        }
        world.drawbridge.requests().approve(pending.id, "Waiting").expect("it is still the same request");
    }

    fn page_applied(world: &World, portal: &Portal) -> Applied {
        world.drawbridge.portals().get_page(portal.id).unwrap().applied
    }

    #[test]
    fn what_is_said_about_the_date_of_generation_counts_for_the_copy_of_a_hub_that_was_there_before() {
        let world = world();
        let hub = world.hub("Hub");
        let document = world.foreign_document("sales", SECRET);
        let request = world.connect(&hub, "Sales", &document);
        assert_eq!(request.facts().kind.lifetime(), Some(Lifetime::Unknown));
        let at = now(&world) - TimeDelta::days(100);
        world
            .drawbridge
            .portals()
            .track("Sales", "sales", &document, GivenLifetime::Generated(at), crate::OWN_PAIR)
            .unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.request.facts().kind.lifetime(), Some(Lifetime::Generated { at }));
        assert_eq!(days_left(&seen.validity), Some(265), "one credential has one end");

        let other = secret_document("sales", "sb-other!b1", "another secret");
        let portal = seen.request.portal_id.unwrap();
        world.drawbridge.portals().import_credentials(portal, &other, GivenLifetime::Unknown).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(days_left(&seen.validity), Some(265), "the hub has other credentials");
        world.drawbridge.requests().reestablish(request.id, &other).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(days_left(&seen.validity), None);
        let third = secret_document("sales", "sb-third!b1", "a third secret");
        world.drawbridge.requests().reestablish(request.id, &third).unwrap();
        world.drawbridge.portals().import_credentials(portal, &third, GivenLifetime::Generated(now(&world))).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(days_left(&seen.validity), Some(365), "the hub had them before the portal");
    }

    #[test]
    fn a_failure_at_any_step_of_adding_and_connecting_leaves_no_half_of_either() {
        let prepared = || {
            let world = world();
            world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
            let document = with_members(&world.foreign_document("sales", SECRET), &json!({ "orgId": "o" }));
            (world, document)
        };
        let add = |world: &World, document: &str| {
            world.drawbridge.portals().track("Sales", "shared", document, GivenLifetime::Unknown, crate::OWN_PAIR)
        };
        let (twin, document) = prepared();
        twin.faults.take_journal();
        add(&twin, &document).unwrap();
        let steps = twin.faults.take_journal();
        assert_eq!(
            steps,
            [
                "list",
                "commit row storing, row storing, row storing",
                "put",
                "put",
                "put",
                "commit row active, row active, row active, portal, credential, witness, record, record",
                "get",
                "get",
                "commit row storing",
                "put",
                "commit row active, request, health, record",
            ],
            "first the portal with all that it has, then the hub's copy"
        );
        for (step, what) in steps.iter().enumerate() {
            for fault in [
                Fault::FailOnce { step, effect: Effect::None },
                Fault::FailOnce { step, effect: Effect::Done },
                Fault::Killed { step, effect: Effect::None },
                Fault::Killed { step, effect: Effect::Done },
            ] {
                let when = format!("{fault:?} ({what})");
                let (world, document) = prepared();
                world.faults.plan(fault);
                let result = add(&world, &document);
                world.faults.take_journal();
                let killed = matches!(fault, Fault::Killed { .. });
                world.drawbridge.secrets().reconcile().unwrap();

                let mut tables = world.repository.tables();
                let in_use = tables.secrets_in_use();
                let mut items = world.keychain.items();
                let set_aside = |item: &SecretItem| matches!(item.state, SecretItemState::SetAside(_));
                items.retain(|id, _| !tables.secrets.get(id).is_some_and(set_aside));
                tables.secrets.retain(|_, item| !set_aside(item));
                assert_eq!(items.len(), in_use.len(), "{when}: an item for every secret in use, and no other");
                assert!(in_use.iter().all(|id| items.contains_key(id)), "{when}");
                assert_eq!(tables.secrets.len(), in_use.len(), "{when}: and a row");
                if tables.portals.is_empty() {
                    assert!(tables.credentials.is_empty() && tables.requests.is_empty(), "{when}");
                    assert!(result.is_err() || killed, "{when}: it is not said to be there");
                    add(&world, &document).expect("what failed once can be done again");
                } else {
                    assert!(result.is_ok() || killed, "{when}: nothing is there that is said to have failed");
                }
                let portal = world.drawbridge.portals().list().unwrap().remove(0).portal;
                let open = world.repository.find_open(&portal).unwrap_or_else(|| panic!("{when}: no connection"));
                let held = open.held().expect("a copy").secret;
                assert_eq!(world.keychain.find(held).unwrap(), SECRET.as_bytes(), "{when}");
                assert!(imported(&current(&world, &portal)).extra.is_some(), "{when}");
                assert_eq!(
                    world.repository.tables().secrets_in_use().len(),
                    3,
                    "{when}: secret, further members, the hub's copy"
                );
            }
        }
    }
}

mod validity {
    use super::*;

    /// The end by the rules of validity, as the portal's page and the list of requests show it.
    fn end_of(world: &World, document: &str, lifetime: GivenLifetime) -> (Option<Lifetime>, Option<i64>) {
        let portal =
            world.drawbridge.portals().track("Sales", "sales", document, lifetime, crate::OWN_PAIR).unwrap().portal;
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        let days = days_left(&page.credentials[0].validity);
        let listed = world.drawbridge.portals().list().unwrap();
        assert_eq!(days_left(&listed[0].current.as_ref().unwrap().validity), days);
        let request = world.submit(&world.hub("Hub"), "Sales", document);
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        let lifetime = page.credentials[0].credential.kind.lifetime();
        assert_eq!(
            (seen.request.facts().kind.lifetime(), days_left(&seen.validity)),
            (lifetime, days),
            "the hub has the same credentials"
        );
        (lifetime, days)
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn credentials_of_february_2024_and_later_last_for_365_days_and_older_ones_for_65() {
        // From 2026-03-01 09:30 back to 2024-03-01 09:30.
        let back = TimeDelta::days(730);
        for (generated, days) in [
            ("2024-02-01T00:00:00Z", 335),
            ("2024-01-31T23:59:59.999Z", 35),
            ("2024-03-01T09:30:00Z", 364),
            ("2023-12-27T09:30:01Z", 0),
            ("2023-12-27T09:30:00Z", 0),
            ("2023-12-26T09:30:00Z", -1),
        ] {
            let world = world();
            world.clock.advance(-back);
            let document = world.foreign_document("sales", SECRET);
            let generated = at(generated);
            let seen = end_of(&world, &document, GivenLifetime::Generated(generated));
            assert_eq!(seen, (Some(Lifetime::Generated { at: generated }), Some(days)), "generated {generated}");

            // The same by what the client id tells.
            let world = fakes::world();
            world.clock.advance(-back);
            let document = secret_document("sales", &dated_client_id(generated), SECRET);
            let seen = end_of(&world, &document, GivenLifetime::FromDocument);
            assert_eq!(seen, (Some(Lifetime::Guessed { at: generated }), Some(days)), "client id of {generated}");
        }
    }

    /// Nobody has said it, and the secret of a service key with such a client id does not end at all.
    #[test]
    fn a_date_that_only_the_client_id_tells_is_probable_and_asked_for_and_can_be_corrected() {
        let world = world();
        let generated = now(&world) - TimeDelta::days(355);
        let document = secret_document("sales", &dated_client_id(generated), SECRET);
        let seen = world.inspect(&document);
        assert!(seen.asks_lifetime, "it may be the secret of a service key");
        assert_eq!(seen.validity.message().for_log(), "probably 10 days left");
        let added = world.drawbridge.portals().track("Sales", "sales", &document, GivenLifetime::FromDocument, &[]);
        let portal = added.unwrap().portal;
        let validity = || world.drawbridge.portals().list().unwrap().remove(0).current.unwrap().validity;
        assert_eq!(validity().message().for_log(), "probably 10 days left");
        let why = validity().why().for_log();
        assert!(why.contains("a client secret of a service key does not expire by itself"), "{why}");
        let id = current(&world, &portal).id;
        world.drawbridge.portals().set_lifetime(id, GivenLifetime::Generated(generated)).unwrap();
        assert_eq!(validity().message().for_log(), "10 days left", "somebody has confirmed it");
        world.drawbridge.portals().set_lifetime(id, GivenLifetime::OfServiceKey).unwrap();
        assert_eq!(validity().message().for_log(), "no expiry");
    }

    #[test]
    fn today_is_no_future_in_whatever_time_zone_it_is_today() {
        let world = world();
        let (_, credential) = add(&world, "sales");
        world.clock.advance(TimeDelta::hours(1));
        let set = |day: &str| world.drawbridge.portals().set_lifetime(credential.id, GivenLifetime::Generated(at(day)));
        let today_in_kiritimati = set("2026-03-02T00:00:00Z").expect("there it is half past midnight");
        assert_eq!(today_in_kiritimati.kind.lifetime(), Some(Lifetime::Generated { at: at("2026-03-02T00:00:00Z") }));
        let refusal = refused(set("2026-03-03T00:00:00Z"));
        assert_eq!(refusal.to_string(), "credentials cannot have been generated in the future");
    }

    #[test]
    fn it_counts_from_the_generation_and_not_from_the_import() {
        let world = world();
        let generated = now(&world);
        let document = secret_document("sales", &dated_client_id(generated), SECRET);
        world.clock.advance(TimeDelta::days(300));
        let (_, days) = end_of(&world, &document, GivenLifetime::FromDocument);
        assert_eq!(days, Some(65));
        world.clock.advance(TimeDelta::days(65));
        let portal = world.drawbridge.portals().list().unwrap().remove(0);
        assert_eq!(days_left(&portal.current.unwrap().validity), Some(0));
    }

    #[test]
    fn what_a_person_says_outranks_the_hint_and_the_certificate_outranks_both() {
        let hinted = |world: &World| secret_document("sales", &dated_client_id(now(world)), SECRET);
        let certified = |world: &World| {
            let end = now(world) + TimeDelta::days(7);
            certificate_document("sales", &world.leaf_of(&dated_client_id(now(world)), now(world), end))
        };
        let plain = |world: &World| world.foreign_document("sales", SECRET);
        let of_key = |world: &World| {
            with_members(&world.foreign_document("sales", SECRET), &json!({ "developerId": "a-developer" }))
        };
        type Document = fn(&World) -> String;
        type Given = fn(DateTime<Utc>) -> GivenLifetime;
        let earlier = |world: &World| now(world) - TimeDelta::days(360);
        let cases: [(&str, Document, Given, Option<i64>); 9] = [
            ("a hint", hinted, |_| GivenLifetime::FromDocument, Some(365)),
            ("a date outranks the hint", hinted, GivenLifetime::Generated, Some(5)),
            ("a service key has no end of its own", hinted, |_| GivenLifetime::OfServiceKey, None),
            ("nobody knows", hinted, |_| GivenLifetime::Unknown, None),
            ("a date", plain, GivenLifetime::Generated, Some(5)),
            ("nobody knows", plain, |_| GivenLifetime::Unknown, None),
            ("the shape tells that it is a service key", of_key, |_| GivenLifetime::FromDocument, None),
            ("the certificate names its end", certified, |_| GivenLifetime::FromDocument, Some(6)),
            ("whatever anybody says", certified, GivenLifetime::Generated, Some(6)),
        ];
        for (what, document, lifetime, days) in cases {
            let world = world();
            let seen = end_of(&world, &document(&world), lifetime(earlier(&world)));
            assert_eq!(seen.1, days, "{what}: {:?}", seen.0);
        }
    }

    #[test]
    fn a_client_id_whose_time_cannot_be_gives_no_hint() {
        let world = world();
        for client_id in [
            "sb-apiaccess_9999999999999!b1|x".to_owned(),
            "sb-apiaccess_1705298659201".to_owned(),
            "sb-apiaccess_170529865920x!b1|x".to_owned(),
            dated_client_id(now(&world) + TimeDelta::days(2)),
        ] {
            let document = secret_document("sales", &client_id, SECRET);
            let seen = world.inspect(&document);
            assert_eq!(
                (seen.asks_lifetime, seen.facts.kind.lifetime()),
                (true, Some(Lifetime::Unknown)),
                "{client_id}"
            );
            let refusal = refused(world.drawbridge.portals().track(
                "S",
                "s",
                &document,
                GivenLifetime::FromDocument,
                crate::OWN_PAIR,
            ));
            assert_eq!(refusal, Refusal::LifetimeNeeded, "{client_id}");
        }
    }
}

mod what_is_not_possible {
    use super::*;

    #[test]
    fn what_the_portal_owns_is_done_there() {
        let world = world();
        let (portal, _) = add(&world, "sales");
        let id = portal.id;
        let drawbridge = &world.drawbridge;
        let openapi = "openapi: 3.0.0\ninfo: {title: Orders, version: '1'}";
        let role = domain::portal::ServiceRole::Administrator;
        let page = drawbridge.portals().get_page(id).unwrap();
        let instances = drawbridge.service_instances().list(id).unwrap();
        let apis = drawbridge.apis().list(id).unwrap();
        assert!(instances.instances.is_empty() && apis.proxies.is_empty());
        let import = "Do it there, then import the new credentials here.";
        for (refusal, phrase, remedy) in [
            (refused(drawbridge.portals().generate_credentials(id, World::SECRET)), "generate credentials", import),
            (
                refused(drawbridge.portals().generate_credentials(id, World::CERTIFICATE)),
                "generate credentials",
                import,
            ),
            (refused(drawbridge.portals().regenerate_credentials(id, World::SECRET)), "generate credentials", import),
            (page.may_generate.unwrap_err(), "generate credentials", import),
            (
                refused(drawbridge.service_instances().create(id, "by hand", role)),
                "manage service instances and keys",
                import,
            ),
            (instances.may_manage.unwrap_err(), "manage service instances and keys", import),
            (refused(drawbridge.apis().may_import(id)), "manage the APIs of a portal", "Do it there."),
            (refused(drawbridge.apis().import(id, openapi)), "manage the APIs of a portal", "Do it there."),
            (apis.may_manage.unwrap_err(), "manage the APIs of a portal", "Do it there."),
        ] {
            assert_eq!(
                read(&refusal),
                [format!("the portal sales is in SAP, so it is not possible to {phrase} here"), remedy.into()]
            );
        }
        let before = world.repository.tables();
        let _refused = drawbridge.portals().generate_credentials(id, World::SECRET);
        assert_eq!(world.repository.tables(), before);
    }

    #[test]
    fn what_lives_here_takes_no_imports() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let document = world.document(credential.id);
        let expected = [
            "the portal Sales is local; its credentials are generated here",
            "Choose Generate Credentials or Regenerate Credentials.",
        ];
        let import =
            |document: &str| world.drawbridge.portals().import_credentials(portal.id, document, GivenLifetime::Unknown);
        for document in [document.as_str(), &world.foreign_document("sales", SECRET), "not a document"] {
            assert_eq!(read(&assert_unchanged(&world, || refused(import(document)))), expected);
        }
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(read(&page.may_import.unwrap_err()), expected);
    }

    #[test]
    fn the_token_service_knows_nothing_of_what_was_imported() {
        use domain::token_service::ClientRegistry;
        let world = world();
        assert!(!world.drawbridge.token_service().plan().unwrap().wanted);
        let (portal, credential) = add(&world, "sales");
        let leaf = world.leaf("sb-stock!b1");
        let (certified, by_certificate) = add_with(&world, "Stock", &certificate_document("stock", &leaf));
        assert!(!world.drawbridge.token_service().plan().unwrap().wanted, "there is nothing that it could serve");
        for (portal, credential) in [(&portal, &credential), (&certified, &by_certificate)] {
            let client = world.drawbridge.find_client(&portal.slug, &credential.client_id).unwrap();
            assert_eq!(client.map(|client| client.client_id.clone()), None);
            assert!(world.drawbridge.find_api_proxies(&portal.slug).unwrap().is_none(), "its APIs are elsewhere");
        }
        let own = world.portal("Own");
        assert!(world.drawbridge.token_service().plan().unwrap().wanted);
        let own_credential = world.drawbridge.portals().generate_credentials(own.id, World::SECRET).unwrap();
        for (slug, client_id) in [(&portal.slug, &own_credential.client_id), (&own.slug, &credential.client_id)] {
            assert!(world.drawbridge.find_client(slug, client_id).unwrap().is_none(), "{client_id} at {slug}");
        }
        assert!(world.drawbridge.find_client(&own.slug, &own_credential.client_id).unwrap().is_some());
        world.drawbridge.portals().delete(own.id, "Own").unwrap();
        assert!(!world.drawbridge.token_service().plan().unwrap().wanted, "the last one that lived here is gone");
    }

    #[test]
    fn other_addresses_of_the_token_service_concern_no_portal_elsewhere() {
        let world = world();
        let document = world.foreign_document("sales", SECRET);
        add_with(&world, "sales", &document);
        world.connect(&world.hub("Hub"), "Sales", &document);
        let change = TokenServiceChange {
            enabled: true,
            address: "127.0.0.1".into(),
            host: "portals.example.com".into(),
            port: 30443,
            mutual_tls_port: 30444,
            confirmed: vec![],
        };
        world.drawbridge.settings().change_token_service(change).expect("nobody has to be asked");
        let page = world.drawbridge.portals().list().unwrap();
        assert!(matches!(page[0].applied, Applied::To { .. }));
    }

    #[test]
    fn a_token_service_that_starts_or_stops_demands_no_test_of_a_portal_elsewhere() {
        let world = world();
        let hub = world.hub("Hub");
        let document = world.foreign_document("sales", SECRET);
        add_with(&world, "sales", &document);
        let elsewhere = world.connect(&hub, "Sales", &document);
        let (_, own) = world.portal_with("Own", World::SECRET);
        let own = world.connect(&hub, "Own", &world.document(own.id));
        let settled = |world: &World| {
            world.connector.answer("https://sales.example.com", &[]);
            world.connector.answer("https://localhost:28443/own", &[]);
            world.drawbridge.checks().check_due(world.clock.now(), &fakes::Watcher::default()).unwrap();
        };
        settled(&world);
        world.drawbridge.connections().demand_checks_of_own_portals().unwrap();
        let due = |id| world.repository.tables().health[&id].due;
        assert_eq!((due(own.id), due(elsewhere.id)), (true, false), "the other one needs no token service of ours");
    }
}

mod importing {
    use super::*;

    #[test]
    fn further_credentials_supersede_the_former_ones_which_stay_until_they_are_retired() {
        let world = world();
        let extra = json!({ "orgId": "an-organisation" });
        let (portal, first) =
            add_with(&world, "sales", &with_members(&world.foreign_document("sales", SECRET), &extra));
        let request = world.connect(&world.hub("Hub"), "Sales", &world.document(first.id));
        world.clock.advance(TimeDelta::days(1));
        let leaf = world.leaf("sb-sales!b2");
        let document = with_members(&certificate_document("sales", &leaf), &extra);
        let second =
            world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::FromDocument).unwrap();

        assert_eq!(
            last_line(&world),
            format!("Ada Admin | Credentials imported | sales (in SAP) | {}", second.describe().for_log()),
            "with the fingerprint, never with what it is the fingerprint of"
        );
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        let states: Vec<_> = page.credentials.iter().map(|row| row.credential.state.clone()).collect();
        assert!(matches!(
            states.as_slice(),
            [CredentialState::Current { .. }, CredentialState::Superseded { at, .. }] if *at == second.created_at
        ));
        let applied = |world: &World| {
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            page.credentials.iter().map(|row| row.applied != Applied::Nowhere).collect::<Vec<_>>()
        };
        assert_eq!(applied(&world), [false, true], "imported, but not yet applied");

        world.drawbridge.requests().reestablish(request.id, &world.document(second.id)).unwrap();
        assert_eq!(applied(&world), [true, false]);
        let former = world.repository.tables().credentials[&first.id].secrets();
        assert_eq!(former.len(), 2, "secret and further members");
        world.drawbridge.service_instances().retire_credential(first.id, "").expect("nothing uses it any more");
        for id in former {
            assert_eq!(world.keychain.find(id), None, "both items are gone");
        }
        let retired = &world.repository.tables().credentials[&first.id];
        assert_eq!(retired.state, CredentialState::Retired { at: now(&world), end: CredentialEnd::KeyDeleted });
        assert_eq!(imported(retired).extra, None);
        assert_eq!(
            last_line(&world),
            "Ada Admin | Credentials removed from Drawbridge | sales (in SAP) | sb-sales!b1, client secret"
        );
        assert_eq!(world.keychain.items().len(), 3, "secret, further members, and the hub's copy");
    }

    #[test]
    fn what_is_retired_here_is_only_forgotten_and_breaks_no_connection() {
        let world = world();
        let (portal, credential) = add(&world, "sales");
        let request = world.connect(&world.hub("Hub"), "Sales", &world.document(credential.id));
        world.connector.answer("https://sales.example.com", &[]);
        world.drawbridge.checks().test_request(request.id, &fakes::Watcher::default()).unwrap();
        world
            .drawbridge
            .service_instances()
            .retire_credential(credential.id, "")
            .expect("nobody has to type an alias: nothing breaks");
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!(page.credentials[0].applied, page.applied, "the hub still has them");
        let Applied::To { health, .. } = page.applied else { panic!("the portal is still connected") };
        assert_eq!(health.unwrap().outcome, domain::connection_check::HealthOutcome::Success, "and they still work");
        let held = request.held().unwrap().secret;
        assert_eq!(world.keychain.find(held).unwrap(), SECRET.as_bytes(), "the hub's copy stays");
        let outcome = world.drawbridge.checks().test_request(request.id, &fakes::Watcher::default()).unwrap();
        assert_eq!(
            outcome,
            domain::connection_check::TestOutcome::Passed(vec![]),
            "and the portal in SAP still honours it"
        );
        assert_eq!(
            world.repository.tables().health[&request.id].outcome,
            domain::connection_check::HealthOutcome::Success
        );
    }

    #[test]
    fn one_client_id_may_have_another_secret() {
        let world = world();
        let (portal, first) = add(&world, "sales");
        world.clock.advance(TimeDelta::days(1));
        let document = world.foreign_document("sales", "another secret");
        let second =
            world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown).unwrap();
        assert_eq!(first.client_id, second.client_id, "a tenant gives the client another secret under its id");
        assert_eq!(world.keychain.find(second.secret().unwrap()).unwrap(), b"another secret");
        assert_eq!(world.keychain.find(first.secret().unwrap()).unwrap(), SECRET.as_bytes());
        let moved = document.replace("sales.auth.", "sales.authentication.");
        let third = world.drawbridge.portals().import_credentials(portal.id, &moved, GivenLifetime::Unknown).unwrap();
        assert_eq!(
            imported(&third).token_url,
            "https://sales.authentication.example.com/oauth/token",
            "the same secret at another token endpoint is another document"
        );
    }

    #[test]
    fn every_refusal_says_what_and_leaves_nothing_behind() {
        let world = world();
        let leaf = world.leaf("sb-stock!b1");
        let (sales, _) = add(&world, "sales");
        let (stock, _) = add_with(&world, "Stock", &certificate_document("stock", &leaf));
        let same = "Generate new ones in the portal, then import those.";
        let other = "Import them in the portal that they belong to, or add that portal.";
        for (portal, document, lifetime, message, remedy) in [
            (
                &sales,
                world.foreign_document("sales", SECRET),
                GivenLifetime::Unknown,
                "the portal sales has these credentials already",
                same,
            ),
            (
                &sales,
                world
                    .foreign_document("sales", SECRET)
                    .replace("https://sales.example.com", "HTTPS://SALES.example.com:443/"),
                GivenLifetime::Unknown,
                "the portal sales has these credentials already",
                same,
            ),
            (
                &stock,
                certificate_document("stock", &leaf),
                GivenLifetime::FromDocument,
                "the portal Stock has these credentials already",
                same,
            ),
            (
                &sales,
                world.foreign_document("finance", SECRET),
                GivenLifetime::Unknown,
                "these credentials lead to https://finance.example.com, not to the portal sales",
                other,
            ),
            (
                &sales,
                certificate_document("stock", &leaf),
                GivenLifetime::Unknown,
                "these credentials lead to https://stock.example.com, not to the portal sales",
                other,
            ),
            (
                &sales,
                world.foreign_document("sales", "another secret"),
                GivenLifetime::FromDocument,
                "the document does not say when these credentials were generated",
                "Enter the date of generation, or say that they come from a service key.",
            ),
            (
                &sales,
                world.foreign_document("sales", "another secret"),
                GivenLifetime::Generated(now(&world) + TimeDelta::hours(14) + TimeDelta::milliseconds(1)),
                "credentials cannot have been generated in the future",
                "Give the date on which the portal generated them.",
            ),
            (
                &sales,
                "{}".into(),
                GivenLifetime::Unknown,
                "line 1, column 1: there are no credentials in this document",
                "Drawbridge expects, for example, url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, \
                 certificate and key. Copy the whole document from the API portal or the service key.",
            ),
        ] {
            let import = || world.drawbridge.portals().import_credentials(portal.id, &document, lifetime);
            let refusal = assert_unchanged(&world, || refused(import()));
            assert_eq!(read(&refusal), [message, remedy]);
        }
        for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
            world.act_as(person);
            let import =
                || world.drawbridge.portals().import_credentials(sales.id, "not a document", GivenLifetime::Unknown);
            let refusal = assert_unchanged(&world, || refused(import()));
            let expected = format!("{} may not import credentials: APIPortal.Administrator is missing", person.name);
            assert_eq!(refusal.to_string(), expected);
        }
    }

    #[test]
    fn what_is_superseded_is_still_there_and_cannot_be_imported_a_second_time() {
        let world = world();
        let leaf = world.leaf("sb-sales!b2");
        let first = world.foreign_document("sales", SECRET);
        let second = certificate_document("sales", &leaf);
        let (portal, superseded) = add_with(&world, "sales", &first);
        world.drawbridge.portals().import_credentials(portal.id, &second, GivenLifetime::Unknown).unwrap();
        let third = world.foreign_document("sales", "another secret");
        world.drawbridge.portals().import_credentials(portal.id, &third, GivenLifetime::Unknown).unwrap();
        for document in [&first, &second, &third] {
            let import = || world.drawbridge.portals().import_credentials(portal.id, document, GivenLifetime::Unknown);
            let refusal = assert_unchanged(&world, || refused(import()));
            assert_eq!(refusal.to_string(), "the portal sales has these credentials already");
        }
        world.drawbridge.service_instances().retire_credential(superseded.id, "").unwrap();
        let again = world.drawbridge.portals().import_credentials(portal.id, &first, GivenLifetime::Unknown);
        again.expect("what was retired is not there any more");
    }

    #[test]
    fn what_somebody_deleted_from_the_keychain_can_be_imported_again() {
        let world = world();
        let (portal, credential) = add(&world, "sales");
        world.keychain.lose(credential.secret().unwrap());
        let document = world.foreign_document("sales", SECRET);
        let again =
            world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown).unwrap();
        assert_eq!(world.keychain.find(again.secret().unwrap()).unwrap(), SECRET.as_bytes());
    }

    #[test]
    fn a_locked_keychain_does_not_let_the_same_credentials_in_twice() {
        let world = world();
        let (portal, _) = add(&world, "sales");
        world.keychain.fail_always(SecretStoreError::Locked);
        let document = world.foreign_document("sales", SECRET);
        let failure =
            world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown).unwrap_err();
        assert_eq!(failure.to_string(), "the keychain is locked", "whether they are the same cannot be told");
        world.keychain.recover();
        assert_eq!(world.repository.tables().credentials.len(), 1);
    }

    #[test]
    fn after_all_are_retired_others_can_be_imported_and_the_portal_can_be_forgotten() {
        let world = world();
        let (portal, first) = add(&world, "sales");
        world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert_eq!((page.addresses.token_url, page.addresses.cert_url), (None, None), "nobody knows them any more");
        let refusal = refused(world.drawbridge.service_instances().retire_credential(first.id, ""));
        assert_eq!(refusal.to_string(), "the credentials sb-sales!b1 are no longer kept; their secret is deleted");
        let extra = with_members(&world.foreign_document("sales", SECRET), &json!({ "orgId": "o" }));
        world
            .drawbridge
            .portals()
            .import_credentials(portal.id, &extra, GivenLifetime::Unknown)
            .expect("the same ones again");

        world.drawbridge.portals().forget(portal.id).unwrap();
        assert!(world.keychain.items().is_empty(), "with the further members");
        let tables = world.repository.tables();
        assert!(tables.portals.is_empty() && tables.credentials.is_empty() && tables.secrets.is_empty());
        assert_eq!(
            last_line(&world),
            "Ada Admin | Portal in SAP forgotten | sales (in SAP) | Subaccount sales subaccount"
        );
        add(&world, "sales");
    }

    #[test]
    fn a_forgotten_portal_leaves_its_requests_and_a_new_one_finds_the_open_one() {
        let world = world();
        let hub = world.hub("Hub");
        let (portal, credential) = add(&world, "sales");
        let request = world.submit(&hub, "Sales", &world.document(credential.id));
        assert_eq!(request.portal_id, Some(portal.id));
        world.drawbridge.portals().forget(portal.id).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.request.portal_id, None, "the hub keeps its request, with a copy of its own");
        let (portal, _) = add(&world, "sales");
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.request.portal_id, Some(portal.id));
    }
}

mod date_of_generation {
    use super::*;

    #[test]
    fn what_somebody_says_about_the_date_counts_here_and_in_the_hub_that_has_a_copy() {
        let world = world();
        let (portal, credential) = add(&world, "sales");
        let request = world.connect(&world.hub("Hub"), "Sales", &world.document(credential.id));
        let both = || {
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            let seen = world.drawbridge.requests().get(request.id).unwrap();
            assert_eq!(seen.request.state.clone(), world.repository.tables().requests[&request.id].state);
            [days_left(&page.credentials[0].validity), days_left(&seen.validity)]
        };
        assert_eq!(both(), [None, None]);
        let at = now(&world) - TimeDelta::days(364);
        for (lifetime, days, detail) in [
            (GivenLifetime::Generated(at), Some(1), ", valid until 2026-03-02"),
            (GivenLifetime::Unknown, None, ""),
            (GivenLifetime::Generated(now(&world)), Some(365), ", valid until 2027-03-01"),
            (GivenLifetime::OfServiceKey, None, ""),
        ] {
            let set = world.drawbridge.portals().set_lifetime(credential.id, lifetime).unwrap();
            assert_eq!(both(), [days, days], "{lifetime:?}");
            assert_eq!(current(&world, &portal), set);
            let expected =
                format!("Ada Admin | Date of generation set | sales (in SAP) | sb-sales!b1, client secret{detail}");
            assert_eq!(last_line(&world), expected);
        }
        let unknown = Credential { kind: CredentialKind::ClientSecret(Lifetime::OfServiceKey), ..credential };
        assert_eq!(current(&world, &portal), unknown, "nothing but the lifetime has changed");
    }

    #[test]
    fn a_hub_that_has_other_credentials_keeps_their_end() {
        let world = world();
        let (portal, first) = add(&world, "sales");
        let request = world.connect(&world.hub("Hub"), "Sales", &world.document(first.id));
        let document = secret_document("sales", "sb-other!b1", "another secret");
        let second =
            world.drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown).unwrap();
        world.drawbridge.portals().set_lifetime(second.id, GivenLifetime::Generated(now(&world))).unwrap();
        assert_eq!(days_left(&world.drawbridge.requests().get(request.id).unwrap().validity), None);
        world.drawbridge.portals().set_lifetime(first.id, GivenLifetime::Generated(now(&world))).unwrap();
        assert_eq!(days_left(&world.drawbridge.requests().get(request.id).unwrap().validity), Some(365));
    }

    #[test]
    fn every_refusal_says_what_and_changes_nothing() {
        let world = world();
        let (_, plain) = add(&world, "sales");
        let hinted = secret_document("hinted", &dated_client_id(now(&world)), SECRET);
        let (_, hinted) = add_with(&world, "Hinted", &hinted);
        let leaf = world.leaf("sb-stock!b1");
        let (_, certified) = add_with(&world, "Stock", &certificate_document("stock", &leaf));
        let (_, own) = world.portal_with("Own", World::SECRET);
        let (_, retired) = add(&world, "past");
        world.drawbridge.service_instances().retire_credential(retired.id, "").unwrap();
        let nothing = "No action needed.";
        for (id, lifetime, message, remedy) in [
            (
                own.id,
                GivenLifetime::Unknown,
                "the end of these credentials is known: they were generated here",
                nothing,
            ),
            (
                certified.id,
                GivenLifetime::Generated(now(&world)),
                "the end of these credentials is known: the certificate names it",
                nothing,
            ),
            (
                retired.id,
                GivenLifetime::Unknown,
                "the credentials sb-past!b1 are no longer kept; their secret is deleted",
                "Use the current credentials, or regenerate them.",
            ),
            (
                plain.id,
                GivenLifetime::FromDocument,
                "the document does not say when these credentials were generated",
                "Enter the date of generation, or say that they come from a service key.",
            ),
            (
                plain.id,
                GivenLifetime::Generated(now(&world) + TimeDelta::days(1)),
                "credentials cannot have been generated in the future",
                "Give the date on which the portal generated them.",
            ),
        ] {
            let refusal = assert_unchanged(&world, || refused(world.drawbridge.portals().set_lifetime(id, lifetime)));
            assert_eq!(read(&refusal), [message, remedy]);
        }
        let set = world.drawbridge.portals().set_lifetime(hinted.id, GivenLifetime::FromDocument).unwrap();
        assert_eq!(set.kind.lifetime(), Some(Lifetime::Guessed { at: now(&world) }), "its client id tells");
        let unknown = CredentialId(uuid::Uuid::from_u128(1));
        let failure = world.drawbridge.portals().set_lifetime(unknown, GivenLifetime::Unknown).unwrap_err();
        assert_eq!(failure.to_string(), "this credential does not exist any more");
        for person in [&world.rita, &world.hugo, &world.hal, &world.nora] {
            world.act_as(person);
            let refusal = refused(world.drawbridge.portals().set_lifetime(plain.id, GivenLifetime::Unknown));
            let expected = format!("{} may not import credentials: APIPortal.Administrator is missing", person.name);
            assert_eq!(refusal.to_string(), expected);
        }
    }
}

mod in_use {
    use super::*;
    use domain::connection_check::TestOutcome;
    use fakes::{InMemoryConnector, Watcher};

    #[test]
    fn imported_credentials_are_tested_like_our_own() {
        let world = world();
        let leaf = world.leaf("sb-sales!b1");
        let (_, credential) = add_with(&world, "Sales", &certificate_document("sales", &leaf));
        world.connector.answer("https://sales.example.com", &[InMemoryConnector::api("Orders")]);
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_credential(credential.id, &watcher).unwrap();
        assert_eq!(outcome, TestOutcome::Passed(vec![InMemoryConnector::api("Orders")]));
        assert_eq!(
            watcher.lines()[..2],
            ["Document: certificate credentials", "Validity: until 2027-03-01, 364 days left"]
        );
        let [call] = world.connector.calls().try_into().unwrap();
        assert_eq!(call.secret, leaf.key_der, "the very key is used");
        assert_eq!((call.url.as_str(), call.client_id.as_str()), ("https://sales.example.com", "sb-sales!b1"));
    }

    #[test]
    fn what_is_known_of_the_end_of_a_client_secret_is_said_and_decides_nothing() {
        for (lifetime, says) in [
            (GivenLifetime::OfServiceKey, "a client secret does not expire by itself"),
            (GivenLifetime::Unknown, "the date of generation is unknown, so the end is unknown"),
            (GivenLifetime::Generated("2026-02-01T00:00:00Z".parse().unwrap()), "until 2027-02-01, 336 days left"),
            (
                GivenLifetime::Generated("2025-03-02T00:00:00Z".parse().unwrap()),
                "until 2026-03-02 00:00 UTC, 14 hours left",
            ),
            (
                GivenLifetime::Generated("2025-02-28T00:00:00Z".parse().unwrap()),
                "by the date of its generation the client secret ended on 2026-02-28",
            ),
        ] {
            let world = world();
            let (_, credential) = add(&world, "sales");
            world.connector.answer("https://sales.example.com", &[]);
            world.drawbridge.portals().set_lifetime(credential.id, lifetime).unwrap();
            let watcher = Watcher::default();
            let outcome = world.drawbridge.checks().test_credential(credential.id, &watcher).unwrap();
            assert_eq!(outcome, TestOutcome::Passed(vec![]), "whether it still works is for the portal to say");
            assert_eq!(watcher.lines()[1], format!("Validity: {says}"));
        }
    }

    #[test]
    fn a_certificate_that_has_ended_fails_at_its_validity() {
        let world = world();
        let leaf = world.leaf("sb-sales!b1");
        let (_, credential) = add_with(&world, "Sales", &certificate_document("sales", &leaf));
        world.clock.advance(TimeDelta::days(365));
        let watcher = Watcher::default();
        world.drawbridge.checks().test_credential(credential.id, &watcher).unwrap();
        assert_eq!(watcher.lines().last().unwrap(), "Validity FAILED: the certificate expired on 2027-03-01");
        assert!(world.connector.calls().is_empty());
    }

    #[test]
    fn a_secret_that_another_program_changed_is_not_used() {
        let world = world();
        let leaf = world.leaf("sb-sales!b1");
        let (_, credential) = add_with(&world, "Sales", &certificate_document("sales", &leaf));
        world.keychain.change(credential.secret().unwrap(), &world.leaf("other").key_der);
        let failure = world.drawbridge.checks().test_credential(credential.id, &Watcher::default()).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "the keychain failed: the private key of sb-sales!b1 was changed by another program"
        );
    }

    #[test]
    fn a_hub_gets_imported_credentials_by_every_way_there_is() {
        let world = world();
        let hub = world.hub("Hub");
        let (portal, first) = add(&world, "sales");
        let request = world.submit(&hub, "Sales", &world.document(first.id));
        assert_eq!((request.portal_id, request.portal_key.as_str()), (Some(portal.id), "https://sales.example.com"));
        let second = world
            .drawbridge
            .portals()
            .import_credentials(portal.id, &world.foreign_document("sales", "second"), GivenLifetime::Unknown)
            .unwrap();
        world.drawbridge.requests().edit_credentials(request.id, &world.document(second.id)).unwrap();
        world.drawbridge.requests().approve(request.id, "Sales").unwrap();
        let leaf = world.leaf("sb-sales!b2");
        world
            .drawbridge
            .requests()
            .reestablish(request.id, &certificate_document("sales", &leaf))
            .expect("unknown here");
        let CredentialKind::Certificate(chain) =
            &world.drawbridge.requests().get(request.id).unwrap().request.facts().kind.clone()
        else {
            panic!("expected a certificate")
        };
        let der = documents::CertificateChain::parse(&leaf.chain).unwrap();
        assert_eq!(chain.fingerprint, der.fingerprint);
        let refusal =
            refused(world.drawbridge.requests().reestablish(request.id, &world.foreign_document("finance", SECRET)));
        assert_eq!(
            refusal.to_string(),
            "these credentials belong to https://finance.example.com, not to the portal of the request Sales"
        );
        let (_, finance) = add(&world, "finance");
        let refusal = refused(world.drawbridge.requests().reestablish(request.id, &world.document(finance.id)));
        assert_eq!(refusal.to_string(), "these credentials belong to finance, not to the portal of the request Sales");
    }
}
