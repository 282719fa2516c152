//! What `drawbridge pingone` prints.

use domain::{
    Drawbridge,
    pingone::{AccountPage, ConnectionApiCredential, PingOneAccount},
    refusal::Failure,
};
use serde::Serialize;
use views::{
    ConnectionCredentialView, IntoView, PingOneAccountKindName, PingOneAccountSummaryView, PingOneAccountView,
};

use super::super::{
    language::LANGUAGE,
    output::Output,
    problem::{Exit, Problem},
    rows::describe_moment,
};

/// Connection API Credentials and their account.
#[derive(Serialize)]
struct AccountCredential {
    account: PingOneAccountView,
    credential: ConnectionCredentialView,
}

/// What happened to credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Done {
    Added,
    Recorded,
    Entered,
    Replaced,
    Undone,
}

#[derive(Serialize)]
struct Changed {
    result: Done,
    #[serde(flatten)]
    of: AccountCredential,
}

/// Credentials that were deleted here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Forgotten {
    result: &'static str,
    account: PingOneAccountView,
    id: String,
    client_id: Option<String>,
}

/// The accounts with how many credentials they have.
pub fn list_accounts(drawbridge: &Drawbridge) -> Result<Vec<PingOneAccountSummaryView>, Problem> {
    Ok(drawbridge.pingone().list_accounts()?.into_iter().map(PingOneAccountSummaryView::from).collect())
}

/// The accounts as a table.
pub fn print_accounts(accounts: &[PingOneAccountSummaryView], output: &Output) -> Result<(), Problem> {
    let limit = PingOneAccount::MAX_CREDENTIALS;
    let row = |summary: &PingOneAccountSummaryView| {
        let PingOneAccountSummaryView { account, credentials, former_secrets, waiting } = summary;
        let waiting = if *waiting > 0 { format!(", {waiting} without client ID") } else { String::new() };
        let credentials = format!("{credentials} of {limit}{waiting}");
        [account.name.clone(), account.kind.tag(LANGUAGE).to_owned(), credentials, former_secrets.to_string()]
    };
    let rows: Vec<[String; 4]> = accounts.iter().map(row).collect();
    output.table(["PINGONE ACCOUNT", "WHERE", "CREDENTIALS", "FORMER SECRETS"], &rows, "There are no accounts.")
}

/// The credentials of these accounts.
pub(super) fn list(drawbridge: &Drawbridge, accounts: Vec<PingOneAccount>, output: &Output) -> Result<Exit, Problem> {
    let mut credentials = Vec::new();
    for account in accounts {
        let AccountPage { account, credentials: own, .. } = drawbridge.pingone().get_account(account.id)?;
        let account = PingOneAccountView::from(account);
        let of_account = |credential| AccountCredential { account: account.clone(), credential };
        credentials.extend(own.into_iter().map(|own| of_account(own.into_view(LANGUAGE))));
    }
    if output.is_json() {
        output.json_line(&credentials)?;
        return Ok(Exit::Well);
    }
    let row = |AccountCredential { account, credential }: &AccountCredential| {
        let former = credential
            .former
            .as_ref()
            .map_or_else(|| "none".to_owned(), |former| format!("until {}", describe_moment(Some(former.until))));
        [
            account.name.clone(),
            account.kind.tag(LANGUAGE).to_owned(),
            credential.client_id.clone().unwrap_or_else(|| format!("not entered ({})", credential.id)),
            credential.description.clone(),
            describe_moment(Some(credential.secret_changed_at)),
            former,
        ]
    };
    let rows: Vec<[String; 6]> = credentials.iter().map(row).collect();
    let header = ["ACCOUNT", "WHERE", "CLIENT ID", "DESCRIPTION", "SECRET SINCE", "FORMER SECRET"];
    output.table(header, &rows, "There are no Connection API Credentials.")?;
    Ok(Exit::Well)
}

pub(super) fn report(
    drawbridge: &Drawbridge,
    result: Done,
    credential: &ConnectionApiCredential,
    output: &Output,
) -> Result<Exit, Problem> {
    let AccountPage { account, credentials, .. } = drawbridge.pingone().get_account(credential.account_id)?;
    let overview = credentials.into_iter().find(|other| other.credential.id == credential.id);
    let Some(overview) = overview else { return Err(Failure::NotFound("Connection API Credential").into()) };
    let of = AccountCredential { account: account.into(), credential: overview.into_view(LANGUAGE) };
    if output.is_json() {
        output.json_line(&Changed { result, of })?;
        return Ok(Exit::Well);
    }
    output.line(&describe(result, &of))?;
    Ok(Exit::Well)
}

/// What is gone here, and what is to be done in PingOne.
pub(super) fn report_forgotten(
    credential: &ConnectionApiCredential,
    account: PingOneAccount,
    output: &Output,
) -> Result<Exit, Problem> {
    let account = PingOneAccountView::from(account);
    let client = credential.client_id.clone().unwrap_or_else(|| credential.id.to_string());
    if output.is_json() {
        let id = credential.id.to_string();
        output.json_line(&Forgotten { result: "forgotten", account, id, client_id: credential.client_id.clone() })?;
        return Ok(Exit::Well);
    }
    let still = match account.kind {
        PingOneAccountKindName::Local => "",
        PingOneAccountKindName::InPingOne => {
            " PingOne still honours them: delete them there, too, if nothing uses them."
        }
    };
    output.line(&format!("Deleted {client} of {} ({}) here.{still}", account.name, account.kind.tag(LANGUAGE)))?;
    Ok(Exit::Well)
}

/// What happened, and what is to be done in PingOne.
fn describe(result: Done, AccountCredential { account, credential }: &AccountCredential) -> String {
    let ConnectionCredentialView { id, client_id, former, .. } = credential;
    let client = client_id.as_ref().unwrap_or(id);
    let name = format!("{} ({})", account.name, account.kind.tag(LANGUAGE));
    let did = match result {
        Done::Added => format!("Added credentials to {name}: {client}."),
        Done::Recorded => format!("Recorded credentials of {name}: {client}."),
        Done::Entered => format!("The client ID is {client}."),
        Done::Replaced => format!("Replaced the secret of {client}."),
        Done::Undone => format!("Brought back the former secret of {client}."),
    };
    let kept = match (result, former) {
        (Done::Added | Done::Recorded | Done::Entered, _) => String::new(),
        (_, Some(former)) => format!(" The other one is kept until {}.", describe_moment(Some(former.until))),
        (_, None) => " The former one is deleted.".to_owned(),
    };
    let next = match (account.kind, result) {
        (PingOneAccountKindName::Local, Done::Added) => " PingOne does not know them: the account is local.".to_owned(),
        (PingOneAccountKindName::InPingOne, Done::Added) => format!(
            " PingOne does not have them yet:\n\
             1. Hand out the secret: drawbridge pingone secret {id} --out -\n\
             2. In PingOne choose Account > Integration > Connection API Credentials > Add Secret, enter the Short \
             Description, choose Next, enter the Client Secret, choose Done.\n\
             3. Enter the client ID that PingOne shows: drawbridge pingone client-id {id} CLIENT_ID"
        ),
        (PingOneAccountKindName::InPingOne, Done::Replaced | Done::Undone) => format!(
            " In PingOne nothing has changed: choose the pencil of the credentials there, and enter the Client Secret. \
             drawbridge pingone secret {client} hands it out."
        ),
        (PingOneAccountKindName::InPingOne, Done::Recorded | Done::Entered) | (PingOneAccountKindName::Local, _) => {
            String::new()
        }
    };
    format!("{did}{kept}{next}")
}
