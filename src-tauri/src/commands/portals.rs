//! Portals and their credentials.

use domain::{
    Drawbridge, Failure, HandOverFailure,
    id::{CredentialId, PortalId},
};
use tauri::{AppHandle, Manager, State, Window};
use tauri_plugin_dialog::DialogExt;

use super::parse_id;
use crate::{
    clipboard::{CLEARS_AFTER, SecretClipboard},
    core::Core,
    export_file::ExportFile,
    wire::{
        CopyResponse, CreatePortalRequest, ExportResponse, GenerateKindRequest, PortalConnectionView,
        PortalCreatedView, PortalListView, UserError,
    },
};

/// All portals.
#[tauri::command]
pub async fn list_portals(core: State<'_, Core>) -> Result<PortalListView, UserError> {
    core.run(|drawbridge| {
        Ok::<_, Failure>(PortalListView::new(drawbridge.list_portals()?, drawbridge.may_create_portal()?))
    })
    .await
}

/// Creates a portal.
#[tauri::command]
pub async fn create_portal(
    core: State<'_, Core>,
    request: CreatePortalRequest,
) -> Result<PortalCreatedView, UserError> {
    core.run(move |drawbridge| drawbridge.create_portal(&request.name, &request.subaccount))
        .await
        .map(PortalCreatedView::from)
}

/// Deletes a portal; `confirmation` is its name, typed.
#[tauri::command]
pub async fn delete_portal(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = parse_id(&id, PortalId)?;
    core.run(move |drawbridge| drawbridge.delete_portal(id, &confirmation)).await
}

/// The portal's page.
#[tauri::command]
pub async fn get_portal_connection(core: State<'_, Core>, id: String) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, |_, _| Ok(())).await
}

/// Connects the portal to the hub of its own subaccount.
#[tauri::command]
pub async fn connect_own_hub(core: State<'_, Core>, id: String) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, Drawbridge::connect_own_hub).await
}

/// *Generate Credentials*.
#[tauri::command]
pub async fn generate_credentials(
    core: State<'_, Core>,
    id: String,
    kind: GenerateKindRequest,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.generate_credentials(id, kind.into()).map(drop)).await
}

/// *Regenerate Credentials*.
#[tauri::command]
pub async fn regenerate_credentials(
    core: State<'_, Core>,
    id: String,
    kind: GenerateKindRequest,
) -> Result<PortalConnectionView, UserError> {
    on_portal(&core, &id, move |drawbridge, id| drawbridge.regenerate_credentials(id, kind.into()).map(drop)).await
}

/// *Retire*; `confirmation` is the alias of the request that still uses it, typed, or empty.
#[tauri::command]
pub async fn retire_credential(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = parse_id(&id, CredentialId)?;
    core.run(move |drawbridge| drawbridge.retire_credential(id, &confirmation)).await
}

/// *Copy*: the document goes from the core to the clipboard; the reply carries nothing of it.
#[tauri::command]
pub async fn copy_credentials(
    core: State<'_, Core>,
    clipboard: State<'_, SecretClipboard>,
    id: String,
) -> Result<CopyResponse, UserError> {
    let id = parse_id(&id, CredentialId)?;
    let clipboard = clipboard.inner().clone();
    core.run(move |drawbridge| drawbridge.copy_credentials(id, &clipboard)).await?;
    Ok(CopyResponse { clears_in_seconds: u32::try_from(CLEARS_AFTER.as_secs()).unwrap_or(u32::MAX) })
}

/// *Export…*: the system's own Save dialog, then the file; the reply carries its path only.
#[tauri::command]
pub async fn export_credentials(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    id: String,
) -> Result<ExportResponse, UserError> {
    let id = parse_id(&id, CredentialId)?;
    let name = core.run(move |drawbridge| drawbridge.suggest_export_name(id)).await?;
    let folders = [app.path().document_dir(), app.path().home_dir()];
    let folder = folders.into_iter().flatten().find(|folder| folder.is_dir());
    core.run(move |drawbridge| {
        let mut dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title("Export…")
            .add_filter("JSON", &["json"])
            .set_file_name(name);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let Some(path) = dialog.blocking_save_file().and_then(|path| path.into_path().ok()) else {
            return Ok(ExportResponse { path: None });
        };
        let file = ExportFile { path };
        drawbridge.export_credentials(id, &file)?;
        Ok::<_, HandOverFailure>(ExportResponse { path: Some(file.path.display().to_string()) })
    })
    .await
}

/// Does `operation` with a portal and answers with the portal's page as it is then.
async fn on_portal(
    core: &State<'_, Core>,
    id: &str,
    operation: impl FnOnce(&Drawbridge, PortalId) -> Result<(), Failure> + Send + 'static,
) -> Result<PortalConnectionView, UserError> {
    let id = parse_id(id, PortalId)?;
    core.run(move |drawbridge| {
        operation(drawbridge, id)?;
        drawbridge.get_portal_connection(id)
    })
    .await
    .map(PortalConnectionView::from)
}
