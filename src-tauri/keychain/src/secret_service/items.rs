//! The items of one application in the default collection, once it is unlocked.

use std::{collections::HashMap, time::Instant};

use domain::{id::SecretId, messages::message, ports::SecretStoreError};
use secret_service::blocking::{Item, SecretService};
use zbus::zvariant::{ObjectPath, OwnedObjectPath};
use zeroize::Zeroizing;

use super::{
    daemon::{Answer, DEFAULT_COLLECTION, Daemon, KEEPASSXC, is_none},
    errors::{classify, not_created, not_written, of_zbus},
};
use crate::items::{Items, NewItem, WhenLocked, broken};

const ITEM_INTERFACE: &str = "org.freedesktop.Secret.Item";

/// The items of the application, with the default collection unlocked.
pub(crate) struct Unlocked<'a> {
    pub(super) application: &'a str,
    pub(super) daemon: &'a Daemon,
    pub(super) service: &'a SecretService<'static>,
    /// Until when a prompt may be shown.
    pub(super) deadline: Instant,
    /// What happens to items that are still locked.
    pub(super) when_locked: WhenLocked,
}

impl<'a> Unlocked<'a> {
    /// The items with that attribute, unlocked.
    fn search(&self, attribute: &str, value: &str) -> Result<Vec<Item<'a>>, SecretStoreError> {
        let (unlocked, locked) = self.search_both(attribute, value)?;
        if locked.is_empty() {
            return Ok(unlocked);
        }
        // The parts of a secret go with its head, so that the user is asked once for all of them.
        let secret = value.split('.').next().unwrap_or(value);
        let mut paths: Vec<OwnedObjectPath> = locked.into_iter().map(|item| item.item_path).collect();
        for attribute in [USERNAME, PART_OF] {
            paths.extend(self.search_both(attribute, secret)?.1.into_iter().map(|item| item.item_path));
        }
        paths.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        paths.dedup();
        // Looked up before the connection may have to be closed.
        let refusal = self.daemon.item_is_locked(&paths[0], self.when_locked);
        match self.daemon.unlock_objects(&paths, self.deadline, self.when_locked) {
            Err(SecretStoreError::Locked) => return Err(refusal),
            result => result?,
        }
        let (unlocked, locked) = self.search_both(attribute, value)?;
        if locked.is_empty() { Ok(unlocked) } else { Err(refusal) }
    }

    /// The items with that attribute of which everything but the secret can be used.
    fn search_for_all_but_secrets(&self, attribute: &str, value: &str) -> Result<Vec<Item<'a>>, SecretStoreError> {
        if !self.daemon.is_keepassxc() {
            return self.search(attribute, value);
        }
        // It locks the secrets of an open collection, and no more.
        let (mut items, locked) = self.search_both(attribute, value)?;
        items.extend(locked);
        Ok(items)
    }

    /// The unlocked and the locked items with that attribute.
    fn search_both(&self, attribute: &str, value: &str) -> Result<(Vec<Item<'a>>, Vec<Item<'a>>), SecretStoreError> {
        let attributes = HashMap::from([("service", self.application), (attribute, value)]);
        let found = self.service.search_items(attributes).map_err(|error| classify(&error))?;
        Ok((found.unlocked, found.locked))
    }
}

/// The one item among `items`, if there is any.
fn only(mut items: Vec<Item<'_>>) -> Result<Option<Item<'_>>, SecretStoreError> {
    match items.len() {
        0 | 1 => Ok(items.pop()),
        several => Err(broken(message!("keychain-several-items", count = several))),
    }
}

/// The attribute with an item's name, called as `keyring-core` calls it.
const USERNAME: &str = "username";

/// The attribute by which the parts of a secret are found.
const PART_OF: &str = "part-of";

impl Items for Unlocked<'_> {
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let Some(item) = only(self.search(USERNAME, name)?)? else { return Ok(None) };
        item.get_secret().map(Zeroizing::new).map(Some).map_err(|error| classify(&error))
    }

    fn put(&self, item: &NewItem<'_>) -> Result<(), SecretStoreError> {
        if self.daemon.is_keepassxc() {
            // The prompt of a `CreateItem` asks about an existing item, and about nothing else.
            only(self.search(USERNAME, item.name)?)?;
        }
        let mut attributes = HashMap::from([("service", self.application), (USERNAME, item.name)]);
        let secret = item.part_of.map(|secret| secret.to_string());
        if let Some(secret) = &secret {
            attributes.insert(PART_OF, secret);
        }
        // Programs that show secrets show only those with the type of text.
        let content_type = match std::str::from_utf8(item.bytes) {
            Ok(_) => "text/plain; charset=utf8",
            Err(_) => "application/octet-stream",
        };
        let replace = true;
        let default = self
            .service
            .get_collection_by_path(ObjectPath::from_static_str_unchecked(DEFAULT_COLLECTION).into())
            .map_err(|error| classify(&error))?;
        let label = label(item.label);
        let create = || default.create_item(&label, attributes, item.bytes, replace, content_type);
        let created = self.daemon.change(create).map_err(|error| not_created(&error))?;
        let kept = created.get_secret().map(Zeroizing::new).map_err(|error| {
            // The secret is stored by now, so the error must not promise that nothing was written.
            broken(message!("keychain-not-read-back", reason = classify(&error).message()))
        })?;
        if *kept == item.bytes { Ok(()) } else { Err(broken(message!("keychain-not-kept"))) }
    }

    fn delete(&self, name: &str) -> Result<(), SecretStoreError> {
        let Some(item) = only(self.search_for_all_but_secrets(USERNAME, name)?)? else { return Ok(()) };
        let prompt: OwnedObjectPath = self
            .daemon
            .call(&item.item_path, ITEM_INTERFACE, "Delete", &())
            .map_err(|error| not_written(of_zbus(&error)))?;
        if is_none(&prompt) {
            return Ok(());
        }
        let answer = || self.daemon.answer(&prompt, self.deadline, self.when_locked);
        let answer = match self.when_locked {
            WhenLocked::Ask => self.daemon.change(answer),
            WhenLocked::GiveUp => answer(),
        };
        match answer? {
            Answer::Given => Ok(()),
            Answer::Dismissed if self.daemon.is_keepassxc() => {
                Err(SecretStoreError::NotAllowed { by: KEEPASSXC.to_owned() })
            }
            Answer::Dismissed => Err(SecretStoreError::Denied),
        }
    }

    fn find_parts(&self, secret: SecretId) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search_for_all_but_secrets(PART_OF, &secret.to_string())? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        // Last part first. The order is for the eye only: they are found by search, gaps or not.
        names.sort_by(|one, other| other.cmp(one));
        Ok(names)
    }

    fn list_names(&self) -> Result<Vec<String>, SecretStoreError> {
        let mut names = Vec::new();
        for item in self.search_for_all_but_secrets("service", self.application)? {
            let mut attributes = item.get_attributes().map_err(|error| classify(&error))?;
            names.extend(attributes.remove(USERNAME));
        }
        Ok(names)
    }
}

/// `label` as every service takes it: KeePassXC refuses a title with a reference to another entry, which is in braces.
fn label(label: &str) -> String {
    label
        .chars()
        .map(|character| match character {
            '{' => '(',
            '}' => ')',
            control if control.is_control() => ' ',
            other => other,
        })
        .collect()
}
