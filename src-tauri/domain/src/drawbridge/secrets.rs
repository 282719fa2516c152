//! The order of writes between keychain and database, and what repairs an interruption.
//!
//! Row `Storing` → item under a new id → row `Active` together with everything that refers to it (one commit) → former
//! rows `Deleting` in that same commit → former items → former rows. Killed between any two of these, the next start
//! finds the old or the new state, whole.

use messages::message;
use tracing::warn;

use super::Drawbridge;
use crate::{
    Actor, AuditAction, Change, Failure, SecretBytes, SecretItem, SecretItemState, SecretStoreError, id::SecretId,
};

/// A secret on its way into the keychain.
pub(super) struct NewSecret {
    pub id: SecretId,
    pub label: String,
    pub secret: SecretBytes,
}

impl NewSecret {
    fn item(&self, state: SecretItemState) -> Change {
        Change::PutSecretItem(SecretItem { id: self.id, label: self.label.clone(), state })
    }
}

/// What the repair at the start did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// Secrets that were about to be stored and are gone now.
    pub undone: usize,
    /// Secrets that were about to be deleted and are gone now.
    pub finished: usize,
    /// Former secrets whose time was over.
    pub ended: usize,
}

impl Drawbridge {
    /// Finishes or undoes what an interruption left over, deletes former secrets whose time is over, and connects the pairs
    /// of one subaccount that could not be connected then. To be called at the start, and again when the keychain was not
    /// available then.
    ///
    /// What cannot be repaired does not keep the rest from it; the first such failure is the result.
    pub fn reconcile(&self) -> Result<Reconciled, Failure> {
        let _change = self.start_change()?;
        self.note_time()?;
        let mut reconciled = Reconciled::default();
        let mut failure = None;
        let mut usable = true;
        for item in self.repository.list_unsettled_secrets()? {
            if let Err(error) = self.secrets.delete(item.id) {
                failure.get_or_insert(error);
                // A keychain that cannot be used at all would ask the user again for each item.
                usable = self.secrets.probe().is_ok();
                if !usable {
                    break;
                }
                continue;
            }
            self.repository.commit(&[Change::RemoveSecretItem(item.id)])?;
            match item.state {
                SecretItemState::Storing => reconciled.undone += 1,
                SecretItemState::Deleting => reconciled.finished += 1,
                // The port promised unsettled rows only; an active secret is never touched here.
                SecretItemState::Active => unreachable!("list_unsettled_secrets returned an active secret"),
            }
        }
        if reconciled != Reconciled::default() {
            let detail = message!("activity-repaired", undone = reconciled.undone, finished = reconciled.finished);
            let subject = message!("activity-of-secrets");
            let record = self.record(Actor::System, AuditAction::InterruptionRepaired, subject, detail);
            self.repository.commit(&[record])?;
        }
        if usable {
            match self.end_due_former_secrets() {
                Ok(ended) => reconciled.ended = ended,
                Err(Failure::Keychain(error)) => {
                    failure.get_or_insert(error);
                    usable = self.secrets.probe().is_ok();
                }
                Err(error) => return Err(error),
            }
        }
        let connected = if usable { self.connect_waiting_pairs() } else { Ok(()) };
        match failure {
            Some(error) => Err(error.into()),
            None => connected.map(|()| reconciled),
        }
    }

    /// Whether the keychain could be used now; asks nobody and creates nothing.
    pub fn probe_keychain(&self) -> Result<(), SecretStoreError> {
        self.secrets.probe()
    }

    /// Stores `new` secrets, makes `changes` that refer to them, deletes `former` secrets.
    ///
    /// On an error nothing has changed: the new items are removed again.
    pub(super) fn exchange_secrets(
        &self,
        new: Vec<NewSecret>,
        former: &[SecretId],
        changes: Vec<Change>,
    ) -> Result<(), Failure> {
        // Where nothing is stored first, nothing has shown yet that the keychain can be used: a secret that is said to be
        // deleted must not stay there.
        if let (true, Some(first)) = (new.is_empty(), former.first()) {
            match self.secrets.get(*first) {
                Ok(_) | Err(SecretStoreError::Missing) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut settled = Vec::with_capacity(new.len() + former.len() + changes.len());
        for id in former {
            let item = self.repository.find_secret_item(*id)?.ok_or(Failure::NotFound("secret"))?;
            settled.push(Change::PutSecretItem(SecretItem { state: SecretItemState::Deleting, ..item }));
        }
        settled.extend(new.iter().map(|secret| secret.item(SecretItemState::Active)));
        settled.extend(changes);

        if !new.is_empty() {
            let rows: Vec<Change> = new.iter().map(|secret| secret.item(SecretItemState::Storing)).collect();
            self.repository.commit(&rows)?;
        }
        for (index, secret) in new.iter().enumerate() {
            if let Err(error) = self.secrets.put(secret.id, &secret.label, &secret.secret) {
                self.undo_storing(&new, index, &error);
                return Err(error.into());
            }
        }
        if let Err(error) = self.repository.commit(&settled) {
            self.remove_items(new.iter().map(|secret| secret.id));
            return Err(error.into());
        }
        self.remove_items(former.iter().copied());
        Ok(())
    }

    /// Takes back the items before `failed`, and the row of every new secret whose item surely does not exist.
    fn undo_storing(&self, new: &[NewSecret], failed: usize, error: &SecretStoreError) {
        self.remove_items(new[..failed].iter().map(|secret| secret.id));
        let certain = match error {
            // The port promises that nothing was written.
            SecretStoreError::Locked
            | SecretStoreError::Denied
            | SecretStoreError::NoKeychain
            | SecretStoreError::TooLarge { .. } => true,
            // It may have been written all the same: the item has to be deleted before the row may go.
            SecretStoreError::Missing | SecretStoreError::Broken { .. } => false,
        };
        let mut never_stored = new[failed..].iter().map(|secret| secret.id);
        if !certain {
            self.remove_items(never_stored.next());
        }
        let rows: Vec<Change> = never_stored.map(Change::RemoveSecretItem).collect();
        if let Err(error) = self.repository.commit(&rows) {
            warn!(%error, "rows of secrets that were never stored remain until the next start");
        }
    }

    /// Deletes items, then their rows. What fails stays in the ledger and is done at the next start.
    fn remove_items(&self, ids: impl IntoIterator<Item = SecretId>) {
        for id in ids {
            let removed = self
                .secrets
                .delete(id)
                .map_err(Failure::from)
                .and_then(|()| Ok(self.repository.commit(&[Change::RemoveSecretItem(id)])?));
            if let Err(error) = removed {
                warn!(%id, %error, "a secret remains in the keychain until the next start");
            }
        }
    }
}
