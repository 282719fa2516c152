//! The order of writes between keychain and database, and what repairs an interruption.
//!
//! Row `Storing` → item under a new id → row `Active` together with everything that refers to it (one commit) → former
//! rows `Deleting` in that same commit → former items → former rows. Killed between any two of these, the next start
//! finds the old or the new state, whole.
//!
//! An operation deletes at once what it replaced itself: its commit is in the database file, and on the disk, before the
//! former item goes. A repair deletes nothing at once: what it finds unsettled is set aside ([`SetAside`]).

use chrono::{DateTime, Utc};
use messages::message;
use tracing::warn;

use super::Drawbridge;
use crate::{
    Actor, AuditAction, Change, Failure, SecretBytes, SecretItem, SecretItemState, SecretStoreError, SetAside,
    connection_api_credential::Over, id::SecretId,
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
    /// Secrets that were about to be stored: nothing refers to them. Their items are set aside.
    pub undone: usize,
    /// Secrets that were about to be deleted: nothing refers to them. Their items are set aside.
    pub finished: usize,
    /// Items that had been set aside for [`SetAside::PERIOD`], and are gone now.
    pub deleted: usize,
    /// Former secrets whose time was over.
    pub ended: usize,
}

impl Drawbridge {
    /// Sets aside the items that an interruption left over, deletes those whose time there is over, deletes former secrets
    /// whose time is over, and connects the pairs of one subaccount that could not be connected then. To be called at the start, and again when the keychain was not
    /// available then.
    ///
    /// What cannot be repaired does not keep the rest from it; the first such failure is the result.
    pub fn reconcile(&self) -> Result<Reconciled, Failure> {
        let _change = self.start_change()?;
        let seen = self.note_time()?;
        let mut reconciled = Reconciled::default();
        let mut failure = None;
        let mut usable = true;
        self.set_aside_unsettled(seen.latest(self.now()), &mut reconciled)?;
        if let Err(error) = self.delete_set_aside(&mut reconciled)? {
            usable = self.secrets.probe().is_ok();
            failure = Some(error);
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
        if usable
            && connected.is_ok()
            && let Err(error) = self.witness_known_keychain()
        {
            warn!(%error, "by which item the keychain is known is not stored yet");
        }
        match failure {
            Some(error) => Err(error.into()),
            None => connected.map(|()| reconciled),
        }
    }

    /// Deletes the items that were set aside and whose time is surely over; returns how many. Asks nobody for the keychain's
    /// password: a keychain that cannot be used now is the error, if there is anything to delete.
    pub fn end_set_aside(&self) -> Result<usize, Failure> {
        let aside = |item: &SecretItem| matches!(item.state, SecretItemState::SetAside(_));
        if !self.repository.list_unsettled_secrets()?.iter().any(aside) {
            return Ok(0);
        }
        let _change = self.start_change()?;
        let mut reconciled = Reconciled::default();
        self.delete_set_aside(&mut reconciled)??;
        Ok(reconciled.deleted)
    }

    /// Sets aside, at `moment`, the items of the rows that an interruption left over.
    fn set_aside_unsettled(&self, moment: DateTime<Utc>, reconciled: &mut Reconciled) -> Result<(), Failure> {
        let (mut undone, mut finished) = (0, 0);
        let mut left_over = Vec::new();
        for item in self.repository.list_unsettled_secrets()? {
            match item.state {
                SecretItemState::Storing => undone += 1,
                SecretItemState::Deleting => finished += 1,
                // The port promised unsettled rows only; an active secret is never touched here.
                SecretItemState::SetAside(_) | SecretItemState::Active => continue,
            }
            left_over.push(item);
        }
        if left_over.is_empty() {
            return Ok(());
        }
        let state = SecretItemState::SetAside(SetAside::at(moment));
        let mut changes: Vec<Change> =
            left_over.into_iter().map(|item| Change::PutSecretItem(SecretItem { state, ..item })).collect();
        let days = usize::try_from(SetAside::PERIOD.num_days()).unwrap_or_default();
        let detail = message!("activity-set-aside", undone = undone, finished = finished, days = days);
        let subject = message!("activity-of-secrets");
        changes.push(self.record(Actor::System, AuditAction::InterruptionRepaired, subject, detail));
        self.repository.commit(&changes)?;
        (reconciled.undone, reconciled.finished) = (undone, finished);
        Ok(())
    }

    /// Deletes the items that were set aside for long enough. What cannot be deleted keeps no other from it; the first such
    /// failure is the inner result.
    fn delete_set_aside(&self, reconciled: &mut Reconciled) -> Result<Result<(), SecretStoreError>, Failure> {
        let now = self.now();
        let mut failure = Ok(());
        let mut known = false;
        for item in self.repository.list_unsettled_secrets()? {
            let SecretItemState::SetAside(aside) = item.state else { continue };
            let over = aside.over(now);
            if !known && matches!(over, Over::Surely) {
                // To another keychain every item is deleted already.
                match self.must_know_keychain() {
                    Ok(()) => known = true,
                    Err(Failure::Keychain(error)) => {
                        failure = failure.and(Err(error));
                        break;
                    }
                    Err(error) => return Err(error),
                }
            }
            let over_since = match over {
                Over::NotYet => None,
                Over::Seen => Some(now),
                Over::Waits => continue,
                Over::Surely => match self.secrets.delete(item.id) {
                    Ok(()) => {
                        self.repository.commit(&[Change::RemoveSecretItem(item.id)])?;
                        reconciled.deleted += 1;
                        continue;
                    }
                    // A keychain that cannot be used at all would ask the user again for each item.
                    Err(error) if self.secrets.probe().is_err() => {
                        failure = failure.and(Err(error));
                        break;
                    }
                    Err(error) => {
                        failure = failure.and(Err(error));
                        continue;
                    }
                },
            };
            if over_since != aside.over_since {
                let state = SecretItemState::SetAside(SetAside { over_since, ..aside });
                self.repository.commit(&[Change::PutSecretItem(SecretItem { state, ..item })])?;
            }
        }
        if reconciled.deleted > 0 {
            let detail = message!("activity-set-aside-deleted", count = reconciled.deleted);
            let subject = message!("activity-of-secrets");
            let record = self.record(Actor::System, AuditAction::InterruptionRepaired, subject, detail);
            self.repository.commit(&[record])?;
        }
        Ok(failure)
    }

    /// Whether the keychain could be used now; asks nobody and creates nothing.
    pub fn probe_keychain(&self) -> Result<(), SecretStoreError> {
        self.secrets.probe()
    }

    /// Stores `new` secrets, makes `changes` that refer to them, deletes `former` secrets. The first secret brings the
    /// witness with it.
    ///
    /// On an error nothing has changed: the new items are removed again.
    pub(super) fn exchange_secrets(
        &self,
        mut new: Vec<NewSecret>,
        former: &[SecretId],
        mut changes: Vec<Change>,
    ) -> Result<(), Failure> {
        if !(new.is_empty() && former.is_empty()) {
            // It shows, too, that the keychain can be used: a secret that is said to be deleted must not stay there.
            self.must_know_keychain()?;
        }
        if !new.is_empty() && self.repository.find_keychain_witness()?.is_none() {
            let (witness, change) = self.new_witness();
            new.push(witness);
            changes.push(change);
        }
        self.exchange_secrets_unseen(new, former, changes)
    }

    /// The same, whatever the keychain is.
    pub(super) fn exchange_secrets_unseen(
        &self,
        new: Vec<NewSecret>,
        former: &[SecretId],
        changes: Vec<Change>,
    ) -> Result<(), Failure> {
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
            // Whether it has happened all the same, the ledger says. Where that cannot be read, the repair decides.
            let undone = |id: &SecretId| matches!(self.repository.find_secret_item(*id), Ok(Some(item)) if item.state == SecretItemState::Storing);
            self.remove_items(new.iter().map(|secret| secret.id).filter(undone));
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
            | SecretStoreError::KeyringLocked { .. }
            | SecretStoreError::NotAllowed { .. }
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

    /// Deletes items, then their rows. What fails stays in the ledger, and is set aside by the next start.
    fn remove_items(&self, ids: impl IntoIterator<Item = SecretId>) {
        let mut removed = Vec::new();
        for id in ids {
            match self.secrets.delete(id) {
                Ok(()) => removed.push(Change::RemoveSecretItem(id)),
                Err(error) => warn!(%id, %error, "a secret remains in the keychain until the next start"),
            }
        }
        if removed.is_empty() {
            return;
        }
        if let Err(error) = self.repository.commit(&removed) {
            warn!(%error, "rows of deleted secrets remain until the next start");
        }
    }
}
