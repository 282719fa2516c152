//! *Export…*: formats, preview, and the file by the system's own Save dialog.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::{credential::ExportProgress, id::CredentialId, messages::message};
use tauri::{AppHandle, State, Window, ipc::Channel};
use tracing::warn;
use views::{
    ExportFormatView, ExportProgressView, ExportRequest, ExportResponse, ExportableView, PreviewView, Trouble,
    UserError,
};

use super::{runs::Runs, save_dialog::choose_export_file};
use crate::core::Core;

/// Everything that can be exported.
#[tauri::command]
pub async fn list_exportable(core: State<'_, Core>) -> Result<Vec<ExportableView>, UserError> {
    let all = core.run(|drawbridge| drawbridge.exports().list_exportable()).await?;
    Ok(all.into_iter().map(ExportableView::from).collect())
}

/// The formats in which these credentials can be written.
#[tauri::command]
pub async fn list_export_formats(core: State<'_, Core>, ids: Vec<String>) -> Result<Vec<ExportFormatView>, UserError> {
    let ids = parse_ids(&core, &ids)?;
    let formats = core.run(move |drawbridge| drawbridge.exports().list_formats(&ids)).await?;
    Ok(formats
        .into_iter()
        .map(|(format, certificate)| ExportFormatView::new(format, certificate, core.language()))
        .collect())
}

/// What the export of the first of the credentials would hold, with the secret hidden.
#[tauri::command]
pub async fn preview_export(core: State<'_, Core>, request: ExportRequest) -> Result<Vec<PreviewView>, UserError> {
    let (ids, export) = request.own();
    let first = core.parse_id(ids.first().map_or("", String::as_str), CredentialId)?;
    let language = core.language();
    let previews = core.run(move |drawbridge| drawbridge.exports().preview(first, &export.choice(), language)).await?;
    Ok(previews.into_iter().map(PreviewView::from).collect())
}

/// *Export…*: the system's own Save dialog, then the file; the reply carries its path only. `run` names it for
/// `cancel_run`.
#[tauri::command]
pub async fn export_credentials(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    runs: State<'_, Runs>,
    run: String,
    request: ExportRequest,
    progress: Channel<ExportProgressView>,
) -> Result<ExportResponse, UserError> {
    let (ids, export) = request.own();
    let ids = parse_ids(&core, &ids)?;
    let run = runs.begin(run);
    let progress = ChannelProgress { channel: progress, cancelled: run.cancelled() };
    core.run(move |drawbridge| {
        let name = drawbridge.exports().suggest_name(&ids, &export.choice())?;
        let extension = name.rsplit('.').next().unwrap_or_default().to_owned();
        let chosen = choose_export_file(&app, &window, &message!("dialog-export"), &name, &[&extension])?;
        let Some(file) = chosen else { return Ok(ExportResponse { path: None }) };
        drawbridge.exports().export(&ids, &export.choice(), &file, &progress)?;
        Ok::<_, Trouble>(ExportResponse { path: Some(file.path().display().to_string()) })
    })
    .await
}

fn parse_ids(core: &Core, ids: &[String]) -> Result<Vec<CredentialId>, UserError> {
    ids.iter().map(|id| core.parse_id(id, CredentialId)).collect()
}

/// Tells the screen how far it is.
struct ChannelProgress {
    channel: Channel<ExportProgressView>,
    cancelled: Arc<AtomicBool>,
}

impl ExportProgress for ChannelProgress {
    fn advanced(&self, done: usize, total: usize) {
        if let Err(error) = self.channel.send(ExportProgressView::new(done, total)) {
            warn!(%error, "the screen does not follow its export any more");
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
