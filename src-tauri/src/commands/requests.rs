//! Connection requests. The document comes in here and goes no further than the domain.

use domain::{
    Drawbridge,
    id::{HubId, RequestId},
    refusal::Failure,
};
use tauri::State;
use views::{
    CredentialsRequest, DecisionRequest, ListRequestsRequest, RecordDetailsRequest, RequestListView, RequestView,
    SubmitRequestRequest, UserError,
};

use crate::{core::Core, given_document::take_document, held_documents::HeldDocuments};

/// One page of a hub's requests.
#[tauri::command]
pub async fn list_requests(core: State<'_, Core>, request: ListRequestsRequest) -> Result<RequestListView, UserError> {
    let query = {
        let hub = core.parse_id(&request.hub_id, HubId)?;
        request.into_query(hub)
    };
    core.run(move |drawbridge| drawbridge.requests().search(&query)).await.map(core.view())
}

/// One request.
#[tauri::command]
pub async fn get_request(core: State<'_, Core>, id: String) -> Result<RequestView, UserError> {
    on_request(&core, &id, |_, _| Ok(())).await
}

/// *Submit Connection Request*.
#[tauri::command]
pub async fn submit_request(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: SubmitRequestRequest,
) -> Result<RequestView, UserError> {
    let SubmitRequestRequest { hub_id, alias, credentials, comment, irrevocable } = request;
    let hub = core.parse_id(&hub_id, HubId)?;
    let document = take_document(credentials, &held).map_err(core.tell())?;
    core.run(move |drawbridge| {
        let submitted = drawbridge.requests().submit(hub, &alias, document, &comment, irrevocable)?;
        drawbridge.requests().get(submitted.id)
    })
    .await
    .map(core.view())
}

/// Records a request that was submitted at a hub in SAP.
#[tauri::command]
pub async fn record_request(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    hub_id: String,
    details: RecordDetailsRequest,
    credentials: CredentialsRequest,
) -> Result<RequestView, UserError> {
    let hub = core.parse_id(&hub_id, HubId)?;
    let document = take_document(credentials, &held).map_err(core.tell())?;
    let (details, confirmed) = details.into_details();
    core.run(move |drawbridge| {
        let recorded = drawbridge.requests().record(hub, &details, document, &confirmed)?;
        drawbridge.requests().get(recorded.id)
    })
    .await
    .map(core.view())
}

/// Records what was decided in SAP.
#[tauri::command]
pub async fn record_decision(
    core: State<'_, Core>,
    id: String,
    decision: DecisionRequest,
) -> Result<RequestView, UserError> {
    let decision = decision.into();
    on_request(&core, &id, move |drawbridge, id| drawbridge.requests().record_decision(id, &decision).map(drop)).await
}

/// Corrects what was typed about a record.
#[tauri::command]
pub async fn change_record(
    core: State<'_, Core>,
    id: String,
    details: RecordDetailsRequest,
) -> Result<RequestView, UserError> {
    let (details, confirmed) = details.into_details();
    on_request(&core, &id, move |drawbridge, id| {
        drawbridge.requests().change_record(id, &details, &confirmed).map(drop)
    })
    .await
}

/// Forgets a record.
#[tauri::command]
pub async fn forget_record(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, RequestId)?;
    core.run(move |drawbridge| drawbridge.requests().forget(id)).await
}

/// *Edit Credentials*.
#[tauri::command]
pub async fn edit_credentials(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    id: String,
    credentials: CredentialsRequest,
) -> Result<RequestView, UserError> {
    let document = take_document(credentials, &held).map_err(core.tell())?;
    on_request(&core, &id, move |drawbridge, id| drawbridge.requests().edit_credentials(id, document).map(drop)).await
}

/// *Approve*; `confirmation` is the alias, typed.
#[tauri::command]
pub async fn approve_request(
    core: State<'_, Core>,
    id: String,
    confirmation: String,
) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.requests().approve(id, &confirmation).map(drop)).await
}

/// *Reject*.
#[tauri::command]
pub async fn reject_request(core: State<'_, Core>, id: String, reason: String) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.requests().reject(id, &reason).map(drop)).await
}

/// *Re-establish Connection*.
#[tauri::command]
pub async fn reestablish_connection(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    id: String,
    credentials: CredentialsRequest,
) -> Result<RequestView, UserError> {
    let document = take_document(credentials, &held).map_err(core.tell())?;
    on_request(&core, &id, move |drawbridge, id| drawbridge.requests().reestablish(id, document).map(drop)).await
}

/// Does `operation` with a request and answers with the request afterwards.
async fn on_request(
    core: &State<'_, Core>,
    id: &str,
    operation: impl FnOnce(&Drawbridge, RequestId) -> Result<(), Failure> + Send + 'static,
) -> Result<RequestView, UserError> {
    let id = core.parse_id(id, RequestId)?;
    core.run(move |drawbridge| {
        operation(drawbridge, id)?;
        drawbridge.requests().get(id)
    })
    .await
    .map(core.view())
}
