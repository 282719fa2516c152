//! Tells the window that something has changed, by whichever process.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use domain::area::Area;
use tauri::{State, ipc::Channel};
use tracing::warn;
use views::ChangeView;

/// The receiver: the page that was loaded last.
#[derive(Clone, Default)]
pub struct Followers(Arc<Mutex<Option<Channel<ChangeView>>>>);

impl Followers {
    /// Something has changed in these areas of the data; `None` if they are not known.
    pub fn tell(&self, areas: Option<&BTreeSet<Area>>) {
        self.send(areas.into());
    }

    /// The keychain lets a call wait, or that call has ended.
    pub fn tell_keychain(&self, waits: bool) {
        self.send(ChangeView::Keychain { waits });
    }

    fn send(&self, change: ChangeView) {
        let follower = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = follower.as_ref().map(|channel| channel.send(change)) {
            warn!(%error, "the window cannot be told that something has changed");
        }
    }
}

/// From now on the page hears over `changes` that something has changed.
#[tauri::command]
pub fn follow_changes(followers: State<'_, Followers>, changes: Channel<ChangeView>) {
    *followers.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(changes);
}
