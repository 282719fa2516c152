//! The unit of work: the one way to change anything.
//!
//! An operation holds the lock while it reads, decides and changes, so that nobody else changes anything in between.
//! Its changes and its secrets become one commit in this order: row `Storing` → item under a new id → row `Active`
//! together with everything that refers to it (one commit) → former rows `Deleting` in that same commit → former items
//! → former rows. If the program is killed between any two of these, the next start finds the old or the new state,
//! whole.
//!
//! An operation deletes at once what it has replaced itself: by then its commit is in the database file, and on the
//! disk.

use documents::SecretBytes;
use messages::Message;
use tracing::warn;

use crate::{
    activity::{AuditAction, AuditEvent},
    credential::{SecretItem, SecretItemState},
    drawbridge::Drawbridge,
    id::{EventId, SecretId},
    operation::{Operation, Permission, Recording, SecretUse},
    person::{Actor, Person},
    ports::{Change, ChangeGuard, LocalChange, RepositoryError, SecretStoreError, SharedChange},
    refusal::{Failure, Refusal},
};

/// A secret on its way into the keychain.
pub(crate) struct NewSecret {
    pub id: SecretId,
    pub label: Message,
    pub secret: SecretBytes,
}

/// The same with the text of its label, which the keychain and the ledger keep.
struct LabelledSecret {
    id: SecretId,
    label: String,
    secret: SecretBytes,
}

impl LabelledSecret {
    fn item(&self, state: SecretItemState) -> Change {
        LocalChange::PutSecretItem(SecretItem { id: self.id, label: self.label.clone(), state }).into()
    }
}

/// An operation on its way to its one commit.
pub(crate) struct Work<'a> {
    drawbridge: &'a Drawbridge,
    operation: Operation,
    _guard: Box<dyn ChangeGuard>,
    person: Option<Person>,
    /// In whose name the changes are recorded; `None` until the operation has said so.
    actor: Option<Actor>,
    permitted: bool,
    changes: Vec<Change>,
    entries: Vec<AuditEvent>,
    new: Vec<LabelledSecret>,
    former: Vec<SecretId>,
    any_keychain: bool,
}

/// What is recorded about a secret that is handed out.
pub(crate) struct Entries {
    action: AuditAction,
    entries: Vec<(Message, Message)>,
}

impl Entries {
    /// Adds an entry: about what, and how.
    pub(crate) fn record(&mut self, subject: impl Into<Message>, detail: impl Into<Message>) {
        self.entries.push((subject.into(), detail.into()));
    }
}

impl Drawbridge {
    /// Carries out an operation: everything that `run` collects happens, or nothing.
    ///
    /// `run` may be called again from its start, so it must keep nothing outside.
    pub(crate) fn change<T>(
        &self,
        operation: Operation,
        run: impl Fn(&mut Work<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut work = Work::begin(self, operation)?;
        let outcome = run(&mut work)?;
        work.commit()?;
        Ok(outcome)
    }

    /// Hands a secret out. `prepare` reads it and says what is to be recorded. The entry is made before `hand` gets the
    /// secret: no secret leaves without an entry.
    pub(crate) fn release<P, T, E: From<Failure>>(
        &self,
        operation: Operation,
        action: AuditAction,
        prepare: impl FnOnce(&mut Entries) -> Result<P, Failure>,
        hand: impl FnOnce(P) -> Result<T, E>,
    ) -> Result<T, E> {
        let person = self.get_person_for(operation)?.map(|person| person.id);
        let mut entries = Entries { action, entries: Vec::new() };
        let prepared = prepare(&mut entries)?;
        if entries.entries.is_empty() {
            return Err(defect(operation, UNRECORDED).into());
        }
        let record = |action: AuditAction| {
            self.change(operation, |work| {
                if work.person.as_ref().map(|person| person.id) != person {
                    // Another person uses the installation by now, so an entry in the former name would be wrong.
                    return Err(RepositoryError::Conflict.into());
                }
                for (subject, detail) in &entries.entries {
                    work.record(action, subject.clone(), detail.clone());
                }
                Ok(())
            })
        };
        record(entries.action)?;
        hand(prepared).inspect_err(|_| {
            if let Err(error) = record(AuditAction::HandOverFailed) {
                warn!(%error, "that a copy or export failed could not be recorded");
            }
        })
    }

    /// The person who carries out an operation and who must have its roles; `None` where it needs nobody.
    fn get_person_for(&self, operation: Operation) -> Result<Option<Person>, Failure> {
        match operation.permission() {
            Permission::Action(action) => self.get_person_who_may(action).map(Some),
            Permission::Subject | Permission::Person => self.get_current_person().map(Some),
            Permission::Named | Permission::System => Ok(None),
        }
    }
}

const UNRECORDED: &str = "adds no entry to the activity list";

/// None of these can be a person's doing.
fn defect(operation: Operation, lacks: &str) -> Failure {
    let reason = format!("the operation {operation:?} {lacks}; this is a defect of Drawbridge");
    RepositoryError::Other { reason: reason.into() }.into()
}

impl<'a> Work<'a> {
    fn begin(drawbridge: &'a Drawbridge, operation: Operation) -> Result<Self, Failure> {
        let guard = drawbridge.changeable.repository.begin_change()?;
        let person = drawbridge.get_person_for(operation)?;
        let permission = operation.permission();
        let actor = match permission {
            Permission::System => Some(Actor::System),
            Permission::Action(_) | Permission::Subject | Permission::Person | Permission::Named => {
                person.as_ref().map(Actor::from)
            }
        };
        Ok(Self {
            drawbridge,
            operation,
            _guard: guard,
            person,
            actor,
            permitted: permission != Permission::Subject,
            changes: Vec::new(),
            entries: Vec::new(),
            new: Vec::new(),
            former: Vec::new(),
            any_keychain: false,
        })
    }

    /// Who carries it out.
    pub(crate) fn person(&self) -> Result<&Person, Failure> {
        self.person.as_ref().ok_or_else(|| Refusal::NoPerson.into())
    }

    /// In whose name.
    pub(crate) fn actor(&self) -> Actor {
        self.actor.clone().unwrap_or(Actor::System)
    }

    /// Says in whose name, where the operation leaves that open.
    pub(crate) fn act_as(&mut self, actor: Actor) {
        self.actor = Some(actor);
    }

    /// Goes on only if what is changed allows it.
    pub(crate) fn permit(&mut self, allowed: Result<(), Refusal>) -> Result<(), Failure> {
        allowed?;
        self.permitted = true;
        Ok(())
    }

    /// Adds a change. Changes happen in the order in which they are added.
    pub(crate) fn put(&mut self, change: impl Into<Change>) {
        self.changes.push(change.into());
    }

    /// Adds an entry of the activity list.
    pub(crate) fn record(&mut self, action: AuditAction, subject: impl Into<Message>, detail: impl Into<Message>) {
        self.record_as(self.actor(), action, subject, detail);
    }

    /// The same in another name: for what the program does by itself because of the operation.
    pub(crate) fn record_as(
        &mut self,
        actor: Actor,
        action: AuditAction,
        subject: impl Into<Message>,
        detail: impl Into<Message>,
    ) {
        self.entries.push(AuditEvent {
            id: EventId(self.drawbridge.generate_id()),
            at: self.drawbridge.now(),
            actor,
            action,
            subject: subject.into(),
            detail: detail.into(),
        });
    }

    /// Adds a secret to be stored.
    pub(crate) fn store_secret(&mut self, secret: NewSecret) {
        let NewSecret { id, label, secret } = secret;
        let label = label.render(self.drawbridge.language.get());
        self.new.push(LabelledSecret { id, label, secret });
    }

    /// Adds a secret to be deleted once nothing refers to it any more.
    pub(crate) fn drop_secret(&mut self, id: SecretId) {
        self.former.push(id);
    }

    /// Deletes an item now, before the commit, which then removes its row: what *Activity* calls deleted must be
    /// deleted. If the program is killed in between, the next attempt finds nothing to delete and goes on.
    pub(crate) fn delete_item(&mut self, id: SecretId) -> Result<(), SecretStoreError> {
        self.drawbridge.secrets.delete(id)?;
        self.changes.push(LocalChange::RemoveSecretItem(id).into());
        Ok(())
    }

    /// Allows secrets to go into a keychain that is not the one of this installation.
    pub(crate) const fn accept_any_keychain(&mut self) {
        self.any_keychain = true;
    }

    /// Makes everything happen, or nothing.
    fn commit(mut self) -> Result<(), Failure> {
        self.check()?;
        let moves = !(self.new.is_empty() && self.former.is_empty());
        if moves && !self.any_keychain {
            // This also shows that the keychain can be used: a secret that *Activity* calls deleted must not stay
            // there.
            self.drawbridge.must_know_keychain()?;
            // The first secret brings the witness with it.
            if !self.new.is_empty() && self.drawbridge.repository.find_keychain_witness()?.is_none() {
                self.drawbridge.add_witness(&mut self);
            }
        }
        let Self { drawbridge, changes, entries, new, former, .. } = &mut self;
        let (changeable, repository) = (&drawbridge.changeable, &drawbridge.changeable.repository);
        let mut settled = Vec::with_capacity(new.len() + former.len() + changes.len());
        for id in &*former {
            let item = repository.find_secret_item(*id)?.ok_or(Failure::NotFound("secret"))?;
            settled.push(LocalChange::PutSecretItem(SecretItem { state: SecretItemState::Deleting, ..item }).into());
        }
        settled.extend(new.iter().map(|secret| secret.item(SecretItemState::Active)));
        settled.append(changes);
        settled.extend(entries.drain(..).map(|event| SharedChange::Record(event).into()));
        if settled.is_empty() {
            return Ok(());
        }
        if !new.is_empty() {
            let rows: Vec<Change> = new.iter().map(|secret| secret.item(SecretItemState::Storing)).collect();
            changeable.commit(&rows)?;
        }
        for (index, secret) in new.iter().enumerate() {
            if let Err(error) = drawbridge.secrets.put(secret.id, &secret.label, &secret.secret) {
                drawbridge.undo_storing(new, index, &error);
                return Err(error.into());
            }
        }
        if let Err(error) = changeable.commit(&settled) {
            // The ledger shows whether the commit happened in spite of the error. If the ledger cannot be read, the
            // repair decides.
            let undone = |id: &SecretId| matches!(repository.find_secret_item(*id), Ok(Some(item)) if item.state == SecretItemState::Storing);
            drawbridge.remove_items(new.iter().map(|secret| secret.id).filter(undone));
            return Err(error.into());
        }
        drawbridge.remove_items(former.iter().copied());
        Ok(())
    }

    /// Whether it keeps what the table of operations promises.
    fn check(&self) -> Result<(), Failure> {
        let recorded = self.entries.iter().any(|entry| Some(&entry.actor) == self.actor.as_ref());
        let nothing =
            self.entries.is_empty() && self.changes.is_empty() && self.new.is_empty() && self.former.is_empty();
        let changed = !nothing;
        let deleted =
            self.changes.iter().any(|change| matches!(change, Change::Local(LocalChange::RemoveSecretItem(_))));
        let moved = deleted || !(self.new.is_empty() && self.former.is_empty());
        let lacks = if self.actor.is_none() && changed {
            "does not say in whose name"
        } else if !self.permitted {
            "has not asked whether it is allowed"
        } else if changed && !recorded && self.operation.recording() == Recording::Always {
            UNRECORDED
        } else if moved && self.operation.secrets() == SecretUse::Untouched {
            "is said to touch no secret"
        } else {
            return Ok(());
        };
        Err(defect(self.operation, lacks))
    }
}

impl Drawbridge {
    /// Takes back the items before `failed`, and removes the row of every new secret whose item surely does not exist.
    fn undo_storing(&self, new: &[LabelledSecret], failed: usize, error: &SecretStoreError) {
        self.remove_items(new[..failed].iter().map(|secret| secret.id));
        let mut never_stored = new[failed..].iter().map(|secret| secret.id);
        // It may have been written in spite of the error: then the item has to be deleted before the row.
        if !error.says_nothing_was_written() {
            self.remove_items(never_stored.next());
        }
        let rows: Vec<Change> = never_stored.map(|id| LocalChange::RemoveSecretItem(id).into()).collect();
        if let Err(error) = self.changeable.commit(&rows) {
            warn!(%error, "rows of secrets that were never stored remain until the next start");
        }
    }

    /// Deletes items, then their rows. An item that cannot be deleted stays in the ledger; the next start sets it
    /// aside.
    fn remove_items(&self, ids: impl IntoIterator<Item = SecretId>) {
        let mut removed = Vec::new();
        for id in ids {
            match self.secrets.delete(id) {
                Ok(()) => removed.push(LocalChange::RemoveSecretItem(id).into()),
                Err(error) => warn!(%id, %error, "a secret remains in the keychain until the next start"),
            }
        }
        if removed.is_empty() {
            return;
        }
        if let Err(error) = self.changeable.commit(&removed) {
            warn!(%error, "rows of deleted secrets remain until the next start");
        }
    }
}

#[cfg(test)]
mod tests;
