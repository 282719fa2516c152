//! Where the window keeps its data and its log files.

use std::path::PathBuf;

use views::{ErrorCode, IntoView, Trouble};

use super::{
    language::LANGUAGE,
    problem::{Exit, Problem},
};

/// The folder of the data: Tauri's `app_data_dir`.
pub fn data() -> Result<PathBuf, Problem> {
    found(dirs::data_dir().map(|folder| folder.join(identifier())))
}

/// The folder of the log files: Tauri's `app_log_dir`.
pub fn logs() -> Result<PathBuf, Problem> {
    let folder = if cfg!(target_os = "macos") {
        dirs::home_dir().map(|home| home.join("Library/Logs").join(identifier()))
    } else {
        dirs::data_local_dir().map(|folder| folder.join(identifier()).join("logs"))
    };
    found(folder)
}

fn identifier() -> String {
    crate::context::context().config().identifier.clone()
}

fn found(folder: Option<PathBuf>) -> Result<PathBuf, Problem> {
    folder.ok_or_else(|| {
        let message = "the data folder is unknown: this user has no home folder".to_owned();
        let hint = "Set HOME, or XDG_DATA_HOME to the folder that holds the data of the window.";
        Problem { exit: Exit::Database, error: Trouble::plain(ErrorCode::Failed, message, hint).into_view(LANGUAGE) }
    })
}
