//! *Test Connection*: a document, a portal's credentials, a request; and the tests that nobody asks for.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    activity::AuditAction,
    connection::ConnectionRequest,
    connection_check::{Cause, ConnectionHealth, FetchedApi, HealthOutcome, Stage, TestOutcome},
    credential::Credential,
    hub::Hub,
    id::RequestId,
    overview::TokenServiceSeen,
    portal::{Endpoints, Portal},
    ports::{Clock, SecretStoreError},
    refusal::{Failure, Refusal},
};
use fakes::{Effect, Fault, InMemoryConnector, Watcher, World, world};

use crate::{line, read, refused};

/// An approved connection of a portal of this installation, which answers with one API.
struct Connected {
    world: World,
    hub: Hub,
    portal: Portal,
    credential: Credential,
    request: ConnectionRequest,
}

fn connected(kind: domain::credential::GenerateKind) -> Connected {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", kind);
    let request = world.connect(&hub, "Sales", &world.document(credential.id));
    world.answer(&portal, &["Orders"]);
    Connected { world, hub, portal, credential, request }
}

impl Connected {
    fn test(&self) -> TestOutcome {
        self.world.drawbridge.checks().test_request(self.request.id, &Watcher::default()).unwrap()
    }

    fn fail(&self, stage: Stage, cause: Cause) {
        self.world.connector.fail(&Endpoints::loopback().portal_url(&self.portal), stage, cause);
    }

    fn health(&self) -> ConnectionHealth {
        health(&self.world, self.request.id)
    }
}

fn health(world: &World, id: RequestId) -> ConnectionHealth {
    world.repository.tables().health[&id].clone()
}

fn failure_of(outcome: &TestOutcome) -> [String; 4] {
    let TestOutcome::Failed(finding) = outcome else { panic!("expected a failure, got {outcome:?}") };
    [finding.stage.code().into(), finding.code.clone(), finding.message.for_log(), finding.remedy.for_log()]
}

/// What the activity list says about connections that work or fail.
fn news(world: &World) -> Vec<String> {
    let events = world.repository.events();
    let about = |action| matches!(action, AuditAction::ConnectionWorks | AuditAction::ConnectionFails);
    events.iter().filter(|event| about(event.action)).map(line).collect()
}

const BEFORE_APPROVAL: [Stage; 6] =
    [Stage::Document, Stage::Validity, Stage::NameAndNetwork, Stage::Tls, Stage::Token, Stage::PortalApi];

mod document {
    use super::*;

    #[test]
    fn a_document_is_tested_stage_by_stage_and_nothing_is_stored() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
        world.drawbridge.token_service().prepare().unwrap();
        let document = world.document(credential.id);
        world.answer(&portal, &["Orders", "Stock"]);
        let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(
            outcome,
            TestOutcome::Passed(vec![InMemoryConnector::api("Orders"), InMemoryConnector::api("Stock")])
        );
        assert_eq!(
            watcher.lines(),
            [
                "Document: certificate credentials",
                "Validity: until 2027-03-01, 364 days left",
                "Name and network: Name and network works",
                "TLS: TLS works",
                "Token: Token works",
                "Portal API: Portal API works",
            ]
        );
        assert_eq!(watcher.planned(), [BEFORE_APPROVAL], "there is no destination before a connection");
        let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
        assert_eq!(after, before, "a test leaves no trace");
        let [call] = world.connector.calls().try_into().unwrap();
        assert_eq!((call.url.as_str(), &call.client_id), ("https://localhost:28443/sales", &credential.client_id));
        assert_eq!(call.secret, world.keychain.find(credential.secret().unwrap()).unwrap(), "the very key is used");
        let authority = world.repository.tables().server_authority.unwrap();
        let own = call.own_service;
        assert_eq!(own.authorities, [authority.certificate_pem], "this app's own service is trusted");
        for (host, port) in [("localhost", 28443), ("[::1]", 28444), ("LocalHost", 28443)] {
            assert_eq!(own.authorities_at(host, port), own.authorities, "{host}:{port}");
        }
        for (host, port) in [("portal.example", 28443), ("localhost", 443), ("127.0.0.2", 28443)] {
            assert_eq!(own.authorities_at(host, port), [""; 0], "and nobody else: {host}:{port}");
        }
    }

    #[test]
    fn whoever_requests_and_whoever_administers_the_portal_may_test_a_document() {
        let world = world();
        let document = world.foreign_document("sales", "a secret of its own");
        world.connector.answer("https://sales.example.com", &[]);
        for person in [&world.rita, &world.paul, &world.hugo] {
            world.act_as(person);
            let watcher = Watcher::default();
            let outcome = world.drawbridge.checks().test_document(&document, &watcher).unwrap();
            assert_eq!(outcome, TestOutcome::Passed(vec![]), "a portal without APIs works: {}", person.name);
            assert_eq!(
                watcher.lines()[..2],
                [
                    "Document: client secret credentials",
                    "Validity: the date of generation is unknown, so the end is unknown"
                ]
            );
        }
        world.act_as(&world.hal);
        let refusal = refused(world.drawbridge.checks().test_document(&document, &Watcher::default()));
        assert_eq!(
            refusal.to_string(),
            "Hal Half may not test credentials before they are submitted: AuthGroup.APIPortalRegistration is missing"
        );
    }

    #[test]
    fn a_document_that_cannot_be_read_fails_at_the_first_stage() {
        let world = world();
        let watcher = Watcher::default();
        let document =
            world.foreign_document("sales", "a secret of its own").replace("\"https://sales.example.com\"", "\n 1");
        let outcome = world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(
            failure_of(&outcome),
            [
                "document",
                "document",
                "line 2, column 2: the value of \"url\" is not a text in quotes",
                "Put the value in double quotes."
            ]
        );
        assert_eq!(
            watcher.lines(),
            ["Document FAILED: line 2, column 2: the value of \"url\" is not a text in quotes"]
        );
        assert!(world.connector.calls().is_empty(), "the later stages are not attempted");
    }

    #[test]
    fn an_expired_certificate_is_recognised_and_fails_at_the_validity() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::CERTIFICATE);
        let document = world.document(credential.id);
        world.clock.advance(TimeDelta::days(365));
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(
            failure_of(&outcome),
            [
                "validity",
                "expired",
                "the certificate expired on 2027-03-01",
                "Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the \
                 request is pending, Re-establish Connection once it is approved."
            ]
        );
        assert_eq!(
            watcher.lines(),
            ["Document: certificate credentials", "Validity FAILED: the certificate expired on 2027-03-01"],
            "the document itself is in order"
        );
        assert!(world.connector.calls().is_empty(), "the later stages are not attempted");
    }

    #[test]
    fn a_certificate_that_begins_later_fails_at_the_validity() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::CERTIFICATE);
        let document = world.document(credential.id);
        world.clock.advance(TimeDelta::days(-1));
        let outcome = world.drawbridge.checks().test_document(&document, &Watcher::default()).unwrap();
        assert_eq!(
            failure_of(&outcome)[1..],
            [
                "not_yet_valid",
                "the certificate is not valid before 2026-03-01 09:30 UTC",
                "Check the date and time of this computer, or wait until then."
            ]
        );
    }

    #[test]
    fn on_its_last_day_a_certificate_is_valid() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::CERTIFICATE);
        world.answer(&portal, &[]);
        world.clock.advance(TimeDelta::days(364) + TimeDelta::hours(1));
        let watcher = Watcher::default();
        world.drawbridge.checks().test_credential(credential.id, &watcher).unwrap();
        assert_eq!(watcher.lines()[1], "Validity: until 2027-03-01 09:30 UTC, 22 hours left");
    }

    #[test]
    fn what_the_network_answers_is_the_finding_with_what_was_seen() {
        let world = world();
        let document = world.foreign_document("sales", "a secret of its own");
        let outcome = world.drawbridge.checks().test_document(&document, &Watcher::default()).unwrap();
        assert_eq!(failure_of(&outcome)[..2], ["name_and_network", "unknown_host"]);
        world.connector.fail("https://sales.example.com", Stage::Token, Cause::BadCredentials);
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(
            failure_of(&outcome),
            [
                "token",
                "bad_credentials",
                "the token service does not accept these credentials",
                "Check that they are complete and the portal's current ones. If they were revoked or \
                 their service key was deleted, regenerate them."
            ]
        );
        let TestOutcome::Failed(finding) = outcome else { unreachable!("just looked at") };
        assert_eq!(finding.seen, "seen by the connector");
        assert_eq!(watcher.reports().len(), 5, "the portal API is not attempted");
    }
}

mod credential {
    use super::*;

    #[test]
    fn the_portals_own_credentials_are_tested_as_whoever_gets_them_would_use_them() {
        let world = world();
        let (portal, credential) = world.portal_with("Sales", World::SECRET);
        world.answer(&portal, &["Orders"]);
        world.act_as(&world.paul);
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_credential(credential.id, &watcher).unwrap();
        assert_eq!(outcome, TestOutcome::Passed(vec![InMemoryConnector::api("Orders")]));
        assert_eq!(watcher.planned(), [BEFORE_APPROVAL]);
        assert_eq!(watcher.lines()[0], "Document: client secret credentials");
        let stages: Vec<Stage> = watcher.reports().iter().map(|report| report.stage).collect();
        assert_eq!(stages, BEFORE_APPROVAL);
        let call = world.connector.calls().remove(0);
        assert_eq!(call.secret, world.keychain.find(credential.secret().unwrap()).unwrap());
        assert!(news(&world).is_empty(), "the portal's credentials are no connection");
    }

    #[test]
    fn a_retired_credential_has_nothing_to_test() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        world.drawbridge.service_instances().retire_credential(credential.id, "").unwrap();
        let watcher = Watcher::default();
        let refusal = refused(world.drawbridge.checks().test_credential(credential.id, &watcher));
        assert_eq!(
            refusal.to_string(),
            format!("the credentials {} are no longer kept; their secret is deleted", credential.client_id)
        );
        assert!(watcher.planned().is_empty());
    }

    #[test]
    fn where_the_keychain_is_locked_nothing_is_tested() {
        let world = world();
        let (_, credential) = world.portal_with("Sales", World::SECRET);
        world.keychain.fail_always(SecretStoreError::Locked);
        let failure = world.drawbridge.checks().test_credential(credential.id, &Watcher::default()).unwrap_err();
        assert_eq!(failure.to_string(), "the keychain is locked");
        assert!(world.connector.calls().is_empty());
    }
}

mod request {
    use super::*;

    #[test]
    fn a_pending_request_is_tested_with_the_hubs_copy_and_has_no_health() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let request = world.submit_foreign(&hub, "sales");
        world.connector.answer("https://sales.example.com", &[InMemoryConnector::api("Orders")]);
        for person in [&world.rita, &world.hugo] {
            world.act_as(person);
            let watcher = Watcher::default();
            let outcome = world.drawbridge.checks().test_request(request.id, &watcher).unwrap();
            assert!(matches!(outcome, TestOutcome::Passed(_)), "the submitter and whoever approves: {}", person.name);
            assert_eq!(watcher.planned(), [BEFORE_APPROVAL]);
        }
        let held = world.keychain.find(request.held().unwrap().secret).unwrap();
        assert!(world.connector.calls().iter().all(|call| call.secret == held), "the hub's own copy");
        let tables = world.repository.tables();
        assert!(tables.health.is_empty() && tables.fetched_apis.is_empty(), "nothing is connected yet");
        assert!(news(&world).is_empty());
        world.act_as(&world.hal);
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(
            seen.permits.test.unwrap_err().to_string(),
            "Hal Half may not test connections: AuthGroup.APIPortalRegistration is missing"
        );
    }

    #[test]
    fn an_approved_connection_may_also_be_tested_by_whoever_may_re_establish_it() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.connect(&hub, "sales", &world.foreign_document("sales", "a secret of its own"));
        world.connector.answer("https://sales.example.com", &[]);
        world.act_as(&world.rita);
        world
            .drawbridge
            .checks()
            .test_request(request.id, &Watcher::default())
            .expect("she has to know whether to renew it");
        world.act_as(&world.paul);
        let refusal = refused(world.drawbridge.checks().test_request(request.id, &Watcher::default()));
        assert_eq!(
            refusal.to_string(),
            "Paul Portal may not test connections: AuthGroup.API.Admin and AuthGroup.APIPortalRegistration are missing"
        );
    }

    #[test]
    fn a_rejected_request_has_nothing_to_test() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        world.drawbridge.requests().reject(request.id, "no").unwrap();
        let refusal = refused(world.drawbridge.checks().test_request(request.id, &Watcher::default()));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is rejected, so it is not possible to test connections",
                "Submit a new connection request."
            ]
        );
    }

    #[test]
    fn a_test_of_a_connection_has_all_stages_and_keeps_what_it_found() {
        let connected = connected(World::CERTIFICATE);
        let world = &connected.world;
        let watcher = Watcher::default();
        world.clock.advance(TimeDelta::hours(5));
        let outcome = world.drawbridge.checks().test_request(connected.request.id, &watcher).unwrap();
        assert_eq!(outcome, TestOutcome::Passed(vec![InMemoryConnector::api("Orders")]));
        assert_eq!(watcher.planned(), [Stage::ALL]);
        let stages: Vec<Stage> = watcher.reports().iter().map(|report| report.stage).collect();
        assert_eq!(stages, Stage::ALL);
        let last = watcher.lines().pop().unwrap();
        assert!(last.starts_with("Destination: apiportal-Sales-"), "{last}");
        let at: DateTime<Utc> = connected.request.submitted_at + TimeDelta::hours(5);
        assert_eq!(
            connected.health(),
            ConnectionHealth {
                request_id: connected.request.id,
                outcome: HealthOutcome::Success,
                checked_at: Some(at),
                last_success: Some(at),
                due: false,
                postponed: None,
            }
        );
        let fetched: &Vec<FetchedApi> = &world.repository.tables().fetched_apis[&connected.request.id];
        assert_eq!(fetched, &[InMemoryConnector::api("Orders")]);
        assert_eq!(news(world), ["Ada Admin | Connection works | Sales | Hub Hub (local), 1 API"]);
    }

    #[test]
    fn a_change_of_health_is_told_once() {
        let connected = connected(World::SECRET);
        let (works, refused, missing) = (
            "Ada Admin | Connection works | Sales | Hub Hub (local), 1 API",
            "Ada Admin | Connection fails | Sales | Hub Hub (local), Token: the token service does not accept these credentials",
            "Ada Admin | Connection fails | Sales | Hub Hub (local), Token: there is nothing at https://localhost/",
        );
        let not_found = || Cause::NotFound { url: "https://localhost/".into() };
        let mut expected = vec![works];
        for _ in 0..3 {
            connected.test();
            assert_eq!(news(&connected.world), expected, "at every check would drown what matters");
        }
        connected.fail(Stage::Token, Cause::BadCredentials);
        expected.push(refused);
        for _ in 0..3 {
            connected.test();
            assert_eq!(news(&connected.world), expected);
        }
        connected.fail(Stage::Token, not_found());
        expected.push(missing);
        for _ in 0..2 {
            connected.test();
            assert_eq!(news(&connected.world), expected, "another cause is news");
        }
        connected.world.answer(&connected.portal, &["Orders"]);
        expected.push(works);
        for _ in 0..2 {
            connected.test();
            assert_eq!(news(&connected.world), expected, "and so is that it works again");
        }
    }

    #[test]
    fn a_failure_keeps_the_time_of_the_last_success() {
        let connected = connected(World::SECRET);
        connected.test();
        let success = connected.health().last_success;
        assert!(success.is_some());
        connected.world.clock.advance(TimeDelta::hours(1));
        connected.fail(Stage::PortalApi, Cause::TokenRefused);
        let outcome = connected.test();
        let TestOutcome::Failed(finding) = outcome else { panic!("expected a failure") };
        let health = connected.health();
        assert_eq!(health.outcome, HealthOutcome::Failing(finding), "in the words that were told");
        assert_eq!(health.last_success, success);
        assert_eq!(health.checked_at, success.map(|at| at + TimeDelta::hours(1)));
    }

    #[test]
    fn without_its_destination_the_last_stage_fails_with_the_cause() {
        let connected = connected(World::SECRET);
        connected.test();
        connected.world.act_as(&connected.world.hal);
        connected.world.drawbridge.connections().delete_destination(connected.request.id, "Sales").unwrap();
        connected.world.act_as(&connected.world.ada);
        let watcher = Watcher::default();
        let outcome = connected.world.drawbridge.checks().test_request(connected.request.id, &watcher).unwrap();
        assert_eq!(
            failure_of(&outcome),
            [
                "destination",
                "destination_deleted",
                "the destination of this connection was deleted",
                "Regenerate the credentials in the portal, then re-establish the connection: that creates the \
                 destination again."
            ]
        );
        let TestOutcome::Failed(finding) = &outcome else { unreachable!("just looked at") };
        assert_eq!(finding.seen, "deleted by Hal Half on 2026-03-01 09:30 UTC");
        assert_eq!(watcher.reports().len(), Stage::ALL.len(), "everything before it works");
        assert_eq!(
            news(&connected.world).pop().unwrap(),
            "Ada Admin | Connection fails | Sales | Hub Hub (local), Destination: the destination of this connection was deleted"
        );

        let new =
            connected.world.drawbridge.portals().regenerate_credentials(connected.portal.id, World::SECRET).unwrap();
        let document = connected.world.document(new.id);
        connected.world.drawbridge.requests().reestablish(connected.request.id, &document).unwrap();
        assert!(matches!(connected.test(), TestOutcome::Passed(_)), "as the remedy says");
    }

    #[test]
    fn a_test_that_ends_after_the_credentials_were_replaced_records_nothing() {
        let connected = connected(World::SECRET);
        let new =
            connected.world.drawbridge.portals().regenerate_credentials(connected.portal.id, World::SECRET).unwrap();
        let document = connected.world.document(new.id);
        connected.fail(Stage::PortalApi, Cause::TokenRefused);
        let (drawbridge, id) = (Arc::clone(&connected.world.drawbridge), connected.request.id);
        let watcher = Watcher::at(Stage::PortalApi, move |_| {
            drawbridge.requests().reestablish(id, &document).expect("nothing keeps anybody from it during a test");
        });
        let outcome = connected.world.drawbridge.checks().test_request(id, &watcher).unwrap();
        assert_eq!(failure_of(&outcome)[..2], ["portal_api", "token_refused"], "whoever asked for it sees it");
        assert_eq!(connected.health(), ConnectionHealth::unknown(id), "it says nothing about the new ones");
        assert!(news(&connected.world).is_empty());
        assert!(connected.world.repository.tables().fetched_apis.is_empty());
    }

    #[test]
    fn a_test_that_ends_after_the_destination_was_deleted_records_nothing() {
        let connected = connected(World::SECRET);
        connected.test();
        let (drawbridge, id) = (Arc::clone(&connected.world.drawbridge), connected.request.id);
        let watcher =
            Watcher::at(Stage::PortalApi, move |_| drawbridge.connections().delete_destination(id, "Sales").unwrap());
        let before = (news(&connected.world), connected.health());
        connected.world.clock.advance(TimeDelta::hours(1));
        connected.world.drawbridge.checks().test_request(id, &watcher).unwrap();
        let due = ConnectionHealth { due: true, ..before.1 };
        assert_eq!((news(&connected.world), connected.health()), (before.0, due), "the next test tells how it is now");
    }

    #[test]
    fn a_test_that_was_demanded_while_another_ran_is_still_made() {
        let connected = connected(World::SECRET);
        connected.test();
        let (drawbridge, id) = (Arc::clone(&connected.world.drawbridge), connected.request.id);
        let key = connected.credential.id;
        let watcher = Watcher::at(Stage::PortalApi, move |_| {
            drawbridge.service_instances().retire_credential(key, "Sales").unwrap()
        });
        let outcome = connected.world.drawbridge.checks().test_request(id, &watcher).unwrap();
        assert!(matches!(outcome, TestOutcome::Passed(_)), "the token was fetched before");
        let health = connected.health();
        assert_eq!((&health.outcome, health.due), (&HealthOutcome::Success, true), "but the key is gone since");
        connected.fail(Stage::Token, Cause::KeyDeleted);
        let now = connected.world.clock.now();
        assert_eq!(connected.world.drawbridge.checks().check_due(now, &Watcher::default()).unwrap(), 1);
        let health = connected.health();
        let HealthOutcome::Failing(finding) = &health.outcome else { panic!("expected it to fail") };
        assert_eq!((finding.code.as_str(), health.due), ("key_deleted", false));
    }

    #[test]
    fn a_request_that_is_gone_when_its_test_ends_takes_no_health() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        world.connector.answer("https://sales.example.com", &[]);
        let (drawbridge, id) = (Arc::clone(&world.drawbridge), request.id);
        let watcher = Watcher::at(Stage::PortalApi, move |_| {
            drawbridge.requests().reject(id, "no").unwrap();
        });
        assert!(matches!(world.drawbridge.checks().test_request(id, &watcher), Ok(TestOutcome::Passed(_))));
        assert!(world.repository.tables().health.is_empty());
    }

    #[test]
    fn a_copy_that_somebody_took_out_of_the_keychain_is_the_finding() {
        let connected = connected(World::SECRET);
        connected.test();
        connected.world.keychain.lose(connected.request.held().unwrap().secret);
        let watcher = Watcher::default();
        let outcome = connected.world.drawbridge.checks().test_request(connected.request.id, &watcher).unwrap();
        assert_eq!(
            failure_of(&outcome),
            [
                "document",
                "secret_missing",
                "the hub's copy of the secret is not in this keychain",
                "If another keychain holds it, start that one. Otherwise give the hub credentials again: new ones, or the present ones once more."
            ],
            "that is certain, other than with a locked keychain"
        );
        assert_eq!(watcher.lines(), ["Document FAILED: the hub's copy of the secret is not in this keychain"]);
        assert!(matches!(connected.health().outcome, HealthOutcome::Failing(_)), "the connection cannot work");
        let new =
            connected.world.drawbridge.portals().regenerate_credentials(connected.portal.id, World::SECRET).unwrap();
        let document = connected.world.document(new.id);
        connected.world.drawbridge.requests().reestablish(connected.request.id, &document).unwrap();
        assert!(matches!(connected.test(), TestOutcome::Passed(_)), "as the remedy says");
    }

    #[test]
    fn an_expired_connection_fails_without_the_network() {
        let connected = connected(World::CERTIFICATE);
        connected.world.clock.advance(TimeDelta::days(366));
        let outcome = connected.test();
        assert_eq!(failure_of(&outcome)[..2], ["validity", "expired"]);
        assert!(connected.world.connector.calls().is_empty());
        assert_eq!(
            news(&connected.world),
            ["Ada Admin | Connection fails | Sales | Hub Hub (local), Validity: the certificate expired on 2027-03-01"]
        );
    }
}

mod cancel {
    use super::*;

    #[test]
    fn a_cancelled_test_says_so_and_records_nothing() {
        let connected = connected(World::SECRET);
        connected.world.connector.hang(&Endpoints::loopback().portal_url(&connected.portal), Stage::Token);
        let watcher = Watcher::at(Stage::Token, Watcher::cancel);
        let refusal = refused(connected.world.drawbridge.checks().test_request(connected.request.id, &watcher));
        assert_eq!(read(&refusal), ["the test was cancelled", "Start it again when you want."]);
        assert_eq!(refusal, Refusal::Cancelled);
        assert_eq!(watcher.reports().len(), 4, "what was found until then was told");
        assert_eq!(connected.health(), ConnectionHealth::unknown(connected.request.id));
        assert!(news(&connected.world).is_empty());
    }

    #[test]
    fn a_test_that_is_cancelled_at_its_end_records_nothing_either() {
        let connected = connected(World::SECRET);
        let watcher = Watcher::at(Stage::PortalApi, Watcher::cancel);
        let result = connected.world.drawbridge.checks().test_request(connected.request.id, &watcher);
        assert_eq!(refused(result), Refusal::Cancelled, "the destination was still to come");
        assert_eq!(connected.health(), ConnectionHealth::unknown(connected.request.id));
    }

    #[test]
    fn a_document_whose_test_is_cancelled_before_it_began_is_not_sent_anywhere() {
        let world = world();
        let watcher = Watcher::default();
        watcher.cancel();
        let document = world.foreign_document("sales", "a secret of its own");
        assert_eq!(refused(world.drawbridge.checks().test_document(&document, &watcher)), Refusal::Cancelled);
        assert!(watcher.reports().is_empty() && world.connector.calls().is_empty());
    }
}

mod scheduled {
    use super::*;

    fn offline() -> Cause {
        Cause::UnknownHost { host: "one.example.com".into() }
    }

    fn cut_off(world: &World, aliases: &[&str]) {
        for alias in aliases {
            world.connector.fail(&format!("https://{alias}.example.com"), Stage::NameAndNetwork, offline());
        }
    }

    /// Promise E7: being offline says nothing about the connections, until it has lasted.
    #[test]
    fn being_offline_is_waited_for_and_then_told() {
        let (world, requests) = connections(&["one", "two"]);
        let start = world.clock.now();
        check(&world, start);
        let success = health(&world, requests[0].id);
        world.clock.advance(TimeDelta::hours(7));
        cut_off(&world, &["one", "two"]);
        let told = news(&world);
        for minutes in [1, 5, 15] {
            assert_eq!(check(&world, start).len(), 2);
            let health = health(&world, requests[0].id);
            assert_eq!(health.outcome, HealthOutcome::Success, "as the test before found");
            assert_eq!(health.last_success, success.last_success);
            let postponed = health.postponed.expect("it is made again");
            assert_eq!(postponed.until, world.clock.now().trunc_subsecs(3) + TimeDelta::minutes(minutes));
            assert_eq!(postponed.finding.code, "unknown_host");
            assert_eq!(news(&world), told, "nothing is claimed");
            let attention = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap().attention;
            let [domain::overview::Attention { urgency: domain::overview::Urgency::Uncertain, matter }] =
                &attention[..]
            else {
                panic!("one sentence for all: {attention:?}")
            };
            assert!(
                matches!(matter, domain::overview::Matter::NoneReached { count: 2, postponed: true, .. }),
                "{matter:?}"
            );
            world.clock.advance(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
            assert_eq!(check(&world, start), [""; 0], "not earlier");
            world.clock.advance(TimeDelta::seconds(1));
        }
        assert_eq!(check(&world, start).len(), 2);
        let health = health(&world, requests[0].id);
        assert!(matches!(health.outcome, HealthOutcome::Failing(_)), "now it has lasted");
        assert_eq!(health.postponed, None);
        assert_eq!(check(&world, start), [""; 0], "then the interval");
        let attention = world.drawbridge.overview().get_launchpad(&TokenServiceSeen::Well).unwrap().attention;
        let [
            domain::overview::Attention {
                matter: domain::overview::Matter::NoneReached { count: 2, finding, .. }, ..
            },
        ] = &attention[..]
        else {
            panic!("one sentence for all: {attention:?}")
        };
        assert_eq!(finding.code, "unknown_host");
    }

    /// Promise E7.
    #[test]
    fn a_network_that_comes_back_leaves_no_trace() {
        let (world, requests) = connections(&["one"]);
        cut_off(&world, &["one"]);
        let start = world.clock.now();
        assert_eq!(check(&world, start), ["one"], "offline at the start of the app");
        assert_eq!(health(&world, requests[0].id).outcome, HealthOutcome::Unknown);
        world.connector.answer("https://one.example.com", &[InMemoryConnector::api("Orders")]);
        world.clock.advance(TimeDelta::minutes(1));
        assert_eq!(check(&world, start), ["one"]);
        let health = health(&world, requests[0].id);
        assert_eq!((health.outcome, health.postponed), (HealthOutcome::Success, None));
        assert_eq!(news(&world), ["Drawbridge | Connection works | one | Hub Hub of one (local), 1 API"]);
    }

    /// Promise E7: throttled is not failing.
    #[test]
    fn a_portal_that_asks_to_wait_is_left_alone_that_long() {
        let (world, requests) = connections(&["one"]);
        let start = world.clock.now();
        check(&world, start);
        let wait = Some(Duration::from_secs(20 * 60));
        let busy = Cause::Throttled { url: "https://one.example.com/".into(), wait };
        world.connector.fail("https://one.example.com", Stage::Token, busy);
        world.clock.advance(TimeDelta::hours(7));
        for _ in 0..5 {
            assert_eq!(check(&world, start), ["one"]);
            assert_eq!(health(&world, requests[0].id).outcome, HealthOutcome::Success);
            world.clock.advance(TimeDelta::minutes(19));
            let restarted = world.clock.now();
            assert_eq!(check(&world, restarted), [""; 0], "not even by a new start of the app");
            world.clock.advance(TimeDelta::minutes(1));
        }
        assert_eq!(news(&world).len(), 1, "it worked, and nothing since");
    }

    /// Connections of portals elsewhere, which all work; `alias` is also the name of the host.
    fn connections(aliases: &[&str]) -> (World, Vec<ConnectionRequest>) {
        let world = world();
        let mut requests = Vec::new();
        for alias in aliases {
            let hub = world.hub(&format!("Hub of {alias}"));
            requests.push(world.connect(&hub, alias, &world.foreign_document(alias, "a secret of its own")));
            world.connector.answer(&format!("https://{alias}.example.com"), &[InMemoryConnector::api("Orders")]);
        }
        (world, requests)
    }

    /// Checks what is due; `since` is when the app was started. Returns the hosts that were asked.
    fn check(world: &World, since: DateTime<Utc>) -> Vec<String> {
        let before = world.connector.calls().len();
        let tested = world.drawbridge.checks().check_due(since, &Watcher::default()).unwrap();
        let hosts: Vec<String> = world.connector.calls()[before..].iter().map(|call| call.url.clone()).collect();
        assert_eq!(tested, hosts.len());
        hosts.iter().map(|url| url.trim_start_matches("https://").trim_end_matches(".example.com").to_owned()).collect()
    }

    #[test]
    fn what_was_never_tested_is_tested_once_by_the_app_itself() {
        let (world, requests) = connections(&["one", "two"]);
        world.submit_foreign(&world.hub("Other"), "waiting");
        let start = world.clock.now();
        let mut asked = check(&world, start);
        asked.sort();
        assert_eq!(asked, ["one", "two"], "approved connections, and no pending request");
        for request in &requests {
            assert_eq!(health(&world, request.id).outcome, HealthOutcome::Success);
        }
        assert_eq!(check(&world, start), [""; 0], "nothing has changed since");
        let mut told = news(&world);
        told.sort();
        assert_eq!(
            told,
            [
                "Drawbridge | Connection works | one | Hub Hub of one (local), 1 API",
                "Drawbridge | Connection works | two | Hub Hub of two (local), 1 API"
            ],
            "nobody asked for it"
        );
    }

    #[test]
    fn a_connection_is_tested_again_after_the_interval() {
        let (world, _) = connections(&["one"]);
        let start = world.clock.now();
        check(&world, start);
        world.clock.advance(TimeDelta::hours(6));
        assert_eq!(check(&world, start), [""; 0], "six hours are not over yet");
        world.clock.advance(TimeDelta::milliseconds(1));
        assert_eq!(check(&world, start), ["one"]);
        world.drawbridge.settings().change_check_interval(1).unwrap();
        world.clock.advance(TimeDelta::hours(1));
        assert_eq!(check(&world, start), [""; 0]);
        world.clock.advance(TimeDelta::minutes(1));
        assert_eq!(check(&world, start), ["one"], "the interval is the one that was set last");
    }

    #[test]
    fn after_a_start_of_the_app_every_connection_is_tested() {
        let (world, _) = connections(&["one"]);
        check(&world, world.clock.now());
        world.clock.advance(TimeDelta::minutes(10));
        let start = world.clock.now();
        world.clock.advance(TimeDelta::minutes(1));
        assert_eq!(check(&world, start), ["one"], "much may have changed while the app was not running");
        assert_eq!(check(&world, start), [""; 0], "once is enough");
    }

    #[test]
    fn what_waits_longest_comes_first() {
        let (world, requests) = connections(&["one", "two", "three"]);
        for number in [1, 2, 0] {
            world.clock.advance(TimeDelta::minutes(1));
            world.drawbridge.checks().test_request(requests[number].id, &Watcher::default()).unwrap();
        }
        world.clock.advance(TimeDelta::hours(7));
        assert_eq!(check(&world, DateTime::UNIX_EPOCH), ["two", "three", "one"]);
    }

    #[test]
    fn a_clock_that_was_set_back_leads_to_one_test_not_to_none_or_to_many() {
        let (world, requests) = connections(&["one"]);
        let start = world.clock.now();
        check(&world, start);
        world.clock.advance(TimeDelta::days(-100));
        assert_eq!(check(&world, start), ["one"], "the last test was in the future: nobody knows how long ago");
        assert_eq!(health(&world, requests[0].id).checked_at, Some(now(&world)));
        for _ in 0..3 {
            world.clock.advance(TimeDelta::seconds(1));
            assert_eq!(check(&world, start), [""; 0], "not again and again until the start of the app has come");
        }
        world.clock.advance(TimeDelta::hours(7));
        assert_eq!(check(&world, start), ["one"], "the interval holds as ever");
    }

    fn now(world: &World) -> DateTime<Utc> {
        world.clock.now().trunc_subsecs(3)
    }

    #[test]
    fn a_locked_keychain_claims_nothing_about_a_connection_and_asks_nobody() {
        let (world, _) = connections(&["one", "two"]);
        let start = world.clock.now();
        check(&world, start);
        world.clock.advance(TimeDelta::hours(7));
        let before = (world.repository.tables(), world.repository.events());
        world.keychain.fail_always(SecretStoreError::Locked);
        world.keychain.take_calls();
        let failure = world.drawbridge.checks().check_due(start, &Watcher::default()).unwrap_err();
        assert_eq!(failure.to_string(), "the keychain is locked");
        assert_eq!(world.keychain.take_calls(), [fakes::KeychainCall::Probe], "nobody is asked for a password");
        assert_eq!((world.repository.tables(), world.repository.events()), before, "nothing is claimed");
        world.keychain.recover();
        assert_eq!(check(&world, start).len(), 2, "both still wait");
    }

    #[test]
    fn a_secret_that_cannot_be_read_keeps_no_other_connection_from_its_test() {
        let (world, requests) = connections(&["one", "two", "three"]);
        let start = world.clock.now();
        check(&world, start);
        world.clock.advance(TimeDelta::hours(7));
        let before: Vec<ConnectionHealth> = requests.iter().map(|request| health(&world, request.id)).collect();
        world.faults.plan(Fault::FailOnce { step: 0, effect: Effect::None });
        let asked = check(&world, start);
        world.faults.take_journal();
        assert_eq!(asked.len(), 2, "{asked:?}");
        for (request, before) in requests.iter().zip(before) {
            let claimed = health(&world, request.id) != before;
            assert_eq!(claimed, asked.contains(&request.alias), "nothing is claimed about the one in between");
        }
        assert_eq!(check(&world, start).len(), 1, "that one still waits");
    }

    #[test]
    fn a_connection_whose_result_cannot_be_kept_is_tested_again() {
        let (world, requests) = connections(&["one"]);
        world.repository.fail_next_commit(domain::ports::RepositoryError::DiskFull);
        assert_eq!(world.drawbridge.checks().check_due(world.clock.now(), &Watcher::default()).unwrap(), 1);
        assert_eq!(health(&world, requests[0].id), ConnectionHealth::unknown(requests[0].id));
        assert_eq!(check(&world, world.clock.now()), ["one"]);
    }

    #[test]
    fn what_a_user_found_meanwhile_is_not_overwritten_by_an_older_test() {
        let (world, requests) = connections(&["one"]);
        let id = requests[0].id;
        let world = Arc::new(world);
        let user = Arc::clone(&world);
        let watcher = Watcher::at(Stage::Destination, move |_| {
            user.clock.advance(TimeDelta::seconds(1));
            let found = user.drawbridge.checks().test_request(id, &Watcher::default()).unwrap();
            assert!(matches!(found, TestOutcome::Passed(_)), "{found:?}");
            user.clock.advance(TimeDelta::seconds(1));
        });
        world.drawbridge.checks().check_due(world.clock.now(), &watcher).unwrap();
        let age = world.clock.now() - health(&world, id).checked_at.unwrap();
        assert_eq!(age.num_seconds(), 1, "the later test's result stays");
    }

    #[test]
    fn whoever_cancels_stops_the_checks_that_are_left() {
        let (world, _) = connections(&["one", "two", "three"]);
        let watcher = Watcher::at(Stage::Destination, Watcher::cancel);
        let tested = world.drawbridge.checks().check_due(world.clock.now(), &watcher).unwrap();
        assert_eq!((tested, world.connector.calls().len()), (1, 1), "the one that was at its end is kept");
        assert_eq!(check(&world, world.clock.now()).len(), 2);
    }

    #[test]
    fn without_anybody_at_the_app_connections_are_tested_all_the_same() {
        let (world, _) = connections(&["one"]);
        world.act_as(&world.nora);
        assert_eq!(check(&world, world.clock.now()), ["one"], "it needs nobody's roles");
    }
}

#[test]
fn a_connection_of_a_former_subaccount_pair_is_checked_too() {
    let world = world();
    world.drawbridge.hubs().create("Hub", "shared", crate::OWN_PAIR).unwrap();
    let portal = world.drawbridge.portals().create("Sales", "shared", crate::OWN_PAIR).unwrap().portal;
    world.answer(&portal, &["Orders"]);
    assert_eq!(world.drawbridge.checks().check_due(world.clock.now(), &Watcher::default()).unwrap(), 1);
    assert_eq!(news(&world), ["Drawbridge | Connection works | Sales | Hub Hub (local), 1 API"]);
}

#[test]
fn a_clock_that_is_set_back_during_a_test_makes_no_negative_duration() {
    let connected = connected(World::SECRET);
    let clock = Arc::clone(&connected.world.clock);
    let watcher = Watcher::at(Stage::Destination, move |_| clock.advance(TimeDelta::hours(-1)));
    connected.world.drawbridge.checks().test_request(connected.request.id, &watcher).unwrap();
    assert!(watcher.reports().iter().all(|report| report.duration <= Duration::from_millis(7)));
}

#[test]
fn what_does_not_exist_cannot_be_tested() {
    let connected = connected(World::SECRET);
    let world = &connected.world;
    let failures: [Failure; 2] = [
        world.drawbridge.checks().test_request(RequestId(world.ada.id.0), &Watcher::default()).unwrap_err(),
        world
            .drawbridge
            .checks()
            .test_credential(domain::id::CredentialId(connected.hub.id.0), &Watcher::default())
            .unwrap_err(),
    ];
    let told = failures.map(|failure| failure.to_string());
    assert_eq!(told, ["this connection request does not exist any more", "this credential does not exist any more"]);
}
