//! Keeps everything but secrets in one SQLite file: it implements [`domain::ports::Repository`] and exports nothing else.
//!
//! What it must not do: hold a secret in any column, decide anything about the business (it refuses only what would
//! break a promise of the schema, such as two open requests of one portal), hand out an object or an error of the
//! database library, or open a file that is not Drawbridge's own.
//!
//! - `repository`: opening a file, the connections to it, the ports.
//! - `schema`: the migrations, `migrations/*.sql`.
//! - one file per table: its SQL, and how the domain's value becomes a row (by destructuring, so that a new field does not
//!   compile until it is stored) and a row the domain's value. `actor` and `access_facts` are the parts kept as JSON.
//! - `file`, `hot_journal`, `witness`: the file itself, what an interrupted commit left beside it, and what notices that changes are lost.
//! - `checksum`: every row is compared with what was written.
//! - `change_lock`: one change at a time, in all processes on the same file.
//! - `ordered_list`: what keeps a list of 100,000 rows as quick as the typing and scrolling in it.
//! - `column`, `query`, `error`: columns of our own types, rows that can be read or not, and what SQLite's errors mean.

mod access_facts;
mod actor;
mod api_proxy;
mod audit_event;
mod authority;
mod change_lock;
mod checksum;
mod column;
mod connection_api_credential;
mod connection_health;
mod connection_request;
mod credential;
mod database_identity;
mod entry_kind;
mod error;
mod fetched_api;
mod file;
mod foreign_files;
mod hot_journal;
mod hub;
mod keychain_witness;
mod lost_changes;
mod ordered_list;
mod person;
mod pingone_account;
mod portal;
mod portal_name;
mod query;
mod repository;
mod schema;
mod secret_item;
mod seen_time;
mod service_instance;
mod settings;
mod token_service_identity;
mod witness;

pub use repository::SqliteRepository;
