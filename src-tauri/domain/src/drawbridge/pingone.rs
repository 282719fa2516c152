//! PingOne accounts and their Connection API Credentials: add, edit, undo, copy, export, reveal.
//!
//! No role is needed: what PingOne lets a person do is decided there. Who did what is recorded.

use chrono::{DateTime, Utc};
use documents::{ConnectionApiFormat, Preview};
use tracing::{info, warn};
use uuid::Uuid;

use super::work::{Entries, NewSecret};
use super::{Drawbridge, HandOverFailure, Outlet};
use crate::{
    AuditAction, Change, ConnectionApiCredential, Failure, FormerSecret, InputProblem, Operation, PingOneAccount,
    PingOneProblem, Refusal, RepositoryError, SecretBytes, SecretStoreError, SecretStrength,
    clock::generate_random_uuid,
    connection_api_credential::Over,
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    input::check_confirmation,
};
use messages::{Argument, Joined, Message, Moment, message};

/// An account in the list.
#[derive(Debug, Clone)]
pub struct AccountSummary {
    /// The account.
    pub account: PingOneAccount,
    /// How many credentials it has, of [`ConnectionApiCredential::MAX_PER_ACCOUNT`].
    pub credentials: usize,
    /// Of how many of them a former secret is kept.
    pub former_secrets: usize,
}

/// The account's page.
#[derive(Debug)]
pub struct AccountPage {
    /// The account.
    pub account: PingOneAccount,
    /// Its credentials, oldest first.
    pub credentials: Vec<ConnectionCredentialOverview>,
    /// Whether there is room for another one.
    pub may_add: Result<(), Refusal>,
}

/// Connection API Credentials, without a former secret whose time is over.
#[derive(Debug, Clone)]
pub struct ConnectionCredentialOverview {
    /// The credentials.
    pub credential: ConnectionApiCredential,
    /// What the secret is called in the keychain.
    pub secret_label: Option<String>,
}

/// Another secret in place of the present one.
#[derive(Debug)]
pub struct SecretReplacement {
    /// The secret that a person chose; `None` to have one generated.
    pub secret: Option<SecretBytes>,
    /// For how many hours the present one is kept; 0 to delete it at once.
    pub grace_hours: u32,
}

impl Drawbridge {
    /// All PingOne accounts, by name.
    pub fn list_accounts(&self) -> Result<Vec<AccountSummary>, Failure> {
        let now = self.now();
        let summary = |account: PingOneAccount| {
            let credentials = self.repository.list_connection_credentials(account.id)?;
            let former_secrets = credentials.iter().filter(|one| one.kept_former(now).is_some()).count();
            Ok(AccountSummary { account, credentials: credentials.len(), former_secrets })
        };
        self.repository.list_accounts()?.into_iter().map(summary).collect()
    }

    /// Creates an account.
    pub fn create_account(&self, name: &str) -> Result<PingOneAccount, Failure> {
        self.change(Operation::CreateAccount, |work| {
            let id = PingOneAccountId(self.generate_id());
            let account = PingOneAccount { id, name: self.parse_account_name(name, id)?, created_at: self.now() };
            work.record(AuditAction::AccountCreated, &account.name, "");
            work.put(Change::PutAccount(account.clone()));
            Ok(account)
        })
    }

    /// Gives an account another name. The labels in the keychain keep the one that they were written with.
    pub fn rename_account(&self, id: PingOneAccountId, name: &str) -> Result<PingOneAccount, Failure> {
        self.change(Operation::RenameAccount, |work| {
            let former = self.get_pingone_account(id)?;
            let account = PingOneAccount { name: self.parse_account_name(name, id)?, ..former };
            let detail = message!("activity-formerly", name = &former.name);
            work.record(AuditAction::AccountRenamed, &account.name, detail);
            work.put(Change::PutAccount(account.clone()));
            Ok(account)
        })
    }

    /// Removes an account and the secrets that are kept of it here; in PingOne itself nothing changes. `confirmation` is its
    /// name, typed.
    pub fn remove_account(&self, id: PingOneAccountId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::RemoveAccount, |work| {
            let account = self.get_pingone_account(id)?;
            check_confirmation(confirmation, &account.name)?;
            let credentials = self.repository.list_connection_credentials(id)?;
            for secret in credentials.iter().flat_map(ConnectionApiCredential::secrets) {
                work.drop_secret(secret);
            }
            let client_ids: Vec<String> = credentials.iter().map(|one| one.client_id.to_string()).collect();
            let detail = match client_ids.as_slice() {
                [] => message!("activity-without-credentials"),
                ids => message!("activity-with-credentials", clients = Argument::list(ids, Joined::ByComma)),
            };
            work.record(AuditAction::AccountRemoved, &account.name, detail);
            work.put(Change::RemoveAccount(id));
            Ok(())
        })
    }

    /// The account's page.
    pub fn get_account(&self, id: PingOneAccountId) -> Result<AccountPage, Failure> {
        self.get_current_person()?;
        let account = self.get_pingone_account(id)?;
        let now = self.now();
        let credentials: Vec<ConnectionCredentialOverview> = self
            .repository
            .list_connection_credentials(id)?
            .into_iter()
            .map(|credential| self.connection_credential_overview(credential, now))
            .collect::<Result<_, _>>()?;
        Ok(AccountPage { may_add: must_have_room(&account, credentials.len()), account, credentials })
    }

    /// *Add Secret*: new credentials. Without a `secret` one is generated.
    pub fn add_connection_credential(
        &self,
        account: PingOneAccountId,
        description: &str,
        secret: Option<SecretBytes>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::AddConnectionCredential, |work| {
            let account = self.get_pingone_account(account)?;
            must_have_room(&account, self.repository.list_connection_credentials(account.id)?.len())?;
            let description = ConnectionApiCredential::parse_description(description)?;
            let client_id = generate_random_uuid(self.entropy.as_ref());
            let now = self.now();
            let (new, chosen) = self.new_client_secret(&account, client_id, now, secret.as_ref())?;
            let credential = ConnectionApiCredential {
                id: ConnectionApiCredentialId(self.generate_id()),
                account_id: account.id,
                client_id,
                description,
                secret: new.id,
                secret_chosen: chosen,
                secret_changed_at: now,
                former: None,
                created_at: now,
                created_by: work.actor(),
            };
            let detail = describe_secret(&credential);
            work.record(AuditAction::ConnectionCredentialAdded, &account.name, detail);
            work.store_secret(new);
            work.put(Change::PutConnectionCredential(credential.clone()));
            Ok(credential)
        })
    }

    /// *Edit*: another description and another secret, each if it is given. The client id stays.
    pub fn edit_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
        description: Option<&str>,
        replacement: Option<SecretReplacement>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::EditConnectionCredential, |work| {
            let (account, former) = self.get_connection_credential(id)?;
            let description = match description {
                Some(description) => ConnectionApiCredential::parse_description(description)?,
                None => former.description.clone(),
            };
            let described = description != former.description;
            let mut credential = ConnectionApiCredential { description, ..former };
            if described {
                work.record(AuditAction::ConnectionCredentialChanged, &account.name, credential.describe());
            }
            if let Some(SecretReplacement { secret, grace_hours }) = &replacement {
                let grace = ConnectionApiCredential::parse_grace(*grace_hours)?;
                let now = self.now();
                let (secret, chosen) = self.new_client_secret(&account, credential.client_id, now, secret.as_ref())?;
                let dropped;
                (credential, dropped) = credential.replace_secret(secret.id, chosen, now, grace);
                dropped.into_iter().for_each(|secret| work.drop_secret(secret));
                work.store_secret(secret);
                let what = describe_secret(&credential);
                let detail = match &credential.former {
                    Some(former) => message!("activity-former-kept", what = what, moment = Moment(former.until)),
                    None => message!("activity-former-deleted", what = what),
                };
                work.record(AuditAction::ConnectionSecretReplaced, &account.name, detail);
            }
            if described || replacement.is_some() {
                work.put(Change::PutConnectionCredential(credential.clone()));
            }
            Ok(credential)
        })
    }

    /// Undoes a replacement: former and current secret change places. The time until which the other one is kept stays, so
    /// that this can be undone as well. `seen` is since when the secret was the current one that the person looked at:
    /// nothing is done where that is another one by now.
    pub fn undo_replacement(
        &self,
        id: ConnectionApiCredentialId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::UndoReplacement, |work| {
            let (account, credential) = self.get_connection_credential(id)?;
            must_be_as_seen(&credential, seen)?;
            let credential = credential.undo_replacement(self.now())?;
            // A secret that somebody deleted in the keychain's own app must not become the current one.
            self.get_secret(credential.secret)?;
            work.record(AuditAction::ConnectionSecretRestored, &account.name, credential.describe());
            work.put(Change::PutConnectionCredential(credential.clone()));
            Ok(credential)
        })
    }

    /// Deletes the former secret before its time is over. `seen` as in [`Self::undo_replacement`].
    pub fn drop_former_secret(
        &self,
        id: ConnectionApiCredentialId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::DropFormerSecret, |work| {
            let (account, credential) = self.get_connection_credential(id)?;
            must_be_as_seen(&credential, seen)?;
            let client_id = credential.client_id;
            let (credential, secret) = credential.end_former().ok_or(PingOneProblem::NoFormerSecret { client_id })?;
            work.drop_secret(secret);
            work.put(Change::PutConnectionCredential(credential.clone()));
            work.record(AuditAction::FormerSecretEnded, &account.name, credential.describe());
            Ok(credential)
        })
    }

    /// Deletes the former secrets whose time is surely over; returns how many. Asks nobody for the keychain's password: a
    /// keychain that cannot be used now is the error, if there is anything to delete.
    pub fn end_former_secrets(&self) -> Result<usize, Failure> {
        let now = self.now();
        let over = self.repository.list_former_secrets_over(now)?;
        if over.is_empty() {
            return Ok(0);
        }
        let certain = |former: &FormerSecret| former.over(now) == Over::Surely;
        if over.iter().filter_map(|credential| credential.former.as_ref()).any(certain) {
            // Before the change: the keychain may be busy with asking somebody else.
            self.secrets.probe()?;
        }
        self.end_due_former_secrets()
    }

    /// The same without asking beforehand whether the keychain can be used.
    pub(super) fn end_due_former_secrets(&self) -> Result<usize, Failure> {
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
                        // This one has to wait, and must keep no other from its end.
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

    /// Whether the former secret was deleted; `false` where its time is not surely over any more. The inner error is that it
    /// could not be deleted.
    fn end_former_secret(&self, id: ConnectionApiCredentialId) -> Result<Result<bool, SecretStoreError>, Failure> {
        self.change(Operation::EndFormerSecret, |work| {
            let Some(mut credential) = self.repository.find_connection_credential(id)? else { return Ok(Ok(false)) };
            let account = self.get_pingone_account(credential.account_id)?;
            let Some(former) = credential.former.take_if(|former| former.over(self.now()) == Over::Surely) else {
                return Ok(Ok(false));
            };
            // To another keychain it is deleted already.
            self.must_know_keychain()?;
            if let Err(error) = work.delete_item(former.secret) {
                return Ok(Err(error));
            }
            work.record(AuditAction::FormerSecretEnded, &account.name, credential.describe());
            work.put(Change::PutConnectionCredential(credential));
            Ok(Ok(true))
        })
    }

    /// Remembers since when the time of a former secret is seen to be over, or that it is not. After a deletion that `failed`
    /// it has to be seen from now on again.
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
            work.put(Change::PutConnectionCredential(credential));
            Ok(())
        })
    }

    /// How hard a secret for credentials of this account would be to guess. Refuses what adding it would refuse.
    pub fn judge_client_secret(
        &self,
        account: PingOneAccountId,
        secret: &SecretBytes,
    ) -> Result<SecretStrength, Failure> {
        self.get_current_person()?;
        let account = self.get_pingone_account(account)?;
        ConnectionApiCredential::check_secret(secret)?;
        let credentials = self.repository.list_connection_credentials(account.id)?;
        let client_ids: Vec<String> = credentials.iter().map(|one| one.client_id.to_string()).collect();
        let mut known: Vec<&str> = client_ids.iter().map(String::as_str).collect();
        known.push(&account.name);
        known.extend(account.name.split_whitespace());
        Ok(SecretStrength::judge(secret, &known))
    }

    /// The account and the client id, for the question before *Copy* and *Reveal*.
    pub fn name_connection_credential(&self, id: ConnectionApiCredentialId) -> Result<(String, String), Failure> {
        let (account, credential) = self.get_connection_credential(id)?;
        Ok((account.name, credential.describe().to_string()))
    }

    /// *Reveal*: the client id and the secret itself. Nothing else returns one.
    pub fn reveal_client_secret(&self, id: ConnectionApiCredentialId) -> Result<(Uuid, SecretBytes), Failure> {
        let prepare = |entries: &mut Entries| {
            let (account, credential) = self.get_connection_credential(id)?;
            entries.record(&account.name, credential.describe());
            Ok((credential.client_id, self.read_client_secret(&credential)?))
        };
        self.release(Operation::RevealClientSecret, AuditAction::SecretRevealed, prepare, Ok)
    }

    /// *Copy*: hands the secret to the clipboard.
    pub fn copy_client_secret(
        &self,
        id: ConnectionApiCredentialId,
        clipboard: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let prepare = |entries: &mut Entries| {
            let (account, credential) = self.get_connection_credential(id)?;
            let destination = clipboard.destination();
            let detail = message!("activity-secret-to", what = credential.describe(), destination = destination);
            entries.record(&account.name, detail);
            self.read_client_secret(&credential)
        };
        let operation = Operation::HandOverConnectionCredential;
        self.release(operation, AuditAction::CredentialsCopied, prepare, |secret| Ok(clipboard.deliver(&secret)?))
    }

    /// *Export…*: hands the credentials with their current secret to a file.
    pub fn export_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
        file: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let prepare = |entries: &mut Entries| {
            let (account, credential) = self.get_connection_credential(id)?;
            let detail = message!(
                "activity-exported-as",
                what = credential.describe(),
                format = format.message(),
                destination = file.destination(),
            );
            entries.record(&account.name, detail);
            Ok(format.render(&credential.client_id.to_string(), &self.read_client_secret(&credential)?)?)
        };
        let operation = Operation::HandOverConnectionCredential;
        self.release(operation, AuditAction::CredentialsExported, prepare, |document| Ok(file.deliver(&document)?))
    }

    /// What an export would hold, with the secret hidden.
    pub fn preview_connection_export(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
    ) -> Result<Preview, Failure> {
        self.get_current_person()?;
        let (_, credential) = self.get_connection_credential(id)?;
        Ok(format.preview(&credential.client_id.to_string())?)
    }

    /// A file name for *Export…*.
    pub fn suggest_connection_export_name(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
    ) -> Result<String, Failure> {
        self.get_current_person()?;
        let (_, credential) = self.get_connection_credential(id)?;
        let client_id = credential.client_id.to_string();
        Ok(format!("pingone-{}.{}", &client_id[..8], format.extension()))
    }

    /// The chosen secret or a generated one, on its way into the keychain, and whether it was chosen.
    fn new_client_secret(
        &self,
        account: &PingOneAccount,
        client_id: Uuid,
        now: DateTime<Utc>,
        chosen: Option<&SecretBytes>,
    ) -> Result<(NewSecret, bool), PingOneProblem> {
        let was_chosen = chosen.is_some();
        let secret = match chosen {
            Some(secret) => {
                ConnectionApiCredential::check_secret(secret)?;
                // EXPOSE: one copy goes into the keychain; the person's own stays for another attempt.
                SecretBytes::new(secret.expose().to_vec())
            }
            None => self.generate_client_secret(),
        };
        // With its time: a former secret lies beside the current one.
        let label = message!(
            "secret-label-pingone",
            client = client_id.to_string(),
            account = &account.name,
            moment = Moment(now),
        )
        .to_string();
        Ok((NewSecret { id: SecretId(self.generate_id()), label, secret }, was_chosen))
    }

    fn read_client_secret(&self, credential: &ConnectionApiCredential) -> Result<SecretBytes, Failure> {
        let secret = self.get_secret(credential.secret)?;
        if ConnectionApiCredential::check_secret(&secret).is_err() {
            let reason = message!("keychain-changed-secret", client = credential.client_id.to_string());
            return Err(SecretStoreError::Broken { reason }.into());
        }
        Ok(secret)
    }

    fn connection_credential_overview(
        &self,
        mut credential: ConnectionApiCredential,
        now: DateTime<Utc>,
    ) -> Result<ConnectionCredentialOverview, Failure> {
        credential.former = credential.kept_former(now).cloned();
        let item = self.repository.find_secret_item(credential.secret)?;
        Ok(ConnectionCredentialOverview { credential, secret_label: item.map(|item| item.label) })
    }

    fn parse_account_name(&self, name: &str, id: PingOneAccountId) -> Result<String, Failure> {
        let name = PingOneAccount::parse_name(name)?;
        let taken = |other: &PingOneAccount| other.id != id && other.name.to_lowercase() == name.to_lowercase();
        if self.repository.list_accounts()?.iter().any(taken) {
            return Err(InputProblem::NameTaken(name).into());
        }
        Ok(name)
    }

    fn get_pingone_account(&self, id: PingOneAccountId) -> Result<PingOneAccount, Failure> {
        self.repository.find_account(id)?.ok_or(Failure::NotFound("PingOne account"))
    }

    fn get_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<(PingOneAccount, ConnectionApiCredential), Failure> {
        let credential = self.repository.find_connection_credential(id)?.ok_or(Failure::NotFound("credential"))?;
        Ok((self.get_pingone_account(credential.account_id)?, credential))
    }
}

fn must_have_room(account: &PingOneAccount, credentials: usize) -> Result<(), Refusal> {
    if credentials < ConnectionApiCredential::MAX_PER_ACCOUNT {
        Ok(())
    } else {
        Err(PingOneProblem::AccountFull { account: account.name.clone() }.into())
    }
}

fn describe_secret(credential: &ConnectionApiCredential) -> Message {
    if credential.secret_chosen {
        message!("activity-secret-chosen", what = credential.describe())
    } else {
        message!("activity-secret-generated", what = credential.describe())
    }
}

/// Undoing and deleting mean a certain secret: in the meantime somebody may have made the two change places.
fn must_be_as_seen(credential: &ConnectionApiCredential, seen: Option<DateTime<Utc>>) -> Result<(), Failure> {
    match seen {
        Some(seen) if seen != credential.secret_changed_at => Err(RepositoryError::Conflict.into()),
        Some(_) | None => Ok(()),
    }
}
