//! The clipboard, for secrets: kept out of clipboard histories, cleared after a while and at the end.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use arboard::Clipboard;
#[cfg(target_os = "macos")]
use arboard::SetExtApple;
#[cfg(target_os = "linux")]
use arboard::SetExtLinux;
#[cfg(target_os = "windows")]
use arboard::SetExtWindows;
#[cfg(target_os = "linux")]
use arboard::{GetExtLinux, LinuxClipboardKind};
use aws_lc_rs::digest::{SHA256, digest};
use domain::{
    documents::SecretBytes,
    messages::{Message, message},
    ports::{Outlet, OutletError},
};
use tracing::warn;
use zeroize::Zeroizing;

/// How long a secret stays in the clipboard.
pub const CLEARS_AFTER: Duration = Duration::from_secs(30);

/// How long to wait before trying again to clear a clipboard that another program holds.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Which text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The one that was copied.
    Clipboard,
    /// The primary selection: the middle button of a mouse pastes it.
    #[cfg(target_os = "linux")]
    Primary,
}

/// The system's clipboard. It is opened at the first use and kept: on X11 the program that copied serves the text.
#[derive(Clone, Default)]
pub struct SecretClipboard(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    clipboard: Option<Clipboard>,
    /// SHA-256 of the text that we put there, to recognise it without keeping it.
    ours: Option<Vec<u8>>,
    /// Counts the texts we put there, so that the timer of an earlier one does not clear a later one.
    generation: u64,
}

impl SecretClipboard {
    /// Clears the clipboard if it still holds what we put there.
    pub fn clear_now(&self) {
        self.lock().clear();
    }

    /// The text in the clipboard; `None` if it holds no text.
    pub fn read(&self, selection: Selection) -> Result<Option<Zeroizing<String>>, OutletError> {
        self.lock().read(selection).map_err(|error| OutletError::Clipboard { reason: error.to_string() })
    }

    /// Whether this is the text that *Copy* put there last, and that has not been cleared since.
    #[cfg(target_os = "linux")]
    pub fn is_ours(&self, text: &str) -> bool {
        self.lock().ours.as_deref().is_some_and(|ours| digest(&SHA256, text.as_bytes()).as_ref() == ours)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear_later(&self, generation: u64) {
        let clipboard = self.clone();
        thread::spawn(move || {
            thread::sleep(CLEARS_AFTER);
            loop {
                {
                    let mut state = clipboard.lock();
                    // A later text has a timer of its own.
                    if state.generation != generation || state.clear() {
                        return;
                    }
                }
                thread::sleep(TRY_AGAIN_AFTER);
            }
        });
    }
}

impl State {
    fn open(&mut self) -> Result<&mut Clipboard, arboard::Error> {
        match &mut self.clipboard {
            Some(clipboard) => Ok(clipboard),
            none => Ok(none.insert(Clipboard::new()?)),
        }
    }

    fn read(&mut self, selection: Selection) -> Result<Option<Zeroizing<String>>, arboard::Error> {
        let clipboard = self.open()?;
        let text = match selection {
            Selection::Clipboard => clipboard.get_text(),
            #[cfg(target_os = "linux")]
            Selection::Primary => clipboard.get().clipboard(LinuxClipboardKind::Primary).text(),
        };
        match text.map(Zeroizing::new) {
            Ok(text) => Ok(Some(text)),
            Err(arboard::Error::ContentNotAvailable) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn put(&mut self, text: &str) -> Result<(), arboard::Error> {
        let set = self.open()?.set();
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        let set = set.exclude_from_history();
        #[cfg(target_os = "windows")]
        let set = set.exclude_from_monitoring().exclude_from_history().exclude_from_cloud();
        set.text(text)?;
        self.ours = Some(digest(&SHA256, text.as_bytes()).as_ref().to_vec());
        self.generation += 1;
        Ok(())
    }

    /// Clears what is ours; `false` when the clipboard could not be looked at or cleared, and still may hold it.
    fn clear(&mut self) -> bool {
        let (Some(clipboard), Some(ours)) = (&mut self.clipboard, &self.ours) else { return true };
        let still_ours = match clipboard.get_text().map(Zeroizing::new) {
            Ok(text) => digest(&SHA256, text.as_bytes()).as_ref() == ours,
            Err(arboard::Error::ContentNotAvailable) => false,
            Err(error) => {
                warn!(%error, "the clipboard cannot be looked at");
                return false;
            }
        };
        if still_ours && let Err(error) = clipboard.clear() {
            warn!(%error, "the clipboard cannot be cleared");
            return false;
        }
        self.ours = None;
        true
    }
}

impl Outlet for SecretClipboard {
    fn deliver(&self, document: &SecretBytes) -> Result<(), OutletError> {
        // EXPOSE: the user chose Copy.
        let text = String::from_utf8_lossy(document.expose());
        let generation = {
            let mut state = self.lock();
            state.put(&text).map_err(|error| OutletError::Clipboard { reason: error.to_string() })?;
            state.generation
        };
        self.clear_later(generation);
        Ok(())
    }

    fn destination(&self) -> Message {
        message!("activity-clipboard")
    }
}
