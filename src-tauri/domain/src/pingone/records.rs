//! Credentials that PingOne has: recorded with the client id that it shows, and forgotten.

use documents::SecretBytes;
use messages::message;

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, PingOneOperations},
    id::{ConnectionApiCredentialId, PingOneAccountId},
    operation::Operation,
    pingone::{AccountKind, ConnectionApiCredential, PingOneAccount, PingOneProblem},
    ports::SharedChange,
    refusal::Failure,
};

impl PingOneOperations<'_> {
    /// Records credentials that PingOne has, as it shows them. How many it can have is not checked: PingOne does that.
    pub fn record_credential(
        &self,
        account: PingOneAccountId,
        client_id: &str,
        description: &str,
        secret: &SecretBytes,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::RecordConnectionCredential, |work| {
            let account = self.get_pingone_account(account)?;
            must_be_in_pingone(&account)?;
            let client_id = self.parse_free_client_id(client_id, None)?;
            let credential = self.new_credential(&account, Some(client_id), description, Some(secret), work)?;
            let detail = message!("activity-secret-chosen", what = credential.describe());
            work.record(AuditAction::ConnectionCredentialRecorded, account.describe(), detail);
            Ok(credential)
        })
    }

    /// Enters the client id that PingOne shows, or corrects one that was mistyped. At PingOne it never changes. The
    /// secret's label in the keychain stays.
    pub fn enter_client_id(
        &self,
        id: ConnectionApiCredentialId,
        client_id: &str,
    ) -> Result<ConnectionApiCredential, Failure> {
        self.change(Operation::EnterClientId, |work| {
            let (account, former) = self.get_connection_credential(id)?;
            must_be_in_pingone(&account)?;
            let client_id = self.parse_free_client_id(client_id, Some(id))?;
            let corrected = former.client_id.as_ref().filter(|known| **known != client_id).cloned();
            let is_same = former.client_id.as_ref() == Some(&client_id);
            let credential = ConnectionApiCredential { client_id: Some(client_id), ..former };
            if is_same {
                return Ok(credential);
            }
            let detail = match corrected {
                Some(known) => message!("activity-client-id-corrected", what = credential.describe(), known = known),
                None => credential.describe(),
            };
            work.record(AuditAction::ClientIdEntered, account.describe(), detail);
            work.put(SharedChange::PutConnectionCredential(credential.clone()));
            Ok(credential)
        })
    }

    /// Deletes credentials here, with their secrets. At PingOne nothing changes.
    pub fn forget_credential(&self, id: ConnectionApiCredentialId) -> Result<(), Failure> {
        self.change(Operation::ForgetConnectionCredential, |work| {
            let (account, credential) = self.get_connection_credential(id)?;
            credential.secrets().for_each(|secret| work.drop_secret(secret));
            work.record(AuditAction::ConnectionCredentialForgotten, account.describe(), credential.describe());
            work.put(SharedChange::RemoveConnectionCredential(id));
            Ok(())
        })
    }
}

impl Drawbridge {
    /// A client id as typed, unless other credentials than `own` have it: PingOne gives each out once.
    fn parse_free_client_id(&self, client_id: &str, own: Option<ConnectionApiCredentialId>) -> Result<String, Failure> {
        let client_id = ConnectionApiCredential::parse_client_id(client_id)?;
        for account in self.repository.list_accounts()? {
            let has_it = |one: &ConnectionApiCredential| {
                Some(one.id) != own
                    && one.client_id.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(&client_id))
            };
            if self.repository.list_connection_credentials(account.id)?.iter().any(has_it) {
                return Err(PingOneProblem::ClientIdTaken { client_id, account: account.name }.into());
            }
        }
        Ok(client_id)
    }
}

fn must_be_in_pingone(account: &PingOneAccount) -> Result<(), PingOneProblem> {
    match account.kind {
        AccountKind::InPingOne => Ok(()),
        AccountKind::Local => Err(PingOneProblem::LocalAccount { account: account.name.clone() }),
    }
}
