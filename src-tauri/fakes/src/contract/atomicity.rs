//! A commit happens as a whole or not at all, and no row refers to what is not there.

use domain::{
    connection::ConnectionRequest,
    credential::Lifetime,
    id::{PersonId, SecretId},
    messages::Language,
    person::Person,
    ports::{ActivityQuery, LocalChange, RepositoryError, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{
    api_proxy, authority, credential, event, fetched_api, health, hub, identity, imported, instance, person, portal,
    portal_with_instance, request, secret_item, settings, uuid,
};

pub(super) fn a_change_that_fails_takes_back_all_changes_of_its_commit(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([
        SharedChange::PutPerson(person(1)).into(),
        SharedChange::PutHub(hub(1)).into(),
        LocalChange::PutSecretItem(secret_item(1)).into(),
    ]);
    database.commit([SharedChange::PutRequest(request(1, hub(1).id)).into()]);
    let former = database.repository().get_settings().unwrap();
    let duplicate = Person { email: person(1).email, ..person(2) };

    let error = database
        .try_commit(&[
            SharedChange::RemoveHub(hub(1).id).into(),
            SharedChange::PutPortal(portal(1)).into(),
            SharedChange::PutApiProxy(api_proxy(1, portal(1).id)).into(),
            LocalChange::PutSettings(settings()).into(),
            SharedChange::Record(event(1)).into(),
            SharedChange::PutPerson(duplicate).into(),
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
    let activity = ActivityQuery { search: String::new(), language: Language::English, offset: 0, limit: 10 };
    assert_eq!(repository.search_activity(&activity).unwrap().rows, []);
    database.commit([SharedChange::PutPortal(portal(1)).into()]);
}

pub(super) fn nothing_may_refer_to_a_secret_that_the_ledger_does_not_know(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into()]);
    database.commit(portal_with_instance(1));
    // The token service's other key.
    database.commit([LocalChange::PutSecretItem(secret_item(9)).into()]);
    let nine = SecretId(uuid(9));
    for (number, change) in [
        (1, SharedChange::PutRequest(request(1, hub(1).id)).into()),
        (2, SharedChange::PutCredential(credential(2, portal(1).id)).into()),
        (3, LocalChange::PutAuthority(authority(SecretId(uuid(3)))).into()),
        (4, LocalChange::PutTokenServiceIdentity(identity(SecretId(uuid(4)), nine)).into()),
        (5, LocalChange::PutTokenServiceIdentity(identity(nine, SecretId(uuid(5)))).into()),
    ] {
        let error = database.try_commit(std::slice::from_ref(&change)).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{error:?}");
        database.commit([change, LocalChange::PutSecretItem(secret_item(number)).into()]);
        let error = database.try_commit(&[LocalChange::RemoveSecretItem(SecretId(uuid(number))).into()]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "its item would be forgotten in the keychain");
        assert!(database.repository().find_secret_item(SecretId(uuid(number))).unwrap().is_some());
    }
}

pub(super) fn nothing_may_refer_to_a_row_that_is_not_there(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([
        SharedChange::PutHub(hub(1)).into(),
        SharedChange::PutPortal(portal(2)).into(),
        LocalChange::PutSecretItem(secret_item(1)).into(),
    ]);
    for change in [
        LocalChange::SetCurrentPerson(PersonId(uuid(1))).into(),
        SharedChange::PutServiceInstance(instance(1, portal(1).id)).into(),
        SharedChange::PutCredential(credential(1, portal(1).id)).into(),
        // Its portal is there, but not its service instance.
        SharedChange::PutCredential(credential(1, portal(2).id)).into(),
        SharedChange::PutCredential(imported(1, portal(1).id, Lifetime::Unknown, None)).into(),
        SharedChange::PutApiProxy(api_proxy(1, portal(1).id)).into(),
        LocalChange::PutKeychainWitness(SecretId(uuid(2))).into(),
        LocalChange::GiveUpSecrets(vec![SecretId(uuid(2))]).into(),
        SharedChange::PutHealth(health(&request(1, hub(1).id))).into(),
        SharedChange::PutFetchedApis(request(1, hub(1).id).id, vec![fetched_api("a")]).into(),
        SharedChange::PutRequest(request(1, hub(2).id)).into(),
        SharedChange::PutRequest(ConnectionRequest { portal_id: Some(portal(1).id), ..request(1, hub(1).id) }).into(),
    ] {
        let error = database.try_commit(&[change]).unwrap_err();
        assert!(matches!(error, RepositoryError::Other { .. }), "{error:?}");
    }
    assert_eq!(database.repository().find_current_person().unwrap(), None);
}
