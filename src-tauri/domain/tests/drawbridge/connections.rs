//! Destinations, and what is known about approved connections.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    connection::{ConnectionOverview, ConnectionRequest, Destination, DestinationState, RequestStateKind},
    connection_check::{ConnectionHealth, HealthOutcome},
    hub::Hub,
    id::{HubId, RequestId},
    person::Actor,
    portal::{Endpoints, Portal},
    ports::{RequestQuery, RequestSort},
};
use fakes::{InMemoryConnector, Watcher, World, world};

use crate::{last_line, read, refused};

/// A hub and a portal of this installation that are connected by the alias "EU Shop (prod)".
fn connected() -> (World, Hub, Portal, ConnectionRequest) {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    let request = world.connect(&hub, "EU Shop (prod)", &world.document(credential.id));
    world.answer(&portal, &["Orders"]);
    (world, hub, portal, request)
}

fn overview(world: &World, id: RequestId) -> ConnectionOverview {
    world.drawbridge.connections().find(id).unwrap().expect("a connection")
}

fn destination(state: &DestinationState) -> &Destination {
    match state {
        DestinationState::Present(destination) => destination,
        DestinationState::Deleted { .. } | DestinationState::InSap => panic!("expected a destination"),
    }
}

fn health(world: &World, id: RequestId) -> ConnectionHealth {
    world.repository.tables().health[&id].clone()
}

#[test]
fn approving_creates_the_destination_and_a_health_that_is_unknown_and_due() {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
    let pending = world.submit(&hub, "EU Shop (prod)", &world.document(credential.id));
    assert!(world.drawbridge.connections().find(pending.id).unwrap().is_none(), "a pending request is no connection");
    assert!(world.drawbridge.connections().list_destinations(hub.id).unwrap().is_empty());
    world.clock.advance(TimeDelta::hours(1));
    world.act_as(&world.hugo);
    let approved = world.drawbridge.requests().approve(pending.id, "EU Shop (prod)").unwrap();

    let ConnectionOverview { health: known, apis, destination: listed } = overview(&world, approved.id);
    let Destination { name, created_at, created_by } = destination(&listed.state);
    let id = approved.id.to_string();
    assert_eq!(*name, format!("apiportal-EU-Shop-prod-{}", &id[id.len() - 6..]));
    assert_eq!((*created_at, created_by), (pending.submitted_at + TimeDelta::hours(1), &Actor::from(&world.hugo)));
    assert_eq!((listed.request_id, listed.alias.as_str()), (approved.id, "EU Shop (prod)"));
    assert_eq!(listed.url, Endpoints::loopback().portal_url(&portal).as_str());
    assert_eq!(listed.token_service_url, "https://localhost:28444/sales/oauth/token", "the one for certificates");
    assert_eq!((listed.client_id.as_str(), listed.certificate), (credential.client_id.as_str(), true));
    assert!(listed.may_delete.is_ok(), "Hugo administers the hub");
    assert_eq!(known, ConnectionHealth::unknown(approved.id));
    assert_eq!((known.outcome, known.due, known.checked_at), (HealthOutcome::Unknown, true, None));
    assert!(apis.is_empty(), "nothing was fetched yet");
}

#[test]
fn a_destination_for_a_client_secret_has_the_other_token_endpoint() {
    let world = world();
    let hub = world.hub("Hub");
    let request = world.connect(&hub, "sales", &world.foreign_document("sales", "a secret"));
    let listed = overview(&world, request.id).destination;
    assert_eq!(listed.token_service_url, "https://sales.auth.example.com/oauth/token", "never with the path twice");
    assert!(!listed.certificate);
}

#[test]
fn the_connection_of_one_subaccount_has_a_destination_too() {
    let world = world();
    let hub = world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap().hub;
    world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap();
    let [listed] = world.drawbridge.connections().list_destinations(hub.id).unwrap().try_into().unwrap();
    assert_eq!(destination(&listed.state).created_by, Actor::System);
    assert!(health(&world, listed.request_id).due, "it is tested soon");
}

#[test]
fn the_destinations_of_a_hub_are_listed_by_alias_whatever_the_case() {
    let world = world();
    let (hub, other) = (world.hub("Hub"), world.hub("Other"));
    for (hub, portal) in [(&hub, "zeta"), (&hub, "Alpha"), (&hub, "beta"), (&other, "gamma")] {
        world.connect(hub, portal, &world.foreign_document(portal, "a secret"));
    }
    let aliases = |hub| -> Vec<String> {
        world.drawbridge.connections().list_destinations(hub).unwrap().into_iter().map(|listed| listed.alias).collect()
    };
    assert_eq!(aliases(hub.id), ["Alpha", "beta", "zeta"]);
    assert_eq!(aliases(other.id), ["gamma"], "each hub has its own");
    let failure = world.drawbridge.connections().list_destinations(HubId(world.ada.id.0)).unwrap_err();
    assert_eq!(failure.to_string(), "this hub does not exist any more");
}

#[test]
fn a_destination_is_deleted_after_its_alias_is_typed_and_the_connection_is_due() {
    let (world, hub, _, request) = connected();
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    assert!(!health(&world, request.id).due);
    let before = (world.repository.tables(), world.repository.events());
    for typed in ["", "eu shop (prod)"] {
        let refusal = refused(world.drawbridge.connections().delete_destination(request.id, typed));
        assert_eq!(read(&refusal), ["the typed text is not EU Shop (prod)", "Enter EU Shop (prod) exactly as shown."]);
    }
    assert_eq!((world.repository.tables(), world.repository.events()), before, "a refusal changes nothing");

    world.clock.advance(TimeDelta::hours(3));
    world.act_as(&world.hal);
    world.drawbridge.connections().delete_destination(request.id, " EU Shop (prod) ").unwrap();
    assert_eq!(last_line(&world), "Hal Half | Destination deleted | EU Shop (prod) | Hub Hub (local)");
    let listed = world.drawbridge.connections().list_destinations(hub.id).unwrap().remove(0);
    let at: DateTime<Utc> = request.submitted_at + TimeDelta::hours(3);
    assert_eq!(
        listed.state,
        DestinationState::Deleted { at, by: Actor::from(&world.hal) },
        "its connection waits for it"
    );
    assert!(health(&world, request.id).due, "that it is broken now shows soon");
    assert!(world.keychain.find(request.held().unwrap().secret).is_some(), "the hub's copy is not touched");

    let again = refused(world.drawbridge.connections().delete_destination(request.id, "EU Shop (prod)"));
    assert_eq!(
        read(&again),
        [
            "the destination of EU Shop (prod) is deleted already",
            "Regenerate the credentials in the portal, then re-establish the connection: that creates it again."
        ]
    );
    assert_eq!(listed.may_delete, Err(again), "the screen shows the same reason");
}

#[test]
fn only_a_connection_has_a_destination_to_delete() {
    let world = world();
    let hub = world.hub("Hub");
    let request = world.submit_foreign(&hub, "sales");
    let refusal = refused(world.drawbridge.connections().delete_destination(request.id, "sales"));
    assert_eq!(refusal.to_string(), "the request sales is pending, so it is not possible to delete destinations");
    world.drawbridge.requests().reject(request.id, "no").unwrap();
    let refusal = refused(world.drawbridge.connections().delete_destination(request.id, "sales"));
    assert_eq!(
        read(&refusal),
        [
            "the request sales is rejected, so it is not possible to delete destinations",
            "Submit a new connection request."
        ]
    );
    assert!(world.drawbridge.connections().find(request.id).unwrap().is_none());
}

#[test]
fn re_establishing_takes_other_credentials_and_creates_the_destination_anew() {
    let (world, _, portal, request) = connected();
    let former = overview(&world, request.id).destination;
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    world.drawbridge.connections().delete_destination(request.id, "EU Shop (prod)").unwrap();
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    assert!(!health(&world, request.id).due, "that it is broken is known");
    let current = world.drawbridge.portals().get_page(portal.id).unwrap().credentials.remove(0).credential;
    let document = world.document(current.id);
    let same = refused(world.drawbridge.requests().reestablish(request.id, &document));
    assert_eq!(
        read(&same),
        [
            "the hub holds these credentials for EU Shop (prod) already",
            "Regenerate the credentials in the portal and use the new ones."
        ],
        "with their destination the credentials became invalid"
    );
    world.clock.advance(TimeDelta::days(1));
    let new = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
    let document = world.document(new.id);
    world.act_as(&world.rita);
    world.drawbridge.requests().reestablish(request.id, &document).unwrap();

    let listed = overview(&world, request.id).destination;
    let (anew, old) = (destination(&listed.state), destination(&former.state));
    assert_eq!(anew.name, old.name, "the hub finds it under the same name");
    assert_eq!((anew.created_at, &anew.created_by), (old.created_at + TimeDelta::days(1), &Actor::from(&world.rita)));
    assert_eq!((listed.client_id.as_str(), listed.certificate), (new.client_id.as_str(), false));
    assert_eq!(listed.token_service_url, "https://localhost:28443/sales/oauth/token");
    assert!(health(&world, request.id).due, "whether it works now is tested soon");
    assert_eq!(
        listed.may_delete.unwrap_err().to_string(),
        "Rita Requester may not delete destinations: AuthGroup.API.Admin is missing"
    );
}

#[test]
fn the_list_shows_the_health_of_connections_and_none_of_other_requests() {
    let (world, hub, _, request) = connected();
    world.submit_foreign(&hub, "waiting");
    let shown = |state| {
        let query = RequestQuery {
            hub: hub.id,
            state: Some(state),
            search: String::new(),
            sort: RequestSort::Alias,
            descending: false,
            offset: 0,
            limit: 50,
        };
        let [row] = world.drawbridge.requests().search(&query).unwrap().rows.try_into().unwrap();
        let one = world.drawbridge.requests().get(row.request.id).unwrap();
        assert_eq!(one.health, row.health, "one page says what the other says");
        row.health
    };
    assert_eq!(shown(RequestStateKind::Pending), None);
    assert_eq!(shown(RequestStateKind::Approved), Some(ConnectionHealth::unknown(request.id)));
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    assert_eq!(shown(RequestStateKind::Approved).unwrap().outcome, HealthOutcome::Success);
}

#[test]
fn the_apis_that_the_hub_fetched_last_are_shown_by_name() {
    let (world, _, portal, request) = connected();
    world.answer(&portal, &["orders", "Customers", "stock"]);
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    let names = || -> Vec<String> { overview(&world, request.id).apis.into_iter().map(|api| api.name).collect() };
    assert_eq!(names(), ["Customers", "orders", "stock"]);
    world.answer(&portal, &["stock"]);
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    assert_eq!(names(), ["stock"], "what the portal has no more the hub has no more");
    let api = overview(&world, request.id).apis.remove(0);
    assert_eq!(api, InMemoryConnector::api("stock"));
    world.connector.fail(
        &Endpoints::loopback().portal_url(&portal),
        domain::connection_check::Stage::Token,
        domain::connection_check::Cause::BadCredentials,
    );
    world.drawbridge.checks().test_request(request.id, &Watcher::default()).unwrap();
    assert_eq!(names(), ["stock"], "a failure takes nothing away that developers still look at");
}
