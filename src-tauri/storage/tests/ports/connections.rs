//! Approved requests and what is known about them.

use chrono::{DateTime, Utc};
use domain::{
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::{Cause, ConnectionHealth, Diagnosis, Finding, HealthOutcome, Postponed, Stage},
    id::{HubId, RequestId},
    ports::{Change, Connections, RequestQuery, RequestSort, Requests},
};

use crate::samples::{Database, approved, health, hub, rejected, request, secret_item, time, uuid};

/// Two hubs, and secrets for whatever a test puts.
fn database() -> Database {
    let database = Database::new();
    database.commit([hub(1), hub(2)].map(Change::PutHub));
    database.commit((1..=9).map(|number| Change::PutSecretItem(secret_item(number))));
    database
}

fn approved_at(at: DateTime<Utc>, request: ConnectionRequest) -> ConnectionRequest {
    let mut request = approved(request);
    if let RequestState::Approved { approved_at, .. } = &mut request.state {
        *approved_at = at;
    }
    request
}

fn checked(number: u128, at: Option<DateTime<Utc>>, due: bool) -> Change {
    Change::PutHealth(ConnectionHealth {
        request_id: RequestId(uuid(number)),
        outcome: HealthOutcome::Success,
        checked_at: at,
        last_success: at,
        due,
        postponed: None,
    })
}

fn postponed(number: u128, until: DateTime<Utc>) -> Change {
    let Change::PutHealth(health) = checked(number, Some(time(0)), false) else { unreachable!() };
    let cause = Cause::UnknownHost { host: "portal.example".into() };
    let finding = Finding::new(Stage::NameAndNetwork, &Diagnosis { cause, seen: "".into() });
    Change::PutHealth(ConnectionHealth { postponed: Some(Postponed { finding, attempts: 2, until }), ..health })
}

#[test]
fn approved_requests_come_by_alias_of_one_hub_or_of_all() {
    let database = database();
    let named = |alias: &str, request| ConnectionRequest { alias: alias.into(), ..approved(request) };
    let beta = named("Beta", request(1, hub(1).id));
    let alpha = named("alpha", request(2, hub(1).id));
    let elsewhere = named("Alpine", request(3, hub(2).id));
    let others = [request(4, hub(1).id), rejected(request(5, hub(1).id))];
    let all = [&beta, &elsewhere, &alpha].into_iter().chain(&others);
    database.commit(all.map(|request| Change::PutRequest(request.clone())));

    let approved = |hub| database.repository.list_approved_requests(hub).unwrap();
    assert_eq!(approved(Some(hub(1).id)), [alpha.clone(), beta.clone()]);
    assert_eq!(approved(Some(hub(2).id)), std::slice::from_ref(&elsewhere));
    assert_eq!(approved(Some(hub(3).id)), []);
    assert_eq!(approved(None), [alpha, elsewhere, beta]);
}

#[test]
fn connections_to_check_come_in_the_order_in_which_they_began_to_wait() {
    let database = database();
    database.commit([
        // Never tested: these wait since their approval.
        Change::PutRequest(approved_at(time(25), request(1, hub(1).id))),
        Change::PutRequest(approved_at(time(15), request(2, hub(1).id))),
        checked(2, None, false),
        // Last tested long ago.
        Change::PutRequest(approved_at(time(0), request(3, hub(2).id))),
        checked(3, Some(time(10)), false),
        // Changed since its last test.
        Change::PutRequest(approved_at(time(0), request(4, hub(2).id))),
        checked(4, Some(time(40)), true),
        // Tested just then, which is not before, and later.
        Change::PutRequest(approved_at(time(0), request(5, hub(1).id))),
        checked(5, Some(time(20)), false),
        Change::PutRequest(approved_at(time(0), request(6, hub(1).id))),
        checked(6, Some(time(30)), false),
        // No connections.
        Change::PutRequest(request(7, hub(1).id)),
        Change::PutRequest(rejected(request(8, hub(1).id))),
    ]);
    let to_check = |before| -> Vec<u128> {
        let ids = database.repository.list_connections_to_check(before, time(60)).unwrap();
        ids.into_iter().map(|RequestId(id)| id.as_u128()).collect()
    };
    assert_eq!(to_check(time(20)), [3, 2, 1, 4]);
    assert_eq!(to_check(time(100)), [3, 2, 5, 1, 6, 4]);
    assert_eq!(to_check(time(-100)), [2, 1, 4], "what is due does not become less so with time");

    database.commit([1, 2, 3, 4].map(|number| checked(number, Some(time(50)), false)));
    assert_eq!(to_check(time(20)), [0; 0], "whoever was tested waits no more");

    // Promise E7: a postponed test is made when its time has come, neither earlier nor later.
    database.commit([postponed(1, time(60)), postponed(2, time(61))]);
    assert_eq!(to_check(time(20)), [1]);
}

#[test]
fn the_list_shows_the_health_of_connections_only() {
    let database = database();
    let list = |state| {
        let hub: HubId = hub(1).id;
        let (sort, search) = (RequestSort::Alias, String::new());
        let query = RequestQuery { hub, state: Some(state), search, sort, descending: false, offset: 0, limit: 10 };
        let rows = database.repository.search_requests(&query).unwrap().rows;
        rows.into_iter().map(|row| (row.request, row.health)).collect::<Vec<_>>()
    };
    let tested = approved(request(1, hub(1).id));
    let untested = approved(request(2, hub(1).id));
    let pending = request(3, hub(1).id);
    let all = [&tested, &untested, &pending];
    database.commit(all.map(|request| Change::PutRequest(request.clone())));
    database.commit([&tested, &pending].map(|request| Change::PutHealth(health(request))));

    let known = health(&tested);
    assert_eq!(list(RequestStateKind::Approved), [(tested.clone(), Some(known.clone())), (untested.clone(), None)]);
    assert_eq!(list(RequestStateKind::Pending), [(pending, None)]);

    let recovered = ConnectionHealth { outcome: HealthOutcome::Success, due: false, ..known };
    database.commit([Change::PutHealth(recovered.clone())]);
    assert_eq!(
        list(RequestStateKind::Approved),
        [(tested, Some(recovered)), (untested, None)],
        "a test that has ended is seen at once"
    );
}
