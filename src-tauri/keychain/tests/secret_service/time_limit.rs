//! A keychain that does not answer.

use std::time::{Duration, Instant};

use domain::ports::{SecretStore, SecretStoreError};
use keychain::KeychainSecretStore;

use crate::{
    APPLICATION, PLANTED, failures_of_all_calls, id, planted,
    private_session::{Bus, Password, test},
    reason, stored,
};

#[test]
fn a_keychain_that_does_not_answer_costs_no_more_than_the_time_limit_and_is_used_again_later() {
    const NAME: &str =
        "time_limit::a_keychain_that_does_not_answer_costs_no_more_than_the_time_limit_and_is_used_again_later";
    test(NAME, Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let limit = Duration::from_millis(400);
        let store = KeychainSecretStore::open(APPLICATION, limit);
        store.put(id(1), "Label", &planted()).expect("put");

        keyring.freeze();
        let begun = Instant::now();
        let failures = failures_of_all_calls(&store);
        let taken = begun.elapsed();
        for failure in failures {
            assert_eq!(reason(failure), "it did not answer within 400ms");
        }
        assert!(taken < limit * 5 + limit, "five calls took {taken:?}");

        keyring.thaw();
        assert_eq!(stored(&store, id(1)), Ok(PLANTED.as_bytes().to_vec()), "it answers again, so it is used again");
        assert_eq!(
            stored(&store, id(0xabc)),
            Err(SecretStoreError::Missing),
            "a put that was reported as failed before it began is not made later"
        );
        assert_eq!(session.items(), [id(1).to_string()]);
    });
}

#[test]
fn a_store_that_is_frozen_from_its_first_call_on_works_once_the_keychain_answers() {
    const NAME: &str = "time_limit::a_store_that_is_frozen_from_its_first_call_on_works_once_the_keychain_answers";
    test(NAME, Bus::Open, |session| {
        let keyring = session.start_keyring(Password::Given);
        let store = KeychainSecretStore::open(APPLICATION, Duration::from_millis(400));
        keyring.freeze();
        assert_eq!(reason(store.probe().expect_err("nobody answers")), "it did not answer within 400ms");
        keyring.thaw();
        assert_eq!(store.probe(), Ok(()));
        store.put(id(1), "Label", &planted()).expect("put");
    });
}
