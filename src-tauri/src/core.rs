//! The domain as the commands reach it.

use std::sync::Arc;

use domain::{Drawbridge, RepositoryError};
use tracing::error;

use crate::wire::UserError;

/// The running domain, or why it could not be started: then every command answers with that.
pub struct Core(Result<Arc<Drawbridge>, UserError>);

impl Core {
    /// Keeps what the start gave.
    pub fn start(composed: Result<Arc<Drawbridge>, RepositoryError>) -> Self {
        Self(composed.map_err(|cause| {
            error!(%cause, "the database cannot be used");
            cause.into()
        }))
    }

    /// Runs `operation` where it may block, and translates its error for the screens.
    pub async fn run<T, E, F>(&self, operation: F) -> Result<T, UserError>
    where
        T: Send + 'static,
        E: Into<UserError> + Send + 'static,
        F: FnOnce(&Drawbridge) -> Result<T, E> + Send + 'static,
    {
        let drawbridge = self.0.clone()?;
        tauri::async_runtime::spawn_blocking(move || operation(&drawbridge))
            .await
            .map_err(|cause| UserError::unexpected(&cause))?
            .map_err(Into::into)
    }
}
