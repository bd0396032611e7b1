//! Every page and mail, in every language, is whole, small, readable by a screen reader, and lets no markup of a person through.

mod injection;
mod payloads;
mod perceived;
mod reading;
mod structure;
