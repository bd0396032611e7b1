//! Tests of the store: the conformance suite on each implementation, and what is peculiar to one of them.

mod canary;
mod conformance;
mod differential;
mod keys;
mod sqlite;
mod sqlite_faults;
