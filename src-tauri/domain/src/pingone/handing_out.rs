//! *Reveal*, *Copy* and *Export…* of Connection API Credentials.

use documents::{ConnectionApiClient, ConnectionApiFormat, Preview, SecretBytes};
use messages::{Message, message};

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, PingOneOperations, work::Entries},
    id::ConnectionApiCredentialId,
    operation::Operation,
    pingone::{AccountKind, ConnectionApiCredential, PingOneAccount, PingOneProblem},
    ports::{HandOverFailure, Outlet, SecretStoreError},
    refusal::Failure,
};

impl PingOneOperations<'_> {
    /// The account and the client id, for the question before *Copy* and *Reveal*.
    pub fn name_credential(&self, id: ConnectionApiCredentialId) -> Result<(Message, Message), Failure> {
        let (account, credential) = self.get_connection_credential(id)?;
        Ok((account.describe(), credential.describe()))
    }

    /// *Reveal*: the client id and the secret itself. Nothing else returns one.
    pub fn reveal_client_secret(
        &self,
        id: ConnectionApiCredentialId,
    ) -> Result<(Option<String>, SecretBytes), Failure> {
        let prepare = |entries: &mut Entries| {
            let (account, credential) = self.get_connection_credential(id)?;
            entries.record(account.describe(), credential.describe());
            let secret = self.read_client_secret(&credential)?;
            Ok((credential.client_id, secret))
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
            entries.record(account.describe(), detail);
            self.read_client_secret(&credential)
        };
        let operation = Operation::HandOverConnectionCredential;
        self.release(operation, AuditAction::CredentialsCopied, prepare, |secret| Ok(clipboard.deliver(&secret)?))
    }

    /// *Export…*: hands the credentials with their current secret to a file.
    pub fn export_credential(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
        file: &dyn Outlet,
    ) -> Result<(), HandOverFailure> {
        let prepare = |entries: &mut Entries| {
            let (account, credential) = self.get_connection_credential(id)?;
            let client = client_of(&account, &credential)?;
            let detail = message!(
                "activity-exported-as",
                what = credential.describe(),
                format = format.message(),
                destination = file.destination(),
            );
            entries.record(account.describe(), detail);
            Ok(format.render(client, &self.read_client_secret(&credential)?)?)
        };
        let operation = Operation::HandOverConnectionCredential;
        self.release(operation, AuditAction::CredentialsExported, prepare, |document| Ok(file.deliver(&document)?))
    }

    /// What an export would hold, with the secret hidden.
    pub fn preview_export(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
    ) -> Result<Preview, Failure> {
        self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        Ok(format.preview(client_of(&account, &credential)?)?)
    }

    /// A file name for *Export…*.
    pub fn suggest_export_name(
        &self,
        id: ConnectionApiCredentialId,
        format: ConnectionApiFormat,
    ) -> Result<String, Failure> {
        self.get_current_person()?;
        let (account, credential) = self.get_connection_credential(id)?;
        let client_id = credential.known_client_id()?.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-');
        let (beginning, kind) = (client_id.take(8).collect::<String>(), account.kind);
        let name = match kind {
            AccountKind::Local => "pingone-local",
            AccountKind::InPingOne => "pingone",
        };
        Ok(format!("{name}-{beginning}.{}", format.extension()))
    }
}

impl Drawbridge {
    fn read_client_secret(&self, credential: &ConnectionApiCredential) -> Result<SecretBytes, Failure> {
        let secret = self.get_secret(credential.secret)?;
        if ConnectionApiCredential::check_secret(&secret).is_err() {
            let reason = message!("keychain-changed-secret", client = credential.client());
            return Err(SecretStoreError::Broken { reason }.into());
        }
        Ok(secret)
    }
}

/// What an export says besides the secret.
fn client_of<'a>(
    account: &PingOneAccount,
    credential: &'a ConnectionApiCredential,
) -> Result<ConnectionApiClient<'a>, PingOneProblem> {
    Ok(ConnectionApiClient { id: credential.known_client_id()?, is_local: account.kind == AccountKind::Local })
}
