//! The engine: the rules of a group as data, and what follows from them. Pure: commands in, events out.
//! Knows no clock, randomness, thread, path, SQL, HTTP or HTML; time and entropy are arguments.

pub mod append;
pub mod ids;
pub mod parcel;
