//! Opens the data that the window works on, too.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{Drawbridge, messages::ChosenLanguage};
use tracing::warn;

use super::{folders, language::LANGUAGE, output::Output, problem::Problem};
use crate::{
    core::{self, Opened},
    log_files, system,
};

/// Where the data lies; `None` for a user without a home folder.
pub fn data_folder() -> Option<PathBuf> {
    folders::data().ok()
}

/// Opens the domain over the window's own data, once the arguments are known to make sense. Log lines go where the window's go.
pub fn open(output: &Output) -> Result<Arc<Drawbridge>, Problem> {
    Ok(open_for_both(output)?.drawbridge)
}

/// The same, and the domain for what happens without a person's request.
pub fn open_for_both(output: &Output) -> Result<Opened, Problem> {
    let data = folders::data()?;
    core::refuse_data_of_others(&data)?;
    // Created before the log files, which may be inside: the program that creates it decides who may look into it. If
    // it cannot be created, `core::open` says so.
    if system::create_private_folder(&data).is_ok() {
        log_files::start(&folders::logs()?);
    }
    let (output, told) = (*output, AtomicBool::new(false));
    let keychain = core::keychain().telling(move |waits| {
        if waits && !told.swap(true, Ordering::Relaxed) {
            output.warning(
                "waiting for the keychain, which may be asking for its password in a dialog on the desktop of this session",
                "Answer there, or end this command with Ctrl+C. With --no-prompt a command asks nobody and ends with exit code 4.",
            );
        }
    });
    let Opened { drawbridge, unattended } = core::open(&data, keychain, ChosenLanguage::new(LANGUAGE))?;
    let drawbridge = if output.may_ask() { drawbridge } else { Arc::clone(&unattended) };
    Ok(Opened { drawbridge, unattended })
}

/// To be called before a change: repairs what an interruption left over. Changes of other processes are waited for, and
/// not taken for interruptions.
pub fn reconcile(drawbridge: &Drawbridge) {
    if let Err(error) = drawbridge.secrets().reconcile() {
        warn!(%error, "what an interruption left over stays for now");
    }
}
