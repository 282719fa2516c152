//! Secrets that are larger than an item.

use std::collections::HashMap;

use domain::{
    documents::SecretBytes,
    id::SecretId,
    ports::{SecretStore, SecretStoreError},
};
use keychain::SECRET_LIMIT;
use keyring::Entry;
use secret_service::{EncryptionType, blocking::SecretService};

use crate::{
    APPLICATION, binary, id, open, planted,
    private_session::{Bus, Password, test},
    reason, stored,
};

fn part(id: SecretId, name: &str) -> String {
    format!("{id}.part-{name}")
}

/// Changes an item behind the store's back.
fn overwrite(name: &str, bytes: &[u8]) {
    Entry::new(APPLICATION, name).and_then(|entry| entry.set_secret(bytes)).expect("the item is changed");
}

/// Creates the parts that a `put` has written when it is killed before it writes the head.
fn leave_parts(id: SecretId, names: &[&str]) {
    let service = SecretService::connect(EncryptionType::Dh).expect("the keychain");
    let collection = service.get_default_collection().expect("the login keyring");
    let secret = id.to_string();
    for name in names {
        let name = part(id, name);
        let attributes = HashMap::from([("service", APPLICATION), ("username", &name), ("part-of", &secret)]);
        collection.create_item("Left over", attributes, &[7; 2560], true, "text/plain").expect("the part is created");
    }
}

fn read(name: &str) -> Vec<u8> {
    Entry::new(APPLICATION, name).and_then(|entry| entry.get_secret()).expect("the item exists")
}

#[test]
fn a_large_secret_is_kept_in_parts_that_a_person_recognises() {
    test("parts::a_large_secret_is_kept_in_parts_that_a_person_recognises", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let secret = binary(10_000);
        store.put(id(1), "Private CA", &SecretBytes::new(secret.clone())).expect("put");
        let names = ["a1", "a2", "a3", "a4", "a5", "a6"];
        let mut items = vec![id(1).to_string()];
        items.extend(names.map(|name| part(id(1), name)));
        assert_eq!(session.items(), items, "13,389 bytes in base64, behind their mark");
        let seen = session.secret_tool(&["search", "--all", "service", "Drawbridge"]);
        for label in ["label = Private CA", "label = Private CA (part 1 of 6)", "label = Private CA (part 6 of 6)"] {
            assert!(seen.lines().any(|line| line == label), "{label:?} must be readable in the keychain app");
        }
        for name in names {
            assert!(read(&part(id(1), name)).len() <= 2560, "Windows takes no larger item");
        }
        assert_eq!(stored(&store, id(1)), Ok(secret));
    });
}

#[test]
fn a_missing_or_damaged_part_is_an_error_and_never_a_shorter_secret() {
    test("parts::a_missing_or_damaged_part_is_an_error_and_never_a_shorter_secret", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let secret = binary(10_000);
        store.put(id(1), "Private CA", &SecretBytes::new(secret.clone())).expect("put");
        let failure = || reason(store.get(id(1)).expect_err("the secret is not whole"));

        let (second, last) = (part(id(1), "a2"), part(id(1), "a6"));
        let (second_bytes, last_bytes) = (read(&second), read(&last));
        let mut flipped = second_bytes.clone();
        flipped[1000] ^= 1;
        overwrite(&second, &flipped);
        assert_eq!(failure(), "a part of the secret is damaged", "one flipped bit");
        overwrite(&second, &second_bytes[1..]);
        assert_eq!(failure(), "a part of the secret is damaged", "a shorter part");
        overwrite(&second, &second_bytes);
        overwrite(&last, &[&last_bytes[..], b"x"].concat());
        assert_eq!(failure(), "part 6 of 6 of the secret is too long");
        overwrite(&last, &last_bytes);
        assert_eq!(stored(&store, id(1)), Ok(secret.clone()), "repaired");

        let head = read(&id(1).to_string());
        overwrite(&id(1).to_string(), &head[..head.len() - 70]);
        assert_eq!(failure(), "the head of a secret in parts is damaged");
        overwrite(&id(1).to_string(), &head);

        session.secret_tool(&["clear", "service", "Drawbridge", "username", &second]);
        assert_eq!(failure(), "part 2 of 6 of the secret is missing");

        store.delete(id(1)).expect("delete");
        assert_eq!(session.items(), Vec::<String>::new(), "the parts behind the gap go, too");
    });
}

#[test]
fn replacing_removes_the_parts_that_are_not_needed_any_more() {
    test("parts::replacing_removes_the_parts_that_are_not_needed_any_more", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let put = |length| {
            let secret = binary(length);
            store.put(id(1), "Label", &SecretBytes::new(secret.clone())).expect("put");
            assert_eq!(stored(&store, id(1)), Ok(secret));
        };
        put(10_000);
        put(20_000);
        assert_eq!(session.items().len(), 1 + 11, "only the parts of the new secret");
        put(3_000);
        assert_eq!(session.items().len(), 1 + 2);
        put(100);
        assert_eq!(session.items(), [id(1).to_string()]);
        put(10_000);
        store.delete(id(1)).expect("delete");
        assert_eq!(session.items(), Vec::<String>::new());
    });
}

#[test]
fn a_replacement_that_was_interrupted_leaves_the_old_secret_whole() {
    test("parts::a_replacement_that_was_interrupted_leaves_the_old_secret_whole", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let old = binary(10_000);
        store.put(id(1), "Label", &SecretBytes::new(old.clone())).expect("put");
        leave_parts(id(1), &["b1", "b2", "b3", "b4", "b5"]);
        assert_eq!(stored(&store, id(1)), Ok(old), "the head is what makes a secret exist");

        let new = binary(6_000);
        store.put(id(1), "Label", &SecretBytes::new(new.clone())).expect("put again");
        assert_eq!(stored(&store, id(1)), Ok(new));
        assert_eq!(session.items().len(), 1 + 4, "neither the old parts nor the left-over ones stay");
    });
}

#[test]
fn parts_without_a_head_are_no_secret_and_are_removed() {
    test("parts::parts_without_a_head_are_no_secret_and_are_removed", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        leave_parts(id(1), &["a1", "a2", "b1"]);
        assert_eq!(session.items().len(), 3);
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Missing));
        store.delete(id(1)).expect("delete");
        assert_eq!(session.items(), Vec::<String>::new(), "deleting finishes an interrupted delete or put");
        leave_parts(id(1), &["a1", "a2", "b1"]);
        store.put(id(1), "Label", &planted()).expect("put");
        // The parts go before the next call, if not before this one returns.
        assert_eq!(store.probe(), Ok(()));
        assert_eq!(session.items(), [id(1).to_string()]);
    });
}

#[test]
fn a_small_secret_that_looks_like_a_head_comes_back_as_it_was() {
    test("parts::a_small_secret_that_looks_like_a_head_comes_back_as_it_was", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Large", &SecretBytes::new(binary(10_000))).expect("put");
        let head = read(&id(1).to_string());
        store.put(id(2), "Looks like a head", &SecretBytes::new(head.clone())).expect("put");
        assert_eq!(stored(&store, id(2)), Ok(head), "no secret may be taken for a head");
    });
}

#[test]
fn a_secret_above_the_limit_is_refused_and_leaves_nothing() {
    test("parts::a_secret_above_the_limit_is_refused_and_leaves_nothing", Bus::Open, |session| {
        let _keyring = session.start_keyring(Password::Given);
        let store = open();
        let too_large = SecretBytes::new(binary(SECRET_LIMIT + 1));
        let refusal = SecretStoreError::TooLarge { bytes: 65_537, limit: 65_536 };
        assert_eq!(store.put(id(1), "Label", &too_large), Err(refusal));
        assert_eq!(session.items(), Vec::<String>::new());
        let largest = binary(SECRET_LIMIT);
        store.put(id(1), "Label", &SecretBytes::new(largest.clone())).expect("the limit itself is allowed");
        assert_eq!(stored(&store, id(1)), Ok(largest));
    });
}
