//! Items through the store that `keyring` has for macOS and for Windows. Neither can list the parts of a secret, so they
//! are counted up.
//!
//! `keyring` opens the store; its own `Entry` can then read, write and delete. Listing the items, labelling them and telling
//! the store how to keep them is done through `keyring-core`, from which it has the store.

use std::{collections::HashMap, sync::Arc, time::Instant};

use domain::{id::SecretId, messages::message, ports::SecretStoreError};
use keyring_core::{CredentialStore, Entry, error::PlatformError};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    items::{Items, NewItem, WhenLocked, broken},
    parts::{Generation, Head, part_name},
};

/// The items of one application in a store of `keyring`.
pub(crate) struct KeyringItems {
    /// The store of this operating system.
    pub(crate) store: Arc<CredentialStore>,
    /// The service field of every item.
    pub(crate) application: String,
    /// How the store is asked for the items of an application; it may answer with more.
    pub(crate) search: fn(&str) -> HashMap<&'static str, String>,
    /// What the store is told about each item.
    pub(crate) modifiers: HashMap<&'static str, &'static str>,
    /// How an item gets its label.
    pub(crate) set_label: fn(&Entry, &str) -> keyring_core::Result<()>,
    /// What an error of the operating system means.
    pub(crate) classify: fn(&PlatformError) -> SecretStoreError,
}

/// The store that `keyring` has for this operating system. Opening it touches no item and cannot fail on either system.
/// So it does no harm that `keyring` keeps the first result for good.
#[cfg(any(windows, target_os = "macos"))]
pub(crate) fn native_store() -> Result<Arc<CredentialStore>, SecretStoreError> {
    let opened = keyring::Entry::store_status().as_ref().ok();
    opened.and_then(|()| keyring_core::get_default_store()).ok_or(SecretStoreError::NoKeychain)
}

impl KeyringItems {
    /// Looks for an item that does not exist, which creates nothing and asks the user nothing. A locked macOS keychain
    /// therefore shows only when an item is read or written.
    pub(crate) fn probe(&self) -> Result<(), SecretStoreError> {
        self.contains("probe").map(|_| ())
    }

    /// Does nothing: Windows keeps its keychain open for its user, and macOS asks by itself when it has to.
    pub(crate) fn unlock(&self, _deadline: Instant, _when_locked: WhenLocked) -> Result<&Self, SecretStoreError> {
        Ok(self)
    }

    /// There is no connection that could be closed.
    pub(crate) fn is_closed(&self) -> bool {
        false
    }

    fn contains(&self, name: &str) -> Result<bool, SecretStoreError> {
        self.present(self.entry(name).and_then(|entry| entry.get_credential())).map(|item| item.is_some())
    }

    fn entry(&self, name: &str) -> keyring_core::Result<Entry> {
        self.store.build(&self.application, name, Some(&self.modifiers))
    }

    /// Turns "no such item" into `None` and translates every other error.
    fn present<T>(&self, result: keyring_core::Result<T>) -> Result<Option<T>, SecretStoreError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(self.translate(error)),
        }
    }

    /// Translates `error` and drops it: its `Debug` (and that of what it wraps) can carry the bytes of a secret, so it
    /// must not be passed on. Only names and numbers are taken from it.
    fn translate(&self, error: keyring_core::Error) -> SecretStoreError {
        use keyring_core::Error;
        match error {
            Error::NoEntry => SecretStoreError::Missing,
            Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => (self.classify)(&cause),
            Error::BadEncoding(mut bytes) => {
                bytes.zeroize();
                broken(message!("keychain-item-not-text"))
            }
            Error::BadDataFormat(mut bytes, _) => {
                bytes.zeroize();
                broken(message!("keychain-item-malformed"))
            }
            Error::BadStoreFormat(_) => broken(message!("keychain-store-malformed")),
            Error::TooLong(what, limit) => broken(message!("keychain-too-long", what = what, limit = limit)),
            Error::Invalid(what, _) => broken(message!("keychain-not-accepted", what = what)),
            Error::Ambiguous(items) => broken(message!("keychain-several-items", count = items.len())),
            Error::NoDefaultStore => broken(message!("keychain-not-opened")),
            Error::NotSupportedByStore(_) => broken(message!("keychain-not-supported")),
            _ => broken(message!("keychain-unknown-error")),
        }
    }
}

impl Items for KeyringItems {
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let bytes = self.present(self.entry(name).and_then(|entry| entry.get_secret()))?;
        Ok(bytes.map(Zeroizing::new))
    }

    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError> {
        let entry = self.entry(item.name).map_err(|error| self.translate(error))?;
        entry.set_secret(item.bytes).map_err(|error| self.translate(error))?;
        // The secret is written by now, so the error must not promise that nothing was written.
        let kept = entry
            .get_secret()
            .map(Zeroizing::new)
            .map_err(|error| broken(message!("keychain-not-read-back", reason = self.translate(error).message())))?;
        if *kept != item.bytes {
            return Err(broken(message!("keychain-not-kept")));
        }
        (self.set_label)(&entry, item.label)
            .map_err(|error| broken(message!("keychain-label", reason = self.translate(error).message())))
    }

    fn delete(&self, name: &str) -> Result<(), SecretStoreError> {
        self.present(self.entry(name).and_then(|entry| entry.delete_credential())).map(|_| ())
    }

    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError> {
        let head = self.find(&secret.to_string())?.and_then(|item| Head::parse(&item).ok().flatten());
        let mut parts = Vec::new();
        for generation in [Generation::A, Generation::B] {
            // The head knows about parts behind a gap, in case another program has removed one in the middle.
            let mut last = head.iter().filter(|head| head.generation == generation).map(|head| head.parts).sum();
            while self.contains(&part_name(secret, generation, last + 1))? {
                last += 1;
            }
            parts.extend((1..=last).rev().map(|number| part_name(secret, generation, number)));
        }
        Ok(parts)
    }

    fn list_names(&self) -> Result<Vec<String>, SecretStoreError> {
        let search = (self.search)(&self.application);
        let search = search.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let found = self.store.search(&search).map_err(|error| self.translate(error))?;
        let specifiers = found.iter().filter_map(Entry::get_specifiers);
        Ok(specifiers.filter(|(service, _)| *service == self.application).map(|(_, name)| name).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parts, stored_form};

    /// `keyring-core`'s own store in memory, which stands here for the stores of macOS and Windows.
    fn in_memory() -> KeyringItems {
        KeyringItems {
            store: keyring_core::mock::Store::new().unwrap(),
            application: "Drawbridge".to_owned(),
            search: |application| HashMap::from([("service", application.to_owned())]),
            modifiers: HashMap::new(),
            set_label: |_, _| Ok(()),
            classify: |_| broken("the operating system's error"),
        }
    }

    fn id() -> SecretId {
        SecretId(uuid::Uuid::from_u128(1))
    }

    fn stored(items: &KeyringItems) -> Result<Vec<u8>, SecretStoreError> {
        // EXPOSE: the test compares the bytes.
        parts::get(items, id()).map(|secret| secret.expose().to_vec())
    }

    fn remaining_parts(items: &KeyringItems) -> usize {
        let names = [Generation::A, Generation::B].into_iter().flat_map(|set| (1..=30).map(move |n| (set, n)));
        names.filter(|(set, number)| items.contains(&part_name(id(), *set, *number)).unwrap()).count()
    }

    #[test]
    fn a_secret_is_replaced_and_removed_together_with_all_its_parts() {
        let items = in_memory();
        for length in [100_usize, 10_000, 20_000, 3_000, 0, 1_900, 2_561] {
            let secret = vec![b' '; length];
            // As the worker calls it.
            parts::put(&items.unlock(Instant::now(), WhenLocked::GiveUp).unwrap(), id(), "Label", &secret).unwrap();
            parts::remove_stale_parts(&items, id()).unwrap();
            assert_eq!(stored(&items), Ok(secret));
            let needed = if length < 1_000 { 0 } else { stored_form::longest(length).div_ceil(2_560) };
            assert_eq!(remaining_parts(&items), needed, "parts of the secret before must not stay");
        }
        parts::delete(&items, id()).unwrap();
        assert_eq!(stored(&items), Err(SecretStoreError::Missing));
        assert_eq!(remaining_parts(&items), 0);
        assert_eq!(parts::delete(&items, id()), Ok(()), "deleting can be repeated");
    }

    #[test]
    fn parts_are_found_without_their_head_and_behind_a_gap() {
        let items = in_memory();
        parts::put(&items, id(), "Label", &[7; 10_000]).unwrap();
        items.delete(&part_name(id(), Generation::A, 2)).unwrap();
        assert_eq!(stored(&items), Err(broken(message!("keychain-part-missing", number = 2, count = 6))));
        parts::delete(&items, id()).unwrap();
        assert_eq!(remaining_parts(&items), 0, "the parts behind the gap go, too");

        parts::put(&items, id(), "Label", &[7; 10_000]).unwrap();
        items.delete(&id().to_string()).unwrap();
        parts::delete(&items, id()).unwrap();
        assert_eq!(remaining_parts(&items), 0, "deleting finishes a delete that was interrupted after the head");
    }

    #[test]
    fn secrets_are_listed_by_their_ids_in_parts_or_not_and_those_of_others_are_left_out() {
        let items = in_memory();
        let other = SecretId(uuid::Uuid::from_u128(2));
        parts::put(&items, id(), "Label", &[7; 10_000]).unwrap();
        parts::put(&items, other, "Label", &[7; 10]).unwrap();
        // The store finds it as well: it looks for services that contain the word.
        items.store.build("Drawbridge Helper", &uuid::Uuid::from_u128(3).to_string(), None).unwrap();
        assert_eq!(parts::list(&items), Ok([id(), other].into()));
        parts::delete(&items, id()).unwrap();
        assert_eq!(stored(&items), Err(SecretStoreError::Missing));
    }

    #[test]
    fn asking_whether_the_keychain_is_there_creates_nothing() {
        let items = in_memory();
        assert_eq!(items.probe(), Ok(()));
        assert!(items.unlock(Instant::now(), WhenLocked::GiveUp).is_ok_and(|unlocked| !unlocked.is_closed()));
        assert_eq!(items.contains("probe"), Ok(false));
    }

    #[test]
    fn an_error_that_carries_secret_bytes_loses_them_in_translation() {
        let planted = b"planted-secret".to_vec();
        for error in [
            keyring_core::Error::BadEncoding(planted.clone()),
            keyring_core::Error::BadDataFormat(planted.clone(), "planted-secret".into()),
            keyring_core::Error::PlatformFailure("planted-secret".into()),
            keyring_core::Error::NoStorageAccess("planted-secret".into()),
            keyring_core::Error::BadStoreFormat("planted-secret".to_owned()),
            keyring_core::Error::Invalid("secret".to_owned(), "planted-secret".to_owned()),
            keyring_core::Error::NotSupportedByStore("planted-secret".to_owned()),
        ] {
            let failure = in_memory().translate(error);
            let said = format!("{failure} {failure:?}");
            assert!(
                !said.contains("planted") && !said.contains("112, 108, 97"),
                "an error ends in the log and on the screen, so it must carry nothing of the secret: {said}"
            );
        }
    }
}
