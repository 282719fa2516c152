//! One window for one data folder: a second start brings the first window forward and ends.
//!
//! The session bus says who is first. Another data folder has another name on it, so it is another instance. Tauri's plugin,
//! which other systems use, has one name for all data folders and waits for the first instance without a limit.

use std::{
    env,
    io::{IsTerminal, Write},
    path::Path,
    process::ExitCode,
    sync::{Arc, OnceLock, mpsc},
    time::Duration,
};

use aws_lc_rs::digest::{SHA256, digest};
use domain::messages::{Language, message};
use gtk::prelude::DialogExt;
use tauri::{AppHandle, Manager};
use tracing::warn;
use zbus::{
    blocking::{Connection, connection::Builder, fdo::DBusProxy},
    fdo::{self, RequestNameFlags, RequestNameReply},
    interface,
    names::{BusName, WellKnownName},
};

use crate::bring_forward::bring_forward;

/// How long a second start waits for the first one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the object is on the bus.
const PATH: &str = "/io/drawbridge/desktop";

/// This process is the first one. It keeps the name on the bus as long as this value lives.
pub struct First {
    window: Arc<OnceLock<AppHandle>>,
    _connection: Option<Connection>,
}

/// Another process has the window.
pub enum Taken {
    /// It has shown its window.
    Shown {
        /// On which display.
        display: String,
        /// Its process number.
        process: u32,
    },
    /// It did not answer within [`PATIENCE`].
    Silent {
        /// Its process number; 0 when the bus does not know it any more.
        process: u32,
    },
}

/// What a second start can ask the first one for.
struct Window {
    app: Arc<OnceLock<AppHandle>>,
}

#[interface(name = "io.drawbridge.Window")]
impl Window {
    /// Brings the window forward and says on which display it is.
    fn show(&self) -> fdo::Result<String> {
        // An instance that is still starting shows its window by itself.
        if let Some(app) = self.app.get() {
            let (shown, seen) = mpsc::channel();
            let of_window = app.clone();
            let show = move || {
                if let Some(window) = of_window.get_webview_window("main") {
                    bring_forward(&window);
                }
                let _ = shown.send(());
            };
            // A window that hangs must not be reported as shown.
            let asked = app.run_on_main_thread(show).is_ok();
            if !asked || seen.recv_timeout(PATIENCE).is_err() {
                return Err(fdo::Error::TimedOut("the window does not answer".to_owned()));
            }
        }
        Ok(own_display())
    }
}

/// Makes this process the first one over the data in `folder`, which has to exist, or asks the first one to show its
/// window. Without a session bus no other instance can be found, and the window opens.
pub fn claim(folder: &Path) -> Result<First, Taken> {
    let window = Arc::new(OnceLock::new());
    match ask_the_bus(folder, &window) {
        Ok(Ok(connection)) => Ok(First { window, _connection: Some(connection) }),
        Ok(Err(taken)) => Err(taken),
        Err(error) => {
            warn!(%error, "without a session bus no other instance can be found");
            Ok(First { window, _connection: None })
        }
    }
}

impl First {
    /// From now on `app` is what a second start shows.
    pub fn show(&self, app: AppHandle) {
        let _ = self.window.set(app);
    }
}

fn ask_the_bus(folder: &Path, window: &Arc<OnceLock<AppHandle>>) -> zbus::Result<Result<Connection, Taken>> {
    let connection =
        Builder::session()?.method_timeout(PATIENCE).serve_at(PATH, Window { app: Arc::clone(window) })?.build()?;
    let name = WellKnownName::try_from(bus_name(folder))?;
    match connection.request_name_with_flags(&name, RequestNameFlags::DoNotQueue.into()) {
        Ok(RequestNameReply::PrimaryOwner | RequestNameReply::AlreadyOwner) => return Ok(Ok(connection)),
        Ok(RequestNameReply::Exists | RequestNameReply::InQueue) | Err(zbus::Error::NameTaken) => {}
        Err(error) => return Err(error),
    }
    let process = DBusProxy::new(&connection)?.get_connection_unix_process_id(BusName::from(name.clone())).unwrap_or(0);
    let reply = connection.call_method(Some(name.as_str()), PATH, Some("io.drawbridge.Window"), "Show", &());
    Ok(Err(match reply.and_then(|reply| reply.body().deserialize()) {
        Ok(display) => Taken::Shown { display, process },
        Err(_) => Taken::Silent { process },
    }))
}

/// The name that the first instance over `folder` has on the bus. Paths hold characters that names may not have.
fn bus_name(folder: &Path) -> String {
    let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let hash = digest(&SHA256, path.as_os_str().as_encoded_bytes());
    let hash: String = hash.as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("io.drawbridge.desktop.Data{hash}")
}

fn own_display() -> String {
    ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(|name| env::var(name).ok()).unwrap_or_default()
}

impl Taken {
    /// Says it in the terminal and in a dialog.
    pub fn tell(&self, language: Language) -> ExitCode {
        let (text, seen) = match self {
            Self::Shown { display, process } => {
                (message!("instance-shown", display = display, process = *process), *display == own_display())
            }
            Self::Silent { process } => (message!("instance-silent", process = *process), false),
        };
        let (text, remedy) = (text.render(language), text.remedy().render(language));
        let mut standard_error = std::io::stderr();
        // Where standard error cannot be written, the dialog remains.
        let _ = writeln!(standard_error, "{text}\n{remedy}");
        if !seen && !standard_error.is_terminal() {
            show_dialog(&text, &remedy);
        }
        match self {
            Self::Shown { .. } => ExitCode::SUCCESS,
            Self::Silent { .. } => ExitCode::FAILURE,
        }
    }
}

/// A dialog of the system, open until the person closes it. Does nothing where there is no display.
pub fn show_dialog(text: &str, remedy: &str) {
    if gtk::init().is_err() {
        return;
    }
    let dialog = gtk::MessageDialog::builder()
        .title("Drawbridge")
        .message_type(gtk::MessageType::Warning)
        .buttons(gtk::ButtonsType::Close)
        .text(text)
        .secondary_text(remedy)
        .build();
    dialog.run();
}
