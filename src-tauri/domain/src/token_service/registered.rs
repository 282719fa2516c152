//! What the token service was told about its clients.

use std::{collections::HashMap, sync::Arc};

use crate::{portal::ApiProxy, token_service::RegisteredClient};

/// Answers that hold as long as the database has this change number.
#[derive(Default)]
pub(crate) struct Registered {
    pub(super) change_number: Option<u64>,
    pub(super) clients: HashMap<(String, String), Arc<RegisteredClient>>,
    /// By client id alone, where that names one client.
    pub(super) sole_clients: HashMap<String, Arc<RegisteredClient>>,
    pub(super) api_proxies: HashMap<String, Arc<[ApiProxy]>>,
}
