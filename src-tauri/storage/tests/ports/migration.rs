//! A database of the version before is brought to the newest schema, and nothing of it is lost.

use std::path::Path;

use chrono::DateTime;
use domain::{
    activity::AuditAction,
    connection::{ConnectionRequest, Destination, DestinationState, HeldCredential, RequestState, RequestStateKind},
    connection_check::{ConnectionHealth, Finding, HealthOutcome, Repair, Stage},
    credential::{
        Credential, CredentialEnd, CredentialKind, CredentialOrigin, CredentialState, Lifetime, SecretItemState,
        SecretVerifier,
    },
    documents::{CertificateChain, PortalUrl},
    id::{CredentialId, HubId, PersonId, PortalId, RequestId, SecretId, ServiceInstanceId},
    messages::Language,
    person::Actor,
    portal::{Portal, PortalHome, Subaccount},
    ports::{
        Accounts, Activity, ActivityQuery, Change, Connections, Hubs, LocalChange, People, Portals, Repository,
        RepositoryError, RequestQuery, RequestSort, Requests, Secrets, SharedChange, ThisMachine,
    },
    settings::ProxyChoice,
    vocabulary::Vocabulary,
};
use fakes::samples::{self, imported, time, uuid};
use rusqlite::{Connection, types::Value};
use storage::SqliteRepository;
use tempfile::TempDir;

/// Rows in every table, as the version before wrote them. `#7` is the id with that number, `@7` the moment [`time`].
const ROWS: &str = r##"
INSERT INTO person VALUES (#1, 'Zoë', 'zoë', 'Zoe@Example.com', 'zoe@example.com', @1);
INSERT INTO person VALUES (#2, 'Nora', 'nora', 'nora@example.com', 'nora@example.com', @1);
INSERT INTO person_role VALUES (#1, 'portal_administrator'), (#1, 'hub_administrator');
INSERT INTO current_person VALUES (1, #1);

INSERT INTO secret_item SELECT column1, 'Drawbridge: secret', 'active'
    FROM (VALUES (#11), (#12), (#13), (#14), (#21), (#22), (#23), (#31), (#32), (#33));
INSERT INTO secret_item VALUES (#34, 'Drawbridge: storing', 'storing'), (#35, 'Drawbridge: deleting', 'deleting');

INSERT INTO authority VALUES (1, 'former', @9, @1, 'former', NULL), (2, 'current', @9, @2, 'current', #31);
INSERT INTO token_service_identity VALUES (1, 'tls', @1, @9, '["localhost","::1"]', #32, #33);
INSERT INTO settings VALUES (1, 0, '127.0.0.1', 'portal.example.com', 1024, 65535, 168);

INSERT INTO portal VALUES (#3, 'Vertrieb Süd', 'vertrieb süd', 'Portal-1', 'portal-1', 'vertrieb', 4294967295, @2);
INSERT INTO portal VALUES (#4, 'Einkauf', 'einkauf', 'Portal-2', 'portal-2', 'einkauf', 0, @2);
INSERT INTO service_instance VALUES
    (#5, #3, 'Übergabe', 'übergabe', 'APIPortal.Service.CatalogIntegration', @3, '{"kind":"system"}', NULL),
    (#6, #3, 'gone', 'gone', 'APIPortal.Administrator', @3,
     '{"kind":"person","id":"00000000-0000-0000-0000-000000000001","name":"Zoë"}', @8),
    (#7, #4, 'Übergabe', 'übergabe', 'APIManagement.SelfService.Administrator', @3, '{"kind":"system"}', NULL);

INSERT INTO credential
    (id, portal_id, instance_id, key_name, client_id, verifier, created_at, created_by, state, secret_id, state_data, kind)
VALUES
    (#16, #3, #6, 'key-1', 'sb-apiaccess_0!b1|x', '{"kind":"argon2id","phc":"p"}', @3, '{"kind":"system"}', 'retired', NULL,
     '{"at":AT8,"end":"instance_deleted"}', '{"kind":"client_secret"}'),
    (#15, #3, #5, 'key-1', 'sb-apiaccess_1!b1|x', NULL, @4, '{"kind":"system"}', 'retired', NULL,
     '{"at":AT7,"end":"key_deleted"}', '{"kind":"certificate","chain":CHAIN}'),
    (#14, #4, #7, 'key-1', 'sb-apiaccess_3!b1|x', NULL, @4, '{"kind":"system"}', 'current', #14, '{}',
     '{"kind":"certificate","chain":CHAIN}'),
    (#12, #3, #5, 'key-2', 'sb-apiaccess_2!b1|x', NULL, @5, '{"kind":"system"}', 'superseded', #12,
     '{"at":AT6}', '{"kind":"certificate","chain":CHAIN}'),
    (#11, #3, #5, 'key-3', 'sb-apiaccess_3!b1|x', '{"kind":"salted_sha256","salt":[9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9],"digest":[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]}',
     @6, '{"kind":"person","id":"00000000-0000-0000-0000-000000000001","name":"Zoë"}', 'current', #11, '{}',
     '{"kind":"client_secret"}'),
    (#13, #3, #5, 'by hand', 'sb-apiaccess_4!b1|x', '{"kind":"argon2id","phc":"$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA"}',
     @7, '{"kind":"system"}', 'additional', #13, '{}', '{"kind":"client_secret"}');

INSERT INTO api_proxy VALUES (#8, #3, 'Orders', 'orders', 'Aufträge', '1', 'first line
second line', '/orders', '3.0.3', @8, '{"kind":"system"}');

INSERT INTO hub VALUES (#9, 'Hub Ä', 'hub ä', 'Hub-1', 'hub-1', 1, @3);
INSERT INTO connection_request
    (number, id, hub_id, alias, alias_key, portal_key, portal_id, comment, submitted_by, submitter_key, submitted_at,
     valid_until, state, secret_id, state_data)
VALUES
    (7, #21, #9, 'Waiting', 'waiting', 'https://portal.example.com', NULL, 'please', '{"kind":"system"}', 'drawbridge', @4,
     AFTER, 'pending', #21,
     '{"held":{"facts":{"url":"https://portal.example.com/","token_url":"https://portal.example.com/oauth/token","cert_url":"https://cert.example.com","client_id":"sb-x","kind":{"kind":"certificate","chain":CHAIN}},"applied_at":AT5,"applied_by":{"kind":"system"}}}'),
    (9, #22, #9, 'Works', 'works', 'portal:00000000-0000-0000-0000-000000000003', #3, '',
     '{"kind":"person","id":"00000000-0000-0000-0000-000000000001","name":"Zoë"}', 'zoë', @4, NULL, 'approved', #22,
     '{"held":{"facts":FACTS,"applied_at":AT5,"applied_by":{"kind":"system"}},"approved_by":{"kind":"system"},"approved_at":AT6,"destination":{"kind":"present","name":"apiportal-works","created_at":AT6,"created_by":{"kind":"system"}}}'),
    (12, #23, #9, 'Broken', 'broken', 'https://other.example.com', NULL, '', '{"kind":"system"}', 'drawbridge', @4, NULL,
     'approved', #23,
     '{"held":{"facts":FACTS,"applied_at":AT5,"applied_by":{"kind":"system"}},"approved_by":{"kind":"system"},"approved_at":AT6,"destination":{"kind":"deleted","at":AT7,"by":{"kind":"system"}}}'),
    (13, #24, #9, 'Past', 'past', 'portal:00000000-0000-0000-0000-000000000004', #4, '', '{"kind":"system"}', 'drawbridge', @3, NULL,
     'rejected', NULL,
     '{"facts":FACTS,"rejected_by":{"kind":"system"},"rejected_at":AT6,"reason":"because"}');
INSERT INTO connection_request_text VALUES (7, 'waiting'), (9, 'works'), (12, 'broken'), (13, 'past');
INSERT INTO connection_health VALUES
    (#22, 'success', NULL, @8, @8, 0),
    (#23, 'failing', '{"stage":"destination","code":"destination_deleted","message":"m","remedy":"r","seen":"s"}', @8, @7, 1);
INSERT INTO fetched_api VALUES (1, #22, 'Orders', 'orders', 'Orders', '1', '', '/orders');

INSERT INTO audit_event
    SELECT row_number() OVER (ORDER BY code), unhex(printf('%032x', 100 + row_number() OVER (ORDER BY code))), @4,
           '{"kind":"system"}', code, 'Subject', '{"a": "detail"}'
    FROM audit_action;
"##;

const CHAIN: &str = r#"{"pem":"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n","length":3,"fingerprint":"AB:CD","subject":"CN=x","common_name":null,"issuer":"CN=y","not_before":1790000000000,"not_after":1821536000000,"public_key":"RSA 2048"}"#;

const FACTS: &str = r#"{"url":"https://portal.example.com/a","token_url":"https://portal.example.com/a/oauth/token","cert_url":null,"client_id":"sb-apiaccess_1705298659201!b1|x","kind":{"kind":"client_secret"}}"#;

const IMPORTED: &str = r#"{"url":"https://far.example.com","token_url":"https://far.example.com/oauth/token","cert_url":null,"lifetime":{"lifetime":"unknown"}}"#;

/// A file with [`ROWS`] that knows the first migration only.
fn older_database(folder: &Path) -> Connection {
    let mut rows = ROWS.replace("CHAIN", CHAIN).replace("FACTS", FACTS).replace("AFTER", "1821536000000");
    // The larger numbers first: #2 is the beginning of #21.
    for number in (1..=40).rev() {
        rows = rows.replace(&format!("#{number}"), &format!("x'{number:032x}'"));
    }
    for number in 1..=9 {
        let millis = time(number).timestamp_millis().to_string();
        rows = rows.replace(&format!("@{number}"), &millis).replace(&format!("AT{number}"), &millis);
    }
    let connection = Connection::open(folder.join("drawbridge.sqlite")).unwrap();
    connection.execute_batch(include_str!("../../migrations/0001_initial.sql")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = on; PRAGMA application_id = 0x44724272").unwrap();
    connection.execute_batch(&rows).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    assert_eq!(broken_references(&connection), 0, "the rows of this test have to be possible ones");
    connection
}

fn broken_references(connection: &Connection) -> usize {
    let mut statement = connection.prepare("PRAGMA foreign_key_check").unwrap();
    statement.query_map([], |_| Ok(())).unwrap().count()
}

/// The same with two migrations behind it, and what only the second one has room for.
fn database_of_version_2(folder: &Path) -> Connection {
    let connection = older_database(folder);
    connection.execute_batch("PRAGMA foreign_keys = off").unwrap();
    connection.execute_batch(include_str!("../../migrations/0002_portals_elsewhere.sql")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = on").unwrap();
    let id = |number: u32| format!("x'{number:032x}'");
    let [portal, secret, extra, created_at] = [id(50), id(51), id(52), time(4).timestamp_millis().to_string()];
    connection
        .execute_batch(&format!(
            r#"INSERT INTO secret_item VALUES ({secret}, 'Drawbridge: secret', 'active'), ({extra}, 'Drawbridge: extra', 'active');
            INSERT INTO portal VALUES ({portal}, 'Far', 'far', 'Far', 'far', 'far', 0, {created_at}, 'https://far.example.com');
            INSERT INTO credential (id, portal_id, client_id, imported, extra_secret_id, created_at, created_by, state, secret_id,
                                    state_data, kind)
            VALUES ({secret}, {portal}, 'sb-far', '{IMPORTED}', {extra}, {created_at}, '{{"kind":"system"}}', 'current', {secret},
                    '{{}}', '{{"kind":"client_secret"}}')"#
        ))
        .unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    assert_eq!(broken_references(&connection), 0, "the rows of this test have to be possible ones");
    connection
}

/// Every row of the tables with these columns, each table's in an order of their own.
fn contents(connection: &Connection, tables: &[(String, Vec<String>)]) -> Vec<(String, Vec<Vec<Value>>)> {
    let rows_of = |(table, columns): &(String, Vec<String>)| {
        let columns = columns.join(", ");
        let mut statement = connection.prepare(&format!("SELECT {columns} FROM {table} ORDER BY {columns}")).unwrap();
        let count = statement.column_count();
        let rows = statement.query_map([], |row| (0..count).map(|column| row.get(column)).collect()).unwrap();
        (table.clone(), rows.map(Result::unwrap).collect())
    };
    tables.iter().map(rows_of).collect()
}

/// The tables with their columns, generated ones included.
fn tables(connection: &Connection) -> Vec<(String, Vec<String>)> {
    let list = |sql: &str| -> Vec<String> {
        connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .into_iter()
        .map(|table| {
            let columns = list(&format!("SELECT name FROM pragma_table_xinfo('{table}')"));
            (table, columns)
        })
        .collect()
}

fn migrated() -> (SqliteRepository, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    drop(older_database(folder.path()));
    (SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap(), folder)
}

#[test]
fn every_row_of_an_older_database_is_still_there() {
    every_row_is_still_there(older_database);
}

#[test]
fn every_row_of_a_database_of_version_2_is_still_there() {
    every_row_is_still_there(database_of_version_2);
}

fn every_row_is_still_there(create: fn(&Path) -> Connection) {
    let folder = tempfile::tempdir().unwrap();
    let older = create(folder.path());
    let tables = tables(&older);
    let before = contents(&older, &tables);
    for (table, rows) in &before {
        assert!(!rows.is_empty(), "{table} is empty, so nothing would be shown of it");
    }
    drop(older);

    drop(SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap());

    let newer = Connection::open(folder.path().join("drawbridge.sqlite")).unwrap();
    for ((table, before), (_, after)) in before.into_iter().zip(contents(&newer, &tables)) {
        match table.as_str() {
            // The actions that this version adds.
            "audit_action" => assert!(before.iter().all(|row| after.contains(row)), "an action is gone"),
            // Its texts have become JSON; that they read as before is asked elsewhere.
            "audit_event" => assert_eq!(after.len(), before.len(), "an entry is gone"),
            // The key of the authority from before is about to go; the certificates stay.
            "authority" => {
                let certificates = |rows: &[Vec<Value>]| rows.iter().map(|row| row[..4].to_vec()).collect::<Vec<_>>();
                assert_eq!(certificates(&after), certificates(&before), "a certificate is gone");
            }
            "secret_item" => {
                let items = |rows: &[Vec<Value>]| rows.iter().map(|row| row[..2].to_vec()).collect::<Vec<_>>();
                assert_eq!(items(&after), items(&before), "an item is forgotten");
            }
            _ => assert_eq!(after, before, "{table}"),
        }
    }
    assert_eq!(broken_references(&newer), 0);
    let intact: String = newer.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(intact, "ok");
    let number: i64 = newer
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'connection_request'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(number, 13, "a number of a row must not be given out again");
}

fn chain() -> CertificateChain {
    let millis = |millis| DateTime::from_timestamp_millis(millis).unwrap();
    CertificateChain {
        pem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".into(),
        length: 3,
        fingerprint: "AB:CD".into(),
        subject: "CN=x".into(),
        common_name: None,
        issuer: "CN=y".into(),
        not_before: millis(1_790_000_000_000),
        not_after: millis(1_821_536_000_000),
        public_key: "RSA 2048".into(),
        issuer_end: None,
    }
}

fn zoe() -> Actor {
    Actor::Person { id: PersonId(uuid(1)), name: "Zoë".into() }
}

#[test]
fn portals_and_credentials_of_an_older_database_live_here_and_belong_to_their_service_keys() {
    let (repository, _folder) = migrated();
    let [sales, purchase] = [3, 4].map(|number| PortalId(uuid(number)));

    let homes: Vec<PortalHome> = repository.list_portals().unwrap().into_iter().map(|portal| portal.home).collect();
    assert_eq!(homes, [0, u32::MAX].map(|instance_number| PortalHome::Local { instance_number }));

    let credential = |number, portal_id, instance, key_name: &str, verifier, client: u32, at, state| Credential {
        id: CredentialId(uuid(number)),
        portal_id,
        origin: CredentialOrigin::ServiceKey {
            instance_id: ServiceInstanceId(uuid(instance)),
            key_name: key_name.into(),
            verifier,
        },
        client_id: format!("sb-apiaccess_{client}!b1|x"),
        kind: CredentialKind::ClientSecret(Lifetime::OfServiceKey),
        created_at: time(at),
        created_by: Actor::System,
        state,
    };
    let certificate = |credential| Credential { kind: CredentialKind::Certificate(chain()), ..credential };
    let secret = |number| SecretId(uuid(number));
    let salted = SecretVerifier::SaltedSha256 { salt: [9; 16], digest: [7; 32] };
    let argon = |phc: &str| SecretVerifier::Argon2id(phc.into());
    let by_hand = argon("$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA");
    let retired = |at, end| CredentialState::Retired { at: time(at), end };
    let current = Credential {
        created_by: zoe(),
        ..credential(11, sales, 5, "key-3", Some(salted), 3, 6, CredentialState::Current { secret: secret(11) })
    };
    let superseded = CredentialState::Superseded { secret: secret(12), at: time(6) };
    assert_eq!(
        repository.list_credentials(sales).unwrap(),
        [
            credential(
                13,
                sales,
                5,
                "by hand",
                Some(by_hand),
                4,
                7,
                CredentialState::Additional { secret: secret(13) }
            ),
            current,
            certificate(credential(12, sales, 5, "key-2", None, 2, 5, superseded)),
            certificate(credential(15, sales, 5, "key-1", None, 1, 4, retired(7, CredentialEnd::KeyDeleted))),
            credential(16, sales, 6, "key-1", Some(argon("p")), 0, 3, retired(8, CredentialEnd::InstanceDeleted)),
        ]
    );
    let of_purchase = credential(14, purchase, 7, "key-1", None, 3, 4, CredentialState::Current { secret: secret(14) });
    assert_eq!(repository.list_credentials(purchase).unwrap(), [certificate(of_purchase.clone())]);
    let found = repository.find_credential_of_client("einkauf", &of_purchase.client_id).unwrap();
    assert_eq!(found, Some(certificate(of_purchase)), "the token service asks like this");
}

#[test]
fn requests_of_an_older_database_hold_secrets_without_an_end() {
    let (repository, _folder) = migrated();
    let find = |number| repository.find_request(RequestId(uuid(number))).unwrap().unwrap();
    let facts = |request: &ConnectionRequest| (request.facts().kind.lifetime(), request.facts().valid_until());

    let waiting = find(21);
    assert_eq!(facts(&waiting), (None, Some(chain().not_after)));
    let works = find(22);
    assert_eq!(facts(&works), (Some(Lifetime::OfServiceKey), None));
    assert_eq!(works.portal_id, Some(PortalId(uuid(3))));
    assert_eq!(works.submitted_by, zoe());
    let RequestState::Approved { held, approved_by, approved_at, destination } = works.state else {
        panic!("it was approved")
    };
    let HeldCredential { facts: _, secret, applied_at, applied_by } = held;
    assert_eq!((secret, applied_at, applied_by), (SecretId(uuid(22)), time(5), Actor::System));
    assert_eq!((approved_by, approved_at), (Actor::System, time(6)));
    let (created_at, created_by) = (time(6), Actor::System);
    let name = "apiportal-works".into();
    assert_eq!(destination, DestinationState::Present(Destination { name, created_at, created_by }));
    let deleted = DestinationState::Deleted { at: time(7), by: Actor::System };
    assert_eq!(find(23).destination(), Some(&deleted));
    assert!(matches!(find(24).state, RequestState::Rejected { ref reason, .. } if reason == "because"));

    let page = |sort| {
        let query = RequestQuery {
            hub: HubId(uuid(9)),
            state: Some(RequestStateKind::Approved),
            search: "r".into(),
            sort,
            descending: false,
            offset: 0,
            limit: 10,
        };
        let rows = repository.search_requests(&query).unwrap().rows;
        rows.into_iter().map(|row| row.request.alias).collect::<Vec<_>>()
    };
    assert_eq!(page(RequestSort::Alias), ["Broken", "Works"]);
    assert_eq!(page(RequestSort::ValidUntil), ["Works", "Broken"], "equal ones by their id");
}

/// A4: the one authority from before could vouch for anybody.
#[test]
fn the_authority_of_an_older_database_signs_no_more_and_its_key_is_about_to_go() {
    let (repository, _folder) = migrated();
    assert_eq!(repository.find_server_authority().unwrap(), None, "no server is trusted because of it");
    assert_eq!(repository.find_client_authority().unwrap(), None);
    let key = repository.find_secret_item(SecretId(uuid(31))).unwrap().unwrap();
    assert_eq!(
        key.state,
        SecretItemState::Deleting,
        "the next repair deletes it, or a later one if the keychain is locked"
    );
    assert!(repository.list_unsettled_secrets().unwrap().contains(&key));
}

#[test]
fn everything_else_of_an_older_database_reads_as_before() {
    let (repository, _folder) = migrated();
    assert_eq!(repository.find_current_person().unwrap().unwrap().roles.len(), 2);
    assert_eq!(repository.list_people().unwrap().len(), 2);
    assert_eq!(
        repository.list_client_authority_certificates().unwrap(),
        ["current", "former"],
        "credentials that they signed are honoured"
    );
    assert_eq!(repository.find_token_service_identity().unwrap().unwrap().signing_key, SecretId(uuid(33)));
    assert_eq!(repository.get_settings().unwrap().check_interval_hours, 168);
    assert_eq!(repository.get_settings().unwrap().proxy, ProxyChoice::System);
    let hub = &repository.list_hubs().unwrap()[0];
    assert_eq!((hub.subaccount().map(Subaccount::as_str), hub.vocabulary), (Some("Hub-1"), Vocabulary::NewDesign));
    assert!(repository.list_portals().unwrap().iter().all(|portal| portal.vocabulary == Vocabulary::NewDesign));
    let instances = repository.list_service_instances(PortalId(uuid(3))).unwrap();
    assert_eq!(instances.iter().map(|instance| instance.deleted_at).collect::<Vec<_>>(), [None, Some(time(8))]);
    assert_eq!(repository.list_api_proxies(PortalId(uuid(3))).unwrap()[0].title, "Aufträge");
    assert_eq!(repository.list_fetched_apis(RequestId(uuid(22))).unwrap()[0].base_path, "/orders");
    let finding = Finding {
        stage: Stage::Destination,
        code: "destination_deleted".into(),
        message: "m".into(),
        remedy: "r".into(),
        seen: "s".into(),
        repair: Repair::TestAgain,
    };
    let failing = ConnectionHealth {
        request_id: RequestId(uuid(23)),
        outcome: HealthOutcome::Failing(finding),
        checked_at: Some(time(8)),
        last_success: Some(time(7)),
        due: true,
        postponed: None,
    };
    assert_eq!(repository.find_health(RequestId(uuid(23))).unwrap(), Some(failing));
    let unsettled = repository.list_unsettled_secrets().unwrap();
    let states: Vec<SecretItemState> = unsettled.into_iter().map(|item| item.state).collect();
    let (deleting, storing) = (SecretItemState::Deleting, SecretItemState::Storing);
    assert_eq!(states, [deleting, storing, deleting], "the first is the key of the authority from before");
    let added = [
        AuditAction::PortalAdded,
        AuditAction::CredentialsImported,
        AuditAction::LifetimeSet,
        AuditAction::AccountCreated,
        AuditAction::AccountRenamed,
        AuditAction::AccountRemoved,
        AuditAction::ConnectionCredentialAdded,
        AuditAction::ConnectionCredentialChanged,
        AuditAction::ConnectionSecretReplaced,
        AuditAction::ConnectionSecretRestored,
        AuditAction::FormerSecretEnded,
        AuditAction::SecretRevealed,
        AuditAction::PortalChanged,
        AuditAction::KeychainTakenOver,
        AuditAction::AskingChanged,
        AuditAction::ProxyChanged,
        AuditAction::PersonRemoved,
        AuditAction::PortalRenamed,
        AuditAction::PortalForgotten,
        AuditAction::HubRenamed,
        AuditAction::HubTracked,
        AuditAction::HubForgotten,
        AuditAction::RequestRecorded,
        AuditAction::ApprovalRecorded,
        AuditAction::RejectionRecorded,
        AuditAction::RecordChanged,
        AuditAction::RecordForgotten,
        AuditAction::ConnectionCredentialRecorded,
        AuditAction::ClientIdEntered,
        AuditAction::ConnectionCredentialForgotten,
        AuditAction::CredentialsRemoved,
    ];
    let page = repository
        .search_activity(&ActivityQuery { language: Language::English, search: String::new(), offset: 0, limit: 100 })
        .unwrap();
    let recorded = AuditAction::ALL.iter().filter(|action| page.rows.iter().any(|event| event.action == **action));
    assert_eq!(recorded.count(), AuditAction::ALL.len() - added.len(), "every action that was known is read");
    for event in page.rows {
        assert_eq!((event.subject, event.detail), ("Subject".into(), r#"{"a": "detail"}"#.into()), "as it was written");
    }
}

#[test]
fn an_older_database_can_be_worked_on_like_a_new_one() {
    let (repository, folder) = migrated();
    let commit = |changes: &[Change]| repository.commit(changes);
    let [sales, purchase] = [3, 4].map(|number| PortalId(uuid(number)));
    let find = |number| repository.find_credential(CredentialId(uuid(number))).unwrap().unwrap();

    let error = commit(&[LocalChange::RemoveSecretItem(SecretId(uuid(11))).into()]).unwrap_err();
    assert!(matches!(error, RepositoryError::Other { .. }), "something refers to it still: {error:?}");
    let same = Credential { id: CredentialId(uuid(40)), portal_id: purchase, ..find(12).supersede(time(9)) };
    commit(&[SharedChange::PutCredential(same.clone()).into()]).unwrap();
    let twice = Credential { id: CredentialId(uuid(41)), client_id: find(11).client_id, ..same };
    let error = commit(&[SharedChange::PutCredential(Credential { portal_id: sales, ..twice }).into()]).unwrap_err();
    assert!(matches!(error, RepositoryError::Conflict), "one client id, two credentials of one portal: {error:?}");

    let (retired, secrets) = find(11).retire(time(9), CredentialEnd::KeyDeleted).unwrap();
    let removed = secrets.into_iter().map(|id| LocalChange::RemoveSecretItem(id).into());
    commit(&removed.chain([SharedChange::PutCredential(retired.clone()).into()]).collect::<Vec<_>>()).unwrap();
    assert_eq!(find(11), retired);

    let elsewhere = Portal {
        id: PortalId(uuid(42)),
        home: PortalHome::InSap { url: PortalUrl::from_stored("https://p.example.com") },
        ..samples::portal(42)
    };
    let further = imported(42, elsewhere.id, Lifetime::Unknown, None);
    commit(&[
        SharedChange::PutPortal(elsewhere).into(),
        LocalChange::PutSecretItem(samples::secret_item(42)).into(),
        SharedChange::PutCredential(further.clone()).into(),
    ])
    .unwrap();
    assert_eq!(repository.find_credential(further.id).unwrap(), Some(further));

    commit(&[SharedChange::RemovePortal(sales).into()]).unwrap();
    assert_eq!(repository.list_credentials(sales).unwrap(), []);
    let open = repository.find_request(RequestId(uuid(22))).unwrap().unwrap();
    assert_eq!(open.portal_id, None, "the request stays");
    assert_eq!(broken_references(&Connection::open(folder.path().join("drawbridge.sqlite")).unwrap()), 0);
}

#[test]
fn hubs_and_portals_of_an_older_database_are_shown_in_the_words_of_the_new_design() {
    let folder = tempfile::tempdir().unwrap();
    drop(database_of_version_2(folder.path()));
    let repository = SqliteRepository::open(&folder.path().join("drawbridge.sqlite")).unwrap();
    assert_eq!(repository.list_accounts().unwrap(), []);
    let connection = Connection::open(folder.path().join("drawbridge.sqlite")).unwrap();
    for (table, rows) in [("hub", 1), ("portal", 3)] {
        let count = format!("SELECT count(*) FROM {table} WHERE vocabulary = 'new_design'");
        assert_eq!(connection.query_row(&count, [], |row| row.get::<_, i64>(0)).unwrap(), rows, "{table}");
        let unknown = format!("UPDATE {table} SET vocabulary = 'old_design'");
        assert!(connection.execute(&unknown, []).is_err(), "{table}: a word that nobody could read");
        connection.execute(&format!("UPDATE {table} SET vocabulary = 'classic_design'"), []).unwrap();
        connection.execute(&format!("UPDATE {table} SET vocabulary = 'developer_hub'"), []).unwrap();
    }
}

#[test]
fn what_an_older_database_has_is_found_by_index() {
    let (_repository, folder) = migrated();
    let migrated = Connection::open(folder.path().join("drawbridge.sqlite")).unwrap();
    let plan = |sql: &str| -> String {
        let mut statement = migrated.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>("detail")).unwrap();
        steps.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    };
    for (wanted, index) in [
        ("portal_id = 'x' ORDER BY created_at DESC, id DESC", "credential_by_portal (portal_id=?)"),
        ("fingerprint = 'x'", "credential_by_fingerprint (fingerprint=?)"),
        (
            "client_id = 'x' AND portal_id = 'x' AND instance_id IS NOT NULL",
            "credential_one_client (client_id=? AND portal_id=?)",
        ),
        ("client_id = 'x' AND fingerprint IS NULL", "credential_by_client (client_id=?)"),
        ("instance_id = 'x'", "credential_by_instance (instance_id=?)"),
        ("secret_id = 'x'", "credential_by_secret (secret_id=?)"),
        ("extra_secret_id = 'x'", "credential_by_extra (extra_secret_id=?)"),
    ] {
        let plan = plan(&format!("SELECT * FROM credential WHERE {wanted}"));
        assert_eq!(plan, format!("SEARCH credential USING INDEX {index}"), "{wanted}");
    }
}

#[test]
fn a_migration_that_fails_leaves_the_older_database_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawbridge.sqlite");
    let older = older_database(folder.path());
    let tables = tables(&older);
    let before = contents(&older, &tables);
    // Fails after the first statements of the migration have worked.
    older.execute_batch("CREATE INDEX credential_by_client ON person (name)").unwrap();
    drop(older);

    SqliteRepository::open(&path).unwrap_err();

    let same = Connection::open(&path).unwrap();
    assert_eq!(contents(&same, &tables), before);
    assert_eq!(same.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap(), 1);
    same.execute_batch("DROP INDEX credential_by_client").unwrap();
    drop(same);
    let repository = SqliteRepository::open(&path).unwrap();
    assert_eq!(repository.list_credentials(PortalId(uuid(3))).unwrap().len(), 5, "nothing is in the way any more");
}
