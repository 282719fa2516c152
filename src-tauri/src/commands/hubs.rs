//! Hubs.

use domain::{id::HubId, refusal::Failure};
use tauri::State;
use views::{CreateHubRequest, HubCreatedView, HubListView, HubPageView, HubView, UserError, VocabularyName};

use crate::core::Core;

/// All hubs.
#[tauri::command]
pub async fn list_hubs(core: State<'_, Core>) -> Result<HubListView, UserError> {
    let language = core.language();
    core.run(move |drawbridge| {
        Ok::<_, Failure>(HubListView::new(drawbridge.hubs().list()?, drawbridge.hubs().may_create()?, language))
    })
    .await
}

/// Creates a hub.
#[tauri::command]
pub async fn create_hub(core: State<'_, Core>, request: CreateHubRequest) -> Result<HubCreatedView, UserError> {
    core.run(move |drawbridge| drawbridge.hubs().create(&request.name, &request.subaccount)).await.map(core.view())
}

/// Deletes a hub; `confirmation` is its name, typed.
#[tauri::command]
pub async fn delete_hub(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().delete(id, &confirmation)).await
}

/// The hub's page.
#[tauri::command]
pub async fn get_hub_page(core: State<'_, Core>, id: String) -> Result<HubPageView, UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().get_page(id)).await.map(core.view())
}

/// Sets whether a person may not approve a request that the same person submitted.
#[tauri::command]
pub async fn set_four_eyes(core: State<'_, Core>, id: String, four_eyes: bool) -> Result<HubView, UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().set_four_eyes(id, four_eyes)).await.map(HubView::from)
}

/// Which of the vendor's screens the hub's pages look like.
#[tauri::command]
pub async fn set_hub_vocabulary(
    core: State<'_, Core>,
    id: String,
    vocabulary: VocabularyName,
) -> Result<HubView, UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().set_vocabulary(id, vocabulary.into())).await.map(HubView::from)
}
