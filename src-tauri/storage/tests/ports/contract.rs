//! What every adapter of the port promises, in a SQLite file.

use crate::database::Database;

fakes::repository_contract!(|| Box::new(Database::new()));
