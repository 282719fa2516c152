//! The repository port in real files: its contract, and what only files can do.

mod contract;
mod damage;
mod database;
mod in_use;
mod migration;
mod opening;
mod several_processes;
mod stored_messages;
