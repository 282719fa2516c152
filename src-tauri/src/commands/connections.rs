//! Approved connections, destinations, and *Test Connection*.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{
    Stage, StageObserver, StageReport,
    id::{CredentialId, HubId, RequestId},
};
use tauri::{State, ipc::Channel};
use tracing::warn;

use super::parse_id;
use crate::{
    core::Core,
    wire::{ConnectionView, DestinationView, TestEventView, TestOutcomeView, TestTargetRequest, UserError},
};

/// An approved connection; `null` while the request is pending or rejected.
#[tauri::command]
pub async fn get_connection(core: State<'_, Core>, id: String) -> Result<Option<ConnectionView>, UserError> {
    let id = parse_id(&id, RequestId)?;
    core.run(move |drawbridge| drawbridge.find_connection(id)).await.map(|found| found.map(ConnectionView::from))
}

/// The destinations of a hub.
#[tauri::command]
pub async fn list_destinations(core: State<'_, Core>, hub_id: String) -> Result<Vec<DestinationView>, UserError> {
    let hub = parse_id(&hub_id, HubId)?;
    let destinations = core.run(move |drawbridge| drawbridge.list_destinations(hub)).await?;
    Ok(destinations.into_iter().map(DestinationView::from).collect())
}

/// Deletes the destination of a connection; `confirmation` is the alias, typed.
#[tauri::command]
pub async fn delete_destination(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = parse_id(&id, RequestId)?;
    core.run(move |drawbridge| drawbridge.delete_destination(id, &confirmation)).await
}

/// The tests that run at the moment, by the name that the screen gave each.
#[derive(Default)]
pub struct RunningTests(Mutex<HashMap<String, Arc<AtomicBool>>>);

impl RunningTests {
    fn cancelled(&self, run: &str) -> Arc<AtomicBool> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(running.entry(run.to_owned()).or_default())
    }

    fn ended(&self, run: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }
}

/// *Test Connection*. `run` names it for [`cancel_test`]; what happens comes over `events`.
#[tauri::command]
pub async fn test_connection(
    core: State<'_, Core>,
    tests: State<'_, RunningTests>,
    run: String,
    target: TestTargetRequest,
    events: Channel<TestEventView>,
) -> Result<TestOutcomeView, UserError> {
    let observer = ChannelObserver { events, cancelled: tests.cancelled(&run) };
    let outcome = match target {
        TestTargetRequest::Document { credentials } => {
            // EXPOSE: the document goes to the domain, which tests it and forgets it.
            core.run(move |drawbridge| TestOutcomeView::new(drawbridge.test_document(credentials.expose(), &observer)))
                .await
        }
        TestTargetRequest::Credential { id } => match parse_id(&id, CredentialId) {
            Ok(id) => core.run(move |drawbridge| TestOutcomeView::new(drawbridge.test_credential(id, &observer))).await,
            Err(error) => Err(error),
        },
        TestTargetRequest::Request { id } => match parse_id(&id, RequestId) {
            Ok(id) => core.run(move |drawbridge| TestOutcomeView::new(drawbridge.test_request(id, &observer))).await,
            Err(error) => Err(error),
        },
    };
    tests.ended(&run);
    outcome
}

/// Cancels a test; one that has ended is no error.
#[tauri::command]
pub fn cancel_test(tests: State<'_, RunningTests>, run: String) {
    if let Some(cancelled) = tests.0.lock().unwrap_or_else(PoisonError::into_inner).get(&run) {
        cancelled.store(true, Ordering::Relaxed);
    }
}

/// Tells the screen about the stages.
struct ChannelObserver {
    events: Channel<TestEventView>,
    cancelled: Arc<AtomicBool>,
}

impl ChannelObserver {
    fn send(&self, event: TestEventView) {
        if let Err(error) = self.events.send(event) {
            warn!(%error, "the screen does not follow its test any more");
        }
    }
}

impl StageObserver for ChannelObserver {
    fn planned(&self, stages: &[Stage]) {
        self.send(TestEventView::planned(stages));
    }

    fn started(&self, stage: Stage) {
        self.send(TestEventView::started(stage));
    }

    fn finished(&self, report: &StageReport) {
        self.send(TestEventView::finished(report));
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
