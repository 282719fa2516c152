//! The shell: the only Rust that knows Tauri. It puts the adapters together, opens the window and carries commands
//! between the screens and the domain. It holds no rule. `cli` is the same without a window.

mod absence;
mod background;
mod bring_forward;
mod browser;
mod cli;
mod clipboard;
mod commands;
mod context;
mod core;
mod export_file;
mod given_document;
mod held_documents;
mod log_files;
mod memory;
mod page_process;
#[cfg(target_os = "linux")]
mod pasting;
mod patience;
mod question;
#[cfg(target_os = "linux")]
mod single_instance;
mod system;
mod token_service;

pub use memory::c_library;
#[cfg(not(target_os = "linux"))]
pub use memory::rust::WipingAllocator;
#[cfg(target_os = "linux")]
use views::{IntoView, UserError};

use std::{
    env,
    ffi::OsString,
    io::{IsTerminal, Write},
    process::ExitCode,
};

use domain::messages::{ChosenLanguage, Language};
use tauri::{
    LogicalSize, Manager, RunEvent, Theme, Url, WebviewWindow, WindowEvent, Wry,
    plugin::{self, TauriPlugin},
    window::Color,
};
use tracing::{error, info, warn};

use crate::{
    absence::Presence,
    clipboard::SecretClipboard,
    commands::{Closing, DropTarget, Followers, Runs},
    core::Core,
    held_documents::HeldDocuments,
    page_process::PageProcess,
    question::Agreements,
};

/// The page background of the theme Evening Horizon.
const DARK_BACKGROUND: Color = Color(0x12, 0x17, 0x1c, 0xff);

/// The least size of the window in logical pixels, as `tauri.conf.json` has it.
const MIN_SIZE: LogicalSize<f64> = LogicalSize { width: 900.0, height: 600.0 };

/// The largest frame that a window manager draws around a window, in logical pixels; the real size is not known before
/// the window is shown.
const FRAME: LogicalSize<f64> = LogicalSize { width: 4.0, height: 44.0 };

/// Runs the program: the command that its arguments ask for, or the app with its window.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    if cli::is_meant(&arguments) {
        return cli::run(&arguments);
    }
    open_window()
}

/// Runs the app until its window is closed.
fn open_window() -> ExitCode {
    log_files::leave_out_panic_texts();
    system::keep_memory_private(system::HasWindow::Yes);
    system::tell_local_time();
    // Until the window says what the user chose.
    let language = sys_locale::get_locale().and_then(|tag| Language::parse(&tag)).unwrap_or(Language::English);
    // Created before the webview, which keeps its own files in the same folder: the program that creates it decides who
    // may look into it. If it cannot be created, the first command says so.
    if let Some(data) = cli::opening::data_folder() {
        if let Err(error) = core::refuse_data_of_others(&data) {
            let UserError { message, hint, .. } = error.into_view(language);
            return say_instead(&message, &hint);
        }
        let _ = system::create_private_folder(&data);
    }
    #[cfg(target_os = "linux")]
    let first = match single_instance::claim(&cli::opening::data_folder().unwrap_or_default()) {
        Ok(first) => first,
        Err(taken) => return taken.tell(language),
    };
    let builder = tauri::Builder::default();
    // First of all plugins, so that a second start ends before it touches anything.
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
        if let Some(window) = app.get_webview_window("main") {
            bring_forward(&window);
        }
    }));
    let app = builder
        .plugin(stay_in_the_app())
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            #[cfg(target_os = "linux")]
            {
                first.show(app.handle().clone());
                // It holds the name on the bus.
                app.manage(first);
            }
            let data = app.path().app_data_dir()?;
            system::create_private_folder(&data)?;
            log_files::start(&app.path().app_log_dir()?);
            let followers = Followers::default();
            app.manage(followers.clone());
            let language = ChosenLanguage::new(language);
            app.manage(language.clone());
            app.manage(DropTarget::new(language.clone()));
            let on_wait = followers.clone();
            app.manage(Core::start(
                data,
                language,
                move |areas| followers.tell(areas),
                move |waits| on_wait.tell_keychain(waits),
            ));
            app.manage(Runs::default());
            app.manage(HeldDocuments::default());
            app.manage(Closing::default());
            app.manage(PageProcess::default());
            app.manage(SecretClipboard::default());
            app.manage(Agreements::default());
            app.manage(Presence::default());
            absence::watch(app.handle());
            if let Some(window) = app.get_webview_window("main") {
                darken_until_painted(&window);
                fit_into_work_area(&window);
                page_process::watch(&window);
                #[cfg(target_os = "linux")]
                {
                    pasting::take_over(&window);
                    follow_title(&window);
                }
            }
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                window.state::<DropTarget>().handle(event, &window.state::<HeldDocuments>());
            } else if let WindowEvent::CloseRequested { api, .. } = event {
                if window.state::<Closing>().is_asked() {
                    api.prevent_close();
                }
            } else if let WindowEvent::Focused(focused) = event {
                window.state::<Presence>().focused(window.app_handle(), *focused);
            }
        })
        .invoke_handler(commands::handler())
        .build(context::context());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    app.state::<SecretClipboard>().clear_now();
                    app.state::<Core>().stop();
                    info!("stopped");
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            error!(%error, "the window cannot be opened");
            // There is no window to show it in; somebody who started the program in a terminal reads it there.
            let _ = writeln!(std::io::stderr(), "Drawbridge cannot open its window: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says why no window opens: in the terminal and in a dialog.
fn say_instead(text: &str, remedy: &str) -> ExitCode {
    let mut standard_error = std::io::stderr();
    // Where standard error cannot be written, the dialog remains.
    let _ = writeln!(standard_error, "{text}\n{remedy}");
    #[cfg(target_os = "linux")]
    if !standard_error.is_terminal() {
        single_instance::show_dialog(text, remedy);
    }
    ExitCode::FAILURE
}

/// The webview shows the app's own pages and nothing else: an address can carry away what a page has read, and no
/// content security policy covers that.
fn stay_in_the_app() -> TauriPlugin<Wry> {
    plugin::Builder::new("stay-in-the-app").on_navigation(|_, url| is_own_page(url)).build()
}

/// Where Tauri serves the app's own pages: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// The configured background is the light theme's. Where the system is dark, an empty window must not flash.
fn darken_until_painted(window: &WebviewWindow) {
    if window.theme().is_ok_and(|theme| theme == Theme::Dark)
        && let Err(error) = window.set_background_color(Some(DARK_BACKGROUND))
    {
        warn!(%error, "the window's background cannot be set");
    }
}

/// The window is called as the page in it, so that lists of windows tell where one was.
#[cfg(target_os = "linux")]
fn follow_title(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;

    let named = window.clone();
    let followed = window.with_webview(move |webview| {
        webview.inner().connect_title_notify(move |view| {
            let Some(title) = view.title().filter(|title| !title.is_empty()) else { return };
            if let Err(error) = named.set_title(&title) {
                warn!(%error, "the window keeps its former title");
            }
        });
    });
    if let Err(error) = followed {
        warn!(%error, "the window's title does not follow the page");
    }
}

/// A window that is larger than the screen has buttons that nobody can reach: on a small screen, or one where everything is
/// shown at twice its size. What does not fit then scrolls.
fn fit_into_work_area(window: &WebviewWindow) {
    let fit = || -> tauri::Result<()> {
        let Some(monitor) =
            window.current_monitor()?.map_or_else(|| window.primary_monitor(), |found| Ok(Some(found)))?
        else {
            return Ok(());
        };
        let scale = monitor.scale_factor();
        let area: LogicalSize<f64> = monitor.work_area().size.to_logical(scale);
        let inner: LogicalSize<f64> = window.inner_size()?.to_logical(scale);
        let room = LogicalSize::new(area.width - FRAME.width, area.height - FRAME.height);
        if inner.width <= room.width && inner.height <= room.height {
            return Ok(());
        }
        let fitting = LogicalSize::new(inner.width.min(room.width), inner.height.min(room.height));
        window.set_min_size(Some(LogicalSize::new(
            fitting.width.min(MIN_SIZE.width),
            fitting.height.min(MIN_SIZE.height),
        )))?;
        window.set_size(fitting)?;
        window.set_position(monitor.work_area().position)
    };
    if let Err(error) = fit() {
        warn!(%error, "the window may not fit the screen");
    }
}
