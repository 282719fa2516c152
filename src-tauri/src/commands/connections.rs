//! Approved connections, destinations, and *Test Connection*.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::{
    connection_check::{Stage, StageObserver, StageReport},
    id::{CredentialId, HubId, RequestId},
    messages::Language,
};
use tauri::{State, ipc::Channel};
use tracing::warn;
use views::{ConnectionView, DestinationView, IntoView, TestEventView, TestOutcomeView, TestTargetRequest, UserError};

use super::runs::Runs;
use crate::{core::Core, given_document::take_document, held_documents::HeldDocuments};

/// An approved connection; `null` while the request is pending or rejected.
#[tauri::command]
pub async fn get_connection(core: State<'_, Core>, id: String) -> Result<Option<ConnectionView>, UserError> {
    let id = core.parse_id(&id, RequestId)?;
    core.run(move |drawbridge| drawbridge.connections().find(id)).await.map(core.view())
}

/// The destinations of a hub.
#[tauri::command]
pub async fn list_destinations(core: State<'_, Core>, hub_id: String) -> Result<Vec<DestinationView>, UserError> {
    let hub = core.parse_id(&hub_id, HubId)?;
    let destinations = core.run(move |drawbridge| drawbridge.connections().list_destinations(hub)).await?;
    Ok(destinations.into_view(core.language()))
}

/// Deletes the destination of a connection; `confirmation` is the alias as the person typed it.
#[tauri::command]
pub async fn delete_destination(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, RequestId)?;
    core.run(move |drawbridge| drawbridge.connections().delete_destination(id, &confirmation)).await
}

/// *Test Connection*. `run` names it for `cancel_run`; what happens comes over `events`.
#[tauri::command]
pub async fn test_connection(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    runs: State<'_, Runs>,
    run: String,
    target: TestTargetRequest,
    events: Channel<TestEventView>,
) -> Result<TestOutcomeView, UserError> {
    let (run, language) = (runs.begin(run), core.language());
    let observer = ChannelObserver { events, language, cancelled: run.cancelled() };
    match target {
        TestTargetRequest::Document { credentials } => {
            let document = take_document(credentials, &held).map_err(core.tell())?;
            core.run(move |drawbridge| {
                TestOutcomeView::new(drawbridge.checks().test_document(document, &observer), language)
            })
            .await
        }
        TestTargetRequest::Credential { id } => {
            let id = core.parse_id(&id, CredentialId)?;
            core.run(move |drawbridge| {
                TestOutcomeView::new(drawbridge.checks().test_credential(id, &observer), language)
            })
            .await
        }
        TestTargetRequest::Request { id } => {
            let id = core.parse_id(&id, RequestId)?;
            core.run(move |drawbridge| TestOutcomeView::new(drawbridge.checks().test_request(id, &observer), language))
                .await
        }
    }
}

/// Tells the screen about the stages.
struct ChannelObserver {
    events: Channel<TestEventView>,
    language: Language,
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
        self.send(TestEventView::planned(stages, self.language));
    }

    fn started(&self, stage: Stage) {
        self.send(TestEventView::started(stage));
    }

    fn finished(&self, report: &StageReport) {
        self.send(TestEventView::finished(report, self.language));
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
