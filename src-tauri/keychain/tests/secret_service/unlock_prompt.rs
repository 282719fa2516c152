//! The prompts by which the user unlocks the keychain and confirms that an item is deleted.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use domain::ports::{SecretStore, SecretStoreError};

use keychain::KeychainSecretStore;

use crate::{
    APPLICATION, failures_of_all_calls, id, open,
    private_session::{Bus, test},
    stand_in::{Answer, Keychain},
    stored,
};

#[test]
fn a_call_goes_on_when_the_user_types_the_password() {
    test("unlock_prompt::a_call_goes_on_when_the_user_types_the_password", Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::Agrees);
        let store = open();
        assert_eq!(store.probe(), Err(SecretStoreError::Locked));
        assert_eq!(keychain.prompts(), 0, "asking whether the keychain is locked must not prompt");
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Missing), "unlocked, it is seen that there is no item");
        assert_eq!(store.delete(id(1)), Ok(()));
        assert_eq!(keychain.prompts(), 1, "one password is enough");
    });
}

/// Promise E4: over SSH the dialog is on another screen, and a command must not wait in silence.
#[test]
fn a_person_who_does_not_see_the_dialog_is_told_once_that_there_may_be_one() {
    test("unlock_prompt::a_person_who_does_not_see_the_dialog_is_told_once_that_there_may_be_one", Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::DoesNotSeeIt);
        let told = Arc::new(AtomicUsize::new(0));
        let tells = Arc::clone(&told);
        let limit = std::time::Duration::from_secs(4);
        let store = KeychainSecretStore::open(APPLICATION, limit).telling(move |waits| {
            tells.fetch_add(usize::from(waits), Ordering::SeqCst);
        });
        assert_eq!(stored(&store.unattended(), id(1)), Err(SecretStoreError::Locked));
        assert_eq!(told.load(Ordering::SeqCst), 0, "where nobody is asked nobody is told");
        let waited = std::thread::spawn(move || store.get(id(1)));
        // Which of the two comes first is open.
        while told.load(Ordering::SeqCst) == 0 || keychain.prompts() == 0 {
            assert!(!waited.is_finished(), "it has to be told while the dialog is open");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let end = waited.join().expect("a result");
        assert!(matches!(end, Err(SecretStoreError::Broken { .. } | SecretStoreError::Locked)), "{end:?}");
        assert_eq!(told.load(Ordering::SeqCst), 1, "once");
        assert_eq!(keychain.prompts(), 1);
    });
}

#[test]
fn where_nobody_asked_for_a_call_a_locked_keychain_stays_locked_and_no_prompt_is_shown() {
    let name = "unlock_prompt::where_nobody_asked_for_a_call_a_locked_keychain_stays_locked_and_no_prompt_is_shown";
    test(name, Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::Agrees);
        let store = open();
        let unattended = store.unattended();
        for failure in failures_of_all_calls(&unattended) {
            assert_eq!(failure, SecretStoreError::Locked);
        }
        assert_eq!(keychain.prompts(), 0);
        assert_eq!(store.delete(id(1)), Ok(()), "a person is asked");
        assert_eq!(keychain.prompts(), 1);
        assert_eq!(stored(&unattended, id(1)), Err(SecretStoreError::Missing), "unlocked, it can be used");
    });
}

#[test]
fn a_dismissed_prompt_is_locked_even_when_the_keychain_shows_no_items() {
    test("unlock_prompt::a_dismissed_prompt_is_locked_even_when_the_keychain_shows_no_items", Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::Dismisses);
        let store = open();
        assert_eq!(stored(&store, id(1)), Err(SecretStoreError::Locked), "hidden is not missing");
        assert_eq!(store.delete(id(1)), Err(SecretStoreError::Locked), "hidden is not removed");
        assert_eq!(keychain.prompts(), 2, "one prompt for each call that needs the keychain");
    });
}

#[test]
fn a_deletion_that_the_keychain_asks_about_waits_for_a_person() {
    test("unlock_prompt::a_deletion_that_the_keychain_asks_about_waits_for_a_person", Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::Agrees);
        keychain.locked.store(false, Ordering::SeqCst);
        keychain.has_item.store(true, Ordering::SeqCst);
        let store = open();
        for _ in 0..2 {
            assert_eq!(store.unattended().delete(id(1)), Err(SecretStoreError::Locked));
        }
        assert_eq!(keychain.prompts(), 0, "nobody asked for this, so nobody is asked");
        assert_eq!(store.delete(id(1)), Ok(()));
        assert_eq!(keychain.prompts(), 1);
        assert!(!keychain.has_item.load(Ordering::SeqCst));
    });
}

#[test]
fn a_deletion_that_a_person_does_not_confirm_is_none() {
    test("unlock_prompt::a_deletion_that_a_person_does_not_confirm_is_none", Bus::Open, |_| {
        let (keychain, _connection) = Keychain::start(Answer::Dismisses);
        keychain.locked.store(false, Ordering::SeqCst);
        keychain.has_item.store(true, Ordering::SeqCst);
        assert_eq!(open().delete(id(1)), Err(SecretStoreError::Denied));
        assert_eq!(keychain.prompts(), 1);
    });
}
