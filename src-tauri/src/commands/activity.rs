//! *Activity*.

use tauri::State;
use views::{ActivityListView, ListActivityRequest, UserError};

use crate::core::Core;

/// One page of what was done, newest first.
#[tauri::command]
pub async fn list_activity(core: State<'_, Core>, request: ListActivityRequest) -> Result<ActivityListView, UserError> {
    let query = request.into_query(core.language());
    core.run(move |drawbridge| drawbridge.activity().search(&query)).await.map(core.view())
}
