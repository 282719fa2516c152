//! PingOne accounts and their Connection API Credentials: add, edit, undo, copy, export, reveal.
//!
//! No role is needed: what PingOne lets a person do is decided there. Who did what is recorded.

use chrono::{DateTime, Utc};
use documents::{ConnectionApiFormat, Preview};
use tracing::{info, warn};
use uuid::Uuid;

use super::{Drawbridge, HandOverFailure, Outlet, secrets::NewSecret};
use crate::{
    Actor, AuditAction, Change, ConnectionApiCredential, Failure, FormerSecret, InputProblem, Person, PingOneAccount,
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
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let id = PingOneAccountId(self.generate_id());
        let account = PingOneAccount { id, name: self.parse_account_name(name, id)?, created_at: self.now() };
        let record = self.record(Actor::from(&person), AuditAction::AccountCreated, &account.name, "");
        self.repository.commit(&[Change::PutAccount(account.clone()), record])?;
        Ok(account)
    }

    /// Gives an account another name. The labels in the keychain keep the one that they were written with.
    pub fn rename_account(&self, id: PingOneAccountId, name: &str) -> Result<PingOneAccount, Failure> {
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let former = self.get_pingone_account(id)?;
        let account = PingOneAccount { name: self.parse_account_name(name, id)?, ..former };
        let detail = message!("activity-formerly", name = &former.name);
        let record = self.record(Actor::from(&person), AuditAction::AccountRenamed, &account.name, detail);
        self.repository.commit(&[Change::PutAccount(account.clone()), record])?;
        Ok(account)
    }

    /// Removes an account and the secrets that are kept of it here; in PingOne itself nothing changes. `confirmation` is its
    /// name, typed.
    pub fn remove_account(&self, id: PingOneAccountId, confirmation: &str) -> Result<(), Failure> {
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let account = self.get_pingone_account(id)?;
        check_confirmation(confirmation, &account.name)?;
        let credentials = self.repository.list_connection_credentials(id)?;
        let secrets: Vec<SecretId> = credentials.iter().flat_map(ConnectionApiCredential::secrets).collect();
        let client_ids: Vec<String> = credentials.iter().map(|one| one.client_id.to_string()).collect();
        let detail = match client_ids.as_slice() {
            [] => message!("activity-without-credentials"),
            ids => message!("activity-with-credentials", clients = Argument::list(ids, Joined::ByComma)),
        };
        let record = self.record(Actor::from(&person), AuditAction::AccountRemoved, &account.name, detail);
        self.exchange_secrets(Vec::new(), &secrets, vec![Change::RemoveAccount(id), record])
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
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let account = self.get_pingone_account(account)?;
        must_have_room(&account, self.repository.list_connection_credentials(account.id)?.len())?;
        let description = ConnectionApiCredential::parse_description(description)?;
        let client_id = generate_random_uuid(self.entropy.as_ref());
        let now = self.now();
        let (new, chosen) = self.new_client_secret(&account, client_id, now, secret)?;
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
            created_by: Actor::from(&person),
        };
        let detail = describe_secret(&credential);
        let record = self.record(Actor::from(&person), AuditAction::ConnectionCredentialAdded, &account.name, detail);
        self.exchange_secrets(vec![new], &[], vec![Change::PutConnectionCredential(credential.clone()), record])?;
        Ok(credential)
    }

    /// *Edit*: another description and another secret, each if it is given. The client id stays.
    pub fn edit_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
        description: Option<&str>,
        replacement: Option<SecretReplacement>,
    ) -> Result<ConnectionApiCredential, Failure> {
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let (account, former) = self.get_connection_credential(id)?;
        let description = match description {
            Some(description) => ConnectionApiCredential::parse_description(description)?,
            None => former.description.clone(),
        };
        let described = description != former.description;
        let mut credential = ConnectionApiCredential { description, ..former };
        let record = |action, detail: Message| self.record(Actor::from(&person), action, &account.name, detail);
        let mut records = Vec::new();
        if described {
            records.push(record(AuditAction::ConnectionCredentialChanged, credential.describe()));
        }
        let (mut new, mut dropped) = (Vec::new(), Vec::new());
        if let Some(SecretReplacement { secret, grace_hours }) = replacement {
            let grace = ConnectionApiCredential::parse_grace(grace_hours)?;
            let now = self.now();
            let (secret, chosen) = self.new_client_secret(&account, credential.client_id, now, secret)?;
            (credential, dropped) = credential.replace_secret(secret.id, chosen, now, grace);
            new.push(secret);
            let what = describe_secret(&credential);
            let detail = match &credential.former {
                Some(former) => message!("activity-former-kept", what = what, moment = Moment(former.until)),
                None => message!("activity-former-deleted", what = what),
            };
            records.push(record(AuditAction::ConnectionSecretReplaced, detail));
        }
        if records.is_empty() {
            return Ok(credential);
        }
        let mut changes = vec![Change::PutConnectionCredential(credential.clone())];
        changes.append(&mut records);
        self.exchange_secrets(new, &dropped, changes)?;
        Ok(credential)
    }

    /// Undoes a replacement: former and current secret change places. The time until which the other one is kept stays, so
    /// that this can be undone as well. `seen` is since when the secret was the current one that the person looked at:
    /// nothing is done where that is another one by now.
    pub fn undo_replacement(
        &self,
        id: ConnectionApiCredentialId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<ConnectionApiCredential, Failure> {
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        must_be_as_seen(&credential, seen)?;
        let credential = credential.undo_replacement(self.now())?;
        // A secret that somebody deleted in the keychain's own app must not become the current one.
        self.get_secret(credential.secret)?;
        let record = self.record(
            Actor::from(&person),
            AuditAction::ConnectionSecretRestored,
            &account.name,
            credential.describe(),
        );
        self.repository.commit(&[Change::PutConnectionCredential(credential.clone()), record])?;
        Ok(credential)
    }

    /// Deletes the former secret before its time is over. `seen` as in [`Self::undo_replacement`].
    pub fn drop_former_secret(
        &self,
        id: ConnectionApiCredentialId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<ConnectionApiCredential, Failure> {
        let _change = self.start_change()?;
        let person = self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        must_be_as_seen(&credential, seen)?;
        let client_id = credential.client_id;
        let (credential, secret) = credential.end_former().ok_or(PingOneProblem::NoFormerSecret { client_id })?;
        let changes = self.former_secret_ended(Actor::from(&person), &account, &credential);
        self.exchange_secrets(Vec::new(), &[secret], changes)?;
        Ok(credential)
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
            // Not within the change: the keychain may be busy with asking somebody else.
            self.secrets.probe()?;
        }
        let _change = self.start_change()?;
        self.end_due_former_secrets()
    }

    /// The same within a change, and without asking beforehand whether the keychain can be used.
    pub(super) fn end_due_former_secrets(&self) -> Result<usize, Failure> {
        let now = self.now();
        let mut ended = 0;
        let mut known = false;
        for mut credential in self.repository.list_former_secrets_over(now)? {
            let Some(former) = &mut credential.former else { continue };
            let over_since = match former.over(now) {
                Over::NotYet => None,
                Over::Seen => Some(now),
                Over::Waits => continue,
                Over::Surely => {
                    let secret = former.secret;
                    if !known {
                        // To another keychain it is deleted already.
                        self.must_know_keychain()?;
                        known = true;
                    }
                    // The item first: what the activity list calls deleted is gone. Killed in between, the next attempt
                    // finds nothing to delete, which is as good.
                    match self.secrets.delete(secret) {
                        Ok(()) => {
                            let account = self.get_pingone_account(credential.account_id)?;
                            credential.former = None;
                            let mut changes = self.former_secret_ended(Actor::System, &account, &credential);
                            changes.push(Change::RemoveSecretItem(secret));
                            self.repository.commit(&changes)?;
                            ended += 1;
                            continue;
                        }
                        Err(error) if self.secrets.probe().is_err() => return Err(error.into()),
                        Err(error) => {
                            // This one has to wait, and must keep no other from its end.
                            warn!(%error, "a former secret cannot be deleted now");
                            Some(now)
                        }
                    }
                }
            };
            former.over_since = over_since;
            self.repository.commit(&[Change::PutConnectionCredential(credential)])?;
        }
        if ended > 0 {
            info!(ended, "former secrets deleted");
        }
        Ok(ended)
    }

    fn former_secret_ended(
        &self,
        actor: Actor,
        account: &PingOneAccount,
        credential: &ConnectionApiCredential,
    ) -> Vec<Change> {
        let record = self.record(actor, AuditAction::FormerSecretEnded, &account.name, credential.describe());
        vec![Change::PutConnectionCredential(credential.clone()), record]
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
        let person = self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        let secret = self.read_client_secret(&credential)?;
        // Recorded first: no secret leaves without an entry.
        let record =
            self.record(Actor::from(&person), AuditAction::SecretRevealed, &account.name, credential.describe());
        self.repository.commit(&[record])?;
        Ok((credential.client_id, secret))
    }

    /// *Copy*: hands the secret to the clipboard.
    pub fn copy_client_secret(
        &self,
        id: ConnectionApiCredentialId,
        clipboard: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let person = self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        let secret = self.read_client_secret(&credential)?;
        let destination = clipboard.destination();
        let detail = message!("activity-secret-to", what = credential.describe(), destination = destination);
        self.deliver_recorded(&person, AuditAction::CredentialsCopied, &account, &detail, &secret, clipboard)
    }

    /// *Export…*: hands the credentials with their current secret to a file.
    pub fn export_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
        file: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let person = self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        let secret = self.read_client_secret(&credential)?;
        let document = format.render(&credential.client_id.to_string(), &secret).map_err(Failure::from)?;
        let detail = message!(
            "activity-exported-as",
            what = credential.describe(),
            format = format.message(),
            destination = file.destination(),
        );
        self.deliver_recorded(&person, AuditAction::CredentialsExported, &account, &detail, &document, file)
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

    fn deliver_recorded(
        &self,
        person: &Person,
        action: AuditAction,
        account: &PingOneAccount,
        detail: &Message,
        document: &SecretBytes,
        outlet: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let record = |action| self.record(Actor::from(person), action, &account.name, detail.clone());
        // Recorded first: no secret leaves without an entry.
        self.repository.commit(&[record(action)]).map_err(Failure::from)?;
        outlet.deliver(document).inspect_err(|_| {
            if let Err(error) = self.repository.commit(&[record(AuditAction::HandOverFailed)]) {
                warn!(%error, "that a copy or export failed could not be recorded");
            }
        })?;
        Ok(())
    }

    /// The chosen secret or a generated one, on its way into the keychain, and whether it was chosen.
    fn new_client_secret(
        &self,
        account: &PingOneAccount,
        client_id: Uuid,
        now: DateTime<Utc>,
        chosen: Option<SecretBytes>,
    ) -> Result<(NewSecret, bool), PingOneProblem> {
        let was_chosen = chosen.is_some();
        let secret = match chosen {
            Some(secret) => {
                ConnectionApiCredential::check_secret(&secret)?;
                secret
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
