//! Closing the window: where something is filled in and not saved, the page asks first.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::{State, WebviewWindow, ipc::Channel};
use tracing::warn;

/// The page, while it wants to be told before the window is closed.
#[derive(Clone, Default)]
pub struct Closing(Arc<Mutex<Option<Channel<()>>>>);

impl Closing {
    /// Whether the window stays open for now, because the page asks. It is told once: a second wish to close the window is
    /// carried out, so that a page that does not answer holds nobody.
    pub fn is_asked(&self) -> bool {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        page.is_some_and(|page| page.send(()).is_ok())
    }
}

/// Whether the page wants to be told over `closing` before the window is closed: once, until it says so again.
#[tauri::command]
pub fn ask_before_closing(state: State<'_, Closing>, asks: bool, closing: Channel<()>) {
    *state.0.lock().unwrap_or_else(PoisonError::into_inner) = asks.then_some(closing);
}

/// Closes the window: the person was asked, and wants to leave.
#[tauri::command]
pub fn close_window(window: WebviewWindow) {
    if let Err(error) = window.destroy() {
        warn!(%error, "the window cannot be closed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_told_once_so_that_one_that_does_not_answer_holds_nobody() {
        let closing = Closing::default();
        assert!(!closing.is_asked(), "nothing is filled in");
        *closing.0.lock().unwrap() = Some(Channel::new(|_| Ok(())));
        assert!(closing.is_asked(), "the page asks");
        assert!(!closing.is_asked(), "the person closes the window once more");
    }
}
