//! PingOne accounts and their Connection API Credentials: the accounts.
//!
//! No role is needed: what PingOne lets a person do is decided there. Who did what is recorded.

use messages::{Argument, Joined, Message, message};

use crate::{
    activity::AuditAction,
    drawbridge::{Drawbridge, PingOneOperations},
    id::PingOneAccountId,
    input::{InputProblem, check_confirmation, looks_alike},
    operation::Operation,
    pingone::{
        AccountKind, ConnectionApiCredential, ConnectionCredentialOverview, PingOneAccount, PingOneProblem,
        must_have_room,
    },
    ports::SharedChange,
    refusal::{Failure, Refusal},
};

/// An account in the list.
#[derive(Debug, Clone)]
pub struct AccountSummary {
    /// The account.
    pub account: PingOneAccount,
    /// How many credentials it has, of [`PingOneAccount::MAX_CREDENTIALS`].
    pub credentials: usize,
    /// Of how many of them a former secret is kept.
    pub former_secrets: usize,
    /// How many of them wait for the client id that PingOne shows.
    pub waiting: usize,
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
    /// That PingOne will refuse another one. It can be recorded nevertheless: what PingOne has is known there.
    pub warning: Option<PingOneProblem>,
}

impl PingOneOperations<'_> {
    /// All PingOne accounts, by name.
    pub fn list_accounts(&self) -> Result<Vec<AccountSummary>, Failure> {
        let now = self.now();
        let summary = |account: PingOneAccount| {
            let credentials = self.repository.list_connection_credentials(account.id)?;
            let former_secrets = credentials.iter().filter(|one| self.find_kept_former(one, now).is_some()).count();
            let waiting = credentials.iter().filter(|one| one.client_id.is_none()).count();
            Ok(AccountSummary { account, credentials: credentials.len(), former_secrets, waiting })
        };
        self.repository.list_accounts()?.into_iter().map(summary).collect()
    }

    /// Adds an account. At PingOne nothing happens, whatever its kind, which stays.
    pub fn create_account(&self, name: &str, kind: AccountKind) -> Result<PingOneAccount, Failure> {
        self.change(Operation::CreateAccount, |work| {
            let id = PingOneAccountId(self.generate_id());
            let account = PingOneAccount { id, name: self.parse_account_name(name, id)?, kind, created_at: self.now() };
            work.record(AuditAction::AccountCreated, account.describe(), "");
            work.put(SharedChange::PutAccount(account.clone()));
            Ok(account)
        })
    }

    /// Gives an account another name. The labels in the keychain keep the former name.
    pub fn rename_account(&self, id: PingOneAccountId, name: &str) -> Result<PingOneAccount, Failure> {
        self.change(Operation::RenameAccount, |work| {
            let former = self.get_pingone_account(id)?;
            let account = PingOneAccount { name: self.parse_account_name(name, id)?, ..former };
            let detail = message!("activity-formerly", name = &former.name);
            work.record(AuditAction::AccountRenamed, account.describe(), detail);
            work.put(SharedChange::PutAccount(account.clone()));
            Ok(account)
        })
    }

    /// Removes an account and its secrets here; in PingOne nothing changes. `confirmation` is its name as the person
    /// typed it.
    pub fn remove_account(&self, id: PingOneAccountId, confirmation: &str) -> Result<(), Failure> {
        self.change(Operation::RemoveAccount, |work| {
            let account = self.get_pingone_account(id)?;
            check_confirmation(confirmation, &account.name)?;
            let credentials = self.repository.list_connection_credentials(id)?;
            for secret in credentials.iter().flat_map(ConnectionApiCredential::secrets) {
                work.drop_secret(secret);
            }
            let clients: Vec<Message> = credentials.iter().map(ConnectionApiCredential::client).collect();
            let detail = match (clients.as_slice(), account.kind) {
                ([], _) => message!("activity-without-credentials"),
                (clients, AccountKind::Local) => {
                    message!("activity-with-local-credentials", clients = Argument::list(clients, Joined::ByComma))
                }
                (clients, AccountKind::InPingOne) => {
                    message!("activity-with-credentials", clients = Argument::list(clients, Joined::ByComma))
                }
            };
            work.record(AuditAction::AccountRemoved, account.describe(), detail);
            work.put(SharedChange::RemoveAccount(id));
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
        let full = must_have_room(&account, credentials.len());
        let (may_add, warning) = match account.kind {
            AccountKind::Local => (full.map_err(Refusal::from), None),
            AccountKind::InPingOne => (Ok(()), full.err()),
        };
        Ok(AccountPage { may_add, warning, account, credentials })
    }
}

impl Drawbridge {
    fn parse_account_name(&self, name: &str, id: PingOneAccountId) -> Result<String, Failure> {
        let name = PingOneAccount::parse_name(name)?;
        let taken = |other: &PingOneAccount| other.id != id && looks_alike(&other.name, &name);
        if self.repository.list_accounts()?.iter().any(taken) {
            return Err(InputProblem::NameTaken(name).into());
        }
        Ok(name)
    }

    pub(super) fn get_pingone_account(&self, id: PingOneAccountId) -> Result<PingOneAccount, Failure> {
        self.repository.find_account(id)?.ok_or(Failure::NotFound("PingOne account"))
    }
}
