//! What is put comes back as it was, also after the database was closed.

use std::collections::BTreeSet;

use domain::{
    activity::{AuditAction, AuditEvent},
    connection::{ConnectionRequest, DestinationState, RequestState},
    connection_check::{ConnectionHealth, FetchedApi, Finding, HealthOutcome, Postponed, Repair, Stage},
    credential::{
        Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, Lifetime, SecretItem,
        SecretItemState, SecretVerifier,
    },
    documents::{CertUrl, PortalUrl, SecretBytes},
    hub::Hub,
    id::{ApiProxyId, CredentialId, HubId, PersonId, PortalId, RequestId, SecretId, ServiceInstanceId},
    messages::{Language, Message},
    person::{Actor, Person, Role},
    pki::AuthorityPurpose,
    portal::{ApiProxy, Portal, PortalHome, ServiceInstance, ServiceRole, Subaccount},
    ports::{
        Activity, ActivityQuery, Change, Connections, Entropy, Hubs, People, Portals, Repository, RepositoryReader,
        RequestCounts, Requests, Secrets,
    },
    settings::Settings,
    token_service::TokenServiceIdentity,
    vocabulary::Vocabulary,
};

use crate::samples::{
    Database, actor, api_proxy, approved, authority, chain, credential, event, fetched_api, health, hub, identity,
    imported, instance, of_key, person, portal, portal_elsewhere, portal_with_instance, rejected, request,
    secret_credential, secret_item, settings, time, uuid,
};

#[test]
fn people_come_back_by_name_with_their_roles() {
    let ada = Person { name: "ada".into(), roles: BTreeSet::new(), ..person(1) };
    let bob = Person { name: "Bob".into(), roles: BTreeSet::from(Role::ALL), ..person(2) };
    let database = Database::new();
    assert_eq!(database.repository.find_current_person().unwrap(), None);
    database.commit([Change::PutPerson(bob.clone()), Change::PutPerson(ada.clone())]);
    database.commit([Change::SetCurrentPerson(bob.id)]);

    let database = database.reopened();

    assert_eq!(database.repository.list_people().unwrap(), [ada.clone(), bob.clone()], "a before B, whatever the case");
    assert_eq!(database.repository.find_person(ada.id).unwrap(), Some(ada.clone()));
    assert_eq!(database.repository.find_person(PersonId(uuid(9))).unwrap(), None);
    assert_eq!(database.repository.find_current_person().unwrap(), Some(bob));
    database.commit([Change::SetCurrentPerson(ada.id)]);
    assert_eq!(database.repository.find_current_person().unwrap(), Some(ada));
}

#[test]
fn a_person_that_is_put_again_is_replaced_roles_included() {
    let database = Database::new();
    database.commit([Change::PutPerson(person(1)), Change::SetCurrentPerson(person(1).id)]);
    let changed = Person {
        name: "Renamed".into(),
        email: "new@example.com".into(),
        roles: BTreeSet::from([Role::PortalAdministrator]),
        created_at: time(9),
        ..person(1)
    };
    database.commit([Change::PutPerson(changed.clone())]);
    assert_eq!(database.repository.list_people().unwrap(), std::slice::from_ref(&changed));
    assert_eq!(database.repository.find_current_person().unwrap(), Some(changed), "still the current one");
}

#[test]
fn portals_come_back_by_name_and_are_replaced() {
    let database = Database::new();
    let first = Portal { name: "alpha".into(), ..portal(2) };
    database.commit([Change::PutPortal(portal(1)), Change::PutPortal(first.clone())]);

    let database = database.reopened();

    assert_eq!(database.repository.list_portals().unwrap(), [first.clone(), portal(1)]);
    assert_eq!(database.repository.find_portal(PortalId(uuid(9))).unwrap(), None);
    let found = database.repository.find_portal(first.id).unwrap().unwrap();
    assert_eq!(found.subaccount.as_str(), "Portal-2", "the spelling as it was typed");

    let changed = Portal {
        name: "Zulu".into(),
        subaccount: Subaccount::from_stored("other".into()),
        slug: "zulu".into(),
        home: PortalHome::Here { instance_number: 0 },
        vocabulary: Vocabulary::ClassicDesign,
        created_at: time(9),
        ..first
    };
    database.commit([Change::PutPortal(changed.clone())]);
    assert_eq!(database.repository.list_portals().unwrap(), [portal(1), changed]);
}

#[test]
fn a_portal_elsewhere_comes_back_with_its_url_as_it_was_given() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal(1)), Change::PutPortal(portal_elsewhere(2))]);

    let database = database.reopened();

    assert_eq!(database.repository.list_portals().unwrap(), [portal(1), portal_elsewhere(2)]);
    assert_eq!(database.repository.find_portal_by_slug("vertrieb-2").unwrap(), Some(portal_elsewhere(2)));
    let moved = Portal {
        home: PortalHome::Elsewhere { url: PortalUrl::from_stored("https://other.example.com") },
        ..portal(2)
    };
    database.commit([Change::PutPortal(moved.clone())]);
    assert_eq!(database.repository.find_portal(moved.id).unwrap(), Some(moved));
}

#[test]
fn hubs_come_back_by_name_and_are_replaced() {
    let database = Database::new();
    let first = Hub { name: "alpha".into(), ..hub(2) };
    database.commit([Change::PutHub(hub(1)), Change::PutHub(first.clone())]);

    let database = database.reopened();

    assert_eq!(database.repository.list_hubs().unwrap(), [first.clone(), hub(1)]);
    assert_eq!(database.repository.find_hub(HubId(uuid(9))).unwrap(), None);
    assert_eq!(database.repository.find_hub(first.id).unwrap().unwrap().subaccount.as_str(), "Hub-2");

    let changed = Hub {
        name: "Zulu".into(),
        subaccount: Subaccount::from_stored("other".into()),
        four_eyes: false,
        vocabulary: Vocabulary::DeveloperHub,
        created_at: time(9),
        ..first
    };
    database.commit([Change::PutHub(changed.clone())]);
    assert_eq!(database.repository.list_hubs().unwrap(), [hub(1), changed]);
}

#[test]
fn hubs_and_portals_come_back_in_each_vocabulary() {
    let database = Database::new();
    let hubs = Vocabulary::ALL.map(|vocabulary| Hub { vocabulary, ..hub(1) });
    let portals = Vocabulary::ALL.map(|vocabulary| Portal { vocabulary, ..portal(1) });
    for (hub, portal) in hubs.into_iter().zip(portals) {
        database.commit([Change::PutHub(hub.clone()), Change::PutPortal(portal.clone())]);
        assert_eq!(database.repository.find_hub(hub.id).unwrap(), Some(hub.clone()));
        assert_eq!(database.repository.list_hubs().unwrap(), [hub]);
        assert_eq!(database.repository.list_portals().unwrap(), [portal]);
    }
}

#[test]
fn credentials_come_back_newest_first_in_each_state() {
    let database = Database::new();
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit((1..=6).map(|number| Change::PutSecretItem(secret_item(number))));
    let retired = |number, end| Credential {
        created_by: Actor::System,
        state: CredentialState::Retired { at: time(8), end },
        ..secret_credential(number, portal(1).id)
    };
    let key_deleted = retired(1, CredentialEnd::KeyDeleted);
    let instance_deleted = retired(2, CredentialEnd::InstanceDeleted);
    let superseded = credential(3, portal(1).id).supersede(time(8));
    let current = credential(4, portal(1).id);
    let additional = Credential {
        state: CredentialState::Additional { secret: SecretId(uuid(5)) },
        ..secret_credential(5, portal(1).id)
    };
    let of_another_portal = credential(6, portal(2).id);
    let all = [&current, &key_deleted, &additional, &instance_deleted, &superseded, &of_another_portal];
    database.commit(all.map(|credential| Change::PutCredential(credential.clone())));

    let database = database.reopened();

    assert_eq!(
        database.repository.list_credentials(portal(1).id).unwrap(),
        [superseded, instance_deleted, additional, key_deleted, current.clone()],
        "promise F9: the last first, whatever the clock showed"
    );
    assert_eq!(database.repository.find_credential(current.id).unwrap(), Some(current));
    assert_eq!(database.repository.find_credential(CredentialId(uuid(9))).unwrap(), None);
}

#[test]
fn imported_credentials_come_back_with_every_lifetime_in_each_state() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal_elsewhere(1)), Change::PutPortal(portal_elsewhere(2))]);
    database.commit((1..=9).map(|number| Change::PutSecretItem(secret_item(number))));
    let of = |number, lifetime, extra| imported(number, portal(1).id, lifetime, extra);
    let retired = |credential: Credential| credential.retire(time(8), CredentialEnd::KeyDeleted).unwrap().0;
    let unknown = retired(of(1, Lifetime::Unknown, Some(7)));
    let CredentialOrigin::Imported(kept) = &unknown.origin else { panic!("the origin has changed") };
    assert_eq!(kept.extra, None, "what else the document held goes with the secret");
    let of_service_key = of(2, Lifetime::OfServiceKey, Some(8)).supersede(time(8));
    let generated = of(3, Lifetime::Generated { at: time(-9_999) }, Some(9));
    let mut with_certificate = imported(4, portal(2).id, Lifetime::OfServiceKey, None);
    with_certificate.kind = CredentialKind::Certificate(chain());
    if let CredentialOrigin::Imported(imported) = &mut with_certificate.origin {
        imported.cert_url = Some(CertUrl::from_stored("https://portal.cert.example.com"));
    }
    let all = [&unknown, &of_service_key, &generated, &with_certificate];
    database.commit(all.map(|credential| Change::PutCredential(credential.clone())));

    let database = database.reopened();

    let repository = &database.repository;
    assert_eq!(repository.list_credentials(portal(1).id).unwrap(), [generated.clone(), of_service_key, unknown]);
    assert_eq!(repository.list_credentials(portal(2).id).unwrap(), [with_certificate]);
    let mut changed = generated;
    changed.kind = CredentialKind::ClientSecret(Lifetime::Unknown);
    if let CredentialOrigin::Imported(imported) = &mut changed.origin {
        imported.extra = None;
    }
    database.commit([Change::PutCredential(changed.clone()), Change::RemoveSecretItem(SecretId(uuid(9)))]);
    assert_eq!(repository.find_credential(changed.id).unwrap(), Some(changed));
}

/// The same bytes each time.
struct Fixed;

impl Entropy for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0xC3);
    }
}

#[test]
fn a_verifier_still_recognises_its_secret_after_the_database_was_closed() {
    let database = Database::new();
    database.commit(portal_with_instance(1));
    database.commit([1, 2].map(|number| Change::PutSecretItem(secret_item(number))));
    let secret = SecretBytes::new(b"planted-secret".to_vec());
    let verifiers = [SecretVerifier::for_generated(&secret, &Fixed), SecretVerifier::for_chosen(&secret, &Fixed)];
    for (number, verifier) in (1..).zip(&verifiers) {
        database.commit([Change::PutCredential(Credential {
            origin: of_key(number, portal(1).id, Some(verifier.clone())),
            state: CredentialState::Additional { secret: SecretId(uuid(number)) },
            ..secret_credential(number, portal(1).id)
        })]);
    }

    let database = database.reopened();

    for (number, verifier) in (1..).zip(verifiers) {
        let found = database.repository.find_credential(CredentialId(uuid(number))).unwrap().unwrap();
        let CredentialOrigin::ServiceKey { verifier: found, .. } = found.origin else {
            panic!("the origin of {number} was lost")
        };
        assert!(found.as_ref().is_some_and(|found| found.verify(b"planted-secret")), "{verifier:?}");
        assert!(found == Some(verifier), "the parameters of the hash included");
    }
}

#[test]
fn a_credential_that_is_put_again_is_replaced() {
    let database = Database::new();
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit([1, 2].map(|number| Change::PutSecretItem(secret_item(number))));
    database.commit([Change::PutCredential(credential(1, portal(1).id))]);
    let changed = Credential {
        id: CredentialId(uuid(1)),
        created_at: time(9),
        created_by: actor(9),
        ..secret_credential(2, portal(2).id)
    };
    database.commit([Change::PutCredential(changed.clone())]);
    assert_eq!(database.repository.find_credential(changed.id).unwrap(), Some(changed));
}

#[test]
fn service_instances_come_back_oldest_first_deleted_ones_included() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal(1)), Change::PutPortal(portal(2))]);
    let roles = ServiceRole::ALL.into_iter().zip(1..);
    let [first, second, third] = roles
        .map(|(role, number)| ServiceInstance {
            role,
            created_at: time(10 - number as i64),
            ..instance(number, portal(1).id)
        })
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let second = ServiceInstance { created_by: Actor::System, deleted_at: Some(time(11)), ..second };
    let all = [&second, &first, &third, &instance(4, portal(2).id)];
    database.commit(all.map(|instance| Change::PutServiceInstance(instance.clone())));

    let database = database.reopened();

    assert_eq!(
        database.repository.list_service_instances(portal(1).id).unwrap(),
        [second, first, third.clone()],
        "promise F9: as they came, whatever the clock showed; the history of their credentials needs the deleted ones"
    );
    assert_eq!(database.repository.find_service_instance(third.id).unwrap(), Some(third.clone()));
    assert_eq!(database.repository.find_service_instance(ServiceInstanceId(uuid(9))).unwrap(), None);

    let changed = ServiceInstance {
        portal_id: portal(2).id,
        name: "other".into(),
        role: ServiceRole::CatalogIntegration,
        created_at: time(20),
        created_by: actor(9),
        deleted_at: Some(time(21)),
        ..third
    };
    database.commit([Change::PutServiceInstance(changed.clone())]);
    assert_eq!(database.repository.find_service_instance(changed.id).unwrap(), Some(changed));
}

#[test]
fn api_proxies_come_back_by_name_and_are_replaced() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal(1)), Change::PutPortal(portal(2))]);
    let first = ApiProxy { name: "alpha".into(), description: String::new(), ..api_proxy(2, portal(1).id) };
    let all = [&api_proxy(1, portal(1).id), &first, &api_proxy(3, portal(2).id)];
    database.commit(all.map(|proxy| Change::PutApiProxy(proxy.clone())));

    let database = database.reopened();

    let repository = &database.repository;
    assert_eq!(
        repository.list_api_proxies(portal(1).id).unwrap(),
        [first.clone(), api_proxy(1, portal(1).id)],
        "a before O, whatever the case"
    );
    assert_eq!(repository.find_api_proxy(first.id).unwrap(), Some(first.clone()));
    assert_eq!(repository.find_api_proxy(ApiProxyId(uuid(9))).unwrap(), None);

    let changed = ApiProxy {
        id: first.id,
        portal_id: portal(2).id,
        name: "Zulu".into(),
        title: "Zulu".into(),
        version: "9".into(),
        description: "other".into(),
        base_path: "/zulu".into(),
        openapi_version: "3.1.0".into(),
        imported_at: time(9),
        imported_by: Actor::System,
    };
    database.commit([Change::PutApiProxy(changed.clone())]);
    assert_eq!(repository.list_api_proxies(portal(2).id).unwrap(), [api_proxy(3, portal(2).id), changed]);
}

#[test]
fn regenerating_supersedes_the_old_one_and_puts_the_new_one_in_one_commit() {
    let database = Database::new();
    database.commit(portal_with_instance(1));
    database.commit([Change::PutSecretItem(secret_item(1)), Change::PutCredential(credential(1, portal(1).id))]);
    let old = credential(1, portal(1).id).supersede(time(2));
    let new = credential(2, portal(1).id);
    database.commit([
        Change::PutSecretItem(secret_item(2)),
        Change::PutCredential(old.clone()),
        Change::PutCredential(new.clone()),
    ]);
    assert_eq!(database.repository.list_credentials(portal(1).id).unwrap(), [new.clone(), old.clone()]);

    let (retired, secrets) = old.retire(time(3), CredentialEnd::KeyDeleted).unwrap();
    let removed = secrets.into_iter().map(Change::RemoveSecretItem);
    database.commit(removed.chain([Change::PutCredential(retired.clone())]));
    assert_eq!(
        database.repository.list_credentials(portal(1).id).unwrap(),
        [new, retired],
        "the reference is checked at the end of the commit, so either order works"
    );
}

/// A4: one for the token service and one for clients.
#[test]
fn one_authority_signs_for_each_purpose_and_the_certificates_of_former_ones_remain() {
    let database = Database::new();
    let found = |database: &Database| {
        let repository = &database.repository;
        (repository.find_server_authority().unwrap(), repository.find_client_authority().unwrap())
    };
    assert_eq!(found(&database), (None, None));
    assert_eq!(database.repository.list_client_authority_certificates().unwrap(), [""; 0]);
    database.commit((1..=5).map(|number| Change::PutSecretItem(secret_item(number))));
    let server = authority(SecretId(uuid(5)));
    database.commit([Change::PutAuthority(server.clone())]);
    let authorities: Vec<_> = ["first", "second", "third"]
        .into_iter()
        .zip(1..)
        .map(|(certificate, number)| domain::pki::Authority {
            purpose: AuthorityPurpose::Clients,
            certificate_pem: certificate.into(),
            created_at: time(10 - number as i64),
            not_after: time(100 + number as i64),
            ..authority(SecretId(uuid(number)))
        })
        .collect();
    for (former, next) in (1..).zip(&authorities) {
        database.commit([Change::PutAuthority(next.clone())]);
        if next != &authorities[0] {
            // The schema lets it go: a former authority has no key any more.
            database.commit([Change::RemoveSecretItem(SecretId(uuid(former - 1)))]);
        }
    }

    let database = database.reopened();

    let repository = &database.repository;
    assert_eq!(found(&database), (Some(server.clone()), authorities.last().cloned()), "each for its own purpose");
    let listed = || repository.list_client_authority_certificates().unwrap();
    assert_eq!(listed(), ["third", "second", "first"], "that of the token service signs no clients");

    let moved = domain::pki::Authority { secret: SecretId(uuid(4)), ..authorities[2].clone() };
    database.commit([Change::PutAuthority(moved.clone())]);
    assert_eq!(found(&database), (Some(server.clone()), Some(moved)));
    assert_eq!(listed(), ["third", "second", "first"], "the same authority, not another one");
    database.commit([Change::PutSecretItem(secret_item(1)), Change::PutAuthority(authorities[0].clone())]);
    assert_eq!(listed(), ["first", "third", "second"]);

    let other_host = domain::pki::Authority {
        purpose: AuthorityPurpose::Server { names: vec!["portal.example.com".into()] },
        certificate_pem: "other".into(),
        ..server
    };
    database.commit([Change::PutAuthority(other_host.clone())]);
    assert_eq!(found(&database), (Some(other_host), Some(authorities[0].clone())));
}

#[test]
fn the_token_service_has_one_set_of_keys() {
    let database = Database::new();
    assert_eq!(database.repository.find_token_service_identity().unwrap(), None);
    database.commit((1..=4).map(|number| Change::PutSecretItem(secret_item(number))));
    let [one, two, three, four] = [1, 2, 3, 4].map(|number| SecretId(uuid(number)));
    database.commit([Change::PutTokenServiceIdentity(identity(one, two))]);

    let database = database.reopened();

    let repository = &database.repository;
    assert_eq!(repository.find_token_service_identity().unwrap(), Some(identity(one, two)));
    let next = TokenServiceIdentity {
        certificate_pem: "another".into(),
        not_before: time(1),
        not_after: time(2),
        names: Vec::new(),
        tls_key: three,
        signing_key: four,
    };
    database.commit([
        Change::PutTokenServiceIdentity(next.clone()),
        Change::RemoveSecretItem(one),
        Change::RemoveSecretItem(two),
    ]);
    assert_eq!(repository.find_token_service_identity().unwrap(), Some(next));
}

#[test]
fn the_settings_are_the_defaults_until_they_are_changed() {
    let database = Database::new();
    assert_eq!(database.repository.get_settings().unwrap(), Settings::default());
    database.commit([Change::PutSettings(settings())]);

    let database = database.reopened();

    assert_eq!(database.repository.get_settings().unwrap(), settings());
    database.commit([Change::PutSettings(Settings::default())]);
    assert_eq!(database.repository.get_settings().unwrap(), Settings::default());
}

#[test]
fn requests_come_back_in_each_state() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutPortal(portal(1))]);
    database.commit((1..=4).map(|number| Change::PutSecretItem(secret_item(number))));
    let pending = ConnectionRequest { portal_id: Some(portal(1).id), ..request(1, hub(1).id) };
    let connected = approved(ConnectionRequest { submitted_by: Actor::System, ..request(2, hub(1).id) });
    let mut disconnected = approved(request(4, hub(1).id));
    if let RequestState::Approved { destination, .. } = &mut disconnected.state {
        *destination = DestinationState::Deleted { at: time(9), by: actor(8) };
    }
    let mut rejected = rejected(request(3, hub(1).id));
    if let RequestState::Rejected { facts, .. } = &mut rejected.state {
        facts.cert_url = Some(CertUrl::from_stored("https://portal-3.cert.example.com"));
        facts.kind = CredentialKind::Certificate(chain());
    }
    let all = [&pending, &connected, &disconnected, &rejected];
    database.commit(all.map(|request| Change::PutRequest(request.clone())));

    let database = database.reopened();

    for request in all {
        assert_eq!(database.repository.find_request(request.id).unwrap().as_ref(), Some(request));
    }
    assert_eq!(database.repository.find_request(RequestId(uuid(9))).unwrap(), None);
    assert_eq!(
        database.repository.count_requests(hub(1).id).unwrap(),
        RequestCounts { pending: 1, approved: 2, rejected: 1 }
    );
    assert_eq!(database.repository.count_requests(hub(2).id).unwrap(), RequestCounts::default());
}

#[test]
fn a_request_keeps_how_long_its_client_secret_lives() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1))]);
    database.commit((1..=3).map(|number| Change::PutSecretItem(secret_item(number))));
    let lifetimes = [Lifetime::OfServiceKey, Lifetime::Generated { at: time(-9_999) }, Lifetime::Unknown];
    let mut all: Vec<ConnectionRequest> = Vec::new();
    for (number, lifetime) in (1..).zip(lifetimes) {
        let mut request = request(number, hub(1).id);
        if let RequestState::Pending { held } = &mut request.state {
            held.facts.kind = CredentialKind::ClientSecret(lifetime);
        }
        all.push(match number {
            1 => request,
            2 => approved(request),
            _ => rejected(request),
        });
    }
    database.commit(all.iter().cloned().map(Change::PutRequest));

    let database = database.reopened();

    for request in all {
        assert_eq!(database.repository.find_request(request.id).unwrap(), Some(request));
    }
}

#[test]
fn what_is_known_about_a_connection_comes_back_and_is_replaced() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutSecretItem(secret_item(1))]);
    let connection = approved(request(1, hub(1).id));
    database.commit([Change::PutRequest(connection.clone())]);
    assert_eq!(database.repository.find_health(connection.id).unwrap(), None, "nothing is known yet");
    let unknown = ConnectionHealth::unknown(connection.id);
    let works = ConnectionHealth { outcome: HealthOutcome::Success, due: false, ..health(&connection) };
    let failing = |stage| ConnectionHealth {
        outcome: HealthOutcome::Failing(Finding {
            stage,
            code: "refused".into(),
            message: "m".into(),
            remedy: "r".into(),
            seen: "".into(),
            repair: Repair::Settings,
        }),
        ..health(&connection)
    };
    let mut database = database;
    let HealthOutcome::Failing(finding) = failing(Stage::Token).outcome else { unreachable!() };
    let postponed = Some(Postponed { finding, attempts: 2, until: time(70) });
    let waits = ConnectionHealth { postponed, ..works.clone() };
    for health in [unknown, works, waits, health(&connection)].into_iter().chain(Stage::ALL.map(failing)) {
        database.commit([Change::PutHealth(health.clone())]);
        database = database.reopened();
        assert_eq!(database.repository.find_health(connection.id).unwrap(), Some(health));
    }
}

/// A finding of an older version, whose messages are others by now, or which it stored in English only.
#[test]
fn what_was_found_reads_as_it_was_written() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutSecretItem(secret_item(1))]);
    let connection = approved(request(1, hub(1).id));
    database.commit([Change::PutRequest(connection.clone())]);
    let stored = |json: &str| serde_json::from_str::<Message>(json).unwrap();
    let finding = Finding {
        stage: Stage::Token,
        code: "struck_by_lightning".into(),
        message: stored(
            r#"{"id":"cause-struck","arguments":[],"text":"struck by lightning","de":"vom Blitz getroffen"}"#,
        ),
        remedy: stored(r#"{"id":"cause-struck-remedy","arguments":[],"text":"Wait for the sun."}"#),
        seen: stored(r#""a flash""#),
        repair: Repair::TestAgain,
    };
    let outcome = HealthOutcome::Failing(finding);
    database.commit([Change::PutHealth(ConnectionHealth { outcome, ..health(&connection) })]);

    let database = database.reopened();

    let found = database.repository.find_health(connection.id).unwrap().unwrap();
    let HealthOutcome::Failing(Finding { message, remedy, seen, .. }) = found.outcome else { panic!("{found:?}") };
    let texts = |language| [&message, &remedy, &seen].map(|message| message.render(language));
    assert_eq!(texts(Language::English), ["struck by lightning", "Wait for the sun.", "a flash"]);
    assert_eq!(texts(Language::German), ["vom Blitz getroffen", "Wait for the sun.", "a flash"]);
}

#[test]
fn fetched_apis_come_back_by_name_in_place_of_those_before() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1))]);
    database.commit([1, 2].map(|number| Change::PutSecretItem(secret_item(number))));
    let connections = [1, 2].map(|number| approved(request(number, hub(1).id)));
    database.commit(connections.clone().map(Change::PutRequest));
    let [connection, other] = connections.map(|request| request.id);
    let put = |apis: &[FetchedApi]| database.commit([Change::PutFetchedApis(connection, apis.to_vec())]);
    database.commit([Change::PutFetchedApis(other, vec![fetched_api("of the other")])]);
    put(&[fetched_api("gone")]);
    let older = FetchedApi { version: "1".into(), ..fetched_api("Beta") };
    put(&[fetched_api("Gamma"), older.clone(), fetched_api("alpha"), fetched_api("Beta")]);

    let database = database.reopened();

    let repository = &database.repository;
    assert_eq!(
        repository.list_fetched_apis(connection).unwrap(),
        [fetched_api("alpha"), older, fetched_api("Beta"), fetched_api("Gamma")],
        "a portal that answers with one name twice is shown as it is"
    );
    assert_eq!(repository.list_fetched_apis(other).unwrap(), [fetched_api("of the other")]);
    database.commit([Change::PutFetchedApis(connection, Vec::new())]);
    assert_eq!(repository.list_fetched_apis(connection).unwrap(), []);
}

#[test]
fn a_request_that_is_put_again_is_replaced() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutSecretItem(secret_item(1))]);
    database.commit([Change::PutRequest(request(1, hub(1).id))]);
    let changed = rejected(ConnectionRequest {
        alias: "Other".into(),
        portal_key: "https://other.example.com".into(),
        comment: String::new(),
        submitted_by: actor(7),
        submitted_at: time(9),
        ..request(1, hub(1).id)
    });
    database.commit([Change::PutRequest(changed.clone()), Change::RemoveSecretItem(SecretId(uuid(1)))]);
    assert_eq!(database.repository.find_request(changed.id).unwrap(), Some(changed));
    assert_eq!(
        database.repository.count_requests(hub(1).id).unwrap(),
        RequestCounts { pending: 0, approved: 0, rejected: 1 }
    );
}

#[test]
fn only_an_open_request_is_found_by_portal_and_by_alias() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutHub(hub(2))]);
    database.commit((1..=2).map(|number| Change::PutSecretItem(secret_item(number))));
    let past = rejected(ConnectionRequest { alias: "ÄRGER".into(), ..request(3, hub(1).id) });
    let pending = ConnectionRequest { alias: "Ärger".into(), ..request(1, hub(1).id) };
    let approved = approved(request(2, hub(2).id));
    database.commit([&past, &pending, &approved].map(|request| Change::PutRequest(request.clone())));

    let repository = &database.repository;
    let by_portal = |key: &str| repository.find_open_request_of_portal(key).unwrap();
    assert_eq!(by_portal(&pending.portal_key), Some(pending.clone()));
    assert_eq!(by_portal(&approved.portal_key), Some(approved.clone()));
    assert_eq!(by_portal(&past.portal_key), None, "a rejected request does not hold the portal's place");
    let by_alias = |hub: HubId, alias: &str| repository.find_open_request_by_alias(hub, alias).unwrap();
    assert_eq!(by_alias(hub(1).id, "äRGER"), Some(pending));
    assert_eq!(by_alias(hub(2).id, "äRGER"), None, "an alias is unique in its hub, not in all");
    assert_eq!(by_alias(hub(2).id, "ALIAS 2"), Some(approved));
    assert_eq!(by_alias(hub(1).id, "%"), None);
}

#[test]
fn the_ledger_shows_what_is_not_settled() {
    let database = Database::new();
    let storing = SecretItem { state: SecretItemState::Storing, ..secret_item(2) };
    let deleting = SecretItem { state: SecretItemState::Deleting, ..secret_item(1) };
    database.commit([&storing, &deleting, &secret_item(3)].map(|item| Change::PutSecretItem(item.clone())));

    let database = database.reopened();

    assert_eq!(database.repository.list_unsettled_secrets().unwrap(), [deleting.clone(), storing.clone()]);
    assert_eq!(database.repository.find_secret_item(storing.id).unwrap(), Some(storing));
    database.commit([Change::PutSecretItem(secret_item(2)), Change::RemoveSecretItem(deleting.id)]);
    assert_eq!(database.repository.list_unsettled_secrets().unwrap(), []);
    assert_eq!(database.repository.find_secret_item(deleting.id).unwrap(), None);
    assert_eq!(database.repository.find_secret_item(secret_item(2).id).unwrap(), Some(secret_item(2)));
}

/// Promise B3: by which item the keychain is known, and what was given up with a former one, outlasts a restart.
#[test]
fn the_witness_and_what_was_given_up_come_back() {
    let database = Database::new();
    assert_eq!(database.repository.find_keychain_witness().unwrap(), None);
    let rows = [secret_item(1), secret_item(2), secret_item(3)];
    database.commit(rows.iter().cloned().map(Change::PutSecretItem));
    let ids = rows.map(|item| item.id);
    database.commit([Change::PutKeychainWitness(ids[0]), Change::GiveUpSecrets(vec![ids[1], ids[2]])]);

    let database = database.reopened();

    assert_eq!(database.repository.find_keychain_witness().unwrap(), Some(ids[0]));
    assert_eq!(database.repository.list_given_up_secrets().unwrap(), [ids[1], ids[2]]);
    let active = database.repository.list_active_secrets().unwrap();
    assert_eq!(active.iter().map(|item| item.id).collect::<Vec<_>>(), ids, "given up is not gone");
    database.commit([Change::RemoveSecretItem(ids[1])]);
    assert_eq!(database.repository.list_given_up_secrets().unwrap(), [ids[2]], "it goes with its row");
    database.commit([Change::PutKeychainWitness(ids[2]), Change::GiveUpSecrets(vec![ids[0]])]);
    assert_eq!(database.repository.find_keychain_witness().unwrap(), Some(ids[2]), "there is one witness");
    assert_eq!(database.repository.list_given_up_secrets().unwrap(), [ids[0]], "these and no others");
    let refused = database.repository.commit(&[Change::RemoveSecretItem(ids[2])]);
    assert!(refused.is_err(), "the witness is in use");
}

#[test]
fn every_action_is_recorded_newest_first() {
    let database = Database::new();
    let events: Vec<AuditEvent> = (1..)
        .zip(AuditAction::ALL)
        .map(|(number, action)| AuditEvent {
            action: *action,
            actor: if number % 2 == 0 { Actor::System } else { actor(number) },
            // F9: the clock goes back all the time.
            at: time(1000 - number as i64),
            ..event(number)
        })
        .collect();
    database.commit(events.iter().cloned().map(Change::Record));

    let database = database.reopened();

    let page = database
        .repository
        .search_activity(&ActivityQuery { search: String::new(), offset: 0, limit: usize::MAX })
        .unwrap();
    assert_eq!(page.matching, events.len());
    assert_eq!(page.rows, events.into_iter().rev().collect::<Vec<_>>());
}
