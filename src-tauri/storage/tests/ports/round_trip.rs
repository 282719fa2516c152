//! What is put comes back as it was, also after the database was closed.

use std::collections::BTreeSet;

use domain::{
    Activity, ActivityQuery, Actor, AuditAction, AuditEvent, Change, ConnectionRequest, Credential, CredentialKind,
    CredentialState, Hub, Hubs, People, Person, Portal, Portals, RequestCounts, Requests, Role, SecretItem,
    SecretItemState, Secrets, Subaccount,
    id::{CredentialId, HubId, PersonId, PortalId, RequestId, SecretId},
};

use crate::samples::{
    Database, actor, approved, authority, chain, credential, event, hub, person, portal, rejected, request,
    secret_item, time, uuid,
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
        instance_number: 0,
        created_at: time(9),
        ..first
    };
    database.commit([Change::PutPortal(changed.clone())]);
    assert_eq!(database.repository.list_portals().unwrap(), [portal(1), changed]);
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
        created_at: time(9),
        ..first
    };
    database.commit([Change::PutHub(changed.clone())]);
    assert_eq!(database.repository.list_hubs().unwrap(), [hub(1), changed]);
}

#[test]
fn credentials_come_back_newest_first_in_each_state() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal(1)), Change::PutPortal(portal(2))]);
    database.commit((1..=4).map(|number| Change::PutSecretItem(secret_item(number))));
    let retired = Credential {
        kind: CredentialKind::ClientSecret,
        created_by: Actor::System,
        state: CredentialState::Retired { at: time(8) },
        ..credential(1, portal(1).id)
    };
    let superseded = credential(2, portal(1).id).supersede(time(8));
    let current = credential(3, portal(1).id);
    let of_another_portal = credential(4, portal(2).id);
    let all = [&current, &retired, &superseded, &of_another_portal];
    database.commit(all.map(|credential| Change::PutCredential(credential.clone())));

    let database = database.reopened();

    assert_eq!(database.repository.list_credentials(portal(1).id).unwrap(), [current.clone(), superseded, retired]);
    assert_eq!(database.repository.find_credential(current.id).unwrap(), Some(current));
    assert_eq!(database.repository.find_credential(CredentialId(uuid(9))).unwrap(), None);
}

#[test]
fn regenerating_supersedes_the_old_one_and_puts_the_new_one_in_one_commit() {
    let database = Database::new();
    database.commit([Change::PutPortal(portal(1)), Change::PutSecretItem(secret_item(1))]);
    database.commit([Change::PutCredential(credential(1, portal(1).id))]);
    let old = credential(1, portal(1).id).supersede(time(2));
    let new = credential(2, portal(1).id);
    database.commit([
        Change::PutSecretItem(secret_item(2)),
        Change::PutCredential(old.clone()),
        Change::PutCredential(new.clone()),
    ]);
    assert_eq!(database.repository.list_credentials(portal(1).id).unwrap(), [new.clone(), old.clone()]);

    let (retired, secret) = old.retire(time(3)).unwrap();
    database.commit([Change::RemoveSecretItem(secret), Change::PutCredential(retired.clone())]);
    assert_eq!(
        database.repository.list_credentials(portal(1).id).unwrap(),
        [new, retired],
        "the reference is checked at the end of the commit, so either order works"
    );
}

#[test]
fn there_is_one_authority_at_most() {
    let database = Database::new();
    assert_eq!(database.repository.find_authority().unwrap(), None);
    database.commit([1, 2].map(|number| Change::PutSecretItem(secret_item(number))));
    database.commit([Change::PutAuthority(authority(SecretId(uuid(1))))]);
    let next = domain::Authority {
        certificate_pem: "another".into(),
        not_after: time(8),
        created_at: time(9),
        ..authority(SecretId(uuid(2)))
    };
    database.commit([Change::PutAuthority(next.clone())]);
    assert_eq!(database.reopened().repository.find_authority().unwrap(), Some(next));
}

#[test]
fn requests_come_back_in_each_state() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutPortal(portal(1))]);
    database.commit((1..=3).map(|number| Change::PutSecretItem(secret_item(number))));
    let pending = ConnectionRequest { portal_id: Some(portal(1).id), ..request(1, hub(1).id) };
    let approved = approved(ConnectionRequest { submitted_by: Actor::System, ..request(2, hub(1).id) });
    let mut rejected = rejected(request(3, hub(1).id));
    if let domain::RequestState::Rejected { facts, .. } = &mut rejected.state {
        facts.cert_url = Some("https://portal-3.cert.example.com".into());
        facts.kind = CredentialKind::Certificate(chain());
    }
    let all = [&pending, &approved, &rejected];
    database.commit(all.map(|request| Change::PutRequest(request.clone())));

    let database = database.reopened();

    for request in all {
        assert_eq!(database.repository.find_request(request.id).unwrap().as_ref(), Some(request));
    }
    assert_eq!(database.repository.find_request(RequestId(uuid(9))).unwrap(), None);
    assert_eq!(
        database.repository.count_requests(hub(1).id).unwrap(),
        RequestCounts { pending: 1, approved: 1, rejected: 1 }
    );
    assert_eq!(database.repository.count_requests(hub(2).id).unwrap(), RequestCounts::default());
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

#[test]
fn every_action_is_recorded_newest_first() {
    let database = Database::new();
    let events: Vec<AuditEvent> = (1..)
        .zip(AuditAction::ALL)
        .map(|(number, action)| AuditEvent {
            action: *action,
            actor: if number % 2 == 0 { Actor::System } else { actor(number) },
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
