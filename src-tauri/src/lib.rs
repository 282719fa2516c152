//! The shell: the only Rust that knows Tauri. It puts the adapters together, opens the window and carries commands
//! between the screens and the domain. It holds no rule.

mod clipboard;
mod commands;
mod core;
mod export_file;
mod log_files;
mod system;
pub mod wire;

use std::path::Path;
use std::sync::Arc;

use certificates::RcgenIssuer;
use domain::{Drawbridge, Endpoints, RepositoryError};
use keychain::KeychainSecretStore;
use storage::SqliteRepository;
use tauri::{Manager, RunEvent, WebviewWindow, webview::PageLoadEvent};
use tracing::{error, info, warn};

use crate::{
    clipboard::SecretClipboard,
    core::Core,
    system::{SystemClock, SystemEntropy},
};

/// What the app is called in the keychain.
const APPLICATION: &str = "Drawbridge";

/// The database in the data folder.
const DATABASE: &str = "drawbridge.db";

/// Runs the app until its window is closed.
pub fn run() {
    let app = tauri::Builder::default()
        // First of all plugins, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            if let Some(window) = app.get_webview_window("main") {
                bring_forward(&window);
            }
        }))
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            log_files::start(&app.path().app_log_dir()?);
            let core = Core::start(compose(&app.path().app_data_dir()?));
            app.manage(core);
            app.manage(SecretClipboard::default());
            Ok(())
        })
        .on_page_load(|webview, payload| {
            // The window starts hidden: it appears once there is something to see, without a white flash.
            if payload.event() == PageLoadEvent::Finished
                && let Err(error) = webview.window().show()
            {
                error!(%error, "the window cannot be shown");
            }
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<SecretClipboard>().clear_now();
                info!("stopped");
            }
        }),
        Err(error) => {
            error!(%error, "the window cannot be opened");
            std::process::exit(1);
        }
    }
}

/// Puts domain and adapters together, over the data in `folder`, and repairs what an interruption left there.
fn compose(folder: &Path) -> Result<Arc<Drawbridge>, RepositoryError> {
    let repository = SqliteRepository::open(&folder.join(DATABASE))?;
    let drawbridge = Arc::new(Drawbridge::new(
        Arc::new(repository),
        Arc::new(KeychainSecretStore::open(APPLICATION, KeychainSecretStore::TIME_LIMIT)),
        Arc::new(RcgenIssuer),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
        Endpoints::loopback(),
    ));
    // On a thread of its own: the window does not wait for the keychain. Changes wait, by the domain's own lock.
    let repair = Arc::clone(&drawbridge);
    std::thread::spawn(move || match repair.reconcile() {
        Ok(reconciled) => info!(?reconciled, "reconciled"),
        Err(error) => warn!(%error, "what an interruption left over waits for the keychain"),
    });
    Ok(drawbridge)
}

fn bring_forward(window: &WebviewWindow) {
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        warn!(%error, "the window cannot be brought forward");
    }
}
