//! A small Secret Service that stands in for gnome-keyring: it has one item at most, counts its prompts, and has them
//! answered as the test says.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use zbus::{
    blocking::{Connection, connection},
    object_server::SignalEmitter,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

const COLLECTION: &str = "/org/freedesktop/secrets/collection/hidden";
const ITEM: &str = "/org/freedesktop/secrets/collection/hidden/1";
const PROMPT: &str = "/org/freedesktop/secrets/prompt/1";
const DELETION: &str = "/org/freedesktop/secrets/prompt/2";

/// What the user does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Agrees,
    Dismisses,
    /// Nothing yet: the dialog is open on another screen.
    DoesNotSeeIt,
}

/// It has the name of the Secret Service on the bus as long as the connection of [`Self::start`] lives.
#[derive(Clone)]
pub struct Keychain {
    pub locked: Arc<AtomicBool>,
    pub has_item: Arc<AtomicBool>,
    prompts: Arc<AtomicUsize>,
    answer: Answer,
}

impl Keychain {
    pub fn start(answer: Answer) -> (Self, Connection) {
        let keychain = Self {
            locked: Arc::new(AtomicBool::new(true)),
            has_item: Arc::new(AtomicBool::new(false)),
            prompts: Arc::new(AtomicUsize::new(0)),
            answer,
        };
        let connection = connection::Builder::session()
            .and_then(|bus| bus.name("org.freedesktop.secrets"))
            .and_then(|bus| bus.serve_at("/org/freedesktop/secrets", Service(keychain.clone())))
            .and_then(|bus| bus.serve_at("/org/freedesktop/secrets/aliases/default", Collection(keychain.clone())))
            .and_then(|bus| bus.serve_at(COLLECTION, Collection(keychain.clone())))
            .and_then(|bus| bus.serve_at(ITEM, Item))
            .and_then(|bus| bus.serve_at(PROMPT, Prompt(keychain.clone(), Effect::Unlocks)))
            .and_then(|bus| bus.serve_at(DELETION, Prompt(keychain.clone(), Effect::DeletesTheItem)))
            .and_then(connection::Builder::build)
            .expect("the stand-in is on the bus");
        (keychain, connection)
    }

    pub fn prompts(&self) -> usize {
        self.prompts.load(Ordering::SeqCst)
    }
}

struct Service(Keychain);

#[zbus::interface(name = "org.freedesktop.Secret.Service")]
impl Service {
    fn read_alias(&self, _name: &str) -> OwnedObjectPath {
        path(COLLECTION)
    }

    fn unlock(&self, _objects: Vec<ObjectPath<'_>>) -> (Vec<OwnedObjectPath>, OwnedObjectPath) {
        (Vec::new(), path(PROMPT))
    }

    fn open_session(&self, _algorithm: &str, _input: Value<'_>) -> (OwnedValue, OwnedObjectPath) {
        let public_key = Value::from(vec![2_u8]).try_into_owned().expect("no file descriptor");
        (public_key, path("/org/freedesktop/secrets/session/1"))
    }

    /// A locked keychain may hide its items, as KeePassXC does.
    fn search_items(&self, attributes: HashMap<&str, &str>) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        let is_there = self.0.has_item.load(Ordering::SeqCst) && attributes.contains_key("username");
        (is_there.then(|| path(ITEM)).into_iter().collect(), Vec::new())
    }
}

struct Collection(Keychain);

#[zbus::interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    #[zbus(property)]
    fn locked(&self) -> bool {
        self.0.locked.load(Ordering::SeqCst)
    }
}

struct Item;

#[zbus::interface(name = "org.freedesktop.Secret.Item")]
impl Item {
    #[zbus(property)]
    fn locked(&self) -> bool {
        false
    }

    /// As KeePassXC can be told to, it asks before each deletion.
    fn delete(&self) -> OwnedObjectPath {
        path(DELETION)
    }
}

/// What a prompt does that is not dismissed.
#[derive(Clone, Copy)]
enum Effect {
    Unlocks,
    DeletesTheItem,
}

struct Prompt(Keychain, Effect);

#[zbus::interface(name = "org.freedesktop.Secret.Prompt")]
impl Prompt {
    async fn prompt(&self, _window: &str, #[zbus(signal_emitter)] prompt: SignalEmitter<'_>) {
        self.0.prompts.fetch_add(1, Ordering::SeqCst);
        let dismissed = match self.0.answer {
            Answer::Agrees => false,
            Answer::Dismisses => true,
            Answer::DoesNotSeeIt => return,
        };
        let changes = match self.1 {
            Effect::Unlocks => &self.0.locked,
            Effect::DeletesTheItem => &self.0.has_item,
        };
        changes.store(dismissed, Ordering::SeqCst);
        Self::completed(&prompt, dismissed, Value::from("")).await.expect("the signal is sent");
    }

    #[zbus(signal)]
    async fn completed(prompt: &SignalEmitter<'_>, dismissed: bool, result: Value<'_>) -> zbus::Result<()>;
}

fn path(path: &'static str) -> OwnedObjectPath {
    ObjectPath::from_static_str_unchecked(path).into()
}
