//! Service instances and service keys of a portal.

use domain::{
    Drawbridge,
    id::{PortalId, ServiceInstanceId},
    input::{Field, InputProblem},
    portal::ServiceRole,
};
use tauri::State;
use views::{CreateServiceInstanceRequest, CreateServiceKeyRequest, ServiceInstancesView, UserError};

use crate::{core::Core, given_document::take_client_secret, held_documents::HeldDocuments};

/// The service instances of a portal.
#[tauri::command]
pub async fn list_service_instances(
    core: State<'_, Core>,
    portal_id: String,
) -> Result<ServiceInstancesView, UserError> {
    let portal = core.parse_id(&portal_id, PortalId)?;
    core.run(move |drawbridge| drawbridge.service_instances().list(portal)).await.map(core.view())
}

/// Creates a service instance.
#[tauri::command]
pub async fn create_service_instance(
    core: State<'_, Core>,
    request: CreateServiceInstanceRequest,
) -> Result<(), UserError> {
    let portal = core.parse_id(&request.portal_id, PortalId)?;
    core.run(move |drawbridge| {
        let role = ServiceRole::find_name(&request.role).ok_or(InputProblem::Empty(Field::Roles))?;
        drawbridge.service_instances().create(portal, &request.name, role).map(drop)
    })
    .await
}

/// Creates a service key.
#[tauri::command]
pub async fn create_service_key(
    core: State<'_, Core>,
    held: State<'_, HeldDocuments>,
    request: CreateServiceKeyRequest,
) -> Result<(), UserError> {
    let instance = core.parse_id(&request.instance_id, ServiceInstanceId)?;
    let (name, key) = request.new_key(|secret| take_client_secret(secret, &held).map_err(core.tell()))?;
    core.run(move |drawbridge: &Drawbridge| drawbridge.service_instances().create_key(instance, &name, key).map(drop))
        .await
}

/// Deletes a service instance; `confirmation` is the alias of the request that this breaks, as the person typed it, or
/// empty.
#[tauri::command]
pub async fn delete_service_instance(core: State<'_, Core>, id: String, confirmation: String) -> Result<(), UserError> {
    let id = core.parse_id(&id, ServiceInstanceId)?;
    core.run(move |drawbridge| drawbridge.service_instances().delete(id, &confirmation)).await
}
