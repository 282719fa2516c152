//! PingOne accounts and their Connection API Credentials.

use chrono::{DateTime, Utc};
use domain::{
    Drawbridge,
    id::{ConnectionApiCredentialId, PingOneAccountId},
    messages::{Language, message},
    pingone::ConnectionApiCredential,
    refusal::Failure,
};
use tauri::{AppHandle, State, Window};
use views::{
    AddConnectionCredentialRequest, ClientSecretRequest, ConnectionCredentialAddedView, ConnectionExportFormatName,
    CopyResponse, EditConnectionCredentialRequest, ExportResponse, IntoView, PingOneAccountKindName,
    PingOneAccountListView, PingOneAccountPageView, PingOneAccountView, PreviewView, RecordConnectionCredentialRequest,
    RevealedSecretView, SecretStrengthView, Trouble, UserError,
};

use super::save_dialog::choose_export_file;
use crate::{
    clipboard::{CLEARS_AFTER, SecretClipboard},
    core::Core,
    given_document::take_client_secret,
    held_documents::HeldDocuments,
    question::{self, Act},
};

/// All accounts.
#[tauri::command]
pub async fn list_pingone_accounts(core: State<'_, Core>) -> Result<PingOneAccountListView, UserError> {
    core.run(|drawbridge| drawbridge.pingone().list_accounts()).await.map(PingOneAccountListView::from)
}

/// Adds an account.
#[tauri::command]
pub async fn create_pingone_account(
    core: State<'_, Core>,
    name: String,
    kind: PingOneAccountKindName,
) -> Result<PingOneAccountView, UserError> {
    core.run(move |drawbridge| drawbridge.pingone().create_account(&name, kind.into()))
        .await
        .map(PingOneAccountView::from)
}

/// Gives an account another name.
#[tauri::command]
pub async fn rename_pingone_account(
    core: State<'_, Core>,
    id: String,
    name: String,
) -> Result<PingOneAccountView, UserError> {
    let id = core.parse_id(&id, PingOneAccountId)?;
    core.run(move |drawbridge| drawbridge.pingone().rename_account(id, &name)).await.map(PingOneAccountView::from)
}

/// Removes an account with its secrets here; `confirmation` is its name as the person typed it.
#[tauri::command]
pub async fn remove_pingone_account(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, PingOneAccountId)?;
    core.run(move |drawbridge| drawbridge.pingone().remove_account(id, &confirmation)).await
}

/// The account's page.
#[tauri::command]
pub async fn get_pingone_account(core: State<'_, Core>, id: String) -> Result<PingOneAccountPageView, UserError> {
    let id = core.parse_id(&id, PingOneAccountId)?;
    core.run(move |drawbridge| drawbridge.pingone().get_account(id)).await.map(core.view())
}

/// *Add Secret*; the reply carries the credentials without their secret.
#[tauri::command]
pub async fn add_connection_credential(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: AddConnectionCredentialRequest,
) -> Result<ConnectionCredentialAddedView, UserError> {
    let AddConnectionCredentialRequest { account_id, description, client_secret } = request;
    let account = core.parse_id(&account_id, PingOneAccountId)?;
    let secret = take_client_secret(client_secret, &held).map_err(core.tell())?.if_any();
    let language = core.language();
    core.run(move |drawbridge| {
        let added = drawbridge.pingone().add_credential(account, &description, secret)?;
        show_added(drawbridge, &added, language)
    })
    .await
}

/// Records credentials that PingOne has.
#[tauri::command]
pub async fn record_connection_credential(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: RecordConnectionCredentialRequest,
) -> Result<ConnectionCredentialAddedView, UserError> {
    let RecordConnectionCredentialRequest { account_id, client_id, description, client_secret } = request;
    let account = core.parse_id(&account_id, PingOneAccountId)?;
    let secret = take_client_secret(client_secret, &held).map_err(core.tell())?;
    let language = core.language();
    core.run(move |drawbridge| {
        let recorded = drawbridge.pingone().record_credential(account, &client_id, &description, &secret)?;
        show_added(drawbridge, &recorded, language)
    })
    .await
}

/// Enters the client id that PingOne shows, or corrects it.
#[tauri::command]
pub async fn enter_client_id(
    core: State<'_, Core>,
    id: String,
    client_id: String,
) -> Result<PingOneAccountPageView, UserError> {
    on_credential(&core, &id, move |drawbridge, id| drawbridge.pingone().enter_client_id(id, &client_id)).await
}

/// Deletes credentials here; at PingOne nothing changes.
#[tauri::command]
pub async fn forget_connection_credential(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, ConnectionApiCredentialId)?;
    core.run(move |drawbridge| drawbridge.pingone().forget_credential(id)).await
}

/// *Pencil*: another description, and another secret if one is given.
#[tauri::command]
pub async fn edit_connection_credential(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: EditConnectionCredentialRequest,
) -> Result<PingOneAccountPageView, UserError> {
    let (id, description, replacement) =
        request.own(|secret| take_client_secret(secret, &held).map_err(core.tell()))?;
    on_credential(&core, &id, move |drawbridge, id| {
        drawbridge.pingone().edit_credential(id, description.as_deref(), replacement)
    })
    .await
}

/// The former secret becomes the current one, and the current one the former. `seen` is since when the secret on the
/// screen has been the current one.
#[tauri::command]
pub async fn undo_secret_replacement(
    core: State<'_, Core>,
    id: String,
    seen: DateTime<Utc>,
) -> Result<PingOneAccountPageView, UserError> {
    on_credential(&core, &id, move |drawbridge, id| drawbridge.pingone().undo_replacement(id, Some(seen))).await
}

/// Deletes the former secret now; `seen` as for `undo_secret_replacement`.
#[tauri::command]
pub async fn drop_former_secret(
    core: State<'_, Core>,
    id: String,
    seen: DateTime<Utc>,
) -> Result<PingOneAccountPageView, UserError> {
    on_credential(&core, &id, move |drawbridge, id| drawbridge.pingone().drop_former_secret(id, Some(seen))).await
}

/// How hard a secret would be to guess; an error where it would be refused.
#[tauri::command]
pub async fn judge_client_secret(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    account_id: String,
    client_secret: ClientSecretRequest,
) -> Result<SecretStrengthView, UserError> {
    let account = core.parse_id(&account_id, PingOneAccountId)?;
    let client_secret = take_client_secret(client_secret, &held).map_err(core.tell())?;
    core.run(move |drawbridge| drawbridge.pingone().judge_client_secret(account, &client_secret)).await.map(core.view())
}

/// *Reveal*: the one reply that carries a secret, if the person agrees when the system asks. Show it, and keep it
/// nowhere. `null` if the person refuses.
#[tauri::command]
pub async fn reveal_client_secret(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    id: String,
) -> Result<Option<RevealedSecretView>, UserError> {
    let id = core.parse_id(&id, ConnectionApiCredentialId)?;
    core.run(move |drawbridge| {
        if !is_agreed(drawbridge, &app, &window, Act::Reveal, id)? {
            return Ok(None);
        }
        let (client_id, secret) = drawbridge.pingone().reveal_client_secret(id)?;
        Ok::<_, Trouble>(Some(RevealedSecretView { client_id, client_secret: secret.into() }))
    })
    .await
}

/// *Copy*: the secret goes from the core to the clipboard, if the person agrees when the system asks; the reply carries
/// nothing of it. `null` if the person refuses.
#[tauri::command]
pub async fn copy_client_secret(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    clipboard: State<'_, SecretClipboard>,
    id: String,
) -> Result<Option<CopyResponse>, UserError> {
    let id = core.parse_id(&id, ConnectionApiCredentialId)?;
    let clipboard = clipboard.inner().clone();
    core.run(move |drawbridge| {
        if !is_agreed(drawbridge, &app, &window, Act::Copy, id)? {
            return Ok(None);
        }
        drawbridge.pingone().copy_client_secret(id, &clipboard)?;
        Ok::<_, Trouble>(Some(CopyResponse::new(CLEARS_AFTER)))
    })
    .await
}

fn is_agreed(
    drawbridge: &Drawbridge,
    app: &AppHandle,
    window: &Window,
    act: Act,
    id: ConnectionApiCredentialId,
) -> Result<bool, Trouble> {
    if !drawbridge.settings().get()?.asks_before_secrets {
        return Ok(true);
    }
    let (account, client) = drawbridge.pingone().name_credential(id)?;
    let question = match act {
        Act::Copy => message!("question-copy", owner = account, client = client),
        Act::Reveal => message!("question-reveal", owner = account, client = client),
    };
    question::is_agreed(app, window, act, id.0, &question)
}

/// What an export would hold, with the secret hidden.
#[tauri::command]
pub async fn preview_connection_export(
    core: State<'_, Core>,
    id: String,
    format: ConnectionExportFormatName,
) -> Result<PreviewView, UserError> {
    let id = core.parse_id(&id, ConnectionApiCredentialId)?;
    core.run(move |drawbridge| drawbridge.pingone().preview_export(id, format.into())).await.map(PreviewView::from)
}

/// *Export…*: the system's own Save dialog, then the file; the reply carries its path only.
#[tauri::command]
pub async fn export_connection_credential(
    app: AppHandle,
    window: Window,
    core: State<'_, Core>,
    id: String,
    format: ConnectionExportFormatName,
) -> Result<ExportResponse, UserError> {
    let id = core.parse_id(&id, ConnectionApiCredentialId)?;
    let format = domain::documents::ConnectionApiFormat::from(format);
    core.run(move |drawbridge| {
        let name = drawbridge.pingone().suggest_export_name(id, format)?;
        let chosen = choose_export_file(&app, &window, &message!("dialog-export"), &name, &[format.extension()])?;
        let Some(file) = chosen else { return Ok(ExportResponse { path: None }) };
        drawbridge.pingone().export_credential(id, format, &file)?;
        Ok::<_, Trouble>(ExportResponse { path: Some(file.path().display().to_string()) })
    })
    .await
}

/// Credentials that were added, with the account's page as it is then.
fn show_added(
    drawbridge: &Drawbridge,
    added: &ConnectionApiCredential,
    language: Language,
) -> Result<ConnectionCredentialAddedView, Failure> {
    let page = drawbridge.pingone().get_account(added.account_id)?.into_view(language);
    Ok(ConnectionCredentialAddedView { id: added.id.to_string(), page })
}

/// Does `operation` with credentials and answers with the account's page afterwards.
async fn on_credential(
    core: &State<'_, Core>,
    id: &str,
    operation: impl FnOnce(&Drawbridge, ConnectionApiCredentialId) -> Result<ConnectionApiCredential, Failure>
    + Send
    + 'static,
) -> Result<PingOneAccountPageView, UserError> {
    let id = core.parse_id(id, ConnectionApiCredentialId)?;
    core.run(move |drawbridge| {
        let credential = operation(drawbridge, id)?;
        drawbridge.pingone().get_account(credential.account_id)
    })
    .await
    .map(core.view())
}
