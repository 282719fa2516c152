//! The person leaves: the screen is locked, the computer sleeps, or the window is not used for long. Then held
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
use views::{ErrorCode, Trouble};

use crate::{commands::DropTarget, held_documents::HeldDocuments, question::Agreements};

/// After this time without the keyboard the window counts as left. It must not be shorter: a look into the portal would
/// cost what was pasted. A revealed secret is hidden by the page as soon as the window loses the keyboard.
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
                leave(&app, &message!("absence-left"));
            }
        });
    }
}

/// The person went, for the reason `why`.
fn leave(app: &AppHandle, why: &Message) {
    info!("the person went");
    app.state::<Agreements>().forget();
    app.state::<HeldDocuments>().release_all();
    app.state::<DropTarget>().wiped(Trouble::of(ErrorCode::Failed, why));
}

/// Listens to what the desktop says about lock and sleep. Does nothing where there is no such service.
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
        MatchRule, Message as BusMessage,
        blocking::{Connection, MessageIterator, connection::Builder},
        message::Type,
        zvariant::{OwnedObjectPath, OwnedValue},
    };

    use super::*;

    /// logind has one for each session of every user, and its signals reach all of them.
    const SESSION: &str = "org.freedesktop.login1.Session";

    /// Bus, interface, signal. Signals that come for both directions say which in their first argument.
    const SIGNALS: [(Bus, &str, &str); 5] = [
        (Bus::System, "org.freedesktop.login1.Manager", "PrepareForSleep"),
        (Bus::System, SESSION, "Lock"),
        (Bus::Session, "org.freedesktop.ScreenSaver", "ActiveChanged"),
        (Bus::Session, "org.gnome.ScreenSaver", "ActiveChanged"),
        (Bus::Session, "org.cinnamon.ScreenSaver", "ActiveChanged"),
    ];

    /// How long to wait for an answer from the bus.
    const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

    #[derive(Clone, Copy)]
    enum Bus {
        System,
        Session,
    }

    pub fn watch(app: &AppHandle) {
        for (bus, interface, signal) in SIGNALS {
            let app = app.clone();
            thread::spawn(move || {
                let builder = match bus {
                    Bus::System => Builder::system(),
                    Bus::Session => Builder::session(),
                };
                // If the sender does not say whose session it is, everything is wiped.
                let connection = builder.and_then(|builder| builder.method_timeout(ANSWERS_WITHIN).build());
                let away = || leave(&app, &message!("absence-locked"));
                let followed = connection
                    .and_then(|connection| follow(&connection, listen(&connection, interface, signal)?, away));
                if let Err(error) = followed {
                    debug!(%error, interface, "the desktop does not tell");
                }
            });
        }
    }

    fn listen(connection: &Connection, interface: &str, signal: &str) -> zbus::Result<MessageIterator> {
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(interface)?.member(signal)?.build();
        MessageIterator::for_match_rule(rule, connection, None)
    }

    fn follow(connection: &Connection, signals: MessageIterator, away: impl Fn()) -> zbus::Result<()> {
        for told in signals {
            let told = told?;
            // *Lock* has no argument.
            if told.body().deserialize::<bool>().unwrap_or(true) && !is_of_another_user(connection, &told) {
                away();
            }
        }
        Ok(())
    }

    /// Whether the signal is about another user's session. If that is not known, it counts as this user's.
    fn is_of_another_user(connection: &Connection, told: &BusMessage) -> bool {
        let header = told.header();
        let (Some(session), true) = (header.path(), header.interface().is_some_and(|name| name == SESSION)) else {
            return false;
        };
        let get = |session| -> zbus::Result<u32> {
            let (properties, user) = ("org.freedesktop.DBus.Properties", (SESSION, "User"));
            let reply = connection.call_method(header.sender().cloned(), session, Some(properties), "Get", &user)?;
            let (uid, _): (u32, OwnedObjectPath) = reply.body().deserialize::<OwnedValue>()?.try_into()?;
            Ok(uid)
        };
        get(session).map_or_else(
            |error| {
                debug!(%error, "whose session was locked cannot be seen");
                false
            },
            |uid| uid != rustix::process::getuid().as_raw(),
        )
    }

    #[cfg(test)]
    mod tests {
        use std::{
            io::{BufRead, BufReader},
            process::{Child, Command, Stdio},
        };

        use super::*;

        struct Session {
            uid: u32,
        }

        #[zbus::interface(name = "org.freedesktop.login1.Session")]
        impl Session {
            #[zbus(property)]
            fn user(&self) -> (u32, OwnedObjectPath) {
                (self.uid, OwnedObjectPath::try_from("/org/freedesktop/login1/user/somebody").unwrap())
            }
        }

        /// A bus of its own, which ends with this value.
        struct OwnBus(Child, String);

        impl OwnBus {
            fn start() -> Self {
                let mut daemon = Command::new("dbus-daemon")
                    .args(["--session", "--nofork", "--print-address"])
                    .stdout(Stdio::piped())
                    .spawn()
                    .expect("dbus-daemon is installed");
                let mut address = String::new();
                BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
                Self(daemon, address.trim().to_owned())
            }
        }

        impl Drop for OwnBus {
            fn drop(&mut self) {
                let _ = self.0.kill();
                let _ = self.0.wait();
            }
        }

        #[test]
        fn the_lock_of_another_users_session_wipes_nothing_here() {
            let bus = OwnBus::start();
            let uid = rustix::process::getuid().as_raw();
            let logind = Builder::address(bus.1.as_str())
                .and_then(|bus| bus.serve_at("/own", Session { uid }))
                .and_then(|bus| bus.serve_at("/other", Session { uid: uid + 1 }))
                .and_then(Builder::build)
                .unwrap();
            let here = Builder::address(bus.1.as_str()).and_then(Builder::build).unwrap();
            let mut signals = listen(&here, SESSION, "Lock").unwrap();
            for (session, of_another) in [("/other", true), ("/own", false), ("/unknown", false)] {
                logind.emit_signal(None::<&str>, session, SESSION, "Lock", &()).unwrap();
                let told = signals.next().expect("the bus goes on").unwrap();
                assert_eq!(is_of_another_user(&here, &told), of_another, "{session}");
            }
        }
    }
}
