//! Service instances and service keys, and what deleting them ends.

use chrono::TimeDelta;
use domain::{
    credential::{
        Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, Lifetime, SecretVerifier,
    },
    documents::SecretBytes,
    id::{PortalId, ServiceInstanceId},
    messages::Language,
    person::Actor,
    portal::{Applied, NewServiceKey, ServiceInstance, ServiceRole},
};
use fakes::{World, world};

use crate::{last_line, line, read, refused};

fn chosen(secret: &str) -> NewServiceKey {
    NewServiceKey::ChosenSecret(SecretBytes::new(secret.as_bytes().to_vec()))
}

const GENERATED: NewServiceKey = NewServiceKey::Generated(World::SECRET);

/// The name of the service key, and what its client secret is recognised by.
fn key_of(credential: &Credential) -> (&str, Option<&SecretVerifier>) {
    match &credential.origin {
        CredentialOrigin::ServiceKey { key_name, verifier, .. } => (key_name, verifier.as_ref()),
        CredentialOrigin::Imported(_) => panic!("it was generated here"),
    }
}

/// Instances and the names of their keys, as the page shows them.
fn page(world: &World, portal: PortalId) -> Vec<(String, Vec<String>)> {
    let page = world.drawbridge.service_instances().list(portal).unwrap();
    let names = |keys: Vec<domain::portal::CredentialOverview>| {
        keys.iter().map(|key| key_of(&key.credential).0.to_owned()).collect()
    };
    page.instances.into_iter().map(|listed| (listed.instance.name, names(listed.keys))).collect()
}

fn as_page(expected: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    expected.iter().map(|(instance, names)| ((*instance).to_owned(), keys(names))).collect()
}

mod generated {
    use super::*;

    #[test]
    fn generate_credentials_makes_an_instance_and_regenerate_puts_further_keys_into_it() {
        let world = world();
        let portal = world.portal("Sales");
        assert!(page(&world, portal.id).is_empty(), "a new portal has none");
        let first = world.drawbridge.portals().generate_credentials(portal.id, World::CERTIFICATE).unwrap();
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &["key-1"])]));
        world.clock.advance(TimeDelta::seconds(1));
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(
            page(&world, portal.id),
            as_page(&[("api-hub-connection", &["key-2", "key-1"])]),
            "the newest key comes first, in the same instance"
        );
        assert_eq!(first.instance_id(), second.instance_id());
        let [instance] = world.instances(portal.id).try_into().unwrap();
        let ServiceInstance { name, role, created_by, created_at, deleted_at, .. } = instance;
        assert_eq!((name.as_str(), role), (ServiceInstance::GENERATED_NAME, ServiceRole::CatalogIntegration));
        assert_eq!((created_by, created_at, deleted_at), (Actor::from(&world.ada), first.created_at, None));
        let events = world.repository.events();
        let of_sales = events.iter().filter(|event| event.subject.for_log() == "Sales (local)").count();
        assert_eq!(of_sales, 3, "portal, first and second credentials: the instance is part of the first");
    }

    #[test]
    fn the_key_of_a_deleted_one_is_numbered_on() {
        let world = world();
        let (portal, first) = world.portal_with("Sales", World::SECRET);
        world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &[])]), "the instance remains");
        world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(
            page(&world, portal.id),
            as_page(&[("api-hub-connection", &["key-2"])]),
            "no second key-1 in the history"
        );
    }

    #[test]
    fn after_its_instance_was_deleted_a_portal_gets_another_of_the_same_name() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        let deleted = world.instances(portal.id)[0].id;
        world.drawbridge.service_instances().delete(deleted, "").unwrap();
        assert!(page(&world, portal.id).is_empty());
        world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &["key-1"])]));
        assert_ne!(world.instances(portal.id)[0].id, deleted);
    }

    #[test]
    fn an_instance_of_another_role_or_name_is_left_alone() {
        let world = world();
        let portal = world.portal("Sales");
        for (name, role) in [
            ("API-Hub-Connection", ServiceRole::Administrator),
            ("api-hub-connection-of-mine", ServiceRole::CatalogIntegration),
        ] {
            world.drawbridge.service_instances().create(portal.id, name, role).unwrap();
            world.clock.advance(TimeDelta::seconds(1));
        }
        world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).unwrap();
        world.clock.advance(TimeDelta::seconds(1));
        world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(
            page(&world, portal.id),
            as_page(&[
                ("API-Hub-Connection", &[]),
                ("api-hub-connection-of-mine", &[]),
                ("api-hub-connection-2", &["key-2", "key-1"]),
            ]),
            "the name was taken, and a hub needs the role for its catalog"
        );
    }

    #[test]
    fn a_key_made_by_hand_keeps_its_name_whatever_the_case() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        let instance = world.instances(portal.id)[0].id;
        world.clock.advance(TimeDelta::seconds(1));
        world.drawbridge.service_instances().create_key(instance, "KEY-3", GENERATED).unwrap();
        world.clock.advance(TimeDelta::seconds(1));
        world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &["key-4", "KEY-3", "key-1"])]));
    }

    #[test]
    fn the_automatic_connection_uses_the_same_instance() {
        let world = world();
        world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
        let portal = world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap().portal;
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &["key-1"])]));
        assert_eq!(world.instances(portal.id)[0].created_by, Actor::System, "nobody asked for it");
    }
}

mod by_hand {
    use super::*;

    #[test]
    fn an_instance_has_the_role_that_was_chosen() {
        let world = world();
        let portal = world.portal("Sales");
        for (name, role) in [(" Reporting ", ServiceRole::Administrator), ("b", ServiceRole::SelfServiceAdministrator)]
        {
            world.clock.advance(TimeDelta::seconds(1));
            let instance = world.drawbridge.service_instances().create(portal.id, name, role).unwrap();
            assert_eq!((instance.name.as_str(), instance.role), (name.trim(), role));
            assert_eq!(
                last_line(&world),
                format!(
                    "Ada Admin | Service instance created | Sales (local) | {}, plan apiportal-apiaccess, role {}",
                    instance.name,
                    role.name()
                )
            );
        }
        assert_eq!(page(&world, portal.id), as_page(&[("Reporting", &[]), ("b", &[])]), "the oldest first");
    }

    #[test]
    fn a_name_is_used_once_in_a_portal_until_its_instance_is_deleted() {
        let world = world();
        let (sales, stock) = (world.portal("Sales").id, world.portal("Stock").id);
        let create = |portal, name: &str| {
            world.drawbridge.service_instances().create(portal, name, ServiceRole::CatalogIntegration)
        };
        let instance = create(sales, "Übersicht").unwrap();
        assert_eq!(
            read(&refused(create(sales, "üBERSICHT"))),
            ["the name üBERSICHT is in use already", "Choose another name."]
        );
        create(stock, "Übersicht").expect("another portal is another place");
        world.drawbridge.service_instances().delete(instance.id, "").unwrap();
        create(sales, "übersicht").expect("what is deleted holds no name");
        for (name, message) in [
            ("", "enter a name".to_owned()),
            ("a\u{7}b", "Name contains a line break or another control character".to_owned()),
            (&"x".repeat(81), "Name has 81 characters; at most 80 are possible".to_owned()),
        ] {
            assert_eq!(refused(create(sales, name)).to_string(), message);
            let instance = world.instances(sales)[0].id;
            assert_eq!(
                refused(world.drawbridge.service_instances().create_key(instance, name, GENERATED)).to_string(),
                message,
                "a key's name likewise"
            );
        }
    }

    #[test]
    fn a_key_stands_beside_the_current_credentials() {
        let world = world();
        let (portal, current) = world.portal_with("Sales", World::SECRET);
        let instance = world.instances(portal.id)[0].clone();
        for (name, key) in [
            (" report ", GENERATED),
            ("mutual", NewServiceKey::Generated(World::CERTIFICATE)),
            ("own", chosen("a-secret-of-my-own")),
        ] {
            world.clock.advance(TimeDelta::minutes(1));
            let made = world.drawbridge.service_instances().create_key(instance.id, name, key).unwrap();
            assert_eq!((key_of(&made).0, made.instance_id()), (name.trim(), Some(instance.id)));
            assert!(matches!(made.state, CredentialState::Additional { .. }), "{:?}", made.state);
            assert_eq!(made.created_by, Actor::from(&world.ada));
            assert_eq!(
                last_line_about(&world, "Service key created"),
                format!(
                    "Ada Admin | Service key created | Sales (local) | {} of api-hub-connection: {}",
                    name.trim(),
                    made.describe().for_log()
                )
            );
            let document = world.document(made.id);
            let seen = world.inspect(&document);
            assert_eq!(seen.facts.client_id, made.client_id, "it can be copied and used like any other");
        }
        assert_eq!(page(&world, portal.id), as_page(&[("api-hub-connection", &["own", "mutual", "report", "key-1"])]));
        let listed = world.drawbridge.portals().list().unwrap();
        assert_eq!(listed[0].current.as_ref().unwrap().credential, current, "the current ones stay the current ones");

        let next = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        let states: Vec<CredentialState> =
            world.repository.tables().credentials.into_values().map(|credential| credential.state).collect();
        let count = |which: fn(&CredentialState) -> bool| states.iter().filter(|state| which(state)).count();
        assert_eq!(
            count(|state| matches!(state, CredentialState::Additional { .. })),
            3,
            "regenerating leaves them alone"
        );
        assert_eq!(count(|state| matches!(state, CredentialState::Superseded { .. })), 1);
        assert!(matches!(next.state, CredentialState::Current { .. }));
    }

    fn last_line_about(world: &World, phrase: &str) -> String {
        let events = world.repository.events();
        line(events.iter().rev().find(|event| event.action.phrase(Language::English) == phrase).unwrap())
    }

    #[test]
    fn a_portal_with_keys_by_hand_only_can_still_generate() {
        let world = world();
        let portal = world.portal("Sales");
        let instance =
            world.drawbridge.service_instances().create(portal.id, "mine", ServiceRole::CatalogIntegration).unwrap();
        world.drawbridge.service_instances().create_key(instance.id, "key", GENERATED).unwrap();
        let refusal = refused(world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET));
        assert_eq!(read(&refusal), ["the portal Sales has no credentials yet", "Choose Generate Credentials."]);
        world.drawbridge.portals().generate_credentials(portal.id, World::SECRET).expect("as the remedy says");
    }

    #[test]
    fn the_name_of_a_key_is_used_once_in_its_instance_until_it_is_deleted() {
        let world = world();
        let portal = world.portal("Sales").id;
        let instance = |name| {
            world.drawbridge.service_instances().create(portal, name, ServiceRole::CatalogIntegration).unwrap().id
        };
        let (one, two) = (instance("one"), instance("two"));
        let key = world.drawbridge.service_instances().create_key(one, "Key", GENERATED).unwrap();
        let before = (world.repository.tables(), world.keychain.items());
        let refusal = refused(world.drawbridge.service_instances().create_key(one, " kEY ", GENERATED));
        assert_eq!(read(&refusal), ["the name kEY is in use already", "Choose another name."]);
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "a refusal changes nothing");
        world
            .drawbridge
            .service_instances()
            .create_key(two, "Key", GENERATED)
            .expect("another instance is another place");
        world.drawbridge.service_instances().retire_credential(key.id, "").unwrap();
        world.drawbridge.service_instances().create_key(one, "key", GENERATED).expect("what is deleted holds no name");
    }
}

mod chosen_secret {
    use super::*;

    #[test]
    fn a_chosen_secret_is_the_one_that_is_used_and_is_kept_as_argon2id_where_it_is_recognised() {
        let world = world();
        let portal = world.portal("Sales").id;
        let instance =
            world.drawbridge.service_instances().create(portal, "i", ServiceRole::CatalogIntegration).unwrap();
        let secret = "~chosen+s3cr3t/$%";
        let key = world.drawbridge.service_instances().create_key(instance.id, "own", chosen(secret)).unwrap();
        assert_eq!(key.kind, CredentialKind::ClientSecret(Lifetime::OfServiceKey));
        assert_eq!(world.keychain.find(key.secret().unwrap()).unwrap(), secret.as_bytes());
        assert!(world.document(key.id).contains(secret), "it is handed over like a generated one");
        let verifier = key_of(&key).1.expect("the token service has to recognise it");
        assert!(matches!(&verifier, SecretVerifier::Argon2id(_)), "a person's secret could be guessed: {verifier:?}");
        assert!(verifier.verify(secret.as_bytes()) && !verifier.verify(b"~chosen+s3cr3t/$"));

        let generated = world.drawbridge.service_instances().create_key(instance.id, "generated", GENERATED).unwrap();
        let stored = world.keychain.find(generated.secret().unwrap()).unwrap();
        let verifier = key_of(&generated).1.expect("the token service has to recognise it");
        assert!(matches!(&verifier, SecretVerifier::SaltedSha256 { .. }), "{verifier:?}");
        assert!(verifier.verify(&stored) && !verifier.verify(secret.as_bytes()));

        let mutual = NewServiceKey::Generated(World::CERTIFICATE);
        let mutual = world.drawbridge.service_instances().create_key(instance.id, "mutual", mutual).unwrap();
        assert_eq!(key_of(&mutual).1, None, "a certificate proves itself");
    }

    #[test]
    fn one_that_could_be_guessed_or_not_be_sent_is_refused() {
        let world = world();
        let portal = world.portal("Sales").id;
        let instance =
            world.drawbridge.service_instances().create(portal, "i", ServiceRole::CatalogIntegration).unwrap();
        let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
        let weak = [
            "your own client secret needs 16 characters or more",
            "Use a longer one, or leave the field empty to generate a strong one.",
        ];
        let unsendable = [
            "your own client secret may contain only letters, digits and keyboard signs, without spaces",
            "Leave out spaces, accents and line breaks (RFC 6749, appendix A.2).",
        ];
        for (secret, expected) in [
            ("", weak),
            ("fifteen-letters", weak),
            ("sixteen letters and a space", unsendable),
            ("sixteen-letters-and-\u{e9}", unsendable),
            ("sixteen-letters-and-a-line\n", unsendable),
            ("sixteen-letters-and-a-\u{7f}", unsendable),
            ("sixteen-letters-and-a-\0", unsendable),
        ] {
            let refusal = refused(world.drawbridge.service_instances().create_key(instance.id, "own", chosen(secret)));
            assert_eq!(read(&refusal), expected, "{secret:?}");
            assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Client Secret"));
        }
        let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
        assert_eq!(after, before, "a refusal changes nothing");
        world
            .drawbridge
            .service_instances()
            .create_key(instance.id, "own", chosen("sixteen-letters!"))
            .expect("just long enough");
    }
}

mod delete {
    use super::*;

    /// A portal whose current credential, key-1, a hub uses, with another key beside it.
    fn connected() -> (World, PortalId, Credential, domain::connection::ConnectionRequest) {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        let hub = world.hub("Hub");
        let request = world.connect(&hub, "Sales alias", &world.document(credential.id));
        world.answer(&portal, &["Orders"]);
        world.drawbridge.checks().test_request(request.id, &fakes::Watcher::default()).unwrap();
        assert!(!world.repository.tables().health[&request.id].due, "it was just tested");
        (world, portal.id, credential, request)
    }

    const STILL_APPLIED: [&str; 2] = [
        "the hub Hub still uses this credential for Sales alias",
        "Re-establish that connection with the current credentials first, or type its alias to go on anyway: \
         a connection to a local portal then breaks.",
    ];

    #[test]
    fn deleting_a_key_that_a_hub_holds_takes_the_alias_and_makes_the_connection_due() {
        let (world, portal, credential, request) = connected();
        let before = (world.repository.tables(), world.keychain.items());
        assert_eq!(
            read(&refused(world.drawbridge.service_instances().retire_credential(credential.id, ""))),
            STILL_APPLIED
        );
        let wrong = refused(world.drawbridge.service_instances().retire_credential(credential.id, "sales alias"));
        assert_eq!(read(&wrong), ["the typed text is not Sales alias", "Enter Sales alias exactly as shown."]);
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "a refusal changes nothing");

        world.drawbridge.service_instances().retire_credential(credential.id, " Sales alias ").unwrap();
        let tables = world.repository.tables();
        assert_eq!(
            tables.credentials[&credential.id].state,
            CredentialState::Retired { at: credential.created_at, end: CredentialEnd::KeyDeleted }
        );
        assert_eq!(world.keychain.find(credential.secret().unwrap()), None, "its item is gone");
        assert!(world.keychain.find(request.held().unwrap().secret).is_some(), "the hub's copy is the hub's");
        assert!(tables.health[&request.id].due, "the connection is tested soon: nobody has to find out");
        assert_eq!(page(&world, portal), as_page(&[("api-hub-connection", &[])]));
    }

    #[test]
    fn deleting_an_instance_ends_the_credentials_of_all_its_keys() {
        let (world, portal, credential, request) = connected();
        let instance = world.instances(portal)[0].id;
        let other = world.drawbridge.service_instances().create(portal, "other", ServiceRole::Administrator).unwrap();
        let untouched = world.drawbridge.service_instances().create_key(other.id, "key", GENERATED).unwrap();
        let second = world.drawbridge.service_instances().create_key(instance, "second", GENERATED).unwrap();
        let before = (world.repository.tables(), world.keychain.items());
        assert_eq!(read(&refused(world.drawbridge.service_instances().delete(instance, ""))), STILL_APPLIED);
        let wrong = refused(world.drawbridge.service_instances().delete(instance, "api-hub-connection"));
        assert_eq!(read(&wrong), ["the typed text is not Sales alias", "Enter Sales alias exactly as shown."]);
        assert_eq!((world.repository.tables(), world.keychain.items()), before, "a refusal changes nothing");

        world.clock.advance(TimeDelta::hours(2));
        world.drawbridge.service_instances().delete(instance, "Sales alias").unwrap();
        let tables = world.repository.tables();
        let at = credential.created_at + TimeDelta::hours(2);
        for ended in [&credential, &second] {
            let state = &tables.credentials[&ended.id].state;
            assert_eq!(state, &CredentialState::Retired { at, end: CredentialEnd::InstanceDeleted });
            assert_eq!(world.keychain.find(ended.secret().unwrap()), None, "its item is gone");
        }
        assert_eq!(tables.credentials[&untouched.id], untouched);
        assert!(world.keychain.find(untouched.secret().unwrap()).is_some());
        assert!(tables.health[&request.id].due, "the connection is tested soon");
        assert_eq!(tables.service_instances[&instance].deleted_at, Some(at), "the history of its keys remains");
        assert_eq!(page(&world, portal), as_page(&[("other", &["key"])]));
        let line = last_line(&world);
        assert!(
            line.starts_with("Ada Admin | Service instance deleted | Sales (local) | api-hub-connection, with sb-"),
            "{line}"
        );
        for ended in [&credential, &second] {
            assert!(line.contains(&ended.client_id), "whoever looks for a client id finds its end: {line}");
        }
    }

    #[test]
    fn while_a_request_waits_the_alias_is_asked_for_too() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
        let hub = world.hub("Hub");
        world.submit(&hub, "Waiting", &world.document(credential.id));
        let instance = world.instances(portal.id)[0].id;
        let expected = [
            "the hub Hub still uses this credential for Waiting",
            "Edit the credentials of that request first, or type its alias to go on anyway.",
        ];
        assert_eq!(read(&refused(world.drawbridge.service_instances().delete(instance, ""))), expected);
        world.drawbridge.service_instances().delete(instance, "Waiting").unwrap();
        assert!(world.repository.tables().health.is_empty(), "what is not approved is not tested by itself");
    }

    #[test]
    fn what_no_hub_holds_is_deleted_without_any_alias() {
        let (world, portal, _, request) = connected();
        let by_hand =
            world.drawbridge.service_instances().create(portal, "by hand", ServiceRole::Administrator).unwrap();
        world.drawbridge.service_instances().create_key(by_hand.id, "one", GENERATED).unwrap();
        world.drawbridge.service_instances().delete(by_hand.id, "").unwrap();
        assert!(
            last_line(&world).starts_with("Ada Admin | Service instance deleted | Sales (local) | by hand, with sb-")
        );
        let empty = world.drawbridge.service_instances().create(portal, "empty", ServiceRole::Administrator).unwrap();
        world.drawbridge.service_instances().delete(empty.id, "").unwrap();
        assert_eq!(
            last_line(&world),
            "Ada Admin | Service instance deleted | Sales (local) | empty, without service keys"
        );
        assert!(!world.repository.tables().health[&request.id].due, "the connection has nothing to do with them");
    }

    #[test]
    fn the_page_shows_which_instance_a_hub_depends_on() {
        let (world, portal, credential, _) = connected();
        world.clock.advance(TimeDelta::seconds(1));
        world.drawbridge.service_instances().create(portal, "other", ServiceRole::Administrator).unwrap();
        let page = world.drawbridge.service_instances().list(portal).unwrap();
        assert!(page.may_manage.is_ok());
        let [generated, other] = page.instances.as_slice() else { panic!("expected two instances") };
        assert!(matches!(&generated.applied, Applied::To { alias, .. } if alias == "Sales alias"));
        assert_eq!(generated.keys[0].applied, generated.applied, "it is this key");
        assert_eq!(other.applied, Applied::Nowhere);
        world.drawbridge.service_instances().retire_credential(credential.id, "Sales alias").unwrap();
        let page = world.drawbridge.service_instances().list(portal).unwrap();
        assert_eq!(page.instances[0].applied, Applied::Nowhere, "deleting the instance would break nothing any more");
    }

    #[test]
    fn a_deleted_instance_is_gone_for_good() {
        let world = world();
        let (portal, _) = world.portal_with("Sales", World::SECRET);
        let instance = world.instances(portal.id)[0].id;
        world.drawbridge.service_instances().delete(instance, "").unwrap();
        let expected = ["the service instance api-hub-connection was deleted", "Create another service instance."];
        assert_eq!(read(&refused(world.drawbridge.service_instances().delete(instance, ""))), expected);
        assert_eq!(
            read(&refused(world.drawbridge.service_instances().create_key(instance, "key", GENERATED))),
            expected
        );
        let never = ServiceInstanceId(world.ada.id.0);
        for failure in [
            world.drawbridge.service_instances().delete(never, "").unwrap_err(),
            world.drawbridge.service_instances().create_key(never, "key", GENERATED).unwrap_err(),
        ] {
            assert_eq!(failure.to_string(), "this service instance does not exist any more");
        }
        let nowhere = PortalId(world.ada.id.0);
        let failure = world.drawbridge.service_instances().list(nowhere).unwrap_err();
        assert_eq!(failure.to_string(), "this portal does not exist any more");
    }
}
