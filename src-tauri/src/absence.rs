//! The person goes: the screen is locked, the computer sleeps, the window is left for long. Then nothing stays open: held
//! documents are wiped, revealed secrets are hidden, and every question is asked again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use domain::messages::{Message, message};
use tauri::{AppHandle, Manager};
use tracing::info;

use crate::{
    commands::DropTarget,
    held_documents::HeldDocuments,
    question::Agreements,
    wire::{DropEventView, ErrorCode, UserError},
};

/// After this time without the keyboard the window counts as left. Shorter, and a look into the portal would cost what was
/// pasted; a revealed secret goes as soon as the window loses the keyboard, which the page sees to.
const LEFT_AFTER: Duration = Duration::from_secs(300);

/// Counts how often the window got or lost the keyboard.
#[derive(Clone, Default)]
pub struct Presence(Arc<AtomicU64>);

impl Presence {
    /// The window got the keyboard, or lost it.
    pub fn focused(&self, app: &AppHandle, focused: bool) {
        let turn = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        if focused {
            return;
        }
        let (counter, app) = (Arc::clone(&self.0), app.clone());
        thread::spawn(move || {
            thread::sleep(LEFT_AFTER);
            if counter.load(Ordering::SeqCst) == turn {
                leave(&app, message!("absence-left"));
            }
        });
    }
}

/// Nothing stays open.
fn leave(app: &AppHandle, why: Message) {
    info!("the person went");
    app.state::<Agreements>().forget();
    app.state::<HeldDocuments>().release_all();
    let error = UserError::plain(ErrorCode::Failed, why, message!("absence-remedy"));
    app.state::<DropTarget>().tell(DropEventView::Wiped { error });
}

/// Listens to what the desktop says about lock and sleep. Where no such service is there, nothing is said.
pub fn watch(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    desktop::watch(app);
    #[cfg(not(target_os = "linux"))]
    let _ = app;
}

#[cfg(target_os = "linux")]
mod desktop {
    use tracing::debug;
    use zbus::{
        MatchRule,
        blocking::{Connection, MessageIterator},
        message::Type,
    };

    use super::*;

    /// Bus, interface, signal. The first argument of those that switch says which way.
    const SIGNALS: [(Bus, &str, &str); 5] = [
        (Bus::System, "org.freedesktop.login1.Manager", "PrepareForSleep"),
        (Bus::System, "org.freedesktop.login1.Session", "Lock"),
        (Bus::Session, "org.freedesktop.ScreenSaver", "ActiveChanged"),
        (Bus::Session, "org.gnome.ScreenSaver", "ActiveChanged"),
        (Bus::Session, "org.cinnamon.ScreenSaver", "ActiveChanged"),
    ];

    #[derive(Clone, Copy)]
    enum Bus {
        System,
        Session,
    }

    pub fn watch(app: &AppHandle) {
        for (bus, interface, signal) in SIGNALS {
            let app = app.clone();
            thread::spawn(move || {
                if let Err(error) = follow(&app, bus, interface, signal) {
                    debug!(%error, interface, "the desktop does not tell");
                }
            });
        }
    }

    fn follow(app: &AppHandle, bus: Bus, interface: &str, signal: &str) -> zbus::Result<()> {
        let connection = match bus {
            Bus::System => Connection::system()?,
            Bus::Session => Connection::session()?,
        };
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(interface)?.member(signal)?.build();
        for told in MessageIterator::for_match_rule(rule, &connection, None)? {
            let body = told?.body();
            // *Lock* has no argument.
            if body.deserialize::<bool>().unwrap_or(true) {
                leave(app, message!("absence-locked"));
            }
        }
        Ok(())
    }
}
