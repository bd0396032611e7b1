//! How the world can fail a store. Knows nothing of rules: a rule that says no is never a fault.

use std::path::PathBuf;

/// Why a call could not be done. Unless it is [`Fault::Unknown`], nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Reads go on; the next write succeeds when there is space again.
    #[error("the disk is full")]
    Full,
    /// The disk or the file system failed.
    #[error("the disk failed: {0}")]
    Io(String),
    /// What is stored cannot be what was written: a damaged file, a swapped or altered row.
    #[error("the stored data is damaged: {0}")]
    Corrupt(String),
    /// Somebody else held the database longer than the patience of this store.
    #[error("the database is busy")]
    Busy,
    /// The commit failed half-way: it may or may not have happened. Reading back tells.
    #[error("it is not known whether the change was saved: {0}")]
    Unknown(String),
    /// Another process has this database open.
    #[error("{0} is held by another process: is the server already running with this database?")]
    InUse(PathBuf),
    /// A later release of the program wrote this database.
    #[error("the database has version {found}, this program knows {known}: use the newer program")]
    NewerSchema { found: u32, known: u32 },
    /// The file is a database of some other program.
    #[error("{0} is not a database of this program")]
    NotOurs(PathBuf),
    /// The key file does not belong to this database.
    #[error("the key file is not the one this database was made with")]
    WrongKey,
    /// The key file cannot be used as it is.
    #[error("key file {path}: {reason}")]
    KeyFile { path: PathBuf, reason: String },
    /// A value is larger than the named limit.
    #[error("{what} is larger than {max}")]
    TooLarge { what: &'static str, max: usize },
    /// Anything else the database said.
    #[error("the database said: {0}")]
    Database(String),
}
