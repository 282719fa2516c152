//! What goes with a portal or a hub, and what stays.

use domain::{
    connection::ConnectionRequest,
    credential::{CredentialEnd, Lifetime},
    id::{ApiProxyId, HubId, PortalId, SecretId},
    ports::{LocalChange, RepositoryError, RequestCounts, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{
    api_proxy, approved, credential, fetched_api, health, hub, imported, instance, person, portal, portal_in_sap,
    portal_with_instance, rejected, request, secret_item, time, uuid,
};

pub(super) fn a_portal_goes_with_its_credentials_and_leaves_its_requests(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into()]);
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit([1, 2].map(|number| SharedChange::PutApiProxy(api_proxy(number, portal(number).id)).into()));
    database.commit((1..=3).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let past = rejected(ConnectionRequest { portal_id: Some(portal(1).id), ..request(5, hub(1).id) });
    database.commit([
        SharedChange::PutCredential(credential(1, portal(1).id).supersede(time(1))).into(),
        SharedChange::PutCredential(credential(2, portal(1).id)).into(),
        SharedChange::PutCredential(credential(3, portal(2).id)).into(),
        SharedChange::PutRequest(past.clone()).into(),
    ]);

    database.commit([
        SharedChange::RemovePortal(portal(1).id).into(),
        LocalChange::RemoveSecretItem(SecretId(uuid(1))).into(),
        LocalChange::RemoveSecretItem(SecretId(uuid(2))).into(),
    ]);

    let repository = database.repository();
    assert_eq!(repository.list_portals().unwrap(), [portal(2)]);
    assert_eq!(repository.list_credentials(portal(1).id).unwrap(), []);
    assert_eq!(repository.list_credentials(portal(2).id).unwrap(), [credential(3, portal(2).id)]);
    for (of_portal, instances, proxies) in
        [(1, vec![], vec![]), (2, vec![instance(2, portal(2).id)], vec![api_proxy(2, portal(2).id)])]
    {
        assert_eq!(repository.list_service_instances(portal(of_portal).id).unwrap(), instances);
        assert_eq!(repository.list_api_proxies(portal(of_portal).id).unwrap(), proxies);
    }
    let kept = ConnectionRequest { portal_id: None, ..past };
    assert_eq!(repository.find_request(kept.id).unwrap(), Some(kept), "the history of the hub must not have holes");
}

pub(super) fn a_portal_in_sap_goes_with_its_imported_credentials(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([1, 2].map(|number| SharedChange::PutPortal(portal_in_sap(number)).into()));
    database.commit((1..=4).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let former = imported(1, portal(1).id, Lifetime::Unknown, Some(3)).supersede(time(1));
    let other = imported(4, portal(2).id, Lifetime::Unknown, None);
    let all = [former, imported(2, portal(1).id, Lifetime::OfServiceKey, None), other.clone()];
    database.commit(all.map(|credential| SharedChange::PutCredential(credential).into()));

    let removed = [1, 2, 3].map(|number| LocalChange::RemoveSecretItem(SecretId(uuid(number))).into());
    database.commit(removed.into_iter().chain([SharedChange::RemovePortal(portal(1).id).into()]));

    let repository = database.repository();
    assert_eq!(repository.list_portals().unwrap(), [portal_in_sap(2)]);
    assert_eq!(repository.list_credentials(portal(1).id).unwrap(), []);
    assert_eq!(repository.list_credentials(portal(2).id).unwrap(), [other]);
}

pub(super) fn the_row_of_a_secret_stays_as_long_as_imported_credentials_refer_to_it(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPortal(portal_in_sap(1)).into()]);
    database.commit((1..=2).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let credential = imported(1, portal(1).id, Lifetime::Unknown, Some(2));
    database.commit([SharedChange::PutCredential(credential.clone()).into()]);
    for number in [1, 2] {
        let error = database.try_commit(&[LocalChange::RemoveSecretItem(SecretId(uuid(number))).into()]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "secret {number}: {error}");
        assert_eq!(
            database.repository().find_secret_item(SecretId(uuid(number))).unwrap(),
            Some(secret_item(number)),
            "without the row nobody would ever remove the keychain's item"
        );
    }
    let unknown = imported(1, portal(1).id, Lifetime::Unknown, Some(9));
    database.try_commit(&[SharedChange::PutCredential(unknown).into()]).unwrap_err();

    let (retired, secrets) = credential.retire(time(2), CredentialEnd::KeyDeleted).unwrap();
    let removed = secrets.into_iter().map(|id| LocalChange::RemoveSecretItem(id).into());
    database.commit(removed.chain([SharedChange::PutCredential(retired.clone()).into()]));
    assert_eq!(database.repository().find_credential(retired.id).unwrap(), Some(retired));
    assert_eq!(database.repository().find_secret_item(SecretId(uuid(2))).unwrap(), None);
}

pub(super) fn a_hub_goes_with_its_requests_and_the_ledger_keeps_their_secrets(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), SharedChange::PutHub(hub(2)).into()]);
    database.commit((1..=2).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let other = request(2, hub(2).id);
    database.commit([
        SharedChange::PutRequest(request(1, hub(1).id)).into(),
        SharedChange::PutRequest(rejected(request(3, hub(1).id))).into(),
        SharedChange::PutRequest(other.clone()).into(),
    ]);

    database.commit([SharedChange::RemoveHub(hub(1).id).into()]);

    let repository = database.repository();
    assert_eq!(repository.list_hubs().unwrap(), [hub(2)]);
    assert_eq!(repository.count_requests(hub(1).id).unwrap(), RequestCounts::default());
    assert_eq!(repository.find_request(request(1, hub(1).id).id).unwrap(), None);
    assert_eq!(repository.find_request(other.id).unwrap(), Some(other));
    assert_eq!(
        repository.find_secret_item(SecretId(uuid(1))).unwrap(),
        Some(secret_item(1)),
        "the row goes when the keychain's item is gone, not before"
    );
    database.commit([
        SharedChange::PutRequest(ConnectionRequest { alias: "again".into(), ..request(1, hub(2).id) }).into()
    ]);
}

pub(super) fn a_connection_keeps_its_health_and_apis_whatever_happens_to_its_request_and_portal(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([
        SharedChange::PutHub(hub(1)).into(),
        SharedChange::PutPortal(portal(1)).into(),
        LocalChange::PutSecretItem(secret_item(1)).into(),
    ]);
    let connection = approved(ConnectionRequest { portal_id: Some(portal(1).id), ..request(1, hub(1).id) });
    // In one commit, and before the request itself: the references are checked at its end.
    database.commit([
        SharedChange::PutHealth(health(&connection)).into(),
        SharedChange::PutFetchedApis(connection.id, vec![fetched_api("orders")]).into(),
        SharedChange::PutRequest(connection.clone()).into(),
    ]);
    let repository = database.repository();
    let assert_known = |after: &str| {
        assert_eq!(repository.find_health(connection.id).unwrap(), Some(health(&connection)), "{after}");
        assert_eq!(repository.list_fetched_apis(connection.id).unwrap(), [fetched_api("orders")], "{after}");
    };

    database.commit([
        SharedChange::PutRequest(ConnectionRequest { comment: "changed".into(), ..connection.clone() }).into()
    ]);
    assert_known("the request was changed");
    database.commit([SharedChange::PutPortal(domain::portal::Portal { name: "Renamed".into(), ..portal(1) }).into()]);
    assert_known("its portal was renamed");
    database.commit([SharedChange::RemovePortal(portal(1).id).into()]);
    assert_known("its portal was deleted");
}

pub(super) fn a_hub_goes_with_what_is_known_about_its_connections_and_no_others(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([1, 2].map(|number| SharedChange::PutHub(hub(number)).into()));
    database.commit([1, 2].map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let connections = [1, 2].map(|number| approved(request(number, hub(number).id)));
    for connection in &connections {
        database.commit([
            SharedChange::PutRequest(connection.clone()).into(),
            SharedChange::PutHealth(health(connection)).into(),
            SharedChange::PutFetchedApis(connection.id, vec![fetched_api("orders")]).into(),
        ]);
    }

    database.commit([SharedChange::RemoveHub(hub(1).id).into()]);

    let repository = database.repository();
    let [gone, kept] = connections;
    assert_eq!(repository.find_health(gone.id).unwrap(), None);
    assert_eq!(repository.list_fetched_apis(gone.id).unwrap(), []);
    assert_eq!(repository.find_health(kept.id).unwrap(), Some(health(&kept)));
    assert_eq!(repository.list_fetched_apis(kept.id).unwrap(), [fetched_api("orders")]);
}

pub(super) fn an_api_proxy_that_is_removed_leaves_the_others(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPortal(portal(1)).into()]);
    database.commit([1, 2].map(|number| SharedChange::PutApiProxy(api_proxy(number, portal(1).id)).into()));
    database.commit([SharedChange::RemoveApiProxy(api_proxy(1, portal(1).id).id).into()]);
    assert_eq!(database.repository().list_api_proxies(portal(1).id).unwrap(), [api_proxy(2, portal(1).id)]);
    assert_eq!(database.repository().find_api_proxy(api_proxy(1, portal(1).id).id).unwrap(), None);
}

pub(super) fn removing_what_is_not_there_changes_nothing(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([
        SharedChange::RemovePortal(PortalId(uuid(1))).into(),
        SharedChange::RemoveHub(HubId(uuid(1))).into(),
        SharedChange::RemoveApiProxy(ApiProxyId(uuid(1))).into(),
        LocalChange::RemoveSecretItem(SecretId(uuid(1))).into(),
    ]);
}

pub(super) fn a_request_goes_with_what_is_known_about_its_connection(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into()]);
    database.commit((1..=2).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let both = [1, 2].map(|number| approved(request(number, hub(1).id)));
    for request in &both {
        database.commit([
            SharedChange::PutRequest(request.clone()).into(),
            SharedChange::PutHealth(health(request)).into(),
            SharedChange::PutFetchedApis(request.id, vec![fetched_api("one")]).into(),
        ]);
    }
    let [gone, kept] = both;

    database.commit([SharedChange::RemoveRequest(gone.id).into()]);

    let repository = database.repository();
    assert_eq!(repository.find_request(gone.id).unwrap(), None);
    assert_eq!(repository.find_health(gone.id).unwrap(), None);
    assert_eq!(repository.list_fetched_apis(gone.id).unwrap(), []);
    assert_eq!(repository.list_fetched_apis(kept.id).unwrap().len(), 1);
    assert_eq!(repository.list_approved_requests(None).unwrap(), [kept]);
}

pub(super) fn a_person_goes_and_leaves_what_was_done(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    let submitted = request(1, hub(1).id);
    database.commit([1, 2].map(|number| SharedChange::PutPerson(person(number)).into()));
    database.commit([
        LocalChange::SetCurrentPerson(person(1).id).into(),
        SharedChange::PutRequest(submitted.clone()).into(),
    ]);

    database.commit([SharedChange::RemovePerson(person(2).id).into()]);

    let repository = database.repository();
    assert_eq!(repository.list_people().unwrap(), [person(1)]);
    assert_eq!(repository.find_request(submitted.id).unwrap(), Some(submitted));
    let current = database.try_commit(&[SharedChange::RemovePerson(person(1).id).into()]);
    assert!(current.is_err(), "the current person has to be there");
}
