//! *People & Roles* and the keychain's condition.

use domain::{id::PersonId, keychain::KeychainStanding, refusal::Failure};
use tauri::State;
use tracing::warn;
use views::{KeychainView, PersonRequest, PersonView, SessionView, UserError};

use super::shared::keychain_name;
use crate::core::Core;

/// Who uses the installation.
#[tauri::command]
pub async fn get_session(core: State<'_, Core>) -> Result<SessionView, UserError> {
    core.run(|drawbridge| drawbridge.people().get_session()).await.map(core.view())
}

/// The welcome: creates the first person.
#[tauri::command]
pub async fn create_first_person(core: State<'_, Core>, request: PersonRequest) -> Result<PersonView, UserError> {
    let roles = request.parse_roles().map_err(core.tell())?;
    core.run(move |drawbridge| drawbridge.people().create_first(&request.name, &request.email, roles))
        .await
        .map(PersonView::from)
}

/// Adds a person.
#[tauri::command]
pub async fn add_person(core: State<'_, Core>, request: PersonRequest) -> Result<PersonView, UserError> {
    let roles = request.parse_roles().map_err(core.tell())?;
    core.run(move |drawbridge| drawbridge.people().add(&request.name, &request.email, roles))
        .await
        .map(PersonView::from)
}

/// Changes a person's name, e-mail and role collections.
#[tauri::command]
pub async fn change_person(core: State<'_, Core>, id: String, request: PersonRequest) -> Result<PersonView, UserError> {
    let id = core.parse_id(&id, PersonId)?;
    let roles = request.parse_roles().map_err(core.tell())?;
    core.run(move |drawbridge| drawbridge.people().change_person(id, &request.name, &request.email, roles))
        .await
        .map(PersonView::from)
}

/// Removes a person who does not use the installation.
#[tauri::command]
pub async fn remove_person(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, PersonId)?;
    core.run(move |drawbridge| drawbridge.people().remove(id)).await
}

/// From now on this person uses the installation.
#[tauri::command]
pub async fn switch_person(core: State<'_, Core>, id: String) -> Result<PersonView, UserError> {
    let id = core.parse_id(&id, PersonId)?;
    core.run(move |drawbridge| drawbridge.people().switch(id)).await.map(PersonView::from)
}

/// The state of the keychain; repairs what waited for it. Takes as long as the keychain does.
#[tauri::command]
pub async fn check_keychain(core: State<'_, Core>) -> Result<KeychainView, UserError> {
    let language = core.language();
    core.run_unattended(move |drawbridge| {
        let standing = drawbridge.keychain().look()?;
        let take_over = match &standing {
            KeychainStanding::Other(_) => drawbridge.keychain().preview_take_over()?,
            KeychainStanding::Unavailable(_) => None,
            KeychainStanding::Known { .. } | KeychainStanding::New => {
                if let Err(error) = drawbridge.secrets().reconcile() {
                    warn!(%error, "what an interruption left over stays for now");
                }
                None
            }
        };
        Ok::<_, Failure>(KeychainView::new(keychain_name(language), standing, take_over, language))
    })
    .await
}

/// From now on this keychain is the one of this installation; `confirmation` is the number as the person typed it.
/// Answers when the token service has keys again.
#[tauri::command]
pub async fn take_over_keychain(core: State<'_, Core>, confirmation: String) -> Result<KeychainView, UserError> {
    core.run(move |drawbridge| drawbridge.keychain().take_over(&confirmation)).await?;
    core.sync_token_service().await?;
    check_keychain(core).await
}
