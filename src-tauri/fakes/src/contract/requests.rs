//! Requests come back as they were put, and are found while they are open.

use domain::{
    connection::{ConnectionRequest, DestinationState, RequestState},
    credential::{CredentialKind, Lifetime},
    documents::CertUrl,
    id::{HubId, RequestId, SecretId},
    person::Actor,
    ports::{LocalChange, RepositoryError, RequestCounts, RequestQuery, RequestSort, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{
    actor, approved, chain, hub, hub_in_sap, portal, rejected, report, request, secret_item, time, uuid,
};

pub(super) fn requests_come_back_in_each_state(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), SharedChange::PutPortal(portal(1)).into()]);
    database.commit((1..=4).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
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
    database.commit(all.map(|request| SharedChange::PutRequest(request.clone()).into()));

    let database = database.reopened();

    for request in all {
        assert_eq!(database.repository().find_request(request.id).unwrap().as_ref(), Some(request));
    }
    assert_eq!(database.repository().find_request(RequestId(uuid(9))).unwrap(), None);
    assert_eq!(
        database.repository().count_requests(hub(1).id).unwrap(),
        RequestCounts { pending: 1, approved: 2, rejected: 1 }
    );
    assert_eq!(database.repository().count_requests(hub(2).id).unwrap(), RequestCounts::default());
}

pub(super) fn a_request_keeps_how_long_its_client_secret_lives(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into()]);
    database.commit((1..=3).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let lifetimes = [
        Lifetime::OfServiceKey,
        Lifetime::Generated { at: time(-9_999) },
        Lifetime::Unknown,
        Lifetime::Guessed { at: time(-9_998) },
    ];
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
    database.commit(all.iter().cloned().map(|request| SharedChange::PutRequest(request).into()));

    let database = database.reopened();

    for request in all {
        assert_eq!(database.repository().find_request(request.id).unwrap(), Some(request));
    }
}

pub(super) fn a_request_that_is_put_again_is_replaced(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    database.commit([SharedChange::PutRequest(request(1, hub(1).id)).into()]);
    let changed = rejected(ConnectionRequest {
        alias: "Other".into(),
        portal_key: "https://other.example.com".into(),
        comment: String::new(),
        submitted_by: actor(7),
        submitted_at: time(9),
        ..request(1, hub(1).id)
    });
    database.commit([
        SharedChange::PutRequest(changed.clone()).into(),
        LocalChange::RemoveSecretItem(SecretId(uuid(1))).into(),
    ]);
    assert_eq!(database.repository().find_request(changed.id).unwrap(), Some(changed));
    assert_eq!(
        database.repository().count_requests(hub(1).id).unwrap(),
        RequestCounts { pending: 0, approved: 0, rejected: 1 }
    );
}

pub(super) fn only_an_open_request_is_found_by_portal_and_by_alias(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), SharedChange::PutHub(hub(2)).into()]);
    database.commit((1..=2).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let past = rejected(ConnectionRequest { alias: "ÄRGER".into(), ..request(3, hub(1).id) });
    let pending = ConnectionRequest { alias: "Ärger".into(), ..request(1, hub(1).id) };
    let approved = approved(request(2, hub(2).id));
    database.commit([&past, &pending, &approved].map(|request| SharedChange::PutRequest(request.clone()).into()));

    let repository = database.repository();
    let by_portal = |key: &str| repository.list_open_requests_of_portal(key).unwrap();
    assert_eq!(by_portal(&pending.portal_key), std::slice::from_ref(&pending));
    assert_eq!(by_portal(&approved.portal_key), std::slice::from_ref(&approved));
    assert_eq!(by_portal(&past.portal_key), [], "a rejected request does not hold the portal's place");
    let by_alias = |hub: HubId, alias: &str| repository.find_open_request_by_alias(hub, alias).unwrap();
    assert_eq!(by_alias(hub(1).id, "äRGER"), Some(pending));
    assert_eq!(by_alias(hub(2).id, "äRGER"), None, "an alias is unique in its hub, not in all");
    assert_eq!(by_alias(hub(2).id, "ALIAS 2"), Some(approved.clone()));
    assert_eq!(by_alias(hub(2).id, "\u{410}lias  2"), Some(approved), "with a Cyrillic A it looks the same");
    assert_eq!(by_alias(hub(1).id, "%"), None);
}

pub(super) fn records_may_say_what_local_hubs_do_not_allow(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([hub(1), hub_in_sap(2), hub_in_sap(3)].map(|hub| SharedChange::PutHub(hub).into()));
    database.commit((1..=5).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let record = |number, hub| ConnectionRequest {
        alias: "Ärger".into(),
        portal_key: "https://one.example.com".into(),
        report: Some(report()),
        ..request(number, hub)
    };
    let local = ConnectionRequest { report: None, ..record(1, hub(1).id) };
    let pending = [record(2, hub(2).id), record(4, hub(2).id)];
    let known = approved(record(3, hub(3).id));
    let all = [&local, &pending[1], &pending[0], &known];
    database.commit(all.map(|request| SharedChange::PutRequest(request.clone()).into()));

    let database = database.reopened();

    let repository = database.repository();
    let [first, second] = pending;
    assert_eq!(repository.find_request(known.id).unwrap(), Some(known.clone()));
    assert_eq!(
        repository.list_open_requests_of_portal("https://one.example.com").unwrap(),
        [known, local.clone(), first.clone(), second.clone()],
        "the approved one first, whatever was put last"
    );
    assert_eq!(repository.list_open_requests(hub(2).id).unwrap(), [first.clone(), second]);
    assert_eq!(repository.find_open_request_by_alias(hub(2).id, "ÄRGER").unwrap(), Some(first));
    let twice = ConnectionRequest { id: RequestId(uuid(5)), ..request(5, hub(1).id) };
    let twice = ConnectionRequest { portal_key: local.portal_key, ..twice };
    let refused = database.try_commit(&[SharedChange::PutRequest(twice).into()]);
    assert!(matches!(refused, Err(RepositoryError::Conflict)), "{refused:?}");
}

pub(super) fn a_record_is_found_by_what_was_reported(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub_in_sap(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    let record = ConnectionRequest { report: Some(report()), ..request(1, hub(1).id) };
    database.commit([SharedChange::PutRequest(record.clone()).into()]);
    let search = |words: &str| {
        let query = RequestQuery {
            hub: hub(1).id,
            state: None,
            search: words.into(),
            sort: RequestSort::Alias,
            descending: false,
            offset: 0,
            limit: 10,
        };
        database.repository().search_requests(&query).unwrap().rows
    };
    for words in ["ROLF ängström", "chg-1", "note"] {
        assert_eq!(search(words).first().map(|row| &row.request), Some(&record), "{words}");
    }
    assert!(search(record.submitted_by.name()).is_empty(), "who submitted it is reported");
}
