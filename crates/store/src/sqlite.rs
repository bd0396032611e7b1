//! The store in one SQLite file: the default, for one process. Everything that is peculiar to SQLite lies below this module.
//!
//! One connection writes, a few read. Write-ahead log with `synchronous=FULL`: a commit is one sync of the log, and readers never wait for it.
//! Start reading in `connection.rs`, then `journal.rs`.

mod candidates;
mod columns;
mod connection;
mod documents;
mod drafts;
mod error;
mod groups;
mod journal;
mod letters;
mod parcel_row;
mod parcels;
mod people;
mod schema;
mod scrub;
mod sessions;
mod sign_in;
mod tidy;
mod tokens;
mod vault;

use std::path::Path;

use rusqlite::{Connection, Transaction};

use crate::contract::Fault;
use crate::keys::MasterKey;
use crate::seal::Sealer;
use connection::Connections;

pub use crate::seal::Entropy;

/// How hard a commit tries to survive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Each commit is synced before it is answered. The only choice for a group that is meant.
    Full,
    /// Nothing is synced: for the control run of crash tests, and for tests that are not about disks.
    None,
}

/// How to open a database.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub durability: Durability,
    /// The most pages of 4,096 bytes the file may have; `None` leaves it to the disk.
    pub pages_max: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self { durability: Durability::Full, pages_max: None }
    }
}

/// A store in one SQLite file. Keeps the promises of [`crate::contract`].
pub struct SqliteStore {
    connections: Connections,
    sealer: Sealer,
}

impl SqliteStore {
    /// Opens or makes the database at `path`. Refuses a file that another process holds, that a newer release wrote, that is not ours,
    /// or that belongs to another key.
    pub fn open(
        path: &Path,
        key: &MasterKey,
        options: Options,
        entropy: Entropy,
    ) -> Result<Self, Fault> {
        let sealer = Sealer::new(key, entropy);
        let connections = Connections::open(path, options)?;
        connections.write(|transaction| schema::claim_key(transaction, &sealer.check()))?;
        Ok(Self { connections, sealer })
    }

    /// Changes how far the file may grow, in pages of 4,096 bytes; at once, until it is opened again.
    pub fn set_pages_max(&self, pages: u32) -> Result<(), Fault> {
        self.connections.set_pages_max(pages)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        self.connections.read(work)
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.connections.write(work)
    }
}
