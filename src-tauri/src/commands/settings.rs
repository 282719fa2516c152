//! *Settings*.

use domain::HandOverFailure;
use tauri::{AppHandle, State, Window};
use tauri_plugin_dialog::DialogExt;

use crate::{
    core::Core,
    export_file::ExportFile,
    wire::{ChangeTokenServiceRequest, ExportResponse, SettingsView, UserError},
};

/// The page *Settings*.
#[tauri::command]
pub async fn get_settings(core: State<'_, Core>) -> Result<SettingsView, UserError> {
    let page = core.run(|drawbridge| drawbridge.get_settings_page()).await?;
    Ok(SettingsView::new(page, core.token_service_status()))
}

/// Changes where the token service listens, and whether it runs; answers when that is so.
#[tauri::command]
pub async fn change_token_service(
    core: State<'_, Core>,
    request: ChangeTokenServiceRequest,
) -> Result<SettingsView, UserError> {
    core.run(move |drawbridge| drawbridge.change_token_service(request.into()).map(drop)).await?;
    core.sync_token_service().await?;
    get_settings(core).await
}

/// Tries again to start a token service that could not start.
#[tauri::command]
pub async fn start_token_service(core: State<'_, Core>) -> Result<SettingsView, UserError> {
    core.sync_token_service().await?;
    get_settings(core).await
}

/// Changes how often connections are tested.
#[tauri::command]
pub async fn change_check_interval(core: State<'_, Core>, hours: u32) -> Result<SettingsView, UserError> {
    core.run(move |drawbridge| drawbridge.change_check_interval(hours).map(drop)).await?;
    get_settings(core).await
}

/// *Export CA Certificate*: the system's own Save dialog, then the file.
#[tauri::command]
pub async fn export_authority(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
) -> Result<ExportResponse, UserError> {
    core.run(|drawbridge| drawbridge.may_export_authority()).await?;
    core.run(move |drawbridge| {
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title("Export CA Certificate")
            .add_filter("PEM", &["pem", "crt"])
            .set_file_name("drawbridge-ca.pem");
        let Some(path) = dialog.blocking_save_file().and_then(|path| path.into_path().ok()) else {
            return Ok(ExportResponse { path: None });
        };
        let file = ExportFile::new(path);
        drawbridge.export_authority(&file)?;
        Ok::<_, HandOverFailure>(ExportResponse { path: Some(file.path().display().to_string()) })
    })
    .await
}
