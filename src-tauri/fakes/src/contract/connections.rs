//! Approved requests and what is known about them.

use chrono::{DateTime, Utc};
use domain::{
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    connection_check::{Cause, ConnectionHealth, Diagnosis, FetchedApi, Finding, HealthOutcome, Postponed, Stage},
    id::{HubId, RequestId},
    ports::{Change, LocalChange, RequestQuery, RequestSort, SharedChange},
};

use super::adapter::{Database, Make};
use crate::samples::{approved, fetched_api, health, hub, rejected, request, secret_item, time, uuid};

/// Two hubs, and secrets for whatever a test puts.
fn database(make: Make<'_>) -> Database {
    let database = Database::new(make);
    database.commit([hub(1), hub(2)].map(|hub| SharedChange::PutHub(hub).into()));
    database.commit((1..=9).map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
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
    SharedChange::PutHealth(ConnectionHealth {
        request_id: RequestId(uuid(number)),
        outcome: HealthOutcome::Success,
        checked_at: at,
        last_success: at,
        due,
        postponed: None,
    })
    .into()
}

fn postponed(number: u128, until: DateTime<Utc>) -> Change {
    let Change::Shared(SharedChange::PutHealth(health)) = checked(number, Some(time(0)), false) else { unreachable!() };
    let cause = Cause::UnknownHost { host: "portal.example".into() };
    let finding = Finding::new(Stage::NameAndNetwork, &Diagnosis { cause, seen: "".into() });
    SharedChange::PutHealth(ConnectionHealth { postponed: Some(Postponed { finding, attempts: 2, until }), ..health })
        .into()
}

pub(super) fn approved_requests_come_by_alias_of_one_hub_or_of_all(make: Make<'_>) {
    let database = database(make);
    let named = |alias: &str, request| ConnectionRequest { alias: alias.into(), ..approved(request) };
    let beta = named("Beta", request(1, hub(1).id));
    let alpha = named("alpha", request(2, hub(1).id));
    let elsewhere = named("Alpine", request(3, hub(2).id));
    let others = [request(4, hub(1).id), rejected(request(5, hub(1).id))];
    let all = [&beta, &elsewhere, &alpha].into_iter().chain(&others);
    database.commit(all.map(|request| SharedChange::PutRequest(request.clone()).into()));

    let approved = |hub| database.repository().list_approved_requests(hub).unwrap();
    assert_eq!(approved(Some(hub(1).id)), [alpha.clone(), beta.clone()]);
    assert_eq!(approved(Some(hub(2).id)), std::slice::from_ref(&elsewhere));
    assert_eq!(approved(Some(hub(3).id)), []);
    assert_eq!(approved(None), [alpha, elsewhere, beta]);
}

pub(super) fn connections_to_check_come_in_the_order_in_which_they_began_to_wait(make: Make<'_>) {
    let database = database(make);
    database.commit([
        // Never tested: these wait since their approval.
        SharedChange::PutRequest(approved_at(time(25), request(1, hub(1).id))).into(),
        SharedChange::PutRequest(approved_at(time(15), request(2, hub(1).id))).into(),
        checked(2, None, false),
        // Last tested long ago.
        SharedChange::PutRequest(approved_at(time(0), request(3, hub(2).id))).into(),
        checked(3, Some(time(10)), false),
        // Changed since its last test.
        SharedChange::PutRequest(approved_at(time(0), request(4, hub(2).id))).into(),
        checked(4, Some(time(40)), true),
        // Tested just then, which is not before, and later.
        SharedChange::PutRequest(approved_at(time(0), request(5, hub(1).id))).into(),
        checked(5, Some(time(20)), false),
        SharedChange::PutRequest(approved_at(time(0), request(6, hub(1).id))).into(),
        checked(6, Some(time(30)), false),
        // No connections.
        SharedChange::PutRequest(request(7, hub(1).id)).into(),
        SharedChange::PutRequest(rejected(request(8, hub(1).id))).into(),
    ]);
    let to_check = |before| -> Vec<u128> {
        let ids = database.repository().list_connections_to_check(before, time(60)).unwrap();
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

pub(super) fn the_list_shows_the_health_of_connections_only(make: Make<'_>) {
    let database = database(make);
    let list = |state| {
        let hub: HubId = hub(1).id;
        let (sort, search) = (RequestSort::Alias, String::new());
        let query = RequestQuery { hub, state: Some(state), search, sort, descending: false, offset: 0, limit: 10 };
        let rows = database.repository().search_requests(&query).unwrap().rows;
        rows.into_iter().map(|row| (row.request, row.health)).collect::<Vec<_>>()
    };
    let tested = approved(request(1, hub(1).id));
    let untested = approved(request(2, hub(1).id));
    let pending = request(3, hub(1).id);
    let all = [&tested, &untested, &pending];
    database.commit(all.map(|request| SharedChange::PutRequest(request.clone()).into()));
    database.commit([&tested, &pending].map(|request| SharedChange::PutHealth(health(request)).into()));

    let known = health(&tested);
    assert_eq!(list(RequestStateKind::Approved), [(tested.clone(), Some(known.clone())), (untested.clone(), None)]);
    assert_eq!(list(RequestStateKind::Pending), [(pending, None)]);

    let recovered = ConnectionHealth { outcome: HealthOutcome::Success, due: false, ..known };
    database.commit([SharedChange::PutHealth(recovered.clone()).into()]);
    assert_eq!(
        list(RequestStateKind::Approved),
        [(tested, Some(recovered)), (untested, None)],
        "a test that has ended is seen at once"
    );
}

pub(super) fn what_is_known_about_a_connection_comes_back_and_is_replaced(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into(), LocalChange::PutSecretItem(secret_item(1)).into()]);
    let connection = approved(request(1, hub(1).id));
    database.commit([SharedChange::PutRequest(connection.clone()).into()]);
    assert_eq!(database.repository().find_health(connection.id).unwrap(), None, "nothing is known yet");
    let unknown = ConnectionHealth::unknown(connection.id);
    let works = ConnectionHealth { outcome: HealthOutcome::Success, due: false, ..health(&connection) };
    let failing = |stage| ConnectionHealth {
        outcome: HealthOutcome::Failing(Finding {
            stage,
            code: "refused".into(),
            message: "m".into(),
            remedy: "r".into(),
            seen: "".into(),
            repair: domain::connection_check::Repair::Settings,
        }),
        ..health(&connection)
    };
    let mut database = database;
    let HealthOutcome::Failing(finding) = failing(Stage::Token).outcome else { unreachable!() };
    let postponed = Some(Postponed { finding, attempts: 2, until: time(70) });
    let waits = ConnectionHealth { postponed, ..works.clone() };
    for health in [unknown, works, waits, health(&connection)].into_iter().chain(Stage::ALL.map(failing)) {
        database.commit([SharedChange::PutHealth(health.clone()).into()]);
        database = database.reopened();
        assert_eq!(database.repository().find_health(connection.id).unwrap(), Some(health));
    }
}

pub(super) fn fetched_apis_come_back_by_name_in_place_of_those_before(make: Make<'_>) {
    let database = Database::new(make);
    database.commit([SharedChange::PutHub(hub(1)).into()]);
    database.commit([1, 2].map(|number| LocalChange::PutSecretItem(secret_item(number)).into()));
    let connections = [1, 2].map(|number| approved(request(number, hub(1).id)));
    database.commit(connections.clone().map(|request| SharedChange::PutRequest(request).into()));
    let [connection, other] = connections.map(|request| request.id);
    let put = |apis: &[FetchedApi]| database.commit([SharedChange::PutFetchedApis(connection, apis.to_vec()).into()]);
    database.commit([SharedChange::PutFetchedApis(other, vec![fetched_api("of the other")]).into()]);
    put(&[fetched_api("gone")]);
    let older = FetchedApi { version: "1".into(), ..fetched_api("Beta") };
    put(&[fetched_api("Gamma"), older.clone(), fetched_api("alpha"), fetched_api("Beta")]);

    let database = database.reopened();

    let repository = database.repository();
    assert_eq!(
        repository.list_fetched_apis(connection).unwrap(),
        [fetched_api("alpha"), older, fetched_api("Beta"), fetched_api("Gamma")],
        "a portal that answers with one name twice is shown as it is"
    );
    assert_eq!(repository.list_fetched_apis(other).unwrap(), [fetched_api("of the other")]);
    database.commit([SharedChange::PutFetchedApis(connection, Vec::new()).into()]);
    assert_eq!(repository.list_fetched_apis(connection).unwrap(), []);
}
