//! What goes with a portal or a hub, and what stays.

use domain::{
    Change, ConnectionRequest, Hubs, Portals, RequestCounts, Requests, Secrets,
    id::{HubId, PortalId, SecretId},
};

use crate::samples::{Database, credential, hub, portal, rejected, request, secret_item, time, uuid};

#[test]
fn a_portal_goes_with_its_credentials_and_leaves_its_requests() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutPortal(portal(1)), Change::PutPortal(portal(2))]);
    database.commit((1..=3).map(|number| Change::PutSecretItem(secret_item(number))));
    let past = rejected(ConnectionRequest { portal_id: Some(portal(1).id), ..request(5, hub(1).id) });
    database.commit([
        Change::PutCredential(credential(1, portal(1).id).supersede(time(1))),
        Change::PutCredential(credential(2, portal(1).id)),
        Change::PutCredential(credential(3, portal(2).id)),
        Change::PutRequest(past.clone()),
    ]);

    database.commit([
        Change::RemovePortal(portal(1).id),
        Change::RemoveSecretItem(SecretId(uuid(1))),
        Change::RemoveSecretItem(SecretId(uuid(2))),
    ]);

    let repository = &database.repository;
    assert_eq!(repository.list_portals().unwrap(), [portal(2)]);
    assert_eq!(repository.list_credentials(portal(1).id).unwrap(), []);
    assert_eq!(repository.list_credentials(portal(2).id).unwrap(), [credential(3, portal(2).id)]);
    let kept = ConnectionRequest { portal_id: None, ..past };
    assert_eq!(repository.find_request(kept.id).unwrap(), Some(kept), "the history of the hub must not have holes");
}

#[test]
fn a_hub_goes_with_its_requests_and_the_ledger_keeps_their_secrets() {
    let database = Database::new();
    database.commit([Change::PutHub(hub(1)), Change::PutHub(hub(2))]);
    database.commit((1..=2).map(|number| Change::PutSecretItem(secret_item(number))));
    let other = request(2, hub(2).id);
    database.commit([
        Change::PutRequest(request(1, hub(1).id)),
        Change::PutRequest(rejected(request(3, hub(1).id))),
        Change::PutRequest(other.clone()),
    ]);

    database.commit([Change::RemoveHub(hub(1).id)]);

    let repository = &database.repository;
    assert_eq!(repository.list_hubs().unwrap(), [hub(2)]);
    assert_eq!(repository.count_requests(hub(1).id).unwrap(), RequestCounts::default());
    assert_eq!(repository.find_request(request(1, hub(1).id).id).unwrap(), None);
    assert_eq!(repository.find_request(other.id).unwrap(), Some(other));
    assert_eq!(
        repository.find_secret_item(SecretId(uuid(1))).unwrap(),
        Some(secret_item(1)),
        "the row goes when the keychain's item is gone, not before"
    );
    database.commit([Change::PutRequest(ConnectionRequest { alias: "again".into(), ..request(1, hub(2).id) })]);
}

#[test]
fn removing_what_is_not_there_changes_nothing() {
    let database = Database::new();
    database.commit([
        Change::RemovePortal(PortalId(uuid(1))),
        Change::RemoveHub(HubId(uuid(1))),
        Change::RemoveSecretItem(SecretId(uuid(1))),
    ]);
}
