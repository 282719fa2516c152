//! A keychain in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use domain::{
    documents::SecretBytes,
    id::SecretId,
    ports::{SecretStore, SecretStoreError},
};

use super::faults::{Effect, Faults, Verdict};

/// Whether an item is the witness by which the installation recognises the keychain.
pub fn is_of_witness(label: &str) -> bool {
    label == "Drawbridge: recognises this keychain (do not delete)"
}

/// One call, as the keychain saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeychainCall {
    Put(SecretId),
    Get(SecretId),
    Delete(SecretId),
    List,
    Probe,
}

/// Stores every item under its id, remembers every call and every secret it ever saw.
pub struct InMemoryKeychain {
    faults: Arc<Faults>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    items: BTreeMap<SecretId, (String, Vec<u8>)>,
    calls: Vec<KeychainCall>,
    ever_stored: Vec<(String, Vec<u8>)>,
    fails_next: Option<SecretStoreError>,
    fails_next_delete: Option<SecretStoreError>,
    fails_nth_put: Option<(usize, SecretStoreError)>,
    fails_always: Option<SecretStoreError>,
    fails_after: Option<(usize, SecretStoreError)>,
}

impl State {
    fn count_down(&mut self) {
        match self.fails_after.take() {
            Some((0, error)) => self.fails_always = Some(error),
            Some((n, error)) => self.fails_after = Some((n - 1, error)),
            None => {}
        }
    }
}

impl InMemoryKeychain {
    pub fn empty(faults: Arc<Faults>) -> Self {
        Self { faults, state: Mutex::default() }
    }

    /// The next call answers with `error` and does nothing.
    pub fn fail_next(&self, error: SecretStoreError) {
        self.state().fails_next = Some(error);
    }

    /// Of the calls to store something, the one after `n` others answers with `error` and does nothing.
    pub fn fail_nth_put(&self, n: usize, error: SecretStoreError) {
        self.state().fails_nth_put = Some((n, error));
    }

    /// The next call to delete something answers with `error` and does nothing.
    pub fn fail_next_delete(&self, error: SecretStoreError) {
        self.state().fails_next_delete = Some(error);
    }

    /// From now on every call answers with `error` and does nothing.
    pub fn fail_always(&self, error: SecretStoreError) {
        self.state().fails_always = Some(error);
    }

    /// `n` calls still work; from then on every call answers with `error` and does nothing.
    pub fn fail_always_after(&self, n: usize, error: SecretStoreError) {
        self.state().fails_after = Some((n, error));
    }

    /// Every call works again.
    pub fn recover(&self) {
        let mut state = self.state();
        state.fails_always = None;
        state.fails_after = None;
    }

    /// What lies in the keychain: label and bytes by id.
    pub fn all_items(&self) -> BTreeMap<SecretId, (String, Vec<u8>)> {
        self.state().items.clone()
    }

    /// The secrets in the keychain: all items except the witness.
    pub fn items(&self) -> BTreeMap<SecretId, (String, Vec<u8>)> {
        let mut items = self.all_items();
        items.retain(|_, (label, _)| !is_of_witness(label));
        items
    }

    pub fn find(&self, id: SecretId) -> Option<Vec<u8>> {
        self.state().items.get(&id).map(|(_, bytes)| bytes.clone())
    }

    /// Labels and bytes of every secret that was ever given to be stored, deleted since or not.
    pub fn ever_stored(&self) -> Vec<(String, Vec<u8>)> {
        let mut stored = self.state().ever_stored.clone();
        stored.retain(|(label, _)| !is_of_witness(label));
        stored
    }

    /// The calls since the last time this was asked.
    pub fn take_calls(&self) -> Vec<KeychainCall> {
        std::mem::take(&mut self.state().calls)
    }

    /// As if somebody had deleted the item in the system's own keychain app.
    pub fn lose(&self, id: SecretId) {
        self.state().items.remove(&id).expect("an item that can be lost");
    }

    /// As if another keychain answered from now on, with these items; returns those of the former one.
    pub fn swap(&self, items: BTreeMap<SecretId, (String, Vec<u8>)>) -> BTreeMap<SecretId, (String, Vec<u8>)> {
        std::mem::replace(&mut self.state().items, items)
    }

    /// As if another program had written `secret` into the item.
    pub fn change(&self, id: SecretId, secret: &[u8]) {
        self.state().items.get_mut(&id).expect("an item that can be changed").1 = secret.to_vec();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the keychain")
    }

    fn call<T>(
        &self,
        call: KeychainCall,
        act: impl FnOnce(&mut State) -> Result<T, SecretStoreError>,
    ) -> Result<T, SecretStoreError> {
        let mut state = self.state();
        let (what, fails) = match call {
            KeychainCall::Put(_) => ("put", state.fails_nth_put.take()),
            KeychainCall::Get(_) => ("get", None),
            KeychainCall::Delete(_) => ("delete", state.fails_next_delete.take().map(|error| (0, error))),
            KeychainCall::List => ("list", None),
            KeychainCall::Probe => ("probe", None),
        };
        state.calls.push(call);
        match fails {
            Some((0, error)) => return Err(error),
            Some((n, error)) => state.fails_nth_put = Some((n - 1, error)),
            None => {}
        }
        state.count_down();
        if let Some(error) = state.fails_next.take().or_else(|| state.fails_always.clone()) {
            return Err(error);
        }
        match self.faults.step(what.to_owned()) {
            Verdict::Work => act(&mut state),
            Verdict::Fail(effect) | Verdict::Die(effect) => {
                if effect == Effect::Done {
                    act(&mut state)?;
                }
                Err(SecretStoreError::Broken { reason: "the test said so".into() })
            }
        }
    }
}

impl SecretStore for InMemoryKeychain {
    fn put(&self, id: SecretId, label: &str, secret: &SecretBytes) -> Result<(), SecretStoreError> {
        self.call(KeychainCall::Put(id), |state| {
            // EXPOSE: this is the keychain.
            let item = (label.to_owned(), secret.expose().to_vec());
            state.ever_stored.push(item.clone());
            state.items.insert(id, item);
            Ok(())
        })
    }

    fn get(&self, id: SecretId) -> Result<SecretBytes, SecretStoreError> {
        self.call(KeychainCall::Get(id), |state| {
            let (_, bytes) = state.items.get(&id).ok_or(SecretStoreError::Missing)?;
            Ok(SecretBytes::new(bytes.clone()))
        })
    }

    fn delete(&self, id: SecretId) -> Result<(), SecretStoreError> {
        self.call(KeychainCall::Delete(id), |state| {
            state.items.remove(&id);
            Ok(())
        })
    }

    fn list(&self) -> Result<BTreeSet<SecretId>, SecretStoreError> {
        self.call(KeychainCall::List, |state| Ok(state.items.keys().copied().collect()))
    }

    fn probe(&self) -> Result<(), SecretStoreError> {
        let mut state = self.state();
        state.calls.push(KeychainCall::Probe);
        state.count_down();
        state.fails_next.take().or_else(|| state.fails_always.clone()).map_or(Ok(()), Err)
    }
}
