//! Round trips, and what other programs see of the items.

use std::{collections::BTreeSet, fs, thread, time::Duration};

use domain::{
    documents::SecretBytes,
    ports::{SecretStore, SecretStoreError},
};
use keychain::KeychainSecretStore;
use keyring::Entry;

use crate::{
    APPLICATION, PLANTED, TIME_LIMIT, binary, id, open, planted,
    private_session::{Bus, Password, test},
    stored,
};

#[test]
fn what_was_put_comes_back_byte_for_byte_until_it_is_deleted() {
    test("store::what_was_put_comes_back_byte_for_byte_until_it_is_deleted", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let every_byte: Vec<u8> = (0..=255).collect();
        let secrets = [
            ("text", PLANTED.as_bytes().to_vec()),
            ("text of two lines", "first\nsecond\n".as_bytes().to_vec()),
            ("every byte", every_byte),
            ("an RSA-2048 key", binary(1190)),
            ("an RSA-4096 key", binary(2400)),
            ("as much as one item holds", binary(2560)),
            ("one byte", vec![0]),
            ("nothing", vec![]),
        ];
        for (number, (what, bytes)) in (1..).zip(&secrets) {
            store.put(id(number), what, &SecretBytes::new(bytes.clone())).expect(what);
        }
        assert_eq!(session.items().len(), secrets.len(), "a secret that fits is one item");
        for (number, (what, bytes)) in (1..).zip(&secrets) {
            assert_eq!(stored(&store, id(number)).as_ref(), Ok(bytes), "{what} must come back as it was put");
        }
        for number in 1..=secrets.len() as u128 {
            store.delete(id(number)).expect("delete");
            assert_eq!(stored(&store, id(number)), Err(SecretStoreError::Missing));
        }
        assert_eq!(session.items(), Vec::<String>::new(), "nothing may stay behind");
    });
}

/// Promise F6: whether secrets of another installation are in the keychain can be asked.
#[test]
fn all_secrets_of_the_application_are_listed_by_their_ids() {
    test("store::all_secrets_of_the_application_are_listed_by_their_ids", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        assert_eq!(store.list(), Ok(BTreeSet::new()));
        store.put(id(1), "one item", &planted()).expect("put");
        store.put(id(2), "a head and parts", &SecretBytes::new(binary(6000))).expect("put");
        KeychainSecretStore::open("Another application", TIME_LIMIT).put(id(3), "foreign", &planted()).expect("put");
        assert_eq!(store.list(), Ok([id(1), id(2)].into()), "neither parts nor foreign items");
        store.delete(id(2)).expect("delete");
        assert_eq!(store.list(), Ok([id(1)].into()));
    });
}

#[test]
fn a_person_finds_the_item_by_its_label_and_reads_the_secret_with_secret_tool() {
    test("store::a_person_finds_the_item_by_its_label_and_reads_the_secret_with_secret_tool", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        open().put(id(1), "Client secret “orders”, portal Zürich", &planted()).expect("put");

        let seen = session.secret_tool(&["search", "service", "Drawbridge"]);
        for line in [
            "label = Client secret “orders”, portal Zürich",
            "attribute.service = Drawbridge",
            "attribute.username = 01900000-0000-7000-8000-000000000001",
        ] {
            assert!(seen.lines().any(|seen| seen == line), "{line:?} must be among what is found: {seen}");
        }
        let key = id(1).to_string();
        let secret = session.secret_tool(&["lookup", "service", "Drawbridge", "username", &key]);
        assert_eq!(secret, PLANTED, "what secret-tool prints is pasted elsewhere, so it is the secret and no more");
    });
}

/// `keyring` is the crate by which programs in Rust use the keychain. It finds an item by service and user.
#[test]
fn a_program_that_uses_keyring_finds_the_items_and_what_it_changes_is_found() {
    test("store::a_program_that_uses_keyring_finds_the_items_and_what_it_changes_is_found", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Client secret", &planted()).expect("put");
        let entry = Entry::new(APPLICATION, &id(1).to_string()).expect("the keychain");
        assert_eq!(entry.get_password().expect("the item"), PLANTED);
        let attributes = entry.inner.get_attributes().expect("the attributes");
        assert_eq!(attributes.get("username"), Some(&id(1).to_string()), "{attributes:?}");

        entry.set_password("another=secret+1").expect("changed");
        assert_eq!(stored(&store, id(1)), Ok(b"another=secret+1".to_vec()));
        assert_eq!(session.items(), [id(1).to_string()], "it is the same item");
        entry.delete_credential().expect("deleted");
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Missing));

        let by_keyring = Entry::new(APPLICATION, &id(2).to_string()).expect("the keychain");
        by_keyring.set_password("by keyring").expect("stored");
        assert_eq!(stored(&store, id(2)), Ok(b"by keyring".to_vec()));
        store.put(id(2), "Now ours", &planted()).expect("put");
        assert_eq!(by_keyring.get_password().expect("one item, not two"), PLANTED);
        store.delete(id(2)).expect("delete");
        assert!(matches!(by_keyring.get_password(), Err(keyring::Error::NoEntry)));
    });
}

#[test]
fn putting_again_replaces_secret_and_label_and_leaves_one_item() {
    test("store::putting_again_replaces_secret_and_label_and_leaves_one_item", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Old label", &SecretBytes::new(b"old".to_vec())).expect("first put");
        store.put(id(1), "New label", &SecretBytes::new(b"new".to_vec())).expect("second put");
        assert_eq!(stored(&store, id(1)), Ok(b"new".to_vec()));
        let seen = session.secret_tool(&["search", "--all", "service", "Drawbridge"]);
        assert!(seen.contains("label = New label"), "the label says what the item is now: {seen}");
        assert_eq!(session.items().len(), 1, "two items of one id could not be told apart");
    });
}

#[test]
fn an_empty_label_is_no_reason_to_refuse_a_secret() {
    test("store::an_empty_label_is_no_reason_to_refuse_a_secret", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        open().put(id(1), "", &planted()).expect("put");
        assert!(session.secret_tool(&["search", "service", "Drawbridge"]).contains("label = Drawbridge"));
    });
}

#[test]
fn what_does_not_exist_is_missing_to_get_and_done_to_delete() {
    test("store::what_does_not_exist_is_missing_to_get_and_done_to_delete", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Missing));
        assert_eq!(store.delete(id(1)), Ok(()), "deleting must be repeatable after an interruption");
        assert_eq!(store.probe(), Ok(()));
        assert_eq!(session.items(), Vec::<String>::new(), "asking must create nothing");
    });
}

#[test]
fn two_items_of_one_id_are_an_error_rather_than_a_guess() {
    test("store::two_items_of_one_id_are_an_error_rather_than_a_guess", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Ours", &planted()).expect("put");
        let script =
            format!("printf other | secret-tool store --label=Theirs service Drawbridge username {} more yes", id(1));
        let stored_too = std::process::Command::new("sh").args(["-c", &script]).status().expect("sh");
        assert!(stored_too.success());
        let reason = crate::reason(store.get(id(1)).expect_err("which of the two?"));
        assert_eq!(reason, "2 items carry the same id");
    });
}

#[test]
fn secrets_put_by_many_threads_at_once_all_arrive() {
    test("store::secrets_put_by_many_threads_at_once_all_arrive", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        thread::scope(|threads| {
            for number in 1..=16_u128 {
                let store = &store;
                threads.spawn(move || {
                    let bytes = number.to_be_bytes().to_vec();
                    store.put(id(number), "Many", &SecretBytes::new(bytes.clone())).expect("put");
                    assert_eq!(stored(store, id(number)), Ok(bytes));
                });
            }
        });
        assert_eq!(session.items().len(), 16);
    });
}

#[test]
fn a_store_goes_on_after_the_keyring_daemon_was_restarted() {
    test("store::a_store_goes_on_after_the_keyring_daemon_was_restarted", Bus::Open, |session| {
        let store = open();
        let keyring = session.start_keyring(Password::Given);
        store.put(id(1), "Label", &planted()).expect("put");
        drop(keyring);
        let _keyring = session.start_keyring(Password::Given);
        assert_eq!(
            stored(&store, id(1)),
            Ok(PLANTED.as_bytes().to_vec()),
            "the old session with the daemon is void, but the user did nothing wrong"
        );
    });
}

#[test]
fn dropping_the_store_ends_its_thread() {
    test("store::dropping_the_store_ends_its_thread", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Label", &planted()).expect("put");
        assert_eq!(keychain_threads(), 1, "one thread makes all calls");
        drop(store);
        for _ in 0..200 {
            if keychain_threads() == 0 {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the worker thread is still there two seconds later");
    });
}

fn keychain_threads() -> usize {
    let tasks = fs::read_dir("/proc/self/task").expect("procfs");
    let name = |task: fs::DirEntry| fs::read_to_string(task.path().join("comm")).unwrap_or_default();
    tasks.filter_map(Result::ok).map(name).filter(|name| name.trim() == "keychain").count()
}
