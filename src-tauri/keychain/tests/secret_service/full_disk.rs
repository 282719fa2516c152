//! The keychain's own disk is full.

use domain::{
    documents::SecretBytes,
    ports::{SecretStore, SecretStoreError},
};

use crate::{
    PLANTED, binary, id, open, planted,
    private_session::{Bus, Password, test},
    reason, stored,
};

/// promise F9: the error says what is wrong, and nothing stays that could not be cleared up at once.
#[test]
fn a_secret_that_cannot_be_stored_leaves_nothing_and_the_error_says_why() {
    test("full_disk::a_secret_that_cannot_be_stored_leaves_nothing_and_the_error_says_why", Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let store = open();
        store.put(id(1), "Before", &planted()).expect("put");
        let items = session.items();

        keyring.limit_files(Some(256));
        let why = "it could not write its own file. Its disk may be full, or the file is protected";
        assert_eq!(reason(store.put(id(2), "Small", &planted()).expect_err("the disk is full")), why);
        let large = SecretBytes::new(binary(10_000));
        assert_eq!(reason(store.put(id(3), "Large", &large).expect_err("the disk is full")), why);
        for number in [2, 3] {
            assert_eq!(stored(&store, id(number)), Err(SecretStoreError::Missing));
            assert_eq!(store.delete(id(number)), Ok(()), "what was not stored can be given up while the disk is full");
        }
        assert_eq!(stored(&store, id(1)), Ok(PLANTED.as_bytes().to_vec()), "reading goes on");
        assert_eq!(reason(store.delete(id(1)).expect_err("the disk is full")), why);

        keyring.limit_files(None);
        assert_eq!(session.items(), items, "nothing of the failed attempts is left");
        store.put(id(2), "Small", &planted()).expect("there is room again");
        store.delete(id(1)).expect("there is room again");
        drop(keyring);
        let _keyring = session.start_keyring(Password::Given);
        assert_eq!(session.items(), [id(2).to_string()], "the file says the same");
    });
}
