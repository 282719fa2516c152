//! Why the database did not do what was asked.

use messages::{Message, message};

/// Why the database did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().for_log())]
pub enum RepositoryError {
    /// No room left.
    DiskFull,
    /// The data folder or file cannot be written.
    NotWritable {
        /// What the operating system says, and whose file is in the way.
        reason: Message,
    },
    /// The data is another user's, and this program runs as root.
    OfAnotherUser {
        /// The folder.
        path: String,
        /// The number of its owner.
        owner: u32,
    },
    /// Another program holds the database.
    Busy,
    /// Written by a newer version of the app.
    TooNew {
        /// Schema version in the file.
        found: u32,
        /// The newest one that this program knows.
        known: u32,
    },
    /// The file is damaged.
    Damaged {
        /// Where.
        reason: Message,
    },
    /// The file at this path is not the one that was opened: that was removed, or replaced.
    Replaced,
    /// The journal or log of another database file is beside this one.
    ForeignLog {
        /// Its name.
        file: String,
    },
    /// Something with the same name, alias or portal was written in between.
    Conflict,
    /// Anything else.
    Other {
        /// What it said.
        reason: Message,
    },
}

impl RepositoryError {
    /// What happened, as a sentence without its beginning and end.
    pub fn message(&self) -> Message {
        match self {
            Self::DiskFull => message!("database-disk-full"),
            Self::NotWritable { reason } => message!("database-not-writable", reason = reason),
            Self::OfAnotherUser { path, owner } => {
                message!("database-of-another-user", path = path, owner = *owner)
            }
            Self::Busy => message!("database-busy"),
            Self::TooNew { found, known } => message!("database-too-new", found = *found, known = *known),
            Self::Damaged { reason } => message!("database-damaged", reason = reason),
            Self::Replaced => message!("database-replaced"),
            Self::ForeignLog { file } => message!("database-foreign-log", file = file),
            Self::Conflict => message!("database-conflict"),
            Self::Other { reason } => message!("database-failed", reason = reason),
        }
    }
}
