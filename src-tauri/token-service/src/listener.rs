//! What every route gets: the listener, and the portal that the path names.

use std::sync::Arc;

use axum::extract::{Path, rejection::PathRejection};
use domain::portal::ApiProxy;

use crate::{common_answer::Common, shared::Shared, tls::ListenerKind};

/// What every route gets.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) shared: Arc<Shared>,
    pub(crate) kind: ListenerKind,
}

/// The slug, as a path has it.
pub(crate) type Slug = Result<Path<String>, PathRejection>;

/// The portal that a path names, with its API proxies.
pub(crate) fn find_portal(shared: &Shared, slug: Slug) -> Result<(String, Arc<[ApiProxy]>), Common> {
    let Ok(Path(slug)) = slug else { return Err(Common::NoSuchPortal) };
    match shared.clients.find_api_proxies(&slug) {
        Ok(Some(proxies)) => Ok((slug, proxies)),
        Ok(None) => Err(Common::NoSuchPortal),
        Err(error) => Err(Common::registry_failed(&error)),
    }
}
