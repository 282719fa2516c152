//! Portals and hubs, and what belongs to them, come back as they were put.

use domain::{
    documents::PortalUrl,
    hub::{Hub, HubAddress, HubHome},
    id::{ApiProxyId, HubId, PortalId, ServiceInstanceId},
    person::Actor,
    portal::{ApiProxy, Portal, PortalHome, ServiceInstance, ServiceRole, Subaccount},
    ports::SharedChange,
    vocabulary::Vocabulary,
};

use super::adapter::{Database, Make};
use crate::samples::{actor, api_proxy, hub, hub_in_sap, instance, portal, portal_in_sap, time, uuid};

pub(super) fn portals_come_back_by_name_and_are_replaced(make: Make<'_>) {
    let database = Database::new(make);
    let first = Portal { name: "alpha".into(), ..portal(2) };
    database.commit([SharedChange::PutPortal(portal(1)).into(), SharedChange::PutPortal(first.clone()).into()]);

    let database = database.reopened();

    assert_eq!(database.repository().list_portals().unwrap(), [first.clone(), portal(1)]);
    assert_eq!(database.repository().find_portal(PortalId(uuid(9))).unwrap(), None);
    let found = database.repository().find_portal(first.id).unwrap().unwrap();
    assert_eq!(found.subaccount.as_str(), "Portal-2", "the spelling as it was typed");

    let changed = Portal {
        name: "Zulu".into(),
        subaccount: Subaccount::from_stored("other".into()),
        slug: "zulu".into(),
        home: PortalHome::Local { instance_number: 0 },
        vocabulary: Vocabulary::ClassicDesign,
        created_at: time(9),
        ..first
    };
    database.commit([SharedChange::PutPortal(changed.clone()).into()]);
    assert_eq!(database.repository().list_portals().unwrap(), [portal(1), changed]);
}

pub(super) fn a_portal_in_sap_comes_back_with_its_url_as_it_was_given(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPortal(portal(1)).into(), SharedChange::PutPortal(portal_in_sap(2)).into()]);

    let database = database.reopened();

    assert_eq!(database.repository().list_portals().unwrap(), [portal(1), portal_in_sap(2)]);
    assert_eq!(database.repository().find_portal_by_slug("vertrieb-2").unwrap(), Some(portal_in_sap(2)));
    let moved =
        Portal { home: PortalHome::InSap { url: PortalUrl::from_stored("https://other.example.com") }, ..portal(2) };
    database.commit([SharedChange::PutPortal(moved.clone()).into()]);
    assert_eq!(database.repository().find_portal(moved.id).unwrap(), Some(moved));
}

pub(super) fn hubs_come_back_by_name_and_are_replaced(make: Make<'_>) {
    let database = Database::new(make);
    let first = Hub { name: "alpha".into(), ..hub(2) };
    database.commit([SharedChange::PutHub(hub(1)).into(), SharedChange::PutHub(first.clone()).into()]);

    let database = database.reopened();

    assert_eq!(database.repository().list_hubs().unwrap(), [first.clone(), hub(1)]);
    assert_eq!(database.repository().find_hub(HubId(uuid(9))).unwrap(), None);
    assert_eq!(database.repository().find_hub(first.id).unwrap().unwrap().subaccount().unwrap().as_str(), "Hub-2");

    let changed = Hub {
        name: "Zulu".into(),
        home: HubHome::Local { subaccount: Subaccount::from_stored("other".into()), four_eyes: false },
        vocabulary: Vocabulary::DeveloperHub,
        created_at: time(9),
        ..first
    };
    database.commit([SharedChange::PutHub(changed.clone()).into()]);
    assert_eq!(database.repository().list_hubs().unwrap(), [hub(1), changed]);
}

pub(super) fn hubs_and_portals_come_back_in_each_vocabulary(make: Make<'_>) {
    let database = Database::new(make);
    let hubs = Vocabulary::ALL.map(|vocabulary| Hub { vocabulary, ..hub(1) });
    let portals = Vocabulary::ALL.map(|vocabulary| Portal { vocabulary, ..portal(1) });
    for (hub, portal) in hubs.into_iter().zip(portals) {
        database.commit([SharedChange::PutHub(hub.clone()).into(), SharedChange::PutPortal(portal.clone()).into()]);
        assert_eq!(database.repository().find_hub(hub.id).unwrap(), Some(hub.clone()));
        assert_eq!(database.repository().list_hubs().unwrap(), [hub]);
        assert_eq!(database.repository().list_portals().unwrap(), [portal]);
    }
}

pub(super) fn service_instances_come_back_oldest_first_deleted_ones_included(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPortal(portal(1)).into(), SharedChange::PutPortal(portal(2)).into()]);
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
    database.commit(all.map(|instance| SharedChange::PutServiceInstance(instance.clone()).into()));

    let database = database.reopened();

    assert_eq!(
        database.repository().list_service_instances(portal(1).id).unwrap(),
        [second, first, third.clone()],
        "promise F9: as they came, whatever the clock showed; the history of their credentials needs the deleted ones"
    );
    assert_eq!(database.repository().find_service_instance(third.id).unwrap(), Some(third.clone()));
    assert_eq!(database.repository().find_service_instance(ServiceInstanceId(uuid(9))).unwrap(), None);

    let changed = ServiceInstance {
        portal_id: portal(2).id,
        name: "other".into(),
        role: ServiceRole::CatalogIntegration,
        created_at: time(20),
        created_by: actor(9),
        deleted_at: Some(time(21)),
        ..third
    };
    database.commit([SharedChange::PutServiceInstance(changed.clone()).into()]);
    assert_eq!(database.repository().find_service_instance(changed.id).unwrap(), Some(changed));
}

pub(super) fn api_proxies_come_back_by_name_and_are_replaced(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutPortal(portal(1)).into(), SharedChange::PutPortal(portal(2)).into()]);
    let first = ApiProxy { name: "alpha".into(), description: String::new(), ..api_proxy(2, portal(1).id) };
    let all = [&api_proxy(1, portal(1).id), &first, &api_proxy(3, portal(2).id)];
    database.commit(all.map(|proxy| SharedChange::PutApiProxy(proxy.clone()).into()));

    let database = database.reopened();

    let repository = database.repository();
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
    database.commit([SharedChange::PutApiProxy(changed.clone()).into()]);
    assert_eq!(repository.list_api_proxies(portal(2).id).unwrap(), [api_proxy(3, portal(2).id), changed]);
}

pub(super) fn a_hub_in_sap_comes_back_with_its_region_and_address(make: Make<'_>) {
    let database = Database::new(make);
    let unnamed = Hub {
        home: HubHome::InSap {
            region: String::new(),
            address: HubAddress::from_stored("https://a.example.com/".into()),
        },
        ..hub(3)
    };
    database.commit([hub_in_sap(1), hub_in_sap(2), unnamed.clone()].map(|hub| SharedChange::PutHub(hub).into()));

    let database = database.reopened();

    assert_eq!(database.repository().list_hubs().unwrap(), [hub_in_sap(1), hub_in_sap(2), unnamed]);
    database.commit([SharedChange::PutHub(hub(2)).into()]);
    assert_eq!(database.repository().find_hub(hub(2).id).unwrap(), Some(hub(2)), "it may become a local one");
}
