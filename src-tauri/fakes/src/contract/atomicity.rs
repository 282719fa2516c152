//! A commit happens as a whole or not at all, and no row refers to what is not there.

use domain::{
    connection::ConnectionRequest,
    credential::Lifetime,
    id::{PersonId, SecretId},
    person::Person,
    ports::{ActivityQuery, Change, RepositoryError},
};

use super::adapter::{Database, Make};
use crate::samples::{
    api_proxy, authority, credential, event, fetched_api, health, hub, identity, imported, instance, person, portal,
    portal_with_instance, request, secret_item, settings, uuid,
};

pub(super) fn a_change_that_fails_takes_back_all_changes_of_its_commit(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([Change::PutPerson(person(1)), Change::PutHub(hub(1)), Change::PutSecretItem(secret_item(1))]);
    database.commit([Change::PutRequest(request(1, hub(1).id))]);
    let former = database.repository().get_settings().unwrap();
    let duplicate = Person { email: person(1).email, ..person(2) };

    let error = database
        .try_commit(&[
            Change::RemoveHub(hub(1).id),
            Change::PutPortal(portal(1)),
            Change::PutApiProxy(api_proxy(1, portal(1).id)),
            Change::PutSettings(settings()),
            Change::Record(event(1)),
            Change::PutPerson(duplicate),
        ])
        .unwrap_err();

    assert!(matches!(error, RepositoryError::Conflict), "{error:?}");
    let repository = database.repository();
    assert_eq!(repository.list_hubs().unwrap(), [hub(1)]);
    assert_eq!(repository.find_request(request(1, hub(1).id).id).unwrap(), Some(request(1, hub(1).id)));
    assert_eq!(repository.list_portals().unwrap(), []);
    assert_eq!(repository.list_api_proxies(portal(1).id).unwrap(), []);
    assert_eq!(repository.get_settings().unwrap(), former);
    assert_eq!(repository.list_people().unwrap(), [person(1)]);
    let activity = ActivityQuery { search: String::new(), offset: 0, limit: 10 };
    assert_eq!(repository.search_activity(&activity).unwrap().rows, []);
    database.commit([Change::PutPortal(portal(1))]);
}

pub(super) fn nothing_may_refer_to_a_secret_that_the_ledger_does_not_know(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([Change::PutHub(hub(1))]);
    database.commit(portal_with_instance(1));
    // The token service's other key.
    database.commit([Change::PutSecretItem(secret_item(9))]);
    let nine = SecretId(uuid(9));
    for (number, change) in [
        (1, Change::PutRequest(request(1, hub(1).id))),
        (2, Change::PutCredential(credential(2, portal(1).id))),
        (3, Change::PutAuthority(authority(SecretId(uuid(3))))),
        (4, Change::PutTokenServiceIdentity(identity(SecretId(uuid(4)), nine))),
        (5, Change::PutTokenServiceIdentity(identity(nine, SecretId(uuid(5))))),
    ] {
        let error = database.try_commit(std::slice::from_ref(&change)).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{error:?}");
        database.commit([change, Change::PutSecretItem(secret_item(number))]);
        let error = database.try_commit(&[Change::RemoveSecretItem(SecretId(uuid(number)))]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "its item would be forgotten in the keychain");
        assert!(database.repository().find_secret_item(SecretId(uuid(number))).unwrap().is_some());
    }
}

pub(super) fn nothing_may_refer_to_a_row_that_is_not_there(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([Change::PutHub(hub(1)), Change::PutPortal(portal(2)), Change::PutSecretItem(secret_item(1))]);
    for change in [
        Change::SetCurrentPerson(PersonId(uuid(1))),
        Change::PutServiceInstance(instance(1, portal(1).id)),
        Change::PutCredential(credential(1, portal(1).id)),
        // Its portal is there, but not its service instance.
        Change::PutCredential(credential(1, portal(2).id)),
        Change::PutCredential(imported(1, portal(1).id, Lifetime::Unknown, None)),
        Change::PutApiProxy(api_proxy(1, portal(1).id)),
        Change::PutKeychainWitness(SecretId(uuid(2))),
        Change::GiveUpSecrets(vec![SecretId(uuid(2))]),
        Change::PutHealth(health(&request(1, hub(1).id))),
        Change::PutFetchedApis(request(1, hub(1).id).id, vec![fetched_api("a")]),
        Change::PutRequest(request(1, hub(2).id)),
        Change::PutRequest(ConnectionRequest { portal_id: Some(portal(1).id), ..request(1, hub(1).id) }),
    ] {
        let error = database.try_commit(&[change]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{error:?}");
    }
    assert_eq!(database.repository().find_current_person().unwrap(), None);
}
