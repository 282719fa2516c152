//! What repairs an interruption; the order of writes is in [`crate::drawbridge::work`].
//!
//! A repair deletes nothing at once: what it finds unsettled is set aside ([`SetAside`]).

use messages::message;
use tracing::warn;

use crate::{
    activity::AuditAction,
    credential::{SecretItem, SecretItemState, SetAside},
    drawbridge::{Drawbridge, SecretOperations},
    operation::Operation,
    pingone::Over,
    ports::{LocalChange, SecretStoreError},
    refusal::Failure,
};

/// What the repair at the start did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// Secrets that were about to be stored: nothing refers to them. Their items are set aside.
    pub undone: usize,
    /// Secrets that were about to be deleted: nothing refers to them. Their items are set aside.
    pub finished: usize,
    /// Items that had been set aside for [`SetAside::PERIOD`], and are deleted now.
    pub deleted: usize,
    /// Former secrets whose time was over.
    pub ended: usize,
}

impl SecretOperations<'_> {
    /// Sets aside the items that an interruption left over, deletes those that were set aside long enough, deletes
    /// former secrets whose time is over, and connects the pairs of one subaccount that could not be connected before.
    /// To be called at the start, and again once the keychain is available.
    ///
    /// A failure in one part does not stop the others; the first failure is the result.
    pub fn reconcile(&self) -> Result<Reconciled, Failure> {
        self.look_at_clock();
        let mut reconciled = Reconciled::default();
        let mut failure = None;
        let mut usable = true;
        self.set_aside_unsettled(&mut reconciled)?;
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

    /// Deletes the items that were surely set aside long enough; returns how many. Never asks for the keychain's
    /// password: if there is anything to delete and the keychain cannot be used now, that is the error.
    pub fn end_set_aside(&self) -> Result<usize, Failure> {
        let aside = |item: &SecretItem| matches!(item.state, SecretItemState::SetAside(_));
        if !self.repository.list_unsettled_secrets()?.iter().any(aside) {
            return Ok(0);
        }
        let mut reconciled = Reconciled::default();
        self.delete_set_aside(&mut reconciled)??;
        Ok(reconciled.deleted)
    }

    /// Whether the keychain can be used now. Asks for no password and creates nothing.
    pub fn probe_keychain(&self) -> Result<(), SecretStoreError> {
        self.secrets.probe()
    }
}

impl Drawbridge {
    /// Sets aside the items of the rows that an interruption left over.
    fn set_aside_unsettled(&self, reconciled: &mut Reconciled) -> Result<(), Failure> {
        (reconciled.undone, reconciled.finished) = self.change(Operation::SetAsideSecrets, |work| {
            let (mut undone, mut finished) = (0, 0);
            let state = SecretItemState::SetAside(SetAside::at(self.see_time()?.latest(self.now())));
            for item in self.repository.list_unsettled_secrets()? {
                match item.state {
                    SecretItemState::Storing => undone += 1,
                    SecretItemState::Deleting => finished += 1,
                    // The port promises unsettled rows only; an active secret is never touched here.
                    SecretItemState::SetAside(_) | SecretItemState::Active => continue,
                }
                work.put(LocalChange::PutSecretItem(SecretItem { state, ..item }));
            }
            if undone + finished > 0 {
                let days = usize::try_from(SetAside::PERIOD.num_days()).unwrap_or_default();
                let detail = message!("activity-set-aside", undone = undone, finished = finished, days = days);
                work.record(AuditAction::InterruptionRepaired, message!("activity-of-secrets"), detail);
            }
            Ok((undone, finished))
        })?;
        Ok(())
    }

    /// Deletes the items that were set aside for long enough. A failure with one does not stop the others; the first
    /// failure is the inner result.
    fn delete_set_aside(&self, reconciled: &mut Reconciled) -> Result<Result<(), SecretStoreError>, Failure> {
        self.note_set_aside()?;
        let (deleted, result) = self.change(Operation::DeleteSetAside, |work| {
            let mut failure = Ok(());
            let mut deleted = 0;
            let mut known = false;
            for item in self.repository.list_unsettled_secrets()? {
                let SecretItemState::SetAside(aside) = item.state else { continue };
                if !matches!(aside.over(self.now()), Over::Surely) {
                    continue;
                }
                if !known {
                    // In another keychain every item would look as if it were deleted already.
                    match self.must_know_keychain() {
                        Ok(()) => known = true,
                        Err(Failure::Keychain(error)) => {
                            failure = failure.and(Err(error));
                            break;
                        }
                        Err(error) => return Err(error),
                    }
                }
                match work.delete_item(item.id) {
                    Ok(()) => deleted += 1,
                    Err(error) => {
                        failure = failure.and(Err(error));
                        // A keychain that cannot be used at all would ask the user again for each item.
                        if self.secrets.probe().is_err() {
                            break;
                        }
                    }
                }
            }
            if deleted > 0 {
                let detail = message!("activity-set-aside-deleted", count = deleted);
                work.record(AuditAction::InterruptionRepaired, message!("activity-of-secrets"), detail);
            }
            Ok((deleted, failure))
        })?;
        reconciled.deleted += deleted;
        Ok(result)
    }

    /// Remembers since when the period of what was set aside is seen to be over.
    fn note_set_aside(&self) -> Result<(), Failure> {
        self.change(Operation::NoteSetAsideOver, |work| {
            let now = self.now();
            for item in self.repository.list_unsettled_secrets()? {
                let SecretItemState::SetAside(aside) = item.state else { continue };
                let over_since = match aside.over(now) {
                    Over::NotYet => None,
                    Over::Seen => Some(now),
                    Over::Waits | Over::Surely => continue,
                };
                if over_since != aside.over_since {
                    let state = SecretItemState::SetAside(SetAside { over_since, ..aside });
                    work.put(LocalChange::PutSecretItem(SecretItem { state, ..item }));
                }
            }
            Ok(())
        })
    }
}
