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
/// what the rules say no to
pub mod refusal;
/// what can have happened
pub mod event;
/// events to bytes and back
pub mod wire;

/// the rules of a group as data
pub mod charter;
/// one file for each kind of stage
pub mod stages;
/// what happens at the end of a process
mod effects;
/// who may not sit on a jury, and why
pub mod exclusions;
/// who is next in the drawn order
mod order;
/// which notices an event sends
mod notices;

/// what a group is at a position of its journal
pub mod state;
/// how events change it
mod evolve;
/// the first entry of a journal
pub mod found;
/// a journal read back
pub mod replay;
/// one batch in the making
pub mod batch;

/// exactly what will be shown, in canonical form
pub mod version;
/// who may see and do what
pub mod access;

/// what the store makes durable
pub mod append;
/// what has to reach people
pub mod parcel;
/// names and units
pub mod ids;
