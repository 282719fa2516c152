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
    pingone::{AccountKind, AccountSummary, ConnectionApiCredential, PingOneAccount, SecretReplacement},
    refusal::Failure,
};
use serde::Serialize;
use views::{IntoView, PingOneAccountKindName, PingOneAccountView, UserError};

use super::{
    destination::Destination,
    find,
    language::LANGUAGE,
    opening::{open, reconcile},
    output::Output,
    problem::{Exit, Problem},
    source::read_password,
};
use report::{Done, list, report, report_forgotten};

mod report;

pub use report::{list_accounts, print_accounts};

/// List, add, replace, export and forget Connection API Credentials of PingOne accounts
#[derive(Debug, Args)]
#[command(after_help = "\
What is done here changes nothing in PingOne: record what PingOne has, or enter there what is generated here. PingOne \
shows the client ID at the end; until it is entered here the credentials cannot be exported. A client ID never changes; \
its secret is replaced. The former secret is kept for 24 hours, so that replacing it can be undone.

Record credentials that PingOne has:
  drawbridge pingone create Acme
  drawbridge pingone add Acme --client-id CLIENT_ID --secret-file secret.txt

Generate a secret for PingOne's box Client Secret:
  drawbridge pingone add Acme --description 'Staging sync'
  drawbridge pingone secret ID --out -
  drawbridge pingone client-id ID CLIENT_ID

Examples:
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
    /// Add an account
    Create {
        /// Its name
        name: String,
        /// For practice: its client IDs are made here, and PingOne does not know them
        #[arg(long)]
        local: bool,
    },
    /// Add credentials to an account
    Add {
        /// Name of the account, in any case, or its id
        account: String,
        /// The client ID, if PingOne has these credentials already
        #[arg(long, value_name = "CLIENT_ID", requires = "secret_file")]
        client_id: Option<String>,
        /// A short description
        #[arg(long, default_value = "")]
        description: String,
        #[command(flatten)]
        secret: GivenSecret,
    },
    /// Enter the client ID that PingOne shows, or correct it
    ClientId {
        /// The id of the credentials, or the client ID they have here
        credentials: String,
        /// The client ID that PingOne shows
        client_id: String,
    },
    /// Hand out the client secret alone, for PingOne's box Client Secret
    Secret {
        /// Their client id, or their id
        client_id: String,
        /// The new file, or - for standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
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
    /// Delete credentials here, with their secrets; at PingOne nothing changes
    Forget {
        /// Their client ID, or their id
        client_id: String,
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    format: &'static str,
    client_id: Option<String>,
    kind: PingOneAccountKindName,
    file: String,
}

pub fn run(arguments: Arguments, output: &Output) -> Result<Exit, Problem> {
    let drawbridge = &*open(output)?;
    match arguments.command {
        Command::List { account } => {
            let accounts = match account {
                Some(name) => vec![get_account(drawbridge, &name)?],
                None => drawbridge.pingone().list_accounts()?.into_iter().map(|summary| summary.account).collect(),
            };
            list(drawbridge, accounts, output)
        }
        Command::Create { name, local } => {
            let kind = if local { AccountKind::Local } else { AccountKind::InPingOne };
            let created = PingOneAccountView::from(drawbridge.pingone().create_account(&name, kind)?);
            if output.is_json() {
                output.json_line(&created)?;
            } else {
                let what = match kind {
                    AccountKind::Local => "local account",
                    AccountKind::InPingOne => "account in PingOne",
                };
                output.line(&format!("Added the {what} {}. In PingOne nothing has changed.", created.name))?;
            }
            Ok(Exit::Well)
        }
        Command::Add { account, client_id, description, secret } => {
            let account = get_account(drawbridge, &account)?.id;
            let secret = secret.read(drawbridge, account, output)?;
            reconcile(drawbridge);
            let pingone = drawbridge.pingone();
            if let Some(warning) = pingone.get_account(account)?.warning {
                let UserError { message, hint, .. } = Failure::from(warning).into_view(LANGUAGE);
                output.warning(&message, &hint);
            }
            let (done, added) = match (client_id, secret) {
                (Some(client_id), Some(secret)) => {
                    (Done::Recorded, pingone.record_credential(account, &client_id, &description, &secret)?)
                }
                (_, secret) => (Done::Added, pingone.add_credential(account, &description, secret)?),
            };
            report(drawbridge, done, &added, output)
        }
        Command::ClientId { credentials, client_id } => {
            let credential = get_credential(drawbridge, &credentials)?;
            reconcile(drawbridge);
            let entered = drawbridge.pingone().enter_client_id(credential.id, &client_id)?;
            report(drawbridge, Done::Entered, &entered, output)
        }
        Command::Secret { client_id, out, force } => hand_out_secret(drawbridge, &client_id, &out, force, output),
        Command::Replace { client_id, secret, grace } => {
            let former = get_credential(drawbridge, &client_id)?;
            // Checked before anything is read in vain.
            ConnectionApiCredential::parse_grace(grace).map_err(domain::refusal::Refusal::from)?;
            let secret = secret.read(drawbridge, former.account_id, output)?;
            reconcile(drawbridge);
            let replacement = SecretReplacement { secret, grace_hours: grace };
            let replaced = drawbridge.pingone().edit_credential(former.id, None, Some(replacement))?;
            report(drawbridge, Done::Replaced, &replaced, output)
        }
        Command::Undo { client_id } => {
            let credential = get_credential(drawbridge, &client_id)?;
            reconcile(drawbridge);
            let undone = drawbridge.pingone().undo_replacement(credential.id, None)?;
            report(drawbridge, Done::Undone, &undone, output)
        }
        Command::Export { client_id, format, out, force } => {
            export(drawbridge, &client_id, format, &out, force, output)
        }
        Command::Forget { client_id } => {
            let credential = get_credential(drawbridge, &client_id)?;
            reconcile(drawbridge);
            let account = drawbridge.pingone().get_account(credential.account_id)?.account;
            drawbridge.pingone().forget_credential(credential.id)?;
            report_forgotten(&credential, account, output)
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
    report_export(drawbridge, &credential, Some(format), &destination, output)
}

fn hand_out_secret(
    drawbridge: &Drawbridge,
    client_id: &str,
    out: &Path,
    force: bool,
    output: &Output,
) -> Result<Exit, Problem> {
    let credential = get_credential(drawbridge, client_id)?;
    let destination = Destination::parse(out, force)?;
    drawbridge
        .pingone()
        .copy_client_secret(credential.id, &destination)
        .map_err(|failure| destination.explain(failure))?;
    report_export(drawbridge, &credential, None, &destination, output)
}

/// Says which file was written. Without a `format` it holds the secret alone.
fn report_export(
    drawbridge: &Drawbridge,
    credential: &ConnectionApiCredential,
    format: Option<ConnectionApiFormat>,
    destination: &Destination,
    output: &Output,
) -> Result<Exit, Problem> {
    let Some(path) = destination.path() else { return Ok(Exit::Well) };
    let kind = drawbridge.pingone().get_account(credential.account_id)?.account.kind.into();
    let file = path.display().to_string();
    if output.is_json() {
        let format = format.map_or("secret", ConnectionApiFormat::code);
        output.json_line(&Exported { format, client_id: credential.client_id.clone(), kind, file })?;
    } else {
        let what = credential.client().render(LANGUAGE);
        let local = match kind {
            PingOneAccountKindName::Local => " PingOne does not know it: the account is local.",
            PingOneAccountKindName::InPingOne => "",
        };
        output.line(&match format {
            Some(format) => format!("Exported {what} to {file}, as {}.{local}", format.name(LANGUAGE)),
            None => format!("Wrote the client secret of {what} to {file}.{local}"),
        })?;
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
        let mut meant = credentials.filter(|one| {
            one.client_id.as_deref().is_some_and(|id| find::same(id, name)) || find::same(&one.id.to_string(), name)
        });
        if let Some(credential) = meant.next() {
            return Ok(credential);
        }
    }
    Err(Problem::not_found(
        &format!("there are no Connection API Credentials with the client id {}", find::quote(name)),
        "See drawbridge pingone list.",
    ))
}
