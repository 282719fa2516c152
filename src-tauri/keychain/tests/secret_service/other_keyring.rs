//! Items in a keyring that is not the default one: somebody moved them, or another keyring was the default then.

use std::{
    collections::HashMap,
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use domain::{
    documents::SecretBytes,
    ports::{SecretStore, SecretStoreError},
};
use keychain::KeychainSecretStore;
use zbus::{
    blocking::{Connection, fdo},
    names::BusName,
    zvariant::{DynamicType, ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{
    APPLICATION, PLANTED, binary,
    display::Display,
    id, open, planted,
    private_session::{Bus, Password, Running, test, wait_until},
    stored,
};

const PASSWORD: &str = "work password";

/// A second keyring, which is locked and unlocked on its own.
struct Work {
    bus: Connection,
    path: OwnedObjectPath,
}

impl Work {
    /// Creates it without a dialog, by an interface that gnome-keyring has for its own use.
    fn create() -> Self {
        let bus = Connection::session().expect("the bus");
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service(&bus, "org.freedesktop.Secret.Service", "OpenSession", &("plain", Value::from("")));
        let properties = HashMap::from([("org.freedesktop.Secret.Collection.Label", Value::from("Work"))]);
        let nothing: &[u8] = &[];
        let path = service(
            &bus,
            "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
            "CreateWithMasterPassword",
            &(properties, (session, nothing, PASSWORD.as_bytes(), "text/plain")),
        );
        Self { bus, path }
    }

    fn lock(&self) {
        let _: (Vec<OwnedObjectPath>, OwnedObjectPath) =
            service(&self.bus, "org.freedesktop.Secret.Service", "Lock", &vec![&self.path]);
    }

    /// Runs `body` while it is the default keyring.
    fn as_default(&self, body: impl FnOnce()) {
        let login = ObjectPath::from_static_str_unchecked("/org/freedesktop/secrets/collection/login");
        let set = |path: &ObjectPath<'_>| {
            service::<()>(&self.bus, "org.freedesktop.Secret.Service", "SetAlias", &("default", path));
        };
        set(&self.path);
        body();
        set(&login);
    }

    /// How many items of ours are in it and in the others.
    fn items(&self) -> (usize, usize) {
        let (unlocked, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) = service(
            &self.bus,
            "org.freedesktop.Secret.Service",
            "SearchItems",
            &HashMap::from([("service", APPLICATION)]),
        );
        let ours = |path: &&OwnedObjectPath| path.starts_with(self.path.as_str());
        let all = || unlocked.iter().chain(&locked);
        (all().filter(ours).count(), all().count() - all().filter(ours).count())
    }
}

fn service<R>(bus: &Connection, interface: &str, method: &str, arguments: &(impl serde::Serialize + DynamicType)) -> R
where
    R: for<'de> zbus::zvariant::DynamicDeserialize<'de>,
{
    let (name, path) = ("org.freedesktop.secrets", "/org/freedesktop/secrets");
    let reply = bus.call_method(Some(name), path, Some(interface), method, arguments).expect(method);
    reply.body().deserialize().expect(method)
}

/// The program that shows gnome-keyring's dialogs.
fn start_prompter(display: &Display) -> Running {
    let service = fs::read_to_string("/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service");
    let service = service.expect("gnome-keyring comes with its prompter");
    let program = service.lines().find_map(|line| line.strip_prefix("Exec=")).expect("which program that is");
    let mut command = Command::new(program);
    command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").stdout(Stdio::null()).stderr(Stdio::null());
    let prompter = Running::start(&mut command, "the prompter is installed");
    let bus = Connection::session().and_then(|bus| fdo::DBusProxy::new(&bus)).expect("the bus");
    let name = || BusName::try_from("org.gnome.keyring.SystemPrompter").expect("a name");
    wait_until("the prompter is on the bus", || bus.name_has_owner(name()) == Ok(true));
    prompter
}

/// promise B5: the keyring that holds the item is named; a person is asked to unlock it, once; new items go to the default.
#[test]
fn an_item_in_another_locked_keyring_is_reached_by_unlocking_that_one() {
    test("other_keyring::an_item_in_another_locked_keyring_is_reached_by_unlocking_that_one", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let work = Work::create();
        let store = KeychainSecretStore::open(APPLICATION, Duration::from_secs(60));
        let unattended = store.unattended();
        let secret = binary(10_000);
        let put = || store.put(id(1), "In another keyring", &SecretBytes::new(secret.clone())).expect("put");
        work.as_default(put);
        let parts = work.items().0;
        assert!(parts > 1 && work.items().1 == 0, "a secret in parts, in that keyring alone: {:?}", work.items());
        work.lock();

        let locked = SecretStoreError::KeyringLocked { keyring: "Work".to_owned() };
        assert_eq!(stored(&unattended, id(1)), Err(locked.clone()), "nobody asked for this");
        assert_eq!(unattended.delete(id(1)), Err(locked.clone()));
        assert_eq!(locked.to_string(), "the keyring “Work”, which holds the secret, is locked");
        assert_eq!(store.probe(), Ok(()), "the keyring for new items is open");
        unattended.put(id(2), "New", &planted()).expect("that one is not needed for this");
        assert_eq!(stored(&unattended, id(2)), Ok(PLANTED.as_bytes().to_vec()));
        assert_eq!(work.items(), (parts, 1), "new items go to the default keyring");

        let display = Display::start(session);
        let prompter = start_prompter(&display);
        let refused = display.answering("Unlock", &[&["key", "Escape"]], || stored(&store, id(1)));
        assert_eq!(refused, Err(locked), "the error says which one it is about");
        let typed: [&[&str]; 2] = [&["type", "--delay", "20", PASSWORD], &["key", "Return"]];
        let read = display.answering("Unlock", &typed, || stored(&store, id(1)));
        assert!(read.as_ref() == Ok(&secret), "{:?}: one password for the head and all parts", read.err());
        drop(prompter);
        assert_eq!(unattended.delete(id(1)), Ok(()), "it is open now");
        assert_eq!(work.items(), (0, 1));
    });
}

/// promise B5: a dialog that nobody answers.
#[test]
fn a_question_about_another_keyring_that_nobody_answers_names_that_keyring() {
    let name = "other_keyring::a_question_about_another_keyring_that_nobody_answers_names_that_keyring";
    test(name, Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let work = Work::create();
        work.as_default(|| open().put(id(1), "In another keyring", &planted()).expect("put"));
        work.lock();
        // gnome-keyring asks this name to show its dialog; nobody behind it ever answers.
        work.bus.request_name("org.gnome.keyring.SystemPrompter").expect("the name is free");
        let store = KeychainSecretStore::open(APPLICATION, Duration::from_secs(1));
        let locked = SecretStoreError::KeyringLocked { keyring: "Work".to_owned() };
        assert_eq!(stored(&store, id(1)), Err(locked.clone()));
        assert_eq!(store.delete(id(1)), Err(locked), "the next call is made on a connection of its own");
        assert_eq!(work.items(), (1, 0));
    });
}
