//! The operations of the screens from end to end, with everything outside the domain in memory.

mod activity;
mod apis;
mod connections;
mod documents;
mod exports;
mod hubs;
mod in_pingone;
mod in_sap;
mod keychain;
mod leaks;
mod names;
mod needles;
mod overview;
mod people;
mod pingone;
mod portals;
mod registry;
mod requests;
mod secrets;
mod service_instances;
mod settings;
mod testing;
mod token_service;
mod tracked_portals;
mod vocabulary;

use std::fmt::Debug;

use domain::{
    activity::AuditEvent,
    credential::{Left, Validity},
    messages::Language,
    refusal::{Confirmation, Failure, Refusal},
};

/// That a portal and a hub of one subaccount are connected for good is fine here.
const OWN_PAIR: &[Confirmation] = &[Confirmation::OwnPair];

/// The rule that said no.
fn refused<T: Debug>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        Ok(_)
        | Err(
            Failure::NotFound(_)
            | Failure::Keychain(_)
            | Failure::OtherKeychain(_)
            | Failure::Repository(_)
            | Failure::Issue(_),
        ) => panic!("expected a refusal, got {result:?}"),
    }
}

/// What the user reads where a rule says no: what happened, and what to do instead.
fn read(refusal: &Refusal) -> [String; 2] {
    [refusal.to_string(), refusal.message().remedy().for_log()]
}

/// What was done last, as it stands in the activity list.
fn last_line(world: &fakes::World) -> String {
    line(world.repository.events().last().expect("something was done"))
}

/// An entry of the activity list as one line.
fn line(event: &AuditEvent) -> String {
    format!(
        "{} | {} | {} | {}",
        event.actor.name(),
        event.action.phrase(Language::English),
        event.subject.for_log(),
        event.detail.for_log()
    )
}

/// Whole days that are left.
fn days_left(validity: &Validity) -> Option<i64> {
    validity.left.map(Left::days)
}
