//! Portals and their credentials.

use domain::{
    Drawbridge,
    id::{CredentialId, PortalId},
    messages::message,
    refusal::Failure,
};
use tauri::{AppHandle, State, Window};
use views::{
    CopyResponse, CreatePortalRequest, CredentialsRequest, GenerateKindRequest, LifetimeRequest, PortalConnectionView,
    PortalCreatedView, PortalListView, TrackPortalRequest, Trouble, UserError, VocabularyName,
};

use super::shared::confirmations;
use crate::{
    browser,
    clipboard::{CLEARS_AFTER, SecretClipboard},
    core::Core,
    given_document::take_document,
    held_documents::HeldDocuments,
    question::{self, Act},
};

/// *Open the BTP Cockpit*: opens it in the browser.
#[tauri::command]
pub async fn open_cockpit(core: State<'_, Core>) -> Result<(), UserError> {
    core.run(|_| browser::open_cockpit()).await
}

/// All portals.
#[tauri::command]
pub async fn list_portals(core: State<'_, Core>) -> Result<PortalListView, UserError> {
    let language = core.language();
    core.run(move |drawbridge| {
        Ok::<_, Failure>(PortalListView::new(
            drawbridge.portals().list()?,
            drawbridge.portals().may_create()?,
            drawbridge.exports().may_hand_over()?,
            language,
        ))
    })
    .await
}

/// Creates a portal.
#[tauri::command]
pub async fn create_portal(
    core: State<'_, Core>,
    request: CreatePortalRequest,
) -> Result<PortalCreatedView, UserError> {
    core.run(move |drawbridge| {
        let confirmed = confirmations(request.confirmed);
        drawbridge.portals().create(&request.name, &request.subaccount, &confirmed)
    })
    .await
    .map(core.view())
}

/// Adds a portal in SAP, by its credentials.
#[tauri::command]
pub async fn track_portal(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: TrackPortalRequest,
) -> Result<PortalCreatedView, UserError> {
    let TrackPortalRequest { name, subaccount, credentials, lifetime, confirmed } = request;
    let document = take_document(credentials, &held).map_err(core.tell())?;
    let confirmed = confirmations(confirmed);
    core.run(move |drawbridge| drawbridge.portals().track(&name, &subaccount, document, lifetime.into(), &confirmed))
        .await
        .map(core.view())
}

/// Gives a portal another name, and one in SAP another subaccount.
#[tauri::command]
pub async fn rename_portal(
    core: State<'_, Core>,
    id: String,
    name: String,
    subaccount: Option<String>,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.portals().rename(id, &name, subaccount.as_deref()).map(drop))
        .await
}

/// Forgets a portal in SAP.
#[tauri::command]
pub async fn forget_portal(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, PortalId)?;
    core.run(move |drawbridge| drawbridge.portals().forget(id)).await
}

/// Imports credentials that a portal in SAP generated.
#[tauri::command]
pub async fn import_credentials(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    id: String,
    credentials: CredentialsRequest,
    lifetime: LifetimeRequest,
) -> Result<PortalConnectionView, UserError> {
    let document = take_document(credentials, &held).map_err(core.tell())?;
    on_portal(&core, &id, move |drawbridge, id| {
        drawbridge.portals().import_credentials(id, document, lifetime.into()).map(drop)
    })
    .await
}

/// Says when imported credentials were generated.
#[tauri::command]
pub async fn set_lifetime(core: State<'_, Core>, id: String, lifetime: LifetimeRequest) -> Result<(), UserError> {
    let id = core.parse_id(&id, CredentialId)?;
    core.run(move |drawbridge| drawbridge.portals().set_lifetime(id, lifetime.into()).map(drop)).await
}

/// Deletes a local portal as a whole; `confirmation` is its name, typed.
#[tauri::command]
pub async fn delete_portal(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, PortalId)?;
    core.run(move |drawbridge| drawbridge.portals().delete(id, &confirmation)).await
}

/// The portal's page.
#[tauri::command]
pub async fn get_portal_connection(core: State<'_, Core>, id: String) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, |_, _| Ok(())).await
}

/// Which of the vendor's screens the portal's page looks like.
#[tauri::command]
pub async fn set_portal_vocabulary(
    core: State<'_, Core>,
    id: String,
    vocabulary: VocabularyName,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.portals().set_vocabulary(id, vocabulary.into()).map(drop))
        .await
}

/// Connects the portal to the hub of its own subaccount.
#[tauri::command]
pub async fn connect_own_hub(core: State<'_, Core>, id: String) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, |drawbridge, id| drawbridge.portals().connect_own_hub(id)).await
}

/// *Generate Credentials*.
#[tauri::command]
pub async fn generate_credentials(
    core: State<'_, Core>,
    id: String,
    kind: GenerateKindRequest,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.portals().generate_credentials(id, kind.into()).map(drop))
        .await
}

/// *Regenerate Credentials*.
#[tauri::command]
pub async fn regenerate_credentials(
    core: State<'_, Core>,
    id: String,
    kind: GenerateKindRequest,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.portals().regenerate_credentials(id, kind.into()).map(drop))
        .await
}

/// *Retire*; `confirmation` is the alias of the request that still uses it, as the person typed it, or empty.
#[tauri::command]
pub async fn retire_credential(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, CredentialId)?;
    core.run(move |drawbridge| drawbridge.service_instances().retire_credential(id, &confirmation)).await
}

/// *Copy*: the document goes from the core to the clipboard, if the person agrees when the system asks; the reply
/// carries nothing of it. `null` if the person refuses.
#[tauri::command]
pub async fn copy_credentials(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    clipboard: State<'_, SecretClipboard>,
    id: String,
) -> Result<Option<CopyResponse>, UserError> {
    let id = core.parse_id(&id, CredentialId)?;
    let clipboard = clipboard.inner().clone();
    core.run(move |drawbridge| {
        if drawbridge.settings().get()?.asks_before_secrets {
            let (portal, client) = drawbridge.exports().name_credentials(id)?;
            let question = message!("question-copy", owner = portal, client = client);
            if !question::is_agreed(&app, &window, Act::Copy, id.0, &question)? {
                return Ok(None);
            }
        }
        drawbridge.exports().copy(id, &clipboard)?;
        Ok::<_, Trouble>(Some(CopyResponse::new(CLEARS_AFTER)))
    })
    .await
}

/// Does `operation` with a portal and answers with the portal's page afterwards.
async fn on_portal(
    core: &State<'_, Core>,
    id: &str,
    operation: impl FnOnce(&Drawbridge, PortalId) -> Result<(), Failure> + Send + 'static,
) -> Result<PortalConnectionView, UserError> {
    let id = core.parse_id(id, PortalId)?;
    core.run(move |drawbridge| {
        operation(drawbridge, id)?;
        drawbridge.portals().get_page(id)
    })
    .await
    .map(core.view())
}
