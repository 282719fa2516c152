//! The system's own Save dialog.

use domain::messages::{ChosenLanguage, Message, message};
use tauri::{AppHandle, Manager, Window};
use tauri_plugin_dialog::DialogExt;
use views::{ErrorCode, Trouble};

use crate::export_file::{ExportFile, Standing, Unfinished};

/// Asks for the file to export to, in the folder of documents at first; `None` if the person cancels. `extensions` are those
/// of its kind. Blocks until there is an answer. The dialog itself asks before a file is replaced.
pub fn choose_export_file(
    app: &AppHandle,
    window: &Window,
    title: &Message,
    name: &str,
    extensions: &[&str],
) -> Result<Option<ExportFile>, Trouble> {
    let folders = [app.path().document_dir(), app.path().home_dir()];
    let kind = extensions.first().map(|extension| extension.to_uppercase()).unwrap_or_default();
    let mut dialog = app
        .dialog()
        .file()
        .set_parent(window)
        .set_title(title.render(app.state::<ChosenLanguage>().get()))
        .add_filter(kind, extensions)
        .set_file_name(name);
    if let Some(folder) = folders.into_iter().flatten().find(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let Some(path) = dialog.blocking_save_file().and_then(|path| path.into_path().ok()) else { return Ok(None) };
    let data = app.path().app_data_dir().map_err(|_| Trouble::unexpected("the data folder is unknown"))?;
    let file = ExportFile::new(path, Unfinished::of_data(&data));
    match file.look() {
        Standing::Nothing | Standing::File => Ok(Some(file)),
        Standing::Other => {
            let message = message!("shell-not-replaced", path = file.path().display().to_string());
            Err(Trouble::of(ErrorCode::Failed, &message))
        }
    }
}
