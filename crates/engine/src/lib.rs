//! The engine: the rules of a group as data, and what follows from them. Pure: commands in, events out.
//! Knows no clock, randomness, thread, path, SQL, HTTP or HTML; time and entropy are arguments.
//!
//! Read [`node`] first, [`process`] second, then any file of [`stages`].

/// the spine: what can happen to the node, and what it can do
pub mod node;
/// the heart: commands become events or are refused
pub mod process;

/// what is asked
pub mod command;
/// what can have happened
pub mod event;
/// what the rules say no to
pub mod refusal;
/// events to bytes and back
pub mod wire;

/// the rules of a group as data
pub mod charter;
/// what happens at the end of a process
mod effects;
/// who may not sit on a jury, and why
pub mod exclusions;
/// which notices an event sends
mod notices;
/// who is next in the drawn order
mod order;
/// one file for each kind of stage
pub mod stages;

/// one batch in the making
pub mod batch;
/// how events change it
mod evolve;
/// the first entry of a journal
pub mod found;
/// a journal read back
pub mod replay;
/// what a group is at a position of its journal
pub mod state;

/// what the texts of open proposals say beyond their entries
pub mod carried;
/// the sealed ballots of open stages
pub mod vault;

/// who may see and do what
pub mod access;
/// exactly what will be shown, in canonical form
pub mod version;

/// what the store makes durable
pub mod append;
/// names and units
pub mod ids;
/// what has to reach people
pub mod parcel;
