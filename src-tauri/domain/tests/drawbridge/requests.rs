//! *Manage Connections*: submit, view, edit credentials, approve, reject, re-establish.

use chrono::TimeDelta;
use domain::{
    connection::{ConnectionRequest, RequestState, RequestStateKind},
    credential::{Credential, GenerateKind},
    hub::Hub,
    id::RequestId,
    messages::Language,
    person::Actor,
    portal::{Applied, Portal},
    ports::{RequestQuery, RequestSort},
    refusal::Refusal,
};
use fakes::{World, world};

use crate::{days_left, line, read, refused};

/// A hub, and a portal of this installation with credentials.
fn hub_and_portal(kind: GenerateKind) -> (World, Hub, Portal, Credential) {
    let world = world();
    let hub = world.hub("Hub");
    let (portal, credential) = world.portal_with("Sales", kind);
    (world, hub, portal, credential)
}

/// Nothing was changed by what `act` does.
fn assert_unchanged<T>(world: &World, act: impl FnOnce() -> T) -> T {
    let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
    let result = act();
    let after = (world.repository.tables(), world.keychain.items(), world.repository.events());
    assert_eq!(after, before, "a refusal changes nothing");
    result
}

fn held_secret(world: &World, request: &ConnectionRequest) -> Vec<u8> {
    world.keychain.find(request.held().expect("the hub's copy").secret).expect("its item in the keychain")
}

mod inspect {
    use super::*;

    #[test]
    fn a_pasted_document_is_recognised_with_its_portal_and_its_days() {
        let (world, _, portal, credential) = hub_and_portal(World::CERTIFICATE);
        let document = world.document(credential.id);
        let seen = assert_unchanged(&world, || world.inspect(&document));
        assert_eq!(seen.portal_name, Some(portal.name));
        assert_eq!(seen.facts.client_id, credential.client_id);
        assert_eq!(seen.facts.kind.fingerprint(), credential.kind.fingerprint());
        assert_eq!(days_left(&seen.validity), Some(364));
    }

    #[test]
    fn a_document_of_a_portal_elsewhere_has_no_portal_name() {
        let world = world();
        let seen = world.inspect(&world.foreign_document("sales", "a secret"));
        assert_eq!((seen.portal_name, days_left(&seen.validity)), (None, None));
        assert_eq!(seen.facts.url, "https://sales.example.com");
    }

    #[test]
    fn anything_else_is_refused_with_place_cause_and_remedy() {
        let world = world();
        let document = "{\n  \"url\": \"https://a.example.com\"\n}";
        let hub = world.hub("Hub");
        let seen = world.drawbridge.documents().inspect(document, None).unwrap();
        let refusal = refused(world.drawbridge.requests().submit(hub.id, "Sales", document, "", true));
        assert!(seen.candidates.iter().all(|candidate| candidate.usable.is_none()), "{seen:?}");
        assert_eq!(
            read(&refusal),
            [
                "line 1, column 1: there are no credentials in this document",
                "Drawbridge expects, for example, url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, \
                 certificate and key. Copy the whole document from the API portal or the service key."
            ]
        );
        assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("API Portal Access Credentials"));
    }
}

mod submit {
    use super::*;

    #[test]
    fn a_submitted_request_is_pending_with_the_hubs_own_copy_of_the_credentials() {
        let (world, hub, portal, credential) = hub_and_portal(World::CERTIFICATE);
        let document = world.document(credential.id);
        world.act_as(&world.rita);
        let request =
            world.drawbridge.requests().submit(hub.id, " Sales EU ", &document, " please\napprove ", true).unwrap();

        assert_eq!(request.alias, "Sales EU");
        assert_eq!(request.comment, "please\napprove");
        assert_eq!(request.portal_id, Some(portal.id));
        assert_eq!(request.submitted_by, Actor::from(&world.rita));
        let RequestState::Pending { held } = &request.state else { panic!("expected a pending request") };
        assert_eq!(held.facts.client_id, credential.client_id);
        assert_eq!(held.applied_by, Actor::from(&world.rita));
        assert_ne!(Some(held.secret), credential.secret(), "the hub is the other party: it has a copy of its own");
        assert_eq!(
            held_secret(&world, &request),
            world.keychain.find(credential.secret().unwrap()).unwrap(),
            "and the copy is true"
        );
        assert_eq!(
            world.keychain.items()[&held.secret].0,
            format!("Drawbridge: private key of {} (hub Hub, connection Sales EU)", credential.client_id)
        );
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!(
                "Rita Requester | Connection request submitted | Sales EU | Hub Hub (local), {}",
                credential.describe().for_log()
            )
        );
    }

    #[test]
    fn without_the_mandatory_checkbox_nothing_is_submitted() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let document = world.document(credential.id);
        let refusal = assert_unchanged(&world, || {
            refused(world.drawbridge.requests().submit(hub.id, "Sales", &document, "", false))
        });
        assert_eq!(
            read(&refusal),
            [
                "confirm that this connection is permanent",
                "Select the checkbox. Once approved, the connection cannot be severed or moved to another hub."
            ]
        );
        assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Confirmation"));
    }

    #[test]
    fn what_is_typed_wrongly_is_named_with_its_field() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let document = world.document(credential.id);
        let long_alias = "x".repeat(81);
        let long_comment = "x".repeat(2_001);
        for (alias, document, comment, field, message) in [
            ("", document.as_str(), "", "API Portal Alias Name", "enter an alias"),
            (
                &long_alias,
                &document,
                "",
                "API Portal Alias Name",
                "API Portal Alias Name has 81 characters; at most 80 are possible",
            ),
            ("Sales", "", "", "API Portal Access Credentials", "line 1, column 1: there is no document"),
            ("Sales", &document, &long_comment, "Comment", "Comment has 2001 characters; at most 2000 are possible"),
        ] {
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().submit(hub.id, alias, document, comment, true))
            });
            assert_eq!(refusal.to_string(), message);
            assert_eq!(
                refusal.field().map(|field| field.label(Language::English)),
                Some(field),
                "the form points at the field"
            );
        }
    }

    #[test]
    fn an_open_alias_is_used_once_a_hub_whatever_its_case() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let document = world.document(credential.id);
        let first = world.submit(&hub, "Überseehandel", &world.foreign_document("one", "a secret"));
        for approve in [false, true] {
            if approve {
                world.drawbridge.requests().approve(first.id, "Überseehandel").unwrap();
            }
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().submit(hub.id, "üBERSEEHANDEL", &document, "", true))
            });
            assert_eq!(
                read(&refusal),
                ["the alias üBERSEEHANDEL is in use in this hub already", "Choose another alias."]
            );
            assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("API Portal Alias Name"));
        }
        let elsewhere = world.hub("Elsewhere");
        world.submit(&elsewhere, "Überseehandel", &document);
    }

    #[test]
    fn after_a_rejection_the_alias_is_free_and_the_portal_may_submit_again() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let document = world.document(credential.id);
        let first = world.submit(&hub, "Sales", &document);
        world.drawbridge.requests().reject(first.id, "wrong comment").unwrap();
        let second = world.submit(&hub, "SALES", &document);
        assert_ne!(second.id, first.id, "the rejected one stays in view");
        world.drawbridge.requests().approve(second.id, "SALES").unwrap();
        let rejected = world.drawbridge.requests().get(first.id).unwrap().request;
        assert_eq!(rejected.kind(), RequestStateKind::Rejected);
    }

    #[test]
    fn a_portal_is_in_one_hub_only() {
        let (world, hub, portal, credential) = hub_and_portal(World::CERTIFICATE);
        let other = world.hub("Other");
        let request = world.submit(&hub, "Sales", &world.document(credential.id));
        let regenerated = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        let document = world.document(regenerated.id);
        let expect = |word: &str, remedy: &str| {
            for (hub, alias) in [(&hub, "Again"), (&other, "Sales")] {
                let refusal = assert_unchanged(&world, || {
                    refused(world.drawbridge.requests().submit(hub.id, alias, &document, "", true))
                });
                assert_eq!(
                    read(&refusal),
                    [format!("this portal already has the {word} request Sales in the hub Hub"), remedy.to_owned()],
                    "even with other credentials it is the same portal"
                );
            }
        };
        expect("pending", "Edit the credentials of that request, or have it rejected first.");
        world.drawbridge.requests().approve(request.id, "Sales").unwrap();
        expect(
            "approved",
            "Choose Re-establish Connection there to replace its credentials; a connection cannot move to another hub.",
        );
    }

    #[test]
    fn a_portal_elsewhere_is_the_same_in_every_spelling_of_its_url() {
        let world = world();
        let (hub, other) = (world.hub("Hub"), world.hub("Other"));
        world.submit(&hub, "Sales", &world.foreign_document("sales", "one secret"));
        let same = world.foreign_document("sales", "another").replace("https://sales.ex", "HTTPS://SALES.ex");
        let same = same.replace("SALES.example.com", "SALES.example.com:443/");
        let refusal = refused(world.drawbridge.requests().submit(other.id, "Sales", &same, "", true));
        assert_eq!(refusal.to_string(), "this portal already has the pending request Sales in the hub Hub");
    }

    #[test]
    fn a_hub_takes_three_portals_and_pending_requests_take_no_place() {
        let world = world();
        let hub = world.hub("Hub");
        let waiting: Vec<_> = ["one", "two", "three", "four"].map(|portal| world.submit_foreign(&hub, portal)).into();
        for request in &waiting[..3] {
            world.drawbridge.requests().approve(request.id, &request.alias).unwrap();
        }
        let expected = [
            "the hub Hub has 3 connected portals already, which is the most a hub can have",
            "Use another hub. A connection cannot be removed to make room.",
        ];
        let fourth = assert_unchanged(&world, || refused(world.drawbridge.requests().approve(waiting[3].id, "four")));
        assert_eq!(read(&fourth), expected, "a fourth portal cannot be approved");
        let seen = world.drawbridge.requests().get(waiting[3].id).unwrap();
        assert_eq!(seen.permits.approve, Err(fourth), "the screen shows the same reason");
        assert!(seen.permits.reject.is_ok(), "it can still be rejected");
        let document = world.foreign_document("five", "a secret");
        let fifth = assert_unchanged(&world, || {
            refused(world.drawbridge.requests().submit(hub.id, "five", &document, "", true))
        });
        assert_eq!(read(&fifth), expected, "and no further one submitted");
    }

    #[test]
    fn whoever_may_not_submit_learns_that_before_anything_is_said_about_the_document() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.hal);
        let refusal = refused(world.drawbridge.requests().submit(hub.id, "", "not a document", "", false));
        assert_eq!(
            refusal.to_string(),
            "Hal Half may not submit connection requests: AuthGroup.APIPortalRegistration is missing"
        );
    }
}

mod view {
    use super::*;

    fn query(hub: &Hub, search: &str) -> RequestQuery {
        RequestQuery {
            hub: hub.id,
            state: Some(RequestStateKind::Pending),
            search: search.into(),
            sort: RequestSort::Alias,
            descending: false,
            offset: 0,
            limit: 50,
        }
    }

    #[test]
    fn requests_are_found_with_what_the_person_may_do_with_each() {
        let (world, hub, _, credential) = hub_and_portal(World::CERTIFICATE);
        let document = world.document(credential.id);
        world.act_as(&world.rita);
        world.submit(&hub, "zebra", &document);
        world.act_as(&world.hugo);
        world.submit_foreign(&hub, "alpha");

        let page = world.drawbridge.requests().search(&query(&hub, "")).unwrap();
        assert_eq!(page.matching, 2);
        let [alpha, zebra] = page.rows.as_slice() else { panic!("expected both") };
        assert_eq!((alpha.request.alias.as_str(), zebra.request.alias.as_str()), ("alpha", "zebra"));
        assert_eq!((alpha.portal_name.as_deref(), zebra.portal_name.as_deref()), (None, Some("Sales")));
        assert_eq!((days_left(&alpha.validity), days_left(&zebra.validity)), (None, Some(364)));
        assert!(alpha.permits.edit_credentials.is_ok(), "Hugo submitted it");
        assert!(zebra.permits.edit_credentials.is_err(), "Rita submitted it");
        for row in [alpha, zebra] {
            assert!(row.permits.view.is_ok() && row.permits.approve.is_ok() && row.permits.reject.is_ok());
            assert!(row.permits.reestablish.is_err(), "only an approved connection is re-established");
        }
        let found = world.drawbridge.requests().search(&query(&hub, "RITA sales")).unwrap();
        assert_eq!(found.rows.len(), 1, "the search finds submitter and portal in any case");
    }

    #[test]
    fn whoever_submitted_a_request_may_always_view_it() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let document = world.foreign_document("sales", "a secret");
        let request = world.drawbridge.requests().submit(hub.id, "sales", &document, "for your eyes", true).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert!(seen.permits.view.is_ok());
        assert_eq!(seen.request.comment, "for your eyes");
        world.act_as(&world.hal);
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.request.comment, "", "reading the comment is what View is for");
        let listed = world.drawbridge.requests().search(&query(&hub, "")).unwrap();
        assert_eq!(listed.rows[0].request.comment, "", "the list gives no way around it");
        assert_eq!(
            seen.permits.view.unwrap_err().to_string(),
            "Hal Half may not view connection requests: AuthGroup.APIPortalRegistration is missing"
        );
    }

    #[test]
    fn a_request_that_does_not_exist_is_reported_as_gone() {
        let world = world();
        let nothing = RequestId(world.ada.id.0);
        let document = world.foreign_document("sales", "a secret");
        for failure in [
            world.drawbridge.requests().get(nothing).map(drop).unwrap_err(),
            world.drawbridge.requests().edit_credentials(nothing, &document).map(drop).unwrap_err(),
            world.drawbridge.requests().approve(nothing, "").map(drop).unwrap_err(),
            world.drawbridge.requests().reject(nothing, "no").map(drop).unwrap_err(),
            world.drawbridge.requests().reestablish(nothing, &document).map(drop).unwrap_err(),
        ] {
            assert_eq!(failure.to_string(), "this connection request does not exist any more");
        }
    }
}

mod edit_credentials {
    use super::*;

    #[test]
    fn the_submitter_replaces_the_credentials_and_the_request_stays_pending() {
        let (world, hub, portal, first) = hub_and_portal(World::CERTIFICATE);
        let request = world.submit(&hub, "Sales", &world.document(first.id));
        let former = request.held().unwrap().secret;
        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        world.clock.advance(TimeDelta::hours(2));

        let edited = world.drawbridge.requests().edit_credentials(request.id, &world.document(second.id)).unwrap();

        let RequestState::Pending { held } = &edited.state else { panic!("expected it to stay pending") };
        assert_eq!(held.facts.client_id, second.client_id);
        assert_eq!(held.applied_at - edited.submitted_at, TimeDelta::hours(2));
        assert_eq!(held_secret(&world, &edited), world.keychain.find(second.secret().unwrap()).unwrap());
        assert_eq!(world.keychain.find(former), None, "the hub's former copy is deleted");
        assert!(world.keychain.find(first.secret().unwrap()).is_some(), "the portal's own is not the hub's to delete");
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!("Ada Admin | Credentials edited | Sales | Hub Hub (local), {}", second.describe().for_log())
        );
    }

    #[test]
    fn nobody_but_the_submitter_edits_a_request() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let request = world.submit_foreign(&hub, "sales");
        let document = world.foreign_document("sales", "a new secret");
        for other in [&world.ada, &world.hugo] {
            world.act_as(other);
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().edit_credentials(request.id, &document))
            });
            assert_eq!(
                read(&refusal),
                [
                    "only Rita Requester, who submitted the request sales, may edit its credentials",
                    "Ask Rita Requester to edit them, or a hub admin to reject the request so that it can be submitted again."
                ]
            );
        }
        world.act_as(&world.rita);
        world.drawbridge.requests().edit_credentials(request.id, &document).expect("Rita submitted it");
    }

    #[test]
    fn the_submitter_without_the_role_may_not_edit_either() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let request = world.submit_foreign(&hub, "sales");
        world
            .drawbridge
            .people()
            .change_person(world.rita.id, "Rita Requester", "rita@example.com", [].into())
            .unwrap();
        let refusal = refused(world.drawbridge.requests().edit_credentials(request.id, "not even a document"));
        assert_eq!(
            refusal.to_string(),
            "Rita Requester may not edit the credentials of a request: AuthGroup.APIPortalRegistration is missing"
        );
    }

    #[test]
    fn the_credentials_of_another_portal_are_refused() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let own = world.submit(&hub, "Sales", &world.document(credential.id));
        let elsewhere = world.submit_foreign(&hub, "stock");
        let foreign = world.foreign_document("other", "a secret");
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().edit_credentials(own.id, &foreign)));
        assert_eq!(
            read(&refusal),
            [
                "these credentials belong to https://other.example.com, not to the portal of the request Sales",
                "Use credentials that this portal generated."
            ]
        );
        let document = world.document(credential.id);
        let refusal = refused(world.drawbridge.requests().edit_credentials(elsewhere.id, &document));
        assert_eq!(refusal.to_string(), "these credentials belong to Sales, not to the portal of the request stock");
    }

    #[test]
    fn an_approved_or_rejected_request_is_not_edited_any_more() {
        let world = world();
        let hub = world.hub("Hub");
        let document = world.foreign_document("sales", "a secret");
        let approved = world.connect(&hub, "sales", &document);
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().edit_credentials(approved.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is approved, so it is not possible to edit the credentials of a request",
                "Choose Re-establish Connection to replace the credentials of an approved connection."
            ]
        );
        let rejected = world.submit_foreign(&hub, "stock");
        world.drawbridge.requests().reject(rejected.id, "no").unwrap();
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().edit_credentials(rejected.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "the request stock is rejected, so it is not possible to edit the credentials of a request",
                "Submit a new connection request."
            ]
        );
    }
}

/// Documents of a portal that lives in this installation, which knows what it generated.
mod known_portal {
    use super::*;

    fn field(refusal: &Refusal) -> Option<&'static str> {
        refusal.field().map(|field| field.label(Language::English))
    }

    /// The document under another client id. The certificate in it stays what it is.
    fn renamed(document: &str) -> String {
        document.replace("\n}", ",\n  \"clientid\": \"sb-renamed!b1\"\n}")
    }

    #[test]
    fn a_retired_credential_is_refused_wherever_it_is_pasted() {
        for kind in [World::SECRET, World::CERTIFICATE] {
            let (world, hub, portal, first) = hub_and_portal(kind);
            let retired = world.document(first.id);
            let second = world.drawbridge.portals().regenerate_credentials(portal.id, kind).unwrap();
            world.drawbridge.service_instances().retire_credential(first.id, "").unwrap();
            let expected = [
                format!("the credentials {} are no longer kept; their secret is deleted", first.client_id),
                "Use the current credentials, or regenerate them.".to_owned(),
            ];
            let assert_refused = |act: &dyn Fn(&str) -> Refusal| {
                let mut documents = vec![retired.clone()];
                if kind == World::CERTIFICATE {
                    documents.push(renamed(&retired));
                }
                for document in documents {
                    let refusal = assert_unchanged(&world, || act(&document));
                    assert_eq!(read(&refusal), expected, "it could never work");
                    assert_eq!(field(&refusal), Some("API Portal Access Credentials"));
                }
            };
            assert_refused(&|document| {
                refused(world.drawbridge.requests().submit(hub.id, "Sales", document, "", true))
            });
            let request = world.submit(&hub, "Sales", &world.document(second.id));
            assert_refused(&|document| refused(world.drawbridge.requests().edit_credentials(request.id, document)));
            world.drawbridge.requests().approve(request.id, "Sales").unwrap();
            assert_refused(&|document| refused(world.drawbridge.requests().reestablish(request.id, document)));
        }
    }

    #[test]
    fn a_superseded_credential_is_as_good_as_the_current_one() {
        let (world, hub, portal, first) = hub_and_portal(World::SECRET);
        world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        let request = world.submit(&hub, "Sales", &world.document(first.id));
        assert_eq!(request.facts().client_id, first.client_id, "it stays valid until it is retired");
    }

    fn unknown() -> [&'static str; 2] {
        [
            "the portal Sales did not generate these credentials, or it was deleted and created again since",
            "Copy the current credentials from the Connection tab of the portal.",
        ]
    }

    #[test]
    fn credentials_that_the_portal_never_generated_are_refused() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let document = world.document(credential.id);
        let forged = document.replace(&credential.client_id, "sb-apiaccess_1!b1|api-portal-xsuaa!b1");
        let of_another_portal = {
            let (_, other) = world.portal_with("Stock", World::CERTIFICATE);
            world.document(other.id).replace("/stock\"", "/sales\"")
        };
        let request = world.submit(&hub, "Sales", &document);
        for document in [&forged, &of_another_portal] {
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().submit(hub.id, "Again", document, "", true))
            });
            assert_eq!(read(&refusal), unknown());
            assert_eq!(field(&refusal), Some("API Portal Access Credentials"));
            let edited = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().edit_credentials(request.id, document))
            });
            assert_eq!(edited, refusal);
        }
        world.drawbridge.requests().approve(request.id, "Sales").unwrap();
        for document in [&forged, &of_another_portal] {
            let refusal =
                assert_unchanged(&world, || refused(world.drawbridge.requests().reestablish(request.id, document)));
            assert_eq!(read(&refusal), unknown());
        }
    }

    #[test]
    fn credentials_of_a_deleted_portal_are_not_those_of_its_successor() {
        for kind in [World::SECRET, World::CERTIFICATE] {
            let (world, hub, portal, credential) = hub_and_portal(kind);
            let document = world.document(credential.id);
            world.drawbridge.portals().delete(portal.id, "Sales").unwrap();
            world.clock.advance(TimeDelta::seconds(1));
            let (successor, _) = world.portal_with("Sales", kind);
            assert_eq!(successor.slug, portal.slug, "it answers at the same URL");
            let refusal = assert_unchanged(&world, || {
                refused(world.drawbridge.requests().submit(hub.id, "Sales", &document, "", true))
            });
            assert_eq!(read(&refusal), unknown());
        }
    }

    #[test]
    fn the_credentials_that_the_hub_holds_already_replace_nothing() {
        for kind in [World::SECRET, World::CERTIFICATE] {
            let (world, hub, portal, credential) = hub_and_portal(kind);
            let document = world.document(credential.id);
            let request = world.submit(&hub, "Sales alias", &document);
            let mut documents = vec![document.clone()];
            if kind == World::CERTIFICATE {
                documents.push(renamed(&document));
            }
            for approved in [false, true] {
                if approved {
                    world.drawbridge.requests().approve(request.id, "Sales alias").unwrap();
                }
                for document in &documents {
                    let refusal = assert_unchanged(&world, || {
                        refused(if approved {
                            world.drawbridge.requests().reestablish(request.id, document)
                        } else {
                            world.drawbridge.requests().edit_credentials(request.id, document)
                        })
                    });
                    assert_eq!(
                        read(&refusal),
                        [
                            "the hub holds these credentials for Sales alias already",
                            "Regenerate the credentials in the portal and use the new ones."
                        ]
                    );
                    assert_eq!(field(&refusal), Some("API Portal Access Credentials"));
                }
            }
            let new = world.drawbridge.portals().regenerate_credentials(portal.id, kind).unwrap();
            let document = world.document(new.id);
            world.drawbridge.requests().reestablish(request.id, &document).expect("as the remedy says");
        }
    }

    #[test]
    fn a_wrongly_pasted_secret_of_a_portal_elsewhere_can_be_corrected_under_the_same_client_id() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit(&hub, "sales", &world.foreign_document("sales", "a mistyped secret"));
        let document = world.foreign_document("sales", "the right secret");
        let edited = world.drawbridge.requests().edit_credentials(request.id, &document).expect("what it is there for");
        assert_eq!(held_secret(&world, &edited), b"the right secret");
    }

    #[test]
    fn another_client_id_in_the_document_does_not_hide_that_a_certificate_is_in_use() {
        let (world, hub, portal, credential) = hub_and_portal(World::CERTIFICATE);
        let request = world.connect(&hub, "Sales", &renamed(&world.document(credential.id)));
        assert_eq!(request.facts().client_id, "sb-renamed!b1");
        let page = world.drawbridge.portals().get_page(portal.id).unwrap();
        assert!(
            matches!(&page.credentials[0].applied, Applied::To { alias, .. } if alias == "Sales"),
            "a certificate is itself by its fingerprint"
        );
        let refusal = assert_unchanged(&world, || {
            refused(world.drawbridge.service_instances().retire_credential(credential.id, ""))
        });
        assert_eq!(refusal.to_string(), "the hub Hub still uses this credential for Sales");
    }
}

mod approve {
    use super::*;

    #[test]
    fn an_approved_request_is_a_connection_with_the_same_credentials() {
        let world = world();
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        let request = world.submit_foreign(&hub, "sales");
        world.act_as(&world.hugo);
        let approved = world.drawbridge.requests().approve(request.id, " sales ").unwrap();
        let RequestState::Approved { held, approved_by, .. } = &approved.state else { panic!("expected approval") };
        assert_eq!(Some(held), request.held(), "approving changes nothing about the credentials");
        assert_eq!(approved_by, &Actor::from(&world.hugo));
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            "Hugo Hub | Connection request approved | sales | Hub Hub (local), sb-sales!b1, client secret"
        );
    }

    #[test]
    fn approving_takes_both_roles() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        for (person, missing) in [
            (&world.hal, "AuthGroup.APIPortalRegistration is missing"),
            (&world.rita, "AuthGroup.API.Admin is missing"),
            (&world.paul, "AuthGroup.API.Admin and AuthGroup.APIPortalRegistration are missing"),
        ] {
            world.act_as(person);
            let refusal =
                assert_unchanged(&world, || refused(world.drawbridge.requests().approve(request.id, "sales")));
            assert_eq!(refusal.to_string(), format!("{} may not approve connection requests: {missing}", person.name));
        }
        world.act_as(&world.hugo);
        world.drawbridge.requests().approve(request.id, "sales").expect("Hugo has both");
    }

    #[test]
    fn the_alias_is_typed_exactly_because_approving_cannot_be_undone() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        for typed in ["", "Sales", "sale"] {
            let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().approve(request.id, typed)));
            assert_eq!(read(&refusal), ["the typed text is not sales", "Enter sales exactly as shown."]);
            assert_eq!(refusal.field().map(|field| field.label(Language::English)), Some("Confirmation"));
        }
    }

    #[test]
    fn with_four_eyes_somebody_else_has_to_approve() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        world.drawbridge.hubs().set_four_eyes(hub.id, true).unwrap();
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().approve(request.id, "sales")));
        assert_eq!(
            read(&refusal),
            [
                "you submitted the request sales yourself, and this hub requires someone else to approve it",
                "Ask another hub admin to approve it."
            ]
        );
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(seen.permits.approve, Err(refusal), "the screen shows the same reason");
        assert!(seen.permits.reject.is_ok(), "withdrawing one's own request harms nobody");
        world.act_as(&world.hugo);
        world.drawbridge.requests().approve(request.id, "sales").expect("Hugo is somebody else");
    }

    #[test]
    fn without_four_eyes_one_may_approve_what_one_submitted() {
        let world = world();
        let hub = world.hub("Hub");
        world.connect(&hub, "sales", &world.foreign_document("sales", "a secret"));
    }

    #[test]
    fn a_request_is_approved_once() {
        let world = world();
        let hub = world.hub("Hub");
        let approved = world.connect(&hub, "sales", &world.foreign_document("sales", "a secret"));
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().approve(approved.id, "sales")));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is approved, so it is not possible to approve connection requests",
                "There is nothing to decide any more: the portal is connected."
            ]
        );
        let rejected = world.submit_foreign(&hub, "stock");
        world.drawbridge.requests().reject(rejected.id, "no").unwrap();
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().approve(rejected.id, "stock")));
        assert_eq!(
            read(&refusal),
            [
                "the request stock is rejected, so it is not possible to approve connection requests",
                "Submit a new connection request."
            ]
        );
    }
}

mod reject {
    use super::*;

    #[test]
    fn a_rejected_request_keeps_its_reason_and_loses_its_secret() {
        let (world, hub, portal, credential) = hub_and_portal(World::CERTIFICATE);
        let request = world.submit(&hub, "Sales", &world.document(credential.id));
        world.act_as(&world.hugo);
        let rejected = world.drawbridge.requests().reject(request.id, " wrong portal ").unwrap();
        let RequestState::Rejected { facts, rejected_by, reason, .. } = &rejected.state else {
            panic!("expected a rejection")
        };
        assert_eq!(reason, "wrong portal", "the submitter has to know what to change");
        assert_eq!(rejected_by, &Actor::from(&world.hugo));
        assert_eq!(facts.client_id, credential.client_id, "what was submitted stays in view");
        assert_eq!(world.keychain.find(request.held().unwrap().secret), None, "the hub's copy is deleted");
        assert!(world.keychain.find(credential.secret().unwrap()).is_some(), "the portal's credential is untouched");
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            "Hugo Hub | Connection request rejected | Sales | Hub Hub (local): wrong portal"
        );
        assert_eq!(
            world.repository.find_open(&portal),
            None,
            "a rejected request holds no place: the portal may submit again"
        );
    }

    #[test]
    fn a_rejection_needs_a_reason() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().reject(request.id, " \n ")));
        assert_eq!(read(&refusal), ["enter a reason", ""]);
    }

    #[test]
    fn rejecting_takes_both_roles() {
        let world = world();
        let hub = world.hub("Hub");
        let request = world.submit_foreign(&hub, "sales");
        world.act_as(&world.hal);
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().reject(request.id, "no")));
        assert_eq!(
            refusal.to_string(),
            "Hal Half may not reject connection requests: AuthGroup.APIPortalRegistration is missing"
        );
    }

    #[test]
    fn an_approved_connection_cannot_be_severed_by_a_rejection() {
        let world = world();
        let hub = world.hub("Hub");
        let approved = world.connect(&hub, "sales", &world.foreign_document("sales", "a secret"));
        let refusal = assert_unchanged(&world, || refused(world.drawbridge.requests().reject(approved.id, "no")));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is approved, so it is not possible to reject connection requests",
                "There is nothing to decide any more: the portal is connected."
            ]
        );
    }
}

mod reestablish {
    use super::*;

    #[test]
    fn the_hub_keeps_its_own_copy_until_the_connection_is_re_established() {
        let (world, hub, portal, first) = hub_and_portal(World::CERTIFICATE);
        let request = world.connect(&hub, "Sales", &world.document(first.id));
        let before = held_secret(&world, &request);
        let former = request.held().unwrap().secret;

        let second = world.drawbridge.portals().regenerate_credentials(portal.id, World::SECRET).unwrap();
        let seen = world.drawbridge.requests().get(request.id).unwrap().request;
        assert_eq!(seen, request, "regenerating in the portal changes nothing in the hub");
        assert_eq!(held_secret(&world, &seen), before);

        world.act_as(&world.rita);
        let document = {
            world.act_as(&world.ada);
            let document = world.document(second.id);
            world.act_as(&world.rita);
            document
        };
        let again = world.drawbridge.requests().reestablish(request.id, &document).unwrap();
        let RequestState::Approved { held, approved_by, .. } = &again.state else {
            panic!("it takes effect at once, without a new approval")
        };
        assert_eq!(approved_by, &Actor::from(&world.ada), "who approved it stays known");
        assert_eq!(held.applied_by, Actor::from(&world.rita), "and anybody with the role may renew it");
        assert_eq!(held.facts.client_id, second.client_id);
        assert_eq!(held_secret(&world, &again), world.keychain.find(second.secret().unwrap()).unwrap());
        assert_eq!(world.keychain.find(former), None, "the hub's former copy is deleted");
        assert_eq!(
            line(world.repository.events().last().unwrap()),
            format!(
                "Rita Requester | Connection re-established | Sales | Hub Hub (local), {}",
                second.describe().for_log()
            )
        );
    }

    #[test]
    fn only_an_approved_connection_is_re_established() {
        let world = world();
        let hub = world.hub("Hub");
        let document = world.foreign_document("sales", "a secret");
        let request = world.submit(&hub, "sales", &document);
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().reestablish(request.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is pending, so it is not possible to re-establish connections",
                "Choose Edit Credentials to replace the credentials of a pending request."
            ]
        );
        world.drawbridge.requests().reject(request.id, "no").unwrap();
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().reestablish(request.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "the request sales is rejected, so it is not possible to re-establish connections",
                "Submit a new connection request."
            ]
        );
    }

    #[test]
    fn a_connection_cannot_move_to_another_portal() {
        let (world, hub, _, credential) = hub_and_portal(World::SECRET);
        let request = world.connect(&hub, "Sales", &world.document(credential.id));
        let (_, other) = world.portal_with("Stock", World::SECRET);
        let document = world.document(other.id);
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().reestablish(request.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "these credentials belong to Stock, not to the portal of the request Sales",
                "Use credentials that this portal generated."
            ]
        );
    }

    #[test]
    fn an_expired_certificate_does_not_re_establish_anything() {
        let (world, hub, _, credential) = hub_and_portal(World::CERTIFICATE);
        let document = world.document(credential.id);
        let request = world.connect(&hub, "Sales", &document);
        world.clock.advance(TimeDelta::days(365));
        let refusal =
            assert_unchanged(&world, || refused(world.drawbridge.requests().reestablish(request.id, &document)));
        assert_eq!(
            read(&refusal),
            [
                "line 5, column 18: the certificate expired on 2027-03-01 09:30 UTC",
                "Choose Regenerate Credentials in the API portal and use the new document."
            ]
        );
        let seen = world.drawbridge.requests().get(request.id).unwrap();
        assert_eq!(days_left(&seen.validity), Some(0), "and the list shows that no day is left");
    }
}
