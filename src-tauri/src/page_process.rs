//! The process that draws the screens can end: out of memory, by a defect of the engine, or because somebody ended it.
//! The core goes on.
//!
//! The screens are loaded once more, and the person is told. If they end again soon, the program ends instead of
//! showing an empty window.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use domain::messages::{ChosenLanguage, message};
use tauri::{AppHandle, Manager, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tracing::error;

use crate::{held_documents::HeldDocuments, question::Agreements};

/// A second death within this time is no accident.
const SOON: Duration = Duration::from_secs(60);

/// When the process last died.
#[derive(Default)]
pub struct PageProcess {
    died: Mutex<Option<Instant>>,
}

/// From now on the end of the process behind `window` is noticed.
#[cfg(target_os = "linux")]
pub fn watch(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;

    let app = window.app_handle().clone();
    let watching = window.with_webview(move |webview| {
        webview.inner().connect_web_process_terminated(move |view, reason| {
            error!(?reason, "the process of the screens ended");
            if handle_end(&app) {
                view.reload();
            }
        });
    });
    if let Err(error) = watching {
        error!(%error, "the process of the screens is not watched");
    }
}

/// On other systems Tauri itself starts the process again (macOS), or the system shows that it ended (Windows).
#[cfg(not(target_os = "linux"))]
pub fn watch(_window: &WebviewWindow) {}

/// Tells the person, and returns whether the screens are to be loaded once more.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "the others handle it themselves"))]
fn handle_end(app: &AppHandle) -> bool {
    // The screens that asked for them no longer exist.
    app.state::<HeldDocuments>().release_all();
    // What the person agreed to was for those screens, too.
    app.state::<Agreements>().forget();
    let state = app.state::<PageProcess>();
    let mut last = state.died.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let again = last.is_some_and(|last| last.elapsed() < SOON);
    *last = Some(Instant::now());
    let text = if again { message!("page-ended-again") } else { message!("page-ended") };
    let end = app.clone();
    let text = text.render(app.state::<ChosenLanguage>().get());
    app.dialog().message(text).title("Drawbridge").kind(MessageDialogKind::Warning).show(move |_| {
        if again {
            end.exit(1);
        }
    });
    !again
}
