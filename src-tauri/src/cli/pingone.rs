//! `drawbridge pingone`

use std::path::{Path, PathBuf};

use clap::{
    Args, Subcommand,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use domain::{
    Drawbridge,
    documents::{ConnectionApiFormat, SecretBytes},
    id::PingOneAccountId,
    pingone::{AccountPage, AccountSummary, ConnectionApiCredential, PingOneAccount, SecretReplacement},
};
use serde::Serialize;
use views::{ConnectionCredentialView, IntoView, PingOneAccountSummaryView, PingOneAccountView};

use super::{
    destination::Destination,
    find,
    language::LANGUAGE,
    opening::{open, reconcile},
    output::Output,
    problem::{Exit, Problem},
    rows::describe_moment,
    source::read_password,
};

/// List, add, replace and export Connection API Credentials of PingOne accounts
#[derive(Debug, Args)]
#[command(after_help = "\
A client id never changes; its secret is replaced. The former secret is kept for 24 hours, so that replacing it can be \
undone. What is added or replaced here has to be entered in PingOne, too.

Examples:
  drawbridge pingone create Acme
  drawbridge pingone add Acme --description 'Staging sync'
  drawbridge pingone replace 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b --secret-file secret.txt --grace 48
  drawbridge pingone undo 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b
  drawbridge pingone export 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b --format env --out .env")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the credentials of an account, or of all
    List {
        /// Name of the account, in any case, or its id
        account: Option<String>,
    },
    /// Create an account
    Create {
        /// Its name
        name: String,
    },
    /// Add credentials to an account; it has three at most
    Add {
        /// Name of the account, in any case, or its id
        account: String,
        /// A short description
        #[arg(long, default_value = "")]
        description: String,
        #[command(flatten)]
        secret: GivenSecret,
    },
    /// Replace the secret of credentials
    Replace {
        /// Their client id, or their id
        client_id: String,
        #[command(flatten)]
        secret: GivenSecret,
        /// For how many hours the former secret is kept, up to 720; 0 deletes it at once
        #[arg(long, value_name = "HOURS", default_value_t = ConnectionApiCredential::DEFAULT_GRACE_HOURS)]
        grace: u32,
    },
    /// Bring the former secret back; the present one is kept in its place until the same time
    Undo {
        /// Their client id, or their id
        client_id: String,
    },
    /// Export credentials with their current secret
    Export {
        /// Their client id, or their id
        client_id: String,
        /// The format to write
        #[arg(long, default_value = ConnectionApiFormat::Json.code(), value_parser = format_parser())]
        format: ConnectionApiFormat,
        /// The new file, or - for standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, Args)]
struct GivenSecret {
    /// File with a client secret of your own, on one line; - for standard input [default: one is generated]
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

/// Takes the code of a format, and names all of them in help and completions.
fn format_parser() -> impl TypedValueParser<Value = ConnectionApiFormat> {
    let values = ConnectionApiFormat::ALL.map(|format| PossibleValue::new(format.code()).help(format.name(LANGUAGE)));
    PossibleValuesParser::new(values).map(|code| ConnectionApiFormat::find_code(&code).expect("one of the values"))
}

/// Connection API Credentials and their account.
#[derive(Serialize)]
struct AccountCredential {
    account: PingOneAccountView,
    credential: ConnectionCredentialView,
}

#[derive(Serialize)]
struct Changed {
    /// `added`, `replaced` or `undone`.
    result: &'static str,
    #[serde(flatten)]
    of: AccountCredential,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    format: &'static str,
    client_id: String,
    file: String,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let drawbridge = &*open(output)?;
    match arguments.command {
        Command::List { account } => list(drawbridge, account.as_deref(), output),
        Command::Create { name } => {
            let created = PingOneAccountView::from(drawbridge.pingone().create_account(&name)?);
            if output.is_json() {
                output.json_line(&created)?;
            } else {
                output.line(&format!("Created the PingOne account {}.", created.name))?;
            }
            Ok(Exit::Well)
        }
        Command::Add { account, description, secret } => {
            let account = get_account(drawbridge, &account)?.id;
            let secret = secret.read(drawbridge, account, output)?;
            reconcile(drawbridge);
            let added = drawbridge.pingone().add_credential(account, &description, secret)?;
            report(drawbridge, "added", &added, output)
        }
        Command::Replace { client_id, secret, grace } => {
            let former = get_credential(drawbridge, &client_id)?;
            // Checked before anything is read in vain.
            ConnectionApiCredential::parse_grace(grace).map_err(domain::refusal::Refusal::from)?;
            let secret = secret.read(drawbridge, former.account_id, output)?;
            reconcile(drawbridge);
            let replacement = SecretReplacement { secret, grace_hours: grace };
            let replaced = drawbridge.pingone().edit_credential(former.id, None, Some(replacement))?;
            report(drawbridge, "replaced", &replaced, output)
        }
        Command::Undo { client_id } => {
            let credential = get_credential(drawbridge, &client_id)?;
            reconcile(drawbridge);
            let undone = drawbridge.pingone().undo_replacement(credential.id, None)?;
            report(drawbridge, "undone", &undone, output)
        }
        Command::Export { client_id, format, out, force } => {
            export(drawbridge, &client_id, format, &out, force, output)
        }
    }
}

impl GivenSecret {
    /// The secret, if one is given. One that is easy to guess is taken, with a warning.
    fn read(
        &self,
        drawbridge: &Drawbridge,
        account: PingOneAccountId,
        output: &Output,
    ) -> Result<Option<SecretBytes>, Problem> {
        let Some(file) = &self.secret_file else { return Ok(None) };
        let secret = read_password(file)?;
        let strength = drawbridge.pingone().judge_client_secret(account, &secret)?;
        if strength.is_weak() {
            let why = strength.warning.map_or_else(String::new, |warning| format!(": {}", warning.text(LANGUAGE)));
            let advice: Vec<&str> = strength.suggestions.iter().map(|advice| advice.text(LANGUAGE)).collect();
            let message =
                format!("The client secret is easy to guess ({}){why}", strength.word(LANGUAGE).to_lowercase());
            output.warning(&message, &advice.join(" "));
        }
        Ok(Some(secret))
    }
}

/// The accounts with how many credentials they have.
pub fn list_accounts(drawbridge: &Drawbridge) -> Result<Vec<PingOneAccountSummaryView>, Problem> {
    Ok(drawbridge.pingone().list_accounts()?.into_iter().map(PingOneAccountSummaryView::from).collect())
}

/// The accounts as a table.
pub fn print_accounts(accounts: &[PingOneAccountSummaryView], output: &Output) -> Result<(), Problem> {
    let limit = PingOneAccount::MAX_CREDENTIALS;
    let row = |PingOneAccountSummaryView { account, credentials, former_secrets }: &PingOneAccountSummaryView| {
        [account.name.clone(), format!("{credentials} of {limit}"), former_secrets.to_string()]
    };
    let rows: Vec<[String; 3]> = accounts.iter().map(row).collect();
    output.table(["PINGONE ACCOUNT", "CREDENTIALS", "FORMER SECRETS"], &rows, "There are no accounts.")
}

fn list(drawbridge: &Drawbridge, account: Option<&str>, output: &Output) -> Result<Exit, Problem> {
    let accounts: Vec<PingOneAccount> = match account {
        Some(name) => vec![get_account(drawbridge, name)?],
        None => drawbridge.pingone().list_accounts()?.into_iter().map(|summary| summary.account).collect(),
    };
    let mut credentials = Vec::new();
    for account in accounts {
        let AccountPage { account, credentials: own, may_add: _ } = drawbridge.pingone().get_account(account.id)?;
        let account = PingOneAccountView::from(account);
        let of_account = |credential| AccountCredential { account: account.clone(), credential };
        credentials.extend(own.into_iter().map(|own| of_account(own.into_view(LANGUAGE))));
    }
    if output.is_json() {
        output.json_line(&credentials)?;
    } else {
        let row = |AccountCredential { account, credential }: &AccountCredential| {
            let former = credential
                .former
                .as_ref()
                .map_or_else(|| "none".to_owned(), |former| format!("until {}", describe_moment(Some(former.until))));
            [
                account.name.clone(),
                credential.client_id.clone(),
                credential.description.clone(),
                describe_moment(Some(credential.secret_changed_at)),
                former,
            ]
        };
        let rows: Vec<[String; 5]> = credentials.iter().map(row).collect();
        let header = ["ACCOUNT", "CLIENT ID", "DESCRIPTION", "SECRET SINCE", "FORMER SECRET"];
        output.table(header, &rows, "There are no Connection API Credentials.")?;
    }
    Ok(Exit::Well)
}

fn report(
    drawbridge: &Drawbridge,
    result: &'static str,
    credential: &ConnectionApiCredential,
    output: &Output,
) -> Result<Exit, Problem> {
    let AccountPage { account, credentials, may_add: _ } = drawbridge.pingone().get_account(credential.account_id)?;
    let overview = credentials.into_iter().find(|other| other.credential.id == credential.id);
    let Some(overview) = overview else {
        return Err(domain::refusal::Failure::NotFound("Connection API Credential").into());
    };
    let of = AccountCredential { account: account.into(), credential: overview.into_view(LANGUAGE) };
    if output.is_json() {
        output.json_line(&Changed { result, of })?;
        return Ok(Exit::Well);
    }
    let ConnectionCredentialView { client_id, former, .. } = &of.credential;
    let did = match result {
        "added" => format!("Added credentials to {}: {client_id}.", of.account.name),
        "replaced" => format!("Replaced the secret of {client_id}."),
        _ => format!("Brought back the former secret of {client_id}."),
    };
    let kept = match (result, former) {
        ("added", _) => String::new(),
        (_, Some(former)) => format!(" The other one is kept until {}.", describe_moment(Some(former.until))),
        (_, None) => " The former one is deleted.".to_owned(),
    };
    output.line(&format!("{did}{kept}"))?;
    Ok(Exit::Well)
}

fn export(
    drawbridge: &Drawbridge,
    client_id: &str,
    format: ConnectionApiFormat,
    out: &Path,
    force: bool,
    output: &Output,
) -> Result<Exit, Problem> {
    let credential = get_credential(drawbridge, client_id)?;
    let destination = Destination::parse(out, force)?;
    drawbridge
        .pingone()
        .export_credential(credential.id, format, &destination)
        .map_err(|failure| destination.explain(failure))?;
    if let Some(path) = destination.path() {
        let (client_id, file) = (credential.client_id.to_string(), path.display().to_string());
        if output.is_json() {
            output.json_line(&Exported { format: format.code(), client_id, file })?;
        } else {
            output.line(&format!("Exported {client_id} to {file}, as {}.", format.name(LANGUAGE)))?;
        }
    }
    Ok(Exit::Well)
}

/// The account of that name, in any case, or of that id.
fn get_account(drawbridge: &Drawbridge, name: &str) -> Result<PingOneAccount, Problem> {
    let accounts = drawbridge.pingone().list_accounts()?.into_iter().map(|summary| summary.account);
    let mut meant =
        accounts.filter(|account| find::same(&account.name, name) || find::same(&account.id.to_string(), name));
    meant.next().ok_or_else(|| {
        Problem::not_found(
            &format!("there is no PingOne account {}", find::quote(name)),
            "See drawbridge list accounts, or create it with drawbridge pingone create.",
        )
    })
}

/// The credentials of that client id or id, in whatever account.
fn get_credential(drawbridge: &Drawbridge, name: &str) -> Result<ConnectionApiCredential, Problem> {
    for AccountSummary { account, .. } in drawbridge.pingone().list_accounts()? {
        let credentials =
            drawbridge.pingone().get_account(account.id)?.credentials.into_iter().map(|one| one.credential);
        let mut meant = credentials
            .filter(|one| find::same(&one.client_id.to_string(), name) || find::same(&one.id.to_string(), name));
        if let Some(credential) = meant.next() {
            return Ok(credential);
        }
    }
    Err(Problem::not_found(
        &format!("there are no Connection API Credentials with the client id {}", find::quote(name)),
        "See drawbridge pingone list.",
    ))
}
