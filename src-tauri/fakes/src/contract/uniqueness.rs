//! What is promised about pairs of rows. The domain checks first, but another process may write in between.

use domain::{
    connection::ConnectionRequest,
    credential::{Credential, CredentialState, Lifetime},
    hub::{Hub, HubHome},
    id::SecretId,
    person::Person,
    portal::{ApiProxy, Portal, ServiceInstance, Subaccount},
    ports::{Change, LocalChange, RepositoryError, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{
    api_proxy, approved, credential, event, hub, imported, instance, person, portal, portal_in_sap,
    portal_with_instance, rejected, request, secret_item, time, uuid,
};

/// Two hubs, two portals, and secrets for whatever a test puts.
fn database(make: Make<'_>) -> Database {
    let database = Database::new(make);
    database.commit([hub(1), hub(2)].map(|hub| SharedChange::PutHub(hub).into()));
    database.commit([portal_with_instance(1), portal_with_instance(2)].into_iter().flatten());
    database.commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    database
}

#[track_caller]
fn assert_conflict(database: &Database, change: Change) {
    let error = database.try_commit(&[change]).unwrap_err();
    assert!(matches!(error, RepositoryError::Conflict), "{error:?}");
}

pub(super) fn an_e_mail_address_belongs_to_one_person_whatever_its_case(make: Make<'_>) {
    let database = database(make);
    database.commit([SharedChange::PutPerson(person(1)).into()]);
    let email = person(1).email.to_uppercase();
    assert_conflict(&database, SharedChange::PutPerson(Person { email, ..person(2) }).into());
    database.commit([SharedChange::PutPerson(Person { name: person(1).name, ..person(2) }).into()]);
}

pub(super) fn name_subaccount_and_slug_belong_to_one_portal(make: Make<'_>) {
    let database = database(make);
    assert_conflict(&database, SharedChange::PutPortal(Portal { name: "VERTRIEB SÜD 1".into(), ..portal(3) }).into());
    let subaccount = Subaccount::from_stored("PORTAL-1".into());
    assert_conflict(&database, SharedChange::PutPortal(Portal { subaccount, ..portal(3) }).into());
    assert_conflict(&database, SharedChange::PutPortal(Portal { slug: portal(1).slug, ..portal(3) }).into());
    let as_the_hub = Subaccount::from_stored("Hub-1".into());
    database.commit([SharedChange::PutPortal(Portal { subaccount: as_the_hub, ..portal(3) }).into()]);
    let elsewhere = Portal { name: "VERTRIEB SÜD 1".into(), ..portal_in_sap(4) };
    assert_conflict(&database, SharedChange::PutPortal(elsewhere).into());
}

pub(super) fn name_and_subaccount_belong_to_one_hub(make: Make<'_>) {
    let database = database(make);
    assert_conflict(&database, SharedChange::PutHub(Hub { name: "hub ä 1".into(), ..hub(3) }).into());
    let subaccount = Subaccount::from_stored("HUB-1".into());
    let home = HubHome::Local { subaccount, four_eyes: false };
    assert_conflict(&database, SharedChange::PutHub(Hub { home, ..hub(3) }).into());
}

pub(super) fn a_portal_has_one_current_credential(make: Make<'_>) {
    let database = database(make);
    database.commit([SharedChange::PutCredential(credential(1, portal(1).id)).into()]);
    assert_conflict(&database, SharedChange::PutCredential(credential(2, portal(1).id)).into());
    let superseded: Credential = credential(2, portal(1).id).supersede(time(1));
    database.commit([
        SharedChange::PutCredential(superseded).into(),
        SharedChange::PutCredential(credential(3, portal(2).id)).into(),
    ]);
}

pub(super) fn a_portal_has_any_number_of_additional_credentials_beside_the_current_one(make: Make<'_>) {
    let database = database(make);
    let additional = |number| Credential {
        state: CredentialState::Additional { secret: SecretId(uuid(number)) },
        ..credential(number, portal(1).id)
    };
    database.commit(
        [credential(1, portal(1).id), additional(2), additional(3)]
            .map(|credential| SharedChange::PutCredential(credential).into()),
    );
}

pub(super) fn a_client_id_belongs_to_one_credential_of_a_portal(make: Make<'_>) {
    let database = database(make);
    let first = credential(1, portal(1).id).supersede(time(1));
    database.commit([SharedChange::PutCredential(first.clone()).into()]);
    let same = |number, portal| Credential { client_id: first.client_id.clone(), ..credential(number, portal) };
    assert_conflict(&database, SharedChange::PutCredential(same(2, portal(1).id)).into());
    database.commit([SharedChange::PutCredential(same(2, portal(2).id)).into()]);
}

pub(super) fn a_client_id_belongs_to_any_number_of_imported_credentials_of_a_portal(make: Make<'_>) {
    let database = database(make);
    database.commit([3, 4].map(|number| SharedChange::PutPortal(portal_in_sap(number)).into()));
    let imported = |number, portal| imported(number, portal, Lifetime::Unknown, None);
    let first = imported(3, portal(3).id);
    let same = |number, portal| Credential { client_id: first.client_id.clone(), ..imported(number, portal) };
    database.commit([SharedChange::PutCredential(first.clone()).into()]);
    assert_conflict(&database, SharedChange::PutCredential(same(4, portal(3).id)).into());
    database.commit([
        SharedChange::PutCredential(first.clone().supersede(time(1))).into(),
        SharedChange::PutCredential(same(4, portal(3).id)).into(),
        SharedChange::PutCredential(same(5, portal(4).id)).into(),
    ]);
    let generated = Credential { client_id: first.client_id.clone(), ..credential(1, portal(1).id) };
    database.commit([SharedChange::PutCredential(generated.clone()).into()]);
    let found = |slug: &str| database.repository().find_credential_of_client(slug, &first.client_id).unwrap();
    assert_eq!(found("vertrieb-1"), Some(generated));
    assert_eq!(found("vertrieb-3"), None, "what was imported is no client of the token service");
}

pub(super) fn a_name_belongs_to_one_service_instance_of_a_portal_until_it_is_deleted(make: Make<'_>) {
    let database = database(make);
    let named = |number, portal| ServiceInstance { name: "ÜBERGABE 1".into(), ..instance(number, portal) };
    assert_conflict(&database, SharedChange::PutServiceInstance(named(3, portal(1).id)).into());
    database.commit([SharedChange::PutServiceInstance(named(3, portal(2).id)).into()]);

    let deleted = ServiceInstance { deleted_at: Some(time(9)), ..instance(1, portal(1).id) };
    database.commit([
        SharedChange::PutServiceInstance(deleted.clone()).into(),
        SharedChange::PutServiceInstance(named(4, portal(1).id)).into(),
    ]);
    let deleted_as_well = ServiceInstance { deleted_at: Some(time(9)), ..named(4, portal(1).id) };
    database.commit([SharedChange::PutServiceInstance(deleted_as_well).into()]);
    database.commit([SharedChange::PutServiceInstance(named(5, portal(1).id)).into()]);
    let again = ServiceInstance { deleted_at: None, ..deleted };
    assert_conflict(&database, SharedChange::PutServiceInstance(again).into());
}

pub(super) fn a_name_belongs_to_one_api_proxy_of_a_portal_whatever_its_case(make: Make<'_>) {
    let database = database(make);
    let named = |number, portal| ApiProxy { name: "ORDERS-1".into(), ..api_proxy(number, portal) };
    database.commit([SharedChange::PutApiProxy(api_proxy(1, portal(1).id)).into()]);
    assert_conflict(&database, SharedChange::PutApiProxy(named(2, portal(1).id)).into());
    database.commit([
        SharedChange::PutApiProxy(named(1, portal(1).id)).into(),
        SharedChange::PutApiProxy(named(2, portal(2).id)).into(),
    ]);
    database.commit([
        SharedChange::RemoveApiProxy(named(1, portal(1).id).id).into(),
        SharedChange::PutApiProxy(named(3, portal(1).id)).into(),
    ]);
}

pub(super) fn an_alias_has_one_open_request_in_a_hub_whatever_its_case(make: Make<'_>) {
    let database = database(make);
    database.commit([
        SharedChange::PutRequest(ConnectionRequest { alias: "Größe".into(), ..request(1, hub(1).id) }).into()
    ]);
    let same = |number, hub| ConnectionRequest { alias: "GRÖßE".into(), ..request(number, hub) };
    assert_conflict(&database, SharedChange::PutRequest(same(2, hub(1).id)).into());
    assert_conflict(&database, SharedChange::PutRequest(approved(same(2, hub(1).id))).into());
    database.commit([
        SharedChange::PutRequest(same(2, hub(2).id)).into(),
        SharedChange::PutRequest(rejected(same(3, hub(1).id))).into(),
    ]);
}

pub(super) fn a_portal_has_one_open_request_in_all_hubs(make: Make<'_>) {
    let database = database(make);
    database.commit([SharedChange::PutRequest(approved(request(1, hub(1).id))).into()]);
    let same = |number, hub| ConnectionRequest { portal_key: request(1, hub).portal_key, ..request(number, hub) };
    assert_conflict(&database, SharedChange::PutRequest(same(2, hub(1).id)).into());
    assert_conflict(&database, SharedChange::PutRequest(same(2, hub(2).id)).into());
    database.commit([SharedChange::PutRequest(rejected(same(2, hub(2).id))).into()]);

    database.commit([
        SharedChange::PutRequest(rejected(request(1, hub(1).id))).into(),
        SharedChange::PutRequest(same(3, hub(2).id)).into(),
    ]);
}

pub(super) fn an_entry_of_the_activity_list_is_written_once(make: Make<'_>) {
    let database = database(make);
    database.commit([SharedChange::Record(event(1)).into()]);
    assert_conflict(&database, SharedChange::Record(event(1)).into());
}
