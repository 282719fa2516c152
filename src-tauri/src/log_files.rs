//! Log files: one a day, the last seven are kept. Nothing that carries a secret is ever logged.

use std::{path::Path, sync::Mutex};

use tracing::{Level, error, info};
use tracing_appender::rolling::{RollingFileAppender, Rotation};

use crate::system::create_private_folder;

/// Starts logging into `folder`. Without a writable folder the app runs without a log.
pub fn start(folder: &Path) {
    let appender = create_private_folder(folder).ok().and_then(|()| {
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("drawbridge")
            .filename_suffix("log")
            .max_log_files(7)
            .build(folder)
            .ok()
    });
    if let Some(appender) = appender {
        tracing_subscriber::fmt().with_max_level(Level::INFO).with_ansi(false).with_writer(Mutex::new(appender)).init();
    }
    info!(version = env!("CARGO_PKG_VERSION"), "started");
}

/// From now on a panic leaves its place in the log and nothing on standard error: its text may quote what was being worked
/// on, a document, say.
pub fn leave_out_panic_texts() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(%place, "the program stumbled");
    }));
}
