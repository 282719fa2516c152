//! The end of former secrets.

use tracing::{info, warn};

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, PingOneOperations},
    id::ConnectionApiCredentialId,
    operation::Operation,
    pingone::{FormerSecret, Over},
    ports::{SecretStoreError, SharedChange},
    refusal::Failure,
};

impl PingOneOperations<'_> {
    /// Deletes the former secrets whose time is surely over; returns how many. Never asks for the keychain's password:
    /// if there is anything to delete and the keychain cannot be used now, that is the error.
    pub fn end_former_secrets(&self) -> Result<usize, Failure> {
        let now = self.now();
        let over = self.repository.list_former_secrets_over(now)?;
        if over.is_empty() {
            return Ok(0);
        }
        let certain = |former: &FormerSecret| former.over(now) == Over::Surely;
        if over.iter().filter_map(|credential| credential.former.as_ref()).any(certain) {
            // Before the change, and not in it: the keychain may be waiting for an answer to a question of its own.
            self.secrets.probe()?;
        }
        self.end_due_former_secrets()
    }
}

impl Drawbridge {
    /// The same without first checking whether the keychain can be used.
    pub(crate) fn end_due_former_secrets(&self) -> Result<usize, Failure> {
        let mut ended = 0;
        for credential in self.repository.list_former_secrets_over(self.now())? {
            let Some(former) = &credential.former else { continue };
            let over = former.over(self.now());
            if matches!(over, Over::Waits) {
                continue;
            }
            if matches!(over, Over::Surely) {
                match self.end_former_secret(credential.id)? {
                    Ok(true) => ended += 1,
                    Ok(false) => {}
                    Err(error) if self.secrets.probe().is_err() => return Err(error.into()),
                    Err(error) => {
                        // This one has to wait, and must not stop the others.
                        warn!(%error, "a former secret cannot be deleted now");
                        self.note_former_secret(credential.id, true)?;
                    }
                }
            } else {
                self.note_former_secret(credential.id, false)?;
            }
        }
        if ended > 0 {
            info!(ended, "former secrets deleted");
        }
        Ok(ended)
    }

    /// Whether the former secret was deleted; `false` where it is not certain any more that its time is over. The inner
    /// error is that it could not be deleted.
    fn end_former_secret(&self, id: ConnectionApiCredentialId) -> Result<Result<bool, SecretStoreError>, Failure> {
        self.change(Operation::EndFormerSecret, |work| {
            let Some(mut credential) = self.repository.find_connection_credential(id)? else { return Ok(Ok(false)) };
            let account = self.get_pingone_account(credential.account_id)?;
            let Some(former) = credential.former.take_if(|former| former.over(self.now()) == Over::Surely) else {
                return Ok(Ok(false));
            };
            // In another keychain the item would look as if it were deleted already.
            self.must_know_keychain()?;
            if let Err(error) = work.delete_item(former.secret) {
                return Ok(Err(error));
            }
            work.record(AuditAction::FormerSecretEnded, account.describe(), credential.describe());
            work.put(SharedChange::PutConnectionCredential(credential));
            Ok(Ok(true))
        })
    }

    /// Remembers since when the time of a former secret is seen to be over, or that it is not. After a deletion that
    /// `failed`, that time begins again.
    fn note_former_secret(&self, id: ConnectionApiCredentialId, failed: bool) -> Result<(), Failure> {
        self.change(Operation::NoteFormerSecretOver, |work| {
            let Some(mut credential) = self.repository.find_connection_credential(id)? else { return Ok(()) };
            let Some(former) = &mut credential.former else { return Ok(()) };
            let now = self.now();
            former.over_since = match former.over(now) {
                Over::NotYet => None,
                Over::Seen => Some(now),
                Over::Surely if failed => Some(now),
                Over::Waits | Over::Surely => return Ok(()),
            };
            work.put(SharedChange::PutConnectionCredential(credential));
            Ok(())
        })
    }
}
