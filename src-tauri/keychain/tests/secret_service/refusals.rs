//! Missing, locked, denied, absent: each says what it is, and nothing is created meanwhile.

use std::{
    fs,
    time::{Duration, Instant},
};

use domain::ports::{SecretStore, SecretStoreError};
use keychain::KeychainSecretStore;
use zbus::{blocking::Connection, zvariant::ObjectPath};

use crate::{
    APPLICATION, PLANTED, failures_of_all_calls, id, open, planted,
    private_session::{Bus, Password, test},
    stored,
};

#[test]
fn a_locked_keychain_is_locked_to_every_call_and_stays_as_it_was() {
    test("refusals::a_locked_keychain_is_locked_to_every_call_and_stays_as_it_was", Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Label", &planted()).expect("put");
        drop(keyring);
        let keyring = session.start_keyring(Password::Withheld);
        let before = fs::read(session.keyring_file()).expect("the keyring");

        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Locked), "the item is there but cannot be read");
        assert_eq!(
            failures_of_all_calls(&store),
            vec![SecretStoreError::Locked; 5],
            "“missing” may lead to creating something, so a locked keychain must never answer it"
        );
        assert_eq!(failures_of_all_calls(&open())[0], SecretStoreError::Locked, "a new store sees the same");

        assert_eq!(fs::read(session.keyring_file()).expect("the keyring"), before, "nothing was written");
        drop(keyring);
        let _keyring = session.start_keyring(Password::Given);
        assert_eq!(session.items(), [id(1).to_string()], "nothing was created");
        assert_eq!(stored(&store, id(1)), Ok(PLANTED.as_bytes().to_vec()), "unlocked, the same store goes on");
    });
}

#[test]
fn a_prompt_that_nobody_answers_ends_before_the_time_limit_as_locked() {
    test("refusals::a_prompt_that_nobody_answers_ends_before_the_time_limit_as_locked", Bus::Open, |session| {
        drop(session.start_keyring(Password::Given));
        let _keyring = session.start_keyring(Password::Withheld);
        // gnome-keyring asks this name to show its dialog; nobody behind it ever answers.
        let prompter = Connection::session().expect("the bus");
        prompter.request_name("org.gnome.keyring.SystemPrompter").expect("the name is free");

        let store = KeychainSecretStore::open(APPLICATION, Duration::from_secs(1));
        for _ in 0..2 {
            let begun = Instant::now();
            assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Locked));
            let taken = begun.elapsed();
            assert!(taken > Duration::from_millis(500), "the user gets the time to answer, not {taken:?}");
            assert!(taken < Duration::from_secs(1), "no call may take longer than its limit, but this took {taken:?}");
        }
        let begun = Instant::now();
        assert_eq!(store.probe(), Err(SecretStoreError::Locked));
        assert!(begun.elapsed() < Duration::from_millis(500), "asking whether it is locked shows no prompt");
    });
}

#[test]
fn a_keychain_that_is_locked_between_two_calls_asks_nobody_where_nobody_asked_for_the_call() {
    let name = "refusals::a_keychain_that_is_locked_between_two_calls_asks_nobody_where_nobody_asked_for_the_call";
    test(name, Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        // As above: a prompt would stay on the screen.
        let prompter = Connection::session().expect("the bus");
        prompter.request_name("org.gnome.keyring.SystemPrompter").expect("the name is free");
        let store = KeychainSecretStore::open(APPLICATION, Duration::from_secs(2));
        let unattended = store.unattended();
        unattended.put(id(1), "Label", &planted()).expect("unlocked, it works like any other");
        assert_eq!(stored(&store, id(1)), Ok(PLANTED.as_bytes().to_vec()), "it is the same keychain");
        assert_eq!(unattended.probe(), Ok(()), "and then somebody locks it");
        lock_keyring(&prompter);

        let begun = Instant::now();
        for failure in failures_of_all_calls(&unattended) {
            assert_eq!(failure, SecretStoreError::Locked);
        }
        assert_eq!(stored(&unattended, id(1)), Err(SecretStoreError::Locked), "locked is not missing");
        let taken = begun.elapsed();
        assert!(taken < Duration::from_secs(1), "nobody was asked, so nobody was waited for, but this took {taken:?}");
        let begun = Instant::now();
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Locked));
        assert!(begun.elapsed() > Duration::from_secs(1), "what a person does still asks");
    });
}

/// Locks the login keyring, as a person does in the keychain app.
fn lock_keyring(bus: &Connection) {
    let login = ObjectPath::from_static_str_unchecked("/org/freedesktop/secrets/collection/login");
    let (service, interface) = ("org.freedesktop.secrets", "org.freedesktop.Secret.Service");
    bus.call_method(Some(service), "/org/freedesktop/secrets", Some(interface), "Lock", &vec![login])
        .expect("the keyring is locked");
}

#[test]
fn without_a_secret_service_there_is_no_keychain_until_one_is_started() {
    test("refusals::without_a_secret_service_there_is_no_keychain_until_one_is_started", Bus::Open, |session| {
        let store = open();
        for failure in failures_of_all_calls(&store) {
            assert_eq!(failure, SecretStoreError::NoKeychain);
        }
        let keyring = session.start_keyring(Password::Given);
        assert_eq!(store.probe(), Ok(()), "the user started it: no restart of the app is needed");
        store.put(id(1), "Label", &planted()).expect("put");
        drop(keyring);
        for failure in failures_of_all_calls(&store) {
            assert_eq!(failure, SecretStoreError::NoKeychain, "it has gone again");
        }
    });
}

#[test]
fn a_service_without_a_default_collection_is_no_keychain() {
    test("refusals::a_service_without_a_default_collection_is_no_keychain", Bus::Open, |session| {
        // Never unlocked, so gnome-keyring has not created its login keyring.
        let _keyring = session.start_keyring(Password::Withheld);
        for failure in failures_of_all_calls(&open()) {
            assert_eq!(failure, SecretStoreError::NoKeychain);
        }
    });
}

#[test]
fn without_a_session_bus_there_is_no_keychain() {
    test("refusals::without_a_session_bus_there_is_no_keychain", Bus::None, |_| {
        for failure in failures_of_all_calls(&open()) {
            assert_eq!(failure, SecretStoreError::NoKeychain);
        }
    });
}

#[test]
fn a_bus_that_denies_access_to_secrets_is_denied_to_every_call() {
    test("refusals::a_bus_that_denies_access_to_secrets_is_denied_to_every_call", Bus::DeniesSecrets, |session| {
        let _keyring = session.start_keyring(Password::Given);
        for failure in failures_of_all_calls(&open()) {
            assert_eq!(failure, SecretStoreError::Denied, "the keychain is there, but not for this program");
        }
    });
}
