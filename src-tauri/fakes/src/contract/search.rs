//! The list of requests: what is found, in which order, and that it is never out of date.

use std::cmp::Ordering;

use domain::{
    connection::{ConnectionRequest, RequestStateKind},
    credential::{CredentialKind, Lifetime},
    id::HubId,
    portal::Portal,
    ports::{LocalChange, Repository, RequestQuery, RequestRow, RequestSort, SharedChange},
};

use super::adapter::{Database, Make};
use crate::{
    samples::{actor, chain, hub, portal, rejected, request, secret_item, time},
    seed,
};

const SORTS: [RequestSort; 4] =
    [RequestSort::Alias, RequestSort::SubmittedBy, RequestSort::SubmittedAt, RequestSort::ValidUntil];
const STATES: [RequestStateKind; 3] =
    [RequestStateKind::Pending, RequestStateKind::Approved, RequestStateKind::Rejected];

fn all(hub: HubId) -> RequestQuery {
    RequestQuery {
        hub,
        state: Some(RequestStateKind::Pending),
        search: String::new(),
        sort: RequestSort::Alias,
        descending: false,
        offset: 0,
        limit: usize::MAX,
    }
}

/// The aliases that a search finds.
fn aliases(repository: &dyn Repository, hub: HubId, search: &str) -> Vec<String> {
    let page = repository.search_requests(&RequestQuery { search: search.into(), ..all(hub) }).unwrap();
    assert_eq!(page.matching, page.rows.len());
    page.rows.into_iter().map(|row| row.request.alias).collect()
}

/// Puts pending requests made by `change` out of plain ones.
fn database(make: Make<'_>, requests: &[fn(&mut ConnectionRequest)]) -> Database {
    let database = Database::new(make);
    database.commit([
        SharedChange::PutHub(hub(1)).into(),
        SharedChange::PutHub(hub(2)).into(),
        SharedChange::PutPortal(portal(1)).into(),
    ]);
    for (number, change) in (1..).zip(requests) {
        let mut request = request(number, hub(1).id);
        change(&mut request);
        database
            .commit([LocalChange::PutSecretItem(secret_item(number)).into(), SharedChange::PutRequest(request).into()]);
    }
    database
}

/// What the list should be, worked out the slow way.
fn expected(rows: &[RequestRow], query: &RequestQuery) -> Vec<RequestRow> {
    let words: Vec<String> = query.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let matches = |row: &RequestRow| {
        let request = &row.request;
        let texts = [
            &request.alias,
            row.portal_name.as_deref().unwrap_or_default(),
            &request.portal_key,
            request.submitted_by.name(),
            &request.facts().client_id,
            &request.comment,
        ]
        .map(str::to_lowercase);
        words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    };
    let order = |a: &RequestRow, b: &RequestRow| {
        let (a, b) = (&a.request, &b.request);
        let by_sort = match query.sort {
            RequestSort::Alias => a.alias.to_lowercase().cmp(&b.alias.to_lowercase()),
            RequestSort::SubmittedBy => a.submitted_by.name().to_lowercase().cmp(&b.submitted_by.name().to_lowercase()),
            RequestSort::SubmittedAt => a.submitted_at.cmp(&b.submitted_at),
            RequestSort::ValidUntil => match (a.facts().valid_until(), b.facts().valid_until()) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(a), Some(b)) => a.cmp(&b),
            },
        };
        let ascending = by_sort.then(a.id.cmp(&b.id));
        if query.descending { ascending.reverse() } else { ascending }
    };
    let mut rows: Vec<RequestRow> = rows
        .iter()
        .filter(|row| query.state.is_none_or(|state| row.request.kind() == state) && matches(row))
        .cloned()
        .collect();
    rows.sort_by(order);
    rows
}

pub(super) fn a_word_is_found_in_alias_portal_submitter_client_id_and_comment_only(make: Make<'_>) {
    let database = database(
        make,
        &[|request| {
            request.portal_id = Some(portal(1).id);
            request.submitted_by = actor(7);
        }],
    );
    let hub_id = hub(1).id;
    for found in [
        "alias",
        "vertrieb süd",
        "PORTAL-1.example",
        "zoë 7",
        "sb-client-1",
        "second",
        "first zoë sb-client alias",
        "  \t line\n",
        "",
    ] {
        assert_eq!(aliases(database.repository(), hub_id, found), ["Alias 1"], "{found:?}");
    }
    for not_found in ["zoë 8", "oauth/token", "linesecond", "pending", "alias 2"] {
        assert_eq!(aliases(database.repository(), hub_id, not_found), [""; 0], "{not_found:?}");
    }
    assert_eq!(aliases(database.repository(), hub(2).id, "alias"), [""; 0]);
}

pub(super) fn what_means_something_to_a_database_is_plain_text_here(make: Make<'_>) {
    let database = database(
        make,
        &[
            |request| request.alias = "100% done".into(),
            |request| request.alias = "1000 done".into(),
            |request| request.alias = "a_b".into(),
            |request| request.alias = "acb".into(),
            |request| request.alias = r#"back\slash "quoted" o'neill"#.into(),
            |request| request.alias = "star* (near) -minus".into(),
        ],
    );
    let found = |search: &str| aliases(database.repository(), hub(1).id, search);
    assert_eq!(found("100%"), ["100% done"]);
    assert_eq!(found("a_b"), ["a_b"]);
    for search in ["\\", "\"", "'", "k\\s", "\"quoted\"", "o'neill'"] {
        let expected: &[&str] = if search == "o'neill'" { &[] } else { &[r#"back\slash "quoted" o'neill"#] };
        assert_eq!(found(search), expected, "{search:?}");
    }
    assert_eq!(found("star* -minus (near"), ["star* (near) -minus"]);
    assert_eq!(found("%"), ["100% done"]);
    assert_eq!(found("\0"), [""; 0]);
}

pub(super) fn letters_outside_ascii_are_found_whatever_their_case(make: Make<'_>) {
    let database = database(
        make,
        &[
            |request| request.alias = "MÜNCHEN Straße".into(),
            |request| request.alias = "Żółw ΟΔΟΣ".into(),
            |request| request.alias = "日本 支社".into(),
        ],
    );
    let found = |search: &str| aliases(database.repository(), hub(1).id, search);
    assert_eq!(found("münch STRASSE"), ["MÜNCHEN Straße"]);
    assert_eq!(found("ŻÓŁW οδος"), ["Żółw ΟΔΟΣ"]);
    assert_eq!(found("支"), ["日本 支社"]);
}

pub(super) fn requests_without_an_end_come_last_and_first_when_descending(make: Make<'_>) {
    fn with_end(request: &mut ConnectionRequest) {
        if let domain::connection::RequestState::Pending { held } = &mut request.state {
            held.facts.kind = CredentialKind::Certificate(chain());
        }
    }
    let database = database(make, &[|_| (), with_end, |_| (), with_end]);
    let query = RequestQuery { sort: RequestSort::ValidUntil, ..all(hub(1).id) };
    let order = |descending| -> Vec<String> {
        let page = database.repository().search_requests(&RequestQuery { descending, ..query.clone() }).unwrap();
        page.rows.into_iter().map(|row| row.request.alias).collect()
    };
    assert_eq!(order(false), ["Alias 2", "Alias 4", "Alias 1", "Alias 3"], "equal ones by their id");
    assert_eq!(order(true), ["Alias 3", "Alias 1", "Alias 4", "Alias 2"], "the exact reverse");
}

pub(super) fn a_client_secret_ends_by_the_date_of_its_generation_and_is_sorted_by_it(make: Make<'_>) {
    fn generated(request: &mut ConnectionRequest, at: &str) {
        if let domain::connection::RequestState::Pending { held } = &mut request.state {
            held.facts.kind = CredentialKind::ClientSecret(Lifetime::Generated { at: at.parse().expect("a time") });
        }
    }
    fn unknown(request: &mut ConnectionRequest) {
        if let domain::connection::RequestState::Pending { held } = &mut request.state {
            held.facts.kind = CredentialKind::ClientSecret(Lifetime::Unknown);
        }
    }
    let database = database(
        make,
        &[
            // Valid until 2025-01-31, for 365 days.
            |request| generated(request, "2024-02-01T00:00:00Z"),
            // Generated a moment earlier, it ends 300 days earlier.
            |request| generated(request, "2024-01-31T23:59:59.999Z"),
            unknown,
            // Valid until 2024-04-01, the earliest of all.
            |request| generated(request, "2024-01-27T00:00:00Z"),
            |_| (),
        ],
    );
    let query = RequestQuery { sort: RequestSort::ValidUntil, ..all(hub(1).id) };
    let order = |query: &RequestQuery| -> Vec<String> {
        let page = database.repository().search_requests(query).unwrap();
        page.rows.into_iter().map(|row| row.request.alias).collect()
    };
    assert_eq!(order(&query), ["Alias 4", "Alias 2", "Alias 1", "Alias 3", "Alias 5"]);
    let first = request(1, hub(1).id);
    let mut later = database.repository().find_request(first.id).unwrap().unwrap();
    generated(&mut later, "2023-01-01T00:00:00Z");
    database.commit([SharedChange::PutRequest(later).into()]);
    assert_eq!(
        order(&RequestQuery { search: "alias".into(), ..query }),
        ["Alias 1", "Alias 4", "Alias 2", "Alias 3", "Alias 5"],
        "what somebody says about the date moves it"
    );
}

pub(super) fn pages_of_every_order_and_search_join_without_gaps_and_duplicates(make: Make<'_>) {
    let database = Database::new(make);
    let repository = database.repository();
    let hub = seed(repository, time(0), 100, 40).unwrap();
    let everything: Vec<RequestRow> = STATES
        .iter()
        .flat_map(|state| repository.search_requests(&RequestQuery { state: Some(*state), ..all(hub) }).unwrap().rows)
        .collect();
    assert_eq!(everything.len(), 100);
    let counts = repository.count_requests(hub).unwrap();
    assert_eq!((counts.approved, counts.pending + counts.rejected), (3, 97));
    assert!(counts.rejected > 20 && counts.pending > 20, "{counts:?}");

    let mut compared = 0;
    for state in STATES.map(Some).into_iter().chain([None]) {
        for sort in SORTS {
            for descending in [false, true] {
                for search in ["", "e", "sales", "SÜD prod", "müller", "100%", "sales eu", "xsuaa", "nothing like it"]
                {
                    let query = RequestQuery { state, sort, descending, search: search.into(), ..all(hub) };
                    let expected = expected(&everything, &query);
                    let mut joined = Vec::new();
                    loop {
                        let page = RequestQuery { offset: joined.len(), limit: 7, ..query.clone() };
                        let page = repository.search_requests(&page).unwrap();
                        assert_eq!(page.matching, expected.len(), "{query:?}");
                        if page.rows.is_empty() {
                            break;
                        }
                        joined.extend(page.rows);
                    }
                    assert_eq!(joined, expected, "{query:?}");
                    compared += joined.len();
                }
            }
        }
    }
    assert!(compared > 2_000, "only {compared} rows were compared");
}

pub(super) fn a_page_beyond_the_end_is_empty_and_still_says_how_many_match(make: Make<'_>) {
    let database = database(make, &[|_| ()]);
    let query = RequestQuery { offset: usize::MAX, limit: 50, ..all(hub(1).id) };
    let page = database.repository().search_requests(&query).unwrap();
    assert_eq!((page.matching, page.rows.len()), (1, 0));
}

pub(super) fn no_search_is_out_of_date_after_a_commit(make: Make<'_>) {
    let database =
        database(make, &[|request| request.portal_id = Some(portal(1).id), |request| request.alias = "Other".into()]);
    let repository = database.repository();
    let hub_id = hub(1).id;
    let found = |search: &str| aliases(repository, hub_id, search);
    assert_eq!(found("a"), ["Alias 1", "Other"]);

    let changed = ConnectionRequest { comment: "needle".into(), ..request(2, hub_id) };
    database.commit([SharedChange::PutRequest(changed.clone()).into()]);
    assert_eq!(found("needle"), ["Alias 2"], "a changed request is found by its new text");
    assert_eq!(found("other"), [""; 0], "and no longer by its old one");

    database.commit([SharedChange::PutPortal(Portal { name: "Renamed".into(), ..portal(1) }).into()]);
    assert_eq!(found("renamed"), ["Alias 1"]);
    assert_eq!(found("vertrieb"), [""; 0]);

    database.commit([SharedChange::RemovePortal(portal(1).id).into()]);
    assert_eq!(found("renamed"), [""; 0]);
    assert_eq!(found("alias"), ["Alias 1", "Alias 2"]);

    database.commit([SharedChange::PutRequest(rejected(changed)).into()]);
    assert_eq!(found("alias"), ["Alias 1"], "a rejected request leaves the list of the pending ones");
    let page = repository
        .search_requests(&RequestQuery {
            state: Some(RequestStateKind::Rejected),
            search: "needle".into(),
            ..all(hub_id)
        })
        .unwrap();
    assert_eq!(page.matching, 1);

    database.commit([SharedChange::RemoveHub(hub_id).into()]);
    assert_eq!(found("alias"), [""; 0]);
    database.commit([SharedChange::PutHub(hub(1)).into(), SharedChange::PutRequest(request(1, hub_id)).into()]);
    assert_eq!(found("alias"), ["Alias 1"]);
}

pub(super) fn a_portal_that_arrives_in_the_same_commit_as_its_request_is_found_by_name(make: Make<'_>) {
    let database = database(make, &[]);
    database.commit([
        SharedChange::PutRequest(ConnectionRequest { portal_id: Some(portal(3).id), ..request(1, hub(1).id) }).into(),
        SharedChange::PutPortal(portal(3)).into(),
        LocalChange::PutSecretItem(secret_item(1)).into(),
    ]);
    assert_eq!(aliases(database.repository(), hub(1).id, "Vertrieb 3"), ["Alias 1"]);
}
