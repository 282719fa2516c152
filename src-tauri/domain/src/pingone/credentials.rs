//! Connection API Credentials: add, edit, replace a secret and undo that.

use chrono::{DateTime, Utc};
use documents::SecretBytes;
use messages::{Message, Moment, message};

use crate::{
    activity::AuditAction,
    credential::{Left, SecretStrength},
    drawbridge::{
        Drawbridge, PingOneOperations,
        work::{NewSecret, Work},
    },
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    operation::Operation,
    pingone::{AccountKind, ConnectionApiCredential, FormerSecret, PingOneAccount, PingOneProblem},
    ports::{RepositoryError, SharedChange, generate_random_uuid},
    refusal::Failure,
};

/// Connection API Credentials, without a former secret whose time is over.
#[derive(Debug, Clone)]
pub struct ConnectionCredentialOverview {
    /// The credentials.
    pub credential: ConnectionApiCredential,
    /// What the secret is called in the keychain.
    pub secret_label: Option<String>,
    /// Whether the secret is not in the keychain any more, so that it cannot be handed out.
    pub secret_gone: bool,
    /// For how long the former secret is kept.
    pub former_left: Option<Left>,
}

/// Another secret in place of the present one.
#[derive(Debug)]
pub struct SecretReplacement {
    /// The secret that a person chose; `None` to have one generated.
    pub secret: Option<SecretBytes>,
    /// For how many hours the present one is kept; 0 to delete it at once.
    pub grace_hours: u32,
}

impl PingOneOperations<'_> {
    /// *Add Secret*: new credentials. Without a `secret` one is generated. Those of a local account get a client id;
    /// those of an account in PingOne wait for the one that PingOne shows when the secret was entered there.
    pub fn add_credential(
        &self,
        account: PingOneAccountId,
        description: &str,
        secret: Option<SecretBytes>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::AddConnectionCredential, |work| {
            let account = self.get_pingone_account(account)?;
            let client_id = match account.kind {
                AccountKind::Local => {
                    must_have_room(&account, self.repository.list_connection_credentials(account.id)?.len())?;
                    Some(generate_random_uuid(self.entropy.as_ref()).to_string())
                }
                AccountKind::InPingOne => None,
            };
            let credential = self.new_credential(&account, client_id, description, secret.as_ref(), work)?;
            work.record(AuditAction::ConnectionCredentialAdded, account.describe(), describe_secret(&credential));
            Ok(credential)
        })
    }

    /// *Edit*: another description and another secret, each if it is given. The client id stays.
    pub fn edit_credential(
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
                work.record(AuditAction::ConnectionCredentialChanged, account.describe(), credential.describe());
            }
            if let Some(SecretReplacement { secret, grace_hours }) = &replacement {
                let grace = ConnectionApiCredential::parse_grace(*grace_hours)?;
                let now = self.now();
                let client_id = credential.client_id.as_deref();
                let (secret, chosen) = self.new_client_secret(&account, client_id, now, secret.as_ref())?;
                let dropped;
                (credential, dropped) = credential.replace_secret(secret.id, chosen, now, grace);
                dropped.into_iter().for_each(|secret| work.drop_secret(secret));
                work.store_secret(secret);
                let what = describe_secret(&credential);
                let detail = match &credential.former {
                    Some(former) => message!("activity-former-kept", what = what, moment = Moment(former.until)),
                    None => message!("activity-former-deleted", what = what),
                };
                work.record(AuditAction::ConnectionSecretReplaced, account.describe(), detail);
            }
            if described || replacement.is_some() {
                work.put(SharedChange::PutConnectionCredential(credential.clone()));
            }
            Ok(credential)
        })
    }

    /// Undoes a replacement: former and current secret change places. The time until which the other one is kept stays,
    /// so that this can be undone as well. `seen` is since when the secret that the person looked at was the current
    /// one: if another one is current by now, nothing is done.
    pub fn undo_replacement(
        &self,
        id: ConnectionApiCredentialId,
        seen: Option<DateTime<Utc>>,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::UndoReplacement, |work| {
            let (account, credential) = self.get_connection_credential(id)?;
            must_be_as_seen(&credential, seen)?;
            let credential = credential.undo_replacement(self.now())?;
            // A secret that was deleted in the keychain's own app must not become the current one.
            self.get_secret(credential.secret)?;
            work.record(AuditAction::ConnectionSecretRestored, account.describe(), credential.describe());
            work.put(SharedChange::PutConnectionCredential(credential.clone()));
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
            let problem = PingOneProblem::NoFormerSecret { credential: credential.client() };
            let (credential, secret) = credential.end_former().ok_or(problem)?;
            work.drop_secret(secret);
            work.put(SharedChange::PutConnectionCredential(credential.clone()));
            work.record(AuditAction::FormerSecretEnded, account.describe(), credential.describe());
            Ok(credential)
        })
    }

    /// How hard a secret for credentials of this account would be to guess. Refused where adding the secret would be
    /// refused.
    pub fn judge_client_secret(
        &self,
        account: PingOneAccountId,
        secret: &SecretBytes,
    ) -> Result<SecretStrength, Failure> {
        self.get_current_person()?;
        let account = self.get_pingone_account(account)?;
        ConnectionApiCredential::check_secret(secret)?;
        let credentials = self.repository.list_connection_credentials(account.id)?;
        let mut known: Vec<&str> = credentials.iter().filter_map(|one| one.client_id.as_deref()).collect();
        known.push(&account.name);
        known.extend(account.name.split_whitespace());
        Ok(SecretStrength::judge(secret, &known))
    }
}

impl Drawbridge {
    /// Credentials with the chosen secret or a generated one, and what is to be stored of them.
    pub(super) fn new_credential(
        &self,
        account: &PingOneAccount,
        client_id: Option<String>,
        description: &str,
        secret: Option<&SecretBytes>,
        work: &mut Work<'_>,
    ) -> Result<ConnectionApiCredential, Failure> {
        let description = ConnectionApiCredential::parse_description(description)?;
        let now = self.now();
        let (new, chosen) = self.new_client_secret(account, client_id.as_deref(), now, secret)?;
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
        work.store_secret(new);
        work.put(SharedChange::PutConnectionCredential(credential.clone()));
        Ok(credential)
    }

    /// The chosen secret or a generated one, as it is stored in the keychain, and whether it was chosen.
    fn new_client_secret(
        &self,
        account: &PingOneAccount,
        client_id: Option<&str>,
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
        let (account, moment) = (&account.name, Moment(now));
        let label = match client_id {
            Some(client) => message!("secret-label-pingone", client = client, account = account, moment = moment),
            None => message!("secret-label-pingone-new", account = account, moment = moment),
        };
        Ok((NewSecret { id: SecretId(self.generate_id()), label, secret }, was_chosen))
    }

    /// The former secret that can still be brought back: its time is not over, and it is in the keychain.
    pub(crate) fn find_kept_former<'a>(
        &self,
        credential: &'a ConnectionApiCredential,
        now: DateTime<Utc>,
    ) -> Option<&'a FormerSecret> {
        credential.kept_former(now).filter(|former| !self.is_secret_gone(former.secret))
    }

    pub(super) fn connection_credential_overview(
        &self,
        mut credential: ConnectionApiCredential,
        now: DateTime<Utc>,
    ) -> Result<ConnectionCredentialOverview, Failure> {
        credential.former = self.find_kept_former(&credential, now).cloned();
        let secret_gone = self.is_secret_gone(credential.secret);
        let item = self.repository.find_secret_item(credential.secret)?;
        let former_left = credential.former.as_ref().map(|former| Left::of(former.until, now));
        Ok(ConnectionCredentialOverview {
            credential,
            secret_label: item.map(|item| item.label),
            secret_gone,
            former_left,
        })
    }

    pub(super) fn get_connection_credential(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<(PingOneAccount, ConnectionApiCredential), Failure> {
        let credential = self.repository.find_connection_credential(id)?.ok_or(Failure::NotFound("credential"))?;
        Ok((self.get_pingone_account(credential.account_id)?, credential))
    }
}

/// Whether the account can have further credentials.
pub(crate) fn must_have_room(account: &PingOneAccount, credentials: usize) -> Result<(), PingOneProblem> {
    if credentials < PingOneAccount::MAX_CREDENTIALS {
        return Ok(());
    }
    let name = account.name.clone();
    Err(match account.kind {
        AccountKind::Local => PingOneProblem::AccountFull { account: name },
        AccountKind::InPingOne => PingOneProblem::FullInPingOne { account: name },
    })
}

fn describe_secret(credential: &ConnectionApiCredential) -> Message {
    if credential.secret_chosen {
        message!("activity-secret-chosen", what = credential.describe())
    } else {
        message!("activity-secret-generated", what = credential.describe())
    }
}

/// Undoing and deleting refer to a certain secret: meanwhile another person may have made the two change places.
fn must_be_as_seen(credential: &ConnectionApiCredential, seen: Option<DateTime<Utc>>) -> Result<(), Failure> {
    match seen {
        Some(seen) if seen != credential.secret_changed_at => Err(RepositoryError::Conflict.into()),
        Some(_) | None => Ok(()),
    }
}
