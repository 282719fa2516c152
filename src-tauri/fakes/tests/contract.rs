//! The repository in memory promises what every adapter of the port has to.

use std::sync::Arc;

use fakes::{InMemoryRepository, contract::in_memory};

fakes::repository_contract!(|| in_memory(InMemoryRepository::empty(Arc::default())));
