//! Tells the window that something has changed, by whomever.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::{State, ipc::Channel};
use tracing::warn;

/// Whoever wants to know that something has changed: the page that was loaded last.
#[derive(Clone, Default)]
pub struct Followers(Arc<Mutex<Option<Channel<()>>>>);

impl Followers {
    /// Something has changed.
    pub fn tell(&self) {
        let follower = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = follower.as_ref().map(|channel| channel.send(())) {
            warn!(%error, "the window cannot be told that something has changed");
        }
    }
}

/// From now on the page hears over `changes` that something has changed; nothing of what.
#[tauri::command]
pub fn follow_changes(followers: State<'_, Followers>, changes: Channel<()>) {
    *followers.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(changes);
}
