//! Connection requests. The pasted document comes in here and goes no further than the domain.
//!
//! EXPOSE: each command that takes a document hands its text to the domain, which reads it.

use domain::{
    Drawbridge, Failure,
    id::{HubId, RequestId},
};
use tauri::State;

use super::parse_id;
use crate::{
    core::Core,
    wire::{
        CredentialSummaryView, ListRequestsRequest, PastedDocument, RequestListView, RequestView, SubmitRequestRequest,
        UserError,
    },
};

/// One page of a hub's requests.
#[tauri::command]
pub async fn list_requests(core: State<'_, Core>, request: ListRequestsRequest) -> Result<RequestListView, UserError> {
    let query = {
        let hub = parse_id(&request.hub_id, HubId)?;
        request.into_query(hub)
    };
    core.run(move |drawbridge| drawbridge.search_requests(&query)).await.map(RequestListView::from)
}

/// One request.
#[tauri::command]
pub async fn get_request(core: State<'_, Core>, id: String) -> Result<RequestView, UserError> {
    on_request(&core, &id, |_, _| Ok(())).await
}

/// What a pasted document was recognised as, redacted.
#[tauri::command]
pub async fn inspect_document(
    core: State<'_, Core>,
    credentials: PastedDocument,
) -> Result<CredentialSummaryView, UserError> {
    core.run(move |drawbridge| drawbridge.inspect_document(credentials.expose())).await.map(CredentialSummaryView::from)
}

/// *Submit Connection Request*.
#[tauri::command]
pub async fn submit_request(core: State<'_, Core>, request: SubmitRequestRequest) -> Result<RequestView, UserError> {
    let SubmitRequestRequest { hub_id, alias, credentials, comment, irrevocable } = request;
    let hub = parse_id(&hub_id, HubId)?;
    core.run(move |drawbridge| {
        let submitted = drawbridge.submit_request(hub, &alias, credentials.expose(), &comment, irrevocable)?;
        drawbridge.get_request_overview(submitted.id)
    })
    .await
    .map(RequestView::from)
}

/// *Edit Credentials*.
#[tauri::command]
pub async fn edit_credentials(
    core: State<'_, Core>,
    id: String,
    credentials: PastedDocument,
) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.edit_credentials(id, credentials.expose()).map(drop)).await
}

/// *Approve*; `confirmation` is the alias, typed.
#[tauri::command]
pub async fn approve_request(
    core: State<'_, Core>,
    id: String,
    confirmation: String,
) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.approve_request(id, &confirmation).map(drop)).await
}

/// *Reject*.
#[tauri::command]
pub async fn reject_request(core: State<'_, Core>, id: String, reason: String) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.reject_request(id, &reason).map(drop)).await
}

/// *Re-establish Connection*.
#[tauri::command]
pub async fn reestablish_connection(
    core: State<'_, Core>,
    id: String,
    credentials: PastedDocument,
) -> Result<RequestView, UserError> {
    on_request(&core, &id, move |drawbridge, id| drawbridge.reestablish_connection(id, credentials.expose()).map(drop))
        .await
}

/// Does `operation` with a request and answers with the request as it is then.
async fn on_request(
    core: &State<'_, Core>,
    id: &str,
    operation: impl FnOnce(&Drawbridge, RequestId) -> Result<(), Failure> + Send + 'static,
) -> Result<RequestView, UserError> {
    let id = parse_id(id, RequestId)?;
    core.run(move |drawbridge| {
        operation(drawbridge, id)?;
        drawbridge.get_request_overview(id)
    })
    .await
    .map(RequestView::from)
}
