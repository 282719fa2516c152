//! Hubs.

use domain::{
    hub::HubHome,
    id::HubId,
    refusal::{Failure, Refusal},
};
use tauri::State;
use views::{
    CreateHubRequest, HubCreatedView, HubDetailsRequest, HubListView, HubPageView, HubView, Trouble, UserError,
    VocabularyName,
};

use super::shared::confirmations;
use crate::{browser, core::Core};

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
    core.run(move |drawbridge| {
        let confirmed = confirmations(request.confirmed);
        drawbridge.hubs().create(&request.name, &request.subaccount, &confirmed)
    })
    .await
    .map(core.view())
}

/// Records a hub in SAP.
#[tauri::command]
pub async fn track_hub(core: State<'_, Core>, request: HubDetailsRequest) -> Result<HubView, UserError> {
    core.run(move |drawbridge| drawbridge.hubs().track(&request.into())).await.map(HubView::from)
}

/// Corrects what is recorded about a hub in SAP.
#[tauri::command]
pub async fn change_tracked_hub(
    core: State<'_, Core>,
    id: String,
    request: HubDetailsRequest,
) -> Result<HubView, UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().change_tracked(id, &request.into())).await.map(HubView::from)
}

/// Forgets a hub in SAP with its records.
#[tauri::command]
pub async fn forget_hub(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().forget(id)).await
}

/// Gives a hub another name.
#[tauri::command]
pub async fn rename_hub(core: State<'_, Core>, id: String, name: String) -> Result<HubView, UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| drawbridge.hubs().rename(id, &name)).await.map(HubView::from)
}

/// Deletes a local hub as a whole; `confirmation` is its name, typed.
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

/// *Open the hub*: opens the address of a hub in SAP in the browser.
#[tauri::command]
pub async fn open_hub(core: State<'_, Core>, id: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, HubId)?;
    core.run(move |drawbridge| {
        let hub = drawbridge.hubs().get_page(id)?.hub;
        match hub.home {
            HubHome::InSap { address, .. } => browser::open(&address),
            HubHome::Local { .. } => Err(Trouble::from(Refusal::HubLocal { hub: hub.name })),
        }
    })
    .await
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
