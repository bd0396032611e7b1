//! The store: journal, documents, people, parcels and all else that must outlive the process, behind one contract ([`contract`]).
//! Knows no rules: it keeps what it is told to keep, whole and in order, and hides what must be hidden.

pub mod contract;
pub mod keys;
pub mod sqlite;

mod record;
mod seal;

pub use contract::{Fault, Store};
pub use keys::MasterKey;
pub use sqlite::{Options, SqliteStore};
