//! The APIs of a portal.

use std::{fs::File, io::Read, path::Path};

use domain::{
    documents::{NotOpenApi, OpenApiDocument},
    id::{ApiProxyId, PortalId},
    messages::message,
    refusal::Failure,
};
use tauri::{AppHandle, State, Window};
use tauri_plugin_dialog::DialogExt;
use views::{ApiProxiesView, ImportApiResponse, UserError};

use crate::core::Core;

/// The APIs of a portal.
#[tauri::command]
pub async fn list_apis(core: State<'_, Core>, portal_id: String) -> Result<ApiProxiesView, UserError> {
    let portal = core.parse_id(&portal_id, PortalId)?;
    core.run(move |drawbridge| drawbridge.apis().list(portal)).await.map(core.view())
}

/// Imports an OpenAPI document that the user chooses in the system's own Open dialog.
#[tauri::command]
pub async fn import_api(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    portal_id: String,
) -> Result<ImportApiResponse, UserError> {
    let portal = core.parse_id(&portal_id, PortalId)?;
    core.run(move |drawbridge| drawbridge.apis().may_import(portal)).await?;
    let language = core.language();
    core.run(move |drawbridge| {
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title(message!("dialog-import-api").text(language))
            .add_filter(message!("dialog-open-api-files").text(language), &["json", "yaml", "yml"]);
        let Some(path) = dialog.blocking_pick_file().and_then(|path| path.into_path().ok()) else {
            return Ok(ImportApiResponse { api: None });
        };
        let document = read_document(&path)?;
        Ok::<_, Failure>(ImportApiResponse { api: Some(drawbridge.apis().import(portal, &document)?.into()) })
    })
    .await
}

/// Removes an API from its portal.
#[tauri::command]
pub async fn remove_api(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, ApiProxyId)?;
    core.run(move |drawbridge| drawbridge.apis().remove(id)).await
}

/// The text of a file that was chosen, as far as an OpenAPI document may be long.
fn read_document(path: &Path) -> Result<String, NotOpenApi> {
    let mut bytes = Vec::new();
    let longest = u64::try_from(OpenApiDocument::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).and_then(|file| file.take(longest).read_to_end(&mut bytes)).map_err(|error| {
        let path = path.display().to_string();
        NotOpenApi { reason: message!("open-api-unreadable", path = path, reason = error.to_string()) }
    })?;
    String::from_utf8(bytes)
        .map_err(|_| NotOpenApi { reason: message!("open-api-not-utf8", path = path.display().to_string()) })
}
