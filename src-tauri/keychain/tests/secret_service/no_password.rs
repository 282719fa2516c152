//! A keyring without a password: what comes with logging in automatically. gnome-keyring keeps it unencrypted, text raw, and
//! reads it with escapes.

use std::fs;

use domain::{documents::SecretBytes, ports::SecretStore};

use crate::{
    awkward_texts, binary, id, open, planted,
    private_session::{Bus, Password, test},
    stored,
};

/// promise B1: what was stored comes back byte for byte, and the keyring stays readable, for other programs, too.
#[test]
fn every_secret_is_the_same_after_each_restart_of_the_daemon() {
    test("no_password::every_secret_is_the_same_after_each_restart_of_the_daemon", Bus::Open, |session| {
        let mut secrets = awkward_texts();
        secrets.extend([binary(1190), binary(2400), binary(10_000), vec![0x30, 0xff], vec![0xff; 2561]]);
        let store = open();
        let keyring = session.start_keyring(Password::None);
        for (number, secret) in (1..).zip(&secrets) {
            // Labels are a person's words, too.
            let label = format!("  Label [{number}] \\n {{x}}\n=# ä ");
            store.put(id(number), &label, &SecretBytes::new(secret.clone())).expect("put");
        }
        drop(keyring);
        for restart in 1..=3 {
            let _keyring = session.start_keyring(Password::None);
            for (number, secret) in (1..).zip(&secrets) {
                assert_eq!(stored(&store, id(number)).as_ref(), Ok(secret), "secret {number}, restart {restart}");
            }
            let foreign = session.foreign_item();
            // Each write makes the daemon write what it has read.
            store.put(id(1000 + restart), "One more", &planted()).expect("put");
            assert_eq!(session.foreign_item(), foreign);
        }
        let file = fs::read(session.keyring_file()).expect("the keyring");
        assert!(file.starts_with(b"[keyring]"), "this is about a keyring that is not encrypted");
    });
}

/// promise B1: an item that was stored before there was a form for it.
#[test]
fn an_item_of_the_old_form_is_read_as_it_is_and_stored_in_the_new_form_when_it_is_written_next() {
    let name =
        "no_password::an_item_of_the_old_form_is_read_as_it_is_and_stored_in_the_new_form_when_it_is_written_next";
    test(name, Bus::Open, |session| {
        let keyring = session.start_keyring(Password::None);
        let old = "two words";
        let script = format!("printf '{old}' | secret-tool store --label=Old service Drawbridge username {}", id(1));
        assert!(std::process::Command::new("sh").args(["-c", &script]).status().expect("sh").success());
        let store = open();
        assert_eq!(stored(&store, id(1)), Ok(old.as_bytes().to_vec()));
        let raw = format!("secret={old}\n");
        let in_file = || fs::read_to_string(session.keyring_file()).expect("the keyring").contains(&raw);
        assert!(in_file(), "this is the old form");
        store.put(id(1), "New", &SecretBytes::new(old.as_bytes().to_vec())).expect("put");
        assert!(!in_file());
        drop(keyring);
        let _keyring = session.start_keyring(Password::None);
        assert_eq!(stored(&store, id(1)), Ok(old.as_bytes().to_vec()));
        assert_eq!(session.items().len(), 1, "it is the same item");
    });
}

/// promise B4: after an automatic login such a keyring counts as locked, but nobody has to be asked for it.
#[test]
fn a_keyring_that_only_counts_as_locked_is_used_without_asking_anybody() {
    test("no_password::a_keyring_that_only_counts_as_locked_is_used_without_asking_anybody", Bus::Open, |session| {
        let store = open();
        let unattended = store.unattended();
        let restart = |keyring| {
            drop(keyring);
            session.start_keyring(Password::None)
        };
        let keyring = restart(session.start_keyring(Password::None));
        assert_eq!(store.probe(), Ok(()), "the banner must not ask to unlock what has no lock");
        let keyring = restart(keyring);
        unattended.put(id(1), "Label", &planted()).expect("put");
        let keyring = restart(keyring);
        assert_eq!(stored(&unattended, id(1)).as_deref(), Ok(crate::PLANTED.as_bytes()));
        let _keyring = restart(keyring);
        assert_eq!(unattended.delete(id(1)), Ok(()));
        assert_eq!(session.items(), Vec::<String>::new());
    });
}
