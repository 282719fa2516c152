//! *Settings*.

use domain::messages::{Language, message};
use tauri::{AppHandle, State, Window};
use views::{ChangeTokenServiceRequest, ExportResponse, ProxyView, SettingsView, Trouble, UserError};

use super::save_dialog::choose_export_file;
use crate::{core::Core, question};

/// The page *Settings*.
#[tauri::command]
pub async fn get_settings(core: State<'_, Core>) -> Result<SettingsView, UserError> {
    let page = core.run(|drawbridge| drawbridge.settings().get_page()).await?;
    Ok(SettingsView::new(page, core.token_service_status(), core.language()))
}

/// Changes where the token service listens, and whether it runs; answers once it does.
#[tauri::command]
pub async fn change_token_service(
    core: State<'_, Core>,
    request: ChangeTokenServiceRequest,
) -> Result<SettingsView, UserError> {
    core.run(move |drawbridge| drawbridge.settings().change_token_service(request.into()).map(drop)).await?;
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
    core.run(move |drawbridge| drawbridge.settings().change_check_interval(hours).map(drop)).await?;
    get_settings(core).await
}

/// Changes whether the system asks before a secret is copied or revealed. Switching it off is itself asked, because a
/// script in the page could do it otherwise. If the person refuses, nothing changes.
#[tauri::command]
pub async fn change_asking(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    asks: bool,
) -> Result<SettingsView, UserError> {
    core.run(move |drawbridge| {
        if asks || question::is_meant(&app, &window, &message!("question-no-more"), &message!("question-no-more-yes"))?
        {
            drawbridge.settings().change_asking(asks)?;
        }
        Ok::<_, Trouble>(())
    })
    .await?;
    get_settings(core).await
}

/// Changes by which proxy connections are tested.
#[tauri::command]
pub async fn change_proxy(core: State<'_, Core>, proxy: ProxyView) -> Result<SettingsView, UserError> {
    core.run(move |drawbridge| drawbridge.settings().change_proxy(&proxy.into()).map(drop)).await?;
    get_settings(core).await
}

/// *Export CA Certificate*: the system's own Save dialog, then the file.
#[tauri::command]
pub async fn export_authority(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
) -> Result<ExportResponse, UserError> {
    core.run(|drawbridge| drawbridge.settings().may_export_authority()).await?;
    core.run(move |drawbridge| {
        let name = "drawbridge-ca.pem";
        let chosen = choose_export_file(&app, &window, &message!("dialog-export-authority"), name, &["pem", "crt"])?;
        let Some(file) = chosen else { return Ok(ExportResponse { path: None }) };
        drawbridge.settings().export_authority(&file)?;
        Ok::<_, Trouble>(ExportResponse { path: Some(file.path().display().to_string()) })
    })
    .await
}

/// *Take Over Now*: the token service shows a certificate by the present authority from now on.
#[tauri::command]
pub async fn take_over_authority(core: State<'_, Core>) -> Result<SettingsView, UserError> {
    core.run(|drawbridge| drawbridge.token_service().take_over_authority()).await?;
    core.sync_token_service().await?;
    get_settings(core).await
}

/// From now on the window uses that language (a tag such as `de` or `de-AT`); English if there are no texts in it.
#[tauri::command]
pub async fn set_language(core: State<'_, Core>, language: String) -> Result<(), UserError> {
    core.speak(Language::parse(&language).unwrap_or(Language::English));
    Ok(())
}
