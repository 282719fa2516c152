//! Hubs in SAP and their requests, which are records of what happens there.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    connection::{ConnectionRequest, Decision, RecordDetails, RequestState, RequestStateKind, Verdict},
    document::GivenLifetime,
    hub::{Hub, HubDetails, HubHome},
    input::Field,
    kind::Kind,
    portal::Portal,
    refusal::{Confirmation, Refusal},
    vocabulary::Vocabulary,
};
use fakes::{World, world};

use crate::{read, refused};

const SECRET: &str = "pl4nted/s3cret+";

fn details(name: &str) -> HubDetails {
    HubDetails {
        name: name.into(),
        region: String::new(),
        address: "https://acme.devportal.cfapps.eu10.hana.ondemand.com/#/shop".into(),
        vocabulary: Vocabulary::DeveloperHub,
    }
}

fn today(world: &World) -> DateTime<Utc> {
    domain::ports::Clock::now(&*world.clock).date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc()
}

fn typed(world: &World, alias: &str) -> RecordDetails {
    RecordDetails {
        alias: alias.into(),
        comment: "please".into(),
        submitted_by: "  ".into(),
        submitted_on: today(world),
        decided_by: String::new(),
        decided_on: None,
        note: "asked by phone".into(),
        ticket: "CHG-7".into(),
    }
}

fn approved(world: &World) -> Decision {
    Decision { verdict: Verdict::Approved, by: "Herta".into(), on: today(world) }
}

/// A portal and a hub in SAP, and a pending record.
fn recorded(world: &World) -> (Portal, Hub, ConnectionRequest) {
    let document = world.foreign_document("sales", SECRET);
    let added = world.drawbridge.portals().track("Sales", "sales", &document, GivenLifetime::OfServiceKey, &[]);
    let hub = world.drawbridge.hubs().track(&details("Developer Hub")).unwrap();
    let request = world.drawbridge.requests().record(hub.id, &typed(world, "Sales"), &document, &[]).unwrap();
    (added.unwrap().portal, hub, request)
}

#[test]
fn a_hub_in_sap_is_recorded_with_its_region_and_corrected_and_forgotten() {
    let world = world();
    let hub = world.drawbridge.hubs().track(&details(" Developer Hub ")).unwrap();
    assert_eq!((hub.name.as_str(), hub.kind(), hub.subaccount()), ("Developer Hub", Kind::InSap, None));
    assert!(matches!(&hub.home, HubHome::InSap { region, .. } if region == "eu10"), "{hub:?}");

    let other = HubDetails { region: " us21 ".into(), ..details("Developer Hub US") };
    let hub = world.drawbridge.hubs().change_tracked(hub.id, &other).unwrap();
    assert!(matches!(&hub.home, HubHome::InSap { region, .. } if region == "us21"), "{hub:?}");
    let twice = refused(world.drawbridge.hubs().track(&details("DEVELOPER HUB us")));
    assert_eq!(twice.field(), Some(Field::Name));

    world.drawbridge.hubs().forget(hub.id).unwrap();
    assert_eq!(world.drawbridge.hubs().list().unwrap().len(), 0);
}

#[test]
fn nobody_needs_a_role_to_record_what_happens_in_sap() {
    let world = world();
    let document = world.foreign_document("sales", SECRET);
    let nobody =
        world.drawbridge.people().add("Nora", "nobody@example.com", std::collections::BTreeSet::new()).unwrap();
    world.act_as(&nobody);
    let hub = world.drawbridge.hubs().track(&details("Hub")).unwrap();
    let request = world.drawbridge.requests().record(hub.id, &typed(&world, "Sales"), &document, &[]).unwrap();
    assert_eq!(request.submitter(), "Nora", "whoever records it has submitted it, unless somebody else is named");
    world.drawbridge.requests().record_decision(request.id, &approved(&world)).unwrap();
    world.drawbridge.requests().forget(request.id).unwrap();
    assert_eq!(world.keychain.find(request.held().unwrap().secret), None, "the copy goes with the record");
}

#[test]
fn a_record_goes_from_pending_to_approved_and_gets_new_credentials_once_that_is_done_in_the_hub() {
    let world = world();
    let (portal, hub, request) = recorded(&world);
    assert_eq!((request.home(), request.kind()), (Kind::InSap, RequestStateKind::Pending));
    assert_eq!(request.portal_id, Some(portal.id));
    let permits = world.drawbridge.requests().get(request.id).unwrap().permits;
    assert!(permits.approve.is_err() && permits.reject.is_err(), "SAP decides");
    assert!(permits.record_decision.is_ok() && permits.edit_credentials.is_ok() && permits.forget.is_ok());

    let request = world.drawbridge.requests().record_decision(request.id, &approved(&world)).unwrap();
    let RequestState::Approved { held, approved_at, .. } = &request.state else { panic!("{request:?}") };
    assert_eq!(*approved_at, today(&world));
    assert_eq!(request.report.as_ref().unwrap().decided_by, "Herta");

    let new = world.foreign_document("sales", "another secret");
    world.drawbridge.portals().import_credentials(portal.id, &new, GivenLifetime::OfServiceKey).unwrap();
    let before = world.drawbridge.requests().get(request.id).unwrap().request;
    assert_eq!(before, request, "what is imported here is not in the hub yet");
    let after = world.drawbridge.requests().reestablish(request.id, &new).unwrap();
    let now_held = after.held().unwrap();
    assert_ne!(now_held.secret, held.secret);
    assert_eq!(world.keychain.find(now_held.secret).unwrap(), b"another secret");
    assert_eq!(world.keychain.find(held.secret), None);
    let page = world.drawbridge.hubs().get_page(hub.id).unwrap();
    assert_eq!((page.counts.pending, page.counts.approved), (0, 1));
}

#[test]
fn a_rejection_is_recorded_with_its_reason_and_the_copy_goes() {
    let world = world();
    let (_, _, request) = recorded(&world);
    let decision = |reason: &str| Decision { verdict: Verdict::Rejected { reason: reason.into() }, ..approved(&world) };
    let empty = refused(world.drawbridge.requests().record_decision(request.id, &decision(" ")));
    assert_eq!(empty.field(), Some(Field::Reason));
    let rejected = world.drawbridge.requests().record_decision(request.id, &decision("wrong role")).unwrap();
    assert!(matches!(&rejected.state, RequestState::Rejected { reason, .. } if reason == "wrong role"));
    assert_eq!(world.keychain.find(request.held().unwrap().secret), None);
    let twice = refused(world.drawbridge.requests().record_decision(request.id, &approved(&world)));
    assert!(matches!(twice, Refusal::WrongState { .. }), "{twice:?}");
}

#[test]
fn the_vendors_rules_are_warnings_in_sap() {
    let world = world();
    let (_, hub, _) = recorded(&world);
    let same = world.foreign_document("sales", SECRET);
    let refusal = refused(world.drawbridge.requests().record(hub.id, &typed(&world, "sales"), &same, &[]));
    assert_eq!(refusal.confirmation(), Some(Confirmation::VendorRules));
    let text = read(&refusal)[0].clone();
    assert!(text.contains("already") && text.contains("Developer Hub") && text.contains("Sales"), "{text}");
    let confirmed = [Confirmation::VendorRules];
    world.drawbridge.requests().record(hub.id, &typed(&world, "sales"), &same, &confirmed).unwrap();
    for number in ["two", "three", "four"] {
        let details = RecordDetails { decided_on: Some(today(&world)), ..typed(&world, number) };
        let document = world.foreign_document(number, SECRET);
        world.drawbridge.requests().record(hub.id, &details, &document, &[]).unwrap();
    }
    let document = world.foreign_document("five", SECRET);
    let full = refused(world.drawbridge.requests().record(hub.id, &typed(&world, "five"), &document, &[]));
    assert!(read(&full)[0].contains('3'), "the hub has three connected portals: {full}");
    let (local, credential) = world.portal_with("Local", World::SECRET);
    let unreachable =
        refused(world.drawbridge.requests().record(hub.id, &typed(&world, "l"), &world.document(credential.id), &[]));
    assert!(read(&unreachable)[0].contains(&local.name), "{unreachable}");
}

#[test]
fn what_is_local_is_not_recorded_and_what_is_in_sap_is_not_decided_here() {
    let world = world();
    let document = world.foreign_document("sales", SECRET);
    let local = world.hub("Local");
    let refusal = refused(world.drawbridge.requests().record(local.id, &typed(&world, "Sales"), &document, &[]));
    assert!(matches!(refusal, Refusal::HubLocal { .. }), "{refusal:?}");
    let submitted = world.submit(&local, "Sales", &document);
    assert!(matches!(refused(world.drawbridge.requests().forget(submitted.id)), Refusal::RequestLocal { .. }));
    assert!(matches!(refused(world.drawbridge.hubs().forget(local.id)), Refusal::HubLocal { .. }));

    let hub = world.drawbridge.hubs().track(&details("Hub")).unwrap();
    let other = world.foreign_document("other", SECRET);
    let refusal = refused(world.drawbridge.requests().submit(hub.id, "Other", &other, "", true));
    assert!(matches!(refusal, Refusal::HubInSap { .. }), "{refusal:?}");
    let record = world.drawbridge.requests().record(hub.id, &typed(&world, "Other"), &other, &[]).unwrap();
    for refusal in [
        refused(world.drawbridge.requests().approve(record.id, "Other")),
        refused(world.drawbridge.requests().reject(record.id, "no")),
    ] {
        assert!(matches!(refusal, Refusal::RequestInSap { .. }), "{refusal:?}");
    }
    assert!(matches!(refused(world.drawbridge.hubs().delete(hub.id, "Hub")), Refusal::HubInSap { .. }));
    assert!(matches!(refused(world.drawbridge.hubs().set_four_eyes(hub.id, true)), Refusal::HubInSap { .. }));
}

#[test]
fn what_was_typed_about_a_record_can_be_corrected() {
    let world = world();
    let (_, _, request) = recorded(&world);
    let tomorrow = RecordDetails { submitted_on: today(&world) + TimeDelta::days(2), ..typed(&world, "Sales") };
    let refusal = refused(world.drawbridge.requests().change_record(request.id, &tomorrow, &[]));
    assert_eq!(refusal.field(), Some(Field::SubmittedOn));
    let earlier = today(&world) - TimeDelta::days(30);
    world.drawbridge.requests().record_decision(request.id, &approved(&world)).unwrap();
    let details = RecordDetails {
        submitted_by: "Rolf".into(),
        submitted_on: earlier,
        decided_by: "Hanna".into(),
        decided_on: Some(earlier - TimeDelta::days(1)),
        ..typed(&world, "Sales EU")
    };
    let refusal = refused(world.drawbridge.requests().change_record(request.id, &details, &[]));
    assert_eq!(refusal.field(), Some(Field::DecidedOn), "nothing is decided before it is submitted");
    let details = RecordDetails { decided_on: Some(earlier), ..details };
    let changed = world.drawbridge.requests().change_record(request.id, &details, &[]).unwrap();
    assert_eq!((changed.alias.as_str(), changed.submitter(), changed.submitted_at), ("Sales EU", "Rolf", earlier));
    assert!(matches!(changed.state, RequestState::Approved { approved_at, .. } if approved_at == earlier));
    assert_eq!(changed.held(), request.held(), "the credentials stay");
}

#[test]
fn forgetting_a_portal_in_sap_leaves_what_hubs_hold() {
    let world = world();
    let (portal, hub, request) = recorded(&world);
    world.drawbridge.portals().forget(portal.id).unwrap();
    let seen = world.drawbridge.requests().get(request.id).unwrap();
    assert_eq!((seen.portal_name, seen.request.portal_id), (None, None));
    assert!(world.keychain.find(request.held().unwrap().secret).is_some(), "the hub in SAP still has it");
    world.drawbridge.hubs().forget(hub.id).unwrap();
    assert!(world.keychain.items().values().all(|(_, secret)| secret != SECRET.as_bytes()), "now nothing is left");
    let (local, _) = world.portal_with("Local", World::SECRET);
    assert!(matches!(refused(world.drawbridge.portals().forget(local.id)), Refusal::PortalLocal { .. }));
}

#[test]
fn a_portal_and_a_hub_of_one_subaccount_are_connected_only_after_somebody_has_confirmed_it() {
    let world = world();
    let portal = world.drawbridge.portals().create("Sales", "shared", &[]).unwrap().portal;
    let refusal = refused(world.drawbridge.hubs().create("Hub", "SHARED", &[]));
    assert_eq!(refusal.confirmation(), Some(Confirmation::OwnPair));
    assert!(read(&refusal)[0].contains("Sales") && read(&refusal)[0].contains("Hub"), "{refusal}");
    assert!(world.drawbridge.hubs().list().unwrap().is_empty(), "nothing is done before");
    let created = world.drawbridge.hubs().create("Hub", "SHARED", &[Confirmation::OwnPair]).unwrap();
    assert_eq!(created.connected, Some(portal.name));

    let other = world.drawbridge.hubs().create("Other", "second", &[]).unwrap();
    assert_eq!(other.connected, None);
    let refusal = refused(world.drawbridge.portals().create("New", "second", &[]));
    assert_eq!(refusal.confirmation(), Some(Confirmation::OwnPair));
    let created = world.drawbridge.portals().create("New", "second", &[Confirmation::OwnPair]).unwrap();
    assert_eq!(created.connected.as_deref(), Some("Other"));
}

#[test]
fn portals_and_hubs_are_renamed_and_keep_their_urls() {
    let world = world();
    let (portal, credential) = world.portal_with("Sales", World::SECRET);
    let before = world.document(credential.id);
    let renamed = world.drawbridge.portals().rename(portal.id, "Sales EU", None).unwrap();
    assert_eq!((renamed.name.as_str(), renamed.slug), ("Sales EU", portal.slug));
    assert_eq!(world.document(credential.id), before, "what was handed over still fits");
    let refusal = refused(world.drawbridge.portals().rename(portal.id, "Sales EU", Some("other")));
    assert_eq!(refusal.field(), Some(Field::Subaccount), "of a local portal it is settled");
    let (tracked, _, _) = recorded(&world);
    assert_eq!(refused(world.drawbridge.portals().rename(tracked.id, "sales eu", None)).field(), Some(Field::Name));
    let moved = world.drawbridge.portals().rename(tracked.id, "Sales", Some("sales-2")).unwrap();
    assert_eq!(moved.subaccount.as_str(), "sales-2");
    let hub = world.hub("Hub");
    world.drawbridge.hubs().rename(hub.id, "Central Hub").unwrap();
    assert_eq!(world.drawbridge.hubs().get_page(hub.id).unwrap().hub.name, "Central Hub");
}

#[test]
fn a_person_is_removed_and_the_history_stays() {
    let world = world();
    let hub = world.hub("Hub");
    world.act_as(&world.rita);
    let request = world.submit_foreign(&hub, "sales");
    world.act_as(&world.ada);
    let in_use = refused(world.drawbridge.people().remove(world.ada.id));
    assert!(matches!(in_use, Refusal::PersonInUse { .. }), "{in_use:?}");
    world.drawbridge.people().remove(world.rita.id).unwrap();
    assert!(world.drawbridge.people().get_session().unwrap().people.iter().all(|one| one.id != world.rita.id));
    assert_eq!(world.drawbridge.requests().get(request.id).unwrap().request.submitter(), world.rita.name);
}
